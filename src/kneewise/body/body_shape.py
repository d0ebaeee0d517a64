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
_NECK = 0.031


def _ahead(a: Point, b: Point) -> Point:
    """In the side view: the direction in front of a segment that hangs from a to b."""
    length = distance(a, b)
    return (-(b[1] - a[1]) / length, (b[0] - a[0]) / length, 0.0)


def _chain(canvas: Canvas, points: Iterable[tuple[Point, float]]) -> str:
    discs = [(canvas.project(p), r * STATURE) for p, r in points]
    for p, r in discs:
        canvas.reach(p, r + 2)
    return "".join(capsule(a, ra, b, rb) for (a, ra), (b, rb) in pairwise(discs))


def leg_pieces(canvas: Canvas, bones: Skeleton, end: str) -> tuple[str, str, str]:
    """The outlines of thigh, shank and foot; `end` is empty or 2."""
    p = bones.points
    hip, knee, ankle = p["hip" + end], p["knee" + end], p["ankle" + end]
    bulge, calf = between(hip, knee, 0.42), between(knee, ankle, 0.30)
    if bones.view == "side":
        bulge = along(bulge, _ahead(hip, knee), 0.004)
        calf = along(calf, _ahead(knee, ankle), -0.009)
    thigh = _chain(canvas, [(hip, _HIP), (bulge, _THIGH), (knee, _KNEE)])
    shank = _chain(canvas, [(knee, _KNEE), (calf, _CALF), (ankle, _ANKLE)])
    heel, toe = p["heel" + end], p["toe" + end]
    if bones.view == "front" and abs(bones.foot_axes[end][0][2]) > 0.7:
        return thigh, shank, _foot_from_ahead(canvas, ankle, toe, bones.foot_axes[end])
    foot = _chain(canvas, [(ankle, _ANKLE), (heel, body.HEEL_DISC[2]), (toe, body.TOE_DISC[2] + 0.003)])
    top = _chain(canvas, [(ankle, _ANKLE), (toe, body.TOE_DISC[2] + 0.003)])
    inside = polygon([canvas.project(q) for q in (ankle, heel, toe)])
    return thigh, shank, foot + top + _bent_toes(canvas, bones, end) + inside


def leg_outline(canvas: Canvas, bones: Skeleton, end: str) -> str:
    """The outline of a whole leg with its foot; `end` is empty or 2."""
    return "".join(leg_pieces(canvas, bones, end))


def _bent_toes(canvas: Canvas, bones: Skeleton, end: str) -> str:
    """The toes stay on the ground when the heel is high."""
    stands = any(c.startswith("toe" + end) and (end or not c.startswith("toe2")) for c in bones.pose.contacts)
    toes, _ = bones.foot_axes[end]
    if not stands or "@air" in "".join(bones.pose.contacts) or toes[1] > -0.35 or bones.view == "front":
        return ""
    toe = bones.points["toe" + end]
    ahead = 1.0 if toes[0] >= -0.2 else -1.0
    return _chain(canvas, [(toe, body.TOE_DISC[2] + 0.003), (along(toe, (ahead, 0.0, 0.0), 0.030), 0.010)])


def _foot_from_ahead(canvas: Canvas, ankle: Point, toe: Point, axes: tuple[Point, Point]) -> str:
    """A foot that points at the viewer: broad at the toes."""
    (ax, ay, az), (sx, sy, sz) = axes
    across = (ay * sz - az * sy, az * sx - ax * sz, ax * sy - ay * sx)
    balls = [along(toe, across, off) for off in (-0.015, 0.015)]
    parts = [_chain(canvas, [(ankle, _ANKLE + 0.002), (ball, 0.017)]) for ball in balls]
    return "".join(parts) + _chain(canvas, [(balls[0], 0.017), (balls[1], 0.017)])


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


def arm_pieces(canvas: Canvas, bones: Skeleton, end: str) -> tuple[str, str, str]:
    """The outlines of upper arm, forearm with hand, and sleeve."""
    p = bones.points
    upper = _chain(canvas, [(p["shoulder" + end], _SHOULDER), (p["elbow" + end], _ELBOW)])
    fore = _chain(canvas, [(p["elbow" + end], _ELBOW), (p["wrist" + end], _WRIST), (p["hand" + end], _HAND)])
    return upper, fore, _sleeve(canvas, bones, end)


def arm_outline(canvas: Canvas, bones: Skeleton, end: str) -> str:
    """The outline of an arm from shoulder to hand."""
    upper, fore, _ = arm_pieces(canvas, bones, end)
    return upper + fore


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
    (1.05, 0.064),
    (1.14, 0.034),
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


def draw_head(canvas: Canvas, bones: Skeleton) -> None:
    """Draw neck and head, facing where the body faces."""
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
        canvas.path(capsule(at(-0.002, -0.014), 0.0105 * STATURE, at(-0.016, -0.010), 0.007 * STATURE), "ear")
    else:
        hair = [at(0.004, 0.060), at(0.040, 0.046), at(0.062, 0.0), at(0.040, -0.046), at(0.004, -0.060),
                at(0.022, -0.040), at(0.030, 0.0), at(0.022, 0.040)]  # fmt: skip
        canvas.path(smooth(hair), "hair")
        for x in (-0.022, 0.022):
            canvas.path(disc(at(-0.004, x), 0.0065 * STATURE), "dot")


# Muscle: from, to, shares of the way, how far in front of the bone, half its width.
_MUSCLES: dict[str, tuple[str, str, float, float, float, float]] = {
    "hamstring": ("hip", "knee", 0.14, 0.97, -0.032, 0.018),
    "quadriceps": ("hip", "knee", 0.14, 0.94, 0.030, 0.020),
    "calf": ("knee", "ankle", 0.03, 0.64, -0.031, 0.014),
    "gluteal": ("hip", "knee", -0.16, 0.20, -0.034, 0.024),
    "hip_flexor": ("hip", "knee", -0.22, 0.26, 0.036, 0.014),
}
# Seen from ahead: along the leg, how far to the outside.
_MUSCLES_AHEAD: dict[str, tuple[str, str, float, float, float, float]] = {
    "gluteal": ("hip", "knee", -0.16, 0.30, 0.030, 0.027),
    "quadriceps": ("hip", "knee", 0.18, 0.92, 0.004, 0.026),
    "hip_flexor": ("hip", "knee", -0.10, 0.22, 0.0, 0.016),
}


def tint(canvas: Canvas, bones: Skeleton, muscle: str, end: str = "") -> None:
    """Colour a muscle of a leg, or the trunk's."""
    ahead_view = bones.view == "front"
    if muscle == "trunk":
        _tint_trunk(canvas, bones)
        return
    spot = (_MUSCLES_AHEAD if ahead_view else _MUSCLES).get(muscle)
    if spot is None:
        return
    a, b = bones.points[spot[0] + end], bones.points[spot[1] + end]
    _, _, low, high, off, width = spot
    if distance(a, b) < 1e-6:
        return
    ahead = _ahead(a, b)
    if ahead_view:  # to the outside of the leg, whichever way it points on the page
        out = bones.axes[2] if end == "" else tuple(-v for v in bones.axes[2])
        turned = ahead[0] * out[0] + ahead[1] * out[1] < 0
        ahead = (-ahead[0], -ahead[1], 0.0) if turned else ahead
    steps = (0.0, 0.12, 0.40, 0.75, 1.0)
    widths = (0.15, 0.62, 1.0, 0.66, 0.15)
    middle = [along(between(a, b, low + (high - low) * s), ahead, off * (1 - 0.28 * s)) for s in steps]
    one = [canvas.project(along(m, ahead, w * width)) for m, w in zip(middle, widths, strict=True)]
    two = [canvas.project(along(m, ahead, -w * width)) for m, w in zip(middle, widths, strict=True)]
    canvas.path(smooth(one + list(reversed(two))), "muscle")


def _tint_trunk(canvas: Canvas, bones: Skeleton) -> None:
    front, up, side = bones.axes
    across, off = (front, 0.030) if bones.view == "side" else (side, 0.0)
    shares = ((0.12, 0.008), (0.30, 0.018), (0.52, 0.018), (0.66, 0.006))
    ring = [
        along(along(bones.points["pelvis"], up, share * body.TRUNK), across, off + sign * width)
        for sign, rows in ((1.0, shares), (-1.0, shares[::-1]))
        for share, width in rows
    ]
    canvas.path(smooth([canvas.project(p) for p in ring]), "muscle")


def draw_body(canvas: Canvas, bones: Skeleton, rounded: float = 0.0, highlight: tuple[str, ...] = ()) -> None:
    """Draw the whole body, far parts first."""
    if bones.view == "side":
        _draw_from_the_side(canvas, bones, rounded, highlight)
    else:
        _draw_from_ahead(canvas, bones, highlight)


def _draw_arm(canvas: Canvas, bones: Skeleton, end: str, css: str) -> None:
    canvas.path(arm_outline(canvas, bones, end), css)
    canvas.path(_sleeve(canvas, bones, end), "shirt" + (" far" if css.endswith("far") else ""))


def _draw_trunk(canvas: Canvas, bones: Skeleton, rounded: float) -> None:
    whole, low = trunk_outlines(canvas, bones, rounded)
    canvas.path(whole, "shirt limb")
    canvas.path(low, "shorts")


def _draw_leg(canvas: Canvas, bones: Skeleton, end: str, highlight: tuple[str, ...] = ()) -> None:
    css = "other limb" if end else "work limb"
    if not end and "ankle_on_knee2" in bones.pose.contacts:  # the shin lies in front of the thigh
        canvas.path(_thigh_outline(canvas, bones), css)
        canvas.path(_shin_outline(canvas, bones), css)
    else:
        canvas.path(leg_outline(canvas, bones, end), css)
    for muscle in highlight:
        if muscle != "trunk":
            tint(canvas, bones, muscle, end)


def _draw_from_the_side(canvas: Canvas, bones: Skeleton, rounded: float, highlight: tuple[str, ...]) -> None:
    _draw_arm(canvas, bones, "2", "skin limb far")
    _draw_leg(canvas, bones, "2")
    _draw_trunk(canvas, bones, rounded)
    if "trunk" in highlight:
        tint(canvas, bones, "trunk")
    draw_head(canvas, bones)
    _draw_leg(canvas, bones, "", highlight)
    _draw_arm(canvas, bones, "", "skin limb")


def _draw_from_ahead(canvas: Canvas, bones: Skeleton, highlight: tuple[str, ...]) -> None:
    lying = abs(bones.pose.trunk) > 45
    if lying:
        _draw_arm(canvas, bones, "2", "skin limb")
        _draw_leg(canvas, bones, "2")
        _draw_trunk(canvas, bones, 0.0)
        draw_head(canvas, bones)
        _draw_leg(canvas, bones, "", highlight)
        _draw_arm(canvas, bones, "", "skin limb")
    else:
        crossed_behind = bones.pose.working.hip_abduction < -8
        sits = any(c.startswith("seat") for c in bones.pose.contacts)
        if sits:
            _draw_trunk(canvas, bones, 0.0)
        for end in ("", "2") if crossed_behind else ("2", ""):
            _draw_leg(canvas, bones, end, () if end else highlight)
        if not sits:
            _draw_trunk(canvas, bones, 0.0)
        for end in ("2", ""):
            _draw_arm(canvas, bones, end, "skin limb")
        draw_head(canvas, bones)
    if "trunk" in highlight:
        tint(canvas, bones, "trunk")


def ghost(canvas: Canvas, bones: Skeleton, later: Skeleton, rounded: float = 0.0) -> None:
    """The earlier pose as a pale shape, only the parts that have moved on."""

    def moved(*names: str) -> bool:
        return max(distance(bones.points[n], later.points[n]) for n in names) > 0.035

    shapes: list[str] = []
    whole = moved("neck", "pelvis")
    if whole:
        neck, head = canvas.project(bones.points["neck"]), canvas.project(bones.points["head"])
        shapes += [
            trunk_outlines(canvas, bones, rounded)[0],
            capsule(neck, _NECK * STATURE, head, _NECK * STATURE),
            disc(head, body.HEAD_RADIUS * STATURE),
        ]
    for end in ("2", ""):
        if moved("knee" + end, "ankle" + end, "toe" + end):
            shapes.append(leg_outline(canvas, bones, end))
    if moved("hand"):
        shapes.append(arm_outline(canvas, bones, ""))
    if shapes:  # one path, so that parts on top of one another are no darker
        canvas.path("".join(shapes), "ghost")


def arrow(canvas: Canvas, way: list[Page], css: str = "arrow", both: bool = False) -> None:
    """A curved arrow along page points, with a head at both ends for a movement to and fro."""
    if both:
        half = len(way) // 2
        middle = way[half] if len(way) > 2 else tuple((a + b) / 2 for a, b in zip(*way, strict=True))
        arrow(
            canvas,
            [(middle[0], middle[1]), *way[half + 1 :]] if len(way) > 2 else [(middle[0], middle[1]), way[1]],
            css,
        )
        arrow(
            canvas,
            [(middle[0], middle[1]), *way[half - 1 :: -1]]
            if len(way) > 2
            else [(middle[0], middle[1]), way[0]],
            css,
        )
        return
    tip, before = way[-1], way[-2]
    length = max(((tip[0] - before[0]) ** 2 + (tip[1] - before[1]) ** 2) ** 0.5, 1e-6)
    ux, uy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    size = 12.0 if css == "push" else 10.0
    base = (tip[0] - ux * size, tip[1] - uy * size)
    shaft = [*way[:-1], base] if len(way) > 2 else [way[0], base]
    canvas.path(smooth([*way[:-1], tip], closed=False), "halo")
    canvas.path(smooth(shaft, closed=False), css)
    left = (base[0] - uy * size * 0.62, base[1] + ux * size * 0.62)
    right = (base[0] + uy * size * 0.62, base[1] - ux * size * 0.62)
    canvas.path(f"M{pair(left)}L{pair(tip)}L{pair(right)}Z", css + "-tip")
    for p in (*way, left, right):
        canvas.reach(p, 3)


def unit(value: float) -> str:
    """A length in page units for an attribute."""
    return number(value * STATURE)
