"""The reading of an expression over many people at once: one boolean array for each.

Two-valued on purpose: a person whose answer is not known is not counted as having the sign, so this reads
as "the rule fires". It is the fast twin of `one_person` (held to it by a property test).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kneewise.knowledge.types import Expression
from kneewise.rules.fold import fold

Flags = NDArray[np.bool_]
Values = NDArray[np.float64]

_COMPARE = {"at_least": np.greater_equal, "at_most": np.less_equal, "over": np.greater, "under": np.less}


class _Columns:
    """The algebra behind `fires`."""

    def __init__(self, present: Mapping[str, Flags], values: Mapping[str, Values], people: int) -> None:
        self.present_columns = present
        self.value_columns = values
        self.nobody: Flags = np.zeros(people, dtype=bool)

    def present(self, finding: str) -> Flags:
        return self.present_columns.get(finding, self.nobody)

    def measure(self, finding: str, comparison: str, number: float) -> Flags:
        values = self.value_columns.get(finding)
        if values is None:
            return self.nobody
        with np.errstate(invalid="ignore"):  # NaN is "not known" and compares as False
            return np.asarray(_COMPARE[comparison](values, number), dtype=bool)

    def at_least(self, k: int, parts: Sequence[Flags]) -> Flags:
        return np.asarray(np.sum(parts, axis=0) >= k)


def fires(
    expression: Expression, present: Mapping[str, Flags], values: Mapping[str, Values], people: int
) -> Flags:
    """Who (of `people`) the expression holds for. Arrays have one entry per person; NaN is unknown."""
    return fold(expression, _Columns(present, values, people))
