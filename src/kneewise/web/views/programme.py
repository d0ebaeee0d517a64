"""The first programme, and the wishes that shape it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.plan import Preferences
from kneewise.store.models import Sitting
from kneewise.web.answers import Fault
from kneewise.web.figures import figure_style
from kneewise.web.journey import may_see_result, next_address, standing
from kneewise.web.knowledge import phrase
from kneewise.web.planning import equipment_choices, preferences_of, programme_for, read_wishes
from kneewise.web.presenters.programme import programme_page
from kneewise.web.presenters.questions import Option
from kneewise.web.sittings import with_sitting
from kneewise.web.strings import experience_names, goal_names, place_names


def _boxes(name: str, labels: dict[str, str], chosen: set[str]) -> list[Option]:
    return [
        Option(f"{name}-{value.replace(' ', '_')}", value, label, value in chosen)
        for value, label in labels.items()
    ]


def _form(saved: Preferences, post: Any | None) -> dict[str, Any]:
    """The preferences form as saved, or exactly as it was sent."""
    things = {thing: thing[:1].upper() + thing[1:] for thing in equipment_choices()}
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


@require_http_methods(["GET", "POST"])
@with_sitting
def programme(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The programme; sending the form keeps the wishes and plans anew."""
    now = standing(sitting)
    if now.emergency:
        return redirect("emergency")
    if not may_see_result(sitting, now):
        return redirect(next_address(sitting))
    wrong: list[str] = []
    if request.method == "POST":
        wishes, wrong = read_wishes(request.POST)
        if not wrong:
            sitting.preferences = wishes
            sitting.save()
            return redirect("programme")
    messages = _messages()
    context = programme_page(programme_for(sitting, now.turn))
    context |= {
        "form": _form(preferences_of(sitting), request.POST if wrong else None),
        "faults": [messages[key] for key in wrong],
        "messages": {key: messages[key].message for key in wrong},
        "gate_none": phrase("gate_none"),
        "gate_gentle": phrase("gate_relative_rest"),
        "door": sitting.door,
        "for_carer": sitting.case.get("respondent") == "carer",
    }
    return render(request, "kneewise/programme.html", context, status=400 if wrong else 200)


@require_http_methods(["GET"])
def figures_style(request: HttpRequest) -> HttpResponse:
    """The style sheet of the exercises' pictures."""
    response = HttpResponse(figure_style(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
