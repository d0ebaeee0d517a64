"""The style page shows every part that pages are made of."""

from __future__ import annotations

import re
from pathlib import Path

import kneewise.web
from tests.web.conftest import Browser

PARTS = Path(kneewise.web.__file__).parent / "templates" / "kneewise" / "parts"


def test_each_part_has_an_example_or_a_reason_why_not(browser: Browser) -> None:
    from kneewise.web.components import SHOWN_ELSEWHERE, components

    there = {file.stem for file in PARTS.glob("*.html")}
    shown = {one.part for one in components()}

    assert there == shown | SHOWN_ELSEWHERE.keys()
    assert not shown & SHOWN_ELSEWHERE.keys()


def test_each_example_draws_something_and_no_name_is_there_twice(browser: Browser) -> None:
    from kneewise.web.components import components

    html = browser.get("/style/").content.decode()
    names = re.findall(r'\sid="([^"]+)"', html)

    for example in re.findall(r'<div class="example" data-part="[a-z_]+">(.*?)\n</div>\n', html, re.DOTALL):
        assert example.strip()
    assert all(html.count(f'data-part="{one.part}"') == len(one.examples) > 0 for one in components())
    assert len(names) == len(set(names))
