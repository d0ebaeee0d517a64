"""What-if: danger shows, nothing is ever made less urgent, and the case stays as it was."""

from __future__ import annotations

from typing import Any

import pytest

import kneewise
from kneewise.evidence import BadCase
from kneewise.knowledge.types import care_rank
from kneewise.pathway.what_if import supposable, what_if, what_if_of_case

STIFF: dict[str, Any] = {
    "person": {"age": 35, "sex": "female"},
    "side": "left",
    "text": "Stiff behind my left knee for 3 weeks after sitting all day.",
}
CLOT: dict[str, Any] = {
    "person": {"age": 45, "sex": "male"},
    "text": "My left calf is swollen and warm since a long flight.",
}


@pytest.mark.hazard("H12")
def test_a_danger_sign_shows_how_much_sooner_to_be_seen() -> None:
    found = what_if_of_case(STIFF, "new_breathlessness_or_chest_pain", kneewise.default_engine())
    assert found["then"]["care_level"] == "emergency"
    assert found["more_urgent"]
    assert set(found["then"]["red_flags"]) > set(found["now"]["red_flags"])


@pytest.mark.hazard("H12")
@pytest.mark.parametrize("case", [STIFF, CLOT], ids=["stiff", "clot"])
def test_no_what_if_is_ever_less_urgent(case: dict[str, Any]) -> None:
    engine = kneewise.default_engine()
    turn = engine.look(engine.parse(case))
    known = [f for f, k in turn.evidence.known.items() if k.state == "present" and not k.inferred]
    tried = [(f, "present") for f in supposable(turn, engine)[::4]]
    tried += [(f, "absent") for f in known if engine.knowledge.findings[f].kind == "yes_no"]
    assert len(tried) > 30
    for finding, state in tried:
        found = what_if(turn, finding, engine, state)
        assert care_rank(found["then"]["care_level"]) >= care_rank(turn.triage.care_level), finding
        assert found["now"]["care_level"] == turn.triage.care_level


def test_a_tell_tale_sign_puts_another_cause_first() -> None:
    engine = kneewise.default_engine()
    change = next(c for c in engine.assess(STIFF)["would_change"] if c.get("first_cause"))
    found = what_if_of_case(STIFF, change["finding"], engine, change["state"])
    assert found["other_first_cause"]
    assert found["then"]["causes"][0]["id"] == change["first_cause"]


@pytest.mark.parametrize(
    ("finding", "state", "where"),
    [
        ("no_such_sign", "present", "finding"),
        (None, "present", "finding"),
        (["x"], "present", "finding"),
        ("calf_pain", "unsure", "state"),
        ("calf_pain", 7, "state"),
        ("duration_days", "present", "finding"),
        ("duration_days", "absent", "finding"),
        ("posterior_knee_pain", "present", "finding"),
    ],
)
def test_what_cannot_be_supposed_is_refused_kindly(finding: Any, state: Any, where: str) -> None:
    with pytest.raises(BadCase) as refused:
        what_if_of_case(STIFF, finding, kneewise.default_engine(), state)
    assert refused.value.where == where
    assert refused.value.mend


def test_only_signs_that_a_person_can_tell_and_that_concern_them_are_offered() -> None:
    engine = kneewise.default_engine()
    man = engine.look(engine.parse(CLOT))
    offered = supposable(man, engine)
    assert "pregnant_or_6_weeks_postpartum" not in offered
    assert all(engine.knowledge.findings[f].who == "person" for f in offered)
    assert not any(man.evidence.state(f) == "present" for f in offered)
