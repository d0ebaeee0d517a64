"""All of one person as one file: taken along, and brought back."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Any, cast

from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from kneewise.evidence import BadCase
from kneewise.exchange.archive import read_archive, write_archive, write_state
from kneewise.exchange.parts import parts_of
from kneewise.exchange.stored import Stored, meet
from kneewise.store.models import Sitting
from kneewise.store.whole import everything_of, sitting_with, take_in
from kneewise.web.answers import Fault
from kneewise.web.knowledge import engine
from kneewise.web.one_file import InMemory
from kneewise.web.sittings import choose, person_of, sitting_of, with_sitting
from kneewise.web.strings import capital
from kneewise.web.today import today

DONE = "brought_back"
MOST_CARRIED = settings.DATA_UPLOAD_MAX_MEMORY_SIZE * 3 // 4


@require_http_methods(["POST"])
@with_sitting
def archive(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Everything of this person as one .zip file."""
    stored = cast(Stored, everything_of(sitting))
    made = write_archive(stored, today(), engine(), parts_of(stored, today(), engine()))
    response = HttpResponse(made, content_type="application/zip")
    name = f"kneewise-{today().isoformat()}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# The form's token stands behind the file, so what may be sent is settled before anything is read.
@csrf_exempt
def bring_back(request: HttpRequest) -> HttpResponse:
    """An archive comes in: at once where nothing is lost by it, else after a question."""
    request.upload_handlers = [InMemory(request)]
    return _bring_back(request)


@require_http_methods(["GET", "POST"])
@csrf_protect
def _bring_back(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    try:
        data = _sent(request)
        coming = read_archive(data, today(), engine())
    except BadCase as bad:
        told = _("%(what)s (%(where)s). %(mend)s.")
        if bad.where in ("", "archive"):  # the file as a whole, which stands beside this
            told = _("%(what)s. %(mend)s.")
        values = {"what": capital(bad.what), "where": bad.where, "mend": bad.mend.rstrip(".")}
        return _page(request, told % values)
    return _take_in(request, coming)


def _sent(request: HttpRequest) -> bytes:
    """The file that was chosen, or the one that the question before carried along. Raises `BadCase`."""
    file = request.FILES.get("archive")
    if file is not None:
        return bytes(file.read())
    carried = request.POST.get("carried", "")
    if not carried:
        raise BadCase("", _("no file was sent"), _("Choose the .zip file that kneewise made"))
    try:
        return base64.b64decode(carried, validate=True)
    except (binascii.Error, ValueError):
        raise BadCase("", _("it cannot be read any more"), _("Choose it again")) from None


def _take_in(request: HttpRequest, coming: Stored) -> HttpResponse:
    here = sitting_of(request)
    known = sitting_with(coming["sitting"]["id"])
    meeting = meet(cast(Stored, everything_of(known)) if known else None, coming)
    loses = meeting == "replaces" or (here is not None and here.pk != coming["sitting"]["id"])
    if loses and "sure" not in request.POST:
        return _question(request, cast(Stored, everything_of(here or known)), coming)  # type: ignore[arg-type]
    try:
        person = take_in(coming, meeting, here, person_of(request))
    except IntegrityError:
        return _page(request, _("Parts of this archive belong to somebody else here. Nothing was changed."))
    choose(request, person)
    request.session[DONE] = "replaces" if loses else meeting
    return redirect("brought_back")


def _page(request: HttpRequest, fault: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "faults": [Fault("archive", fault)] if fault else [],
        "message": fault,
        "sitting": sitting_of(request),
    }
    return render(request, "kneewise/bring_back.html", context, status=400 if fault else 200)


def _question(request: HttpRequest, here: Stored, coming: Stored) -> HttpResponse:
    """Whether what is here may go; the archive travels with the question, nothing is kept meanwhile."""
    state = write_state(coming, today(), engine())
    if len(state) > MOST_CARRIED:
        return _page(request, _("Erase what is stored here first. Then bring the archive back."))
    asked_before = "carried" in request.POST
    message = _("Tick the box to say that you are sure")
    context = {
        "carried": base64.b64encode(state).decode("ascii"),
        "here": _told(here),
        "coming": _told(coming),
        "faults": [Fault("sure", message)] if asked_before else [],
    }
    status = 400 if asked_before else 200
    return render(request, "kneewise/bring_back_sure.html", context, status=status)


def _told(stored: Stored) -> dict[str, Any]:
    course = stored["course"]
    return {
        "name": stored["person"]["name"] if stored["person"] else "",
        "pages": sum(step["stage"] == "answered" for step in stored["sitting"]["steps"]),
        "started_on": date.fromisoformat(course["started_on"]) if course else None,
        "entries": len(stored["diary"]),
    }


@require_http_methods(["GET"])
def brought_back(request: HttpRequest) -> HttpResponse:
    """It is back."""
    meeting = request.session.pop(DONE, None)
    if meeting is None or sitting_of(request) is None:
        return redirect("your_data")
    return render(request, "kneewise/brought_back.html", {"meeting": meeting})
