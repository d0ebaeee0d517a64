"""The walk through a programme that is followed: its pages filled in, wrong, corrected, stopped and open again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.tour import Walker

ACHE = (
    "Stiff behind my left knee for 3 weeks after sitting all day. Pain 4 out of 10. No injury, no swelling."
)


def _fill(w: Walker, pain: str = "2", danger: str = "absent") -> None:
    for field in w.page.locator("main select[id^=pain]").all():
        field.select_option(pain)
    for option in w.page.locator(f"main input[type=radio][name^=answer-][value={danger}]").all():
        option.check()


def _open_all(w: Walker) -> None:
    closed = w.page.locator("main details:not([open]) > summary").filter(visible=True)
    while closed.count():
        closed.first.click()


def _keep(w: Walker) -> None:
    w.press("main form:has(input[name=entry]) .actions button")


def a_day(w: Walker) -> None:
    """From the programme to a day that is entered."""
    w.begin()
    w.write(ACHE)
    w.to_check()
    w.go("/programme/")
    w.press("form[action='/programme/start/'] button")
    w.visit("50-today")
    a_session(w)
    w.go("/today/")
    w.page.locator("#session > summary").click()
    _keep(w)
    w.visit("51-today-error")
    _open_all(w)
    w.visit("52-today-open")
    _fill(w)
    _keep(w)
    w.visit("53-today-done")
    w.go("/today/day/2/")
    w.visit("54-another-day")
    w.go("/today/morning/")
    w.visit("55-morning")
    w.press(".tap")


def a_session(w: Walker) -> None:
    """Some screens of the player; `test_session_player` goes through all of them."""
    w.go("/today/session/")
    w.page.wait_for_selector("[data-screen=before]:not([hidden])")
    w.visit("50-session-before")
    w.page.locator("[data-screen=before] input[value='2']").first.check(force=True)
    w.page.locator("[data-do=before-next]").click()
    for answer in w.page.locator("[data-screen=danger] input[value=absent]").all():
        answer.check()
    w.page.locator("[data-do=danger-next]").click()
    w.page.wait_for_selector("[data-screen^=exercise]:not([hidden])")
    w.visit("50-session-exercise")
    w.page.locator("[data-do=stop]:visible").click()
    w.visit("50-session-stop")


def how_it_goes(w: Walker) -> None:
    """Check-ins, tests, and what came of them."""
    w.go("/progress/")
    w.visit("56-progress-empty")
    w.go("/check-in/")
    w.visit("57-check-in")
    w.page.locator("#sleep_hours").fill("99")
    _keep(w)
    w.visit("58-check-in-error")
    w.page.locator("#sleep_hours").fill("7")
    _fill(w, "4")
    _keep(w)
    w.go("/measure/")
    _open_all(w)
    w.visit("59-tests")
    w.go("/measure/pain_score_0_to_10/")
    w.visit("60-test")
    w.press("main form button[type=submit]")
    w.visit("61-test-error")
    w.page.locator("#value-1").fill("4")
    w.press("main form button[type=submit]")
    _open_all(w)
    w.visit("62-progress")
    w.go("/measure/active_knee_extension_deficit_degrees/")
    w.visit("62a-test-with-the-phone")
    w.go("/measure/single_leg_heel_raise_reps/")
    w.visit("62b-test-that-is-counted")
    w.go("/measure/single_leg_hop_symmetry_percent/")
    w.visit("63-test-asks-first")
    w.go("/history/")
    w.visit("64-history")
    w.go("/history/1/")
    w.visit("65-correct-session")
    w.page.locator("#pain_before").select_option("1")
    _keep(w)
    w.visit("66-history-corrected")


def taken_along(w: Walker) -> None:
    """The calendar, and everything in one file, there and back."""
    w.go("/calendar/")
    w.visit("66a-calendar")
    w.page.locator("[value=own]").check()
    w.press("main form:has(#at) button")
    w.visit("66b-calendar-error")
    w.page.locator("#own_title").fill("Appointment")
    w.press("main form:has(#at) button")
    w.press("[name=feed][value=on]")
    w.visit("66c-calendar-with-feed")
    w.go("/your-data/import/")
    w.visit("66d-bring-back")
    w.press("main form button[type=submit]")
    w.visit("66e-bring-back-error")
    w.go("/your-data/")
    with w.page.expect_download() as download:
        w.page.locator("form[action='/your-data/archive/'] button").click()
    w.archive = download.value.path()


def an_alarm(w: Walker) -> None:
    """A new sign: everything stops until somebody has seen it."""
    w.go("/check-in/sign/")
    w.visit("67-sign")
    _keep(w)
    w.visit("68-sign-error")
    w.page.locator("[value=calf_swelling]").check()
    _keep(w)
    w.visit("69-alarm")
    for number, page in enumerate(("check-in", "progress", "history", "seen"), start=70):
        w.go(f"/{page}/")
        w.visit(f"{number}-{page}-with-alarm")
    _keep(w)
    w.visit("74-seen-error")
    w.page.locator("#by").check()
    w.page.locator("#may").check()
    _keep(w)
    w.visit("75-today-open-again")
    w.go("/")
    w.visit("76-start-again")
    w.press("#door-hurts")
    w.visit("77-begin-anew")
    w.press("button.danger")


def followed(w: Walker) -> None:
    """All pages of a course."""
    a_day(w)
    how_it_goes(w)
    taken_along(w)
    an_alarm(w)
