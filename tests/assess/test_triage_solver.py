"""The formulas of triage, held to triage on random evidence."""

from __future__ import annotations

import random

import pytest

from kneewise.assess.triage import triage
from kneewise.assess.triage_solver import Verdict, verdict
from kneewise.knowledge.types import CARE_LEVELS, GATES, Knowledge
from kneewise.rules import gather, solver
from kneewise.rules.gather_solver import Telling, anybody, gathered, possible
from kneewise.rules.solver import Question
from tests.rules.test_solver import fixed_values, random_case, telling_of


@pytest.fixture(scope="module")
def everybody(knowledge: Knowledge) -> tuple[Telling, Verdict, Question]:
    telling = anybody(knowledge)
    return (
        telling,
        verdict(gathered(telling, knowledge), knowledge),
        Question(*possible(telling, knowledge)),
    )


@pytest.mark.parametrize("seed", range(60))
def test_the_formulas_give_one_person_what_triage_gives(
    knowledge: Knowledge, everybody: tuple[Telling, Verdict, Question], seed: int
) -> None:
    telling, formulas, question = everybody
    case = random_case(knowledge, random.Random(1000 + seed))
    one = telling_of(case, knowledge)
    fixed = fixed_values(case, telling)
    for id_, told in one.findings.items():
        for part in ("present", "absent", "unsure", "text"):
            fixed.append(
                solver.differ(getattr(telling.findings[id_], part), not getattr(told, part))
                if not isinstance(getattr(telling.findings[id_], part), bool)
                else True
            )
    for free, value in (
        (telling.age_given, one.age_given),
        (telling.female, one.female),
        (telling.male, one.male),
    ):
        fixed.append(free if value else solver.no(free))

    someone = question.somebody(*fixed)
    assert someone is not None, "the formulas hold this case for impossible"

    result = triage(gather(case, knowledge), knowledge)
    assert [level for level in CARE_LEVELS if someone.holds(formulas.level[level])] == [result.care_level]
    assert [gate for gate in GATES if someone.holds(formulas.gate[gate])] == [result.programme]
    assert someone.holds(formulas.screen_complete) == result.screen_complete
    raising = {entry.rule.id for entry in result.fired if entry.rule.care_level != "self_care"}
    fires = {id_ for id_, one in formulas.rules.items() if someone.holds(one.fires)}
    assert {id_ for id_ in fires if formulas.rules[id_].rule.care_level != "self_care"} == raising
    by_unsure = {id_ for id_, one in formulas.rules.items() if someone.holds(one.by_unsure)}
    assert by_unsure == {entry.rule.id for entry in result.fired if entry.by_unsure}
