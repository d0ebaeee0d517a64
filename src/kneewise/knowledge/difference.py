"""What changed between two states of the knowledge, by kind, id and field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from kneewise.knowledge.types import Knowledge

KINDS = (
    "red_flags", "conditions", "factors", "findings", "derivations", "pages", "exercises", "protocols",
    "advice", "dose_schemes", "criteria", "pain_rules", "courses", "check_ins", "measures", "instruments",
    "mechanics", "goals", "contraindications", "anatomy", "treatments", "topics", "scales", "sources",
    "aliases", "seed_items", "features",
)  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One value that changed; None stands for "not there"."""

    path: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Changed:
    """One piece of content that was added, removed or changed."""

    kind: str
    id: str
    how: str
    fields: tuple[Field, ...] = ()


def _named(value: Any) -> dict[str, Any] | None:
    """A list of things with ids, by id; None for any other list."""
    if not value or not all(isinstance(part, Mapping) and ("id" in part) for part in value):
        return None
    named = {str(part["id"]): part for part in value}
    return named if len(named) == len(value) else None


def fields(old: Any, new: Any, path: str = "") -> Iterator[Field]:
    """Every value that differs, with its path."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            yield from fields(old.get(key), new.get(key), f"{path}/{key}" if path else str(key))
        return
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        by_id, now = _named(old), _named(new)
        if by_id is not None and now is not None:
            yield from fields(by_id, now, path)
            return
    if old != new:
        yield Field(path, old, new)


def _entries(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    return {str(part.get("id", part.get("finding", i))): part for i, part in enumerate(value)}


def _of_kind(kind: str, old: Any, new: Any) -> Iterator[Changed]:
    before, after = _entries(old), _entries(new)
    for id_ in dict.fromkeys([*before, *after]):
        if id_ not in before:
            yield Changed(kind, id_, "added")
        elif id_ not in after:
            yield Changed(kind, id_, "removed")
        elif before[id_] != after[id_]:
            yield Changed(kind, id_, "changed", tuple(fields(before[id_], after[id_])))


def differences(old: Knowledge, new: Knowledge) -> list[Changed]:
    """Everything that changed, by kind: facts first, then words by language, then the lexicon."""
    before, after = msgspec.to_builtins(old), msgspec.to_builtins(new)
    found = [entry for kind in KINDS for entry in _of_kind(kind, before[kind], after[kind])]
    for language in dict.fromkeys([*before["words"], *after["words"]]):
        was, now = before["words"].get(language, {}), after["words"].get(language, {})
        for part in dict.fromkeys([*was, *now]):
            found += _of_kind(f"words/{language}/{part}", was.get(part, {}), now.get(part, {}))
    for language in dict.fromkeys([*before["lexicons"], *after["lexicons"]]):
        was = _lexicon(before["lexicons"].get(language))
        now = _lexicon(after["lexicons"].get(language))
        found += _of_kind(f"lexicon/{language}", was, now)
    return found


def differences_of_files(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Changed]:
    """What changed file by file, for content that this program cannot compile."""
    return [
        Changed(kind, entry.id.removeprefix(f"{kind}/"), entry.how, entry.fields)
        for entry in _of_kind("", old, new)
        for kind in (entry.id.rpartition("/")[0] or "content",)
    ]


def _lexicon(value: Mapping[str, Any] | None) -> dict[str, Any]:
    """What people write, by finding; several entries of one finding are put together."""
    if value is None:
        return {}
    merged: dict[str, dict[str, list[str]]] = {}
    for entry in value["entries"]:
        row = merged.setdefault(entry["finding"], {"says": [], "denies": [], "not_if": []})
        for key, phrases in row.items():
            phrases.extend(entry[key])
    return {**merged, **{f"class {name}": words for name, words in value["classes"].items()}}
