"""Pointing at the leg by finger and keyboard, with and without scripts; the first page does not jump."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tour import Walker
from tests.browser.tour_assess import to_the_leg

pytestmark = pytest.mark.browser
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 300);
})"""
FILL = "e => getComputedStyle(e).fill"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.hazard("H19")
def test_the_leg_is_pointed_at_by_finger_and_by_keyboard(
    new_page: Callable[..., Page], address: str, scripts: bool
) -> None:
    w = Walker(new_page(java_script_enabled=scripts), address)
    w.begin(side="right")
    w.write("")
    to_the_leg(w)
    calf, knee = w.page.locator("#tick-calf_pain"), w.page.locator("#tick-posterior_knee_pain")
    w.page.locator("label.tap-place[for=tick-calf_pain]").click()
    expect(calf).to_be_checked()
    knee.focus()
    w.page.keyboard.press("Space")
    expect(knee).to_be_checked()
    expect(w.page.locator(".marked .name-calf_pain")).to_be_visible()
    expect(w.page.locator(".marked .name-shin_pain")).to_be_hidden()
    expect(w.page.get_by_text("Your right leg, seen from behind")).to_be_visible()
    if scripts:
        place = w.page.locator(".place-tick-posterior_knee_pain")
        assert place.evaluate(FILL) != w.page.locator(".place-tick-posterior_thigh_pain").evaluate(FILL)
    w.page.locator("label.tap-place[for=tick-calf_pain]").click()
    expect(calf).not_to_be_checked()
    leg = w.page.url
    w.page.get_by_role("button", name="Continue with what is marked").click()
    w.page.wait_for_url(lambda url: url != leg)
    w.go(leg.removeprefix(address))
    expect(knee).to_be_checked()
    expect(calf).not_to_be_checked()


def test_places_are_large_enough_for_a_thumb_on_a_small_phone(
    new_page: Callable[..., Page], address: str
) -> None:
    w = Walker(new_page(viewport={"width": 320, "height": 640}), address)
    w.begin()
    w.write("")
    to_the_leg(w)
    for place in w.page.locator("label.tap-place").all():
        box = place.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24, place.get_attribute("for")


def test_the_print_button_is_there_with_scripts_alone(new_page: Callable[..., Page], address: str) -> None:
    w = Walker(new_page(), address)
    w.begin("prevent")
    w.write("")
    w.to_check()
    w.to_result()
    w.go("/result/print/")
    button = w.page.get_by_role("button", name="Print this page")
    expect(button).to_be_visible()
    w.page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    button.click()
    assert w.page.evaluate("() => window.printed") is True
    w.page.emulate_media(media="print")
    expect(button).to_be_hidden()
    expect(w.page.get_by_label("My question")).to_be_visible()


def test_the_first_page_does_not_jump(new_page: Callable[..., Page], address: str) -> None:
    page = new_page()
    page.goto(address)
    assert page.evaluate(SHIFTS) == 0
