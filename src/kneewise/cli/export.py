"""`kneewise export`: what one person has, for others to read – each kind in a module of its own."""

from __future__ import annotations

import click

from kneewise.cli.fhir import export_fhir
from kneewise.cli.paper import PAPERS
from kneewise.cli.take_along import export_archive, export_calendar


@click.group()
def export() -> None:
    """Take it out: everything in one file, a calendar, pages to print, a record for a clinic's computer."""


export.add_command(export_archive)
export.add_command(export_calendar)
export.add_command(export_fhir)
for page in PAPERS:
    export.add_command(page)
