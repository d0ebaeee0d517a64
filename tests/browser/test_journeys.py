"""Four whole ways through the app in a real Chromium at phone size, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tour import BLOOD_FLOW, CLOT, Walker

pytestmark = pytest.mark.browser
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
MILD = "Stiff behind the knees after sitting all day, no injury, no swelling."


def _walker(new_page: Callable[..., Page], address: str, *, scripts: bool) -> Walker:
    return Walker(new_page(java_script_enabled=scripts), address)


@SCRIPTS
@pytest.mark.hazard("H19")
def test_self_care(new_page: Callable[..., Page], address: str, scripts: bool) -> None:
    w = _walker(new_page, address, scripts=scripts)
    w.begin()
    w.write(MILD)
    w.to_screen({"duration_days": "21", "pain_score_0_to_10": "2"})
    w.answer("absent")
    for _ in range(30):
        if not w.at("/questions/"):
            break
        w.answer("unsure", {"duration_days": "21", "pain_score_0_to_10": "2"})
    assert w.at("/check/")
    w.to_result()
    expect(w.page.locator("h1")).to_have_text("Your result")
    expect(w.page.locator(".care")).to_have_class("care calm")
    w.page.get_by_role("link", name="See the programme").click()
    expect(w.page.locator("h1")).to_have_text("Your first programme")
    expect(w.page.locator(".exercise-figure svg").first).to_be_visible()
    assert 2 <= w.page.locator(".exercise-figure").count() <= 6


@SCRIPTS
@pytest.mark.hazard("H01")
def test_same_day(new_page: Callable[..., Page], address: str, scripts: bool) -> None:
    w = _walker(new_page, address, scripts=scripts)
    w.begin(age="45", sex="male")
    w.write(CLOT)
    w.to_check()
    w.to_result()
    expect(w.page.locator(".care.urgent .kind")).to_have_text("Urgent – today")
    w.page.get_by_role("link", name="What to do meanwhile").click()
    expect(w.page.locator("h1")).to_have_text("No exercises yet.")
    assert w.page.locator(".exercise-figure").count() == 0


@SCRIPTS
@pytest.mark.hazard("H05")
def test_emergency_stops_and_lets_one_go_back(
    new_page: Callable[..., Page], address: str, scripts: bool
) -> None:
    w = _walker(new_page, address, scripts=scripts)
    w.begin(age="66", sex="male")
    w.page.locator("#text").fill(BLOOD_FLOW)
    w.send()
    assert w.at("/emergency/")
    expect(w.page.locator(".care.emergency h1")).to_be_in_viewport()
    assert w.page.get_by_text("What is likely").count() == 0
    w.go("/result/")
    assert w.at("/emergency/")
    w.page.get_by_role("link", name="That is not what I meant").click()
    w.untick_all()
    w.send()
    assert w.at("/questions/")


@SCRIPTS
def test_back_and_change(new_page: Callable[..., Page], address: str, scripts: bool) -> None:
    w = _walker(new_page, address, scripts=scripts)
    w.begin()
    w.write("")
    w.fill_numbers({"duration_days": "12", "pain_score_0_to_10": "3"})
    first = w.page.url
    w.send()
    w.to_screen()
    screen = w.page.url
    w.answer("absent")
    w.page.go_back()
    w.page.wait_for_url(screen)
    expect(w.page.locator("#none")).to_be_checked()
    w.page.get_by_role("link", name="Back", exact=True).click()
    w.page.wait_for_url(first)
    expect(w.page.locator("#value-duration_days")).to_have_value("12")
    w.send()
    for _ in range(30):
        if not w.at("/questions/"):
            break
        if w.page.url == screen:
            expect(w.page.locator("#none")).to_be_checked()
        w.answer("unsure", {"duration_days": "12", "pain_score_0_to_10": "3"})
    assert w.at("/check/")
    w.page.get_by_role("link", name="Change About you and the pain").click()
    w.page.locator("#value-duration_days").fill("2")
    w.page.locator("[name=unit-duration_days]").select_option("mo")
    w.send()
    assert w.at("/check/")
    expect(w.page.get_by_text("2 months")).to_be_visible()


@SCRIPTS
@pytest.mark.hazard("H19")
def test_an_error_has_the_focus_and_leads_to_its_field(
    new_page: Callable[..., Page], address: str, scripts: bool
) -> None:
    w = _walker(new_page, address, scripts=scripts)
    w.begin()
    w.write("")
    w.to_screen()
    w.send()
    assert w.page.title().startswith("Error:")
    summary = w.page.locator(".error-summary")
    expect(summary).to_be_in_viewport()
    if scripts:
        expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(w.page.locator("input[name=tick]").first).to_be_in_viewport()
