"""What the leg model needs to know of tests and of how hard exercises load a leg: frozen, pure.

The errors of the tests and how long they hold are in `types_measures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kneewise.knowledge.types_base import Basis, Figure

TestId = Literal["active_knee_extension", "straight_leg_raise"]


@dataclass(frozen=True)
class LengthTest:
    """A test of hamstring length: its measure, and the part of the hip angle that the pelvis takes in it.

    `void_if`: with one of these findings present the nerve may stop the leg, and the test is no measure of
    length.
    """

    id: TestId
    measure: str
    pelvis_share: Figure
    void_if: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class StrengthPair:
    """Two measures of strength whose ratio is told, and the measure that holds the ratio's norms."""

    hamstrings: str
    quadriceps: str
    ratio: str


@dataclass(frozen=True)
class LoadValue:
    """One published value for one exercise, on the scale of its own study only."""

    exercise: str
    value: float
    spread: float | None
    as_in_the_study: str


@dataclass(frozen=True)
class LoadStudy:
    """What one study measured in several exercises, and how its scale was made.

    `order`: groups of exercises from most to least, where the study gives an order and no numbers.
    """

    id: str
    what: Literal["activity", "force", "length"]
    muscle: str
    unit: str
    normalised_to: str
    external_load: str
    values: tuple[LoadValue, ...]
    order: tuple[tuple[str, ...], ...]
    basis: Basis
    source: str
    note: str


@dataclass(frozen=True)
class Mechanics:
    """The knowledge behind the leg model.

    `mild_stretch`: the band of shares of the limit (low to high) called mild; `notable_difference`:
    the difference of sides, as a share, that is worth telling.
    """

    length_tests: tuple[LengthTest, ...]
    mild_stretch: Figure
    strength_pair: StrengthPair
    side_measures: tuple[str, ...]
    notable_difference: Figure
    load_studies: tuple[LoadStudy, ...]
