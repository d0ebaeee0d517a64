"""The doses and protocols hold together: ladders climb gently, and every phase can be served and left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from kneewise.knowledge.types import Exercise, Knowledge, Need, Phase, Protocol
from kneewise.knowledge.types_training import DoseScheme, DoseStep

LENGTHS = {"hamstring_length", "calf_length", "hip_length", "quadriceps_length"}
MOST_RISE = 1.25  # of the work of one session, from step to step
MOST_RISE_WHILE_SMALL = 1.34
SMALL_SECONDS, SMALL_REPETITIONS, SMALL_WORK_SECONDS = 60, 12, 15 * 60
# Ladders that climb faster, and why.
FASTER = {
    "nordic": "the ladder that was tested; it starts with ten repetitions a week",
    "stretch": "a held stretch is no load",
}
# Phases at the end of a protocol, where a need may have nothing gentle left: none at present.
LATE: set[tuple[str, str, str]] = set()
GENTLE = 2
HEAVY_LOAD = 4
# At home nearly everybody has these.
AT_HAND = {"mat", "chair", "wall", "towel", "step", "support", "socks", "shoes"}


def _phases(knowledge: Knowledge) -> Iterator[tuple[Protocol, int, Phase]]:
    for protocol in knowledge.protocols.values():
        for number, phase in enumerate(protocol.phases, start=1):
            yield protocol, number, phase


def _needs(knowledge: Knowledge) -> Iterator[tuple[Protocol, int, Phase, Need]]:
    for protocol, number, phase in _phases(knowledge):
        for need in phase.needs:
            yield protocol, number, phase, need


def _named(exercise: Exercise, knowledge: Knowledge) -> DoseScheme | None:
    return next((one for one in knowledge.dose_schemes if exercise.id in one.exercises), None)


def _scheme(exercise: Exercise, need: Need | None, knowledge: Knowledge) -> DoseScheme | None:
    """The need's own dose, else the exercise's, else that of the quality."""
    schemes = {scheme.id: scheme for scheme in knowledge.dose_schemes}
    if need is not None and need.dose:
        return schemes[need.dose]
    if (named := _named(exercise, knowledge)) is not None:
        return named
    qualities = (need.quality, *exercise.qualities) if need is not None else exercise.qualities
    for quality in qualities:
        for scheme in schemes.values():
            if quality in scheme.qualities:
                return scheme
    return None


def _work(step: DoseStep) -> float:
    """The work of one session: seconds held or moved, else repetitions."""
    return step.sets * step.reps * (step.hold_seconds or 1)


def _small(step: DoseStep) -> bool:
    if step.hold_seconds >= SMALL_SECONDS:  # minutes of walking or running
        return _work(step) <= SMALL_WORK_SECONDS
    return _work(step) <= (SMALL_SECONDS if step.hold_seconds else SMALL_REPETITIONS)


def _allowed(exercise: Exercise, cause: str, phase: int) -> bool:
    for entry in exercise.contraindications:
        if cause not in entry.causes:
            continue
        if entry.action == "never" or (entry.action == "not_before_phase" and phase < (entry.phase or 0)):
            return False
    return True


def test_every_exercise_and_every_quality_has_a_ladder(knowledge: Knowledge) -> None:
    without = [id_ for id_, one in knowledge.exercises.items() if _scheme(one, None, knowledge) is None]
    named = {quality for scheme in knowledge.dose_schemes for quality in scheme.qualities}
    used = {quality for one in knowledge.exercises.values() for quality in one.qualities}

    assert not without
    assert used <= named


def test_no_exercise_or_quality_has_two_ladders(knowledge: Knowledge) -> None:
    exercises = [id_ for scheme in knowledge.dose_schemes for id_ in scheme.exercises]
    qualities = [quality for scheme in knowledge.dose_schemes for quality in scheme.qualities]

    assert sorted(exercises) == sorted(set(exercises))
    assert sorted(qualities) == sorted(set(qualities))


def test_the_dose_of_a_phase_never_meets_an_exercise_with_a_ladder_of_its_own(knowledge: Knowledge) -> None:
    both = [
        f"{protocol.id} {phase.id} {need.dose}: {id_}"
        for protocol, _, phase, need in _needs(knowledge)
        for id_ in (need.exercises if need.dose else ())
        if _named(knowledge.exercises[id_], knowledge) is not None
    ]

    assert not both


def test_ladders_climb_gently(knowledge: Knowledge) -> None:
    steep = []
    for scheme in knowledge.dose_schemes:
        if scheme.id in FASTER:
            continue
        for number, (low, high) in enumerate(pairwise(scheme.steps), start=2):
            most = MOST_RISE_WHILE_SMALL if _small(low) else MOST_RISE
            if _work(high) > _work(low) * most + 1e-9:
                steep.append(f"{scheme.id} step {number}: {_work(low):g} -> {_work(high):g}")

    assert not steep


def test_only_ladders_that_exist_may_climb_faster(knowledge: Knowledge) -> None:
    assert set(FASTER) <= {scheme.id for scheme in knowledge.dose_schemes}


def test_the_nordic_ladder_is_the_one_that_was_tested(knowledge: Knowledge) -> None:
    ladder = next(scheme for scheme in knowledge.dose_schemes if scheme.id == "nordic")

    told = [(step.sets, step.reps, step.times_per_week) for step in ladder.steps]
    assert told[:3] == [(2, 5, (1, 1)), (2, 6, (2, 2)), (3, 6, (2, 3))]
    assert ladder.maintenance is not None
    assert ladder.steps[ladder.maintenance].times_per_week == (1, 1)
    assert ladder.days_each >= 7


def test_the_running_ladder_starts_with_walking_and_never_adds_two_things(knowledge: Knowledge) -> None:
    ladder = next(scheme for scheme in knowledge.dose_schemes if scheme.id == "run_walk")
    running = [step.sets * step.hold_seconds / 60 for step in ladder.steps]

    assert running == sorted(running)
    assert running[0] == 5
    assert running[-1] == 20
    assert ladder.sessions_each >= 2
    assert ladder.hard  # a day of rest between
    assert {"walks_30_minutes", "stairs_normal", "hops_10_comfortably"} <= set(ladder.entry)


def test_stretches_are_held_for_thirty_seconds(knowledge: Knowledge) -> None:
    short = []
    for scheme in knowledge.dose_schemes:
        if LENGTHS & set(scheme.qualities):
            short += [scheme.id for step in scheme.steps if step.hold_seconds < 30]
    for id_, exercise in knowledge.exercises.items():
        if exercise.type == "stretch":
            scheme = _scheme(exercise, None, knowledge)
            assert scheme is not None
            short += [id_ for step in scheme.steps if step.hold_seconds < 30]

    assert not short


def test_heavy_work_is_never_on_two_days_in_a_row(knowledge: Knowledge) -> None:
    light = []
    for scheme in knowledge.dose_schemes:
        heavy = any((step.repetition_maximum or 99) <= 12 for step in scheme.steps)
        if heavy and not scheme.hard:
            light.append(scheme.id)
    for id_, exercise in knowledge.exercises.items():
        scheme = _named(exercise, knowledge)
        if scheme is not None and exercise.load_class >= HEAVY_LOAD and not scheme.hard:
            light.append(id_)
    eccentric = next(one for one in knowledge.dose_schemes if "eccentric_hamstring" in one.qualities)

    assert not light
    assert eccentric.hard


def test_who_is_new_never_starts_above_who_is_trained(knowledge: Knowledge) -> None:
    for scheme in knowledge.dose_schemes:
        starts = [scheme.start.get(who, 0) for who in ("new", "some", "trained")]
        assert starts == sorted(starts), scheme.id
        assert starts[0] == 0, scheme.id


@pytest.mark.parametrize("kind", ["isometric", "stretch", "cardio", "concentric", "eccentric"])
def test_in_every_phase_the_dose_fits_the_kind_of_exercise(knowledge: Knowledge, kind: str) -> None:
    wrong = []
    for protocol, number, _, need in _needs(knowledge):
        for id_ in need.exercises:
            exercise = knowledge.exercises[id_]
            if exercise.type != kind:
                continue
            scheme = _scheme(exercise, need, knowledge)
            assert scheme is not None
            held = all(step.hold_seconds > 0 for step in scheme.steps)
            # Flying runs and turns are counted; everything else of the heart and lungs is timed.
            fits = {
                "isometric": held,
                "stretch": held,
                "cardio": held or scheme.hard,
                "concentric": all(step.reps > 1 for step in scheme.steps),
                "eccentric": all(step.reps > 1 for step in scheme.steps),
            }[kind]
            if not fits:
                wrong.append(f"{protocol.id} {number} {need.quality}: {id_} gets {scheme.id}")

    assert not wrong


def test_every_required_need_has_something_gentle_for_each_cause(knowledge: Knowledge) -> None:
    bare = []
    for protocol, number, phase, need in _needs(knowledge):
        if not need.required or (protocol.id, phase.id, need.quality) in LATE:
            continue
        for cause in protocol.causes or ("",):
            left = [
                id_
                for id_ in need.exercises
                if _allowed(knowledge.exercises[id_], cause, number)
                and knowledge.exercises[id_].level <= GENTLE
            ]
            if not left:
                bare.append(f"{protocol.id} {phase.id} {need.quality} {cause}")

    assert not bare


def test_every_required_need_can_be_met_at_home_without_equipment(knowledge: Knowledge) -> None:
    bare = []
    for protocol, number, phase, need in _needs(knowledge):
        for cause in (protocol.causes or ("",)) if need.required else ():
            at_home = [
                id_
                for id_ in need.exercises
                if _allowed(knowledge.exercises[id_], cause, number)
                and AT_HAND.issuperset(knowledge.exercises[id_].equipment)
            ]
            if not at_home:
                bare.append(f"{protocol.id} {phase.id} {need.quality} {cause}")

    assert not bare


def test_who_is_new_finds_slow_lowering_work_wherever_it_is_asked_for(knowledge: Knowledge) -> None:
    bare = [
        f"{protocol.id} {phase.id}"
        for protocol, _, phase, need in _needs(knowledge)
        if need.quality == "eccentric_hamstring"
        and not any(knowledge.exercises[id_].level <= GENTLE for id_ in need.exercises)
    ]

    assert not bare


def test_no_listed_exercise_is_forbidden_to_all_the_protocol_is_for(knowledge: Knowledge) -> None:
    dead = [
        f"{protocol.id} {phase.id} {need.quality}: {id_}"
        for protocol, number, phase, need in _needs(knowledge)
        for id_ in need.exercises
        if protocol.causes
        and not any(_allowed(knowledge.exercises[id_], cause, number) for cause in protocol.causes)
    ]

    assert not dead


def test_every_phase_but_the_last_can_be_left_by_more_than_the_persons_word(knowledge: Knowledge) -> None:
    stuck = []
    for protocol, number, phase in _phases(knowledge):
        if number == len(protocol.phases):
            continue
        criteria = [knowledge.criteria[id_] for id_ in phase.exit]
        if not criteria or all(one.asked for one in criteria):
            stuck.append(f"{protocol.id} {phase.id}")

    assert not stuck


def test_an_acute_tear_and_a_nerve_come_before_tendon_joint_and_weakness(knowledge: Knowledge) -> None:
    ranks = {id_: protocol.merge_rank for id_, protocol in knowledge.protocols.items()}
    order = [
        "acute_hamstring_strain", "nerve_related", "proximal_hamstring_tendinopathy", "knee_osteoarthritis",
        "tight_hamstrings", "weak_hamstrings", "prevention",
    ]  # fmt: skip

    assert [ranks[id_] for id_ in order] == sorted(ranks[id_] for id_ in order)
    assert len({ranks[id_] for id_ in order}) == len(order)


def test_a_knee_that_slips_locks_or_tore_waits_for_a_clinician(knowledge: Knowledge) -> None:
    waiting = {cause for one in knowledge.protocols.values() if one.after_clinician for cause in one.causes}

    assert {
        "patellar_instability",
        "anterior_cruciate_ligament_rupture",
        "traumatic_meniscus_tear",
    } <= waiting
    others = {
        cause for one in knowledge.protocols.values() if not one.after_clinician for cause in one.causes
    }
    assert not waiting & others
