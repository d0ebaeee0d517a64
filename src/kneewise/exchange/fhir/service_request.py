"""What should be done, as ServiceRequest: the referral with its urgency, and each exercise of a programme.

A program proposes and plans; it never orders. Only what a clinician set by hand is an order. The Physical
Activity guide asks for orders and for a SNOMED CT category, so its *profile* is not claimed here, though its
elements are used (docs/reference/fhir.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kneewise.exchange.fhir.codes import (
    EXERCISE,
    PA_CODES,
    PERTAINS_TO_GOAL,
    PRIORITY,
    RECORD,
    Json,
    body_site,
    coding,
    concept,
)
from kneewise.exchange.fhir.flag import cautions
from kneewise.exchange.fhir.narrative import bullets, clean, narrative, paragraph
from kneewise.exchange.fhir.record import Record
from kneewise.pathway.telling_programme import why_words


def referral(
    record: Record, assessment: Mapping[str, Any], basis: Mapping[str, list[Json]], risk: Json
) -> Json | None:
    """A referral as urgent as the care level; None where the person can look after it."""
    priority = PRIORITY.get(assessment["care_level"])
    if priority is None:
        return None
    level = record.words.phrases[f"level_{assessment['care_level']}"]
    signs = [finding for fired in cautions(assessment) for finding in fired["because"]]
    references = {one["reference"]: one for finding in signs for one in basis.get(finding, [])}
    names = [record.stated(finding) for finding in dict.fromkeys(signs)]
    flagged = [record.reference("Flag", record.id_of("flag", fired["id"])) for fired in cautions(assessment)]
    made = record.resource(
        "ServiceRequest",
        record.id_of("referral", assessment["care_level"]),
        "",
        status="active",
        intent="proposal",
        priority=priority,
        code=concept(f"To be seen by a clinician. {level.text}", coding(RECORD, "referral")),
        subject=record.patient,
        authoredOn=record.on,
        requester=record.device,
        reasonCode=[concept(name) for name in names],
        reasonReference=list(references.values()),
        supportingInfo=[record.reference("RiskAssessment", risk["id"]), *flagged],
        patientInstruction=clean(level.more),
    )
    return {**made, "text": narrative(paragraph(level.text), bullets(names))}


def _amount(item: Mapping[str, Any]) -> str:
    held = f", each held {item['hold_seconds']:g} seconds" if item["hold_seconds"] else ""
    rest = f", {item['rest_seconds']:g} seconds of rest between sets" if item["rest_seconds"] else ""
    return f"{item['sets']} × {item['reps']}{held}{rest}"


def _dose(item: Mapping[str, Any]) -> list[str]:
    lines = [
        _amount(item),
        f"Speed: {item['tempo']}" if item["tempo"] else "",
        f"Effort: {item['effort']}" if item["effort"] else "",
        f"Load: {item['load']}" if item["load"] else "",
        str(item.get("how", "")),
    ]
    return [line for line in lines if line]


def by_exercise(programme: Mapping[str, Any]) -> dict[str, list[tuple[int, Mapping[str, Any]]]]:
    """The items of a week by exercise, in the order in which they come, each with its day."""
    found: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for day in programme["week"]:
        for item in day["items"]:
            found.setdefault(item["exercise"], []).append((day["day"], item))
    return found


def exercise_id(record: Record, exercise: str) -> str:
    """The id of an exercise's request."""
    return record.id_of("exercise", exercise)


def _side(items: Sequence[Mapping[str, Any]]) -> str:
    sides = {item["side"] for item in items}
    return sides.pop() if len(sides) == 1 else "both"


def exercise(
    record: Record,
    programme: Mapping[str, Any],
    id_: str,
    planned: Sequence[tuple[int, Mapping[str, Any]]],
    goals: Sequence[Json],
) -> Json:
    """One exercise of a programme: how often a week, how much, and why."""
    items = [item for _, item in planned]
    days = sorted({day for day, _ in planned})
    told = record.words.exercises[id_]
    why = why_words(items[0], record.words)  # type: ignore[arg-type]
    ordered = any(entry.startswith("clinician:") for item in items for entry in item["why"])
    doses = list(dict.fromkeys(line for item in items for line in _dose(item)))
    reasons = why.this or (told.what_for,)
    start = programme.get("started_on") or programme.get("on")
    made = record.resource(
        "ServiceRequest",
        exercise_id(record, id_),
        "",
        extension=[
            {"url": PERTAINS_TO_GOAL, "valueReference": record.reference("Goal", goal["id"])}
            for goal in goals
        ],
        status="active",
        intent="order" if ordered else "plan",
        category=[concept("Physical Activity", coding(PA_CODES, "PhysicalActivity"))],
        priority="routine",
        code=concept(told.name, coding(EXERCISE, id_)),
        orderDetail=[concept(line) for line in doses],
        subject=record.patient,
        occurrenceTiming={
            "repeat": {
                **({"boundsPeriod": {"start": start}} if start else {}),
                "frequency": len(days),
                "period": 1,
                "periodUnit": "wk",
            }
        },
        authoredOn=programme.get("on"),
        requester=None if ordered else record.device,
        performer=[record.patient],
        reasonCode=[concept(reason) for reason in reasons],
        bodySite=[body_site(_side(items), knee=False)],
        patientInstruction=clean(" ".join((*told.cues, told.should_feel, f"Stop if: {told.stop_if}"))),
    )
    lead = f"{told.name}: {len(days)} {'day' if len(days) == 1 else 'days'} a week"
    return {**made, "text": narrative(paragraph(lead), bullets((*doses, *reasons, why.dose, *why.mind)))}
