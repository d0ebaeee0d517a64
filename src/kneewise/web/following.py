"""The programme that this browser's sitting follows: its diary, what stands today, and what has been sent."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kneewise.evidence import BadCase, Evidence, Item
from kneewise.follow.diary import Diary, parse_diary
from kneewise.knowledge.types import CareLevel
from kneewise.pathway.contracts import AlarmContract, ProgrammeItem, ReviewContract
from kneewise.pathway.engine import text_items
from kneewise.pathway.plan import Origin, situation_of
from kneewise.pathway.review import origin_of, review
from kneewise.plan import Situation
from kneewise.rules import gather
from kneewise.store.models import Course, Sitting
from kneewise.web.journey import OldAnswers, standing
from kneewise.web.knowledge import engine
from kneewise.web.planning import situation_for
from kneewise.web.remembered import review_of
from kneewise.web.sittings import View, with_sitting
from kneewise.web.today import today

DAYS_A_WEEK = 7
SESSION_HEADER = "Kneewise-Session"
FREE_TEXT = 2_000
LASTED, PAIN = "duration_days", "pain_score_0_to_10"


def new_entry_id() -> str:
    """The id that a page carries for the entry that it will send."""
    return secrets.token_urlsafe(12)


@dataclass
class Following:
    """A course as it stands on a day."""

    sitting: Sitting
    course: Course
    on: date

    @cached_property
    def diary(self) -> list[dict[str, Any]]:
        """All entries."""
        return self.course.diary()

    @property
    def latest(self) -> date:
        """The last day that an entry may have: where the person is, it may be tomorrow already."""
        return self.on + timedelta(days=1)

    def _day(self, diary: list[dict[str, Any]]) -> date:
        """The day to review: today, and never before something that was entered."""
        days = [date.fromisoformat(entry["on"]) for entry in diary]
        return max(self.on, self.course.started_on, *days) if days else max(self.on, self.course.started_on)

    @cached_property
    def review(self) -> ReviewContract:
        """What stands. Raises `OldAnswers` where today's knowledge cannot read it any more."""
        try:
            return self._reviewed(self.diary)
        except BadCase as bad:
            raise OldAnswers(bad.where) from None

    def _reviewed(self, diary: list[dict[str, Any]]) -> ReviewContract:
        programme, day = self.course.programme, self._day(diary)
        return review_of(programme, diary, day.isoformat(), lambda: review(programme, diary, day, engine()))

    @cached_property
    def origin(self) -> Origin:
        """What the programme was made from."""
        return origin_of(self.course.programme, engine())

    @cached_property
    def situation(self) -> Situation:
        """The situation at the start."""
        return situation_of(self.origin.turn, self.origin.diagnosis, nothing_hurts=self.origin.nothing_hurts)

    @property
    def locked(self) -> bool:
        """Whether an alarm has stopped the exercises."""
        return self.review["programme"]["locked_by"] is not None

    @property
    def locked_since(self) -> date | None:
        """The day of the alarm that stands."""
        lock = self.review["programme"]["locked_by"]
        return date.fromisoformat(lock["since"]) if lock and "since" in lock else None

    @property
    def alarms(self) -> list[AlarmContract]:
        """The alarms that stop the exercises now, the most urgent first."""
        open_ = [a for a in self.review["alarms"] if a["kind"] == "lock" and a["cleared_on"] is None]
        order = ("emergency", "same_day", "within_days", "routine", "self_care")
        return sorted(open_, key=lambda alarm: order.index(alarm.get("care_level", "self_care")))

    def day_number(self, on: date | None = None) -> int:
        """Which day of the programme's week it is, from 1."""
        return ((on or self.on) - self.course.started_on).days % DAYS_A_WEEK + 1

    @property
    def week_number(self) -> int:
        """Which week since the start it is, from 1."""
        return (self.on - self.course.started_on).days // DAYS_A_WEEK + 1

    def items(self, day: int) -> list[ProgrammeItem]:
        """What is planned on a day of the week."""
        return next((one["items"] for one in self.review["programme"]["week"] if one["day"] == day), [])

    def parsed(self) -> Diary:
        """The diary as it counts: corrections in the place of what they correct."""
        return parse_diary(self.diary, engine().knowledge)

    def evidence(self) -> Evidence:
        """What is known of the person now: the case, and what the diary has told since."""
        turn = self.origin.turn
        told: dict[str, Item] = {}
        lasted = turn.evidence.value(LASTED)
        if lasted is not None:
            days = lasted + (self.on - self.course.started_on).days
            told[LASTED] = Item(LASTED, "present", days, on=self.on.isoformat())
        for entry in self.parsed().entries:
            day = entry.on.isoformat()
            told |= {item.finding: replace(item, on=day) for item in entry.findings}
            if entry.kind == "check_in" and entry.pain is not None:
                told[PAIN] = Item(PAIN, "present", entry.pain, on=day)
        written = text_items(turn.reading, turn.case.person, engine().knowledge)
        return gather(turn.case, engine().knowledge, (*written, *told.values()))

    @property
    def care_level(self) -> CareLevel:
        """The level at the start; an alarm stops everything by itself."""
        return self.origin.turn.triage.care_level

    def refused(self, *entries: Mapping[str, Any]) -> BadCase | None:
        """Why entries cannot be kept; None if they can. What is kept can always be read again."""
        diary = [*self.diary, *(dict(entry) for entry in entries if entry["id"] not in self.ids)]
        try:
            self._reviewed(diary)
        except BadCase as bad:
            return bad
        return None

    @cached_property
    def ids(self) -> set[str]:
        """The ids of all entries."""
        return {entry["id"] for entry in self.diary}


def following_of(sitting: Sitting) -> Following | None:
    """What a sitting follows, if it does."""
    course = sitting.course
    return Following(sitting, course, today()) if course is not None else None


def stopped_by_alarm(sitting: Sitting) -> bool:
    """Whether an alarm has stopped the exercises of a sitting."""
    following = following_of(sitting)
    return following is not None and following.locked


def with_course(view: View) -> View:
    """Give the view what this browser follows; without it the programme is the place to be."""

    @wraps(view)
    @with_sitting
    def inner(request: HttpRequest, sitting: Sitting, *args: Any, **kwargs: Any) -> HttpResponse:
        following = following_of(sitting)
        if following is None:
            return redirect("programme")
        if request.method == "POST":
            request.session.modified = True  # the cookie lives on for as long as somebody writes
        response = view(request, following, *args, **kwargs)
        if "review" in vars(following) and response.status_code == 200:
            # A session kept on the device learns of an alarm with whatever page is opened next.
            response.headers[SESSION_HEADER] = "locked" if following.locked else "open"
        return response

    return inner


def stopped_elsewhere(following: Following) -> HttpResponse | None:
    """Where somebody has to go whose answers of the sitting, changed since, forbid exercises now."""
    now = standing(following.sitting)
    if now.emergency:
        return redirect("emergency")
    shut = situation_for(following.sitting, now.turn).gate == "none"
    return redirect("programme") if shut and following.situation.gate != "none" else None
