"""What every page shows: who reviewed the content, who uses this browser, their look, the ways on."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest

from kneewise.store.models import Course, Person
from kneewise.web.knowledge import phrase, reviewed
from kneewise.web.look import look_of
from kneewise.web.presenters.getting_about import Place, places
from kneewise.web.presenters.people import shown
from kneewise.web.sittings import person_of


def every_page(request: HttpRequest) -> dict[str, Any]:
    """The context that all templates share."""
    person, bar = _whose(request)
    return {
        "not_reviewed": "" if reviewed() else phrase("no_clinician_review").text,
        "look": look_of(request),
        "person": shown(person) if person is not None else None,
        "bar": bar,
    }


def _whose(request: HttpRequest) -> tuple[Person | None, tuple[Place, ...]]:
    """Who uses this browser, and the bar if they follow a programme.

    A page that tells of a fault must not fail of the same fault once more.
    """
    if not hasattr(request, "session"):
        return None, ()
    try:
        person = person_of(request)
        if person is None or not Course.objects.filter(sitting__person=person).exists():
            return person, ()
    except DatabaseError:
        return None, ()
    here = request.resolver_match.url_name if request.resolver_match else None
    return person, places(here or "")
