"""A question page as its template needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kneewise.assess.next_question import MOST_PAGES, MOST_SOON
from kneewise.knowledge.types import FindingWords
from kneewise.web.answers import Fault, Filled, counts_days, duration_units, is_quantity
from kneewise.web.journey import ALWAYS_ASKED, BEFORE_EXERCISES, OF_THE_PROGRAMME, PREVENT
from kneewise.web.knowledge import engine, finding_words
from kneewise.web.presenters.where import leg_map
from kneewise.web.strings import capital, state_name, topic_name, unit_name

# Pages whose places are shown on a leg to point at.
ON_THE_LEG = ("where", "where_exactly")


@dataclass(frozen=True)
class Tick:
    """One check box."""

    id: str
    name: str
    value: str
    label: str
    hint: str
    checked: bool


@dataclass(frozen=True)
class TickGroup:
    """Check boxes under one heading (none when all are of one topic)."""

    heading: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Option:
    """One radio button or one entry of a list."""

    id: str
    value: str
    label: str
    checked: bool


@dataclass(frozen=True)
class Choice:
    """One question with its answers to choose from."""

    name: str
    legend: str
    hint: str
    why: str
    options: tuple[Option, ...]
    fault: str


@dataclass(frozen=True)
class Number:
    """One question for a number."""

    id: str
    name: str
    legend: str
    hint: str
    why: str
    value: str
    unit: str
    units: tuple[Option, ...]
    unit_field: str
    unsure_name: str
    unsure: bool
    whole: bool
    fault: str


def _message(faults: Iterable[Fault], field: str) -> str:
    return next((fault.message for fault in faults if fault.field == field), "")


def tick(finding: str, filled: Filled, hint: str | None = None) -> Tick:
    """The check box of a finding."""
    told = finding_words(finding)
    return Tick(
        id=f"tick-{finding}",
        name="tick",
        value=finding,
        label=told.tick,
        hint=told.help if hint is None else hint,
        checked=finding in filled.ticked,
    )


def tick_groups(findings: list[str], filled: Filled, *, grouped: bool) -> list[TickGroup]:
    """Check boxes; the many of the urgent screen in two groups, signs first."""
    if not grouped:
        return [TickGroup("", tuple(tick(f, filled) for f in findings))] if findings else []
    known = engine().knowledge.findings
    history = [f for f in findings if known[f].screens == "risk"]
    now = [f for f in findings if f not in history]
    groups = (
        (_("Now, or since it began"), now),
        (_("Your health, and the weeks before"), history),
    )
    return [TickGroup(h, tuple(tick(f, filled) for f in members)) for h, members in groups if members]


def by_topic(findings: Iterable[str], make: Callable[[str], Tick]) -> list[TickGroup]:
    """Group check boxes by the topic of their findings, in the order in which topics first come."""
    groups: dict[str, list[Tick]] = {}
    for finding in findings:
        heading = topic_name(engine().knowledge.findings[finding].topic)
        groups.setdefault(heading, []).append(make(finding))
    return [TickGroup(heading, tuple(ticks)) for heading, ticks in groups.items()]


def _answers_of(told: FindingWords) -> list[tuple[str, str]]:
    options = [(a.state, a.label) for a in told.answers] or [
        (state, state_name(state)) for state in ("present", "absent")
    ]
    if not any(state == "unsure" for state, _label in options):
        options.append(("unsure", state_name("unsure")))
    return [(str(state), label) for state, label in options]


def choice(finding: str, filled: Filled, faults: list[Fault]) -> Choice:
    """A finding as a question with yes, no and not sure; each answer names the state it sets."""
    told = finding_words(finding)
    name = f"answer-{finding}"
    options = tuple(
        Option(
            id=name if i == 0 else f"{name}-{state}",
            value=state,
            label=label,
            checked=filled.chosen.get(finding) == state,
        )
        for i, (state, label) in enumerate(_answers_of(told))
    )
    return Choice(name, told.question, told.help, told.why, options, _message(faults, name))


def number(finding: str, filled: Filled, faults: list[Fault]) -> Number:
    """A finding as a number field."""
    told, known = finding_words(finding), engine().knowledge.findings[finding]
    name, unit_field = f"value-{finding}", f"unit-{finding}"
    units: tuple[Option, ...] = ()
    legend, hint = told.question, told.help
    if counts_days(known):
        chosen = filled.units.get(finding, "d")
        units = tuple(
            Option(f"{unit_field}-{code}", code, label, code == chosen)
            for code, label in duration_units().items()
        )
        legend, hint = capital(told.name), _("A good guess is fine.")
    return Number(
        id=name,
        name=name,
        legend=legend,
        hint=hint,
        why=told.why,
        value=filled.typed.get(finding, ""),
        unit=unit_name(known.unit),
        units=units,
        unit_field=unit_field,
        unsure_name=f"unsure-{finding}",
        unsure=finding in filled.unsure_values,
        whole=known.unit in ("a", "{score}", "{reps}"),
        fault=_message(faults, name),
    )


def progress(steps: list[dict[str, Any]], number_: int) -> str:
    """An honest word on how much is still to come."""
    step = steps[number_ - 1]
    if step["why"] in ("said_danger", "urgent_follow_up"):
        return _("First things first: signs that need care soon")
    if step["why"] == "urgent_screen":
        return _(
            "First things first: signs that need care soon. Then at most %(left)s more pages, often fewer, "
            "unless a sign needs a closer look."
        ) % {"left": MOST_PAGES + MOST_SOON}
    if step["why"] == "about_you":
        return _("A few facts first")
    if step["why"] == "soon":
        return _("The last check: signs that change how soon to be seen")
    if step["why"] == PREVENT:
        return _("A few questions on what you do, for your programme")
    if step["why"] in OF_THE_PROGRAMME:
        return _("For your programme")
    return _most_after_this(steps[:number_])


def _most_after_this(steps: list[dict[str, Any]]) -> str:
    """How many pages can still come at most: questions on the causes, then the last checks."""
    apart = (*ALWAYS_ASKED, *OF_THE_PROGRAMME)
    left = max(MOST_PAGES - sum(step["why"] not in apart for step in steps), 0) + MOST_SOON
    return ngettext(
        "At most %(left)s more page after this one, often none, unless a sign needs a closer look",
        "At most %(left)s more pages after this one, often fewer, unless a sign needs a closer look",
        left,
    ) % {"left": left}


def page_title(page_: str) -> str:
    """The title of a page of questions."""
    told = engine().words.pages.get(page_)
    if told:
        return told.title
    return _("Before you start the exercises") if page_ == BEFORE_EXERCISES else _("A question")


def page(
    steps: list[dict[str, Any]], number_: int, filled: Filled, faults: list[Fault], *, side: str = ""
) -> dict[str, Any]:
    """The context of a question page; `side` is the leg that is drawn where places are asked."""
    step = steps[number_ - 1]
    findings = [f for f in step["findings"] if not is_quantity(f)]
    numbers = [f for f in step["findings"] if is_quantity(f)]
    as_choices = asks_choices(step)
    words = engine().words.pages.get(step["page"])
    screen = step["why"] == "urgent_screen"
    choices = [choice(f, filled, faults) for f in findings] if as_choices else []
    return {
        "number": number_,
        "title": page_title(step["page"]),
        "lead": words.lead if words else "",
        "why": words.why if words else "",
        "none_label": (words.none if words else "") or _("None of these"),
        "progress": progress(steps, number_),
        "screen": screen,
        "leg_map": leg_map(findings, side) if step["page"] in ON_THE_LEG and not as_choices else None,
        "groups": [] if as_choices else tick_groups(findings, filled, grouped=screen),
        "choices": choices,
        "numbers": [number(f, filled, faults) for f in numbers],
        "none": filled.none,
        "not_sure": filled.not_sure,
        "may_be_unsure": not screen,
        "faults": faults,
        "list_fault": _message(faults, first_tick(findings)),
        "may_skip_ahead": step["why"] not in ALWAYS_ASKED,
    }


def first_tick(findings: list[str]) -> str:
    """The id of a list's first check box, where an error in the list leads."""
    return f"tick-{findings[0]}" if findings else "tick"


def asks_choices(step: dict[str, Any]) -> bool:
    """Whether a page asks yes, no or not sure to each question instead of one tick list."""
    known = next((p for p in engine().knowledge.pages if p.id == step["page"]), None)
    ticks = [f for f in step["findings"] if not is_quantity(f)]
    if step["why"] == "urgent_screen":
        return False
    return (known is not None and known.style == "one_by_one") or len(ticks) == 1
