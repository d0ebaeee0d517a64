"""The leg to point at: the picture and the list are one set of fields, on the person's own side."""

from __future__ import annotations

import re
from pathlib import Path

import kneewise.web
from kneewise.web.presenters.where import PLACES, drawn_findings, leg_map
from tests.web.conftest import Browser

STYLE = (Path(kneewise.web.__file__).parent / "static/kneewise/where.css").read_text(encoding="utf-8")
NUMBERS = {"value-duration_days": "21", "unit-duration_days": "d", "value-pain_score_0_to_10": "4"}


def _to_leg(browser: Browser, text: str = "", **who: str) -> str:
    browser.begin(**who)
    browser.write(text)
    for _ in range(8):
        if "leg-map" in browser.html:
            return browser.path
        browser.answer()
    raise AssertionError("the leg was never shown")


def test_every_place_of_the_picture_is_a_label_of_one_box_in_the_list(browser: Browser) -> None:
    _to_leg(browser)
    labels = set(browser.names(r'class="tap-place" for="([^"]+)"'))
    boxes = re.findall(r'<input type="checkbox" id="([^"]+)" name="tick"', browser.html)
    assert len(labels) > 10
    assert labels <= set(boxes)
    assert len(boxes) == len(set(boxes)), "one set of inputs only"


def test_what_is_marked_is_kept_shown_again_and_counts(browser: Browser) -> None:
    at = _to_leg(browser)
    browser.post(at, {"tick": ["calf_pain", "posterior_knee_pain"], "go": "on"})
    browser.get(at)
    assert {"tick=calf_pain", "tick=posterior_knee_pain"} <= browser.checked()
    browser.get("/check/")
    assert "Pain in the calf" in browser.text
    assert "No to all others" in browser.text


def test_nothing_marked_is_asked_again_and_not_taken_as_no(browser: Browser) -> None:
    at = _to_leg(browser)
    assert browser.post(at, {"go": "on"}).status_code == 400
    assert "Tick what applies" in browser.text


def test_places_told_in_own_words_stand_marked_already_and_can_be_taken_back(browser: Browser) -> None:
    at = _to_leg(browser, "It hurts behind my left knee after sitting.")
    assert "tick=posterior_knee_pain" in browser.checked()
    browser.post(at, {"tick": ["calf_pain"], "go": "on"})
    browser.get(at)
    assert "tick=posterior_knee_pain" not in browser.checked()


def test_left_and_right_are_the_persons_own_in_words_and_picture(browser: Browser) -> None:
    _to_leg(browser, side="left")
    assert "Your left leg, seen from behind" in browser.text
    assert "matrix(-1" in browser.html
    other = Browser()
    _to_leg(other, side="right")
    assert "Your right leg, seen from behind" in other.text
    assert "matrix(-1" not in other.html
    nobody_knows = Browser()
    _to_leg(nobody_knows, side="")
    assert "drawn as a right leg" in nobody_knows.text


def test_both_legs_are_drawn_where_both_hurt(browser: Browser) -> None:
    _to_leg(browser, side="both")
    assert "both your legs" in browser.text
    assert browser.html.count('for="tick-calf_pain"') == 3  # both legs, and the list


def test_the_leg_is_not_asked_about_behind_the_other_doors(browser: Browser) -> None:
    browser.begin("prevent")
    browser.write("")
    browser.to_check()
    assert not any("leg-map" in page for page in browser.pages)


def test_what_is_ticked_is_marked_without_any_script() -> None:
    for finding in drawn_findings():
        for part in (f".place-tick-{finding}", f".name-{finding}"):
            assert f"form:has(#tick-{finding}:checked) {part}" in STYLE
        assert f"form:has(#tick-{finding}:focus-visible) .place-tick-{finding}" in STYLE


def test_places_that_lie_close_together_are_shown_larger() -> None:
    near = leg_map(["posteromedial_knee_pain", "posterolateral_knee_pain"], "right")
    whole = leg_map(["posteromedial_knee_pain", "calf_pain"], "right")
    assert near is not None
    assert whole is not None
    assert 'viewBox="22 154 96 98"' in near.views[0].picture
    assert 'viewBox="0 0 140 384"' in whole.views[0].picture
    assert leg_map(["pain_radiating_below_knee"], "right") is None


def test_every_place_has_the_side_of_the_leg_that_its_name_says() -> None:
    for view, word in {"inner": "medial", "outer": "lateral"}.items():
        assert all(word in f or "foot" in f for f in PLACES[view])  # type: ignore[index]
    assert not any("anterior" in f and "posterior" not in f for f in PLACES["back"])
    assert not any("posterior" in f for f in PLACES["front"])


def test_the_way_ahead_is_told_as_a_number_that_holds(browser: Browser) -> None:
    at = _to_leg(browser)
    told = re.search(r"At most (\d+) more pages after this one", browser.text)
    assert told is not None
    browser.post(at, {"tick": ["posterior_knee_pain"], "go": "on"})
    pages = 0
    while browser.path.startswith("/questions/"):
        pages += "unless a sign needs a closer look" in browser.text or "The last check" in browser.text
        browser.answer("unsure")
    assert pages <= int(told[1])
    assert "go on later on this device" in " ".join(browser.pages)
