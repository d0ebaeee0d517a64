"""Choose a set of exercises: an exact search for the best set under a lexicographic objective.

The aims stand in order. Of two sets the one that serves the first aim on which they differ is better; of
sets that serve the same aims the cheaper one, then the smaller one, then the shorter one, then the one that
comes first by id. No set may take more minutes or exercises than there is room for.

The search goes from aim to aim and keeps every set that could still be the best: of two sets that serve the
same aims, one that is worse in cost, number and minutes can never win. A plain enumeration of all sets is its
reference in the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TINY = 1e-9


@dataclass(frozen=True)
class Candidate:
    """An exercise that may be taken: the aims it serves (by number), its minutes, and what it costs.

    `cost` counts what speaks against it and is never negative, so that a smaller set is never worse for it.
    """

    id: str
    serves: frozenset[int]
    minutes: float
    cost: int


@dataclass(frozen=True)
class _Set:
    ids: tuple[str, ...]
    serves: frozenset[int]
    minutes: float
    cost: int

    def plus(self, one: Candidate) -> _Set:
        return _Set(
            tuple(sorted((*self.ids, one.id))),
            self.serves | one.serves,
            self.minutes + one.minutes,
            self.cost + one.cost,
        )


def objective(chosen: Iterable[Candidate], aims: int) -> tuple[object, ...]:
    """What is compared between sets, smaller is better: aims not served, cost, number, minutes, ids."""
    members = sorted(chosen, key=lambda one: one.id)
    served = frozenset().union(*(one.serves for one in members)) if members else frozenset()
    return (
        tuple(aim not in served for aim in range(aims)),
        sum(one.cost for one in members),
        len(members),
        round(sum(one.minutes for one in members), 6),
        tuple(one.id for one in members),
    )


def _prune(sets: list[_Set], ahead: frozenset[int]) -> list[_Set]:
    """Drop every set that another one beats or equals, of those that serve the same aims ahead."""
    groups: dict[frozenset[int], list[_Set]] = {}
    for one in sorted(sets, key=lambda s: (s.cost, len(s.ids), s.minutes, s.ids)):
        group = groups.setdefault(one.serves & ahead, [])
        # Sorted by cost, so whoever is in the group costs no more.
        if not any(len(other.ids) <= len(one.ids) and other.minutes <= one.minutes + TINY for other in group):
            group.append(one)
    return [one for group in groups.values() for one in group]


def choose(
    candidates: Sequence[Candidate], aims: int, minutes: float, most: int, fixed: Sequence[str] = ()
) -> tuple[str, ...]:
    """The ids of the best set. `fixed` are taken first, even where they alone leave no room.

    Raises ValueError for a negative cost or a fixed id that is no candidate: the caller's fault.
    """
    if any(one.cost < 0 or one.minutes < 0 for one in candidates):
        raise ValueError("costs and minutes must not be negative")
    by_id = {one.id: one for one in candidates}
    missing = [one for one in fixed if one not in by_id]
    if missing:
        raise ValueError(f"fixed but no candidate: {', '.join(missing)}")
    start = _Set((), frozenset(), 0.0, 0)
    for one in dict.fromkeys(fixed):
        start = start.plus(by_id[one])
    sets = [start]
    for aim in range(aims):
        serving = [one for one in candidates if aim in one.serves]
        having = [one for one in sets if aim in one.serves]
        grown = [
            one.plus(more)
            for one in sets
            if aim not in one.serves and len(one.ids) < most
            for more in serving
            if more.id not in one.ids and one.minutes + more.minutes <= minutes + TINY
        ]
        if having or grown:
            sets = _prune(having + grown, frozenset(range(aim + 1, aims)))
    best = min(sets, key=lambda one: (one.cost, len(one.ids), round(one.minutes, 6), one.ids))
    return best.ids
