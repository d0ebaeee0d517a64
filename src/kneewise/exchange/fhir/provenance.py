"""Who told it and what made it: the respondent, the engine and the version of the knowledge."""

from __future__ import annotations

from collections.abc import Sequence

from kneewise.exchange.fhir.codes import AGENT_TYPE, KNOWLEDGE_TAG, Json, coding, concept
from kneewise.exchange.fhir.record import Record


def provenance(record: Record, targets: Sequence[Json], recorded: str) -> Json:
    """Provenance of what was told and of what was made from it. `recorded` is an instant."""
    version = record.knowledge.version
    respondent = record.respondent
    told = respondent.get("display", "the person")
    return record.resource(
        "Provenance",
        record.id_of("provenance", recorded),
        f"Told by {told[0].lower() + told[1:]}; assessed by kneewise with knowledge {version}.",
        target=[record.reference(one["resourceType"], one["id"]) for one in targets],
        recorded=recorded,
        activity=concept("Assessed and planned by a program from what was told"),
        agent=[
            {"type": concept("Told it", coding(AGENT_TYPE, "informant")), "who": respondent},
            {"type": concept("Made it", coding(AGENT_TYPE, "assembler")), "who": record.device},
        ],
        entity=[
            {
                "role": "source",
                "what": {
                    "identifier": {"system": KNOWLEDGE_TAG, "value": version},
                    "display": "The knowledge of kneewise",
                },
            }
        ],
    )
