"""Whether an exercise may be given to this person now, and what to mind if so."""

from __future__ import annotations

from dataclasses import dataclass

from kneewise.evidence import Evidence
from kneewise.knowledge.types import Contraindication, Exercise
from kneewise.rules import Truth, evaluate


@dataclass(frozen=True)
class Verdict:
    """May it be given, and why not or what to mind (sentences of the content)."""

    allowed: bool
    because: tuple[str, ...] = ()
    mind: tuple[str, ...] = ()


def _concerns(
    entry: Contraindication, evidence: Evidence, causes: frozenset[str], factors: frozenset[str]
) -> bool:
    """Whether the contraindication holds for this person; "not sure" counts as if it held."""
    if causes & set(entry.causes) or factors & set(entry.factors):
        return True
    if entry.when is None:
        return False
    reading = evaluate(entry.when, evidence)
    return reading.truth is Truth.HOLDS or reading.if_unsure_were_so


def judge(
    exercise: Exercise, evidence: Evidence, causes: frozenset[str], factors: frozenset[str], phase: int
) -> Verdict:
    """Hold an exercise against all its contraindications; `phase` counts from 1."""
    because, mind = [], []
    for entry in exercise.contraindications:
        if not _concerns(entry, evidence, causes, factors):
            continue
        if entry.action == "never" or (entry.action == "not_before_phase" and phase < entry.phase):
            because.append(entry.why)
        elif entry.action == "modify":
            mind.append(entry.why)
    return Verdict(not because, tuple(because), tuple(mind))
