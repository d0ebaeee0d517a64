"""When the causes are not clear, why, and what would make them clear.

Not clear means: hardly anything has been told; or none of the causes we know fits well; or the first is less
likely than not and the ranges of the first two overlap. See docs/adr/0003.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kneewise.assess.model import Model
from kneewise.assess.next_question import LEAST_INFORMATION, information
from kneewise.assess.ranking import Posterior, RankedCause, answered, something_else
from kneewise.assess.triage import askable
from kneewise.evidence import Evidence
from kneewise.knowledge.types import Finding, Knowledge

Why = Literal["little_told", "nothing_fits", "close"]

# Fewer present signs than this say too little to name anything with confidence.
LEAST_SIGNS = 3
# Where the first cause is at least this likely, it is called the likely one whatever stands behind it.
LIKELY = 0.5
MOST_NAMED = 3


@dataclass(frozen=True)
class NotClear:
    """Why the causes are not clear, and the findings that would tell most, the best first."""

    why: Why
    would_tell: tuple[str, ...]


def _open(finding: Finding, evidence: Evidence) -> bool:
    """Whether somebody could still find out: the person, a home test, or a clinician's examination."""
    if evidence.answered(finding.id) or finding.kind == "derived":
        return False
    return finding.who == "clinician" or askable(finding, evidence)


def _would_tell(evidence: Evidence, knowledge: Knowledge, model: Model, result: Posterior) -> tuple[str, ...]:
    gains = information(model, result)
    told = [
        (-float(gains[column]), finding)
        for column, finding in enumerate(model.findings)
        if gains[column] >= LEAST_INFORMATION and _open(knowledge.findings[finding], evidence)
    ]
    return tuple(finding for _, finding in sorted(told)[:MOST_NAMED])


def not_clear(
    evidence: Evidence,
    knowledge: Knowledge,
    model: Model,
    result: Posterior,
    causes: tuple[RankedCause, ...],
) -> NotClear | None:
    """Why the causes are not clear, or None when one stands out."""
    signs = sum(state == "present" for _, state in answered(model, evidence))
    why: Why | None = None
    if signs < LEAST_SIGNS:
        why = "little_told"
    elif not causes or something_else(result) > causes[0].probability:
        why = "nothing_fits"
    elif len(causes) > 1 and causes[0].probability < LIKELY and causes[1].high > causes[0].low:
        why = "close"
    return None if why is None else NotClear(why, _would_tell(evidence, knowledge, model, result))
