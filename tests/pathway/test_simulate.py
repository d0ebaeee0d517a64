"""Simulated people are what their cause's file says, and nobody is drawn who could not be."""

from __future__ import annotations

import numpy as np
import pytest

from kneewise.knowledge.types import Knowledge
from kneewise.pathway.simulate import SCREEN_TOPIC, YOUNGEST, People, draw, over_triage

PEOPLE = 4000
STRAIN = "hamstring_strain_grade_2"


@pytest.fixture(scope="module")
def strained(knowledge: Knowledge) -> People:
    return draw(knowledge, knowledge.conditions[STRAIN], PEOPLE, seed=1)


def test_the_same_seed_draws_the_same_people(knowledge: Knowledge, strained: People) -> None:
    again = draw(knowledge, knowledge.conditions[STRAIN], PEOPLE, seed=1)

    assert all(np.array_equal(who, again.present[sign]) for sign, who in strained.present.items())


def test_a_sign_comes_as_often_as_the_file_of_the_cause_says(knowledge: Knowledge, strained: People) -> None:
    written = knowledge.conditions[STRAIN].likelihoods
    free = [
        "extensive_bruising_to_calf",
        "posterior_thigh_or_knee_bruising",
        "pop_at_injury",
        "weak_knee_bending",
    ]

    for sign in free:
        assert strained.present[sign].mean() == pytest.approx(written[sign].value, abs=0.01), sign


def test_nobody_has_a_sign_without_what_it_implies_or_with_what_it_excludes(
    knowledge: Knowledge, strained: People
) -> None:
    for finding in knowledge.findings.values():
        here = strained.present.get(finding.id)
        if here is None or finding.kind != "yes_no" or finding.topic == SCREEN_TOPIC:
            continue
        for other in finding.implies:
            if other in strained.present and other != "severe_pain":
                assert not (here & ~strained.present[other]).any(), (finding.id, other)
        for other in finding.excludes:
            if other in strained.present:
                assert not (here & strained.present[other]).any(), (finding.id, other)


def test_signs_of_one_group_come_together_more_often_than_by_chance(strained: People) -> None:
    bruise, dent = (
        strained.present[s] for s in ("posterior_thigh_or_knee_bruising", "self_felt_posterior_thigh_gap")
    )
    kneecap, worse = (strained.present[s] for s in ("bounces_when_stretching", "sits_over_6_hours_daily"))

    assert np.corrcoef(bruise, dent)[0, 1] > 0.04
    assert abs(np.corrcoef(kneecap, worse)[0, 1]) < 0.04


def test_without_signs_of_danger_its_file_does_not_name_a_cause_is_sent_up_no_more(
    knowledge: Knowledge,
) -> None:
    for row in over_triage(knowledge, 1000, seed=1):
        assert row["by_its_own_picture"] <= row["same_day_or_above"] + 0.02, row["cause"]


def test_no_toddler_is_drawn_for_a_cause_of_school_age(knowledge: Knowledge) -> None:
    children = draw(knowledge, knowledge.conditions["osgood_schlatter_disease"], PEOPLE, seed=1)

    assert children.values["age_years"].min() >= YOUNGEST
