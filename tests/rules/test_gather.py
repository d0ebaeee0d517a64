"""From answers to evidence: what follows by definition, what outweighs what."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kneewise.evidence import Case, Evidence, Person, parse_case
from kneewise.knowledge.types import Knowledge
from kneewise.rules import gather


def evidence(knowledge: Knowledge, *items: dict[str, Any], **person: Any) -> Evidence:
    return gather(parse_case({"person": person, "evidence": list(items)}, knowledge), knowledge)


def said(id_: str, state: str = "present", **more: Any) -> dict[str, Any]:
    return {"id": id_, "state": state, **more}


def test_nothing_is_known_of_what_nobody_asked(knowledge: Knowledge) -> None:
    assert evidence(knowledge).state("calf_swelling") == "not_asked"


def test_a_sign_brings_what_it_implies(knowledge: Knowledge) -> None:
    told = evidence(knowledge, said("extensive_bruising_to_calf"))

    assert told.state("posterior_thigh_or_knee_bruising") == "present"


def test_what_is_absent_takes_back_what_would_imply_it(knowledge: Knowledge) -> None:
    told = evidence(knowledge, said("posterior_thigh_or_knee_bruising", "absent"))

    assert told.state("extensive_bruising_to_calf") == "absent"


def test_a_sudden_start_is_not_a_slow_one(knowledge: Knowledge) -> None:
    assert evidence(knowledge, said("sudden_onset")).state("gradual_onset") == "absent"


def test_no_injury_is_a_finding_of_its_own(knowledge: Knowledge) -> None:
    assert (
        evidence(knowledge, said("any_injury_at_onset", "absent")).state("onset_without_injury") == "present"
    )


@pytest.mark.hazard("H28")
def test_of_two_answers_the_more_urgent_one_counts(knowledge: Knowledge) -> None:
    told = evidence(knowledge, said("calf_swelling", "absent"), said("calf_swelling"))

    assert told.state("calf_swelling") == "present"


def test_a_newer_answer_replaces_an_older_one(knowledge: Knowledge) -> None:
    told = evidence(
        knowledge,
        said("calf_swelling", on="2026-11-01"),
        said("calf_swelling", "absent", on="2026-11-09"),
    )

    assert told.state("calf_swelling") == "absent"


@pytest.mark.hazard("H27")
def test_only_the_persons_own_answer_takes_back_a_sign_in_their_text(knowledge: Knowledge) -> None:
    from_text = said("calf_swelling", **{"from": "text"})

    assert evidence(knowledge, from_text).state("calf_swelling") == "present"
    assert evidence(knowledge, from_text, said("calf_swelling", "absent")).state("calf_swelling") == "absent"


@pytest.mark.hazard("H27")
def test_a_denial_in_the_text_helps_ranking_but_closes_no_question_about_danger(knowledge: Knowledge) -> None:
    told = evidence(knowledge, said("calf_swelling", "absent", **{"from": "text"}))

    assert told.told("calf_swelling") == "absent"
    assert told.state("calf_swelling") == "not_asked"
    assert not told.answered("calf_swelling")


@pytest.mark.parametrize(("score", "severe"), [(7, "present"), (6.9, "absent")])
def test_a_pain_score_settles_whether_the_pain_is_severe(
    score: float, severe: str, knowledge: Knowledge
) -> None:
    assert evidence(knowledge, {"id": "pain_score_0_to_10", "value": score}).state("severe_pain") == severe


def test_ages_settle_their_bands_and_an_unknown_age_leaves_them_open(knowledge: Knowledge) -> None:
    assert evidence(knowledge, age=15).state("age_under_16") == "present"
    assert evidence(knowledge, age=16).state("age_under_16") == "absent"
    assert evidence(knowledge).state("age_under_16") == "not_asked"


def test_a_man_is_not_asked_about_pregnancy(knowledge: Knowledge) -> None:
    assert evidence(knowledge, sex="male").state("pregnant_or_6_weeks_postpartum") == "absent"


def test_the_order_of_the_answers_never_matters(knowledge: Knowledge) -> None:
    items = [
        said("calf_swelling"),
        said("calf_swelling", "unsure"),
        said("extensive_bruising_to_calf"),
        said("any_injury_at_onset", "absent"),
        said("twisting_injury"),
        {"id": "pain_score_0_to_10", "value": 8},
        said("severe_pain", "absent"),
    ]
    first = evidence(knowledge, *items)

    for seed in range(20):
        shuffled = random.Random(seed).sample(items, len(items))
        assert evidence(knowledge, *shuffled).known == first.known


@pytest.mark.hazard("H27")
def test_not_sure_does_not_take_back_what_the_text_implies(knowledge: Knowledge) -> None:
    from_text = said("bilateral_leg_weakness", **{"from": "text"})

    assert evidence(knowledge, from_text, said("leg_weakness", "unsure")).state("leg_weakness") == "present"
    assert evidence(knowledge, from_text, said("leg_weakness", "absent")).state("leg_weakness") == "absent"


def test_what_age_rules_out_is_absent_for_the_rules_and_no_news_for_the_ranking(knowledge: Knowledge) -> None:
    grown_up = gather(Case(person=Person(age=44)), knowledge)

    assert grown_up.state("child_refuses_to_walk") == "absent"
    assert grown_up.told("child_refuses_to_walk") == "not_asked"
