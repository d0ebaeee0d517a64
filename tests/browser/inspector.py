"""Looks at a state of a page: what axe finds, targets too small for a thumb, pages wider than the window."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import PHONE

STATES_AT_LEAST = 40
# A picture is one image with a text of its own; its hundreds of paths are no content to look at.
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
PICTURES = {"exclude": [["svg > *"]]}


def _told(name: str, violation: dict[str, Any]) -> str:
    return f"{name}: {violation['id']} – {violation['nodes'][0]['html'][:200]}"


WIDTHS = (320, 1280)
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll('main button, main .tick, main select, main textarea, '
  + 'main input[type=text], main summary, main .back, main .door')]
  .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)
  .map(e => e.outerHTML.slice(0, 120))"""


class Inspector:
    """Looks at each state of each page and gathers what is wrong with it."""

    def __init__(self, page: Page, options: dict[str, Any]) -> None:
        self.page, self.options = page, options
        self.axe = Axe()
        self.states: list[str] = []
        self.found: list[str] = []

    def run_axe(self, name: str) -> None:
        """All violations that axe finds."""
        self.states.append(name)
        response = self.axe.run(self.page, context=PICTURES, options=self.options).response
        self.found += [_told(name, violation) for violation in response["violations"]]

    def run_in_the_dark(self, name: str) -> None:
        """Too little contrast in dark colours: all else is as in the light."""
        self.page.emulate_media(color_scheme="dark")
        response = self.axe.run(self.page, context=PICTURES, options=CONTRAST).response
        self.found += [_told(f"{name} (dark)", violation) for violation in response["violations"]]
        self.page.emulate_media(color_scheme="light")

    def measure(self, name: str) -> None:
        """Targets too small for a thumb, and pages wider than the window."""
        self.found += [f"{name}: small {target}" for target in self.page.evaluate(SMALL_TARGETS)]
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 700})
            if self.page.evaluate(SCROLLS):
                self.found.append(f"{name}: scrolls sideways at {width} pixels")
        self.page.set_viewport_size(PHONE)
