"""The same story told otherwise is the same story: stated bounds on level and first cause.

A *kind* is a way of telling: other words, another order, the other leg, somebody else telling it, with small
talk, with answers that concern no danger, badly typed. For each kind the test says what may change:

- never: a level below that of the story;
- order, side, small talk, harmless answers, capitals, quotes, lines: the level stays what it is;
- other words, another teller, misspellings, no full stops: at most one level higher;
- the first cause stays at least as often as `FIRST_CAUSE_STAYS` says (measured; it may only be raised), and is
  otherwise still in the list or pointed to by a red flag.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from kneewise.assess import ranking
from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import care_rank
from kneewise.pathway import Engine
from kneewise.pathway.engine import Turn

CASES = Path(__file__).parents[1] / "cases" / "metamorphic.yaml"
STORIES: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(CASES.read_text("utf-8"))["stories"]
IDS = [story["id"] for story in STORIES]
SEED = 20261121

SMALL_TALK = (
    "The weather has been awful here this week.",
    "I work in a bank and love my job.",
    "Thank you so much for reading this.",
    "Our old dog has a limp too.",
    "My neighbour had a heart attack last year.",
    "I have two children and a busy house.",
    "Sorry for the long message.",
    "My colleague had a swollen knee once.",
    "I live on the third floor of a house by the sea.",
    "My cat was ill on Sunday and had a fever.",
    "Is there anything good on television tonight?",
    "I am quite tall and have brown hair.",
)
# The level may rise by so many steps; it may never fall.
HIGHER_BY = {"paraphrase": 1, "proxy": 1, "typos": 1, "no_full_stops": 1}
# Shares measured on 2026-11-21, less a little (0.81, 0.98, 0.97, 0.94 and 0.99 where not 1).
FIRST_CAUSE_STAYS = {
    "paraphrase": 0.78,
    "proxy": 0.98,
    "order": 1.0,
    "side": 1.0,
    "small_talk": 0.96,
    "harmless_answers": 0.94,
    "capitals": 1.0,
    "small_letters": 1.0,
    "no_full_stops": 0.92,
    "no_apostrophes": 1.0,
    "lines": 1.0,
    "quotes": 1.0,
    "typos": 0.96,
}
# The first cause is otherwise still in the list; other words may rarely leave out what spoke for it.
STILL_NAMED = {"paraphrase": 0.98}
KINDS = tuple(FIRST_CAUSE_STAYS)


@dataclass(frozen=True)
class Told:
    """One telling: its text, whether somebody else tells it, and what was answered besides."""

    text: str
    by_another: bool = False
    side: str | None = None
    answers: tuple[tuple[str, str], ...] = field(default=())


@cache
def engine() -> Engine:
    return Engine(load_knowledge())


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def other_side(text: str) -> str:
    swapped = {"left": "right", "right": "left"}
    return re.sub(r"\b(left|right)\b", lambda found: swapped[found.group()], text)


def misspelt(text: str, dice: random.Random) -> str:
    """Two words of five letters or more with one slip each: swapped, dropped or doubled letters."""
    pieces = re.findall(r"\w+|\W+", text)
    long = [i for i, piece in enumerate(pieces) if piece.isalpha() and piece.islower() and len(piece) >= 5]
    for i in dice.sample(long, min(2, len(long))):
        word, at = pieces[i], dice.randrange(1, len(pieces[i]) - 1)
        pieces[i] = dice.choice(
            (
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
            )
        )
    return "".join(pieces)


def small_talk(text: str, dice: random.Random) -> str:
    parts = sentences(text)
    for extra in dice.sample(SMALL_TALK, 2):
        parts.insert(dice.randrange(len(parts) + 1), extra)
    return " ".join(parts)


def harmless_answers(story: dict[str, Any], dice: random.Random) -> tuple[tuple[str, str], ...]:
    """Some answers of "no" or "not sure" about what screens for nothing and was not told."""
    known = look(story, Told(story["text"])).evidence.known
    open_ = [
        finding.id
        for finding in engine().knowledge.findings.values()
        if not finding.screens
        and finding.who == "person"
        and finding.kind not in ("quantity", "derived")
        and finding.id not in known
    ]
    return tuple((finding, dice.choice(("absent", "unsure"))) for finding in dice.sample(open_, 6))


def tellings(story: dict[str, Any], kind: str) -> Iterator[Told]:
    """The story told otherwise, in one way."""
    text: str = story["text"]
    dice = random.Random(f"{SEED} {kind} {story['id']}")
    if kind == "paraphrase":
        yield from (Told(words) for words in story["paraphrases"])
    elif kind == "proxy":
        yield Told(story["proxy"], by_another=True)
    elif kind == "order":
        orders = list(itertools.permutations(sentences(text)))[1:]
        yield from (Told(" ".join(order)) for order in dice.sample(orders, min(3, len(orders))))
    elif kind == "side":
        yield Told(other_side(text))
        if re.search(r"\bleft\b|\bright\b", text):
            yield Told(other_side(text), side="left" if "right" in text else "right")
    elif kind == "small_talk":
        yield from (Told(small_talk(text, dice)) for _ in range(2))
    elif kind == "harmless_answers":
        yield from (Told(text, answers=harmless_answers(story, dice)) for _ in range(2))
    elif kind == "typos":
        yield from (Told(misspelt(text, dice)) for _ in range(2))
    else:
        yield Told(
            {
                "capitals": text.upper(),
                "small_letters": text.lower(),
                "no_full_stops": re.sub(r"[.,]", "", text.lower()),
                "no_apostrophes": text.replace("'", ""),
                "lines": text.replace(". ", "\n"),
                "quotes": f"“{text.replace(chr(39), '’')}”",
            }[kind]
        )


def look(story: dict[str, Any], told: Told) -> Turn:
    """One telling, looked at; who tells it for somebody says the age in words."""
    ready = engine()
    answers = list(told.answers)
    if story.get("screen") == "clear":
        answers += [(f, "absent") for page in ready.knowledge.pages if page.screen for f in page.findings]
    case: dict[str, Any] = {
        "text": told.text,
        "person": {} if told.by_another else story["person"],
        "evidence": [{"id": finding, "state": state} for finding, state in answers],
    }
    if told.by_another or story.get("carer_only"):
        case["respondent"] = "carer"
    if told.side:
        case["side"] = told.side
    return ready.look(ready.parse(case))


@cache
def base(story_id: str) -> Turn:
    story = STORIES[IDS.index(story_id)]
    return look(story, Told(story["text"]))


@cache
def turns(story_id: str, kind: str) -> list[tuple[Told, Turn]]:
    story = STORIES[IDS.index(story_id)]
    return [(told, look(story, told)) for told in tellings(story, kind)]


def named(turn: Turn) -> set[str]:
    """The causes in the list, and those a red flag points to."""
    return {cause.id for cause in ranking.rank(turn.posterior)} | {
        cause for flag in turn.triage.fired for cause in flag.rule.points_to
    }


def test_the_stories_are_many_and_of_every_level() -> None:
    levels = [story["level"] for story in STORIES]

    assert len(set(IDS)) == len(IDS) >= 40
    assert all(levels.count(level) >= 5 for level in set(levels))
    assert set(levels) == {"self_care", "routine", "within_days", "same_day", "emergency"}
    assert all(len(story["paraphrases"]) >= 2 for story in STORIES)


@pytest.mark.hazard("H12")
@pytest.mark.parametrize("story", STORIES, ids=IDS)
def test_a_story_has_its_level(story: dict[str, Any]) -> None:
    turn = base(story["id"])

    assert turn.triage.care_level == story["level"], [flag.rule.id for flag in turn.triage.fired]


@pytest.mark.hazard("H12", "H27")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("story", STORIES, ids=IDS)
def test_told_otherwise_the_level_is_the_same(story: dict[str, Any], kind: str) -> None:
    before = care_rank(base(story["id"]).triage.care_level)

    for told, turn in turns(story["id"], kind):
        change = care_rank(turn.triage.care_level) - before
        told_by_rules = {flag.rule.id: flag.because for flag in turn.triage.fired}
        assert 0 <= change <= HIGHER_BY.get(kind, 0), (told, told_by_rules)


@pytest.mark.parametrize("kind", KINDS)
def test_told_otherwise_the_first_cause_stays(kind: str) -> None:
    stays, lost = [], []
    for story_id in IDS:
        first = base(story_id).first_cause()
        for told, turn in turns(story_id, kind):
            stays.append(turn.first_cause() == first)
            if first not in named(turn):
                lost.append((story_id, first, told.text))

    assert sum(stays) / len(stays) >= FIRST_CAUSE_STAYS[kind], (sum(stays), len(stays))
    assert 1 - len(lost) / len(stays) >= STILL_NAMED.get(kind, 1.0), lost


@pytest.mark.parametrize("story", STORIES, ids=IDS)
def test_somebody_else_tells_of_the_same_person(story: dict[str, Any]) -> None:
    (_, turn), *_ = turns(story["id"], "proxy")

    assert turn.reading.respondent == "carer"
    assert turn.case.person.age == story["person"]["age"]
    assert story["person"].get("sex") in (turn.case.person.sex, None)


@pytest.mark.parametrize(
    "story", [s for s in STORIES if "left" in s["text"] or "right" in s["text"]], ids=lambda s: s["id"]
)
def test_the_other_leg_is_read_as_the_other_leg(story: dict[str, Any]) -> None:
    (_, turn), *_ = turns(story["id"], "side")

    assert {base(story["id"]).case.side, turn.case.side} == {"left", "right"}
