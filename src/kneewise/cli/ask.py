"""The interview in the terminal: one page at a time, "not sure" always possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import click

from kneewise.cli.show import show_assessment
from kneewise.evidence import BadCase, Item, quantity
from kneewise.knowledge.types import Finding
from kneewise.pathway import Engine

CHOICES = {"y": "present", "n": "absent", "?": "unsure"}


def _ask_quantity(data: Finding, question: str) -> Item:
    while True:
        typed = click.prompt(
            f"{question} [{data.unit}; ? if not sure]", err=True, default="?", show_default=False
        )
        if typed.strip() == "?":
            return Item(data.id, "unsure")
        try:
            return Item(data.id, "present", quantity(data, float(typed.replace(",", ".")), data.id))
        except BadCase as bad:
            click.echo(f"{bad.what}. {bad.mend}", err=True)
        except ValueError:
            click.echo("Please type a number, or ? if you are not sure.", err=True)


def _ask_yes_no(data: Finding, statement: str, help_text: str) -> Item:
    if help_text:
        click.echo(f"  {help_text}", err=True)
    typed = click.prompt(
        f"{statement} – y, n or ?", type=click.Choice(list(CHOICES)), show_choices=False, err=True
    )
    return Item(data.id, CHOICES[typed])  # type: ignore[arg-type]


def run(engine: Engine, start: Mapping[str, Any]) -> None:
    """Ask until nothing more is worth asking, then show the result; an emergency stops at once."""
    if "text" not in start:
        words = click.prompt(
            "What is wrong, in your own words? (Enter to skip)", default="", show_default=False, err=True
        )
        start = {**start, "text": words}
    case = engine.parse(start)
    asked: tuple[str, ...] = ()
    turn = engine.look(case)
    while (question := engine.next_question(turn, asked)) is not None:
        page = engine.words.pages.get(question.page)
        if page:
            click.echo(f"\n{page.title}", err=True)
            click.echo(f"  {page.why}", err=True)
        given = []
        for finding in question.findings:
            data, words_of = engine.knowledge.findings[finding], engine.words.findings[finding]
            if data.kind == "quantity":
                given.append(_ask_quantity(data, words_of.question))
            else:
                given.append(_ask_yes_no(data, words_of.tick, words_of.help))
        asked += (question.page,)
        case = replace(case, items=(*case.items, *given))
        turn = engine.look(case)
    show_assessment(engine.write(turn, asked), engine.words, engine.knowledge.red_flags)
