"""The sitting of this browser: its id stands in the server-side session and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kneewise.store.models import Sitting, empty_write_ahead_log

SESSION_KEY = "sitting"

View = Callable[..., HttpResponse]


def sitting_of(request: HttpRequest) -> Sitting | None:
    """The sitting of this browser, if it has one."""
    id_ = request.session.get(SESSION_KEY)
    return Sitting.objects.filter(pk=id_).first() if id_ else None


def begin(request: HttpRequest, door: str) -> Sitting:
    """A new sitting in place of the old one, which is erased: nobody could reach it any more."""
    old = sitting_of(request)
    request.session.cycle_key()
    sitting = Sitting.objects.create(door=door)
    request.session[SESSION_KEY] = sitting.pk
    if old is not None:
        old.erase()
    return sitting


def forget(request: HttpRequest) -> None:
    """Erase the sitting and the session of this browser for real."""
    sitting = sitting_of(request)
    if sitting is not None:
        sitting.delete()
    request.session.flush()
    empty_write_ahead_log()


def with_sitting(view: View) -> View:
    """Give the view its sitting; without one the first page is the place to be."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sitting = sitting_of(request)
        if sitting is None:
            return redirect("start")
        return view(request, sitting, *args, **kwargs)

    return inner
