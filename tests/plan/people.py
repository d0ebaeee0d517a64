"""People with everything a plan needs: drawn from the knowledge by seed, with wishes, a way come, and orders.

Each person has one cause of the knowledge (its picture is drawn by `pathway.simulate`); most told everything
and have no sign of danger, so that programmes come about, some are unsure or were not asked, some have
dangers. Used by the property tests (a sample) and by the campaign (many).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kneewise.evidence import BadCase
from kneewise.knowledge.types import Knowledge
from kneewise.pathway import Engine
from kneewise.pathway.plan import situation_of
from kneewise.pathway.simulate import People, draw
from kneewise.plan import Preferences, Programme, Situation, Standing, build, parse_preferences

Json = dict[str, Any]
COHORT = 64  # people drawn together for one cause
PREGNANT = "pregnant_or_6_weeks_postpartum"
ADULT, OLDEST = 16, 90


@dataclass(frozen=True)
class Drawn:
    """One drawn person: what the plan is given, and how the person came about."""

    seed: int
    cause: str
    situation: Situation
    preferences: Preferences
    standing: Standing
    case: Json = field(hash=False)
    diagnosis: str | None = None


@lru_cache(maxsize=512)
def _cohort(knowledge_version: str, cause: str, seed: int, only_written: bool) -> People:
    from kneewise.knowledge.artefact import load_knowledge

    knowledge = load_knowledge()
    return draw(knowledge, knowledge.conditions[cause], COHORT, seed, only_written=only_written)


def _evidence(rng: random.Random, people: People, who: int, knowledge: Knowledge) -> list[Json]:
    """Everything as drawn; of the rest some is not sure and some was never asked."""
    unsure, unasked = rng.choice([(0.0, 0.0), (0.0, 0.3), (0.03, 0.0), (0.05, 0.5)])
    safe = rng.random() < 0.75  # whatever hints at danger or risk was denied
    rows: list[Json] = []
    for id_, column in people.present.items():
        finding = knowledge.findings[id_]
        if finding.kind != "yes_no" or id_ == PREGNANT:
            continue
        state = "present" if column[who] else "absent"
        hint = finding.screens in ("danger", "risk") or finding.topic == "urgent_screen"
        if hint and safe:
            state = "absent"
        luck = rng.random()
        if state == "absent" and not hint:
            if luck < unsure:
                state = "unsure"
            elif luck > 1 - unasked:
                continue
        rows.append({"id": id_, "state": state})
    for id_ in ("duration_days", "pain_score_0_to_10"):
        rows.append({"id": id_, "value": float(people.values[id_][who])})
    return rows


def _home_tests(rng: random.Random, knowledge: Knowledge) -> list[Json]:
    """A few home tests and examinations with any outcome."""
    tests = [f.id for f in knowledge.findings.values() if f.kind == "yes_no" and f.who != "person"]
    chosen = rng.sample(sorted(tests), rng.choice([0, 0, 2, 6]))
    return [{"id": id_, "state": rng.choice(["present", "absent", "absent", "unsure"])} for id_ in chosen]


def _case(rng: random.Random, people: People, who: int, knowledge: Knowledge) -> Json:
    age = float(people.values["age_years"][who])
    if age < ADULT and rng.random() < 0.8:
        age = float(rng.randint(ADULT, OLDEST))
    female = bool(people.present["female_sex"][who])
    person: Json = {"age": min(age, OLDEST), "sex": "female" if female else "male"}
    if female and ADULT <= age < 50:
        person["pregnant"] = rng.random() < 0.15
    sides: list[str | None] = ["left", "right", "both", None]
    case: Json = {
        "person": person,
        "evidence": [*_evidence(rng, people, who, knowledge), *_home_tests(rng, knowledge)],
    }
    side = rng.choice(sides)
    return {**case, "side": side} if side else case


def wishes(rng: random.Random, knowledge: Knowledge) -> Json:
    """Preferences of any kind, pinned and banned exercises included."""
    things = sorted({thing for one in knowledge.exercises.values() for thing in one.equipment})
    exercises = sorted(knowledge.exercises)
    goals = sorted(knowledge.goals)
    return {
        "goals": rng.sample(goals, rng.choice([0, 1, 1, 2])),
        "days": rng.randint(1, 7),
        "minutes": rng.choice([5, 8, 10, 15, 20, 20, 30, 45, 60]),
        "equipment": rng.sample(things, rng.randint(0, len(things))),
        "place": rng.choice(["home", "home", "gym", "pool", "work"]),
        "experience": rng.choice(["new", "some", "trained"]),
        "pinned": rng.sample(exercises, rng.choice([0, 0, 0, 1, 2])),
        "banned": rng.sample(exercises, rng.choice([0, 0, 0, 1, 3])),
    }


def orders(rng: random.Random, knowledge: Knowledge) -> list[Json]:
    """Sometimes a clinician's order: pins, bans, a dose by hand, a protocol with its phase."""
    if rng.random() < 0.75:
        return []
    exercises = sorted(knowledge.exercises)
    order: Json = {"by": rng.choice(["physiotherapist", "doctor"]), "reason": "as we said in the clinic"}
    order["pin"] = rng.sample(exercises, rng.choice([0, 1, 2]))
    order["ban"] = [one for one in rng.sample(exercises, rng.choice([0, 1])) if one not in order["pin"]]
    if rng.random() < 0.5:
        dosed = rng.choice(order["pin"] or exercises)
        order["dose"] = {dosed: {"sets": rng.randint(1, 4), "reps": rng.randint(1, 12)}}
    if rng.random() < 0.4:
        protocol = knowledge.protocols[rng.choice(sorted(knowledge.protocols))]
        order["protocol"] = protocol.id
        if rng.random() < 0.5:
            order["phase"] = rng.choice([phase.id for phase in protocol.phases])
    return [order]


def _way_come(rng: random.Random, first: Programme, knowledge: Knowledge) -> Standing:
    """How far somebody has come: later phases, earned steps, criteria met, some exercises set aside."""
    phases = {
        strand.protocol.id: rng.choice([phase.id for phase in strand.protocol.phases])
        for strand in first.strands
    }
    ids = [one.exercise.id for one in first.chosen]
    criteria = sorted(knowledge.criteria)
    met = criteria if rng.random() < 0.5 else rng.sample(criteria, rng.randint(0, len(criteria)))
    swaps = {
        one.exercise.id: rng.choice(one.exercise.easier + one.exercise.harder)
        for one in first.chosen
        if one.exercise.easier + one.exercise.harder and rng.random() < 0.15
    }
    return Standing(
        phases=phases,
        steps={id_: rng.randint(0, 4) for id_ in ids if rng.random() < 0.5},
        kept=tuple(ids) if rng.random() < 0.7 else (),
        aside=frozenset(id_ for id_ in ids if rng.random() < 0.08),
        instead=swaps,
        sets_off=rng.choice([0, 0, 0, 1]),
        met=frozenset(met),
        maintaining=rng.random() < 0.1,
    )


def person(engine: Engine, seed: int) -> Drawn | None:
    """The person of a seed; None where the draw contradicts itself (an age that rules a sign out)."""
    knowledge = engine.knowledge
    rng = random.Random(seed)
    harmless = rng.random() < 0.9
    cause = rng.choice(sorted(c.id for c in knowledge.conditions.values() if c.harmless or not harmless))
    only_written = rng.random() < 0.8
    people = _cohort(knowledge.version, cause, rng.randrange(4), only_written)
    case = _case(rng, people, rng.randrange(COHORT), knowledge)
    diagnosis = rng.choice([None, None, None, cause])
    preferences = parse_preferences(
        {**wishes(rng, knowledge), "clinician": orders(rng, knowledge)}, knowledge
    )
    try:
        turn = engine.look(engine.parse(case))
    except BadCase:
        return None
    situation = situation_of(turn, diagnosis, nothing_hurts=rng.random() < 0.05)
    standing = Standing()
    if situation.gate != "none" and rng.random() < 0.5:
        standing = _way_come(rng, build(situation, preferences, knowledge), knowledge)
    return Drawn(seed, cause, situation, preferences, standing, case, diagnosis)


def crowd(engine: Engine, seeds: range) -> Iterator[Drawn]:
    """The people of these seeds."""
    for seed in seeds:
        drawn = person(engine, seed)
        if drawn is not None:
            yield drawn
