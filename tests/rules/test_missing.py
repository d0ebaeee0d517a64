"""What is missing for a rule to fire, and remembered readings, against slow and obvious second answers."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given

from kneewise.evidence import Evidence, Known
from kneewise.knowledge.types import Expression
from kneewise.rules import Book, Truth, evaluate, missing
from tests.rules.test_one_person import FINDINGS, evidence, expressions, states, values


def turned(told: Evidence, signs: tuple[str, ...]) -> Evidence:
    return Evidence({**told.known, **{sign: Known("present") for sign in signs}})


def every_way(expression: Expression, told: Evidence) -> set[frozenset[str]]:
    """Try every sign and every two signs; keep those that make it hold and contain no smaller such set."""
    able = [finding for finding in FINDINGS if told.state(finding) != "present"]
    ways: list[frozenset[str]] = []
    for size in (0, 1, 2):
        for signs in combinations(able, size):
            holds = evaluate(expression, turned(told, signs)).truth is Truth.HOLDS
            if holds and not any(less <= set(signs) for less in ways):
                ways.append(frozenset(signs))
    return set(ways)


@given(expressions(), states, values)
def test_the_smallest_sets_of_signs_are_found_and_no_others(expression, states, value) -> None:
    told = evidence(states, value)

    assert set(missing(expression, told, lambda _: True)) == every_way(expression, told)


@given(expressions(), states, values)
def test_a_sign_that_cannot_turn_is_never_named(expression, states, value) -> None:
    told = evidence(states, value)

    ways = missing(expression, told, lambda finding: finding in ("a", "b"))

    assert all(way <= {"a", "b"} for way in ways)


def test_a_sign_made_of_others_is_named_by_those() -> None:
    made = Expression("all", parts=(Expression("present", finding="a"), Expression("present", finding="b")))
    rule = Expression("present", finding="derived")

    ways = missing(rule, Evidence(), lambda _: True, lambda finding: made if finding == "derived" else None)

    assert ways == {frozenset({"a", "b"})}


@given(expressions(), states, values, states, values)
def test_a_book_reads_as_if_for_the_first_time(expression, states, value, others, other) -> None:
    book = Book({"rule": expression})

    for told in (evidence(states, value), evidence(others, other), evidence(states, value)):
        assert book.read("rule", told) == evaluate(expression, told)
