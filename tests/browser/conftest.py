"""A real server and a real Chromium, once per run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.find_chromium import find
from tests.browser.live import served

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("served")) as at:
        yield at


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = find()
    if path is None:
        pytest.fail("there is no Chromium: run tests/browser/find_chromium.py --install")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Make a page; every request it makes must stay on the app's own host."""
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []

    def make(**options: Any) -> Page:
        context = chromium.new_context(**{"viewport": PHONE, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda r: elsewhere.append(r.url) if not r.url.startswith(address) else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert elsewhere == []
