"""The prescription of an exercise: which ladder, which step, and how long it takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kneewise.knowledge.types import Exercise, Knowledge
from kneewise.knowledge.types_training import DoseScheme, DoseStep

OWN = "own"  # the exercise's own dose, where no ladder is meant for it
SECONDS_A_REP = 3.5  # where no tempo says it (estimate)
BETWEEN_HOLDS = 2.0
SETTING_UP = 30.0  # seconds to get into position
LEAST_SETS = 1
SMALLER = 0.75  # after a session that was a little too much: 20 to 30 per cent less
MANY_REPS = 4
HARD_LOAD = 3
RUN_ONE_BY_ONE = ("cardio", "warm_up")


@dataclass(frozen=True)
class Prescription:
    """Sets, repetitions, holds, rest and how often, with the ladder and step that they come from.

    Seconds throughout; `minutes` is the time of one session of it, both legs where it is done one by one.
    """

    scheme: str
    step: int
    steps: int
    sets: int
    reps: int
    hold_seconds: float
    rest_seconds: float
    tempo: str
    effort: str  # the exercise's own words …
    effort_id: str  # … or a phrase of the ladder
    load_id: str
    say: str
    times_per_week: tuple[int, int]
    hard: bool
    minutes: float


def needs_recovery(exercise: Exercise) -> bool:
    """Whether a day without it has to follow a day with it."""
    return exercise.load_class >= HARD_LOAD or exercise.type == "eccentric"


def scheme_for(exercise: Exercise, quality: str, wanted: str, knowledge: Knowledge) -> DoseScheme | None:
    """The ladder of an exercise for a quality: its own, else the phase's, else the quality's."""
    for scheme in knowledge.dose_schemes:
        if exercise.id in scheme.exercises:
            return scheme
    if wanted:
        return next(scheme for scheme in knowledge.dose_schemes if scheme.id == wanted)
    for name in (quality, *exercise.qualities):
        for scheme in knowledge.dose_schemes:
            if name in scheme.qualities:
                return scheme
    return None


def seconds_a_rep(tempo: str, hold_seconds: float) -> float:
    """How long one repetition takes; "3-1-3" is seconds down, held, up."""
    if hold_seconds:
        return hold_seconds + BETWEEN_HOLDS
    numbers = re.fullmatch(r"(\d+)(?:-(\d+))+", tempo.strip())
    return float(sum(int(part) for part in tempo.split("-"))) if numbers else SECONDS_A_REP


def _minutes(one: Prescription, legs: int, *, each_rested: bool) -> float:
    work = one.reps * seconds_a_rep(one.tempo, one.hold_seconds)
    # The other leg works while the first one rests.
    rest = max(one.rest_seconds - (work if legs == 2 else 0.0), 0.0)
    rests = one.reps - 1 if each_rested and one.sets == 1 else one.sets - 1
    total = SETTING_UP + one.sets * legs * work + rests * rest
    return round(total / 60, 2)


def timed(one: Prescription, exercise: Exercise, side: str) -> Prescription:
    """The prescription with the minutes that it takes this person."""
    legs = 2 if exercise.one_leg and side == "both" else 1
    # Runs and sprints of one set are rested after each one.
    return replace(one, minutes=_minutes(one, legs, each_rested=exercise.type in RUN_ONE_BY_ONE))


def _own(exercise: Exercise) -> Prescription:
    dose = exercise.dose
    return Prescription(
        OWN, 0, 1, dose.sets, dose.reps, dose.hold_seconds, dose.rest_seconds, dose.tempo, dose.effort, "",
        "", "", dose.times_per_week, needs_recovery(exercise), 0.0,
    )  # fmt: skip


def _of_step(exercise: Exercise, scheme: DoseScheme, index: int, step: DoseStep) -> Prescription:
    return Prescription(
        scheme=scheme.id,
        step=index,
        steps=len(scheme.steps),
        sets=step.sets,
        reps=step.reps,
        hold_seconds=step.hold_seconds,
        rest_seconds=step.rest_seconds,
        tempo=step.tempo or exercise.dose.tempo,
        effort="" if step.effort else exercise.dose.effort,
        effort_id=step.effort,
        load_id=step.load,
        say=step.say,
        times_per_week=step.times_per_week or scheme.times_per_week,
        hard=scheme.hard or needs_recovery(exercise),
        minutes=0.0,
    )


def start_step(scheme: DoseScheme | None, experience: str, *, gentle: bool) -> int:
    """The step to begin with; the first one for whoever needs it gentle."""
    return 0 if scheme is None or gentle else scheme.start.get(experience, 0)


def prescribe(exercise: Exercise, scheme: DoseScheme | None, step: int, side: str) -> Prescription:
    """The prescription of a step (cut to the ladder) for a person who does it on `side`."""
    if scheme is None:
        return timed(_own(exercise), exercise, side)
    index = min(max(step, 0), len(scheme.steps) - 1)
    return timed(_of_step(exercise, scheme, index, scheme.steps[index]), exercise, side)


def fewer_sets(one: Prescription, most: int, exercise: Exercise, side: str) -> Prescription:
    """The same with at most so many sets, never fewer than one."""
    return timed(replace(one, sets=max(min(one.sets, most), LEAST_SETS)), exercise, side)


def smaller(one: Prescription, exercise: Exercise, side: str) -> Prescription:
    """About a quarter less of the same: fewer repetitions, else a set less, else held shorter."""
    if one.reps >= MANY_REPS:
        less = replace(one, reps=max(round(one.reps * SMALLER), 1))
    elif one.sets > 1:
        less = replace(one, sets=one.sets - 1)
    else:
        less = replace(one, hold_seconds=round(one.hold_seconds * SMALLER))
    return timed(less, exercise, side)


def by_hand(one: Prescription, parts: Mapping[str, int], exercise: Exercise, side: str) -> Prescription:
    """The prescription with what a clinician has set."""
    values: dict[str, object] = {key: value for key, value in parts.items() if key != "times_per_week"}
    if "times_per_week" in parts:
        values["times_per_week"] = (parts["times_per_week"], parts["times_per_week"])
    return timed(replace(one, **values), exercise, side)  # type: ignore[arg-type]
