"""Whether a criterion is met: seen in the diary or a measure, or told by the person; unknown is not met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kneewise.follow.series import Measurement
from kneewise.knowledge.types_training import Criterion

How = Literal["seen", "measured", "told", "missing", "not_known"]
RECENT_DAYS = 28  # an older measurement says nothing about now


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


def _by_side(record: Record, measure: str, on: date) -> dict[str, list[tuple[date, float]]]:
    """Newest method only: values of two methods are never set beside one another."""
    rows = [one for one in record.measured if one.measure == measure and one.on <= on]
    if not rows:
        return {}
    method = max(rows, key=lambda one: one.on).method
    sides: dict[str, list[tuple[date, float]]] = {}
    for one in rows:
        if one.method == method:
            middle = sorted(one.values)[len(one.values) // 2]
            sides.setdefault(one.side or "", []).append((one.on, middle))
    return {side: sorted(values) for side, values in sides.items()}


def _measured(
    criterion: Criterion, record: Record, on: date, sore: str, lower_is_better: bool
) -> bool | None:
    sides = _by_side(record, criterion.measure, on)
    fresh = {side: rows for side, rows in sides.items() if (on - rows[-1][0]).days <= RECENT_DAYS}
    last = {side: rows[-1][1] for side, rows in fresh.items()}
    if criterion.gain_at_least is not None:
        rows = fresh.get(sore) or fresh.get("") or []
        if len(rows) < 2:
            return None
        gain = rows[-1][1] - rows[0][1]
        return (-gain if lower_is_better else gain) >= criterion.gain_at_least
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
    *,
    lower_is_better: bool = False,
) -> Standing:
    """How a criterion stands. `sore` is left, right or both; `lower_is_better` is of its measure.

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
    elif criterion.measure:
        seen, how = _measured(criterion, record, on, sore, lower_is_better), "measured"
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
