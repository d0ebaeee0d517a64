"""What one person told, sorted as a clinician takes a history: each sign once, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kneewise.assess.triage import URGENT, askable
from kneewise.evidence import Item
from kneewise.exchange.paper.wording import Wording
from kneewise.knowledge.types import Words, care_rank
from kneewise.pathway import Engine
from kneewise.pathway.engine import Turn, text_items
from kneewise.pathway.pictures import is_current, measured_error

ABOUT = ("age_years", "duration_days")  # told in the head and in the story
SCREEN_PAGE = "urgent_screen"
TRIED = (
    "no_better_after_few_days_self_care", "no_better_after_3_weeks_self_care",
    "pain_not_eased_by_simple_pain_relief",
)  # fmt: skip
# The parts of a history and the topics of the findings that belong to each, in the order in which they are
# read; a finding of a topic that is not here stands under the last one.
PARTS: dict[str, tuple[str, ...]] = {
    "where": ("location",),
    "onset": ("onset",),
    "course": ("timing", "quality"),
    "worse": ("aggravating",),
    "better": ("relieving",),
    "function": ("function",),
    "history": ("history", "medicines", "about"),
    "activity": ("activity", "habits"),
    "signs": (),
}


@dataclass(frozen=True)
class Measured:
    """A value with its error, how and when it was taken; `error` is empty where nobody knows it."""

    name: str
    value: str
    error: str
    how: str
    old: bool


@dataclass(frozen=True)
class Danger:
    """The danger questions both ways, by name."""

    yes: tuple[str, ...]
    only_written: tuple[str, ...]
    no: tuple[str, ...]
    unsure: tuple[str, ...]
    not_asked: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A history: names by part of what is there, what is not there, what is not sure, and the rest apart."""

    there: dict[str, tuple[str, ...]]
    without: tuple[str, ...]
    unsure: tuple[str, ...]
    tried: tuple[str, ...]
    danger: Danger
    measures: tuple[Measured, ...]


def _latest(items: Iterable[Item]) -> dict[str, Item]:
    return {item.finding: item for item in items}


def _part_of(topic: str) -> str:
    return next((part for part, topics in PARTS.items() if topic in topics), "signs")


def _measured(item: Item, turn: Turn, engine: Engine, wording: Wording) -> Measured:
    known = engine.knowledge.findings[item.finding]
    measure = next((m for m in engine.knowledge.measures.values() if m.finding == item.finding), None)
    name = engine.words.findings[item.finding].name
    if item.side:
        name = f"{name} ({wording.of('sides', item.side)})"
    how: list[str] = []
    error = ""
    if measure is not None:
        half = measured_error(item, measure)
        error = wording.say("give_or_take", n=f"{half:.2g}") if half else ""
        how.append(engine.words.measures[measure.id].methods.get(item.method or "", ""))
    how.append(wording.of("origins", item.origin) if item.origin != "asked" else "")
    how.append(wording.day(item.on) if item.on else "")
    old = measure is not None and not is_current(item, turn.case, measure)
    value = wording.number(item.value or 0.0, known.unit)
    return Measured(name, value, error, ", ".join(part for part in how if part), old)


def _still_to_ask(turn: Turn, engine: Engine) -> list[str]:
    """What keeps an urgent rule open that the person could answer."""
    urgent = [one for one in turn.triage.undecided if care_rank(one.rule.care_level) >= URGENT]
    asks = [finding for one in urgent if one.rule.universal for finding in one.ask]
    return [finding for finding in asks if engine.knowledge.findings[finding].who == "person"]


def _danger(told: dict[str, Item], written: dict[str, Item], turn: Turn, engine: Engine) -> Danger:
    findings, words = engine.knowledge.findings, engine.words
    screen = next((page.findings for page in engine.knowledge.pages if page.id == SCREEN_PAGE), ())
    asked = [f for f in (*screen, *told) if f in told and is_danger(f, engine)]

    def named(state: str) -> tuple[str, ...]:
        found = [f for f in asked if told[f].state == state]
        return tuple(dict.fromkeys(words.findings[f].name for f in found))

    first = [f for f in screen if is_danger(f, engine) and f not in written]

    def waiting(asks: Iterable[str]) -> list[str]:
        return [f for f in asks if not turn.evidence.answered(f) and askable(findings[f], turn.evidence)]

    # What the first page asks stands for all that follows from it.
    not_asked = waiting(first) or waiting(_still_to_ask(turn, engine))
    return Danger(
        yes=named("present"),
        only_written=tuple(
            words.findings[f].name
            for f, item in written.items()
            if f not in told and item.state == "present" and is_danger(f, engine)
        ),
        no=named("absent"),
        unsure=named("unsure"),
        not_asked=tuple(words.findings[f].name for f in dict.fromkeys(not_asked)),
    )


def is_danger(finding: str, engine: Engine) -> bool:
    """Whether a finding is a sign of danger, and not only a risk or an ordinary sign."""
    return engine.knowledge.findings[finding].screens == "danger"


def _name(finding: str, words: Words, *, written: bool, wording: Wording) -> str:
    name = words.findings[finding].name
    return wording.say("only_in_words", sign=name) if written else name


def told_by(turn: Turn, engine: Engine, wording: Wording, more: Iterable[Item] = ()) -> Told:
    """Everything told in a case, by the person's own answers first, then by their words alone.

    `more` are values of measures from elsewhere, each newer than what the case has of its side.
    """
    findings = engine.knowledge.findings
    told = _latest(item for item in turn.case.items if item.origin != "text")
    written = _latest(
        item
        for item in (*text_items(turn.reading, turn.case.person, engine.knowledge), *turn.case.items)
        if item.finding not in told
    )
    there: dict[str, list[str]] = {part: [] for part in PARTS}
    without, unsure, tried = [], [], []
    values = {
        (item.finding, item.side): item
        for item in (*written.values(), *turn.case.items, *more)
        if item.value is not None and item.finding not in ABOUT
    }
    for finding, item in (told | written).items():
        known = findings[finding]
        if finding in ABOUT or is_danger(finding, engine) or (finding, item.side) in values:
            continue
        name = _name(finding, engine.words, written=finding in written, wording=wording)
        if item.state == "unsure":
            unsure.append(name)
        elif item.state == "absent":
            without.append(engine.words.findings[finding].without)
        elif finding in TRIED:
            tried.append(name)
        else:
            there[_part_of(known.topic)].append(name)
    return Told(
        {part: tuple(dict.fromkeys(names)) for part, names in there.items()},
        tuple(dict.fromkeys(without)), tuple(dict.fromkeys(unsure)), tuple(dict.fromkeys(tried)),
        _danger(told, written, turn, engine),
        tuple(_measured(item, turn, engine, wording) for item in values.values()),
    )  # fmt: skip


def measured_since(review: Mapping[str, Any], engine: Engine) -> list[Item]:
    """The last value of each measure, side by side, of a review."""
    items = []
    for one in review["measures"]:
        measure = engine.knowledge.measures.get(one["id"])
        if measure is not None and measure.finding in engine.knowledge.findings:
            last = one["last"]
            items.append(
                Item(
                    measure.finding,
                    "present",
                    last["value"],
                    one["side"],
                    last["on"],
                    one["method"],
                    "measured",
                )
            )
    return items


def who(turn: Turn, wording: Wording) -> str:
    """Who it is about, in one line: "Woman, 35 years old"."""
    person = turn.case.person
    kind = wording.of("people", person.sex or "unknown")
    age = wording.say("age_unknown") if person.age is None else wording.say("age", age=f"{person.age:g}")
    pregnant = wording.say("pregnant") if person.pregnant else ""
    return ", ".join(part for part in (kind, age, pregnant) if part)


def since(turn: Turn, wording: Wording) -> str:
    """For how long, as told; empty if it was not."""
    days = turn.evidence.value("duration_days")
    return "" if days is None else wording.length_of_time(days)


def day_of(turn: Turn, on: date) -> date:
    """The day on which it was told, else the day of printing."""
    return date.fromisoformat(turn.case.on) if turn.case.on else on
