"""Anatomy pictures as SVG: the leg from behind, from the side and from the front, with named structures.

`draw_anatomy` is pure. Names come from the caller; colours are the custom properties of the exercise figures
with a few more; letters are real text that stays legible at 320 px; nothing is fetched and nothing runs.
The shapes follow textbook anatomy and are simplified; they are not to scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from kneewise.body import anatomy_back, anatomy_front, anatomy_side
from kneewise.body.anatomy_parts import (
    Bone,
    Cord,
    Muscle,
    Part,
    Plate,
    Skin,
    Spot,
    beside,
    resample,
    ribbon,
    short,
)
from kneewise.body.canvas import Page, escape, number, pair
from kneewise.body.figure import DARK_COLOURS, LIGHT_COLOURS

View = Literal["back", "side", "front"]
VIEWS: tuple[View, ...] = get_args(View)
PLATES: dict[View, Plate] = {
    "back": anatomy_back.PLATE,
    "side": anatomy_side.PLATE,
    "front": anatomy_front.PLATE,
}

LIGHT_TISSUE: dict[str, str] = {
    "flesh": "#dd9c86",
    "fibre": "#b86a54",
    "tendon": "#f3e6cd",
    "tendon-line": "#b59f79",
    "bone": "#fbf3e1",
    "bone-line": "#a8977a",
    "body": "#f3d9c2",
    "body-line": "#c49a7c",
    "nerve": "#f0c02e",
    "nerve-line": "#8a6a00",
    "artery": "#c8362b",
    "vein": "#3d62a8",
    "mark": "#d23c1e",
    "mark-fibre": "#8f200b",
    "lead": "#5b6b70",
}
DARK_TISSUE: dict[str, str] = {
    "flesh": "#a5665a",
    "fibre": "#6f3a30",
    "tendon": "#d9c9aa",
    "tendon-line": "#7d6c4d",
    "bone": "#e4d8bf",
    "bone-line": "#7c6d52",
    "body": "#5a4a44",
    "body-line": "#8d7568",
    "nerve": "#f2cb4a",
    "nerve-line": "#6b5200",
    "artery": "#e8594c",
    "vein": "#7d9fe0",
    "mark": "#ff7a4f",
    "mark-fibre": "#8f2b10",
    "lead": "#a9bcc4",
}

LEFT, RIGHT = 0.0, 334.0  # what is seen of a plate
_FONT = 15.0
_LINE = 17.0


class AnatomyError(ValueError):
    """A picture, structure or name that is not known; the text says which there are."""


@dataclass(frozen=True)
class Label:
    """The lines of a structure's short name."""

    lines: tuple[str, ...]


def structures_of(view: View) -> tuple[str, ...]:
    """The ids of all structures that a view can name and mark."""
    return tuple(sorted(_plate(view).anchors))


def _plate(view: str) -> Plate:
    for known in VIEWS:
        if known == view:
            return PLATES[known]
    raise AnatomyError(f"there is no anatomy picture {view!r}: one of {', '.join(VIEWS)}")


def tissue_colour(name: str) -> str:
    """A colour of the pictures as a custom property with its light value."""
    light = LIGHT_TISSUE.get(name) or LIGHT_COLOURS[name]
    return f"var(--figure-{name},{light})"


def tissue_rules(scope: str) -> str:
    """The CSS of all anatomy pictures inside an element of a class."""
    s, c = "." + scope, tissue_colour
    rules = (
        f"{s} path{{stroke-linejoin:round;stroke-linecap:round}}",
        f"{s} .body{{fill:{c('body')};stroke:{c('body-line')};stroke-width:1.6}}",
        f"{s} .fold{{fill:none;stroke:{c('body-line')};stroke-width:1.2}}",
        f"{s} .bone{{fill:{c('bone')};stroke:{c('bone-line')};stroke-width:1.3}}",
        f"{s} .hole{{fill:{c('body')};stroke:{c('bone-line')};stroke-width:1}}",
        f"{s} .groove{{fill:{c('tendon')};stroke:{c('bone-line')};stroke-width:1.2}}",
        f"{s} .ridge{{fill:none;stroke:{c('bone-line')};stroke-width:1;opacity:.55}}",
        f"{s} .tendon{{fill:{c('tendon')};stroke:{c('tendon-line')};stroke-width:1}}",
        f"{s} .flesh{{fill:{c('flesh')};stroke:{c('fibre')};stroke-width:1}}",
        f"{s} .fibre{{fill:none;stroke:{c('fibre')};stroke-width:.8;opacity:.6}}",
        f"{s} .sheen{{fill:none;stroke:#fff;stroke-width:2.4;opacity:.22}}",
        f"{s} .nerve-edge{{fill:none;stroke:{c('nerve-line')}}}{s} .nerve{{fill:none;stroke:{c('nerve')}}}",
        f"{s} .artery{{fill:none;stroke:{c('artery')}}}{s} .vein{{fill:none;stroke:{c('vein')}}}",
        f"{s} .under{{stroke-dasharray:5 5;stroke-linecap:butt;opacity:.6}}",
        f"{s} .hot.flesh{{fill:{c('mark')};stroke:{c('mark-fibre')};stroke-width:1.4}}",
        f"{s} .hot.fibre{{stroke:{c('mark-fibre')};opacity:.5}}",
        f"{s} .hot.tendon{{stroke:{c('mark')};stroke-width:1.8}}",
        f"{s} .hot.bone{{stroke:{c('mark')};stroke-width:2.6}}",
        f"{s} .hot.nerve-edge{{stroke:{c('mark')}}}",
        f"{s} .glow{{fill:{c('mark')};opacity:.26}}",
        f"{s} .ring{{fill:none;stroke:{c('mark')};stroke-width:2.2}}",
        f"{s} .sac{{fill:{c('work')};opacity:.85;stroke:{c('line')};stroke-width:1.4}}",
        f"{s} .pull{{fill:none;stroke:{c('arrow')};stroke-width:4}}{s} .pull-tip{{fill:{c('arrow')}}}",
        f"{s} .lead{{fill:none;stroke:{c('lead')};stroke-width:1}}{s} .end{{fill:{c('lead')}}}",
        f"{s} text{{font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;"
        f"font-size:{number(_FONT)}px;fill:{c('ink')}}}",
        f"{s} .named{{font-weight:700}}{s} .to-left{{text-anchor:end}}",
    )
    return "".join(rules)


def _style(scope: str) -> str:
    """The style of a picture that stands alone; as a small thumbnail it leaves the letters out."""
    small = f"@media (max-width:200px){{.{scope} .names{{display:none}}}}"
    dark = "".join(f"--figure-{n}:{v};" for n, v in (DARK_COLOURS | DARK_TISSUE).items())
    return (
        f"<style>{tissue_rules(scope)}{small}@media (prefers-color-scheme:dark){{.{scope}{{{dark}}}}}</style>"
    )


def _path(css: str, d: str, **style: str) -> str:
    extra = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in style.items())
    return f'<path class="{css}" d="{d}"{extra}/>'


def _muscle(part: Muscle, hot: str) -> list[str]:
    way = resample(part.way, max(len(part.way), 5))
    if part.sheet:
        return [
            _path("tendon" + hot, short(ribbon(way))),
            _path("ridge", short(beside(way, 0.3), closed=False)),
            _path("ridge", short(beside(way, -0.3), closed=False)),
        ]
    slim = [(x, y, min(w, 2.6)) for x, y, w in way]
    fine = resample(part.way, 41)
    low, high = (round(40 * share) for share in part.flesh)
    meat = fine[low : high + 1]
    taper = [min(1.0, (n + 0.4) / 4, (len(meat) - n - 0.6) / 4) ** 0.6 for n in range(len(meat))]
    meat = [(x, y, max(w * t, 0.5)) for (x, y, w), t in zip(meat, taper, strict=True)]
    thin = [*meat[:-1:4], meat[-1]] if len(meat) > 12 else [*meat[:-1:2], meat[-1]]
    inner = thin[1:-1]
    drawn = [_path("tendon" + hot, short(ribbon(slim))), _path("flesh" + hot, short(ribbon(thin)))]
    if max(w for _, _, w in meat) > 4:
        few = [*inner[:-1:2], inner[-1]]
        lines = (short(beside(few, share), closed=False) for share in (-0.45, 0.0, 0.45))
        drawn.append(_path("fibre" + hot, "".join(lines)))
        drawn.append(_path("sheen", short(beside(few[1:-1] or few, 0.68), closed=False)))
    return drawn


def _cord(part: Cord, hot: str) -> list[str]:
    d = short(part.way, closed=False)
    under = " under" if part.hidden else ""
    if part.kind != "nerve":
        return [_path(part.kind + under, d, stroke_width=number(part.width))]
    return [
        _path("nerve-edge" + under + hot, d, stroke_width=number(part.width + (3.4 if hot else 1.8))),
        _path("nerve" + under, d, stroke_width=number(part.width)),
    ]


def _spot(part: Spot) -> list[str]:
    (x, y), (rx, ry) = part.at, part.size

    def oval(css: str, grown: float) -> str:
        return (
            f'<ellipse class="{css}" cx="{number(x)}" cy="{number(y)}" '
            f'rx="{number(rx * grown)}" ry="{number(ry * grown)}"/>'
        )

    if part.kind == "sac":
        return [oval("sac", 1.0), oval("ring", 1.0)]
    return [oval("glow", 1.25), oval("glow", 0.85), oval("ring", 1.0)]


def _drawn(part: Part, marked: Sequence[str]) -> list[str]:
    if isinstance(part, Skin):
        return [
            _path("body", short(part.outline)),
            *(_path("fold", short(f, closed=False)) for f in part.folds),
        ]
    is_marked = part.structure in marked
    hot = " hot" if is_marked else ""
    if isinstance(part, Bone):
        css = {"hole": "hole", "kneecap_groove": "groove"}.get(part.structure, "bone") + hot
        ridges = (_path("ridge", short(line, closed=False)) for line in part.lines)
        return [_path(css, short(part.outline)), *ridges]
    if isinstance(part, Spot):
        return _spot(part) if is_marked else []
    if part.only_marked and not is_marked:
        return []
    return _muscle(part, hot) if isinstance(part, Muscle) else _cord(part, hot)


@dataclass
class _Row:
    structure: str
    lines: tuple[str, ...]
    at: Page
    top: float

    @property
    def tall(self) -> float:
        return len(self.lines) * _LINE


def _spread(rows: list[_Row], height: float) -> None:
    """Move labels of one side apart so that none overlaps, as near their structures as may be."""
    rows.sort(key=lambda r: r.at[1])
    gap = 5.0
    for row in rows:
        row.top = min(max(row.at[1] - row.tall / 2, 2.0), height - row.tall - 4.0)
    for _ in range(60):
        for a, b in pairwise(rows):
            over = a.top + a.tall + gap - b.top
            if over > 0:
                a.top, b.top = a.top - over / 2, b.top + over / 2
        for row in rows:
            row.top = min(max(row.top, 2.0), height - row.tall - 4.0)


def _labels(
    plate: Plate, shown: Sequence[str], marked: Sequence[str], labels: Mapping[str, Label], mirrored: bool
) -> list[str]:
    parts: list[str] = []
    for left in (True, False):
        rows = [
            _Row(s, labels[s].lines, plate.anchors[s].at, 0.0) for s in shown if plate.anchors[s].left == left
        ]
        _spread(rows, plate.height)
        for row in rows:
            parts += _label(plate, row, left, row.structure in marked, mirrored)
    return parts


def _label(plate: Plate, row: _Row, left: bool, named: bool, mirrored: bool) -> list[str]:
    def turned(p: Page) -> Page:
        return (LEFT + RIGHT - p[0], p[1]) if mirrored else p

    edge = plate.inner_left if left else plate.inner_right
    middle = row.top + row.tall / 2
    step = 7.0 if left else -7.0
    start, knee, end = (
        turned((edge + (2 if left else -2), middle)),
        turned((edge + step, middle)),
        turned(row.at),
    )
    ends_right = left != mirrored
    css = ("named" if named else "") + (" to-left" if ends_right else "")
    x = start[0] + (-3 if ends_right else 3)
    parts = [
        _path("lead", "M" + "L".join(pair(p) for p in (start, knee, end))),
        f'<circle class="end" cx="{number(end[0])}" cy="{number(end[1])}" r="2.2"/>',
    ]
    for n, line in enumerate(row.lines):
        y = row.top + n * _LINE + 13
        parts.append(f'<text class="{css.strip()}" x="{number(x)}" y="{number(y)}">{escape(line)}</text>')
    return parts


def _pulls(plate: Plate, marked: Sequence[str]) -> list[str]:
    parts = []
    for pull in plate.pulls:
        if pull.structure not in marked:
            continue
        tip, before = pull.way[-1], pull.way[-2]
        dx, dy = tip[0] - before[0], tip[1] - before[1]
        size = max((dx * dx + dy * dy) ** 0.5, 1e-6)
        ux, uy = dx / size, dy / size
        parts.append(_path("pull", short(pull.way, closed=False)))
        point = (tip[0] + ux * 8, tip[1] + uy * 8)
        left, right = (tip[0] - uy * 6, tip[1] + ux * 6), (tip[0] + uy * 6, tip[1] - ux * 6)
        parts.append(_path("pull-tip", f"M{pair(left)}L{pair(point)}L{pair(right)}Z"))
    return parts


def draw_anatomy(
    view: str,
    title: str,
    description: str,
    labels: Mapping[str, Label],
    *,
    highlight: Sequence[str] = (),
    pulls: bool = False,
    mirrored: bool = False,
    key: str = "anatomy",
) -> str:
    """Draw one view of the leg as an SVG element: a right leg, or a left one if `mirrored`.

    `highlight` marks structures and names them in bold beside a few for orientation; without it the usual
    ones are named. `pulls` adds arrows along marked muscles. Raises `AnatomyError` for an unknown view or
    structure, or a missing label.
    """
    plate = _plate(view)
    unknown = [s for s in highlight if s not in plate.anchors]
    if unknown:
        raise AnatomyError(
            f"the picture {view!r} has no structure {unknown[0]!r}: one of {', '.join(sorted(plate.anchors))}"
        )
    shown = tuple(dict.fromkeys((*highlight, *plate.context))) if highlight else plate.usual
    missing = [s for s in shown if s not in labels]
    if missing:
        raise AnatomyError(f"there is no label for {missing[0]!r}")
    drawn = [piece for part in plate.parts for piece in _drawn(part, highlight)]
    if pulls:
        drawn += _pulls(plate, highlight)
    turn = f' transform="matrix(-1 0 0 1 {number(LEFT + RIGHT)} 0)"' if mirrored else ""
    scope, name = f"anatomy-{key}", escape(key)
    box = " ".join(number(v) for v in (LEFT, 0, RIGHT - LEFT, plate.height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{scope}" viewBox="{box}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>{_style(scope)}<g{turn}>{"".join(drawn)}</g>'
        f'<g class="names">{"".join(_labels(plate, shown, highlight, labels, mirrored))}</g></svg>'
    )
