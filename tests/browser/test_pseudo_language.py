"""In a language that nobody speaks: each string goes through the catalogue, and longer words fit."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from kneewise.knowledge.types import Knowledge
from tests.browser.inspector import SCROLLS
from tests.browser.live import ROOT
from tests.browser.pseudo_language import left_over, marked, pseudo

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 700}
PAGES_AT_LEAST = 60
CUT_OFF = """() => [...document.querySelectorAll('main *, header *')].filter(e => e.offsetParent
  && getComputedStyle(e).overflowX === 'hidden' && getComputedStyle(e).textOverflow !== 'ellipsis'
  && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pseudo")
    command = [sys.executable, "-m", "tests.browser.pseudo_language", str(made)]
    subprocess.run(command, check=True, cwd=ROOT, timeout=300)
    return made


def test_every_string_of_the_interface_goes_through_the_catalogue(folder: Path) -> None:
    left = json.loads((folder / "left.json").read_text(encoding="utf-8"))
    assert left == [], (
        "wrap these in gettext or {% translate %}, or take them from the words of the knowledge"
    )
    assert len(list(folder.glob("*.html"))) >= PAGES_AT_LEAST


def test_longer_words_fit_on_a_narrow_phone(folder: Path, chromium: Browser, address: str) -> None:
    found: list[str] = []
    context = chromium.new_context(viewport=NARROW)
    page = context.new_page()

    def answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        route.fulfill(
            body=(folder / name).read_text(encoding="utf-8"), content_type="text/html; charset=utf-8"
        )

    page.route("**/pseudo/*.html", answer)
    page.route("**/*.{js,png,webmanifest}*", lambda route: route.abort())
    titles: set[str] = set()
    for file in sorted(folder.glob("*.html")):
        told = re.search(r"<title>.*?</title>", file.read_text(encoding="utf-8"), re.DOTALL)
        if told is None or told[0] in titles:
            continue  # the same page with other answers is as wide
        titles.add(told[0])
        page.goto(f"{address}/pseudo/{file.name}", wait_until="load")
        title = page.title()
        if page.evaluate(SCROLLS):
            found.append(f"{file.name} {title}: scrolls sideways")
        found += [f"{file.name} {title}: cut off {one}" for one in page.evaluate(CUT_OFF)]
    context.close()
    assert found == []


def test_every_page_says_that_no_clinician_has_reviewed_it(folder: Path, knowledge: Knowledge) -> None:
    """As the content's own review fields say: once all files are signed, the sentence goes by itself."""
    sentence = knowledge.words["en"].phrases["no_clinician_review"].text
    sentence = marked(sentence)
    for file in sorted(folder.glob("*.html")):
        page = file.read_text(encoding="utf-8")
        assert "<main" not in page or (sentence in page) is not knowledge.reviewed, file


def test_a_string_beside_the_catalogue_is_found() -> None:
    page = f"<main><p>{pseudo('Hello you')} <b>Save</b></p><button aria-label='x'>«Knee»</button></main>"
    assert left_over(page) == [f"{pseudo('Hello you')} Save"]
    assert left_over('<img alt="A picture">') == ["A picture"]
    assert left_over("<p>⟦Åge: «knee» 3⟧ 12 %</p>") == []


def test_the_language_is_longer_and_keeps_its_placeholders() -> None:
    told = pseudo("Take %(n)s tablets with <b>water</b> &amp; rest, then wait")
    assert "%(n)s" in told
    assert "<b>" in told
    assert "&amp;" in told
    assert len(told) >= 1.15 * len("Take %(n)s tablets with <b>water</b> &amp; rest, then wait")
