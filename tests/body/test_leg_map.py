"""The leg to point at: places lie on the leg, fingers can hit them, a left leg is the mirror image."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from kneewise.body.leg_map import KNEE, OUTLINES, VIEWS, WIDTH, Spot, View, draw_leg_map

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
# Two pictures beside each other on a phone of 320 pixels: what is left of the window for one of them.
NARROW_PICTURE = 134
LEAST_TARGET = 24  # WCAG 2.5.8


def _boxes(svg: str) -> list[tuple[str, float, float, float]]:
    """The field, left edge, width and height of every place that can be tapped."""
    found = []
    for box in ET.fromstring(svg).iter(f"{SVG}foreignObject"):
        label = box.find(f"{XHTML}label")
        assert label is not None
        numbers = [float(box.get(name) or 0) for name in ("x", "width", "height")]
        found.append((label.get("for") or "", numbers[0], numbers[1], numbers[2]))
    return found


def _spots(view: View) -> list[Spot]:
    return [Spot(place, f"tick-{place}") for place in OUTLINES[view].places]


@pytest.mark.parametrize("view", VIEWS)
def test_every_place_is_a_label_of_its_field_and_touches_the_leg(view: View) -> None:
    svg = draw_leg_map(view, _spots(view))
    assert [field for field, *_ in _boxes(svg)] == [spot.field for spot in _spots(view)]
    xs = [x for x, _y in OUTLINES[view].skin]
    for _field, left, width, _height in _boxes(svg):
        assert min(xs) < left + width / 2 < max(xs)


@pytest.mark.parametrize("view", VIEWS)
def test_a_left_leg_is_the_mirror_image(view: View) -> None:
    right, left = (
        _boxes(draw_leg_map(view, _spots(view))),
        _boxes(draw_leg_map(view, _spots(view), side="left")),
    )
    for one, other in zip(right, left, strict=True):
        assert one[0] == other[0]
        assert one[1] + one[2] == pytest.approx(WIDTH - other[1])


def test_the_outer_hip_of_a_right_leg_lies_at_the_right_from_behind_and_at_the_left_from_the_front() -> None:
    bulge = {view: [x for x, y in OUTLINES[view].skin if 45 < y < 85] for view in VIEWS}
    thigh = {view: [x for x, y in OUTLINES[view].skin if 130 < y < 140] for view in VIEWS}
    assert max(bulge["back"]) > max(thigh["back"])
    assert min(bulge["front"]) < min(thigh["front"])
    assert OUTLINES["back"].ends == ("inner side", "outer side")
    assert OUTLINES["front"].ends == ("outer side", "inner side")


@pytest.mark.parametrize("view", VIEWS)
def test_a_finger_can_hit_every_place_on_a_small_phone(view: View) -> None:
    small = ("corner", "kneecap", "shin_bump", "joint_line")
    for field, _left, width, height in _boxes(draw_leg_map(view, _spots(view))):
        shown = KNEE[2] if any(name in field for name in small) else WIDTH
        scale = NARROW_PICTURE / shown
        assert min(width, height) * scale >= LEAST_TARGET, (field, width * scale, height * scale)


def test_both_legs_stand_together_with_a_place_on_each() -> None:
    svg = draw_leg_map("back", [Spot("calf", "tick-calf_pain")], side="both")
    assert [field for field, *_ in _boxes(svg)] == ["tick-calf_pain"] * 2
    assert svg.count("matrix(-1") == 1
