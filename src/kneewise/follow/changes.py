"""One change of a programme: what, why, and the sentence (a phrase with its values) that says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kneewise.knowledge.types_training import DoseScheme, DoseStep

What = Literal[
    "progress", "hold", "smaller", "step_back", "rest", "phase", "keep_phase", "locked", "unlocked",
    "contact", "replan", "off_track", "maintenance", "correction", "order", "knowledge",
]  # fmt: skip
Value = str | float | date


@dataclass(frozen=True)
class Change:
    """What changed on a day. `because` are ids (entries, findings, criteria); `values` fill the phrase."""

    what: What
    on: date
    phrase: str
    exercise: str = ""
    because: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)


SHOWN_IN_MINUTES = 120  # a walk is told in minutes, a hold in seconds

# What of two steps differs, in the order in which it is told; each with the id of its words.
VARIABLES = (
    ("sets", "follow_what_sets"),
    ("hold_seconds", "follow_what_seconds"),
    ("load_step", "follow_what_load"),
    ("repetition_maximum", "follow_what_load"),
    ("range_step", "follow_what_range"),
    ("speed_step", "follow_what_speed"),
    ("reps", "follow_what_repetitions"),
)


def harder_in(before: DoseStep, after: DoseStep) -> tuple[str, ...]:
    """The variables in which a step is harder than the one before."""
    names = [
        name
        for name in ("sets", "reps", "hold_seconds", "load_step", "range_step", "speed_step")
        if getattr(after, name) > getattr(before, name)
    ]
    return tuple(names)


def told_of(before: DoseStep, after: DoseStep) -> tuple[str, str, str]:
    """(what, before, after) of two steps for a sentence: the phrase id of the variable and both values.

    Where a step has words of its own, or only the load goes up, both values are empty: the face then shows
    the step's words instead.
    """
    for name, phrase in VARIABLES:
        old, new = getattr(before, name), getattr(after, name)
        if name == "hold_seconds" and min(old, new) >= SHOWN_IN_MINUTES and old != new:
            return "follow_what_minutes", f"{old / 60:g}", f"{new / 60:g}"
        if old != new:
            numbers = name in ("sets", "hold_seconds", "reps")
            return phrase, f"{old:g}" if numbers else "", f"{new:g}" if numbers else ""
    return "follow_what_load", "", ""


def weekly_volume(scheme: DoseScheme, step: int) -> float:
    """Sets times repetitions (or seconds held) in a week at the most times the step asks for."""
    one = scheme.steps[step]
    times = (one.times_per_week or scheme.times_per_week)[1]
    return one.sets * one.reps * max(one.hold_seconds, 1.0) * times
