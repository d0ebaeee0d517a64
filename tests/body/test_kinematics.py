"""Forward kinematics: segments keep their length, contacts their surfaces, joints their limits."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
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
from kneewise.body.kinematics import (
    between_poses,
    blend,
    distance,
    place,
    place_all,
    reaching,
    reshape,
    seat_height_of,
    settled_by,
    two_bones,
)
from kneewise.body.pose import JOINT_LIMITS, parse_contact
from tests.body.shipped import IDS, figure

POSED = tuple(i for i in IDS if figure(i).poses)
ALLOWED_GAP = 0.021  # of stature: 3.5 cm of a tall person
SETTLED_BY = 20.0  # degrees that a knee or hip may be bent away from its data so that contacts hold

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


@pytest.mark.parametrize("exercise", POSED)
def test_what_is_drawn_stays_near_the_angles_of_the_data(exercise: str) -> None:
    shown = figure(exercise)
    for number, bones in enumerate(place_all(shown), start=1):
        for joint, degrees in settled_by(bones, shown).items():
            assert abs(degrees) <= SETTLED_BY, f"pose {number}: {joint} by {degrees:+.0f} degrees"


@pytest.mark.parametrize("exercise", POSED)
def test_the_head_is_never_in_the_floor(exercise: str) -> None:
    for number, bones in enumerate(place_all(figure(exercise)), start=1):
        low = bones.points["head"][1] - body.HEAD_RADIUS
        assert low > -0.005, f"pose {number}: the head lies {low:+.3f} in the floor"


@pytest.mark.parametrize("exercise", POSED)
def test_hands_are_at_what_they_hold(exercise: str) -> None:
    shown = figure(exercise)
    bones = place_all(shown)
    for number, one in enumerate(bones, start=1):
        for end, arm in (("", one.pose.arms[0]), ("2", one.pose.arms[1])):
            hand = one.points["hand" + end]
            if arm.to == "support":
                assert distance(hand, bones[0].points["hand" + end]) < 0.02, f"pose {number} lets go"
            if arm.to == "thigh_back":
                assert _beyond(hand, one.points["hip"], one.points["knee"]) < 0.09
            if arm.to == "ankle" and shown.view == "side":
                assert distance(hand, one.points["ankle"]) < 0.03
            if arm.to == "floor":
                assert hand[1] == pytest.approx(body.HAND_DEPTH, abs=0.01)


def _beyond(point: tuple, a: tuple, b: tuple) -> float:
    steps = [tuple(p + (q - p) * n / 20 for p, q in zip(a, b, strict=True)) for n in range(21)]
    return min(distance(point, s) for s in steps)


def test_two_bones_reach_and_bend_towards_the_pole() -> None:
    joint, end = two_bones((0, 0, 0), (1.0, 0, 0), (0.5, 1.0, 0), 0.7, 0.7)
    assert end == pytest.approx((1.0, 0, 0))
    assert joint[1] > 0, "bends to the pole's side"
    assert distance((0, 0, 0), joint) == pytest.approx(0.7)
    assert distance(joint, end) == pytest.approx(0.7)
    _, short = two_bones((0, 0, 0), (3.0, 0, 0), (0.5, 1.0, 0), 0.7, 0.7)
    assert short[0] == pytest.approx(1.4, abs=1e-3), "goes as far as it can"


def test_a_hand_out_of_reach_points_there() -> None:
    bones = reaching(reshape(STANDING), "", (9.0, 0.0, 0.0))
    assert distance(bones.points["shoulder"], bones.points["hand"]) == pytest.approx(
        body.UPPER_ARM + body.FOREARM + body.GRIP, abs=1e-3
    )


@pytest.mark.parametrize("exercise", POSED)
def test_planted_feet_stay_where_they_are_between_two_poses(exercise: str) -> None:
    shown = figure(exercise)
    bones = place_all(shown)
    for before, after in pairwise(bones):
        both = set(before.pose.contacts) & set(after.pose.contacts)
        for word, name in (("foot", "ankle"), ("foot2", "ankle2")):
            start, stop = before.points[name], after.points[name]
            if word not in both or distance(start, stop) > 0.01:
                continue
            middle = between_poses(shown, before, after, 0.5).points[name]
            assert distance(middle, start) < 0.03, f"{word} slides {distance(middle, start):.3f}"


@pytest.mark.parametrize("exercise", POSED)
def test_nothing_sinks_into_the_ground_between_two_poses(exercise: str) -> None:
    shown = figure(exercise)
    bones = place_all(shown)
    for before, after in pairwise(bones):
        for share in (0.25, 0.5, 0.75):
            for name, (x, y, z) in between_poses(shown, before, after, share).points.items():
                assert isfinite(x + y + z)
                assert y > -0.05, f"{name} at {share}: {y:.3f}"


def test_between_two_poses_meets_both() -> None:
    shown = figure("squat")
    a, b = place_all(shown)
    assert between_poses(shown, a, b, 0.0) is a
    assert between_poses(shown, a, b, 1.0) is b
    near = between_poses(shown, a, b, 0.999).points
    assert all(distance(near[n], b.points[n]) < 0.01 for n in near)


def test_points_scale_with_the_persons_stature() -> None:
    bones = place(Figure(poses=(STANDING,)), STANDING)
    small, tall = bones.in_metres(1.5), bones.in_metres(2.0)
    for name, point in small.items():
        assert tuple(4 / 3 * v for v in point) == pytest.approx(tall[name])
    assert distance(tall["hip"], tall["knee"]) == pytest.approx(2.0 * body.THIGH)


def test_the_neck_bends_the_head_and_else_it_follows_the_gaze() -> None:
    tucked = reshape(replace(STANDING, neck=30.0))
    assert tucked.points["head"][0] > tucked.points["neck"][0] + 0.03, "chin to the chest"
    bent = reshape(replace(STANDING, trunk=60.0))
    assert bent.head_axis[1] > bent.axes[1][1], "the eyes look ahead in a bend"


def test_arms_are_raised_sideways() -> None:
    for view in ("side", "front"):
        p = reshape(replace(STANDING, arms=(Arm(0, 0, 90), Arm(0, 0, 90))), view).points
        assert p["elbow"][1] == pytest.approx(p["shoulder"][1])
        assert distance(p["elbow"], p["elbow2"]) == pytest.approx(
            2 * (body.UPPER_ARM + body.SHOULDER_HALF_WIDTH)
        )


def test_the_other_direction_shows_the_same_body() -> None:
    bones = place_all(figure("step_down"))[-1]
    for where in ("side", "above"):
        turned = bones.seen_from(where)
        for a, b in (("hip", "knee"), ("neck", "pelvis"), ("ankle", "toe2")):
            assert distance(turned.points[a], turned.points[b]) == pytest.approx(
                distance(bones.points[a], bones.points[b])
            )
    assert bones.seen_from("side").points["toe"][0] > bones.seen_from("side").points["heel"][0], "faces right"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"neck": 90.0}, "neck is 90"),
        ({"arrow": "nose:up"}, "arrow 'nose:up'"),
        ({"arms": (Arm(to="moon"), Arm())}, "'moon'"),
        ({"arms": (Arm(abduction=-90), Arm())}, "abduction is -90"),
    ],
)
def test_what_cannot_be_is_named(change: dict, said: str) -> None:
    (wrong,) = check_figure(Figure(poses=(replace(STANDING, **change),)))
    assert said in wrong
