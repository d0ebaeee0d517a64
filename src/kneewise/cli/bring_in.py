"""`kneewise import`: what a file holds decides how it is read."""

from __future__ import annotations

import click

from kneewise.cli.files import read_bytes
from kneewise.evidence import BadCase

ZIP = b"PK\x03\x04"
OLD_DOWNLOAD = b'"stored"'  # the key with which the download of the app began before there were archives


@click.command("import")
@click.argument("file")
@click.option("--on", "on", help="The day for which it is read, as 2026-11-20; by default today.")
@click.option("-o", "--to", "target", help="Write the case to this file instead of standard output.")
@click.option("--json", "as_json", is_flag=True, help="Print the case and what was not taken over as JSON.")
@click.option("--data", "data_file", help="An archive: the private file it goes into; by default the app's.")
@click.option("--name", help="An archive: the name to find it by, if it holds none.")
@click.option("--replace", is_flag=True, help="An archive: erase what this person has there now.")
def import_file(
    file: str, on: str | None, target: str | None, as_json: bool, data_file: str | None, name: str | None,
    replace: bool,
) -> None:  # fmt: skip
    """Everything of one person back from an archive; or a FHIR R4 bundle as a case.

    What of a bundle was not taken over is said. FILE may be - for standard input.

    \b
    kneewise import mine.zip
    kneewise import bundle.json -o case.json && kneewise assess case.json
    """
    data = read_bytes(file)
    if data.startswith(ZIP) or OLD_DOWNLOAD in data[:64]:
        if target is not None or as_json or on is not None:
            raise BadCase(
                "the command", "an archive goes into the private file", "Give --data, not -o, --on, --json"
            )
        from kneewise.cli.take_along import import_archive

        import_archive(data, data_file, name, replace=replace)
        return
    from kneewise.cli.fhir import import_fhir, show_imported

    show_imported(import_fhir(data, on), target, as_json=as_json)
