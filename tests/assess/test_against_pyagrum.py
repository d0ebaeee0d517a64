"""A Bayesian network that we did not write, over the same hypotheses, gives the same chances."""

from __future__ import annotations

import numpy as np
import pyagrum as gum
import pytest

from kneewise.assess import ranking
from kneewise.pathway import Engine
from tests.assess.test_ranking import random_evidence


def by_network(result: ranking.Posterior) -> list[float]:
    """One node for the hypothesis, one child for each answer; inference by pyAgrum."""
    hypotheses = len(result.chance)
    network = gum.BayesNet("kneewise")
    network.add(gum.LabelizedVariable("hypothesis", "", hypotheses))
    network.cpt("hypothesis").fillWith(np.exp(result.log_prior).tolist())
    for a in range(result.columns.shape[1]):
        name = f"answer_{a}"
        network.add(gum.LabelizedVariable(name, "", 2))
        network.addArc("hypothesis", name)
        likelihood = np.exp(result.columns[:, a] - result.columns[:, a].max() - 0.01)
        network.cpt(name)[:] = np.stack([1 - likelihood, likelihood], axis=1)
    inference = gum.LazyPropagation(network)
    inference.setEvidence({f"answer_{a}": 1 for a in range(result.columns.shape[1])})
    inference.addTarget("hypothesis")
    inference.makeInference()
    return [float(x) for x in inference.posterior("hypothesis").toarray()]


@pytest.mark.parametrize("seed", range(30))
def test_pyagrum_gives_the_same_chances(seed: int, engine: Engine) -> None:
    result = ranking.posterior(engine.model, random_evidence(engine.knowledge, seed), engine.knowledge)

    assert result.chance.tolist() == pytest.approx(by_network(result), abs=1e-9)
