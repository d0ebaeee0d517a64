"""The person and the sitting of this browser: their ids stand in the server-side session and nowhere else.

People who gave a name are shown to everybody who uses this device, so that they can find their own again;
behind a proxy, where visitors do not share a home, each browser is shown only the people it chose itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect

from kneewise.store.models import Person, Sitting, empty_write_ahead_log

SESSION_KEY = "sitting"
PERSON_KEY = "person"
CHOSEN_HERE = "people"

View = Callable[..., HttpResponse]


def sitting_of(request: HttpRequest) -> Sitting | None:
    """The sitting of this browser, if it has one; begun anew in another browser, the new one counts."""
    id_ = request.session.get(SESSION_KEY)
    sitting = Sitting.objects.select_related("person").filter(pk=id_).first() if id_ else None
    if sitting is not None and sitting.person is None:
        return sitting
    person = (sitting.person if sitting is not None else None) or person_of(request)
    return person.sitting if person is not None else None


def person_of(request: HttpRequest) -> Person | None:
    """Who uses this browser now; nobody yet before a door was chosen."""
    id_ = request.session.get(PERSON_KEY)
    if id_:
        return Person.objects.filter(pk=id_).first()
    # A session from before there were people knows its sitting only.
    return Person.objects.filter(sittings__pk=request.session.get(SESSION_KEY)).first()


def people_here(request: HttpRequest) -> list[Person]:
    """Those who gave a name and may be chosen from this browser, by name."""
    named = Person.objects.exclude(name="")
    if not settings.PEOPLE_SHARE_THIS_DEVICE:
        named = named.filter(pk__in=request.session.get(CHOSEN_HERE, []))
    return sorted(named, key=lambda person: person.name.casefold())


def choose(request: HttpRequest, person: Person) -> None:
    """This browser is used by this person from now on; a form that shows another's is too old to send."""
    if request.session.get(PERSON_KEY) != person.pk:
        rotate_token(request)
    request.session.cycle_key()
    request.session.pop(SESSION_KEY, None)
    request.session[PERSON_KEY] = person.pk
    remember(request, person)


def remember(request: HttpRequest, person: Person) -> None:
    """This browser has been used by this person."""
    known = request.session.get(CHOSEN_HERE, [])
    request.session[CHOSEN_HERE] = [*(id_ for id_ in known if id_ != person.pk), person.pk]


def leave(request: HttpRequest) -> None:
    """Nobody in particular uses this browser any more; what is stored stays, and no open form reaches it."""
    rotate_token(request)
    request.session.cycle_key()
    request.session.pop(SESSION_KEY, None)
    request.session.pop(PERSON_KEY, None)


def begin(request: HttpRequest, door: str) -> Sitting:
    """A new sitting in place of this person's old one, which is erased: nobody could reach it any more."""
    old = sitting_of(request)
    person = person_of(request) or Person.objects.create()
    request.session.cycle_key()
    sitting = Sitting.objects.create(door=door, person=person)
    request.session[SESSION_KEY] = sitting.pk
    request.session[PERSON_KEY] = person.pk
    if old is not None:
        old.erase()
    return sitting


def forget(request: HttpRequest) -> None:
    """Erase the person of this browser, all that is theirs, and the session for real."""
    sitting, person = sitting_of(request), person_of(request)
    if sitting is not None and sitting.person is None:
        sitting.delete()
    if person is not None:
        person.delete()
    request.session.flush()
    empty_write_ahead_log()


def forget_everybody(request: HttpRequest) -> None:
    """Erase everybody of this device for real, people without a name and all sessions too.

    Where visitors do not share a device: everybody who was chosen in this browser.
    """
    if settings.PEOPLE_SHARE_THIS_DEVICE:
        Person.objects.all().delete()
        Sitting.objects.all().delete()
        Session.objects.all().delete()
    else:
        Person.objects.filter(pk__in=request.session.get(CHOSEN_HERE, [])).delete()
    forget(request)


def with_sitting(view: View) -> View:
    """Give the view its sitting; without one the first page is the place to be."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sitting = sitting_of(request)
        if sitting is None:
            return redirect("start")
        return view(request, sitting, *args, **kwargs)

    return inner
