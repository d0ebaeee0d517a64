"""From an assessed turn to a programme, written as the contract."""

from __future__ import annotations

import hashlib
from typing import Any

from kneewise.assess import ranking
from kneewise.evidence import BadCase
from kneewise.knowledge.types import Gate, Knowledge, Words
from kneewise.pathway.contracts import AdviceContract, DayContract, ProgrammeContract, ProgrammeItem
from kneewise.pathway.engine import Engine, Turn
from kneewise.plan import Preferences, Programme, Situation, first_programme
from kneewise.plan.programme import Chosen, gate_of, seen_first

DAYS = range(1, 8)
DIAGNOSED = 0.9  # how far a clinician's diagnosis is believed


def causes_of(turn: Turn, diagnosis: str | None = None) -> dict[str, float]:
    """The causes named with their chances; a diagnosis somebody was given comes first."""
    chances = turn.posterior.of_causes()
    named = [cause.id for cause in ranking.rank(turn.posterior)]
    index = {cause: i for i, cause in enumerate(turn.posterior.model.causes)}
    causes = {cause: float(chances[index[cause]]) for cause in named}
    if diagnosis is not None:
        others = {cause: min(chance, 1 - DIAGNOSED) for cause, chance in causes.items()}
        causes = {diagnosis: DIAGNOSED} | {c: chance for c, chance in others.items() if c != diagnosis}
    return causes


def situation_of(turn: Turn, diagnosis: str | None = None, *, nothing_hurts: bool = False) -> Situation:
    """What the plan needs of a turn: every cause's chance, factors, gate, flags.

    Where nothing hurts there is no cause to treat: the ranking would only repeat how common each is.
    """
    return Situation(
        evidence=turn.evidence,
        gate=turn.triage.programme,
        care_level=turn.triage.care_level,
        red_flags=tuple(entry.rule.id for entry in turn.triage.fired if entry.care_level != "self_care"),
        causes={} if nothing_hurts else causes_of(turn, diagnosis),
        factors=tuple(found.factor.id for found in turn.factors),
        side=turn.case.side or "both",
        diagnosed=diagnosis,
    )


def _item(chosen: Chosen, situation: Situation) -> ProgrammeItem:
    dose = chosen.exercise.dose
    why = [f"quality:{chosen.quality}", f"protocol:{chosen.protocol}"]
    why += [f"mind:{sentence}" for sentence in chosen.mind]
    return {
        "exercise": chosen.exercise.id,
        "side": situation.side if chosen.exercise.one_leg else "both",  # type: ignore[typeddict-item]
        "sets": dose.sets,
        "reps": dose.reps,
        "hold_seconds": dose.hold_seconds,
        "rest_seconds": dose.rest_seconds,
        "tempo": dose.tempo,
        "effort": dose.effort,
        "load": "body weight" if chosen.exercise.load_class < 4 else "start light",
        "why": why,
    }


def _phrases(ids: tuple[str, ...], words: Words) -> list[AdviceContract]:
    return [
        {"id": id_, "text": words.phrases[id_].text, "sources": list(words.phrases[id_].sources)}
        for id_ in ids
    ]


def _week(programme: Programme, situation: Situation) -> list[DayContract]:
    days: list[DayContract] = []
    for day in DAYS:
        items = [_item(chosen, situation) for chosen in programme.chosen if day in chosen.days]
        if items:
            days.append({"day": day, "items": items})
    return days


def _gentler(situation: Situation, gate: Gate, knowledge: Knowledge) -> list[str]:
    """Why the gate is closer than the rules ask, if it is."""
    return [f"seen_first:{seen_first(situation, knowledge)}"] if gate != situation.gate else []


def plan(
    turn: Turn,
    preferences: Preferences,
    engine: Engine,
    diagnosis: str | None = None,
    *,
    nothing_hurts: bool = False,
) -> ProgrammeContract:
    """A first programme for an assessed case.

    `diagnosis` is a cause that a clinician has named; with `nothing_hurts` the programme is to prevent.
    Neither opens the gate; a clearly first cause that has to be seen first keeps it at relative rest.
    Raises `BadCase` for a diagnosis that is not known.
    """
    knowledge: Knowledge = engine.knowledge
    if diagnosis is not None and diagnosis not in knowledge.conditions:
        raise BadCase(
            "diagnosis",
            f"there is no cause {diagnosis!r}",
            "`kneewise knowledge show conditions` lists them, or leave it out",
        )
    situation = situation_of(turn, diagnosis, nothing_hurts=nothing_hurts)
    programme = first_programme(situation, preferences, knowledge)
    gate = gate_of(situation, knowledge)
    assessment = engine.write(turn)
    summary: dict[str, Any] = {
        "id": assessment["id"],
        "care_level": assessment["care_level"],
        "programme": gate,
        "causes": [{"id": c["id"], "probability": c["probability"]} for c in assessment["causes"]],
        "factors": [f["id"] for f in assessment["factors"]],
    }
    locked = None
    if programme.locked_by is not None:
        locked = {"gate": gate, "because": list(programme.locked_by)}
    return {
        "id": _identity(summary, preferences, knowledge, diagnosis, nothing_hurts),
        "on": turn.case.on,
        "knowledge_version": knowledge.version,
        "assessment": summary,
        "protocols": [{"id": protocol, "phase": phase} for protocol, phase in programme.protocols],
        "week": _week(programme, situation),
        "advice": [
            {"id": a.id, "text": engine.words.phrases[a.id].text, "sources": list(a.sources)}
            for a in programme.advice
        ],
        "avoid": _phrases(programme.avoid, engine.words),
        "come_back": _phrases(programme.come_back, engine.words),
        "relaxed": [*_gentler(situation, gate, knowledge), *programme.relaxed],
        "locked_by": locked,  # type: ignore[typeddict-item]
    }


def _identity(summary: dict[str, Any], preferences: Preferences, knowledge: Knowledge, *more: Any) -> str:
    """The same assessment, preferences and knowledge give the same programme, and so the same id."""
    return hashlib.sha256(repr((summary, preferences, knowledge.version, *more)).encode()).hexdigest()[:12]
