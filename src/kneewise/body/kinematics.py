"""Forward kinematics: from the angles of a key pose to points in space, standing on what carries it.

World axes, in shares of stature: x along the picture, y up, z towards the viewer. In the side view the
person faces +x and the working leg is the near one. In the front view the person faces the viewer and the
working side is the viewer's left; lying on the other side puts the head to the right and the working leg on
top. `mirrored` in the drawing turns the picture round; it does not change these numbers.

`place` moves the whole body up or down until its contacts lie on their surfaces, then bends knees and elbows
by the little that is missing (two-bone inverse kinematics, the pose saying which way they point): feet stand
flat, hands hold what they hold. `settled_by` tells how far that moved a leg from the pose's angles.
`between_poses` gives the moments between two key poses, feet and hands staying where they are planted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import acos, asin, cos, degrees, radians, sin, sqrt

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

    def in_metres(self, stature: float) -> Mapping[str, Point]:
        """The points for a person of that stature (m), in metres."""
        return {name: (x * stature, y * stature, z * stature) for name, (x, y, z) in self.points.items()}

    def seen_from(self, where: str) -> Skeleton:
        """The same moment of a front view seen from the working `side` or from `above`, as a side view."""

        def turn(p: Point) -> Point:
            return (p[2], p[1], -p[0]) if where == "side" else (p[0], -p[2], p[1])

        return replace(
            self,
            points={name: turn(p) for name, p in self.points.items()},
            axes=(turn(self.axes[0]), turn(self.axes[1]), turn(self.axes[2])),
            head_axis=turn(self.head_axis),
            foot_axes={end: (turn(a), turn(b)) for end, (a, b) in self.foot_axes.items()},
            view="side",
        )


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
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    return sqrt(x * x + y * y + z * z)


def _mix(axes: Axes, front: float, up: float, side: float) -> Point:
    a, u, w = axes
    return (
        a[0] * front + u[0] * up + w[0] * side,
        a[1] * front + u[1] * up + w[1] * side,
        a[2] * front + u[2] * up + w[2] * side,
    )


def _axes(view: str, trunk: float, lean: float = 0.0) -> Axes:
    t, forward = radians(trunk), radians(lean)
    up = (sin(t), cos(t), 0.0)
    if view == "side":
        return (cos(t), -sin(t), 0.0), up, (0.0, 0.0, 1.0)
    tall, deep = cos(forward), sin(forward)
    up, front = (up[0] * tall, up[1] * tall, deep), (-up[0] * deep, -up[1] * deep, tall)
    return front, up, (-cos(t), sin(t), 0.0)


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
    axes = _axes(view, pose.trunk, pose.lean)
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
    head_axis = _head_axis(pose, view, axes, orientation)
    # From ahead the shoulders hide the foot of the neck when standing; lying on the side they do not.
    neck = body.HEAD_CENTRE - (0.018 if view == "front" and abs(pose.trunk) > 40.0 else 0.0)
    points["head"] = along(points["neck"], head_axis, neck)
    return Skeleton(points, axes, head_axis, feet, pose, view)


def _arm(points: dict[str, Point], axes: Axes, arm: Arm, sign: int, name: str, view: str) -> None:
    raised, out, bent = radians(arm.shoulder), radians(arm.abduction), radians(arm.elbow)

    def direction(forward: float, sideways: float) -> Point:
        return _mix(axes, sin(forward) * cos(sideways), -cos(forward) * cos(sideways), sign * sin(sideways))

    upper = direction(raised, out)
    fore = direction(raised + bent, out) if view == "side" else direction(raised, out - bent)
    points["elbow" + name] = along(points["shoulder" + name], upper, body.UPPER_ARM)
    points["wrist" + name] = along(points["elbow" + name], fore, body.FOREARM)
    points["hand" + name] = along(points["wrist" + name], fore, body.GRIP)


def _head_axis(pose: KeyPose, view: str, axes: Axes, orientation: str) -> Point:
    """Where the head points: as the neck says, flat when the shoulders lie, else eyes ahead in a bend."""
    _front, up, side = axes
    if view == "front":
        tilt = radians(pose.neck or 0.0)
        return (
            up[0] * cos(tilt) - side[0] * sin(tilt),
            up[1] * cos(tilt) - side[1] * sin(tilt),
            up[2] * cos(tilt) - side[2] * sin(tilt),
        )
    if pose.neck is not None:
        lean = radians(pose.trunk + pose.neck)
        return (sin(lean), cos(lean), 0.0)
    rests = any(c.part in ("shoulder", "head") and c.surface == "floor" for c in contacts_of(pose))
    if rests and orientation in ("supine", "prone", "other"):
        # On the front the forehead lies on the hands.
        raised = 0.030 if pose.trunk > 0 else 0.0
        rise = asin((body.HEAD_RADIUS + raised - body.SHOULDER_DEPTH) / body.HEAD_CENTRE)
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


_LIMBS = ("foot", "heel", "toe", "hand")  # what knees and elbows can still bring to its surface
_TRUNK = ("pelvis", "shoulder", "side", "knee", "head", "thigh", "shin")


def _surface(contact: Contact, seat_height: float) -> float:
    return seat_height if contact.part == "seat" and contact.height == 0.0 else (contact.height or 0.0)


def _fixing(pose: KeyPose, seat_height: float) -> tuple[Contact, ...]:
    """The contacts that fix the height: trunk and knees before the limbs that can follow them."""
    known = [c for c in contacts_of(pose) if c.height is not None]
    trunk = [c for c in known if c.part in _TRUNK and c.press == ""]
    if trunk:
        return tuple(trunk)
    seated = [c for c in known if c.part == "seat"]
    if seated and seat_height:
        return tuple(seated)
    solid = [c for c in known if c.part != "seat"]
    if any(c.part == "elbow" for c in solid):
        solid = [c for c in solid if c.part != "foot"]
    return tuple(solid or known)


def place(figure: Figure, pose: KeyPose, seat_height: float = 0.0) -> Skeleton:
    """The pose's points with its contacts on their surfaces and the pelvis at x = 0."""
    skeleton = reshape(pose, figure.view, figure.orientation)
    return settle(_lowered(skeleton, seat_height))


def _lowered(skeleton: Skeleton, seat_height: float) -> Skeleton:
    gaps = [
        height - _surface(contact, seat_height)
        for contact in _fixing(skeleton.pose, seat_height)
        for height in contact_heights(skeleton, contact)
    ]
    return skeleton.moved(0.0, -sum(gaps) / len(gaps)) if gaps else skeleton


def two_bones(start: Point, goal: Point, pole: Point, upper: float, lower: float) -> tuple[Point, Point]:
    """Joint and end of two bones that reach from `start` to `goal`, bending towards `pole`.

    A goal out of reach is approached as far as the bones go.
    """
    sx, sy, sz = start
    ax, ay, az = goal[0] - sx, goal[1] - sy, goal[2] - sz
    whole = sqrt(ax * ax + ay * ay + az * az)
    reach = min(max(whole, abs(upper - lower) + 1e-6), (upper + lower) * 0.99999)
    if whole > 1e-9:
        ax, ay, az = ax / whole, ay / whole, az / whole
    else:
        ax, ay, az = 0.0, -1.0, 0.0
    share = (reach * reach + upper * upper - lower * lower) / (2 * reach)
    height = sqrt(max(upper * upper - share * share, 0.0))
    ox, oy, oz = pole[0] - sx, pole[1] - sy, pole[2] - sz
    dot = ax * ox + ay * oy + az * oz
    cx, cy, cz = ox - dot * ax, oy - dot * ay, oz - dot * az
    size = sqrt(cx * cx + cy * cy + cz * cz)
    if size < 1e-6:
        cx, cy, cz = -ay, ax, 0.0
        size = sqrt(cx * cx + cy * cy) or 1.0
    rise = height / size
    joint = (sx + ax * share + cx * rise, sy + ay * share + cy * rise, sz + az * share + cz * rise)
    return joint, (sx + ax * reach, sy + ay * reach, sz + az * reach)


def settle(
    skeleton: Skeleton,
    support: Mapping[str, Point] | None = None,
    planted: Mapping[str, Point] | None = None,
) -> Skeleton:
    """Bring feet and hands to their surfaces and hands to what they hold, by bending knees and elbows.

    `support` is where the hands hold on; `planted` where ankles and hands (`ankle2`, `hand`) stay.
    """
    points, feet = dict(skeleton.points), dict(skeleton.foot_axes)
    pinned = planted or {}
    kneels = {c.other for c in contacts_of(skeleton.pose) if c.part == "knee" and c.height is not None}
    for contact in contacts_of(skeleton.pose):
        end = "2" if contact.other else ""
        if contact.part in ("foot", "heel", "toe") and contact.height is not None:
            if contact.other in kneels and contact.part == "toe":
                _tuck(points, feet, end)
            elif contact.other not in kneels or contact.part == "foot":
                _stand(points, feet, contact, end, pinned.get("ankle" + end))
        elif contact.part == "hand" and contact.height is not None:
            x, _, z = points["hand" + end]
            goal = (x, contact.height + body.HAND_DEPTH, z)
            _reach(points, end, pinned.get("hand" + end, goal))
    done = replace(skeleton, points=points, foot_axes=feet)
    for end, arm in (("", skeleton.pose.arms[0]), ("2", skeleton.pose.arms[1])):
        if arm.to == "support" and support:
            _reach(points, end, support["hand" + end])
        elif arm.to == "ahead":  # the forearm on the ground, away from the chest
            # Slanting, so that the bend of the elbow is seen from ahead.
            front = skeleton.axes[0]
            way = (front[0] + 0.85, 0.0, front[2]) if skeleton.view == "front" else front
            size = distance(way, (0.0, 0.0, 0.0))
            way = (way[0] / size, way[1] / size, way[2] / size)
            points["wrist" + end] = along(points["elbow" + end], way, body.FOREARM)
            points["hand" + end] = along(points["wrist" + end], way, body.GRIP)
        elif arm.to and arm.to != "support":
            _reach(points, end, _held(done, arm.to, end))
    lowest = body.HEAD_RADIUS
    if skeleton.points["head"][1] < lowest and not any(c.part == "head" for c in contacts_of(skeleton.pose)):
        x, _, z = points["head"]
        points["head"] = (x, lowest, z)
    return done


def _stand(
    points: dict[str, Point],
    feet: dict[str, tuple[Point, Point]],
    contact: Contact,
    end: str,
    planted: Point | None,
) -> None:
    """Put a foot on its surface by the knee: flat for `foot`, else at the angle it has."""
    ankle, hip, knee = points["ankle" + end], points["hip" + end], points["knee" + end]
    surface = contact.height or 0.0
    if contact.part == "foot":
        toes = feet[end][0]
        flat = sqrt(toes[0] ** 2 + toes[2] ** 2) or 1.0
        feet[end] = ((toes[0] / flat, 0.0, toes[2] / flat), (0.0, -1.0, 0.0))
        goal = (ankle[0], surface + body.FOOT_HEIGHT, ankle[2])
    else:
        gap = points[contact.part + end][1] - _DEPTHS[contact.part] - surface
        goal = (ankle[0], ankle[1] - gap, ankle[2])
    if planted is not None:
        goal = (planted[0], goal[1], planted[2])
    points["knee" + end], points["ankle" + end] = two_bones(hip, goal, knee, body.THIGH, body.SHANK)
    _foot(points, *feet[end], end)


def _tuck(points: dict[str, Point], feet: dict[str, tuple[Point, Point]], end: str) -> None:
    """Turn the foot of a kneeling leg about its ankle until the toes touch the ground."""
    ankle = points["ankle" + end]
    toe_x, toe_y = body.TOE_DISC[0], body.TOE_DISC[1]
    size, drop = sqrt(toe_x**2 + toe_y**2), body.TOE_DISC[2] - ankle[1]
    turn = asin(max(min(drop / size, 1.0), -1.0))  # of the line from ankle to toes, from level
    rest = asin(toe_y / size)
    # Toes point back (-x), the sole up: the foot's own line is mirrored, so its rest angle adds.
    angle = turn + rest
    feet[end] = ((-cos(angle), sin(angle), 0.0), (sin(angle), cos(angle), 0.0))
    _foot(points, *feet[end], end)


def reaching(skeleton: Skeleton, end: str, goal: Point) -> Skeleton:
    """The same skeleton with one hand (`end` is empty or 2) brought to a point, as far as it goes."""
    points = dict(skeleton.points)
    _reach(points, end, goal)
    return replace(skeleton, points=points)


def _reach(points: dict[str, Point], end: str, goal: Point) -> None:
    elbow, hand = two_bones(
        points["shoulder" + end], goal, points["elbow" + end], body.UPPER_ARM, body.FOREARM + body.GRIP
    )
    points["elbow" + end], points["hand" + end] = elbow, hand
    points["wrist" + end] = between(elbow, hand, body.FOREARM / (body.FOREARM + body.GRIP))


def _held(skeleton: Skeleton, name: str, end: str) -> Point:
    """The place on the body that a hand holds; `end` is the hand's own side."""
    p, (front, up, side) = skeleton.points, skeleton.axes
    sign = 1.0 if end == "" else -1.0

    def at(origin: Point, ahead: float, above: float, out: float) -> Point:
        q = along(along(origin, front, ahead), up, above)
        return along(q, side, sign * out)

    leg = "2" if name.endswith("2") else ""
    part = name.removesuffix("2")
    hip, knee, ankle = p["hip" + leg], p["knee" + leg], p["ankle" + leg]
    mine = p["hip" + end], p["knee" + end]
    match part:
        case "hip":
            return at(p["pelvis"], 0.035, 0.075, 0.082)
        case "belly":
            return at(p["pelvis"], 0.075, 0.12, 0.02)
        case "chest":
            return at(p["neck"], 0.075, -0.055, -0.06)
        case "nape":
            return at(p["neck"], -0.075, 0.035, 0.0)
        case "low_back":
            return at(p["pelvis"], -0.085, 0.055, 0.0)
        case "forehead":
            return (p["head"][0] + 0.02, body.HAND_DEPTH, sign * 0.02)
        case "together":  # both hands on one thing in front of the body
            shoulder = p["shoulder"], p["shoulder2"]
            hands = p["hand"], p["hand2"]
            middle = between(*hands, 0.5)
            return along((middle[0], middle[1], between(*shoulder, 0.5)[2]), side, sign * 0.012)
        case "thighs":  # each hand on its own thigh
            return _beside(*mine, 0.62, 0.052)
        case "thigh":
            return _beside(hip, knee, 0.62, 0.055)
        case "thigh_back":
            x, y, z = _beside(hip, knee, 0.60, -0.052)
            return (x, y, z + sign * 0.025)
        case "knee":
            return _beside(hip, knee, 0.93, 0.045)
        case "knee_back":
            x, y, z = _beside(hip, knee, 0.90, -0.045)
            return (x, y, z + sign * 0.025)
        case "shin":
            return _beside(knee, ankle, 0.45, 0.042)
        case "ankle":
            return between(knee, ankle, 0.97)
        case "foot" | "toe":
            return p["toe" + leg]
        case "strap":  # as near to the foot as the arms comfortably go
            mine_up, toe = p["shoulder" + end], p["toe" + leg]
            return between(mine_up, toe, min(0.27 / distance(mine_up, toe), 0.9))
        case _:
            x, _, z = p["hand" + end]
            return (x, body.HAND_DEPTH, z)


def _beside(a: Point, b: Point, share: float, off: float) -> Point:
    """A point off a segment, in front of it for one that hangs from a to b (side view's plane)."""
    length = sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) or 1.0
    x, y, z = between(a, b, share)
    return (x - (b[1] - a[1]) / length * off, y + (b[0] - a[0]) / length * off, z)


def _bend(a: Point, b: Point, c: Point) -> float:
    u, v = tuple(q - p for p, q in zip(a, b, strict=True)), tuple(q - p for p, q in zip(b, c, strict=True))
    dot = sum(p * q for p, q in zip(u, v, strict=True)) / (distance(a, b) * distance(b, c))
    return degrees(acos(max(min(dot, 1.0), -1.0)))


def settled_by(skeleton: Skeleton, figure: Figure) -> dict[str, float]:
    """By how many degrees settling bent each hip and knee away from the pose's own angles."""
    own, p = reshape(skeleton.pose, figure.view, figure.orientation).points, skeleton.points
    moved: dict[str, float] = {}
    for end in ("", "2"):
        knees = [_bend(q["hip" + end], q["knee" + end], q["ankle" + end]) for q in (own, p)]
        hips = [_bend(q["neck"], q["pelvis"], along(q["pelvis"], _toward(q, end), 1.0)) for q in (own, p)]
        moved["knee" + end], moved["hip" + end] = knees[1] - knees[0], hips[1] - hips[0]
    return moved


def _toward(points: Mapping[str, Point], end: str) -> Point:
    hip, knee = points["hip" + end], points["knee" + end]
    return (knee[0] - hip[0], knee[1] - hip[1], knee[2] - hip[2])


@lru_cache(maxsize=256)
def seat_height_of(figure: Figure) -> float:
    """Height of the seat: under the pelvis of the first seated pose whose feet reach the floor, else 0.24."""
    for pose in figure.poses:
        contacts = contacts_of(pose)
        feet = [c for c in contacts if c.part in ("foot", "toe", "heel") and c.height is not None]
        if feet and any(c.part == "seat" for c in contacts):
            skeleton = reshape(pose, figure.view, figure.orientation)
            gaps = [h - (c.height or 0.0) for c in feet for h in contact_heights(skeleton, c)]
            return -sum(gaps) / len(gaps) - body.PELVIS_DEPTH
    return 0.24


def place_all(figure: Figure) -> tuple[Skeleton, ...]:
    """Every key pose on its surfaces, shifted so that what they share as first contact stays where it is."""
    seat = seat_height_of(figure)
    placed = [_lowered(reshape(pose, figure.view, figure.orientation), seat) for pose in figure.poses]
    held = {name: placed[0].points[name] for name in ("hand", "hand2")} if placed else {}
    settled: list[Skeleton] = []
    for index, one in enumerate(placed):
        if not index:
            settled.append(settle(one, held))
            continue
        before = settled[-1]
        anchor = _anchor(before.pose, one.pose)
        dx = before.points[anchor][0] - one.points[anchor][0]
        moved = one.moved(dx, 0.0)
        settled.append(settle(moved, held, _still_planted(before, moved)))
    return tuple(settled)


_A_STEP = 0.07  # of stature: a foot that is nearer to where it was has not been moved


def _still_planted(before: Skeleton, after: Skeleton) -> dict[str, Point]:
    """The ankles of flat feet that stand where they stood."""
    flat = {c for c in before.pose.contacts if c.startswith("foot")} & set(after.pose.contacts)
    spots = {}
    for word in flat:
        name = "ankle" + ("2" if word.startswith("foot2") else "")
        (x, _, z), now = before.points[name], after.points[name]
        if abs(now[0] - x) < _A_STEP and abs(now[2] - z) < _A_STEP:
            spots[name] = before.points[name]
    return spots


def between_poses(
    figure: Figure, before: Skeleton, after: Skeleton, share: float, held: Mapping[str, Point] | None = None
) -> Skeleton:
    """The moment at a share of the way between two placed poses: what both stand on stays planted."""
    if share <= 0.0 or share >= 1.0:
        return before if share <= 0.0 else after
    s = share * share * (3.0 - 2.0 * share)
    pose = blend(before.pose, after.pose, share)
    words = set(before.pose.contacts)
    shared = tuple(c for c in after.pose.contacts if c in words)
    pose = replace(pose, contacts=shared)
    loose = reshape(pose, figure.view, figure.orientation)
    pelvis = between(before.points["pelvis"], after.points["pelvis"], s)
    trunk = [c for c in contacts_of(pose) if c.part in (*_TRUNK, "foot", "toe", "heel") and c.press == ""]
    if trunk and any(c.height is not None for c in trunk):
        anchor = _anchor(pose, pose)
        now = _lowered(loose, seat_height_of(figure) if "seat" in shared else 0.0)
        goal = between(before.points[anchor], after.points[anchor], s)
        loose = now.moved(goal[0] - now.points[anchor][0], 0.0)
        if not any(c.part in _TRUNK for c in trunk):
            loose = loose.moved(0.0, 0.5 * (pelvis[1] - loose.points["pelvis"][1]))
    else:
        loose = loose.moved(pelvis[0], pelvis[1])
    planted = {n: between(before.points[n], after.points[n], s) for n in ("ankle", "ankle2", "hand", "hand2")}
    return settle(loose, held, planted)


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
        surface = _surface(contact, seat)
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
        return Arm(
            mix(a.shoulder, b.shoulder),
            mix(a.elbow, b.elbow),
            mix(a.abduction, b.abduction),
            a.to if a.to == b.to else "",
        )

    return KeyPose(
        trunk=mix(before.trunk, after.trunk),
        working=leg(before.working, after.working),
        other=leg(before.other, after.other),
        contacts=after.contacts,
        arms=(arm(before.arms[0], after.arms[0]), arm(before.arms[1], after.arms[1])),
        seconds=mix(before.seconds, after.seconds),
        lean=mix(before.lean, after.lean),
        neck=None if before.neck is after.neck is None else mix(before.neck or 0.0, after.neck or 0.0),
    )
