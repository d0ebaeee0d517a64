"""`kneewise export archive`, `kneewise export calendar`, and archives for `kneewise import`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

import click

from kneewise.cli.files import parse_json, read_bytes, read_text, read_values
from kneewise.evidence import BadCase

if TYPE_CHECKING:
    from kneewise.exchange.calendar import Session, Wishes
    from kneewise.exchange.stored import Stored
    from kneewise.pathway import Engine

OWNER_ONLY = 0o600


def _engine() -> Engine:
    import kneewise

    return kneewise.default_engine()


def _day(on: str | None) -> date:
    try:
        return date.fromisoformat(on) if on is not None else datetime.now().astimezone().date()
    except ValueError:
        raise BadCase("--on", f"{on!r} is not a date", "Write it as 2026-11-20") from None


def _write(data: bytes, target: str | None, kind: str) -> None:
    """To a file that only its owner can read, or to standard output where that is no screen."""
    if target is None and sys.stdout.isatty():
        raise BadCase("the command", f"{kind} is nothing for a screen", "Name a file with -o")
    if target is None:
        sys.stdout.buffer.write(data)
        return
    try:
        handle = os.open(target, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, OWNER_ONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError as error:
        raise BadCase(
            target, f"it cannot be written: {error.strerror}", "Name another file with -o"
        ) from None
    click.echo(f"wrote {target}", err=True)


def _diary(name: str) -> list[Any]:
    entries = [value for _, value in read_values(name, may_be_empty=True)]
    return entries[0] if len(entries) == 1 and isinstance(entries[0], list) else entries


def _from_files(programme_file: str, diary_file: str | None, on: date) -> Stored:
    from kneewise.exchange.stored import from_programme

    programme = parse_json(read_text(programme_file), programme_file)
    diary = _diary(diary_file) if diary_file is not None else []
    if not isinstance(programme, Mapping) or not all(isinstance(entry, Mapping) for entry in diary):
        raise BadCase(programme_file, "this is not a programme", "Give what `kneewise plan --json` prints")
    return from_programme(programme, diary, on)


def _from_private_file(data_file: str | None, person: str | None) -> Stored:
    from kneewise.cli.private_file import open_private_file, sitting_of

    open_private_file(data_file, may_be_new=False)
    from kneewise.store.whole import everything_of

    return cast("Stored", everything_of(sitting_of(person)))


def _whose(
    programme: str | None, diary: str | None, data_file: str | None, person: str | None, on: date
) -> Stored:
    """All of one person: from a programme and its diary, or else from the private file. Raises `BadCase`."""
    if programme is None:
        return _from_private_file(data_file, person)
    if data_file is not None or person is not None:
        raise BadCase("the command", "give files or --data, one of the two", "Leave --data and --person out")
    return _from_files(programme, diary, on)


def _where_from(command: Any) -> Any:
    """What both exports are told: whose, which day, where to."""
    options: list[Callable[[Any], Any]] = [
        click.argument("programme", required=False),
        click.argument("diary", required=False),
        click.option("--data", "data_file", help="The private file; by default the one of the app."),
        click.option(
            "--person", help="Whose, where several use the app: a name, or first letters of the id."
        ),
        click.option("--on", "day", help="The day it is made for, as 2026-11-20; by default today."),
        click.option("-o", "--to", "target", help="Write to this file, which only you can read."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


# --- the archive -------------------------------------------------------------------------------------


@click.command("archive")
@_where_from
def export_archive(
    programme: str | None, diary: str | None, data_file: str | None, person: str | None, day: str | None,
    target: str | None,
) -> None:  # fmt: skip
    """Everything of one person in one .zip: from the app, or from PROGRAMME and DIARY.

    \b
    kneewise export archive -o mine.zip
    kneewise export archive programme.json diary.jsonl -o mine.zip
    """
    from kneewise.exchange.archive import write_archive
    from kneewise.exchange.parts import parts_of
    from kneewise.exchange.stored import check_stored

    on = _day(day)
    stored = _whose(programme, diary, data_file, person, on)
    ready = _engine()
    if programme is not None:
        check_stored(stored, max(on, _newest(stored)), ready)  # what goes out could not come in otherwise
    _write(write_archive(stored, on, ready, parts_of(stored, on, ready)), target, "a zip file")


def _newest(stored: Stored) -> date:
    days = [entry.get("on") for entry in stored["diary"]]
    return max((_day(str(day)) for day in days), default=date.min)


def import_archive(data: bytes, data_file: str | None, name: str | None, *, replace: bool) -> None:
    """Take an archive in, all of it or nothing; says what was done. Raises `BadCase`."""
    from kneewise.cli.private_file import open_private_file
    from kneewise.exchange.archive import read_archive
    from kneewise.exchange.stored import meet

    coming = read_archive(data, _day(None), _engine())
    file = open_private_file(data_file, may_be_new=True)
    from django.db import IntegrityError

    from kneewise.store.whole import call, everything_of, sitting_with, take_in

    known = sitting_with(coming["sitting"]["id"])
    here = cast("Stored", everything_of(known)) if known else None
    meeting = meet(here, coming)
    if meeting == "replaces" and here is not None and not replace:
        raise BadCase(
            str(file),
            f"this person is there with something else: a diary with {len(here['diary'])} entries here, "
            f"{len(coming['diary'])} in the archive",
            "Add --replace to erase what is there, or keep a copy first: kneewise export archive",
        )
    try:
        person = take_in(coming, meeting, None, None)
    except IntegrityError:
        raise BadCase(
            str(file), "parts of this archive belong to somebody else there", "Use another --data"
        ) from None
    called = call(person, name)
    done = {
        "new": "brought back: it is all there",
        "same": "it was all there already: nothing was changed",
        "adds": "the entries of the diary that were missing were added",
        "replaces": "replaced: it is as it was when the archive was made",
    }[meeting]
    click.echo(f"{done}, in {file}", err=True)
    click.echo(f"choose “{called}” on the first page of the app", err=True)


# --- the calendar ------------------------------------------------------------------------------------


def _wishes(stored: Stored, options: Mapping[str, Any]) -> Wishes:
    from kneewise.exchange.calendar import TELLING_TITLE, parse_wishes

    kept = stored["calendar"]["wishes"] if stored["calendar"] else {}
    told = {key: value for key, value in options.items() if value is not None and key != "no_reminder"}
    if options["no_reminder"]:
        told["reminder"] = None
    if told.pop("tells", False):
        told = {"title": TELLING_TITLE, **told, "tells": True}
    if "zone" not in {**kept, **told}:
        raise BadCase("--zone", "the time zone is missing", "Give it as --zone Europe/London")
    return parse_wishes({**kept, **told}, "the command")


def _sessions(stored: Stored, wishes: Wishes, before: tuple[Session, ...], on: date) -> tuple[Session, ...]:
    from kneewise.exchange.calendar import planned, up_to_date
    from kneewise.exchange.stored import review_of, stopped

    ready = _engine()
    review = review_of(stored, on, ready)
    course = stored["course"]
    if review is None or course is None:
        raise BadCase("the programme", "no programme is followed", "Begin one in the app, or give its files")
    programme: Mapping[str, Any] = {"week": []} if stopped(stored, ready) else review["programme"]
    names = {id_: told.name for id_, told in ready.words.exercises.items()}
    started = date.fromisoformat(course["started_on"])
    wanted = planned(programme, started, course["id"], wishes, on, names)
    return up_to_date(before, wanted, on, datetime.now(UTC))


@click.command("calendar")
@_where_from
@click.option("--at", help="Time of day, as 18:30.")
@click.option("--minutes", type=int, help="How long a session is.")
@click.option("--reminder", type=int, help="Minutes before; --no-reminder for none.")
@click.option("--no-reminder", is_flag=True, help="No reminder.")
@click.option("--zone", help="Time zone, as Europe/London.")
@click.option("--title", help="What the calendar shows; by default no word about health.")
@click.option("--tells", is_flag=True, default=None, help="Name the exercises in the note.")
@click.option("--weeks", type=int, help="How many weeks ahead; by default 4.")
@click.option("--update", metavar="OLD.ics", help="The file made before: what changed or fell away is told.")
def export_calendar(
    programme: str | None, diary: str | None, data_file: str | None, person: str | None, day: str | None,
    target: str | None, update: str | None, **options: Any,
) -> None:  # fmt: skip
    """The sessions ahead as a calendar file: from the app, or from PROGRAMME and DIARY.

    \b
    kneewise export calendar --zone Europe/London -o sessions.ics
    kneewise export calendar programme.json diary.jsonl --zone Europe/London --update old.ics -o new.ics
    """
    from kneewise.exchange.calendar import parse_told, read_calendar, write_calendar

    on = _day(day)
    stored = _whose(programme, diary, data_file, person, on)
    wishes = _wishes(stored, options)
    if update is not None:
        before = read_calendar(read_bytes(update))
    else:
        before = parse_told(stored["calendar"]["told"] if stored["calendar"] else [])
    sessions = _sessions(stored, wishes, before, on)
    if programme is None:
        from kneewise.store.whole import keep_calendar

        keep_calendar(stored["sitting"]["id"], wishes.data(), [one.data() for one in sessions])
    _write(write_calendar(sessions, wishes.title, datetime.now(UTC)), target, "a calendar file")
