"""Patient, Condition and MedicationStatement as what is known of a person: never more than the code says.

That something is not in a record never means that it is not there, so nothing here is ever *absent*.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kneewise.exchange.fhir.codes import (
    ATC,
    CANCER_ICD10,
    FOR_LIFE,
    HISTORY_OF_ICD10,
    ICD10,
    NOT_CANCER_ICD10,
    NOT_SUCH_ATC,
    SIDED_ICD10,
    TAKES_ATC,
    Json,
)
from kneewise.exchange.fhir.narrative import clean
from kneewise.exchange.fhir.reading_observation import Skip
from kneewise.exchange.fhir.reading_parts import codings, day_of, first_code, objects, side_of

_OVER = frozenset({"inactive", "remission", "resolved"})
_SUSPECTED = frozenset({"unconfirmed", "provisional", "differential"})


def age_on(born: date, on: date) -> int | None:
    """Completed years; None for a birth after the day or longer ago than people live."""
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return years if 0 <= years <= 120 else None


def read_patient(resource: Mapping[str, Any], on: date) -> tuple[Json, list[tuple[str, str]]]:
    """Age, sex and country; and what of it was not understood, as (what, why). No name is kept."""
    person: Json = {}
    missed: list[tuple[str, str]] = []
    if "birthDate" in resource:
        born = day_of(resource["birthDate"])
        age = age_on(born, on) if born else None
        if age is None:
            missed.append(("birthDate", "birth_date"))
        else:
            person["age"] = age
    gender = resource.get("gender")
    if gender in ("female", "male"):
        person["sex"] = gender
    elif gender not in (None, "unknown"):
        missed.append(("gender", "sex"))
    country = next(
        (one.get("country") for one in objects(resource.get("address")) if one.get("country")), None
    )
    if isinstance(country, str) and 0 < len(clean(country)) <= 60:
        person["country"] = clean(country)
    return person, missed


def _icd10(code: str) -> str | None:
    code = code.strip().upper()
    if code.startswith(CANCER_ICD10) and code[1:3].isdigit() and not code.startswith(NOT_CANCER_ICD10):
        return "history_of_cancer" if int(code[1:3]) <= 97 else None
    for known, finding in {**HISTORY_OF_ICD10, **SIDED_ICD10}.items():
        if code == known or code.startswith(f"{known}." if len(known) == 3 else known):
            return finding
    return None


def read_condition(resource: Mapping[str, Any], on: date) -> Json:
    """A diagnosis as evidence. Raises `Skip` with the code of why it is not taken over."""
    verified = first_code(resource.get("verificationStatus"))
    if verified == "entered-in-error":
        raise Skip("wrong")
    if verified == "refuted":
        raise Skip("ruled_out")
    if verified in _SUSPECTED or (verified is None and resource.get("verificationStatus") is not None):
        raise Skip("not_certain")
    known = list(codings(resource.get("code")))
    found = {finding for system, code in known if system == ICD10 and (finding := _icd10(code))}
    if not found:
        raise Skip("unknown_code" if known else "no_code")
    if len(found) > 1:
        raise Skip("two_meanings")
    (finding,) = found
    over = first_code(resource.get("clinicalStatus")) in _OVER
    ended = any(key.startswith("abatement") for key in resource)
    if (over or ended) and finding not in FOR_LIFE:
        raise Skip("over")
    recorded = day_of(resource.get("recordedDate"))
    if recorded is not None and recorded > on:
        raise Skip("later")
    item: Json = {"id": finding, "state": "present", "from": "imported"}
    if finding in SIDED_ICD10.values():
        sides = {side for site in objects(resource.get("bodySite")) if (side := side_of(site))}
        if len(sides) != 1:
            raise Skip("side_unknown")
        item["side"] = sides.pop()
    return item


def _atc(code: str) -> str | None:
    code = code.strip().upper()
    if code.startswith(NOT_SUCH_ATC):
        return None
    return next((finding for known, finding in TAKES_ATC.items() if code.startswith(known)), None)


def read_medication(resource: Mapping[str, Any], on: date, medications: Mapping[str, Any]) -> Json:
    """A medicine as evidence. `medications` holds the codes of the bundle's Medications by their address.

    Raises `Skip` with the code of why it is not taken over.
    """
    status = resource.get("status")
    if status == "entered-in-error":
        raise Skip("wrong")
    if status in ("completed", "stopped", "not-taken", "on-hold", "intended"):
        raise Skip("not_taking")
    if status != "active":
        raise Skip("not_final")
    period = resource.get("effectivePeriod")
    start = day_of(resource.get("effectiveDateTime"))
    if isinstance(period, Mapping):
        start, end = day_of(period.get("start")), day_of(period.get("end"))
        if end is not None and end < on:
            raise Skip("not_taking")
    if start is not None and start > on:
        raise Skip("later")
    concept = resource.get("medicationCodeableConcept")
    reference = resource.get("medicationReference")
    if concept is None and isinstance(reference, Mapping) and isinstance(reference.get("reference"), str):
        concept = medications.get(reference["reference"])
    known = list(codings(concept))
    found = {finding for system, code in known if system == ATC and (finding := _atc(code))}
    if not found:
        raise Skip("unknown_code" if known else "no_code")
    if len(found) > 1:
        raise Skip("two_meanings")
    return {"id": found.pop(), "state": "present", "from": "imported"}
