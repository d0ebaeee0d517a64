"""The drawn figure of an exercise as SVG: key poses side by side, numbered, with what moved and where.

`draw` is pure: words come from the caller, colours are CSS custom properties with a light fallback (so that
a page can set dark or print colours), nothing is fetched and nothing runs. Page size follows the content;
it stays legible at a width of 320 px.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kneewise.body.body_shape import arrow, draw_body, ghost
from kneewise.body.canvas import STATURE, Canvas, Page, escape, number, pair
from kneewise.body.kinematics import Skeleton, between, blend, distance, place_all, reshape
from kneewise.body.pictogram import draw_pictogram
from kneewise.body.pose import Figure, PoseError, check_figure, contacts_of
from kneewise.body.props import draw_before, draw_behind, point

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
    "mat": "#dfe9e4",
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
    "mat": "#2c3f42",
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
_WIDEST = 430.0  # of a row, so that letters stay legible at 320 px


def _c(name: str) -> str:
    return f"var(--figure-{name},{LIGHT_COLOURS[name]})"


def _style(scope: str) -> str:
    s = "." + scope
    rules = (
        f"{s} path{{stroke-linejoin:round;stroke-linecap:round}}",
        f"{s} .limb{{stroke:{_c('line')};stroke-width:3;paint-order:stroke}}",
        f"{s} .work{{fill:{_c('work')}}}{s} .other{{fill:{_c('other')}}}{s} .shirt{{fill:{_c('shirt')}}}",
        f"{s} .shorts{{fill:{_c('shorts')}}}{s} .skin{{fill:{_c('skin')}}}{s} .hair{{fill:{_c('hair')}}}",
        f"{s} .dot{{fill:{_c('line')}}}{s} .far{{opacity:.8}}{s} .ear{{stroke:{_c('line')};stroke-width:1}}",
        f"{s} .muscle{{fill:{_c('muscle')};opacity:.85}}{s} .partner{{fill:{_c('mat')};opacity:.9}}",
        f"{s} .prop{{fill:{_c('prop')};stroke:{_c('prop-shade')};stroke-width:1}}",
        f"{s} .light{{fill:{_c('prop-light')}}}{s} .prop.shade{{fill:{_c('prop-shade')}}}",
        f"{s} .mat{{fill:{_c('mat')};stroke:{_c('prop-shade')};stroke-width:.8}}",
        f"{s} .accent,{s} .weight{{fill:{_c('accent')};stroke:{_c('line')};stroke-width:1.2}}",
        f"{s} .soft{{fill:{_c('prop-light')};stroke:{_c('prop-shade')};stroke-width:1.2}}",
        f"{s} .stick{{fill:{_c('prop-shade')};stroke:{_c('line')};stroke-width:1}}",
        f"{s} .strap,{s} .band{{fill:none;stroke:{_c('accent')};stroke-width:4}}",
        f"{s} .ghost{{fill:{_c('ghost')};opacity:.17}}",
        f"{s} .arrow,{s} .push{{fill:none;stroke:{_c('arrow')};stroke-width:4.5}}",
        f"{s} .arrow-tip,{s} .push-tip{{fill:{_c('arrow')}}}",
        f"{s} .ground{{fill:none;stroke:{_c('prop-shade')};stroke-width:1.6}}",
        f"{s} .water{{fill:{_c('work')};opacity:.22}}",
        f"{s} .wave{{fill:none;stroke:{_c('work')};stroke-width:3}}",
        f"{s} .metal{{fill:none;stroke:{_c('line')};stroke-width:4}}",
        f"{s} text{{font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}}",
        f"{s} text{{font-size:{number(_FONT)}px;fill:{_c('ink')}}}",
        f"{s} .badge{{fill:{_c('badge')}}}",
        f"{s} .number{{fill:{_c('badge-ink')};font-weight:700;text-anchor:middle}}",
    )
    return "<style>" + "".join(rules) + "</style>"


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
) -> str:
    """Draw a figure as one SVG element.

    `captions` stand under the panels (the poses' own labels if None); `mirrored` turns the picture round;
    `highlight` tints muscles of the working leg (`hamstring`, `quadriceps`, `calf`); `key` makes the ids
    unique on a page with several figures.
    """
    wrong = check_figure(figure)
    if wrong:
        raise PoseError("; ".join(wrong))
    if figure.poses:
        panels = _panels(figure, mirrored, highlight)
        labels = list(captions) if captions is not None else [p.label for p in figure.poses]
        if len(labels) != len(panels):
            raise PoseError(f"{len(labels)} captions for {len(panels)} panels")
    else:
        canvas = Canvas("front" if figure.view == "front" else "side", mirrored)
        draw_pictogram(canvas, figure.pictogram or "")
        panels, labels = [canvas], list(captions or [""])[:1]
    return _assemble(panels, labels, title, description, key)


def _panels(figure: Figure, mirrored: bool, highlight: tuple[str, ...]) -> list[Canvas]:
    bones = place_all(figure)
    panels: list[Canvas] = []
    for index, one in enumerate(bones):
        canvas = Canvas(figure.view, mirrored)
        before = bones[index - 1] if index else None
        draw_behind(canvas, figure, bones, index)
        if before is not None:
            ghost(canvas, before, one, _rounded(figure, before))
        draw_body(canvas, one, _rounded(figure, one), highlight)
        draw_before(canvas, figure, bones, index)
        if before is not None and not any(c.press for c in contacts_of(one.pose)):
            _motion(canvas, figure, before, one)
        _presses(canvas, one)
        panels.append(canvas)
    return panels


def _rounded(figure: Figure, bones: Skeleton) -> float:
    """How far the back is drawn rounded; only where much of the bend is meant to come from the spine."""
    bend = max(min(bones.pose.working.hip, bones.pose.other.hip), 0.0)
    return max(figure.spine_share_of_hip - 0.25, 0.0) * 0.45 * bend / 90.0 if figure.view == "side" else 0.0


_TRACKED = (
    ("ankle", 1.0),
    ("knee", 1.0),
    ("pelvis", 1.25),
    ("head", 0.75),
    ("heel", 0.9),
    ("ankle2", 0.7),
    ("knee2", 0.7),
    ("hand", 0.25),
)

# Round which point a tracked point is pushed outward, and how far, so that the arrow runs beside the limb.
_BESIDE: dict[str, tuple[str, float]] = {
    "ankle": ("knee", 0.085),
    "knee": ("hip", 0.07),
    "pelvis": ("", 0.0),
    "head": ("pelvis", 0.095),
    "heel": ("toe", 0.06),
    "ankle2": ("knee2", 0.085),
    "knee2": ("hip2", 0.07),
    "hand": ("elbow", 0.05),
}
_STEPS = 8


def _motion(canvas: Canvas, figure: Figure, before: Skeleton, after: Skeleton) -> None:
    """An arrow along the way of the point that moves most between two poses."""
    name, travelled = max(
        ((n, distance(before.points[n], after.points[n]) * weight) for n, weight in _TRACKED),
        key=lambda p: p[1],
    )
    if travelled < 0.035:
        return
    centre, push = _BESIDE[name]
    page: list[Page] = []
    for step in range(_STEPS + 1):
        share = step / _STEPS
        meanwhile = reshape(blend(before.pose, after.pose, share), figure.view, figure.orientation)
        # Where the pelvis is meanwhile: between its places at both ends.
        pelvis = between(before.points["pelvis"], after.points["pelvis"], share * share * (3 - 2 * share))
        p = meanwhile.points[name]
        spot = (p[0] + pelvis[0], p[1] + pelvis[1], p[2] + pelvis[2])
        if centre:
            middle = between(before.points[centre], after.points[centre], share)
            spot = between(middle, spot, 1 + push / max(distance(spot, middle), 1e-6))
        page.append(canvas.project((spot[0], max(spot[1], 0.03), spot[2])))
    if name == "pelvis":
        page = _beside(page, canvas, abs(after.pose.trunk) > 60)
    page = page[1:-1]
    length = sum(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in pairwise(page))
    if length < 16:
        mid, last, first = page[len(page) // 2], page[-1], page[0]
        dx, dy = last[0] - first[0], last[1] - first[1]
        size = max((dx * dx + dy * dy) ** 0.5, 1e-6)
        page = [
            (mid[0] - dx / size * 11, mid[1] - dy / size * 11),
            (mid[0] + dx / size * 11, mid[1] + dy / size * 11),
        ]
    arrow(canvas, page)


def _beside(page: list[Page], canvas: Canvas, lying: bool) -> list[Page]:
    """Shift the way of the pelvis off the body: above it when lying, else behind or ahead of it."""
    dx, dy = page[-1][0] - page[0][0], page[-1][1] - page[0][1]
    if lying:
        return [(x, y - 0.11 * STATURE) for x, y in page]
    if abs(dy) > abs(dx):  # up or down: on the back side
        back = 1.0 if canvas.mirrored else -1.0
        return [(x + back * 0.125 * STATURE, y) for x, y in page]
    ahead = 0.13 * STATURE * (1.0 if dx > 0 else -1.0)  # sideways: beyond the body, where the hips go
    return [(x + ahead, y) for x, y in page]


_PRESS = {"down": (0.0, -1.0), "up": (0.0, 1.0), "forward": (1.0, 0.0), "back": (-1.0, 0.0)}


def _presses(canvas: Canvas, bones: Skeleton) -> None:
    for contact in contacts_of(bones.pose):
        if not contact.press:
            continue
        name = {"side": "pelvis", "shoulder": "neck", "seat": "pelvis"}.get(contact.part, contact.part)
        x, y, z = point(bones, name + ("2" if contact.other and name not in ("pelvis", "neck") else ""))
        ux, uy = _PRESS[contact.press]
        lift = 0.05
        start = (x - ux * (lift + 0.11), y - uy * (lift + 0.11), z)
        stop = (x - ux * lift, y - uy * lift, z)
        arrow(canvas, [canvas.project(start), canvas.project(stop)], "push")


def _assemble(panels: list[Canvas], labels: list[str], title: str, description: str, key: str) -> str:
    """Put the panels side by side while they stay legible on a phone, else below one another."""
    left, right = min(p.left for p in panels), max(p.right for p in panels)
    top, bottom = min(p.top for p in panels), max(max(p.bottom for p in panels), 4.0)
    short = max(_NARROWEST - (right - left), 0.0)
    left, right = left - short / 2, right + short / 2
    width, height = right - left, bottom - top
    numbered = len(panels) > 1
    columns = min(len(panels), max(1, int((_WIDEST + _GAP) / (width + _GAP))))
    badge = 24.0 if numbered else 0.0
    lines = [wrap(label, width - badge) for label in labels]
    parts: list[str] = []
    y = 0.0
    for start in range(0, len(panels), columns):
        row = range(start, min(start + columns, len(panels)))
        for index in row:
            x = (index - start) * (width + _GAP)
            parts += _panel(panels[index], (left, right, top), (x, y))
            parts += _caption(lines[index], index + 1 if numbered else 0, x, y + height + 18)
        text = max(len(lines[index]) for index in row)
        y += height + max(text * _LINE + 10 if text else 4.0, 28.0 if numbered else 0.0) + _GAP
    full_width, full_height = columns * (width + _GAP) - _GAP, y - _GAP
    pad = 6.0
    box = " ".join(number(v) for v in (-pad, -pad, full_width + 2 * pad, full_height + 2 * pad))
    scope, name = f"body-{key}", escape(key)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{scope}" viewBox="{box}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>{_style(scope)}{"".join(parts)}</svg>'
    )


def _panel(panel: Canvas, box: tuple[float, float, float], at: Page) -> list[str]:
    left, right, top = box
    return [
        f'<g transform="translate({number(at[0] - left)} {number(at[1] - top)})">',
        f'<path class="ground" d="M{pair((left + 2, 0.5))}L{pair((right - 2, 0.5))}"/>',
        *panel.elements,
        "</g>",
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
