"""Forward kinematics: segments keep their length, contacts their surfaces, joints their limits."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

import pytest

from kneewise.body import (
    Arm,
    Figure,
    KeyPose,
    Leg,
    PoseError,
    check_figure,
    contact_gaps,
    figure_from_mapping,
)
from kneewise.body import proportions as body
from kneewise.body.kinematics import blend, distance, place, place_all, reshape, seat_height_of
from kneewise.body.pose import JOINT_LIMITS, parse_contact
from tests.body.shipped import IDS, figure

POSED = tuple(i for i in IDS if figure(i).poses)
ALLOWED_GAP = 0.08  # of stature

STANDING = KeyPose(trunk=0, working=Leg(0, 0), other=Leg(0, 0), contacts=("foot", "foot2"))


def test_standing_straight_has_the_height_of_the_segments() -> None:
    bones = place(Figure(poses=(STANDING,)), STANDING)
    assert bones.points["hip"][1] == pytest.approx(body.THIGH + body.SHANK + body.FOOT_HEIGHT)
    assert bones.points["neck"][1] == pytest.approx(0.818, abs=1e-9)
    assert bones.points["head"][1] + body.HEAD_RADIUS == pytest.approx(1.0)
    assert bones.points["toe"][0] > bones.points["heel"][0], "faces +x"


@pytest.mark.parametrize(
    ("trunk", "hip", "knee", "thigh", "shank"),
    [
        (0, 0, 0, (0, -1), (0, -1)),
        (0, 90, 90, (1, 0), (0, -1)),  # sitting
        (-90, 0, 0, (1, 0), (1, 0)),  # on the back, head to the left
        (-90, 90, 90, (0, 1), (1, 0)),
        (90, 0, 90, (-1, 0), (0, 1)),  # on the front, heel up
        (0, 0, 90, (0, -1), (-1, 0)),  # kneeling
    ],
)
def test_conventions(trunk: float, hip: float, knee: float, thigh: tuple, shank: tuple) -> None:
    p = reshape(replace(STANDING, trunk=trunk, working=Leg(hip, knee))).points
    for a, b, length, expected in (("hip", "knee", body.THIGH, thigh), ("knee", "ankle", body.SHANK, shank)):
        assert tuple((p[b][i] - p[a][i]) / length for i in (0, 1)) == pytest.approx(expected, abs=1e-9)


def test_arms_hang_and_reach_forward() -> None:
    p = reshape(replace(STANDING, arms=(Arm(0, 0), Arm(90, 90)))).points
    assert p["wrist"][1] == pytest.approx(p["shoulder"][1] - body.UPPER_ARM - body.FOREARM)
    assert p["elbow2"][0] == pytest.approx(p["shoulder2"][0] + body.UPPER_ARM)
    assert p["wrist2"][1] == pytest.approx(p["elbow2"][1] + body.FOREARM)


@pytest.mark.parametrize("exercise", POSED)
def test_segment_lengths_are_kept(exercise: str) -> None:
    for bones in place_all(figure(exercise)):
        for end in ("", "2"):
            p = bones.points
            assert distance(p["hip" + end], p["knee" + end]) == pytest.approx(body.THIGH)
            assert distance(p["knee" + end], p["ankle" + end]) == pytest.approx(body.SHANK)
            assert distance(p["shoulder" + end], p["elbow" + end]) == pytest.approx(body.UPPER_ARM)
            assert distance(p["elbow" + end], p["wrist" + end]) == pytest.approx(body.FOREARM)
        assert distance(bones.points["pelvis"], bones.points["neck"]) == pytest.approx(body.TRUNK)


@pytest.mark.parametrize("exercise", POSED)
def test_contacts_lie_on_their_surfaces(exercise: str) -> None:
    shown = figure(exercise)
    seat = seat_height_of(shown)
    for number, bones in enumerate(place_all(shown), start=1):
        for word, gap in contact_gaps(shown, bones, seat).items():
            assert abs(gap) <= ALLOWED_GAP, f"pose {number}: {word} is {gap:+.3f} of stature off"


@pytest.mark.parametrize("exercise", POSED)
def test_nothing_sinks_into_the_ground(exercise: str) -> None:
    for number, bones in enumerate(place_all(figure(exercise)), start=1):
        for name, (x, y, z) in bones.points.items():
            assert isfinite(x + y + z)
            assert y > -0.03, f"pose {number}: {name} lies {y:.3f} below the ground"


@pytest.mark.parametrize("exercise", POSED)
def test_joints_stay_within_their_limits(exercise: str) -> None:
    assert check_figure(figure(exercise)) == ()


def test_a_joint_beyond_its_limit_is_named() -> None:
    wrong = check_figure(Figure(poses=(replace(STANDING, working=Leg(0, 200)),)))
    assert len(wrong) == 1
    assert "working.knee is 200" in wrong[0]
    assert str(JOINT_LIMITS["knee"][1])[:3] in wrong[0]


@pytest.mark.parametrize("word", ["foot", "foot2", "foot@0.12", "hand@wall", "heel!down", "ankle!forward"])
def test_contact_words_are_read(word: str) -> None:
    assert parse_contact(word) is not None


def test_an_unknown_contact_is_refused() -> None:
    with pytest.raises(PoseError, match="tail"):
        parse_contact("tail")


def test_what_is_pressed_in_the_air_does_not_fix_the_height() -> None:
    assert parse_contact("ankle!forward").height is None
    assert parse_contact("heel!down").height == 0.0


def test_blend_meets_both_ends() -> None:
    later = replace(STANDING, trunk=40, working=Leg(50, 20))
    assert blend(STANDING, later, 0.0).working == STANDING.working
    assert blend(STANDING, later, 1.0).working == later.working
    assert blend(STANDING, later, 0.5).trunk == pytest.approx(20)


def test_one_arm_is_not_enough() -> None:
    pose = {
        "trunk": 0,
        "working": {"hip": 0, "knee": 0},
        "other": {"hip": 0, "knee": 0},
        "contacts": ["foot"],
    }
    with pytest.raises(PoseError, match="two arms"):
        figure_from_mapping({"orientation": "standing", "poses": [{**pose, "arms": [{}]}]})
