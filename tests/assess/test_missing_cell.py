"""What a missing cell means: the finding is as frequent as in all presenters, so it says nothing.

Defined in docs/how-to/write-content.md ("An empty cell") and docs/adr/0003. Leak (something else) and marginal
(the baseline of a finding) are two numbers with two jobs.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from kneewise.assess import ranking
from kneewise.assess.model import SOMETHING_ELSE, Model, build
from kneewise.evidence import Case, Item
from kneewise.knowledge.types import Condition, Figure, Knowledge
from kneewise.pathway import Engine
from kneewise.rules import gather


def _empty_cells(knowledge: Knowledge, count: int) -> list[tuple[str, str]]:
    """(cause, finding) pairs that no file fills, drawn over the whole table."""
    findings = [finding.id for finding in knowledge.findings.values() if finding.kind != "quantity"]
    cells = [
        (cause.id, finding)
        for cause in knowledge.conditions.values()
        for finding in findings
        if finding not in cause.likelihoods
    ]
    return random.Random(1).sample(cells, min(count, len(cells)))


def _filled(knowledge: Knowledge, cause: str, cells: Mapping[str, float]) -> Knowledge:
    condition: Condition = knowledge.conditions[cause]
    figures = {f: Figure(value, value, value, "estimate") for f, value in cells.items()}
    changed = replace(condition, likelihoods={**condition.likelihoods, **figures})
    return replace(knowledge, conditions={**knowledge.conditions, cause: changed})


def _same(one: Model, other: Model) -> bool:
    return np.allclose(one.present, other.present, atol=1e-12) and np.allclose(
        one.absent, other.absent, atol=1e-12
    )


def test_an_empty_cell_has_exactly_no_weight(engine: Engine) -> None:
    model = engine.model
    cells = _empty_cells(engine.knowledge, 400)

    assert len(cells) > 100
    for cause, finding in cells:
        row, column = model.hypotheses.index((cause,)), model.finding_index[finding]
        assert model.present[row, column] == 0.0
        assert model.absent[row, column] == 0.0


def test_filling_an_empty_cell_with_the_baseline_changes_nothing(engine: Engine) -> None:
    knowledge = engine.knowledge
    by_cause: dict[str, dict[str, float]] = {}
    for cause, finding in _empty_cells(knowledge, 40):
        by_cause.setdefault(cause, {})[finding] = knowledge.findings[finding].baseline
    filled = knowledge
    for cause, cells in by_cause.items():
        filled = _filled(filled, cause, cells)

    assert filled != knowledge
    assert _same(build(filled, engine.options), engine.model)


def test_filling_an_empty_cell_away_from_the_baseline_changes_that_cause(engine: Engine) -> None:
    knowledge = engine.knowledge
    cause, finding = next(
        (cause, finding)
        for cause, finding in _empty_cells(knowledge, 400)
        if knowledge.findings[finding].baseline < 0.3
    )

    changed = build(_filled(knowledge, cause, {finding: 0.9}), engine.options)

    row, column = changed.hypotheses.index((cause,)), changed.finding_index[finding]
    assert changed.present[row, column] > 0
    assert changed.absent[row, column] < 0


def test_an_answer_about_an_empty_cell_leaves_the_odds_of_two_causes_as_they_were(engine: Engine) -> None:
    knowledge, model = engine.knowledge, engine.model
    # A finding that follows from nothing and brings nothing with it, empty for two causes.
    finding = next(
        f.id
        for f in knowledge.findings.values()
        if f.kind == "yes_no" and not (f.implies or f.excludes or f.opposite or f.group)
        and sum(f.id not in c.likelihoods for c in knowledge.conditions.values()) >= 2
    )  # fmt: skip
    one, other = [c.id for c in knowledge.conditions.values() if finding not in c.likelihoods][:2]

    def odds(case: Case) -> float:
        chance = ranking.posterior(model, gather(case, knowledge), knowledge).chance
        return float(
            np.log(chance[model.hypotheses.index((one,))] / chance[model.hypotheses.index((other,))])
        )

    assert odds(Case(items=(Item(finding, "present"),))) == pytest.approx(odds(Case()), abs=1e-12)
    assert odds(Case(items=(Item(finding, "absent"),))) == pytest.approx(odds(Case()), abs=1e-12)


def test_unsure_and_not_asked_are_no_empty_cells_and_no_denials(engine: Engine) -> None:
    knowledge, model = engine.knowledge, engine.model
    nothing = ranking.posterior(model, gather(Case(), knowledge), knowledge).chance
    unsure = gather(Case(items=(Item("knee_locking", "unsure"),)), knowledge)

    assert np.array_equal(ranking.posterior(model, unsure, knowledge).chance, nothing)


def test_something_else_is_not_touched_by_any_answer(engine: Engine) -> None:
    row = engine.model.hypotheses.index((SOMETHING_ELSE,))

    for table in (engine.model.present, engine.model.absent, engine.model.age, engine.model.duration):
        assert not table[row].any()


def test_the_leak_moves_the_prior_and_no_ratio(engine: Engine) -> None:
    scales = engine.knowledge.scales
    leak = scales.something_else._replace(value=scales.something_else.value * 2)
    more = build(replace(engine.knowledge, scales=replace(scales, something_else=leak)), engine.options)

    assert _same(more, engine.model)
    row = engine.model.hypotheses.index((SOMETHING_ELSE,))
    assert more.log_prior_any[row] > engine.model.log_prior_any[row]


def test_a_baseline_moves_the_ratios_of_its_own_finding_and_no_prior(engine: Engine) -> None:
    knowledge = engine.knowledge
    finding = next(
        f for f in knowledge.findings.values()
        if f.kind == "yes_no" and 0.02 < f.baseline < 0.3
        and any(f.id in c.likelihoods for c in knowledge.conditions.values())
    )  # fmt: skip
    doubled = replace(finding, baseline=finding.baseline * 2)
    other = build(replace(knowledge, findings={**knowledge.findings, finding.id: doubled}), engine.options)

    column = engine.model.finding_index[finding.id]
    changed = np.flatnonzero(np.abs(other.present - engine.model.present).max(axis=0) > 1e-9)
    assert changed.tolist() == [column]
    assert np.array_equal(other.log_prior_any, engine.model.log_prior_any)
    assert np.array_equal(other.log_prior_posterior, engine.model.log_prior_posterior)
    something_else = engine.model.hypotheses.index((SOMETHING_ELSE,))
    assert other.present[something_else, column] == 0.0
