"""What would change the result is true: answer so, and it does."""

from __future__ import annotations

import pytest

from kneewise.assess import change, ranking, triage
from kneewise.evidence import Evidence, Known
from kneewise.knowledge.types import care_rank
from kneewise.pathway import Engine
from tests.assess.test_ranking import random_evidence


def after(evidence: Evidence, signs: tuple[str, ...], state: str = "present") -> Evidence:
    return Evidence({**evidence.known, **{sign: Known(state) for sign in signs}})  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(40))
def test_the_signs_named_raise_the_level_as_far_as_told(seed: int, engine: Engine) -> None:
    evidence = random_evidence(engine.knowledge, seed)
    before = triage.triage(evidence, engine.knowledge)

    for entry in change.level_changes(evidence, engine.knowledge, before):
        told = triage.triage(
            after(evidence, (entry.finding, *entry.together_with)), engine.knowledge
        ).care_level
        assert entry.care_level is not None
        assert care_rank(told) >= care_rank(entry.care_level) > care_rank(before.care_level)


@pytest.mark.parametrize("seed", range(40))
def test_two_signs_are_told_together_only_where_neither_does_it_alone(seed: int, engine: Engine) -> None:
    evidence = random_evidence(engine.knowledge, seed)
    before = triage.triage(evidence, engine.knowledge)

    for entry in change.level_changes(evidence, engine.knowledge, before):
        for sign in (entry.finding, *entry.together_with) if entry.together_with else ():
            alone = triage.triage(after(evidence, (sign,)), engine.knowledge)
            assert care_rank(alone.care_level) < care_rank(entry.care_level or "routine")


def test_on_an_open_screen_two_signs_together_are_told_somewhere(engine: Engine) -> None:
    evidence = engine.look(engine.parse({"text": "sore behind the knee", "person": {"age": 50}})).evidence
    changes = change.level_changes(evidence, engine.knowledge, triage.triage(evidence, engine.knowledge))

    assert any(entry.together_with for entry in changes)


@pytest.mark.parametrize("seed", range(15))
def test_the_answers_named_put_that_cause_first(seed: int, engine: Engine) -> None:
    evidence = random_evidence(engine.knowledge, seed)
    result = ranking.posterior(engine.model, evidence, engine.knowledge)

    for entry in change.cause_changes(evidence, engine.knowledge, engine.model, result):
        column = engine.model.finding_index[entry.finding]
        table = engine.model.present if entry.state == "present" else engine.model.absent
        moved = ranking.softmax(result.log_prior + result.columns.sum(axis=1) + table[:, column])
        chances = engine.model.membership @ moved
        assert engine.model.causes[int(chances.argmax())] == entry.first_cause
