"""Broken on purpose: what the proofs find, the engine confirms."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kneewise.cli.main import main
from kneewise.knowledge.types import CARE_LEVELS, GATES, Expression, Knowledge, RedFlag
from kneewise.pathway import prove
from kneewise.pathway.engine import Engine
from kneewise.pathway.prove import Ground, Outcome

CHILD_AND_OLD = Expression(
    "all",
    parts=(
        Expression("measure", finding="age_years", comparison="under", number=16),
        Expression("measure", finding="age_years", comparison="at_least", number=80),
    ),
)


FEW = ("pulmonary_embolism", "child", "danger_sign_not_explained", "mild_and_improving")


def few_rules(
    knowledge: Knowledge, id_: str = "", change: Callable[[RedFlag], RedFlag] = lambda flag: flag
) -> Knowledge:
    """Four of the rules, one of them changed: all that a seeded fault needs, and quick to prove."""
    flags = (flag for flag in knowledge.red_flags if flag.id in FEW)
    return replace(knowledge, red_flags=tuple(change(flag) if flag.id == id_ else flag for flag in flags))


def assessed(case: dict[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    return Engine(knowledge).assess(json.loads(json.dumps(case)))  # type: ignore[return-value]


@pytest.fixture(scope="module")
def ground(knowledge: Knowledge) -> Ground:
    return Ground(knowledge)


@pytest.mark.parametrize(
    "proof",
    [
        pytest.param(prove.prove_gate_holds, marks=pytest.mark.hazard("H12")),
        pytest.param(prove.prove_no_programme_for_a_child_or_an_open_screen, marks=pytest.mark.hazard("H12")),
        pytest.param(prove.prove_self_care_only_when_clear, marks=pytest.mark.hazard("H12")),
    ],
)
def test_the_quick_proofs_hold_of_all_rules(ground: Ground, proof: Callable[[Ground], Outcome]) -> None:
    """`make check` runs all of them."""
    assert not proof(ground).breaches


def test_a_rule_that_nobody_can_reach_is_named(knowledge: Knowledge) -> None:
    broken = few_rules(knowledge, "child", lambda flag: replace(flag, when=CHILD_AND_OLD))

    (breach,) = prove.prove_reachable(Ground(broken)).breaches

    assert "M15 child" in breach.what


def test_a_rule_that_always_comes_with_a_higher_one_is_named_with_a_case_for_both(
    knowledge: Knowledge,
) -> None:
    embolism = next(flag for flag in knowledge.red_flags if flag.id == "pulmonary_embolism")
    twin = replace(embolism, id="shadow", code="S99", care_level="same_day", decided="No reason.")
    broken = replace(knowledge, red_flags=(*few_rules(knowledge).red_flags, twin))

    breaches = prove.prove_none_swallowed(Ground(broken)).breaches

    (breach,) = breaches
    assert "S99 shadow always comes with E01 pulmonary_embolism" in breach.what
    (case,) = breach.cases
    assert {"shadow", "pulmonary_embolism"} <= {f["id"] for f in assessed(case, broken)["red_flags"]}


def test_to_say_why_a_rule_stands_beside_a_higher_one_is_enough(knowledge: Knowledge) -> None:
    embolism = next(flag for flag in knowledge.red_flags if flag.id == "pulmonary_embolism")
    twin = replace(
        embolism, id="shadow", code="S99", care_level="same_day", decided="Points elsewhere than E01."
    )
    outcome = prove.prove_none_swallowed(
        Ground(replace(knowledge, red_flags=(*few_rules(knowledge).red_flags, twin)))
    )

    assert not outcome.breaches
    assert any(left.startswith("S99 shadow") for left in outcome.left_out)


@pytest.mark.hazard("H12")
def test_a_rule_whose_gate_is_removed_is_shown_by_the_smallest_case(knowledge: Knowledge) -> None:
    broken = few_rules(knowledge, "pulmonary_embolism", lambda flag: replace(flag, programme="allowed"))

    breaches = prove.prove_gate_holds(Ground(broken)).breaches

    (breach,) = breaches
    assert breach.confirmed
    (case,) = breach.cases
    seen = assessed(case, broken)
    assert CARE_LEVELS.index(seen["care_level"]) >= CARE_LEVELS.index("within_days")
    assert GATES.index(seen["programme"]) < GATES.index("none")


@pytest.mark.hazard("H36")
def test_what_a_rule_says_of_not_sure_happens_to_somebody(ground: Ground) -> None:
    assert not prove.prove_not_sure_acts(ground).breaches


@pytest.mark.hazard("H36")
def test_a_no_that_is_a_sign_of_danger_is_found_as_a_hole_for_not_sure(knowledge: Knowledge) -> None:
    """`dark_urine` absent brings a danger: then "not sure" ends below "no"."""
    findings = dict(knowledge.findings)
    findings["calf_tenderness"] = replace(findings["calf_tenderness"], opposite="dark_urine")
    broken = replace(few_rules(knowledge), findings=findings)

    breaches = prove.prove_unsure_never_below_absent(Ground(broken)).breaches

    breach = breaches[0]
    assert breach.confirmed
    before, after = (assessed(case, broken)["care_level"] for case in breach.cases)
    assert CARE_LEVELS.index(after) < CARE_LEVELS.index(before)


def test_formulas_that_fall_short_of_the_engine_are_a_broken_property(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kneewise.rules.gather_solver.PASSES", 1)

    assert prove.prove_formulas_whole(Ground(knowledge)).breaches


def test_the_command_prints_what_it_covered_and_writes_counter_examples(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = few_rules(knowledge, "pulmonary_embolism", lambda flag: replace(flag, programme="allowed"))
    monkeypatch.setattr("kneewise.knowledge.artefact.load_knowledge", lambda: broken)

    ran = CliRunner().invoke(main, ["knowledge", "prove", "gate_holds", "--json", "-o", str(tmp_path)])

    (row,) = json.loads(ran.stdout)
    assert ran.exit_code == 1
    assert not row["passed"]
    file = Path(row["breaches"][0]["case_file"])
    assert json.loads(file.read_text(encoding="utf-8"))["evidence"]


def test_a_property_that_does_not_exist_is_wrong_input() -> None:
    ran = CliRunner().invoke(main, ["knowledge", "prove", "everything"])

    assert ran.exit_code == 2
    assert "The properties are formulas_whole" in ran.stderr


def test_without_the_solver_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in ("kneewise.pathway.prove", "kneewise.rules.solver"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "z3", None)

    ran = CliRunner().invoke(main, ["knowledge", "prove"])

    assert ran.exit_code == 2
    assert "z3-solver" in ran.stderr
