"""Hostile texts through the HTTP API and the web form: an answer or a kind refusal, and nothing unescaped."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.hostile_texts import CODE, big_texts, texts
from tests.web.conftest import Browser

TEXTS = texts()
OPEN_PAGE = "/words/"
FORM_HOLDS = 5000  # characters; the form says so


class _Tags(HTMLParser):
    """The tags and attributes a browser would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(sorted(name for name, _ in attrs))))


def _tags(html: str) -> list[tuple[str, tuple[str, ...]]]:
    parser = _Tags()
    parser.feed(html)
    return parser.seen


def _foreign(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """Tags and attributes that our pages never have, but that the hostile texts try to bring in."""
    ours = ("src", "href")
    return [
        (tag, names)
        for tag, names in _tags(html)
        if any(name.startswith("on") for name in names)
        or (tag in ("img", "svg") and "onload" in names)
        or (tag == "script" and not set(names) & set(ours))
    ]


@pytest.mark.hazard("H40")
@pytest.mark.parametrize("part", range(5))
def test_hostile_texts_over_http_are_answered_or_a_problem(browser: Browser, part: int) -> None:
    for text in TEXTS[part::80]:
        body = json.dumps({"text": text})
        response = browser.client.post("/api/v1/assess", body, content_type="application/json")
        assert response.status_code in (200, 400), (response.status_code, text[:60])
        value = json.loads(response.content)
        assert ("care_level" in value) if response.status_code == 200 else (value["detail"] and value["mend"])


@pytest.mark.parametrize("text", big_texts()[::3], ids=lambda text: repr(text[:8]))
def test_a_hundred_kilobytes_over_http_are_answered(browser: Browser, text: str) -> None:
    body = json.dumps({"text": text}, ensure_ascii=False).encode()
    response = browser.client.post("/api/v1/assess", body, content_type="application/json")
    assert response.status_code == 200


def _typed(browser: Browser, text: str) -> Any:
    response = browser.post(OPEN_PAGE, {"text": text.encode("utf-8", "replace").decode()})
    assert response.status_code in (200, 400), (response.status_code, text[:60])
    assert not _foreign(browser.html), text[:60]
    return response


@pytest.mark.hazard("H40")
@pytest.mark.parametrize("part", range(4))
def test_hostile_texts_in_the_form_lead_on_or_say_what_is_wrong(browser: Browser, part: int) -> None:
    browser.begin()
    for text in TEXTS[part::25]:
        response = _typed(browser, text)
        too_long = len(text.strip()) > FORM_HOLDS
        assert (response.status_code == 400) is too_long
        assert browser.path == OPEN_PAGE if too_long else browser.path != OPEN_PAGE


@pytest.mark.hazard("H40")
@pytest.mark.parametrize("code", [code for code in CODE if re.search(r"[<>\"'&]", code)])
def test_code_in_own_words_is_shown_as_words(browser: Browser, code: str) -> None:
    """On every page that shows the words again: what was understood, the words themselves, the overview."""
    text = f"My knee {code} is swollen {code} and hot"
    browser.begin()
    _typed(browser, text)
    for page in ("/understood/", OPEN_PAGE, "/check/"):
        browser.get(page)
        assert not _foreign(browser.html)
        if "<" in code:
            assert code not in browser.html


def test_the_guard_sees_what_it_should() -> None:
    assert _foreign("<p>&lt;script&gt;</p>") == []
    assert _foreign("<script>alert(1)</script>")
    assert _foreign('<img src="x" onerror="alert(1)">')
