"""The person as Patient, only what is known (no name, no date of birth is made up); kneewise as Device."""

from __future__ import annotations

from kneewise.exchange.fhir.codes import ABSENT_EXTENSION, PERSON_ID, Json, concept
from kneewise.exchange.fhir.narrative import clean
from kneewise.exchange.fhir.record import Record
from kneewise.pathway.engine import ENGINE_VERSION

_UNKNOWN = {"extension": [{"url": ABSENT_EXTENSION, "valueCode": "unknown"}]}


def patient(record: Record) -> Json:
    """The person: sex and country as told, the age as an Observation (an age is no date of birth)."""
    person = record.case.person
    told = ", ".join(part for part in (person.sex or "", person.country or "") if part)
    country = clean(person.country or "")
    return record.resource(
        "Patient",
        record.id_of("patient"),
        f"A person whose name kneewise does not know{': ' + told if told else ''}",
        identifier=[{"system": PERSON_ID, "value": record.id_of("person")}],
        name=[_UNKNOWN],
        gender=person.sex or "unknown",
        address=[{"country": country}] if country else None,
    )


def device(record: Record) -> Json:
    """Kneewise itself: what made the assessment and the programme."""
    return record.resource(
        "Device",
        record.id_of("kneewise"),
        f"kneewise {ENGINE_VERSION} with knowledge {record.knowledge.version}",
        status="active",
        deviceName=[{"name": "kneewise", "type": "user-friendly-name"}],
        version=[
            {"type": concept("engine"), "value": ENGINE_VERSION},
            {"type": concept("knowledge"), "value": record.knowledge.version},
        ],
    )


def phone(record: Record) -> Json:
    """A phone that measured an angle; of its make nothing is known."""
    return record.resource(
        "Device",
        record.id_of("phone"),
        "A phone used to measure an angle",
        status="active",
        type=concept("Phone used to measure an angle"),
    )
