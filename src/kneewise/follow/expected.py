"""The expected course: the band for this cause and severity, and where the person is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from kneewise.evidence import Evidence
from kneewise.knowledge.types import Knowledge
from kneewise.knowledge.types_training import Course, CoursePoint
from kneewise.rules import Truth, evaluate

RECENT_DAYS = 7
LEAST_ENTRIES = 3  # fewer say nothing about a week
MUCH_THE_SAME = 0.9
WEEK = 7.0

Place = Literal["too_early", "ahead", "on_track", "off_track"]


@dataclass(frozen=True)
class Whereabouts:
    """Where somebody is in the course that is usual for their cause.

    Shares are of the pain at the start (its mean over the first days told). `left` is the range of weeks
    from now until most are back; `look_again` says that it is time to see somebody.
    """

    course: str
    week: float
    place: Place
    share: float | None
    low: float
    high: float
    left: tuple[float, float] | None
    not_better: bool
    look_again: bool


def course_for(causes: Sequence[str], protocols: Iterable[str], knowledge: Knowledge) -> Course:
    """The course of the first cause, else of the protocol, else the last one."""
    for cause in causes[:1]:
        for course in knowledge.courses:
            if cause in course.causes:
                return course
    for protocol in protocols:
        for course in knowledge.courses:
            if protocol in course.protocols:
                return course
    if not knowledge.courses:
        raise ValueError("the knowledge has no course")
    return knowledge.courses[-1]


def points_of(course: Course, evidence: Evidence) -> tuple[CoursePoint, ...]:
    """The slower band for whom it is meant, else the usual one."""
    slow = course.severe is not None and course.slower
    if slow and course.severe is not None and evaluate(course.severe, evidence).truth is Truth.HOLDS:
        return course.slower
    return course.points


def band(points: Sequence[CoursePoint], week: float) -> tuple[float, float]:
    """Share of the first pain usually left, low and high: straight lines between the points, level after."""
    if week <= points[0].week:
        return points[0].low, points[0].high
    for before, after in pairwise(points):
        if week <= after.week:
            part = (week - before.week) / (after.week - before.week)
            return (
                before.low + part * (after.low - before.low),
                before.high + part * (after.high - before.high),
            )
    return points[-1].low, points[-1].high


def _recent(pains: Sequence[tuple[date, float]], on: date) -> list[float]:
    recent = []
    for day, pain in reversed(pains):
        if (on - day).days >= RECENT_DAYS:
            break
        if day <= on:
            recent.append(pain)
    return recent


def whereabouts(
    course: Course, evidence: Evidence, started: date, on: date, pains: Sequence[tuple[date, float]]
) -> Whereabouts:
    """Where somebody is, from the worst pain told day by day (0-10), in order of days.

    The start is the first three values told; without pain at the start there is no share to follow.
    """
    week = (on - started).days / WEEK
    low, high = band(points_of(course, evidence), week)
    first = [pain for _, pain in pains[:LEAST_ENTRIES]]
    start = sum(first) / len(first) if first else 0.0
    recent = _recent(pains, on)
    back = course.weeks_to_usual
    # Past the usual range nobody can say how much is left.
    left = (max(back[0] - week, 0.0), back[1] - week) if week < back[1] else None
    if start <= 0 or len(recent) < LEAST_ENTRIES or len(pains) < 2 * LEAST_ENTRIES:
        return Whereabouts(course.id, week, "too_early", None, low, high, left, False, False)
    share = sum(recent) / len(recent) / start
    # One point of pain is noise, so the band is widened by what one point is of the start.
    noise = 1.0 / start
    place: Place = "on_track"
    if share > high + noise:
        place = "off_track"
    elif share < low - noise:
        place = "ahead"
    same = share >= MUCH_THE_SAME
    return Whereabouts(
        course.id, week, place, share, low, high, left,
        not_better=same and week >= course.better_by_week,
        look_again=same and week >= course.look_again_by_week,
    )  # fmt: skip
