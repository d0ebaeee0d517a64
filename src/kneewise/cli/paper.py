"""`kneewise export appointment|letter|programme|progress`: pages to print, as PDF."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from kneewise.evidence import BadCase


def _day(value: str | None) -> date:
    """The day of an option, today without one. Raises `BadCase`."""
    if value is None:
        return date.today()  # noqa: DTZ011  # the day where the person is
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadCase("--on", f"{value!r} is not a date", "Write it as 2026-11-20") from None


def _object(name: str, what: str) -> Mapping[str, Any]:
    from kneewise.cli.files import parse_json, read_text

    value = parse_json(read_text(name), name)
    if not isinstance(value, Mapping):
        raise BadCase(name, "this must be an object", f"Give {what}")
    return value


def _entries(name: str) -> list[Any]:
    from kneewise.cli.files import read_values

    entries = [value for _, value in read_values(name, may_be_empty=True)]
    return entries[0] if len(entries) == 1 and isinstance(entries[0], list) else entries


def _write(pdf: bytes, target: str | None) -> None:
    """To the file, or to standard output when nobody watches it: a terminal cannot show a PDF."""
    if target in (None, "-"):
        if target is None and sys.stdout.isatty():
            raise BadCase("the command", "a PDF cannot be shown here", "Name a file: -o page.pdf")
        sys.stdout.buffer.write(pdf)
        return
    path = Path(str(target))
    try:
        path.write_bytes(pdf)
    except OSError as error:
        raise BadCase(
            str(path), f"cannot be written: {error.strerror}", "Choose another place with -o"
        ) from None
    click.echo(f"wrote {path}", err=True)


def _options(command: Any) -> Any:
    for option in (
        click.option("-o", "--to", "target", help="Write to this file instead of standard output."),
        click.option("--large-print", is_flag=True, help="In letters of 16 point and more."),
        click.option("--on", "day", help="The day of printing, as 2026-11-20; today if left out."),
    ):
        command = option(command)
    return command


def _asking(command: Any) -> Any:
    for option in (
        click.option("--diagnosis", help="A cause that the person was told by a clinician."),
        click.option("--question", default="", help="The person's own question, at most 600 characters."),
    ):
        command = option(command)
    return command


def _about(file: str, diary_file: str | None, on: date) -> dict[str, Any]:
    """What the page and the letter are made from: a case, or a programme with the diary kept since."""
    import kneewise
    from kneewise.exchange.paper.since import with_diary
    from kneewise.pathway.review import review_programme

    given = _object(file, 'a case such as {"text": "…"}, or what `kneewise plan --json` prints')
    origin = given.get("origin")
    if not isinstance(origin, Mapping):
        if diary_file is not None:
            raise BadCase(
                diary_file, "a diary goes with a programme", "Give what `kneewise plan --json` prints"
            )
        return {"case": given}
    about: dict[str, Any] = {
        "case": origin.get("case", {}),
        "diagnosis": origin.get("diagnosis"),
        "nothing_hurts": bool(origin.get("nothing_hurts", False)),
    }
    if diary_file is None:
        return about
    engine, diary = kneewise.default_engine(), _entries(diary_file)
    review = review_programme(given, diary, on.isoformat(), engine)
    started = date.fromisoformat(review["started_on"])
    case = with_diary(review["programme"]["origin"]["case"], diary, started, on, engine.knowledge)
    return about | {"case": case, "review": review}


def _page(
    kind: str,
    file: str,
    diary: str | None,
    day: str | None,
    diagnosis: str | None,
    question: str,
    *,
    large: bool,
) -> bytes:
    import kneewise
    from kneewise.cli.main import at
    from kneewise.exchange import paper
    from kneewise.pathway.plan import known_diagnosis

    if len(question) > paper.LONGEST_QUESTION:
        raise BadCase(
            "--question", f"the question is {len(question):,} characters long",
            f"Keep it under {paper.LONGEST_QUESTION}",
        )  # fmt: skip
    on, engine = _day(day), kneewise.default_engine()
    about = _about(file, diary, on)
    diagnosis = diagnosis or about.get("diagnosis")
    known_diagnosis(diagnosis, engine.knowledge)
    make = {"appointment": paper.appointment_pdf, "letter": paper.letter_pdf}[kind]
    with at(file):
        return make(
            about.pop("case"), engine, on=on, question=question, large_print=large,
            **about | {"diagnosis": diagnosis},
        )  # fmt: skip


@click.command()
@click.argument("file")
@click.argument("diary_file", metavar="[DIARY]", required=False)
@_asking
@_options
def appointment(
    file: str,
    diary_file: str | None,
    day: str | None,
    large_print: bool,
    target: str | None,
    question: str,
    diagnosis: str | None,
) -> None:
    """One side of A4 for the appointment. FILE is a case, or a programme with its DIARY.

    \b
    kneewise export appointment case.json --question "Do I need a scan?" -o appointment.pdf
    """
    _write(_page("appointment", file, diary_file, day, diagnosis, question, large=large_print), target)


@click.command()
@click.argument("file")
@click.argument("diary_file", metavar="[DIARY]", required=False)
@_asking
@_options
def letter(
    file: str,
    diary_file: str | None,
    day: str | None,
    large_print: bool,
    target: str | None,
    question: str,
    diagnosis: str | None,
) -> None:
    """A letter to a physiotherapist or GP. FILE is a case, or a programme with its DIARY."""
    _write(_page("letter", file, diary_file, day, diagnosis, question, large=large_print), target)


@click.command()
@click.argument("file", metavar="PROGRAMME")
@_options
def programme(file: str, day: str | None, large_print: bool, target: str | None) -> None:
    """The programme with pictures and a chart to tick. PROGRAMME from `plan --json` or a review."""
    import kneewise
    from kneewise.cli.main import at
    from kneewise.exchange.paper import programme_pdf

    given = _object(file, "what `kneewise plan --json` prints")
    reviewed = given.get("programme")
    made = reviewed if isinstance(reviewed, Mapping) else given
    with at(file):
        pdf = programme_pdf(made, kneewise.default_engine(), on=_day(day), large_print=large_print)
    _write(pdf, target)


@click.command()
@click.argument("file", metavar="PROGRAMME")
@click.argument("diary_file", metavar="[DIARY]", required=False)
@_options
def progress(
    file: str, diary_file: str | None, day: str | None, large_print: bool, target: str | None
) -> None:
    """The report for a follow-up visit: from PROGRAMME and DIARY, or from what `review --json` prints."""
    import kneewise
    from kneewise.cli.main import at
    from kneewise.exchange.paper import progress_pdf
    from kneewise.pathway.review import review_programme

    on, engine = _day(day), kneewise.default_engine()
    given = _object(file, "a programme, or what `kneewise review --json` prints")
    with at(file):
        review: Any = given
        if diary_file is not None:
            review = review_programme(given, _entries(diary_file), on.isoformat(), engine)
        elif "week" in given or "origin" in given:
            raise BadCase("", "a report needs the diary too", "Give PROGRAMME and DIARY")
        pdf = progress_pdf(review, engine, on=on, large_print=large_print)
    _write(pdf, target)


PAPERS = (appointment, letter, programme, progress)
