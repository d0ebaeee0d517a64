"""What the dose of an exercise reads like."""

from __future__ import annotations

import pytest

from kneewise.web.strings import sets_words


@pytest.mark.parametrize(
    ("sets", "reps", "hold", "held", "told"),
    [
        (3, 10, 0, True, "3 sets of 10"),
        (3, 1, 30, True, "3 sets, hold 30 seconds"),
        (1, 1, 1200, False, "20 minutes"),
        (2, 1, 60, False, "2 times, 60 seconds each"),
        (2, 10, 0, False, "2 sets of 10"),
    ],
)
def test_a_dose_is_told_in_plain_words_and_long_times_in_minutes(
    sets: int, reps: int, hold: float, held: bool, told: str
) -> None:
    assert sets_words(sets, reps, hold, held=held) == told
