"""A person's own leg as plain data: their limit, what each exercise asks of it, and their strength.

Everything carries its method, its error and where that comes from. What was not measured, or too long ago,
is told as such, with how to measure it; nothing ordinary is put in its place. Two tests of length give two
limits and are never averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import ceil
from statistics import median
from typing import Any, Literal

from kneewise.body.limit import (
    Ask,
    Change,
    Limit,
    Range,
    asks,
    limit_from_knee_extension,
    limit_from_straight_leg_raise,
)
from kneewise.body.muscle import HAMSTRINGS
from kneewise.body.pose import figure_from_mapping
from kneewise.body.strength import (
    Strength,
    judge_ratio,
    judge_sides,
    ratio,
    side_difference,
    standard_error,
)
from kneewise.evidence import BadCase, Case, Item
from kneewise.follow.measures import against_norms
from kneewise.follow.series import Measurement
from kneewise.knowledge.types import Exercise
from kneewise.knowledge.types_base import Figure
from kneewise.knowledge.types_measures import Measure, Method
from kneewise.knowledge.types_mechanics import LengthTest
from kneewise.pathway.engine import PLACES, Engine

Side = Literal["left", "right"]
Row = dict[str, Any]
SIDES: tuple[Side, Side] = ("left", "right")
STEP_DEGREES = 5  # nobody bends a knee to the degree
MOST_CHANGE_DEGREES = 45  # beyond it another exercise is the better choice (an estimate)


@dataclass(frozen=True)
class Taken:
    """One current value, and the method whose error it carries (`assumed` where it was not told)."""

    measure: Measure
    method: Method
    assumed: bool
    value: float
    on: date | None
    side: Side | None


@dataclass(frozen=True)
class Missing:
    """Why there is no current value."""

    measure: Measure
    why: Literal["not_measured", "too_old", "no_day", "nerve"]
    on: date | None = None


# --- what was measured ---------------------------------------------------------------------------


def _by_place(measure: Measure, item: Item) -> tuple[Method, bool]:
    """The method that was told; else the least exact one of the place it was measured in."""
    for method in measure.methods:
        if method.id == item.method:
            return method, False
    clinic = item.origin == "examined"
    there = [m for m in measure.methods if (m.by == "clinician") == clinic] or list(measure.methods)
    return max(there, key=lambda m: standard_error(m, 100.0) or 0.0), True


def _side(told: str | None, case: Case) -> Side | None:
    for side in SIDES:
        if told == side or (told is None and case.side == side):
            return side
    return None


def _date(day: str, where: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise BadCase(where, f"there is no day {day!r}", "Write it as year-month-day") from None


def _of_case(case: Case, measure: Measure) -> Iterable[Taken]:
    names = {measure.id, measure.finding} - {""}
    for item in case.items:
        if item.finding in names and item.value is not None and item.origin != "text":
            method, assumed = _by_place(measure, item)
            day = item.on or case.on
            on = _date(day, item.finding) if day else None
            sides: Sequence[Side | None] = SIDES if item.side == "both" else (_side(item.side, case),)
            for side in sides if measure.sided else (None,):
                yield Taken(measure, method, assumed, item.value, on, side)


def _of_diary(more: Iterable[Measurement], measure: Measure) -> Iterable[Taken]:
    for one in more:
        if one.measure == measure.id:
            method = next(m for m in measure.methods if m.id == one.method)
            yield Taken(measure, method, False, median(one.values), one.on, one.side)


class _Taken:
    """All values of one person, and which of them still hold on a day."""

    def __init__(self, case: Case, more: Sequence[Measurement], engine: Engine, on: date | None) -> None:
        self.case, self.more, self.engine, self.on = case, more, engine, on

    def measure(self, id_: str) -> Measure:
        """A measure of the knowledge."""
        return self.engine.knowledge.measures[id_]

    def newest(self, id_: str, side: Side | None) -> Taken | Missing:
        """The newest value of a measure on one side that still holds, or why there is none."""
        measure = self.measure(id_)
        taken = [*_of_case(self.case, measure), *_of_diary(self.more, measure)]
        taken = [one for one in taken if one.side == side or not measure.sided]
        if self.on is not None:
            taken = [one for one in taken if one.on is None or one.on <= self.on]
        if not taken:
            return Missing(measure, "not_measured")
        # A value without a day was given in this sitting, so it is the newest.
        best = max(taken, key=lambda one: one.on or date.max)
        if best.on is None:
            return best
        if self.on is None:
            return Missing(measure, "no_day", best.on)
        if (self.on - best.on).days > measure.stale_after_days:
            return Missing(measure, "too_old", best.on)
        return best


# --- writing -------------------------------------------------------------------------------------


def _rounded(number: float) -> float:
    return round(number, PLACES) + 0.0


def _range(found: Range) -> Row:
    return {"value": _rounded(found.value), "low": _rounded(found.low), "high": _rounded(found.high)}


def _figure(figure: Figure, percent: bool = False) -> Row:
    written: Row = {"value": figure.value, "low": figure.low, "high": figure.high}
    return written | {"basis": figure.basis, "sources": list(figure.source), "percent": percent}


def _says(ids: Iterable[str], engine: Engine, **numbers: object) -> list[Row]:
    phrases = engine.words.phrases
    return [
        {
            "id": id_,
            "text": phrases[id_].text.format(**numbers),
            "more": phrases[id_].more,
            "sources": list(phrases[id_].sources),
        }
        for id_ in ids
    ]


def _told(taken: Taken, engine: Engine) -> Row:
    """The value with its method, its error, its day and where the error is from."""
    stated = taken.method.standard_error or taken.method.detectable_change
    kind = "standard_error" if taken.method.standard_error else "detectable_change"
    words = engine.words.measures[taken.measure.id]
    return {
        "measure": taken.measure.id,
        "name": words.name,
        "value": _rounded(taken.value),
        "unit": taken.measure.unit,
        "on": taken.on.isoformat() if taken.on else None,
        "side": taken.side,
        "method": taken.method.id,
        "method_assumed": taken.assumed,
        "error": None if stated is None else {"kind": kind} | _figure(stated.figure, stated.percent),
        "sources": list(taken.measure.sources),
    }


def _not_measured(missing: Missing, says: str, engine: Engine) -> Row:
    """That it is not known, and how to measure it; never an ordinary value in its place."""
    words = engine.words.measures[missing.measure.id]
    return {
        "measure": missing.measure.id,
        "why": missing.why,
        "on": missing.on.isoformat() if missing.on else None,
        "says": _says([says], engine),
        "how_to_measure": {
            "name": words.name,
            "needs": list(words.needs),
            "steps": list(words.steps),
            "stop_if": words.stop_if,
            "never_when": list(words.never_when),
        },
    }


# --- the limit -----------------------------------------------------------------------------------


def _limit(test: LengthTest, taken: Taken) -> Limit | None:
    """The limit of one test; None where nobody knows the error of the method."""
    error = standard_error(taken.method, taken.value)
    if error is None:
        return None
    if test.id == "active_knee_extension":
        return limit_from_knee_extension(taken.value, error, test.pelvis_share)
    return limit_from_straight_leg_raise(taken.value, error, test.pelvis_share)


def _limit_row(test: LengthTest, taken: Taken, limit: Limit, engine: Engine) -> Row:
    says = ["leg_limit"]
    says += ["leg_limit_at_least"] if limit.at_least else []
    says += ["leg_limit_raise"] if test.id == "straight_leg_raise" else []
    return {
        "test": test.id,
        "measured": _told(taken, engine) | {"range": _range(limit.measured_degrees)},
        "pelvis_share": _figure(test.pelvis_share),
        "stretch_against_standing": {muscle: _range(limit.strain[muscle]) for muscle in HAMSTRINGS},
        "straight_leg_hip_degrees": {
            muscle: _range(limit.straight_knee_hip(muscle)) for muscle in HAMSTRINGS
        },
        "at_least": limit.at_least,
        "sources": list(test.sources),
        "says": _says([*says, "leg_model_limits"], engine),
    }


def _void(test: LengthTest, case: Case) -> bool:
    """Whether what the person told makes the test one of the nerve."""
    return any(item.finding in test.void_if and item.state == "present" for item in case.items)


def _limits(taken: _Taken, side: Side | None) -> list[tuple[LengthTest, Taken, Limit]]:
    """The limits of one side, one for each test that still holds, the test of choice first."""
    found = []
    for test in taken.engine.knowledge.mechanics.length_tests:
        value = taken.newest(test.measure, side)
        if isinstance(value, Taken) and not _void(test, taken.case):
            limit = _limit(test, value)
            if limit is not None:
                found.append((test, value, limit))
    return found


# --- what exercises ask --------------------------------------------------------------------------


def _degrees(change: Range | None) -> int | None:
    """A change in steps that can be done, upwards; None where the one alone cannot do it."""
    if change is None:
        return None
    return STEP_DEGREES * ceil(round(change.value, 6) / STEP_DEGREES)


def _advice(exercise: Exercise, ask: Ask, engine: Engine) -> list[Row]:
    """What to change: a stretch is brought to a mild one, any other exercise only within the limit."""
    stretch = exercise.type == "stretch"
    change: Change = ask.to_mild if stretch else ask.to_limit
    needed = ask.asks == "over" or (stretch and ask.asks == "strong")
    rows = _says([f"leg_asks_{ask.asks}"], engine)
    if not ask.certain:
        rows += _says(["leg_asks_not_sure"], engine)
    if not needed:
        return rows
    ways = (("leg_bend_knee_more", change.knee_bend_more), ("leg_bend_hip_less", change.hip_bend_less))
    possible = [(id_, way, _degrees(way)) for id_, way in ways if way is not None]
    doable = [(id_, way, n) for id_, way, n in possible if n is not None and 0 < n <= MOST_CHANGE_DEGREES]
    for id_, way, degrees in doable:
        aim = "mild_stretch" if stretch else "limit"
        rows += [
            row | {"degrees": degrees, "range": _range(way), "aim": aim}
            for row in _says([id_], engine, degrees=degrees)
        ]
    if not doable:
        rows += [row | {"easier": list(exercise.easier)} for row in _says(["leg_choose_easier"], engine)]
    return rows


def _exercise(exercise: Exercise, limit: Limit, engine: Engine) -> Row | None:
    mapping = asdict(exercise.figure) | {"pictogram": exercise.figure.pictogram or None}
    mild = engine.knowledge.mechanics.mild_stretch
    try:
        ask = asks(figure_from_mapping(mapping), limit, (mild.low, mild.high))
    except ValueError as outside:
        return {"id": exercise.id, "not_computed": str(outside)}
    if ask is None:
        return None
    return {
        "id": exercise.id,
        "pose": ask.pose,
        "muscle": ask.muscle,
        "share": _range(ask.share),
        "shares": {muscle: _range(ask.shares[muscle]) for muscle in HAMSTRINGS},
        "class": ask.asks,
        "certain": ask.certain,
        "advice": _advice(exercise, ask, engine),
    }


def exercise_asks(limit: Limit, engine: Engine, only: Iterable[str] | None = None) -> list[Row]:
    """What the exercises (or only some) ask of a limit, those that ask most first.

    An exercise without poses (swimming, walking) is left out.
    """
    chosen = engine.knowledge.exercises if only is None else dict.fromkeys(only)
    rows = [_exercise(engine.knowledge.exercises[id_], limit, engine) for id_ in chosen]
    found = [row for row in rows if row is not None]
    return sorted(found, key=lambda row: -row["share"]["value"] if "share" in row else 1.0)


# --- strength ------------------------------------------------------------------------------------


def _strength(taken: Taken) -> Strength | None:
    """A value with its error; None where it cannot be compared (nothing lifted, error unknown)."""
    error = standard_error(taken.method, taken.value)
    if error is None or taken.value <= 0 or error >= taken.value:
        return None
    return Strength(taken.value, error / taken.value)


def _ratio_row(taken: _Taken, side: Side | None) -> Row:
    """Back against front of the thigh of one side, measured in the same way."""
    engine = taken.engine
    pair = engine.knowledge.mechanics.strength_pair
    values = [taken.newest(id_, side) for id_ in (pair.hamstrings, pair.quadriceps)]
    for value in values:
        if isinstance(value, Missing):
            return {"side": side, "not_measured": _not_measured(value, "leg_strength_not_measured", engine)}
    back, front = (value for value in values if isinstance(value, Taken))
    row: Row = {"side": side, "hamstrings": _told(back, engine), "quadriceps": _told(front, engine)}
    strong, weak = _strength(back), _strength(front)
    if back.method.id != front.method.id or strong is None or weak is None:
        why = "two_methods" if back.method.id != front.method.id else "no_error_known"
        return row | {"not_comparable": why}
    found = ratio(strong, weak)
    person = taken.case.person
    norms = against_norms(taken.measure(pair.ratio), back.method.id, found.value, person.age, person.sex)
    norm = norms[0].norm if norms else None
    verdict = judge_ratio(found, (norm.low, norm.high) if norm else None)
    return row | {
        "ratio": _range(found),
        "verdict": verdict,
        "norm": None
        if norm is None
        else {
            "low": norm.low,
            "high": norm.high,
            "whom": norm.whom,
            "basis": norm.basis,
            "sources": list(norm.source),
        },
        "says": _says([f"leg_{verdict}", "leg_strength_meaning"], engine),
    }


def _sides_row(taken: _Taken, id_: str, side: Side) -> Row | None:
    """One side against the other in one measure; None if not both were measured."""
    engine = taken.engine
    values = [taken.newest(id_, one) for one in (side, "right" if side == "left" else "left")]
    here, there = values
    if isinstance(here, Missing) or isinstance(there, Missing):
        return None
    row: Row = {"measure": id_, "side": side, "this": _told(here, engine), "other": _told(there, engine)}
    strong, other = _strength(here), _strength(there)
    if here.method.id != there.method.id or strong is None or other is None:
        why = "two_methods" if here.method.id != there.method.id else "no_error_known"
        return row | {"not_comparable": why}
    found = side_difference(strong, other)
    notable = engine.knowledge.mechanics.notable_difference
    verdict = judge_sides(found, notable.value)
    return row | {
        "difference": _range(found),
        "verdict": verdict,
        "notable": _figure(notable),
        "says": _says([f"leg_{verdict}"], engine),
    }


# --- all of it -----------------------------------------------------------------------------------


def _chosen_side(taken: _Taken, side: Side | None) -> Side | None:
    """The side that is asked for, that the case is about, or the one with the lower limit."""
    if side is not None:
        return side
    for one in SIDES:
        if taken.case.side == one:
            return one
    measured = [(found[0][2], one) for one in SIDES if (found := _limits(taken, one))]
    if not measured:
        return None
    return min(measured, key=lambda pair: min(r.value for r in pair[0].strain.values()))[1]


def leg(
    case: Case,
    engine: Engine,
    more: Sequence[Measurement] = (),
    *,
    side: Side | None = None,
    on: date | None = None,
    only: Iterable[str] | None = None,
) -> Row:
    """What is known of this person's leg, as plain data for the faces and the plan.

    `more` are measurements from the diary, `on` is today (else the case's day), `only` some exercises. The
    keys: `limit` (with `not_measured` instead where no test holds), `other_tests`, `exercises` (empty
    without a limit), `strength` with `ratio` and `sides`. Pure: no clock is read. Raises `BadCase` for a day
    that is none.
    """
    today = on if on is not None else (_date(case.on, "on") if case.on else None)
    taken = _Taken(case, more, engine, today)
    chosen = _chosen_side(taken, side)
    limits = _limits(taken, chosen)
    if limits:
        test, value, limit = limits[0]
        limit_row = _limit_row(test, value, limit, engine)
        exercises = exercise_asks(limit, engine, only)
    else:
        limit_row, exercises = {"not_measured": _why_no_limit(taken, chosen)}, []
    compared = chosen or "left"
    sides = [_sides_row(taken, id_, compared) for id_ in engine.knowledge.mechanics.side_measures]
    return {
        "on": today.isoformat() if today else None,
        "side": chosen,
        "knowledge_version": engine.knowledge.version,
        "limit": limit_row,
        "other_tests": [_limit_row(*found, engine) for found in limits[1:]],
        "exercises": exercises,
        "strength": {
            "ratio": _ratio_row(taken, chosen),
            "sides": [row for row in sides if row is not None],
        },
    }


def _why_no_limit(taken: _Taken, side: Side | None) -> Row:
    """Why no test of length holds: void, too old or without a day; else how to take the first choice."""
    engine = taken.engine
    tests = engine.knowledge.mechanics.length_tests
    found = [(test, taken.newest(test.measure, side)) for test in tests]
    void = [test for test, one in found if isinstance(one, Taken) and _void(test, taken.case)]
    if void:
        return _not_measured(Missing(taken.measure(void[0].measure), "nerve"), "leg_length_nerve", engine)
    missing = [one for _, one in found if isinstance(one, Missing)]
    told = next((one for one in missing if one.why != "not_measured"), missing[0] if missing else None)
    if told is None:  # a method of which nobody knows the error
        told = Missing(taken.measure(tests[0].measure), "not_measured")
    says = {"too_old": "leg_length_too_old", "no_day": "leg_length_no_day"}
    return _not_measured(told, says.get(told.why, "leg_length_not_measured"), engine)
