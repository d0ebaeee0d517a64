"""What `kneewise knowledge coverage` reads and prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import click

from kneewise.cli.files import parse_json, read_text
from kneewise.evidence import BadCase
from kneewise.knowledge.types import Knowledge


def read_outcomes(name: str) -> dict[str, str]:
    """Test → outcome, from the file that `make test` writes. Raises `BadCase`."""
    value = parse_json(read_text(name), name)
    if not isinstance(value, dict) or not all(isinstance(outcome, str) for outcome in value.values()):
        raise BadCase(name, "this is no table of test outcomes", "Run `make test`: it writes the file")
    return value


def show_coverage(knowledge: Knowledge, outcomes: Mapping[str, str] | None) -> None:
    """One line for each item, and the counts."""
    for item in knowledge.seed_items:
        outcome = "" if outcomes is None else f" [{outcomes.get(item.test, 'did not run')}]"
        click.echo(f"{item.id} {item.says}{outcome}")
        content = [f"{kind}/{id_}" for kind, id_ in item.answered_by]
        features = [f"feature {name}" for name in item.features]
        click.echo(f"    {', '.join([*content, *features]) or 'nothing'}")
    kinds = Counter(kind for item in knowledge.seed_items for kind in {kind for kind, _ in item.answered_by})
    told = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    click.echo(f"items answered by each kind of content: {told}")
