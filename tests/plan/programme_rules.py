"""What must be true of every programme, read from its outcome; each rule yields what is wrong.

The rules know the second matrix and the content's types, and nothing of how a programme is made. A stage is
the second matrix's word for how far somebody is: the first phase of a protocol is `calm`, the second one
`strength`, the last one `return`, and what lies between is `late`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kneewise.evidence import Evidence
from kneewise.knowledge.types import Knowledge
from kneewise.plan import Programme, build
from kneewise.plan.programme import gate_of, needs_it_gentle
from tests.plan.people import Drawn
from tests.plan.second_matrix import forbids, second_matrix

HEEDED = 0.08
FREE = ("cardio", "warm_up")  # a walk and a warm-up come on top of the minutes of a session
MOST = 6
WEEK = 7

Rule = Callable[[Drawn, Programme, Knowledge], Iterator[str]]


def stage(number: int, phases: int) -> str:
    """The stage of phase `number` (from 1) of a protocol of so many phases."""
    if number == phases:
        return "return"
    return {1: "calm", 2: "strength"}.get(number, "late")


def _stages(programme: Programme) -> tuple[dict[str, str], str]:
    """The stage of each treated cause, and the earliest of all for what is not a cause."""
    order = second_matrix().stages
    of_cause: dict[str, str] = {}
    every = []
    for strand in programme.strands:
        here = stage(strand.number, len(strand.protocol.phases))
        every.append(here)
        for cause in strand.protocol.causes:
            of_cause[cause] = min(of_cause.get(cause, here), here, key=order.index)
    return of_cause, min(every, key=order.index, default="calm")


def _by_clinician(drawn: Drawn) -> set[str]:
    return {one for order in drawn.preferences.clinician for one in order.pin}


def gate(drawn: Drawn, programme: Programme, knowledge: Knowledge) -> Iterator[str]:
    """A shut gate gives no exercises and says why; relative rest only gentle ones."""
    now = gate_of(drawn.situation, knowledge)
    if now == "none" and programme.chosen:
        yield "exercises past a shut gate"
    if not programme.chosen and not programme.locked_by:
        yield "no exercises and no reason"
    if programme.chosen and programme.locked_by:
        yield "locked, and yet exercises"
    if now == "relative_rest":
        for one in programme.chosen:
            if one.exercise.load_class > 2:
                yield f"{one.exercise.id} during relative rest"


def matrix(drawn: Drawn, programme: Programme, knowledge: Knowledge) -> Iterator[str]:
    """Nothing the second matrix forbids this person at this stage."""
    evidence, causes = drawn.situation.evidence, drawn.situation.causes
    of_cause, earliest = _stages(programme)
    holding = {f for f in evidence.known if evidence.state(f) in ("present", "unsure")}
    sure = {f for f in holding if evidence.state(f) == "present"}
    factors = set(drawn.situation.factors)
    clinician = _by_clinician(drawn)
    for one in programme.chosen:
        id_ = one.exercise.id
        # A clinician may give early what only waits; never what is forbidden.
        own = "return" if id_ in clinician else None
        reasons = forbids(id_, set(), holding, factors, own or earliest, sure)
        for cause, chance in causes.items():
            if chance >= HEEDED:
                # A cause that is heeded but not treated: as far as the person has come with anything.
                now = own or of_cause.get(cause, earliest)
                reasons += forbids(id_, {cause}, set(), set(), now)
        yield from (f"{id_}: {reason}" for reason in reasons)


def qualities(drawn: Drawn, programme: Programme, knowledge: Knowledge) -> Iterator[str]:
    """Every quality that a phase requires is served, or the programme says that it is not."""
    if not programme.chosen:
        return
    for strand in programme.strands:
        for need in strand.phase.needs:
            if not need.required or _not_called_for(need.quality, drawn, knowledge):
                continue
            served = _served(need.quality, drawn, programme)
            said = any(entry.endswith(f":{need.quality}") for entry in programme.relaxed)
            if not served and not said:
                yield f"{strand.protocol.id}/{strand.phase.id}: {need.quality} is silently missing"


def _served(quality: str, drawn: Drawn, programme: Programme) -> bool:
    """Whether a given exercise trains a quality, or is named for it by any phase in use."""
    named = {
        id_
        for strand in programme.strands
        for need in strand.phase.needs
        if need.quality == quality
        for id_ in need.exercises
    }
    named |= {new for old, new in drawn.standing.instead.items() if old in named}
    return any(quality in one.exercise.qualities or one.exercise.id in named for one in programme.chosen)


def _not_called_for(quality: str, drawn: Drawn, knowledge: Knowledge) -> bool:
    from kneewise.plan.programme import goals_of

    goals = goals_of(drawn.preferences, drawn.situation.evidence, knowledge)
    needed = {q for goal in knowledge.goals.values() for q in goal.needs}
    return quality in needed and quality not in {q for g in goals for q in knowledge.goals[g].needs}


def week(drawn: Drawn, programme: Programme, knowledge: Knowledge) -> Iterator[str]:
    """Days, minutes and number fit the person; hard days are apart, over the week's end too."""
    wanted = drawn.preferences
    minutes: dict[int, float] = {}
    hard: set[int] = set()
    for one in programme.chosen:
        days = one.days
        if not days or list(days) != sorted(set(days)) or not set(days) <= set(range(1, WEEK + 1)):
            yield f"{one.exercise.id} on the days {days}"
        if len(days) > max(one.prescription.times_per_week):
            yield f"{one.exercise.id} more often than its dose says"
        if one.prescription.hard:
            hard |= set(days)
        for day in days:
            free = one.exercise.type in FREE
            minutes[day] = minutes.get(day, 0.0) + (0.0 if free else one.prescription.minutes)
    # Short gentle work may have days of its own; it says so.
    own = {d for one in programme.chosen for d in one.days if not _own_days(one.why)}
    if len(own) > wanted.days:
        yield f"{len(own)} days instead of {wanted.days}"
    if "more_minutes" not in programme.relaxed:
        yield from (
            f"day {day}: {spent:.1f} minutes of {wanted.minutes}"
            for day, spent in sorted(minutes.items())
            if spent > wanted.minutes + 1e-6
        )
    yield from (f"hard on day {day} and the next" for day in sorted(hard) if day % WEEK + 1 in hard)
    ids = [one.exercise.id for one in programme.chosen]
    pinned = {*wanted.pinned, *_by_clinician(drawn)}
    if len(ids) != len(set(ids)) or len(ids) > max(MOST, len(pinned & set(ids))):
        yield f"the exercises {', '.join(ids)}"


def _own_days(why: tuple[str, ...]) -> bool:
    return any(code.startswith("own_days:") for code in why)


def ladders(drawn: Drawn, programme: Programme, knowledge: Knowledge) -> Iterator[str]:
    """The first step for whoever needs it gentle; what has an entry list only when the list is met."""
    schemes = {scheme.id: scheme for scheme in knowledge.dose_schemes}
    now = replace(drawn.situation, gate=gate_of(drawn.situation, knowledge))
    gentle = now.gate == "relative_rest" or needs_it_gentle(now.evidence)
    for one in programme.chosen:
        id_, dose = one.exercise.id, one.prescription
        if not 0 <= dose.step < dose.steps or dose.sets < 1 or dose.reps < 1:
            yield f"{id_}: step {dose.step} of {dose.steps}, {dose.sets} × {dose.reps}"
        if gentle and id_ not in drawn.standing.steps and dose.step:
            yield f"{id_} starts at step {dose.step} though it has to be gentle"
        scheme = schemes.get(dose.scheme)
        entry = scheme.entry if scheme else ()
        missing = [c for c in entry if c not in drawn.standing.met]
        if missing and id_ not in _by_clinician(drawn):
            yield f"{id_} without {', '.join(missing)}"


def explained(drawn: Drawn, programme: Programme, knowledge: Knowledge) -> Iterator[str]:
    """Whatever a phase names is given, has a given alternative, or stands in the list with its reason."""
    if not programme.chosen:
        return
    chosen = {one.exercise.id for one in programme.chosen}
    refused = {one.exercise: one for one in programme.not_given}
    if both := chosen & set(refused):
        yield f"given and refused: {', '.join(sorted(both))}"
    yield from (f"{one.exercise} refused without a reason" for one in refused.values() if not one.because)
    for strand in programme.strands:
        for need in strand.phase.needs:
            if _not_called_for(need.quality, drawn, knowledge):
                continue
            alternative = _served(need.quality, drawn, programme)
            for id_ in need.exercises:
                # Its easier or harder version stands for it.
                told = {id_, drawn.standing.instead.get(id_, id_)}
                if not alternative and not told & (chosen | set(refused)):
                    yield f"{id_} ({need.quality}) is left out without a word"


def clinician(drawn: Drawn, programme: Programme, knowledge: Knowledge) -> Iterator[str]:
    """Orders are kept with their reason; what must not be given is refused with a warning."""
    if not programme.chosen:
        return
    chosen = {one.exercise.id: one for one in programme.chosen}
    warned = {exercise for what, exercise, _ in programme.warnings if what == "refused"}
    banned = {*drawn.preferences.banned, *(b for o in drawn.preferences.clinician for b in o.ban)}
    yield from (f"{id_} is banned" for id_ in sorted(banned & set(chosen)))
    for order in drawn.preferences.clinician:
        for id_ in order.pin:
            if id_ not in chosen and id_ not in warned:
                yield f"{id_} was ordered, is not given, and nothing says why"
        for id_ in (*order.pin, *dict(order.dose)):
            if id_ in chosen and f"clinician:{order.reason}" not in chosen[id_].why:
                yield f"{id_} without the clinician's reason"
        for id_, parts in order.dose:
            if id_ in chosen:
                dose = chosen[id_].prescription
                for key, value in parts:
                    if getattr(dose, key) != value and key != "times_per_week":
                        yield f"{id_}: {key} {getattr(dose, key)} instead of {value}"
        reached = dict(programme.protocols)
        if order.protocol and order.protocol not in reached:
            yield f"the protocol {order.protocol} was ordered"
        free = drawn.standing.phases.get(order.protocol or "") is None
        rest = gate_of(drawn.situation, knowledge) == "relative_rest"
        if order.phase and free and not rest and reached[order.protocol or ""] != order.phase:
            yield f"the phase {order.phase} was ordered"


def same_again(drawn: Drawn, programme: Programme, knowledge: Knowledge) -> Iterator[str]:
    """The same input gives the same programme, in whatever order its parts stand."""
    if build(drawn.situation, drawn.preferences, knowledge, drawn.standing) != programme:
        yield "another programme from the same input"
    turned = replace(
        drawn.situation,
        evidence=Evidence(dict(reversed(list(drawn.situation.evidence.known.items())))),
        causes=dict(reversed(list(drawn.situation.causes.items()))),
    )
    back = replace(
        drawn.standing,
        phases=dict(reversed(list(drawn.standing.phases.items()))),
        steps=dict(reversed(list(drawn.standing.steps.items()))),
        instead=dict(reversed(list(drawn.standing.instead.items()))),
    )
    if build(turned, drawn.preferences, knowledge, back) != programme:
        yield "another programme from the same input in another order"


def no_churn(drawn: Drawn, programme: Programme, knowledge: Knowledge) -> Iterator[str]:
    """Last week's exercises stay where nothing else has changed and nothing was swapped."""
    if drawn.standing.instead:
        return
    ids = {one.exercise.id for one in programme.chosen}
    again = replace(drawn.standing, kept=tuple(sorted(ids)))
    now = {one.exercise.id for one in build(drawn.situation, drawn.preferences, knowledge, again).chosen}
    if now != ids:
        yield f"{', '.join(sorted(ids - now))} gave way to {', '.join(sorted(now - ids))}"


RULES: dict[str, Rule] = {
    "gate": gate,
    "matrix": matrix,
    "qualities": qualities,
    "week": week,
    "ladders": ladders,
    "explained": explained,
    "clinician": clinician,
    "same_again": same_again,
    "no_churn": no_churn,
}


def broken(drawn: Drawn, programme: Programme, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every rule that a programme breaks, with what is wrong."""
    for name, rule in RULES.items():
        yield from ((name, what) for what in rule(drawn, programme, knowledge))
