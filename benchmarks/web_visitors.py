"""Visitors of `benchmarks.web`: what people send, one request at a time, read off the pages they were given.

A visitor is a generator: it gives an `Ask` and is sent the `Answer`. Redirects are asks of their own.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

WORDS = (
    "stiff behind the knees after sitting all day, no injury, no swelling",
    "pain behind my left knee since two weeks, worse when I squat",
    "the back of my thigh hurts since I sprinted on Sunday",
    "ache around the kneecap on stairs for three months",
    "a lump behind the knee, feels tight when I bend it",
    "",
)
MOST_PAGES = 30
NUMBERED = re.compile(r"/\d+/")
FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
RADIOS = re.compile(r'type="radio"[^>]*name="([^"]+)"')
UNSURE = re.compile(r'name="(unsure-[^"]+)"')
SESSION_DATA = re.compile(r'<script id="session-data" type="application/json">(.*?)</script>')


@dataclass(frozen=True)
class Ask:
    """One request: the kind of page under which it is counted, and what is sent."""

    path: str
    form: dict[str, Any] | None = None
    body: Any = None

    @property
    def kind(self) -> str:
        """The page without numbers, and whether something is sent to it."""
        told = "/static/" if self.path.startswith("/static/") else self.path
        return ("send " if self.form is not None or self.body is not None else "") + NUMBERED.sub("/…/", told)


@dataclass(frozen=True)
class Answer:
    """What came back; `path` is where the visitor is now."""

    path: str
    text: str


Visit = Generator[Ask, Answer, None]
Step = Generator[Ask, Answer, Answer]


@dataclass
class Visitor:
    """Somebody with cookies of their own."""

    visit: Visit
    cookies: dict[str, str] = field(default_factory=dict)
    ask: Ask | None = None


def _send(page: Answer, path: str, **form: Any) -> Step:
    token = FORM_TOKEN.search(page.text)
    return (yield Ask(path, {"csrfmiddlewaretoken": token.group(1) if token else ""} | form))


def _answers(page: Answer, dice: random.Random) -> dict[str, Any]:
    """The open page of questions, most of it answered with no."""
    form: dict[str, Any] = dict.fromkeys(UNSURE.findall(page.text), "1")
    for name in dict.fromkeys(RADIOS.findall(page.text)):
        form[name] = dice.choice(("absent", "absent", "absent", "unsure"))
    ticks = re.findall(r'name="tick" value="([^"]+)"', page.text)
    if 'name="none"' in page.text:
        if "unsure-" not in page.text and 'name="not_sure"' in page.text and ticks and dice.random() < 0.5:
            form["tick"] = [dice.choice(ticks)]
        else:
            form["none"] = "1"
    return form


def interview(dice: random.Random) -> Visit:
    """From the first page to the result and the programme, on to the first day."""
    page = yield Ask("/")
    for sheet in re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text):
        yield Ask(sheet)
    page = yield from _send(page, "/", door="hurts")
    who = {"respondent": "self", "age": str(dice.randint(18, 75)), "sex": dice.choice(("female", "male"))}
    page = yield from _send(page, "/who/", side=dice.choice(("left", "right")), **who)
    page = yield from _send(page, "/words/", text=dice.choice(WORDS))
    if page.path == "/understood/":
        ticked = re.findall(r'name="tick" value="([^"]+)"[^>]* checked', page.text)
        typed = dict(re.findall(r'name="(value-[^"]+)" value="([^"]*)"', page.text))
        page = yield from _send(page, "/understood/", tick=ticked, **typed)
    for _ in range(MOST_PAGES):
        if not page.path.startswith("/questions/"):
            break
        page = yield from _send(page, page.path, **_answers(page, dice))
    if page.path != "/check/":
        return
    page = yield from _send(page, "/check/")
    if page.path != "/result/":
        return
    page = yield Ask("/programme/")
    if 'action="/programme/start/"' not in page.text:
        return
    page = yield Ask("/programme/day/1/")
    yield from _send(
        page if FORM_TOKEN.search(page.text) else (yield Ask("/programme/")), "/programme/start/"
    )


def _new_entry(dice: random.Random) -> str:
    return "".join(dice.choices("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", k=16))


def _diary_form(page: Answer, pain: int) -> dict[str, Any]:
    """The open page's form of the diary: everything done, no danger sign."""
    found = page.text
    form: dict[str, Any] = {"entry": re.findall(r'name="entry" value="([^"]+?)"', found)[-1]}
    form |= dict.fromkeys(re.findall(r'<select id="(pain[a-z0-9_-]*)"', found), str(pain))
    form |= dict.fromkeys(re.findall(r'name="(answer-[a-z0-9_]+)"', found), "absent")
    form["on"] = re.findall(r'name="on" value="([^"]+)"', found)[-1]
    return form


def follower(dice: random.Random) -> Visit:
    """Somebody in the third week: today, the session and its entries, a check-in, how it goes."""
    while True:
        yield Ask("/today/")
        page = yield Ask("/today/session/")
        data = SESSION_DATA.search(page.text)
        state = json.loads((yield Ask("/today/session/state/")).text)
        if data:
            done = [
                {"exercise": one["id"], "done": True, "pain_during": 1, "sets": one["sets"]}
                for one in json.loads(data.group(1))["exercises"]
            ]
            entry = {"id": _new_entry(dice), "on": state["on"], "kind": "session", "items": done}
            yield Ask("/today/session/entries/", body={"course": state["course"], "entries": [entry]})
        page = yield Ask("/check-in/")
        if 'name="entry"' in page.text:
            yield from _send(page, "/check-in/", **_diary_form(page, dice.randint(1, 3)))
        yield Ask("/progress/")
        yield Ask(dice.choice(("/history/", "/measure/", "/today/", "/calendar/", "/your-data/")))
