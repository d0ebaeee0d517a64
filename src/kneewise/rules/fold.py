"""The fold over an expression: the one place that walks it, whatever it is read as."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from kneewise.knowledge.types import Expression

T = TypeVar("T")


class Algebra(Protocol[T]):
    """How to read an expression: one answer for each kind of node, from those of its parts."""

    def present(self, finding: str) -> T:
        """A finding that must be present."""
        ...

    def measure(self, finding: str, comparison: str, number: float) -> T:
        """A quantity compared with a number in its own unit."""
        ...

    def at_least(self, k: int, parts: Sequence[T]) -> T:
        """At least k of the parts (any is 1 of n, all is n of n)."""
        ...


def fold(expression: Expression, algebra: Algebra[T]) -> T:
    """Read `expression` in `algebra`.

    Raises ValueError for an operator that does not exist (content is checked, so this is a fault of ours).
    """
    op = expression.op
    if op == "present":
        return algebra.present(expression.finding)
    if op == "measure":
        return algebra.measure(expression.finding, expression.comparison, expression.number)
    parts = [fold(part, algebra) for part in expression.parts]
    if op == "all":
        return algebra.at_least(len(parts), parts)
    if op == "any":
        return algebra.at_least(1, parts)
    if op == "at_least":
        return algebra.at_least(expression.k, parts)
    raise ValueError(f"an expression has no operator {op!r}")


class _Literals:
    """Reads an expression as the tuple of its leaves, in order."""

    def present(self, finding: str) -> tuple[tuple[str, str, float], ...]:
        return ((finding, "", 0.0),)

    def measure(self, finding: str, comparison: str, number: float) -> tuple[tuple[str, str, float], ...]:
        return ((finding, comparison, number),)

    def at_least(
        self, k: int, parts: Sequence[tuple[tuple[str, str, float], ...]]
    ) -> tuple[tuple[str, str, float], ...]:
        return tuple(literal for part in parts for literal in part)


def literals_of(expression: Expression) -> tuple[tuple[str, str, float], ...]:
    """The leaves of an expression: (finding, comparison or "", number), in order, repeats kept."""
    return fold(expression, _Literals())


def findings_of(expression: Expression) -> tuple[str, ...]:
    """The finding ids an expression speaks of, in order, each once."""
    return tuple(dict.fromkeys(finding for finding, _, _ in literals_of(expression)))
