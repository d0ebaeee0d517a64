"""What `knowledge show --provenance` and `--sensitivity` print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from kneewise.knowledge.types import Words

MOST_ROWS = 40


def _share(part: float) -> str:
    return f"{100 * part:.1f} %"


def show_provenance(groups: Mapping[str, Mapping[str, int]], rests_on: Mapping[str, Any]) -> None:
    """Cells by basis, whole and by group of causes; then what the weight in the stories rests on."""
    columns = ("found", "recalled", "estimate", "empty")
    click.echo(
        f"{'group of causes':18}{'causes':>7}{'cells':>8}" + "".join(f"{name:>18}" for name in columns)
    )
    for group, row in groups.items():
        shares = (f"{row[name]} ({_share(row[name] / row['cells'])})" for name in columns)
        cells = "".join(f"{share:>18}" for share in shares)
        click.echo(f"{group:18}{row['causes']:7}{row['cells']:8}{cells}")
    click.echo("")
    click.echo(
        f"In {rests_on['stories']} stories, of the weight of all answers for and against the listed causes:"
    )
    for basis, part in rests_on["weight"].items():
        click.echo(f"  {_share(part):>7} rests on {basis}")
    met = rests_on["answers_met"]
    click.echo(
        f"  An answer met an empty cell of a listed cause in {_share(met['empty'])} of all pairs; it then "
        "says nothing about that cause (only about its rivals)."
    )


def show_sensitivity(rows: list[dict[str, Any]], stories: int, words: Words) -> None:
    """The cells that move results most, one a line."""
    click.echo(
        f"{len(rows)} cells were read in {stories} stories; each was moved to its own low and high, exactly "
        f"(all else held, questions too). The first {min(MOST_ROWS, len(rows))}:"
    )
    for row in rows[:MOST_ROWS]:
        cause, finding = words.conditions[row["cause"]].name, words.findings[row["finding"]].name
        source = ", ".join(row["source"]) or "no source"
        first = (
            f"changes the first cause in {row['first_cause_changes']}; " if row["first_cause_changes"] else ""
        )
        click.echo(
            f"{row['cause']} × {row['finding']} ({cause}: {finding})\n"
            f"    {row['value']:g} ({row['low']:g} to {row['high']:g}), {row['basis']}, {source}. "
            f"{first}moves a listed chance by up to {100 * row['largest_shift']:.1f} points "
            f"(read in {row['stories_read']} stories)"
        )
