"""What `kneewise knowledge prove` runs, prints and writes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kneewise.evidence import BadCase
from kneewise.knowledge.types import Knowledge

if TYPE_CHECKING:
    from kneewise.pathway.prove import Breach, Ground, Property

Row = dict[str, Any]


def _write(breach: Breach, name: str, folder: Path) -> str | None:
    """The counter-example as a file that `kneewise assess` reads: one case, or two as JSON lines."""
    if not breach.cases:
        return None
    lines = [json.dumps(case, ensure_ascii=False) for case in breach.cases]
    target = folder / f"{name}.{'json' if len(lines) == 1 else 'jsonl'}"
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(target)


def _row(one: Property, ground: Ground, folder: Path) -> Row:
    from kneewise.pathway.prove import Breach, Outcome
    from kneewise.rules.solver import Undecided

    started = time.perf_counter()
    try:
        outcome = one.prove(ground)
    except Undecided as undecided:
        outcome = Outcome("nothing", (Breach(str(undecided)),))
    return {
        "property": one.name,
        "sentence": one.sentence,
        "by": one.by,
        "covered": outcome.covered,
        "seconds": round(time.perf_counter() - started, 1),
        "passed": not outcome.breaches,
        "breaches": [
            {
                "what": breach.what,
                "confirmed_by_the_engine": breach.confirmed,
                "case_file": _write(breach, f"{one.name}-{number}", folder),
            }
            for number, breach in enumerate(outcome.breaches, 1)
        ],
        "left_out": list(outcome.left_out),
    }


def _rows(knowledge: Knowledge, names: tuple[str, ...], folder: Path) -> Iterator[Row]:
    try:
        from kneewise.pathway.prove import PROPERTIES, Ground
    except ModuleNotFoundError as missing:
        if missing.name != "z3":
            raise
        raise BadCase(
            "knowledge prove",
            "proofs need a solver that is not installed",
            "Install z3-solver: python -m pip install z3-solver",
        ) from None
    known = [one.name for one in PROPERTIES]
    for name in names:
        if name not in known:
            raise BadCase(name, "there is no such property", f"The properties are {', '.join(known)}")
    ground = Ground(knowledge)
    for one in PROPERTIES:
        if not names or one.name in names:
            yield _row(one, ground, folder)


def prove(knowledge: Knowledge, names: tuple[str, ...], folder: str, *, as_json: bool) -> bool:
    """Prove the properties and print one after the other; whether all hold. Raises `BadCase`."""
    rows = []
    for row in _rows(knowledge, names, Path(folder)):
        rows.append(row)
        if not as_json:
            _show(row)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    return all(row["passed"] for row in rows)


def _show(row: Row) -> None:
    verdict = "PASS" if row["passed"] else "FAIL"
    click.echo(f"{verdict}  {row['property']}  {row['seconds']} s")
    click.echo(f"      {row['sentence']}")
    click.echo(f"      covered: {row['covered']}; by {row['by']}")
    for left_out in row["left_out"]:
        click.echo(f"      not meant: {left_out}")
    for breach in row["breaches"]:
        click.echo(f"      broken: {breach['what']}")
        if breach["case_file"]:
            click.echo(f"      see it with: kneewise assess {breach['case_file']} --json")
