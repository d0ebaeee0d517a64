"""Random people for the safety properties, drawn so that urgent rules are often nearly or just met.

Uniform answers would hardly ever meet a rule of several parts. So a draw takes one or two rules of the
knowledge, answers some of what they speak of, and adds answers from anywhere else.
"""

from __future__ import annotations

import functools
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

import kneewise
from kneewise.knowledge.types import CARE_LEVELS, Expression, Finding, Knowledge
from kneewise.pathway import Engine
from kneewise.pathway.engine import Turn
from kneewise.pathway.plan import situation_of
from kneewise.plan import Programme, first_programme, parse_preferences
from kneewise.rules import literals_of

Json = dict[str, Any]

# The same examples on every run.
modest = settings(
    derandomize=True,
    deadline=None,
    max_examples=40,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
few = settings(modest, max_examples=5)  # for whole results, which cost more than a look at the evidence


@functools.cache
def knowledge() -> Knowledge:
    return kneewise.default_engine().knowledge


def look(engine: Engine, case: Json) -> Turn:
    return engine.look(engine.parse(case))


def programme(engine: Engine, case: Json, wanted: Json | None = None) -> Programme:
    """The first programme, before it is written as the contract."""
    return first_programme(
        situation_of(look(engine, case)), parse_preferences(wanted, engine.knowledge), engine.knowledge
    )


def rank(level: str) -> int:
    return CARE_LEVELS.index(level)  # type: ignore[arg-type]


@functools.cache
def yes_no_findings() -> tuple[Finding, ...]:
    return tuple(f for f in knowledge().findings.values() if f.kind == "yes_no")


@functools.cache
def _asked_by(expression: Expression) -> tuple[tuple[str, float | None], ...]:
    """(finding, threshold or None) of what an expression speaks of, derived findings taken apart."""
    out: list[tuple[str, float | None]] = []
    for finding, comparison, number in literals_of(expression):
        data = knowledge().findings[finding]
        if data.derived_from is not None:
            out.extend(_asked_by(data.derived_from))
        else:
            out.append((finding, number if comparison else None))
    return tuple(dict.fromkeys(out))


def _value(data: Finding, near: float | None) -> st.SearchStrategy[float]:
    low, high = data.minimum, min(data.maximum, 3000.0)
    anywhere = st.integers(round(low), round(high)).map(float)
    if near is None:
        return anywhere.filter(lambda v: low <= v <= high)
    edges = st.sampled_from([near - 1, near - 0.5, near, near + 0.5, near + 1])
    return st.one_of(edges, anywhere).filter(lambda v: low <= v <= high)


def _answer(finding: str, near: float | None) -> st.SearchStrategy[Json]:
    data = knowledge().findings[finding]
    if data.kind == "quantity":
        told = _value(data, near).map(lambda v: {"id": finding, "value": v})
        return st.one_of(told, told, st.just({"id": finding, "state": "unsure"}))
    states = st.sampled_from(["present", "present", "absent", "unsure"])
    return states.map(lambda state: {"id": finding, "state": state})


@st.composite
def _evidence(draw: st.DrawFn) -> list[Json]:
    rules = draw(st.lists(st.sampled_from(knowledge().red_flags), max_size=2, unique_by=lambda r: r.id))
    wanted: dict[str, float | None] = {}
    for rule in rules:
        for finding, near in _asked_by(rule.when):
            if draw(st.integers(0, 3)):  # three in four are answered
                wanted[finding] = near
    others = draw(st.lists(st.sampled_from(yes_no_findings()), max_size=6, unique_by=lambda f: f.id))
    wanted.update({finding.id: None for finding in others if finding.id not in wanted})
    return [draw(_answer(finding, near)) for finding, near in wanted.items()]


@st.composite
def _person(draw: st.DrawFn) -> Json:
    person: Json = {}
    if draw(st.booleans()):
        person["age"] = draw(st.integers(0, 100))
    sex = draw(st.sampled_from([None, "female", "male"]))
    if sex:
        person["sex"] = sex
    if sex == "female" and draw(st.booleans()):
        person["pregnant"] = draw(st.booleans())
    return person


@st.composite
def _case(draw: st.DrawFn) -> Json:
    evidence = draw(_evidence())
    person = draw(_person())
    if any(item["id"] == "age_years" for item in evidence):
        person.pop("age", None)
    case: Json = {"person": person, "evidence": evidence}
    side = draw(st.sampled_from([None, "left", "right", "both"]))
    return {**case, "side": side} if side else case


def cases() -> st.SearchStrategy[Json]:
    """A case with evidence about one or two rules and a few other findings."""
    return st.deferred(_case)


@st.composite
def _screened(draw: st.DrawFn) -> Json:
    """Every question of the urgent rules answered, mostly "absent", so that programmes come about."""
    answers: dict[str, Json] = {}
    for rule in knowledge().red_flags:
        for finding, _ in _asked_by(rule.when):
            if knowledge().findings[finding].kind == "yes_no":
                answers[finding] = {"id": finding, "state": "absent"}
    answers["age_years"] = {"id": "age_years", "value": float(draw(st.integers(8, 90)))}
    answers["duration_days"] = {"id": "duration_days", "value": float(draw(st.integers(0, 400)))}
    answers["pain_score_0_to_10"] = {"id": "pain_score_0_to_10", "value": float(draw(st.integers(0, 10)))}
    harmless = [f.id for f in yes_no_findings() if f.screens != "danger"]
    for finding in draw(st.lists(st.sampled_from(harmless), max_size=10, unique=True)):
        answers[finding] = {"id": finding, "state": draw(st.sampled_from(["present", "present", "unsure"]))}
    return {"person": {"sex": draw(st.sampled_from(["female", "male"]))}, "evidence": list(answers.values())}


def screened_cases() -> st.SearchStrategy[Json]:
    """A case whose urgent screen is answered, with a few harmless findings."""
    return st.deferred(_screened)


@st.composite
def _preferences(draw: st.DrawFn) -> Json:
    exercises = st.lists(st.sampled_from(sorted(knowledge().exercises)), max_size=3, unique=True)
    return {
        "days": draw(st.integers(1, 7)),
        "minutes": draw(st.integers(5, 60)),
        "place": draw(st.sampled_from(["home", "gym", "pool", "work"])),
        "experience": draw(st.sampled_from(["new", "some", "trained"])),
        "pinned": draw(exercises),
        "banned": draw(exercises),
    }


def preferences() -> st.SearchStrategy[Json]:
    """What a person may want, pinned and banned exercises included."""
    return st.deferred(_preferences)
