"""Pictures of a person's own mechanics: what "tight" or "weak" does, now and at the goal, with its error.

Pure: measured values, their errors and what is usual come in, words come in, SVG goes out. No number is drawn
that was not measured; without a value the picture shows the usual range and a question mark. Angles are in
degrees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

from kneewise.body import proportions as body
from kneewise.body.body_shape import arrow, draw_body, ghost
from kneewise.body.canvas import STATURE, Canvas, Page, capsule, disc, escape, number, pair, smooth
from kneewise.body.figure import DARK_COLOURS, LIGHT_COLOURS
from kneewise.body.kinematics import Skeleton, place, place_all
from kneewise.body.muscle import HAMSTRINGS, straight_knee_hip_limit
from kneewise.body.pose import Arm, Figure, KeyPose, Leg
from kneewise.body.props import draw_before, draw_behind

WIDTH = 324.0
_FONT = 15.0
_GAP = 14.0
Words = Mapping[str, str]


@dataclass(frozen=True)
class Reading:
    """One measured value with the error of its test; `usual` and `goal` in the same unit.

    `value` None: nothing was measured. `error`: half the range in which the true value lies in 95 of 100
    tests; None where nobody knows it. `usual`: where most people lie; None where no norm fits this person.
    """

    value: float | None
    error: float | None = None
    usual: tuple[float, float] | None = None
    goal: float | None = None

    def band(self) -> tuple[float, float] | None:
        """The range that the error leaves."""
        if self.value is None or self.error is None:
            return None
        return (self.value - self.error, self.value + self.error)


@dataclass(frozen=True)
class Bend:
    """How far somebody can tip forward with straight knees, in degrees."""

    value: float
    low: float
    high: float


def forward_bend(deficit: float, error: float = 0.0) -> Bend:
    """How far a straight leg lets the hip bend, from what is missing to a straight knee at 90 degrees.

    The range takes in the test's error and the three hamstrings of the model; the pelvis is held still. A
    knee that came straight or beyond counts as straight. Raises ValueError for a deficit above 90 degrees.
    """

    def limits(missing: float) -> list[float]:
        held = min(max(missing, 0.0), 90.0)
        return [straight_knee_hip_limit(held, muscle) for muscle in HAMSTRINGS]

    if deficit > 90.0:
        raise ValueError(f"a knee {deficit:g} degrees short of straight is beyond the model's 90 degrees")
    middle = limits(deficit)
    return Bend(
        sum(middle) / len(middle), min(limits(deficit + error)), max(limits(max(deficit - error, 0.0)))
    )


def explain_rules(scope: str) -> str:
    """The CSS of what these pictures add to the exercise figures, inside an element of a class."""
    s = "." + scope

    def c(name: str) -> str:
        return f"var(--figure-{name},{LIGHT_COLOURS[name]})"

    rules = (
        f"{s} .usual{{fill:{c('work')};opacity:.5}}",
        f"{s} .strand{{fill:none;stroke:{c('muscle')};stroke-width:3}}",
        f"{s} .band{{fill:{c('muscle')};opacity:.34;stroke:none}}",
        f"{s} .now{{fill:none;stroke:{c('arrow')};stroke-width:4}}{s} .now-dot{{fill:{c('arrow')}}}",
        f"{s} .goal{{fill:none;stroke:{c('accent')};stroke-width:3.2;stroke-dasharray:7 5}}",
        f"{s} .rule{{fill:none;stroke:{c('ghost')};stroke-width:1.2}}",
        f"{s} .axis{{fill:none;stroke:{c('ink')};stroke-width:1.4}}",
        f"{s} .low{{fill:{c('muscle')};opacity:.3}}{s} .plain{{fill:{c('mat')}}}",
        f"{s} .strong{{font-weight:700}}{s} .middle{{text-anchor:middle}}{s} .end{{text-anchor:end}}",
        f"{s} .plumb{{fill:none;stroke:{c('accent')};stroke-width:3;stroke-dasharray:6 5}}",
    )
    return "".join(rules)


def _own_rules(scope: str) -> str:
    """The rules of the body itself, for a picture that stands alone."""
    s = "." + scope

    def c(name: str) -> str:
        return f"var(--figure-{name},{LIGHT_COLOURS[name]})"

    fills = {"work": "work", "other": "other", "shirt": "shirt", "shorts": "shorts", "skin": "skin",
             "hair": "hair", "dot": "line", "arrow-tip": "arrow", "prop": "prop", "light": "prop-light",
             "mat": "mat", "shade": "prop-shade"}  # fmt: skip
    dark = "".join(f"--figure-{n}:{v};" for n, v in DARK_COLOURS.items())
    return (
        f"{s} path{{stroke-linejoin:round;stroke-linecap:round}}"
        f"{s} .limb{{stroke:{c('line')};stroke-width:3;paint-order:stroke}}{s} .far{{opacity:.8}}"
        + "".join(f"{s} .{css}{{fill:{c(colour)}}}" for css, colour in fills.items())
        + f"{s} .muscle{{fill:{c('muscle')};opacity:.85}}{s} .ghost{{fill:{c('ghost')};opacity:.22}}"
        f"{s} .arrow{{fill:none;stroke:{c('arrow')};stroke-width:4.5}}"
        f"{s} .ground{{fill:none;stroke:{c('prop-shade')};stroke-width:1.6}}"
        f"{s} text{{font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;"
        f"font-size:{number(_FONT)}px;fill:{c('ink')}}}"
        f"@media (prefers-color-scheme:dark){{{s}{{{dark}}}}}"
    )


# --- putting panels together --------------------------------------------------------------------------


@dataclass
class _Panel:
    """Elements in their own page units, and the box that holds them."""

    elements: list[str]
    box: tuple[float, float, float, float]  # left, top, right, bottom


def _text(x: float, y: float, words: str, css: str = "") -> str:
    mark = f' class="{css}"' if css else ""
    return f'<text{mark} x="{number(x)}" y="{number(y)}">{escape(words)}</text>'


def _stack(panels: Sequence[_Panel], title: str, description: str, key: str) -> str:
    """The panels below one another, each in the middle, as one picture of a fixed width."""
    parts, y = [], 0.0
    for panel in panels:
        left, top, right, bottom = panel.box
        dx = (WIDTH - (right - left)) / 2 - left
        parts.append(f'<g transform="translate({number(dx)} {number(y - top)})">')
        parts += [*panel.elements, "</g>"]
        y += bottom - top + _GAP
    scope, name = f"explain-{key}", escape(key)
    box = " ".join(number(v) for v in (0, -4, WIDTH, y - _GAP + 8))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{scope}" viewBox="{box}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>'
        f"<style>{_own_rules(scope)}{explain_rules(scope)}</style>{''.join(parts)}</svg>"
    )


def _polar(centre: Page, radius: float, angle: float) -> Page:
    """A page point; the angle runs clockwise from straight up."""
    return (centre[0] + radius * sin(radians(angle)), centre[1] - radius * cos(radians(angle)))


def _sector(centre: Page, radii: Page, angles: Page) -> str:
    """A piece of a ring between two radii and two angles (clockwise from straight up)."""
    (inner, outer), (a, b) = radii, angles
    steps = max(int(abs(b - a) / 6), 2)
    turn = [a + (b - a) * n / steps for n in range(steps + 1)]
    far = [_polar(centre, outer, t) for t in turn]
    near = [_polar(centre, inner, t) for t in reversed(turn)]
    return "M" + "L".join(pair(p) for p in far + near) + "Z"


@dataclass(frozen=True)
class _Dial:
    """A round gauge at a joint: degrees run from `zero` (clockwise from straight up) by `sign`."""

    centre: Page
    radius: float
    sign: float = 1.0
    zero: float = 0.0

    def at(self, value: float, radius: float) -> Page:
        return _polar(self.centre, radius, self.zero + self.sign * value)

    def ring(self, canvas: Canvas, css: str, low: float, high: float, inner: float, outer: float) -> None:
        angles = (self.zero + self.sign * low, self.zero + self.sign * high)
        canvas.path(_sector(self.centre, (inner, outer), angles), css)

    def ray(self, canvas: Canvas, css: str, value: float, start: float, stop: float) -> None:
        canvas.path(f"M{pair(self.at(value, start))}L{pair(self.at(value, stop))}", css)

    def arc(self, canvas: Canvas, low: float, high: float) -> None:
        turn = [low + (high - low) * n / 12 for n in range(13)]
        canvas.path(smooth([self.at(t, self.radius) for t in turn], closed=False), "rule")


def _degrees(words: str, value: float) -> str:
    return f"{words} {round(value)}°"


def _label(canvas: Canvas, at: Page, words: str, css: str = "") -> None:
    canvas.elements.append(_text(at[0], at[1], words, css))
    width = len(words) * _FONT * 0.55
    left = at[0] - (width if "end" in css else width / 2 if "middle" in css else 0.0)
    canvas.reach((left, at[1] - _FONT), 1.0)
    canvas.reach((left + width, at[1] + 4), 1.0)


def _finish(canvas: Canvas, heading: str) -> _Panel:
    """A panel with its heading above it and the ground below."""
    left, right = canvas.left, canvas.right
    middle = (left + right) / 2
    half = min(max((right - left) / 2, len(heading) * _FONT * 0.29), WIDTH / 2 - 2)
    left, right = middle - half, middle + half
    ground = f'<path class="ground" d="M{pair((left + 2, 0.5))}L{pair((right - 2, 0.5))}"/>'
    top = canvas.top - 30
    title = _text(left + 2, top + 15, heading, "strong")
    return _Panel([ground, *canvas.elements, title], (left, top, right, max(canvas.bottom, 3.0)))


# --- tight ---------------------------------------------------------------------------------------------

_FLAT = Leg(2, 0, 0)
_ALONG = Arm(10, 8)


def _lying(knee: float) -> KeyPose:
    hold = Arm(40, 60, to="thigh_back")
    return KeyPose(-90, Leg(90, knee, 0), _FLAT, ("pelvis", "shoulder", "heel2"), (hold, hold))


def _lying_panel(reading: Reading, words: Words, mirrored: bool) -> _Panel:
    figure = Figure(orientation="supine", poses=(_lying(0),))
    shown = reading.value if reading.value is not None else _middle(reading.usual)
    bones = place(figure, _lying(min(max(shown, 0.0), 100.0)))
    canvas = Canvas("side", mirrored)
    if reading.goal is not None:
        ghost(canvas, place(figure, _lying(reading.goal)), bones)
    draw_body(canvas, bones, highlight=("hamstring",))
    _strand(canvas, bones)
    knee = canvas.project(bones.points["knee"])
    reach = (body.SHANK + 0.095) * STATURE
    dial = _Dial(knee, reach, -1.0 if mirrored else 1.0)
    far = max(shown, reading.usual[1] if reading.usual else 0.0) + 16
    dial.arc(canvas, 0.0, far)
    dial.ray(canvas, "rule", 0.0, 0.1 * STATURE, reach + 8)
    if reading.usual is not None:
        dial.ring(canvas, "usual", *reading.usual, reach - 9, reach + 9)
    _dial_values(canvas, dial, reading, words)
    canvas.reach((knee[0], knee[1] - reach - 12), 4)
    return _finish(canvas, words["lying"])


def _middle(span: tuple[float, float] | None) -> float:
    return (span[0] + span[1]) / 2 if span is not None else 20.0


def _dial_values(canvas: Canvas, dial: _Dial, reading: Reading, words: Words) -> None:
    """The person's value with its error, what is usual and the goal, each with its word beside the dial."""
    band, reach = reading.band(), dial.radius
    if band is not None:
        dial.ring(canvas, "band", *band, reach - 9, reach + 9)
    spots: list[tuple[Page, str, str]] = []
    if reading.usual is not None:
        spots.append((dial.at(reading.usual[0] + 3, reach + 18), words["usual"], ""))
    if reading.value is not None:
        dial.ray(canvas, "now", reading.value, reach - 14, reach + 13)
        spots.append((dial.at(reading.value, reach + 19), _degrees(words["you"], reading.value), "strong"))
    else:
        spots.append((dial.at(_middle(reading.usual) + 9, reach + 19), words["your_leg"], "strong"))
    if reading.goal is not None:
        dial.ray(canvas, "goal", reading.goal, 0.13 * STATURE, reach + 13)
        spots.append((dial.at(reading.goal, reach + 19), _degrees(words["goal"], reading.goal), ""))
    lowest = -1e9
    for (x, y), text, style in sorted(spots, key=lambda spot: spot[0][1]):
        lowest = max(y, lowest + 18)
        side = "end" if x < dial.centre[0] else ""
        _label(canvas, (x, lowest + 4), text, f"{style} {side}".strip())


def _strand(canvas: Canvas, bones: Skeleton) -> None:
    """The hamstring as a cord from the sit bone over the hip to the shin, below the knee: two joints."""
    p = bones.points

    def behind(a: str, b: str, share: float, off: float) -> Page:
        (ax, ay, az), (bx, by, _) = p[a], p[b]
        length = max(((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5, 1e-6)
        x, y = ax + (bx - ax) * share, ay + (by - ay) * share
        return canvas.project((x + (by - ay) / length * off, y - (bx - ax) / length * off, az))

    way = [
        behind("hip", "knee", -0.04, 0.040), behind("hip", "knee", 0.16, 0.034),
        behind("hip", "knee", 0.6, 0.026), behind("hip", "knee", 0.92, 0.024),
        behind("knee", "ankle", 0.10, 0.016),
    ]  # fmt: skip
    canvas.path(smooth(way, closed=False), "strand")


def _standing(bend: float) -> KeyPose:
    leg = Leg(bend, 2, 0)
    hang = Arm(max(bend, 10.0), 6)
    return KeyPose(bend, leg, leg, ("foot", "foot2"), (hang, hang))


def _bending_panel(now: Bend, goal: Bend | None, words: Words, mirrored: bool) -> _Panel:
    figure = Figure(orientation="standing", poses=(_standing(0),))
    canvas = Canvas("side", mirrored)
    bones = place(figure, _standing(now.value))
    if goal is not None:
        ghost(canvas, place(figure, _standing(goal.value)), bones)
    draw_body(canvas, bones, highlight=("hamstring",))
    _strand(canvas, bones)
    hip = canvas.project(bones.points["pelvis"])
    reach = (body.TRUNK + body.HEAD_AND_NECK + 0.05) * STATURE
    dial = _Dial(hip, reach, -1.0 if mirrored else 1.0)
    dial.arc(canvas, 0.0, 96.0)
    dial.ray(canvas, "rule", 0.0, 0.1 * STATURE, reach + 6)
    _label(canvas, dial.at(0.0, reach + 12), "0°", "middle")
    dial.ring(canvas, "band", now.low, now.high, reach - 9, reach + 9)
    dial.ray(canvas, "now", now.value, reach - 14, reach + 13)
    css = "end" if mirrored else ""
    away = dial.at(now.value, reach + 16)
    apart = goal is not None and goal.value - now.value < 14
    _label(
        canvas,
        (away[0], away[1] - (8 if apart else 0)),
        f"{words['you']} ~{round(now.value)}°",
        f"strong {css}".strip(),
    )
    if goal is not None:
        dial.ray(canvas, "goal", goal.value, 0.16 * STATURE, reach + 13)
        spot = dial.at(goal.value, reach + 16)
        _label(
            canvas, (spot[0], spot[1] + (14 if apart else 6)), f"{words['goal']} ~{round(goal.value)}°", css
        )
    return _finish(canvas, words["bending"])


def draw_hamstring_length(
    reading: Reading,
    words: Words,
    title: str,
    description: str,
    *,
    mirrored: bool = False,
    key: str = "length",
) -> str:
    """A hamstring in the active knee extension test: this person's against the usual, now and at the goal.

    With a value a second panel shows how far this lets them bend forward with straight knees. Raises
    `KeyError` for a missing word, ValueError for a value above 90 degrees.
    """
    panels = [_lying_panel(reading, words, mirrored)]
    if reading.value is not None:
        now = forward_bend(reading.value, reading.error or 0.0)
        goal = forward_bend(reading.goal) if reading.goal is not None else None
        panels.append(_bending_panel(now, goal, words, mirrored))
    return _stack(panels, title, description, key)


def _raised(angle: float) -> KeyPose:
    return KeyPose(-90, Leg(angle, 0, 0), _FLAT, ("pelvis", "shoulder", "heel2"), (_ALONG, _ALONG))


def draw_leg_raise(
    reading: Reading,
    words: Words,
    title: str,
    description: str,
    *,
    mirrored: bool = False,
    key: str = "raise",
) -> str:
    """How far a straight leg lifts from the floor, with the test's error and the goal."""
    if reading.value is None:
        raise ValueError("a leg raise is drawn only from a measured angle")
    figure = Figure(orientation="supine", poses=(_raised(0),))
    bones = place(figure, _raised(min(max(reading.value, 0.0), 120.0)))
    canvas = Canvas("side", mirrored)
    if reading.goal is not None:
        ghost(canvas, place(figure, _raised(reading.goal)), bones)
    draw_body(canvas, bones, highlight=("hamstring",))
    _strand(canvas, bones)
    reach = (body.THIGH + body.SHANK + 0.095) * STATURE
    dial = _Dial(
        canvas.project(bones.points["hip"]), reach, 1.0 if mirrored else -1.0, -90 if mirrored else 90
    )
    dial.arc(canvas, 0.0, 95.0)
    _dial_values(canvas, dial, reading, words)
    return _stack([_finish(canvas, words["raised"])], title, description, key)


# --- weak ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counted:
    """A counted test and its scale: below `low` counts as low; up to `most` is drawn."""

    reading: Reading
    low: float | None
    most: float


def _count_panel(counted: Counted, words: Words) -> _Panel:
    """A straight scale with what is low, what is usual, and the person's count with its error."""
    left, right, y, tall = 14.0, WIDTH - 14.0, 46.0, 16.0
    reading = counted.reading

    def x(value: float) -> float:
        return left + (right - left) * min(max(value, 0.0), counted.most) / counted.most

    def block(css: str, low: float, high: float, grow: float = 0.0) -> str:
        return (
            f'<rect class="{css}" x="{number(x(low))}" y="{number(y - grow)}" '
            f'width="{number(x(high) - x(low))}" height="{number(tall + 2 * grow)}"/>'
        )

    parts = [_text(left, 16, words["count"], "strong"), block("plain", 0, counted.most)]
    if counted.low is not None:
        parts += [
            block("low", 0, counted.low),
            _text(x(counted.low / 2), y + tall + 32, words["low"], "middle"),
        ]
    if reading.usual is not None:
        parts.append(block("usual", *reading.usual))
        parts.append(_text(x(sum(reading.usual) / 2), y + tall + 32, words["usual"], "middle"))
    marks = {0.0, counted.most, *((counted.low,) if counted.low else ()), *(reading.usual or ())}
    last = -99.0
    for mark in sorted(marks):
        parts.append(f'<path class="axis" d="M{pair((x(mark), y))}L{pair((x(mark), y + tall + 3))}"/>')
        if x(mark) - last > 22:
            parts.append(_text(x(mark), y + tall + 16, f"{mark:g}", "middle"))
            last = x(mark)
    parts += _count_value(reading, words, x, (y, tall))
    return _Panel(parts, (0, 0, WIDTH, y + tall + 36))


def _count_value(reading: Reading, words: Words, x: Callable[[float], float], rows: Page) -> list[str]:
    y, tall = rows
    if reading.value is None:
        return [_text(WIDTH / 2, y - 7, "? " + words["not_measured"], "strong middle")]
    at, parts = x(reading.value), []
    band = reading.band()
    if band is not None:
        wide = x(band[1]) - x(band[0])
        parts.append(
            f'<rect class="band" x="{number(x(band[0]))}" y="{number(y - 3)}" width="{number(wide)}" '
            f'height="{number(tall + 6)}"/>'
        )
    parts.append(f'<path class="now" d="M{pair((at, y - 5))}L{pair((at, y + tall + 4))}"/>')
    said = f"{words['you']}: {reading.value:g}"
    middle = min(max(at, 40.0), WIDTH - 40.0)
    return [*parts, _text(middle, y - 10, said, "strong middle")]


def draw_bridge(
    figure: Figure,
    counted: Counted,
    words: Words,
    title: str,
    description: str,
    *,
    mirrored: bool = False,
    key: str = "bridge",
) -> str:
    """Who lifts the hips in a bridge, and the counted one-leg bridges on their scale, if there are any.

    `figure` is a bridge; its last key pose is drawn. Shares are never drawn as numbers: a count cannot tell.
    """
    canvas, bones = _scene(figure, ("hamstring", "gluteal"), mirrored)
    side = -1.0 if mirrored else 1.0
    hip, knee = canvas.project(bones.points["pelvis"]), canvas.project(bones.points["knee"])
    thigh = ((hip[0] + knee[0]) / 2 + side * 4, (hip[1] + knee[1]) / 2 + 8)
    arrow(canvas, [(hip[0] - side * 34, hip[1] - 26), (hip[0] - side * 34, hip[1] - 64)])
    _pointed(canvas, (hip[0] - side * 14, 26.0), (hip[0] + side * 2, hip[1] + 10), words["buttock"], -side)
    _pointed(canvas, (thigh[0] + side * 4, 26.0), thigh, words["hamstrings"], side)
    return _stack([_finish(canvas, title), _count_panel(counted, words)], title, description, key)


def draw_chair_stand(
    figure: Figure,
    counted: Counted,
    words: Words,
    title: str,
    description: str,
    *,
    mirrored: bool = False,
    key: str = "chair",
) -> str:
    """Who lifts the body out of a chair, and the counted stands on their scale, if there are any."""
    canvas, bones = _scene(figure, ("quadriceps", "gluteal"), mirrored, at=-2)
    side = -1.0 if mirrored else 1.0
    hip, knee = canvas.project(bones.points["pelvis"]), canvas.project(bones.points["knee"])
    thigh = ((hip[0] + knee[0]) / 2 + side * 6, (hip[1] + knee[1]) / 2 - 4)
    arrow(canvas, [(hip[0] - side * 58, hip[1] - 34), (hip[0] - side * 46, hip[1] - 74)])
    _pointed(canvas, (knee[0] + side * 22, knee[1] + 22), thigh, words["thigh"], side)
    _pointed(
        canvas, (hip[0] - side * 44, hip[1] + 34), (hip[0] - side * 4, hip[1] + 4), words["buttock"], -side
    )
    return _stack([_finish(canvas, title), _count_panel(counted, words)], title, description, key)


def _pointed(canvas: Canvas, said: Page, spot: Page, words: str, side: float) -> None:
    """A word beside the body with a thin line to what it names; `side` is where the word goes on."""
    canvas.path(f"M{pair((said[0] - side * 2, said[1] - 8))}L{pair(spot)}", "axis")
    _label(canvas, said, words, "strong" if side > 0 else "strong end")


def _scene(figure: Figure, muscles: tuple[str, ...], mirrored: bool, at: int = -1) -> tuple[Canvas, Skeleton]:
    """One key pose of an exercise with its props and working muscles."""
    all_bones = place_all(figure)
    index = (at if len(all_bones) >= -at else -1) % len(all_bones)
    canvas = Canvas(figure.view, mirrored)
    draw_behind(canvas, figure, all_bones, index)
    draw_body(canvas, all_bones[index], highlight=muscles)
    draw_before(canvas, figure, all_bones, index)
    return canvas, all_bones[index]


# --- the kneecap ---------------------------------------------------------------------------------------


def _one_leg(canvas: Canvas, drop: float, drift: float) -> None:
    """Somebody on one leg, seen from the front; `drop` of the hip, `drift` of the knee (of stature)."""

    def at(x: float, y: float) -> Page:
        return canvas.flat(x, y)

    def limb(css: str, *points: tuple[float, float, float]) -> None:
        discs = [(at(x, y), r * STATURE) for x, y, r in points]
        canvas.path("".join(capsule(a, ra, b, rb) for (a, ra), (b, rb) in pairwise(discs)), css)
        for p, r in discs:
            canvas.reach(p, r + 2)

    lean = drop * 0.5
    hip, knee, ankle = (-0.05, 0.46), (-0.052 + drift, 0.25), (-0.055, 0.035)
    other = (0.055, 0.46 - drop)
    limb("other limb", (*other, 0.05), (0.06 + drift / 3, 0.29 - drop, 0.034))
    limb("other limb", (0.06 + drift / 3, 0.29 - drop, 0.032), (0.062, 0.22 - drop, 0.024))
    limb("work limb", (*hip, 0.054), (-0.051 + drift * 0.45, 0.36, 0.048), (*knee, 0.036))
    limb("work limb", (*knee, 0.035), (-0.056 + drift * 0.6, 0.18, 0.034), (*ankle, 0.021))
    limb("work limb", (-0.058, 0.018, 0.018), (-0.075, 0.014, 0.014))
    limb("shirt limb", (lean, 0.54, 0.07), (lean * 1.6, 0.70, 0.085))
    limb("shorts", (hip[0] + 0.012, hip[1], 0.058), (other[0] - 0.006, other[1], 0.055))
    for x, away in ((-0.115, -0.17), (0.115, 0.17)):
        limb(
            "skin limb", (lean * 1.7 + x, 0.72, 0.028), (lean + away, 0.58, 0.022), (lean + away, 0.47, 0.02)
        )
    limb("skin limb", (lean * 1.8, 0.77, 0.028), (lean * 1.9, 0.87, 0.028))
    limb("skin limb", (lean * 1.9, 0.885, 0.058), (lean * 1.9, 0.865, 0.043))
    hair = [
        (0.06, 0.89),
        (0.046, 0.925),
        (0.0, 0.948),
        (-0.046, 0.925),
        (-0.06, 0.89),
        (-0.03, 0.915),
        (0.03, 0.915),
    ]
    canvas.path(smooth([at(lean * 1.9 + x, y) for x, y in hair]), "hair")
    for x in (-0.022, 0.022):
        canvas.path(disc(at(lean * 1.9 + x, 0.88), 0.0065 * STATURE), "dot")
    cap = at(knee[0] + 0.003, knee[1] + 0.004)
    canvas.path(disc(cap, 0.017 * STATURE), "light limb")
    canvas.path(f"M{pair(at(hip[0], hip[1] + 0.03))}L{pair(cap)}L{pair(at(ankle[0], 0.02))}", "plumb")
    level = [at(hip[0] - 0.05, hip[1] + 0.03 + drop * 0.4), at(other[0] + 0.05, other[1] + 0.03)]
    canvas.path(f"M{pair(level[0])}L{pair(level[1])}", "plumb")


def draw_kneecap(
    words: Words, title: str, description: str, *, mirrored: bool = False, key: str = "kneecap"
) -> str:
    """One leg with the knee over the foot, and one where the hip drops and the knee drifts in: no numbers."""
    steady, drifting = Canvas("front", mirrored), Canvas("front", mirrored)
    _one_leg(steady, 0.0, 0.0)
    _one_leg(drifting, 0.035, 0.055)
    knee = drifting.flat(-0.052 - 0.045, 0.25)
    push = 1.0 if not mirrored else -1.0
    arrow(drifting, [(knee[0] - push * 26, knee[1]), (knee[0] - push * 2, knee[1])])
    parts: list[str] = []
    half, bottom = WIDTH / 2, 6.0
    top = min(steady.top, drifting.top)
    for n, (canvas, said) in enumerate(((steady, words["steady"]), (drifting, words["drifting"]))):
        middle = half * (n + 0.5)
        parts.append(f'<g transform="translate({number(middle)} 0)">')
        parts.append(f'<path class="ground" d="M{pair((-half / 2 + 8, 0.5))}L{pair((half / 2 - 8, 0.5))}"/>')
        parts += [*canvas.elements, "</g>", _text(middle, 22, said, "middle strong")]
        if n:
            parts.append(_text(middle, 40, f"({words['disputed']})", "middle"))
    return _stack([_Panel(parts, (0, top, WIDTH, bottom + 40))], title, description, key)
