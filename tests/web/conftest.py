"""Django set up once on a private file of its own, and a browserless client that walks the pages."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

FOLDER = tempfile.TemporaryDirectory(prefix="kneewise-test-")
os.environ["KNEEWISE_DATA_FILE"] = str(Path(FOLDER.name) / "private" / "kneewise.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _django() -> Iterator[None]:
    from kneewise.web.server import prepare

    prepare(None)
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    yield
    teardown_test_environment()


class Browser:
    """A client that keeps what it saw: every page and every address."""

    def __init__(self, *, enforce_csrf: bool = False) -> None:
        from django.test import Client

        self.client = Client(enforce_csrf_checks=enforce_csrf)
        self.pages: list[str] = []
        self.addresses: list[str] = []
        self.response: Any = None

    def _take(self, response: Any) -> Any:
        self.response = response
        if "html" in response.headers.get("Content-Type", ""):
            self.pages.append(response.content.decode())
        return response

    def get(self, path: str, *, follow: bool = True) -> Any:
        """Open an address and follow where it leads."""
        self.addresses.append(path)
        response = self._take(self.client.get(path))
        while follow and response.status_code == 302:
            path = response.headers["Location"]
            self.addresses.append(path)
            response = self._take(self.client.get(path))
        self.path = path
        return response

    def post(self, path: str, data: dict[str, Any] | None = None) -> Any:
        """Send a form and follow where it leads."""
        self.addresses.append(path)
        response = self._take(self.client.post(path, data or {}))
        if response.status_code == 302:
            return self.get(response.headers["Location"])
        self.path = path
        return response

    @property
    def html(self) -> str:
        """The page now open."""
        return self.response.content.decode()

    @property
    def text(self) -> str:
        """Its text without marks."""
        plain = re.sub(r"<(style|title).*?</\1>", " ", self.html, flags=re.DOTALL)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", plain)))

    def names(self, pattern: str) -> list[str]:
        """What a pattern finds in the page."""
        return list(dict.fromkeys(re.findall(pattern, self.html)))

    def checked(self) -> set[str]:
        """The values of all ticked boxes and chosen radios, with their names."""
        found = re.findall(
            r'<input type="(?:checkbox|radio)"[^>]*name="([^"]+)" value="([^"]*)"[^>]* checked', self.html
        )
        return {f"{name}={value}" for name, value in found}

    # --- the journey ---

    def begin(self, door: str = "hurts", **who: str) -> None:
        """Choose a door, say who it is about."""
        self.get("/")
        self.post("/", {"door": door})
        self.post("/who/", {"respondent": "self", "age": "35", "sex": "female", "side": "left", **who})

    def write(self, text: str) -> None:
        """Own words; what was understood is taken as it is."""
        self.post("/words/", {"text": text})
        if self.path == "/understood/":
            self.take_as_understood()

    def take_as_understood(self) -> None:
        """Send the page of what was understood as it stands."""
        data: dict[str, Any] = {
            "tick": [c.partition("=")[2] for c in self.checked() if c.startswith("tick=")]
        }
        for name, value in re.findall(r'name="(value-[^"]+)" value="([^"]*)"', self.html):
            data[name] = value
        self.post("/understood/", data)

    def filled(self, state: str = "absent", **more: Any) -> dict[str, Any]:
        """The open page's form, everything in one state."""
        data: dict[str, Any] = dict.fromkeys(self.names(r'name="(unsure-[^"]+)"'), "1")
        data |= dict.fromkeys(self.names(r'type="radio"[^>]*name="([^"]+)"'), state)
        if 'name="none"' in self.html:
            data["not_sure" if state == "unsure" and 'name="not_sure"' in self.html else "none"] = "1"
        return data | more

    def answer(self, state: str = "absent") -> None:
        """Answer the open page."""
        self.post(self.path, self.filled(state))

    def to_screen(self) -> None:
        """Go on to the urgent screen."""
        for _ in range(4):
            if 'value="unsure">' in self.html or not self.path.startswith("/questions/"):
                return
            self.answer()

    def to_check(self, state: str = "absent") -> None:
        """Answer everything to the overview."""
        for _ in range(30):
            if not self.path.startswith("/questions/"):
                return
            self.answer(state)

    def to_result(self) -> None:
        """From the overview to the result."""
        if self.path == "/check/":
            self.post("/check/")


@pytest.fixture
def browser() -> Browser:
    """A fresh visitor."""
    return Browser()


@pytest.fixture
def strict_browser() -> Browser:
    """A visitor whose forms need their token, as in real life."""
    return Browser(enforce_csrf=True)
