"""The anatomy pictures: what is marked shows, labels are legible text that stays inside, sides mirror."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from kneewise.body.anatomy import DARK_TISSUE, LIGHT_TISSUE, PLATES, VIEWS, AnatomyError, Label, draw_anatomy
from kneewise.body.anatomy_parts import Muscle, Skin, resample, ribbon, short
from kneewise.body.canvas import smooth

LABELS = {id_: Label(("Two", "lines")) for plate in PLATES.values() for id_ in plate.anchors}
EVERY_MARK = [(view, structure) for view in VIEWS for structure in sorted(PLATES[view].anchors)]
FONT, NARROWEST = 15.0, 250.0  # letters in page units, and the picture's width on a phone of 320 px


def _svg(view: str, *marked: str, **options: object) -> str:
    return draw_anatomy(view, "The leg", "What it shows", LABELS, highlight=marked, **options)


def _root(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def _texts(svg: str) -> list[ElementTree.Element]:
    return [e for e in _root(svg).iter() if e.tag.endswith("}text")]


@pytest.mark.parametrize("view", VIEWS)
def test_a_picture_is_self_contained_and_small(view: str) -> None:
    svg = _svg(view)
    root = _root(svg)
    assert root.get("role") == "img"
    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
    for banned in ("<script", "href", "url(", "<image", "@import", "nan", "onload", "style="):
        assert banned not in svg.replace("http://www.w3.org/2000/svg", "").lower()
    assert len(svg) < 25_000


@pytest.mark.parametrize(("view", "structure"), EVERY_MARK)
def test_each_structure_can_be_marked_and_is_named_in_bold(view: str, structure: str) -> None:
    labels = LABELS | {structure: Label(("This one",))}
    svg = draw_anatomy(view, "t", "d", labels, highlight=(structure,))
    named = [t.text for t in _texts(svg) if "named" in (t.get("class") or "")]
    assert named == ["This one"]
    drawn = re.sub(r"<style>.*?</style>|<g class=\"names\">.*", "", svg, flags=re.DOTALL)
    plain = re.sub(r"<style>.*?</style>|<g class=\"names\">.*", "", _svg(view), flags=re.DOTALL)
    assert drawn != plain, "a mark changes the drawing itself, not only its label"


@pytest.mark.parametrize("view", VIEWS)
def test_labels_do_not_overlap_and_stay_inside_for_every_mark(view: str) -> None:
    plate = PLATES[view]
    for marked in [(), *((s,) for s in plate.anchors), tuple(plate.usual[:5])]:
        for mirrored in (False, True):
            spots = [
                (float(t.get("x")), float(t.get("y"))) for t in _texts(_svg(view, *marked, mirrored=mirrored))
            ]
            for side in (True, False):
                rows = sorted(y for x, y in spots if (x < 167) == side)
                assert all(after - before >= FONT for before, after in pairwise(rows))
                assert all(0 < y < plate.height for y in rows)


@pytest.mark.parametrize("view", VIEWS)
def test_letters_stay_legible_on_a_small_phone(view: str) -> None:
    width = float(_root(_svg(view)).get("viewBox").split()[2])
    assert FONT * NARROWEST / width >= 11.0


def test_a_left_leg_is_the_mirror_image_and_its_words_are_not_turned() -> None:
    right, left = _svg("back", "cyst"), _svg("back", "cyst", mirrored=True)
    assert "matrix(-1" in left
    assert "matrix(-1" not in right
    width = float(_root(right).get("viewBox").split()[2])
    for one, other in zip(_texts(right), _texts(left), strict=True):
        assert one.text == other.text
        assert float(one.get("x")) + float(other.get("x")) == pytest.approx(width, abs=0.02)
    names = left[left.index('<g class="names">') :]
    assert "matrix" not in names


def test_the_hamstrings_cross_the_hip_and_the_knee_and_the_short_part_only_the_knee() -> None:
    back = PLATES["back"]
    hip, knee = back.anchors["hip_joint"].at[1], back.anchors["knee_joint"].at[1]
    way = {part.structure: part.way for part in back.parts if isinstance(part, Muscle)}
    for muscle in ("biceps_femoris_long_head", "semitendinosus", "semimembranosus"):
        # From the sit bone, which lies just below the hip's centre but is part of the pelvis, to below the knee.
        sit_bone = back.anchors["sit_bone"].at
        assert abs(way[muscle][0][1] - sit_bone[1]) < 10
        assert abs(way[muscle][0][0] - sit_bone[0]) < 14
        assert way[muscle][-1][1] > knee
    assert hip + 60 < way["biceps_femoris_short_head"][0][1] < knee
    inner, outer = way["semitendinosus"][-1][0], way["biceps_femoris_long_head"][-1][0]
    assert inner < back.anchors["hollow_of_knee"].at[0] < outer, "two end at the inner side, one at the outer"


def test_the_nerve_divides_above_the_hollow_of_the_knee() -> None:
    back = PLATES["back"]
    branches = [p for p in back.parts if getattr(p, "kind", "") == "nerve"]
    inner = next(p for p in branches if p.structure == "sciatic_nerve" and p.way[-1][1] > 350)
    outer = next(p for p in branches if p.structure == "outer_leg_nerve")
    assert inner.way[0] == outer.way[0], "both start where the nerve divides"
    assert inner.way[0][1] < back.anchors["hollow_of_knee"].at[1]
    assert outer.way[-1][0] > inner.way[-1][0] + 20


@pytest.mark.parametrize("view", VIEWS)
def test_everything_lies_within_the_body(view: str) -> None:
    plate = PLATES[view]
    skin = next(part for part in plate.parts if isinstance(part, Skin))
    edges = [x for x, _ in skin.outline]
    for part in plate.parts:
        if isinstance(part, Muscle):
            for x, _, wide in part.way:
                assert min(edges) - 4 <= x - wide
                assert x + wide <= max(edges) + 4


def test_arrows_of_pull_belong_to_what_is_marked() -> None:
    assert "pull-tip" not in _svg("side", "quadriceps").rpartition("</style>")[2]
    drawn = _svg("side", "quadriceps", pulls=True).rpartition("</style>")[2]
    assert drawn.count('class="pull-tip"') == 1
    both = _svg("side", "quadriceps", "biceps_femoris_long_head", pulls=True).rpartition("</style>")[2]
    assert both.count('class="pull-tip"') == 2


def test_light_and_dark_name_the_same_colours() -> None:
    assert set(LIGHT_TISSUE) == set(DARK_TISSUE)
    svg = _svg("front")
    used = set(re.findall(r"var\(--figure-([a-z-]+),", svg))
    dark = svg[svg.index("prefers-color-scheme:dark") :]
    assert all(f"--figure-{name}:" in dark for name in used)


@pytest.mark.parametrize(
    ("view", "marked", "labels", "says"),
    [
        ("above", (), LABELS, "one of back, side, front"),
        ("back", ("kneecap",), LABELS, "no structure 'kneecap'"),
        ("back", ("cyst",), {}, "no label for 'cyst'"),
    ],
)
def test_what_is_not_known_is_said(view: str, marked: tuple[str, ...], labels: dict, says: str) -> None:
    with pytest.raises(AnatomyError, match=says):
        draw_anatomy(view, "t", "d", labels, highlight=marked)


def test_words_are_escaped() -> None:
    svg = draw_anatomy("back", "<b>", 'a & "b"', LABELS | {"cyst": Label(("<i>",))}, highlight=("cyst",))
    assert "<b>" not in svg
    assert "<i>" not in svg
    _root(svg)


def _points(d: str) -> list[tuple[float, float]]:
    """The ends of the pieces of a path of M, c and s in relative tenths, or of M and C."""
    tokens = re.findall(r"[A-Za-z]|-?\d*\.?\d+", d)
    at, ends, i, command = (0.0, 0.0), [], 0, ""
    while i < len(tokens):
        if tokens[i].isalpha():
            command, i = tokens[i], i + 1
            continue
        take = {"M": 2, "c": 6, "s": 4, "C": 6}[command]
        numbers = [float(v) for v in tokens[i : i + take]]
        i += take
        x, y = numbers[-2:]
        at = (at[0] + x, at[1] + y) if command in "cs" else (x, y)
        ends.append(at)
    return ends


def test_the_short_path_goes_through_the_same_points_as_the_long_one() -> None:
    way = ribbon(resample(((0, 0, 2), (10, 40, 8), (-5, 90.3, 1)), 9))
    for closed in (True, False):
        long, brief = _points(smooth(way, closed)), _points(short(way, closed))
        assert len(long) == len(brief)
        for (x, y), (u, v) in zip(long, brief, strict=True):
            assert (x, y) == pytest.approx((u, v), abs=0.11)
