"""Measurements in order: one series for each measure, side and method, or for each scale of an instrument.

Values of two methods, two sides or two measures never stand in one series, for each method has its own error.
Input that cannot be raises `evidence.BadCase`; nothing is guessed.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from kneewise.evidence import CONVERSIONS, UNIT_NAMES, BadCase
from kneewise.follow.scores import Score
from kneewise.knowledge.types_measures import Better, Instrument, Measure, Method, Threshold

Side = Literal["left", "right"]

_TINY = 1e-9  # so that 0.1 + 0.2 reaches 0.3
_MOST_TRIALS = 20


# --- what was measured ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Measurement:
    """The trials of one sitting, in the measure's unit."""

    measure: str
    on: date
    values: tuple[float, ...]
    side: Side | None
    method: str


def _day(value: Any, where: str) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadCase(
            where, f"{value!r} is not a date", 'Write it as year-month-day, for example "2026-11-20"'
        ) from None


def _in_unit(value: Any, measure: Measure, unit: str | None, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadCase(where, f"{value!r} is not a number", "Write a number without quotes")
    number = float(value)
    ours = UNIT_NAMES.get(measure.unit, measure.unit)
    given = ours if unit is None else UNIT_NAMES.get(unit, unit)
    if given != ours:
        if (given, ours) not in CONVERSIONS:
            raise BadCase(where, f"{measure.id} cannot be given in {unit!r}", f"Give it in {measure.unit!r}")
        factor, offset = CONVERSIONS[given, ours]
        number = number * factor + offset
    if not measure.minimum <= number <= measure.maximum:  # also refuses what is no finite number
        raise BadCase(
            where,
            f"{number:g} {measure.unit} cannot be for {measure.id}",
            f"It runs from {measure.minimum:g} to {measure.maximum:g} {measure.unit}",
        )
    return number


def _method(measure: Measure, method: str | None, where: str) -> Method:
    if method is None and len(measure.methods) == 1:
        return measure.methods[0]
    for known in measure.methods:
        if known.id == method:
            return known
    ids = ", ".join(known.id for known in measure.methods)
    what = "it does not say how it was measured" if method is None else f"there is no method {method!r}"
    raise BadCase(f"{where}/method", what, f"Each way has its own error: name one of {ids}")


def _side(measure: Measure, side: str | None, where: str) -> Side | None:
    if not measure.sided:
        if side not in (None, "both"):
            raise BadCase(f"{where}/side", f"{measure.id} has no side", "Leave the side out")
        return None
    if side == "left":
        return "left"
    if side == "right":
        return "right"
    raise BadCase(f"{where}/side", f"{measure.id} is of one leg, not {side!r}", "Say left or right")


def make_measurement(
    measure: Measure,
    values: Any,
    on: Any,
    *,
    side: str | None = None,
    method: str | None = None,
    unit: str | None = None,
    where: str = "measurement",
) -> Measurement:
    """A measurement from plain values: one number, or the trials of one sitting as a list.

    Raises `BadCase` for a value that cannot be, a side that is missing or too much, an unknown method, or one
    left out where there are several: a method is never guessed.
    """
    trials: Sequence[Any] = values if isinstance(values, list | tuple) else (values,)
    if not 1 <= len(trials) <= _MOST_TRIALS:
        raise BadCase(f"{where}/values", f"{len(trials)} values", f"Give one to {_MOST_TRIALS} trials")
    return Measurement(
        measure=measure.id,
        on=_day(on, f"{where}/on"),
        values=tuple(
            _in_unit(value, measure, unit, f"{where}/values/{i}" if len(trials) > 1 else f"{where}/value")
            for i, value in enumerate(trials)
        ),
        side=_side(measure, side, where),
        method=_method(measure, method, where).id,
    )


# --- a series ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Yardstick:
    """What one method of one measure, or one scale of an instrument, is judged by."""

    id: str
    unit: str
    better: Better
    detectable: Threshold | None
    matters: Threshold | None
    stale_after_days: int


@dataclass(frozen=True)
class Point:
    """One day: the median of its trials, how far they lie apart, and how many there were."""

    on: date
    value: float
    spread: float
    trials: int


class LeftOut(NamedTuple):
    """A day that is not judged, and why."""

    on: date
    why: Literal["trials_differ", "after_the_day", "other_items"]


@dataclass(frozen=True)
class Series:
    """The days of one measure, side and method, the oldest first."""

    of: Yardstick
    side: Side | None
    method: str
    points: tuple[Point, ...]
    left_out: tuple[LeftOut, ...] = ()


def _point(on: date, values: Sequence[float], up_to: float | None) -> Point:
    counted = [value if up_to is None else min(value, up_to) for value in values]
    return Point(on, statistics.median(counted), max(counted) - min(counted), len(counted))


def _series(of: Yardstick, side: Side | None, method: str, points: Iterable[Point], on: date,
            most_spread: float | None, left_out: Iterable[LeftOut] = ()) -> Series:  # fmt: skip
    kept, left = [], list(left_out)
    for point in sorted(points, key=lambda one: one.on):
        if point.on > on:
            left.append(LeftOut(point.on, "after_the_day"))
        elif most_spread is not None and point.spread > most_spread + _TINY:
            left.append(LeftOut(point.on, "trials_differ"))
        else:
            kept.append(point)
    return Series(of, side, method, tuple(kept), tuple(sorted(left)))


def series_of(
    measurements: Iterable[Measurement], measures: Mapping[str, Measure], on: date
) -> tuple[Series, ...]:
    """One series for each measure, side and method, as known on a day; the order of entry does not matter.

    Sittings of one day are put together. A day whose trials lie too far apart is left out and named. Raises
    `KeyError` for a measure that is not known.
    """
    trials: dict[tuple[str, str, str], dict[date, list[float]]] = defaultdict(lambda: defaultdict(list))
    for one in measurements:
        trials[one.measure, one.side or "", one.method][one.on].extend(one.values)
    found = []
    for (id_, side, method_id), days in trials.items():
        measure = measures[id_]
        method = _method(measure, method_id, id_)
        of = Yardstick(
            id_, measure.unit, measure.better, method.detectable_change, measure.matters,
            measure.stale_after_days,
        )  # fmt: skip
        points = [_point(day, values, measure.counts_up_to) for day, values in days.items()]
        found.append(
            _series(of, _side(measure, side or None, id_), method_id, points, on, measure.most_spread)
        )
    return tuple(sorted(found, key=lambda one: (measures[one.of.id].order, one.side or "", one.method)))


def score_series(
    instrument: Instrument, scale_id: str, filled: Iterable[tuple[date, Score]], on: date
) -> Series:
    """The days on which a scale of an instrument could be scored, as known on a day.

    Where an instrument compares only like with like (`same_items`), days on which other items were answered
    than on the last one are left out and named. Raises `KeyError` for an unknown scale.
    """
    scales = {scale.id: scale for scale in instrument.scales}
    scale = scales[scale_id]
    of = Yardstick(
        f"{instrument.id}/{scale.id}", "{score}", scale.better, scale.detectable_change, scale.matters,
        instrument.stale_after_days,
    )  # fmt: skip
    days: dict[date, list[tuple[frozenset[str], float]]] = defaultdict(list)
    for day, one in filled:
        value = one.scale(scale_id).value
        if value is not None:
            days[day].append((frozenset(key for key, _ in one.answered), value))
    known = [day for day in days if day <= on]
    items = frozenset().union(*(keys for keys, _ in days[max(known)])) if known else frozenset()
    left_out, points = [], []
    for day, entries in days.items():
        if instrument.same_items and day <= on and any(keys != items for keys, _ in entries):
            left_out.append(LeftOut(day, "other_items"))
        else:
            points.append(_point(day, [value for _, value in entries], None))
    return _series(of, None, "asked", points, on, None, left_out)
