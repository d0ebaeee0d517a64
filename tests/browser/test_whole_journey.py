"""From the first word to the third week's progress with a keyboard and nothing else, on a phone and on a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.keyboard import Keyboard
from tests.browser.live import Calendar, served

pytestmark = pytest.mark.browser
DESKTOP = {"width": 1280, "height": 900}
OWN_WORDS = (
    "Stiff behind my left knee for 3 weeks after sitting all day. Pain 3 out of 10. No injury, no swelling."
)
KNOWN = {"duration_days": "21", "pain_score_0_to_10": "3"}
PAGES_AT_MOST = 30
DAYS_WITH_A_CHECK_IN = 5
PLACE_THAT_HURTS = "tick-posterior_knee_pain"
SENT_BY = "main form button[type=submit].button"


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> Calendar:
    return Calendar(tmp_path_factory.mktemp("calendar"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, calendar: Calendar) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("served-on-a-day"), calendar) as at:
        yield at


class Journey:
    """One person's way through the app, by keyboard."""

    def __init__(self, page: Page, address: str, calendar: Calendar) -> None:
        self.page, self.address, self.calendar = page, address, calendar
        self.keyboard = Keyboard(page)

    def heading(self) -> str:
        """The page's title as it reads."""
        return self.page.locator("h1:visible").first.inner_text()

    # --- what is it? ---

    def begin(self) -> None:
        """Choose a door, say who it is about, and write."""
        self.page.goto(self.address)
        keyboard = self.keyboard
        keyboard.to(".skip")
        keyboard.keys.press("Enter")
        keyboard.follow("#door-hurts")
        keyboard.choose("#respondent-self")
        keyboard.write("#age", "35")
        keyboard.choose("#sex-female")
        keyboard.choose("#side-left")
        keyboard.follow(SENT_BY)
        keyboard.write("#text", OWN_WORDS)
        keyboard.follow(SENT_BY)
        assert "/understood/" in self.page.url
        keyboard.follow(SENT_BY)

    def answer(self) -> None:
        """Answer the page: what is known, a place on the leg, and no to all else."""
        keyboard, page = self.keyboard, self.page
        fields = page.locator("main form").first.evaluate(
            "form => [...form.elements].map(e => [e.type, e.name, e.id, e.value, e.checked])"
        )
        ids = [id_ for _kind, _name, id_, _value, _checked in fields]
        box = PLACE_THAT_HURTS if PLACE_THAT_HURTS in ids else "none"
        for kind, name, id_, value, checked in fields:
            finding = name.removeprefix("value-")
            if kind == "text" and finding != name and not value:
                if finding in KNOWN:
                    keyboard.write(f"#{id_}", KNOWN[finding])
                else:
                    keyboard.tick(f"[name='unsure-{finding}']")
            elif kind == "radio" and value == "absent" and not checked:
                keyboard.choose(f"#{id_}")
            elif id_ == box and not checked:
                keyboard.tick(f"#{id_}")
        keyboard.follow("main form .actions button[value=on]")

    def to_result(self) -> None:
        """All questions, the overview, the result."""
        legs = 0
        for _ in range(PAGES_AT_MOST):
            if "/questions/" not in self.page.url:
                break
            legs += self.page.locator(".pointing").count()
            self.answer()
        assert legs >= 1, "the drawn leg was shown"
        assert "/check/" in self.page.url
        self.keyboard.follow(SENT_BY)
        assert self.heading() == "Your result"

    def to_programme(self) -> None:
        """A reason is opened on the way, then the programme."""
        self.keyboard.enter("main summary")
        assert self.page.locator("main details[open]").count() >= 1
        self.keyboard.follow("main a[href='/programme/']")
        assert self.heading() == "Your first programme"

    # --- doing it ---

    def start(self) -> None:
        """Follow the programme from today."""
        self.keyboard.follow("form[action='/programme/start/'] button")
        assert self.heading() == "Today"

    def see(self, screen: str) -> None:
        """Wait for a screen of the player."""
        self.page.wait_for_selector(f"[data-screen^='{screen}']:not([hidden])")

    def tap_number(self, name: str, value: str) -> None:
        """Choose a number of the player's scale with the arrows."""
        self.keyboard.choose(f"input[name='{name}'][value='{value}']")

    def session(self) -> int:
        """A whole session in the player; the clock runs by itself. Gives how many exercises there were."""
        keyboard, page = self.keyboard, self.page
        keyboard.follow("a[href='/today/session/']")
        self.see("before")
        self.tap_number("before", "3")
        keyboard.enter("[data-do=before-next]")
        self.see("danger")
        for option in page.locator("[data-screen=danger] input[value=absent]").all():
            keyboard.choose(f"#{option.get_attribute('id')}")
        keyboard.enter("[data-do=danger-next]")
        done = 0
        self.see("exercise-")
        while page.locator("[data-screen^='exercise-']:not([hidden])").count():
            self.exercise()
            done += 1
        self.tap_number("after", "2")
        keyboard.enter("[data-do=finish]")
        self.see("done")
        expect(page.locator("[data-screen=done] [data-fill=kept]")).to_have_text("Kept in your diary.")
        keyboard.follow("[data-screen=done] a.button")
        return done

    def exercise(self) -> None:
        """One exercise with all its sets, and how it felt."""
        keyboard, page = self.keyboard, self.page
        screen = page.locator("[data-screen^='exercise-']:not([hidden])")
        name = str(screen.get_attribute("data-screen")).removeprefix("exercise-")
        clock = page.locator(f"[data-screen='exercise-{name}'] [data-clock]")
        keyboard.enter("[data-do=main]")
        for _ in range(40):
            if not page.locator(f"[data-screen='exercise-{name}']").is_visible():
                break
            if clock.get_attribute("data-kind") == "own":
                keyboard.keys.press("Enter")  # the same button now says that this set is done
            page.clock.run_for(60_000)
        self.see(f"felt-{name}")
        self.tap_number(f"during-{name}", "2")
        keyboard.enter("[data-do=felt-next]")
        page.wait_for_selector(f"[data-screen='felt-{name}']", state="hidden")
        page.wait_for_selector("[data-screen^='exercise-']:not([hidden]), [data-screen=after]:not([hidden])")

    # --- the days after ---

    def wake_up(self, days: int) -> bool:
        """Another day: the app is opened anew. Whether the morning was asked for, and answered."""
        self.calendar.turn_to(days)
        self.page.clock.set_system_time(datetime.now(UTC) + timedelta(days=days))
        self.page.goto(self.address)
        self.keyboard.follow("main a[href='/today/']")
        asked = self.page.locator(".tap").count() > 0
        if asked:
            self.keyboard.follow("button.tap[value='1']")
        return asked

    def enter_session(self) -> None:
        """What was done, entered without the player."""
        keyboard = self.keyboard
        if self.page.locator("#session:not([open]) > summary").count():
            keyboard.enter("#session > summary")
        for field in self.page.locator("main select[id^=pain]:visible").all():
            keyboard.write(f"#{field.get_attribute('id')}", "1")
        for option in self.page.locator("main input[type=radio][name^=answer-][value=absent]").all():
            keyboard.choose(f"#{option.get_attribute('id')}")
        keyboard.follow(SENT_BY)
        expect(self.page.get_by_text("That was today’s session.")).to_be_visible()

    def check_in(self) -> None:
        """How the day is."""
        keyboard = self.keyboard
        keyboard.follow("a[href='/check-in/']")
        for option in self.page.locator("main input[type=radio][name^=answer-][value=absent]").all():
            keyboard.choose(f"#{option.get_attribute('id')}")
        keyboard.write("main select[id^=pain]", "2")
        keyboard.write("#sleep_hours", "7")
        keyboard.follow(SENT_BY)
        assert "/today/" in self.page.url


def _journey(
    chromium: Browser, address: str, calendar: Calendar, size: dict[str, int], *, scripts: bool = True
) -> Journey:
    calendar.turn_to(0)
    context = chromium.new_context(
        viewport=size,  # type: ignore[arg-type]
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(15_000)
    return Journey(context.new_page(), address, calendar)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.hazard("H19")
def test_from_the_first_word_to_the_third_week_by_keyboard_alone(
    chromium: Browser, address: str, calendar: Calendar, size: dict[str, int]
) -> None:
    journey = _journey(chromium, address, calendar, size)
    page, keyboard = journey.page, journey.keyboard
    page.clock.install()
    journey.begin()
    journey.to_result()
    journey.to_programme()
    journey.start()
    assert journey.session() >= 2
    journey.check_in()
    assert journey.wake_up(1), "the morning after a session is asked for"
    for day in (2, 7, 9):
        journey.wake_up(day)
        journey.enter_session()
        journey.check_in()
    journey.wake_up(14)
    expect(page.get_by_text("Week 3")).to_be_visible()
    journey.check_in()
    keyboard.follow("nav a[href='/progress/']")
    assert journey.heading() == "How it goes"
    expect(page.get_by_text("4 sessions")).to_be_visible()
    keyboard.enter("main summary")
    rows = page.get_by_role("row").filter(has=page.get_by_role("rowheader"))
    expect(rows).to_have_count(DAYS_WITH_A_CHECK_IN)
    keyboard.to(".masthead a[href='/your-data/']", back=True)
    page.context.close()
    assert keyboard.faults == set()


@pytest.mark.hazard("H19")
def test_to_the_programme_by_keyboard_alone_without_scripts(
    chromium: Browser, address: str, calendar: Calendar
) -> None:
    journey = _journey(chromium, address, calendar, PHONE, scripts=False)
    journey.begin()
    journey.to_result()
    journey.to_programme()
    journey.page.context.close()
    assert journey.keyboard.faults == set()


def test_the_keyboard_notices_a_focus_that_cannot_be_seen(chromium: Browser) -> None:
    page = chromium.new_page()
    keyboard = Keyboard(page)
    page.set_content(
        "<style>button { display: block } #plain { outline: none } #bar { position: fixed; inset: 0 0 auto; height: 4rem }</style>"
        "<div id=bar></div><button id=under>under the bar</button>"
        "<button id=plain style='margin-top: 9rem'>plain</button><button id=good>good</button>"
    )
    keyboard.to("#good")
    told = sorted(keyboard.faults)
    page.close()
    assert len(told) == 2
    assert "plain</button> shows no focus" in told[0]
    assert "under the bar</button> is covered by" in told[1]
