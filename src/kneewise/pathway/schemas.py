"""JSON Schemas of the contracts, made from their types."""

from __future__ import annotations

from typing import Any

import msgspec

from kneewise.evidence import BadCase
from kneewise.pathway.contracts import CONTRACTS

OPEN = ("assessment", "programme", "alternatives")  # results may grow; inputs refuse unknown keys


def contract_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a contract. Raises `BadCase` for a name that is not known."""
    if name not in CONTRACTS:
        raise BadCase(
            "the command", f"there is no contract {name!r}", f"The contracts are {', '.join(CONTRACTS)}"
        )
    (reference,), definitions = msgspec.json.schema_components(
        [CONTRACTS[name]], ref_template="#/$defs/{name}"
    )
    if name not in OPEN:
        for definition in definitions.values():
            if definition.get("type") == "object":
                definition["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:kneewise:schema:{name}",
        "title": f"kneewise {name}",
        **reference,
        "$defs": definitions,
    }
