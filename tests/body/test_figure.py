"""The drawing: well-formed, self-contained, deterministic, mirrored, and sized to its content."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from kneewise.body import LIGHT_COLOURS, Figure, KeyPose, Leg, PoseError, draw
from kneewise.body.canvas import Canvas, capsule
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
