"""The document for a clinician as Composition: what to read first comes first, each section in plain words.

In an emergency the likely causes are not told: what to do is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kneewise.evidence import Item
from kneewise.exchange.fhir.codes import (
    LOINC,
    RECORD,
    REFERRAL_NOTE,
    SECTIONS,
    Json,
    coding,
    concept,
)
from kneewise.exchange.fhir.flag import cautions
from kneewise.exchange.fhir.narrative import bullets, clean, narrative, paragraph
from kneewise.exchange.fhir.record import Record
from kneewise.exchange.fhir.risk_assessment import NO_DIAGNOSIS, in_words
from kneewise.exchange.fhir.service_request import by_exercise

MOST_REASONS = 6  # the RiskAssessment has them all, with their weights
TITLE = "What the person told, and what kneewise makes of it"


def _section(title: str, code: str, parts: Sequence[str], entries: Sequence[Json] = ()) -> Json:
    known = SECTIONS.get(code)
    codings = [coding(LOINC, *known)] if known else [coding(RECORD, code)]
    section: Json = {"title": title, "code": concept(title, *codings), "text": narrative(*parts)}
    return {**section, "entry": list(entries)} if entries else section


def _names(record: Record, items: Sequence[Item]) -> list[str]:
    lines = []
    for item in items:
        value = f": {record.amount(item.finding, item.value)}" if item.value is not None else ""
        details = ", ".join(part for part in (item.side or "", item.method or "", item.on or "") if part)
        lines.append(f"{record.name(item.finding)}{value}{f' ({details})' if details else ''}")
    return lines


def _by_state(record: Record, items: Sequence[Item]) -> list[str]:
    parts: list[str] = []
    for state, title in (("present", "Yes"), ("unsure", "Not sure"), ("absent", "No")):
        of_state = [item for item in items if item.state == state]
        if of_state:
            parts += [paragraph(title, strong=True), bullets(_names(record, of_state))]
    return parts


def _what_to_do(record: Record, assessment: Mapping[str, Any], entries: Sequence[Json]) -> Json:
    level = record.words.phrases[f"level_{assessment['care_level']}"]
    parts = [paragraph(level.text, strong=True), paragraph(level.more)]
    rules = [record.words.red_flags[fired["id"]].name for fired in cautions(assessment)]
    parts.append(bullets(rules))
    if not assessment["screen_complete"]:
        parts.append(paragraph(record.words.phrases["screen_incomplete"].text))
    parts.append(paragraph(record.words.phrases["no_clinician_review"].text))
    return _section("How soon to be seen", "assessment", parts, entries)


def _story(record: Record, entries: Sequence[Json]) -> Json:
    person = record.case.person
    about = [
        f"{person.age:g} years" if person.age is not None else "age not known",
        person.sex or "sex not known",
        f"side: {record.case.side}" if record.case.side else "side not told",
        *(["pregnant"] if person.pregnant else []),
    ]
    parts = [paragraph(", ".join(about))]
    if clean(record.case.text):
        parts += [paragraph("In the person's own words:", strong=True), paragraph(record.case.text)]
    return _section("The story", "story", parts, entries)


def _causes(record: Record, assessment: Mapping[str, Any], risk: Json) -> Json:
    lines = [
        f"{cause['name']}: {in_words(cause['probability'])} (between {in_words(cause['low'])} and "
        f"{in_words(cause['high'])}). For: {_list(record, cause['for'])}. "
        f"Against: {_list(record, cause['against'])}."
        for cause in assessment["causes"]
    ]
    lines.append(f"something else: {in_words(assessment['something_else'])}")
    reference = record.reference("RiskAssessment", risk["id"])
    return _section("Likely causes", "likely_causes", [paragraph(NO_DIAGNOSIS), bullets(lines)], [reference])


def _list(record: Record, weights: Sequence[Mapping[str, Any]]) -> str:
    weighty = sorted(weights, key=lambda one: -abs(one["weight"]))[:MOST_REASONS]
    return ", ".join(record.stated(one["finding"]) for one in weighty) or "nothing that was told"


def _plan(record: Record, programme: Mapping[str, Any], sessions: Sequence[Json], plan: Json) -> Json:
    names = [record.words.exercises[id_].name for id_ in by_exercise(programme)]
    parts = [bullets(names)] if names else [paragraph("Exercises must wait.")]
    done = sum(1 for one in sessions if one["resourceType"] == "Procedure" and "partOf" not in one)
    if done:
        parts.append(paragraph(f"Sessions in the diary: {done}"))
    reference = record.reference("CarePlan", plan["id"])
    return _section("Programme", "plan", parts, [reference])


def composition(
    record: Record,
    made: Mapping[str, Sequence[Json]],
    assessment: Mapping[str, Any] | None,
    programme: Mapping[str, Any] | None,
) -> Json:
    """The document's first resource. `made` holds the other resources by type."""
    screen = {id_ for page in record.knowledge.pages if page.screen for id_ in page.findings}
    told = record.case.items
    danger = [item for item in told if item.finding in screen]
    measured = [item for item in told if item.value is not None]
    other = [item for item in told if item not in danger and item not in measured]

    def references(*kinds: str) -> list[Json]:
        return [record.reference(kind, one["id"]) for kind in kinds for one in made.get(kind, ())]

    sections: list[Json] = []
    if assessment is not None:
        first = [one for one in made.get("ServiceRequest", ()) if one["intent"] == "proposal"]
        referred = [record.reference("ServiceRequest", one["id"]) for one in first]
        sections.append(_what_to_do(record, assessment, [*referred, *references("Flag")]))
    sections.append(_story(record, references("Observation")))
    if danger:
        sections.append(_section("Danger questions", "danger_questions", _by_state(record, danger)))
    if measured:
        sections.append(_section("Numbers and measures", "findings", [bullets(_names(record, measured))]))
    if other:
        sections.append(_section("What was asked and found", "signs", _by_state(record, other)))
    if assessment is not None and assessment["care_level"] != "emergency":
        sections.append(_causes(record, assessment, made["RiskAssessment"][0]))
    if programme is not None:
        sections.append(_plan(record, programme, made.get("Procedure", ()), made["CarePlan"][0]))
    return record.resource(
        "Composition",
        record.id_of("document", record.on or ""),
        TITLE,
        status="preliminary",
        type=concept("Referral note", coding(LOINC, *REFERRAL_NOTE)),
        subject=record.patient,
        date=record.on,
        author=[record.device],
        title=TITLE,
        section=sections,
    )
