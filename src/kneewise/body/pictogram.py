"""Pictograms for activities that are no exercise with key poses: one drawn moment each, from a pose."""

from __future__ import annotations

from kneewise.body.body_shape import draw_body
from kneewise.body.canvas import STATURE, Canvas, capsule, disc, pair, polygon
from kneewise.body.kinematics import Skeleton, place
from kneewise.body.pose import Arm, Figure, KeyPose, Leg, PoseError

_WALK = KeyPose(4, Leg(26, 6, 4), Leg(-16, 22, 14), ("heel", "toe2"), (Arm(-24, 12), Arm(26, 24)))
_RUN = KeyPose(12, Leg(58, 82, 4), Leg(-12, 20, -24), ("toe2",), (Arm(-48, 85), Arm(38, 88)))
_CYCLE = KeyPose(38, Leg(58, 34, -4), Leg(108, 108, 2), ("foot@0.12",), (Arm(74, 14), Arm(74, 14)))
_SWIM = KeyPose(86, Leg(-12, 6, -45), Leg(12, 8, -45), ("pelvis",), (Arm(172, 6), Arm(28, 40)))
_DOG = Leg(92, 5, 33)
_YOGA = KeyPose(120, _DOG, _DOG, ("foot", "foot2", "hand", "hand2"), (Arm(157, 8), Arm(157, 8)))
_WATER = KeyPose(6, Leg(48, 52, 4), Leg(-8, 8, 6), ("foot2",), (Arm(-30, 50), Arm(40, 60)))
_MASSAGE = KeyPose(
    6, Leg(132, 85, -41), Leg(112, 41, 15), ("pelvis", "foot", "heel2"), (Arm(8, 74), Arm(30, 40))
)


def _figure(canvas: Canvas, pose: KeyPose, orientation: str = "standing", lift: float = 0.0) -> Skeleton:
    bones = place(Figure(orientation=orientation, poses=(pose,)), pose)
    return bones.moved(0.0, lift)


def _ground(canvas: Canvas, bones: Skeleton) -> None:
    xs = [p[0] for p in bones.points.values()]
    for x in (min(xs) - 0.12, max(xs) + 0.12):
        canvas.reach(canvas.flat(x, 0.0), 2)


def draw_pictogram(canvas: Canvas, name: str) -> None:
    """Draw one activity on a canvas of the side view."""
    match name:
        case "walking":
            bones = _figure(canvas, _WALK)
            _ground(canvas, bones)
            draw_body(canvas, bones)
        case "running":
            bones = _figure(canvas, _RUN)
            _ground(canvas, bones)
            for n, y in enumerate((0.42, 0.56, 0.70)):
                x = min(p[0] for p in bones.points.values()) - 0.10 - 0.03 * (n % 2)
                canvas.line([canvas.flat(x - 0.12, y), canvas.flat(x, y)], "ground")
            draw_body(canvas, bones)
        case "cycling":
            _cycling(canvas)
        case "swimming":
            bones = _figure(canvas, _SWIM, "other", 0.10)
            draw_body(canvas, bones)
            _water(canvas, -0.62, 0.62, 0.145, -0.10)
        case "water_walking":
            bones = _figure(canvas, _WATER)
            draw_body(canvas, bones)
            _water(canvas, -0.42, 0.42, 0.70, 0.0)
        case "yoga":
            bones = _figure(canvas, _YOGA, "other")
            _ground(canvas, bones)
            draw_body(canvas, bones)
        case "massage":
            bones = _figure(canvas, _MASSAGE, "long_sitting")
            _ground(canvas, bones)
            draw_body(canvas, bones, highlight=("hamstring",))
        case _:
            raise PoseError(f"pictogram {name!r} is not known")


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


def _cycling(canvas: Canvas) -> None:
    bones = _figure(canvas, _CYCLE)
    wheel = 0.19
    hip = bones.points["pelvis"]
    foot = bones.points["toe"]
    seat = (hip[0] - 0.03, hip[1] - 0.075)
    crank = (foot[0] - 0.005, foot[1] + 0.075)
    back, front = (seat[0] - 0.14, wheel), (crank[0] + 0.34, wheel)
    bar = (bones.points["hand"][0], bones.points["hand"][1] - 0.02)
    for x, y in (back, front):
        centre = canvas.flat(x, y)
        canvas.path(disc(centre, wheel * STATURE), "metal")
        canvas.path(disc(centre, 4), "dot")
        canvas.reach(centre, wheel * STATURE + 3)
    head = (front[0] - 0.07, bar[1] - 0.06)
    stem = (seat[0] + 0.02, seat[1] - 0.11)
    for a, b in (
        (back, crank),
        (crank, seat),
        (back, stem),
        (crank, head),
        (head, front),
        (stem, head),
        (head, bar),
    ):
        canvas.line([canvas.flat(*a), canvas.flat(*b)], "metal")
    canvas.path(
        capsule(canvas.flat(seat[0] - 0.05, seat[1]), 4, canvas.flat(seat[0] + 0.06, seat[1]), 2.5), "hair"
    )
    for end in ("", "2"):
        toe = bones.points["toe" + end]
        canvas.line([canvas.flat(*crank), canvas.flat(toe[0] - 0.01, toe[1] - 0.018)], "metal")
    draw_body(canvas, bones)
