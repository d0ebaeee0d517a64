"""The three-valued reading of an expression for one person, with reasons.

Kleene's strong logic: a part holds, fails, or is open. An open part is open because nobody asked
(`not_asked`) or because the person could not say (`unsure`); the reading keeps the two apart, for they
are dealt with differently, and neither ever counts as absent.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Literal, Protocol

from kneewise.knowledge.types import Expression
from kneewise.rules.fold import fold, literals_of


class Truth(Enum):
    """What is known of an expression."""

    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"


LeafState = Literal["present", "absent", "unsure", "not_asked"]

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "over": operator.gt,
    "under": operator.lt,
}


class Answers(Protocol):
    """What one person has told us, as far as a rule needs it."""

    def state(self, finding: str) -> LeafState:
        """The state of a finding; `not_asked` when nothing is known."""
        ...

    def value(self, finding: str) -> float | None:
        """The value of a quantity in its own unit, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """A truth with its reasons, as finding ids in the order of the rule.

    `because`: the findings that make it hold (empty unless HOLDS). `open_not_asked`, `open_unsure`: the
    leaves that keep it open. `if_unsure_were_so`: whether it would hold if every unsure leaf were present.
    """

    truth: Truth
    because: tuple[str, ...] = ()
    open_not_asked: tuple[str, ...] = ()
    open_unsure: tuple[str, ...] = ()
    if_unsure_were_so: bool = False


FAILS = Reading(Truth.FAILS)
_MOST_REMEMBERED = 256


@lru_cache(maxsize=8192)
def _leaf(finding: str, state: LeafState) -> Reading:
    """The reading of one finding; there are few, and every rule shares them."""
    if state == "present":
        return Reading(Truth.HOLDS, (finding,), if_unsure_were_so=True)
    if state == "absent":
        return FAILS
    if state == "unsure":
        return Reading(Truth.OPEN, open_unsure=(finding,), if_unsure_were_so=True)
    return Reading(Truth.OPEN, open_not_asked=(finding,))


def _union(groups: list[tuple[str, ...]]) -> tuple[str, ...]:
    if len(groups) == 1:
        return groups[0]
    return tuple(dict.fromkeys(item for group in groups for item in group))


class _OnePerson:
    """The algebra behind `evaluate`."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def present(self, finding: str) -> Reading:
        return _leaf(finding, self.answers.state(finding))

    def measure(self, finding: str, comparison: str, number: float) -> Reading:
        value = self.answers.value(finding)
        if value is None:
            return _leaf(finding, "unsure" if self.answers.state(finding) == "unsure" else "not_asked")
        return _leaf(finding, "present" if COMPARISONS[comparison](value, number) else "absent")

    def at_least(self, k: int, parts: Sequence[Reading]) -> Reading:
        holds: list[tuple[str, ...]] = []
        still_open: list[Reading] = []
        would = 0
        for part in parts:
            if part.truth is Truth.HOLDS:
                holds.append(part.because)
            elif part.truth is Truth.OPEN:
                still_open.append(part)
            would += part.if_unsure_were_so
        if len(holds) >= k:
            return Reading(Truth.HOLDS, _union(holds), if_unsure_were_so=True)
        if len(holds) + len(still_open) < k:
            return FAILS
        return Reading(
            Truth.OPEN,
            open_not_asked=_union(
                [part.open_not_asked for part in still_open if part.open_not_asked] or [()]
            ),
            open_unsure=_union([part.open_unsure for part in still_open if part.open_unsure] or [()]),
            if_unsure_were_so=would >= k,
        )


def evaluate(expression: Expression, answers: Answers) -> Reading:
    """Read `expression` for one person."""
    return fold(expression, _OnePerson(answers))


def known_reading(expression: Expression | None, answers: Answers) -> bool:
    """Whether an optional expression is known to hold; no expression holds for everybody."""
    return expression is None or evaluate(expression, answers).truth is Truth.HOLDS


class Book:
    """Expressions that are read again and again, for a turn differs from the one before in few answers.

    Remembers the reading of each expression by the states of its findings. Purely a matter of speed: it gives
    what `evaluate` gives.
    """

    def __init__(self, expressions: Mapping[str, Expression]) -> None:
        self._expressions = expressions
        self._leaves = {
            id_: tuple(dict.fromkeys(literals_of(expression))) for id_, expression in expressions.items()
        }
        self._known: dict[str, dict[tuple[LeafState | bool, ...], Reading]] = {id_: {} for id_ in expressions}

    def read(self, id_: str, answers: Answers) -> Reading:
        """The reading of the expression `id_` for one person."""
        states: list[LeafState | bool] = []
        for finding, comparison, number in self._leaves[id_]:
            value = answers.value(finding) if comparison else None
            states.append(answers.state(finding) if value is None else COMPARISONS[comparison](value, number))
        key = tuple(states)
        known = self._known[id_]
        reading = known.get(key)
        if reading is None:
            if len(known) >= _MOST_REMEMBERED:
                known.clear()
            reading = known[key] = evaluate(self._expressions[id_], answers)
        return reading
