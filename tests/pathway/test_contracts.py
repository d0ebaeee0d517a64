"""What the library gives is what its published schemas say."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

import kneewise
from kneewise.pathway import Engine
from kneewise.pathway.schemas import contract_schema
from tests.assess.test_ranking import random_evidence

STORIES = (
    "",
    "stiff behind the knees after sitting all day, no injury, no swelling",
    "I felt a pop at the back of my thigh sprinting yesterday, big bruise",
    "my calf is swollen and warm since a long flight, no injury",
    "back pain, numb between my legs and I can't pass urine",
)


@pytest.mark.parametrize("text", STORIES)
def test_assessments_and_programmes_keep_to_their_schemas(text: str) -> None:
    case: dict[str, Any] = {"text": text, "person": {"age": 40}}

    jsonschema.validate(case, contract_schema("case"))
    jsonschema.validate(kneewise.assess(case), contract_schema("assessment"))
    jsonschema.validate(kneewise.plan(case), contract_schema("programme"))


def test_a_case_with_an_unknown_key_breaks_its_schema() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"txt": "pain"}, contract_schema("case"))


def test_the_acceptance_story_of_a_rupture(engine: Engine) -> None:
    story = "I felt a pop at the back of my thigh sprinting yesterday, big bruise, can't bend my knee against resistance"

    result = engine.assess({"text": story, "person": {"age": 29}})

    assert result["causes"][0]["id"] in (
        "hamstring_rupture",
        "hamstring_strain_grade_2",
        "hamstring_strain_grade_1",
    )
    assert result["care_level"] in ("same_day", "emergency")
    assert "pop_at_injury" in {finding for flag in result["red_flags"] for finding in flag["because"]}


def test_the_acceptance_story_of_a_clot(engine: Engine) -> None:
    result = engine.assess({"text": STORIES[3], "person": {"age": 45}})

    assert result["care_level"] in ("same_day", "emergency")
    assert "deep_vein_thrombosis_screen" in [flag["id"] for flag in result["red_flags"]]


def test_the_acceptance_story_of_tight_hamstrings(engine: Engine) -> None:
    case: dict[str, Any] = {"text": STORIES[1], "person": {"age": 35}}

    open_screen = engine.assess(case)
    screen = next(page for page in engine.knowledge.pages if page.screen)
    none_of_these = [{"id": finding, "state": "absent"} for finding in screen.findings]
    answered = engine.assess({**case, "evidence": none_of_these})

    assert open_screen["care_level"] == "routine"
    assert not open_screen["screen_complete"]
    factors = {factor["id"]: factor["status"] for factor in open_screen["factors"]}
    assert factors["tight_hamstrings"] == "suspected"
    assert factors["prolonged_sitting"] == "reported"
    assert answered["screen_complete"]
    assert answered["care_level"] in ("self_care", "routine")


def test_random_people_are_assessed_within_the_contract(engine: Engine) -> None:
    schema = contract_schema("assessment")
    for seed in range(15):
        evidence = random_evidence(engine.knowledge, seed)
        items = [
            {"id": f, "state": k.state} | ({"value": k.value} if k.value is not None else {})
            for f, k in evidence.known.items()
            if not k.inferred and engine.knowledge.findings[f].kind != "derived"
        ]
        jsonschema.validate(engine.assess({"evidence": items}), schema)
