"""Low and high of a chance: against a great many random draws, and as what they claim to be."""

from __future__ import annotations

import numpy as np
import pytest

from kneewise.assess import ranking
from kneewise.assess.model import SOMETHING_ELSE
from kneewise.pathway import Engine
from tests.assess import reference_ranking
from tests.assess.test_ranking import random_evidence


@pytest.mark.parametrize("seed", range(12))
def test_the_spread_of_each_cause_is_that_of_the_figures_it_rests_on(seed: int, engine: Engine) -> None:
    evidence = random_evidence(engine.knowledge, seed)

    fast = ranking.posterior(engine.model, evidence, engine.knowledge).spread
    slow = reference_ranking.spreads(engine.knowledge, evidence, engine.options.prior_exponent)

    assert fast.tolist() == pytest.approx([slow[c] for c in (*engine.model.causes, "something_else")])


@pytest.mark.parametrize("seed", range(12))
def test_the_quadrature_gives_what_many_random_draws_give(seed: int, engine: Engine) -> None:
    result = ranking.posterior(engine.model, random_evidence(engine.knowledge, seed), engine.knowledge)
    low, high = ranking.ranges(result)

    draws = np.random.default_rng(seed).normal(size=(20_000, len(result.spread))) * result.spread
    names = (*engine.model.causes, SOMETHING_ELSE)
    share = np.zeros((len(names), len(engine.model.hypotheses)))
    for h, hypothesis in enumerate(engine.model.hypotheses):
        for name in hypothesis:
            share[names.index(name), h] = 1 / len(hypothesis)
    scores = np.log(np.maximum(result.chance, 1e-300)) + draws @ share
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    chance = (weights / weights.sum(axis=1, keepdims=True)) @ engine.model.membership.T
    expected = np.quantile(chance, [0.1, 0.9], axis=0)

    for cause in np.argsort(-result.of_causes())[:5]:
        assert low[cause] == pytest.approx(expected[0, cause], abs=0.03)
        assert high[cause] == pytest.approx(expected[1, cause], abs=0.03)


@pytest.mark.parametrize("seed", range(12))
def test_a_chance_lies_within_its_range(seed: int, engine: Engine) -> None:
    result = ranking.posterior(engine.model, random_evidence(engine.knowledge, seed), engine.knowledge)
    low, high = ranking.ranges(result)

    assert (low <= result.of_causes()).all()
    assert (result.of_causes() <= high).all()


def test_the_nodes_have_no_mean_unit_variance_and_no_correlation() -> None:
    matrix = ranking.hadamard(74)

    nodes = np.concatenate([matrix, -matrix])[:, :74]
    assert np.allclose(nodes.mean(axis=0), 0)
    assert np.allclose(nodes.T @ nodes / len(nodes), np.eye(74))
