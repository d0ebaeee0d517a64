"""Pictograms for activities that are no exercise with key poses: one to three drawn moments each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kneewise.body import proportions as body
from kneewise.body.body_shape import arrow, draw_body
from kneewise.body.canvas import STATURE, Canvas, capsule, disc, pair, polygon
from kneewise.body.kinematics import Skeleton, between, place, reaching, two_bones
from kneewise.body.pose import Arm, Figure, KeyPose, Leg, PoseError

Scene = Callable[[Canvas, tuple[str, ...]], None]

_WALK = KeyPose(3, Leg(26, 4, 6), Leg(-17, 14, 6), ("heel", "toe2"), (Arm(-24, 12), Arm(26, 24)))
_PASS = KeyPose(2, Leg(3, 6, 3), Leg(18, 52, 2), ("foot",), (Arm(4, 14), Arm(-4, 16)))
_JOG = KeyPose(7, Leg(36, 52, 8), Leg(-6, 62, -20), ("foot@0.03",), (Arm(-38, 92), Arm(24, 92)))
_RUN = KeyPose(9, Leg(62, 84, 6), Leg(-20, 16, -26), ("toe2",), (Arm(-52, 92), Arm(40, 92)))
_FAST = KeyPose(11, Leg(82, 92, 8), Leg(-26, 8, -34), ("toe2",), (Arm(-62, 92), Arm(62, 92)))
_CROUCH = KeyPose(46, Leg(96, 88, 18), Leg(38, 52, 18), ("foot", "toe2"), (Arm(-45, 80), Arm(62, 60)))
_DRIVE = KeyPose(36, Leg(100, 104, 6), Leg(6, 14, -20), ("toe2",), (Arm(-50, 85), Arm(70, 85)))
_CYCLE = KeyPose(36, Leg(62, 32, -8), Leg(104, 104, 0), ("foot@0.12",), (Arm(74, 14), Arm(74, 14)))
_SWIM = KeyPose(88, Leg(-6, 4, -50), Leg(10, 12, -50), ("pelvis",), (Arm(30, 30), Arm(176, 4)), neck=-6)
_DOG = KeyPose(118, Leg(105, 49, 32), Leg(105, 49, 32), ("toe", "toe2", "hand", "hand2"),
               (Arm(157, 8), Arm(157, 8)), neck=46)  # fmt: skip
_TALL = KeyPose(0, Leg(2, 4, 2), Leg(2, 4, 2), ("foot", "foot2"), (Arm(172, 4), Arm(172, 4)))
_CHILD = KeyPose(82, Leg(128, 152, -60), Leg(128, 152, -60), ("knee", "knee2", "toe", "toe2", "hand",
                 "hand2"), (Arm(168, 4), Arm(168, 4)), neck=18)  # fmt: skip
_WATER = KeyPose(5, Leg(48, 52, 4), Leg(-8, 8, 6), ("foot2",), (Arm(-30, 50), Arm(40, 60)))
_MASSAGE = (
    KeyPose(16, Leg(128, 84, -36), Leg(98, 8, 4), ("pelvis", "foot", "heel2"),
            (Arm(40, 40, to="knee"), Arm(40, 40, to="knee_back"))),
    KeyPose(0, Leg(120, 84, -28), Leg(90, 8, 4), ("pelvis", "foot", "heel2"),
            (Arm(10, 70), Arm(10, 70))),
)  # fmt: skip
_ARRIVE = KeyPose(14, Leg(58, 78, 6), Leg(-14, 20, -24), ("toe2",), (Arm(-50, 92), Arm(40, 92)))
_PLANT = KeyPose(16, Leg(78, 62, 8), Leg(38, 84, -6), ("foot",), (Arm(34, 60), Arm(-34, 60)))


def _figure(pose: KeyPose, orientation: str = "standing", lift: float = 0.0) -> Skeleton:
    return place(Figure(orientation=orientation, poses=(pose,)), pose).moved(0.0, lift)


def _stands(canvas: Canvas, bones: Skeleton, highlight: tuple[str, ...] = ()) -> None:
    draw_body(canvas, bones, highlight=highlight)
    xs = [p[0] for p in bones.points.values()]
    for x in (min(xs) - 0.05, max(xs) + 0.05):
        canvas.reach(canvas.flat(x, 0.0), 2)


def _moves(
    canvas: Canvas, bones: Skeleton, lines: int, highlight: tuple[str, ...], flies: bool = False
) -> None:
    """Somebody on the way to the right: the more lines, the faster."""
    back = min(p[0] for p in bones.points.values())
    for n in range(lines):
        y, x = 0.38 + 0.40 * n / max(lines - 1, 1), back - 0.05 - 0.025 * (n % 2)
        canvas.line([canvas.flat(x - 0.05 - 0.02 * lines, y), canvas.flat(x, y)], "speed")
    if flies:
        x = bones.points["pelvis"][0]
        canvas.path(capsule(canvas.flat(x - 0.12, 0.0), 3.5, canvas.flat(x + 0.14, 0.0), 3.5), "shadow")
    _stands(canvas, bones, highlight)
    head = bones.points["head"]
    a, b = (
        canvas.flat(head[0] + 0.10, head[1] + 0.03),
        canvas.flat(head[0] + 0.20 + 0.02 * lines, head[1] + 0.03),
    )
    arrow(canvas, [a, b])


def _going(pose: KeyPose, lines: int, lift: float = 0.0) -> Scene:
    def scene(canvas: Canvas, highlight: tuple[str, ...]) -> None:
        _moves(canvas, _figure(pose, lift=lift), lines, highlight, flies=lift > 0)

    return scene


def _swimming(canvas: Canvas, highlight: tuple[str, ...]) -> None:
    bones = _figure(_SWIM, "other", 0.13)
    draw_body(canvas, bones, highlight=highlight)
    _water(canvas, -0.70, 0.66, 0.235, -0.16)
    canvas.floorless = True


def _wading(canvas: Canvas, highlight: tuple[str, ...]) -> None:
    bones = _figure(_WATER)
    draw_body(canvas, bones, highlight=highlight)
    _water(canvas, -0.42, 0.46, 0.72, -0.02)
    a, b = canvas.flat(0.18, 0.95), canvas.flat(0.34, 0.95)
    arrow(canvas, [a, b])


def _yoga(pose: KeyPose, orientation: str) -> Scene:
    def scene(canvas: Canvas, highlight: tuple[str, ...]) -> None:
        bones = _figure(pose, orientation)
        xs = [p[0] for p in bones.points.values()]
        a, b = canvas.flat(min(xs) - 0.06, -0.008), canvas.flat(max(xs) + 0.08, -0.008)
        canvas.path(capsule(a, 4, b, 4), "mat")
        _stands(canvas, bones, highlight)

    return scene


def _massage(index: int) -> Scene:
    """Both hands lie round the thigh: above the knee first, then near the hip; a long stroke between."""

    def scene(canvas: Canvas, highlight: tuple[str, ...]) -> None:
        bones = _figure(_MASSAGE[index], "long_sitting")
        hip, knee = bones.points["hip"], bones.points["knee"]
        x, y, z = between(knee, hip, 0.10 if not index else 0.62)
        ux, uy = hip[0] - knee[0], hip[1] - knee[1]
        size = (ux * ux + uy * uy) ** 0.5
        nx, ny = uy / size, -ux / size  # out of the back of the thigh
        if ny > 0:
            nx, ny = -nx, -ny
        bones = reaching(bones, "", (x + nx * 0.040, y + ny * 0.040, z + 0.05))
        bones = reaching(bones, "2", (x - nx * 0.050, y - ny * 0.050, z))
        _stands(canvas, bones, highlight)
        if index:
            for off in (-0.105, 0.085):
                way = [between(knee, hip, s) for s in (0.02, 0.34, 0.66)]
                arrow(canvas, [canvas.project((p[0] + nx * off, p[1] + ny * off, 0.10)) for p in way])

    return scene


def _turning(pose: KeyPose, cone: float, leaving: bool = False) -> Scene:
    """Somebody who runs to a cone, plants a foot beside it, and runs back the other way."""

    def scene(canvas: Canvas, highlight: tuple[str, ...]) -> None:
        canvas.mirrored = canvas.mirrored != leaving
        bones = _figure(pose)
        _cone(canvas, bones.points["pelvis"][0] + cone)
        if pose is _PLANT:
            _stands(canvas, bones, highlight)
            toe = bones.points["toe"][0]
            arrow(canvas, [canvas.flat(toe - 0.05, 0.62), canvas.flat(toe + 0.09, 0.50),
                           canvas.flat(toe - 0.05, 0.38)])  # fmt: skip
            p = bones.points["pelvis"]
            arrow(canvas, [canvas.flat(p[0] - 0.16, p[1] + 0.12), canvas.flat(p[0] - 0.16, p[1] - 0.04)])
        else:
            _moves(canvas, bones, 2, highlight)

    return scene


def _cone(canvas: Canvas, x: float) -> None:
    corners = [canvas.flat(x + dx, y) for dx, y in ((-0.05, 0.0), (0.05, 0.0), (0.012, 0.15), (-0.012, 0.15))]
    canvas.path(polygon(corners), "accent")
    base = canvas.flat(x - 0.065, 0.0), canvas.flat(x + 0.065, 0.0)
    canvas.path(capsule(base[0], 3, base[1], 3), "accent")
    for c in (*corners, *base):
        canvas.reach(c, 4)


def _cycling(canvas: Canvas, highlight: tuple[str, ...]) -> None:
    wheel = 0.19
    bones = _figure(_CYCLE).moved(0.0, 0.02)
    hip = bones.points["pelvis"]
    crank = (hip[0] + 0.14, hip[1] - 0.42)
    for end, turn in (("", (0.01, -0.085)), ("2", (0.01, 0.085))):
        bones = _foot_on_pedal(bones, end, (crank[0] + turn[0], crank[1] + turn[1]))
    seat = (hip[0] - 0.02, hip[1] - 0.075)
    back, front = (seat[0] - 0.16, wheel), (crank[0] + 0.33, wheel)
    bar = (hip[0] + 0.44, hip[1] + 0.07)
    for end in ("", "2"):
        bones = reaching(bones, end, (bar[0], bar[1] + 0.015, bones.points["hand" + end][2] * 0.5))
    for x, y in (back, front):
        centre = canvas.flat(x, y)
        canvas.path(disc(centre, wheel * STATURE), "metal")
        canvas.path(disc(centre, 4), "dot")
        canvas.reach(centre, wheel * STATURE + 3)
    head, stem = (front[0] - 0.07, bar[1] - 0.05), (seat[0] + 0.01, seat[1] - 0.08)
    frame = (
        (back, crank),
        (crank, seat),
        (back, stem),
        (crank, head),
        (head, front),
        (stem, head),
        (head, bar),
    )
    for a, b in frame:
        canvas.line([canvas.flat(*a), canvas.flat(*b)], "metal")
    canvas.line([canvas.flat(bar[0] - 0.03, bar[1]), canvas.flat(bar[0] + 0.05, bar[1])], "metal")
    saddle = canvas.flat(seat[0] - 0.05, seat[1] + 0.005), canvas.flat(seat[0] + 0.06, seat[1])
    canvas.path(capsule(saddle[0], 5, saddle[1], 3), "hair")
    for end in ("2", ""):
        ball = between(bones.points["heel" + end], bones.points["toe" + end], 0.72)
        pedal = canvas.project((ball[0], ball[1] - 0.022, ball[2]))
        canvas.line([canvas.flat(*crank), pedal], "metal")
        canvas.path(capsule((pedal[0] - 7, pedal[1]), 2.5, (pedal[0] + 7, pedal[1]), 2.5), "dot")
    draw_body(canvas, bones, highlight=highlight)


def _foot_on_pedal(bones: Skeleton, end: str, pedal: tuple[float, float]) -> Skeleton:
    points, feet = dict(bones.points), dict(bones.foot_axes)
    z = points["ankle" + end][2]
    goal = (pedal[0] - 0.065, pedal[1] + 0.022 + body.FOOT_HEIGHT, z)
    hip, knee = points["hip" + end], points["knee" + end]
    points["knee" + end], ankle = two_bones(hip, goal, knee, body.THIGH, body.SHANK)
    points["ankle" + end] = ankle
    for part, (x, y, _) in (("heel", body.HEEL_DISC), ("toe", body.TOE_DISC)):
        points[part + end] = (ankle[0] + x, ankle[1] + y, z)
    feet[end] = ((1.0, 0.0, 0.0), (0.0, -1.0, 0.0))
    return replace(bones, points=points, foot_axes=feet)


def _water(canvas: Canvas, x0: float, x1: float, surface: float, floor: float) -> None:
    corners = [canvas.flat(x, y) for x, y in ((x0, floor), (x1, floor), (x1, surface), (x0, surface))]
    canvas.path(polygon(corners), "water")
    for c in corners:
        canvas.reach(c, 4)
    for row, y in enumerate((surface, surface - 0.06)):
        d = f"M{pair(canvas.flat(x0, y))}"
        steps = 8
        for n in range(steps):
            a = x0 + (x1 - x0) * (n + 0.5) / steps
            b = x0 + (x1 - x0) * (n + 1) / steps
            d += f"Q{pair(canvas.flat(a, y + (0.03 if n % 2 else -0.03)))} {pair(canvas.flat(b, y))}"
        canvas.path(d, "wave", opacity="1" if row == 0 else "0.45")


_SCENES: dict[str, tuple[Scene, ...]] = {
    "walking": (_going(_WALK, 0), _going(_PASS, 0)),
    "running": (_going(_RUN, 3, 0.03),),
    "warm_up": (_going(_WALK, 0), _cycling, _going(_JOG, 2, 0.02)),
    "run_walk": (_going(_JOG, 2, 0.02), _going(_WALK, 0)),
    "strides": (_going(_JOG, 1, 0.02), _going(_RUN, 4, 0.04), _going(_JOG, 1, 0.02)),
    "sprint": (_going(_CROUCH, 0), _going(_DRIVE, 3), _going(_FAST, 6, 0.05)),
    "cycling": (_cycling,),
    "swimming": (_swimming,),
    "water_walking": (_wading,),
    "yoga": (_yoga(_TALL, "standing"), _yoga(_DOG, "other"), _yoga(_CHILD, "kneeling")),
    "massage": (_massage(0), _massage(1)),
    "turning": (_turning(_ARRIVE, 0.46), _turning(_PLANT, 0.44), _turning(_ARRIVE, -0.46, leaving=True)),
}


def pictogram_panels(name: str) -> int:
    """How many moments a pictogram shows. Raises PoseError for one that is not known."""
    if name not in _SCENES:
        raise PoseError(f"pictogram {name!r} is not known")
    return len(_SCENES[name])


def draw_pictogram(name: str, mirrored: bool = False, highlight: tuple[str, ...] = ()) -> list[Canvas]:
    """Draw one activity in the side view, a canvas for each moment."""
    pictogram_panels(name)
    canvases = []
    for scene in _SCENES[name]:
        canvas = Canvas("side", mirrored)
        scene(canvas, highlight)
        canvases.append(canvas)
    return canvases
