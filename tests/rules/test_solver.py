"""The formula of a rule, and of all that follows from answers, held to what runs for one person."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kneewise.evidence import Case, Evidence, Item, Known, Person
from kneewise.knowledge.types import Expression, Knowledge
from kneewise.rules import Truth, evaluate, gather, solver
from kneewise.rules import gather_solver as formulas
from kneewise.rules.gather_solver import Telling
from kneewise.rules.solver import Leaf, Question, read
from tests.rules.test_one_person import FINDINGS, State, evidence, expressions, states

numbers = st.one_of(st.none(), st.just("unsure"), st.integers(0, 6).map(lambda n: n / 2))


@dataclass(frozen=True)
class Anybody:
    """Four findings and a quantity of which nothing is fixed."""

    def leaf(self, finding: str) -> Leaf:
        present, unsure, absent = (solver.variable(f"{finding} {s}") for s in ("present", "unsure", "absent"))
        return Leaf(present, unsure, solver.no(solver.either((present, unsure, absent))))

    def number(self, finding: str) -> Any:
        return solver.number(finding)


def exactly(states: dict[str, State], value: float | str | None) -> list[Any]:
    """The conditions that fix anybody to one person."""
    q: State = "unsure" if value == "unsure" else "not_asked" if value is None else "present"
    fixed = []
    for finding, state in {**states, "q": q}.items():
        for name in ("present", "unsure", "absent"):
            holds = solver.variable(f"{finding} {name}")
            fixed.append(holds if name == state else solver.no(holds))
    if isinstance(value, float):
        fixed += [
            solver.compare(solver.number("q"), "at_least", value),
            solver.compare(solver.number("q"), "at_most", value),
        ]
    return fixed


def person(states: dict[str, State], value: float | str | None) -> Evidence:
    told = evidence(states, value if isinstance(value, float) else None)
    return Evidence({**told.known, "q": Known("unsure")}) if value == "unsure" else told


@settings(derandomize=True, max_examples=400, deadline=None)
@given(expressions(), states, numbers)
def test_the_formula_says_of_each_person_what_the_evaluator_says(
    expression: Expression, states: dict[str, State], value: float | str | None
) -> None:
    formula = read(expression, Anybody())
    someone = Question(*exactly(states, value)).somebody()
    assert someone is not None

    reading = evaluate(expression, person(states, value))

    assert someone.holds(formula.holds) == (reading.truth is Truth.HOLDS)
    assert someone.holds(formula.possible) == (reading.truth is not Truth.FAILS)
    assert someone.holds(formula.open) == (reading.truth is Truth.OPEN)
    assert someone.holds(formula.would) == reading.if_unsure_were_so
    for told, leaves in (
        (formula.open_not_asked, reading.open_not_asked),
        (formula.open_unsure, reading.open_unsure),
    ):
        assert {finding for finding, is_open in told.items() if someone.holds(is_open)} == set(leaves)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(expressions())
def test_nobody_is_found_exactly_when_no_answers_fulfil_the_rule(expression: Expression) -> None:
    found = Question(
        *(
            solver.no(solver.both((solver.variable(f"{f} present"), solver.variable(f"{f} {other}"))))
            for f in (*FINDINGS, "q")
            for other in ("unsure", "absent")
        )
    ).somebody(read(expression, Anybody()).holds)
    everything = dict.fromkeys(FINDINGS, "present")

    some = any(
        evaluate(expression, person(everything, n / 2)).truth is Truth.HOLDS  # type: ignore[arg-type]
        for n in range(-1, 9)
    )
    assert (found is not None) == some


# --- what follows from answers ---------------------------------------------------------------------


def random_case(knowledge: Knowledge, generator: random.Random) -> Case:
    """Answers that lean towards the findings that settle others, some in text only."""
    entangled = [
        f.id
        for f in knowledge.findings.values()
        if f.implies or f.excludes or f.opposite or f.derived_from or f.screens
    ]
    items: dict[str, Item] = {}
    for _ in range(generator.choice((3, 15, 60, 200))):
        id_ = generator.choice(entangled if generator.random() < 0.7 else list(knowledge.findings))
        finding = knowledge.findings[id_]
        origin: Any = "text" if generator.random() < 0.3 else "asked"
        if finding.kind == "quantity":
            if generator.random() < 0.2:
                items[id_] = Item(id_, "unsure", origin=origin)
            else:
                edges = [1, 3, 5, 7, 14, 16, 28, 30, 42, 55, 60, 65, 80, 90]
                value = generator.choice(edges) + generator.choice((-0.5, 0, 0, 0.5))
                value = min(max(value, finding.minimum), finding.maximum)
                items[id_] = Item(id_, "present", value, origin=origin)
        else:
            items[id_] = Item(id_, generator.choice(("present", "absent", "unsure")), origin=origin)
    age = generator.choice((None, 1, 9, 15, 15.5, 16, 24, 30, 55, 64, 80))
    sex: Any = generator.choice((None, "female", "male"))
    if age is not None:
        items.pop("age_years", None)
    if sex is not None:
        items.pop("female_sex", None)
        items.pop("male_sex", None)
    return Case(person=Person(age, sex), items=tuple(items.values()))


def telling_of(case: Case, knowledge: Knowledge) -> Telling:
    """The telling of one case, with nothing left open: the formulas then fold to plain yes and no."""
    told = {id_: formulas.Told() for id_ in knowledge.findings}
    values = {f.id: solver.number(f.id) for f in knowledge.findings.values() if f.kind == "quantity"}
    items = [*case.items]
    if case.person.age is not None:
        items.append(Item("age_years", "present", case.person.age))
    if case.person.sex is not None:
        items.append(Item("female_sex", "present" if case.person.sex == "female" else "absent"))
        items.append(Item("male_sex", "present" if case.person.sex == "male" else "absent"))
    for item in items:
        told[item.finding] = formulas.Told(**{item.state: True}, text=item.origin == "text")
    sex = case.person.sex
    return Telling(told, values, case.person.age is not None, sex == "female", sex == "male")


def fixed_values(case: Case, telling: Telling) -> list[Any]:
    values = {item.finding: item.value for item in case.items if item.value is not None}
    if case.person.age is not None:
        values["age_years"] = case.person.age
    return [
        solver.compare(telling.numbers[finding], comparison, value)
        for finding, value in values.items()
        for comparison in ("at_least", "at_most")
    ]


@pytest.mark.parametrize("seed", range(40))
def test_what_follows_from_answers_is_the_same_in_formulas(knowledge: Knowledge, seed: int) -> None:
    case = random_case(knowledge, random.Random(seed))
    telling = telling_of(case, knowledge)
    someone = Question(*fixed_values(case, telling)).somebody()
    assert someone is not None

    known = gather(case, knowledge).known
    inferred = formulas.gathered(telling, knowledge).known

    for id_ in knowledge.findings:
        now = {s for s in ("present", "absent", "unsure") if someone.holds(getattr(inferred[id_], s))}
        assert now == ({known[id_].state} if id_ in known else set()), id_
        if id_ in known:
            assert someone.holds(inferred[id_].text) == known[id_].from_text, id_
            assert someone.holds(inferred[id_].inferred) == known[id_].inferred, id_
