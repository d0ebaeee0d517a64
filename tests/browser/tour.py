"""A walk through every state of every page, for accessibility checks and for screenshots."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.tour_assess import around_the_result
from tests.browser.tour_following import followed
from tests.browser.tour_yours import yours

Visit = Callable[[str], None]

STIFF = (
    "Stiff behind my left knee for 3 weeks after sitting all day. It pulls when I bend forward. "
    "Pain 4 out of 10. No injury, no swelling. Also my neighbour says hello."
)
CLOT = "My left calf is swollen and warm since a long flight, no injury."
BLOOD_FLOW = "My foot is suddenly cold and pale and my leg hurts badly since this morning."
SNAP = "I felt a pop at the back of my thigh sprinting yesterday, big bruise."


class Walker:
    """Fills in pages as a person would, with as few decisions as possible."""

    def __init__(self, page: Page, base: str, visit: Visit | None = None) -> None:
        self.page, self.base = page, base
        self.visit = visit or (lambda name: None)
        self.archive: Path | None = None  # what was taken along on the way

    def go(self, path: str) -> None:
        """Open an address of the app."""
        self.page.goto(self.base + path)

    def send(self) -> None:
        """Press the page's first button."""
        self.press("main form button[type=submit]")

    def press(self, selector: str) -> None:
        """Press a button that sends its form, and wait for the page that follows."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator(selector).first.click()

    def at(self, path: str) -> bool:
        """Whether the page's address starts like this."""
        return self.page.url.removeprefix(self.base).startswith(path)

    def begin(self, door: str = "hurts", age: str = "35", sex: str = "female", side: str = "left") -> None:
        """Choose a door and say who it is about."""
        self.go("/")
        self.press(f"#door-{door}")
        self.page.locator("#respondent-self").check()
        self.page.locator("#age").fill(age)
        self.page.locator(f"#sex-{sex}").check()
        self.page.locator(f"#side-{side}").check()
        self.send()

    def write(self, text: str) -> None:
        """Own words, and what was understood taken as it is."""
        self.page.locator("#text").fill(text)
        self.send()
        if text and self.at("/understood/"):
            self.send()

    def fill_numbers(self, known: dict[str, str] | None = None) -> None:
        """Fill each number that is known, and say "not sure" to the others."""
        for field in self.page.locator("input[name^=value-]").all():
            finding = (field.get_attribute("name") or "").removeprefix("value-")
            if known and finding in known:
                field.fill(known[finding])
            elif not field.input_value():
                self.page.locator(f"[name='unsure-{finding}']").check()

    def untick_all(self) -> None:
        """Take every tick off the page's lists."""
        ticked = self.page.locator("input[name=tick]:checked")
        while ticked.count():
            ticked.first.uncheck()

    def answer(self, state: str = "absent", numbers: dict[str, str] | None = None) -> None:
        """Answer the page: everything absent, or everything not sure."""
        self.fill_numbers(numbers)
        for option in self.page.locator(f"main input[type=radio][value={state}]").all():
            option.check()
        none, unsure = self.page.locator("#none"), self.page.locator("#not_sure")
        if none.count():
            self.untick_all()
            box = none if state == "absent" or not unsure.count() else unsure
            box.check()
        self.send()

    def to_screen(self, numbers: dict[str, str] | None = None) -> None:
        """Go on to the urgent screen."""
        for _ in range(4):
            if self.page.locator("button[value=unsure]").count() or not self.at("/questions/"):
                return
            self.answer(numbers=numbers or {"duration_days": "21", "pain_score_0_to_10": "4"})

    def to_check(self, state: str = "absent") -> None:
        """Answer all questions to the overview."""
        for _ in range(30):
            if not self.at("/questions/"):
                return
            self.answer(state, {"duration_days": "21", "pain_score_0_to_10": "4"})

    def to_result(self) -> None:
        """From the overview to the result."""
        if self.at("/check/"):
            self.send()


def opening(w: Walker) -> None:
    """First page to what was understood."""
    w.go("/")
    w.visit("01-start")
    w.press("#door-hurts")
    w.visit("02-who")
    w.page.locator("#age").fill("four hundred")
    w.send()
    w.visit("03-who-error")
    w.page.locator("#respondent-carer").check()
    w.page.locator("#age").fill("35")
    w.page.locator("#sex-female").check()
    w.page.locator("#side-left").check()
    w.send()
    w.visit("04-words")
    w.page.locator("#text").fill("It hurts. " * 600)
    w.send()
    w.visit("05-words-error")
    w.page.locator("#text").fill(STIFF)
    w.send()
    w.visit("06-understood")
    w.send()


def questions(w: Walker) -> None:
    """About the person, the urgent screen with all its branches, a tick list, the overview."""
    w.visit("07-about-you")
    w.fill_numbers({"duration_days": "x", "pain_score_0_to_10": "99"})
    w.send()
    w.visit("08-about-you-error")
    w.to_screen()
    w.visit("09-urgent-screen")
    w.send()
    w.visit("10-urgent-screen-error")
    w.press("button[value=unsure]")
    w.visit("11-which-unsure")
    w.send()
    w.visit("12-which-unsure-error")
    for box in w.page.locator("input[name=tick]").all()[:2]:
        box.check()
    w.send()
    w.visit("13-one-by-one")
    w.send()
    w.visit("14-one-by-one-error")
    w.answer("absent")
    while w.at("/questions/") and not w.page.locator("a[href='/result/']").count():
        w.visit("15-follow-up")
        w.answer("absent")
    w.visit("16-tick-list")
    w.send()
    w.visit("17-tick-list-error")
    w.to_check()
    w.visit("18-check")


def calm_result(w: Walker) -> None:
    """The result, the programme, and its wishes."""
    w.to_result()
    w.visit("19-result-calm")
    for summary in w.page.locator("summary").all():
        summary.click()
    w.visit("20-result-calm-open")
    programme(w)
    printing(w)


def wishes(w: Walker) -> None:
    """Send the form of wishes on the programme page."""
    w.press("form:has(#days) button[type=submit]")


def programme(w: Walker) -> None:
    """The week, its forms with and without faults, a day, a rest day, and what is beside the exercises."""
    w.go("/programme/")
    w.visit("21-programme")
    w.page.locator("#days").fill("0")
    wishes(w)
    w.visit("22-programme-error")
    w.page.locator("#days").fill("3")
    wishes(w)
    for summary in w.page.locator("summary").all():
        summary.click()
    w.visit("22a-programme-open")
    swap = "form[action='/programme/swap/']:has(input[name=new])"
    w.press(f"{swap} button")
    w.visit("22b-swap-error")
    w.page.locator(f"{swap} input[name=new]").first.check()
    w.press(f"{swap} button")
    w.visit("22c-swapped")
    w.go("/programme/day/1/")
    w.visit("22d-day")
    w.go("/programme/day/7/")
    w.visit("22e-rest-day")
    w.go("/programme/around/")
    w.visit("22f-around")
    for summary in w.page.locator("summary").all():
        summary.click()
    w.visit("22g-around-open")
    w.go("/programme/pain-relief/")
    w.visit("22h-pain-relief-questions")
    w.send()
    w.visit("22i-pain-relief-error")
    w.page.locator("input[name=tick]").first.check()
    w.page.locator("#not_sure").check()
    w.send()
    w.visit("22j-pain-relief-ask")


def printing(w: Walker) -> None:
    """What can be printed, and a question that is too long."""
    w.go("/paper/")
    w.visit("22k-print")
    w.page.locator("#question").fill("Why does it hurt? " * 50)
    w.send()
    w.visit("22l-print-error")


def before_the_exercises(w: Walker) -> None:
    """A programme that asks something first, and nothing in the way of a medicine."""
    w.begin("diagnosis")
    w.page.locator("#diagnosis").select_option("iliotibial_band_syndrome")
    w.send()
    w.write("")
    w.to_check()
    w.go("/programme/")
    w.page.locator("#place-gym").check()
    wishes(w)
    w.visit("34a-programme-asks-first")
    w.press("#before button")
    w.visit("34b-programme-asks-first-error")
    w.page.locator("#before input[value=absent]").first.check()
    w.press("#before button")
    w.go("/programme/pain-relief/")
    w.page.locator("#none").check()
    w.send()
    w.visit("34c-pain-relief")


def same_day(w: Walker) -> None:
    """A possible clot: urgent, and no exercises."""
    w.begin(age="45", sex="male")
    w.write(CLOT)
    w.to_check()
    w.visit("23-check-same-day")
    w.to_result()
    w.visit("24-result-same-day")
    w.go("/programme/")
    w.visit("25-programme-locked")


def emergency(w: Walker) -> None:
    """The full stop, and the way back to correct."""
    w.begin(age="66", sex="male")
    w.page.locator("#text").fill(BLOOD_FLOW)
    w.send()
    w.visit("26-emergency-from-words")
    w.go("/understood/")
    w.visit("27-understood-emergency")
    w.go("/check/")
    w.visit("28-check-emergency")


def other_doors(w: Walker) -> None:
    """A diagnosis, prevention, a child."""
    w.begin("diagnosis")
    w.visit("29-diagnosis")
    w.send()
    w.visit("30-diagnosis-error")
    w.page.locator("#diagnosis").select_option("proximal_hamstring_tendinopathy")
    w.send()
    w.write("")
    w.to_check()
    w.to_result()
    w.visit("31-result-diagnosis")
    w.go("/programme/")
    w.visit("32-programme-diagnosis")
    w.begin("prevent")
    w.write("")
    w.to_check()
    w.to_result()
    w.visit("33-result-prevent")
    w.go("/programme/")
    w.visit("34-programme-prevent")
    w.begin(age="12")
    w.write("")
    w.to_check()
    w.to_result()
    w.visit("35-result-child")
    w.go("/programme/")
    w.visit("36-programme-child")


def reading(w: Walker) -> None:
    """What there is to read, and a search that finds, warns, finds nothing and cannot be."""
    w.go("/learn/")
    w.visit("44-learn")
    for number, name in enumerate(
        ("how_tightness_hurts_the_knee", "ice", "deep_vein_thrombosis", "glute_bridge")
    ):
        w.go(f"/learn/{name}/")
        w.visit(f"45{'abcd'[number]}-{name.replace('_', '-')}")
    for name, query in (
        ("found", "streching"), ("danger", "can't breathe"), ("nothing", "qqqq"), ("error", ""),
    ):  # fmt: skip
        w.go("/learn/search/")
        w.page.locator("#query").fill(query)
        w.press(".search button")
        w.visit(f"46-search-{name}")


def brought_back(w: Walker) -> None:
    """What was taken along comes back over somebody's new answers."""
    assert w.archive is not None
    w.begin()
    w.go("/your-data/import/")
    w.page.locator("#archive").set_input_files(w.archive)
    w.send()
    w.visit("36a-bring-back-sure")
    w.send()
    w.visit("36b-bring-back-sure-error")
    w.page.locator("#sure").check()
    w.send()
    w.visit("36c-brought-back")


def rest(w: Walker) -> None:
    """Your data, about, errors, what is shown without a network, and what pages are made of."""
    w.go("/your-data/")
    w.visit("37-your-data")
    w.press("button.danger")
    w.visit("38-your-data-error")
    w.page.locator("#sure").check()
    w.press("button.danger")
    w.visit("39-erased")
    w.go("/your-data/")
    w.visit("40-your-data-empty")
    w.go("/about/")
    w.visit("41-about")
    w.go("/accessibility/")
    w.visit("42-accessibility")
    w.go("/offline/")
    w.visit("42a-offline")
    w.go("/style/")
    w.visit("42b-style")
    w.go("/no-such-page/")
    w.visit("43-not-found")


def everything(w: Walker) -> None:
    """All states of all pages."""
    for part in (
        opening, questions, calm_result, around_the_result, same_day, emergency, other_doors, before_the_exercises,
        followed, brought_back, reading, rest, yours,
    ):  # fmt: skip
        part(w)
