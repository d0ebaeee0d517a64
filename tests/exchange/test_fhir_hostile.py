"""What somebody hostile could send: refused by name, or survived, within bounds of time and memory."""

from __future__ import annotations

import contextlib
import json
import time
import tracemalloc
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kneewise.exchange.fhir import bounds
from kneewise.exchange.fhir.bundle import make_bundle
from kneewise.exchange.fhir.not_taken import MOST_LISTED
from kneewise.exchange.fhir.reading import read_bundle
from kneewise.exchange.fhir.refused import Refused
from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Knowledge
from kneewise.pathway import Engine
from tests.exchange.r4_rules import broken
from tests.exchange.test_fhir_import import ON, bundle, finding, pain
from tests.hostile_texts import CHARACTERS, CODE, SCRIPTS

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe", "structure"),
        (b"", "structure"),
        (b"{", "structure"),
        (b"[" * 100_000, "too-costly"),
        (b'{"a":' * 500 + b"1" + b"}" * 500, "too-costly"),
        (b'{"resourceType": "Bundle", "resourceType": "Patient"}', "structure"),
        (b'{"x": NaN}', "value"),
        (b'{"x": -Infinity}', "value"),
        (b'{"x": 1e999}', "value"),
        (b'{"x": ' + b"9" * 10_000 + b"}", "value"),
        (b" " * (bounds.MAX_BYTES + 1), "too-long"),
    ],
)
def test_broken_json_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        bounds.parse(data)
    assert refused.value.code == code
    assert refused.value.what
    assert refused.value.mend


def test_an_object_of_a_hundred_thousand_keys_takes_no_time() -> None:
    started = time.process_time()
    keys = ",".join(f'"k{i}": 1' for i in range(100_000))
    bounds.parse(f"{{{keys}}}".encode())
    with pytest.raises(Refused, match="twice"):
        bounds.parse(f'{{{keys}, "k9": 1}}'.encode())
    assert time.process_time() - started < 5


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, {"resourceType": 5}, {"resourceType": "Bundle"},
                                   {"resourceType": "Bundle", "type": ["collection"]},
                                   {"resourceType": "Bundle", "type": "collection", "entry": {}}])  # fmt: skip
def test_what_is_no_bundle_is_refused(knowledge: Knowledge, value: Any) -> None:
    with pytest.raises(Refused):
        read_bundle(value, knowledge, ON)


def test_a_hundred_thousand_entries_are_refused_and_the_most_that_are_read_are_read_in_time(
    knowledge: Knowledge,
) -> None:
    many = bundle(*[{"resourceType": "Basic"}] * 100_000)
    with pytest.raises(Refused) as too_many:
        read_bundle(many, knowledge, ON)
    assert too_many.value.code == "too-costly"

    tracemalloc.start()
    started = time.process_time()
    got = read_bundle(bundle(*[{**pain(), "code": {"text": "x" * 500}}] * bounds.MAX_ENTRIES), knowledge, ON)
    assert time.process_time() - started < 10
    assert tracemalloc.get_traced_memory()[1] < 60 * 2**20
    tracemalloc.stop()
    assert len(got.not_taken) == MOST_LISTED
    assert got.more == bounds.MAX_ENTRIES - MOST_LISTED


def test_references_in_a_circle_are_not_followed(knowledge: Knowledge) -> None:
    round_about = {
        "hasMember": [{"reference": "Observation/a"}],
        "derivedFrom": [{"reference": "Observation/a"}],
    }
    got = read_bundle(bundle({**finding("knee_locking"), "id": "a", **round_about}), knowledge, ON)
    assert [one["id"] for one in got.case["evidence"]] == ["knee_locking"]


def test_a_value_that_holds_itself_is_refused(knowledge: Knowledge) -> None:
    own: Json = {"resourceType": "Patient"}
    own["contained"] = [own]
    with pytest.raises(Refused, match="nested too deep"):
        read_bundle(own, knowledge, ON)


@pytest.mark.parametrize("text", [*CHARACTERS, *CODE, *SCRIPTS])
def test_hostile_words_go_there_and_back_as_plain_text(engine: Engine, text: str) -> None:
    country = text[:60]
    case = {"on": ON.isoformat(), "text": text[:2000], "person": {"country": country}}
    made = make_bundle(case, engine, kind="document", key=text[:50])
    assert broken(made) == []
    assert made["entry"][0]["resource"]["resourceType"] == "Composition"
    assert json.dumps(made, allow_nan=False)
    read_bundle(json.loads(json.dumps(made)), engine.knowledge, ON)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["coding", "system", "code", "text", "reference", "value", "start", "end", "extension", "url"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
FIELDS = ["status", "code", "subject", "effectiveDateTime", "effectivePeriod", "valueQuantity", "valueBoolean", "bodySite", "method",
          "dataAbsentReason", "extension", "verificationStatus", "clinicalStatus", "medicationCodeableConcept", "medicationReference",
          "birthDate", "gender", "address", "recordedDate", "id"]  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(
    kind=st.sampled_from(["Observation", "Condition", "MedicationStatement", "Patient", "Medication"]),
    wrong=st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=4),
)
def test_wrong_types_anywhere_are_refused_or_listed_and_never_crash(kind: str, wrong: Json) -> None:
    knowledge = load_knowledge()
    whole = {
        **pain(),
        "valueBoolean": True,
        "medicationCodeableConcept": {"coding": []},
        "resourceType": kind,
        **wrong,
    }
    with contextlib.suppress(Refused):
        got = read_bundle(bundle(whole), knowledge, date(2026, 11, 21))
        json.dumps(got.as_data(), allow_nan=False)
