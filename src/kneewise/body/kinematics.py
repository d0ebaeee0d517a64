"""Forward kinematics: from the angles of a key pose to points in space, standing on what carries it.

World axes, in shares of stature: x along the picture, y up, z towards the viewer. In the side view the
person faces +x and the working leg is the near one. In the front view the person faces the viewer and the
working side is the viewer's left; lying on the other side puts the head to the right and the working leg on
top. `mirrored` in the drawing turns the picture round; it does not change these numbers.

`place` moves the whole body up or down until its contacts lie on their surfaces: by their mean, so that a
small disagreement between them is shared and can be measured (`contact_gaps`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt

from kneewise.body import proportions as body
from kneewise.body.pose import Arm, Contact, Figure, KeyPose, Leg, contacts_of

Point = tuple[float, float, float]
Axes = tuple[Point, Point, Point]  # towards the front, the head, and the working side


@dataclass(frozen=True)
class Skeleton:
    """The points of one placed pose by name (`hip`, `knee2`, …), and the body's axes."""

    points: Mapping[str, Point]
    axes: Axes
    head_axis: Point
    foot_axes: Mapping[str, tuple[Point, Point]]  # per foot: towards the toes, towards the sole
    pose: KeyPose
    view: str

    def moved(self, dx: float, dy: float) -> Skeleton:
        """The same skeleton elsewhere."""
        points = {name: (x + dx, y + dy, z) for name, (x, y, z) in self.points.items()}
        return replace(self, points=points)


def along(start: Point, direction: Point, length: float) -> Point:
    """The point `length` from `start` in a direction of length one."""
    return (
        start[0] + direction[0] * length,
        start[1] + direction[1] * length,
        start[2] + direction[2] * length,
    )


def between(a: Point, b: Point, share: float) -> Point:
    """The point at a share of the way from a to b."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def distance(a: Point, b: Point) -> float:
    """Straight distance between two points."""
    return sqrt(sum((p - q) ** 2 for p, q in zip(a, b, strict=True)))


def _mix(axes: Axes, front: float, up: float, side: float) -> Point:
    a, u, w = axes
    return (
        a[0] * front + u[0] * up + w[0] * side,
        a[1] * front + u[1] * up + w[1] * side,
        a[2] * front + u[2] * up + w[2] * side,
    )


def _axes(view: str, trunk: float) -> Axes:
    t = radians(trunk)
    up = (sin(t), cos(t), 0.0)
    if view == "side":
        return (cos(t), -sin(t), 0.0), up, (0.0, 0.0, 1.0)
    return (0.0, 0.0, 1.0), up, (-cos(t), sin(t), 0.0)


def _leg(points: dict[str, Point], axes: Axes, leg: Leg, side: int, name: str) -> tuple[Point, Point]:
    """Add one leg's points; return the foot's axes. `side` is +1 for the working leg, `name` its suffix."""
    b = radians(leg.hip_abduction)

    def direction(angle: float) -> Point:  # in the leg's own plane, 0 is down along the body, + forward
        return _mix(axes, sin(angle) * cos(b), -cos(angle) * cos(b), side * sin(b))

    thigh, shank = radians(leg.hip), radians(leg.hip - leg.knee)
    foot = shank + radians(leg.ankle)
    points["knee" + name] = along(points["hip" + name], direction(thigh), body.THIGH)
    points["ankle" + name] = along(points["knee" + name], direction(shank), body.SHANK)
    return _mix(axes, cos(foot), sin(foot), 0.0), direction(foot)


def _foot(points: dict[str, Point], toes: Point, sole: Point, name: str) -> None:
    for part, (x, y, _) in (("heel", body.HEEL_DISC), ("toe", body.TOE_DISC)):
        points[part + name] = along(along(points["ankle" + name], toes, x), sole, -y)


def _lay_across(points: dict[str, Point], target: Point, lift: float) -> None:
    """Turn the working shin about its knee so that its far end rests on a point."""
    goal = (target[0], target[1] + lift, target[2] + 0.02)
    length = distance(points["knee"], goal)
    points["ankle"] = between(points["knee"], goal, body.SHANK / length)


def reshape(pose: KeyPose, view: str = "side", orientation: str = "standing") -> Skeleton:
    """The points of a pose with the middle of the pelvis at the origin, not yet on the ground."""
    axes = _axes(view, pose.trunk)
    up, side = axes[1], axes[2]
    points: dict[str, Point] = {"pelvis": (0.0, 0.0, 0.0)}
    points["neck"] = along(points["pelvis"], up, body.TRUNK)
    feet: dict[str, tuple[Point, Point]] = {}
    for leg, sign, name in ((pose.working, 1, ""), (pose.other, -1, "2")):
        points["hip" + name] = along(points["pelvis"], side, sign * body.HIP_HALF_WIDTH)
        feet[name] = _leg(points, axes, leg, sign, name)
    if "ankle_on_knee2" in pose.contacts:
        _lay_across(points, between(points["knee2"], points["hip2"], 0.12), 0.05)
    if "heel_on_heel2" in pose.contacts:
        _lay_across(points, points["ankle2"], 0.045)
    for name, (toes, sole) in feet.items():
        _foot(points, toes, sole, name)
    for arm, sign, name in ((pose.arms[0], 1, ""), (pose.arms[1], -1, "2")):
        points["shoulder" + name] = along(points["neck"], side, sign * body.SHOULDER_HALF_WIDTH)
        _arm(points, axes, arm, sign, name, view)
    head_axis = _head_axis(pose, view, up, orientation)
    points["head"] = along(points["neck"], head_axis, body.HEAD_CENTRE)
    return Skeleton(points, axes, head_axis, feet, pose, view)


def _arm(points: dict[str, Point], axes: Axes, arm: Arm, sign: int, name: str, view: str) -> None:
    raised, bent = (
        radians(arm.shoulder),
        radians(arm.shoulder + (arm.elbow if view == "side" else -arm.elbow)),
    )

    def direction(angle: float) -> Point:
        if view == "side":
            return _mix(axes, sin(angle), -cos(angle), 0.0)
        return _mix(axes, 0.0, -cos(angle), sign * sin(angle))

    points["elbow" + name] = along(points["shoulder" + name], direction(raised), body.UPPER_ARM)
    points["wrist" + name] = along(points["elbow" + name], direction(bent), body.FOREARM)
    points["hand" + name] = along(points["wrist" + name], direction(bent), body.GRIP)


def _head_axis(pose: KeyPose, view: str, up: Point, orientation: str) -> Point:
    """Where the head points: along the trunk, lying flat when the shoulders lie, eyes ahead in a bend."""
    if view == "front":
        return up
    rests = any(c.part in ("shoulder", "head") and c.surface == "floor" for c in contacts_of(pose))
    if rests and orientation in ("supine", "prone", "other"):
        nose = 0.012 if pose.trunk > 0 else 0.0
        rise = asin((body.HEAD_RADIUS + nose - body.SHOULDER_DEPTH) / body.HEAD_CENTRE)
        return (cos(rise) * (1.0 if pose.trunk > 0 else -1.0), sin(rise), 0.0)
    lean = pose.trunk
    if 15.0 < lean <= 90.0 and orientation in ("standing", "seated", "kneeling", "long_sitting"):
        lean -= 0.2 * (lean - 15.0)
    elif lean < -90.0:
        lean = -90.0
    return (sin(radians(lean)), cos(radians(lean)), 0.0)


# How far a part's surface lies below the point that stands for it.
_DEPTHS = {
    "heel": body.HEEL_DISC[2],
    "toe": body.TOE_DISC[2],
    "knee": body.KNEE_DEPTH,
    "ankle": body.ANKLE_DEPTH,
    "pelvis": body.PELVIS_DEPTH,
    "seat": body.PELVIS_DEPTH,
    "shoulder": body.SHOULDER_DEPTH,
    "head": body.HEAD_RADIUS,
    "elbow": body.ELBOW_DEPTH,
    "hand": body.HAND_DEPTH,
}


def contact_heights(skeleton: Skeleton, contact: Contact) -> tuple[float, ...]:
    """Height of the body's surface at a contact: two numbers for a flat foot and for lying on the side."""
    p, end = skeleton.points, "2" if contact.other else ""
    match contact.part:
        case "foot":
            return tuple(p[part + end][1] - _DEPTHS[part] for part in ("heel", "toe"))
        case "side":
            return (p["pelvis"][1] - body.PELVIS_SIDE, p["neck"][1] - body.SHOULDER_SIDE)
        case "thigh":
            return (between(p["hip" + end], p["knee" + end], 0.5)[1] - 0.047,)
        case "shin":
            return (between(p["knee" + end], p["ankle" + end], 0.5)[1] - 0.030,)
        case "shoulder" | "pelvis" | "seat":
            centre = p["neck"] if contact.part == "shoulder" else p["pelvis"]
            return (centre[1] - _DEPTHS[contact.part],)
        case part:
            return (p[part + end if part != "head" else part][1] - _DEPTHS[part],)


def _fixing(pose: KeyPose) -> tuple[Contact, ...]:
    """The contacts that fix the height: those on the floor or a known surface, a seat only if alone."""
    known = [c for c in contacts_of(pose) if c.height is not None]
    solid = tuple(c for c in known if c.part != "seat")
    return solid or tuple(known)


def place(figure: Figure, pose: KeyPose, seat_height: float = 0.0) -> Skeleton:
    """The pose's points with its contacts on their surfaces and the pelvis at x = 0."""
    skeleton = reshape(pose, figure.view, figure.orientation)
    gaps = [
        height - ((contact.height or 0.0) if contact.part != "seat" else seat_height)
        for contact in _fixing(pose)
        for height in contact_heights(skeleton, contact)
    ]
    return skeleton.moved(0.0, -sum(gaps) / len(gaps)) if gaps else skeleton


def seat_height_of(figure: Figure) -> float:
    """Height of the seat: under the pelvis of the first seated pose whose feet reach the floor, else 0.24."""
    for pose in figure.poses:
        contacts = contacts_of(pose)
        if any(c.part == "seat" for c in contacts) and any(
            c.part in ("foot", "toe", "heel") for c in contacts
        ):
            return place(figure, pose).points["pelvis"][1] - body.PELVIS_DEPTH
    return 0.24


def place_all(figure: Figure) -> tuple[Skeleton, ...]:
    """Every key pose on its surfaces, shifted so that what they share as first contact stays where it is."""
    seat = seat_height_of(figure)
    placed = [place(figure, pose, seat) for pose in figure.poses]
    for index in range(1, len(placed)):
        before, after = placed[index - 1], placed[index]
        anchor = _anchor(before.pose, after.pose)
        dx = before.points[anchor][0] - after.points[anchor][0]
        placed[index] = after.moved(dx, 0.0)
    return tuple(placed)


def _anchor(before: KeyPose, after: KeyPose) -> str:
    """The point that does not travel between two poses: their first common contact, else the pelvis."""
    later = {(c.part, c.other) for c in contacts_of(after)}
    feet = {(c.other) for c in contacts_of(after) if c.part in ("foot", "toe", "heel")}
    for contact in contacts_of(before):
        end = "2" if contact.other else ""
        if contact.part in ("foot", "toe", "heel") and contact.other in feet:
            both = {contact.part, *(c.part for c in contacts_of(after) if c.other == contact.other)}
            return ("heel" if both == {"heel", "foot"} else "toe") + end
        if (contact.part, contact.other) in later:
            named = {
                "seat": "pelvis",
                "side": "pelvis",
                "shoulder": "neck",
                "head": "head",
                "pelvis": "pelvis",
            }
            named |= {"thigh": "knee" + end, "shin": "ankle" + end}
            return named.get(contact.part, contact.part + end)
    return "pelvis"


def contact_gaps(figure: Figure, skeleton: Skeleton, seat_height: float | None = None) -> dict[str, float]:
    """How far each contact is from its surface (share of stature, + floats, - sinks in), by its word."""
    seat = seat_height_of(figure) if seat_height is None else seat_height
    gaps: dict[str, float] = {}
    for word, contact in zip(
        [w for w in skeleton.pose.contacts if "_on_" not in w], contacts_of(skeleton.pose), strict=True
    ):
        if contact.height is None:
            continue
        surface = seat if contact.part == "seat" else contact.height
        gaps[word] = max((h - surface for h in contact_heights(skeleton, contact)), key=abs)
    return gaps


def blend(before: KeyPose, after: KeyPose, share: float) -> KeyPose:
    """A pose between two key poses, angle by angle, slow at both ends; it keeps the later one's contacts."""
    s = share * share * (3.0 - 2.0 * share)

    def mix(a: float, b: float) -> float:
        return a + (b - a) * s

    def leg(a: Leg, b: Leg) -> Leg:
        return Leg(
            mix(a.hip, b.hip),
            mix(a.knee, b.knee),
            mix(a.ankle, b.ankle),
            mix(a.hip_abduction, b.hip_abduction),
        )

    def arm(a: Arm, b: Arm) -> Arm:
        return Arm(mix(a.shoulder, b.shoulder), mix(a.elbow, b.elbow))

    return KeyPose(
        trunk=mix(before.trunk, after.trunk),
        working=leg(before.working, after.working),
        other=leg(before.other, after.other),
        contacts=after.contacts,
        arms=(arm(before.arms[0], after.arms[0]), arm(before.arms[1], after.arms[1])),
        seconds=mix(before.seconds, after.seconds),
    )
