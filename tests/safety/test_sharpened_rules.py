"""Rules that were made sharper against over-triage: the danger they are for is still sent on.

Each test has both sides: the dangerous picture, and what the sharpening lets go – which stays within days.
"""

from __future__ import annotations

import pytest

from kneewise.pathway import Engine
from tests.safety.drawn_cases import Json, look, rank


def _case(*signs: str, days: float | None = None, pain: float | None = None, age: float = 45) -> Json:
    evidence: list[Json] = [{"id": sign, "state": "present"} for sign in signs]
    numbers = (("duration_days", days), ("pain_score_0_to_10", pain))
    evidence += [{"id": measure, "value": value} for measure, value in numbers if value is not None]
    return {"person": {"age": age, "sex": "female"}, "evidence": evidence}


def _screened(engine: Engine, case: Json) -> Json:
    """The case with a "no" to everything else any rule above routine speaks of."""
    told = {item["id"] for item in case["evidence"]}
    known = look(engine, case).evidence.known
    noes = [
        {"id": finding.id, "state": "absent"}
        for finding in engine.knowledge.findings.values()
        if finding.kind == "yes_no" and finding.id not in told and finding.id not in known
    ]
    return {**case, "evidence": [*case["evidence"], *noes]}


def _level(engine: Engine, case: Json) -> int:
    return rank(look(engine, case).triage.care_level)


@pytest.mark.hazard("H01")
@pytest.mark.parametrize(
    "case",
    [
        _case("calf_pain", "onset_without_injury", "long_journey_in_last_4_weeks", days=20),
        _case(
            "calf_pain", "onset_without_injury", "long_journey_in_last_4_weeks", "sudden_worsening", days=400
        ),
        _case("calf_pain", "onset_without_injury", "long_journey_in_last_4_weeks", "worsening_over_time"),
        _case("calf_swelling", "long_journey_in_last_4_weeks", days=400),
        _case("calf_pain", "surgery_in_last_12_weeks", "onset_without_injury", days=400),
        _case("ankle_bruising_without_ankle_injury", "calf_swelling", "any_injury_at_onset", days=4),
        _case("ankle_bruising_without_ankle_injury", "onset_without_injury", days=4),
        _case(
            "ankle_bruising_without_ankle_injury", "known_knee_osteoarthritis", "any_injury_at_onset", days=4
        ),
    ],
)
def test_a_possible_clot_is_still_seen_today_after_a_journey_or_with_a_sunken_bruise(
    engine: Engine, case: Json
) -> None:
    assert _level(engine, case) >= rank("same_day")


@pytest.mark.hazard("H01")
def test_a_bruise_at_the_ankle_after_an_injury_is_still_seen_within_days(engine: Engine) -> None:
    case = _case("ankle_bruising_without_ankle_injury", "any_injury_at_onset", "calf_pain", days=4)

    assert _level(engine, _screened(engine, case)) == rank("within_days")


@pytest.mark.hazard("H01")
def test_an_unknown_duration_leaves_the_clot_rule_open_after_a_journey(engine: Engine) -> None:
    case = _case("calf_pain", "onset_without_injury", "long_journey_in_last_4_weeks")
    triage = look(engine, case).triage

    assert "deep_vein_thrombosis_screen" in {entry.rule.id for entry in triage.undecided}
    assert not triage.screen_complete


@pytest.mark.hazard("H04")
@pytest.mark.parametrize(
    "case",
    [
        _case("pop_at_injury", "posterior_thigh_or_knee_bruising", "weak_knee_bending", days=3),
        _case("slip_or_splits_injury", "posterior_thigh_or_knee_bruising", "leg_weakness", days=7),
        _case("pop_at_injury", "extensive_bruising_to_calf", "weak_knee_bending", days=20),
        _case("slip_or_splits_injury", "posterior_thigh_or_knee_bruising", "unable_to_walk_4_steps"),
        _case(
            "pop_at_injury",
            "posterior_thigh_or_knee_bruising",
            "ischial_tuberosity_pain",
            "leg_weakness",
            days=20,
        ),
        _case("self_felt_posterior_thigh_gap", "sudden_onset", days=20),
    ],
)
def test_a_possible_complete_hamstring_rupture_is_still_seen_today(engine: Engine, case: Json) -> None:
    assert _level(engine, case) >= rank("same_day")


@pytest.mark.hazard("H04")
@pytest.mark.parametrize("start", ["pop_at_injury", "slip_or_splits_injury"])
def test_a_small_bruise_after_more_than_a_week_is_still_seen_within_days(engine: Engine, start: str) -> None:
    case = _case(start, "posterior_thigh_or_knee_bruising", "weak_knee_bending", days=12)

    assert _level(engine, _screened(engine, case)) == rank("within_days")


MILD = ("lateral_knee_pain", "onset_without_injury", "worse_on_downhill", "eased_by_rest")


@pytest.mark.hazard("H12")
def test_new_moderate_pain_without_any_other_sign_is_self_care(engine: Engine) -> None:
    turn = look(engine, _screened(engine, _case(*MILD, days=21, pain=5)))

    assert turn.triage.care_level == "self_care"
    assert turn.triage.screen_complete


@pytest.mark.hazard("H12")
@pytest.mark.parametrize(
    ("sign", "days", "pain"),
    [
        ("worsening_over_time", 21, 5),
        ("sudden_worsening", 21, 5),
        ("night_pain", 21, 5),
        ("limping", 21, 5),
        ("walking_or_stairs_difficult", 21, 5),
        ("daily_activities_limited", 21, 5),
        ("knee_giving_way", 21, 5),
        ("pain_radiating_below_knee", 21, 5),
        ("leg_or_foot_numbness_or_tingling", 21, 5),
        ("no_better_after_3_weeks_self_care", 30, 5),
        ("local_warmth", 21, 5),
        ("bony_tenderness", 43, 5),
        ("stiffness_after_sitting", 43, 5),
        ("stiffness_after_sitting", 21, 7),
    ],
)
def test_mild_pain_with_one_sign_against_it_is_not_self_care(
    engine: Engine, sign: str, days: float, pain: float
) -> None:
    assert _level(engine, _screened(engine, _case(*MILD, sign, days=days, pain=pain))) > rank("self_care")
    assert _level(
        engine, _screened(engine, _case("improving_over_time", *MILD[:1], days=21, pain=2))
    ) == rank("self_care")
