"""The sessions of a programme as an iCalendar file (RFC 5545): written, brought up to date, read again.

A calendar on somebody's phone remembers what it was told. So what has been told is kept beside the plan as a
list of `Session`; when the plan changes, what differs goes out under the same id with a higher number, and
what fell away goes out as cancelled. Nothing here says a word about health unless the person asked for it.

Times are the person's own wall clock in a named zone, so that a session at six stays at six when the clocks
change. Pure: days, moments and what was told before are passed in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Alarm, Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from kneewise.evidence import BadCase

DAYS_A_WEEK = 7
NEUTRAL_TITLE = "kneewise session"
TELLING_TITLE = "Knee exercises"
LONGEST_TITLE = 60
LONGEST_NOTE = 4_000
MINUTES, REMINDER, WEEKS = (5, 180), (0, 1440), (1, 26)
KEPT_DAYS = 28  # a calendar that was switched off for so long still learns of what was cancelled
MOST_BYTES = 2 * 1024 * 1024
MOST_SESSIONS = 1_000
PRODUCT = "-//kneewise//sessions//EN"
ASK_AGAIN = timedelta(hours=6)
WISH_KEYS = ("at", "minutes", "reminder", "zone", "title", "tells", "weeks")


@dataclass(frozen=True)
class Wishes:
    """How the person wants the sessions in the calendar.

    `reminder` is minutes before, None for none; `tells` puts the exercises' names into the note.
    """

    zone: str
    at: time = time(18, 0)
    minutes: int = 30
    reminder: int | None = 15
    title: str = NEUTRAL_TITLE
    tells: bool = False
    weeks: int = 4

    def data(self) -> dict[str, Any]:
        """As plain data, which `parse_wishes` reads."""
        return {
            "zone": self.zone,
            "at": self.at.strftime("%H:%M"),
            "minutes": self.minutes,
            "reminder": self.reminder,
            "title": self.title,
            "tells": self.tells,
            "weeks": self.weeks,
        }


@dataclass(frozen=True)
class Session:
    """One session as a calendar was told of it; `modified` is when it was last told otherwise, in UTC."""

    uid: str
    on: date
    at: time
    zone: str
    minutes: int
    reminder: int | None
    title: str
    note: str
    sequence: int
    modified: datetime
    cancelled: bool = False

    def data(self) -> dict[str, Any]:
        """As plain data, which `parse_told` reads."""
        return {
            "uid": self.uid,
            "on": self.on.isoformat(),
            "at": self.at.strftime("%H:%M"),
            "zone": self.zone,
            "minutes": self.minutes,
            "reminder": self.reminder,
            "title": self.title,
            "note": self.note,
            "sequence": self.sequence,
            "modified": self.modified.isoformat(),
            "cancelled": self.cancelled,
        }


# --- what the person wants, read strictly ------------------------------------------------------------


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """The names of all zones that people live in, sorted; the odd old ones are left out."""
    named = {
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/"))
    }
    return (
        *sorted(named - {zone for zone in named if zone.startswith(("right/", "SystemV/", "US/"))}),
        "UTC",
    )


def _zone(value: Any, where: str) -> str:
    # The name goes into the file system of the zone data: only names that are there are looked up.
    if not isinstance(value, str) or value not in available_timezones():
        raise BadCase(
            where, f"there is no time zone {str(value)[:60]!r}", 'Give a name such as "Europe/London"'
        )
    return value


def _whole(value: Any, where: str, bounds: tuple[int, int]) -> int:
    low, high = bounds
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadCase(where, f"{str(value)[:40]!r} cannot be", f"Give a whole number from {low} to {high}")
    return value


def _time(value: Any, where: str) -> time:
    if isinstance(value, str) and re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value.strip()):
        hours, minutes = value.strip().split(":")
        return time(int(hours), int(minutes))
    raise BadCase(where, f"{str(value)[:40]!r} is not a time of day", "Write it as 18:30")


def _yes_or_no(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise BadCase(where, f"{str(value)[:40]!r} is neither yes nor no", "Use true or false")
    return value


def one_line(text: str) -> str:
    """Text on one line: whatever steers a calendar or the direction of writing becomes a space."""
    plain = "".join(
        " " if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp") else one for one in text
    )
    return " ".join(plain.split())


def _title(value: Any, where: str) -> str:
    if not isinstance(value, str) or not one_line(value):
        raise BadCase(where, "the title is missing", "Give a word or two")
    if len(one_line(value)) > LONGEST_TITLE:
        raise BadCase(where, f"the title is {len(value):,} characters long", f"Keep it under {LONGEST_TITLE}")
    return one_line(value)


def _object(data: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise BadCase(where, "this must be an object", 'Write it as {"key": value}')
    return data


def parse_wishes(data: Any, where: str = "calendar/wishes") -> Wishes:
    """Wishes from their JSON value: the zone is needed, the rest has defaults. Raises `BadCase`."""
    told = _object(data, where)
    for key in told:
        if key not in WISH_KEYS:
            raise BadCase(
                f"{where}/{str(key)[:60]}", "this key is not known", f"The keys are {', '.join(WISH_KEYS)}"
            )
    default = Wishes("UTC")
    reminder = told.get("reminder", default.reminder)
    return Wishes(
        zone=_zone(told.get("zone"), f"{where}/zone"),
        at=_time(told.get("at", "18:00"), f"{where}/at"),
        minutes=_whole(told.get("minutes", default.minutes), f"{where}/minutes", MINUTES),
        reminder=None if reminder is None else _whole(reminder, f"{where}/reminder", REMINDER),
        title=_title(told.get("title", default.title), f"{where}/title"),
        tells=_yes_or_no(told.get("tells", default.tells), f"{where}/tells"),
        weeks=_whole(told.get("weeks", default.weeks), f"{where}/weeks", WEEKS),
    )


def _day(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadCase(where, f"{str(value)[:40]!r} is not a date", "Write it as 2026-11-20") from None


def _moment(value: Any, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise BadCase(where, f"{str(value)[:40]!r} is not a moment", "Write date, time and zone") from None


def _session(data: Any, where: str) -> Session:
    told = _object(data, where)
    uid, note = told.get("uid"), told.get("note", "")
    if not isinstance(uid, str) or not re.fullmatch(r"[0-9A-Za-z.@_-]{1,120}", uid):
        raise BadCase(f"{where}/uid", "this is not the id of a session", "Make the calendar anew")
    if not isinstance(note, str) or len(note) > LONGEST_NOTE:
        raise BadCase(f"{where}/note", "this must be text", f"Up to {LONGEST_NOTE:,} characters")
    reminder = told.get("reminder")
    return Session(
        uid=uid,
        on=_day(told.get("on"), f"{where}/on"),
        at=_time(told.get("at"), f"{where}/at"),
        zone=_zone(told.get("zone"), f"{where}/zone"),
        minutes=_whole(told.get("minutes"), f"{where}/minutes", MINUTES),
        reminder=None if reminder is None else _whole(reminder, f"{where}/reminder", REMINDER),
        title=_title(told.get("title"), f"{where}/title"),
        note=note,
        sequence=_whole(told.get("sequence"), f"{where}/sequence", (0, 1_000_000)),
        modified=_moment(told.get("modified"), f"{where}/modified"),
        cancelled=_yes_or_no(told.get("cancelled", False), f"{where}/cancelled"),
    )


def parse_told(data: Any, where: str = "calendar/told") -> tuple[Session, ...]:
    """What a calendar was told, from its JSON value. Raises `BadCase`."""
    if not isinstance(data, list | tuple) or len(data) > MOST_SESSIONS:
        raise BadCase(where, "this must be a list of sessions", f"At most {MOST_SESSIONS:,}")
    told = tuple(_session(one, f"{where}/{i}") for i, one in enumerate(data))
    if len({one.uid for one in told}) < len(told):
        raise BadCase(where, "one session is there twice", "Make the calendar anew")
    return told


# --- from the plan to sessions -----------------------------------------------------------------------


def uid_of(course: str, on: date) -> str:
    """The id of the session of a course on a day: the same each time, and nothing can be read from it."""
    return str(uuid5(NAMESPACE_URL, f"kneewise:session:{course}:{on.isoformat()}"))


def session_days(programme: Mapping[str, Any], started: date, first: date, weeks: int) -> list[date]:
    """The days with exercises from a day on; none where an alarm or the gate has stopped them."""
    if programme.get("locked_by") is not None:
        return []
    training = {day["day"] for day in programme.get("week", []) if day["items"]}
    ahead = (first + timedelta(days=n) for n in range(weeks * DAYS_A_WEEK))
    return [on for on in ahead if on >= started and (on - started).days % DAYS_A_WEEK + 1 in training]


def planned(
    programme: Mapping[str, Any],
    started: date,
    course: str,
    wishes: Wishes,
    today: date,
    names: Mapping[str, str] | None = None,
) -> list[Session]:
    """The sessions from today on, as if nobody had been told of them yet.

    `programme` is the contract as a review gives it, `names` the exercises' names, needed where the wishes
    ask for them.
    """
    by_day = {day["day"]: day["items"] for day in programme.get("week", [])}

    def note(on: date) -> str:
        if not wishes.tells or names is None:
            return ""
        ids = dict.fromkeys(item["exercise"] for item in by_day[(on - started).days % DAYS_A_WEEK + 1])
        return "\n".join(names.get(id_, id_) for id_ in ids)[:LONGEST_NOTE]

    return [
        Session(
            uid=uid_of(course, on),
            on=on,
            at=wishes.at,
            zone=wishes.zone,
            minutes=wishes.minutes,
            reminder=wishes.reminder,
            title=wishes.title,
            note=note(on),
            sequence=0,
            modified=datetime.min.replace(tzinfo=UTC),
        )
        for on in session_days(programme, started, today, wishes.weeks)
    ]


def up_to_date(
    told: Iterable[Session], wanted: Iterable[Session], today: date, now: datetime
) -> tuple[Session, ...]:
    """What a calendar is to be told now, given what it was told before.

    Unchanged sessions stay as they are; changed ones take a higher number; those from today on that are
    wanted no longer are cancelled; what lies behind stays, and is forgotten after `KEPT_DAYS`.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    before = {one.uid: one for one in told}
    result = []
    for session in wanted:
        old = before.pop(session.uid, None)
        if old is None:
            result.append(replace(session, sequence=0, modified=now))
        elif replace(session, sequence=old.sequence, modified=old.modified) == old:
            result.append(old)
        else:
            result.append(replace(session, sequence=old.sequence + 1, modified=now))
    for old in before.values():
        if old.on >= today and not old.cancelled:
            result.append(replace(old, sequence=old.sequence + 1, modified=now, cancelled=True))
        elif old.on >= today - timedelta(days=KEPT_DAYS):
            result.append(old)
    return tuple(sorted(result, key=lambda one: (one.on, one.uid)))


# --- writing -----------------------------------------------------------------------------------------


def _start(session: Session) -> datetime:
    zone = UTC if session.zone == "UTC" else ZoneInfo(session.zone)
    return datetime.combine(session.on, session.at, zone)


def _alarm(session: Session, reminder: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", session.title)
    alarm.add("trigger", -timedelta(minutes=reminder))
    return alarm


def _event(session: Session, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", session.uid)
    event.add("dtstamp", stamp)
    event.add("last-modified", session.modified)
    event.add("sequence", session.sequence)
    event.add("dtstart", _start(session))
    # A length rather than an end: on the night the clocks change it is still half an hour.
    event.add("duration", timedelta(minutes=session.minutes))
    event.add("summary", session.title)
    if session.note:
        event.add("description", session.note)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if session.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if session.cancelled else "OPAQUE")
    if session.reminder is not None and not session.cancelled:
        event.add_component(_alarm(session, session.reminder))
    return event


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> list[datetime]:
    """The moments in UTC, to the minute, at which a zone's clocks change."""
    found, day = [], timedelta(days=1)
    low, before = first, first.astimezone(zone).utcoffset()
    while low < last:
        high = low + day
        after = high.astimezone(zone).utcoffset()
        if after != before:
            start, end = low, high
            while end - start > timedelta(minutes=1):
                middle = start + (end - start) // 2
                middle = middle.replace(second=0, microsecond=0)
                start, end = (
                    (middle, end) if middle.astimezone(zone).utcoffset() == before else (start, middle)
                )
            found.append(end)
        low, before = high, after
    return found


def _observance(zone: ZoneInfo, moment: datetime) -> TimezoneStandard | TimezoneDaylight:
    """What a zone's clocks show from a moment on; its start is told by the clock as it was before."""
    was = (moment - timedelta(minutes=1)).astimezone(zone).utcoffset() or timedelta()
    now = moment.astimezone(zone)
    part = TimezoneDaylight() if now.dst() else TimezoneStandard()
    part.add("dtstart", (moment + was).replace(tzinfo=None))
    part.add("tzoffsetfrom", was)
    part.add("tzoffsetto", now.utcoffset() or timedelta())
    part.add("tzname", now.tzname() or zone.key)
    return part


def _zones(sessions: Sequence[Session]) -> list[Timezone]:
    """The rules of each zone, from before the first of its sessions to after the last."""
    made = []
    for name in sorted({one.zone for one in sessions} - {"UTC"}):
        days = [one.on for one in sessions if one.zone == name]
        zone = ZoneInfo(name)
        first = datetime(min(days).year - 1, 1, 1, 12, tzinfo=UTC)
        last = datetime(max(days).year + 1, 12, 31, 12, tzinfo=UTC)
        timezone = Timezone()
        timezone.add("tzid", name)
        for moment in (first, *_changes(zone, first, last)):
            timezone.add_component(_observance(zone, moment))
        made.append(timezone)
    return made


def write_calendar(
    sessions: Sequence[Session], title: str = NEUTRAL_TITLE, now: datetime | None = None
) -> bytes:
    """The sessions as an iCalendar file.

    `now` is the moment it is made; without it, it is the last change, so that a feed in which nothing
    changed is the same to the byte.
    """
    changed = max((one.modified for one in sessions), default=datetime(2026, 1, 1, tzinfo=UTC))
    stamp = (now or changed).astimezone(UTC).replace(microsecond=0)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(one_line(title)))
    calendar.add("x-wr-calname", vText(one_line(title)))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for zone in _zones(sessions):
        calendar.add_component(zone)
    for session in sessions:
        calendar.add_component(_event(session, stamp))
    return bytes(calendar.to_ical())


# --- reading our own file again ----------------------------------------------------------------------


def _text(event: Component, key: str) -> str:
    return str(event.get(key, ""))


def _reminder(event: Component) -> int | None:
    for alarm in event.walk("VALARM"):
        trigger = getattr(alarm.get("trigger"), "dt", None)
        if isinstance(trigger, timedelta):
            return int(-trigger.total_seconds() // 60)
    return None


def _read_event(event: Component, where: str) -> Session:
    start = getattr(event.get("dtstart"), "dt", None)
    length = getattr(event.get("duration"), "dt", None)
    modified = getattr(event.get("last-modified"), "dt", None)
    if not (isinstance(start, datetime) and isinstance(length, timedelta) and isinstance(modified, datetime)):
        raise BadCase(where, "this session was not written by kneewise", "Give a file that kneewise wrote")
    zone = getattr(start.tzinfo, "key", None) or str(event["dtstart"].params.get("TZID", "UTC"))
    return _session(
        {
            "uid": _text(event, "uid"),
            "on": start.date().isoformat(),
            "at": start.strftime("%H:%M"),
            "zone": zone,
            "minutes": int(length.total_seconds() // 60),
            "reminder": _reminder(event),
            "title": _text(event, "summary"),
            "note": _text(event, "description"),
            "sequence": int(event.get("sequence", 0)),
            "modified": modified.isoformat(),
            "cancelled": _text(event, "status") == "CANCELLED",
        },
        where,
    )


def read_calendar(data: bytes) -> tuple[Session, ...]:
    """The sessions of a file that `write_calendar` wrote. Raises `BadCase`.

    A cancelled session has no reminder any more: that is the one thing the file does not give back.
    """
    where = "the calendar"
    mend = "Give a file that kneewise wrote"
    if len(data) > MOST_BYTES:
        raise BadCase(where, f"it is larger than {MOST_BYTES // 2**20} MB", mend)
    if data.count(b"BEGIN:") > 4 * MOST_SESSIONS:
        raise BadCase(where, "it holds too many entries", mend)
    try:
        events = list(Calendar.from_ical(data.decode("utf-8")).walk("VEVENT"))
        sessions = tuple(_read_event(event, f"{where}, session {i}") for i, event in enumerate(events, 1))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as wrong:
        if isinstance(wrong, BadCase):
            raise
        raise BadCase(where, "this cannot be read as a calendar", mend) from None
    return parse_told([one.data() for one in sessions], where)
