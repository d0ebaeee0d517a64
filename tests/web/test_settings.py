"""Text size and look: kept in a cookie without answers, there before the page is drawn, never behind the device."""

from __future__ import annotations

import re

import pytest

from kneewise.web.look_style import chosen_rules
from tests.web.conftest import Browser

CHOSEN = {"text": "larger", "colours": "dark", "contrast": "more", "motion": "less", "sound": "off"}


def test_what_is_chosen_holds_on_every_page(browser: Browser) -> None:
    browser.get("/")
    assert "look.css" not in browser.html
    browser.post("/settings/", CHOSEN)
    assert browser.path == "/settings/"
    assert {f"{name}={value}" for name, value in CHOSEN.items()} <= browser.checked()
    for page in ("/", "/about/", "/nothing-here/"):
        browser.get(page)
        root = re.search(r"<html [^>]+>", browser.html)
        assert root is not None
        for part in ("text-larger", "colours-dark", "contrast-more", "motion-less", 'data-sound="off"'):
            assert part in root[0]
        assert 'href="/look.css"' in browser.html
        assert '<meta name="color-scheme" content="dark">' in browser.html


def test_the_cookie_holds_digits_and_goes_when_all_is_as_the_device_has_it(browser: Browser) -> None:
    browser.post("/settings/", CHOSEN)
    cookie = browser.client.cookies["kneewise_look"]
    assert re.fullmatch(r"[0-9]{5}", cookie.value)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    usual = {"text": "normal", "colours": "auto", "contrast": "auto", "motion": "auto", "sound": "on"}
    browser.post("/settings/", usual)
    assert browser.client.cookies["kneewise_look"].value == ""


@pytest.mark.parametrize("value", ["", "9", "99999", "x" * 5, "12", "1" * 5000, '"><b>'])
def test_a_cookie_that_cannot_be_read_is_no_fault(browser: Browser, value: str) -> None:
    browser.client.cookies["kneewise_look"] = value
    assert browser.get("/").status_code == 200
    assert "<b>" not in browser.html


def test_a_value_that_there_is_not_is_told_beside_its_field(browser: Browser) -> None:
    assert browser.post("/settings/", CHOSEN | {"text": "enormous"}).status_code == 400
    assert 'id="text-fault"' in browser.html
    assert "colours=dark" in browser.checked()  # what was chosen besides is still there


def test_dark_by_choice_is_dark_as_the_device_would_have_it() -> None:
    css = """:root { --paper: white; --ink: black } .picture { color: var(--line, blue) }
    @media (prefers-color-scheme: dark) { :root { --paper: black; } .picture, p { --line: red } }
    @media (prefers-contrast: more) { :root { --paper: yellow } }"""
    rules = chosen_rules(css)
    assert "html.colours-dark{--paper: black;}" in rules
    assert "html.colours-dark .picture,html.colours-dark p{--line: red}" in rules
    assert "html.colours-light{--paper:white}" in rules
    assert "html.colours-light .picture,html.colours-light p{--line:initial}" in rules
    assert "html.contrast-more{--paper: yellow}" in rules


def test_every_dark_colour_of_our_pages_can_be_chosen_and_undone(browser: Browser) -> None:
    sheet = browser.client.get("/look.css").content.decode()
    dark = re.search(r"html\.colours-dark\{([^}]*--paper[^}]*)\}", sheet)
    light = re.search(r"html\.colours-light\{([^}]*--paper[^}]*)\}", sheet)
    assert dark is not None
    assert light is not None
    names = set(re.findall(r"--[\w-]+(?=\s*:)", dark[1]))
    assert len(names) > 10
    assert names == set(re.findall(r"--[\w-]+(?=\s*:)", light[1]))
    assert "initial" not in light[1]
    assert "--figure-" in sheet
