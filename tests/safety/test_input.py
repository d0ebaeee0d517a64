"""What comes in from elsewhere: refused with a reason, or read in the one right way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given

from kneewise.assess.triage import askable
from kneewise.evidence import BadCase
from kneewise.knowledge.artefact import KnowledgeMissing, load_knowledge
from kneewise.pathway import Engine
from kneewise.plan import parse_preferences
from tests.safety.drawn_cases import Json, cases, knowledge, look, modest


@pytest.mark.hazard("H40")
@pytest.mark.parametrize(
    ("case", "where"),
    [
        ({"colour": "red"}, "colour"),
        ({"person": {"agee": 40}}, "person/agee"),
        ({"person": {"age": 400}}, "person/age"),
        ({"evidence": [{"id": "no_such_finding", "state": "present"}]}, "evidence/0/id"),
        ({"evidence": [{"id": "fever_or_shivering", "state": "maybe"}]}, "evidence/0/state"),
        ({"evidence": [{"id": "fever_or_shivering", "state": "present", "colour": 1}]}, "evidence/0/colour"),
        ({"evidence": [{"id": "fever_or_shivering", "state": "present", "value": 39}]}, "evidence/0/value"),
        ({"evidence": [{"id": "temperature_c", "value": 390}]}, "evidence/0/value"),
        ({"evidence": [{"id": "temperature_c", "value": float("nan")}]}, "evidence/0/value"),
        ({"text": "x" * 2_000_000}, "text"),
        ({"on": "yesterday"}, "on"),
    ],
)
def test_wrong_input_is_refused_with_its_place_and_how_to_mend_it(
    engine: Engine, case: Json, where: str
) -> None:
    with pytest.raises(BadCase) as refused:
        engine.assess(case)

    assert refused.value.where == where
    assert refused.value.what
    assert refused.value.mend


@pytest.mark.hazard("H40")
def test_an_unknown_preference_is_refused(engine: Engine) -> None:
    with pytest.raises(BadCase, match="minuets"):
        parse_preferences({"minuets": 20}, engine.knowledge)


@pytest.mark.hazard("H17", "H37")
@pytest.mark.parametrize(
    ("item", "days"),
    [
        ({"id": "duration_days", "value": 20}, 20),
        ({"id": "duration_days", "value": 3, "unit": "weeks"}, 21),
        ({"id": "duration_days", "value": 48, "unit": "h"}, 2),
        ({"id": "duration_under_1_week", "value": 3}, 3),
        ({"id": "duration_over_6_weeks", "value": 8}, 56),
        ({"id": "duration_under_1_year", "value": 10}, 304),
    ],
)
def test_a_duration_is_the_same_whatever_its_old_name(engine: Engine, item: Json, days: float) -> None:
    assert look(engine, {"evidence": [item]}).evidence.value("duration_days") == pytest.approx(days)


@pytest.mark.hazard("H17")
@pytest.mark.parametrize(("value", "unit"), [(38.5, "Cel"), (101.3, "[degF]"), (101.3, "F")])
def test_a_temperature_means_fever_in_either_unit(engine: Engine, value: float, unit: str) -> None:
    evidence = look(engine, {"evidence": [{"id": "temperature_c", "value": value, "unit": unit}]}).evidence

    assert evidence.value("temperature_c") == pytest.approx(38.5)
    assert evidence.state("temperature_38_c_or_more") == "present"


@pytest.mark.hazard("H17")
def test_a_unit_that_does_not_fit_is_refused(engine: Engine) -> None:
    with pytest.raises(BadCase, match="unit"):
        engine.assess({"evidence": [{"id": "temperature_c", "value": 38, "unit": "kg"}]})


@pytest.mark.hazard("H17", "H37")
def test_every_old_name_leads_to_a_finding_of_today(engine: Engine) -> None:
    for alias in knowledge().aliases.values():
        assert alias.finding in knowledge().findings
        assert alias.factor > 0


@pytest.mark.hazard("H37")
@pytest.mark.parametrize(
    ("item", "days"),
    [
        ({"id": "duration_over_6_weeks", "value": 8, "unit": "weeks"}, 56),
        ({"id": "duration_over_6_weeks", "value": 56, "unit": "d"}, 56),
        ({"id": "duration_under_1_year", "value": 10, "unit": "months"}, 304),
    ],
)
def test_an_old_name_with_a_unit_beside_it_is_converted_once(engine: Engine, item: Json, days: float) -> None:
    assert look(engine, {"evidence": [item]}).evidence.value("duration_days") == pytest.approx(days)


@pytest.mark.hazard("H30", "H40")
def test_knowledge_that_is_missing_or_broken_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text('{"version": 1}', encoding="utf-8")

    for file in (tmp_path / "missing.json", tmp_path / "broken.json"):
        with pytest.raises(KnowledgeMissing, match="make knowledge"):
            load_knowledge(file)


@pytest.mark.hazard("H08")
def test_an_unknown_age_decides_no_rule_about_children(engine: Engine) -> None:
    limp = {"evidence": [{"id": "limping", "state": "present"}]}

    unknown = look(engine, limp).triage
    child = look(engine, {**limp, "person": {"age": 12}}).triage

    about_children = {e.rule.id for e in child.fired} - {e.rule.id for e in unknown.fired}
    assert about_children
    assert about_children <= {e.rule.id for e in unknown.undecided}
    assert not unknown.screen_complete


# --- home tests --------------------------------------------------------------------------------


@pytest.mark.hazard("H34")
@pytest.mark.parametrize(("days", "pain"), [(1, 2), (20, 8), (0, 10)])
def test_home_tests_that_load_the_leg_wait_for_time_and_moderate_pain(
    engine: Engine, days: float, pain: float
) -> None:
    early = [{"id": "duration_days", "value": days}, {"id": "pain_score_0_to_10", "value": pain}]
    evidence = look(engine, {"evidence": early, "person": {"age": 30}}).evidence
    loading = ("squat", "hop", "step_down", "bridge", "heel_raise_reps", "chair_stand")

    for finding in engine.knowledge.findings.values():
        if finding.who == "home_test" and any(word in finding.id for word in loading):
            assert not askable(finding, evidence), finding.id


@pytest.mark.hazard("H34")
@given(case=cases())
@modest
def test_no_home_test_is_asked_in_an_emergency(engine: Engine, case: Json) -> None:
    turn = look(engine, case)
    question = engine.next_question(turn)

    if turn.triage.care_level == "emergency" and question is not None:
        assert all(engine.knowledge.findings[f].who == "person" for f in question.findings)


# --- parts of others -----------------------------------------------------------------------------


@pytest.mark.hazard("H43")
@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_carry_a_hash_for_every_part_and_no_address(lock: str) -> None:
    text = (Path(__file__).parents[2] / lock).read_text(encoding="utf-8")
    parts = re.split(r"\n(?=[A-Za-z0-9])", "\n" + text)[1:]

    assert parts
    assert all("--hash=sha256:" in part for part in parts)
    assert "://" not in text
