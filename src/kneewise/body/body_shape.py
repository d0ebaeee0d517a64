"""The body with volume: limbs, trunk, head and hands of a placed skeleton, drawn on a canvas."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from kneewise.body import proportions as body
from kneewise.body.canvas import STATURE, Canvas, Page, capsule, disc, number, pair, polygon, smooth
from kneewise.body.kinematics import Point, Skeleton, along, between, distance

# Radii as shares of stature (estimates for a recognisable figure).
_HIP, _THIGH, _KNEE, _CALF, _ANKLE = 0.054, 0.049, 0.035, 0.034, 0.0205
_SHOULDER, _ELBOW, _WRIST, _HAND = 0.032, 0.024, 0.0175, 0.019
_NECK = 0.027


def _ahead(a: Point, b: Point) -> Point:
    """In the side view: the direction in front of a segment that hangs from a to b."""
    length = distance(a, b)
    return (-(b[1] - a[1]) / length, (b[0] - a[0]) / length, 0.0)


def _chain(canvas: Canvas, points: Iterable[tuple[Point, float]]) -> str:
    discs = [(canvas.project(p), r * STATURE) for p, r in points]
    for p, r in discs:
        canvas.reach(p, r + 2)
    return "".join(capsule(a, ra, b, rb) for (a, ra), (b, rb) in pairwise(discs))


def leg_outline(canvas: Canvas, bones: Skeleton, end: str) -> str:
    """The outline of a whole leg with its foot; `end` is empty or 2."""
    p = bones.points
    hip, knee, ankle = p["hip" + end], p["knee" + end], p["ankle" + end]
    bulge, calf = between(hip, knee, 0.42), between(knee, ankle, 0.30)
    if bones.view == "side":
        bulge = along(bulge, _ahead(hip, knee), 0.004)
        calf = along(calf, _ahead(knee, ankle), -0.009)
    leg = _chain(canvas, [(hip, _HIP), (bulge, _THIGH), (knee, _KNEE), (calf, _CALF), (ankle, _ANKLE)])
    heel, toe = p["heel" + end], p["toe" + end]
    foot = _chain(canvas, [(ankle, _ANKLE), (heel, body.HEEL_DISC[2]), (toe, body.TOE_DISC[2] + 0.003)])
    top = _chain(canvas, [(ankle, _ANKLE), (toe, body.TOE_DISC[2] + 0.003)])
    return leg + foot + top + polygon([canvas.project(q) for q in (ankle, heel, toe)])


def _thigh_outline(canvas: Canvas, bones: Skeleton) -> str:
    return _chain(canvas, [(bones.points["hip"], _HIP), (bones.points["knee"], _KNEE)])


def _shin_outline(canvas: Canvas, bones: Skeleton) -> str:
    p = bones.points
    calf = between(p["knee"], p["ankle"], 0.30)
    beyond = along(p["ankle"], (1.0, 0.25, 0.0), 0.07)  # the foot, seen from its sole
    return _chain(
        canvas,
        [(p["knee"], _KNEE), (calf, _CALF), (p["ankle"], _ANKLE), (p["ankle"], 0.024), (beyond, 0.016)],
    )


def arm_outline(canvas: Canvas, bones: Skeleton, end: str) -> str:
    """The outline of an arm from shoulder to hand."""
    p = bones.points
    return _chain(
        canvas,
        [
            (p["shoulder" + end], _SHOULDER),
            (p["elbow" + end], _ELBOW),
            (p["wrist" + end], _WRIST),
            (p["hand" + end], _HAND),
        ],
    )


def _sleeve(canvas: Canvas, bones: Skeleton, end: str) -> str:
    a, b = bones.points["shoulder" + end], bones.points["elbow" + end]
    return _chain(canvas, [(a, _SHOULDER + 0.003), (between(a, b, 0.42), _SHOULDER)])


# Trunk in the side view: share of the way from hip to shoulder, then how far back and how far forward.
_PROFILE = (
    (-0.17, 0.020, 0.020), (0.0, 0.064, 0.050), (0.14, 0.058, 0.054), (0.34, 0.043, 0.053),
    (0.58, 0.053, 0.057), (0.80, 0.056, 0.055), (0.97, 0.040, 0.036), (1.05, 0.022, 0.022),
)  # fmt: skip
# In the front view: share of the way, then half the width.
_WIDTHS = (
    (-0.14, 0.050),
    (0.0, 0.088),
    (0.16, 0.086),
    (0.40, 0.068),
    (0.70, 0.088),
    (0.92, 0.108),
    (1.04, 0.060),
)
_WAIST = 0.30


def trunk_outlines(canvas: Canvas, bones: Skeleton, rounded: float) -> tuple[str, str]:
    """The outlines of the whole trunk and of its lower part (the shorts)."""
    front, up, side = bones.axes
    hip = bones.points["pelvis"]

    def at(share: float, off: float) -> Page:
        middle = along(hip, up, share * body.TRUNK)
        if bones.view == "side":
            back = rounded * 4 * min(max(share, 0.0), 1.0) * (1 - min(max(share, 0.0), 1.0))
            spot = along(middle, front, off - back)
        else:
            spot = along(middle, side, off)
        page = canvas.project(spot)
        canvas.reach(page, 3)
        return page

    rows = _PROFILE if bones.view == "side" else tuple((s, w, w) for s, w in _WIDTHS)
    whole = smooth([at(s, -b) for s, b, _ in rows] + [at(s, f) for s, _, f in reversed(rows)])
    low = [r for r in rows if r[0] < _WAIST]
    b, f = (0.046, 0.053) if bones.view == "side" else (0.074, 0.074)
    low = [*low, (_WAIST, b, f)]
    corner = [at(s, -b) for s, b, _ in low]
    other = [at(s, f) for s, _, f in reversed(low)]
    curve = smooth(corner, closed=False) + "L" + smooth(other, closed=False)[1:]
    return whole, curve + "Z"


def _head(canvas: Canvas, bones: Skeleton) -> None:
    up = bones.head_axis
    centre = bones.points["head"]
    r = body.HEAD_RADIUS
    face = (up[1], -up[0], 0.0) if bones.view == "side" else (0.0, 0.0, 1.0)
    c = canvas.project(centre)
    canvas.reach(c, r * STATURE + 3)

    def at(along_up: float, ahead: float) -> Page:
        across = face if bones.view == "side" else (-up[1], up[0], 0.0)
        return canvas.project(along(along(centre, up, along_up), across, ahead))

    canvas.path(
        capsule(canvas.project(bones.points["neck"]), _NECK * STATURE, c, _NECK * STATURE), "skin limb"
    )
    chin = at(-0.022, 0.014) if bones.view == "side" else at(-0.018, 0.0)
    outline = capsule(c, (r - 0.004) * STATURE, chin, 0.043 * STATURE)
    if bones.view == "side":
        outline += capsule(at(-0.006, 0.05), 0.012 * STATURE, at(-0.014, 0.058), 0.011 * STATURE)
    canvas.path(outline, "skin limb")
    if bones.view == "side":
        hair = [at(0.030, 0.050), at(0.050, 0.032), at(0.063, 0.0), at(0.048, -0.042), at(0.008, -0.063),
                at(-0.030, -0.050), at(-0.018, -0.028), at(0.012, -0.012), at(0.026, 0.022)]  # fmt: skip
        canvas.path(smooth(hair), "hair")
        canvas.path(disc(at(-0.004, 0.036), 0.0065 * STATURE), "dot")
        canvas.path(disc(at(-0.010, -0.006), 0.011 * STATURE), "skin ear")
    else:
        hair = [at(0.004, 0.060), at(0.040, 0.046), at(0.062, 0.0), at(0.040, -0.046), at(0.004, -0.060),
                at(0.022, -0.040), at(0.030, 0.0), at(0.022, 0.040)]  # fmt: skip
        canvas.path(smooth(hair), "hair")
        for x in (-0.022, 0.022):
            canvas.path(disc(at(-0.004, x), 0.0065 * STATURE), "dot")


def _tint(canvas: Canvas, bones: Skeleton, muscle: str) -> None:
    """Colour a muscle of the working leg in the side view."""
    p = bones.points
    hip, knee, ankle = p["hip"], p["knee"], p["ankle"]
    if bones.view != "side":
        return
    spots: dict[str, tuple[Point, Point, float, float, float]] = {
        # from, to, shares of the way, how far in front of the bone
        "hamstring": (hip, knee, 0.08, 0.96, -0.032),
        "quadriceps": (hip, knee, 0.12, 0.92, 0.028),
        "calf": (knee, ankle, 0.05, 0.62, -0.022),
    }
    a, b, low, high, off = spots[muscle]
    ahead = _ahead(a, b)
    steps = (0.0, 0.25, 0.55, 0.85, 1.0)
    widths = (0.004, 0.013, 0.015, 0.009, 0.003)
    way = [(low + (high - low) * s, w) for s, w in zip(steps, widths, strict=True)]
    taper = [off * (1 - 0.35 * s) for s in steps]
    one = [
        canvas.project(along(between(a, b, s), ahead, o + w)) for (s, w), o in zip(way, taper, strict=True)
    ]
    two = [
        canvas.project(along(between(a, b, s), ahead, o - w)) for (s, w), o in zip(way, taper, strict=True)
    ]
    canvas.path(smooth(one + list(reversed(two))), "muscle")


def draw_body(canvas: Canvas, bones: Skeleton, rounded: float = 0.0, highlight: tuple[str, ...] = ()) -> None:
    """Draw the whole body, far parts first."""
    whole, low = trunk_outlines(canvas, bones, rounded)

    def arm(end: str, css: str) -> None:
        canvas.path(arm_outline(canvas, bones, end), css)
        canvas.path(_sleeve(canvas, bones, end), "shirt" + (" far" if css.endswith("far") else ""))

    def trunk() -> None:
        canvas.path(whole, "shirt limb")
        canvas.path(low, "shorts")

    def leg(end: str) -> None:
        css = "other limb" if end else "work limb"
        if not end and "ankle_on_knee2" in bones.pose.contacts:  # the shin lies in front of the thigh
            canvas.path(_thigh_outline(canvas, bones), css)
            canvas.path(_shin_outline(canvas, bones), css)
        else:
            canvas.path(leg_outline(canvas, bones, end), css)

    if bones.view == "side":
        arm("2", "skin limb far")
        leg("2")
        trunk()
        _head(canvas, bones)
        leg("")
        for muscle in highlight:
            _tint(canvas, bones, muscle)
        arm("", "skin limb")
    elif abs(bones.pose.trunk) > 45:
        arm("2", "skin limb far")
        leg("2")
        trunk()
        _head(canvas, bones)
        leg("")
        arm("", "skin limb")
    else:
        trunk()
        crossed_behind = bones.pose.working.hip_abduction < -8
        for end in ("", "2") if crossed_behind else ("2", ""):
            leg(end)
        arm("2", "skin limb")
        arm("", "skin limb")
        _head(canvas, bones)


def ghost(canvas: Canvas, bones: Skeleton, later: Skeleton, rounded: float = 0.0) -> None:
    """The earlier pose as a pale shape, only the parts that have moved on."""

    def moved(*names: str) -> bool:
        return max(distance(bones.points[n], later.points[n]) for n in names) > 0.035

    if moved("neck", "pelvis"):
        canvas.path(trunk_outlines(canvas, bones, rounded)[0], "ghost")
        canvas.path(disc(canvas.project(bones.points["head"]), body.HEAD_RADIUS * STATURE), "ghost")
    for end in ("2", ""):
        if moved("knee" + end, "ankle" + end, "toe" + end):
            canvas.path(leg_outline(canvas, bones, end), "ghost")
    if moved("hand") and not moved("neck", "pelvis"):
        canvas.path(arm_outline(canvas, bones, ""), "ghost")


def arrow(canvas: Canvas, way: list[Page], css: str = "arrow") -> None:
    """A curved arrow along page points."""
    tip, before = way[-1], way[-2]
    length = max(((tip[0] - before[0]) ** 2 + (tip[1] - before[1]) ** 2) ** 0.5, 1e-6)
    ux, uy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    size = 9.0
    base = (tip[0] - ux * size, tip[1] - uy * size)
    shaft = [*way[:-1], base] if len(way) > 2 else [way[0], base]
    canvas.path(smooth(shaft, closed=False), css)
    left = (base[0] - uy * size * 0.62, base[1] + ux * size * 0.62)
    right = (base[0] + uy * size * 0.62, base[1] - ux * size * 0.62)
    canvas.path(f"M{pair(left)}L{pair(tip)}L{pair(right)}Z", css + "-tip")
    for p in (*way, left, right):
        canvas.reach(p, 3)


def unit(value: float) -> str:
    """A length in page units for an attribute."""
    return number(value * STATURE)
