"""A danger rule that fired as Flag, with the signs it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kneewise.exchange.fhir.codes import FLAG_CATEGORY, FLAG_DETAIL, RED_FLAG, Json, coding, concept
from kneewise.exchange.fhir.narrative import bullets, narrative, paragraph
from kneewise.exchange.fhir.record import Record
from kneewise.pathway.telling import red_flag_words


def cautions(assessment: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rules that fired and say that somebody should look, not the one for looking after it oneself."""
    return [fired for fired in assessment["red_flags"] if fired["care_level"] != "self_care"]


def flags(record: Record, assessment: Mapping[str, Any], basis: Mapping[str, list[Json]]) -> list[Json]:
    """A Flag for each rule that fired and says that somebody should look."""
    rules = {rule.id: rule for rule in record.knowledge.red_flags}
    made = []
    for fired in cautions(assessment):
        told = red_flag_words(rules[fired["id"]], fired["care_level"], fired["because"], record.words)
        signs = [
            one for finding in fired["because"] for one in basis.get(finding, basis.get("own_words", []))
        ]
        references = {one["reference"]: one for one in signs}
        flag = record.resource(
            "Flag",
            record.id_of("flag", fired["id"]),
            "",
            extension=[{"url": FLAG_DETAIL, "valueReference": one} for one in references.values()],
            status="active",
            category=[concept("Clinical", coding(FLAG_CATEGORY, "clinical", "Clinical"))],
            code=concept(told.name, coding(RED_FLAG, fired["id"])),
            subject=record.patient,
            period={"start": record.on} if record.on else None,
            author=record.device,
        )
        because = bullets(record.stated(finding) for finding in fired["because"])
        lead = paragraph(f"{told.name}: {told.what_to_do} ({told.by_when})")
        made.append({**flag, "text": narrative(lead, because)})
    return made
