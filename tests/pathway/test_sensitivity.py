"""Which figures move results: exact against a model built anew; and what the weight rests on adds up."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kneewise.assess import ranking
from kneewise.assess.model import build
from kneewise.assess.ranking import shortlist
from kneewise.cli.fixed_cases import STORIES
from kneewise.knowledge.types import Figure
from kneewise.pathway import Engine
from kneewise.pathway.engine import Turn
from kneewise.pathway.sensitivity import cells_by_group, final_turns, sensitivity, weight_by_basis

CASES = [json.loads(line) for line in STORIES.read_text(encoding="utf-8").splitlines()]
CHOSEN = ("proximal-hamstring-tendinopathy", "patellofemoral-pain", "septic-arthritis")


@pytest.fixture(scope="module")
def turns(engine: Engine) -> list[Turn]:
    return final_turns([case for case in CASES if case["id"] in CHOSEN], engine)


def _shift(engine: Engine, turn: Turn, cause: str, finding: str, value: float) -> tuple[float, bool]:
    """The same by the long way: the cell changed in the knowledge, the model built anew."""
    knowledge = engine.knowledge
    condition = knowledge.conditions[cause]
    likelihoods = {**condition.likelihoods, finding: Figure(value, value, value, "estimate")}
    changed = replace(
        knowledge,
        conditions={**knowledge.conditions, cause: replace(condition, likelihoods=likelihoods)},
    )
    before = turn.posterior.of_causes()
    after = ranking.posterior(build(changed, engine.options), turn.evidence, changed).of_causes()
    listed = shortlist(before)
    return float(abs(after[listed] - before[listed]).max()), bool(after.argmax() != before.argmax())


def test_each_effect_is_what_a_model_built_anew_gives(engine: Engine, turns: list[Turn]) -> None:
    rows = sensitivity(turns, engine.knowledge)

    assert len(rows) > 500
    for row in [*rows[:4], rows[len(rows) // 2]]:
        moves = [
            [_shift(engine, turn, row["cause"], row["finding"], row[end]) for end in ("low", "high")]
            for turn in turns
        ]
        assert row["largest_shift"] == pytest.approx(max(s for both in moves for s, _ in both), abs=1e-4)
        assert row["first_cause_changes"] == sum(any(change for _, change in both) for both in moves)


def test_rows_are_ranked_and_carry_their_figure(engine: Engine, turns: list[Turn]) -> None:
    rows = sensitivity(turns, engine.knowledge)

    keys = [(-row["first_cause_changes"], -row["mean_shift"]) for row in rows]
    assert keys == sorted(keys)
    for row in rows[:20]:
        figure = engine.knowledge.conditions[row["cause"]].likelihoods[row["finding"]]
        assert (row["value"], row["low"], row["high"], row["basis"]) == figure[:4]


def test_a_figure_without_a_range_moves_nothing(engine: Engine, turns: list[Turn]) -> None:
    row = sensitivity(turns, engine.knowledge)[0]
    knowledge = engine.knowledge
    condition = knowledge.conditions[row["cause"]]
    sure = condition.likelihoods[row["finding"]]._replace(low=row["value"], high=row["value"])
    likelihoods = {**condition.likelihoods, row["finding"]: sure}
    changed = replace(
        knowledge,
        conditions={**knowledge.conditions, row["cause"]: replace(condition, likelihoods=likelihoods)},
    )

    again = {(r["cause"], r["finding"]): r for r in sensitivity(turns, changed)}

    assert again[(row["cause"], row["finding"])]["largest_shift"] == 0.0


def test_the_shares_of_the_weight_sum_to_one(engine: Engine, turns: list[Turn]) -> None:
    rests_on = weight_by_basis(turns, engine.knowledge)

    assert sum(rests_on["weight"].values()) == pytest.approx(1, abs=1e-3)
    assert sum(rests_on["answers_met"].values()) == pytest.approx(1, abs=1e-3)
    assert rests_on["weight"]["estimate"] > 0


def test_cells_of_the_groups_sum_to_the_whole_table(engine: Engine) -> None:
    groups = cells_by_group(engine.knowledge)
    whole = groups.pop("all")

    for key, count in whole.items():
        assert count == sum(row[key] for row in groups.values())
    assert whole["cells"] == whole["found"] + whole["recalled"] + whole["estimate"] + whole["empty"]
    assert whole["causes"] == len(engine.knowledge.conditions)


def test_the_shipped_stories_can_all_be_read_and_have_their_own_ids(engine: Engine) -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
    for case in CASES:
        assert set(case["answers"]) <= set(engine.knowledge.findings)
        assert set(case["diagnosis"]) <= set(engine.knowledge.conditions)
