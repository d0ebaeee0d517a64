"""Any text at all is answered, or refused with what, where and how to mend it; nothing faults."""

from __future__ import annotations

import json

import jsonschema
import pytest

from kneewise.evidence import BadCase
from kneewise.pathway import Engine
from kneewise.pathway.schemas import contract_schema
from tests.hostile_texts import big_texts, texts

TEXTS = texts()
LEVELS = ("routine", "within_days", "same_day", "emergency")


def _refusal(text: str, engine: Engine) -> BadCase | None:
    """None where the text was answered well, else the refusal; anything else raised is a fault."""
    try:
        turn = engine.look(engine.parse({"text": text}))
    except BadCase as refused:
        return refused
    # Own words alone never end the urgent screen, and with it never reach self-care or a programme.
    assert turn.triage.care_level in LEVELS
    assert not turn.triage.screen_complete
    assert turn.triage.programme == "none"
    assert all(mention.words == text[mention.start : mention.end] for mention in turn.reading.mentions)
    return None


@pytest.mark.hazard("H27")
@pytest.mark.parametrize("part", range(10))
def test_a_thousand_hostile_texts_get_an_answer_or_a_clear_refusal(part: int, engine: Engine) -> None:
    """Each is read, weighed and given its level; every twenty-fifth is also written out in full."""
    some = TEXTS[part::10]

    refusals = [refusal for text in some if (refusal := _refusal(text, engine)) is not None]

    assert len(some) >= 100
    assert len(refusals) <= 10
    assert all(
        (refusal.where, bool(refusal.what), bool(refusal.mend)) == ("text", True, True)
        for refusal in refusals
    )


def test_hostile_texts_are_written_out_in_full(engine: Engine) -> None:
    contract = jsonschema.Draft202012Validator(contract_schema("assessment"))
    for text in TEXTS[::25]:
        result = engine.assess({"text": text})
        contract.validate(result)
        assert all(0 < cause["probability"] < 1 for cause in result["causes"])
        assert all(entry["words"] in text for entry in result["understood"])
        json.dumps(result, allow_nan=False)


@pytest.mark.parametrize("text", big_texts(), ids=lambda text: repr(text[:8]))
def test_a_hundred_kilobytes_get_an_answer_or_a_clear_refusal(text: str, engine: Engine) -> None:
    assert len(text) == 100_000
    assert _refusal(text, engine) is None
