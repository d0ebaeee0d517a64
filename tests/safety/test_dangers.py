"""Each danger of the hazard log, as a person would tell it: it is sent up, and never ends in self-care.

Written from the guidelines cited in the red-flag files, not from the rules themselves.
"""

from __future__ import annotations

import pytest

from kneewise.assess import ranking
from kneewise.pathway import Engine
from tests.safety.drawn_cases import Json, look, rank


def told(
    *signs: str,
    text: str = "",
    age: float | None = 45,
    sex: str | None = None,
    days: float | None = 3,
) -> Json:
    """A case in which these findings are present and nothing else is known."""
    evidence: list[Json] = [{"id": sign, "state": "present"} for sign in signs]
    if days is not None:
        evidence.append({"id": "duration_days", "value": days})
    person: Json = {k: v for k, v in (("age", age), ("sex", sex)) if v is not None}
    return {"text": text, "person": person, "evidence": evidence}


def sent(engine: Engine, case: Json, level: str) -> None:
    """It must be at least at this level, with no exercises and a reason."""
    triage = look(engine, case).triage

    assert rank(triage.care_level) >= rank(level), [entry.rule.id for entry in triage.fired]
    assert triage.programme == "none"
    assert triage.fired[0].because


@pytest.mark.hazard("H01")
@pytest.mark.parametrize(
    "case",
    [
        told(text="my calf is swollen and warm since a long flight, no injury"),
        told("calf_swelling", "onset_without_injury"),
        told("calf_pain", "surgery_in_last_12_weeks"),
        told("calf_swelling", "cancer_treatment_in_last_6_months", days=None, age=None),
        told("whole_leg_swelling", "unilateral_pitting_oedema", "pop_at_injury", "sprint_or_field_sport"),
        told("red_tender_cord_along_vein"),
        told("calf_swelling", "sudden_onset", "known_knee_osteoarthritis"),
    ],
)
def test_a_possible_clot_is_seen_today_even_after_sport(engine: Engine, case: Json) -> None:
    sent(engine, case, "same_day")


@pytest.mark.hazard("H01")
def test_breathlessness_with_a_leg_complaint_is_an_emergency(engine: Engine) -> None:
    sent(engine, told("calf_pain", "new_breathlessness_or_chest_pain"), "emergency")


@pytest.mark.hazard("H02")
@pytest.mark.parametrize(
    ("case", "level"),
    [
        (told("generalised_knee_swelling", "local_warmth", "fever_or_shivering"), "emergency"),
        (told("generalised_knee_swelling", "local_warmth", "immunosuppression"), "emergency"),
        (told("generalised_knee_swelling", "local_warmth", "joint_injection_in_last_3_months"), "emergency"),
        (told("generalised_knee_swelling", "local_warmth", "onset_without_injury"), "same_day"),
        (told("generalised_knee_swelling", "local_warmth", "worsening_over_time"), "same_day"),
        (told("spreading_skin_redness"), "same_day"),
        (told("knee_replacement_same_side", "local_warmth"), "same_day"),
        (told("skin_redness", "blisters_or_black_skin", "pain_out_of_proportion"), "emergency"),
    ],
)
def test_a_possible_infection_is_sent_on_with_or_without_fever(
    engine: Engine, case: Json, level: str
) -> None:
    sent(engine, case, level)


@pytest.mark.hazard("H02")
def test_a_hot_swollen_knee_of_unknown_beginning_is_not_reassured_before_that_is_asked(
    engine: Engine,
) -> None:
    triage = look(engine, told("generalised_knee_swelling", "local_warmth")).triage

    assert "hot_red_or_swollen_knee" in {e.rule.id for e in (*triage.undecided, *triage.fired)}
    assert not triage.screen_complete
    assert triage.programme == "none"


@pytest.mark.hazard("H03")
@pytest.mark.parametrize(
    "case",
    [
        told("twisting_injury", "generalised_knee_swelling", age=55),
        told("direct_blow_injury", "isolated_kneecap_tenderness", age=30),
        told("twisting_injury", "fibular_head_tenderness", age=30),
        told("twisting_injury", "cannot_bend_knee_to_90_degrees", age=30),
        told("twisting_injury", "unable_to_walk_4_steps", "unable_to_walk_4_steps_after_injury", age=30),
        told("unable_to_walk_4_steps", age=None, days=None),
    ],
)
def test_a_possible_fracture_is_seen_today(engine: Engine, case: Json) -> None:
    sent(engine, case, "same_day")


@pytest.mark.hazard("H03", "H05")
@pytest.mark.parametrize("sign", ["open_wound_to_bone", "knee_joint_out_of_place"])
def test_an_open_fracture_or_a_dislocated_knee_is_an_emergency(engine: Engine, sign: str) -> None:
    sent(engine, told(sign, "any_injury_at_onset"), "emergency")


@pytest.mark.hazard("H04")
@pytest.mark.parametrize(
    "case",
    [
        told("pop_at_injury", "posterior_thigh_or_knee_bruising", "weak_knee_bending", age=29),
        told("slip_or_splits_injury", "ischial_tuberosity_pain", "weak_knee_bending", age=50),
        told("gap_above_or_below_kneecap", "any_injury_at_onset"),
        told("unable_to_straight_leg_raise", "sudden_onset"),
        told("snap_or_kick_at_calf_or_heel", "unable_to_single_leg_heel_raise"),
        told(
            text="I felt a pop at the back of my thigh sprinting yesterday, big bruise, "
            "can't bend my knee against resistance",
            age=29,
            days=None,
        ),
    ],
)
def test_a_possible_rupture_is_seen_today(engine: Engine, case: Json) -> None:
    sent(engine, case, "same_day")


@pytest.mark.hazard("H05")
@pytest.mark.parametrize(
    "case",
    [
        told("cold_pale_foot", "sudden_onset"),
        told("white_blue_or_mottled_skin", "sudden_leg_numbness_or_weakness"),
        told("pain_out_of_proportion", "recent_cast_or_crush_injury"),
        told("pain_out_of_proportion", "direct_blow_injury", "tense_calf_or_thigh"),
        told("pulsatile_lump", "cold_pale_foot"),
    ],
)
def test_a_leg_that_may_be_losing_its_blood_is_an_emergency(engine: Engine, case: Json) -> None:
    sent(engine, case, "emergency")


@pytest.mark.hazard("H06")
@pytest.mark.parametrize(
    ("case", "level"),
    [
        (told("saddle_numbness", age=None, days=None), "emergency"),
        (told("new_bladder_dysfunction"), "emergency"),
        (told("new_bowel_dysfunction", days=400), "emergency"),
        (told("bilateral_sciatica", days=5), "emergency"),
        (told("rapidly_worsening_leg_weakness"), "emergency"),
        (told("foot_drop", days=None), "same_day"),
        (told("progressive_numbness_or_weakness"), "same_day"),
    ],
)
def test_a_nerve_or_cord_in_danger_is_sent_on(engine: Engine, case: Json, level: str) -> None:
    sent(engine, case, level)


@pytest.mark.hazard("H07")
@pytest.mark.parametrize(
    "case",
    [
        told("growing_lump", "thigh_or_knee_lump", days=60),
        told("lump_over_5_cm", "thigh_or_knee_lump", days=60),
        told("unexplained_bone_swelling", age=17, days=60),
        told("history_of_cancer", "night_pain", "constant_or_rest_pain", "bony_tenderness", days=60),
        told("constant_or_rest_pain", "night_pain", "unplanned_weight_loss", "bony_tenderness", days=60),
    ],
)
def test_a_possible_tumour_is_seen_within_days(engine: Engine, case: Json) -> None:
    sent(engine, case, "within_days")


@pytest.mark.hazard("H08")
@pytest.mark.parametrize(
    ("case", "level"),
    [
        (told("limping", age=12, days=20), "same_day"),
        (told("groin_or_anterior_hip_pain", age=13, days=20), "same_day"),
        (told("unable_to_walk_4_steps", age=8), "emergency"),
        (told("child_refuses_to_walk", age=5), "emergency"),
    ],
)
def test_a_child_with_a_hip_sign_is_sent_on(engine: Engine, case: Json, level: str) -> None:
    sent(engine, case, level)


@pytest.mark.hazard("H09")
def test_pain_from_the_hip_or_the_back_is_named_rather_than_the_knee_alone(engine: Engine) -> None:
    hip_signs = (
        "groin_or_anterior_hip_pain",
        "hip_rotation_painful_or_reduced",
        "limping",
        "lateral_hip_pain",
    )
    back_signs = (
        "low_back_pain",
        "pain_radiating_below_knee",
        "worse_on_cough_or_sneeze",
        "leg_or_foot_numbness_or_tingling",
        "burning_or_shooting_pain",
    )

    hip = ranking.rank(look(engine, told(*hip_signs, age=66, days=300)).posterior)[:3]
    back = ranking.rank(look(engine, told(*back_signs, days=30)).posterior)[:3]

    assert "hip_referred_pain" in {cause.id for cause in hip}
    assert {"sciatica", "low_back_referred_pain", "lumbar_spinal_stenosis"} & {cause.id for cause in back}


@pytest.mark.hazard("H09")
def test_the_interview_can_ask_about_the_hip_and_the_back(engine: Engine) -> None:
    asked = {finding for page in engine.knowledge.pages for finding in page.findings}

    assert {"groin_or_anterior_hip_pain", "low_back_pain", "hip_rotation_painful_or_reduced"} <= asked


@pytest.mark.hazard("H22")
@pytest.mark.parametrize(
    "case",
    [
        told("pregnant_or_6_weeks_postpartum", "calf_swelling", age=31, sex="female"),
        told("pregnant_or_6_weeks_postpartum", "calf_pain", age=31, sex="female"),
        told("anticoagulant_use", "any_injury_at_onset", "generalised_knee_swelling"),
        told("surgery_in_last_12_weeks", "calf_swelling"),
        told("knee_replacement_same_side", "skin_redness"),
        told(
            "known_inflammatory_arthritis", "immunosuppression", "generalised_knee_swelling", "local_warmth"
        ),
    ],
)
def test_people_for_whom_the_ordinary_rules_are_too_mild_are_seen_today(engine: Engine, case: Json) -> None:
    sent(engine, case, "same_day")


@pytest.mark.hazard("H13")
@pytest.mark.parametrize(
    "case",
    [
        told(text="stiff behind the knees after sitting all day, no injury, no swelling", age=35, days=None),
        told("posterior_thigh_pain", "onset_while_sprinting_or_kicking", "pulling_pain", age=24, days=4),
        told("anterior_knee_pain", "worse_on_stair_descent", "gradual_onset", age=22, days=90),
        told("medial_knee_pain", "morning_stiffness_up_to_30_minutes", "knee_crepitus", age=64, days=900),
        told("low_back_pain", "pain_radiating_below_knee", age=40, days=30),
    ],
)
def test_ordinary_complaints_are_not_sent_up(engine: Engine, case: Json) -> None:
    assert rank(look(engine, case).triage.care_level) <= rank("routine")


@pytest.mark.hazard("H13")
def test_what_the_rules_cost_every_harmless_cause_is_known(engine: Engine) -> None:
    from kneewise.pathway.simulate import over_triage

    rows = over_triage(engine.knowledge, 500, seed=1)

    harmless = {c.id for c in engine.knowledge.conditions.values() if c.harmless}
    assert {row["cause"] for row in rows} == harmless
    assert all(row["rules"] or row["same_day_or_above"] == 0 for row in rows)


@pytest.mark.hazard("H05", "H06", "H02", "H12")
def test_every_rule_tells_what_to_do_by_when_and_whom_to_call(engine: Engine) -> None:
    for rule in engine.knowledge.red_flags:
        if rule.care_level != "self_care":
            words = engine.words.red_flags[rule.id]
            for told_to in (
                words.why,
                words.what_to_do,
                words.by_when,
                words.whom_to_call,
                words.what_to_say,
            ):
                assert told_to.strip(), rule.id
