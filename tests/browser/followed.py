"""Somebody who follows a programme, brought there without a browser; and the player in their hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, Locator, Page

from tests.web.conftest import Browser as Walk

# A plan with a tempo, holds, rests and sets at one's own pace.
STIFF = "stiff behind the knees after sitting all day, no injury, no swelling"


class Wire:
    """Requests to the real server, for the walk that the tests without a browser take."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, timeout=30)
        self.token = ""

    def get(self, path: str) -> httpx.Response:
        """Open a page and note its token."""
        answer = self.http.get(path)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)
        self.token = found.group(1) if found else self.token
        return answer

    def post(self, path: str, data: dict[str, Any]) -> httpx.Response:
        """Send a form with the token of the last page."""
        headers = {"Origin": str(self.http.base_url).rstrip("/")}
        return self.http.post(path, data={**data, "csrfmiddlewaretoken": self.token}, headers=headers)


class Follower:
    """Somebody who follows a programme since today."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.wire = Wire(address)
        walk = Walk()
        walk.client = self.wire  # type: ignore[assignment]
        walk.begin()
        walk.write(STIFF)
        walk.to_check()
        walk.get("/programme/")
        walk.post("/programme/start/")
        assert walk.path == "/today/"

    def diary(self) -> list[dict[str, Any]]:
        """What the server has kept, as the person can download it."""
        stored = self.wire.http.get("/your-data/download/").json()["stored"]
        return list(stored["course"]["diary"])

    def tell_sign(self) -> None:
        """A new sign, told on another device of the same person."""
        page = self.wire.get("/check-in/sign/")
        entry = re.findall(r'name="entry" value="([^"]+)"', page.text)[0]
        self.wire.post("/check-in/sign/", {"entry": entry, "tick": "calf_swelling"})

    def seen(self) -> None:
        """A doctor has looked at it today and said to go on."""
        page = self.wire.get("/seen/")
        entry = re.findall(r'name="entry" value="([^"]+)"', page.text)[0]
        on = re.findall(r'name="seen_on" value="([^"]+)"', page.text)[0]
        self.wire.post("/seen/", {"entry": entry, "by": "doctor", "seen_on": on, "may": "yes"})

    def sign_in(self, context: BrowserContext, address: str) -> None:
        """Use the same cookies in a real browser, perhaps through another address of the same server."""
        cookies = [
            {"name": c.name, "value": str(c.value), "url": address} for c in self.wire.http.cookies.jar
        ]
        context.add_cookies(cookies)  # type: ignore[arg-type]


class Hand:
    """The player on a page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def open(self, path: str = "/today/session/") -> None:
        """Open the session."""
        self.page.goto(self.address + path)
        self.page.wait_for_selector("#player:not([hidden]) [data-screen]:not([hidden])")

    @property
    def screen(self) -> str:
        """The name of the screen that shows."""
        return str(self.shown.get_attribute("data-screen"))

    @property
    def shown(self) -> Locator:
        """The screen that shows."""
        return self.page.locator("[data-screen]:not([hidden])")

    def see(self, name: str) -> None:
        """Wait for a screen."""
        self.page.wait_for_selector(f"[data-screen^='{name}']:not([hidden])")

    def press(self, what: str) -> None:
        """Press a button of the screen that shows."""
        self.page.locator(f"[data-do={what}]:visible").click()

    def pain(self, value: str) -> None:
        """One tap on a number."""
        self.shown.locator(f".pain input[value='{value}']").first.check(force=True)

    def no_danger(self) -> None:
        """No to every danger question."""
        for answer in self.shown.locator("input[value=absent]").all():
            answer.check()
        self.press("danger-next")

    def to_first_exercise(self, pain: str = "3") -> None:
        """Pain before, then the danger questions."""
        self.see("before")
        self.pain(pain)
        self.press("before-next")
        self.see("danger")
        self.no_danger()
        self.see("exercise-")

    def do_exercise(self, pain: str = "2") -> str:
        """Say that the exercise is done and how it felt; gives its id."""
        name = self.screen.removeprefix("exercise-")
        self.press("felt")
        self.see("felt-")
        self.pain(pain)
        self.press("felt-next")
        self.page.wait_for_function(
            "name => document.querySelector(`[data-screen='felt-${name}']`).hidden", arg=name
        )
        return name

    def do_all(self) -> list[str]:
        """Do every exercise that is left."""
        done = []
        while self.screen.startswith("exercise-"):
            done.append(self.do_exercise())
        self.see("after")
        return done

    def finish(self, pain: str = "2") -> None:
        """Pain after, and keep it."""
        self.pain(pain)
        self.press("finish")
        self.see("done")

    def ready_for_offline(self) -> None:
        """Wait until the device has kept the session."""
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('[data-fill=stored]')].some(e => e.textContent.includes('works'))"
        )

    def saved(self, screen: str) -> None:
        """Wait until the device has kept how far the session is."""
        rows = "kneewiseOutbox.read('progress')"
        self.until(lambda: any(row["screen"].startswith(screen) for row in self.page.evaluate(rows)))

    def sent(self) -> None:
        """Wait until nothing waits on the device any more."""
        self.until(lambda: self.page.evaluate("kneewiseOutbox.waiting()") == 0)

    def until(self, check: Callable[[], bool]) -> None:
        """Wait for something that only an answer of the page or of the server tells."""
        for _ in range(200):
            if check():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("it did not happen within ten seconds")
