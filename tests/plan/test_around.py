"""Beside the exercises: nothing is called safe unless every sign against it is known to be absent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kneewise.evidence import Evidence
from kneewise.pathway import Engine
from kneewise.plan import Situation
from kneewise.plan.around import MEDICINES, medicine_questions, medicines, tried, worth_knowing
from kneewise.rules import findings_of
from tests.plan.test_swap import person


def answered(engine: Engine, situation: Situation, state: str, *, but: str = "") -> Situation:
    """The medicine questions answered all alike, one of them present."""
    rows = [
        {"id": finding, "state": "present" if finding == but else state}
        for finding in medicine_questions(situation, engine.knowledge)
    ]
    screen = [finding for page in engine.knowledge.pages if page.screen for finding in page.findings]
    rows += [{"id": finding, "state": "absent"} for finding in screen]
    rows += [{"id": "duration_days", "value": 40}, {"id": "pain_score_0_to_10", "value": 3}]
    case = {"person": {"age": 35, "sex": "female"}, "evidence": rows}
    evidence: Evidence = engine.look(engine.parse(case)).evidence
    return replace(situation, evidence=evidence)


def verdicts(engine: Engine, situation: Situation) -> dict[str, str]:
    return {one.treatment.id: one.verdict for one in medicines(situation, engine.knowledge)}


def test_before_its_questions_no_medicine_is_safe(engine: Engine) -> None:
    assert set(verdicts(engine, person(engine, "patellofemoral_pain")).values()) == {"ask"}


def test_with_every_question_answered_no_there_is_something_to_say(engine: Engine) -> None:
    situation = answered(engine, person(engine, "patellofemoral_pain"), "absent")
    assert set(verdicts(engine, situation).values()) == {"safe"}
    assert medicine_questions(situation, engine.knowledge) == ()


def test_not_sure_is_never_safe(engine: Engine) -> None:
    situation = answered(engine, person(engine, "patellofemoral_pain"), "unsure")
    assert "safe" not in verdicts(engine, situation).values()


@pytest.mark.parametrize(
    ("sign", "forbidden"),
    [
        ("asthma", {"anti_inflammatory_gel", "ibuprofen_and_naproxen"}),
        ("takes_other_nsaid", {"anti_inflammatory_gel", "ibuprofen_and_naproxen"}),
        ("liver_disease", {"anti_inflammatory_gel", "ibuprofen_and_naproxen", "paracetamol"}),
        ("takes_other_paracetamol_product", {"paracetamol"}),
    ],
)
def test_one_sign_forbids_just_what_it_should(engine: Engine, sign: str, forbidden: set[str]) -> None:
    situation = answered(engine, person(engine, "patellofemoral_pain"), "absent", but=sign)
    found = verdicts(engine, situation)
    assert {id_ for id_, verdict in found.items() if verdict == "never"} == forbidden


def test_advice_on_a_medicine_is_at_least_as_strict_as_its_treatment(engine: Engine) -> None:
    advice = {piece.id: piece for piece in engine.knowledge.advice}
    for advice_id, treatment_id in MEDICINES.items():
        strict, known = advice[advice_id].never_if, engine.knowledge.treatments[treatment_id].never_if
        assert strict is not None
        assert known is not None
        assert set(findings_of(known)) <= set(findings_of(strict))
    told = {piece.id for piece in engine.knowledge.advice if piece.kind == "medicine"}
    assert told == set(MEDICINES)


def test_a_treatment_that_must_not_be_used_for_the_cause_is_named_and_refused(engine: Engine) -> None:
    found = {
        one.treatment.id: one for one in tried(person(engine, "hamstring_strain_grade_1"), engine.knowledge)
    }
    assert found["corticosteroid_injection"].verdict == "never"
    assert found["corticosteroid_injection"].not_for


def test_nothing_is_called_safe_while_a_sign_against_it_is_open(engine: Engine) -> None:
    for cause in engine.knowledge.conditions:
        if engine.knowledge.conditions[cause].kind == "cause":
            for one in tried(person(engine, cause), engine.knowledge):
                assert one.verdict != "safe" or not (one.open or one.because or one.not_for)


def test_everybody_learns_of_good_pain_and_of_a_flare_up(engine: Engine) -> None:
    for cause in ("patellofemoral_pain", "sciatica", "knee_osteoarthritis", "hamstring_strain_grade_1"):
        topics = [topic.id for topic in worth_knowing(person(engine, cause), engine.knowledge)]
        assert topics[:2] == ["good_pain_and_bad_pain", "flare_up_plan"]
        assert "pregnancy_and_knee_pain" not in topics
