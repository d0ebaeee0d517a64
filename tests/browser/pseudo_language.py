"""Renders the pages in a language that nobody speaks, and tells what did not go through the catalogue.

Run in a process of its own, because words are kept where they were first used:
`python -m tests.browser.pseudo_language FOLDER` writes each page as it was sent and `left.json`, the words
found outside the catalogue. Every string of the interface is ⟦accented and 40 % longer⟧, every text of the
knowledge stands «so»; what is in neither is a string that no translator would ever see.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import sys
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

ACCENTED = str.maketrans(
    "ABCDEFGHIKLMNOPRSTUWYabcdefghiklmnoprstuwy", "ÅƁÇÐÉƑĜĤÎĶĻṀÑÖÞŔŠŢÛŴÝåƀçðéƒĝĥîķļɱñöþŕšţûŵý"
)
KEPT = re.compile(r"(%\(\w+\)s|%%|&\w+;|<[^>]+>|https?:\S*)")
WORDS_OF_PEOPLE = re.compile(r"«[^«»]*»|⟦[^⟦⟧]*⟧")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Dates come from Django's own catalogues; names, paths, commands and identifiers are the same in every
# language; what stands “so” are the person's own words.
SAME_EVERYWHERE = re.compile(
    r"kneewise|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December)\b|/[\w./-]+|--[a-z-]+|\bserve\b|Ctrl\+C|FHIR|JSON|CSV|PDF|SHA|"
    r"\b(?:doi:|PMID )\S+|“[^”]*”"
)
TYPED = "Qqq zzz, qqq"
# The page that shows all components is for builders.
NOT_FOR_PEOPLE = ("style/",)
ZONES = available_timezones()  # names that are the same in every language
SHOWN_ATTRIBUTES = re.compile(
    r'\s(?:aria-label|alt|title|placeholder|data-[a-z-]*(?:text|words|label|said)[a-z-]*)="([^"]*)"'
)
# Content that is not words for people of one language: citations, and what is quoted from a study.
CITED = re.compile(r'<(ul|ol|section|p)[^>]*class="[^"]*sources[^"]*".*?</\1>', re.DOTALL)


def pseudo(text: str) -> str:
    """A string as a translator might leave it: accented, longer, every placeholder kept."""
    if not text.strip():
        return text
    told = "".join(part if KEPT.fullmatch(part) else part.translate(ACCENTED) for part in KEPT.split(text))
    longer = "~" * round(0.4 * len(text) / 2)
    return f"⟦{told}{' ' if len(text) > 12 else ''}{longer}⟧"


def write_catalogue(folder: Path) -> None:
    """The catalogue of the language en-XA, compiled."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from docs.messages import messages

    made = Catalog(locale="en", charset="utf-8")
    for _file, (_call, text, context) in messages():
        told = tuple(pseudo(one) for one in text) if isinstance(text, tuple) else pseudo(text)
        made.add(text, told, context=context)
    at = folder / "en_XA" / "LC_MESSAGES"
    at.mkdir(parents=True)
    with (at / "django.mo").open("wb") as file:
        write_mo(file, made)


def _sentences(text: str) -> str:
    """Each sentence between « and », its full stop outside: a page may show the first one apart."""
    made = []
    for piece in re.split(r"(?<=[.!?])(?=\s)", text):
        space, said, end = re.fullmatch(r"(\s*)(.*?)([.!?]*)", piece, re.DOTALL).groups()  # type: ignore[union-attr]
        made.append(f"{space}«{said}»{end}")
    return "".join(made)


def marked(value: Any, name: str = "") -> Any:
    """The words of the knowledge, each between « and »."""
    if isinstance(value, str):
        return _sentences(value) if value and name not in {"id", "state", "sources", "source"} else value
    if isinstance(value, tuple):
        return tuple(marked(one, name) for one in value)
    if isinstance(value, dict):
        return {key: marked(one, name) for key, one in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: marked(getattr(value, f.name), f.name) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value


def visible(html: str) -> list[str]:
    """All that a page says, seen or read aloud, piece by piece."""
    said = [unescape(one) for one in SHOWN_ATTRIBUTES.findall(html)]
    html = CITED.sub(" ", html)
    html = re.sub(r"<(style|script|textarea|svg|code)\b.*?</\1>", " ", html, flags=re.DOTALL)
    # A tag inside a sentence does not end it; its text still stands between the marks.
    plain = re.sub(r"</?(?:strong|em|b|i|a|span|time|abbr)\b[^>]*>", "", html)
    return [*said, *(unescape(one) for one in re.split(r"<[^>]+>", plain))]


def left_over(html: str) -> list[str]:
    """What a page says that is neither from the catalogue nor from the knowledge."""
    found = []
    for text in visible(html):
        rest = text
        while (less := WORDS_OF_PEOPLE.sub(" ", rest)) != rest:
            rest = less
        rest = SAME_EVERYWHERE.sub(" ", rest.replace(TYPED, " "))
        if LETTERS.search(rest) and text.strip() not in ZONES:
            found.append(" ".join(text.split())[:160])
    return found


def walk(browser: Any) -> None:
    """The whole way of somebody who follows a programme, with a fault on each kind of form."""
    browser.get("/")
    browser.post("/", {"door": "none"})
    browser.post("/", {"door": "hurts"})
    browser.post("/who/", {"respondent": "self", "age": "x", "sex": "female", "side": "left"})
    browser.post("/who/", {"respondent": "self", "age": "35", "sex": "female", "side": "left"})
    browser.post("/words/", {"text": "y" * 60_000})
    browser.write(TYPED)
    browser.post(browser.path, {})
    browser.to_check()
    browser.to_result()
    browser.post("/programme/", {"days": "0"})
    browser.get("/programme/day/1/")
    browser.post("/programme/start/")
    for path in ("/today/", "/check-in/", "/today/morning/", "/seen/", "/check-in/sign/"):
        browser.get(path)
        browser.post(path, {"entry": "entry-of-the-walk"})
    browser.post("/people/you/", {"name": "", "mark": ""})


def every_address(browser: Any) -> None:
    """Each page that needs no more than its address."""
    from django.urls import URLPattern

    from kneewise.web.urls import urlpatterns

    flat: list[URLPattern] = []
    for one in urlpatterns:
        if isinstance(one, URLPattern):
            flat.append(one)
        elif not str(one.pattern):  # pages that a file of their own lists; not the APIs
            flat += one.url_patterns
    for one in flat:
        route = str(one.pattern)
        if "<" not in route and not route.startswith(NOT_FOR_PEOPLE) and "download" not in route:
            browser.get(f"/{route}")
    for measure in sorted(__import__("kneewise").default_engine().words.measures)[:4]:
        browser.get(f"/measure/{measure}/")


def rendered(folder: Path) -> None:
    """Write the pages and what is left over."""
    os.environ["KNEEWISE_DATA_FILE"] = str(folder / "private" / "kneewise.sqlite3")
    import kneewise
    from kneewise.knowledge.artefact import load_knowledge
    from kneewise.pathway import Engine
    from kneewise.web.server import prepare

    known = load_knowledge()
    told = {name: marked(words) for name, words in known.words.items()}
    cited = {
        name: dataclasses.replace(source, citation=marked(source.citation))
        for name, source in known.sources.items()
    }
    engine = Engine(dataclasses.replace(known, words=told, sources=cited))
    kneewise.default_engine = lambda: engine
    prepare(None)
    write_catalogue(folder / "locale")
    from django.test.utils import override_settings, setup_test_environment

    setup_test_environment()
    from tests.web.conftest import Browser

    with override_settings(LANGUAGE_CODE="en-xa", LOCALE_PATHS=[folder / "locale"]):
        from django.utils import translation

        translation.activate("en-xa")
        browsers = [Browser() for _ in range(3)]
        walk(browsers[0])
        every_address(browsers[0])
        every_address(browsers[1])
        browsers[2].begin(age="66", sex="male")
        browsers[2].write("My foot is suddenly cold and pale and my leg hurts badly since this morning.")
        browsers[2].get("/emergency/")
    pages = dict.fromkeys(page for browser in browsers for page in browser.pages)
    for number, page in enumerate(pages):
        (folder / f"{number:03}.html").write_text(page, encoding="utf-8")
    left = sorted({one for page in pages for one in left_over(page)})
    (folder / "left.json").write_text(json.dumps(left, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    rendered(Path(sys.argv[1]))
