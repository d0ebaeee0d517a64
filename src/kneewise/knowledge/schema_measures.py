"""The shape of the content on measures and questionnaires, as pydantic models.

A measure is taken again and again; each way to take it has its own error, and only values of one way are
compared. An instrument is a questionnaire: keys of items and the rule of its scores. Its questions are
shipped only where they are free to ship; everywhere else people bring their answers from the form.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from kneewise.knowledge.schema import Basis, CareLevel, Expression, Figure, Id, Model, Reviewed

Better = Literal["higher", "lower", "neither"]


class Threshold(Figure):
    """A figure in the measure's unit, or in percent of the mean of the two values compared."""

    percent: bool = False

    @model_validator(mode="after")
    def _positive(self) -> Threshold:
        if self.low <= 0:
            raise ValueError("an error or a change that matters is more than 0")
        return self


class Method(Model):
    """One way to take a measure. Leave an error out where nobody knows it; do not guess it away."""

    id: Id
    by: Literal["person", "helper", "clinician"]
    standard_error: Threshold | None = None
    detectable_change: Threshold | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Method:
        error, change = self.standard_error, self.detectable_change
        if error and change and error.percent == change.percent and error.value > change.value:
            raise ValueError("the standard error cannot be larger than the smallest detectable change")
        return self


class Norm(Model):
    """What is usual in some people, or where a value counts as limited."""

    kind: Literal["usual", "cut_off"]
    sex: Literal["female", "male"] | None = None
    min_age: float = Field(default=16, ge=0)
    max_age: float = Field(default=120, le=120)
    low: float | None = None
    high: float | None = None
    methods: tuple[Id, ...] = ()
    whom: str
    basis: Basis
    source: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Norm:
        if self.low is None and self.high is None:
            raise ValueError("give low, high or both")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low must not be above high")
        if self.min_age > self.max_age:
            raise ValueError("min_age must not be above max_age")
        if self.basis != "estimate" and not self.source:
            raise ValueError(f"basis {self.basis!r} needs a source; without one it is an estimate")
        return self


class Measure(Model):
    """Something that is measured again and again, at home or in a clinic.

    The id is that of the finding it settles, where there is one. `up_to_care_level`: not to be taken by
    somebody who has to be seen sooner. `days_between`: sooner than that it is not worth taking.
    `stale_after_days`: older than that it is not how things are now.
    """

    id: Id
    finding: Id | None = None
    kind: Literal["pain", "range", "strength", "endurance", "function", "balance", "power", "confidence"]
    unit: str
    minimum: float
    maximum: float
    counts_up_to: float | None = None
    sided: bool
    better: Better
    methods: tuple[Method, ...] = Field(min_length=1)
    trials: int = Field(default=1, ge=1, le=5)
    most_spread: float | None = Field(default=None, gt=0)
    matters: Threshold | None = None
    norms: tuple[Norm, ...] = ()
    never_if: Expression | None = None
    up_to_care_level: CareLevel = "routine"
    days_between: int = Field(ge=0)
    stale_after_days: int = Field(ge=1)
    figure: Id | None = None
    order: int
    sources: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Measure:
        if self.minimum >= self.maximum:
            raise ValueError("minimum must be below maximum")
        ids = [method.id for method in self.methods]
        if len(set(ids)) != len(ids):
            raise ValueError("two methods have the same id")
        for norm in self.norms:
            if unknown := set(norm.methods) - set(ids):
                raise ValueError(f"a norm names methods that are not there: {', '.join(sorted(unknown))}")
        if self.trials == 1 and self.most_spread is not None:
            raise ValueError("one trial has no spread: leave most_spread out or take more trials")
        if self.stale_after_days <= self.days_between:
            raise ValueError("a value cannot be stale before it is worth taking again")
        return self


class MeasureFile(Reviewed):
    """content/measures.yaml."""

    measures: tuple[Measure, ...]


class AnswerItem(Model):
    """One question by its key, and the answers it can have."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    minimum: float = 0
    maximum: float = 4
    whole: bool = True
    allowed: tuple[float, ...] = ()
    points: tuple[tuple[float, float], ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> AnswerItem:
        if self.minimum >= self.maximum:
            raise ValueError("minimum must be below maximum")
        if self.allowed and (min(self.allowed), max(self.allowed)) != (self.minimum, self.maximum):
            raise ValueError("the allowed answers must run from minimum to maximum")
        limits = [limit for limit, _ in self.points]
        if limits and (limits != sorted(set(limits)) or limits[-1] != self.maximum):
            raise ValueError("points go by rising limits, the last one the maximum")
        return self


class Band(Model):
    """A named part of a scale."""

    id: Id
    up_to: float


class Scale(Model):
    """One score and its rule; see `types_measures.Scale`."""

    id: Id
    items: tuple[str, ...] = ()
    parts: tuple[Id, ...] = ()
    rule: Literal["value", "sum", "prorated_sum", "mean", "percent_of_best", "table", "mean_of_scales"]
    least_answered: int = Field(ge=1)
    minimum: float
    maximum: float
    better: Better
    table: tuple[float, ...] = ()
    bands: tuple[Band, ...] = ()
    detectable_change: Threshold | None = None
    matters: Threshold | None = None
    basis: Basis
    source: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Scale:
        if bool(self.items) == bool(self.parts) or (self.rule == "mean_of_scales") != bool(self.parts):
            raise ValueError("a scale is made of items, or, by mean_of_scales, of parts")
        if not 1 <= self.least_answered <= len(self.items or self.parts):
            raise ValueError("least_answered must lie between 1 and the number of items")
        if self.rule == "value" and len(self.items) != 1:
            raise ValueError("value is the rule of one item")
        if (self.rule == "table") != bool(self.table):
            raise ValueError("table goes with rule: table, and only with it")
        if any(after <= before for before, after in pairwise(self.table)):
            raise ValueError("the table must rise from each raw sum to the next")
        if self.rule in ("sum", "table") and self.least_answered != len(self.items):
            raise ValueError("a plain sum needs every answer; prorated_sum allows fewer")
        limits = [band.up_to for band in self.bands]
        if limits and (limits != sorted(set(limits)) or limits[-1] != self.maximum):
            raise ValueError("bands go by rising limits, the last one the maximum")
        if self.basis != "estimate" and not self.source:
            raise ValueError(f"basis {self.basis!r} needs a source; without one it is an estimate")
        return self


class Licence(Model):
    """Whose the questions are and whether their wording may be shipped."""

    holder: str
    terms: str
    wording: bool
    basis: Basis
    source: tuple[str, ...] = ()


class Instrument(Model):
    """A questionnaire. `same_items`: two scores compare only if the same items were answered."""

    id: Id
    edition: str
    use: Literal["change", "rating_of_change", "risk"]
    items: tuple[AnswerItem, ...] = Field(min_length=1)
    scales: tuple[Scale, ...] = Field(min_length=1)
    same_items: bool = False
    licence: Licence
    stale_after_days: int = Field(ge=1)
    sources: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Instrument:
        items = {item.id: item for item in self.items}
        scales = [scale.id for scale in self.scales]
        if len(items) != len(self.items) or len(set(scales)) != len(scales):
            raise ValueError("two items or two scales have the same id")
        for scale in self.scales:
            if unknown := set(scale.items) - set(items):
                raise ValueError(f"{scale.id} names items that are not there: {', '.join(sorted(unknown))}")
            if unknown := set(scale.parts) - set(scales):
                raise ValueError(f"{scale.id} names scales that are not there: {', '.join(sorted(unknown))}")
            if scale.table and len(scale.table) != 1 + sum(int(items[one].maximum) for one in scale.items):
                raise ValueError(f"{scale.id}: the table must have a value for every raw sum")
        if unused := set(items) - {one for scale in self.scales for one in scale.items}:
            raise ValueError(f"items that no scale uses: {', '.join(sorted(unused))}")
        return self


class InstrumentFile(Reviewed):
    """content/instruments.yaml."""

    instruments: tuple[Instrument, ...]


class MeasureWords(Model):
    """Plain words about a measure and how to take it."""

    id: Id
    name: str
    what_it_shows: str
    needs: tuple[str, ...] = ()
    steps: tuple[str, ...] = Field(min_length=1)
    write_down: str
    stop_if: str = ""
    never_when: tuple[str, ...] = ()
    methods: dict[Id, str]
    limits: str


class ItemWords(Model):
    """A question in our own words."""

    question: str
    lowest: str
    highest: str


class InstrumentWords(Model):
    """Plain words about an instrument; no `items` where its wording is not free."""

    id: Id
    name: str
    about: str
    how: str
    scales: dict[Id, str]
    bands: dict[Id, str] = Field(default_factory=dict)
    items: dict[str, ItemWords] = Field(default_factory=dict)


class MeasureWordsFile(Model):
    """content/words/en/measures/*.yaml."""

    version: str
    measures: tuple[MeasureWords, ...] = ()
    instruments: tuple[InstrumentWords, ...] = ()
