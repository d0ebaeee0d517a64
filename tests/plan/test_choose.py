"""The search finds what trying every set finds."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kneewise.plan.choose import Candidate, choose, objective

AIMS = 5
search = settings(derandomize=True, deadline=None, max_examples=150)


@st.composite
def pools(draw: st.DrawFn) -> list[Candidate]:
    """Up to ten exercises; minutes in quarters, so that sums are exact."""
    count = draw(st.integers(0, 10))
    return [
        Candidate(
            id=f"e{i}",
            serves=draw(st.frozensets(st.integers(0, AIMS - 1), max_size=3)),
            minutes=draw(st.integers(0, 32)) / 4,
            cost=draw(st.integers(0, 8)),
        )
        for i in range(count)
    ]


def every_set(
    pool: list[Candidate], minutes: float, most: int, fixed: tuple[str, ...]
) -> list[tuple[Candidate, ...]]:
    """Every set that holds what is fixed and is within time and number, and what is fixed alone."""
    sets = chain.from_iterable(combinations(pool, n) for n in range(len(pool) + 1))
    held = [one for one in sets if set(fixed) <= {candidate.id for candidate in one}]
    fits = [one for one in held if sum(c.minutes for c in one) <= minutes and len(one) <= most]
    return [*fits, tuple(c for c in pool if c.id in fixed)]


def aims_of(chosen: tuple[str, ...], pool: list[Candidate]) -> tuple[object, ...]:
    return objective([one for one in pool if one.id in chosen], AIMS)[:4]


@given(pool=pools(), minutes=st.integers(0, 120), most=st.integers(0, 6), data=st.data())
@search
def test_the_chosen_set_is_as_good_as_the_best_of_all_sets(
    pool: list[Candidate], minutes: int, most: int, data: st.DataObject
) -> None:
    room = minutes / 4
    ids = [one.id for one in pool]
    fixed = tuple(data.draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))) if ids else ()
    chosen = choose(pool, AIMS, room, most, fixed)
    best = min(objective(one, AIMS)[:4] for one in every_set(pool, room, most, fixed))

    assert aims_of(chosen, pool) == best
    assert set(fixed) <= set(chosen)
    if chosen != tuple(sorted(fixed)):
        assert sum(one.minutes for one in pool if one.id in chosen) <= room + 1e-9
        assert len(chosen) <= most


@given(pool=pools(), minutes=st.integers(0, 40), most=st.integers(0, 6))
@search
def test_the_order_of_the_exercises_does_not_matter(pool: list[Candidate], minutes: int, most: int) -> None:
    turned = list(reversed(pool))

    assert choose(pool, AIMS, minutes, most) == choose(turned, AIMS, minutes, most)


def test_a_later_aim_never_costs_an_earlier_one() -> None:
    first = Candidate("first", frozenset({0}), 10.0, 9)
    others = [Candidate(f"other{i}", frozenset({i}), 2.0, 0) for i in range(1, AIMS)]

    assert choose([first, *others], AIMS, 10.0, 6) == ("first",)


@pytest.mark.parametrize(
    "wrong", [Candidate("a", frozenset(), 1.0, -1), Candidate("a", frozenset(), -1.0, 1)]
)
def test_a_negative_cost_or_time_is_refused(wrong: Candidate) -> None:
    with pytest.raises(ValueError, match="negative"):
        choose([wrong], 1, 10.0, 3)


def test_what_is_fixed_has_to_be_there() -> None:
    with pytest.raises(ValueError, match="missing"):
        choose([], 1, 10.0, 3, ["missing"])
