"""What every page shows: who reviewed the content, who uses this browser, and the look they chose."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest

from kneewise.web.knowledge import phrase, reviewed
from kneewise.web.look import look_of
from kneewise.web.presenters.people import Shown, shown
from kneewise.web.sittings import person_of


def every_page(request: HttpRequest) -> dict[str, Any]:
    """The context that all templates share."""
    return {
        "not_reviewed": "" if reviewed() else phrase("no_clinician_review").text,
        "look": look_of(request),
        "person": _person(request),
    }


def _person(request: HttpRequest) -> Shown | None:
    """Who uses this browser. A page that tells of a fault must not fail of the same fault once more."""
    if not hasattr(request, "session"):
        return None
    try:
        person = person_of(request)
    except DatabaseError:
        return None
    return shown(person) if person is not None else None
