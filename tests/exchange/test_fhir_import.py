"""Import from FHIR: what a record says becomes evidence, nothing is guessed, and what was left out is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kneewise.exchange.fhir.codes import CONVERTED_EXACTLY, HISTORY_OF_ICD10, SIDED_ICD10, TAKES_ATC
from kneewise.exchange.fhir.not_taken import WHY
from kneewise.exchange.fhir.questionnaire_response import questionnaire_response
from kneewise.exchange.fhir.reading import Imported, read_bundle
from kneewise.exchange.fhir.refused import Refused
from kneewise.knowledge.types import Knowledge
from kneewise.pathway import Engine
from kneewise.rules import findings_of

Json = dict[str, Any]
ON = date(2026, 11, 21)
UCUM = "http://unitsofmeasure.org"
LOINC, ICD10, ATC = "http://loinc.org", "http://hl7.org/fhir/sid/icd-10", "http://www.whocc.no/atc"
SUBJECT = {"subject": {"reference": "Patient/p"}}
PATIENT: Json = {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1961-12-01"}


def coded(system: str, code: str) -> Json:
    return {"coding": [{"system": system, "code": code}]}


def bundle(*resources: Json) -> Json:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}


def pain(value: Any = 6, **more: Any) -> Json:
    told = {"value": value, "unit": "score", "system": UCUM, "code": "{score}"}
    return {
        "resourceType": "Observation", "status": "final", "code": coded(LOINC, "72514-3"), **SUBJECT,
        "effectiveDateTime": "2026-11-21T09:00:00+01:00", "valueQuantity": told, **more,
    }  # fmt: skip


def finding(id_: str, answer: bool = True, **more: Any) -> Json:
    return {
        "resourceType": "Observation", "status": "final", "code": coded("urn:kneewise:finding", id_), **SUBJECT,
        "effectiveDateTime": "2026-11-21", "valueBoolean": answer, **more,
    }  # fmt: skip


def condition(code: str, system: str = ICD10, **more: Any) -> Json:
    confirmed = coded("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed")
    return {
        "resourceType": "Condition",
        "code": coded(system, code),
        "verificationStatus": confirmed,
        **SUBJECT,
        **more,
    }


def medicine(code: str, status: str = "active", **more: Any) -> Json:
    return {
        "resourceType": "MedicationStatement",
        "status": status,
        "medicationCodeableConcept": coded(ATC, code),
        **SUBJECT,
        **more,
    }


def status(name: str) -> Json:
    return coded("http://terminology.hl7.org/CodeSystem/some-status", name)


def read(knowledge: Knowledge, *resources: Json, person: Json | None = PATIENT) -> Imported:
    return read_bundle(bundle(*([person] if person else []), *resources), knowledge, ON)


def why(got: Imported) -> list[str]:
    return [one.why for one in got.not_taken]


# --- what is taken over --------------------------------------------------------------------------


def test_a_record_becomes_a_case_that_says_it_was_imported(engine: Engine) -> None:
    got = read(
        engine.knowledge, pain(), condition("E11.9"), condition("M17.1", bodySite=[coded("http://snomed.info/sct", "7771000")]), medicine("B01AF02")
    )  # fmt: skip

    assert got.case["person"] == {"age": 64, "sex": "female"}  # her birthday is in December
    assert got.case["evidence"] == [
        {"id": "pain_score_0_to_10", "state": "present", "value": 6.0, "unit": "{score}", "from": "imported"},
        {"id": "diabetes", "state": "present", "from": "imported"},
        {"id": "known_knee_osteoarthritis", "state": "present", "side": "left", "from": "imported"},
        {"id": "anticoagulant_use", "state": "present", "from": "imported"},
    ]
    assert got.not_taken == ()
    assert engine.assess(got.case)["care_level"]


def test_codes_that_are_read_name_findings_that_there_are(knowledge: Knowledge) -> None:
    for id_ in {*HISTORY_OF_ICD10.values(), *SIDED_ICD10.values(), *TAKES_ATC.values()}:
        assert knowledge.findings[id_].kind == "yes_no"


@pytest.mark.hazard("H17")
def test_units_are_converted_where_one_is_an_exact_number_of_the_other(knowledge: Knowledge) -> None:
    def temperature(value: float, unit: str) -> Json:
        told = {"value": value, "system": UCUM, "code": unit}
        return {**pain(), "code": coded(LOINC, "8310-5"), "valueQuantity": told}

    got = read(knowledge, temperature(101.3, "[degF]"))
    assert got.case["evidence"][0]["value"] == pytest.approx(38.5)
    assert why(read(knowledge, temperature(311.6, "K"))) == ["unit"]
    months = {"value": 3, "system": UCUM, "code": "mo"}
    duration = finding("duration_days", valueQuantity=months)
    assert why(read(knowledge, duration)) == ["unit"]  # a month is not so many days
    assert ("mo", "d") not in CONVERTED_EXACTLY


def test_a_medicine_may_stand_in_a_resource_of_its_own(knowledge: Knowledge) -> None:
    drug = {"resourceType": "Medication", "id": "m", "code": coded(ATC, "C10AA05")}
    statement = {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationReference": {"reference": "Medication/m"},
        **SUBJECT,
    }
    assert read(knowledge, drug, statement).case["evidence"][0]["id"] == "statin_use"


def test_a_single_resource_is_read_too(knowledge: Knowledge) -> None:
    got = read_bundle(pain(), knowledge, ON)
    assert got.case["evidence"][0]["value"] == 6


# --- what is not ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("resource", "because"),
    [
        (pain(status="entered-in-error"), "wrong"),
        (pain(status="cancelled"), "wrong"),
        (pain(status="preliminary"), "not_final"),
        (pain(code=coded(LOINC, "718-7")), "unknown_code"),
        (pain(code={"text": "Pain"}), "no_code"),
        (pain(11), "value"),
        (pain(True), "no_value"),
        (pain(valueQuantity={"value": 6}), "unit"),
        (pain(valueQuantity={"value": 6, "comparator": ">", "system": UCUM, "code": "{score}"}), "not_exact"),
        (pain(bodySite=coded("http://snomed.info/sct", "16982005")), "other_place"),
        (pain(effectiveDateTime="2026-12-24"), "later"),
        (pain(effectiveDateTime="2026"), "undated"),
        (pain(effectiveDateTime="2024-05-01"), "old"),
        (finding("no_such_finding"), "unknown_code"),
        (finding("knee_locking", valueBoolean="yes"), "no_value"),
        (finding("knee_locking", code={"coding": [*coded("urn:kneewise:finding", "knee_locking")["coding"], *coded(LOINC, "72514-3")["coding"]]}), "two_meanings"),
        (condition("E11", verificationStatus=status("refuted")), "ruled_out"),
        (condition("E11", verificationStatus=status("entered-in-error")), "wrong"),
        (condition("E11", verificationStatus=status("provisional")), "not_certain"),
        (condition("J45", clinicalStatus=status("resolved")), "over"),
        (condition("J45", abatementDateTime="2001"), "over"),
        (condition("M17"), "side_unknown"),
        (condition("C44.9"), "unknown_code"),  # a skin cancer that was cut out does not count
        (condition("E1"), "unknown_code"),
        (condition("E11.9", system="http://hl7.org/fhir/sid/icd-10-cm"), "unknown_code"),
        (medicine("B01AA03", "stopped"), "not_taking"),
        (medicine("B01AA03", effectivePeriod={"end": "2026-01-01"}), "not_taking"),
        (medicine("B01AA03", "unknown"), "not_final"),
        (medicine("M01AX05"), "unknown_code"),  # glucosamine is no anti-inflammatory
        (pain(subject={"reference": "Patient/other"}), "other_person"),
        ({key: value for key, value in pain().items() if key != "subject"}, "nobody"),
        ({"resourceType": "Immunization", "id": "i"}, "kind_not_read"),
        ({"resourceType": "RiskAssessment", "id": "r"}, "made_by_a_program"),
    ],
)  # fmt: skip
def test_what_is_not_sure_is_left_out_and_said(knowledge: Knowledge, resource: Json, because: str) -> None:
    got = read(knowledge, resource)
    assert got.case["evidence"] == []
    assert why(got) == [because]
    assert all(one.told == WHY[one.why] and one.where.startswith("Bundle") for one in got.not_taken)


@pytest.mark.hazard("H12")
def test_that_something_is_not_in_a_record_never_means_that_it_is_not_there(knowledge: Knowledge) -> None:
    got = read(
        knowledge, condition("E11", verificationStatus=status("refuted")), medicine("B01AA03", "not-taken")
    )
    assert got.case["evidence"] == []


@pytest.mark.hazard("H12")
def test_an_old_no_to_a_danger_is_asked_again_and_an_old_yes_still_counts(engine: Engine) -> None:
    old = "2026-10-01"
    no = read(
        engine.knowledge, finding("swollen_or_tense_calf_or_thigh", answer=False, effectiveDateTime=old)
    )
    yes = read(engine.knowledge, finding("swollen_or_tense_calf_or_thigh", effectiveDateTime=old))

    assert (no.case["evidence"], why(no)) == ([], ["old_no"])
    assert yes.case["evidence"][0]["on"] == old
    assert not engine.assess(no.case)["screen_complete"]


@pytest.mark.hazard("H12")
@pytest.mark.parametrize("day", [{"effectiveDateTime": "2026-10-01"}, {"effectiveDateTime": None}])
def test_an_old_no_closes_no_rule_of_urgency(engine: Engine, day: dict[str, str | None]) -> None:
    asked = {id_ for rule in engine.knowledge.red_flags for id_ in findings_of(rule.when)}
    yes_or_no = sorted(id_ for id_ in asked if engine.knowledge.findings[id_].kind == "yes_no")
    assert "bony_tenderness" in yes_or_no
    got = read(engine.knowledge, *(finding(id_, answer=False, **day) for id_ in yes_or_no))
    assert got.case["evidence"] == []
    assert {*why(got)} == {"old_no"}


@pytest.mark.hazard("H28")
def test_two_sources_that_differ_keep_the_urgent_answer_and_no_number(knowledge: Knowledge) -> None:
    got = read(
        knowledge, finding("pop_or_snap", answer=False), finding("pop_or_snap"), pain(3), pain(8), finding("knee_locking"), finding("knee_locking")
    )  # fmt: skip
    assert [(one["id"], one["state"]) for one in got.case["evidence"]] == [
        ("pop_or_snap", "present"),
        ("knee_locking", "present"),
    ]
    assert sorted(why(got)) == ["conflict"] * 3


def test_an_age_that_does_not_fit_the_date_of_birth_is_said(knowledge: Knowledge) -> None:
    age = {
        **pain(),
        "code": coded(LOINC, "30525-0"),
        "valueQuantity": {"value": 40, "system": UCUM, "code": "a"},
    }
    got = read(knowledge, age)
    assert got.case["person"]["age"] == 64
    assert why(got) == ["conflict"]


def test_half_a_date_of_birth_gives_no_age(knowledge: Knowledge) -> None:
    got = read(knowledge, person={**PATIENT, "birthDate": "1961", "gender": "other"})
    assert "person" not in got.case
    assert why(got) == ["birth_date", "sex"]


@pytest.mark.hazard("H16")
def test_two_people_are_never_mixed(knowledge: Knowledge) -> None:
    with pytest.raises(Refused, match="one person at a time"):
        read(knowledge, {**PATIENT, "id": "q"})
    with pytest.raises(Refused, match="about 2 people"):
        read(knowledge, pain(), pain(subject={"reference": "Patient/q"}), person=None)


def test_the_address_of_a_server_is_the_same_person(knowledge: Knowledge) -> None:
    one = pain(subject={"reference": "https://clinic.example/fhir/Patient/p"})
    other = pain(subject={"reference": "https://clinic.example/fhir/Patient/pp"})
    assert len(read(knowledge, one).case["evidence"]) == 1
    assert why(read(knowledge, other)) == ["other_person"]


# --- answers to our own questions ----------------------------------------------------------------


def answers(engine: Engine, on: str = "2026-11-21", **more: Any) -> Json:
    case = {
        "on": on, "person": {"age": 40, "sex": "male"}, "side": "right", "text": "sore behind the knee",
        "evidence": [
            {"id": "knee_locking", "state": "present"}, {"id": "calf_pain", "state": "unsure"},
            {"id": "swollen_or_tense_calf_or_thigh", "state": "absent"}, {"id": "pain_score_0_to_10", "value": 4},
        ],
    }  # fmt: skip
    told = questionnaire_response(
        engine.parse(case), engine.knowledge, engine.words, subject=SUBJECT["subject"]
    )
    return {**told, **more}


def test_answers_to_our_questions_are_read(engine: Engine) -> None:
    got = read(engine.knowledge, answers(engine), person={"resourceType": "Patient", "id": "p"})
    assert got.not_taken == ()
    assert got.case["person"] == {"age": 40.0, "sex": "male"}
    assert (got.case["side"], got.case["text"]) == ("right", "sore behind the knee")
    states = {one["id"]: (one.get("state"), one.get("value"), one["from"]) for one in got.case["evidence"]}
    assert states["knee_locking"] == ("present", None, "imported")
    assert states["calf_pain"] == ("unsure", None, "imported")
    assert states["swollen_or_tense_calf_or_thigh"] == ("absent", None, "imported")
    assert states["pain_score_0_to_10"][1:] == (4, "imported")


@pytest.mark.hazard("H12")
def test_answers_of_long_ago_close_no_question_about_danger(engine: Engine) -> None:
    got = read(engine.knowledge, answers(engine, "2025-03-01"), person={"resourceType": "Patient", "id": "p"})
    kept = {one["id"]: one.get("on") for one in got.case["evidence"]}
    assert kept == {"knee_locking": "2025-03-01", "calf_pain": "2025-03-01"}
    assert sorted(why(got)) == ["old", "old", "old_no"]  # pain, age, the calf


def test_answers_to_other_questions_are_not_understood(engine: Engine) -> None:
    for wrong, because in (
        ({"questionnaire": "http://example.org/phq-9"}, "other_questions"),
        ({"status": "entered-in-error"}, "wrong"),
        ({"item": [{"linkId": "knee_locking", "answer": [{"valueString": "a lot"}]}]}, "broken"),
    ):
        got = read(engine.knowledge, answers(engine, **wrong))
        assert (got.case["evidence"], why(got)) == ([], [because])


def test_a_pregnancy_that_nobody_is_sure_of_is_no_no(knowledge: Knowledge) -> None:
    from_person = [{"url": "urn:kneewise:fhir:origin", "valueCode": "person"}]
    unknown = coded("http://terminology.hl7.org/CodeSystem/data-absent-reason", "asked-unknown")
    unsure = {**finding("pregnant_or_6_weeks_postpartum", extension=from_person), "dataAbsentReason": unknown}
    del unsure["valueBoolean"]
    got = read(knowledge, unsure)
    assert "pregnant" not in got.case["person"]
    assert got.case["evidence"][0]["state"] == "unsure"
    yes, no = (finding("pregnant_or_6_weeks_postpartum", one, extension=from_person) for one in (True, False))
    for both in ((yes, no), (no, yes)):
        assert read(knowledge, *both).case["person"]["pregnant"] is True
