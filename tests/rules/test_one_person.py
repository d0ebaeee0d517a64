"""The three-valued reading of a rule, against a slow and obvious second answer."""

from __future__ import annotations

from itertools import product
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kneewise.evidence import Evidence, Known
from kneewise.knowledge.types import Expression
from kneewise.rules import Truth, evaluate
from kneewise.rules.columns import fires

FINDINGS = ("a", "b", "c", "d")
State = Literal["present", "absent", "unsure", "not_asked"]


def expressions() -> st.SearchStrategy[Expression]:
    leaf = st.one_of(
        st.sampled_from(FINDINGS).map(lambda f: Expression("present", finding=f)),
        st.builds(
            lambda comparison, number: Expression(
                "measure", finding="q", comparison=comparison, number=number
            ),
            st.sampled_from(["at_least", "at_most", "over", "under"]),
            st.integers(0, 3).map(float),
        ),
    )

    def compound(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(parts, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            several.map(lambda p: Expression("all", parts=p)),
            several.map(lambda p: Expression("any", parts=p)),
            several.flatmap(
                lambda p: st.integers(1, len(p)).map(lambda k: Expression("at_least", k=k, parts=p))
            ),
        )

    return st.recursive(leaf, compound, max_leaves=8)


states = st.fixed_dictionaries(
    {finding: st.sampled_from(["present", "absent", "unsure", "not_asked"]) for finding in FINDINGS}
)
values = st.one_of(st.none(), st.integers(0, 3).map(float))


def evidence(states: dict[str, State], value: float | None) -> Evidence:
    known = {f: Known(s) for f, s in states.items() if s != "not_asked"}
    if value is not None:
        known["q"] = Known("present", value=value)
    return Evidence(known)


def holds(expression: Expression, present: dict[str, bool], value: float) -> bool:
    """The obvious two-valued reading."""
    if expression.op == "present":
        return present[expression.finding]
    if expression.op == "measure":
        compare = {
            "at_least": value >= expression.number,
            "at_most": value <= expression.number,
            "over": value > expression.number,
            "under": value < expression.number,
        }
        return compare[expression.comparison]
    count = sum(holds(part, present, value) for part in expression.parts)
    return count >= {"all": len(expression.parts), "any": 1, "at_least": expression.k}[expression.op]


def completions(states: dict[str, State], value: float | None) -> list[tuple[dict[str, bool], float]]:
    """Every way the open answers could turn out."""
    choices = [
        {"present": [True], "absent": [False]}.get(states[finding], [True, False]) for finding in FINDINGS
    ]
    values = [value] if value is not None else [-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0]
    return [
        (dict(zip(FINDINGS, chosen, strict=True)), number)
        for chosen in product(*choices)
        for number in values
    ]


@settings(derandomize=True, max_examples=300)
@given(expressions(), states, values)
def test_a_verdict_holds_however_the_open_answers_turn_out(
    expression: Expression, states: dict[str, State], value: float | None
) -> None:
    reading = evaluate(expression, evidence(states, value))

    outcomes = {holds(expression, present, number) for present, number in completions(states, value)}
    if reading.truth is Truth.HOLDS:
        assert outcomes == {True}
    if reading.truth is Truth.FAILS:
        assert outcomes == {False}


@settings(derandomize=True, max_examples=300)
@given(expressions(), states, values)
def test_the_reasons_of_a_rule_that_holds_are_enough_to_make_it_hold(
    expression: Expression, states: dict[str, State], value: float | None
) -> None:
    reading = evaluate(expression, evidence(states, value))

    if reading.truth is Truth.HOLDS:
        kept = {f: s for f, s in states.items() if f in reading.because}
        again = evidence(
            {**dict.fromkeys(FINDINGS, "not_asked"), **kept}, value if "q" in reading.because else None
        )
        assert evaluate(expression, again).truth is Truth.HOLDS


@settings(derandomize=True, max_examples=300)
@given(expressions(), states, values, st.sampled_from(FINDINGS))
def test_one_more_sign_never_makes_a_rule_fail(
    expression: Expression, states: dict[str, State], value: float | None, finding: str
) -> None:
    order = {Truth.FAILS: 0, Truth.OPEN: 1, Truth.HOLDS: 2}

    before = evaluate(expression, evidence(states, value)).truth
    after = evaluate(expression, evidence({**states, finding: "present"}, value)).truth

    assert order[after] >= order[before]


@settings(derandomize=True, max_examples=300)
@given(expressions(), states, values, st.sampled_from(FINDINGS))
def test_not_sure_counts_at_least_as_much_as_absent(
    expression: Expression, states: dict[str, State], value: float | None, finding: str
) -> None:
    order = {Truth.FAILS: 0, Truth.OPEN: 1, Truth.HOLDS: 2}

    unsure = evaluate(expression, evidence({**states, finding: "unsure"}, value))
    absent = evaluate(expression, evidence({**states, finding: "absent"}, value))

    assert order[unsure.truth] >= order[absent.truth]
    assert unsure.if_unsure_were_so >= absent.if_unsure_were_so


@settings(derandomize=True, max_examples=200)
@given(expressions(), st.lists(st.tuples(states, values), min_size=1, max_size=6))
def test_the_reading_over_columns_agrees_with_the_reading_for_one_person(
    expression: Expression, people: list[tuple[dict[str, State], float | None]]
) -> None:
    present = {f: np.array([states[f] == "present" for states, _ in people]) for f in FINDINGS}
    numbers = {"q": np.array([np.nan if value is None else value for _, value in people])}

    together = fires(expression, present, numbers, len(people))

    one_by_one = [
        evaluate(expression, evidence(states, value)).truth is Truth.HOLDS for states, value in people
    ]
    assert together.tolist() == one_by_one


def test_open_parts_say_whether_nobody_asked_or_the_person_was_not_sure() -> None:
    rule = Expression("all", parts=tuple(Expression("present", finding=f) for f in "abc"))

    reading = evaluate(rule, evidence({"a": "present", "b": "unsure", "c": "not_asked", "d": "absent"}, None))

    assert reading.truth is Truth.OPEN
    assert reading.open_not_asked == ("c",)
    assert reading.open_unsure == ("b",)
    assert not reading.if_unsure_were_so


def test_an_operator_that_does_not_exist_is_a_fault_not_a_silent_no() -> None:
    with pytest.raises(ValueError, match="no operator 'not'"):
        evaluate(Expression("not"), evidence(dict.fromkeys(FINDINGS, "present"), None))  # type: ignore[arg-type]
