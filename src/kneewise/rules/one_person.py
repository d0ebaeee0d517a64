"""The three-valued reading of an expression for one person, with reasons.

Kleene's strong logic: a part holds, fails, or is open. An open part is open because nobody asked
(`not_asked`) or because the person could not say (`unsure`); the reading keeps the two apart, for they
are dealt with differently, and neither ever counts as absent.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol

from kneewise.knowledge.types import Expression
from kneewise.rules.fold import fold


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


@dataclass(frozen=True)
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


def _union(groups: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))


class _OnePerson:
    """The algebra behind `evaluate`."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def present(self, finding: str) -> Reading:
        state = self.answers.state(finding)
        if state == "present":
            return Reading(Truth.HOLDS, (finding,), if_unsure_were_so=True)
        if state == "absent":
            return Reading(Truth.FAILS)
        if state == "unsure":
            return Reading(Truth.OPEN, open_unsure=(finding,), if_unsure_were_so=True)
        return Reading(Truth.OPEN, open_not_asked=(finding,))

    def measure(self, finding: str, comparison: str, number: float) -> Reading:
        value = self.answers.value(finding)
        if value is None:
            if self.answers.state(finding) == "unsure":
                return Reading(Truth.OPEN, open_unsure=(finding,), if_unsure_were_so=True)
            return Reading(Truth.OPEN, open_not_asked=(finding,))
        if COMPARISONS[comparison](value, number):
            return Reading(Truth.HOLDS, (finding,), if_unsure_were_so=True)
        return Reading(Truth.FAILS)

    def at_least(self, k: int, parts: Sequence[Reading]) -> Reading:
        holds = [part for part in parts if part.truth is Truth.HOLDS]
        still_open = [part for part in parts if part.truth is Truth.OPEN]
        would_hold = sum(part.if_unsure_were_so for part in parts) >= k
        if len(holds) >= k:
            return Reading(Truth.HOLDS, _union([part.because for part in holds]), if_unsure_were_so=True)
        if len(holds) + len(still_open) < k:
            return Reading(Truth.FAILS)
        return Reading(
            Truth.OPEN,
            open_not_asked=_union([part.open_not_asked for part in still_open]),
            open_unsure=_union([part.open_unsure for part in still_open]),
            if_unsure_were_so=would_hold,
        )


def evaluate(expression: Expression, answers: Answers) -> Reading:
    """Read `expression` for one person."""
    return fold(expression, _OnePerson(answers))


def known_reading(expression: Expression | None, answers: Answers) -> bool:
    """Whether an optional expression is known to hold; no expression holds for everybody."""
    return expression is None or evaluate(expression, answers).truth is Truth.HOLDS
