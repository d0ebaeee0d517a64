"""Things in the picture: what one lies, sits or stands on, leans against, holds or pulls.

Where a thing stands follows from the pose: `at` (and `to` for bands, straps and sticks) name a point of the
body (`hand`, `foot2`, `knee`, `seat`, `back`, `front`, …). Furniture is placed once, from the first pose
that touches it, so that it stays where it is from panel to panel.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

from kneewise.body import proportions as body
from kneewise.body.body_shape import draw_body
from kneewise.body.canvas import STATURE, Canvas, Page, capsule, disc, polygon
from kneewise.body.kinematics import Point, Skeleton, between, distance, place, reaching, seat_height_of
from kneewise.body.pose import Arm, Figure, KeyPose, Leg, PoseError, Prop, contacts_of

BEHIND = (
    "mat",
    "wall",
    "chair",
    "bench",
    "box",
    "step",
    "ball",
    "slider",
    "roller",
    "towel",
    "pillow",
    "partner",
    "bike",
)
FLOOR = 0.0


def point(bones: Skeleton, name: str) -> Point:
    """A named point of the body that a thing is fixed to."""
    p = bones.points
    end = "2" if name.endswith("2") else ""
    base = name.removesuffix("2")
    if name in p:
        return p[name]
    match base:
        case "foot":
            return between(p["heel" + end], p["toe" + end], 0.8)
        case "sole":
            return between(p["heel" + end], p["toe" + end], 0.5)
        case "thigh":
            return between(p["hip" + end], p["knee" + end], 0.5)
        case "calf" | "shin":
            return between(p["knee" + end], p["ankle" + end], 0.45)
        case "seat":
            return p["pelvis"]
        case "back" | "shoulders":
            return p["neck"]
    raise PoseError(f"a prop is at {name!r}, which is no point of the body")


def _touching(bones: Sequence[Skeleton], part: str) -> Skeleton:
    """The first skeleton whose contacts name a part, else the first."""
    for one in bones:
        if any(c.part + ("2" if c.other else "") == part for c in contacts_of(one.pose)):
            return one
    return bones[0]


def _box(
    canvas: Canvas,
    x0: float,
    x1: float,
    y0: float,
    y1: float,
    css: str,
    depth: float = 0.0,
    aside: float = 0.0,
) -> None:
    """A rectangle in the picture plane, or a block with a visible top when it has depth."""
    if depth:
        near, far = aside + depth, aside - depth
        front = [canvas.project(q) for q in ((x0, y0, near), (x1, y0, near), (x1, y1, near), (x0, y1, near))]
        top = [canvas.project(q) for q in ((x0, y1, near), (x1, y1, near), (x1, y1, far), (x0, y1, far))]
        if canvas.view == "side":
            end = [canvas.project(q) for q in ((x1, y0, near), (x1, y1, near), (x1, y1, far), (x1, y0, far))]
            canvas.path(polygon(end), css + " shade")
        canvas.path(polygon(top), css + " light")
        corners = front + top
        canvas.path(polygon(front), css)
    else:
        corners = [canvas.flat(x, y) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
        canvas.path(polygon(corners), css)
    for c in corners:
        canvas.reach(c, 2)


def _span(bones: Sequence[Skeleton]) -> tuple[float, float]:
    xs = [q[0] for b in bones for q in b.points.values()]
    return min(xs), max(xs)


def _mat(canvas: Canvas, bones: Sequence[Skeleton]) -> None:
    x0, x1 = _span(bones)
    x0, x1 = x0 - 0.07, x1 + 0.07
    deep = 0.17 if canvas.view == "side" else 0.16
    corners = [(x0, deep), (x1, deep), (x1, -deep), (x0, -deep)]
    top = [canvas.project((x, FLOOR, z)) for x, z in corners]
    edge = [canvas.project((x, y, deep)) for x, y in ((x0, FLOOR), (x1, FLOOR), (x1, -0.016), (x0, -0.016))]
    canvas.path(polygon(edge), "mat shade")
    canvas.path(polygon(top), "mat")
    for c in (*top, *edge):
        canvas.reach(c, 2)


def mat_from_above(canvas: Canvas, figure: Figure, bones: Skeleton) -> None:
    """The mat under somebody who is seen from above."""
    if not any(prop.kind == "mat" for prop in figure.props):
        return
    xs, ys = [q[0] for q in bones.points.values()], [q[1] for q in bones.points.values()]
    x0, x1, y0, y1 = min(xs) - 0.10, max(xs) + 0.10, min(ys) - 0.09, max(ys) + 0.10
    corners = [canvas.flat(x, y) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
    canvas.path(polygon(corners), "mat")
    for c in corners:
        canvas.reach(c, 2)


def _wall(canvas: Canvas, bones: Sequence[Skeleton], prop: Prop) -> None:
    first = next((b for b in bones if any(c.surface == "wall" for c in contacts_of(b.pose))), bones[0])
    p = first.points
    if prop.at == "back":
        x, away = min(p["pelvis"][0] - body.PELVIS_DEPTH, p["neck"][0] - body.SHOULDER_DEPTH), -1.0
    elif prop.at in ("hand", "hand2", "foot", "foot2", "toe", "heel"):
        x, away = point(first, prop.at)[0] + 0.045, 1.0
        if prop.at.startswith("foot"):
            x = max(p["toe"][0], p["heel"][0]) + 0.02
    elif prop.at == "side":
        x, away = max(q[0] for q in p.values()) + 0.02, 1.0
    else:
        raise PoseError(f"a wall stands at back, hand, foot or side, not at {prop.at!r}")
    height = max(0.62, max(q[1] for b in bones for q in b.points.values()) + 0.09)
    depth = 0.0 if canvas.view == "front" else 0.15
    _box(canvas, min(x, x + away * 0.13), max(x, x + away * 0.13), FLOOR, height, "prop", depth)


def _chair(canvas: Canvas, figure: Figure, bones: Sequence[Skeleton], prop: Prop) -> None:
    if prop.at in ("seat", "seat_front", "behind"):
        sitting = _touching(bones, "seat")
        height = sitting.points["pelvis"][1] - body.PELVIS_DEPTH
        x = sitting.points["pelvis"][0]
        x0, x1 = (x - 0.10, x + 0.13) if prop.at == "seat" else (x - 0.17, x + 0.06)
        back, backrest = x0 + 0.012, height + 0.27
    elif prop.at in ("hand", "hand2"):
        x, y, _ = point(bones[0], prop.at)
        back, backrest, height = x, y - 0.012, 0.25
        x0, x1 = x - 0.012, x + 0.21
    elif prop.at in ("heel", "ankle", "foot"):
        x, y, _ = point(_touching(bones, prop.at), "heel")
        height = y - body.HEEL_DISC[2]
        x0, x1 = x - 0.10, x + 0.13
        back, backrest = x1 - 0.012, height + 0.25
    elif prop.at == "calf":
        x = point(bones[0], "calf")[0]
        height = min(point(bones[0], "calf")[1], point(bones[0], "ankle")[1]) - 0.030
        x0, x1 = x - 0.13, x + 0.17
        back, backrest = x1 - 0.012, height + 0.25
    else:
        raise PoseError(f"a chair stands at seat, seat_front, hand, heel or calf, not at {prop.at!r}")
    deep = 0.11
    aside = -0.24 if prop.to == "far" else 0.0  # stands on the far side of the person
    if aside:
        x0, x1, back = x0 - 0.02, x1 - 0.02, back - 0.02
    near, far = aside + deep, aside - deep
    for z in (far, near):
        for leg in (x0 + 0.012, x1 - 0.012):
            a, b = canvas.project((leg, FLOOR, z)), canvas.project((leg, height - 0.02, z))
            canvas.path(capsule(a, 2.4, b, 2.4), "prop")
            canvas.reach(a, 3)
    for z in (far, near):
        a, b = canvas.project((back, height - 0.02, z)), canvas.project((back, backrest, z))
        canvas.path(capsule(a, 2.4, b, 2.4), "prop")
        canvas.reach(b, 4)
    rest = [
        canvas.project(q)
        for q in (
            (back, backrest, near),
            (back, backrest, far),
            (back, backrest - 0.10, far),
            (back, backrest - 0.10, near),
        )
    ]
    canvas.path(polygon(rest), "prop light")
    _box(canvas, x0, x1, height - 0.022, height, "prop", deep, aside)


def _step(canvas: Canvas, bones: Sequence[Skeleton], prop: Prop) -> None:
    at = prop.at or "foot"
    for one in bones:
        for c in contacts_of(one.pose):
            name = c.part + ("2" if c.other else "")
            if c.surface == "step" and name in (at, at.replace("foot", "toe"), at.replace("foot", "heel")):
                end = "2" if c.other else ""
                if canvas.view == "front":
                    x = one.points["ankle" + end][0]
                    _box(canvas, x - 0.13, x + 0.055, FLOOR, c.height or 0.0, "prop", 0.16)
                    return
                if c.part == "hand":
                    x = one.points["hand" + end][0]
                    _box(canvas, x - 0.05, x + 0.20, FLOOR, c.height or 0.0, "prop", 0.13)
                    return
                x0, x1 = one.points["heel" + end][0], one.points["toe" + end][0]
                if c.part == "toe":  # only the front of the foot is on it
                    x0 = x1 - 0.045
                _box(
                    canvas,
                    min(x0, x1) - 0.03,
                    max(x0, x1) + (0.05 if c.part != "toe" else 0.12),
                    FLOOR,
                    c.height or 0.0,
                    "prop",
                    0.13,
                )
                return
    raise PoseError(f"a {prop.kind} at {at!r} needs a contact with its height, such as foot@0.1")


def _bench(canvas: Canvas, bones: Sequence[Skeleton], prop: Prop, props: Sequence[Prop]) -> None:
    if prop.at in ("shoulders", "back", ""):
        p = bones[-1].points["neck"]
        _box(canvas, p[0] - 0.24, p[0] + 0.075, FLOOR, p[1] - body.SHOULDER_DEPTH, "prop", 0.15)
    elif prop.at == "lying":
        lies = bones[0].points
        xs = (lies["knee"][0], lies["head"][0])
        _box(canvas, min(xs) - 0.03, max(xs) + 0.04, lies["pelvis"][1] - body.PELVIS_DEPTH - 0.05,
             lies["pelvis"][1] - body.PELVIS_DEPTH, "prop", 0.12)  # fmt: skip
        if any(prop.kind == "roller" for prop in props):  # a machine: grips for the hands
            hand = bones[0].points["hand"]
            canvas.line([canvas.flat(hand[0] - 0.09, lies["pelvis"][1] - body.PELVIS_DEPTH - 0.03),
                         canvas.project(hand)], "metal")  # fmt: skip
        for x in (min(xs) + 0.08, max(xs) - 0.12):
            ends = canvas.flat(x, FLOOR), canvas.flat(x, lies["pelvis"][1] - body.PELVIS_DEPTH - 0.05)
            canvas.path(capsule(ends[0], 4, ends[1], 4), "prop")
            canvas.reach(ends[0], 5)
    else:
        one = _touching(bones, "seat")
        x, y, _ = one.points["pelvis"]
        _box(canvas, x - 0.20, x + 0.13, FLOOR, y - body.PELVIS_DEPTH, "prop", 0.14)


_HELPER = KeyPose(
    trunk=42.0, working=Leg(92, 142, -40), other=Leg(92, 142, -40), contacts=("knee", "knee2", "toe", "toe2"),
    arms=(Arm(55, 10), Arm(55, 10)),
)  # fmt: skip


@functools.cache
def _kneeling_helper() -> Skeleton:
    return place(Figure(orientation="kneeling", poses=(_HELPER,)), _HELPER)


def _partner(canvas: Canvas, bones: Skeleton) -> None:
    """Somebody kneeling behind the ankles, both hands on them."""
    elements, (left, top, right, bottom) = _helper_at(
        bones.points["ankle"], bones.points["ankle2"], canvas.view, canvas.mirrored
    )
    canvas.elements.extend(elements)
    canvas.reach((left, top))
    canvas.reach((right, bottom))


@functools.lru_cache(maxsize=32)
def _helper_at(
    ankle: Point, ankle2: Point, view: str, mirrored: bool
) -> tuple[tuple[str, ...], tuple[float, float, float, float]]:
    """The helper's elements and their box; the same in every panel, because the ankles stay."""
    canvas = Canvas(view, mirrored)
    helper = _kneeling_helper()
    helper = helper.moved(ankle[0] - 0.19 - helper.points["neck"][0], 0.0)
    for end, (ax, ay, az) in (("", ankle), ("2", ankle2)):
        helper = reaching(helper, end, (ax - 0.015, ay + 0.028, az))
    draw_body(canvas, helper)
    elements = ('<g class="helper">', *canvas.elements, "</g>")
    return elements, (canvas.left, canvas.top, canvas.right, canvas.bottom)


def draw_behind(canvas: Canvas, figure: Figure, bones: Sequence[Skeleton], index: int) -> None:
    """Everything that stands behind or under the body, for one panel."""
    one = bones[index]
    order = {kind: n for n, kind in enumerate(BEHIND)}
    for prop in sorted((p for p in figure.props if p.kind in BEHIND), key=lambda p: order[p.kind]):
        match prop.kind:
            case "mat":
                _mat(canvas, bones)
            case "wall":
                _wall(canvas, bones, prop)
            case "chair":
                _chair(canvas, figure, bones, prop)
            case "bench":
                _bench(canvas, bones, prop, figure.props)
            case "box" if prop.at == "seat" and canvas.view == "front":
                x, _, _ = _touching(bones, "seat").points["pelvis"]
                _box(canvas, x - 0.17, x + 0.17, FLOOR, seat_height_of(figure), "prop", 0.10)
            case "box" if prop.at == "seat":
                sitting = _touching(bones, "seat")
                x, _, _ = sitting.points["pelvis"]
                _box(canvas, x - 0.22, x + 0.06, FLOOR, seat_height_of(figure), "prop", 0.12)
            case "box" | "step":
                _step(canvas, bones, prop)
            case "partner":
                _partner(canvas, one)
            case "roller" if prop.at in ("ankle", "ankle2"):
                pass  # the pad of a machine: drawn over the legs
            case "roller":
                # It rolls half as far as the body above it.
                rolled = 0.5 * (one.points["pelvis"][0] - bones[0].points["pelvis"][0])
                _small(canvas, bones[0].moved(rolled, 0.0), prop)
            case "pillow":
                _pillow(canvas, one, prop.at)
            case _:
                _small(canvas, one, prop)
    for prop in figure.props:
        if prop.kind == "weight" and prop.at == "hand2":
            _weight(canvas, one, prop)  # behind the body


def draw_thing(canvas: Canvas, bones: Skeleton, prop: Prop) -> None:
    """Draw one thing that the body carries: a weight, a stick, a slider or a machine's pad."""
    match prop.kind:
        case "weight":
            _weight(canvas, bones, prop)
        case "stick":
            _stick(canvas, bones, prop)
        case _:
            _small(canvas, bones, prop)


def _pillow(canvas: Canvas, bones: Skeleton, at: str) -> None:
    """A pillow under the head, or a cushion under the seat."""
    under = "pelvis" if at == "seat" else "head"
    x, y, z = bones.points[under]
    top = max(y - (body.PELVIS_DEPTH if at == "seat" else body.HEAD_RADIUS), 0.03)
    a, b = canvas.project((x - 0.05, top / 2, z)), canvas.project((x + 0.06, top / 2, z))
    canvas.path(capsule(a, top / 2 * STATURE + 2, b, top / 2 * STATURE + 2), "soft")
    canvas.reach(a, 14)
    canvas.reach(b, 14)


def _small(canvas: Canvas, bones: Skeleton, prop: Prop) -> None:
    """Ball, slider, roller and towel: they travel with the part that rests on them."""
    x, y, z = point(bones, prop.at)
    if prop.kind == "roller" and prop.at.startswith("ankle"):
        _machine_arm(canvas, bones)
        return
    if prop.kind == "slider":
        spots = [canvas.project((x + dx, FLOOR - 0.002, z)) for dx in (-0.075, 0.075)]
        canvas.path(capsule(spots[0], 2.6, spots[1], 2.6), "accent")
        for s in spots:
            canvas.reach(s, 5)
        return
    if prop.kind == "towel":
        below = {"knee": body.KNEE_DEPTH, "knee2": body.KNEE_DEPTH, "ankle": body.ANKLE_DEPTH}.get(
            prop.at, 0.02
        )
        size = max((y - below) / 2, 0.014)
        far, near = canvas.project((x, size, -0.10)), canvas.project((x, size, 0.15))
        canvas.path(capsule(far, size * STATURE + 1.5, near, size * STATURE + 1.5), "accent")
        canvas.path(disc(near, size * STATURE * 0.6), "soft")
        canvas.reach(near, size * STATURE + 3)
        return
    radius = (
        max(
            y
            - {"thigh": 0.047, "thigh2": 0.047, "calf": 0.032, "calf2": 0.032, "side": body.PELVIS_SIDE}.get(
                prop.at.rstrip("2"), 0.02
            ),
            0.03,
        )
        / 2
    )
    middle = canvas.flat(x, radius)
    if prop.kind == "roller":  # across under the limb, its near end in sight
        far, near = canvas.project((x, radius, -0.15)), canvas.project((x, radius, 0.19))
        canvas.path(capsule(far, radius * STATURE, near, radius * STATURE), "accent")
        canvas.path(disc(near, radius * STATURE), "accent")
        canvas.path(disc(near, radius * STATURE * 0.5), "soft")
        canvas.reach(near, radius * STATURE + 2)
    else:
        canvas.path(disc(middle, radius * STATURE), "accent")
    canvas.reach(middle, radius * STATURE + 2)


def _machine_arm(canvas: Canvas, bones: Skeleton) -> None:
    """The arm of a leg-curl machine: it turns beside the knee, its pad lies behind the ankles."""
    knee, ankle = bones.points["knee"], bones.points["ankle"]
    length = distance(knee, ankle)
    dx, dy = (ankle[0] - knee[0]) / length, (ankle[1] - knee[1]) / length
    pad = (ankle[0] - dx * 0.005 + dy * 0.052, ankle[1] - dy * 0.005 - dx * 0.052)
    pivot, tip = canvas.project((knee[0], knee[1], 0.13)), canvas.project((*pad, 0.13))
    far = canvas.project((*pad, -0.12))
    canvas.path(capsule(far, 8, tip, 8), "accent")
    canvas.path(capsule(pivot, 3.2, tip, 3.2), "stick")
    canvas.path(disc(pivot, 8), "stick")
    canvas.path(disc(tip, 8), "accent")
    canvas.path(disc(tip, 3), "soft")
    canvas.reach(tip, 11)
    canvas.reach(far, 11)


def draw_before(canvas: Canvas, figure: Figure, bones: Sequence[Skeleton], index: int) -> None:
    """Everything held, worn or pulled, over the body, and the hands that hold it."""
    one = bones[index]
    for prop in figure.props:
        match prop.kind:
            case "strap" | "band":
                _line(canvas, bones, one, prop)
            case "weight" if prop.at != "hand2":
                _weight(canvas, one, prop)
            case "stick":
                _stick(canvas, one, prop)
            case "roller" if prop.at.startswith("ankle"):
                _machine_arm(canvas, one)
            case "phone":
                _phone(canvas, one, to_floor=prop.to == "floor")
        if prop.at == "hand" or (prop.kind == "weight" and prop.at.startswith("knee")):
            canvas.path(disc(canvas.project(one.points["hand"]), 0.021 * STATURE), "skin limb")


_PHONE = (0.18, 0.58)  # where it lies, as shares of the way from knee to ankle: a hand's width below the knee
_PHONE_THICK = 0.028
_RAY = 0.30


def _phone(canvas: Canvas, one: Skeleton, *, to_floor: bool) -> None:
    """A phone on the front of the shin, and the angle that it tells: to the upright, or to the floor."""
    knee, ankle, toe = one.points["knee"], one.points["ankle"], one.points["toe"]
    length = distance(knee, ankle)
    along = ((ankle[0] - knee[0]) / length, (ankle[1] - knee[1]) / length)
    front = (-along[1], along[0])
    if front[0] * (toe[0] - ankle[0]) + front[1] * (toe[1] - ankle[1]) < 0:
        front = (-front[0], -front[1])

    def at(share: float, out: float) -> Page:
        x = knee[0] + along[0] * share * length + front[0] * out
        y = knee[1] + along[1] * share * length + front[1] * out
        return canvas.project((x, y, knee[2]))

    near, far = 0.030, 0.030 + _PHONE_THICK
    corners = [at(_PHONE[0], near), at(_PHONE[1], near), at(_PHONE[1], far), at(_PHONE[0], far)]
    canvas.path(polygon(corners), "accent")
    top, hinge = at(_PHONE[1] - 0.05, far), one.points["hip"] if to_floor else knee
    canvas.path(disc(top, 2.2), "soft")
    reference = (along[0] / abs(along[0]) if abs(along[0]) > 1e-9 else 1.0, 0.0) if to_floor else (0.0, 1.0)
    start = canvas.project(hinge)
    tip = canvas.project((hinge[0] + reference[0] * _RAY, hinge[1] + reference[1] * _RAY, hinge[2]))
    canvas.line([start, tip], "speed")
    steps = [_turned(reference, along, share / 8) for share in range(9)]
    arc = [canvas.project((hinge[0] + x * _RAY * 0.8, hinge[1] + y * _RAY * 0.8, hinge[2])) for x, y in steps]
    canvas.line(arc, "clock")
    for corner in (*corners, *arc):
        canvas.reach(corner, 3)


def _turned(a: Page, b: Page, share: float) -> Page:
    """The direction at a share of the turn from one direction to another."""
    turn = math.atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]) * share
    return a[0] * math.cos(turn) - a[1] * math.sin(turn), a[0] * math.sin(turn) + a[1] * math.cos(turn)


def _cuff(canvas: Canvas, one: Skeleton, at: str, css: str) -> None:
    """A band round a limb."""
    end = "2" if at.endswith("2") else ""
    up, down = ("hip", "knee") if at.startswith("knee") else ("knee", "ankle")
    a, b = canvas.project(one.points[up + end]), canvas.project(one.points[down + end])
    wide = 11.0 if at.startswith("knee") else 7.5
    across = _sideways(a, b, wide)
    spot = canvas.project(point(one, at))
    ends = ((spot[0] + across[0], spot[1] + across[1]), (spot[0] - across[0], spot[1] - across[1]))
    canvas.path(capsule(ends[0], 3.2, ends[1], 3.2), css)


def _line(canvas: Canvas, bones: Sequence[Skeleton], one: Skeleton, prop: Prop) -> None:
    if prop.kind == "band" and prop.to == prop.at.removesuffix("2") + "2":
        a, b = canvas.project(point(one, prop.at)), canvas.project(point(one, prop.to))
        across = _sideways(a, b, 6.5)
        wide = 14.0
        length = max(((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5, 1e-6)
        ux, uy = (b[0] - a[0]) / length * wide, (b[1] - a[1]) / length * wide
        ends = [(a[0] - ux, a[1] - uy), (b[0] + ux, b[1] + uy)]
        hoop = [(x + across[0], y + across[1]) for x, y in ends]
        hoop += [(x - across[0], y - across[1]) for x, y in reversed(ends)]
        canvas.path(polygon(hoop), "accent")
        for p in hoop:
            canvas.reach(p, 3)
        return
    start = point(one, prop.at)
    if prop.to.startswith("anchor"):
        stop = anchored(canvas, bones, prop)
        canvas.line([canvas.project(start), canvas.project(stop)], prop.kind)
        _cuff(canvas, one, prop.at, "accent")
        return
    stop = point(one, prop.to)
    if prop.to == "sole":
        ankle, heel, toe = one.points["ankle"], one.points["heel"], one.points["toe"]
        ball = between(heel, toe, 0.78)
        off = (ball[0] - ankle[0], ball[1] - ankle[1])
        under = (ball[0] + off[0] * 0.16, ball[1] + off[1] * 0.16, ball[2])
        top = (toe[0] + (ankle[0] - toe[0]) * 0.30, toe[1] + (ankle[1] - toe[1]) * 0.30, toe[2])
        hand = canvas.project(start)
        canvas.line([hand, canvas.project(top), canvas.project(under), hand], prop.kind)
        return
    canvas.line([canvas.project(start), canvas.project(stop)], prop.kind)


def anchored(canvas: Canvas, bones: Sequence[Skeleton], prop: Prop) -> Point:
    """A post in front of or behind the person; the point where a band is fixed to it."""
    xs = [point(b, prop.at)[0] for b in bones]
    ahead = prop.to.endswith("front")
    x = (max(xs) + 0.32) if ahead else (min(xs) - 0.32)
    y = max(point(bones[0], prop.at)[1], 0.1)
    post = [canvas.flat(x, FLOOR), canvas.flat(x, y + 0.10)]
    canvas.path(capsule(post[0], 5.5, post[1], 5.5), "prop")
    for p in post:
        canvas.reach(p, 7)
    return (x, y, 0.0)


def _sideways(a: Page, b: Page, size: float) -> Page:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = max((dx * dx + dy * dy) ** 0.5, 1e-6)
    return (-dy / length * size, dx / length * size)


def _weight(canvas: Canvas, one: Skeleton, prop: Prop) -> None:
    if prop.at.startswith("ankle"):
        end = "2" if prop.at.endswith("2") else ""
        knee, ankle = canvas.project(one.points["knee" + end]), canvas.project(one.points["ankle" + end])
        across = _sideways(knee, ankle, 7.0)
        spot = canvas.project(between(one.points["knee" + end], one.points["ankle" + end], 0.9))
        ends = ((spot[0] + across[0], spot[1] + across[1]), (spot[0] - across[0], spot[1] - across[1]))
        canvas.path(capsule(ends[0], 4.5, ends[1], 4.5), "weight")
        return
    if prop.at.startswith("knee"):
        x, y, z = between(one.points["hip"], one.points["knee"], 0.86)
        spot = canvas.project((x, y + 0.062, z))
        canvas.path(disc(spot, 13), "weight")
        canvas.path(disc(spot, 4), "soft")
        canvas.reach(spot, 15)
        return
    x, y, z = point(one, prop.at)
    if prop.to == "bell":
        wrist = one.points["wrist2"]
        long = distance(wrist, (x, y, z))
        spot = canvas.project(between(wrist, (x, y, z), 1 + 0.058 / long))
        canvas.path(disc(spot, 13), "weight")
        canvas.path(capsule(canvas.project((x, y, z)), 3, spot, 6), "weight")
        canvas.reach(spot, 13)
        return
    grip = canvas.project((x, y, z))
    canvas.path(capsule((grip[0] - 11, grip[1]), 2.2, (grip[0] + 11, grip[1]), 2.2), "weight")
    for side in (-11, 11):
        canvas.path(capsule((grip[0] + side, grip[1] - 6), 3.4, (grip[0] + side, grip[1] + 6), 3.4), "weight")
        canvas.reach((grip[0] + side, grip[1]), 10)


def _stick(canvas: Canvas, one: Skeleton, prop: Prop) -> None:
    front, up, _ = one.axes
    if prop.at == "back":
        a, b = one.points["pelvis"], one.points["head"]
        spots = [
            (a[0] - front[0] * 0.075 - up[0] * 0.05, a[1] - front[1] * 0.075 - up[1] * 0.05, 0.0),
            (b[0] - front[0] * 0.075 + up[0] * 0.07, b[1] - front[1] * 0.075 + up[1] * 0.07, 0.0),
        ]
    else:
        x, y, z = point(one, prop.at)
        spots = [(x, FLOOR, z), (x, y + 0.06, z)]
    ends = [canvas.project(s) for s in spots]
    canvas.path(capsule(ends[0], 2.6, ends[1], 2.6), "stick")
    for e in ends:
        canvas.reach(e, 4)
