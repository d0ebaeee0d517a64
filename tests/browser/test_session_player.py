"""The session player in a real Chromium: by keyboard, by the clock, with the network cut, stopped by a danger sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.followed import Follower, Hand
from tests.browser.inspector import Inspector
from tests.browser.network import Network

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What the page asks of the browser, counted at the browser's own door.
HOOKS = """
  window.heard = []; window.felt = []; window.awake = [];
  const make = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () {
    const one = make.call(this);
    const start = one.start.bind(one);
    one.start = (at) => { window.heard.push(one.frequency.value); start(at); };
    return one;
  };
  navigator.vibrate = (pattern) => { window.felt.push(pattern); return true; };
  if (navigator.wakeLock) {
    const ask = navigator.wakeLock.request.bind(navigator.wakeLock);
    navigator.wakeLock.request = (kind) => { window.awake.push(kind); return ask(kind); };
  }
"""
# The whole clock stands above the buttons at the bottom, and below the top.
CLOCK_SHOWS = """() => {
  const shown = [...document.querySelectorAll('[data-clock]')].find((one) => one.checkVisibility());
  const clock = shown.getBoundingClientRect();
  const bar = shown.parentElement.querySelector('.thumb').getBoundingClientRect();
  return clock.top >= -1 && clock.bottom <= bar.top + 1;
}"""
# Show some screens with all that they may hold.
SHOW = """names => {
  for (const one of document.querySelectorAll('[data-screen]')) one.hidden = !names.includes(one.dataset.screen);
  for (const one of document.querySelectorAll('[data-level]')) one.hidden = one.dataset.level === 'emergency';
}"""


@pytest.fixture
def follower(address: str) -> Follower:
    return Follower(address)


@pytest.fixture
def network(address: str) -> Iterator[Network]:
    with Network(address) as between:
        yield between


@pytest.fixture
def phone(chromium: Browser, follower: Follower, network: Network) -> Iterator[BrowserContext]:
    """The person's phone, on a network that can be cut."""
    context = chromium.new_context(viewport=PHONE)
    context.set_default_timeout(15_000)
    follower.sign_in(context, network.address)
    yield context
    context.close()


def _sessions(follower: Follower) -> list[dict[str, Any]]:
    return [entry for entry in follower.diary() if entry["kind"] == "session"]


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def _choose(page: Page, name: str, times: int) -> None:
    """Choose a number with the arrow keys."""
    _tab_to(page, f"input[name='{name}']")
    page.keyboard.press("Space")
    for _ in range(times):
        page.keyboard.press("ArrowRight")


def _enter(page: Page, selector: str) -> None:
    _tab_to(page, selector)
    page.keyboard.press("Enter")


def test_a_whole_session_by_keyboard_alone_at_phone_size(
    phone: BrowserContext, follower: Follower, network: Network
) -> None:
    phone.add_init_script(HOOKS)
    page = phone.new_page()
    page.clock.install()
    hand = Hand(page, network.address)
    page.goto(network.address + "/today/")
    _enter(page, "a[href='/today/session/']")
    hand.see("before")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    _enter(page, "[data-do=before-next]")
    expect(hand.shown.locator("[data-fault]")).to_have_text("Choose a number first")
    page.evaluate("document.querySelector('[data-screen=before] h1').focus()")
    _choose(page, "before", 3)
    _enter(page, "[data-do=before-next]")
    hand.see("danger")
    for _ in range(hand.shown.locator("fieldset").count()):
        _tab_to(page, "[data-screen=danger] input[type=radio]")
        page.keyboard.press("ArrowRight")  # from "yes" to "no"
    assert hand.shown.locator("input[value=absent]:checked").count() == hand.shown.locator("fieldset").count()
    _enter(page, "[data-do=danger-next]")
    done = []
    while not done or hand.screen.startswith("exercise-"):
        hand.see("exercise-")
        done.append(hand.screen.removeprefix("exercise-"))
        assert page.evaluate("document.activeElement.tagName") == "H1"
        _enter(page, "[data-do=main]")
        for _ in range(40):
            if not hand.screen.startswith("exercise-"):
                break
            if hand.shown.locator("[data-clock]").get_attribute("data-kind") == "own":
                page.keyboard.press("Enter")  # the same button now says "This set is done"
            page.clock.run_for(30_000)
        hand.see("felt-")
        _choose(page, f"during-{done[-1]}", 2)
        _enter(page, "[data-do=felt-next]")
        page.wait_for_selector(f"[data-screen='felt-{done[-1]}']", state="hidden")
    hand.see("after")
    _choose(page, "after", 1)
    _enter(page, "[data-do=finish]")
    hand.see("done")
    expect(hand.shown.locator("[data-fill=kept]")).to_have_text("Kept in your diary.")
    (session,) = _sessions(follower)
    assert [item["exercise"] for item in session["items"]] == done
    assert all(item["done"] and item["pain_during"] == 2 and item["sets"] >= 1 for item in session["items"])
    assert (session["pain_before"], session["pain_after"]) == (3, 1)
    assert session["signs"]
    assert set(session["signs"].values()) == {False}
    assert page.evaluate("window.heard.length") > 50
    assert page.evaluate("window.felt.length") > 50
    assert page.evaluate("window.awake.length") >= 1


def test_the_clock_of_a_hold_of_a_tempo_and_of_a_rest(phone: BrowserContext, network: Network) -> None:
    phone.add_init_script(HOOKS)
    page = phone.new_page()
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=1))
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Security Policy" in m.text else None)
    hand = Hand(page, network.address)
    hand.open()
    hand.to_first_exercise()
    count, what = hand.shown.locator("[data-fill=count]"), hand.shown.locator("[data-fill=what]")
    expect(what).to_have_text("Ready when you are")
    assert page.evaluate("window.heard.length") == 0  # nothing before somebody asks for it
    hand.press("main")
    expect(count).to_have_text("5")
    page.clock.run_for(2_000)
    expect(count).to_have_text("3")
    assert page.evaluate("window.heard") == [660]
    hand.press("main")
    page.clock.run_for(20_000)
    expect(what).to_have_text("Paused")
    expect(count).to_have_text("3")
    hand.press("main")
    page.clock.run_for(3_100)
    expect(what).to_have_text("Hold")
    expect(count).to_have_text("5:00")
    page.clock.run_for(60_000)
    expect(count).to_have_text("4:00")
    page.clock.run_for(240_000)
    hand.see("felt-")
    hand.pain("1")
    hand.press("felt-next")
    # The hinge: three seconds one way, one held, two back.
    hand.see("exercise-hip_hinge")
    count, what = hand.shown.locator("[data-fill=count]"), hand.shown.locator("[data-fill=what]")
    assert page.evaluate("document.getAnimations().length") > 3
    hand.press("picture")
    assert page.evaluate("document.getAnimations().length") == 0
    where = hand.shown.locator("[data-fill=where]")
    hand.press("sound")
    page.evaluate("window.heard = []; window.felt = []")
    hand.press("main")
    assert page.evaluate(CLOCK_SHOWS)
    page.clock.run_for(5_100)
    told = []
    for _ in range(6):
        told.append(what.text_content())
        page.clock.run_for(1_000)
    assert told == ["Go", "Go", "Go", "Hold", "Back", "Back"]
    expect(where).to_have_text("Set 1 of 2 – 2 of 6")
    assert page.evaluate("window.heard") == []  # sound is off
    assert page.evaluate("window.felt") == [80, 80, 40, 80]
    assert page.evaluate("localStorage.getItem('kneewise-sound')") == "off"
    page.clock.run_for(30_000)
    expect(what).to_have_text("Rest")
    hand.press("next-part")
    expect(what).to_have_text("Get ready")
    expect(where).to_have_text("Set 2 of 2")
    assert refused == []


def test_both_legs_take_turns(phone: BrowserContext, network: Network) -> None:
    page = phone.new_page()
    page.goto(network.address + "/offline/")
    steps = page.evaluate("""async () => {
      const { stepsOf } = await import("/static/kneewise/pace.js");
      const exercise = { sets: 2, reps: 1, rest: 15, sides: ["left", "right"], pace: [["hold", 30]] };
      return stepsOf(exercise, { ready: 5, otherSide: 8 }).map(one => [one.kind, one.side, one.seconds]);
    }""")
    one_set = [["ready", "left", 5], ["hold", "left", 30], ["other_side", "right", 8], ["hold", "right", 30]]
    assert steps == [*one_set, ["rest", "", 15], *one_set]


@pytest.mark.hazard("H46")
def test_the_network_cut_the_app_closed_and_opened_and_nothing_is_lost_or_twice(
    phone: BrowserContext, follower: Follower, network: Network
) -> None:
    hand = Hand(phone.new_page(), network.address)
    hand.open()
    hand.ready_for_offline()
    hand.to_first_exercise()
    done = [hand.do_exercise("1")]
    network.cut()
    done.append(hand.do_exercise("2"))
    left_at = hand.screen
    hand.saved(left_at)
    hand.page.close()

    page = phone.new_page()
    page.goto(network.address + "/progress/")
    expect(page.locator("h1")).to_have_text("No connection to kneewise")
    page.get_by_role("link", name="Open the session").click()
    hand = Hand(page, network.address)
    hand.see(left_at)
    # With its looks, all from the device.
    assert page.evaluate("getComputedStyle(document.querySelector('.thumb')).position") == "fixed"
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).borderBottomStyle") == "solid"
    done += hand.do_all()
    hand.finish("4")
    expect(hand.shown.locator("[data-fill=kept]")).to_contain_text("Kept on this device.")
    assert follower.diary() == []
    page.reload()
    hand.see("done")
    page.close()

    network.mend()
    page = phone.new_page()
    page.goto(network.address + "/today/")
    hand = Hand(page, network.address)
    hand.until(
        lambda: bool(follower.diary())
    )  # the service worker sends it with the first page that comes through
    (session,) = follower.diary()
    assert [item["exercise"] for item in session["items"]] == done
    assert [item["pain_during"] for item in session["items"]][:2] == [1, 2]
    assert (session["pain_before"], session["pain_after"]) == (3, 4)
    page.goto(network.address + "/today/")
    expect(page.get_by_text("That was today’s session")).to_be_visible()


@pytest.mark.hazard("H46")
def test_an_answer_that_got_lost_and_three_senders_at_once_count_once(
    phone: BrowserContext, follower: Follower, network: Network
) -> None:
    page = phone.new_page()
    hand = Hand(page, network.address)
    lost = []

    def lose_the_answer(route: Any) -> None:
        route.fetch()
        lost.append(route.request.post_data)
        route.abort()

    page.route("**/today/session/entries/", lose_the_answer)
    hand.open()
    hand.to_first_exercise()
    hand.do_all()
    hand.finish()
    expect(hand.shown.locator("[data-fill=kept]")).to_contain_text("Kept on this device.")
    assert lost
    assert len(_sessions(follower)) == 1
    page.unroute("**/today/session/entries/")
    page.evaluate("Promise.all([kneewiseOutbox.send(), kneewiseOutbox.send(), kneewiseOutbox.send()])")
    assert page.evaluate("kneewiseOutbox.waiting()") == 0
    assert len(_sessions(follower)) == 1


@pytest.mark.hazard("H46")
def test_what_the_diary_refuses_is_shown_and_stays_on_the_device(
    phone: BrowserContext, follower: Follower, network: Network
) -> None:
    page = phone.new_page()
    hand = Hand(page, network.address)
    hand.open()
    page.evaluate("""async () => {
      const { course } = await kneewiseOutbox.state();
      const entry = { id: "AAAAAAAA-1", on: "2001-01-01", kind: "session", pain_after: 4 };
      await kneewiseOutbox.change(["outbox"], (one) => kneewiseOutbox.keep(one, course, entry));
    }""")
    hand.open()
    box = page.locator("[data-box=bad]")
    expect(box).to_contain_text("This could not be kept in your diary: The day must be from")
    assert page.evaluate("kneewiseOutbox.waiting()") == 1
    assert follower.diary() == []
    hand.open()
    box.get_by_role("button").click()
    expect(box).to_be_hidden()
    assert page.evaluate("kneewiseOutbox.waiting()") == 0


@pytest.mark.hazard("H47")
def test_a_sign_told_by_a_clock_that_is_wrong_reaches_the_diary_and_unlocks_nothing(
    phone: BrowserContext, follower: Follower, network: Network
) -> None:
    page = phone.new_page()
    hand = Hand(page, network.address)
    hand.open()
    on = page.evaluate("""async () => {
      const { course, on } = await kneewiseOutbox.state();
      const sign = { id: "AAAAAAAA-s1", on: "2040-01-01", kind: "check_in", findings: { calf_swelling: true } };
      await kneewiseOutbox.change(["outbox", "locks"], (one) => {
        kneewiseOutbox.keep(one, course, sign);
        one.objectStore("locks").put({ course, by: "device", pairs: ["calf_swelling-present"], on });
      });
      return on;
    }""")
    hand.open()
    hand.see("locked")
    hand.until(lambda: bool(follower.diary()))
    (told,) = follower.diary()
    assert (told["on"], told["findings"]) == (on, {"calf_swelling": True})
    page.goto(network.address + "/today/")
    expect(page.get_by_text("Your exercises are stopped since")).to_be_visible()


@pytest.mark.hazard("H47")
def test_a_sign_that_the_diary_cannot_keep_holds_the_lock(
    phone: BrowserContext, follower: Follower, network: Network
) -> None:
    page = phone.new_page()
    hand = Hand(page, network.address)
    hand.open()
    page.evaluate("""async () => {
      const { course, on } = await kneewiseOutbox.state();
      const sign = { id: "AAAAAAAA-s1", on, kind: "check_in", findings: { of_another_version: true } };
      await kneewiseOutbox.change(["outbox", "locks"], (one) => {
        kneewiseOutbox.keep(one, course, sign);
        one.objectStore("locks").put({ course, by: "device", pairs: [], on });
      });
    }""")
    hand.open()
    expect(page.locator("[data-box=bad]")).to_contain_text("This could not be kept in your diary")
    assert hand.screen == "locked"
    hand.open()
    assert hand.screen == "locked"
    assert page.evaluate("kneewiseOutbox.read('locks')")
    assert follower.diary() == []


@pytest.mark.hazard("H46")
def test_a_session_left_in_the_middle_yesterday_is_offered_with_its_day(
    phone: BrowserContext, follower: Follower, network: Network
) -> None:
    page = phone.new_page()
    hand = Hand(page, network.address)
    hand.open()
    hand.to_first_exercise()
    hand.do_exercise("5")
    hand.saved("exercise-")
    today = page.evaluate("""async () => {
      const [row] = await kneewiseOutbox.read("progress");
      await kneewiseOutbox.drop("progress", row.key);
      await kneewiseOutbox.put("progress", { ...row, key: row.course + " old", on: "old" === row.on ? "" : row.on });
      return row.on;
    }""")
    tomorrow = datetime.fromisoformat(today) + timedelta(days=1, hours=12)
    page.clock.install(time=tomorrow)
    hand.open()
    assert hand.screen == "unfinished"
    hand.press("keep-unfinished")
    hand.see("stale")
    hand.until(lambda: bool(follower.diary()))
    hand.sent()
    (session,) = _sessions(follower)
    assert session["on"] == today
    assert [item["done"] for item in session["items"]].count(True) == 1


@pytest.mark.hazard("H47")
def test_a_danger_sign_without_a_network_says_what_to_do_and_locks(
    phone: BrowserContext, follower: Follower, network: Network
) -> None:
    hand = Hand(phone.new_page(), network.address)
    hand.open()
    hand.ready_for_offline()
    hand.to_first_exercise()
    hand.do_exercise()
    network.cut()
    hand.press("stop")
    hand.see("stop")
    hand.press("stop-sign")
    hand.see("signs")
    hand.press("signs-next")
    expect(hand.shown.locator("[data-fault]")).to_contain_text("Tick what is new")
    hand.page.locator("#new-calf_swelling").check()
    hand.press("signs-next")
    hand.see("locked")
    for page in (hand.page, phone.new_page()):
        if page is not hand.page:
            hand = Hand(page, network.address)
            hand.open()
        assert hand.screen == "locked"
        expect(page.get_by_role("heading", name="Get medical help today.")).to_be_visible()
        expect(hand.shown.get_by_text("Be checked for a clot today.").locator("visible=true")).to_have_count(
            1
        )
        expect(hand.shown.get_by_text("Nobody is told what you enter here")).to_be_visible()
        assert page.locator("[data-do=main]:visible").count() == 0
    assert follower.diary() == []
    network.mend()
    hand.open()
    assert hand.screen == "locked"
    expect(hand.shown.locator("[data-fill=kept]")).to_have_text("Kept in your diary.")
    page.goto(network.address + "/today/")
    expect(page.get_by_text("Your exercises are stopped since")).to_be_visible()
    kinds = [entry["kind"] for entry in follower.diary()]
    assert sorted(kinds) == ["check_in", "session"]
    network.cut()
    page.goto(network.address + "/today/session/")
    expect(page.get_by_text("No session is kept on this device.")).to_be_visible()


@pytest.mark.hazard("H47")
def test_an_alarm_from_elsewhere_locks_the_kept_session_at_the_next_contact(
    phone: BrowserContext, follower: Follower, network: Network
) -> None:
    hand = Hand(phone.new_page(), network.address)
    hand.open()
    hand.ready_for_offline()
    hand.to_first_exercise()
    hand.do_exercise()
    follower.tell_sign()
    page = phone.new_page()
    page.goto(network.address + "/progress/")
    kept = "caches.match('/today/session/').then(Boolean)"
    hand.until(lambda: not page.evaluate(kept))
    page.close()
    # The player that is still open hears of it as soon as it asks, and what was done is not lost.
    hand.page.evaluate("dispatchEvent(new Event('online'))")
    hand.page.wait_for_url("**/today/")
    expect(hand.page.get_by_text("Your exercises are stopped since")).to_be_visible()
    assert sorted(entry["kind"] for entry in follower.diary()) == ["check_in", "session"]
    # Only the server opens it again; the lock of this device goes with its word.
    follower.seen()
    hand.open()
    hand.see("done")
    assert hand.page.evaluate("kneewiseOutbox.read('locks')") == []


@pytest.mark.hazard("H47")
def test_a_kept_session_of_another_day_says_so_and_asks_first(
    phone: BrowserContext, follower: Follower, network: Network
) -> None:
    hand = Hand(phone.new_page(), network.address)
    hand.open()
    hand.ready_for_offline()
    network.cut()
    hand.page.close()
    page = phone.new_page()
    page.clock.install(time=datetime.now(UTC) + timedelta(days=1))
    hand = Hand(page, network.address)
    hand.open()
    assert hand.screen == "stale"
    hand.press("go-on-stale")
    hand.see("before")
    expect(page.locator("#stale-note")).to_contain_text("This session is from")
    hand.pain("2")
    hand.press("before-next")
    hand.no_danger()
    hand.see("signs")
    page.locator("#new-calf_pain").check()
    page.locator("#new-none").check()
    expect(page.locator("#new-calf_pain")).not_to_be_checked()
    hand.press("signs-next")
    hand.see("exercise-")
    page.close()
    page = phone.new_page()
    page.clock.install(time=datetime.now(UTC) + timedelta(days=5))
    hand = Hand(page, network.address)
    hand.open()
    assert hand.screen == "too_old"
    assert page.locator("[data-do=go-on-stale]:visible").count() == 0


@pytest.mark.hazard("H47")
def test_a_danger_question_answered_yes_stops_before_the_first_exercise(
    phone: BrowserContext, follower: Follower, network: Network
) -> None:
    hand = Hand(phone.new_page(), network.address)
    hand.open()
    hand.see("before")
    hand.pain("3")
    hand.press("before-next")
    hand.press("danger-next")
    expect(hand.shown.locator("[data-fault]")).to_contain_text("Answer each question first")
    for answer in hand.shown.locator("input[value=absent]").all():
        answer.check()
    hand.shown.locator("[data-sign=calf_swelling] input[value=present]").check()
    hand.press("danger-next")
    hand.see("locked")
    expect(hand.shown.locator("[data-fill=kept]")).to_have_text("Kept in your diary.")
    (told,) = follower.diary()
    assert told["findings"] == {"calf_swelling": True}


@pytest.mark.hazard("H47")
def test_not_sure_is_no_no(phone: BrowserContext, follower: Follower, network: Network) -> None:
    hand = Hand(phone.new_page(), network.address)
    hand.open()
    hand.see("before")
    hand.pain("3")
    hand.press("before-next")
    for answer in hand.shown.locator("input[value=absent]").all():
        answer.check()
    # A lump that one is not sure about stops nothing by itself, and is told and shown all the same.
    hand.shown.locator("[data-sign=growing_lump] input[value=unsure]").check()
    hand.press("danger-next")
    hand.see("exercise-")
    expect(hand.page.locator("#stale-note")).to_contain_text("You were not sure about this")
    hand.sent()
    (told,) = follower.diary()
    assert told["findings"] == {"growing_lump": "unsure"}


def test_stopping_because_of_pain_asks_for_signs_and_ends_kindly(
    phone: BrowserContext, follower: Follower, network: Network
) -> None:
    hand = Hand(phone.new_page(), network.address)
    hand.open()
    hand.to_first_exercise()
    hand.press("main")
    hand.press("stop")
    hand.press("stop-pain")
    hand.see("stop_pain")
    hand.pain("7")
    hand.press("stop-pain-next")
    hand.see("signs")
    hand.page.locator("#new-none").check()
    hand.press("signs-next")
    hand.see("rest_today")
    hand.press("to-after")
    hand.see("after")
    hand.finish("6")
    expect(hand.shown.locator("[data-fill=kept]")).to_have_text("Kept in your diary.")
    (session,) = _sessions(follower)
    assert session["items"][0]["pain_during"] == 7
    assert {item["skipped"] for item in session["items"] if not item["done"]} == {"pain"}


def test_erasing_takes_what_the_device_keeps(phone: BrowserContext, network: Network) -> None:
    hand = Hand(phone.new_page(), network.address)
    hand.open()
    hand.ready_for_offline()
    hand.to_first_exercise()
    hand.saved("exercise-")
    page = hand.page
    page.goto(network.address + "/your-data/")
    page.locator("#sure").check()
    page.get_by_role("button", name="Erase now").click()
    page.wait_for_url("**/erased/")
    # The page's own script has done it before the form was sent, for browsers that know no header for it.
    left = """async () => [
      (await caches.keys()).length, (await indexedDB.databases()).length,
      (await navigator.serviceWorker.getRegistrations()).length,
    ]"""
    assert page.evaluate(left) == [0, 0, 0]


def test_beginning_anew_takes_only_what_belongs_to_this_programme(
    phone: BrowserContext, network: Network
) -> None:
    hand = Hand(phone.new_page(), network.address)
    hand.open()
    hand.to_first_exercise()
    hand.saved("exercise-")
    page = hand.page
    keep = (
        "kneewiseOutbox.change(['outbox'], one => kneewiseOutbox.keep(one, 'somebody', {id: 'AAAAAAAA-1'}))"
    )
    page.evaluate(keep)
    page.goto(network.address + "/")
    page.locator("#door-hurts").click()
    page.get_by_role("button", name="Erase it and begin anew").click()
    page.wait_for_url("**/who/")
    page.goto(network.address + "/offline/")
    assert page.evaluate("kneewiseOutbox.read('progress')") == []
    assert [row["course"] for row in page.evaluate("kneewiseOutbox.read('outbox')")] == ["somebody"]


@pytest.mark.hazard("H19")
def test_every_screen_of_the_player_is_accessible_in_light_and_dark(
    new_page: Callable[..., Page], address: str, follower: Follower
) -> None:
    page = new_page(color_scheme="light", bypass_csp=True, reduced_motion="reduce")
    follower.sign_in(page.context, address)
    inspector = Inspector(page, RULES)
    hand = Hand(page, address)
    hand.open()
    names = page.evaluate("[...document.querySelectorAll('[data-screen]')].map(e => e.dataset.screen)")
    kinds = {name.partition("-")[0]: name for name in names}  # each exercise has the same screens
    assert len(kinds) >= 14
    # All of them one below the other, with nothing that floats over them.
    page.evaluate(SHOW, list(kinds.values()))
    page.evaluate("for (const one of document.querySelectorAll('.thumb')) one.style.position = 'static'")
    inspector.run_axe("all screens")
    inspector.run_in_the_dark("all screens")
    inspector.measure("all screens")
    assert inspector.found == []


def test_without_scripts_the_session_is_a_list_with_a_form(
    new_page: Callable[..., Page], address: str, follower: Follower
) -> None:
    page = new_page(java_script_enabled=False)
    follower.sign_in(page.context, address)
    page.goto(address + "/today/session/")
    assert page.locator("#plain .session > li").count() >= 3
    expect(page.locator("#player")).to_be_hidden()
    for field in page.locator("#plain select[id^=pain]").all():
        field.select_option("2")
    for option in page.locator("#plain input[type=radio][name^=answer-][value=absent]").all():
        option.check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("That was today’s session")).to_be_visible()
    assert len(_sessions(follower)) == 1
