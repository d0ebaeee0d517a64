"""The page to print and take along: the result in short, and what was told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kneewise.store.models import Sitting
from kneewise.web.journey import may_see_result, next_address, pages_asked, standing
from kneewise.web.knowledge import engine, phrase
from kneewise.web.presenters import result as present
from kneewise.web.presenters.check import overview
from kneewise.web.sittings import with_sitting


@require_http_methods(["GET"])
@with_sitting
def for_the_appointment(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The result in short with everything that was told, nothing folded away; there where the result is."""
    now = standing(sitting)
    if now.emergency:
        return redirect("emergency")
    if not may_see_result(sitting, now):
        return redirect(next_address(sitting))
    assessment = engine().write(now.turn, pages_asked(sitting))
    context = present.result(now.turn, assessment, sitting.diagnosis)
    if sitting.door == Sitting.PREVENT and not now.turn.triage.fired and now.screen_complete:
        context["card"] = present.nothing_found_card()
    context |= {
        "door": sitting.door,
        "on": sitting.created.date(),
        "sections": overview(sitting),
        "not_a_diagnosis": phrase("not_a_diagnosis"),
        "for_carer": sitting.case.get("respondent") == "carer",
    }
    return render(request, "kneewise/appointment.html", context)
