"""What the plan needs to know of a person: the assessment's outcome, and how far they have come since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kneewise.evidence import Evidence
from kneewise.knowledge.types import Gate


@dataclass(frozen=True)
class Situation:
    """What the plan needs to know of the assessment."""

    evidence: Evidence
    gate: Gate
    care_level: str
    red_flags: tuple[str, ...]
    causes: Mapping[str, float]  # cause -> chance of being among the causes
    factors: tuple[str, ...]
    side: str
    diagnosed: str | None = None  # a cause that a clinician has named


@dataclass(frozen=True)
class Standing:
    """How far a person has come with a programme; empty at the first one.

    `phases` maps a protocol to the phase reached, `steps` an exercise to its step on its dose ladder,
    `kept` are last week's exercises, `aside` those set aside for now, `instead` maps an exercise to the
    easier or harder version that takes its place, `smaller` are exercises to repeat with about a quarter
    less, `sets_off` are sets taken off each exercise while somebody finds back after missed days, `met` are
    criteria known to hold.
    """

    phases: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, int] = field(default_factory=dict)
    ladders: Mapping[str, str] = field(default_factory=dict)  # the ladder that a step is of
    kept: tuple[str, ...] = ()
    aside: frozenset[str] = frozenset()
    instead: Mapping[str, str] = field(default_factory=dict)
    smaller: frozenset[str] = frozenset()
    sets_off: int = 0
    met: frozenset[str] = frozenset()  # criteria known to hold
    maintaining: bool = False
