"""Sessions in a calendar: at the same time of day all year, told once, changed and cancelled under their id.

`icalendar` writes; `vobject` reads as the independent one, and icalendar's own reader as the second.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from kneewise.evidence import BadCase
from kneewise.exchange.calendar import (
    MOST_BYTES,
    NEUTRAL_TITLE,
    Session,
    Wishes,
    parse_told,
    parse_wishes,
    planned,
    read_calendar,
    session_days,
    up_to_date,
    write_calendar,
    zones,
)

START = date(2026, 3, 2)  # a Monday
NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
WISHES = Wishes("Europe/London")


def _programme(*days: int, locked: bool = False) -> dict[str, Any]:
    week = [{"day": day, "items": [{"exercise": "squat"}, {"exercise": "bridge"}]} for day in days]
    return {"week": week, "locked_by": {"gate": "none", "because": []} if locked else None}


def _told(
    programme: dict[str, Any], today: date, wishes: Wishes = WISHES, before: Any = (), now: datetime = NOW
) -> tuple[Session, ...]:
    names = {"squat": "Squat; deep, slow", "bridge": "Bridge"}
    return up_to_date(before, planned(programme, START, "course", wishes, today, names), today, now)


class CalendarClient:
    """A phone's calendar, as small as can be: what it holds follows from the files it is given, by RFC 5546."""

    def __init__(self) -> None:
        self.events: dict[str, Any] = {}

    def take(self, file: bytes) -> None:
        """Read a file with the independent parser; of two versions of a session the higher number counts."""
        for event in vobject.readOne(file.decode()).contents.get("vevent", []):
            held = self.events.get(event.uid.value)
            if held is None or int(event.sequence.value) >= int(held.sequence.value):
                self.events[event.uid.value] = event

    @property
    def shown(self) -> list[datetime]:
        """The starts of what it shows, in UTC."""
        live = [one for one in self.events.values() if one.status.value != "CANCELLED"]
        return sorted(one.dtstart.value.astimezone(UTC) for one in live)

    @property
    def days(self) -> list[date]:
        return [start.date() for start in self.shown]


@pytest.mark.parametrize(
    "zone", ["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]
)
@pytest.mark.parametrize("at", [time(18, 30), time(2, 30), time(0, 0)])
def test_a_session_stays_at_its_time_of_day_when_the_clocks_change(zone: str, at: time) -> None:
    wishes = Wishes(zone, at=at, weeks=4)
    told = []
    for today in (date(2026, 3, 2), date(2026, 10, 12)):  # each with a change of the clocks in its weeks
        told += _told(_programme(1, 2, 3, 4, 5, 6, 7), today, wishes)
    file = write_calendar(told)
    by_vobject = [one.dtstart.value for one in vobject.readOne(file.decode()).vevent_list]
    by_icalendar = [one.decoded("dtstart") for one in icalendar.Calendar.from_ical(file).walk("VEVENT")]
    assert [start.time() for start in by_vobject] == [at] * len(told) == [s.time() for s in by_icalendar]
    for session, start in zip(told, by_vobject, strict=True):
        meant = datetime.combine(session.on, at, ZoneInfo(zone))
        if meant.astimezone(UTC).astimezone(ZoneInfo(zone)).time() == at:  # not in the hour that is left out
            # vobject knows the zone by our VTIMEZONE alone; the zone data of this machine is the judge.
            assert start.astimezone(UTC) == meant.astimezone(UTC), session.on


def test_the_days_are_those_of_the_programmes_own_week_and_an_alarm_leaves_none() -> None:
    programme = _programme(1, 4)
    assert session_days(programme, START, START, 1) == [START, START + timedelta(days=3)]
    wednesday = START + timedelta(days=9)
    assert session_days(programme, START, wednesday, 1) == [
        START + timedelta(days=10),
        START + timedelta(days=14),
    ]
    assert session_days(programme, START, START - timedelta(days=2), 1) == [START, START + timedelta(days=3)]
    assert session_days(_programme(1, 4, locked=True), START, START, 4) == []


def test_nothing_about_health_is_in_the_file_unless_asked_for() -> None:
    wishes = replace(WISHES, title="Appointment")
    plain = write_calendar(_told(_programme(1, 3, 5), START, wishes), "Appointment").decode().lower()
    for word in ("squat", "bridge", "knee exercise", "pain", "exercise", "session\r\n"):
        assert word not in plain
    assert set(re.findall(r"summary:(.*)\r\n", plain)) == {"appointment"}
    telling = write_calendar(_told(_programme(1, 3, 5), START, replace(wishes, tells=True))).decode()
    event = vobject.readOne(telling).vevent
    assert event.description.value == "Squat; deep, slow\nBridge"
    assert event.summary.value == "Appointment"


def test_a_plan_that_changes_updates_and_cancels_what_the_calendar_holds() -> None:
    phone = CalendarClient()
    first = _told(_programme(1, 3, 5), START)
    phone.take(write_calendar(first))
    assert phone.days == session_days(_programme(1, 3, 5), START, START, 4)
    today = START + timedelta(days=9)
    # A day falls away, one comes, the time of day changes.
    later = _told(_programme(1, 5, 6), today, replace(WISHES, at=time(7, 15)), first, NOW + timedelta(days=9))
    phone.take(write_calendar(later))
    behind = [on for on in session_days(_programme(1, 3, 5), START, START, 4) if on < today]
    assert phone.days == behind + session_days(_programme(1, 5, 6), START, today, 4)
    assert {
        start.astimezone(ZoneInfo("Europe/London")).strftime("%H:%M") for start in phone.shown[len(behind) :]
    } == {"07:15"}
    # An alarm stops all that is ahead, and only that.
    stopped = _told(_programme(1, 5, 6, locked=True), today, WISHES, later, NOW + timedelta(days=10))
    phone.take(write_calendar(stopped))
    assert phone.days == behind
    # Seen by a doctor: it goes on under the same ids.
    again = _told(_programme(1, 5, 6), today, WISHES, stopped, NOW + timedelta(days=12))
    phone.take(write_calendar(again))
    assert phone.days == behind + session_days(_programme(1, 5, 6), START, today, 4)
    numbers = [{one.uid: one.sequence for one in told} for told in (first, later, stopped, again)]
    for older, newer in itertools.pairwise(numbers):
        assert all(newer[uid] >= older[uid] for uid in older if uid in newer)


def test_the_same_plan_told_again_changes_nothing() -> None:
    first = _told(_programme(2, 4), START)
    again = _told(_programme(2, 4), START, before=first, now=NOW + timedelta(hours=5))
    assert again == first
    assert write_calendar(first) == write_calendar(again)
    tomorrow = _told(_programme(2, 4), START + timedelta(days=1), before=first, now=NOW + timedelta(days=1))
    assert set(first) <= set(tomorrow)


def test_what_was_cancelled_is_remembered_for_four_weeks_and_not_for_ever() -> None:
    first = _told(_programme(2, 4), START)
    stopped = _told(_programme(2, 4, locked=True), START, before=first)
    assert all(one.cancelled for one in stopped)
    much_later = _told(_programme(2, 4, locked=True), START + timedelta(days=200), before=stopped)
    assert much_later == ()


TEXTS = st.text(min_size=1, max_size=60).filter(lambda text: bool("".join(text.split())))


@given(TEXTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_title_is_one_line_of_text_to_both_readers(title: str, name: str) -> None:
    try:
        wishes = parse_wishes({"zone": "Asia/Kolkata", "title": title, "tells": True})
    except BadCase:
        return  # nothing but signs that cannot be seen
    wanted = planned(_programme(1), START, "c", wishes, START, {"squat": name, "bridge": "x"})
    file = write_calendar(up_to_date((), wanted[:2], START, NOW), wishes.title, NOW)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert file.count(b"BEGIN:VEVENT") == 2
    for event in vobject.readOne(file.decode()).vevent_list:
        assert event.summary.value == wishes.title
    for event in icalendar.Calendar.from_ical(file).walk("VEVENT"):
        assert str(event["summary"]) == wishes.title
        assert event["status"] == "CONFIRMED"


def test_a_hostile_title_cannot_smuggle_anything_in() -> None:
    hostile = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:AUDIO\r\nATTACH:http://evil.example/\u202egnp"
    file = write_calendar(_told(_programme(1), START, parse_wishes({"zone": "UTC", "title": hostile[:60]})))
    assert b"\nACTION:AUDIO" not in file
    assert len(vobject.readOne(file.decode()).vevent_list) == 4


def test_a_reminder_rings_before_and_a_cancelled_session_does_not_ring() -> None:
    event = vobject.readOne(
        write_calendar(_told(_programme(1), START, replace(WISHES, reminder=25))).decode()
    ).vevent
    assert event.valarm.trigger.value == timedelta(minutes=-25)
    assert event.duration.value == timedelta(minutes=WISHES.minutes)
    assert b"VALARM" not in write_calendar(_told(_programme(1), START, replace(WISHES, reminder=None)))
    first = _told(_programme(1), START)
    assert b"VALARM" not in write_calendar(_told(_programme(1, locked=True), START, before=first))


def test_what_was_told_is_read_back_from_the_file_and_from_its_data() -> None:
    wishes = replace(WISHES, title="Größe; a, b\\n", tells=True, reminder=None)
    told = _told(_programme(1, 3), START, wishes)
    stopped = _told(_programme(3), START, wishes, told)
    assert read_calendar(write_calendar(stopped)) == stopped
    assert parse_told([one.data() for one in stopped]) == stopped
    assert parse_wishes(wishes.data()) == wishes


@pytest.mark.parametrize(
    "file",
    [
        b"", b"\xff\xfe", b"BEGIN:VCALENDAR", b"not a calendar",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:99999999T999999\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:X\r\n" * 200_000, b"A" * (MOST_BYTES + 1),
        write_calendar(_told(_programme(1), START)).replace(b"SEQUENCE:0", b"SEQUENCE:-1"),
        write_calendar(_told(_programme(1), START)).replace(b"PT30M", b"P9999999D"),
        write_calendar(_told(_programme(1), START)).replace(b"UID:", b"UID:../"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_ours_is_refused_with_a_kind_error(file: bytes) -> None:
    if not file.strip(b"BEGIN:X\r\n") and len(file) < 20:
        return
    with pytest.raises(BadCase) as told:
        read_calendar(file)
    assert told.value.mend


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"zone": "../../etc/passwd"}, "zone"), ({"zone": None}, "zone"), ({"zone": ["x"]}, "zone"),
        ({"at": "25:00"}, "at"), ({"at": 7}, "at"), ({"minutes": True}, "minutes"), ({"minutes": 10**30}, "minutes"),
        ({"reminder": -1}, "reminder"), ({"title": "\u202e "}, "title"), ({"title": "x" * 61}, "title"),
        ({"tells": 1}, "tells"), ({"weeks": 0}, "weeks"), ({"colour": 1}, "colour"),
    ],
)  # fmt: skip
def test_a_wrong_wish_is_named_with_its_place(wrong: dict[str, Any], where: str) -> None:
    with pytest.raises(BadCase) as told:
        parse_wishes({"zone": "UTC"} | wrong)
    assert told.value.where.endswith(where)


def test_every_zone_that_can_be_chosen_can_be_written() -> None:
    chosen = zones()[::60]
    sessions = [
        replace(_told(_programme(1), START)[0], uid=str(i), zone=zone) for i, zone in enumerate(chosen)
    ]
    file = write_calendar(sessions)
    for session, event in zip(sessions, vobject.readOne(file.decode()).vevent_list, strict=True):
        meant = datetime.combine(session.on, session.at, ZoneInfo(session.zone))
        assert event.dtstart.value.astimezone(UTC) == meant.astimezone(UTC), session.zone
    assert {"Europe/London", "America/New_York", "Asia/Kolkata", "UTC"} <= set(zones())
    assert parse_wishes({"zone": "UTC"}).title == NEUTRAL_TITLE
