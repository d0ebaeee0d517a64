"""A person's record as FHIR: valid by somebody else's model, true to R4's rules, and the same every time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from kneewise.evidence import BadCase, parse_case
from kneewise.exchange.fhir.bundle import BundleKind, make_bundle, to_bytes
from kneewise.exchange.fhir.reading import read_bundle
from kneewise.knowledge.types import Knowledge
from kneewise.pathway import Engine
from kneewise.pathway.plan import plan
from kneewise.pathway.review import review_programme
from kneewise.plan import parse_preferences
from kneewise.rules import gather
from tests.exchange.conftest import followed
from tests.exchange.r4_rules import broken
from tests.plan.people import crowd

Json = dict[str, Any]
ON = "2026-11-21"
CASE: Json = {
    "id": "somebody",
    "on": ON,
    "person": {"age": 34, "sex": "female", "pregnant": False, "country": "United Kingdom"},
    "respondent": "carer",
    "side": "left",
    "text": "stiff <b>behind</b> the knee & calf \u202egnihton",
    "evidence": [
        {"id": "pain_score_0_to_10", "value": 4},
        {"id": "knee_locking", "state": "unsure"},
        {"id": "pop_or_snap", "state": "absent"},
        {"id": "posterior_thigh_pain", "state": "present", "side": "left"},
        {"id": "active_knee_extension_deficit_degrees", "value": 22.5, "side": "left", "from": "measured", "method": "phone_same_helper", "on": "2026-11-20"},
        {"id": "lachman_test_positive", "state": "absent", "side": "left", "from": "examined"},
        {"id": "temperature_c", "value": 36.9, "from": "measured"},
        {"id": "worse_on_sitting", "state": "absent", "from": "text"},
    ],
}  # fmt: skip


def of_kind(bundle: Json, kind: str) -> list[Json]:
    return [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]


def observed(bundle: Json, finding: str) -> Json:
    (found,) = (one for one in of_kind(bundle, "Observation") if one["code"]["coding"][0]["code"] == finding)
    return found


@lru_cache(maxsize=1)
def a_course() -> tuple[Json, list[Json], Json]:
    """A programme with its diary, and the review of its last day."""
    stored, on = followed(3)
    import kneewise

    programme, diary = stored["programme"], stored["diary"]
    made = review_programme(programme, diary, on.isoformat(), kneewise.default_engine())
    return dict(programme), list(diary), dict(made)


@pytest.fixture(scope="module")
def whole(engine: Engine) -> Json:
    """The example case as a document, assessed."""
    return make_bundle(CASE, engine, assessment=engine.assess(CASE), kind="document")


# --- what becomes what ---------------------------------------------------------------------------


def test_present_absent_unsure_and_not_asked_stay_four_things(whole: Json) -> None:
    assert observed(whole, "posterior_thigh_pain")["valueBoolean"] is True
    assert observed(whole, "pop_or_snap")["valueBoolean"] is False
    unsure = observed(whole, "knee_locking")
    assert unsure["dataAbsentReason"]["coding"][0]["code"] == "asked-unknown"
    assert not [key for key in unsure if key.startswith("value")]
    told = {one["code"]["coding"][0]["code"] for one in of_kind(whole, "Observation")}
    assert told == {item["id"] for item in CASE["evidence"]} | {
        "own_words",
        "age_years",
        "pregnant_or_6_weeks_postpartum",
    }


def test_pain_and_angles_have_code_unit_side_method_device_and_day(whole: Json) -> None:
    pain = observed(whole, "pain_score_0_to_10")
    assert {"system": "http://loinc.org", "code": "72514-3"}.items() <= pain["code"]["coding"][1].items()
    assert pain["valueQuantity"] == {
        "value": 4.0,
        "unit": "{score}",
        "system": "http://unitsofmeasure.org",
        "code": "{score}",
    }
    assert pain["effectiveDateTime"] == ON

    angle = observed(whole, "active_knee_extension_deficit_degrees")
    assert (angle["valueQuantity"]["value"], angle["valueQuantity"]["code"]) == (22.5, "deg")
    assert angle["bodySite"]["coding"][0]["code"] == "72696002"
    assert angle["bodySite"]["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == "7771000"
    assert angle["method"]["text"] == "Phone on the shin, always the same helper"
    assert angle["effectiveDateTime"] == "2026-11-20"
    devices = {
        one["fullUrl"]: one["resource"]
        for one in whole["entry"]
        if one["resource"]["resourceType"] == "Device"
    }
    assert "phone" in devices[angle["device"]["reference"]]["type"]["text"].lower()


def test_nothing_about_the_person_is_made_up(whole: Json) -> None:
    (patient,) = of_kind(whole, "Patient")
    assert "birthDate" not in patient
    assert patient["gender"] == "female"
    (name,) = patient["name"]
    assert name == {
        "extension": [
            {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
        ]
    }
    assert pain_performer(whole) == {"type": "RelatedPerson", "display": "A carer of the person"}


def pain_performer(bundle: Json) -> Json:
    return dict(observed(bundle, "pain_score_0_to_10")["performer"][0])


def test_causes_are_percentages_with_range_reasons_and_what_they_rest_on(engine: Engine, whole: Json) -> None:
    assessment = engine.assess(CASE)
    (risk,) = of_kind(whole, "RiskAssessment")
    named = [one["outcome"]["coding"][0]["code"] for one in risk["prediction"]]
    assert named == [*(cause["id"] for cause in assessment["causes"]), "something_else"]
    first, cause = risk["prediction"][0], assessment["causes"][0]
    assert first["probabilityDecimal"] == pytest.approx(100 * cause["probability"])
    (between,) = (one["valueRange"] for one in first["extension"] if one["url"].endswith("probability-range"))
    assert between["low"]["value"] == pytest.approx(100 * cause["low"])
    assert between["low"]["code"] == "%"
    assert cause["for"]
    assert all(one["reference"] in {e["fullUrl"] for e in whole["entry"]} for one in risk["basis"])
    assert not of_kind(whole, "Condition")  # a guess is never a diagnosis


@pytest.mark.hazard("H27")
def test_a_sign_that_is_absent_is_told_as_absent(engine: Engine) -> None:
    case = {
        "id": "a", "on": ON, "text": "my calf is swollen and sore behind the left knee since a long flight, no injury",
        "evidence": [{"id": "history_of_venous_thromboembolism", "state": "unsure"}],
    }  # fmt: skip
    assessment = engine.assess(case)
    known = engine.look(engine.parse(case)).evidence
    bundle = make_bundle(case, engine, assessment=assessment, kind="document")

    (risk,) = of_kind(bundle, "RiskAssessment")
    reasons = " ".join(one.get("rationale", "") for one in risk["prediction"])
    told = {one["finding"] for cause in assessment["causes"] for one in (*cause["for"], *cause["against"])}
    absent = [id_ for id_ in told if known.told(id_) == "absent"]
    assert "any_injury_at_onset" in absent
    for id_ in absent:
        assert engine.words.findings[id_].without in reasons
    assert "no injury at the start" in reasons.lower()


def test_what_lets_a_person_look_after_it_is_no_flag_and_no_referral(engine: Engine) -> None:
    case = json.loads(Path("docs/examples/answered.json").read_text(encoding="utf-8"))
    assessment = engine.assess(case)
    bundle = make_bundle(case, engine, assessment=assessment)
    assert assessment["care_level"] == "self_care"
    assert assessment["red_flags"]
    assert not of_kind(bundle, "Flag")
    assert not of_kind(bundle, "ServiceRequest")


@pytest.mark.parametrize(
    ("told", "priority"),
    [
        ("back pain, numb between my legs and I can't pass urine since this morning", "stat"),
        ("my calf is swollen and warm since a long flight, no injury", "asap"),
    ],
)
def test_danger_becomes_a_flag_and_an_urgent_referral(engine: Engine, told: str, priority: str) -> None:
    case = {"id": "urgent", "on": ON, "text": told}
    bundle = make_bundle(case, engine, assessment=engine.assess(case), kind="document")

    assert broken(bundle) == []
    assert [one["priority"] for one in of_kind(bundle, "ServiceRequest")] == [priority]
    fired = {one["code"]["coding"][0]["code"] for one in of_kind(bundle, "Flag")}
    assert fired == {one["id"] for one in engine.assess(case)["red_flags"]}
    titles = [one["title"] for one in of_kind(bundle, "Composition")[0]["section"]]
    assert titles[0] == "How soon to be seen"
    assert ("Likely causes" in titles) == (priority != "stat")
    likely = engine.assess(case)["causes"][0]["name"].replace("'", "&#x27;")
    shown = of_kind(bundle, "Composition")[0]["section"] + of_kind(bundle, "RiskAssessment")
    assert (likely in " ".join(one["text"]["div"] for one in shown)) == (priority != "stat")


def test_a_programme_has_one_request_per_exercise_and_the_diary_what_was_done(engine: Engine) -> None:
    programme, diary, made = a_course()
    bundle = make_bundle(
        programme["origin"]["case"], engine, programme=programme, diary=diary, review=made, key="c", on=ON
    )

    assert broken(bundle) == []
    requested = [one["code"]["coding"][0]["code"] for one in of_kind(bundle, "ServiceRequest")]
    assert sorted(requested) == sorted(
        {item["exercise"] for day in programme["week"] for item in day["items"]}
    )
    (care_plan,) = of_kind(bundle, "CarePlan")
    assert care_plan["meta"]["profile"] == [
        "http://hl7.org/fhir/us/physical-activity/StructureDefinition/pa-careplan"
    ]
    refers = [one["reference"]["reference"] for one in care_plan["activity"] if "reference" in one]
    assert len(refers) == len(requested)
    forbidden = [one["detail"] for one in care_plan["activity"] if one.get("detail", {}).get("doNotPerform")]
    assert [one["description"] for one in forbidden] == [one["text"] for one in programme["avoid"]]

    sessions = [one for one in of_kind(bundle, "Procedure") if "partOf" not in one]
    assert [one["performedDateTime"] for one in sessions] == [
        one["on"] for one in diary if one["kind"] == "session"
    ]
    criteria = {
        one["description"]["coding"][0]["code"]: one["achievementStatus"]["coding"][0]["code"]
        for one in of_kind(bundle, "Goal")
        if "achievementStatus" in one
    }
    assert criteria == {one["id"]: "achieved" if one["met"] else "in-progress" for one in made["criteria"]}


def test_only_a_clinician_orders(engine: Engine) -> None:
    case = json.loads(json.dumps(a_course()[0]["origin"]["case"]))
    turn = engine.look(engine.parse({**case, "on": ON}))
    first = plan(turn, parse_preferences(None, engine.knowledge), engine)
    pinned = first["week"][0]["items"][0]["exercise"]
    order = {"by": "physiotherapist", "reason": "as we said", "pin": [pinned]}
    programme = plan(turn, parse_preferences({"clinician": [order]}, engine.knowledge), engine)

    bundle = make_bundle(case, engine, programme=programme, on=ON)

    intents = {one["code"]["coding"][0]["code"]: one["intent"] for one in of_kind(bundle, "ServiceRequest")}
    assert intents.pop(pinned) == "order"
    assert set(intents.values()) == {"plan"}


def test_a_correction_of_the_diary_counts_and_what_it_replaced_does_not(engine: Engine) -> None:
    diary = [
        {"id": "1", "on": ON, "kind": "morning", "pain": 7},
        {"id": "2", "on": ON, "kind": "correction", "of": "1", "becomes": {"pain": 2}},
        {"id": "3", "on": ON, "kind": "measurement", "measure": "knee_bend_degrees", "side": "right", "method": "phone", "values": [110, 114, 113]},
    ]  # fmt: skip
    bundle = make_bundle(CASE, engine, diary=diary)

    assert broken(bundle) == []
    assert observed(bundle, "pain_morning")["valueQuantity"]["value"] == 2
    bend = observed(bundle, "knee_bend_degrees")
    assert bend["valueQuantity"]["value"] == 113
    assert [one["valueQuantity"]["value"] for one in bend["component"]] == [110, 114, 113]


def test_every_resource_says_which_engine_and_knowledge_and_that_nobody_reviewed_it(
    knowledge: Knowledge, whole: Json
) -> None:
    for entry in whole["entry"]:
        tags = {tag["system"]: tag["code"] for tag in entry["resource"]["meta"]["tag"]}
        assert tags["urn:kneewise:knowledge"] == knowledge.version
        assert tags["urn:kneewise:review"] == "not-reviewed"
    (provenance,) = of_kind(whole, "Provenance")
    assert provenance["agent"][0]["who"]["type"] == "RelatedPerson"
    assert len(provenance["target"]) > 5


def test_html_and_reading_direction_in_own_words_stay_text(whole: Json) -> None:
    assert broken(whole) == []
    raw = to_bytes(whole).decode()
    assert "&lt;b&gt;behind&lt;/b&gt; the knee &amp; calf" in raw
    assert "\u202e" not in raw
    assert observed(whole, "own_words")["valueString"] == "stiff <b>behind</b> the knee & calf gnihton"


def test_without_a_day_it_says_how_to_give_one(engine: Engine) -> None:
    with pytest.raises(BadCase, match="for which day"):
        make_bundle({"text": "knee pain"}, engine)


# --- over drawn people ---------------------------------------------------------------------------


def known_of(case: Mapping[str, Any], engine: Engine) -> Any:
    return gather(parse_case(case, engine.knowledge), engine.knowledge).known


def test_drawn_people_are_valid_the_same_each_time_and_come_back_as_they_went(engine: Engine) -> None:
    seen = 0
    kinds: list[BundleKind] = ["collection", "transaction", "document"]
    for drawn in crowd(engine, range(10)):
        case = {**drawn.case, "id": str(drawn.seed), "on": ON}
        turn = engine.look(engine.parse(case))
        programme = plan(turn, drawn.preferences, engine)
        kind = kinds[drawn.seed % 3]
        assessment = engine.write(turn)
        bundle = make_bundle(case, engine, assessment=assessment, programme=programme, kind=kind)
        again = make_bundle(
            json.loads(json.dumps(case)),
            engine,
            assessment=engine.assess(case),
            programme=programme,
            kind=kind,
        )

        assert broken(bundle) == []
        if seen < 3:  # the foreign model is slow; one bundle of each kind
            Bundle.model_validate(bundle)
        assert to_bytes(bundle) == to_bytes(again)
        back = read_bundle(json.loads(to_bytes(bundle)), engine.knowledge, date.fromisoformat(ON))
        ids = [item["id"] for item in case["evidence"]]
        twice = {"conflict"} if len(set(ids)) < len(ids) else set()  # some were drawn with two answers
        assert {one.why for one in back.not_taken} <= {"made_by_a_program"} | twice
        assert back.case.get("person") == case["person"]
        assert back.case.get("side") == case.get("side")
        assert known_of(back.case, engine) == known_of(case, engine)
        assert all(item["from"] == "imported" for item in back.case["evidence"])
        seen += 1
    assert seen >= 8


def test_a_simulated_course_is_valid_and_no_two_people_share_an_id(engine: Engine) -> None:
    programme, diary, made = a_course()
    case = programme["origin"]["case"]
    bundles = [
        make_bundle(case, engine, assessment=engine.assess(case), programme=programme, diary=diary, review=made, kind="document", on=ON, key=key)
        for key in ("one", "other")
    ]  # fmt: skip
    assert broken(bundles[0]) == []
    Bundle.model_validate(bundles[0])
    ids = [{entry["resource"]["id"] for entry in bundle["entry"]} for bundle in bundles]
    assert not ids[0] & ids[1]
    assert {len(one) <= 64 for both in ids for one in both} == {True}


@pytest.mark.hazard("H12")
def test_what_text_alone_denied_is_not_an_answer_after_the_way_there_and_back(
    engine: Engine, whole: Json
) -> None:
    back = read_bundle(json.loads(to_bytes(whole)), engine.knowledge, date.fromisoformat(ON)).case
    (item,) = (one for one in back["evidence"] if one["id"] == "worse_on_sitting")
    assert item["from"] == "text"
    assert back["person"] == CASE["person"]
    assert back["text"] == "stiff <b>behind</b> the knee & calf gnihton"
