"""The programme page: the gate, the exercises with their pictures and doses, the week, the advice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kneewise.knowledge.types import ExerciseWords, Phase, Protocol, Source
from kneewise.pathway.contracts import AdviceContract, ProgrammeContract, ProgrammeItem
from kneewise.web.figures import inline_figure
from kneewise.web.knowledge import citations, engine, phrase, phrase_or_none, words
from kneewise.web.strings import day_name, days_words, seconds_words, sets_words, side_words

# A tempo that is written for clinicians ("3-0-3") tells most people nothing; the cues say it in words.
_IN_WORDS = re.compile(r"[A-Za-z][A-Za-z ,;]*")

# The kinds of exercise that are kept up for a time, not held still.
_KEPT_UP = frozenset({"cardio", "warm_up", "comfort"})


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
    load: str
    days: str
    why: str
    mind: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """An exercise in the week's table."""

    name: str
    id: str
    days: tuple[bool, ...]


@dataclass(frozen=True)
class Strand:
    """A protocol in use and its phase, in words."""

    name: str
    phase: str
    aims: tuple[str, ...]
    pain_allowed: tuple[int, int]


def readable(id_: str) -> str:
    """The name of an id for which the content has no words of its own."""
    return id_.replace("_", " ")


def _named(prefix: str, id_: str) -> str:
    known = phrase_or_none(f"{prefix}_{id_}") or phrase_or_none(id_)
    return known.text if known else readable(id_)


def _reasons(item: ProgrammeItem) -> tuple[str, tuple[str, ...]]:
    """The quality that the exercise trains, and what to mind."""
    why, mind = "", []
    for entry in item["why"]:
        kind, _colon, rest = entry.partition(":")
        if kind == "quality":
            why = _named("quality", rest)
        elif kind == "mind":
            mind.append(rest)
    return why, tuple(mind)


def _card(item: ProgrammeItem, days: list[int]) -> Card:
    why, mind = _reasons(item)
    exercise = engine().knowledge.exercises[item["exercise"]]
    return Card(
        id=item["exercise"],
        words=words().exercises[item["exercise"]],
        picture=inline_figure(item["exercise"]),
        side=side_words(item["side"]) if exercise.one_leg else "",
        dose=sets_words(item["sets"], item["reps"], item["hold_seconds"], held=exercise.type not in _KEPT_UP),
        rest=seconds_words(item["rest_seconds"]) if item["rest_seconds"] and item["sets"] > 1 else "",
        tempo=item["tempo"] if _IN_WORDS.fullmatch(item["tempo"]) else "",
        effort=item["effort"],
        load=item["load"],
        days=days_words(days),
        why=why,
        mind=mind,
    )


def _days_of(programme: ProgrammeContract) -> dict[str, tuple[ProgrammeItem, list[int]]]:
    found: dict[str, tuple[ProgrammeItem, list[int]]] = {}
    for day in programme["week"]:
        for item in day["items"]:
            found.setdefault(item["exercise"], (item, []))[1].append(day["day"])
    return found


def _phase(protocol: Protocol, id_: str) -> Phase:
    return next(phase for phase in protocol.phases if phase.id == id_)


def _strand(id_: str, phase_id: str) -> Strand:
    phase = _phase(engine().knowledge.protocols[id_], phase_id)
    return Strand(
        name=_named("protocol", id_),
        phase=_named("phase", phase_id),
        aims=tuple(known.text for exit_ in phase.exit if (known := phrase_or_none(exit_))),
        pain_allowed=phase.pain_allowed,
    )


def _lock_reason(id_: str) -> str:
    flag = words().red_flags.get(id_)
    return flag.why if flag else phrase(id_).text


def _relaxed(entry: str) -> str:
    kind, _colon, rest = entry.partition(":")
    if kind == "pinned":
        return _("%(exercise)s is left out: it does not suit you now.") % {
            "exercise": words().exercises[rest].name
        }
    if kind == "seen_first":
        return _("Only gentle exercises for now: what fits best (%(cause)s) should be looked at first.") % {
            "cause": words().conditions[rest].name
        }
    return _("Nothing safe and possible was found for: %(quality)s.") % {"quality": _named("quality", rest)}


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


def programme_page(programme: ProgrammeContract) -> dict[str, Any]:
    """The context of the programme page."""
    locked = programme["locked_by"]
    found = _days_of(programme)
    come_back = {piece["id"] for piece in programme["come_back"]}
    return {
        "locked": [_lock_reason(id_) for id_ in locked["because"]] if locked else None,
        "gentle": programme["assessment"]["programme"] == "relative_rest",
        "strands": [_strand(p["id"], p["phase"]) for p in programme["protocols"]],
        "cards": [_card(item, days) for item, days in found.values()],
        "week_days": [day_name(day) for day in range(1, 8)],
        "rows": [
            Row(words().exercises[id_].name, id_, tuple(day in days for day in range(1, 8)))
            for id_, (_item, days) in found.items()
        ],
        "advice": _with_more([piece for piece in programme["advice"] if piece["id"] not in come_back]),
        "avoid": _with_more(programme["avoid"]),
        "come_back": _with_more(programme["come_back"]),
        "relaxed": [_relaxed(entry) for entry in programme["relaxed"]],
        "sources": programme_sources(programme),
        "knowledge_version": programme["knowledge_version"],
    }
