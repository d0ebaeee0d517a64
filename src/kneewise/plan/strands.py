"""Which protocols a person follows, in which phase, and which of them wins where two disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kneewise.knowledge.types import Knowledge, Phase, Protocol, care_rank
from kneewise.plan.standing import Situation, Standing
from kneewise.rules import Truth, evaluate

LIKELY = 0.25  # a cause from which a protocol is taken
CONCERNING = 0.08  # a cause whose contraindications are heeded
CLEARLY_FIRST = 0.5  # the first cause at this chance keeps the programme gentle if it has to be seen first
SEEN_FIRST = care_rank("within_days")
GENERAL = "general"
PREVENTION = "prevention"
MOST_STRANDS = 3


@dataclass(frozen=True)
class Strand:
    """One protocol in use: its phase, that phase's number from 1, and for whose sake it is there."""

    protocol: Protocol
    phase: Phase
    number: int
    because: tuple[str, ...]  # causes and factors

    @property
    def last(self) -> bool:
        """Whether no phase follows."""
        return self.number == len(self.protocol.phases)


def seen_first(situation: Situation, knowledge: Knowledge) -> str | None:
    """The clearly first cause if it has to be seen before anybody trains (ADR 0009).

    A danger, or a cause that is usually seen within days; of those a clinician has named, only what is
    usually seen the same day. It may only make a programme gentler: the care level and the rules know
    nothing of it.
    """
    if not situation.causes:
        return None
    cause, chance = min(situation.causes.items(), key=lambda pair: (-pair[1], pair[0]))
    data = knowledge.conditions[cause]
    urgency = care_rank(data.usual_care_level)
    if cause == situation.diagnosed:
        waits = urgency > SEEN_FIRST
    else:
        waits = data.kind == "danger" or urgency >= SEEN_FIRST
    return cause if waits and chance >= CLEARLY_FIRST else None


def likely(situation: Situation) -> list[str]:
    """The first cause and every other likely one, most likely first."""
    ordered = sorted(situation.causes.items(), key=lambda pair: (-pair[1], pair[0]))
    return [cause for i, (cause, chance) in enumerate(ordered) if i == 0 or chance >= LIKELY]


def concerning(situation: Situation) -> frozenset[str]:
    """Every cause likely enough that no exercise may make it worse."""
    return frozenset(cause for cause, chance in situation.causes.items() if chance >= CONCERNING)


def _protocols(
    situation: Situation, knowledge: Knowledge, goals: Iterable[str], ordered: str | None
) -> dict[str, tuple[str, ...]]:
    """Protocol id to what it is for, in order of importance."""
    picked: dict[str, tuple[str, ...]] = {}

    def take(protocol: str, because: str) -> None:
        picked[protocol] = tuple(dict.fromkeys((*picked.get(protocol, ()), because)))

    if ordered is not None:
        take(ordered, "clinician")
    if not situation.causes and "prevent" in goals and PREVENTION in knowledge.protocols:
        take(PREVENTION, "prevent")
    for cause in likely(situation):
        for protocol in knowledge.protocols.values():
            if cause in protocol.causes:
                take(protocol.id, cause)
    ruled_out = {other for one in picked for other in knowledge.protocols[one].not_beside}
    for factor in situation.factors:
        for protocol in knowledge.protocols.values():
            if protocol.id in ruled_out and protocol.id not in picked:
                continue
            if factor in protocol.factors and (len(picked) < 2 or protocol.id in picked):
                take(protocol.id, factor)
    if not picked and GENERAL in knowledge.protocols:
        take(GENERAL, "general")
    return picked


def _start(protocol: Protocol, situation: Situation) -> Phase:
    """The first phase whose rule is known to hold, else the first one."""
    phases = {phase.id: phase for phase in protocol.phases}
    for when, phase in protocol.start_phase:
        if evaluate(when, situation.evidence).truth is Truth.HOLDS:
            return phases[phase]
    return protocol.phases[0]


def _phase(protocol: Protocol, situation: Situation, standing: Standing, ordered: Mapping[str, str]) -> Phase:
    """The phase to be in: relative rest takes the first; then a clinician's word, the way come, the start."""
    phases = {phase.id: phase for phase in protocol.phases}
    if situation.gate == "relative_rest":
        return protocol.phases[0]
    if protocol.id in standing.phases:
        return phases[standing.phases[protocol.id]]
    if protocol.id in ordered:
        return phases[ordered[protocol.id]]
    if protocol.after_clinician and situation.diagnosed not in protocol.causes:
        return protocol.phases[0]
    return _start(protocol, situation)


def strands_of(
    situation: Situation,
    standing: Standing,
    knowledge: Knowledge,
    goals: Iterable[str] = (),
    ordered: Mapping[str, str | None] | None = None,
) -> tuple[Strand, ...]:
    """At most three protocols with their phases.

    The first cause's protocol comes first, unless one of equal right (its cause is likely too) has a lower
    merge rank: where an acute tear and stiffness act together, the tear says what may be done. `ordered`
    maps protocols a clinician asks for to a phase or None.
    """
    ordered = ordered or {}
    first = next(iter(ordered), None)
    picked = _protocols(situation, knowledge, goals, first)
    names = list(picked)[:MOST_STRANDS]
    head = [name for name in names if name == first]
    rest = [name for name in names if name != first]
    causes = set(likely(situation))
    # Protocols of likely causes by merge rank, those of mere factors after them; order of chance breaks ties.
    rest.sort(key=lambda name: (not causes & set(picked[name]), knowledge.protocols[name].merge_rank))
    phases = {name: phase for name, phase in ordered.items() if phase is not None}
    strands = []
    for name in head + rest:
        protocol = knowledge.protocols[name]
        phase = _phase(protocol, situation, standing, phases)
        strands.append(Strand(protocol, phase, protocol.phases.index(phase) + 1, picked[name]))
    return tuple(strands)
