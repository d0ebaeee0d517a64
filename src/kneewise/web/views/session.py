"""The session player, and what comes back from it: entries made on a device, perhaps without a network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.evidence import BadCase
from kneewise.store.models import SameIdOtherEntry
from kneewise.web.diary_forms import session_form
from kneewise.web.fields import ENTRY_ID, Form, long_day
from kneewise.web.following import Following, following_of, stopped_elsewhere, with_course
from kneewise.web.json_body import WrongBody, read_json
from kneewise.web.knowledge import engine, phrase
from kneewise.web.presenters.following import alarm_page, cards
from kneewise.web.presenters.session import course_key, session_page
from kneewise.web.problems import problem
from kneewise.web.sittings import sitting_of
from kneewise.web.strings import capital

MOST_AT_ONCE = 50
KINDS = ("session", "check_in")
KEPT, REFUSED, DIFFERS = "kept", "refused", "differs"


def _shared(following: Following) -> dict[str, Any]:
    return alarm_page(following) | {
        "faults": [],
        "for_carer": following.sitting.case.get("respondent") == "carer",
        "nobody": phrase("follow_nobody_told"),
    }


@require_http_methods(["GET"])
@with_course
def session(request: HttpRequest, following: Following) -> HttpResponse:
    """Today's exercises, one after the other; without scripts a list whose form goes to today's page."""
    elsewhere = stopped_elsewhere(following)
    if elsewhere is not None:
        return elsewhere
    if following.locked:
        return render(request, "kneewise/alarm.html", _shared(following))
    exercises = cards(following, following.day_number())
    if not exercises:
        return redirect("today")
    known = engine().knowledge.findings
    due = [finding for finding in following.review["ask"] if known[finding].kind == "yes_no"]
    form = Form.of(
        None, {"on": following.on.isoformat()} | {f"done-{id_}": "yes" for id_, _card in exercises}
    )
    made = session_form(form, following, exercises, due)
    context = _shared(following) | session_page(following, made.questions)
    return render(request, "kneewise/session.html", context | {"form": made, "entry": form.entry})


def _state(request: HttpRequest, following: Following | None) -> dict[str, Any]:
    """Whether exercises may go on, whose they are, and a token with which entries can be sent."""
    locked = following is not None and (following.locked or stopped_elsewhere(following) is not None)
    return {
        "course": course_key(following) if following else None,
        "on": following.on.isoformat() if following else None,
        "locked": locked,
        "token": get_token(request),
    }


def _following(request: HttpRequest) -> Following | None:
    sitting = sitting_of(request)
    return following_of(sitting) if sitting is not None else None


@require_http_methods(["GET"])
def state(request: HttpRequest) -> HttpResponse:
    """What a device has to know before it goes on or sends what it kept."""
    return JsonResponse(_state(request, _following(request)))


@require_http_methods(["POST"])
def entries(request: HttpRequest) -> HttpResponse:
    """Keep entries that a device has made; each has its own id, so that it counts once however often sent.

    Gives for each entry what became of it: kept, refused (with why), or differs (another one has its id).
    """
    following = _following(request)
    try:
        sent = _sent(read_json(request))
    except WrongBody as wrong:
        return problem(wrong.status, f"{wrong.what}. {wrong.mend}.")
    except BadCase as bad:
        return problem(400, str(bad))
    if following is None or sent["course"] != course_key(following):
        return problem(409, _("These entries belong to another programme than the one followed here."))
    results = []
    for entry in sent["entries"]:
        results.append(_keep(following, entry))
        following = Following(following.sitting, following.course, following.on)
    request.session.modified = True  # the cookie lives on for as long as somebody writes
    return JsonResponse(_state(request, following) | {"results": results})


def _sent(value: Any) -> dict[str, Any]:
    """The body's course and entries. Raises `BadCase`."""
    if not isinstance(value, dict) or value.keys() != {"course", "entries"}:
        raise BadCase("body", "this is not a list of entries", 'Send {"course": "…", "entries": […]}')
    rows = value["entries"]
    if not isinstance(rows, list) or len(rows) > MOST_AT_ONCE:
        raise BadCase("entries", "this must be a list", f"Send at most {MOST_AT_ONCE} entries at once")
    for n, row in enumerate(rows):
        if not isinstance(row, dict) or not ENTRY_ID.fullmatch(str(row.get("id"))):
            raise BadCase(f"entries/{n}/id", "an entry needs an id of its own", "8 to 40 letters and digits")
        try:
            json.dumps(row, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise BadCase(f"entries/{n}", "half a character", "Send whole characters as UTF-8") from None
    return value


def _keep(following: Following, entry: Mapping[str, Any]) -> dict[str, str]:
    """Keep one entry and say what became of it."""

    def became(state: str, why: str = "") -> dict[str, str]:
        return {"id": entry["id"], "state": state, "why": why}

    if entry["id"] not in following.ids:
        why = _refused(following, entry)
        if why:
            return became(REFUSED, why)
    try:
        following.course.add(entry)
    except SameIdOtherEntry:
        return became(
            DIFFERS, _("It was kept before with other answers. You can correct them in your history.")
        )
    return became(KEPT)


def _refused(following: Following, entry: Mapping[str, Any]) -> str:
    """Why an entry cannot be kept; empty if it can. What the plan now holds does not matter: it was done."""
    if entry.get("kind") not in KINDS:
        return _("This kind of entry has a page of its own.")
    try:
        on = date.fromisoformat(str(entry.get("on")))
    except ValueError:
        return _("Give a day as year-month-day, like 2026-11-20")
    first, last = following.course.started_on, following.latest
    if not first <= on <= last:
        days = {"first": long_day(first), "last": long_day(last)}
        return _("The day must be from %(first)s to %(last)s") % days
    bad = following.refused(entry)
    return "" if bad is None else capital(bad.what)
