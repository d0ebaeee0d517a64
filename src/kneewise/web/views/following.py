"""Following a programme: today, the morning, check-ins, how it goes, the history, measures, seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.store.models import Course, SameIdOtherEntry, Sitting
from kneewise.web.answers import Fault, Filled
from kneewise.web.diary_forms import (
    Entries,
    before_measuring,
    check_in_form,
    check_in_typed,
    measurement_form,
    morning_form,
    open_criteria,
    plain_typed,
    seen_form,
    session_form,
    session_typed,
)
from kneewise.web.fields import Form
from kneewise.web.following import DAYS_A_WEEK, Following, stopped_elsewhere, with_course
from kneewise.web.journey import may_see_result, next_address, standing
from kneewise.web.knowledge import engine, phrase, words
from kneewise.web.planning import programme_for
from kneewise.web.presenters.following import (
    alarm_page,
    cards,
    days_missed,
    entry_title,
    measures_page,
    permission,
    permission_words,
    progress_page,
    rows,
    today_page,
    versions,
)
from kneewise.web.presenters.measuring import beside_the_form
from kneewise.web.presenters.questions import tick_groups
from kneewise.web.sittings import with_sitting
from kneewise.web.strings import capital
from kneewise.web.today import today as this_day

Shown = dict[str, Any]
TAPS = range(11)


def _start(following: Following) -> dict[str, str]:
    return {"on": following.on.isoformat()}


def _form(request: HttpRequest, following: Following, start: Mapping[str, str] | None = None) -> Form:
    return Form.of(request.POST if request.method == "POST" else None, start or _start(following))


def _kept(following: Following, form: Form, entries: Entries) -> bool:
    """Keep what was sent if nothing is wrong with it; else the form says what is."""
    if form.faults or not form.sent:
        return False
    bad = following.refused(*entries)
    if bad is not None:
        form.faults.append(Fault("content", capital(bad.what)))
        return False
    try:
        following.course.add(*entries)
    except SameIdOtherEntry:
        message = _("This page was sent before with other answers. You can correct them in your history.")
        form.faults.append(Fault("content", message))
        return False
    return True


def _page(
    request: HttpRequest, name: str, following: Following, form: Form | None, context: Shown
) -> HttpResponse:
    faults = form.faults if form else []
    shared: Shown = alarm_page(following) | {
        "faults": faults,
        "entry": form.entry if form else "",
        "for_carer": following.sitting.case.get("respondent") == "carer",
        "nobody": phrase("follow_nobody_told"),
    }
    return render(request, f"kneewise/{name}.html", shared | context, status=400 if faults else 200)


def _alarm(request: HttpRequest, following: Following) -> HttpResponse:
    """What to do now, in the place of every page with exercises."""
    return _page(request, "alarm", following, None, {})


# --- start -------------------------------------------------------------------------------------------


@require_http_methods(["POST"])
@with_sitting
def start_course(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Begin to follow the programme as it stands; a programme that is followed already goes on."""
    now = standing(sitting)
    if now.emergency:
        return redirect("emergency")
    if not may_see_result(sitting, now):
        return redirect(next_address(sitting))
    made = programme_for(sitting, now.turn)
    if made["locked_by"] or not made["week"]:
        return redirect("programme")
    Course.start(sitting, made, this_day())
    request.session.modified = True
    return redirect("today")


# --- today -------------------------------------------------------------------------------------------


def _asked(following: Following) -> list[str]:
    """The danger questions due that a yes or no answers."""
    known = engine().knowledge.findings
    return [finding for finding in following.review["ask"] if known[finding].kind == "yes_no"]


def _asked_before(request: HttpRequest, due: list[str]) -> list[str]:
    """The questions that the page that was sent had asked, which may be more than are due by now."""
    known = engine().knowledge.findings
    sent = [key.removeprefix("answer-") for key in request.POST if key.startswith("answer-")]
    return list(dict.fromkeys([*due, *(one for one in sent if one in known and known[one].kind == "yes_no")]))


def _today(request: HttpRequest, following: Following, day: int, *, whole_week: bool) -> HttpResponse:
    elsewhere = stopped_elsewhere(following)
    if request.method != "POST":
        if elsewhere is not None:
            return elsewhere
        if following.locked:
            return _alarm(request, following)
    exercises = cards(following, day)
    form = _form(request, following, _start(following) | {f"done-{id_}": "yes" for id_, _card in exercises})
    sent = [key.removeprefix("done-") for key in request.POST if key.startswith("done-")]
    planned = {id_ for id_, _card in exercises}
    # A page from before the plan changed tells of other exercises: they were done all the same.
    exercises += [(id_, None) for id_ in sent if id_ not in planned and id_ in engine().knowledge.exercises]
    if request.method == "POST" and sent:
        exercises = [pair for pair in exercises if pair[0] in sent]
    made = session_form(form, following, exercises, _asked_before(request, _asked(following)))
    if exercises and _kept(following, form, made.entries):
        return redirect("today")
    context = today_page(following, day, whole_week=whole_week) | {
        "form": made, "missing_all": not exercises, "on": following.on.isoformat(), "taps": TAPS,
    }  # fmt: skip
    return _page(request, "today", following, form, context)


@require_http_methods(["GET", "POST"])
@with_course
def today(request: HttpRequest, following: Following) -> HttpResponse:
    """Today's session to enter, or what to do instead."""
    return _today(request, following, following.day_number(), whole_week=False)


@require_http_methods(["GET", "POST"])
@with_course
def another_day(request: HttpRequest, following: Following, number: int) -> HttpResponse:
    """The session of another day of the programme's week, done today."""
    if not 1 <= number <= DAYS_A_WEEK:
        raise Http404
    return _today(request, following, number, whole_week=True)


@require_http_methods(["GET", "POST"])
@with_course
def morning(request: HttpRequest, following: Following) -> HttpResponse:
    """Pain in the morning: one tap."""
    if request.method != "POST" and following.locked:
        return _alarm(request, following)
    form = _form(request, following)
    made = morning_form(form, following)
    if _kept(following, form, made.entries):
        return redirect("today")
    return _page(request, "morning", following, form, {"form": made, "taps": TAPS})


# --- check-ins ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@with_course
def check_in(request: HttpRequest, following: Following) -> HttpResponse:
    """How the day is; the danger questions due come first."""
    form = _form(request, following)
    asked = _asked_before(request, _asked(following))
    made = check_in_form(form, following, asked, open_criteria(following), missed=days_missed(following))
    if _kept(following, form, made.entries):
        return redirect("today")
    return _page(request, "check_in", following, form, {"form": made})


def _signs() -> list[str]:
    """Every danger sign that check-ins ask about."""
    known = engine().knowledge
    found = dict.fromkeys(finding for entry in known.check_ins for finding in entry.findings)
    return [finding for finding in found if known.findings[finding].kind == "yes_no"]


@require_http_methods(["GET", "POST"])
@with_course
def sign(request: HttpRequest, following: Following) -> HttpResponse:
    """A new sign, told at once without waiting for its question."""
    form = _form(request, following)
    signs = _signs()
    ticked = [finding for finding in request.POST.getlist("tick") if finding in signs]
    if form.sent and not ticked:
        form.faults.append(Fault(f"tick-{signs[0]}", _("Tick what is new")))
    entry = {
        "id": form.entry, "on": following.on.isoformat(), "kind": "check_in",
        "findings": dict.fromkeys(ticked, True),
    }  # fmt: skip
    if _kept(following, form, [entry]):
        return redirect("today")
    filled = Filled(ticked=set(ticked))
    groups = tick_groups(signs, filled, grouped=False)
    fault = next((fault.message for fault in form.faults), "")
    return _page(
        request, "sign", following, form, {"groups": groups, "list_fault": fault, "title": _("What is new?")}
    )


# --- how it goes, and the history ---------------------------------------------------------------------


@require_http_methods(["GET"])
@with_course
def progress(request: HttpRequest, following: Following) -> HttpResponse:
    """How it goes: the chart and its data, criteria, changes, measures, what is left."""
    return _page(request, "progress", following, None, progress_page(following))


@require_http_methods(["GET"])
@with_course
def history(request: HttpRequest, following: Following) -> HttpResponse:
    """All entries; what was corrected is kept and crossed out."""
    return _page(request, "history", following, None, {"rows": rows(following)})


def _correction_fields(form: Form, following: Following, old: Mapping[str, Any]) -> tuple[Shown, Entries]:
    kind = old["kind"]
    if kind == "session":
        made = session_form(
            form, following, [(item["exercise"], None) for item in old.get("items", [])],
            old.get("signs", {}), with_worst=False,
        )  # fmt: skip
        return {"session": made}, made.entries
    if kind == "check_in":
        findings = engine().knowledge.findings
        asked = [one for one in old.get("findings", {}) if findings[one].kind == "yes_no"]
        checked = check_in_form(
            form, following, asked, old.get("criteria", {}), missed=bool(old.get("why_missed"))
        )
        return {"check_in": checked}, checked.entries
    plain: dict[str, Callable[[], Any]] = {
        "morning": lambda: morning_form(form, following),
        "clinician": lambda: seen_form(form, following),
        "measurement": lambda: measurement_form(form, following, engine().knowledge.measures[old["measure"]]),
    }
    shown = plain[kind]()
    return {"plain": shown}, shown.entries


def _typed(old: Mapping[str, Any]) -> dict[str, str]:
    if old["kind"] == "session":
        return session_typed(old)
    return check_in_typed(old) if old["kind"] == "check_in" else plain_typed(old)


@require_http_methods(["GET", "POST"])
@with_course
def correct(request: HttpRequest, following: Following, number: int) -> HttpResponse:
    """Correct an entry or take it back: a new entry that says so; the old one is kept."""
    every = versions(following)
    if not 1 <= number <= len(every):
        raise Http404
    first, last = every[number - 1][0], every[number - 1][-1]
    if last is None or first is None:
        return redirect("history")
    form = _form(request, following, _typed(last))
    correction = {
        "id": form.entry, "on": following.on.isoformat(), "kind": "correction", "of": first["id"],
        "becomes": None,
    }  # fmt: skip
    if "take_back" in request.POST:
        form.faults.clear()
        if _kept(following, form, [correction]):
            return redirect("history")
    shown, entries = _correction_fields(form, following, last)
    becomes = {key: value for key, value in entries[0].items() if key != "id"}
    if "take_back" not in request.POST and _kept(following, form, [correction | {"becomes": becomes}]):
        return redirect("history")
    context = {"title": entry_title(last), "number": number} | shown
    return _page(request, "correct", following, form, context)


# --- measures, and seen by somebody ---------------------------------------------------------------------


@require_http_methods(["GET"])
@with_course
def measures(request: HttpRequest, following: Following) -> HttpResponse:
    """The tests that can be done at home, and those that are not for this person now."""
    if following.locked:
        return _alarm(request, following)
    return _page(request, "measures", following, None, measures_page(following))


def _after_measuring(request: HttpRequest, name: str, side: str) -> HttpResponse:
    """How it goes, or the same test of the other leg: the session says which, never an address."""
    if request.POST.get("then") != "other_leg":
        return redirect("progress")
    request.session["measure_side"] = {"left": "right", "right": "left"}.get(side, "")
    return redirect("measure", name)


@require_http_methods(["GET", "POST"])
@with_course
def measure(request: HttpRequest, following: Following, name: str) -> HttpResponse:
    """One test: how to do it, and its result."""
    known = engine().knowledge.measures.get(name)
    if known is None or name not in words().measures:
        raise Http404
    if following.locked:
        return _alarm(request, following)
    permitted = permission(following, known)
    side = request.session.pop("measure_side", "") if request.method == "GET" else ""
    form = _form(request, following, _start(following) | {"side": side})
    context: Shown = {
        "told": words().measures[name],
        "sided": known.sided,
        "title": capital(words().measures[name].name),
        "shut": permission_words(following, permitted),
    }
    asked = [one for one in permitted.ask if engine().knowledge.findings[one].who != "clinician"]
    if permitted.allowed:
        made = measurement_form(form, following, known)
        if _kept(following, form, made.entries):
            return _after_measuring(request, name, form.typed.get("side", ""))
        context |= {"form": made} | beside_the_form(following, known)
    elif asked:
        questions = before_measuring(form, following, asked)
        if _kept(following, form, questions.entries):
            return redirect("measure", name)
        context["questions"] = questions
    return _page(request, "measure", following, form, context)


@require_http_methods(["GET", "POST"])
@with_course
def seen(request: HttpRequest, following: Following) -> HttpResponse:
    """Seen by a doctor, physiotherapist or nurse, and what they said about the exercises."""
    form = _form(request, following, {"seen_on": following.on.isoformat()})
    made = seen_form(form, following)
    if _kept(following, form, made.entries):
        return redirect("today")
    return _page(request, "seen", following, form, {"form": made})
