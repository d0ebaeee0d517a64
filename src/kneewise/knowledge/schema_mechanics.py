"""The shape of the content behind the leg model, as pydantic models; see `types_mechanics` for meanings."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from kneewise.knowledge.schema import Basis, Figure, Id, Model, Reviewed


class LengthTest(Model):
    """A test of hamstring length: its measure, and the part of the hip angle that the pelvis takes."""

    id: Literal["active_knee_extension", "straight_leg_raise"]
    measure: Id
    pelvis_share: Figure
    void_if: tuple[Id, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _a_share(self) -> LengthTest:
        if not 0 <= self.pelvis_share.low <= self.pelvis_share.high < 1:
            raise ValueError("the pelvis's share lies between 0 and 1")
        return self


class StrengthPair(Model):
    """Two measures of strength, and the measure that holds the norms of their ratio."""

    hamstrings: Id
    quadriceps: Id
    ratio: Id


class MechanicsFile(Reviewed):
    """content/mechanics.yaml."""

    length_tests: tuple[LengthTest, ...] = Field(min_length=1)
    mild_stretch: Figure
    strength_pair: StrengthPair
    side_measures: tuple[Id, ...]
    notable_difference: Figure

    @model_validator(mode="after")
    def _shares(self) -> MechanicsFile:
        if not 0.5 < self.mild_stretch.low < self.mild_stretch.high <= 1:
            raise ValueError("a mild stretch is a band of shares above 0.5, up to 1")
        if not 0 < self.notable_difference.value < 1:
            raise ValueError("a notable difference is a share between 0 and 1")
        return self


class LoadValue(Model):
    """One published value for one of our exercises; `as_in_the_study` is what the study did."""

    exercise: Id
    value: Annotated[float, Field(gt=0)]
    spread: Annotated[float, Field(gt=0)] | None = None
    as_in_the_study: str


class LoadStudy(Model):
    """What one study measured; give values or an order of groups, from most to least."""

    id: Id
    what: Literal["activity", "force", "length"]
    muscle: Id
    unit: str
    normalised_to: str
    external_load: str
    values: tuple[LoadValue, ...] = ()
    order: tuple[tuple[Id, ...], ...] = ()
    basis: Basis
    source: str
    note: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> LoadStudy:
        if bool(self.values) == bool(self.order):
            raise ValueError("give values or an order, and not both")
        named = [value.exercise for value in self.values] + [one for group in self.order for one in group]
        if len(set(named)) != len(named):
            raise ValueError("an exercise is there twice; keep one")
        if self.order and len(self.order) < 2:
            raise ValueError("an order needs two groups")
        return self


class LoadFile(Reviewed):
    """content/loads.yaml."""

    studies: tuple[LoadStudy, ...]
