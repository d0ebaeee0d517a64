"""The programme of a sitting, and the wishes it is made from."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from kneewise.pathway.contracts import ProgrammeContract
from kneewise.pathway.engine import Turn
from kneewise.pathway.plan import plan
from kneewise.plan import Preferences, parse_preferences
from kneewise.plan.preferences import AT_HAND, EXPERIENCE, GOALS, PLACES
from kneewise.store.models import Sitting
from kneewise.web.answers import read_number
from kneewise.web.knowledge import engine

DAYS = (1, 7)
MINUTES = (5, 90)


def wishes_of(sitting: Sitting) -> dict[str, Any]:
    """The preferences as their contract; the door "prevent" is a goal."""
    wishes = dict(sitting.preferences)
    if sitting.door == Sitting.PREVENT and "prevent" not in wishes.get("goals", []):
        wishes["goals"] = [*wishes.get("goals", []), "prevent"]
    return wishes


def preferences_of(sitting: Sitting) -> Preferences:
    """The preferences, parsed."""
    return parse_preferences(wishes_of(sitting), engine().knowledge)


def programme_for(sitting: Sitting, turn: Turn) -> ProgrammeContract:
    """The programme for a sitting as it stands."""
    return plan(
        turn,
        preferences_of(sitting),
        engine(),
        diagnosis=sitting.diagnosis or None,
        nothing_hurts=sitting.door == Sitting.PREVENT,
    )


def equipment_choices() -> list[str]:
    """Equipment that some exercise needs and not everybody has."""
    needed = {thing for exercise in engine().knowledge.exercises.values() for thing in exercise.equipment}
    return sorted(needed - set(AT_HAND))


def read_wishes(post: QueryDict) -> tuple[dict[str, Any], list[str]]:
    """What the preferences form sent, and the names of the fields that are wrong."""
    wrong: list[str] = []
    wishes: dict[str, Any] = {}
    for key, (low, high) in (("days", DAYS), ("minutes", MINUTES)):
        try:
            value = read_number(post.get(key, ""), key)
        except ValueError:
            value = -1.0
        if low <= value <= high and value == int(value):
            wishes[key] = int(value)
        else:
            wrong.append(key)
    for key, choices in (("place", PLACES), ("experience", EXPERIENCE)):
        wishes[key] = post.get(key, "")
        if wishes[key] not in choices:
            wrong.append(key)
    wishes["equipment"] = [thing for thing in equipment_choices() if thing in post.getlist("equipment")]
    wishes["goals"] = [goal for goal in GOALS if goal in post.getlist("goals")]
    return wishes, wrong
