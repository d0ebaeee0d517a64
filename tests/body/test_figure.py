"""The drawing: well-formed, self-contained, deterministic, mirrored, and sized to its content."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from kneewise.body import DARK_COLOURS, LIGHT_COLOURS, Figure, KeyPose, Leg, PoseError, describe, draw
from kneewise.body.canvas import Canvas, capsule
from kneewise.body.figure import panel_count
from kneewise.body.kinematics import place_all
from kneewise.body.pose import PICTOGRAMS
from tests.body.shipped import IDS, figure

NUMBER = re.compile(r"(?<![\w#])-?\d+\.\d+")


def _svg(exercise: str, **options: object) -> str:
    return draw(figure(exercise), "A title", "What it shows", key=exercise, **options)


@pytest.mark.parametrize("exercise", IDS)
def test_every_shipped_figure_is_well_formed_and_self_contained(exercise: str) -> None:
    svg = _svg(exercise)
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
    assert root.get("aria-labelledby") == f"{exercise}-title {exercise}-desc"
    for banned in ("<script", "href", "url(", "<image", "@import", "nan", "inf", "onload"):
        assert banned not in svg.replace("http://www.w3.org/2000/svg", "").lower()
    assert len(svg) < 60_000
    _, _, width, height = (float(v) for v in root.get("viewBox").split())
    assert width > 60
    assert height > 60


@pytest.mark.parametrize("exercise", IDS)
def test_captions_fit_and_stay_legible_at_320_px(exercise: str) -> None:
    root = ElementTree.fromstring(_svg(exercise))
    width = float(root.get("viewBox").split()[2])
    assert 15.0 * 320 / width >= 9.0, "letters of at least 9 px on a small phone"


@pytest.mark.parametrize("exercise", IDS)
def test_numbers_have_at_most_two_places(exercise: str) -> None:
    for number in NUMBER.findall(re.sub(r"<style>.*?</style>", "", _svg(exercise))):
        assert len(number.partition(".")[2]) <= 2


def test_drawing_twice_gives_the_same() -> None:
    assert _svg("rdl") == _svg("rdl")


@pytest.mark.parametrize("exercise", IDS)
def test_a_mirrored_figure_is_the_mirror_image(exercise: str) -> None:
    plain, mirrored = Canvas(figure(exercise).view), Canvas(figure(exercise).view, mirrored=True)
    for bones in place_all(figure(exercise)):
        for point in bones.points.values():
            (x, y), (mx, my) = plain.project(point), mirrored.project(point)
            assert (mx, my) == pytest.approx((-x, y))
    size = [
        ElementTree.fromstring(_svg(exercise, mirrored=m)).get("viewBox").split()[2:] for m in (False, True)
    ]
    assert [float(v) for v in size[0]] == pytest.approx([float(v) for v in size[1]], abs=0.05)


def test_every_pictogram_can_be_drawn() -> None:
    for name in PICTOGRAMS:
        ElementTree.fromstring(draw(Figure(pictogram=name), name, name))


def test_words_are_escaped() -> None:
    pose = KeyPose(0, Leg(0, 0), Leg(0, 0), ("foot",), label="a < b & c")
    svg = draw(Figure(poses=(pose,)), 'say "hi" <b>', "x & y")
    ElementTree.fromstring(svg)
    assert "<b>" not in svg


def test_colours_are_custom_properties_with_a_fallback() -> None:
    style = re.search(r"<style>(.*?)</style>", _svg("nordic")).group(1)
    for colour in re.findall(r"(?:fill|stroke):([^;}]+)", style):
        assert colour == "none" or re.fullmatch(r"var\(--figure-([a-z-]+),#[0-9a-f]{6}\)", colour), colour
    assert set(re.findall(r"--figure-([a-z-]+)", style)) <= set(LIGHT_COLOURS)


def test_captions_must_match_the_panels() -> None:
    with pytest.raises(PoseError, match="1 captions for 2 panels"):
        draw(figure("rdl"), "t", "d", captions=["one"])


def test_the_hull_of_two_discs_holds_both() -> None:
    assert capsule((0, 0), 2, (10, 0), 1).count("A") == 2
    assert capsule((0, 0), 5, (1, 0), 1).count("A") == 2, "a disc inside the other leaves a circle"


def _drawn(exercise: str, **options: object) -> str:
    """The elements alone, without title, text alternative and style."""
    return re.sub(r"<style>.*?</style>|<title.*?</title>|<desc.*?</desc>", "", _svg(exercise, **options))


def test_no_two_exercises_share_a_picture() -> None:
    seen: dict[str, str] = {}
    for exercise in IDS:
        drawn = draw(figure(exercise), "", "", captions=[""] * panel_count(figure(exercise)), key="same")
        assert drawn not in seen, f"{exercise} has the picture of {seen[drawn]}"
        seen[drawn] = exercise


@pytest.mark.parametrize("exercise", IDS)
def test_a_compact_picture_has_two_panels_at_most_and_no_words(exercise: str) -> None:
    drawn = _drawn(exercise, compact=True)
    assert "<text" not in drawn
    assert drawn.count('class="ground"') <= 2


def test_a_compact_picture_has_thicker_lines() -> None:
    def width(svg: str) -> float:
        return float(re.findall(r"\.limb\{[^}]*stroke-width:([\d.]+)", svg)[-1])

    assert width(_svg("rdl", compact=True)) > width(_svg("rdl"))


@pytest.mark.parametrize("exercise", [i for i in IDS if len(figure(i).poses) > 1])
def test_a_moving_picture_loops_and_stands_still_for_whoever_asks(exercise: str) -> None:
    svg = _svg(exercise, animated=True)
    root = ElementTree.fromstring(svg)
    style = "".join(e.text or "" for e in root.iter() if e.tag.endswith("style"))
    assert "@media (prefers-reduced-motion:reduce)" in style
    assert "@media print" in style
    groups = [e.get("class") for e in root if e.tag.endswith("}g")]
    assert groups == ["moving", "resting"]
    for banned in ("<script", "href", "url(", "<image", "@import", "onload", "nan"):
        assert banned not in svg.replace("http://www.w3.org/2000/svg", "").lower()
    rules = re.findall(r"@keyframes [\w-]+\{(.*?\})\}", style)
    assert rules
    for rule in rules:
        stops = re.findall(r"([\d.]+)%\{transform:([^}]*)\}", rule)
        assert (float(stops[0][0]), float(stops[-1][0])) == (0.0, 100.0)
        assert stops[0][1] == stops[-1][1], "the loop closes"


def test_a_slow_movement_takes_its_seconds() -> None:
    def whole(exercise: str) -> float:
        return float(re.search(r"animation-duration:([\d.]+)s", _svg(exercise, animated=True)).group(1))

    assert whole("step_down") > whole("kb_swing") + 2.0, "four seconds down against one"


def test_a_single_pose_does_not_move() -> None:
    assert "keyframes" not in _svg("plank", animated=True)


def test_dark_is_for_good() -> None:
    svg = _svg("rdl", dark=True)
    for name, colour in DARK_COLOURS.items():
        assert f"--figure-{name}:{colour}" in svg
    assert DARK_COLOURS.keys() == LIGHT_COLOURS.keys()


def test_the_working_muscle_is_tinted() -> None:
    for muscle in ("hamstring", "quadriceps", "calf", "gluteal", "trunk"):
        assert 'class="muscle"' in _drawn("squat", highlight=(muscle,))
    assert 'class="muscle"' not in _drawn("squat")


def test_where_the_frontal_plane_matters_there_are_two_views() -> None:
    for exercise in ("side_hip_abd", "clamshell", "band_walk", "step_down"):
        shown = figure(exercise)
        assert shown.view == "front"
        assert panel_count(shown) == len(shown.poses) + 1


@pytest.mark.parametrize("exercise", IDS)
def test_every_picture_is_told_in_plain_words(exercise: str) -> None:
    told = describe(figure(exercise))
    assert told[0].isupper()
    assert told.endswith(".")
    assert len(told.split()) >= 4 or figure(exercise).pictogram
    assert "_" not in told


def test_the_words_follow_the_pose() -> None:
    bridge = describe(figure("glute_bridge"))
    assert bridge.startswith("Lying on the back, both knees bent 105°, feet flat")
    assert "then hips lifted until the body is straight from shoulder to knee" in bridge
    assert "held for 45 seconds" in describe(figure("bridge_hold"))
    assert "holding a chair" in describe(figure("mini_squat"))
    assert "looking up" in describe(figure("sciatic_slider_sit"))
    assert describe(figure("calf_raise")).count("raised") == 1
