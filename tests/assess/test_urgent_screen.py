"""One page of check boxes decides every urgent rule that a plain question can decide.

"None of these" to the whole page, with age, duration and worst pain known, leaves nothing urgent open.
"""

from __future__ import annotations

from typing import Literal

import pytest

from kneewise.assess.triage import Triage, triage
from kneewise.evidence import Case, Item, Person
from kneewise.knowledge.types import Knowledge, care_rank
from kneewise.rules import gather

Sex = Literal["female", "male"]

CHILD = pytest.mark.xfail(
    reason="U16 asks a child about a limp, pain at the hip or groin, and weight; none stands on the screen"
)


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


@pytest.mark.parametrize(("days", "pain"), [(2, 3), (10, 4), (200, 8)])
@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("age", [35, 70, pytest.param(10, marks=CHILD)])
def test_none_of_these_leaves_no_urgent_rule_open(
    knowledge: Knowledge, age: float, sex: Sex, days: float, pain: float
) -> None:
    result = _none_of_these(knowledge, age, sex, days, pain)

    assert _open(result, knowledge) == {}
    assert result.screen_complete
    assert care_rank(result.care_level) < care_rank("same_day")


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("age", [35, 70])
def test_new_and_severe_pain_leaves_one_question(knowledge: Knowledge, age: float, sex: Sex) -> None:
    result = _none_of_these(knowledge, age, sex, days=2, pain=8)

    assert _open(result, knowledge) == {"U08": ["pain_not_eased_by_simple_pain_relief"]}
    assert not result.screen_complete


@pytest.mark.parametrize("sex", ["female", "male"])
def test_in_a_child_only_the_hip_is_left_to_ask(knowledge: Knowledge, sex: Sex) -> None:
    result = _none_of_these(knowledge, 10, sex, days=10, pain=4)

    assert set(_open(result, knowledge)) <= {"U16"}
    assert result.programme == "none"
