"""The reading of an expression as what is missing: the fewest further signs that would make it hold.

Gives the smallest sets of findings, at most `MOST` together, which would make the expression hold were they
present. An expression that holds already is missing nothing: one empty set. No set at all means that no few
signs would do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kneewise.knowledge.types import Expression
from kneewise.rules.fold import fold
from kneewise.rules.one_person import COMPARISONS, Answers

MOST = 2

Signs = frozenset[str]
Ways = frozenset[Signs]
_HOLDS: Ways = frozenset([frozenset()])
_NEVER: Ways = frozenset()


def _smallest(ways: Iterable[Signs]) -> Ways:
    """The ways of which no other is a part."""
    kept: list[Signs] = []
    for way in sorted(set(ways), key=len):
        if not any(less <= way for less in kept):
            kept.append(way)
    return frozenset(kept)


class _Missing:
    """The algebra behind `missing`."""

    def __init__(
        self, answers: Answers, can_turn: Callable[[str], bool], made_of: Callable[[str], Expression | None]
    ) -> None:
        self.answers = answers
        self.can_turn = can_turn
        self.made_of = made_of

    def present(self, finding: str) -> Ways:
        if self.answers.state(finding) == "present":
            return _HOLDS
        rule = self.made_of(finding)
        if rule is not None:
            return fold(rule, self)
        return frozenset([frozenset([finding])]) if self.can_turn(finding) else _NEVER

    def measure(self, finding: str, comparison: str, number: float) -> Ways:
        value = self.answers.value(finding)
        return _HOLDS if value is not None and COMPARISONS[comparison](value, number) else _NEVER

    def at_least(self, k: int, parts: Sequence[Ways]) -> Ways:
        holding = sum(part is _HOLDS or frozenset() in part for part in parts)
        if holding >= k:
            return _HOLDS
        still = [part for part in parts if part and frozenset() not in part]
        # reached[n]: the sets of signs that make n of the parts so far hold
        reached: list[set[Signs]] = [{frozenset()}, *(set() for _ in range(k - holding))]
        for part in still:
            for count in range(len(reached) - 2, -1, -1):
                reached[count + 1].update(
                    both for so_far in reached[count] for way in part if len(both := so_far | way) <= MOST
                )
        return _smallest(reached[-1])


def missing(
    expression: Expression,
    answers: Answers,
    can_turn: Callable[[str], bool],
    made_of: Callable[[str], Expression | None] = lambda _: None,
) -> Ways:
    """The smallest sets of at most two findings that would make `expression` hold were they present.

    `can_turn` says which findings could still turn out present; `made_of` gives the rule of a finding that is
    never asked but follows from others. Quantities stay as they are.
    """
    return fold(expression, _Missing(answers, can_turn, made_of))
