"""The first programme: gate first, then two to six exercises, each with its reason.

The set is chosen by plain enumeration in a stated order: every required need of the protocols in turn
takes the first exercise of its list that this person may do, then optional needs as long as the minutes
last. What could not be met is said in `relaxed`, never passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kneewise.assess.triage import ADULT_AGE
from kneewise.evidence import Evidence
from kneewise.knowledge.types import Advice, Exercise, Gate, Knowledge, Phase, Protocol, care_rank
from kneewise.plan.contraindications import judge
from kneewise.plan.preferences import AT_HAND, Preferences
from kneewise.plan.schedule import days_for
from kneewise.rules import Truth, evaluate

FEWEST, MOST = 2, 6
GENTLE_LOAD = 2  # the highest load class during relative rest
LEVELS = {"new": 2, "some": 3, "trained": 5}
LIKELY = 0.25  # a cause from which a protocol is taken
CONCERNING = 0.08  # a cause whose contraindications are heeded
CLEARLY_FIRST = 0.5  # the first cause at this chance keeps the programme gentle if it has to be seen first
SEEN_FIRST = care_rank("within_days")
GENERAL = "general"
FREE_TYPES = ("cardio", "warm_up")
MOST_ADVICE = 9  # more than this nobody reads; when to come back is counted apart
PREVENTION = "prevention"


@dataclass(frozen=True)
class Situation:
    """What the plan needs to know of the assessment."""

    evidence: Evidence
    gate: Gate
    care_level: str
    red_flags: tuple[str, ...]
    causes: Mapping[str, float]  # cause -> chance of being among the causes
    factors: tuple[str, ...]
    side: str
    diagnosed: str | None = None  # a cause that a clinician has named


@dataclass(frozen=True)
class Chosen:
    """An exercise in the programme, for which quality and protocol, and what to mind."""

    exercise: Exercise
    quality: str
    protocol: str
    mind: tuple[str, ...]
    days: tuple[int, ...]


@dataclass(frozen=True)
class Programme:
    """A first programme, or none with its reason."""

    protocols: tuple[tuple[str, str], ...]
    chosen: tuple[Chosen, ...]
    advice: tuple[Advice, ...]
    avoid: tuple[str, ...]
    come_back: tuple[str, ...]
    relaxed: tuple[str, ...]
    locked_by: tuple[str, ...] | None


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


def gate_of(situation: Situation, knowledge: Knowledge) -> Gate:
    """The gate of the rules, at most relative rest where the first cause has to be seen first."""
    if situation.gate == "allowed" and seen_first(situation, knowledge) is not None:
        return "relative_rest"
    return situation.gate


def _likely(situation: Situation) -> list[str]:
    ordered = sorted(situation.causes.items(), key=lambda pair: (-pair[1], pair[0]))
    return [cause for i, (cause, chance) in enumerate(ordered) if i == 0 or chance >= LIKELY]


def pick_protocols(situation: Situation, knowledge: Knowledge, goals: tuple[str, ...] = ()) -> list[Protocol]:
    """The protocols of the likely causes, first cause first; then those of the factors; at most three.

    Who has no complaint and wants to prevent one gets the protocol that is made for it.
    """
    picked: dict[str, Protocol] = {}
    if not situation.causes and "prevent" in goals and PREVENTION in knowledge.protocols:
        picked[PREVENTION] = knowledge.protocols[PREVENTION]
    for cause in _likely(situation):
        for protocol in knowledge.protocols.values():
            if cause in protocol.causes:
                picked.setdefault(protocol.id, protocol)
    for factor in situation.factors:
        for protocol in knowledge.protocols.values():
            if factor in protocol.factors and len(picked) < 2:
                picked.setdefault(protocol.id, protocol)
    if not picked and GENERAL in knowledge.protocols:
        picked[GENERAL] = knowledge.protocols[GENERAL]
    return list(picked.values())[:3]


def start_phase(protocol: Protocol, situation: Situation) -> Phase:
    """The first phase whose rule is known to hold, else the first one; relative rest takes the first."""
    phases = {phase.id: phase for phase in protocol.phases}
    if situation.gate == "relative_rest":
        return protocol.phases[0]
    for when, phase in protocol.start_phase:
        if evaluate(when, situation.evidence).truth is Truth.HOLDS:
            return phases[phase]
    return protocol.phases[0]


def _has(exercise: Exercise, preferences: Preferences) -> bool:
    have = {*AT_HAND, *preferences.equipment}
    return (
        not exercise.equipment
        or all(thing in have for thing in exercise.equipment)
        or preferences.place == "gym"
    )


class _Builder:
    """Collects the exercises of one programme and what had to be let go."""

    def __init__(self, situation: Situation, preferences: Preferences, knowledge: Knowledge) -> None:
        self.situation = situation
        self.preferences = preferences
        self.knowledge = knowledge
        self.causes = frozenset(cause for cause, chance in situation.causes.items() if chance >= CONCERNING)
        self.factors = frozenset(situation.factors)
        self.chosen: list[Chosen] = []
        self.relaxed: list[str] = []

    @property
    def minutes(self) -> float:
        """Minutes of exercise proper; walking, cycling and warming up are not taken from them."""
        return sum(entry.exercise.minutes for entry in self.chosen if entry.exercise.type not in FREE_TYPES)

    def _fits(self, id_: str, phase: int, *, heed_level: bool = True) -> tuple[bool, tuple[str, ...]]:
        exercise = self.knowledge.exercises[id_]
        verdict = judge(exercise, self.situation.evidence, self.causes, self.factors, phase)
        too_hard = heed_level and exercise.level > LEVELS[self.preferences.experience]
        if self.situation.gate == "relative_rest" and exercise.load_class > GENTLE_LOAD:
            return False, ()
        if id_ in self.preferences.banned or not _has(exercise, self.preferences):
            return False, ()
        return verdict.allowed and not too_hard, verdict.mind

    def _add(self, id_: str, quality: str, protocol: str, mind: tuple[str, ...]) -> None:
        exercise = self.knowledge.exercises[id_]
        days = days_for(exercise, self.preferences.days)
        self.chosen.append(Chosen(exercise, quality, protocol, mind, days))

    def pin(self, phase: int) -> None:
        """Take what the person or the clinician wants, unless it is contraindicated."""
        for id_ in self.preferences.pinned[:MOST]:
            fits, mind = self._fits(id_, phase, heed_level=False)
            if fits:
                self._add(id_, self.knowledge.exercises[id_].qualities[0], "pinned", mind)
            else:
                self.relaxed.append(f"pinned:{id_}")

    def fill(self, protocol: Protocol, phase: Phase, number: int, *, required: bool) -> None:
        """Take one exercise for each need of a phase that is not served yet."""
        for need in phase.needs:
            if need.required is not required or len(self.chosen) >= MOST:
                continue
            have = {quality for entry in self.chosen for quality in entry.exercise.qualities}
            if need.quality in have:
                continue
            taken = {entry.exercise.id for entry in self.chosen}
            for id_ in need.exercises:
                fits, mind = self._fits(id_, number)
                exercise = self.knowledge.exercises[id_]
                free = exercise.type in FREE_TYPES
                room = free or self.minutes + exercise.minutes <= self.preferences.minutes
                if id_ not in taken and fits and (room or len(self.chosen) < FEWEST):
                    self._add(id_, need.quality, protocol.id, mind)
                    break
            else:
                if required:
                    self.relaxed.append(f"{protocol.id}:{need.quality}")


def _unique(groups: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry for group in groups for entry in group))


def advise(situation: Situation, knowledge: Knowledge, *, locked: bool) -> tuple[Advice, ...]:
    """The advice for this person, in its order; what to do meanwhile where there is no programme."""
    likely = set(_likely(situation))
    groups = {knowledge.conditions[cause].group for cause in likely}
    pieces = []
    for piece in knowledge.advice:
        if piece.kind == "meanwhile" and not locked:
            continue
        if locked and piece.kind not in ("meanwhile", "come_back"):
            continue
        named = piece.causes or piece.groups or piece.factors or piece.red_flags or piece.care_levels
        meant = (
            likely & set(piece.causes)
            or groups & set(piece.groups)
            or set(situation.factors) & set(piece.factors)
            or set(situation.red_flags) & set(piece.red_flags)
            or situation.care_level in piece.care_levels
            or not named
        )
        if not meant or (piece.when and evaluate(piece.when, situation.evidence).truth is not Truth.HOLDS):
            continue
        # Anything not known to be safe is left out: advice that some must never follow needs its screen.
        if piece.never_if is None or evaluate(piece.never_if, situation.evidence).truth is Truth.FAILS:
            pieces.append(piece)
    pieces.sort(key=lambda piece: (piece.order, piece.id))
    come_back = [piece for piece in pieces if piece.kind == "come_back"]
    return tuple([piece for piece in pieces if piece.kind != "come_back"][:MOST_ADVICE] + come_back)


def first_programme(situation: Situation, preferences: Preferences, knowledge: Knowledge) -> Programme:
    """The programme for this person now; none, with its reason, where the gate is shut."""
    situation = replace(situation, gate=gate_of(situation, knowledge))
    protocols = pick_protocols(situation, knowledge, preferences.goals)
    if situation.gate == "none":
        why = situation.red_flags or ("screen_incomplete",)
        age = situation.evidence.value("age_years")
        if age is not None and age < ADULT_AGE and not situation.red_flags:
            why = ("under_16",)
        come_back = _unique([protocol.come_back for protocol in protocols])
        return Programme((), (), advise(situation, knowledge, locked=True), (), come_back, (), why)
    builder = _Builder(situation, preferences, knowledge)
    steps = [(protocol, start_phase(protocol, situation)) for protocol in protocols]
    numbered = [(p, phase, p.phases.index(phase) + 1) for p, phase in steps]
    builder.pin(min((number for _, _, number in numbered), default=1))
    for protocol, phase, number in numbered:
        builder.fill(protocol, phase, number, required=True)
    for protocol, phase, number in numbered:
        builder.fill(protocol, phase, number, required=False)
    if not builder.chosen:
        return Programme(
            (),
            (),
            advise(situation, knowledge, locked=True),
            (),
            (),
            tuple(builder.relaxed),
            ("nothing_fits",),
        )
    return Programme(
        protocols=tuple((protocol.id, phase.id) for protocol, phase in steps),
        chosen=tuple(builder.chosen),
        advice=advise(situation, knowledge, locked=False),
        avoid=_unique([protocol.avoid for protocol in protocols]),
        come_back=_unique([protocol.come_back for protocol in protocols]),
        relaxed=tuple(builder.relaxed),
        locked_by=None,
    )
