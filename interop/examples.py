"""Writes one of every resource that kneewise produces to interop/out/, for the foreign validators."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.simulated_courses import FIRST, live
from tests.exchange.adaptive_client import AdaptiveClient

import kneewise
from kneewise.exchange.fhir import terminology as t
from kneewise.exchange.fhir.bundle import make_bundle
from kneewise.exchange.fhir.capability import assess_operation, capability_statement
from kneewise.exchange.fhir.next_question import next_question
from kneewise.exchange.fhir.operation_outcome import issues_of, operation_outcome
from kneewise.exchange.fhir.questionnaire import adaptive_questionnaire, full_questionnaire
from kneewise.exchange.fhir.questionnaire_response import questionnaire_response, read_response
from kneewise.exchange.fhir.refused import Refused
from kneewise.pathway import Engine

OUT = Path(__file__).parent / "out"
DAY = "2026-11-20"
CASE: dict[str, Any] = {
    "id": "example",
    "on": DAY,
    "person": {"age": 34, "sex": "female", "country": "Österreich"},
    "side": "left",
    "text": "stiff <b>behind</b> the knee & sore",
    "evidence": [
        {"id": "duration_days", "value": 40},
        {"id": "pain_score_0_to_10", "state": "unsure"},
        {"id": "posterior_knee_pain", "state": "present", "side": "left", "on": DAY},
        {"id": "unable_to_walk_4_steps", "state": "absent"},
        {"id": "absent_foot_pulse", "state": "unsure", "from": "measured"},
        {"id": "straight_leg_raise_angle_degrees", "value": 61.5, "on": "2026-11-01", "from": "measured"},
        {
            "id": "straight_leg_raise_angle_degrees",
            "value": 70,
            "on": DAY,
            "from": "measured",
            "method": "phone",
        },
        {"id": "lachman_test_positive", "state": "absent", "from": "examined"},
    ],
}


def refused(engine: Engine) -> dict[str, Any]:
    """An OperationOutcome with a path."""
    wrong = {"linkId": "temperature_c", "answer": [{"valueQuantity": {"value": 380, "code": "Cel"}}]}
    try:
        read_response(
            {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [wrong]},
            engine.knowledge,
        )
    except Refused as bad:
        return operation_outcome(*issues_of(bad))
    raise AssertionError("a temperature of 380 °C was taken")


def interview(engine: Engine, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All responses of one adaptive interview."""
    client = AdaptiveClient(lambda sent: next_question(sent, engine, DAY), answers, ("No", "Yes"))
    client.run(adaptive_questionnaire(engine.knowledge, engine.words))
    return client.calls


def examples() -> dict[str, Any]:
    """Everything that is produced, by name."""
    engine = kneewise.default_engine()
    knowledge, words = engine.knowledge, engine.words
    case = engine.parse(CASE)
    course = live(3, engine, days=24)
    made = {
        "capability": capability_statement(knowledge, words),
        "operation": assess_operation(knowledge, words),
        "questionnaire-full": full_questionnaire(knowledge, words),
        "questionnaire-adaptive": adaptive_questionnaire(knowledge, words),
        "response-full": questionnaire_response(case, knowledge, words),
        "outcome": refused(engine),
        "bundle-assessed": make_bundle(CASE, engine, assessment=engine.assess(CASE)),
    }
    for kind in ("collection", "transaction", "document"):
        made[f"record-{kind}"] = make_bundle(
            course.programme["origin"]["case"],
            engine,
            assessment=engine.assess(course.programme["origin"]["case"]),
            programme=course.programme,
            diary=course.diary,
            kind=kind,  # type: ignore[arg-type]
            on=FIRST.isoformat(),
        )
    calm = {"respondent": "self", "age_years": 34, "duration_days": 20}
    urgent = {**calm, "bladder_bowel_or_saddle_change": "present", "saddle_numbness": "present"}
    for name, answers in (("calm", calm), ("urgent", urgent)):
        for n, one in enumerate(interview(engine, answers), start=1):
            made[f"interview-{name}-{n:02}"] = one
    response = made["response-full"]
    made["parameters"] = next_question(
        {
            "resourceType": "Parameters",
            "parameter": [{"name": "in", "resource": {**response, "questionnaire": t.ADAPTIVE}}],
        },
        engine,
        DAY,
    )
    return made


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    for old in OUT.glob("*.json"):
        old.unlink()
    for name, resource in examples().items():
        text = json.dumps(resource, ensure_ascii=False, allow_nan=False)
        (OUT / f"{name}.json").write_text(text, encoding="utf-8")
