"""What a person's calendar is told now: the plan as it stands, and what it was told before."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from kneewise.evidence import BadCase
from kneewise.exchange.calendar import (
    Session,
    Wishes,
    parse_told,
    parse_wishes,
    planned,
    up_to_date,
    write_calendar,
)
from kneewise.store.models import SessionCalendar, Sitting
from kneewise.web.calendar_form import first_wishes
from kneewise.web.following import Following, following_of, stopped_elsewhere
from kneewise.web.journey import OldAnswers
from kneewise.web.knowledge import words

NOTHING: dict[str, Any] = {"week": [], "locked_by": None}


def calendar_of(following: Following) -> SessionCalendar:
    """The calendar of a person, new and not yet kept where there is none."""
    known = SessionCalendar.objects.filter(sitting=following.sitting).first()
    if known is not None:
        return known
    try:
        minutes = following.origin.preferences.minutes
    except BadCase:
        raise OldAnswers("programme") from None
    wishes = first_wishes(minutes)
    return SessionCalendar(sitting=following.sitting, wishes=wishes.data())


def wishes_of(calendar: SessionCalendar) -> Wishes:
    """The wishes of a calendar."""
    return parse_wishes(calendar.wishes)


def _wanted(following: Following, wishes: Wishes) -> list[Session]:
    """The sessions ahead; none where an alarm, or an answer changed since, has stopped the exercises."""
    stopped = stopped_elsewhere(following) is not None
    programme = NOTHING if stopped else following.review["programme"]
    names = {id_: told.name for id_, told in words().exercises.items()}
    started = following.course.started_on
    return planned(programme, started, following.course.pk, wishes, following.on, names)


def tell(following: Following, calendar: SessionCalendar, now: datetime) -> tuple[Session, ...]:
    """What the calendar is told now; it is kept, so that the next time only differences are new."""
    wishes = wishes_of(calendar)
    with transaction.atomic():
        before = SessionCalendar.objects.filter(pk=following.sitting.pk).first()
        told = parse_told(before.told if before else [])
        try:
            wanted = _wanted(following, wishes)
        except OldAnswers:
            return told  # nobody can say what stands: what was told is left alone
        sessions = up_to_date(told, wanted, following.on, now)
        if sessions != told or before is None:
            calendar.told = [one.data() for one in sessions]
            calendar.save()
    return sessions


def file_of(following: Following, calendar: SessionCalendar, *, feed: bool) -> bytes:
    """The calendar as a file; a feed in which nothing changed is the same to the byte."""
    now = datetime.now(UTC)
    sessions = tell(following, calendar, now)
    return write_calendar(sessions, wishes_of(calendar).title, None if feed else now)


def switch_feed(calendar: SessionCalendar, *, on: bool) -> None:
    """Give the feed a new address, or none."""
    calendar.token = secrets.token_urlsafe(32) if on else None
    calendar.save()


def feed_of(token: str) -> tuple[Following, SessionCalendar] | None:
    """The calendar behind an address, if there is one and its programme is still followed."""
    calendar = SessionCalendar.objects.filter(token=token).select_related("sitting").first()
    sitting: Sitting | None = calendar.sitting if calendar else None
    following = following_of(sitting) if sitting else None
    return (following, calendar) if following is not None and calendar is not None else None
