"""A process that is killed while it writes loses no entry that it has acknowledged, and leaves a whole file."""

from __future__ import annotations

import pytest
from benchmarks.kills import in_a_process_of_its_own

KILLS, SEED = 25, 7


@pytest.mark.hazard("H14")
def test_no_acknowledged_entry_is_lost_and_the_file_stays_whole() -> None:
    done = in_a_process_of_its_own(KILLS, SEED)
    assert done.kills == KILLS
    assert done.acknowledged >= KILLS
    assert done.while_writing > 0  # or the kills would prove nothing
    assert (done.lost, done.changed, done.broken) == ([], [], [])
