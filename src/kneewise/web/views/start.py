"""The first page: when to call for help, what this is, and three doors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.store.models import Sitting
from kneewise.web.answers import Fault
from kneewise.web.journey import go_on, next_address
from kneewise.web.knowledge import phrase
from kneewise.web.presenters.people import shown
from kneewise.web.sittings import begin, people_here, person_of, sitting_of

SIGNS = tuple(f"first_page_sign_{number}" for number in range(1, 8))


def doors() -> list[dict[str, str]]:
    """The three ways in."""
    return [
        {
            "value": Sitting.HURTS,
            "title": _("It hurts"),
            "text": _("Find out how urgent it is, what is likely, and what you can do."),
        },
        {
            "value": Sitting.DIAGNOSIS,
            "title": _("I have a diagnosis"),
            "text": _("Check that nothing urgent stands against it, and get a programme."),
        },
        {
            "value": Sitting.PREVENT,
            "title": _("I want to prevent it"),
            "text": _("Stay strong and supple behind the knee and thigh."),
        },
    ]


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The first page; choosing a door begins a new sitting, but erases no diary by a slip of the thumb."""
    faults: list[Fault] = []
    if request.method == "POST":
        door = request.POST.get("door", "")
        followed = sitting_of(request)
        if door in Sitting.DOORS and followed is not None and followed.course and "sure" not in request.POST:
            return render(request, "kneewise/begin_anew.html", {"door": door})
        if door in Sitting.DOORS:
            return redirect(go_on(begin(request, door)))
        faults.append(Fault("door-hurts", _("Choose one of the three")))
    sitting = sitting_of(request)
    context = {
        "doors": doors(),
        "faults": faults,
        "emergency": phrase("first_page_emergency"),
        "signs": [phrase(sign).text for sign in SIGNS],
        "not_a_diagnosis": phrase("not_a_diagnosis"),
        "everybody": [] if person_of(request) else [shown(person) for person in people_here(request)],
        "unfinished": sitting is not None,
        "followed": sitting is not None and sitting.course is not None,
    }
    return render(request, "kneewise/start.html", context, status=400 if faults else 200)


@require_http_methods(["GET"])
def carry_on(request: HttpRequest) -> HttpResponse:
    """Go on with the sitting of this browser where it was left."""
    sitting = sitting_of(request)
    if sitting is None:
        return redirect("start")
    return redirect("today" if sitting.course else next_address(sitting))
