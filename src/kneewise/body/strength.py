"""Hamstrings against quadriceps, and one side against the other, with the error of the measurements.

What it is for: a target to train towards. What it is not: the ratio does not tell who will be hurt, for
hamstring or cruciate ligament alike, and a low one is no cause of anybody's pain (Kellis E et al., J Sport
Health Sci 2023;12:343-358, F_KELLIS23).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt
from typing import Literal

from kneewise.body.limit import NORMAL_95, Range
from kneewise.knowledge.types_measures import Method, Threshold

RatioVerdict = Literal[
    "ratio_below_usual", "ratio_usual", "ratio_above_usual", "ratio_cannot_tell", "ratio_no_norm"
]
SideVerdict = Literal["side_weaker", "side_stronger", "side_small_difference", "side_cannot_tell"]


@dataclass(frozen=True)
class Strength:
    """A measured strength above 0 and its standard error, as a share of the value."""

    value: float
    error_share: float

    def __post_init__(self) -> None:
        if not self.value > 0:
            raise ValueError(f"a strength of {self.value:g} cannot be compared: give a value above 0")
        if not 0 <= self.error_share < 1:
            raise ValueError(f"an error of {self.error_share:g} of the value cannot be: give a share below 1")


def _in_value(threshold: Threshold, value: float) -> float:
    return threshold.figure.value / 100 * abs(value) if threshold.percent else threshold.figure.value


def standard_error(method: Method, value: float) -> float | None:
    """The standard error of one measurement by this method, in its unit; None where nobody knows it.

    From the smallest detectable change where only that is published: 1.96 times the square root of 2
    smaller, since a change has two errors in it.
    """
    if method.standard_error is not None:
        return _in_value(method.standard_error, value)
    if method.detectable_change is not None:
        return _in_value(method.detectable_change, value) / (NORMAL_95 * sqrt(2))
    return None


def ratio(above: Strength, below: Strength) -> Range:
    """One strength over another, with the range that both errors leave (95 %).

    Errors are shares of the values and independent, so they add as squares on the scale of logarithms; the
    range is never below 0.
    """
    value = above.value / below.value
    error = NORMAL_95 * sqrt(above.error_share**2 + below.error_share**2)
    return Range(value, value * exp(-error), value * exp(error))


def side_difference(asked: Strength, other: Strength) -> Range:
    """How much weaker (below 0) or stronger one side is than the other, as a share of the other."""
    found = ratio(asked, other)
    return Range(found.value - 1, found.low - 1, found.high - 1)


def judge_ratio(found: Range, usual: tuple[float | None, float | None] | None) -> RatioVerdict:
    """Where a hamstring-to-quadriceps ratio lies against what is usual for the same way of measuring.

    `usual` is None where no norm fits the method or the person. Said only where the whole range agrees.
    """
    if usual is None or usual == (None, None):
        return "ratio_no_norm"
    low, high = usual
    if low is not None and found.high < low:
        return "ratio_below_usual"
    if high is not None and found.low > high:
        return "ratio_above_usual"
    inside = (low is None or found.value >= low) and (high is None or found.value <= high)
    return "ratio_usual" if inside else "ratio_cannot_tell"


def judge_sides(difference: Range, notable: float) -> SideVerdict:
    """Whether a difference of sides is there for sure and worth telling.

    Weaker or stronger: the whole range lies on one side of 0 and the value is at least `notable`. Small:
    the value is below that. Otherwise the measurement cannot tell.
    """
    sure = difference.low > 0 or difference.high < 0
    if abs(difference.value) < notable:
        return "side_small_difference"
    if not sure:
        return "side_cannot_tell"
    return "side_weaker" if difference.value < 0 else "side_stronger"
