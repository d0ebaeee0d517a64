"""What is private: people, the sitting of each, the programme followed, its diary. No account.

A name is there only where somebody gave one, to find their own again among several.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import IntegrityError, connection, models, transaction


class AppendOnly(RuntimeError):
    """Somebody tried to change or delete what is only ever added to."""


class SameIdOtherEntry(ValueError):
    """An entry was sent under the id of another one: keeping it would lose one of the two."""


def new_sitting_id() -> str:
    """An id that cannot be guessed."""
    return secrets.token_urlsafe(24)


class Person(models.Model):
    """Somebody who uses this device: known by a name and a mark of their choice, or by neither.

    Who gives no name is found only by the browser that they began in.
    """

    LONGEST_NAME = 30
    # A colour never stands alone: each mark has a shape of its own.
    MARKS: ClassVar[tuple[str, ...]] = (
        "teal_circle", "blue_square", "red_triangle", "purple_diamond", "green_hexagon", "brown_star",
        "grey_cross", "pink_heart",
    )  # fmt: skip

    id: models.CharField[str, str] = models.CharField(
        primary_key=True, max_length=43, default=new_sitting_id, editable=False
    )
    name: models.CharField[str, str] = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    mark: models.CharField[str, str] = models.CharField(max_length=20, blank=True, default="")
    created: models.DateTimeField[Any, datetime] = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"person {self.id[:6]}…"

    @property
    def sitting(self) -> Sitting | None:
        """What this person told last."""
        return Sitting.objects.filter(person=self).order_by("-created", "-pk").first()

    def export(self) -> dict[str, Any]:
        """Who it is, as plain data."""
        return {"name": self.name or None, "mark": self.mark or None}


class Sitting(models.Model):
    """What one person told in one sitting, in the order in which it was asked.

    `case` holds person, respondent, side, text and the corrections to what was read in the text; `steps`
    holds the pages asked with their answers, so that Back can restore each of them.
    """

    HURTS, DIAGNOSIS, PREVENT = "hurts", "diagnosis", "prevent"
    DOORS: ClassVar[tuple[str, ...]] = (HURTS, DIAGNOSIS, PREVENT)

    id: models.CharField[str, str] = models.CharField(
        primary_key=True, max_length=43, default=new_sitting_id, editable=False
    )
    person: models.ForeignKey[Any, Person | None] = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="sittings", null=True
    )
    door: models.CharField[str, str] = models.CharField(
        max_length=12, choices=[(door, door) for door in DOORS]
    )
    case = models.JSONField(default=dict)
    done = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    diagnosis: models.CharField[str, str] = models.CharField(max_length=80, blank=True, default="")
    preferences = models.JSONField(default=dict)
    knowledge_version: models.CharField[str, str] = models.CharField(max_length=80, blank=True, default="")
    created: models.DateTimeField[Any, datetime] = models.DateTimeField(auto_now_add=True)
    updated: models.DateTimeField[Any, datetime] = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"sitting {self.id[:6]}…"

    def export(self) -> dict[str, Any]:
        """All that is stored of this sitting, as plain data."""
        return {
            "person": self.person.export() if self.person else None,
            "door": self.door,
            "case": self.case,
            "steps": self.steps,
            "diagnosis": self.diagnosis or None,
            "preferences": self.preferences,
            "knowledge_version": self.knowledge_version,
            "created": self.created.isoformat(),
            "updated": self.updated.isoformat(),
            "course": self.course.export() if self.course else None,
        }

    @property
    def course(self) -> Course | None:
        """The programme that is followed; a sitting has at most one."""
        return Course.objects.filter(sitting=self).first()

    def erase(self) -> None:
        """Delete for real, the course and its diary too.

        Each row is overwritten (secure_delete), and so is its trace in the log file.
        """
        with transaction.atomic():
            self.delete()
        empty_write_ahead_log()


class _Unchanging(models.QuerySet[Any]):
    """Rows that are read and added, and never changed or deleted one by one."""

    def update(self, **fields: Any) -> int:
        """Refused."""
        raise AppendOnly("this is only ever added to: write a correction")

    def bulk_update(self, *rows: Any, **fields: Any) -> int:
        """Refused."""
        raise AppendOnly("this is only ever added to: write a correction")

    def delete(self) -> Any:
        """Refused."""
        raise AppendOnly("only the whole sitting can be erased")


class _Kept(models.Model):
    """A row that is written once. Erasing the whole sitting is the one way in which it goes."""

    objects = _Unchanging.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *rest: Any, **options: Any) -> None:
        """Write it once. Raises `AppendOnly` the second time."""
        if not self._state.adding:
            raise AppendOnly("this is only ever added to: write a correction")
        super().save(*rest, **{**options, "force_insert": True})

    def delete(self, *rest: Any, **options: Any) -> Any:
        """Refused."""
        raise AppendOnly("only the whole sitting can be erased")


class Course(_Kept):
    """One programme that somebody follows, as it was on its first day. A sitting has at most one.

    A second course would leave an alarm of the first behind; a change of the programme is an entry.
    """

    id: models.CharField[str, str] = models.CharField(
        primary_key=True, max_length=43, default=new_sitting_id, editable=False
    )
    sitting: models.ForeignKey[Any, Sitting] = models.ForeignKey(
        Sitting, on_delete=models.CASCADE, related_name="courses"
    )
    programme = models.JSONField()
    knowledge_version: models.CharField[str, str] = models.CharField(max_length=80)
    started_on: models.DateField[Any, date] = models.DateField()
    created: models.DateTimeField[Any, datetime] = models.DateTimeField(auto_now_add=True)

    class Meta:
        """What the file itself refuses."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting"], name="one_course_of_a_sitting"),
        ]

    def __str__(self) -> str:
        return f"course {self.id[:6]}…"

    @classmethod
    def start(cls, sitting: Sitting, programme: Mapping[str, Any], on: date) -> Course:
        """Begin to follow a programme; pressing the button twice begins it once."""
        try:
            with transaction.atomic():
                course = cls(
                    sitting=sitting,
                    programme={**programme, "on": on.isoformat()},
                    knowledge_version=programme["knowledge_version"],
                    started_on=on,
                )
                course.save()
                return course
        except IntegrityError:
            known = sitting.course
            if known is None:
                raise
            return known

    def diary(self) -> list[dict[str, Any]]:
        """All entries in the order in which they were made, as the contract of a diary."""
        entries = DiaryEntry.objects.filter(course=self).order_by("pk")
        return [entry.entry for entry in entries]

    def add(self, *entries: Mapping[str, Any]) -> None:
        """Keep entries: all of them or none. When this returns they are on the disk.

        An entry that is there already (sent again) counts once. Raises `SameIdOtherEntry` where another entry
        has its id.
        """
        with transaction.atomic():
            for entry in entries:
                self._add(dict(entry))

    def _add(self, entry: dict[str, Any]) -> None:
        known = DiaryEntry.objects.filter(course=self, entry_id=entry["id"]).first()
        if known is None:
            DiaryEntry.objects.create(
                course=self, entry_id=entry["id"], on=entry["on"], kind=entry["kind"], entry=entry
            )
        elif known.entry != entry:
            raise SameIdOtherEntry(entry["id"])

    def export(self) -> dict[str, Any]:
        """All that is stored of this course, as plain data that `kneewise review` reads."""
        return {
            "started_on": self.started_on.isoformat(),
            "knowledge_version": self.knowledge_version,
            "programme": self.programme,
            "diary": self.diary(),
            "created": self.created.isoformat(),
        }


class DiaryEntry(_Kept):
    """One entry of a diary, as it was made; a correction is an entry of its own.

    `entry_id` comes from the page that was sent, so that the same page sent twice counts once.
    """

    id: models.BigAutoField[int, int] = models.BigAutoField(primary_key=True)
    course: models.ForeignKey[Any, Course] = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="entries"
    )
    entry_id: models.CharField[str, str] = models.CharField(max_length=100)
    on: models.DateField[Any, Any] = models.DateField()
    kind: models.CharField[str, str] = models.CharField(max_length=20)
    entry = models.JSONField()
    created: models.DateTimeField[Any, datetime] = models.DateTimeField(auto_now_add=True)

    class Meta:
        """What the file itself refuses."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "entry_id"], name="an_entry_counts_once"),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class SessionCalendar(models.Model):
    """How somebody wants their sessions in a calendar, and what the calendar has been told so far.

    `token` is the secret part of the feed's address; without one there is no feed.
    """

    sitting: models.OneToOneField[Any, Sitting] = models.OneToOneField(
        Sitting, on_delete=models.CASCADE, related_name="calendar", primary_key=True
    )
    wishes = models.JSONField()
    told = models.JSONField(default=list)
    token: models.CharField[str | None, str | None] = models.CharField(max_length=43, null=True, unique=True)

    def __str__(self) -> str:
        return f"calendar of {self.pk[:6]}…"

    def export(self) -> dict[str, Any]:
        """All but the secret address, which opens nothing on another machine."""
        return {"wishes": self.wishes, "told": self.told}


def empty_write_ahead_log() -> None:
    """Bring all writes into the file and cut the write-ahead log to nothing."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
