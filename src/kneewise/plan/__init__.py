"""Assessment and preferences to a programme: gate, choose, dose, schedule, advise."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kneewise.plan.preferences import Preferences, parse_preferences
    from kneewise.plan.programme import Programme, build, first_programme
    from kneewise.plan.standing import Situation, Standing

__all__ = [
    "Preferences", "Programme", "Situation", "Standing", "build", "first_programme", "parse_preferences",
]  # fmt: skip

# An assessment needs no programme: each name is imported when it is first asked for.
_HOME = {
    "Preferences": "preferences",
    "parse_preferences": "preferences",
    "Programme": "programme",
    "build": "programme",
    "first_programme": "programme",
    "Situation": "standing",
    "Standing": "standing",
}


def __getattr__(name: str) -> Any:
    """A public name of the room, from its module."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"kneewise.plan.{_HOME[name]}"), name)
