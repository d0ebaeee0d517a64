"""What `kneewise knowledge diff` prints: plain sentences, the serious ones first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import click

from kneewise.knowledge.difference import Changed, Field
from kneewise.knowledge.types import Figure, Words
from kneewise.pathway.compare import Difference

MOST_FIELDS, MOST_LINES = 8, 60
BASES = ("found", "recalled", "estimate")
TITLES = {
    "care_level": "How urgent it is",
    "programme": "Whether exercises may be given",
    "first_cause": "The first cause",
    "causes": "Other causes in the list",
    "asked": "The questions asked",
    "unreadable": "Cases that one of the two cannot read",
}


def as_json(
    changed: list[Changed],
    found: list[Difference],
    signed: tuple[Mapping[str, str], Mapping[str, str]],
    cases: int,
) -> dict[str, Any]:
    """The whole comparison as one value."""
    old, new = signed
    return {
        "content": [asdict(entry) for entry in changed],
        "signed": {name: who for name, who in new.items() if old.get(name) != who},
        "no_longer_signed": sorted(set(old) - set(new)),
        "cases": cases,
        "results": [asdict(entry) for entry in found],
    }


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple) and len(value) == len(Figure._fields) and value[3] in BASES:
        number, low, high, basis, sources = value
        return f"{number:g} ({low:g} to {high:g}, {basis}{', ' if sources else ''}{', '.join(sources)})"
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= 160 else f"{text[:157]}…"


def _field(field: Field) -> str:
    where = field.path or "the whole"
    if field.old is None:
        return f"{where}: new, {_value(field.new)}"
    if field.new is None:
        return f"{where}: taken out (was {_value(field.old)})"
    return f"{where}: from {_value(field.old)} to {_value(field.new)}"


def _content(changed: list[Changed]) -> None:
    click.echo("What changed in the content")
    if not changed:
        click.echo("  Nothing.")
    for kind, count in Counter(entry.kind for entry in changed).items():
        click.echo(f"  {kind} ({count})")
        for entry in [entry for entry in changed if entry.kind == kind][:MOST_LINES]:
            click.echo(f"    {entry.id} – {entry.how}")
            for field in entry.fields[:MOST_FIELDS]:
                click.echo(f"      {_field(field)}")
            if len(entry.fields) > MOST_FIELDS:
                click.echo(f"      … and {len(entry.fields) - MOST_FIELDS} more fields")
        if count > MOST_LINES:
            click.echo(f"    … and {count - MOST_LINES} more")


def _chances(value: Mapping[str, float | None], words: Words) -> str:
    parts = [
        f"{_cause(cause, words)} {'not in the list' if chance is None else f'{100 * chance:.0f} in 100'}"
        for cause, chance in value.items()
    ]
    return ", ".join(parts)


def _cause(cause: str | None, words: Words) -> str:
    if cause is None:
        return "none"
    told = words.conditions.get(cause)
    return told.name if told else cause.replace("_", " ")


def _sentence(entry: Difference, words: Words) -> str:
    if entry.aspect == "care_level":
        old, new = entry.old.replace("_", " "), entry.new.replace("_", " ")
        return f"was {old}, is now {new}" + (" – LESS URGENT THAN BEFORE" if entry.lower else "")
    if entry.aspect == "programme":
        old, new = entry.old.replace("_", " "), entry.new.replace("_", " ")
        return f"was {old}, is now {new}" + (" – MORE IS ALLOWED THAN BEFORE" if entry.lower else "")
    if entry.aspect == "first_cause":
        return f"was {_cause(entry.old, words)}, is now {_cause(entry.new, words)}"
    if entry.aspect == "causes":
        return f"was {_chances(entry.old, words)}; is now {_chances(entry.new, words)}"
    if entry.aspect == "asked":
        gone = f"no longer asked: {', '.join(entry.old)}" if entry.old else ""
        more = f"now asked: {', '.join(entry.new)}" if entry.new else ""
        return "; ".join(part for part in (gone, more) if part)
    return f"before: {entry.old}; now: {entry.new}"


def _results(found: list[Difference], cases: int, words: Words) -> None:
    click.echo(f"What it does to {cases} fixed cases")
    if not found:
        click.echo("  Nothing: urgency, exercises, causes and questions are as before in every one.")
    for aspect, title in TITLES.items():
        rows = [entry for entry in found if entry.aspect == aspect]
        if rows:
            click.echo(f"  {title} ({len(rows)})")
        for entry in rows[:MOST_LINES]:
            click.echo(f"    {entry.case}: {_sentence(entry, words)}")
        if len(rows) > MOST_LINES:
            click.echo(f"    … and {len(rows) - MOST_LINES} more")


def show_files(changed: list[Changed]) -> None:
    """Only what changed in the files."""
    _content(changed)


def show_difference(
    changed: list[Changed],
    found: list[Difference],
    signed: tuple[Mapping[str, str], Mapping[str, str]],
    cases: int,
    words: Words,
) -> None:
    """The comparison in sentences."""
    _content(changed)
    old, new = signed
    for name, who in new.items():
        if old.get(name) != who:
            click.echo(f"  Now signed: {name} by {who}")
    for name in sorted(set(old) - set(new)):
        click.echo(f"  No longer signed: {name} (was {old[name]})")
    click.echo("")
    _results(found, cases, words)
