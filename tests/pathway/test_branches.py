"""The interview's branches are data: every question can be reached, and every path comes to an end."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import pytest

from kneewise.evidence import Case, Evidence, Item, Known, Person
from kneewise.knowledge.types import Expression, Finding
from kneewise.pathway import Engine
from kneewise.pathway.interview import MOST_TURNS
from kneewise.rules import Truth, evaluate, findings_of


def answer(finding: Finding, dice: random.Random) -> Item:
    if finding.kind == "quantity":
        if dice.random() < 0.3:
            return Item(finding.id, "unsure")
        return Item(finding.id, "present", round(dice.uniform(finding.minimum, finding.maximum), 1))
    # Few signs are present in anybody; a path of nothing but yes would end at once, as an emergency.
    return Item(finding.id, dice.choices(["present", "absent", "unsure"], [12, 75, 13])[0])  # type: ignore[arg-type]


def walk(engine: Engine, seed: int) -> tuple[list[str], bool]:
    """The findings asked of one random person, and whether the interview ended by itself."""
    dice = random.Random(seed)
    person = Person(age=dice.choice([None, *range(6, 90, 6)]), sex=dice.choice([None, "female", "male"]))  # type: ignore[arg-type]
    case, pages, asked = Case(person=person), [], []
    turn = engine.look(case)
    while len(pages) < MOST_TURNS:
        question = engine.next_question(turn, tuple(pages))
        if question is None:
            return asked, True
        assert question.findings, f"the page {question.page} asks nothing"
        pages.append(question.page)
        asked.extend(question.findings)
        told = [answer(engine.knowledge.findings[f], dice) for f in question.findings]
        case = replace(case, items=(*case.items, *told))
        turn = engine.look(case)
    return asked, False


@pytest.mark.parametrize("seed", range(60))
def test_every_path_ends_and_nothing_is_asked_without_end(seed: int, engine: Engine) -> None:
    asked, ended = walk(engine, seed)

    assert ended
    # "Not sure" may be asked once more in a closer look; nothing comes a third time.
    assert all(asked.count(finding) <= 2 for finding in set(asked))


def can_hold(condition: Expression | None, engine: Engine) -> bool:
    """Whether somebody fulfils it: everything it speaks of is so, each quantity at some point of its range."""
    if condition is None:
        return True
    findings = [engine.knowledge.findings[f] for f in findings_of(condition)]
    choices = [
        (f.minimum, (f.minimum + f.maximum) / 2, f.maximum) if f.kind == "quantity" else (None,)
        for f in findings
    ]
    people = (
        {f.id: Known("present", value=value) for f, value in zip(findings, values, strict=True)}
        for values in product(*choices)
    )
    return any(evaluate(condition, Evidence(told)).truth is Truth.HOLDS for told in people)


def test_every_question_for_the_person_can_be_reached(engine: Engine) -> None:
    """Its page opens for somebody, and it can concern them."""
    unreachable = [
        (page.id, finding)
        for page in engine.knowledge.pages
        for finding in page.findings
        if not can_hold(page.only_after, engine)
        or not can_hold(engine.knowledge.findings[finding].only_after, engine)
    ]

    assert unreachable == []
