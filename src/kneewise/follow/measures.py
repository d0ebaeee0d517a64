"""Is a change real, does it matter, and is it still how things are?

A change is *real* when it is at least the smallest detectable change of its method; it is *improved* when it
is also at least the smallest change that matters and the person, if asked, feels better too. Everything comes
out as data with reasons; words are made at the edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from kneewise.evidence import Evidence
from kneewise.follow.scores import Felt, Score, felt_change
from kneewise.follow.series import LeftOut, Measurement, Point, Series, Side, Yardstick, series_of
from kneewise.knowledge.types_base import Basis, CareLevel, care_rank
from kneewise.knowledge.types_measures import Better, Instrument, Measure, Norm, Threshold
from kneewise.rules import Truth, evaluate

Verdict = Literal[
    "improved", "worse", "changed", "not_felt", "too_small_to_matter", "no_real_change", "not_known",
    "one_measurement",
]  # fmt: skip

_TINY = 1e-9  # so that 0.1 + 0.2 reaches 0.3


# --- change --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rating:
    """What the person said about the change since the start, and for how many days around it that holds."""

    on: date
    felt: Felt
    holds_days: int


def rating(instrument: Instrument, on: date, filled: Score) -> Rating | None:
    """A rating of change as it is used here; None if it was not answered.

    Raises `ValueError` for an instrument that is no rating of change.
    """
    felt = felt_change(instrument, filled)
    return None if felt is None else Rating(on, felt, instrument.stale_after_days)


class Reason(NamedTuple):
    """Why a change was judged so: a kind, the number it rests on (in the unit), and where that is from."""

    kind: Literal[
        "one_measurement", "nobody_knows_the_error", "within_the_error", "beyond_the_error",
        "nobody_knows_what_matters", "less_than_matters", "as_much_as_matters", "felt_better",
        "not_felt_better",
    ]  # fmt: skip
    number: float | None = None
    basis: Basis | None = None
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """One series judged: from its first day to its last.

    `change` is last minus first in the unit, None with one measurement. `real` is None where it cannot be
    told. `as_of` is the day of the last value; `stale` says that it is no longer how things are now, and then
    the day must be shown with it.
    """

    id: str
    unit: str
    side: Side | None
    method: str
    better: Better
    first: Point
    last: Point
    change: float | None
    verdict: Verdict
    real: bool | None
    reasons: tuple[Reason, ...]
    as_of: date
    days_old: int
    stale: bool
    left_out: tuple[LeftOut, ...]


def amount(threshold: Threshold, first: float, last: float) -> float:
    """A threshold in the unit; a percentage is of the mean of both values, the same both ways in time."""
    if not threshold.percent:
        return threshold.figure.value
    return threshold.figure.value / 100 * (abs(first) + abs(last)) / 2


def _reason(kind: Any, threshold: Threshold, number: float) -> Reason:
    return Reason(kind, number, threshold.figure.basis, threshold.figure.source)


def _verdict(of: Yardstick, first: float, last: float, felt: Felt | None) -> tuple[Verdict, list[Reason]]:
    """The verdict on two values. No change at all is never a real one, whatever the percentages."""
    if of.detectable is None:
        return "not_known", [Reason("nobody_knows_the_error")]
    size, error = abs(last - first), amount(of.detectable, first, last)
    if size <= _TINY or size < error - _TINY:
        return "no_real_change", [_reason("within_the_error", of.detectable, error)]
    reasons = [_reason("beyond_the_error", of.detectable, error)]
    if of.matters is None:
        reasons.append(Reason("nobody_knows_what_matters"))
    else:
        least = amount(of.matters, first, last)
        if size < least - _TINY:
            return "too_small_to_matter", [*reasons, _reason("less_than_matters", of.matters, least)]
        reasons.append(_reason("as_much_as_matters", of.matters, least))
    if of.better == "neither":
        return "changed", reasons
    # Worse by the numbers is worse, felt or not: only good news needs both.
    if (last > first) != (of.better == "higher"):
        return "worse", reasons
    if felt is None:
        return "improved", reasons
    if felt == "better":
        return "improved", [*reasons, Reason("felt_better")]
    return "not_felt", [*reasons, Reason("not_felt_better")]


def _felt(ratings: Iterable[Rating], first: date, last: date, on: date) -> Felt | None:
    """The newest rating given after the first value and near the last one; None if there is none."""
    fits = [
        one
        for one in ratings
        if first < one.on <= on and abs(one.on - last) <= timedelta(days=one.holds_days)
    ]
    if not fits:
        return None
    newest = max(one.on for one in fits)
    same_day = {one.felt for one in fits if one.on == newest}
    # Two answers of one day that differ: good news needs both.
    return "better" if same_day == {"better"} else "worse" if "worse" in same_day else "same"


def judge(
    series: Series, on: date, *, since: date | None = None, ratings: Iterable[Rating] = ()
) -> Change | None:
    """The change from the first value (on or after `since`) to the last; None if there is no value.

    *Improved* takes a change of at least the larger of the detectable change and the change that matters,
    and, where the person rated the change, that they feel better (both together: an estimate).
    """
    points = [point for point in series.points if since is None or point.on >= since]
    if not points:
        return None
    first, last = points[0], points[-1]
    change: float | None = None
    verdict: Verdict = "one_measurement"
    reasons = [Reason("one_measurement")]
    if len(points) > 1:
        change = last.value - first.value
        felt = _felt(ratings, first.on, last.on, on)
        verdict, reasons = _verdict(series.of, first.value, last.value, felt)
    days_old = (on - last.on).days
    return Change(
        id=series.of.id,
        unit=series.of.unit,
        side=series.side,
        method=series.method,
        better=series.of.better,
        first=first,
        last=last,
        change=change,
        verdict=verdict,
        real=None if verdict in ("one_measurement", "not_known") else verdict != "no_real_change",
        reasons=tuple(reasons),
        as_of=last.on,
        days_old=days_old,
        stale=days_old > series.of.stale_after_days,
        left_out=series.left_out,
    )


def judge_all(
    measurements: Iterable[Measurement],
    measures: Mapping[str, Measure],
    on: date,
    *,
    since: date | None = None,
    ratings: Sequence[Rating] = (),
) -> tuple[Change, ...]:
    """Every measure, side and method on its own, as known on a day."""
    judged = (
        judge(series, on, since=since, ratings=ratings) for series in series_of(measurements, measures, on)
    )
    return tuple(change for change in judged if change is not None)


def as_data(change: Change) -> dict[str, Any]:
    """A change as JSON values, figures to four places; `id`, `side`, `change` and `real` are the contract."""

    def point(one: Point) -> dict[str, Any]:
        return {"on": one.on.isoformat(), "value": round(one.value, 4), "trials": one.trials,
                "spread": round(one.spread, 4)}  # fmt: skip

    return {
        "id": change.id,
        "side": change.side,
        "method": change.method,
        "unit": change.unit,
        "better": change.better,
        "change": None if change.change is None else round(change.change, 4),
        "real": change.real,
        "verdict": change.verdict,
        "first": point(change.first),
        "last": point(change.last),
        "as_of": change.as_of.isoformat(),
        "stale": change.stale,
        "because": [
            {"kind": one.kind, "number": None if one.number is None else round(one.number, 4),
             "basis": one.basis, "source": list(one.source)}
            for one in change.reasons
        ],
        "left_out": [{"on": one.on.isoformat(), "why": one.why} for one in change.left_out],
    }  # fmt: skip


# --- sides, norms, permission --------------------------------------------------------------------


@dataclass(frozen=True)
class SideGap:
    """The last values of both legs: `gap` is left minus right in the unit.

    `share` is the smaller value as a part of the larger, where more is better. `weaker` is the leg that does
    worse if the gap is real. `real` is None where it cannot be told, and `why` says why.
    """

    left: Point
    right: Point
    gap: float
    share: float | None
    weaker: Side | None
    real: bool | None
    why: Literal["", "stale", "nobody_knows_the_error"]


def compare_sides(left: Series, right: Series, on: date) -> SideGap | None:
    """Both legs measured the same way, neither value stale; None if one has no value.

    Two single values lie apart by chance as far as two values of one leg: the same detectable change holds.
    Raises `ValueError` for series that are not the two sides of one measure and method.
    """
    if (left.of.id, left.method) != (right.of.id, right.method) or (left.side, right.side) != (
        "left",
        "right",
    ):
        raise ValueError("only the left and the right of one measure and method can be compared")
    if not left.points or not right.points:
        return None
    one, other, of = left.points[-1], right.points[-1], left.of
    gap = one.value - other.value
    smaller, larger = sorted((one.value, other.value))
    share = smaller / larger if of.better == "higher" and larger > 0 and smaller >= 0 else None
    real: bool | None = None
    why: Literal["", "stale", "nobody_knows_the_error"] = ""
    if (on - min(one.on, other.on)).days > of.stale_after_days:
        why = "stale"
    elif of.detectable is None:
        why = "nobody_knows_the_error"
    else:
        error = amount(of.detectable, one.value, other.value)
        real = abs(gap) > _TINY and abs(gap) >= error - _TINY
    weaker: Side | None = None
    if real and of.better != "neither":
        weaker = "left" if (gap < 0) == (of.better == "higher") else "right"
    return SideGap(one, other, gap, share, weaker, real, why)


class NormPlace(NamedTuple):
    """Where a value lies in one norm that is meant for this person."""

    norm: Norm
    place: Literal["below", "within", "above"]


def against_norms(
    measure: Measure, method: str, value: float, age: float | None, sex: str | None
) -> tuple[NormPlace, ...]:
    """The norms that are meant for somebody of this age and sex, and where the value lies in them.

    Without an age there is none, and a norm of one sex is for that sex only: a norm of others is no norm.
    """
    if age is None:
        return ()
    places = []
    for norm in measure.norms:
        meant = norm.min_age <= age < norm.max_age + 1 and norm.sex in ("", sex)
        if not meant or (norm.methods and method not in norm.methods):
            continue
        place: Literal["below", "within", "above"] = "within"
        if norm.low is not None and value < norm.low:
            place = "below"
        elif norm.high is not None and value > norm.high:
            place = "above"
        places.append(NormPlace(norm, place))
    return tuple(places)


@dataclass(frozen=True)
class Permission:
    """Whether somebody may take a measure now; if not, because of what, or what has to be asked first."""

    allowed: bool
    why: Literal["", "care_level", "screen", "never", "ask"] = ""
    because: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


def may_take(
    measure: Measure, evidence: Evidence, care_level: CareLevel, *, screen_complete: bool
) -> Permission:
    """Whether a test is safe for this person now. What is not known to be safe is not allowed.

    Before the urgent screen is complete only what asks for nothing but words is allowed.
    """
    if care_rank(care_level) > care_rank(measure.up_to_care_level):
        return Permission(False, "care_level")
    only_words = measure.never_if is None and measure.up_to_care_level == "emergency"
    if not screen_complete and not only_words:
        return Permission(False, "screen")
    if measure.never_if is None:
        return Permission(True)
    reading = evaluate(measure.never_if, evidence)
    if reading.truth is Truth.FAILS:
        return Permission(True)
    if reading.truth is Truth.HOLDS:
        return Permission(False, "never", reading.because)
    return Permission(False, "ask", ask=(*reading.open_not_asked, *reading.open_unsure))
