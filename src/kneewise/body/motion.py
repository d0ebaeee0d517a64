"""What moves between two key poses, drawn: the pale earlier body, the way of what moves, and pressing."""

from __future__ import annotations

from itertools import pairwise

from kneewise.body.body_shape import arrow
from kneewise.body.canvas import STATURE, Canvas, Page
from kneewise.body.kinematics import Point, Skeleton, between, between_poses, distance
from kneewise.body.pose import Figure, contacts_of
from kneewise.body.props import point

# Points whose way may be shown, with how much a movement of each counts.
_TRACKED = (
    ("ankle", 1.0), ("knee", 1.0), ("pelvis", 1.25), ("head", 0.75), ("heel", 0.9), ("ankle2", 0.7),
    ("knee2", 0.7), ("hand", 0.25),
)  # fmt: skip
# Round which point a tracked point is pushed outward, and how far, so that the arrow runs beside the limb.
_BESIDE: dict[str, tuple[str, float]] = {
    "ankle": ("knee", 0.085), "toe": ("knee", 0.06), "knee": ("hip", 0.075), "pelvis": ("", 0.0),
    "head": ("pelvis", 0.100), "heel": ("toe", 0.06), "ankle2": ("knee2", 0.085), "toe2": ("knee2", 0.06),
    "knee2": ("hip2", 0.075), "hand": ("shoulder", 0.06), "hand2": ("shoulder2", 0.06),
    "neck": ("pelvis", 0.09),
}  # fmt: skip
_STEPS = 6


def motion(canvas: Canvas, figure: Figure, before: Skeleton | None, after: Skeleton) -> None:
    """Arrows for what moves: as the pose says, else along the way of the point that moves most."""
    for word in after.pose.arrow.split() or [""]:
        _one_motion(canvas, figure, before, after, word)


def _one_motion(canvas: Canvas, figure: Figure, before: Skeleton | None, after: Skeleton, word: str) -> None:
    name, _, direction = word.partition(":")
    if name == "none" or (before is None and not direction):
        return
    if direction not in ("", "swing") or before is None:
        _pointing(canvas, after, name, direction if direction != "swing" else "both")
        return
    if not name:
        name, travelled = max(
            ((n, distance(before.points[n], after.points[n]) * weight) for n, weight in _TRACKED),
            key=lambda p: p[1],
        )
        if travelled < 0.035:
            return
    page = [canvas.project(s) for s in _way(figure, before, after, name)]
    if name == "pelvis":
        page = _off_the_body(page, canvas, abs(after.pose.trunk) > 60)
    arrow(canvas, _long_enough(page), both=direction == "swing")


_LONG = 0.14
_AIM = {
    "up": (0.0, 1.0), "down": (0.0, -1.0), "forward": (1.0, 0.0), "right": (1.0, 0.0), "back": (-1.0, 0.0),
    "left": (-1.0, 0.0), "both": (1.0, 0.0), "along": (0.0, 0.0),
}  # fmt: skip
# How far the surface of the body lies from a point, along the arrow.
_CLEAR = {
    "head": 0.085,
    "pelvis": 0.095,
    "knee": 0.055,
    "toe": 0.03,
    "heel": 0.04,
    "ankle": 0.045,
    "hand": 0.03,
}


def _pointing(canvas: Canvas, bones: Skeleton, name: str, direction: str) -> None:
    """A straight arrow beside a point, in a direction of the picture."""
    p = bones.points
    x, y, z = p[name]
    ux, uy = _AIM[direction]
    part = name.removesuffix("2")
    clear, lying = _CLEAR.get(part, 0.06), abs(bones.pose.trunk) > 45
    if part == "heel" and ux:  # along the ground, beyond the foot
        x, y = (max(x, p["toe" + name[4:]][0]) if ux > 0 else x), max(y, 0.035)
    if direction == "along":  # the way the toes point
        (ux, uy, _), clear = bones.foot_axes[name.removeprefix(part)][0], 0.035
    elif uy:
        x, y, clear = _beside_upright(bones, name, direction, lying)
    elif direction == "both":
        y += 0.13
    reach = 0.09 if direction == "along" else _LONG
    start, stop = (x + ux * clear, y + uy * clear), (x + ux * (clear + reach), y + uy * (clear + reach))
    if direction == "both":
        start, stop = (x - 0.10, y), (x + 0.10, y)
    if part == "toe" and direction == "back":  # along the ground, from where the foot was
        start, stop = (x + 0.03 + _LONG, max(y, 0.035)), (x + 0.03, max(y, 0.035))
    ends = [
        canvas.project((start[0], max(start[1], 0.02), z)),
        canvas.project((stop[0], max(stop[1], 0.015), z)),
    ]
    arrow(canvas, ends, both=direction == "both")


def _beside_upright(bones: Skeleton, name: str, direction: str, lying: bool) -> tuple[float, float, float]:
    """Where an arrow up or down starts: above a lifted knee, else behind the body or beside the leg."""
    x, y, _ = bones.points[name]
    part, rising = name.removesuffix("2"), direction == "up"
    if part in ("knee", "toe") or (part == "pelvis" and lying and rising):
        return (x, y, 0.075 if part != "pelvis" else 0.105)
    if part == "head":
        return (x + 0.115, y, -0.02)
    if bones.view == "front":
        out = 1.0 if name.endswith("2") else -1.0
        return (x + out * (0.075 if part != "pelvis" else 0.16), y + (0.0 if rising else 0.16), 0.0)
    back = 0.055 if part in ("heel", "ankle") else 0.145
    return (x - back, y + (-0.03 if rising else 0.07), 0.0)


def _way(figure: Figure, before: Skeleton, after: Skeleton, name: str) -> list[Point]:
    centre, push = _BESIDE.get(name, ("", 0.0))
    spots: list[Point] = []
    for step in range(1, _STEPS):
        share = step / _STEPS
        meanwhile = between_poses(figure, before, after, share)
        spot = meanwhile.points[name]
        if centre:
            middle = meanwhile.points[centre]
            spot = between(middle, spot, 1 + push / max(distance(spot, middle), 1e-6))
        if spot[1] >= 0.022 or (name.startswith(("heel", "ankle", "toe")) and spot[1] >= -0.02):
            spots.append((spot[0], max(spot[1], 0.03), spot[2]))
    if len(spots) < 2:
        spots = [before.points[name], after.points[name]]
    return spots


def _long_enough(page: list[Page]) -> list[Page]:
    length = sum(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in pairwise(page))
    if length >= 22:
        return page
    mid, last, first = page[len(page) // 2], page[-1], page[0]
    dx, dy = last[0] - first[0], last[1] - first[1]
    size = max((dx * dx + dy * dy) ** 0.5, 1e-6)
    ux, uy = dx / size * 13, dy / size * 13
    return [(mid[0] - ux, mid[1] - uy), (mid[0] + ux, mid[1] + uy)]


def _off_the_body(page: list[Page], canvas: Canvas, lying: bool) -> list[Page]:
    """Shift the way of the pelvis off the body: above it when lying, else behind or ahead of it."""
    dx, dy = page[-1][0] - page[0][0], page[-1][1] - page[0][1]
    if lying:
        return [(x, y - 0.12 * STATURE) for x, y in page]
    if abs(dy) > abs(dx) * 0.7:  # up or down: on the back side
        back = 1.0 if canvas.mirrored else -1.0
        return [(x + back * 0.135 * STATURE, y) for x, y in page]
    ahead = 0.15 * STATURE * (1.0 if dx > 0 else -1.0)  # sideways: beyond the body, where the hips go
    return [(x + ahead, y) for x, y in page]


_PRESS = {"down": (0.0, -1.0), "up": (0.0, 1.0), "forward": (1.0, 0.0), "back": (-1.0, 0.0)}
_OFF = {"knee": 0.055, "heel": -0.005, "ankle": 0.04, "elbow": 0.04}


def presses(canvas: Canvas, bones: Skeleton) -> None:
    """A short broad arrow at each contact that the person presses, ending at the surface of the body."""
    for contact in contacts_of(bones.pose):
        if not contact.press:
            continue
        name = {"side": "pelvis", "shoulder": "neck", "seat": "pelvis"}.get(contact.part, contact.part)
        x, y, z = point(bones, name + ("2" if contact.other and name not in ("pelvis", "neck") else ""))
        ux, uy = _PRESS[contact.press]
        lift = _OFF.get(contact.part, 0.05)
        if contact.press in ("forward", "back"):  # above the limb, so that it does not hide a strap
            y += 0.075
            start, stop = (x - ux * 0.07, y, z), (x + ux * 0.07, y, z)
        else:
            start, stop = (
                (x - ux * (lift + 0.12), y - uy * (lift + 0.12), z),
                (x - ux * lift, y - uy * lift, z),
            )
        arrow(canvas, [canvas.project(start), canvas.project(stop)], "push")
