"""Each fault in a rule is noticed by a twin, or the solver shows that it changes nothing for anybody.

The twins are asked about every mutant of every rule. The proofs for those that no twin notices are run by
`python docs/proofs.py`, which writes docs/reference/rule-mutations.md; here that page is read for them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kneewise.knowledge.types import Expression, Knowledge
from kneewise.rules import Truth, evaluate
from tests.mutation.mutants import mutants_of, read_levels, twins_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rule-mutations.md"


@pytest.fixture(scope="module")
def excused() -> set[str]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return {line.removeprefix("- ").split(" – ")[0] for line in lines if line.startswith("- ")}


@pytest.mark.hazard("H12")
@pytest.mark.parametrize("rule", sorted(read_levels()))
def test_each_fault_in_a_rule_is_noticed_or_changes_nothing(
    knowledge: Knowledge, excused: set[str], rule: str
) -> None:
    flag = next(flag for flag in knowledge.red_flags if flag.id == rule)
    twins = twins_of(rule, knowledge)

    assert all((evaluate(flag.when, case.evidence).truth is Truth.HOLDS) == case.holds for case in twins.told)
    missed = [mutant for mutant in mutants_of(flag) if not twins.notice(mutant, knowledge)]
    bare = [m.fault for m in missed if f"{m.rule.code}: {m.fault}" not in excused]
    assert not bare, "add a twin that comes out otherwise, or run `python docs/proofs.py` for a proof"


def test_every_place_of_a_rule_is_broken(knowledge: Knowledge) -> None:
    leaf = Expression("present", finding="calf_swelling")
    measure = Expression("measure", finding="duration_days", comparison="at_most", number=14)
    flag = next(flag for flag in knowledge.red_flags if flag.id == "pulmonary_embolism")
    flag = replace(flag, when=Expression("all", parts=(leaf, measure)))

    assert {mutant.fault for mutant in mutants_of(flag)} == {
        "calf_swelling never counts",
        "calf_swelling dropped",
        "duration_days at_most 14 never counts",
        "duration_days at_most 14 dropped",
        "duration_days at_most 14 becomes 13",
        "duration_days at_most 14 becomes 15",
        "duration_days at_most 14 becomes under",
        "all of 2 (calf_swelling, duration_days at_most 14) becomes any",
        "emergency becomes same_day",
        "none becomes relative_rest",
        "if not sure same_day becomes within_days",
        "if not sure same_day becomes emergency",
        "if not sure same_day becomes nothing",
    }
