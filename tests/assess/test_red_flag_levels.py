"""What a red flag does when it fires, held against a second entry: tests/cases/red_flag_levels.yaml.

For the people of tests/cases/red_flags the rule alone gives the level and the programme gate that stand there,
and "not sure" of a sign gives at most – and for somebody exactly – what stands there.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from kneewise.assess.triage import triage
from kneewise.knowledge.types import CARE_LEVELS, GATES, Knowledge
from tests.mutation.mutants import not_sure_level, read_levels, twins_of

LEVELS = read_levels()


def test_each_rule_has_its_second_entry(knowledge: Knowledge) -> None:
    assert set(LEVELS) == {rule.id for rule in knowledge.red_flags}


@pytest.mark.hazard("H12")
@pytest.mark.parametrize("rule", sorted(LEVELS))
def test_a_rule_gives_the_level_and_the_gate_of_its_second_entry(knowledge: Knowledge, rule: str) -> None:
    flag = next(flag for flag in knowledge.red_flags if flag.id == rule)
    alone, twins = replace(knowledge, red_flags=(flag,)), twins_of(rule, knowledge)

    fired = [triage(case.evidence, alone) for case in twins.told if case.holds]

    if twins.gives.care_level == "self_care":
        assert CARE_LEVELS[0] in {result.care_level for result in fired}
    else:
        assert {result.care_level for result in fired} == {twins.gives.care_level}
    assert min(GATES.index(result.programme) for result in fired) == GATES.index(twins.gives.programme)
    assert not_sure_level(twins.unsure, alone) == twins.gives.not_sure
