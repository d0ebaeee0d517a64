"""What is private: one sitting of one person. No name, no account."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.db import connection, models, transaction


def new_sitting_id() -> str:
    """An id that cannot be guessed."""
    return secrets.token_urlsafe(24)


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
            "door": self.door,
            "case": self.case,
            "steps": self.steps,
            "diagnosis": self.diagnosis or None,
            "preferences": self.preferences,
            "knowledge_version": self.knowledge_version,
            "created": self.created.isoformat(),
            "updated": self.updated.isoformat(),
        }

    def erase(self) -> None:
        """Delete for real: the row is overwritten (secure_delete), and so is its trace in the log file."""
        with transaction.atomic():
            self.delete()
        empty_write_ahead_log()


def empty_write_ahead_log() -> None:
    """Bring all writes into the file and cut the write-ahead log to nothing."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
