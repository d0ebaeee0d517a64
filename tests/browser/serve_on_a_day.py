"""`kneewise serve` with a calendar that a test turns over: a file says how many days have passed.

    KNEEWISE_TEST_DAYS=<file> python -m tests.browser.serve_on_a_day serve --port 8080

Only this launcher knows of it: the app itself asks its local zone for the day, as always.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from kneewise.web import local_zone

DAYS_VARIABLE = "KNEEWISE_TEST_DAYS"


class DaysLater(tzinfo):
    """The machine's own zone, some days later; the file is read whenever somebody asks for the time."""

    def __init__(self, zone: tzinfo, passed: Path) -> None:
        self.zone, self.passed = zone, passed

    def fromutc(self, dt: datetime) -> datetime:
        """The local time, as many days later as the file says."""
        local = self.zone.fromutc(dt.replace(tzinfo=self.zone)).replace(tzinfo=self)
        return local + timedelta(days=int(self.passed.read_text(encoding="ascii")))

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """That of the machine's own zone."""
        return self.zone.utcoffset(dt.replace(tzinfo=self.zone) if dt else None)

    def dst(self, dt: datetime | None) -> timedelta | None:
        """That of the machine's own zone."""
        return self.zone.dst(dt.replace(tzinfo=self.zone) if dt else None)

    def tzname(self, dt: datetime | None) -> str | None:
        """That of the machine's own zone."""
        return self.zone.tzname(dt.replace(tzinfo=self.zone) if dt else None)


if __name__ == "__main__":
    zone = DaysLater(local_zone.local_zone(), Path(os.environ[DAYS_VARIABLE]))
    local_zone.local_zone = lambda: zone
    from kneewise.cli.main import main

    main()
