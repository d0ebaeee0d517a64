"""What the other type modules of knowledge build on: bases, states, levels, gates, figures, expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Basis = Literal["found", "recalled", "estimate"]
State = Literal["present", "absent", "unsure"]
CareLevel = Literal["self_care", "routine", "within_days", "same_day", "emergency"]
Gate = Literal["allowed", "relative_rest", "none"]

CARE_LEVELS: tuple[CareLevel, ...] = ("self_care", "routine", "within_days", "same_day", "emergency")
GATES: tuple[Gate, ...] = ("allowed", "relative_rest", "none")


def care_rank(level: CareLevel) -> int:
    """The place of a care level, 0 (self-care) to 4 (emergency)."""
    return CARE_LEVELS.index(level)


class Figure(NamedTuple):
    """A number with its range, basis and source ids; a tuple, for there are some ten thousand to read."""

    value: float
    low: float
    high: float
    basis: Basis
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expression:
    """One node of a rule. There is no negation, so more signs can never make it fail.

    `op` is `present` (a finding), `measure` (a quantity compared), `all`, `any` or `at_least` (k of the
    parts). Unused fields keep their defaults.
    """

    op: Literal["present", "measure", "all", "any", "at_least"]
    finding: str = ""
    comparison: Literal["", "at_least", "at_most", "over", "under"] = ""
    number: float = 0.0
    k: int = 0
    parts: tuple[Expression, ...] = ()
