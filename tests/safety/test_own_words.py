"""Free text may add a danger, and never take one away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kneewise.knowledge.types import care_rank
from kneewise.pathway import Engine
from tests.safety.drawn_cases import Json, cases, look, modest, rank, yes_no_findings

URGENT = rank("same_day")


def _with(case: Json, *items: Json) -> Json:
    return {**case, "evidence": [*case["evidence"], *items]}


def _urgent_open(turn: object) -> set[str]:
    triage = turn.triage  # type: ignore[attr-defined]
    return {e.rule.id for e in triage.undecided if care_rank(e.rule.care_level) >= URGENT}


@pytest.mark.hazard("H27", "H29")
@given(case=cases(), data=st.data())
@modest
def test_a_denial_in_free_text_never_closes_an_urgent_rule(
    engine: Engine, case: Json, data: st.DataObject
) -> None:
    before = look(engine, case)
    sign = data.draw(st.sampled_from([f.id for f in yes_no_findings() if f.id not in before.evidence.known]))

    after = look(engine, _with(case, {"id": sign, "state": "absent", "from": "text"}))

    assert max(care_rank(after.triage.care_level), 1) >= care_rank(before.triage.care_level)
    assert _urgent_open(before) <= _urgent_open(after) | {e.rule.id for e in after.triage.fired}
    assert before.triage.screen_complete or not after.triage.screen_complete


@pytest.mark.hazard("H29")
@given(case=cases())
@modest
def test_a_sign_told_in_free_text_counts_as_much_as_one_that_was_asked(engine: Engine, case: Json) -> None:
    # Without own denials: those may take back what a written sign implies.
    asked = [item for item in case["evidence"] if item.get("state") != "absent"]
    written = [{**item, "from": "text"} if item.get("state") == "present" else item for item in asked]

    by_text = look(engine, {**case, "evidence": written}).triage

    assert by_text.care_level == look(engine, {**case, "evidence": asked}).triage.care_level


@pytest.mark.hazard("H29")
def test_every_sign_of_danger_in_own_words_is_asked_about_first(engine: Engine) -> None:
    for finding in yes_no_findings():
        if finding.screens == "danger" and finding.who == "person":
            case = {"evidence": [{"id": finding.id, "state": "present", "from": "text"}]}
            question = engine.next_question(look(engine, case))

            assert question is not None, finding.id
            assert question.why == "said_danger", finding.id
            assert finding.id in question.findings, finding.id


@pytest.mark.hazard("H27")
def test_only_the_persons_own_answer_takes_back_a_sign_from_their_text(engine: Engine) -> None:
    text = {"id": "fever_or_shivering", "state": "present", "from": "text"}
    case = {"evidence": [text]}

    assert look(engine, case).evidence.state("fever_or_shivering") == "present"
    denied = look(engine, _with(case, {"id": "fever_or_shivering", "state": "absent"}))
    assert denied.evidence.state("fever_or_shivering") == "absent"


@pytest.mark.hazard("H27", "H36")
@given(case=cases())
@modest
def test_not_sure_does_not_take_back_a_sign_told_in_own_words(engine: Engine, case: Json) -> None:
    signs = [item["id"] for item in case["evidence"] if item.get("state") == "present"]
    written = {
        **case,
        "evidence": [
            {**item, "from": "text"} if item.get("state") == "present" else item for item in case["evidence"]
        ],
    }

    later = _with(written, *({"id": sign, "state": "unsure"} for sign in signs))

    before, after = look(engine, written).triage, look(engine, later).triage
    assert care_rank(after.care_level) >= care_rank(before.care_level)


@pytest.mark.hazard("H27")
@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("no swelling of my calf", "calf_swelling"),
        ("I have no fever", "fever_or_shivering"),
        ("no chest pain and I am not breathless", "new_breathlessness_or_chest_pain"),
    ],
)
def test_a_plain_denial_is_not_read_as_the_sign(engine: Engine, text: str, sign: str) -> None:
    turn = look(engine, {"text": text})

    assert turn.evidence.told(sign) != "present"
    assert turn.evidence.state(sign) == "not_asked"


@pytest.mark.hazard("H29")
@pytest.mark.parametrize(
    "text",
    ["", "it hurts", "je ne sais pas", "🦵" * 50, "no fever no swelling no injury nothing else", "a" * 5000],
)
def test_own_words_alone_never_complete_the_screen_or_open_a_programme(engine: Engine, text: str) -> None:
    assessment = engine.assess({"text": text, "person": {"age": 40, "sex": "male"}})

    assert not assessment["screen_complete"]
    assert assessment["care_level"] != "self_care"
    assert assessment["programme"] == "none"


@pytest.mark.hazard("H29")
def test_what_was_understood_is_shown_back_with_the_words_that_matched(engine: Engine) -> None:
    text = "Sudden pop at the back of my thigh while sprinting, no numbness."

    for understood in engine.assess({"text": text})["understood"]:
        assert understood["words"] in text
