"""Observations: what one person told, what was measured, and the pain and measurements of a diary.

Present and absent are `valueBoolean`, "not sure" is a reason why there is no value (asked, not known), and
what was not asked has no resource. A number always has its UCUM unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kneewise.evidence import Item
from kneewise.exchange.fhir.codes import (
    ABSENT_EXTENSION,
    CHIEF_COMPLAINT,
    DATA_ABSENT,
    DIARY,
    LOINC,
    LOINC_OF,
    MEASURE,
    METHOD,
    OBSERVATION_CATEGORY,
    ORIGIN,
    PAIN,
    RECORD,
    VITAL_SIGNS,
    Json,
    body_site,
    coding,
    concept,
    finding_code,
    quantity,
)
from kneewise.exchange.fhir.narrative import clean
from kneewise.exchange.fhir.record import Record
from kneewise.follow.diary import Entry
from kneewise.follow.series import make_measurement

ASKED_UNKNOWN = concept("Not sure", coding(DATA_ABSENT, "asked-unknown", "Asked But Unknown"))
PAINS = {
    "morning": "pain in the morning",
    "worst_of_day": "worst pain of the day",
    "before_session": "pain before the session",
    "after_session": "pain after the session",
    "during_exercise": "pain during the exercise",
}


def _category(record: Record, item: Item) -> Json:
    finding = record.knowledge.findings[item.finding]
    if item.finding in VITAL_SIGNS:
        return concept("Vital signs", coding(OBSERVATION_CATEGORY, "vital-signs"))
    if item.origin in ("examined", "measured") or finding.who == "clinician":
        return concept("Exam", coding(OBSERVATION_CATEGORY, "exam"))
    return concept("Survey", coding(OBSERVATION_CATEGORY, "survey"))


def _when(day: str | None, *, needed: bool) -> Json:
    """The day it holds for; vital signs must say one, even that it is not known."""
    if day is not None:
        return {"effectiveDateTime": day}
    unknown = {"extension": [{"url": ABSENT_EXTENSION, "valueCode": "unknown"}]}
    return {"_effectiveDateTime": unknown} if needed else {}


def _method(record: Record, finding: str, method: str | None) -> Json | None:
    if method is None:
        return None
    told = record.words.measures.get(finding)
    return concept(told.methods.get(method, method) if told else method, coding(METHOD, clean(method)))


def _told(record: Record, item: Item, name: str) -> str:
    if item.state == "unsure":
        answer = "not sure"
    elif item.value is not None:
        answer = record.amount(item.finding, item.value)
    else:
        answer = "yes" if item.state == "present" else "no"
    side = f" ({item.side})" if item.side else ""
    return f"{name}{side}: {answer}"


def observation(record: Record, item: Item, *, nth: int = 0, origin: str = "") -> Json:
    """One piece of evidence. `nth` keeps several apart that differ in nothing an id is made of."""
    finding = record.knowledge.findings[item.finding]
    name = record.name(item.finding)
    day = item.on or record.on
    parts = (item.finding, item.side or "", item.on or "", item.method or "", *([str(nth)] if nth else []))
    value: Json
    if item.state == "unsure":
        value = {"dataAbsentReason": ASKED_UNKNOWN}
    elif item.value is not None:
        value = {"valueQuantity": quantity(item.value, finding.unit)}
    else:
        value = {"valueBoolean": item.state == "present"}
    by_phone = item.origin == "measured" and (item.method or "").startswith("phone")
    return record.resource(
        "Observation",
        record.id_of("finding", *parts),
        _told(record, item, name),
        extension=[{"url": ORIGIN, "valueCode": origin or item.origin}],
        status="final",
        category=[_category(record, item)],
        code=finding_code(finding, name),
        subject=record.patient,
        **_when(day, needed=item.finding in VITAL_SIGNS),
        performer=[record.respondent],
        **value,
        bodySite=body_site(item.side, knee="knee" in item.finding) if item.side else None,
        method=_method(record, item.finding, item.method),
        device=record.reference("Device", record.id_of("phone")) if by_phone else None,
    )


def complaint(record: Record) -> Json | None:
    """The person's own words and the side they are about; None where neither was given."""
    case = record.case
    text = clean(case.text)
    if not text and case.side is None:
        return None
    value: Json = {"valueString": text} if text else {"dataAbsentReason": concept("Not written")}
    return record.resource(
        "Observation",
        record.id_of("own-words"),
        f"In the person's own words: {text}" if text else "No own words",
        status="final",
        category=[concept("Survey", coding(OBSERVATION_CATEGORY, "survey"))],
        code=concept("Own words", coding(RECORD, "own_words"), coding(LOINC, *CHIEF_COMPLAINT)),
        subject=record.patient,
        **_when(record.on, needed=False),
        performer=[record.respondent],
        **value,
        bodySite=body_site(case.side, knee=False) if case.side else None,
    )


def _of_person(record: Record) -> Iterator[Json]:
    person = record.case.person
    if person.age is not None:
        yield observation(record, Item("age_years", "present", person.age), origin="person")
    if person.pregnant is not None:
        state = "present" if person.pregnant else "absent"
        about = Item("pregnant_or_6_weeks_postpartum", state)  # type: ignore[arg-type]
        yield observation(record, about, origin="person")


def observations(record: Record) -> list[Json]:
    """Everything a case holds, in its order: the person, the own words, each piece of evidence."""
    own_words = complaint(record)
    made = [*_of_person(record), *([own_words] if own_words else [])]
    taken = {one["id"] for one in made}
    for item in record.case.items:
        nth, one = 0, observation(record, item)
        while one["id"] in taken:
            nth += 1
            one = observation(record, item, nth=nth)
        taken.add(one["id"])
        made.append(one)
    return made


def basis_of(record: Record, made: Sequence[Json]) -> dict[str, list[Json]]:
    """For each finding the Observations that tell it; what is only in the own words points to these."""
    found: dict[str, list[Json]] = {}
    for one in made:
        first = one["code"]["coding"][0]["code"]
        found.setdefault(first, []).append(record.reference("Observation", one["id"]))
    return found


# --- the diary -----------------------------------------------------------------------------------


def pain(
    record: Record, entry: Entry, kind: str, score: float, *parts: str, part_of: Json | None = None
) -> Json:
    """A pain of 0 to 10 that the diary holds."""
    name = PAINS[kind]
    return record.resource(
        "Observation",
        record.id_of("pain", kind, entry.id, *parts),
        f"{entry.on.isoformat()}: {name}: {score:g} of 10",
        partOf=[part_of] if part_of else None,
        status="final",
        category=[concept("Survey", coding(OBSERVATION_CATEGORY, "survey"))],
        code=concept(name, coding(DIARY, f"pain_{kind}"), coding(LOINC, *LOINC_OF[PAIN])),
        subject=record.patient,
        effectiveDateTime=entry.on.isoformat(),
        performer=[record.respondent],
        valueQuantity=quantity(score, "{score}"),
    )


def measurement(record: Record, entry: Entry) -> Json | None:
    """A measurement of the diary: the median of its trials, each trial a component; None for instruments.

    What a questionnaire scored is no Observation here: its answers are a QuestionnaireResponse.
    """
    raw: Mapping[str, Any] = entry.raw
    id_ = raw.get("measure")
    if not isinstance(id_, str) or id_ not in record.knowledge.measures:
        return None
    measure = record.knowledge.measures[id_]
    taken = make_measurement(
        measure,
        raw.get("values", raw.get("value")),
        entry.on,
        side=raw.get("side"),
        method=raw.get("method"),
        unit=raw.get("unit"),
        where=f"diary ({entry.id})",
    )
    told = record.words.measures[id_]
    values = sorted(taken.values)
    middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    code = concept(told.name, coding(MEASURE, id_))
    if id_ in LOINC_OF:
        code["coding"].append(coding(LOINC, *LOINC_OF[id_]))
    by_phone = "phone" in taken.method
    return record.resource(
        "Observation",
        record.id_of("measurement", id_, entry.id),
        f"{entry.on.isoformat()}: {told.name}{f' ({taken.side})' if taken.side else ''}: "
        f"{middle:g} {measure.unit}, {told.methods.get(taken.method, taken.method)}",
        status="final",
        category=[concept("Exam", coding(OBSERVATION_CATEGORY, "exam"))],
        code=code,
        subject=record.patient,
        effectiveDateTime=entry.on.isoformat(),
        performer=[record.respondent],
        valueQuantity=quantity(middle, measure.unit),
        bodySite=body_site(taken.side, knee="knee" in id_) if taken.side else None,
        method=_method(record, id_, taken.method),
        device=record.reference("Device", record.id_of("phone")) if by_phone else None,
        component=[
            {"code": concept(f"trial {number}"), "valueQuantity": quantity(value, measure.unit)}
            for number, value in enumerate(taken.values, start=1)
        ]
        if len(taken.values) > 1
        else None,
    )


def of_diary(record: Record, entries: Sequence[Entry]) -> list[Json]:
    """The mornings, the worst pains and the measurements of a diary; those of sessions are `procedure`'s."""
    made: list[Json] = []
    for entry in entries:
        if entry.kind == "morning" and entry.pain is not None:
            made.append(pain(record, entry, "morning", entry.pain))
        elif entry.kind == "check_in" and entry.pain is not None:
            made.append(pain(record, entry, "worst_of_day", entry.pain))
        elif entry.kind == "measurement":
            one = measurement(record, entry)
            made += [one] if one else []
    return made
