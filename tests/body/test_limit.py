"""One person's limit from one test, with the test's error, and what an exercise asks of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kneewise.body.limit import (
    asks,
    classify,
    limit_from_knee_extension,
    limit_from_straight_leg_raise,
)
from kneewise.body.muscle import HAMSTRINGS, straight_knee_hip_limit, strain
from kneewise.body.pose import Figure, KeyPose, Leg
from kneewise.knowledge.types import Figure as Number
from tests.body.shipped import IDS, figure

STILL = Number(0.0, 0.0, 0.0, "estimate")
PELVIS = Number(0.25, 0.15, 0.33, "estimate")
MILD = (0.90, 0.95)
SEM = 2.8


def hinge(hip: float, knee: float, spine: float = 0.0) -> Figure:
    leg = Leg(hip, knee)
    return Figure(poses=(KeyPose(hip, leg, leg, ("foot",)),), spine_share_of_hip=spine)


@pytest.mark.parametrize("deficit", [10, 20, 33, 45, 60])
def test_the_limit_is_the_length_at_the_end_of_the_test(deficit: float) -> None:
    limit = limit_from_knee_extension(deficit, SEM, STILL)
    for muscle in HAMSTRINGS:
        assert limit.strain[muscle].value == pytest.approx(strain(muscle, 90, deficit))
        assert limit.straight_knee_hip(muscle).value == pytest.approx(
            straight_knee_hip_limit(deficit, muscle), abs=0.05
        )


def test_the_error_of_the_test_is_carried_into_the_limit() -> None:
    limit = limit_from_knee_extension(33, SEM, STILL)
    assert limit.measured_degrees.low == pytest.approx(33 - 1.96 * SEM)
    found = limit.strain["semimembranosus"]
    assert found.high == pytest.approx(strain("semimembranosus", 90, 33 - 1.96 * SEM))
    assert found.low == pytest.approx(strain("semimembranosus", 90, 33 + 1.96 * SEM))
    exact = limit_from_knee_extension(33, 0, STILL).strain["semimembranosus"]
    assert exact.low == exact.value == exact.high


def test_a_pelvis_that_may_have_moved_widens_the_range_downwards() -> None:
    still = limit_from_knee_extension(33, SEM, STILL).strain["semitendinosus"]
    moved = limit_from_knee_extension(33, SEM, Number(0.0, 0.0, 0.15, "estimate")).strain["semitendinosus"]
    assert moved.low < still.low
    assert moved.high == pytest.approx(still.high)


def test_a_knee_that_comes_straight_gives_a_lower_bound_only() -> None:
    assert limit_from_knee_extension(-5, SEM, STILL).at_least
    assert limit_from_knee_extension(3, SEM, STILL).at_least  # within the error of straight
    assert not limit_from_knee_extension(20, SEM, STILL).at_least
    over = asks(hinge(110, 0), limit_from_knee_extension(0, SEM, STILL), MILD)
    assert over is not None
    assert over.asks == "over"
    assert not over.certain


def test_a_raised_leg_counts_without_the_pelvis_part() -> None:
    limit = limit_from_straight_leg_raise(80, 2.4, PELVIS)
    assert limit.strain["semimembranosus"].value == pytest.approx(strain("semimembranosus", 60, 0))
    hip = limit.straight_knee_hip()
    assert hip.low < 80 * (1 - 0.33) + 1
    assert hip.value == pytest.approx(60, abs=0.1)
    assert hip.high > 80 * (1 - 0.15) - 1


def test_the_two_tests_give_limits_that_know_where_they_come_from() -> None:
    """Correlations run from 0.28 to 0.7: one is no stand-in for the other."""
    assert limit_from_knee_extension(20, SEM, STILL).test == "active_knee_extension"
    assert limit_from_straight_leg_raise(80, SEM, PELVIS).test == "straight_leg_raise"


@given(st.floats(0, 70), st.floats(0, 20))
def test_a_stiffer_leg_has_a_lower_limit_and_is_asked_more(deficit: float, more: float) -> None:
    supple, stiff = (limit_from_knee_extension(d, SEM, STILL) for d in (deficit, deficit + more))
    for muscle in HAMSTRINGS:
        assert stiff.strain[muscle].value <= supple.strain[muscle].value + 1e-12
    easy, hard = asks(hinge(80, 10), supple, MILD), asks(hinge(80, 10), stiff, MILD)
    assert easy is not None
    assert hard is not None
    assert hard.share.value >= easy.share.value - 1e-12
    assert hard.share.low <= hard.share.value <= hard.share.high


@given(st.floats(5, 60), st.floats(40, 110), st.floats(0, 40), st.floats(0, 0.4))
def test_the_advised_change_makes_a_mild_stretch(
    deficit: float, hip: float, knee: float, spine: float
) -> None:
    limit = limit_from_knee_extension(deficit, SEM, STILL)
    before = asks(hinge(hip, knee, spine), limit, MILD)
    assert before is not None
    if before.to_mild.knee_bend_more is not None:
        change = before.to_mild.knee_bend_more
        assert change.low <= change.value <= change.high
        after = asks(hinge(hip, knee + change.value, spine), limit, MILD)
        assert after is not None
        assert after.share.value <= 0.95 + 1e-6
        if change.value > 0:
            assert after.share.value == pytest.approx(0.95, abs=1e-6)
    if before.to_mild.hip_bend_less is not None:
        after = asks(hinge(hip - before.to_mild.hip_bend_less.value, knee, spine), limit, MILD)
        assert after is not None
        assert after.share.value <= 0.95 + 1e-6


def test_what_is_over_the_limit_needs_less_to_come_to_it_than_to_be_mild() -> None:
    limit = limit_from_knee_extension(33, SEM, STILL)
    found = asks(hinge(100, 5), limit, MILD)
    assert found is not None
    assert found.asks == "over"
    to_limit, to_mild = found.to_limit.knee_bend_more, found.to_mild.knee_bend_more
    assert to_limit is not None
    assert to_mild is not None
    assert 0 < to_limit.value < to_mild.value
    at_limit = asks(hinge(100, 5 + to_limit.value), limit, MILD)
    assert at_limit is not None
    assert at_limit.share.value == pytest.approx(1.0, abs=1e-6)


def test_nothing_is_to_change_where_the_stretch_is_easy() -> None:
    bridge = asks(figure("glute_bridge"), limit_from_knee_extension(20, SEM, STILL), MILD)
    assert bridge is not None
    assert bridge.asks == "easy"
    assert bridge.certain
    assert bridge.to_mild.knee_bend_more is not None
    assert bridge.to_mild.knee_bend_more.value == 0


@pytest.mark.parametrize(
    ("share", "named"), [(0.7, "easy"), (0.90, "mild"), (0.95, "mild"), (0.97, "strong"), (1.01, "over")]
)
def test_shares_have_names(share: float, named: str) -> None:
    assert classify(share, MILD) == named


def test_hinges_ask_more_of_a_tight_person_than_bridges_and_nordics() -> None:
    limit = limit_from_knee_extension(33, SEM, STILL)
    found = {one: asks(figure(one), limit, MILD) for one in ("stiff_leg_dl", "rdl", "nordic", "glute_bridge")}
    share = {one: ask.share.value for one, ask in found.items() if ask is not None}
    assert share["stiff_leg_dl"] > 0.97
    assert share["rdl"] > 0.95
    assert share["nordic"] < 0.90
    assert share["glute_bridge"] < 0.90


@pytest.mark.parametrize("exercise", IDS)
def test_every_drawn_exercise_can_be_asked(exercise: str) -> None:
    shown = figure(exercise)
    limit = limit_from_knee_extension(20, SEM, STILL)
    found = asks(shown, limit, MILD)
    assert (found is None) == (not shown.poses)
    if found is not None:
        assert 0.6 < found.share.value < 1.15
        assert set(found.shares) == set(HAMSTRINGS)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: limit_from_knee_extension(120, SEM, STILL), "it runs from -15 to 100. 0 is a straight knee"),
        (lambda: limit_from_straight_leg_raise(-3, SEM, STILL), "it runs from 0 to 150. 0 is flat"),
        (lambda: limit_from_knee_extension(20, -1, STILL), "cannot be below 0"),
        (lambda: asks(hinge(150, 0), limit_from_knee_extension(20, SEM, STILL), MILD), "pose 1 has a hip of"),
    ],
)
def test_what_cannot_be_is_refused(call, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


def test_sitting_up_between_lying_repetitions_is_not_the_exercise() -> None:
    slide = figure("slider_ecc")
    found = asks(slide, limit_from_knee_extension(20, SEM, STILL), MILD)
    assert found is not None
    assert slide.poses[found.pose].working.hip < 20
    assert found.asks == "easy"


def test_a_pose_without_poses_asks_nothing() -> None:
    walking = replace(hinge(0, 0), poses=(), pictogram="walking")
    assert asks(walking, limit_from_knee_extension(20, SEM, STILL), MILD) is None
