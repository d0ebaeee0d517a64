"""The fixed cases of `knowledge diff`: shipped stories, and in a checkout the tests' own people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from kneewise.cli.files import read_values
from kneewise.knowledge.load import CONTENT

STORIES = CONTENT.parent / "stories.jsonl"


def stories(file: str | None = None) -> list[dict[str, Any]]:
    """The shipped stories, or those of a file of JSON lines."""
    return [
        {"id": f"story {number}", **value}
        for number, (_, value) in enumerate(read_values(file or str(STORIES)), 1)
    ]


def _case(id_: str, person: Any, present: Any, absent: Any, measures: Any) -> dict[str, Any]:
    evidence: list[dict[str, Any]] = [{"id": f, "state": "present"} for f in dict.fromkeys(present)]
    evidence += [{"id": f, "state": "absent"} for f in absent if f not in present]
    evidence += [{"id": f, "value": value} for f, value in measures.items()]
    return {"id": id_, "person": dict(person), "evidence": evidence}


def _twins(file: Path) -> Iterator[dict[str, Any]]:
    """Of each pair the base, and the base with each sign that makes the rule fire."""
    data = YAML(typ="safe", pure=True).load(file)
    for number, pair in enumerate(data["pairs"], start=1):
        base, measures = pair.get("present", []), pair.get("measures", {})
        name = f"{file.stem}, pair {number}"
        yield _case(name, pair["person"], base, (), measures)
        for sign in pair.get("each", []):
            yield _case(f"{name} with {sign}", pair["person"], [*base, sign], (), measures)


def people_of_the_tests(checkout: Path) -> list[dict[str, Any]]:
    """The red-flag twins and the harmless people of tests/cases; none where there is no checkout."""
    folder = checkout / "tests" / "cases"
    found: list[dict[str, Any]] = []
    for file in sorted((folder / "red_flags").glob("*.yaml")):
        found.extend(_twins(file))
    harmless = folder / "harmless.yaml"
    if harmless.is_file():
        for row in YAML(typ="safe", pure=True).load(harmless):
            found.append(
                _case(f"harmless {row['id']}", row["person"], row["present"], row["absent"], row["measures"])
            )
    return found
