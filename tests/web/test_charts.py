"""The pain chart: what is drawn is what was told, and it says so in words too."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

from kneewise.web.charts import BandDay, pain_chart, weeks_shown

STARTED = date(2026, 11, 2)


def _chart(
    pains: list[tuple[date, float]], band: list[BandDay], weeks: int = 4, told: str = "In words."
) -> str:
    return pain_chart(
        pains, band, STARTED, weeks, title="Pain", told=told, week_word="weeks", pain_word="pain"
    )


def _dots(svg: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<circle [^>]*cx="([\d.]+)" cy="([\d.]+)"', svg)]


def test_each_day_is_a_point_later_to_the_right_and_more_pain_higher() -> None:
    pains = [(STARTED + timedelta(days=n), float(8 - n)) for n in range(5)]
    dots = _dots(_chart(pains, []))
    assert len(dots) == 5
    assert dots == sorted(dots, key=lambda dot: dot[0])
    assert [y for _x, y in dots] == sorted(y for _x, y in dots)


def test_the_band_is_drawn_only_where_there_is_one() -> None:
    band = [BandDay(0, 4, 6), BandDay(28, 1, 3)]
    assert "<polygon" in _chart([(STARTED, 5)], band)
    assert "<polygon" not in _chart([(STARTED, 5)], [])


def test_nothing_leaves_the_frame_however_long_it_goes_on() -> None:
    weeks = weeks_shown(400)
    pains = [(STARTED + timedelta(days=n), 10.0 * (n % 2)) for n in range(400)]
    svg = _chart(pains, [BandDay(0, 4, 30), BandDay(weeks * 7, 0, 20)], weeks)
    width, height = (float(v) for v in re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    assert len(_dots(svg)) == 400
    numbers = re.findall(r"([\d.]+),([\d.]+)", svg)
    assert all(0 <= float(x) <= width and 0 <= float(y) <= height for x, y in numbers)


def test_it_is_sound_xml_with_a_text_alternative_and_no_style_or_script() -> None:
    svg = _chart([(STARTED, 5)], [], told="Pain <5> & less")
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert "Pain <5> & less" in "".join(root.itertext())
    assert "style" not in svg
    assert "script" not in svg


def test_at_least_four_whole_weeks_are_shown() -> None:
    assert (weeks_shown(0), weeks_shown(27), weeks_shown(28), weeks_shown(70)) == (4, 4, 5, 11)
