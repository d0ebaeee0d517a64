"""Ordinary people with an answered urgent screen are not sent to urgent care (tests/cases/harmless.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
import pytest

from kneewise.assess.triage import triage
from kneewise.evidence import Case, Evidence, Item, Person
from kneewise.knowledge.types import Knowledge, care_rank
from kneewise.rules import gather

CASES = Path(__file__).parents[1] / "cases" / "harmless.yaml"


class Someone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    age: float
    sex: Literal["female", "male"]


class Ordinary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    story: str
    person: Someone
    present: tuple[str, ...]
    absent: tuple[str, ...]
    measures: dict[str, float]
    at_most: Literal["routine", "within_days"]


PEOPLE = msgspec.yaml.decode(CASES.read_bytes(), type=tuple[Ordinary, ...])


def _implied(present: tuple[str, ...], knowledge: Knowledge) -> set[str]:
    """What follows from the answers: it was not answered "no"."""
    implied, new = set[str](), set(present)
    while new:
        implied |= new
        new = {other for finding in new for other in knowledge.findings[finding].implies} - implied
    return implied


def _answers(person: Ordinary, knowledge: Knowledge) -> Evidence:
    screen = next(page for page in knowledge.pages if page.screen)
    yes = _implied(person.present, knowledge)
    no = dict.fromkeys((*person.absent, *(finding for finding in screen.findings if finding not in yes)))
    items = [Item(finding, "present") for finding in person.present]
    items += [Item(finding, "absent") for finding in no]
    items += [Item(measure, "present", value) for measure, value in person.measures.items()]
    return gather(Case(person=Person(person.person.age, person.person.sex), items=tuple(items)), knowledge)


@pytest.mark.parametrize("person", [pytest.param(person, id=person.id) for person in PEOPLE])
def test_an_ordinary_complaint_is_not_sent_to_urgent_care(knowledge: Knowledge, person: Ordinary) -> None:
    assert {*person.present, *person.absent, *person.measures} <= set(knowledge.findings)
    assert not set(person.present) & set(person.absent)

    result = triage(_answers(person, knowledge), knowledge)

    fired = [f"{entry.rule.code} {entry.care_level} by {', '.join(entry.because)}" for entry in result.fired]
    assert care_rank(result.care_level) <= care_rank(person.at_most), f"sent up by {fired}"
    assert result.screen_complete, f"open: {[(entry.rule.code, entry.ask) for entry in result.undecided]}"


def test_there_are_25_stories_each_with_its_own_id() -> None:
    assert len({person.id for person in PEOPLE}) == len(PEOPLE) == 25
