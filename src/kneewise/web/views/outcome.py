"""The overview of answers, the result, the full stop in an emergency."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kneewise.store.models import Sitting
from kneewise.web.journey import go_on, may_see_result, next_address, pages_asked, standing, unfinished_start
from kneewise.web.knowledge import engine, phrase
from kneewise.web.planning import programme_for
from kneewise.web.presenters import result as present
from kneewise.web.presenters.check import overview
from kneewise.web.presenters.programme import programme_page
from kneewise.web.remembered import contract_of_turn
from kneewise.web.sittings import with_sitting


@require_http_methods(["GET", "POST"])
@with_sitting
def check(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """All answers with their Change links; going on from here asks what is still open, then the result."""
    now = standing(sitting)
    if request.method == "POST":
        address = go_on(sitting)
        at_end = sitting.steps and all(step["stage"] == "answered" for step in sitting.steps)
        return redirect("result" if at_end and not standing(sitting).emergency else address)
    if unfinished_start(sitting) is not None and not now.emergency:
        return redirect(next_address(sitting))
    context = {
        "sections": overview(sitting),
        "emergency_now": now.emergency,
        "result_ready": may_see_result(sitting, now),
        "for_carer": sitting.case.get("respondent") == "carer",
    }
    return render(request, "kneewise/check.html", context)


@require_http_methods(["GET"])
@with_sitting
def result(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The result; in an emergency what to do, and before the urgent screen the next question."""
    now = standing(sitting)
    if now.emergency:
        return redirect("emergency")
    if not may_see_result(sitting, now):
        return redirect(next_address(sitting))
    asked = pages_asked(sitting)
    assessment = contract_of_turn("assessment", now.turn, asked, lambda: engine().write(now.turn, asked))
    context = present.result(now.turn, assessment, sitting.diagnosis)
    if sitting.door == Sitting.PREVENT and not now.turn.triage.fired and now.screen_complete:
        context["card"] = present.nothing_found_card()
    plan = programme_page(programme_for(sitting, now.turn))
    context |= {
        "come_back": plan["come_back"],
        "programme_open": plan["locked"] is None,
        "door": sitting.door,
        "sections": overview(sitting),
        "not_a_diagnosis": phrase("not_a_diagnosis"),
        "for_carer": sitting.case.get("respondent") == "carer",
        "more_to_ask": any(step["stage"] == "open" for step in sitting.steps),
    }
    return render(request, "kneewise/result.html", context)


@require_http_methods(["GET"])
@with_sitting
def emergency(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The full stop: what to do, first line first; no ranking, no programme."""
    now = standing(sitting)
    if not now.emergency:
        return redirect(next_address(sitting))
    card = present.care_card(now.turn)
    urgent = [flag for flag in card.flags if not flag.by_unsure] or list(card.flags)
    context = {
        "card": card,
        "first": urgent[0] if urgent else None,
        "others": [flag for flag in card.flags if urgent and flag is not urgent[0]],
        "written": any(flag.only_written for flag in card.flags),
        "for_carer": sitting.case.get("respondent") == "carer",
    }
    return render(request, "kneewise/emergency.html", context)
