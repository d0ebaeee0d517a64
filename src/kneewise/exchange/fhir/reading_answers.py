"""A QuestionnaireResponse to kneewise's own questions as evidence of the day on which it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kneewise.evidence import BadCase
from kneewise.exchange.fhir.codes import Json
from kneewise.exchange.fhir.questionnaire_response import read_response
from kneewise.exchange.fhir.reading_observation import Skip, fits_today
from kneewise.exchange.fhir.reading_parts import day_of
from kneewise.exchange.fhir.refused import Refused
from kneewise.knowledge.types import Knowledge

PREGNANT = "pregnant_or_6_weeks_postpartum"


@dataclass
class Answers:
    """What a response tells, and what of it is not taken over as (what, why)."""

    items: list[Json] = field(default_factory=list)
    person: Json = field(default_factory=dict)
    text: str = ""
    side: str | None = None
    missed: list[tuple[str, str]] = field(default_factory=list)


def read_answers(resource: Mapping[str, Any], on: date, knowledge: Knowledge) -> Answers:
    """The answers of a response. Raises `Skip` where the whole response is not taken over."""
    if resource.get("status") == "entered-in-error":
        raise Skip("wrong")
    try:
        case = read_response(resource, knowledge).case
    except Refused as refused:
        raise Skip("other_questions" if refused.code == "not-supported" else "broken") from None
    except BadCase:
        raise Skip("broken") from None
    written = day_of(case.get("on"))
    told = Answers(text=case.get("text", ""), side=case.get("side"))
    for item in case.get("evidence", []):
        finding = knowledge.findings[item["id"]]
        day = day_of(item.get("on")) or written
        try:
            fits_today(finding, item, day, on, knowledge)
        except Skip as skip:
            told.missed.append((f"{item['id']}: {item.get('state', item.get('value'))}", str(skip)))
            continue
        origin = "text" if item.get("from") == "text" else "imported"
        dated = {"on": day.isoformat()} if day is not None and day != on else {}
        told.items.append(
            {**{key: value for key, value in item.items() if key != "on"}, **dated, "from": origin}
        )
    _about(told, case.get("person", {}), written, on, knowledge)
    return told


def _about(
    told: Answers, person: Mapping[str, Any], written: date | None, on: date, knowledge: Knowledge
) -> None:
    """Age and pregnancy are of their day; sex and country stay."""
    told.person = {key: person[key] for key in ("sex", "country") if key in person}
    states = {
        "age": ("age_years", "present"),
        "pregnant": (PREGNANT, "present" if person.get("pregnant") else "absent"),
    }
    for key, (id_, state) in states.items():
        if key not in person:
            continue
        try:
            fits_today(knowledge.findings[id_], {"state": state}, written, on, knowledge)
        except Skip as skip:
            told.missed.append((f"{key}: {person[key]}", str(skip)))
        else:
            told.person[key] = person[key]
