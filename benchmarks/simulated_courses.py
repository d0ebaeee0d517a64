"""Simulated people who follow a programme for twelve weeks, day by day, and what must hold at every step.

The people are invented: a tissue that can bear so much, that gains when it is loaded within its limits and
loses when it is overloaded or idle, and a person who trains more or less as told. They say nothing about how
real people recover; they are there to take the rules of following through many different weeks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import kneewise
from kneewise.follow.diary import parse_diary
from kneewise.follow.training import Outcome, Training
from kneewise.knowledge.types import Knowledge
from kneewise.pathway.engine import Engine
from kneewise.pathway.interview import final_turn
from kneewise.pathway.plan import plan, situation_of
from kneewise.pathway.review import review, watch_over
from kneewise.plan import parse_preferences

FIRST = date(2026, 1, 5)
DAYS = 84
KINDS = (
    "quick", "slow", "flare_ups", "over_doer", "non_adherer", "clot_on_day_9", "injured_again_in_week_5",
)  # fmt: skip
CLOT_DAY, AGAIN_DAY = 8, 30
MOST_HARDER_A_WEEK = 3


# Who may begin: (what is present, days, pain, ages, goals). The urgent questions are all answered with no.
STARTS: dict[str, tuple[tuple[str, ...], float, float, tuple[int, int], tuple[str, ...]]] = {
    "strain": (
        ("any_injury_at_onset", "onset_while_sprinting_or_kicking", "posterior_thigh_pain",
         "sprint_or_field_sport", "pulling_pain"), 8, 4, (18, 45), ("sport",)),
    "sit_bone": (
        ("gradual_onset", "onset_without_injury", "ischial_tuberosity_pain", "runs_regularly",
         "worse_on_sitting"), 200, 4, (25, 65), ("run", "sit")),
    "kneecap": (
        ("gradual_onset", "onset_without_injury", "anterior_knee_pain", "worse_on_stair_descent",
         "worse_on_squatting"), 60, 4, (17, 45), ("stairs",)),
    "worn_knee": (
        ("gradual_onset", "onset_without_injury", "medial_knee_pain", "stiffness_after_sitting"),
        400, 4, (50, 82), ("walk", "stairs")),
    "outer_knee": (
        ("gradual_onset", "onset_without_injury", "lateral_knee_pain", "runs_regularly"), 30, 3, (18, 55),
        ("run",)),
    "tight": (
        ("gradual_onset", "onset_without_injury", "posterior_knee_pain", "tight_feeling_after_sitting"), 90,
        3, (18, 65), ("sit",)),
    "calf": (("any_injury_at_onset", "calf_pain"), 12, 3, (25, 60), ("walk", "run")),
    "sore": (
        ("first_hard_session_in_long_time", "onset_without_injury", "posterior_thigh_pain"), 2, 4, (18, 50),
        ("sport",)),
}  # fmt: skip


@dataclass
class Person:
    """One simulated person: who, how they heal, and how they behave."""

    start: str
    kind: str
    age: int
    preferences: dict[str, Any]
    capacity: float  # of 10: the load that does not hurt
    gain: float  # a good session
    sessions_done: float  # chance of doing a planned session
    noise: float
    seed: int


@dataclass
class Course:
    """What one person's twelve weeks were: the diary, and each day's outcome in short."""

    person: Person
    programme: dict[str, Any]
    diary: list[dict[str, Any]] = field(default_factory=list)
    days: list[dict[str, Any]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def draw(seed: int, knowledge: Knowledge) -> Person:
    """A person by seed; the kinds take turns so that each is met."""
    chance = random.Random(seed)
    kind = KINDS[seed % len(KINDS)]
    start = chance.choice(sorted(STARTS))
    low, high = STARTS[start][3]
    things = sorted({thing for e in knowledge.exercises.values() for thing in e.equipment})
    preferences = {
        "days": chance.choice((2, 3, 3, 4, 5)),
        "minutes": chance.choice((10, 15, 20, 30, 45)),
        "experience": chance.choice(("new", "some", "trained")),
        "goals": [goal for goal in STARTS[start][4] if chance.random() < 0.8],
        "equipment": [thing for thing in things if chance.random() < 0.3],
    }
    quick = {"quick": 1.6, "slow": 0.35}.get(kind, 1.0)
    return Person(
        start=start,
        kind=kind,
        age=chance.randint(low, high),
        preferences=preferences,
        capacity=chance.uniform(2.0, 4.5) * (1.2 if kind == "quick" else 1.0),
        gain=chance.uniform(0.05, 0.12) * quick,
        sessions_done=chance.uniform(0.15, 0.45) if kind == "non_adherer" else chance.uniform(0.8, 1.0),
        noise=chance.uniform(0.2, 0.7),
        seed=seed,
    )


def case_of(person: Person) -> dict[str, Any]:
    """The case the person would tell; every urgent question is answered with no."""
    present, days, pain, _, _ = STARTS[person.start]
    return {
        "id": f"{person.start}-{person.seed}",
        "on": FIRST.isoformat(),
        "person": {"age": person.age, "sex": "female" if person.seed % 2 else "male"},
        "side": "left" if person.seed % 3 else "right",
        "evidence": [
            {"id": "duration_days", "value": days, "unit": "d"},
            {"id": "pain_score_0_to_10", "value": pain, "unit": "{score}"},
            *({"id": one, "state": "present"} for one in present),
        ],
        "otherwise": "unremarkable",
    }


class Life:
    """Lives through the days: what hurts, what is done, what is told."""

    def __init__(self, person: Person, engine: Engine) -> None:
        self.person, self.engine = person, engine
        self.chance = random.Random(person.seed * 7919 + 1)
        self.capacity = person.capacity
        self.overload = 0.0
        self.irritation = STARTS[person.start][2] + self.chance.uniform(-0.5, 1.5)  # pain of itself
        self.fades = {"quick": 0.93, "slow": 0.993}.get(person.kind, 0.97)  # a day
        self.last_pain = self.irritation

    def _demand(self, item: Any) -> float:
        exercise = item.exercise
        long = {"long": 0.7, "very_long": 1.0}.get(exercise.length_class, 0.0)
        part = item.prescription.step / max(item.prescription.steps - 1, 1)
        return 1.2 * exercise.load_class + long + 1.5 * part

    def _pain(self, demand: float) -> float:
        raw = max(demand - self.capacity, 0.0) * 1.3 + self.overload + 0.3 * self.irritation
        raw += self.chance.gauss(0, self.person.noise)
        return float(min(max(round(raw), 0), 10))

    def session(self, outcome: Outcome, on: date, number: int) -> dict[str, Any]:
        """One session as told; the tissue answers."""
        items = []
        worst = 0.0
        more = 1.6 if self.person.kind == "over_doer" and self.chance.random() < 0.5 else 1.0
        for item in outcome.programme.chosen:
            demand = self._demand(item) * more
            pain = self._pain(demand)
            worst = max(worst, pain)
            dose = item.prescription
            items.append(
                {"exercise": item.exercise.id, "done": True, "sets": dose.sets,
                 "reps": max(int(dose.reps * more), 1), "pain_during": pain}
            )  # fmt: skip
            if demand > self.capacity + 1.5:
                self.overload += 0.4
        self.capacity = min(self.capacity + self.person.gain * (1.0 if worst <= 3 else -0.5), 10.0)
        self.last_pain = worst
        return {"id": f"s{number}", "on": on.isoformat(), "kind": "session", "items": items,
                "pain_before": max(worst - 1, 0), "pain_after": worst}  # fmt: skip

    def night(self) -> float:
        """The pain of the next morning; overload fades."""
        usual = 0.4 * self.irritation + self.chance.gauss(0, self.person.noise)
        morning = max(round(self.overload * 1.5 + usual), 0)
        self.overload *= 0.55
        self.irritation *= self.fades
        self.last_pain = 0.0
        self.capacity = max(self.capacity - 0.004, 0.5)
        return float(min(morning, 10))


def _criteria(engine: Engine, outcome: Outcome, life: Life) -> dict[str, bool]:
    """What the person says of the criteria that only they can tell: yes when the tissue bears enough."""
    told = {}
    for _, _, standings in outcome.criteria:
        for one in standings:
            criterion = engine.knowledge.criteria[one.id]
            if criterion.calm_sessions is None and criterion.weeks_in_phase is None:
                told[one.id] = life.capacity > 4.0 + life.chance.gauss(0, 0.5)
    return told


def live(
    seed: int, engine: Engine, seen: Callable[[Course, Outcome, date], None] | None = None, days: int = DAYS
) -> Course:
    """Twelve weeks of one person, with every property held at every step (`broken` lists what was not)."""
    person = draw(seed, engine.knowledge)
    case = case_of(person)
    turn, _ = final_turn(case, engine)
    preferences = parse_preferences(person.preferences, engine.knowledge)
    programme = dict(plan(turn, preferences, engine))
    course = Course(person, programme)
    training = Training(situation_of(turn), preferences, engine.knowledge, FIRST, watch_over(turn, engine))
    life = Life(person, engine)
    before: Outcome | None = None
    entered: list[dict[str, Any]] = []
    for number in range(days):
        on = FIRST + timedelta(days=number)
        entered = [{"id": f"m{number}", "on": on.isoformat(), "kind": "morning", "pain": life.night()}]
        outcome = before if before is not None else training.outcome(on)
        entered += list(_told(person, life, outcome, engine, on, number))
        course.diary += entered
        diary = parse_diary(entered, engine.knowledge)
        training.day(on, diary.entries, diary.withdrawn)
        after = training.outcome(on)
        course.broken += [f"day {number + 1}: {what}" for what in broken(before, after, entered, course, on)]
        course.days.append(_short(after, on, life))
        if seen is not None:
            seen(course, after, on)
        before = after
    return course


def _told(
    person: Person, life: Life, outcome: Outcome, engine: Engine, on: date, number: int
) -> Iterator[dict[str, Any]]:
    locked = outcome.locked is not None
    findings: dict[str, Any] = {"calf_swelling": False, "new_breathlessness_or_chest_pain": False}
    if person.kind == "clot_on_day_9" and CLOT_DAY <= number < CLOT_DAY + 5:
        findings["calf_swelling"] = True
    if person.kind == "injured_again_in_week_5" and number == AGAIN_DAY:
        findings["pop_at_injury"] = True
        findings["unable_to_walk_4_steps"] = True
        life.capacity, life.irritation = 1.5, 6.0
    if person.kind == "flare_ups" and number in (12, 40, 61):
        life.overload += 3.0
        life.irritation += 2.5
    weekday = number % 7 + 1
    planned = {day for item in outcome.programme.chosen for day in item.days}
    if not locked and weekday in planned and life.chance.random() < person.sessions_done:
        yield life.session(outcome, on, number)
    worst = min(max(round(max(life.last_pain, life.irritation) + life.chance.gauss(0, 0.6)), 0), 10)
    check = {"id": f"c{number}", "on": on.isoformat(), "kind": "check_in", "findings": findings,
             "pain_worst": worst}  # fmt: skip
    if number % 4 == 3:
        check["criteria"] = _criteria(engine, outcome, life)
    yield check
    since = outcome.locked.since if outcome.locked else None
    if since is not None and (on - since).days >= 6:
        yield {"id": f"k{number}", "on": on.isoformat(), "kind": "clinician", "by": "doctor",
               "seen_on": on.isoformat(), "may_go_on": life.chance.random() < 0.8}  # fmt: skip


def _steps(outcome: Outcome) -> dict[str, int]:
    return {one.exercise.id: one.prescription.step for one in outcome.programme.chosen}


def _short(outcome: Outcome, on: date, life: Life) -> dict[str, Any]:
    return {
        "on": on.isoformat(),
        "phases": dict(outcome.programme.protocols),
        "steps": _steps(outcome),
        "locked": outcome.locked is not None,
        "pain": outcome.pains[-1][1] if outcome.pains else None,
        "capacity": round(life.capacity, 2),
        "place": outcome.course.place,
        "band": (round(outcome.course.low, 3), round(outcome.course.high, 3)),
    }


def broken(
    before: Outcome | None, after: Outcome, entered: list[dict[str, Any]], course: Course, on: date
) -> Iterator[str]:
    """Every property of a step that does not hold, in words."""
    told = {
        finding
        for entry in entered
        for finding, answer in entry.get("findings", {}).items()
        if answer is True
    }
    if (
        told & {"calf_swelling", "unable_to_walk_4_steps"}
        and after.locked is None
        and _newly(course, told, on)
    ):
        yield f"{sorted(told)} was told and the programme is open"
    if after.locked is not None and after.programme.chosen:
        yield "locked, and yet there are exercises"
    minutes: dict[int, float] = {}
    for one in after.programme.chosen:
        if one.exercise.type not in ("cardio", "warm_up"):
            for day in one.days:
                minutes[day] = minutes.get(day, 0.0) + one.prescription.minutes
    too_long = bool(minutes) and max(minutes.values()) > after.preferences.minutes + 1e-6
    if too_long and "more_minutes" not in after.programme.relaxed:
        yield f"{max(minutes.values()):.1f} minutes on a day, {after.preferences.minutes} wanted"
    if before is None:
        return
    yield from _harder(before, after, course, on)
    yield from _phases(before, after)


def _newly(course: Course, told: set[str], on: date) -> bool:
    """Whether a sign is new: not told the days before without a break since a clinician has seen it."""
    for entry in reversed(course.diary):
        if entry["on"] == on.isoformat():
            continue
        if entry["kind"] == "clinician" and entry["may_go_on"]:
            return False
        if entry["kind"] == "check_in":
            return not any(entry["findings"].get(one) for one in told)
    return True


def _harder(before: Outcome, after: Outcome, course: Course, on: date) -> Iterator[str]:
    old, new = _steps(before), _steps(after)
    rule = None
    for exercise, reached in new.items():
        step = reached
        if exercise not in old or step <= old[exercise]:
            continue
        if dict(before.programme.protocols) != dict(after.programme.protocols):
            continue  # a new phase begins its exercises where its ladders say
        if after.standing.maintaining and not before.standing.maintaining:
            step -= 1  # the step that keeps a gain is the one below it on fewer days: no harder
        if step > old[exercise] + 1 and before.standing.steps.get(exercise, step) < step - 1:
            yield f"{exercise} went up {step - old[exercise]} steps at once"
        last = _last_session(course, exercise, on)
        if last is None:
            yield f"{exercise} went up without a session"
            continue
        if rule is None:
            rule = _rule(after)
        if last > rule:
            yield f"{exercise} went up though it hurt {last:g}, green is up to {rule}"
    lately = [
        change for change in after.changes
        if change.what == "progress"
        and 0 <= (on - change.on).days < 7
        and _counted(change.exercise)
    ]  # fmt: skip
    if len(lately) > MOST_HARDER_A_WEEK:
        yield f"{len(lately)} exercises were made harder in seven days"
    if len({change.exercise for change in lately}) < len(lately):
        yield "one exercise was made harder twice in seven days"
    held = {"locked", "rest"} & {change.what for change in after.changes if change.on == on}
    if "locked" in held and any(change.on == on and change.what == "progress" for change in after.changes):
        when = [change.what for change in after.changes if change.on == on]
        if when.index("locked") < when.index("progress"):
            yield "something was made harder after the lock"


def _counted(exercise: str) -> bool:
    """Warming up is no training that could be too much."""
    known = kneewise.default_engine().knowledge.exercises[exercise]
    return known.type not in ("warm_up", "comfort")


def _rule(outcome: Outcome) -> int:
    from kneewise.follow.pain import rule_for
    from kneewise.plan.strands import likely

    knowledge = kneewise.default_engine().knowledge
    return rule_for(likely(outcome.situation), (), knowledge, None).green_up_to


def _last_session(course: Course, exercise: str, on: date) -> float | None:
    """Pain of the last session of an exercise before its last known morning."""
    for entry in reversed(course.diary):
        if entry["kind"] == "session" and entry["on"] < on.isoformat():
            for item in entry["items"]:
                if item["exercise"] == exercise:
                    return float(item["pain_during"])
    return None


def _phases(before: Outcome, after: Outcome) -> Iterator[str]:
    knowledge = kneewise.default_engine().knowledge
    old, new = dict(before.programme.protocols), dict(after.programme.protocols)
    unlocked = any(change.what == "unlocked" and change.on == after.on for change in after.changes)
    for protocol, phase in new.items():
        if protocol not in old or old[protocol] == phase:
            continue
        order = [one.id for one in knowledge.protocols[protocol].phases]
        step = order.index(phase) - order.index(old[protocol])
        if step > 1:
            yield f"{protocol} went {step} phases on at once"
        if step < 0 and not unlocked:
            yield f"{protocol} went back without a new injury"
        if step == 1:
            criteria = next(rows for id_, _, rows in before.criteria if id_ == protocol)
            if not all(one.met for one in criteria) and not any(
                change.what == "phase" and change.on == after.on for change in after.changes
            ):
                yield f"{protocol} went on with criteria open"


def same_again(course: Course, engine: Engine) -> bool:
    """Whether the whole diary reviewed at once gives what living it day by day gave."""
    last = FIRST + timedelta(days=len(course.days) - 1)
    whole = review(course.programme, course.diary, last, engine)
    steps = {
        item["exercise"]: item["dose"]["step"] - 1
        for day in whole["programme"]["week"]
        for item in day["items"]
    }
    phases = {entry["id"]: entry["phase"] for entry in whole["programme"]["protocols"]}
    return (steps, phases) == (course.days[-1]["steps"], course.days[-1]["phases"])
