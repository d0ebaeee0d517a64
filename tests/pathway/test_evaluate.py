"""The evaluation's own arithmetic."""

from __future__ import annotations

from typing import Any

import pytest

from kneewise.evidence import BadCase
from kneewise.pathway import Engine, evaluate_lines, run_script
from kneewise.pathway.evaluate import wilson


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_the_intervals_are_wilsons(hits: int, n: int, low: float, high: float) -> None:
    """Reference values: Wilson 1927; the last row is Newcombe's (Stat Med 1998;17:857-872) example."""
    row = wilson(hits, n)

    assert (row["low"], row["high"]) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))


def test_nothing_to_divide_by_is_said_not_guessed() -> None:
    assert wilson(0, 0)["share"] is None


CASE: dict[str, Any] = {
    "id": "x",
    "person": {"age": 45, "sex": "female"},
    "text": "My calf is swollen and warm since a long flight, no injury",
    "answers": {"calf_swelling": True, "long_journey_in_last_4_weeks": True},
    "otherwise": "unremarkable",
    "diagnosis": ["deep_vein_thrombosis"],
    "care_acceptable": ["same_day", "emergency"],
    "must_not_miss": True,
    "group": "DVT/PE",
}


def test_a_danger_a_rule_points_to_counts_as_named(engine: Engine) -> None:
    table = evaluate_lines([CASE], engine)

    assert table["overall"]["top_1"]["share"] == 1
    assert table["overall"]["must_not_miss_not_too_low"]["share"] == 1
    assert table["misses"] == []


def test_a_level_below_the_lowest_acceptable_one_is_listed_as_a_miss(engine: Engine) -> None:
    case = {**CASE, "text": "", "answers": {}, "care_acceptable": ["emergency"]}

    table = evaluate_lines([case], engine)

    assert table["misses"][0]["what"] == "level too low"
    assert table["misses"][0]["must_not_miss"]


def test_the_interview_says_what_it_asked_and_ends(engine: Engine) -> None:
    result = run_script({**CASE, "care_acceptable": []}, engine)

    pages = [page["page"] for page in result["asked"]]
    assert "urgent_screen" in pages
    assert len(pages) <= 25
    assert all(page["findings"] for page in result["asked"])


def test_a_script_with_an_unknown_answer_says_which_case(engine: Engine) -> None:
    with pytest.raises(BadCase) as refused:
        evaluate_lines([CASE, {**CASE, "answers": {"calf_sweling": True}}], engine)

    assert refused.value.where == "case 2/answers/calf_sweling"


def test_what_the_script_does_not_answer_is_answered_by_otherwise(engine: Engine) -> None:
    plain: dict[str, Any] = {"person": {"age": 30, "sex": "male"}, "text": "pain behind my knee"}

    unremarkable = run_script({**plain, "otherwise": "unremarkable"}, engine)
    unsure = run_script({**plain, "otherwise": "unsure"}, engine)

    assert unremarkable["screen_complete"]
    assert unremarkable["red_flags"] == []
    assert unsure["care_level"] not in ("self_care",)
