"""What the programme is for, as Goal: the person's own goals, and the criteria of the phase they are in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kneewise.exchange.fhir.codes import (
    CRITERION,
    GOAL,
    GOAL_ACHIEVEMENT,
    PA_CODES,
    PHYSICAL_ACTIVITY,
    Json,
    coding,
    concept,
)
from kneewise.exchange.fhir.record import Record

PROFILE = f"{PHYSICAL_ACTIVITY}StructureDefinition/pa-goal"


def _goal(
    record: Record, id_: str, description: Json, met: bool | None, start: str | None, risk: bool
) -> Json:
    state = "achieved" if met else "in-progress"
    causes = record.reference("RiskAssessment", record.id_of("causes", record.on or ""))
    made = record.resource(
        "Goal",
        id_,
        description["text"],
        lifecycleStatus="active",
        achievementStatus=None if met is None else concept(state, coding(GOAL_ACHIEVEMENT, state)),
        category=[concept("Physical Activity", coding(PA_CODES, "PhysicalActivity"))],
        description=description,
        subject=record.patient,
        startDate=start,
        addresses=[causes] if risk else None,
    )
    return {**made, "meta": record.meta(PROFILE)}


def goals(
    record: Record, programme: Mapping[str, Any], review: Mapping[str, Any] | None, *, assessed: bool
) -> list[Json]:
    """The goals of a programme; criteria are there, met or not, when it has been reviewed."""
    start = programme.get("started_on") or programme.get("on")
    made = []
    for id_ in programme["origin"]["preferences"].get("goals", []):
        text = record.words.phrases[f"goal_{id_}"].text
        description = concept(f"To {text}", coding(GOAL, id_))
        made.append(_goal(record, record.id_of("goal", id_), description, None, start, assessed))
    for one in (review or {}).get("criteria", []):
        known = record.words.phrases.get(one["id"])
        description = concept(
            known.text if known else one["id"].replace("_", " "), coding(CRITERION, one["id"])
        )
        id_ = record.id_of("criterion", one["protocol"], one["phase"], one["id"])
        made.append(_goal(record, id_, description, bool(one["met"]), start, assessed))
    return made
