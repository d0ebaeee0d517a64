"""The programme page: the gate, the exercises with pictures, reasons and swaps, the week, the advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kneewise.assess.triage import askable
from kneewise.knowledge.types import ExerciseWords, Source
from kneewise.pathway.contracts import AdviceContract, NotGivenContract, ProgrammeContract, ProgrammeItem
from kneewise.pathway.engine import Turn
from kneewise.pathway.telling_programme import (
    KEPT_UP,
    Why,
    quality_words,
    refused_group,
    refused_words,
    relaxed_words,
    say,
    warning_words,
    why_words,
)
from kneewise.plan.swap import SwapRefused, Swaps
from kneewise.web.answers import Fault, Filled
from kneewise.web.figures import inline_figure
from kneewise.web.knowledge import citations, engine, phrase, phrase_or_none, words
from kneewise.web.presenters.questions import Choice, Option, choice
from kneewise.web.strings import (
    compared_words,
    day_name,
    days_words,
    minutes_words,
    refusal_heading,
    seconds_words,
    sets_words,
    side_words,
    tempo_words,
)

FLARE_UP = "flare_up"
MOST_SHOWN_SWAPS = 6
MOST_ASKED_BEFORE = 6
WEEK = range(1, 8)
# Refusals whose heading says it all.
_HEADING_IS_ENOUGH = ("too_hard", "gentle_only", "goal", "banned", "aside", "no_room")


@dataclass(frozen=True)
class Instead:
    """An exercise that could take a card's place."""

    option: Option
    hint: str


@dataclass(frozen=True)
class Card:
    """One exercise."""

    id: str
    words: ExerciseWords
    picture: SafeString
    side: str
    dose: str
    rest: str
    tempo: str
    effort: str
    how: str
    load: str
    step: str
    minutes: str
    days: str
    quality: str
    why: Why
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    instead: tuple[Instead, ...]
    swap_fault: str


@dataclass(frozen=True)
class Row:
    """An exercise in the week's table."""

    name: str
    id: str
    days: tuple[bool, ...]


@dataclass(frozen=True)
class Day:
    """A day on which there is something to do."""

    number: int
    name: str
    minutes: str
    exercises: int


@dataclass(frozen=True)
class Strand:
    """A protocol in use and its phase, in words."""

    name: str
    part: str
    aims: tuple[str, ...]
    pain_allowed: tuple[int, int]


@dataclass(frozen=True)
class Around:
    """What the page needs beside the programme itself."""

    turn: Turn
    swaps: Swaps
    made: list[tuple[str, str]]
    filled: Filled
    faults: list[Fault]
    swap_faults: dict[str, str]


@dataclass(frozen=True)
class NotGiven:
    """Exercises that somebody does not get, under one heading."""

    heading: str
    exercises: tuple[tuple[str, str], ...]


def readable(id_: str) -> str:
    """The name of an id for which the content has no words of its own."""
    return id_.replace("_", " ")


def _named(prefix: str, id_: str) -> str:
    known = phrase_or_none(f"{prefix}_{id_}") or phrase_or_none(id_)
    return known.text if known else readable(id_)


def _load(item: ProgrammeItem) -> str:
    """The load as its phrase says it; what is only a guess by the exercise's class is left out."""
    return item["load"] if item["load"].endswith(".") else ""


def _step(item: ProgrammeItem) -> str:
    dose = item["dose"]
    if dose["steps"] <= 1:
        return ""
    return say(words(), "dose_step", step=str(dose["step"]), steps=str(dose["steps"]))


def _names(ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(words().exercises[one].name for one in ids)


def _instead(exercise: str, swaps: Swaps | None) -> tuple[Instead, ...]:
    if swaps is None:
        return ()
    try:
        found = swaps.alternatives(exercise)[:MOST_SHOWN_SWAPS]
    except SwapRefused:
        return ()
    shown = []
    for one in found:
        hint = compared_words(one.compared)
        if one.also_goes:
            hint += _("; this takes out: %(names)s") % {"names": ", ".join(_names(one.also_goes))}
        if one.also_comes:
            hint += _("; this adds: %(names)s") % {"names": ", ".join(_names(one.also_comes))}
        label = words().exercises[one.exercise].name
        shown.append(Instead(Option(f"swap-{exercise}-{one.exercise}", one.exercise, label, False), hint))
    return tuple(shown)


def make_card(
    item: ProgrammeItem, days: list[int], swaps: Swaps | None = None, faults: dict[str, str] | None = None
) -> Card:
    """One exercise with all there is to say about it."""
    exercise = engine().knowledge.exercises[item["exercise"]]
    kept_up = exercise.type in KEPT_UP
    return Card(
        id=item["exercise"],
        words=words().exercises[item["exercise"]],
        picture=inline_figure(item["exercise"]),
        side=side_words(item["side"]) if exercise.one_leg else "",
        dose=sets_words(item["sets"], item["reps"], item["hold_seconds"], held=not kept_up),
        rest=seconds_words(item["rest_seconds"]) if item["rest_seconds"] and item["sets"] > 1 else "",
        tempo=tempo_words(item["tempo"]),
        effort=item["effort"],
        how=item.get("how", ""),
        load=_load(item),
        step=_step(item),
        minutes="" if kept_up else minutes_words(item["minutes"]),
        days=days_words(days),
        quality=quality_words(item["quality"], words()),
        why=why_words(item, words()),
        easier=_names(exercise.easier),
        harder=_names(exercise.harder),
        instead=_instead(exercise.id, swaps),
        swap_fault=(faults or {}).get(exercise.id, ""),
    )


def _days_of(programme: ProgrammeContract) -> dict[str, tuple[ProgrammeItem, list[int]]]:
    found: dict[str, tuple[ProgrammeItem, list[int]]] = {}
    for day in programme["week"]:
        for item in day["items"]:
            found.setdefault(item["exercise"], (item, []))[1].append(day["day"])
    return found


def _strand(id_: str, phase_id: str) -> Strand:
    protocol = engine().knowledge.protocols[id_]
    number, phase = next((n, p) for n, p in enumerate(protocol.phases, start=1) if p.id == phase_id)
    part = _("Part %(n)s of %(all)s") % {"n": number, "all": len(protocol.phases)}
    return Strand(
        name=_named("protocol", id_),
        part=part if len(protocol.phases) > 1 else "",
        aims=tuple(known.text for exit_ in phase.exit if (known := phrase_or_none(exit_))),
        pain_allowed=phase.pain_allowed,
    )


def _lock_reason(id_: str) -> str:
    flag = words().red_flags.get(id_)
    return flag.why if flag else phrase(id_).text


def _only_examined(finding: str) -> bool:
    """Whether nobody can tell this about themselves: a test, perhaps with a partner, or an examination."""
    known = engine().knowledge.findings[finding]
    return known.who != "person" or known.kind != "yes_no"


def why_refused(one: NotGivenContract) -> str:
    """Why somebody does not get an exercise; what nobody can tell alone is for a physiotherapist to check."""
    asks = [code.removeprefix("ask:") for code in one["because"] if code.startswith("ask:")]
    tests = [finding for finding in asks if _only_examined(finding)]
    if not tests:
        return " ".join(refused_words(one, engine().knowledge, words()))
    left = [code for code in one["because"] if code.removeprefix("ask:") not in tests]
    rest: NotGivenContract = {**one, "because": left}
    names = ", ".join(words().findings[finding].name for finding in tests)
    check = _("It stays out until a physiotherapist has checked: %(signs)s.") % {"signs": names}
    return " ".join((*refused_words(rest, engine().knowledge, words()), check))


def _not_given(programme: ProgrammeContract) -> list[NotGiven]:
    """Every refusal with its reasons, by the reason that weighs most."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in programme["not_given"]:
        kind = refused_group(one)
        enough = kind in _HEADING_IS_ENOUGH and len(one["because"]) == 1
        why = "" if enough else why_refused(one)
        groups.setdefault(kind, []).append((words().exercises[one["exercise"]].name, why))
    return [NotGiven(refusal_heading(kind), tuple(rows)) for kind, rows in groups.items()]


def asked_before(programme: ProgrammeContract, turn: Turn) -> list[str]:
    """What decides whether some exercises may be given and a person can tell alone, a few at a time.

    What concerns most exercises comes first; the others are asked once these are answered.
    """
    known = engine().knowledge.findings
    can_tell = [
        entry
        for entry in programme["ask_first"]
        if not _only_examined(entry["finding"]) and askable(known[entry["finding"]], turn.evidence)
    ]
    can_tell.sort(key=lambda entry: -len(entry["exercises"]))
    return [entry["finding"] for entry in can_tell[:MOST_ASKED_BEFORE]]


def _questions(programme: ProgrammeContract, around: Around) -> list[Choice]:
    return [choice(finding, around.filled, around.faults) for finding in asked_before(programme, around.turn)]


def _hang_on(programme: ProgrammeContract, asked: list[str]) -> set[str]:
    """The exercises of which the answers to these questions decide whether they are right."""
    return {
        exercise
        for entry in programme["ask_first"]
        if entry["finding"] in asked
        for exercise in entry["exercises"]
    }


def _to_examine(programme: ProgrammeContract) -> list[str]:
    """What would matter for some exercises and only a physiotherapist can check."""
    signs = [entry["finding"] for entry in programme["ask_first"] if _only_examined(entry["finding"])]
    return [words().findings[finding].name for finding in signs]


def programme_sources(programme: ProgrammeContract) -> list[Source]:
    """The sources of the exercises, the protocols and the advice."""
    knowledge = engine().knowledge
    ids: list[str] = []
    for protocol in programme["protocols"]:
        ids += knowledge.protocols[protocol["id"]].sources
    for exercise in _days_of(programme):
        ids += knowledge.exercises[exercise].sources
    for piece in (*programme["advice"], *programme["avoid"], *programme["come_back"]):
        ids += piece["sources"]
    return citations(ids)


def _with_more(pieces: list[AdviceContract]) -> list[dict[str, str]]:
    told = words().phrases
    return [{"text": piece["text"], "more": told[piece["id"]].more} for piece in pieces]


def _advice(programme: ProgrammeContract) -> dict[str, list[dict[str, str]]]:
    """The advice in its parts; a word on medicines stands behind its own questions."""
    kinds = {piece.id: piece.kind for piece in engine().knowledge.advice}
    come_back = {piece["id"] for piece in programme["come_back"]}
    parts: dict[str, list[AdviceContract]] = {}
    for piece in programme["advice"]:
        kind = FLARE_UP if piece["id"] == FLARE_UP else kinds[piece["id"]]
        if piece["id"] not in come_back and kind != "medicine":
            parts.setdefault(kind, []).append(piece)
    known = ("first_days", "meanwhile", "expect", FLARE_UP)
    told = {f"advice_{kind}": _with_more(parts.get(kind, [])) for kind in known}
    rest = [piece for kind, pieces in parts.items() if kind not in known for piece in pieces]
    return told | {"advice": _with_more(rest)}


def _days(programme: ProgrammeContract) -> list[Day]:
    return [
        Day(
            day["day"],
            day_name(day["day"]),
            minutes_words(sum(item["minutes"] for item in day["items"])),
            len(day["items"]),
        )
        for day in programme["week"]
    ]


def programme_page(programme: ProgrammeContract, around: Around | None = None) -> dict[str, Any]:
    """The context of the programme page; without `around` nothing is asked and nothing can be swapped."""
    locked = programme["locked_by"]
    found = _days_of(programme)
    swaps = None if locked or around is None else around.swaps
    return _advice(programme) | {
        "locked": [_lock_reason(id_) for id_ in locked["because"]] if locked else None,
        "gentle": programme["assessment"]["programme"] == "relative_rest",
        "strands": [_strand(p["id"], p["phase"]) for p in programme["protocols"]],
        "warnings": [warning_words(one, words(), engine().knowledge) for one in programme["warnings"]],
        "questions": _questions(programme, around) if around else [],
        "hang_on_answers": _hang_on(programme, asked_before(programme, around.turn)) if around else set(),
        "to_examine": _to_examine(programme) if around else [],
        "swapped": [(old, *_names((old, new))) for old, new in around.made] if around else [],
        "cards": [
            make_card(item, days, swaps, around.swap_faults if around else None)
            for item, days in found.values()
        ],
        "week_days": [day_name(day) for day in WEEK],
        "days": _days(programme),
        "rows": [
            Row(words().exercises[id_].name, id_, tuple(day in days for day in WEEK))
            for id_, (_item, days) in found.items()
        ],
        "avoid": _with_more(programme["avoid"]),
        "come_back": _with_more(programme["come_back"]),
        "relaxed": [relaxed_words(entry, words()) for entry in programme["relaxed"]],
        "not_given": _not_given(programme),
        "sources": programme_sources(programme),
        "knowledge_version": programme["knowledge_version"],
    }


def day_page(programme: ProgrammeContract, number: int) -> dict[str, Any]:
    """The context of one day's page: just what is to be done, in order."""
    days = _days(programme)
    numbers = [day.number for day in days]
    items = next((day["items"] for day in programme["week"] if day["day"] == number), [])
    return {
        "number": number,
        "day": next((day for day in days if day.number == number), None),
        "title": day_name(number),
        "cards": [make_card(item, [number]) for item in items],
        "before": max((n for n in numbers if n < number), default=None),
        "after": min((n for n in numbers if n > number), default=None),
        "gentle": programme["assessment"]["programme"] == "relative_rest",
    }
