"""The part of the tour round a result: whose leg it is, the leg to point at, what-if, the page to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.tour import Walker

ABOUT_A_SON = "My son is 12 and the front of his knee hurts after football, no swelling."
STIFF = "Stiff behind both knees after sitting all day, no injury, no swelling."


def to_the_leg(w: Walker) -> None:
    """Answer what comes before the leg to point at."""
    for _ in range(10):
        if w.page.locator(".pointing").count():
            return
        w.answer("absent", {"duration_days": "21", "pain_score_0_to_10": "4"})
    raise AssertionError("the leg was never shown")


def around_the_result(w: Walker) -> None:
    """Whose leg it is, both legs marked, a what-if with and without a fault, the page for the appointment."""
    w.begin()
    w.page.locator("#text").fill(ABOUT_A_SON)
    w.send()
    w.send()
    w.visit("06a-whose-leg-error")
    w.begin(side="both")
    w.write(STIFF)
    to_the_leg(w)
    w.page.locator("label.tap-place[for=tick-calf_pain]").first.click()
    w.visit("16a-both-legs-marked")
    w.send()
    w.to_check()
    w.to_result()
    w.go("/result/what-if/")
    w.visit("20a-what-if")
    w.send()
    w.visit("20b-what-if-error")
    w.page.locator("#other").select_option("new_breathlessness_or_chest_pain:present")
    w.send()
    w.visit("20c-what-if-emergency")
    w.go("/result/print/")
    w.visit("20d-page-for-the-appointment")
