"""The pictures on the result page: the right place, one alternative text, no inline style, a small page."""

from __future__ import annotations

import re

from tests.browser.tour import STIFF
from tests.web.conftest import Browser

SMALL = 75_000  # bytes of the whole result page


def _result(browser: Browser, text: str = STIFF, **who: str) -> str:
    browser.begin(**who)
    browser.write(text)
    browser.to_screen()
    browser.to_check()
    browser.to_result()
    assert browser.path == "/result/"
    return browser.html


def test_the_first_cause_is_shown_where_it_lies_and_only_the_first(browser: Browser) -> None:
    html = _result(browser)
    assert html.count('class="anatomy-figure"') == 1
    assert html.index('class="anatomy-figure"') > html.index("What is likely")
    assert "Where it is." in browser.text
    assert "not of yours" in browser.text


def test_a_suspected_tight_muscle_has_its_picture_that_says_it_is_not_measured(browser: Browser) -> None:
    html = _result(browser)
    assert "mechanics-figure" in html
    assert "is not measured yet" in browser.text


def test_each_picture_has_its_caption_and_one_text_alternative(browser: Browser) -> None:
    html = _result(browser)
    figures = re.findall(r"<figure.*?</figure>", html, re.DOTALL)
    assert len(figures) >= 2
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids)), "ids are unique on the page"
    for figure in figures:
        described = re.search(r"<desc[^>]*>(.*?)</desc>", figure, re.DOTALL).group(1)
        caption = re.search(r"<figcaption>(.*?)</figcaption>", figure, re.DOTALL).group(1)
        assert len(described) > 40
        assert described not in caption
        assert not any(sentence in caption for sentence in described.split(". ") if len(sentence) > 20)


def test_pictures_carry_no_style_of_their_own_and_their_sheet_is_loaded(browser: Browser) -> None:
    html = _result(browser)
    assert "<style" not in html
    assert "style=" not in html
    assert "figures.css" in html
    sheet = browser.client.get("/figures.css").content.decode()
    for wrapper in ("anatomy-figure", "mechanics-figure", "exercise-figure"):
        assert f".{wrapper} " in sheet
    used = set(re.findall(r"var\(--figure-([a-z-]+),", sheet))
    dark = sheet[sheet.index("prefers-color-scheme:dark") :]
    assert all(f"--figure-{name}:" in dark for name in used)


def test_the_picture_is_of_the_persons_own_side(browser: Browser) -> None:
    assert "matrix(-1" in _result(browser, side="left")
    other = Browser()
    assert "matrix(-1" not in _result(other, STIFF.replace("left", "right"), side="right")


def test_the_page_stays_small(browser: Browser) -> None:
    assert len(_result(browser).encode()) < SMALL


def test_who_came_to_prevent_sees_no_place_of_a_cause(browser: Browser) -> None:
    browser.begin(door="prevent")
    browser.to_check()
    browser.to_result()
    assert "anatomy-figure" not in browser.html


def test_the_programme_has_no_such_picture(browser: Browser) -> None:
    _result(browser)
    browser.get("/programme/")
    assert "anatomy-figure" not in browser.html
    assert "mechanics-figure" not in browser.html
