"""Spread exercises over the week: hard days apart, gentle ones often."""

from __future__ import annotations

from kneewise.knowledge.types import Exercise

# Days of the week (1–7) for n sessions, as evenly as seven days allow.
SPREAD: dict[int, tuple[int, ...]] = {
    1: (1,),
    2: (1, 4),
    3: (1, 3, 5),
    4: (1, 3, 5, 7),
    5: (1, 2, 4, 5, 7),
    6: (1, 2, 3, 5, 6, 7),
    7: (1, 2, 3, 4, 5, 6, 7),
}
HARD_LOAD = 3
MOST_HARD_DAYS = 3


def is_hard(exercise: Exercise) -> bool:
    """An exercise that needs a day of recovery after it."""
    return exercise.load_class >= HARD_LOAD or exercise.type == "eccentric"


def days_for(exercise: Exercise, training_days: int) -> tuple[int, ...]:
    """The days (1–7) on which to do an exercise, for a person who trains on `training_days` days.

    Never more than the content's times a week; hard exercises on at most three days, never two in a row.
    """
    low, high = exercise.dose.times_per_week
    wanted = min(max(training_days, 1), high, 7) if high >= 1 else max(low, 1)
    if is_hard(exercise):
        wanted = min(wanted, MOST_HARD_DAYS)
    base = SPREAD[training_days if wanted <= training_days else wanted]
    if wanted == len(base):
        chosen = base
    else:
        chosen = tuple(base[round(i * len(base) / wanted)] for i in range(wanted))
    if is_hard(exercise):
        apart: list[int] = []
        for day in chosen:
            if not apart or day - apart[-1] >= 2:
                apart.append(day)
        chosen = tuple(apart)
    return chosen
