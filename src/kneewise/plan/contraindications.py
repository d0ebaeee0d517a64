"""Whether an exercise may be given to this person now, and what to mind or to ask first if so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kneewise.evidence import Evidence
from kneewise.knowledge.types import (
    LAST_PHASE,
    Contraindication,
    Exercise,
    Expression,
    SharedContraindication,
)
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
    last: frozenset[str] = frozenset()  # causes whose protocol is in its last phase
    all_last: bool = False  # whether every protocol in use is in its last phase


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


def _reached(entry: Contraindication, person: Person) -> bool:
    """Whether the protocols that an entry's "not before" counts in have come so far; the lowest decides."""
    concerned = [cause for cause in entry.causes if cause in person.causes]
    if entry.phase == LAST_PHASE:
        return person.last.issuperset(concerned) if concerned else person.all_last
    if concerned:
        return min(person.phases.get(cause, 1) for cause in concerned) >= entry.phase
    return person.earliest >= entry.phase


@dataclass(frozen=True)
class Held:
    """What one contraindication says to this person: `action` is empty where it says nothing."""

    action: str
    why: str = ""
    open: tuple[str, ...] = ()


def hold(entry: Contraindication, person: Person) -> Held:
    """Hold one contraindication against a person. "Not sure" counts as if it held, or asks for care."""
    action = ""
    if not person.causes.isdisjoint(entry.causes) or not person.factors.isdisjoint(entry.factors):
        action = entry.action
    elif entry.when is not None:
        reading = evaluate(entry.when, person.evidence)
        if reading.truth is Truth.HOLDS:
            action = entry.action
        elif reading.if_unsure_were_so:
            action = entry.action if entry.if_unsure == "counts" else "modify"
        elif reading.truth is Truth.OPEN and entry.action == "never":
            return Held("", open=_unasked(entry.when, person.evidence))
    if action == "not_before_phase" and _reached(entry, person):
        action = ""
    return Held(action, entry.why)


def hold_shared(shared: Iterable[SharedContraindication], person: Person) -> dict[str, list[Held]]:
    """Each exercise with what the contraindications that many share say to this person, worked out once."""
    found: dict[str, list[Held]] = {}
    for one in shared:
        held = hold(one.entry, person)
        if held.action or held.open:
            for exercise in one.exercises:
                found.setdefault(exercise, []).append(held)
    return found


def judge(exercise: Exercise, person: Person, shared: Sequence[Held] = ()) -> Verdict:
    """Hold an exercise against its own contraindications and the `shared` ones that speak to this person."""
    every = [*(hold(entry, person) for entry in exercise.contraindications), *shared]
    because = tuple(dict.fromkeys(one.why for one in every if one.action in ("never", "not_before_phase")))
    return Verdict(
        allowed=not because,
        because=because,
        mind=tuple(dict.fromkeys(one.why for one in every if one.action == "modify")),
        early=bool(because) and not any(one.action == "never" for one in every),
        open=tuple(dict.fromkeys(finding for one in every for finding in one.open)),
    )
