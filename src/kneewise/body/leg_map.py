"""A whole leg to point at: from the front, from behind, and from both sides, with the places of pain on it.

Pure. A right leg is drawn, a left one is its mirror image; the shapes are drawn by hand after textbook
surface anatomy (not to scale). A place is a rounded box cut to the leg's outline, so that it follows
its shape. Colours come from the page's style sheet by class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from kneewise.body.anatomy_parts import short
from kneewise.body.canvas import Page, escape, number

View = Literal["back", "front", "inner", "outer"]
VIEWS: tuple[View, ...] = get_args(View)
Box = tuple[float, float, float, float]  # left, top, width, height
WIDTH, HEIGHT = 140.0, 384.0
# Only the knee, larger, for places that lie close together.
KNEE: Box = (22.0, 154.0, 96.0, 98.0)
WHOLE: Box = (0.0, 0.0, WIDTH, HEIGHT)
TOGETHER = 38.0  # how far two legs are moved together to meet at the middle


@dataclass(frozen=True)
class Outline:
    """One view of a right leg: its outline, soft shadows, lines, and the places that can hurt."""

    skin: tuple[Page, ...]
    shades: tuple[tuple[Page, ...], ...]
    lines: tuple[tuple[Page, ...], ...]
    bones: tuple[tuple[Page, ...], ...]
    places: Mapping[str, Box]
    ends: tuple[str, str]  # what lies at the left and the right edge of the picture of a right leg


_BACK = Outline(
    skin=(
        (20, -24), (98, -24), (102, 0), (108, 24), (117, 52), (120, 78), (118, 104), (113, 136), (107, 168),
        (103, 192), (103, 210), (107, 234), (109, 256), (104, 286), (95, 316), (90, 336), (91, 350),
        (96, 362), (98, 372), (88, 377), (74, 378), (64, 376), (60, 366), (63, 350), (65, 336), (60, 314),
        (49, 284), (45, 256), (49, 232), (52, 210), (50, 192), (44, 166), (35, 138), (27, 116), (22, 103),
        (20, 60), (20, 20),
    ),
    shades=(
        ((62, 188), (70, 184), (84, 184), (93, 190), (92, 204), (86, 220), (78, 226), (69, 219), (62, 204)),
        ((26, 100), (48, 110), (76, 111), (103, 101), (92, 113), (60, 118), (34, 111)),
        ((22, 2), (26, 30), (23, 60), (24, 98), (20, 98), (18, 2)),
    ),
    lines=(
        ((24, 98), (44, 109), (72, 111), (100, 102)), ((60, 150), (58, 176), (59, 206)),
        ((95, 152), (98, 176), (97, 206)), ((62, 207), (77, 212), (94, 207)),
        ((77, 232), (78, 258), (77, 286)), ((58, 282), (68, 298), (77, 290), (88, 299), (98, 284)),
        ((72, 312), (73, 336), (71, 358)), ((84, 312), (83, 336), (86, 358)),
        ((24, 4), (25, 40), (23, 98)), ((40, 34), (45, 40), (44, 47)),
    ),
    bones=(),
    places={
        "low_back": (22, 0, 90, 30), "buttock": (24, 34, 98, 70), "deep_buttock": (44, 50, 46, 42),
        "sit_bone": (26, 84, 46, 34), "back_of_thigh": (24, 118, 96, 56), "back_of_knee": (46, 178, 64, 50),
        "inner_back_corner_of_knee": (44, 178, 32, 52), "outer_back_corner_of_knee": (80, 178, 30, 52),
        "calf": (40, 232, 74, 74), "heel": (56, 312, 46, 66),
    },
    ends=("inner side", "outer side"),
)  # fmt: skip

_FRONT = Outline(
    skin=(
        (120, -24), (40, -24), (37, 0), (31, 24), (22, 52), (19, 78), (21, 106), (27, 140), (33, 166),
        (38, 184), (39, 204), (36, 226), (34, 250), (38, 284), (46, 314), (50, 336), (48, 350), (40, 364),
        (36, 374), (44, 379), (60, 380), (76, 379), (82, 372), (79, 356), (75, 340), (76, 318), (86, 290),
        (94, 258), (93, 232), (89, 208), (90, 186), (97, 160), (107, 132), (114, 112), (118, 99), (120, 84),
        (120, 40),
    ),
    shades=(
        ((47, 182), (51, 174), (58, 180), (52, 196), (53, 210), (47, 206)),
        ((82, 182), (78, 174), (73, 180), (78, 196), (77, 210), (83, 206)),
        ((74, 250), (84, 252), (82, 284), (74, 306), (72, 280)),
    ),
    lines=(
        ((118, 92), (98, 80), (72, 58), (48, 38)), ((78, 132), (85, 152), (79, 170), (72, 174)),
        ((48, 134), (44, 154), (50, 170)), ((57, 222), (58, 232)), ((73, 222), (72, 232)),
        ((66, 246), (66, 282), (64, 314)), ((49, 340), (56, 346), (68, 346), (76, 340)),
        ((45, 368), (46, 375)), ((53, 368), (53, 376)), ((61, 368), (61, 377)), ((70, 366), (70, 376)),
    ),
    bones=(
        ((65, 178), (75, 182), (79, 193), (75, 205), (65, 212), (55, 205), (51, 193), (55, 182)),
        ((59, 230), (65, 226), (71, 230), (70, 239), (65, 242), (60, 239)),
    ),
    places={
        "groin": (36, 34, 90, 54), "front_of_thigh": (16, 94, 106, 70), "front_of_knee": (42, 170, 47, 56),
        "above_kneecap": (40, 156, 50, 22), "below_kneecap": (50, 208, 30, 18),
        "shin_bump": (46, 227, 38, 22),
        "joint_line_outer": (30, 200, 19, 25), "joint_line_inner": (81, 200, 19, 25),
        "shin": (30, 232, 68, 82), "foot": (32, 324, 54, 58),
    },
    ends=("outer side", "inner side"),
)  # fmt: skip

_OUTER = Outline(
    skin=(
        (34, -24), (106, -24), (108, 0), (112, 28), (113, 60), (112, 92), (109, 130), (103, 158), (99, 174),
        (101, 186), (102, 200), (97, 214), (94, 228), (92, 246), (87, 280), (82, 312), (82, 334), (93, 346),
        (112, 356), (124, 364), (127, 373), (118, 379), (90, 379), (60, 379), (50, 374), (49, 362),
        (54, 348), (56, 334), (50, 312), (40, 284), (36, 258), (41, 234), (49, 214), (52, 202), (48, 184),
        (40, 160), (34, 134), (31, 114), (24, 100), (17, 78), (18, 54), (26, 26), (32, 4),
    ),
    shades=(
        ((88, 176), (95, 182), (96, 200), (90, 212), (86, 206), (90, 192)),
        ((26, 104), (40, 112), (58, 110), (46, 118), (32, 116)),
    ),
    lines=(
        ((30, 106), (44, 113), (60, 108)), ((76, 74), (78, 120), (76, 168), (72, 204)),
        ((54, 140), (56, 170), (60, 206)), ((84, 176), (80, 194), (84, 214)),
        ((66, 240), (62, 272), (58, 300)),
        ((86, 236), (82, 272), (76, 308)), ((62, 330), (66, 342), (61, 352)), ((108, 370), (121, 372)),
        ((82, 348), (90, 354)),
    ),
    bones=(
        ((64, 218), (70, 216), (74, 221), (71, 228), (65, 228), (62, 223)),
        ((66, 340), (73, 338), (77, 344), (73, 351), (67, 350)),
    ),
    places={
        "outer_hip": (34, 28, 72, 64), "outer_thigh": (26, 98, 90, 76), "outer_knee": (46, 178, 60, 50),
        "foot": (60, 326, 70, 56),
    },
    ends=("back", "front"),
)  # fmt: skip

_INNER = Outline(
    skin=tuple((WIDTH - x, y) for x, y in _OUTER.skin),
    shades=tuple(tuple((WIDTH - x, y) for x, y in shade) for shade in _OUTER.shades),
    lines=(
        ((110, 106), (96, 113), (80, 108)), ((48, 92), (62, 130), (72, 168), (76, 206)),
        ((86, 140), (84, 170), (78, 212)), ((56, 176), (60, 194), (56, 214)),
        ((70, 226), (78, 262), (82, 300)),
        ((54, 236), (58, 272), (64, 308)), ((78, 330), (74, 342), (79, 352)), ((32, 370), (19, 372)),
        ((86, 372), (70, 364), (56, 368)),
    ),
    bones=(((63, 340), (70, 336), (76, 342), (74, 351), (66, 352)),),
    places={
        "inner_knee": (34, 178, 60, 50), "inner_back_corner_of_knee": (74, 178, 24, 52),
        "foot": (10, 326, 70, 56),
    },
    ends=("front", "back"),
)  # fmt: skip

OUTLINES: dict[View, Outline] = {"back": _BACK, "front": _FRONT, "inner": _INNER, "outer": _OUTER}


@dataclass(frozen=True)
class Spot:
    """A place that can be pointed at: its name on the outline, and the id of the field that it stands for."""

    place: str
    field: str


def _turned(box: Box, mirrored: bool) -> Box:
    left, top, width, height = box
    return (WIDTH - left - width if mirrored else left), top, width, height


def _curve(css: str, points: Sequence[Page], *, closed: bool) -> str:
    return f'<path class="{css}" d="{short(points, closed=closed)}"/>'


def _rectangle(tag: str, box: Box, more: str) -> str:
    x, y, width, height = (number(v) for v in box)
    return f'<{tag} {more} x="{x}" y="{y}" width="{width}" height="{height}"'


def _leg(view: View, spots: Sequence[Spot], *, mirrored: bool, key: str) -> tuple[str, str]:
    """The drawing of one leg, and the boxes to tap that lie over it."""
    outline = OUTLINES[view]
    cut = f'clip-path="url(#{key})"'
    shapes = [
        f'<clipPath id="{key}"><path d="{short(outline.skin)}"/></clipPath>',
        _curve("leg-skin", outline.skin, closed=True),
        f"<g {cut}>",
        *(_curve("leg-shade", shade, closed=True) for shade in outline.shades),
        *(_curve("leg-bone", bone, closed=True) for bone in outline.bones),
        *(
            _rectangle("rect", outline.places[s.place], f'class="place place-{s.field}" rx="14"') + "/>"
            for s in spots
        ),
        "</g>",
        *(_curve("leg-line", line, closed=False) for line in outline.lines),
    ]
    taps = [
        _rectangle("foreignObject", _turned(outline.places[s.place], mirrored), 'class="tap-box"')
        + f'><label xmlns="http://www.w3.org/1999/xhtml" class="tap-place" for="{escape(s.field)}"></label>'
        "</foreignObject>"
        for s in spots
    ]
    turn = f' transform="matrix(-1 0 0 1 {number(WIDTH)} 0)"' if mirrored else ""
    return f"<g{turn}>{''.join(shapes)}</g>", "".join(taps)


def draw_leg_map(
    view: View, spots: Sequence[Spot], *, side: str = "right", knee_only: bool = False, key: str = "leg"
) -> str:
    """One view of a leg (`side` right or left), or of both side by side, as SVG with a label over each place.

    Each place is a `<label>` of the field that it stands for, so it works without any script. The picture is
    for eyes and fingers only: it is hidden from screen readers, for which the fields themselves are there.
    """
    pairs = side == "both" and view in ("back", "front")
    # From behind the left leg stands at the left, from the front at the right: as one sees it.
    legs = (view == "back", view != "back") if pairs else (side == "left",)
    frame = KNEE if knee_only else WHOLE
    _left, top, width, height = frame
    apart = TOGETHER if pairs and not knee_only else 0.0
    drawn = []
    for n, mirrored in enumerate(legs):
        shapes, taps = _leg(view, spots, mirrored=mirrored, key=f"{key}-{n}")
        box = _turned(frame, mirrored)
        drawn.append(
            f'<svg x="{number(n * (width - apart))}" y="0" width="{number(width)}" height="{number(height)}" '
            f'viewBox="{number(box[0])} {number(top)} {number(width)} {number(height)}">{shapes}{taps}</svg>'
        )
    whole = number(width * len(legs) - apart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="leg-map" viewBox="0 0 {whole} {number(height)}" '
        f'aria-hidden="true" focusable="false">{"".join(drawn)}</svg>'
    )
