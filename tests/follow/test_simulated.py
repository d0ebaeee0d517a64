"""A seeded sample of simulated people, twelve weeks each, day by day; the full size runs in `make campaign`."""

from __future__ import annotations

import pytest
from benchmarks.simulated_courses import KINDS, live, same_again

from kneewise.pathway import Engine

SEEDS = range(len(KINDS) * 2)


@pytest.mark.hazard("H14")
@pytest.mark.parametrize("seed", SEEDS)
def test_every_rule_of_following_holds_on_every_day(engine: Engine, seed: int) -> None:
    course = live(seed, engine)

    assert course.programme["week"], "this person should have had a programme"
    assert course.broken == []
    if course.person.kind == "clot_on_day_9":
        assert course.days[8]["locked"]
        assert not course.days[7]["locked"]
    if course.person.kind == "injured_again_in_week_5":
        assert course.days[30]["locked"]


@pytest.mark.parametrize("seed", [0, 5, 6])
def test_the_whole_diary_at_once_gives_what_living_it_gave(engine: Engine, seed: int) -> None:
    assert same_again(live(seed, engine), engine)


def test_people_move_on_and_some_do_not(engine: Engine) -> None:
    """The sample is not idle: quick people reach later phases, the non-adherers get a smaller plan."""
    quick = live(KINDS.index("quick"), engine)
    idle = live(KINDS.index("non_adherer"), engine)

    assert quick.days[-1]["phases"] != quick.days[0]["phases"]
    assert sum(quick.days[-1]["steps"].values()) > sum(quick.days[0]["steps"].values())
    assert idle.days[-1]["phases"] is not None
