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
OFTEN = 4  # what has to come on so many days a week is a daily thing, not a training
EXTRA_DAYS = 3  # small things may come on so many days more than somebody trains (estimate)


def apart(days: tuple[int, ...]) -> bool:
    """Whether no two days touch, this week's last and next week's first included."""
    return all((later - day) % WEEK not in (1, WEEK - 1) for day, later in combinations(days, 2))


def _widest(sets: list[tuple[int, ...]]) -> tuple[int, ...]:
    """Of sets of days the one whose closest two days lie furthest apart; the first of equals."""

    def closest(days: tuple[int, ...]) -> int:
        steps = [(b - a) % WEEK or WEEK for a, b in zip(days, (*days[1:], days[0]), strict=True)]
        return min(steps)

    return max(sets, key=closest, default=())


def days_for_hard(training_days: tuple[int, ...]) -> tuple[int, ...]:
    """The days on which anything hard may stand: at most three, never two in a row.

    The same for every hard exercise, so that two of them never make neighbours of their days. Where two
    sessions take turns, each has one of these days if that can be.
    """
    turns = (set(training_days[0::2]), set(training_days[1::2]))
    for number in range(min(MOST_HARD_DAYS, len(training_days)), 0, -1):
        fits = [days for days in combinations(training_days, number) if apart(days)]
        both = [days for days in fits if all(turn & set(days) for turn in turns)]
        if fits:
            return (both or fits)[0]
    return ()


def hard_days(may: tuple[int, ...], wanted: int) -> tuple[int, ...]:
    """At most `wanted` of the days on which hard exercise may stand, as far apart as can be."""
    return _widest(list(combinations(may, min(wanted, len(may))))) if may else ()


def days_for(
    times_per_week: tuple[int, int],
    hard: bool,
    training_days: int,
    part: int | None = None,
    *,
    small: bool = False,
) -> tuple[int, ...]:
    """The days (1-7) on which to do an exercise, for a person who trains on `training_days` days.

    Never more than its times a week. What is `small` (gentle and a few minutes: a stretch, a walk, a nerve
    glide) and has to come more often than the person trains keeps its own days: the least that its ladder
    asks for, at most `EXTRA_DAYS` more than the person trains. Hard exercises: at most three days, never two
    in a row. `part` 0 or 1 takes every other training day, for two sessions in turn.
    """
    low, high = times_per_week
    own = SPREAD[min(max(training_days, 1), WEEK)]
    may = days_for_hard(own)
    if small and not hard and low >= OFTEN and low > len(own):
        return more_days(own, min(low, len(own) + EXTRA_DAYS))
    if part is not None:
        own = own[part::2] or own[:1]
    if hard:
        return hard_days(tuple(day for day in may if day in own), max(high, 1))
    wanted = min(max(len(own), 1), max(high, 1), WEEK)
    if len(own) <= wanted:
        return own
    for days in combinations(own, wanted):
        if apart(days):
            return days
    step = len(own) / wanted
    return tuple(own[int(i * step)] for i in range(wanted))


def more_days(days: tuple[int, ...], wanted: int) -> tuple[int, ...]:
    """These days and as many others as are wanted (up to seven), the days off as far apart as can be."""
    free = [day for day in range(1, WEEK + 1) if day not in days]
    off = min(
        combinations(free, max(WEEK - max(wanted, len(days)), 0)),
        key=lambda rest: (not apart(rest), tuple(-day for day in rest)),
    )
    return tuple(day for day in range(1, WEEK + 1) if day not in off)
