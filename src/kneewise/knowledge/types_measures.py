"""Measures and questionnaires as pure values; see `schema_measures` for meanings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kneewise.knowledge.types_base import Basis, CareLevel, Expression, Figure

Better = Literal["higher", "lower", "neither"]
Rule = Literal[
    "value", "sum", "prorated_sum", "mean", "percent_of_best", "table", "mean_of_scales"
]  # fmt: skip


@dataclass(frozen=True)
class Threshold:
    """How much a value must move: in its own unit, or in percent of the mean of the two values compared."""

    figure: Figure
    percent: bool = False


@dataclass(frozen=True)
class Method:
    """One way to take a measure, with its own error; values of two methods are never compared.

    `standard_error` is the standard error of one measurement, `detectable_change` the smallest change that is
    more than this error; None where nobody knows it, and then no change can be called real.
    """

    id: str
    by: Literal["person", "helper", "clinician"]
    standard_error: Threshold | None
    detectable_change: Threshold | None


@dataclass(frozen=True)
class Norm:
    """What is usual in some people, or where a value counts as limited; never a norm for everybody.

    `cut_off`: a value beyond `low` or `high` is outside. `usual`: most of these people lie between them.
    Ages in years, both ends included; `methods` empty means any.
    """

    kind: Literal["usual", "cut_off"]
    sex: Literal["", "female", "male"]
    min_age: float
    max_age: float
    low: float | None
    high: float | None
    methods: tuple[str, ...]
    whom: str
    basis: Basis
    source: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """Something that is measured again and again, at home or in a clinic.

    `counts_up_to`: a value above it counts as this one (a clock that is stopped, a full symmetry).
    `most_spread`: trials of one day that lie further apart than this are taken again.
    """

    id: str
    finding: str
    kind: str
    unit: str
    minimum: float
    maximum: float
    counts_up_to: float | None
    sided: bool
    better: Better
    methods: tuple[Method, ...]
    trials: int
    most_spread: float | None
    matters: Threshold | None
    norms: tuple[Norm, ...]
    never_if: Expression | None
    up_to_care_level: CareLevel
    days_between: int
    stale_after_days: int
    figure: str
    order: int
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class AnswerItem:
    """One question of an instrument, by key: the answers it can have, and the points they give.

    `whole`: only whole numbers. `allowed` empty: all from minimum to maximum. `points` empty: the answer
    itself; else pairs of (answers up to this, points).
    """

    id: str
    minimum: float
    maximum: float
    whole: bool
    allowed: tuple[float, ...]
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Band:
    """A named part of a scale: values up to `up_to`."""

    id: str
    up_to: float


@dataclass(frozen=True)
class Scale:
    """One score of an instrument and the rule that makes it from items (or from other scales).

    `value`: the one item. `sum`: of the points; all are needed. `prorated_sum`: the mean of what is answered,
    times the number of items. `mean`: of what is answered. `percent_of_best`: 100 minus the mean as a
    percentage of the highest answer. `table`: the raw sum looked up. `mean_of_scales`: of `parts`.
    """

    id: str
    items: tuple[str, ...]
    parts: tuple[str, ...]
    rule: Rule
    least_answered: int
    minimum: float
    maximum: float
    better: Better
    table: tuple[float, ...]
    bands: tuple[Band, ...]
    detectable_change: Threshold | None
    matters: Threshold | None
    basis: Basis
    source: tuple[str, ...]


@dataclass(frozen=True)
class Licence:
    """Whose the questions are, what may be done with them, and whether their wording may be shipped."""

    holder: str
    terms: str
    wording: bool
    basis: Basis
    source: tuple[str, ...]


@dataclass(frozen=True)
class Instrument:
    """A questionnaire as keys of items and rules, without its questions unless they are free to ship."""

    id: str
    edition: str
    use: Literal["change", "rating_of_change", "risk"]
    items: tuple[AnswerItem, ...]
    scales: tuple[Scale, ...]
    same_items: bool
    licence: Licence
    stale_after_days: int
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class MeasureWords:
    """Plain words about a measure and how to take it."""

    id: str
    name: str
    what_it_shows: str
    needs: tuple[str, ...]
    steps: tuple[str, ...]
    write_down: str
    stop_if: str
    never_when: tuple[str, ...]
    methods: dict[str, str]
    limits: str


@dataclass(frozen=True)
class ItemWords:
    """A question in our own words, with what its lowest and highest answer mean."""

    question: str
    lowest: str
    highest: str


@dataclass(frozen=True)
class InstrumentWords:
    """Plain words about an instrument; `items` is empty where its wording is not ours to give."""

    id: str
    name: str
    about: str
    how: str
    scales: dict[str, str]
    bands: dict[str, str]
    items: dict[str, ItemWords]
