"""The ranking: exact under its definition, and its reasons add up."""

from __future__ import annotations

import random

import numpy as np
import pytest

from kneewise.assess import ranking
from kneewise.evidence import Case, Evidence, Item, Person
from kneewise.knowledge.types import Knowledge
from kneewise.pathway import Engine
from kneewise.rules import gather
from tests.assess import reference_ranking


def random_evidence(knowledge: Knowledge, seed: int) -> Evidence:
    """Somebody with up to thirty random answers."""
    dice = random.Random(seed)
    asked = dice.sample([f for f in knowledge.findings.values() if f.kind != "derived"], dice.randint(0, 30))
    items = []
    for finding in asked:
        if finding.kind == "quantity":
            value = dice.uniform(finding.minimum, finding.maximum)
            items.append(Item(finding.id, "present", value))
        else:
            items.append(Item(finding.id, dice.choice(["present", "absent", "unsure"])))  # type: ignore[arg-type]
    person = Person(
        age=dice.choice([None, 8.0, 19.0, 34.0, 61.0, 80.0]), sex=dice.choice([None, "female", "male"])
    )  # type: ignore[arg-type]
    return gather(Case(person=person, items=tuple(items)), knowledge)


@pytest.mark.parametrize("seed", range(25))
def test_the_fast_ranking_agrees_with_the_slow_one(seed: int, engine: Engine) -> None:
    evidence = random_evidence(engine.knowledge, seed)

    fast = ranking.posterior(engine.model, evidence, engine.knowledge).of_causes()
    slow = reference_ranking.chances(engine.knowledge, evidence, engine.options.prior_exponent)

    assert fast.tolist() == pytest.approx([slow[cause] for cause in engine.model.causes], abs=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_the_weights_of_the_reasons_sum_to_the_change_in_log_odds(seed: int, engine: Engine) -> None:
    evidence = random_evidence(engine.knowledge, seed)
    after = ranking.posterior(engine.model, evidence, engine.knowledge)
    before = ranking.softmax(after.log_prior)

    for cause in np.argsort(-after.of_causes())[:5]:
        p0 = float((engine.model.membership[cause] * before).sum())
        p1 = float(after.of_causes()[cause])
        change = np.log(p1 / (1 - p1)) - np.log(p0 / (1 - p0))
        total = sum(reason.weight for reason in ranking.reasons(after, int(cause)))
        assert total == pytest.approx(change, abs=1e-3)


@pytest.mark.hazard("H12")
def test_a_chance_is_never_nothing_and_never_certain(engine: Engine) -> None:
    for seed in range(30):
        result = ranking.posterior(engine.model, random_evidence(engine.knowledge, seed), engine.knowledge)
        for cause in ranking.rank(result):
            assert 0 < cause.low <= cause.probability <= cause.high < 1
        assert 0 < ranking.something_else(result) < 1


def test_the_list_is_short_and_likeliest_first(engine: Engine) -> None:
    for seed in range(30):
        result = ranking.posterior(engine.model, random_evidence(engine.knowledge, seed), engine.knowledge)
        chances = [cause.probability for cause in ranking.rank(result)]
        assert 1 <= len(chances) <= 5
        assert chances == sorted(chances, reverse=True)


def test_with_no_answers_the_chances_are_the_priors_and_there_is_nothing_to_explain(engine: Engine) -> None:
    result = ranking.posterior(engine.model, Evidence(), engine.knowledge)

    assert ranking.reasons(result, 0) == ()
    assert result.chance.sum() == pytest.approx(1)


def test_an_answer_that_says_nothing_about_a_cause_does_not_move_it_against_something_else(
    engine: Engine,
) -> None:
    """A cell that is not filled is taken to be as frequent as in all presenters."""
    model = engine.model
    cause = "deep_vein_thrombosis"
    empty = next(
        f.id
        for f in engine.knowledge.findings.values()
        if f.kind == "yes_no"
        and f.who == "person"
        and f.id not in engine.knowledge.conditions[cause].likelihoods
    )
    column = model.finding_index[empty]

    assert model.present[model.hypotheses.index((cause,)), column] == 0
    assert model.absent[model.hypotheses.index((cause,)), column] == 0


def test_answers_of_one_group_count_less_than_each_alone() -> None:
    assert ranking.temper(1, 0.3) == 1
    assert 2 * ranking.temper(2, 0.3) < 2
    assert 3 * ranking.temper(3, 0.3) > 2 * ranking.temper(2, 0.3)
