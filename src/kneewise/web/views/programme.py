"""The programme: the week, one day, its wishes and swaps, and what is around the exercises."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.evidence import BadCase
from kneewise.pathway.contracts import ProgrammeContract
from kneewise.plan import Preferences
from kneewise.plan.around import medicine_questions
from kneewise.store.models import Sitting
from kneewise.web.answers import STATES, Fault, Filled, as_sent, read_ticks
from kneewise.web.figures import figure_style
from kneewise.web.following import stopped_by_alarm
from kneewise.web.journey import (
    BEFORE_EXERCISES,
    MEDICINES,
    Standing,
    keep_answers,
    may_see_result,
    next_address,
    standing,
)
from kneewise.web.knowledge import engine, phrase
from kneewise.web.planning import (
    add_swap,
    equipment_choices,
    possible_swaps,
    preferences_of,
    programme_for,
    read_wishes,
    situation_for,
    swaps_made,
    undo_swap,
)
from kneewise.web.presenters.around import around_page, medicine_questions_page, remedies_page
from kneewise.web.presenters.programme import Around, asked_before, day_page, programme_page
from kneewise.web.presenters.questions import Option, first_tick
from kneewise.web.sittings import with_sitting
from kneewise.web.strings import equipment_name, experience_names, goal_names, place_names

LAST_DAY = 7


def _boxes(name: str, labels: dict[str, str], chosen: set[str]) -> list[Option]:
    return [
        Option(f"{name}-{value.replace(' ', '_')}", value, label, value in chosen)
        for value, label in labels.items()
    ]


def _form(saved: Preferences, post: Any | None) -> dict[str, Any]:
    """The preferences form as saved, or exactly as it was sent."""
    things = {thing: equipment_name(thing) for thing in equipment_choices()}
    days, minutes, place, experience = str(saved.days), str(saved.minutes), saved.place, saved.experience
    goals, equipment = set(saved.goals), set(saved.equipment)
    if post is not None:
        days, minutes = post.get("days", "")[:12], post.get("minutes", "")[:12]
        place, experience = post.get("place", ""), post.get("experience", "")
        goals, equipment = set(post.getlist("goals")), set(post.getlist("equipment"))
    return {
        "days": days,
        "minutes": minutes,
        "goals": _boxes("goals", goal_names(), goals),
        "equipment": _boxes("equipment", things, equipment),
        "places": _boxes("place", place_names(), {place}),
        "experiences": _boxes("experience", experience_names(), {experience}),
    }


def _messages() -> dict[str, Fault]:
    return {
        "days": Fault("days", _("Days a week must be a whole number from 1 to 7")),
        "minutes": Fault("minutes", _("Minutes must be a whole number from 5 to 90")),
        "place": Fault("place-home", _("Choose where you will exercise")),
        "experience": Fault("experience-new", _("Choose how used you are to exercise")),
    }


def _elsewhere(sitting: Sitting, now: Standing) -> HttpResponse | None:
    """Where somebody has to go who may not see a programme yet."""
    if now.emergency:
        return redirect("emergency")
    if stopped_by_alarm(sitting):
        return redirect("today")
    return None if may_see_result(sitting, now) else redirect(next_address(sitting))


def _page(
    request: HttpRequest,
    sitting: Sitting,
    now: Standing,
    *,
    post: Any | None = None,
    wrong: dict[str, Fault] | None = None,
    swap_faults: dict[str, str] | None = None,
    filled: Filled | None = None,
    others: list[Fault] | None = None,
) -> HttpResponse:
    """The programme page, as it stands or with what was wrong in one of its forms."""
    faults = [*(wrong or {}).values(), *(others or [])]
    around = Around(
        now.turn, possible_swaps(sitting, now.turn), swaps_made(sitting), filled or Filled(),
        others or [], swap_faults or {},
    )  # fmt: skip
    context = programme_page(programme_for(sitting, now.turn), around)
    context |= {
        "form": _form(preferences_of(sitting), post),
        "faults": faults,
        "messages": {key: fault.message for key, fault in (wrong or {}).items()},
        "gate_none": phrase("gate_none"),
        "gate_gentle": phrase("gate_relative_rest"),
        "door": sitting.door,
        "for_carer": sitting.case.get("respondent") == "carer",
        "followed": sitting.course,
        "relief": sitting.door != Sitting.PREVENT,
    }
    return render(request, "kneewise/programme.html", context, status=400 if faults else 200)


@require_http_methods(["GET", "POST"])
@with_sitting
def programme(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The programme; sending the form keeps the wishes and plans anew."""
    now = standing(sitting)
    elsewhere = _elsewhere(sitting, now)
    if elsewhere is not None:
        return elsewhere
    if request.method != "POST":
        return _page(request, sitting, now)
    wishes, wrong = read_wishes(request.POST)
    if wrong:
        messages = _messages()
        return _page(request, sitting, now, post=request.POST, wrong={key: messages[key] for key in wrong})
    sitting.preferences = {**sitting.preferences, **wishes}
    sitting.save()
    return redirect("programme")


def _exercises(made: ProgrammeContract) -> set[str]:
    return {item["exercise"] for day_ in made["week"] for item in day_["items"]}


@require_http_methods(["POST"])
@with_sitting
def swap(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Put one exercise in the place of another, or take that back."""
    now = standing(sitting)
    elsewhere = _elsewhere(sitting, now)
    if elsewhere is not None:
        return elsewhere
    if "undo" in request.POST:
        undo_swap(sitting, request.POST["undo"])
        return redirect("programme")
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    wrong = _("Choose the exercise that you would like instead")
    try:
        if new:
            add_swap(sitting, now.turn, old, new)
            return redirect("programme")
    except BadCase as bad:
        wrong = bad.what
    in_it = old in _exercises(programme_for(sitting, now.turn))
    fault = Fault(f"swap-{old}" if in_it else "exercises", wrong)
    return _page(request, sitting, now, swap_faults={old: wrong}, others=[fault])


@require_http_methods(["POST"])
@with_sitting
def before(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Keep the answers to what has to be known before some exercises, and plan anew."""
    now = standing(sitting)
    elsewhere = _elsewhere(sitting, now)
    if elsewhere is not None:
        return elsewhere
    asked = asked_before(programme_for(sitting, now.turn), now.turn)
    filled = as_sent(request.POST, asked)
    answers = {f: {"state": state} for f, state in filled.chosen.items() if state in STATES}
    if not answers:
        fault = Fault("before", _("Answer at least one of the questions"))
        return _page(request, sitting, now, filled=filled, others=[fault])
    keep_answers(sitting, BEFORE_EXERCISES, answers)
    return redirect("programme")


def _open_programme(sitting: Sitting, now: Standing) -> ProgrammeContract | None:
    """The programme, if this person may have one."""
    made = programme_for(sitting, now.turn)
    return None if made["locked_by"] else made


@require_http_methods(["GET"])
@with_sitting
def day(request: HttpRequest, sitting: Sitting, number: int) -> HttpResponse:
    """One day: just what is to be done, in order."""
    if not 1 <= number <= LAST_DAY:
        raise Http404
    now = standing(sitting)
    elsewhere = _elsewhere(sitting, now)
    if elsewhere is not None:
        return elsewhere
    made = _open_programme(sitting, now)
    if made is None:
        return redirect("programme")
    context = day_page(made, number)
    context |= {
        "gate_gentle": phrase("gate_relative_rest"),
        "for_carer": sitting.case.get("respondent") == "carer",
    }
    return render(request, "kneewise/day.html", context)


@require_http_methods(["GET"])
@with_sitting
def around(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """What else people try, and what is worth knowing beside the exercises."""
    now = standing(sitting)
    elsewhere = _elsewhere(sitting, now)
    if elsewhere is not None:
        return elsewhere
    if _open_programme(sitting, now) is None:
        return redirect("programme")
    context = around_page(situation_for(sitting, now.turn))
    context["for_carer"] = sitting.case.get("respondent") == "carer"
    return render(request, "kneewise/around.html", context)


@require_http_methods(["GET", "POST"])
@with_sitting
def pain_relief(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Whether something may be taken for the pain: first all its questions, then what may be said."""
    now = standing(sitting)
    elsewhere = _elsewhere(sitting, now)
    if elsewhere is not None:
        return elsewhere
    if _open_programme(sitting, now) is None or sitting.door == Sitting.PREVENT:
        return redirect("programme")
    situation = situation_for(sitting, now.turn)
    for_carer = {"for_carer": sitting.case.get("respondent") == "carer"}
    findings = medicine_questions(situation, engine().knowledge)
    if not findings:
        return render(request, "kneewise/pain_relief.html", remedies_page(situation) | for_carer)
    filled = Filled()
    faults: list[Fault] = []
    if request.method == "POST":
        asked = list(findings)
        filled = as_sent(request.POST, asked)
        answers, faults = read_ticks(filled, asked, may_be_unsure=True, first=first_tick(asked))
        if not faults:
            keep_answers(sitting, MEDICINES, answers)
            return redirect("pain_relief")
    context = medicine_questions_page(findings, filled, faults) | for_carer
    return render(request, "kneewise/question.html", context, status=400 if faults else 200)


@require_http_methods(["GET"])
def figures_style(request: HttpRequest) -> HttpResponse:
    """The style sheet of the exercises' pictures."""
    response = HttpResponse(figure_style(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
