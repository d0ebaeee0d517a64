"""Contributing factors as facts – measured, reported or suspected – never as rivals of the causes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kneewise.evidence import Evidence
from kneewise.knowledge.types import Expression, Factor, Knowledge
from kneewise.rules import Reading, Truth, evaluate

Status = Literal["measured", "reported", "suspected"]


@dataclass(frozen=True)
class FoundFactor:
    """A factor that the evidence shows, how firmly, and because of what."""

    factor: Factor
    status: Status
    because: tuple[str, ...]


class _Told:
    """Evidence in its ranking reading: what text denies counts as absent."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    def state(self, finding: str) -> Literal["present", "absent", "unsure", "not_asked"]:
        return self.evidence.told(finding)

    def value(self, finding: str) -> float | None:
        return self.evidence.value(finding)


def _read(expression: Expression | None, evidence: Evidence) -> Reading:
    return Reading(Truth.FAILS) if expression is None else evaluate(expression, _Told(evidence))


def find_factors(evidence: Evidence, knowledge: Knowledge) -> tuple[FoundFactor, ...]:
    """Every factor that is measured, reported or suspected, the firmest first."""
    found = []
    levels: tuple[Status, ...] = ("measured", "reported", "suspected")
    for factor in knowledge.factors.values():
        for status in levels:
            reading = _read(getattr(factor, status), evidence)
            if reading.truth is Truth.HOLDS:
                found.append(FoundFactor(factor, status, reading.because))
                break
    return tuple(sorted(found, key=lambda entry: (levels.index(entry.status), entry.factor.id)))
