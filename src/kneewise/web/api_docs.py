"""What OpenAPI says of bodies and answers: the same schemas that `kneewise schema` prints."""

from __future__ import annotations

from typing import Any

from kneewise.pathway.schemas import contract_schema

CASE_EXAMPLE = {"text": "stiff behind the knees after sitting all day", "person": {"age": 35}}
PROBLEM = {
    "description": "What is wrong, where, and how to mend it (RFC 9457)",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "where": {"type": "string"},
                    "what": {"type": "string"},
                    "mend": {"type": "string"},
                },
            }
        }
    },
}


def _inline(value: Any, definitions: dict[str, Any]) -> Any:
    """A schema with its references put in place (our contracts are trees, so this ends)."""
    if isinstance(value, dict):
        if "$ref" in value:
            return _inline(definitions[value["$ref"].rsplit("/", 1)[-1]], definitions)
        return {k: _inline(v, definitions) for k, v in value.items() if k not in ("$defs", "$schema", "$id")}
    return [_inline(entry, definitions) for entry in value] if isinstance(value, list) else value


def contract(name: str) -> dict[str, Any]:
    """A contract's schema without references, as OpenAPI likes it."""
    schema = contract_schema(name)
    inlined: dict[str, Any] = _inline(schema, schema["$defs"])
    return inlined


def _body(name: str) -> tuple[dict[str, Any], Any]:
    closed = {"type": "object", "additionalProperties": False}
    if name in ("plan", "alternatives"):
        properties = {
            "case": contract("case"),
            "preferences": contract("preferences"),
            "diagnosis": {"type": ["string", "null"]},
            "nothing_hurts": {"type": "boolean"},
            "swaps": {"type": "object", "additionalProperties": {"type": "string"}},
        }
        if name == "alternatives":
            more = {"exercise": {"type": "string"}}
            example = {"case": CASE_EXAMPLE, "exercise": "heel_slide"}
            return closed | {"properties": properties | more, "required": ["exercise"]}, example
        return closed | {"properties": properties}, {"case": CASE_EXAMPLE, "preferences": {"days": 3}}
    if name == "review":
        entries = {"type": "array", "items": {"type": "object", "required": ["id", "on", "kind"]}}
        properties = {
            "programme": contract("programme"),
            "diary": entries,
            "on": {"type": "string", "format": "date"},
        }
        example = {"programme": {"origin": {"case": CASE_EXAMPLE}}, "diary": [], "on": "2026-11-20"}
        return closed | {"properties": properties, "required": ["programme", "on"]}, example
    if name == "what_if":
        state = {"type": "string", "enum": ["present", "absent"]}
        properties = {"case": contract("case"), "finding": {"type": "string"}, "state": state}
        example = {"case": CASE_EXAMPLE, "finding": "generalised_knee_swelling"}
        return closed | {"properties": properties, "required": ["finding"]}, example
    if name == "next":
        pages = {"type": "array", "items": {"type": "string"}}
        properties = {"case": contract("case"), "pages_asked": pages}
        return closed | {"properties": properties}, {"case": CASE_EXAMPLE, "pages_asked": []}
    return contract(name), CASE_EXAMPLE


def body_docs(name: str) -> dict[str, Any]:
    """The OpenAPI description of a request body."""
    schema, example = _body(name)
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": schema, "example": example}},
        },
        "responses": {400: PROBLEM, 413: PROBLEM, 415: PROBLEM},
    }


def answer_docs(name: str) -> dict[str, Any]:
    """The OpenAPI description of an answer."""
    return {
        "responses": {
            200: {"description": "OK", "content": {"application/json": {"schema": contract(name)}}},
            400: PROBLEM,
            413: PROBLEM,
            415: PROBLEM,
        }
    }
