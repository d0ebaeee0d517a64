"""The shape of the content that doses, progresses and follows a programme, as pydantic models.

Doses are ladders: each step is a whole prescription, and no step makes more than one thing harder than the
step before it. Criteria say what must hold before the next phase and how that is seen. Pain rules say what
pain during and the morning after means. Courses say what to expect by when. Check-ins say which danger
questions come back for whom.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from kneewise.knowledge.schema import Basis, Expression, Id, Model, Quality, Reviewed

Experience = Literal["new", "some", "trained"]


class DoseStep(Model):
    """One prescription of a ladder. What is left out is as the exercise's own dose says."""

    sets: int = Field(ge=1, le=10)
    reps: int = Field(ge=1, le=60)
    hold_seconds: float = Field(default=0, ge=0, le=3600)
    rest_seconds: float = Field(default=0, ge=0, le=600)
    tempo: str = ""  # seconds down - held - up, as "3-1-3"
    effort: Id | None = None  # a phrase
    load: Id | None = None  # a phrase: body weight, light, about a tenth more …
    load_step: int = Field(default=0, ge=0)  # how many load steps above the first; orders loads
    repetition_maximum: int | None = Field(default=None, ge=1, le=30)
    range_step: int = Field(default=0, ge=0)  # how many steps of range of motion above the first
    speed_step: int = Field(default=0, ge=0)
    say: Id | None = None  # a phrase with how to do this step, where numbers do not say it
    times_per_week: tuple[int, int] | None = None  # where this step's differ from the scheme's


class DoseScheme(Model):
    """A ladder of prescriptions, gentlest first; for qualities, or for named exercises, which come first."""

    id: Id
    qualities: tuple[Quality, ...] = ()
    exercises: tuple[Id, ...] = ()
    steps: tuple[DoseStep, ...] = Field(min_length=1)
    times_per_week: tuple[int, int]
    hard: bool = False  # never on two days in a row
    start: dict[Experience, int] = Field(
        default_factory=dict
    )  # index of the first step by experience; else 0
    sessions_each: int = Field(default=2, ge=1)  # calm sessions on a step before the next
    days_each: int = Field(default=0, ge=0)  # and days at the least
    entry: tuple[Id, ...] = ()  # criteria that must be met before its exercises are given at all
    maintenance: int | None = None  # index of the step to keep once the goal is reached; not climbed to
    basis: Basis
    source: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _climbs_one_thing_at_a_time(self) -> DoseScheme:
        for number, (low, high) in enumerate(zip(self.steps, self.steps[1:], strict=False), start=2):
            harder = [
                name
                for name in ("sets", "reps", "hold_seconds", "load_step", "range_step", "speed_step")
                if getattr(high, name) > getattr(low, name)
            ]
            if len(harder) > 1:
                raise ValueError(
                    f"step {number} makes {' and '.join(harder)} harder at once; raise one thing a step"
                )
        for experience, index in self.start.items():
            if not 0 <= index < len(self.steps):
                raise ValueError(f"start for {experience} is step {index}, but there are {len(self.steps)}")
        if self.maintenance is not None and self.maintenance >= len(self.steps):
            raise ValueError("maintenance is not one of the steps")
        return self


class DoseFile(Reviewed):
    """content/doses/*.yaml."""

    schemes: tuple[DoseScheme, ...]


class Criterion(Model):
    """How it is seen that a criterion holds; exactly one way. Its words are the phrase of the same id."""

    id: Id
    calm_sessions: int | None = None  # so many sessions in a row green, next morning too
    weeks_in_phase: float | None = None
    finding: Id | None = None  # a finding told absent in a check-in
    asked: bool = False  # the person says so in a check-in
    measure: Id | None = None  # a measure's finding, with one comparison
    at_least: float | None = None
    at_most: float | None = None
    side_gap_at_most: float | None = None  # in the unit of the measure
    side_share_at_least: float | None = None  # weaker side over stronger side
    gain_at_least: float | None = None  # better than the first measurement by so much
    exercise_pain: Id | None = None  # pain during this exercise …
    up_to: int | None = None  # … at most this
    on_days: int = Field(default=1, ge=1)
    basis: Basis
    source: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Criterion:
        ways = [
            self.calm_sessions is not None,
            self.weeks_in_phase is not None,
            self.finding is not None,
            self.asked,
            self.measure is not None,
            self.exercise_pain is not None,
        ]
        if sum(ways) != 1:
            raise ValueError(
                "say one way to see it: calm_sessions, weeks_in_phase, finding, asked, measure "
                "or exercise_pain"
            )
        compared = (
            self.at_least, self.at_most, self.side_gap_at_most, self.side_share_at_least, self.gain_at_least,
        )  # fmt: skip
        if (self.measure is not None) != (sum(value is not None for value in compared) == 1):
            raise ValueError("a measure goes with one comparison, and only a measure does")
        if (self.exercise_pain is not None) != (self.up_to is not None):
            raise ValueError("exercise_pain goes with up_to")
        return self


class CriterionFile(Reviewed):
    """content/criteria.yaml."""

    criteria: tuple[Criterion, ...]


class PainRule(Model):
    """What pain (0 to 10) during an exercise and the next morning means, for some causes."""

    id: Id
    causes: tuple[Id, ...] = ()  # empty: everybody else
    protocols: tuple[Id, ...] = ()
    green_up_to: int = Field(ge=0, le=10)
    amber_up_to: int = Field(ge=0, le=10)
    morning_green_rise: int = Field(default=0, ge=0, le=10)  # above the usual morning
    morning_amber_rise: int = Field(default=1, ge=0, le=10)
    settles_within_hours: int = Field(default=24, ge=0)
    red_signs: tuple[Id, ...] = ()  # findings told after a session that make it red
    option: str = ""  # "physiotherapist" for a rule that only a clinician may choose
    basis: Basis
    source: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> PainRule:
        if not self.green_up_to <= self.amber_up_to:
            raise ValueError("green must not reach above amber")
        if not self.morning_green_rise <= self.morning_amber_rise:
            raise ValueError("a green rise must not be above an amber one")
        return self


class PainRuleFile(Reviewed):
    """content/pain_rules.yaml."""

    rules: tuple[PainRule, ...]


class CoursePoint(Model):
    """How much of the first pain is usually left after so many weeks: a share from low to high."""

    week: float = Field(ge=0)
    low: float = Field(ge=0, le=2)
    high: float = Field(ge=0, le=2)


class Course(Model):
    """What to expect: a band, when most are back, and when to think again."""

    id: Id
    causes: tuple[Id, ...] = ()
    protocols: tuple[Id, ...] = ()
    severe: Expression | None = None  # whom the slower band is for; else None
    slower: tuple[CoursePoint, ...] = ()
    points: tuple[CoursePoint, ...] = Field(min_length=2)
    weeks_to_usual: tuple[float, float]  # back to what one usually does
    better_by_week: float  # some change should be seen by then
    look_again_by_week: float  # no better by then: see somebody
    basis: Basis
    source: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Course:
        for points in (self.points, self.slower):
            if [point.week for point in points] != sorted({point.week for point in points}):
                raise ValueError("weeks must rise from point to point")
            if any(point.low > point.high for point in points):
                raise ValueError("low must not be above high")
        return self


class CourseFile(Reviewed):
    """content/courses.yaml."""

    courses: tuple[Course, ...]


class CheckIn(Model):
    """Danger questions that come back: small, for whom, how often. The words are the finding's own."""

    id: Id
    findings: tuple[Id, ...] = Field(min_length=1)
    causes: tuple[Id, ...] = ()
    factors: tuple[Id, ...] = ()
    when: Expression | None = None  # and whoever has told this; none of the three: everybody
    every_days: int = Field(default=1, ge=1)
    new_injury: bool = False  # a yes means injured again: back to the first phase once it has been seen
    basis: Basis
    source: tuple[str, ...] = ()


class CheckInFile(Reviewed):
    """content/check_ins.yaml."""

    check_ins: tuple[CheckIn, ...]


class Goal(Model):
    """What somebody wants to get back to; words are the phrase goal_<id>."""

    id: Id
    needs: tuple[Quality, ...] = ()  # qualities trained only for such a goal
    favours: tuple[Id, ...] = ()  # exercises that are closest to it
    shown_by: Expression | None = None  # what somebody tells that shows the goal without naming it


class GoalFile(Reviewed):
    """content/goals.yaml."""

    goals: tuple[Goal, ...]
