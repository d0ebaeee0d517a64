"""A swap keeps the programme valid, or is refused with its reason and what would do instead."""

from __future__ import annotations

from typing import Any

import pytest

from kneewise.pathway import Engine
from kneewise.pathway.plan import situation_of
from kneewise.pathway.telling_programme import swap_words
from kneewise.plan import Preferences, Situation, build, parse_preferences
from kneewise.plan.programme import objections_to
from kneewise.plan.swap import SwapRefused, Swaps, alternatives, compare, swap

CAUSES = (
    "patellofemoral_pain", "hamstring_tightness_pain", "knee_osteoarthritis", "iliotibial_band_syndrome",
    "proximal_hamstring_tendinopathy", "hamstring_strain_grade_1", "sciatica", "bakers_cyst",
)  # fmt: skip
WISHES: tuple[dict[str, Any], ...] = (
    {},
    {"experience": "trained", "place": "gym", "minutes": 45, "days": 4},
    {"minutes": 10, "days": 2},
)


def person(engine: Engine, cause: str, **who: Any) -> Situation:
    """Somebody of 35 with no danger sign and one cause that a clinician named."""
    screen = [finding for page in engine.knowledge.pages if page.screen for finding in page.findings]
    evidence: list[dict[str, Any]] = [{"id": finding, "state": "absent"} for finding in screen]
    evidence += [{"id": "duration_days", "value": 40}, {"id": "pain_score_0_to_10", "value": 3}]
    case = {"person": {"age": 35, "sex": "female", **who}, "side": "left", "evidence": evidence}
    return situation_of(engine.look(engine.parse(case)), cause)


def wishes(engine: Engine, **data: Any) -> Preferences:
    return parse_preferences(data, engine.knowledge)


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("data", WISHES)
def test_every_alternative_stands_in_a_valid_programme(
    engine: Engine, cause: str, data: dict[str, Any]
) -> None:
    situation, preferences = person(engine, cause), wishes(engine, **data)
    before = build(situation, preferences, engine.knowledge)
    swaps = Swaps(situation, preferences, engine.knowledge)
    for old in before.chosen:
        for found in swaps.alternatives(old.exercise.id):
            made = swap(situation, preferences, engine.knowledge, None, old.exercise.id, found.exercise)
            ids = {one.exercise.id for one in made.programme.chosen}
            assert found.exercise in ids
            assert old.exercise.id not in ids
            assert set(made.programme.relaxed) <= set(before.relaxed)
            assert old.quality in engine.knowledge.exercises[found.exercise].qualities
            gone = {one.exercise.id for one in before.chosen} - ids - {old.exercise.id}
            assert gone == set(found.also_goes)


def front(swaps: Swaps) -> str:
    """The programme's exercise for the front of the thigh."""
    return next(one.exercise.id for one in swaps.before.chosen if one.quality == "quadriceps_strength")


def kneecap(engine: Engine, **data: Any) -> Swaps:
    return Swaps(person(engine, "patellofemoral_pain"), wishes(engine, **data), engine.knowledge)


def test_for_a_common_exercise_there_is_something_else_that_changes_nothing_more(engine: Engine) -> None:
    swaps = kneecap(engine)
    found = swaps.alternatives(front(swaps))
    assert found
    assert not found[0].also_goes


def test_what_is_contraindicated_is_refused_with_its_reason(engine: Engine) -> None:
    situation, preferences = person(engine, "hamstring_strain_grade_1"), wishes(engine)
    swaps = Swaps(situation, preferences, engine.knowledge)
    seen = 0
    for old in swaps.before.chosen:
        wanted = {
            one.id: old.quality for one in engine.knowledge.exercises.values() if old.quality in one.qualities
        }
        against = objections_to(situation, preferences, engine.knowledge, None, wanted)
        offered = {one.exercise for one in swaps.alternatives(old.exercise.id)}
        for new, why in against.items():
            assert new not in offered
            if {"contraindicated", "early"} & set(why.because):
                with pytest.raises(SwapRefused) as refused:
                    swaps.swap(old.exercise.id, new)
                assert refused.value.told == why.told
                assert {one.exercise for one in refused.value.instead} == offered
                seen += 1
    assert seen


@pytest.mark.parametrize(
    ("new", "code"),
    [("calf_stretch", "other_purpose:quadriceps_strength"), ("sl_squat", None), ("kb_swing", None)],
)
def test_a_refused_swap_says_why(engine: Engine, new: str, code: str | None) -> None:
    swaps = kneecap(engine)
    old = front(swaps)
    with pytest.raises(SwapRefused) as refused:
        swaps.swap(old, new)
    assert code in (None, refused.value.because[0])
    told = swap_words(refused.value.because, refused.value.told, old, new, engine.knowledge, engine.words)
    assert engine.words.exercises[new].name in told
    assert "{" not in told


def test_what_is_not_in_the_programme_or_already_is_cannot_be_swapped(engine: Engine) -> None:
    swaps = kneecap(engine)
    with pytest.raises(SwapRefused, match="not_in_programme"):
        swaps.alternatives("nordic")
    other = next(one.exercise.id for one in swaps.before.chosen if one.exercise.id != front(swaps))
    with pytest.raises(SwapRefused, match="in_programme"):
        swaps.swap(front(swaps), other)


def test_a_harder_exercise_than_the_phase_names_is_refused(engine: Engine) -> None:
    swaps = kneecap(engine, experience="trained", place="gym")
    old = front(swaps)
    named = [swaps.knowledge.exercises[one.exercise] for one in swaps.alternatives(old)]
    assert max(one.level for one in named) < swaps.knowledge.exercises["sl_squat"].level
    with pytest.raises(SwapRefused):
        swaps.swap(old, "sl_squat")


def test_what_a_clinician_ordered_is_not_swapped(engine: Engine) -> None:
    old = front(kneecap(engine))
    order = {"by": "physiotherapist", "reason": "as in the clinic", "pin": [old]}
    with pytest.raises(SwapRefused, match="clinician"):
        kneecap(engine, clinician=[order]).alternatives(old)


def test_what_somebody_ruled_out_is_not_offered(engine: Engine) -> None:
    swaps = kneecap(engine)
    found = [one.exercise for one in swaps.alternatives(front(swaps))]
    without = kneecap(engine, banned=[found[0]])
    assert [one.exercise for one in without.alternatives(front(swaps))] == found[1:]


def test_easier_and_harder_are_told_apart(engine: Engine) -> None:
    known = engine.knowledge.exercises
    assert compare(known["glute_bridge"], known["sl_bridge"]) == "harder"
    assert compare(known["sl_bridge"], known["glute_bridge"]) == "easier"
    assert compare(known["wall_sit"], known["wall_sit"]) == "alike"


def test_swapping_again_leads_on_and_never_back_by_itself(engine: Engine) -> None:
    swaps = kneecap(engine)
    old = front(swaps)
    one = swaps.alternatives(old)[0].exercise
    first = swap(swaps.situation, swaps.preferences, engine.knowledge, None, old, one)
    two = alternatives(swaps.situation, first.preferences, engine.knowledge, None, one)[0].exercise
    second = swap(swaps.situation, first.preferences, engine.knowledge, None, one, two)
    ids = {chosen.exercise.id for chosen in second.programme.chosen}
    assert two in ids
    assert not ids & {old, one}
    assert second.preferences.pinned == (two,)
    assert second.preferences.banned == (old, one)


def test_an_exercise_asked_for_stands_in_place_of_the_first_choice(engine: Engine) -> None:
    swaps = kneecap(engine)
    asked = swaps.alternatives(front(swaps))[0].exercise
    after = build(swaps.situation, wishes(engine, pinned=[asked]), engine.knowledge)
    assert [one.exercise.id for one in after.chosen if one.quality == "quadriceps_strength"] == [asked]
    assert len(after.chosen) <= len(swaps.before.chosen)
