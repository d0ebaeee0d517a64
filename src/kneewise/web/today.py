"""The person's own day: the app runs on their machine, so its date is theirs; forms let them change it."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings


def today() -> date:
    """The local date of this machine."""
    return datetime.now(settings.LOCAL_ZONE).date()
