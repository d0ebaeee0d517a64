"""Whether an exercise may be given to this person now, and what to mind or to ask first if so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kneewise.evidence import Evidence
from kneewise.knowledge.types import Contraindication, Exercise, Expression
from kneewise.rules import Truth, evaluate


@dataclass(frozen=True)
class Person:
    """What contraindications are held against.

    `causes` are those likely enough to be heeded; `phases` gives the number (from 1) of the phase that a
    cause's own protocol has reached. A cause without a protocol in use counts as at its first phase.
    """

    evidence: Evidence
    causes: frozenset[str]
    factors: frozenset[str]
    phases: Mapping[str, int]
    earliest: int  # the lowest phase number of all protocols in use


@dataclass(frozen=True)
class Verdict:
    """May it be given, and why not or what to mind (sentences of the content).

    `early` says that only the phase stands against it. `open` are findings nobody has asked about yet that
    would forbid it.
    """

    allowed: bool
    because: tuple[str, ...] = ()
    mind: tuple[str, ...] = ()
    early: bool = False
    open: tuple[str, ...] = ()


def _leaves(node: Expression) -> list[str]:
    if node.op in ("present", "measure"):
        return [node.finding]
    return [finding for part in node.parts for finding in _leaves(part)]


def _unasked(node: Expression, evidence: Evidence) -> tuple[str, ...]:
    """The findings of an undecided expression that were never asked."""
    return tuple(
        finding for finding in dict.fromkeys(_leaves(node)) if evidence.state(finding) == "not_asked"
    )


def _phase(entry: Contraindication, person: Person) -> int:
    """How far the protocol has come that an entry's "not before" counts in; the lowest where several do."""
    concerned = [cause for cause in entry.causes if cause in person.causes]
    if concerned:
        return min(person.phases.get(cause, 1) for cause in concerned)
    return person.earliest


def judge(exercise: Exercise, person: Person) -> Verdict:
    """Hold an exercise against all its contraindications. "Not sure" counts as if it held."""
    because: list[str] = []
    mind: list[str] = []
    unasked: list[str] = []
    never = False
    for entry in exercise.contraindications:
        holds = bool(person.causes & set(entry.causes) or person.factors & set(entry.factors))
        if not holds and entry.when is not None:
            reading = evaluate(entry.when, person.evidence)
            holds = reading.truth is Truth.HOLDS or reading.if_unsure_were_so
            if not holds and reading.truth is Truth.OPEN and entry.action == "never":
                unasked += _unasked(entry.when, person.evidence)
        if not holds:
            continue
        if entry.action == "never":
            never = True
            because.append(entry.why)
        elif entry.action == "not_before_phase" and _phase(entry, person) < entry.phase:
            because.append(entry.why)
        elif entry.action == "modify":
            mind.append(entry.why)
    return Verdict(
        not because,
        tuple(because),
        tuple(dict.fromkeys(mind)),
        early=bool(because) and not never,
        open=tuple(dict.fromkeys(unasked)),
    )
