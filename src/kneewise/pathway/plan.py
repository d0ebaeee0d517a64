"""From an assessed turn to a programme, written as the contract."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, cast

from kneewise.assess import ranking
from kneewise.evidence import BadCase, Case
from kneewise.knowledge.types import Gate, Knowledge, Words
from kneewise.pathway.contracts import (
    AdviceContract,
    DayContract,
    NotGivenContract,
    OriginContract,
    PreferencesContract,
    ProgrammeContract,
    ProgrammeItem,
    WarningContract,
)
from kneewise.pathway.engine import Engine, Turn
from kneewise.plan import Preferences, Programme, Situation, build
from kneewise.plan.orders import Order
from kneewise.plan.programme import Chosen, gate_of
from kneewise.plan.strands import seen_first

DAYS = range(1, 8)
PLACES = 4
DIAGNOSED = 0.9  # how far a clinician's diagnosis is believed


def causes_of(turn: Turn, diagnosis: str | None = None) -> dict[str, float]:
    """The causes named with their chances; a diagnosis somebody was given comes first."""
    chances = turn.posterior.of_causes()
    named = [cause for cause, _ in ranking.named(turn.posterior)]
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


def _dose_words(chosen: Chosen, words: Words) -> tuple[str, str]:
    """Effort and load in words: the ladder's phrases, else the exercise's own."""
    dose = chosen.prescription
    effort = words.phrases[dose.effort_id].text if dose.effort_id else dose.effort
    if dose.load_id:
        return effort, words.phrases[dose.load_id].text
    return effort, "body weight" if chosen.exercise.load_class < 4 else "start light"


def _item(chosen: Chosen, situation: Situation, words: Words) -> ProgrammeItem:
    dose = chosen.prescription
    effort, load = _dose_words(chosen, words)
    item: ProgrammeItem = {
        "exercise": chosen.exercise.id,
        "side": situation.side if chosen.exercise.one_leg else "both",  # type: ignore[typeddict-item]
        "sets": dose.sets,
        "reps": dose.reps,
        "hold_seconds": dose.hold_seconds,
        "rest_seconds": dose.rest_seconds,
        "tempo": dose.tempo,
        "effort": effort,
        "load": load,
        "why": list(chosen.why),
        "quality": chosen.quality,
        "protocol": chosen.protocol,
        "dose": {"scheme": dose.scheme, "step": dose.step + 1, "steps": dose.steps},
        "minutes": dose.minutes,
    }
    if dose.say:
        item["how"] = words.phrases[dose.say].text
    return item


def _phrases(ids: tuple[str, ...], words: Words) -> list[AdviceContract]:
    return [
        {"id": id_, "text": words.phrases[id_].text, "sources": list(words.phrases[id_].sources)}
        for id_ in ids
    ]


def _week(programme: Programme, situation: Situation, words: Words) -> list[DayContract]:
    days: list[DayContract] = []
    for day in DAYS:
        items = [_item(chosen, situation, words) for chosen in programme.chosen if day in chosen.days]
        if items:
            days.append({"day": day, "items": items})
    return days


def _refused(programme: Programme) -> list[NotGivenContract]:
    return [
        {"exercise": one.exercise, "because": list(one.because), "told": list(one.told)}
        for one in programme.not_given
    ]


def _warning(what: str, exercise: str, text: str) -> WarningContract:
    return {"what": what, "exercise": exercise, "text": text}  # type: ignore[typeddict-item]


def _gentler(situation: Situation, gate: Gate, knowledge: Knowledge) -> list[str]:
    """Why the gate is closer than the rules ask, if it is."""
    return [f"seen_first:{seen_first(situation, knowledge)}"] if gate != situation.gate else []


def case_of(case: Case) -> dict[str, Any]:
    """A parsed case as its contract again; what was not told is left out."""
    person = {
        key: value
        for key in ("age", "sex", "pregnant", "country")
        if (value := getattr(case.person, key)) is not None
    }
    told: dict[str, Any] = {"id": case.id, "on": case.on, "person": person or None, "side": case.side}
    told |= {"text": case.text or None, "respondent": case.respondent if case.respondent != "self" else None}
    evidence = []
    for item in case.items:
        row: dict[str, Any] = {"id": item.finding, "from": item.origin}
        row |= {"value": item.value} if item.value is not None else {"state": item.state}
        row |= {key: value for key in ("side", "on", "method") if (value := getattr(item, key)) is not None}
        evidence.append(row)
    told["evidence"] = evidence or None
    return {key: value for key, value in told.items() if value is not None}


def order_of(order: Order) -> dict[str, Any]:
    """A clinician's order as its contract."""
    told: dict[str, Any] = {"by": order.by, "reason": order.reason, "on": order.on}
    told |= {"pin": list(order.pin), "ban": list(order.ban)}
    told |= {"dose": {one: dict(parts) for one, parts in order.dose}}
    told |= {"protocol": order.protocol, "phase": order.phase, "pain_rule": order.pain_rule}
    return {key: value for key, value in told.items() if value}


def wishes_of(preferences: Preferences) -> PreferencesContract:
    """Preferences as their contract, whole."""
    told: dict[str, Any] = {
        "goals": list(preferences.goals),
        "days": preferences.days,
        "minutes": preferences.minutes,
        "equipment": list(preferences.equipment),
        "place": preferences.place,
        "experience": preferences.experience,
        "pinned": list(preferences.pinned),
        "banned": list(preferences.banned),
        "clinician": [order_of(order) for order in preferences.clinician],
    }
    return cast(PreferencesContract, told)


def known_diagnosis(diagnosis: str | None, knowledge: Knowledge) -> None:
    """Raises `BadCase` for a diagnosis that is no cause we know."""
    if diagnosis is not None and diagnosis not in knowledge.conditions:
        raise BadCase(
            "diagnosis",
            f"there is no cause {diagnosis!r}",
            "`kneewise knowledge show conditions` lists them, or leave it out",
        )


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
    known_diagnosis(diagnosis, engine.knowledge)
    situation = situation_of(turn, diagnosis, nothing_hurts=nothing_hurts)
    programme = build(situation, preferences, engine.knowledge)
    origin = Origin(turn, preferences, diagnosis, nothing_hurts)
    return write_programme(programme, situation, origin, engine)


@dataclass(frozen=True)
class Origin:
    """What a programme was made from; with the knowledge it gives the same programme again."""

    turn: Turn
    preferences: Preferences
    diagnosis: str | None = None
    nothing_hurts: bool = False

    def contract(self) -> OriginContract:
        """As plain data."""
        return {
            "case": case_of(self.turn.case),
            "preferences": wishes_of(self.preferences),
            "diagnosis": self.diagnosis,
            "nothing_hurts": self.nothing_hurts,
        }


def write_programme(
    programme: Programme,
    situation: Situation,
    origin: Origin,
    engine: Engine,
    on: str | None = None,
) -> ProgrammeContract:
    """A programme as its contract; `on` is its first day (the case's own day if None)."""
    knowledge, words = engine.knowledge, engine.words
    gate = gate_of(situation, knowledge)
    turn = origin.turn
    summary: dict[str, Any] = {
        "id": turn.case.id,
        "care_level": turn.triage.care_level,
        "programme": gate,
        "causes": [
            {"id": cause, "probability": round(chance, PLACES)}
            for cause, chance in ranking.named(turn.posterior)
        ],
        "factors": [found.factor.id for found in turn.factors],
    }
    locked = None
    if programme.locked_by is not None:
        locked = {"gate": gate, "because": list(programme.locked_by)}
    told: ProgrammeContract = {
        "id": "",
        "on": on or origin.turn.case.on,
        "knowledge_version": knowledge.version,
        "assessment": summary,
        "protocols": [{"id": protocol, "phase": phase} for protocol, phase in programme.protocols],
        "week": _week(programme, situation, words),
        "advice": [
            {"id": a.id, "text": words.phrases[a.id].text, "sources": list(a.sources)}
            for a in programme.advice
        ],
        "avoid": _phrases(programme.avoid, words),
        "come_back": _phrases(programme.come_back, words),
        "relaxed": [*_gentler(situation, gate, knowledge), *programme.relaxed],
        "not_given": _refused(programme),
        "ask_first": [{"finding": f, "exercises": list(ids)} for f, ids in programme.ask_first],
        "warnings": [_warning(*entry) for entry in programme.warnings],
        "locked_by": locked,  # type: ignore[typeddict-item]
        "origin": origin.contract(),
    }
    told["id"] = _identity(told)
    return told


def _identity(told: ProgrammeContract) -> str:
    """The same programme from the same origin and knowledge has the same id."""
    return hashlib.sha256(repr({**told, "id": ""}).encode()).hexdigest()[:12]
