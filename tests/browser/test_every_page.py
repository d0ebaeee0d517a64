"""Every state of every page: axe finds nothing, light and dark; nothing scrolls sideways; targets are large."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.inspector import STATES_AT_LEAST, Inspector
from tests.browser.tour import Walker, everything

pytestmark = pytest.mark.browser
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.mark.hazard("H19")
def test_every_state_is_accessible_and_fits_its_window(new_page: Callable[..., Page], address: str) -> None:
    inspector = Inspector(new_page(color_scheme="light", bypass_csp=True), RULES)

    def visit(name: str) -> None:
        inspector.run_axe(name)
        inspector.measure(name)
        inspector.run_in_the_dark(name)

    everything(Walker(inspector.page, address, visit))
    assert inspector.found == []
    assert len(inspector.states) >= STATES_AT_LEAST


def test_the_page_is_small(new_page: Callable[..., Page], address: str) -> None:
    page = new_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(address)
    assert sum(sizes) < 60_000
