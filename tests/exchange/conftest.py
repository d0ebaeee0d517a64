"""People with everything an archive holds: simulated courses, drawn people, and what a calendar was told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from benchmarks.simulated_courses import FIRST, live

import kneewise
from kneewise.exchange.calendar import Wishes, planned, up_to_date
from kneewise.exchange.stored import Stored, from_programme
from kneewise.pathway.plan import wishes_of
from tests.plan.people import person

DAYS = 24


@lru_cache(maxsize=8)
def followed(seed: int, days: int = DAYS) -> tuple[Stored, date]:
    """Somebody who has followed a programme for some weeks, and the day it is."""
    engine = kneewise.default_engine()
    course = live(seed, engine, days=days)
    on = FIRST + timedelta(days=days)
    stored = from_programme(course.programme, course.diary, FIRST)
    stored["person"] = {"name": "Zoë", "mark": "teal_circle"}
    wishes = Wishes("Europe/London", title="=1+2; Größe")
    told = up_to_date(
        (), planned(course.programme, FIRST, "c", wishes, on), on, datetime(2026, 2, 1, tzinfo=UTC)
    )
    stored["calendar"] = {"wishes": wishes.data(), "told": [one.data() for one in told]}
    return stored, on


def only_told(seed: int) -> Stored | None:
    """Somebody drawn from the knowledge who has told everything and follows nothing; None for no such person."""
    engine = kneewise.default_engine()
    drawn = person(engine, seed)
    if drawn is None:
        return None
    origin: dict[str, Any] = {
        "case": drawn.case, "preferences": wishes_of(drawn.preferences),
        "diagnosis": drawn.diagnosis, "nothing_hurts": False,
    }  # fmt: skip
    stored = from_programme({"id": str(seed), "on": "2026-11-20", "origin": origin}, [], date(2026, 11, 20))
    stored["course"] = stored["programme"] = None
    return stored
