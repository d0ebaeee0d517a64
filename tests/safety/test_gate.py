"""The programme gate, and that no programme holds what this person must not do."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kneewise.assess import ranking
from kneewise.evidence import BadCase
from kneewise.knowledge.load import CONTENT
from kneewise.pathway import Engine
from kneewise.pathway.plan import plan as write_plan
from kneewise.plan import Preferences
from tests.safety.drawn_cases import (
    Json,
    cases,
    few,
    look,
    modest,
    preferences,
    programme,
    rank,
    screened_cases,
)

SOON = rank("within_days")
HEEDED = 0.08  # a named cause this likely must not be made worse


@pytest.mark.hazard("H10", "H12", "H44")
@given(case=st.one_of(cases(), screened_cases()), wanted=preferences())
@modest
def test_a_shut_gate_means_no_exercises_and_says_what_to_do_meanwhile(
    engine: Engine, case: Json, wanted: Json
) -> None:
    gate = look(engine, case).triage.programme
    plan = programme(engine, case, wanted)

    if gate == "none":
        assert plan.chosen == ()
        assert plan.locked_by
        assert plan.advice or plan.come_back
    else:
        assert bool(plan.chosen) == (plan.locked_by is None)


@pytest.mark.hazard("H07", "H10", "H12", "H44")
@given(case=st.one_of(cases(), screened_cases()))
@few
def test_the_programme_as_it_is_given_out_keeps_the_gate(engine: Engine, case: Json) -> None:
    gate = engine.assess(case)["programme"]
    plan = write_plan(look(engine, case), Preferences(), engine)

    assert plan["week"] == [] or gate != "none"
    assert (plan["locked_by"] is None) == bool(plan["week"])
    assert plan["advice"] or plan["come_back"]


@pytest.mark.hazard("H10", "H12")
@given(case=st.one_of(cases(), screened_cases()))
@modest
def test_no_exercises_from_within_days_up_unless_the_rule_allows_them(engine: Engine, case: Json) -> None:
    triage = look(engine, case).triage
    if rank(triage.care_level) < SOON or triage.programme == "none":
        return

    highest = [e for e in triage.fired if rank(e.care_level) >= SOON]
    assert all(e.rule.programme != "none" for e in highest)


@pytest.mark.hazard("H08")
@given(case=st.one_of(cases(), screened_cases()), age=st.integers(0, 15))
@modest
def test_no_exercises_under_16(engine: Engine, case: Json, age: int) -> None:
    rest = [item for item in case["evidence"] if item["id"] != "age_years"]
    child = {"person": {"age": age}, "evidence": rest}

    assert look(engine, child).triage.programme == "none"
    assert programme(engine, child).chosen == ()


@pytest.mark.hazard("H12")
@given(case=cases())
@modest
def test_no_exercises_while_the_urgent_screen_is_incomplete(engine: Engine, case: Json) -> None:
    triage = look(engine, case).triage

    assert triage.screen_complete or triage.programme == "none"


# --- an independent reading of the content files: no type, fold or closure of the program ----------


@cache
def _exercise_files() -> dict[str, Any]:
    yaml = YAML(typ="safe", pure=True)
    rows = (yaml.load(file.read_text("utf-8")) for file in sorted(Path(CONTENT).glob("exercises/*.yaml")))
    return {row["id"]: row for row in rows}


@cache
def _held_against() -> dict[str, list[Any]]:
    """Each exercise with its own contraindications and those of the file that many share."""
    yaml = YAML(typ="safe", pure=True)
    held = {id_: list(row.get("contraindications", [])) for id_, row in _exercise_files().items()}
    shared = yaml.load((Path(CONTENT) / "contraindications.yaml").read_text("utf-8"))
    groups = {**shared["groups"], "all": list(held)}
    for entry in shared["entries"]:
        meant = {one for word in entry["on"] for one in groups.get(word, [word])}
        for exercise in meant - set(entry.get("spare", [])):
            held[exercise].append(entry)
    return held


@cache
def _phases() -> dict[tuple[str, str], int]:
    yaml = YAML(typ="safe", pure=True)
    rows = [yaml.load(file.read_text("utf-8")) for file in sorted(Path(CONTENT).glob("protocols/*.yaml"))]
    return {(row["id"], p["id"]): n for row in rows for n, p in enumerate(row["phases"], start=1)}


@cache
def _protocol_causes() -> dict[str, list[str]]:
    yaml = YAML(typ="safe", pure=True)
    rows = [yaml.load(file.read_text("utf-8")) for file in sorted(Path(CONTENT).glob("protocols/*.yaml"))]
    return {row["id"]: row.get("causes", []) for row in rows}


def _holds(node: Any, said: set[str], values: dict[str, float]) -> bool:
    """Whether an expression of the content holds, "not sure" taken as yes."""
    if isinstance(node, str):
        return node in said
    if "measure" in node:
        value = values.get(node["measure"])
        return value is not None and any(
            (key == "at_least" and value >= node[key])
            or (key == "over" and value > node[key])
            or (key == "at_most" and value <= node[key])
            or (key == "under" and value < node[key])
            for key in node
            if key != "measure"
        )
    if "of" in node:
        return sum(_holds(part, said, values) for part in node["of"]) >= node["at_least"]
    key = "all" if "all" in node else "any"
    return (all if key == "all" else any)(_holds(part, said, values) for part in node[key])


@pytest.mark.hazard("H26", "H10", "H38")
@given(case=screened_cases(), wanted=preferences())
@modest
def test_no_programme_holds_an_exercise_that_is_contraindicated(
    engine: Engine, case: Json, wanted: Json
) -> None:
    plan = programme(engine, case, wanted)
    turn = look(engine, case)
    causes = {c.id for c in ranking.rank(turn.posterior) if c.probability >= HEEDED}
    factors = {found.factor.id for found in turn.factors}
    sure = {i["id"] for i in case["evidence"] if i.get("state") == "present"}
    sure |= {f"{case['person']['sex']}_sex"}
    said = sure | {i["id"] for i in case["evidence"] if i.get("state") == "unsure"}
    values = {i["id"]: i["value"] for i in case["evidence"] if "value" in i}
    phase_of = {protocol: _phases()[protocol, phase] for protocol, phase in plan.protocols}
    earliest = min(phase_of.values(), default=1)
    reached = {
        cause: min(n for p, n in phase_of.items() if cause in _protocol_causes()[p])
        for p in phase_of
        for cause in _protocol_causes()[p]
    }

    for chosen in plan.chosen:
        for entry in _held_against()[chosen.exercise.id]:
            counted = said if entry.get("if_unsure", "counts") == "counts" else sure
            if (
                causes & set(entry.get("causes", []))
                or factors & set(entry.get("factors", []))
                or (entry.get("when") is not None and _holds(entry["when"], counted, values))
            ):
                assert entry["action"] != "never", (chosen.exercise.id, entry)
                if entry["action"] == "not_before_phase":
                    concerned = causes & set(entry.get("causes", []))
                    # A cause whose own protocol is not in use is at its first phase.
                    came = min((reached.get(cause, 1) for cause in concerned), default=earliest)
                    if entry["phase"] == "last":
                        assert all(
                            strand.last
                            for strand in plan.strands
                            if not concerned or concerned & set(strand.protocol.causes)
                        ), (chosen.exercise.id, entry)
                        continue
                    assert came >= entry["phase"], (chosen.exercise.id, entry)


@pytest.mark.hazard("H10")
@given(case=screened_cases(), wanted=preferences())
@modest
def test_the_week_keeps_to_what_the_person_has_time_for_and_the_content_allows(
    engine: Engine, case: Json, wanted: Json
) -> None:
    plan = programme(engine, case, wanted)

    assert len(plan.chosen) <= 6
    assert not {chosen.exercise.id for chosen in plan.chosen} & set(wanted["banned"])
    for chosen in plan.chosen:
        data, days = chosen.exercise, chosen.days
        assert list(days) == sorted(set(days))
        assert 1 <= len(days) <= max(chosen.prescription.times_per_week)
        if data.load_class >= 3 or data.type == "eccentric":
            assert len(days) <= 3
            assert all(later - earlier >= 2 for earlier, later in pairwise(days))
            assert len(days) == 1 or days[0] + 7 - days[-1] >= 2  # next week's first day too


@pytest.mark.hazard("H10")
@given(case=screened_cases())
@modest
def test_relative_rest_gives_only_gentle_exercises(engine: Engine, case: Json) -> None:
    if look(engine, case).triage.programme == "relative_rest":
        assert all(chosen.exercise.load_class <= 2 for chosen in programme(engine, case).chosen)


@pytest.mark.hazard("H16")
@given(case=screened_cases(), side=st.sampled_from(["left", "right"]))
@few
def test_a_one_leg_exercise_names_the_side_that_hurts(engine: Engine, case: Json, side: str) -> None:
    for day in write_plan(look(engine, {**case, "side": side}), Preferences(), engine)["week"]:
        for item in day["items"]:
            one_leg = engine.knowledge.exercises[item["exercise"]].one_leg
            assert item["side"] == (side if one_leg else "both")


@pytest.mark.hazard("H16")
def test_a_side_that_does_not_exist_is_refused(engine: Engine) -> None:
    with pytest.raises(BadCase, match="side"):
        engine.assess({"side": "port"})


@pytest.mark.hazard("H11", "H39")
@given(case=st.one_of(cases(), screened_cases()))
@modest
def test_advice_some_must_not_follow_is_shown_only_when_all_its_exclusions_were_denied(
    engine: Engine, case: Json
) -> None:
    turn = look(engine, case)

    for piece in programme(engine, case).advice:
        if piece.never_if is not None:
            assert _cannot_hold(piece.never_if, turn), piece.id


def _cannot_hold(expression: Any, turn: Any) -> bool:
    """Even if everything that is not known were so, the exclusion would not hold."""
    if expression.op == "present":
        return bool(turn.evidence.state(expression.finding) == "absent")
    if expression.op == "measure":
        value = turn.evidence.value(expression.finding)
        number = expression.number
        compare = {
            "at_least": lambda: value >= number,
            "at_most": lambda: value <= number,
            "over": lambda: value > number,
            "under": lambda: value < number,
        }
        return value is not None and not compare[expression.comparison]()
    could = sum(not _cannot_hold(part, turn) for part in expression.parts)
    needed = {"all": len(expression.parts), "any": 1, "at_least": expression.k}[expression.op]
    return bool(could < needed)


@pytest.mark.hazard("H11", "H39")
def test_information_about_medicines_always_has_exclusions(engine: Engine) -> None:
    medicines = [piece for piece in engine.knowledge.advice if piece.kind == "medicine"]

    assert all(piece.never_if is not None for piece in medicines)
