"""The forms that write the diary: what each asks, and the entries that come of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kneewise.knowledge.types_measures import Measure
from kneewise.plan.orders import CLINICIANS
from kneewise.web.answers import Fault
from kneewise.web.fields import DANGER_ANSWERS, UNSURE, Field, Form, without_nothing
from kneewise.web.following import Following
from kneewise.web.knowledge import engine, phrase, words
from kneewise.web.presenters.programme import Card
from kneewise.web.presenters.questions import Choice
from kneewise.web.strings import capital, state_name, unit_name

WHY = ("time", "pain", "unsure", "afraid", "better", "ill", "equipment", "boring", "other")
MOST_CRITERIA = 5
MOST_TRIALS = 3
Entries = list[dict[str, Any]]


@dataclass(frozen=True)
class ExerciseFields:
    """One exercise of a session."""

    id: str
    name: str
    card: Card | None
    done: Field
    pain: Field
    more: tuple[Field, ...]
    fault: bool


@dataclass(frozen=True)
class SessionForm:
    """A session as it is asked, and the entries that it makes."""

    day: Field
    exercises: tuple[ExerciseFields, ...]
    before: Field
    after: Field
    worst: Field | None
    questions: tuple[Choice, ...]
    note: Field
    entries: Entries


def why_options() -> dict[str, str]:
    """Why something was left out, in the content's words."""
    return {why: phrase(f"follow_why_{why}").text for why in WHY}


def when(form: Form, following: Following) -> tuple[Field, date]:
    """The day of an entry: today, unless the person changes it."""
    return form.day("on", _("Which day is this for?"), following.course.started_on, following.latest)


def _exercise(form: Form, id_: str, card: Card | None) -> tuple[ExerciseFields, dict[str, Any]]:
    name = words().exercises[id_].name
    done, chosen = form.pick(
        f"done-{id_}", _("Did you do it?"), {"yes": _("Done"), "no": _("Not done")},
        needed=_("%(name)s: say whether you did it") % {"name": name},
    )  # fmt: skip
    needed = _("%(name)s: choose how much it hurt, or “not done”") % {"name": name}
    pain, felt = form.pain(f"pain-{id_}", _("Pain while doing it"), needed=needed if chosen == "yes" else "")
    sets, sets_done = form.number(f"sets-{id_}", _("Sets done"), 0, 100, whole=True)
    reps, reps_done = form.number(f"reps-{id_}", _("Repeats in a set"), 0, 1000, whole=True)
    effort, hard = form.number(
        f"effort-{id_}", _("How hard was it?"), 0, 10, hint=_("0 is no effort, 10 the hardest you could do.")
    )
    why, skipped = form.pick(f"why-{id_}", _("If not done: why?"), why_options(), kind="select")
    more = (sets, reps, effort, why)
    item = without_nothing(
        {"exercise": id_, "pain_during": felt, "sets": sets_done, "reps": reps_done, "effort": hard}
    )
    if chosen != "yes":
        item = without_nothing({"exercise": id_, "skipped": skipped})
    item["done"] = chosen == "yes"
    return ExerciseFields(id_, name, card, done, pain, more, any(one.fault for one in more)), item


def session_form(
    form: Form,
    following: Following,
    exercises: Iterable[tuple[str, Card | None]],
    asked: Iterable[str],
    *,
    with_worst: bool = True,
) -> SessionForm:
    """A session: each exercise, pain before and after, the danger questions due."""
    day, on = when(form, following)
    before, pain_before = form.pain("pain_before", _("Pain just before"))
    rows = [_exercise(form, id_, card) for id_, card in exercises]
    after, pain_after = form.pain("pain_after", _("Pain just after"))
    worst, pain_worst = (
        form.pain("pain_worst", _("Worst pain of the day so far")) if with_worst else (None, None)
    )
    questions, signs = form.answers(asked)
    note, said = form.words("note", _("Anything else?"))
    entries: Entries = [
        without_nothing({
            "id": form.entry, "on": on.isoformat(), "kind": "session", "items": [item for _f, item in rows],
            "pain_before": pain_before, "pain_after": pain_after, "signs": signs, "note": said,
        })
    ]  # fmt: skip
    if pain_worst is not None:
        entries.append(
            {"id": f"{form.entry}-worst", "on": on.isoformat(), "kind": "check_in", "pain_worst": pain_worst}
        )
    shown = tuple(fields for fields, _item in rows)
    return SessionForm(day, shown, before, after, worst, tuple(questions), note, entries)


def session_typed(entry: Mapping[str, Any]) -> dict[str, str]:
    """A session as its form would have been filled in."""
    typed = {"on": entry["on"], "note": entry.get("note", "")}
    typed |= {key: _told(entry.get(key)) for key in ("pain_before", "pain_after")}
    for item in entry.get("items", []):
        id_ = item["exercise"]
        typed[f"done-{id_}"] = "yes" if item.get("done", True) else "no"
        typed[f"pain-{id_}"] = _told(item.get("pain_during")) or (UNSURE if item.get("done", True) else "")
        typed |= {f"{key}-{id_}": _told(item.get(key)) for key in ("sets", "reps", "effort")}
        typed[f"why-{id_}"] = item.get("skipped", "")
    return typed | _answers_typed(entry.get("signs", {}))


def _told(value: Any) -> str:
    return "" if value is None else f"{value:g}"


def _answers_typed(findings: Mapping[str, Any]) -> dict[str, str]:
    states = {True: "present", False: "absent"}
    return {f"answer-{finding}": states.get(answer, "unsure") for finding, answer in findings.items()}


# --- the check-in ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class CheckInForm:
    """A check-in as it is asked, and the entry that it makes."""

    day: Field
    worst: Field
    sleep: Field
    load: Field
    missed: Field | None
    questions: tuple[Choice, ...]
    criteria: tuple[Field, ...]
    note: Field
    entries: Entries


def open_criteria(following: Following) -> list[str]:
    """Criteria of the phase's end that the person can tell."""
    known = engine().knowledge.criteria
    found = []
    for one in following.review["criteria"]:
        criterion = known[one["id"]]
        counted = criterion.calm_sessions is not None or criterion.weeks_in_phase is not None
        tells = one["how"] == "not_known" or criterion.asked or criterion.finding
        if not one["met"] and not counted and tells and one["id"] not in found:
            found.append(one["id"])
    return found[:MOST_CRITERIA]


def check_in_form(
    form: Form, following: Following, asked: Iterable[str], criteria: Iterable[str], *, missed: bool
) -> CheckInForm:
    """How the day is: worst pain, sleep, load, danger questions due, criteria still open."""
    day, on = when(form, following)
    questions, findings = form.answers(asked)
    worst, pain = form.pain("pain_worst", _("Worst pain today"), needed=_("Choose your worst pain today"))
    sleep, hours = form.number("sleep_hours", _("Sleep last night"), 0, 24, unit=_("hours"))
    load, minutes = form.number(
        "load_minutes", _("Sport or heavy work today"), 0, 1440, unit=_("minutes"),
        hint=_("Not counting these exercises."),
    )  # fmt: skip
    why, why_missed = (
        form.pick("why_missed", phrase("follow_asks_why").text, why_options(), kind="select",
                  hint=phrase("follow_asks_why").more)
        if missed else (None, "")
    )  # fmt: skip
    met: dict[str, bool] = {}
    fields = []
    for id_ in criteria:
        told = phrase(id_)
        made, answer = form.pick(
            f"criterion-{id_}", told.text, {"yes": _("Yes"), "no": _("Not yet")}, hint=told.more
        )
        fields.append(made)
        if answer:
            met[id_] = answer == "yes"
            finding = engine().knowledge.criteria[id_].finding
            if finding:
                findings.setdefault(finding, answer != "yes")  # the finding is what stands in the way
    note, said = form.words("note", _("Anything else?"))
    entry = without_nothing({
        "id": form.entry, "on": on.isoformat(), "kind": "check_in", "pain_worst": pain,
        "sleep_hours": hours, "load_minutes": minutes, "findings": findings, "criteria": met,
        "why_missed": why_missed, "note": said,
    })  # fmt: skip
    return CheckInForm(day, worst, sleep, load, why, tuple(questions), tuple(fields), note, [entry])


def check_in_typed(entry: Mapping[str, Any]) -> dict[str, str]:
    """A check-in as its form would have been filled in."""
    typed = {"on": entry["on"], "note": entry.get("note", ""), "why_missed": entry.get("why_missed", "")}
    typed["pain_worst"] = _told(entry.get("pain_worst")) or UNSURE
    typed |= {key: _told(entry.get(key)) for key in ("sleep_hours", "load_minutes")}
    typed |= {f"criterion-{id_}": "yes" if met else "no" for id_, met in entry.get("criteria", {}).items()}
    return typed | _answers_typed(entry.get("findings", {}))


# --- the morning, a measurement, seen by somebody ---------------------------------------------------


@dataclass(frozen=True)
class PlainForm:
    """A few fields in order, and the entry that they make."""

    fields: tuple[Field, ...]
    entries: Entries


def morning_form(form: Form, following: Following) -> PlainForm:
    """Pain in the morning."""
    pain_field, pain = form.pain(
        "pain", _("Pain this morning"), needed=_("Choose how much it hurts this morning")
    )
    day, on = when(form, following)
    entry = without_nothing({"id": form.entry, "on": on.isoformat(), "kind": "morning", "pain": pain})
    return PlainForm((pain_field, day), [entry])


def clinician_names() -> dict[str, str]:
    """Who may have seen somebody."""
    names = {"doctor": _("Doctor"), "physiotherapist": _("Physiotherapist"), "nurse": _("Nurse")}
    return {who: names[who] for who in ("doctor", "physiotherapist", "nurse") if who in CLINICIANS}


def seen_form(form: Form, following: Following) -> PlainForm:
    """Seen by whom and when, and whether the exercises may go on."""
    who_field, who = form.pick(
        "by", _("Who has seen you?"), clinician_names(), needed=_("Choose who has seen you")
    )
    first = following.locked_since or following.course.started_on
    when_field, seen = form.day(
        "seen_on", _("On which day?"), first, following.on, hint=_("The day of the visit, not of this entry.")
    )
    may_field, may = form.pick(
        "may", _("What did they say about the exercises?"),
        {"yes": _("I may go on"), "no": _("I may not go on yet")},
        needed=_("Choose what they said about the exercises"),
    )  # fmt: skip
    note, said = form.words("note", _("What else did they say?"))
    entry = without_nothing({
        "id": form.entry, "on": following.on.isoformat(), "kind": "clinician", "by": who,
        "seen_on": seen.isoformat(), "note": said,
    })  # fmt: skip
    entry["may_go_on"] = may == "yes"
    return PlainForm((who_field, when_field, may_field, note), [entry])


def measurement_form(form: Form, following: Following, measure: Measure) -> PlainForm:
    """The trials of one measure, with its side and way."""
    told = words().measures[measure.id]
    fields: list[Field] = []
    method, side = measure.methods[0].id, None
    if len(measure.methods) > 1:
        names = {one.id: told.methods.get(one.id, one.id) for one in measure.methods}
        made, method = form.pick(
            "method", _("How was it measured?"), names, needed=_("Choose how it was measured")
        )
        fields.append(made)
    if measure.sided:
        sides = {"left": _("Left leg"), "right": _("Right leg")}
        made, side = form.pick("side", _("Which leg?"), sides, needed=_("Choose the leg"))
        fields.append(made)
    values = []
    for n in range(1, max(min(measure.trials, MOST_TRIALS), 1) + 1):
        legend = _("Result") if measure.trials <= 1 else _("Try %(n)s") % {"n": n}
        made, value = form.number(
            f"value-{n}", legend, measure.minimum, measure.maximum, unit=unit_name(measure.unit),
            needed=_("Give at least one result") if n == 1 else "",
        )  # fmt: skip
        fields.append(made)
        if value is not None:
            values.append(value)
    day, on = when(form, following)
    entry = without_nothing({
        "id": form.entry, "on": on.isoformat(), "kind": "measurement", "measure": measure.id,
        "side": side, "method": method, "values": values,
    })  # fmt: skip
    return PlainForm((*fields, day), [entry])


def plain_typed(entry: Mapping[str, Any]) -> dict[str, str]:
    """A morning, a measurement or a visit as its form would have been filled in."""
    typed = {key: str(entry.get(key, "")) for key in ("on", "by", "seen_on", "note", "side", "method")}
    typed["pain"] = _told(entry.get("pain"))
    typed["may"] = {True: "yes", False: "no"}.get(entry.get("may_go_on"), "")  # type: ignore[arg-type]
    values = entry.get("values") or ([entry["value"]] if "value" in entry else [])
    return typed | {f"value-{n}": _told(value) for n, value in enumerate(values, start=1)}


def before_measuring(form: Form, following: Following, asked: Iterable[str]) -> PlainForm:
    """What has to be known before a test is safe: yes, no or not sure, or a number."""
    known = engine().knowledge.findings
    fields: list[Field] = []
    findings: dict[str, Any] = {}
    for finding in asked:
        told = words().findings[finding]
        if known[finding].kind == "quantity":
            unit = unit_name(known[finding].unit)
            made, value = form.number(
                f"about-{finding}", capital(told.name), known[finding].minimum, known[finding].maximum,
                unit=_("days") if unit == "d" else unit,
            )  # fmt: skip
            if value is not None:
                findings[finding] = value
        else:
            labels: dict[str, str] = {answer.state: answer.label for answer in told.answers} or {
                state: state_name(state) for state in ("present", "absent")
            }
            options = {**labels, "unsure": labels.get("unsure", state_name("unsure"))}
            made, chosen = form.pick(f"about-{finding}", told.question, options, hint=told.help)
            if chosen:
                findings[finding] = DANGER_ANSWERS[chosen]
        fields.append(made)
    if form.sent and not findings and not form.faults:
        form.faults.append(Fault(fields[0].name, _("Answer at least one of the questions")))
    entry = {"id": form.entry, "on": following.on.isoformat(), "kind": "check_in", "findings": findings}
    return PlainForm(tuple(fields), [entry])
