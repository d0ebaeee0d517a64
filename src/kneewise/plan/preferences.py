"""What the person wants and has: parsed once, with kind errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kneewise.evidence import BadCase
from kneewise.knowledge.types import Knowledge
from kneewise.plan.orders import Order, parse_orders

GOALS = ("walk", "stairs", "sit", "run", "sport", "prevent")
PLACES = ("home", "gym", "pool", "work")
EXPERIENCE = ("new", "some", "trained")
KEYS = ("goals", "days", "minutes", "equipment", "place", "experience", "pinned", "banned", "clinician")
# What nearly everybody has at hand at home.
AT_HAND = (
    "none",
    "mat",
    "chair",
    "wall",
    "towel",
    "step",
    "support",
    "floor",
    "socks",
    "box",
    "shoes",
    "support near",
)


@dataclass(frozen=True)
class Preferences:
    """Defaults: three days, twenty minutes, at home, new to exercise, no special equipment."""

    goals: tuple[str, ...] = ()
    days: int = 3
    minutes: int = 20
    equipment: tuple[str, ...] = ()
    place: str = "home"
    experience: str = "new"
    pinned: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    clinician: tuple[Order, ...] = ()


def _list(data: Mapping[str, Any], key: str, choices: tuple[str, ...] | None) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        raise BadCase(f"preferences/{key}", "this must be a list of words", 'Write it as ["…"]')
    for entry in value:
        if choices is not None and entry not in choices:
            raise BadCase(
                f"preferences/{key}", f"{entry!r} is not one of the choices", f"Use {', '.join(choices)}"
            )
    return tuple(value)


def _whole(data: Mapping[str, Any], key: str, low: int, high: int, default: int) -> int:
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadCase(
            f"preferences/{key}", f"{value!r} cannot be", f"Give a whole number from {low} to {high}"
        )
    return value


def _one(data: Mapping[str, Any], key: str, choices: tuple[str, ...], default: str) -> str:
    value = data.get(key, default)
    if value not in choices:
        raise BadCase(
            f"preferences/{key}", f"{value!r} is not one of the choices", f"Use one of {', '.join(choices)}"
        )
    return str(value)


def parse_preferences(data: Any, knowledge: Knowledge) -> Preferences:
    """Preferences from their JSON value; None gives the defaults. Raises `evidence.BadCase`."""
    if data is None:
        return Preferences()
    if not isinstance(data, Mapping):
        raise BadCase("preferences", "this must be an object", 'Write it as {"days": 3}')
    for key in data:
        if key not in KEYS:
            raise BadCase(f"preferences/{key}", f"unknown key {key!r}", f"The keys are {', '.join(KEYS)}")
    known = tuple(knowledge.exercises)
    return Preferences(
        goals=_list(data, "goals", GOALS),
        days=_whole(data, "days", 1, 7, 3),
        minutes=_whole(data, "minutes", 5, 90, 20),
        equipment=_list(data, "equipment", None),
        place=_one(data, "place", PLACES, "home"),
        experience=_one(data, "experience", EXPERIENCE, "new"),
        pinned=_list(data, "pinned", known),
        banned=_list(data, "banned", known),
        clinician=parse_orders(data.get("clinician", []), knowledge),
    )
