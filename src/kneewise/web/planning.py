"""The programme of a sitting, and the wishes it is made from.

A sitting keeps its swaps as pairs, old exercise and new one, in the order in which they were made; what is
asked for and ruled out follows from them, so that each can be undone.
"""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from kneewise.pathway.contracts import ProgrammeContract
from kneewise.pathway.engine import Turn
from kneewise.pathway.plan import plan, situation_of
from kneewise.pathway.swap import parse_swaps, preferences_after
from kneewise.plan import Preferences, Situation, parse_preferences
from kneewise.plan.preferences import AT_HAND, EXPERIENCE, GOALS, PLACES
from kneewise.plan.swap import Swaps, wished
from kneewise.store.models import Sitting
from kneewise.web.answers import read_number
from kneewise.web.knowledge import engine
from kneewise.web.remembered import contract_of_turn, of_turn

DAYS = (1, 7)
MINUTES = (5, 90)
SWAPS = "swaps"


def wishes_of(sitting: Sitting) -> dict[str, Any]:
    """The preferences as their contract, the swaps apart; the door "prevent" is a goal."""
    wishes = {key: value for key, value in sitting.preferences.items() if key != SWAPS}
    if sitting.door == Sitting.PREVENT and "prevent" not in wishes.get("goals", []):
        wishes["goals"] = [*wishes.get("goals", []), "prevent"]
    return wishes


def swaps_made(sitting: Sitting) -> list[tuple[str, str]]:
    """The swaps of a sitting, old exercise and new one, in order."""
    return [(old, new) for old, new in sitting.preferences.get(SWAPS, [])]


def preferences_of(sitting: Sitting) -> Preferences:
    """The preferences, parsed, with all swaps."""
    preferences = parse_preferences(wishes_of(sitting), engine().knowledge)
    for old, new in swaps_made(sitting):
        preferences = wished(preferences, old, new)
    return preferences


def add_swap(sitting: Sitting, turn: Turn, old: str, new: str) -> None:
    """Keep a swap. Raises `BadCase` for one that would not leave a valid programme."""
    swaps = parse_swaps({old: new}, engine().knowledge)
    preferences_after(
        turn, preferences_of(sitting), engine(), swaps, sitting.diagnosis or None,
        nothing_hurts=nothing_hurts(sitting),
    )  # fmt: skip
    sitting.preferences = {**sitting.preferences, SWAPS: [*sitting.preferences.get(SWAPS, []), [old, new]]}
    sitting.save()


def undo_swap(sitting: Sitting, old: str) -> None:
    """Take the swap of an exercise back; nothing happens if there is none."""
    left = [pair for pair in sitting.preferences.get(SWAPS, []) if pair[0] != old]
    sitting.preferences = {**sitting.preferences, SWAPS: left}
    sitting.save()


def nothing_hurts(sitting: Sitting) -> bool:
    """Whether the programme is to prevent."""
    return sitting.door == Sitting.PREVENT


def situation_for(sitting: Sitting, turn: Turn) -> Situation:
    """What the plan needs to know of a sitting."""
    return situation_of(turn, sitting.diagnosis or None, nothing_hurts=nothing_hurts(sitting))


def possible_swaps(sitting: Sitting, turn: Turn) -> Swaps:
    """What may be swapped in the programme of a sitting."""
    preferences = preferences_of(sitting)
    return of_turn(
        "swaps",
        turn,
        (repr(preferences), sitting.diagnosis, nothing_hurts(sitting)),
        lambda: Swaps(situation_for(sitting, turn), preferences, engine().knowledge),
    )


def programme_for(sitting: Sitting, turn: Turn) -> ProgrammeContract:
    """The programme for a sitting as it stands."""
    preferences, diagnosis, healthy = (
        preferences_of(sitting),
        sitting.diagnosis or None,
        nothing_hurts(sitting),
    )
    return contract_of_turn(
        "programme",
        turn,
        (repr(preferences), diagnosis, healthy),
        lambda: plan(turn, preferences, engine(), diagnosis=diagnosis, nothing_hurts=healthy),
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
