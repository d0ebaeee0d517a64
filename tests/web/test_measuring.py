"""Beside the form of a test: earlier values with their error, both legs, and what a change means."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.web.conftest import Browser

ACHE = (
    "Stiff behind my left knee for 3 weeks after sitting all day. Pain 4 out of 10. No injury, no swelling."
)
KNEE = "/measure/active_knee_extension_deficit_degrees/"
DAY_1 = date(2026, 11, 2)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The calendar of the person: change the one day in it."""
    now = [DAY_1]
    monkeypatch.setattr("kneewise.web.following.today", lambda: now[0])
    monkeypatch.setattr("kneewise.web.views.following.this_day", lambda: now[0])
    return now


@pytest.fixture
def follower(browser: Browser, days: list[date]) -> Browser:
    browser.begin()
    browser.write(ACHE)
    browser.to_check()
    browser.get("/programme/")
    browser.post("/programme/start/")
    browser.get(KNEE)  # the numbers that decide whether the test is right for somebody
    entry = re.findall(r'name="entry" value="([^"]+)"', browser.html)[0]
    told = {"about-duration_days": "30", "about-pain_score_0_to_10": "3", "on": days[0].isoformat()}
    browser.post(KNEE, told | {"entry": entry})
    return browser


def _measure(browser: Browser, on: date, side: str, *values: int, **more: str) -> Any:
    browser.get(KNEE)
    entry = re.findall(r'name="entry" value="([^"]+)"', browser.html)[0]
    tries = {f"value-{n}": str(value) for n, value in enumerate(values, start=1)}
    data = {"entry": entry, "side": side, "method": "phone_same_helper", "on": on.isoformat()}
    return browser.post(KNEE, data | tries | more)


def test_the_error_of_each_way_stands_beside_the_form_with_its_source(follower: Browser) -> None:
    follower.get(KNEE)
    assert "a change under 8 degrees may be chance" in follower.text
    assert "One value is off by about 3 degrees" in follower.text
    assert "a change under 10.2 degrees may be chance" in follower.text
    assert "J Bodyw Mov Ther 2024" in follower.text
    assert "How exact your own phone is, nobody has tested" in follower.text


def test_a_way_whose_error_nobody_knows_is_told_so() -> None:
    from kneewise.web.knowledge import engine
    from kneewise.web.presenters.measuring import method_error

    measure = engine().knowledge.measures["active_knee_extension_deficit_degrees"]
    told = method_error(measure, replace(measure.methods[0], standard_error=None, detectable_change=None))
    assert "not known" in told.text
    assert not re.search(r"\d", told.text)


def test_the_beat_is_the_pace_that_the_steps_of_a_test_lay_down() -> None:
    from kneewise.web.knowledge import engine, words
    from kneewise.web.presenters.measuring import counter

    measures = engine().knowledge.measures
    heel, bridge = "single_leg_heel_raise_reps", "single_leg_hamstring_bridge_reps"
    raises, lifts = counter(measures[heel]), counter(measures[bridge])
    assert raises is not None
    assert lifts is not None
    assert any("each two seconds" in step for step in words().measures[heel].steps)
    assert [value for value, _label, chosen in raises.paces if chosen] == ["2"]
    assert not any("second" in step for step in words().measures[bridge].steps)
    assert [value for value, _label, chosen in lifts.paces if chosen] == ["0"]
    assert counter(measures["straight_leg_raise_angle_degrees"]) is None


def test_the_middle_of_the_tries_is_told_and_a_small_change_is_chance(
    follower: Browser, days: list[date]
) -> None:
    _measure(follower, days[0], "left", 38, 33, 34)
    follower.get(KNEE)
    assert "34 degrees , left leg" in follower.text
    assert "middle of 3 tries, 5 apart" in follower.text
    assert "your first value" in follower.text
    days[0] += timedelta(days=8)
    _measure(follower, days[0], "left", 29)
    follower.get(KNEE)
    assert "5 degrees different, which can be chance" in follower.text
    days[0] += timedelta(days=8)
    _measure(follower, days[0], "left", 20)
    follower.get(KNEE)
    assert "better by 14 degrees, which is more than chance" in follower.text


def test_the_other_leg_comes_next_and_both_are_set_side_by_side(follower: Browser, days: list[date]) -> None:
    _measure(follower, days[0], "left", 40, then="other_leg")
    assert follower.path == KNEE
    assert "side=right" in follower.checked()
    follower.get(KNEE)  # only that once: nobody is asked to notice a leg chosen for them
    assert "side=right" not in follower.checked()
    _measure(follower, days[0], "right", 30)
    assert follower.path == "/progress/"
    follower.get(KNEE)
    assert "Your legs differ by 10 degrees, which is more than chance." in follower.text
    days[0] += timedelta(days=60)
    follower.get(KNEE)
    assert "Your legs differ" not in follower.text  # what is old is not how things are
    assert "It may be different now" in follower.text


def test_tries_too_far_apart_are_kept_but_not_judged(follower: Browser, days: list[date]) -> None:
    _measure(follower, days[0], "left", 20, 40, 30)
    follower.get("/history/")
    assert "20, 40, 30 degrees" in follower.text
    follower.get(KNEE)
    assert "So far" not in follower.text
