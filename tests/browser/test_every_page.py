"""Every state of every page: axe finds nothing, nothing scrolls sideways, targets are large enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import PHONE
from tests.browser.tour import Walker, everything

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
STATES_AT_LEAST = 40


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
        response = self.axe.run(self.page, options=self.options).response
        self.found += [_told(name, violation) for violation in response["violations"]]

    def measure(self, name: str) -> None:
        """Targets too small for a thumb, and pages wider than the window."""
        self.found += [f"{name}: small {target}" for target in self.page.evaluate(SMALL_TARGETS)]
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 700})
            if self.page.evaluate(SCROLLS):
                self.found.append(f"{name}: scrolls sideways at {width} pixels")
        self.page.set_viewport_size(PHONE)


@pytest.mark.hazard("H19")
def test_every_state_is_accessible_and_fits_its_window(new_page: Callable[..., Page], address: str) -> None:
    inspector = Inspector(new_page(color_scheme="light", bypass_csp=True), RULES)

    def visit(name: str) -> None:
        inspector.run_axe(name)
        inspector.measure(name)

    everything(Walker(inspector.page, address, visit))
    assert inspector.found == []
    assert len(inspector.states) >= STATES_AT_LEAST


@pytest.mark.hazard("H19")
def test_every_state_has_enough_contrast_in_the_dark(new_page: Callable[..., Page], address: str) -> None:
    inspector = Inspector(new_page(color_scheme="dark", bypass_csp=True), {"runOnly": ["color-contrast"]})
    everything(Walker(inspector.page, address, inspector.run_axe))
    assert inspector.found == []
    assert len(inspector.states) >= STATES_AT_LEAST


def test_the_page_is_small(new_page: Callable[..., Page], address: str) -> None:
    page = new_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(address)
    assert sum(sizes) < 60_000
