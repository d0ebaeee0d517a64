"""One page of check boxes decides every urgent rule that a plain question can decide.

"None of these" to the whole page, with age, duration and worst pain known, leaves nothing urgent open. For a
child the page of follow-up questions comes after it and completes the screen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from kneewise.assess.triage import Triage, triage
from kneewise.evidence import Case, Item, Person
from kneewise.knowledge.types import Knowledge, care_rank
from kneewise.pathway import Engine
from kneewise.rules import gather

Sex = Literal["female", "male"]

URGENT_PAGES = ("urgent_screen", "urgent_follow_up")


def _none_of_these(knowledge: Knowledge, age: float, sex: Sex, days: float, pain: float) -> Triage:
    screen = next(page for page in knowledge.pages if page.screen)
    items = [Item(finding, "absent") for finding in screen.findings]
    items += [Item("duration_days", "present", days), Item("pain_score_0_to_10", "present", pain)]
    return triage(gather(Case(person=Person(age, sex), items=tuple(items)), knowledge), knowledge)


def _open(result: Triage, knowledge: Knowledge) -> dict[str, list[str]]:
    """The urgent rules that a plain question could still decide, with those questions."""
    return {
        entry.rule.code: plain
        for entry in result.undecided
        if care_rank(entry.rule.care_level) >= care_rank("same_day") and entry.rule.universal
        if (plain := [finding for finding in entry.ask if knowledge.findings[finding].who == "person"])
    }


@pytest.mark.parametrize(("days", "pain"), [(2, 3), (2, 8), (10, 4), (200, 8)])
@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("age", [35, 70])
def test_none_of_these_leaves_no_urgent_rule_open(
    knowledge: Knowledge, age: float, sex: Sex, days: float, pain: float
) -> None:
    result = _none_of_these(knowledge, age, sex, days, pain)

    assert _open(result, knowledge) == {}
    assert result.screen_complete
    assert care_rank(result.care_level) < care_rank("same_day")


@pytest.mark.parametrize("sex", ["female", "male"])
def test_in_a_child_only_the_hip_is_left_to_ask(knowledge: Knowledge, sex: Sex) -> None:
    result = _none_of_these(knowledge, 10, sex, days=10, pain=4)

    assert set(_open(result, knowledge)) <= {"U16"}
    assert result.programme == "none"


@pytest.mark.hazard("H08")
@pytest.mark.parametrize(("days", "pain"), [(2, 3), (2, 8), (10, 4), (200, 8)])
@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("age", [2, 10, 15])
def test_a_child_answers_the_screen_and_the_follow_up_and_it_is_complete(
    engine: Engine, age: float, sex: Sex, days: float, pain: float
) -> None:
    measured = (Item("duration_days", "present", days), Item("pain_score_0_to_10", "present", pain))
    case = Case(person=Person(age, sex), items=measured)
    turn, asked = engine.look(case), tuple[str, ...]()
    while (question := engine.next_question(turn, asked)) is not None and question.why in URGENT_PAGES:
        case = replace(case, items=(*case.items, *(Item(f, "absent") for f in question.findings)))
        turn, asked = engine.look(case), (*asked, question.page)

    assert asked[:1] == ("urgent_screen",)
    assert set(asked[1:]) == {"urgent_follow_up"}
    assert _open(turn.triage, engine.knowledge) == {}
    assert turn.triage.screen_complete
    assert care_rank(turn.triage.care_level) < care_rank("same_day")
    assert turn.triage.programme == "none"
