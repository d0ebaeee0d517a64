"""A programme as CarePlan (Physical Activity guide): exercises, advice, when to come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kneewise.exchange.fhir.codes import (
    ADVICE,
    CAREPLAN_CATEGORY,
    PA_CODES,
    PHYSICAL_ACTIVITY,
    Json,
    coding,
    concept,
)
from kneewise.exchange.fhir.narrative import bullets, clean, narrative, paragraph
from kneewise.exchange.fhir.record import Record
from kneewise.exchange.fhir.service_request import by_exercise, exercise_id

PROFILE = f"{PHYSICAL_ACTIVITY}StructureDefinition/pa-careplan"
TITLES = (("advice", "What helps"), ("avoid", "What to leave alone"), ("come_back", "When to come back"))


def _advice(one: Mapping[str, Any], kind: str) -> Json:
    detail: Json = {
        "code": concept(one["text"], coding(ADVICE, one["id"])),
        "status": "in-progress",
        "description": clean(one["text"]),
    }
    if kind == "avoid":
        detail["doNotPerform"] = True
    return {"detail": detail}


def care_plan(record: Record, programme: Mapping[str, Any], goals: Sequence[Json], *, assessed: bool) -> Json:
    """A programme, or – where exercises must wait – what to do meanwhile (on hold)."""
    locked = programme["locked_by"]
    start = programme.get("started_on") or programme.get("on")
    exercises = by_exercise(programme)
    names = [record.words.exercises[id_].name for id_ in exercises]
    risk = record.reference("RiskAssessment", record.id_of("causes", record.on or ""))
    plans = ", ".join(f"{one['id']} ({one['phase']})".replace("_", " ") for one in programme["protocols"])
    made = record.resource(
        "CarePlan",
        record.id_of("programme", programme["id"]),
        "",
        identifier=[{"system": "urn:kneewise:programme", "value": programme["id"]}],
        status="on-hold" if locked else "active",
        intent="plan",
        category=[
            concept("Physical Activity", coding(PA_CODES, "PhysicalActivity")),
            concept("Assessment and Plan of Treatment", coding(CAREPLAN_CATEGORY, "assess-plan")),
        ],
        title="Exercise programme" if not locked else "What to do until exercises can begin",
        description=clean(plans),
        subject=record.patient,
        period={"start": start} if start else None,
        created=programme.get("on"),
        author=record.device,
        supportingInfo=[risk] if assessed else None,
        goal=[record.reference("Goal", goal["id"]) for goal in goals],
        activity=[
            *(
                {"reference": record.reference("ServiceRequest", exercise_id(record, id_))}
                for id_ in exercises
            ),
            *(_advice(one, kind) for kind, _ in TITLES for one in programme[kind]),
        ],
    )
    parts = [paragraph("Exercises must wait.", strong=True)] if locked else [bullets(names)]
    for kind, title in TITLES:
        if programme[kind]:
            parts += [paragraph(title, strong=True), bullets(one["text"] for one in programme[kind])]
    return {**made, "meta": record.meta(PROFILE), "text": narrative(*parts)}
