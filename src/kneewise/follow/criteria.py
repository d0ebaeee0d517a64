"""Whether a criterion is met: seen in the diary or a measure, or told by the person; unknown is not met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kneewise.follow.series import Measurement, Series, series_of
from kneewise.knowledge.types_measures import Measure
from kneewise.knowledge.types_training import Criterion

How = Literal["seen", "measured", "told", "missing", "not_known"]


@dataclass
class Record:
    """What criteria are read from, kept up as the diary goes on."""

    calm_in_a_row: int = 0  # sessions since the phase began
    pains: dict[str, list[tuple[date, float]]] = field(default_factory=dict)  # exercise -> day, pain
    said: dict[str, tuple[bool, date]] = field(default_factory=dict)  # criterion -> answer, day
    told: Mapping[str, tuple[str, date]] = field(default_factory=dict)  # finding -> state, day
    measured: list[Measurement] = field(default_factory=list)


@dataclass(frozen=True)
class Standing:
    """How a criterion stands on a day, and how that is known."""

    id: str
    met: bool
    how: How


def _by_side(record: Record, measure: Measure, on: date) -> dict[str, Series]:
    """One series a side, of the newest method only: two methods are never set beside one another."""
    own = [one for one in record.measured if one.measure == measure.id]
    series = [one for one in series_of(own, {measure.id: measure}, on) if one.points]
    if not series:
        return {}
    method = max(series, key=lambda one: one.points[-1].on).method
    return {one.side or "": one for one in series if one.method == method}


def _measured(criterion: Criterion, record: Record, on: date, sore: str, measure: Measure) -> bool | None:
    """Whether the values meet it; None where there are none, or only stale ones."""
    sides = _by_side(record, measure, on)
    fresh = {
        side: one for side, one in sides.items() if (on - one.points[-1].on).days <= one.of.stale_after_days
    }
    last = {side: one.points[-1].value for side, one in fresh.items()}
    if criterion.gain_at_least is not None:
        series = fresh.get(sore) or fresh.get("")
        if series is None or len(series.points) < 2:
            return None
        gain = series.points[-1].value - series.points[0].value
        return (-gain if measure.better == "lower" else gain) >= criterion.gain_at_least
    if criterion.side_gap_at_most is not None or criterion.side_share_at_least is not None:
        if not {"left", "right"} <= set(last):
            return None
        low, high = sorted((last["left"], last["right"]))
        if criterion.side_gap_at_most is not None:
            return high - low <= criterion.side_gap_at_most
        return high > 0 and low / high >= (criterion.side_share_at_least or 0.0)
    if not last:
        return None
    # Where only one leg was measured, it has to be the sore one.
    values = [last[sore]] if sore in last else list(last.values())
    if criterion.at_least is not None:
        return min(values) >= criterion.at_least
    return max(values) <= (criterion.at_most if criterion.at_most is not None else float("inf"))


def _pain_in_exercise(criterion: Criterion, record: Record, on: date) -> bool | None:
    rows = [row for row in record.pains.get(criterion.exercise_pain, ()) if row[0] <= on]
    days: dict[date, float] = {}
    for day, pain in rows:
        days[day] = max(pain, days.get(day, 0.0))
    newest = [days[day] for day in sorted(days)][-criterion.on_days :]
    if len(newest) < criterion.on_days:
        return None if not newest or max(newest) <= criterion.up_to else False
    return max(newest) <= criterion.up_to


def standing_of(
    criterion: Criterion,
    record: Record,
    on: date,
    phase_since: date,
    sore: str,
    measure: Measure | None = None,
) -> Standing:
    """How a criterion stands. `sore` is left, right or both; `measure` is the one it names.

    What can be seen or measured counts before what is told; a "yes" of the person counts where nothing was
    seen, except for calm sessions and weeks, which are always counted.
    """
    seen: bool | None = None
    how: How = "seen"
    if criterion.calm_sessions is not None:
        return Standing(criterion.id, record.calm_in_a_row >= criterion.calm_sessions, "seen")
    if criterion.weeks_in_phase is not None:
        return Standing(criterion.id, (on - phase_since).days >= 7 * criterion.weeks_in_phase, "seen")
    if criterion.finding:
        state = record.told.get(criterion.finding)
        seen, how = (None if state is None or state[0] == "unsure" else state[0] == "absent"), "told"
    elif measure is not None:
        seen, how = _measured(criterion, record, on, sore, measure), "measured"
    elif criterion.exercise_pain:
        seen = _pain_in_exercise(criterion, record, on)
    if seen is None and criterion.id in record.said:
        seen, how = record.said[criterion.id][0], "told"
    if seen is None:
        return Standing(criterion.id, False, "not_known")
    return Standing(criterion.id, seen, how if seen else "missing")


def all_met(standings: Sequence[Standing]) -> bool:
    """Whether every criterion is met; a phase without criteria never ends by itself."""
    return bool(standings) and all(one.met for one in standings)
