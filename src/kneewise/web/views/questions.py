"""One page of questions at a time; Back shows each page as it was last answered."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.store.models import Sitting
from kneewise.web.answers import (
    Answer,
    Fault,
    Filled,
    as_sent,
    from_answers,
    is_quantity,
    read_choices,
    read_quantities,
    read_ticks,
)
from kneewise.web.journey import WHERE, Standing, go_on, may_see_result, standing
from kneewise.web.presenters import questions as present
from kneewise.web.presenters.questions import asks_choices, first_tick
from kneewise.web.sittings import with_sitting


def _step(sitting: Sitting, number: int) -> dict[str, Any]:
    if not 1 <= number <= len(sitting.steps):
        raise Http404
    step: dict[str, Any] = sitting.steps[number - 1]
    return step


def _read(step: dict[str, Any], sent: Filled) -> tuple[dict[str, Answer], list[Fault]]:
    ticks = [f for f in step["findings"] if not is_quantity(f)]
    numbers = [f for f in step["findings"] if is_quantity(f)]
    answers: dict[str, Answer] = {}
    faults: list[Fault] = []
    if ticks and asks_choices(step):
        answers, faults = read_choices(sent, ticks)
    elif ticks:
        may_be_unsure = step["why"] != "urgent_screen"
        answers, faults = read_ticks(sent, ticks, may_be_unsure=may_be_unsure, first=first_tick(ticks))
    more, wrong = read_quantities(sent, numbers)
    return answers | more, faults + wrong


def _told_places(step: dict[str, Any], now: Standing) -> set[str]:
    """Places that the person's words told already: shown marked, to be confirmed."""
    if step["page"] != WHERE or step["stage"] == "answered":
        return set()
    return {f for f in step["findings"] if now.turn.evidence.told(f) == "present"}


def _save(step: dict[str, Any], answers: dict[str, Answer], stage: str = "answered") -> None:
    step["answers"] = answers
    step["stage"] = stage


def _unsure_about_some(sitting: Sitting, number: int, sent: Filled) -> HttpResponse:
    """Keep what is ticked – it counts at once – and ask which of the others are uncertain."""
    step = _step(sitting, number)
    _save(step, {f: {"state": "present"} for f in step["findings"] if f in sent.ticked}, "which_unsure")
    sitting.save()
    if standing(sitting).emergency:
        return redirect("emergency")
    return redirect("which_unsure", number)


@require_http_methods(["GET", "POST"])
@with_sitting
def question(request: HttpRequest, sitting: Sitting, number: int, *, change: bool = False) -> HttpResponse:
    """A page of questions."""
    step = _step(sitting, number)
    filled = from_answers(step["answers"], step["findings"], whole=step["stage"] == "answered")
    filled.ticked |= _told_places(step, standing(sitting)) if request.method == "GET" else set()
    faults: list[Fault] = []
    if request.method == "POST":
        filled = as_sent(request.POST, step["findings"])
        if step["why"] == "urgent_screen" and request.POST.get("go") == "unsure":
            return _unsure_about_some(sitting, number, filled)
        answers, faults = _read(step, filled)
        if not faults:
            _save(step, answers)
            return redirect(go_on(sitting, after=number, to_check=change))
    now = standing(sitting)
    context = present.page(sitting.steps, number, filled, faults, side=now.turn.case.side or "")
    context |= {
        "change": change,
        "back": _back(number, change=change),
        "result_ready": may_see_result(sitting, now) and context["may_skip_ahead"],
        "emergency_now": now.emergency,
        "for_carer": sitting.case.get("respondent") == "carer",
    }
    return render(request, "kneewise/question.html", context, status=400 if faults else 200)


def _back(number: int, *, change: bool) -> str:
    if change:
        return "check"
    return "question" if number > 1 else "back_to_opening"


@require_http_methods(["GET"])
@with_sitting
def back_to_opening(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The page before the first question: what was understood, or else the words."""
    return redirect("understood" if sitting.case.get("text") else "words")


@require_http_methods(["GET"])
@with_sitting
def back_to_last(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The last page of questions that was answered."""
    answered = [n for n, step in enumerate(sitting.steps, start=1) if step["stage"] != "open"]
    return redirect("question", answered[-1]) if answered else redirect("back_to_opening")


def _not_ticked(step: dict[str, Any]) -> list[str]:
    return [f for f in step["findings"] if step["answers"].get(f, {}).get("state") != "present"]


@require_http_methods(["GET", "POST"])
@with_sitting
def which_unsure(request: HttpRequest, sitting: Sitting, number: int) -> HttpResponse:
    """Which of the signs that were not ticked are uncertain; these are then asked one by one."""
    step = _step(sitting, number)
    findings = _not_ticked(step)
    if step["why"] != "urgent_screen" or not findings:
        return redirect("question", number)
    ticked = {f for f in step["unsure_about"] if f in findings}
    faults: list[Fault] = []
    if request.method == "POST":
        ticked = as_sent(request.POST, findings).ticked
        if ticked:
            sure = {f: {"state": "absent"} for f in findings if f not in ticked}
            kept = {f: a for f, a in step["answers"].items() if a["state"] == "present"}
            step["unsure_about"] = [f for f in findings if f in ticked]
            _save(step, kept | sure, "one_by_one")
            sitting.save()
            return redirect("one_by_one", number)
        faults.append(Fault(first_tick(findings), _("Tick those you are not sure about, or go back")))
    context = {
        "number": number,
        "groups": present.tick_groups(findings, Filled(ticked=ticked), grouped=True),
        "faults": faults,
        "list_fault": faults[0].message if faults else "",
    }
    return render(request, "kneewise/which_unsure.html", context, status=400 if faults else 200)


@require_http_methods(["GET", "POST"])
@with_sitting
def one_by_one(request: HttpRequest, sitting: Sitting, number: int) -> HttpResponse:
    """The uncertain signs as questions with yes, no and not sure."""
    step = _step(sitting, number)
    findings = step["unsure_about"]
    if not findings:
        return redirect("question", number)
    filled = from_answers(step["answers"], findings, whole=False)
    faults: list[Fault] = []
    if request.method == "POST":
        filled = as_sent(request.POST, findings)
        answers, faults = read_choices(filled, findings)
        if not faults:
            _save(step, {**step["answers"], **answers})
            return redirect(go_on(sitting, after=number))
    context = {
        "number": number,
        "choices": [present.choice(f, filled, faults) for f in findings],
        "faults": faults,
    }
    return render(request, "kneewise/one_by_one.html", context, status=400 if faults else 200)
