"""Every state of every page in dark colours: there is enough contrast."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.inspector import STATES_AT_LEAST, Inspector
from tests.browser.tour import Walker, everything

pytestmark = pytest.mark.browser


@pytest.mark.hazard("H19")
def test_every_state_has_enough_contrast_in_the_dark(new_page: Callable[..., Page], address: str) -> None:
    inspector = Inspector(new_page(color_scheme="dark", bypass_csp=True), {"runOnly": ["color-contrast"]})
    everything(Walker(inspector.page, address, inspector.run_axe))
    assert inspector.found == []
    assert len(inspector.states) >= STATES_AT_LEAST
