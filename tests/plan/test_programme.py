"""What holds for every programme, over drawn people: the rules of `programme_rules`, each on its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from kneewise.evidence import Evidence, Known
from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Knowledge
from kneewise.pathway import Engine
from kneewise.plan import Programme, Situation, Standing, build, parse_preferences
from kneewise.plan.schedule import SPREAD, apart, days_for, days_for_hard
from tests.plan.people import Drawn, person
from tests.plan.programme_rules import RULES

PEOPLE = 120
SEED = 5_000


@cache
def sample() -> tuple[tuple[Drawn, Programme], ...]:
    """Drawn people with their programmes, the same on every run."""
    engine = Engine(load_knowledge())

    def told() -> Iterator[tuple[Drawn, Programme]]:
        for seed in range(SEED, SEED + PEOPLE):
            drawn = person(engine, seed)
            if drawn is not None:
                yield (
                    drawn,
                    build(drawn.situation, drawn.preferences, engine.knowledge, drawn.standing),
                )

    return tuple(told())


@pytest.mark.hazard("H10", "H26")
@pytest.mark.parametrize("rule", list(RULES))
def test_no_programme_breaks_a_rule(rule: str, knowledge: Knowledge) -> None:
    wrong = [
        (drawn.seed, what)
        for drawn, programme in sample()
        for what in RULES[rule](drawn, programme, knowledge)
    ]

    assert not wrong


def test_the_sample_holds_programmes_of_every_kind() -> None:
    given = [(drawn, programme) for drawn, programme in sample() if programme.chosen]

    assert len(given) >= PEOPLE // 4
    assert any(drawn.standing.phases for drawn, _ in given)
    assert any(drawn.preferences.clinician for drawn, _ in given)
    assert any(not programme.chosen for _, programme in sample())


@pytest.mark.parametrize("training_days", range(1, 8))
def test_hard_exercises_together_leave_a_day_between(training_days: int) -> None:
    every = {day for often in range(1, 8) for day in days_for((1, often), True, training_days)}
    in_turn = {
        day
        for part in (0, 1)
        for often in range(1, 8)
        for day in days_for((1, often), True, training_days, part)
    }

    assert apart(tuple(sorted(every)))
    assert apart(tuple(sorted(in_turn)))
    assert set(days_for_hard(SPREAD[training_days])) >= every
    if training_days >= 2:
        assert days_for((1, 2), True, training_days, 0)
        assert days_for((1, 2), True, training_days, 1)


def _runner(sure: bool) -> Situation:
    """Somebody of 30 with tight hamstrings and a quiet history; asked about everything, or about little."""
    knowledge = load_knowledge()
    known = {"age_years": Known("present", value=30.0), "pain_score_0_to_10": Known("present", value=2.0)}
    if sure:
        known |= {f.id: Known("absent") for f in knowledge.findings.values() if f.kind == "yes_no"}
    return Situation(
        evidence=Evidence(known),
        gate="allowed",
        care_level="routine",
        red_flags=(),
        causes={},
        factors=("previous_hamstring_injury",),
        side="both",
    )


WISHES = {"goals": ["sport"], "days": 4, "minutes": 60, "place": "gym", "experience": "trained"}


def _last_phase(situation: Situation, knowledge: Knowledge) -> Programme:
    phases = {"prevention": knowledge.protocols["prevention"].phases[-1].id}
    standing = Standing(phases=phases, met=frozenset(knowledge.criteria))
    return build(situation, parse_preferences(WISHES, knowledge), knowledge, standing)


@pytest.mark.hazard("H38")
def test_hard_work_is_held_back_until_what_would_forbid_it_was_asked(knowledge: Knowledge) -> None:
    unasked = _last_phase(_runner(sure=False), knowledge)
    asked = _last_phase(_runner(sure=True), knowledge)

    hard = {one.exercise.id for one in asked.chosen if one.exercise.load_class >= 4}
    assert hard
    assert not hard & {one.exercise.id for one in unasked.chosen}
    held = {one.exercise: one.because for one in unasked.not_given}
    for exercise in hard & set(held):
        assert any(code.startswith("ask:") for code in held[exercise])
    assert {finding for finding, _ in unasked.ask_first} <= set(knowledge.findings)
    assert unasked.ask_first


@pytest.mark.hazard("H38")
def test_no_hard_exercise_is_given_over_an_open_question() -> None:
    for drawn, programme in sample():
        open_ = {exercise for _, exercises in programme.ask_first for exercise in exercises}
        for one in programme.chosen:
            if one.exercise.load_class >= 4 or "power" in one.exercise.qualities:
                assert one.exercise.id not in open_, (drawn.seed, one.exercise.id)


@pytest.mark.hazard("H26")
def test_an_order_never_gives_what_is_forbidden_and_says_so(knowledge: Knowledge) -> None:
    situation = Situation(
        evidence=Evidence({"heart_failure": Known("present")}),
        gate="allowed",
        care_level="routine",
        red_flags=(),
        causes={"knee_osteoarthritis": 0.7},
        factors=(),
        side="left",
    )
    order = {"by": "physiotherapist", "reason": "strong trunk", "pin": ["plank", "glute_bridge"]}
    programme = build(situation, parse_preferences({"clinician": [order]}, knowledge), knowledge)

    given = {one.exercise.id: one for one in programme.chosen}
    assert "plank" not in given
    assert [(what, exercise) for what, exercise, _ in programme.warnings] == [("refused", "plank")]
    assert "clinician:strong trunk" in given["glute_bridge"].why
