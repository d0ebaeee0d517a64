"""Several people on one device: who it is now, somebody new, a name and a mark."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.store.models import Person
from kneewise.web.answers import Fault
from kneewise.web.presenters.people import first_free_mark, mark_options, shown
from kneewise.web.sittings import choose, leave, people_here, person_of, remember, sitting_of


@require_http_methods(["GET"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may be chosen here."""
    return _people(request, [])


def _people(request: HttpRequest, faults: list[Fault]) -> HttpResponse:
    now = person_of(request)
    context = {
        "everybody": [shown(person, now) for person in people_here(request)],
        "unnamed": sitting_of(request) is not None and (now is None or not now.name),
        "shared": settings.PEOPLE_SHARE_THIS_DEVICE,
        "faults": faults,
    }
    return render(request, "kneewise/people.html", context, status=400 if faults else 200)


@require_http_methods(["POST"])
def be(request: HttpRequest) -> HttpResponse:
    """This person uses the browser now, or somebody new does.

    Who has answers here and no name gets one first: without it nobody would find the answers again.
    """
    id_ = request.POST.get("person", "")
    wanted = next((person for person in people_here(request) if person.pk == id_), None)
    if wanted is None and id_:
        return _people(request, [Fault("somebody-new", _("Choose one of the people on this page"))])
    now = person_of(request)
    if (now is None or not now.name) and sitting_of(request) is not None:
        return redirect("you_first")
    if wanted is None:
        leave(request)
        return redirect("start")
    choose(request, wanted)
    return redirect("carry_on")


@require_http_methods(["GET", "POST"])
def you(request: HttpRequest, *, first: bool = False) -> HttpResponse:
    """The name and the mark of the person of this browser; `first` when somebody else waits."""
    now = person_of(request)
    if now is None and sitting_of(request) is None:
        return redirect("people")
    others = [person for person in people_here(request) if now is None or person.pk != now.pk]
    name = now.name if now is not None else ""
    mark = (now.mark if now is not None else "") or first_free_mark(person.mark for person in others)
    faults: list[Fault] = []
    if request.method == "POST":
        name, mark = " ".join(request.POST.get("name", "").split()), request.POST.get("mark", "")
        faults = _faults(name, mark, others)
        if not faults:
            _keep(request, now, name, mark)
            return redirect("people")
    context = {
        "first": first,
        "name": name,
        "longest": Person.LONGEST_NAME,
        "marks": mark_options(mark),
        "messages": {fault.field: fault.message for fault in faults},
        "mark_fault": next((fault.message for fault in faults if fault.field != "name"), ""),
        "shared": settings.PEOPLE_SHARE_THIS_DEVICE,
        "faults": faults,
    }
    return render(request, "kneewise/you.html", context, status=400 if faults else 200)


def _keep(request: HttpRequest, now: Person | None, name: str, mark: str) -> None:
    person = now or Person()
    person.name, person.mark = name, mark
    person.save()
    sitting = sitting_of(request)
    if sitting is not None and sitting.person is None:
        sitting.person = person
        sitting.save()
    remember(request, person)


def _faults(name: str, mark: str, others: list[Person]) -> list[Fault]:
    faults: list[Fault] = []
    if not name:
        faults.append(Fault("name", _("Write a name, a short form of it or your initials")))
    elif len(name) > Person.LONGEST_NAME:
        told = _("The name may have %(most)s letters. Shorten it.") % {"most": Person.LONGEST_NAME}
        faults.append(Fault("name", told))
    elif not name.isprintable():
        faults.append(Fault("name", _("The name has a letter in it that cannot be shown. Write it anew.")))
    elif name.casefold() in {person.name.casefold() for person in others}:
        faults.append(Fault("name", _("Somebody here has this name already. Add a letter.")))
    if mark not in Person.MARKS:
        faults.append(Fault(f"mark-{Person.MARKS[0]}", _("Choose a mark")))
    elif mark in {person.mark for person in others} and len(others) < len(Person.MARKS):
        faults.append(Fault(f"mark-{mark}", _("Somebody here has this mark already. Choose another one.")))
    return faults
