"""`kneewise export fhir` and the FHIR part of `kneewise import`: files to bundles and back."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from kneewise.evidence import BadCase

if TYPE_CHECKING:
    from kneewise.exchange.fhir.bundle import BundleKind
    from kneewise.exchange.fhir.reading import Imported
    from kneewise.pathway import Engine

Json = dict[str, Any]


def day(value: str) -> date:
    """A day from an option. Raises `BadCase`."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadCase("--on", f"{value!r} is not a date", "Write it as 2026-11-20") from None


def _object(name: str) -> Mapping[str, Any]:
    from kneewise.cli.files import parse_json, read_text

    value = parse_json(read_text(name), name)
    if not isinstance(value, Mapping):
        raise BadCase(name, "this must be an object", "Give a case, or what `kneewise plan --json` prints")
    return value


def _diary(name: str) -> list[Any]:
    from kneewise.cli.files import read_values

    entries = [value for _, value in read_values(name, may_be_empty=True)]
    return entries[0] if len(entries) == 1 and isinstance(entries[0], list) else entries


def _last_day(diary: list[Any], programme: Mapping[str, Any]) -> str | None:
    days = [entry["on"] for entry in diary if isinstance(entry, Mapping) and isinstance(entry.get("on"), str)]
    return max(days, default=programme.get("on"))


def bundle_from(
    given: Mapping[str, Any],
    diary: list[Any],
    ready: Engine,
    kind: BundleKind,
    on: str | None,
    key: str | None,
) -> Json:
    """The bundle of a case, or of a programme with its diary. Raises `BadCase`."""
    from kneewise.exchange.fhir.bundle import make_bundle
    from kneewise.pathway.review import review_programme

    programme = given if "origin" in given or "week" in given else None
    if programme is None:
        if diary:
            raise BadCase(
                "DIARY", "a diary goes with a programme", "Give what `kneewise plan --json` prints first"
            )
        case = given
    else:
        origin = programme.get("origin")
        if not isinstance(origin, Mapping) or not isinstance(origin.get("case"), Mapping):
            raise BadCase(
                "programme/origin", "the programme does not say what it was made from",
                "Give a programme as `kneewise plan --json` prints it",
            )  # fmt: skip
        case = origin["case"]
    assessment = ready.assess(case)
    review = None
    if programme is not None and diary:
        review = review_programme(programme, diary, on or _last_day(diary, programme) or "", ready)
        programme = review["programme"]  # as the diary has left it: an alarm in it stops the exercises
    return make_bundle(
        case,
        ready,
        assessment=assessment,
        programme=programme,
        diary=diary,
        review=review,
        kind=kind,
        on=on or (programme or {}).get("on"),
        key=key,
    )


def write_out(data: bytes, target: str | None) -> None:
    """To a file, or to standard output."""
    if target is None or target == "-":
        sys.stdout.buffer.write(data)
        return
    from kneewise.cli.files import write_private

    write_private(data, target)
    click.echo(f"wrote {target}", err=True)


@click.command("fhir")
@click.argument("file")
@click.argument("diary_file", metavar="[DIARY]", required=False)
@click.option("--document", "kind", flag_value="document", help="A document for a clinician, letter first.")
@click.option("--transaction", "kind", flag_value="transaction", help="To send to a FHIR server.")
@click.option("--on", "on", help="The day of the record, where the case has none: 2026-11-20.")
@click.option("--key", help="What the ids are made of, the person's alone; by default the case's id.")
@click.option("-o", "--to", "target", help="Write to this file instead of standard output.")
def export_fhir(
    file: str, diary_file: str | None, kind: str | None, on: str | None, key: str | None, target: str | None
) -> None:
    """A record as FHIR R4. FILE is a case, or a programme from `plan --json` with its DIARY."""
    import kneewise
    from kneewise.exchange.fhir.bundle import to_bytes

    given = _object(file)
    diary = _diary(diary_file) if diary_file else []
    if on is not None:
        day(on)
    wanted: Any = kind or "collection"
    write_out(to_bytes(bundle_from(given, diary, kneewise.default_engine(), wanted, on, key)), target)


def import_fhir(data: bytes, on: str | None) -> Imported:
    """A bundle as a case and the list of what was not taken over. Raises `BadCase`."""
    import kneewise
    from kneewise.exchange.fhir import bounds
    from kneewise.exchange.fhir.reading import read_bundle

    today = day(on) if on else date.today()  # noqa: DTZ011  # the day where the person is
    return read_bundle(bounds.parse(data), kneewise.default_engine().knowledge, today)


def show_imported(got: Imported, target: str | None, *, as_json: bool) -> None:
    """The case as JSON on standard output or in a file; what was not taken over on standard error."""
    if as_json:
        write_out((json.dumps(got.as_data(), ensure_ascii=False) + "\n").encode(), target)
        return
    write_out((json.dumps(got.case, ensure_ascii=False) + "\n").encode(), target)
    for one in got.not_taken:
        click.echo(f"not taken over: {one.what} ({one.where}). {one.told}", err=True)
    if got.more:
        click.echo(f"and {got.more:,} more that were not taken over", err=True)
    count = len(got.case["evidence"])
    click.echo(f"{count} {'piece' if count == 1 else 'pieces'} of evidence taken over", err=True)
