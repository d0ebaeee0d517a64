"""A person's own mechanics: the drawing shows the value, its error, what is usual and the goal – and nothing else."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from kneewise.body.explain import (
    Bend,
    Counted,
    Reading,
    draw_bridge,
    draw_chair_stand,
    draw_hamstring_length,
    draw_kneecap,
    draw_leg_raise,
    forward_bend,
)
from tests.body.shipped import figure

WORDS = {
    "you": "you", "usual": "usual", "goal": "goal", "lying": "Lying", "bending": "Bending", "your_leg": "you: ?",
    "raised": "Raised", "hamstrings": "Hamstrings", "buttock": "Buttock", "thigh": "Thigh", "count": "Counted",
    "low": "low", "not_measured": "not measured", "steady": "Steady", "drifting": "Drifting",
    "disputed": "disputed",
}  # fmt: skip
USUAL = (8.7, 26.9)


def _length(reading: Reading, **options: object) -> str:
    return draw_hamstring_length(reading, WORDS, "Title", "What it shows", **options)


def _bridge(counted: Counted) -> str:
    return draw_bridge(figure("sl_long_lever_bridge"), counted, WORDS, "Title", "What it shows")


def _drawn(svg: str) -> str:
    return svg.rpartition("</style>")[2]


def _told(svg: str) -> list[str]:
    return [e.text or "" for e in ElementTree.fromstring(svg).iter() if e.tag.endswith("}text")]


ALL = {
    "length": lambda: _length(Reading(38.0, 7.0, USUAL, 26.9)),
    "length_open": lambda: _length(Reading(None, None, USUAL)),
    "raise": lambda: draw_leg_raise(Reading(55.0, 5.0, None, 70.0), WORDS, "T", "D"),
    "bridge": lambda: _bridge(Counted(Reading(12, 5.7, (20, 34)), 20, 50)),
    "chair": lambda: draw_chair_stand(
        figure("sit_to_stand"), Counted(Reading(9, 1.8, (11, 16)), 11, 20), WORDS, "T", "D"
    ),
    "kneecap": lambda: draw_kneecap(WORDS, "T", "D"),
}


@pytest.mark.parametrize("name", ALL)
def test_a_picture_is_self_contained_and_its_words_fit(name: str) -> None:
    svg = ALL[name]()
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
    for banned in ("<script", "href", "url(", "<image", "@import", "nan", "onload", "style="):
        assert banned not in svg.replace("http://www.w3.org/2000/svg", "").lower()
    assert len(svg) < 25_000
    assert 15.0 * 250 / float(root.get("viewBox").split()[2]) >= 11.0, "letters on a phone of 320 px"


def test_what_was_not_measured_is_never_a_number() -> None:
    told = _told(_length(Reading(None, None, USUAL)))
    assert "you: ?" in told
    assert not any(re.search(r"\d", text) for text in told)
    assert 'class="now"' not in _drawn(_length(Reading(None, None, USUAL)))
    counted = _told(_bridge(Counted(Reading(None), None, 40)))
    assert any("not measured" in text for text in counted)
    assert not any("you" in text for text in counted)


def test_value_goal_and_error_are_drawn_only_when_they_are_there() -> None:
    whole = _length(Reading(38.0, 7.0, USUAL, 26.9))
    assert "you 38°" in _told(whole)
    assert "goal 27°" in _told(whole)
    bare = _length(Reading(38.0, None, None))
    assert 'class="usual"' not in _drawn(bare)
    assert 'class="goal"' not in _drawn(bare)
    assert _drawn(whole).count('class="band"') == 2, "one on each dial"
    assert _drawn(_bridge(Counted(Reading(12, None, None), None, 40))).count('class="band"') == 0


def test_a_wider_error_is_a_wider_band() -> None:
    def widths(error: float) -> float:
        svg = _drawn(_bridge(Counted(Reading(15, error), None, 40)))
        return float(re.search(r'class="band"[^>]* width="([\d.]+)"', svg).group(1))

    assert widths(8) == pytest.approx(2 * widths(4), abs=0.05)


def test_the_marker_lies_where_the_count_is() -> None:
    def marker(count: float) -> float:
        svg = _drawn(_bridge(Counted(Reading(count), None, 40)))
        return float(re.search(r'class="now" d="M([\d.]+)', svg).group(1))

    left, right = marker(0), marker(40)
    assert marker(10) == pytest.approx(left + (right - left) / 4, abs=0.05)
    assert marker(400) == right, "beyond the scale it stays on it"


def test_no_share_of_work_is_ever_a_number() -> None:
    for count in (3, 12, 30):
        told = _told(_bridge(Counted(Reading(count, 6, (20, 34)), 20, 50)))
        named = [text for text in told if text.startswith(("Hamstrings", "Buttock"))]
        assert named == ["Buttock", "Hamstrings"]
    assert not any("%" in text for name in ALL for text in _told(ALL[name]()))


def test_the_kneecap_picture_has_no_number_and_says_that_it_is_disputed() -> None:
    told = _told(draw_kneecap(WORDS, "T", "D"))
    assert any("disputed" in text for text in told)
    assert not any(re.search(r"\d", text) for text in told)


def test_a_shorter_hamstring_bends_less_and_the_error_widens_the_range() -> None:
    bends = [forward_bend(deficit).value for deficit in (0, 10, 25, 40, 60)]
    assert bends == sorted(bends, reverse=True)
    assert bends[0] == pytest.approx(90, abs=0.5)
    # The map of equal lengths at 33 degrees: 70, 64 and 65 degrees for the three hamstrings.
    assert forward_bend(33).value == pytest.approx(66.3, abs=1.5)
    sure, unsure = forward_bend(33, 0), forward_bend(33, 7)
    assert unsure.low < sure.low <= sure.value <= sure.high < unsure.high
    assert forward_bend(-5).value == forward_bend(0).value, "past straight counts as straight"


def test_a_deficit_beyond_the_model_is_an_error() -> None:
    with pytest.raises(ValueError, match="90"):
        forward_bend(91)
    with pytest.raises(ValueError, match="measured"):
        draw_leg_raise(Reading(None), WORDS, "T", "D")


def test_the_gauge_lies_over_the_foot_and_opens_with_the_deficit() -> None:
    def tip(value: float) -> tuple[float, float]:
        found = re.search(r'class="now" d="M[^L]*L([-\d.]+) ([-\d.]+)"', _drawn(_length(Reading(value))))
        return float(found.group(1)), float(found.group(2))

    (x0, y0), (x1, y1) = tip(10), tip(40)
    assert x1 > x0, "towards the feet"
    assert y1 > y0, "and lower on the page"


def test_a_mirrored_picture_keeps_its_words() -> None:
    plain, turned = _length(Reading(38, 7, USUAL, 26.9)), _length(Reading(38, 7, USUAL, 26.9), mirrored=True)
    assert sorted(_told(plain)) == sorted(_told(turned))
    assert "scale(-1" not in turned
    assert _drawn(plain) != _drawn(turned)


def test_a_bend_names_its_range() -> None:
    bend = forward_bend(20, 5)
    assert isinstance(bend, Bend)
    assert bend.low < bend.value < bend.high
