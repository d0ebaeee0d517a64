"""The drawn figure of an exercise as SVG: key poses side by side, numbered, with what moved and where.

`draw` is pure: words come from the caller, colours are CSS custom properties with a light fallback (so that
a page can set dark or print colours), nothing is fetched and nothing runs. Page size follows the content;
it stays legible at a width of 320 px.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kneewise.body.body_shape import draw_body, ghost
from kneewise.body.canvas import Canvas, Page, capsule, disc, escape, number, pair, polygon
from kneewise.body.kinematics import Skeleton, place_all
from kneewise.body.motion import motion, presses
from kneewise.body.pictogram import draw_pictogram, pictogram_panels
from kneewise.body.pose import Figure, KeyPose, PoseError, check_figure, contacts_of
from kneewise.body.props import draw_before, draw_behind, mat_from_above

LIGHT_COLOURS: dict[str, str] = {
    "work": "#1f7a8c",
    "other": "#c3d3d8",
    "shirt": "#8aa5ae",
    "shorts": "#64808b",
    "skin": "#efcdb0",
    "hair": "#5b4636",
    "line": "#25424c",
    "muscle": "#e2613f",
    "prop": "#cbb896",
    "prop-light": "#e5d9c2",
    "prop-shade": "#ad9870",
    "mat": "#cfe0d8",
    "floor": "#f1ece2",
    "helper": "#e3d9ea",
    "accent": "#7a5ea8",
    "arrow": "#c8362b",
    "ghost": "#5d7580",
    "ink": "#1d2f36",
    "badge": "#1f5563",
    "badge-ink": "#ffffff",
}
DARK_COLOURS: dict[str, str] = {
    "work": "#5cc0d0",
    "other": "#54686f",
    "shirt": "#7892a0",
    "shorts": "#566f7c",
    "skin": "#d9b496",
    "hair": "#3a2c22",
    "line": "#0e1a1f",
    "muscle": "#ff8a66",
    "prop": "#9c8a6a",
    "prop-light": "#b7a685",
    "prop-shade": "#75664a",
    "mat": "#37514f",
    "floor": "#26323a",
    "helper": "#5a5069",
    "accent": "#a98fd6",
    "arrow": "#ff7a6b",
    "ghost": "#a9bcc4",
    "ink": "#e6eef0",
    "badge": "#5cc0d0",
    "badge-ink": "#0e1a1f",
}

_FONT = 15.0
_LINE = 18.0
_GAP = 14.0
_NARROWEST = 118.0  # of a panel, so that a caption fits
_WIDEST_COMPACT = 340.0
_WIDEST = 515.0  # of a row, so that letters stay legible at 320 px


Box = tuple[float, float, float, float]


def _c(name: str) -> str:
    return f"var(--figure-{name},{LIGHT_COLOURS[name]})"


@lru_cache(maxsize=64)
def _style(scope: str) -> str:
    s = "." + scope
    rules = (
        f"{s} path{{stroke-linejoin:round;stroke-linecap:round}}",
        f"{s} .limb{{stroke:{_c('line')};stroke-width:3;paint-order:stroke}}",
        f"{s} .work{{fill:{_c('work')}}}{s} .other{{fill:{_c('other')}}}{s} .shirt{{fill:{_c('shirt')}}}",
        f"{s} .shorts{{fill:{_c('shorts')}}}{s} .skin{{fill:{_c('skin')}}}{s} .hair{{fill:{_c('hair')}}}",
        f"{s} .dot{{fill:{_c('line')}}}{s} .far{{opacity:.8}}{s} .ear{{fill:{_c('line')};opacity:.28}}",
        f"{s} .muscle{{fill:{_c('muscle')};opacity:.8}}",
        f"{s} .helper path{{fill:{_c('helper')}}}{s} .helper .dot,{s} .helper .hair{{fill:{_c('ghost')}}}",
        f"{s} .prop{{fill:{_c('prop')};stroke:{_c('prop-shade')};stroke-width:1}}",
        f"{s} .light{{fill:{_c('prop-light')}}}{s} .prop.shade{{fill:{_c('prop-shade')}}}",
        f"{s} .mat{{fill:{_c('mat')};stroke:{_c('prop-shade')};stroke-width:.8}}",
        f"{s} .accent,{s} .weight{{fill:{_c('accent')};stroke:{_c('line')};stroke-width:1.2}}",
        f"{s} .soft{{fill:{_c('prop-light')};stroke:{_c('prop-shade')};stroke-width:1.2}}",
        f"{s} .stick{{fill:{_c('prop-shade')};stroke:{_c('line')};stroke-width:1}}",
        f"{s} .strap,{s} .band{{fill:none;stroke:{_c('accent')};stroke-width:4}}",
        f"{s} .ghost{{fill:{_c('ghost')};opacity:.15}}",
        f"{s} .arrow,{s} .push{{fill:none;stroke:{_c('arrow')};stroke-width:4.5}}",
        f"{s} .push{{stroke-width:7}}",
        f"{s} .halo{{fill:none;stroke:{_c('floor')};stroke-width:9;opacity:.85}}",
        f"{s} .clock{{fill:none;stroke:{_c('badge')};stroke-width:2.2}}",
        f"{s} .arrow-tip,{s} .push-tip{{fill:{_c('arrow')}}}",
        f"{s} .ground{{fill:{_c('floor')}}}{s} .edge{{fill:none;stroke:{_c('prop-shade')};stroke-width:1.2}}",
        f"{s} .speed{{fill:none;stroke:{_c('ghost')};stroke-width:2.4;opacity:.7}}",
        f"{s} .shadow{{fill:{_c('ghost')};opacity:.25}}",
        f"{s} .water{{fill:{_c('work')};opacity:.22}}",
        f"{s} .wave{{fill:none;stroke:{_c('work')};stroke-width:3}}",
        f"{s} .metal{{fill:none;stroke:{_c('line')};stroke-width:4}}",
        f"{s} text{{font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}}",
        f"{s} text{{font-size:{number(_FONT)}px;fill:{_c('ink')}}}",
        f"{s} .badge{{fill:{_c('badge')}}}",
        f"{s} .number{{fill:{_c('badge-ink')};font-weight:700;text-anchor:middle}}",
        f"{s} .seconds{{font-weight:600}}",
    )
    return "".join(rules)


def _thick(scope: str) -> str:
    """Rules for a picture of a thumb's width: thicker lines, nothing faint."""
    s = "." + scope
    return (
        f"{s} .limb{{stroke-width:5}}{s} .arrow{{stroke-width:8}}{s} .push{{stroke-width:10}}"
        f"{s} .arrow-tip,{s} .push-tip{{stroke:{_c('arrow')};stroke-width:9}}{s} .halo{{stroke-width:13}}"
        f"{s} .strap,{s} .band{{stroke-width:7}}{s} .metal{{stroke-width:6}}{s} .prop{{stroke-width:2}}"
    )


def wrap(text: str, width: float) -> list[str]:
    """Break a caption into lines that fit a width in page units (by an average letter)."""
    room = max(int(width / (_FONT * 0.53)), 6)
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def draw(
    figure: Figure,
    title: str,
    description: str,
    *,
    captions: Sequence[str] | None = None,
    mirrored: bool = False,
    highlight: tuple[str, ...] = (),
    key: str = "figure",
    compact: bool = False,
    animated: bool = False,
    dark: bool = False,
) -> str:
    """Draw a figure as one SVG element.

    `captions` stand under the panels (the poses' own labels if None); `mirrored` turns the picture round;
    `highlight` tints muscles of the working leg (`hamstring`, `quadriceps`, `calf`, `gluteal`, `hip_flexor`)
    or the `trunk`; `key` makes the ids unique on a page with several figures. `compact` is legible at a width
    of 120 px: two panels at most, no words. `animated` moves in a loop, and shows the still panels in print
    and to whoever asks their device for less motion. `dark` sets the dark colours for good.
    """
    wrong = check_figure(figure)
    if wrong:
        raise PoseError("; ".join(wrong))
    if captions is not None and len(captions) != panel_count(figure):
        raise PoseError(f"{len(captions)} captions for {panel_count(figure)} panels")
    labels = list(captions) if captions is not None else own_captions(figure)
    if compact:
        figure, labels = _shortened(figure), []
    panels = _all_panels(figure, mirrored, highlight, compact)
    labels = [*labels, *[""] * len(panels)][: len(panels)]
    scope = f"body-{key}"
    style = _style(scope) + (_thick(scope) if compact else "")
    if dark:
        shades = ";".join(f"--figure-{name}:{colour}" for name, colour in DARK_COLOURS.items())
        style = f".{scope}{{{shades}}}" + style
    moves = animated and len(figure.poses) > 1
    signs = [] if compact else _signs(figure, len(panels))
    widest = _WIDEST_COMPACT if compact else _WIDEST
    box, body = _assemble(panels, [""] * len(panels) if moves else labels, signs, widest)
    if moves:
        from kneewise.body.animation import moving_picture  # only who asks for it pays for it

        box, body, more = moving_picture(figure, mirrored, highlight, scope, (box, body))
        style += more
    return _document(box, body, style, scope, title, description, key)


def panel_count(figure: Figure) -> int:
    """How many panels the still picture has, and so how many captions."""
    return len(figure.poses) + bool(figure.also) if figure.poses else pictogram_panels(figure.pictogram or "")


def own_captions(figure: Figure) -> list[str]:
    """The poses' own labels; nothing under a pictogram and under the second view."""
    return [*(p.label for p in figure.poses), *[""] * (panel_count(figure) - len(figure.poses))]


def _shortened(figure: Figure) -> Figure:
    """The first pose and the one that differs most from it."""
    poses = figure.poses
    if len(poses) > 2:
        first = _angles(poses[0])
        far = max(poses[1:], key=lambda p: sum(abs(x - y) for x, y in zip(_angles(p), first, strict=True)))
        poses = (poses[0], far)
    return replace(figure, poses=poses, also="")


def _angles(pose: KeyPose) -> tuple[float, ...]:
    legs = (a for leg in (pose.working, pose.other) for a in (leg.hip, leg.knee, leg.hip_abduction))
    return (pose.trunk, pose.lean, *legs)


def _all_panels(figure: Figure, mirrored: bool, highlight: tuple[str, ...], compact: bool) -> list[Canvas]:
    if figure.poses:
        return _panels(figure, mirrored, highlight)
    canvases = draw_pictogram(figure.pictogram or "", mirrored, highlight)
    return canvases[:2] if compact else canvases


def _panels(figure: Figure, mirrored: bool, highlight: tuple[str, ...]) -> list[Canvas]:
    bones = place_all(figure)
    panels: list[Canvas] = []
    for index, one in enumerate(bones):
        canvas = Canvas(figure.view, mirrored, higher=figure.orientation == "side_lying")
        before = bones[index - 1] if index else None
        pressing = any(c.press for c in contacts_of(one.pose))
        draw_behind(canvas, figure, bones, index)
        # From three panels on every pose is there anyway, and pale bodies would pile up.
        if before is not None and not pressing and not figure.poses[0].arrow and len(bones) < 3:
            ghost(canvas, before, one, rounding(figure, before))
        airborne(canvas, one)
        draw_body(canvas, one, rounding(figure, one), highlight)
        draw_before(canvas, figure, bones, index)
        if not pressing:
            motion(canvas, figure, before, one)
        presses(canvas, one)
        panels.append(canvas)
    if figure.also:
        canvas = Canvas("side", mirrored)
        turned = [b.seen_from(figure.also) for b in bones]
        canvas.above = figure.also == "above"
        if canvas.above:
            mat_from_above(canvas, figure, turned[-1])
        else:
            draw_behind(canvas, replace(figure, view="side"), turned, len(turned) - 1)
        draw_body(canvas, turned[-1], 0.0, highlight)
        draw_before(canvas, figure, turned, len(turned) - 1)
        panels.append(canvas)
    return panels


def airborne(canvas: Canvas, bones: Skeleton) -> None:
    """A shadow on the floor under a body in the air."""
    feet = [c for c in contacts_of(bones.pose) if c.part in ("foot", "toe", "heel")]
    flies = feet and all(c.surface == "air" for c in feet)
    if not flies:
        return
    x = bones.points["pelvis"][0]
    a, b = canvas.flat(x - 0.10, 0.0), canvas.flat(x + 0.16, 0.0)
    canvas.path(capsule(a, 4, b, 4), "shadow")
    canvas.reach(a, 5)
    canvas.reach(b, 5)


def rounding(figure: Figure, bones: Skeleton) -> float:
    """How far the back is drawn rounded; only where much of the bend is meant to come from the spine."""
    bend = max(min(bones.pose.working.hip, bones.pose.other.hip), 0.0)
    return max(figure.spine_share_of_hip - 0.25, 0.0) * 0.20 * bend / 90.0 if figure.view == "side" else 0.0


LONG_HOLD = 5.0  # seconds from which a pose is held, not passed through


def _signs(figure: Figure, panels: int) -> list[str]:
    """What stands beside each number: the seconds of a hold, or that the movement is repeated."""
    if not figure.poses:
        return [""] * panels
    signs = [f"{number(p.seconds)} s" if LONG_HOLD <= p.seconds < 60 else "" for p in figure.poses]
    if len(figure.poses) > 1 and not any(signs):
        signs[-1] = "again"
    return [*signs, *["view"] * (panels - len(signs))]


def _assemble(
    panels: list[Canvas], labels: list[str], signs: list[str], widest: float = _WIDEST
) -> tuple[Box, str]:
    """Put the panels side by side while they stay legible on a phone, else below one another."""
    for panel in panels:
        floor_reach(panel)
    left, right = min(p.left for p in panels), max(p.right for p in panels)
    short = max(_NARROWEST - (right - left), 0.0)
    left, right = left - short / 2, right + short / 2
    width = right - left
    numbered = len(panels) > 1 and bool(signs)
    signed = [*signs, *[""] * len(panels)][: len(panels)]
    columns = min(len(panels), max(1, int((widest + _GAP) / (width + _GAP))))
    badge = 24.0 if numbered else 0.0
    lines = [
        wrap(label, width - badge - (46.0 if sign else 0.0))
        for label, sign in zip(labels, signed, strict=True)
    ]
    parts: list[str] = []
    y = 0.0
    for start in range(0, len(panels), columns):
        row = range(start, min(start + columns, len(panels)))
        top = min(panels[i].top for i in row)
        height = max(panels[i].bottom for i in row) - top
        for index in row:
            x = (index - start) * (width + _GAP)
            parts += panel_group(panels[index], (left, right, top), (x, y))
            shown = index + 1 if numbered and signed[index] != "view" else 0
            parts += _caption(lines[index], shown, x, y + height + 18)
            parts += _sign(signed[index], x + width, y + height + 18)
        text = max(len(lines[index]) for index in row)
        low = 28.0 if numbered or any(signed[i] for i in row) else 0.0
        y += height + max(text * _LINE + 10 if text else 4.0, low) + _GAP
    full_width, full_height = columns * (width + _GAP) - _GAP, y - _GAP
    pad = 6.0
    return (-pad, -pad, full_width + 2 * pad, full_height + 2 * pad), "".join(parts)


def _document(box: Box, body: str, style: str, scope: str, title: str, description: str, key: str) -> str:
    name = escape(key)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{scope}" '
        f'viewBox="{" ".join(number(v) for v in box)}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{escape(title)}</title><desc '
        f'id="{name}-desc">{escape(description)}</desc><style>{style}</style>{body}</svg>'
    )


def floor_reach(panel: Canvas) -> None:
    """Make room for the floor that the body stands on."""
    if panel.above or panel.floorless:
        return
    panel.reach((panel.left, 7.0 if panel.view == "side" else 10.0))


def floor(panel: Canvas, left: float, right: float) -> str:
    """The floor under a panel: a band seen from slightly above."""
    deep = 6.0 if panel.view == "side" else 9.0
    corners = [(left + 2, deep), (right - 2, deep), (right - 2, -deep), (left + 2, -deep)]
    far = f"M{pair((left + 2, -deep))}L{pair((right - 2, -deep))}"
    return f'<path class="ground" d="{polygon(corners)}"/><path class="edge" d="{far}"/>'


def panel_group(panel: Canvas, box: tuple[float, float, float], at: Page) -> list[str]:
    """A panel at its place in the picture, on its floor."""
    left, right, top = box
    shift = (at[0] - left, at[1] - top)
    ground = "" if panel.above or panel.floorless else floor(panel, left, right)
    return [
        f'<g transform="translate({number(shift[0])} {number(shift[1])})">', ground, *panel.elements, "</g>",
    ]  # fmt: skip


def _sign(sign: str, right: float, y: float) -> list[str]:
    """A clock with the seconds of a hold, a turning arrow: do it again; an eye: the same from elsewhere."""
    if not sign:
        return []
    if sign == "view":
        x, m = right - 18, y - 5
        left, far = pair((x - 11, m)), pair((x + 11, m))
        lens = f"M{left}Q{pair((x, m - 12))} {far}Q{pair((x, m + 12))} {left}Z"
        return [f'<path class="clock" d="{lens}"/><path class="badge" d="{disc((x, m), 3.4)}"/>']
    if sign == "again":
        x, m = right - 14, y - 5
        turn = f"M{pair((x + 7, m - 4))}A8 8 0 1 0 {pair((x + 8, m + 2))}"
        tip = [(x + 11.5, m - 6.5), (x + 3.5, m - 5.0), (x + 9.5, m + 0.5)]
        return [f'<path class="clock" d="{turn}"/><path class="badge" d="{polygon(tip)}"/>']
    x, m = right - 44, y - 5
    hands = f"M{pair((x, m - 5))}L{pair((x, m))}L{pair((x + 4, m + 2))}"
    return [
        f'<path class="clock" d="{disc((x, m), 8.5)}"/><path class="clock" d="{hands}"/>'
        f'<text class="seconds" x="{number(x + 12)}" y="{number(y)}">{escape(sign)}</text>'
    ]


def _caption(lines: list[str], panel_number: int, x: float, y: float) -> list[str]:
    parts = []
    if panel_number:
        parts.append(f'<circle class="badge" cx="{number(x + 11)}" cy="{number(y - 5)}" r="10"/>')
        parts.append(f'<text class="number" x="{number(x + 11)}" y="{number(y)}">{panel_number}</text>')
    indent = x + (26.0 if panel_number else 2.0)
    for row, text in enumerate(lines):
        parts.append(f'<text x="{number(indent)}" y="{number(y + row * _LINE)}">{escape(text)}</text>')
    return parts
