"""Spread exercises over the week: hard days apart, gentle ones often, two sessions in turn if need be."""

from __future__ import annotations

from itertools import combinations

# Days of the week (1-7) for n sessions, as evenly as seven days allow.
SPREAD: dict[int, tuple[int, ...]] = {
    1: (1,),
    2: (1, 4),
    3: (1, 3, 5),
    4: (1, 3, 5, 7),
    5: (1, 2, 4, 5, 7),
    6: (1, 2, 3, 5, 6, 7),
    7: (1, 2, 3, 4, 5, 6, 7),
}
MOST_HARD_DAYS = 3
WEEK = 7


def apart(days: tuple[int, ...]) -> bool:
    """Whether no two days touch, this week's last and next week's first included."""
    return all((later - day) % WEEK not in (1, WEEK - 1) for day, later in combinations(days, 2))


def hard_days(training_days: tuple[int, ...], wanted: int) -> tuple[int, ...]:
    """At most `wanted` (and three) of the training days, never two in a row; as many as can be."""
    for number in range(min(wanted, MOST_HARD_DAYS, len(training_days)), 0, -1):
        for days in combinations(training_days, number):
            if apart(days):
                return days
    return ()


def days_for(
    times_per_week: tuple[int, int], hard: bool, training_days: int, part: int | None = None
) -> tuple[int, ...]:
    """The days (1-7) on which to do an exercise, for a person who trains on `training_days` days.

    Never more than its times a week. What is gentle and asked for more often than the person trains (a daily
    stretch, a walk) keeps its own days. Hard exercises: at most three days, never two in a row. `part` 0 or 1
    takes every other training day, for two sessions in turn.
    """
    _low, high = times_per_week
    own = SPREAD[min(max(training_days, 1), WEEK)]
    if part is not None:
        own = own[part::2] or own[:1]
    if hard:
        return hard_days(own, max(high, 1))
    wanted = min(max(len(own), 1), max(high, 1), WEEK)
    if len(own) <= wanted:
        return own
    step = len(own) / wanted
    return tuple(own[int(i * step)] for i in range(wanted))
