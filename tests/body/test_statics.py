"""Moments of held poses against sums done by hand, published break points and the other side of the joint."""

from __future__ import annotations

from dataclasses import replace
from math import radians, sin

import pytest

from kneewise.body.kinematics import place_all
from kneewise.body.pose import Figure, KeyPose, Leg, Prop
from kneewise.body.segments import SHANK_AND_FOOT, THIGH, TRUNK_AND_HEAD
from kneewise.body.statics import Moments, NotComputed, demand, hardest, moments_of
from tests.body.shipped import figure

FEET = ("foot", "foot2")


def one_pose(pose: KeyPose, orientation: str = "standing", props: tuple[Prop, ...] = ()) -> Figure:
    return Figure(orientation=orientation, poses=(pose,), props=props)


def standing(trunk: float, hip: float, knee: float, contacts: tuple[str, ...] = FEET) -> Figure:
    """Both legs alike with flat feet."""
    leg = Leg(hip, knee, knee - (hip - trunk))
    return one_pose(KeyPose(trunk, leg, leg, contacts))


def kneeling(lean: float) -> Figure:
    """A straight body leaning forward about the knees, arms along the body."""
    leg = Leg(0, 90 - lean, -60)
    return one_pose(KeyPose(lean, leg, leg, ("knee", "knee2", "toe", "toe2")), "kneeling")


def settled(figure_: Figure) -> Moments:
    found = moments_of(figure_)[0]
    assert isinstance(found, Moments), found
    return found


def test_standing_upright_asks_almost_nothing() -> None:
    found = settled(standing(0, 0, 0))
    assert abs(found.hip_extension) < 0.005
    assert abs(found.knee_flexion) < 0.005


def test_a_hinge_with_a_level_trunk_is_the_sum_done_by_hand() -> None:
    """Trunk, head and arms lie level before the hip: shares of mass times shares of stature, for two legs."""
    trunk, head = 0.497 * 0.144, 0.081 * (0.288 + 0.120)
    arms = 2 * (0.028 * (0.288 - 0.436 * 0.186) + 0.016 * (0.102 - 0.43 * 0.146) + 0.006 * (0.102 - 0.196))
    by_hand = (trunk + head + arms) / 2
    found = settled(standing(90, 108, 0))
    assert found.way == "standing"
    assert found.hip_extension == pytest.approx(by_hand, abs=0.003)  # the drawn head lies a little higher
    in_newton_metres = found.hip_extension * 75 * 9.81 * 1.75
    assert 60 < in_newton_metres < 90


def test_a_squat_is_held_by_hip_and_front_of_the_thigh() -> None:
    found = settled(standing(42, 115, 100))
    assert found.hip_extension > 0.03
    assert found.knee_flexion < -0.02
    assert demand(found) < 0.03


@pytest.mark.parametrize("lean", [10, 32, 60])
def test_a_nordic_lean_is_the_sum_done_by_hand(lean: float) -> None:
    thighs, trunk = 0.200 * (0.245 - 0.433 * 0.245), 0.497 * (0.245 + 0.144)
    head = 0.081 * (0.245 + 0.288 + 0.120)
    arms = 2 * (0.028 * (0.533 - 0.0811) + 0.016 * (0.347 - 0.0628) + 0.006 * (0.347 - 0.196))
    by_hand = (thighs + trunk + head + arms) * sin(radians(lean)) / 2
    assert settled(kneeling(lean)).knee_flexion == pytest.approx(by_hand, rel=0.03)


def test_people_let_go_of_a_nordic_at_the_same_moment_whatever_the_slope() -> None:
    """Soga 2021: the break point is at a knee of 57.8, 36.3 and 16.3 degrees on slopes of 0, 20 and 40.

    Šarabon 2019 found similar peak knee torques on these slopes; the body's lean decides the moment.
    """
    leans = [90 - knee - slope for knee, slope in ((57.75, 0), (36.27, 20), (16.26, 40))]
    moments = [settled(kneeling(lean)).knee_flexion for lean in leans]
    assert max(moments) / min(moments) < 1.06
    newton_metres = moments[0] * 75 * 9.81 * 1.75
    assert 90 < newton_metres < 150  # what trained men's knee flexors hold at most


def test_a_bridge_gives_the_same_from_the_trunk_as_from_the_leg() -> None:
    """What the floor gives the shoulders holds the trunk about the hips: a second way to the same number."""
    leg = Leg(-3, 88, -24)
    bridge = one_pose(KeyPose(-115, leg, leg, ("shoulder", *FEET)), "supine")
    (skeleton,) = place_all(bridge)
    points = skeleton.points

    def centre(part, end: str = "") -> float:
        a, b = points[part.start + end][0], points[part.end + end][0]
        return a + (b - a) * part.centre

    upper = [(part.share, centre(part)) for part in TRUNK_AND_HEAD]
    legs = [(part.share, centre(part, end)) for part in (THIGH, *SHANK_AND_FOOT) for end in ("", "2")]
    shoulders, hip = points["neck"][0], points["hip"][0]
    feet = (points["heel"][0] + points["toe"][0]) / 2
    on_feet = sum(m * (x - shoulders) for m, x in upper + legs) / (feet - shoulders)
    on_shoulders = sum(m for m, _ in upper + legs) - on_feet
    about_hip = on_shoulders * (shoulders - hip) - sum(m * (x - hip) for m, x in upper)
    assert settled(bridge).hip_extension == pytest.approx(-about_hip / 2, abs=1e-9)


def test_one_leg_asks_more_than_twice_of_two_and_a_longer_lever_more_still() -> None:
    two, one = hardest(moments_of(figure("glute_bridge"))), hardest(moments_of(figure("sl_bridge")))
    long = hardest(moments_of(figure("sl_long_lever_bridge")))
    assert isinstance(two, Moments)
    assert isinstance(one, Moments)
    assert isinstance(long, Moments)
    assert one.hip_extension > 2 * two.hip_extension
    assert demand(long) > demand(one) > demand(two)


def test_a_raised_leg_is_held_by_its_own_weight() -> None:
    """Leg 0.161 of mass; flat on the back the front of the hip holds it, flat on the front the back of it."""
    supine = KeyPose(-90, Leg(10, 0), Leg(0, 0), ("shoulder", "pelvis", "heel2"))
    prone = KeyPose(90, Leg(-10, 0, -40), Leg(0, 0, -40), ("shoulder", "pelvis", "knee2", "toe2"))
    up, back = settled(one_pose(supine, "supine")), settled(one_pose(prone, "prone"))
    by_hand = 0.100 * 0.433 * 0.245 + 0.0465 * (0.245 + 0.433 * 0.246) + 0.0145 * 0.491
    assert up.hip_extension == pytest.approx(-by_hand, rel=0.05)
    assert back.hip_extension == pytest.approx(by_hand, rel=0.12)  # the foot points away
    assert demand(up) == 0.0


def test_a_curl_asks_nothing_with_the_shin_upright_and_most_with_it_level() -> None:
    upright = KeyPose(90, Leg(0, 90), Leg(0, 90), ("shoulder", "pelvis", "knee", "knee2"))
    nearly_level = replace(upright, working=Leg(0, 15), other=Leg(0, 15))
    low, high = settled(one_pose(upright, "prone")), settled(one_pose(nearly_level, "prone"))
    assert abs(low.knee_flexion) < 0.003
    assert high.knee_flexion > 0.006


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        (Figure(pictogram="walking"), "no_poses"),
        (replace(standing(0, 0, 0), view="front"), "seen_from_the_front"),
        (replace(standing(60, 80, 10), props=(Prop("band", "hand"),)), "unknown_pull"),
        (replace(standing(60, 80, 10), props=(Prop("weight", "ankle"),)), "unknown_weight"),
        (standing(90, 80, 0), "not_in_balance"),
        (standing(40, 60, 20, (*FEET, "hand")), "arms_carry"),
        (one_pose(KeyPose(20, Leg(80, 80), Leg(-10, 60), FEET)), "two_supports_unlike"),
        (one_pose(KeyPose(10, Leg(90, 90), Leg(90, 90), ("seat", *FEET)), "seated"), "seat_or_floor_carries"),
    ],
)
def test_where_statics_does_not_settle_it_a_reason_is_given(shown: Figure, reason: str) -> None:
    assert moments_of(shown)[0] == NotComputed(reason)


def test_a_swing_is_not_a_held_pose() -> None:
    assert moments_of(standing(60, 80, 10), fast=True) == (NotComputed("moves_too_fast"),)


def test_a_weight_in_the_hands_is_said_to_come_on_top() -> None:
    shown = replace(standing(60, 75, 5), props=(Prop("weight", "hand"),))
    assert settled(shown).weight_not_counted
    assert not settled(standing(60, 75, 5)).weight_not_counted


def test_the_hardest_pose_of_a_nordic_is_the_lean_before_the_hands_help() -> None:
    found = hardest(moments_of(figure("nordic")))
    assert isinstance(found, Moments)
    assert found.way == "kneeling"
    assert found.knee_flexion > 0.07


def test_an_exercise_whose_hard_pose_is_open_has_no_number() -> None:
    assert isinstance(hardest(moments_of(figure("lunge"))), NotComputed)
    assert isinstance(hardest(moments_of(figure("sit_to_stand"))), NotComputed)
