"""Everything of one person, out of the private file and into it again, as plain data.

The shape is that of `kneewise.exchange.stored`, which checks what comes in; this only writes it down. What
comes back has its old ids and moments, so that it is the same and not a copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from kneewise.store.models import Course, DiaryEntry, Person, SessionCalendar, Sitting, empty_write_ahead_log

SITTING_FIELDS = ("id", "door", "case", "done", "steps", "diagnosis", "preferences", "knowledge_version")


def _moment(moment: datetime) -> str:
    return moment.isoformat()


def calendar_of(sitting: Sitting) -> SessionCalendar | None:
    """The calendar of a sitting, if it has one."""
    return SessionCalendar.objects.filter(sitting=sitting).first()


def everything_of(sitting: Sitting) -> dict[str, Any]:
    """All that is stored of one person, as plain data."""
    course, calendar = sitting.course, calendar_of(sitting)
    entries = DiaryEntry.objects.filter(course=course).order_by("pk") if course else ()
    rows = [(entry.entry, _moment(entry.created)) for entry in entries]
    return {
        "person": sitting.person.export() if sitting.person else None,
        "sitting": {
            **{name: getattr(sitting, name) for name in SITTING_FIELDS},
            "created": _moment(sitting.created),
            "updated": _moment(sitting.updated),
        },
        "course": {
            "id": course.pk,
            "started_on": course.started_on.isoformat(),
            "knowledge_version": course.knowledge_version,
            "created": _moment(course.created),
            "kept": [kept for _, kept in rows],
        }
        if course
        else None,
        "programme": course.programme if course else None,
        "diary": [entry for entry, _ in rows],
        "calendar": calendar.export() if calendar else None,
    }


def _write(row: models.Model) -> None:
    """Write a new row exactly as it is, its moments too (as loading a fixture does)."""
    row.save_base(raw=True, force_insert=True)


def _add_entries(course: Course, entries: list[Any], kept: list[str]) -> None:
    for entry, moment in zip(entries, kept, strict=True):
        row = DiaryEntry(course=course, entry_id=entry["id"], on=entry["on"], kind=entry["kind"], entry=entry)
        row.created = datetime.fromisoformat(moment)
        _write(row)


def put_back(stored: Mapping[str, Any], person: Person) -> Sitting:
    """Write down everything of one person anew."""
    told, course = stored["sitting"], stored["course"]
    sitting = Sitting(person=person, **{name: told[name] for name in SITTING_FIELDS})
    sitting.created = datetime.fromisoformat(told["created"])
    sitting.updated = datetime.fromisoformat(told["updated"])
    _write(sitting)
    if course is not None:
        followed = Course(
            id=course["id"],
            sitting=sitting,
            programme=stored["programme"],
            knowledge_version=course["knowledge_version"],
            started_on=course["started_on"],
        )
        followed.created = datetime.fromisoformat(course["created"])
        _write(followed)
        _add_entries(followed, stored["diary"], course["kept"])
    if stored["calendar"] is not None:
        SessionCalendar.objects.create(sitting=sitting, **stored["calendar"])
    return sitting


def go_on(sitting: Sitting, stored: Mapping[str, Any]) -> None:
    """Add the entries of a diary that begins as the one here does and goes on."""
    course = sitting.course
    if course is not None:
        there = DiaryEntry.objects.filter(course=course).count()
        _add_entries(course, stored["diary"][there:], stored["course"]["kept"][there:])


def sitting_with(id_: str) -> Sitting | None:
    """The sitting with an id, whoever uses it."""
    return Sitting.objects.filter(pk=id_).first()


def name_person(person: Person, who: Mapping[str, Any] | None) -> None:
    """Give a person without a name the one of an archive, if nobody else here has it."""
    name, mark = (who or {}).get("name") or "", (who or {}).get("mark") or ""
    others = Person.objects.exclude(pk=person.pk).exclude(name="")
    if not name or person.name or name.casefold() in {other.name.casefold() for other in others}:
        return
    person.name, person.mark = name, mark if mark in Person.MARKS else Person.MARKS[0]
    person.save()


def call(person: Person, name: str | None) -> str:
    """The name that a person is found by: the own one, else the one given, else a plain one nobody has."""
    taken = {other.name.casefold() for other in Person.objects.exclude(pk=person.pk)}
    wanted = " ".join((name or "").split())[: Person.LONGEST_NAME] or person.name or "Me"
    number, free = 2, wanted
    while free.casefold() in taken:
        free, number = f"{wanted[: Person.LONGEST_NAME - 5]} {number}", number + 1
    if free != person.name:
        person.name, person.mark = free, person.mark or Person.MARKS[0]
        person.save()
    return free


def keep_calendar(sitting: str, wishes: Mapping[str, Any], told: list[Any]) -> None:
    """Keep what a calendar was told; the address of its feed stays."""
    SessionCalendar.objects.update_or_create(sitting_id=sitting, defaults={"wishes": wishes, "told": told})


def take_in(stored: Mapping[str, Any], meeting: str, here: Sitting | None, person: Person | None) -> Person:
    """Take in everything of one person, all of it or nothing; what is in its way is erased for real.

    `meeting` says what it does to the sitting of the same id (`exchange.stored.meet`); `here` is the sitting
    of this browser, which goes if it is another one. Returns the person whose it is now.
    """
    with transaction.atomic():
        known = sitting_with(stored["sitting"]["id"])
        owner = (known.person if known else None) or person or Person.objects.create()
        if here is not None and here.pk != stored["sitting"]["id"]:
            here.delete()
        if known is not None and meeting == "replaces":
            known.delete()
        if meeting in ("new", "replaces"):
            put_back(stored, owner)
        elif meeting == "adds" and known is not None:
            go_on(known, stored)
        name_person(owner, stored["person"])
        if person is not None and person.pk != owner.pk and not person.name:
            person.delete()  # without a name and a sitting nobody would find them again
    empty_write_ahead_log()
    return owner
