"""The figure in motion: one panel whose body parts turn about their joints in a loop, by style sheet alone.

Every part (a thigh, a forearm, the trunk) is drawn once, at rest, and moved by a CSS animation of its
`transform`, sampled from the poses between the key poses (`between_poses`): no script, nothing fetched. Each
movement takes the seconds of the pose it leads to, slow at both ends. Where the reader asks for less motion,
and in print, the still panels show instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot

from kneewise.body import body_shape as shape
from kneewise.body import props
from kneewise.body.canvas import Canvas, Page, capsule, disc, number, polygon
from kneewise.body.kinematics import Point, Skeleton, between, between_poses, place_all
from kneewise.body.pose import Figure, Prop

Box = tuple[float, float, float, float]
Ends = tuple[Page, Page]
_SAMPLES = 7  # moments of one movement
_HELD_FROM = 5.0  # seconds; a pose held as long is shown for a moment only
_MOVED_BY_BODY = ("slider", "weight", "strap", "band", "stick")


@dataclass(frozen=True)
class Moment:
    """The body at a time (seconds from the start of the loop)."""

    at: float
    body: Skeleton


@dataclass(frozen=True)
class Part:
    """A rigid piece: what is drawn at rest, and the two points that carry it."""

    name: str
    layers: tuple[tuple[str, str], ...]  # class and path, drawn in order
    ends: Callable[[Skeleton], Ends]
    stretches: bool = False


def timeline(figure: Figure, keys: Sequence[Skeleton]) -> tuple[Moment, ...]:
    """The moments of one loop, the last of them like the first."""
    held = {name: keys[0].points[name] for name in ("hand", "hand2")}
    moments, now = [Moment(0.0, keys[0])], _rest(figure.poses[0].seconds)
    moments.append(Moment(now, keys[0]))
    ring = [*keys, *([] if figure.poses[-1] == figure.poses[0] else [keys[0]])]
    for before, after in pairwise(ring):
        long = _movement(after.pose.seconds)
        for step in range(1, _SAMPLES + 1):
            share = step / _SAMPLES
            moments.append(Moment(now + long * share, between_poses(figure, before, after, share, held)))
        now += long
        if after is not ring[-1]:
            now += _rest(after.pose.seconds)
            moments.append(Moment(now, after))
    return tuple(moments)


def _movement(seconds: float) -> float:
    return 1.8 if seconds >= _HELD_FROM else min(max(seconds, 0.8), 4.0)


def _rest(seconds: float) -> float:
    return 1.6 if seconds >= _HELD_FROM else 0.5


def moving_picture(
    figure: Figure, mirrored: bool, highlight: tuple[str, ...], scope: str, still: tuple[Box, str]
) -> tuple[Box, str, str]:
    """View box, elements and style of the moving panel, with the still picture for whoever wants none."""
    keys = place_all(figure)
    moments = timeline(figure, keys)
    canvas = Canvas(figure.view)
    props.draw_behind(canvas, _standing(figure), keys, 0)
    behind = list(canvas.elements)
    canvas.elements.clear()
    for one in keys:
        shape.draw_body(canvas, one)
    canvas.elements.clear()
    posts = _posts(canvas, figure, keys)
    styles: list[str] = []
    body = "".join(_moving(part, moments, scope, styles) for part in _parts(figure, keys, highlight))
    canvas.reach((canvas.left, 10.0))
    left, top, width, height = canvas.left - 8, canvas.top - 8, 0.0, canvas.bottom - canvas.top + 14
    width = canvas.right - canvas.left + 16
    panel = _ground(canvas, left, left + width) + "".join(behind + posts) + body
    if mirrored:
        panel, left = f'<g transform="scale(-1 1)">{panel}</g>', -left - width
    box = (left, top, width, height)
    css = _switch(scope, moments[-1].at) + "".join(styles)
    return box, f'<g class="moving">{panel}</g>{_resting(box, still)}', css


def _standing(figure: Figure) -> Figure:
    """The figure with only the things that stay where they are."""
    stay = tuple(
        p for p in figure.props
        if p.kind not in _MOVED_BY_BODY and not (p.kind == "roller" and p.at.startswith("ankle"))
    )  # fmt: skip
    return Figure(figure.view, figure.orientation, figure.poses, stay, None, figure.spine_share_of_hip)


def _posts(canvas: Canvas, figure: Figure, keys: Sequence[Skeleton]) -> list[str]:
    for prop in figure.props:
        if prop.to.startswith("anchor"):
            props.anchored(canvas, keys, prop)
    return list(canvas.elements)


def _ground(canvas: Canvas, left: float, right: float) -> str:
    deep = 6.0 if canvas.view == "side" else 9.0
    corners = [(left, deep), (right, deep), (right, -deep), (left, -deep)]
    return f'<path class="ground" d="{polygon(corners)}"/>'


def _switch(scope: str, seconds: float) -> str:
    s = "." + scope
    calm = f"{s} .moving{{display:none}}{s} .resting{{display:inline}}"
    return (
        f"{s} .resting{{display:none}}{s} .moving g{{animation-duration:{number(seconds)}s;"
        "animation-timing-function:linear;animation-iteration-count:infinite}"
        f"@media (prefers-reduced-motion:reduce){{{calm}}}@media print{{{calm}}}"
    )


def _resting(box: Box, still: tuple[Box, str]) -> str:
    """The still panels inside the moving picture's box."""
    (x, y, width, height), (sx, sy, swidth, sheight) = box, still[0]
    share = min(width / swidth, height / sheight)
    dx = x + (width - swidth * share) / 2 - sx * share
    dy = y + (height - sheight * share) / 2 - sy * share
    where = f"translate({number(dx)} {number(dy)}) scale({share:.3f})"
    return f'<g class="resting" transform="{where}">{still[1]}</g>'


# --- a part in motion -----------------------------------------------------------------------------


def _frame(ends: Ends) -> tuple[float, float, float, float]:
    (ax, ay), (bx, by) = ends
    return ax, ay, degrees(atan2(by - ay, bx - ax)), hypot(bx - ax, by - ay)


def _moving(part: Part, moments: Sequence[Moment], scope: str, styles: list[str]) -> str:
    """The part's elements, carried by its animation; adds the key frames to `styles`."""
    frames = [_frame(part.ends(m.body)) for m in moments]
    ax, ay, turned, long = frames[0]
    inner = f'<g transform="rotate({number(-turned)}) translate({number(-ax)} {number(-ay)})">'
    drawn = "".join(f'<path class="{css}" d="{d}"/>' for css, d in part.layers)
    stretched = part.stretches or max(abs(f[3] - long) for f in frames) > 3.0
    words = _transforms(frames, long, stretched)
    if len(set(words)) == 1:
        return f'<g style="transform:{words[0]}">{inner}{drawn}</g></g>'
    name = f"{scope}-{part.name}"
    rule = f"@keyframes {name}{{" + _stops(moments, words) + "}"
    if rule not in styles:
        styles += [rule, f".{scope} .{name}{{animation-name:{name}}}"]
    return f'<g class="{name}">{inner}{drawn}</g></g>'


def _transforms(
    frames: Sequence[tuple[float, float, float, float]], long: float, stretched: bool
) -> list[str]:
    words, last = [], frames[0][2]
    for x, y, turned, now in frames:
        angle = turned + 360.0 * round((last - turned) / 360.0)  # the short way round
        last = angle
        word = f"translate({x:.1f}px,{y:.1f}px) rotate({angle:.1f}deg)"
        words.append(word + (f" scale({now / max(long, 1e-6):.3f},1)" if stretched else ""))
    return words


def _stops(moments: Sequence[Moment], words: Sequence[str]) -> str:
    whole = moments[-1].at
    stops: list[str] = []
    for index, (moment, word) in enumerate(zip(moments, words, strict=True)):
        inside = 0 < index < len(words) - 1
        if inside and words[index - 1] == word == words[index + 1]:
            continue
        stops.append(f"{number(100 * moment.at / whole)}%{{transform:{word}}}")
    return "".join(stops)


# --- the parts of a body --------------------------------------------------------------------------


def _parts(figure: Figure, keys: Sequence[Skeleton], highlight: tuple[str, ...]) -> list[Part]:
    """All parts, far ones first."""
    rest, view = keys[0], figure.view
    sits = any(c.startswith("seat") for c in rest.pose.contacts)
    lying = view == "front" and abs(rest.pose.trunk) > 45
    far_arm = "skin limb" if view == "front" else "skin limb far"
    trunk, head = _trunk(rest, highlight), _head(rest)
    legs = {end: _leg(rest, end, () if end else highlight) for end in ("", "2")}
    arms = {"": _arm(rest, "", "skin limb"), "2": _arm(rest, "2", far_arm)}
    if view == "side" or lying:
        order = [arms["2"], legs["2"], trunk, head, legs[""], arms[""]]
    else:
        behind = rest.pose.working.hip_abduction < -8
        both = [legs[""], legs["2"]] if behind else [legs["2"], legs[""]]
        order = [*([trunk] if sits else []), *both, *([] if sits else [trunk]), arms["2"], arms[""], head]
    far, near = _carried(figure, keys, rest)
    return [*far, *(part for group in order for part in group), *near]


def _by(a: str, b: str, view: str) -> Callable[[Skeleton], Ends]:
    canvas = Canvas(view)

    def ends(bones: Skeleton) -> Ends:
        return canvas.project(bones.points[a]), canvas.project(bones.points[b])

    return ends


def _leg(rest: Skeleton, end: str, highlight: tuple[str, ...]) -> list[Part]:
    css = "other" if end else "work"
    canvas = Canvas(rest.view)
    thigh, shank, foot = shape.leg_pieces(canvas, rest, end)
    tints = []
    for muscle in (m for m in highlight if m != "trunk"):
        canvas.elements.clear()
        shape.tint(canvas, rest, muscle, end)
        tints += [(muscle, _path_of(e)) for e in canvas.elements]
    pieces = ((f"thigh{end}", thigh, "hip", "knee"), (f"shank{end}", shank, "knee", "ankle"),
              (f"foot{end}", foot, "ankle", "toe"))  # fmt: skip
    parts = [Part(n, ((css + " limb", d),), _by(a + end, b + end, rest.view)) for n, d, a, b in pieces]
    parts += [Part(n, ((css, d),), _by(a + end, b + end, rest.view)) for n, d, a, b in pieces]
    for muscle, d in tints:
        a, b, name = ("knee", "ankle", "shank") if muscle == "calf" else ("hip", "knee", "thigh")
        parts.append(Part(name + end, (("muscle", d),), _by(a + end, b + end, rest.view)))
    return parts


def _path_of(element: str) -> str:
    return element.partition(' d="')[2].partition('"')[0]


def _arm(rest: Skeleton, end: str, css: str) -> list[Part]:
    upper, fore, sleeve = shape.arm_pieces(Canvas(rest.view), rest, end)
    bare = css.replace(" limb", "")
    up, low = _by("shoulder" + end, "elbow" + end, rest.view), _by("elbow" + end, "hand" + end, rest.view)
    shirt = "shirt far" if css.endswith("far") else "shirt"
    return [
        Part("upper" + end, ((css, upper),), up), Part("fore" + end, ((css, fore),), low),
        Part("upper" + end, ((bare, upper), (shirt, sleeve)), up), Part("fore" + end, ((bare, fore),), low),
    ]  # fmt: skip


def _trunk(rest: Skeleton, highlight: tuple[str, ...]) -> list[Part]:
    canvas = Canvas(rest.view)
    whole, low = shape.trunk_outlines(canvas, rest, 0.0)
    layers = [("shirt limb", whole), ("shorts", low)]
    if "trunk" in highlight:
        canvas.elements.clear()
        shape.tint(canvas, rest, "trunk", "")
        layers += [("muscle", _path_of(e)) for e in canvas.elements]
    return [Part("trunk", tuple(layers), _by("pelvis", "neck", rest.view))]


def _head(rest: Skeleton) -> list[Part]:
    canvas = Canvas(rest.view)
    shape.draw_head(canvas, rest)
    layers = tuple((e.partition('class="')[2].partition('"')[0], _path_of(e)) for e in canvas.elements)
    return [Part("head", layers, _by("neck", "head", rest.view))]


# --- what the body carries ------------------------------------------------------------------------


def _carried(figure: Figure, keys: Sequence[Skeleton], rest: Skeleton) -> tuple[list[Part], list[Part]]:
    """The things that move with the body: behind it, and in front of it."""
    behind: list[Part] = []
    before: list[Part] = []
    for prop in figure.props:
        name = f"{prop.kind}-{prop.at}"
        if prop.kind == "slider":
            behind.append(_thing(name, rest, prop, _at(prop.at, rest.view)))
        elif prop.kind == "roller" and prop.at.startswith("ankle"):
            behind.append(_thing(name, rest, prop, _by("knee", "ankle", rest.view)))
        elif prop.kind == "weight":
            (behind if prop.at == "hand2" else before).extend(_weight(name, rest, prop))
        elif prop.kind == "stick":
            before.append(_thing(name, rest, prop, _by("pelvis", "neck", rest.view)))
        elif prop.kind in ("strap", "band"):
            before.append(_pulled(name, keys, rest, prop))
    return behind, before


def _thing(name: str, rest: Skeleton, prop: Prop, ends: Callable[[Skeleton], Ends]) -> Part:
    canvas = Canvas(rest.view)
    props.draw_thing(canvas, rest, prop)
    layers = tuple((e.partition('class="')[2].partition('"')[0], _path_of(e)) for e in canvas.elements)
    return Part(name, layers, ends)


def _at(at: str, view: str) -> Callable[[Skeleton], Ends]:
    """Carried along without turning."""
    canvas = Canvas(view)

    def ends(bones: Skeleton) -> Ends:
        x, y = canvas.project(props.point(bones, at))
        return (x, y), (x + 10.0, y)

    return ends


def _weight(name: str, rest: Skeleton, prop: Prop) -> list[Part]:
    end = "2" if prop.at.endswith("2") else ""
    if prop.to == "bell":
        return [_thing(name, rest, prop, _by("wrist" + end, "hand" + end, rest.view))]
    if prop.at.startswith("hand"):
        fist = disc(Canvas(rest.view).project(rest.points[prop.at]), 5.0)
        hand = Part(name + "-hand", (("skin limb", fist),), _at(prop.at, rest.view))
        return [_thing(name, rest, prop, _at(prop.at, rest.view)), *([] if end else [hand])]
    a, b = ("hip", "knee") if prop.at.startswith("knee") else ("knee", "ankle")
    return [_thing(name, rest, prop, _by(a + end, b + end, rest.view))]


def _pulled(name: str, keys: Sequence[Skeleton], rest: Skeleton, prop: Prop) -> Part:
    """A band or strap between two points, longer and shorter as they part and meet."""
    canvas = Canvas(rest.view)
    fixed = props.anchored(Canvas(rest.view), keys, prop) if prop.to.startswith("anchor") else None

    def ends(bones: Skeleton) -> Ends:
        a: Point = props.point(bones, prop.at)
        b = fixed if fixed is not None else props.point(bones, prop.to)
        if prop.to == prop.at.removesuffix("2") + "2":  # a loop round both legs
            a, b = between(a, b, -0.28), between(a, b, 1.28)
        return canvas.project(a), canvas.project(b)

    thick = 5.0 if prop.to == prop.at.removesuffix("2") + "2" else 2.2
    a, b = ends(rest)
    return Part(name, (("accent", capsule(a, thick, b, thick)),), ends, stretches=True)
