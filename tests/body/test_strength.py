"""Ratios and differences of sides carry the error of both measurements and say no more than it allows."""

from __future__ import annotations

from math import exp, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kneewise.body.limit import Range
from kneewise.body.strength import (
    Strength,
    judge_ratio,
    judge_sides,
    ratio,
    side_difference,
    standard_error,
)
from kneewise.knowledge.types import Figure
from kneewise.knowledge.types_measures import Method, Threshold

VALUES = st.floats(0.1, 500)
ERRORS = st.floats(0, 0.4)


def test_the_ratio_and_its_range_by_hand() -> None:
    """1.2 over 2.0 with errors of 5 and 5 per cent: 0.60, and 1.96 x 7.07 % either way."""
    found = ratio(Strength(1.2, 0.05), Strength(2.0, 0.05))
    assert found.value == pytest.approx(0.60)
    assert found.low == pytest.approx(0.60 * exp(-1.96 * sqrt(2) * 0.05))
    assert found.high == pytest.approx(0.60 * exp(1.96 * sqrt(2) * 0.05))
    assert (round(found.low, 2), round(found.high, 2)) == (0.52, 0.69)


@given(VALUES, ERRORS, VALUES, ERRORS)
def test_ranges_hold_the_value_and_turning_it_round_turns_the_range_round(
    a: float, error_a: float, b: float, error_b: float
) -> None:
    there = ratio(Strength(a, error_a), Strength(b, error_b))
    back = ratio(Strength(b, error_b), Strength(a, error_a))
    assert 0 < there.low <= there.value <= there.high
    assert there.low * back.high == pytest.approx(1)
    assert there.high * back.low == pytest.approx(1)


@given(VALUES, VALUES, ERRORS, st.floats(0, 0.4))
def test_a_worse_method_never_makes_the_verdict_surer(a: float, b: float, error: float, more: float) -> None:
    good = judge_sides(side_difference(Strength(a, error), Strength(b, error)), 0.10)
    worse = side_difference(Strength(a, min(error + more, 0.9)), Strength(b, min(error + more, 0.9)))
    assert judge_sides(worse, 0.10) in (good, "side_cannot_tell")


@pytest.mark.parametrize(
    ("sore", "other", "error", "verdict"),
    [
        (14, 25, 0.08, "side_weaker"),
        (25, 14, 0.08, "side_stronger"),
        (23, 25, 0.02, "side_small_difference"),
        (20, 25, 0.10, "side_cannot_tell"),
    ],
)
def test_sides_are_told_apart_only_beyond_error_and_what_matters(
    sore: float, other: float, error: float, verdict: str
) -> None:
    assert judge_sides(side_difference(Strength(sore, error), Strength(other, error)), 0.10) == verdict


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (Range(0.40, 0.34, 0.47), "ratio_below_usual"),
        (Range(0.46, 0.40, 0.53), "ratio_cannot_tell"),
        (Range(0.60, 0.48, 0.75), "ratio_usual"),
        (Range(0.95, 0.80, 1.10), "ratio_above_usual"),
    ],
)
def test_a_ratio_is_called_low_only_if_its_whole_range_is(found: Range, verdict: str) -> None:
    assert judge_ratio(found, (0.5, 0.7)) == verdict


def test_without_a_norm_for_the_method_nothing_is_said() -> None:
    assert judge_ratio(Range(0.3, 0.2, 0.4), None) == "ratio_no_norm"


def test_the_error_comes_from_the_method() -> None:
    degrees = Threshold(Figure(2.8, 2.6, 2.9, "found"))
    change = Threshold(Figure(14, 11, 24, "found"), percent=True)
    assert standard_error(Method("rater", "clinician", degrees, change), 30) == 2.8
    assert standard_error(Method("fixed", "clinician", None, change), 1.5) == pytest.approx(
        0.14 * 1.5 / (1.96 * sqrt(2))
    )
    assert standard_error(Method("unknown", "person", None, None), 20) is None


@pytest.mark.parametrize(("value", "error"), [(0, 0.1), (-3, 0.1), (float("nan"), 0.1), (20, 1.5)])
def test_what_cannot_be_is_refused(value: float, error: float) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        Strength(value, error)
