"""Doses, criteria, pain rules, courses and check-ins as pure values; see `schema_training` for meanings."""

from __future__ import annotations

from dataclasses import dataclass

from kneewise.knowledge.types_base import Basis, Expression


@dataclass(frozen=True)
class DoseStep:
    """One prescription of a ladder."""

    sets: int
    reps: int
    hold_seconds: float
    rest_seconds: float
    tempo: str
    effort: str
    load: str
    load_step: int
    repetition_maximum: int | None
    range_step: int
    speed_step: int
    say: str
    times_per_week: tuple[int, int] | None = None  # where this step's differ from the scheme's


@dataclass(frozen=True)
class DoseScheme:
    """A ladder of prescriptions, gentlest first."""

    id: str
    qualities: tuple[str, ...]
    exercises: tuple[str, ...]
    steps: tuple[DoseStep, ...]
    times_per_week: tuple[int, int]
    hard: bool
    start: dict[str, int]
    sessions_each: int
    days_each: int
    entry: tuple[str, ...]
    maintenance: int | None
    basis: Basis
    source: tuple[str, ...]


@dataclass(frozen=True)
class Criterion:
    """What must hold before the next phase, and the one way in which that is seen."""

    id: str
    calm_sessions: int | None
    weeks_in_phase: float | None
    finding: str
    asked: bool
    measure: str
    at_least: float | None
    at_most: float | None
    side_gap_at_most: float | None
    side_share_at_least: float | None
    gain_at_least: float | None
    exercise_pain: str
    up_to: int
    on_days: int
    basis: Basis
    source: tuple[str, ...]


@dataclass(frozen=True)
class PainRule:
    """What pain during an exercise and the next morning means, for some causes."""

    id: str
    causes: tuple[str, ...]
    protocols: tuple[str, ...]
    green_up_to: int
    amber_up_to: int
    morning_green_rise: int
    morning_amber_rise: int
    settles_within_hours: int
    red_signs: tuple[str, ...]
    option: str
    basis: Basis
    source: tuple[str, ...]


@dataclass(frozen=True)
class CoursePoint:
    """Share of the first pain usually left after so many weeks."""

    week: float
    low: float
    high: float


@dataclass(frozen=True)
class Course:
    """What to expect by when."""

    id: str
    causes: tuple[str, ...]
    protocols: tuple[str, ...]
    severe: Expression | None
    slower: tuple[CoursePoint, ...]
    points: tuple[CoursePoint, ...]
    weeks_to_usual: tuple[float, float]
    better_by_week: float
    look_again_by_week: float
    basis: Basis
    source: tuple[str, ...]


@dataclass(frozen=True)
class CheckIn:
    """Danger questions that come back, for whom and how often."""

    id: str
    findings: tuple[str, ...]
    causes: tuple[str, ...]
    factors: tuple[str, ...]
    when: Expression | None
    every_days: int
    new_injury: bool
    basis: Basis
    source: tuple[str, ...]


@dataclass(frozen=True)
class Goal:
    """What somebody wants to get back to."""

    id: str
    needs: tuple[str, ...]
    favours: tuple[str, ...]
    shown_by: Expression | None
