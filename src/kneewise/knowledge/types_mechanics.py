"""What is known of measuring a leg and of how hard exercises load it: frozen, pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kneewise.knowledge.types_base import Basis, Figure

TestId = Literal["active_knee_extension", "straight_leg_raise"]


@dataclass(frozen=True)
class LengthTest:
    """A test of hamstring length: the finding it is told by, its errors and how long it holds.

    Errors are standard errors of one measurement in degrees, by a trained rater and at home;
    `pelvis_share` is the part of the hip angle that the pelvis takes during the test.
    """

    id: TestId
    finding: str
    rater_error_degrees: Figure
    home_error_degrees: Figure
    pelvis_share: Figure
    current_for_days: int
    sources: tuple[str, ...]


@dataclass(frozen=True)
class StrengthMethod:
    """A way to measure strength: its error as a share of the value, and the ratio published for it."""

    id: str
    error_share: Figure
    hamstring_to_quadriceps: Figure | None


@dataclass(frozen=True)
class SideTest:
    """A count or distance compared between sides; the error is a share of the value."""

    finding: str
    muscles: str
    error_share: Figure


@dataclass(frozen=True)
class LegMeasures:
    """Everything that turns measurements of a leg into what they mean."""

    length_tests: tuple[LengthTest, ...]
    mild_stretch: tuple[float, float]
    hamstring_strength: str
    quadriceps_strength: str
    strength_current_for_days: int
    strength_methods: tuple[StrengthMethod, ...]
    side_tests: tuple[SideTest, ...]
    notable_side_difference: Figure


@dataclass(frozen=True)
class PublishedLoad:
    """One published value for one exercise, on the scale of its own study only."""

    exercise: str
    condition: str
    value: float
    spread: float | None
    as_in_the_study: str


@dataclass(frozen=True)
class LoadStudy:
    """What one study measured in several exercises, and how its scale was made."""

    id: str
    what: Literal["activity", "force", "length", "moment"]
    muscle: str
    unit: str
    normalised_to: str
    basis: Basis
    source: str
    values: tuple[PublishedLoad, ...]
    order: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Mechanics:
    """The knowledge behind the leg model."""

    measures: LegMeasures
    load_studies: tuple[LoadStudy, ...]
    no_published_load: dict[str, str]
