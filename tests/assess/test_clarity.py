"""When no cause stands out, the result says so, why, and what would tell."""

from __future__ import annotations

import pytest

from kneewise.assess.clarity import LIKELY
from kneewise.pathway import Engine
from tests.safety.drawn_cases import Json

CLEAR: Json = {
    "text": "sprinting for the ball I felt a sudden sharp pull at the back of my thigh and had to stop",
    "person": {"age": 24, "sex": "male"},
    "evidence": [
        {"id": id_, "state": "present"}
        for id_ in ("posterior_thigh_pain", "sudden_onset", "onset_during_sprint", "any_injury_at_onset")
    ],
}


def test_hardly_anything_told_is_called_so(engine: Engine) -> None:
    told = engine.assess({"text": "my knee hurts"})["not_clear"]

    assert told is not None
    assert told["why"] == "little_told"
    assert told["would_tell"]


def test_one_cause_that_stands_out_is_not_called_unclear(engine: Engine) -> None:
    case = CLEAR | {"evidence": [e for e in CLEAR["evidence"] if e["id"] in engine.knowledge.findings]}
    assessment = engine.assess(case)

    assert assessment["causes"][0]["id"].startswith("hamstring_strain")
    assert assessment["not_clear"] is None or assessment["causes"][0]["probability"] < LIKELY


@pytest.mark.parametrize(
    "text",
    [
        "aches behind my knee, worse on walking, stiff in the morning",
        "aches behind my knee, worse on walking",
    ],
)
def test_what_would_tell_is_open_and_can_be_found_out(text: str, engine: Engine) -> None:
    turn = engine.look(engine.parse({"text": text, "person": {"age": 45}}))
    told = engine.write(turn)["not_clear"]

    assert told is not None
    for entry in told["would_tell"]:
        assert not turn.evidence.answered(entry["finding"])
        assert entry["who"] in ("person", "home_test", "clinician")
