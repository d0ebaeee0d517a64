"""The care level as a property: more signs never lower it, order never matters, unsure is never absent."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kneewise.evidence import BadCase
from kneewise.knowledge.types import care_rank
from kneewise.pathway import Engine
from tests.safety.drawn_cases import (
    Json,
    cases,
    few,
    knowledge,
    look,
    modest,
    rank,
    screened_cases,
    yes_no_findings,
)

DANGERS = ("H01", "H02", "H03", "H04", "H05", "H06", "H07")
SAME_DAY, ROUTINE = rank("same_day"), rank("routine")


def _with(case: Json, *items: Json) -> Json:
    return {**case, "evidence": [*case["evidence"], *items]}


def _level(engine: Engine, case: Json) -> int:
    return care_rank(look(engine, case).triage.care_level)


@pytest.mark.hazard(*DANGERS, "H35")
@given(case=cases(), data=st.data())
@modest
def test_one_more_sign_never_lowers_the_care_level(engine: Engine, case: Json, data: st.DataObject) -> None:
    before = look(engine, case)
    open_ones = [f.id for f in yes_no_findings() if f.id not in before.evidence.known]
    sign = data.draw(st.sampled_from(open_ones))

    after = look(engine, _with(case, {"id": sign, "state": "present"}))

    # Self-care is reached only by its own rule, so it alone may follow from one more (mild) sign.
    assert max(care_rank(after.triage.care_level), ROUTINE) >= care_rank(before.triage.care_level)
    assert {e.rule.id for e in before.triage.fired if e.care_level != "self_care"} <= {
        e.rule.id for e in after.triage.fired
    }


@pytest.mark.hazard(*DANGERS)
@given(case=screened_cases(), data=st.data())
@modest
def test_a_sign_of_danger_told_later_never_lowers_the_care_level(
    engine: Engine, case: Json, data: st.DataObject
) -> None:
    sign = data.draw(st.sampled_from([f.id for f in yes_no_findings() if f.screens == "danger"]))
    denied = [item for item in case["evidence"] if item["id"] != sign]
    before = {**case, "evidence": [*denied, {"id": sign, "state": "absent"}]}

    after = {**case, "evidence": [*denied, {"id": sign, "state": "present"}]}

    assert _level(engine, after) >= _level(engine, before)


@pytest.mark.hazard("H36")
@given(case=cases(), data=st.data())
@modest
def test_unsure_never_gives_a_lower_level_than_absent(
    engine: Engine, case: Json, data: st.DataObject
) -> None:
    # Where absent means that an opposite is present (no injury: it came by itself), absent may weigh more.
    told = {item["id"] for item in case["evidence"]}
    plain = [f.id for f in yes_no_findings() if not f.opposite and f.id not in told]
    finding = data.draw(st.sampled_from(plain))

    unsure = look(engine, _with(case, {"id": finding, "state": "unsure"}))
    absent = look(engine, _with(case, {"id": finding, "state": "absent"}))

    assert care_rank(unsure.triage.care_level) >= care_rank(absent.triage.care_level)


@pytest.mark.hazard("H36")
@given(case=cases())
@modest
def test_unsure_and_not_asked_are_never_read_as_absent(engine: Engine, case: Json) -> None:
    evidence = look(engine, case).evidence
    absent = {f for f, known in evidence.known.items() if known.state == "absent" and not known.inferred}

    told_absent = {item["id"] for item in case["evidence"] if item.get("state") == "absent"}
    of_person = {"female_sex", "male_sex", "pregnant_or_6_weeks_postpartum"}
    assert absent <= told_absent | of_person


@pytest.mark.hazard("H28")
@given(case=cases(), data=st.data())
@modest
def test_the_order_of_answers_never_matters(engine: Engine, case: Json, data: st.DataObject) -> None:
    shuffled = {**case, "evidence": data.draw(st.permutations(case["evidence"]))}

    one, other = look(engine, case), look(engine, shuffled)

    assert other.evidence == one.evidence
    assert other.triage == one.triage
    assert other.posterior.of_causes().tolist() == one.posterior.of_causes().tolist()


@pytest.mark.hazard("H28")
@given(case=cases(), data=st.data())
@few
def test_the_order_of_answers_changes_no_letter_of_the_result(
    engine: Engine, case: Json, data: st.DataObject
) -> None:
    shuffled = {**case, "evidence": data.draw(st.permutations(case["evidence"]))}

    assert json.dumps(engine.assess(shuffled)) == json.dumps(engine.assess(case))


@pytest.mark.hazard("H28")
@given(case=cases(), data=st.data())
@modest
def test_of_two_conflicting_answers_the_more_urgent_one_counts(
    engine: Engine, case: Json, data: st.DataObject
) -> None:
    told = {item["id"] for item in case["evidence"]}
    plain = [f.id for f in yes_no_findings() if not f.opposite and f.id not in told]
    finding = data.draw(st.sampled_from(plain))
    two = data.draw(st.permutations(["present", data.draw(st.sampled_from(["absent", "unsure"]))]))

    both = _with(case, *({"id": finding, "state": state} for state in two))

    assert _level(engine, both) == _level(engine, _with(case, {"id": finding, "state": "present"}))


KNEE_INJURY = ("twisting_injury", "generalised_knee_swelling")


@pytest.mark.hazard("H28")
@pytest.mark.parametrize("two", [(3, 60), (60, 3)])
def test_of_two_conflicting_durations_neither_hides_a_danger(engine: Engine, two: tuple[int, int]) -> None:
    signs = [{"id": sign, "state": "present"} for sign in KNEE_INJURY]
    days = [{"id": "duration_days", "value": value} for value in two]
    case = {"person": {"age": 60}, "evidence": signs}

    try:
        both = _level(engine, _with(case, *days))
    except BadCase:
        return  # refusing the contradiction is as safe

    assert both >= max(_level(engine, _with(case, one)) for one in days)


@pytest.mark.hazard("H28")
def test_of_two_conflicting_ages_a_child_never_passes_as_an_adult(engine: Engine) -> None:
    limp = {"person": {"age": 40}, "evidence": [{"id": "limping", "state": "present"}]}

    try:
        both = look(engine, _with(limp, {"id": "age_years", "value": 12})).triage
    except BadCase:
        return  # refusing the contradiction is as safe

    assert care_rank(both.care_level) >= SAME_DAY


@pytest.mark.hazard("H12", "H29")
@given(case=st.one_of(cases(), screened_cases()))
@modest
def test_self_care_never_while_the_urgent_screen_is_incomplete(engine: Engine, case: Json) -> None:
    triage = look(engine, case).triage

    if triage.care_level == "self_care":
        assert triage.screen_complete
        assert all(entry.care_level == "self_care" for entry in triage.fired)
        assert triage.fired, "self-care comes only by its own rule"


@pytest.mark.hazard("H35")
@given(case=cases())
@modest
def test_the_level_is_the_highest_of_the_rules_that_fired(engine: Engine, case: Json) -> None:
    triage = look(engine, case).triage

    ranks = [rank(entry.care_level) for entry in triage.fired]
    assert rank(triage.care_level) == max(ranks, default=ROUTINE)


@pytest.mark.hazard("H35")
@given(case=cases())
@few
def test_what_is_likely_never_changes_how_urgent_it_is(engine: Engine, case: Json) -> None:
    from dataclasses import replace

    one_cause = next(iter(knowledge().conditions.values()))
    sure = replace(
        one_cause,
        prior_posterior_knee=one_cause.prior_posterior_knee._replace(value=0.99),
        prior_any_knee=one_cause.prior_any_knee._replace(value=0.99),
    )
    biased = Engine(replace(knowledge(), conditions={**knowledge().conditions, one_cause.id: sure}))

    assert look(biased, case).triage == look(engine, case).triage


@pytest.mark.hazard("H20")
@given(case=cases())
@few
def test_the_same_case_gives_the_same_assessment_to_the_letter(engine: Engine, case: Json) -> None:
    again = Engine(engine.knowledge)

    assert json.dumps(engine.assess(case)) == json.dumps(again.assess(json.loads(json.dumps(case))))
