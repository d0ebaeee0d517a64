"""Pictures that a physiotherapist's reading found to get through: each is now sent, by a rule or held gentle."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kneewise.pathway import Engine
from kneewise.pathway.plan import plan, situation_of
from kneewise.plan import Preferences
from kneewise.plan.programme import gate_of, seen_first
from tests.safety.drawn_cases import Json, look, rank


def _case(*signs: str, age: float, days: float, sex: str = "male", pain: float | None = None) -> Json:
    evidence: list[Json] = [{"id": sign, "state": "present"} for sign in signs]
    evidence.append({"id": "duration_days", "value": days})
    if pain is not None:
        evidence.append({"id": "pain_score_0_to_10", "value": pain})
    return {"person": {"age": age, "sex": sex}, "evidence": evidence}


def _screened(engine: Engine, case: Json) -> Json:
    """The case with a "no" to everything else."""
    known = look(engine, case).evidence.known
    noes = [
        {"id": finding.id, "state": "absent"}
        for finding in engine.knowledge.findings.values()
        if finding.kind == "yes_no" and finding.id not in known
    ]
    return {**case, "evidence": [*case["evidence"], *noes]}


def _fired(engine: Engine, case: Json) -> set[str]:
    return {entry.rule.id for entry in look(engine, case).triage.fired}


RUNNER = ("groin_or_anterior_hip_pain", "onset_without_injury", "runs_regularly", "worse_on_running")


@pytest.mark.hazard("H03")
def test_groin_pain_on_load_in_a_runner_who_limps_is_seen_today_without_a_hop(engine: Engine) -> None:
    case = _screened(
        engine,
        _case(
            *RUNNER, "anterior_thigh_pain", "recent_training_load_increase", "worse_on_weight_bearing",
            "low_food_intake_or_missed_periods", "limping", "night_pain", age=28, days=20, sex="female",
        ),
    )  # fmt: skip
    turn = look(engine, case)

    assert turn.triage.care_level == "same_day"
    assert turn.triage.programme == "none"


@pytest.mark.hazard("H03")
@pytest.mark.parametrize(
    "signs",
    [
        (*RUNNER, "recent_training_load_increase", "low_food_intake_or_missed_periods"),
        (*RUNNER, "recent_training_load_increase", "worse_on_weight_bearing"),
        RUNNER,
    ],
)
def test_mild_groin_pain_on_load_in_a_runner_is_seen_within_days(
    engine: Engine, signs: tuple[str, ...]
) -> None:
    turn = look(engine, _screened(engine, _case(*signs, age=28, days=20, pain=3)))

    assert turn.triage.care_level == "within_days"
    assert turn.triage.programme == "none"


@pytest.mark.hazard("H03")
def test_an_old_groin_pain_of_a_runner_without_a_reason_for_a_crack_is_not_sent_by_it(engine: Engine) -> None:
    case = _screened(engine, _case(*RUNNER, age=60, days=700, pain=3))

    assert "suspected_stress_fracture" not in _fired(engine, case)


@pytest.mark.hazard("H03")
@pytest.mark.parametrize("exercise", ["sit_to_stand", "side_hip_abd", "clamshell", "wall_sit"])
def test_a_bone_that_may_be_cracked_is_not_trained(engine: Engine, exercise: str) -> None:
    forbidden = {
        cause
        for rule in engine.knowledge.exercises[exercise].contraindications
        if rule.action == "never"
        for cause in rule.causes
    }
    assert "stress_fracture" in forbidden


@pytest.mark.hazard("H01")
def test_a_calf_that_swells_after_an_injury_is_seen_within_days_and_today_if_it_grows(engine: Engine) -> None:
    calf = ("calf_pain", "calf_swelling", "any_injury_at_onset", "sudden_onset")
    still = look(engine, _screened(engine, _case(*calf, age=45, days=5)))
    assert still.triage.care_level == "within_days"
    assert still.triage.programme == "none"

    for sign in ("worsening_over_time", "sudden_worsening"):
        grows = look(engine, _screened(engine, _case(*calf, sign, age=45, days=5)))
        assert rank(grows.triage.care_level) >= rank("same_day")


@pytest.mark.hazard("H07", "H08")
def test_leg_pain_in_a_tired_bruising_child_gets_a_blood_test_within_two_days(engine: Engine) -> None:
    signs = ("bilateral_leg_symptoms", "night_pain", "onset_without_injury", "fatigue", "easy_bruising")
    turn = look(engine, _screened(engine, _case(*signs, age=8, days=30)))

    assert rank(turn.triage.care_level) >= rank("within_days")
    assert "young_person_worn_out_or_pale" in {entry.rule.id for entry in turn.triage.fired}
    assert engine.words.red_flags["young_person_worn_out_or_pale"].by_when == "within two days"


@pytest.mark.hazard("H07", "H08")
@pytest.mark.parametrize("age", [6, 19])
def test_tiny_spots_or_new_bruises_with_leg_pain_are_seen_today_in_the_young(
    engine: Engine, age: float
) -> None:
    case = _screened(engine, _case("tiny_spots_or_new_bruises", "bilateral_leg_symptoms", age=age, days=14))
    assert look(engine, case).triage.care_level == "same_day"


@pytest.mark.hazard("H07")
def test_bone_pain_in_the_young_says_two_days(engine: Engine) -> None:
    words = engine.words.red_flags["young_person_bone_pain_or_swelling"]
    assert words.by_when == "within two days"
    assert "today" in words.whom_to_call


@pytest.mark.hazard("H04")
@pytest.mark.parametrize("start", ["onset_during_stretch", "slip_or_splits_injury"])
@pytest.mark.parametrize("place", ["ischial_tuberosity_pain", "deep_buttock_pain", "buttock_pain"])
def test_a_stretch_tear_near_the_sit_bone_is_examined_before_anybody_loads_it(
    engine: Engine, start: str, place: str
) -> None:
    turn = look(engine, _screened(engine, _case(start, place, age=30, days=20, pain=2)))

    assert rank(turn.triage.care_level) >= rank("within_days")
    assert turn.triage.programme == "none"


@pytest.mark.hazard("H12")
def test_nobody_whose_knee_swelled_by_itself_is_told_of_an_injury(engine: Engine) -> None:
    signs = ("generalised_knee_swelling", "onset_without_injury", "gradual_onset")
    fired = _fired(engine, _screened(engine, _case(*signs, age=45, days=10)))

    assert "sudden_injury_not_yet_clear" not in fired
    assert "new_swelling_or_bruise" in fired


@pytest.mark.hazard("H03", "H12")
def test_a_dangerous_first_cause_keeps_the_programme_gentle_and_the_level_as_it_is(engine: Engine) -> None:
    case = _screened(engine, _case("posterior_knee_pain", age=35, days=30, pain=2))
    turn = look(engine, case)
    open_gate = replace(situation_of(turn), gate="allowed", red_flags=(), diagnosed=None)

    def gate(cause: str, chance: float, diagnosed: str | None = None) -> str:
        causes = {cause: chance, "non_specific_knee_or_thigh_pain": 0.2}
        return gate_of(replace(open_gate, causes=causes, diagnosed=diagnosed), engine.knowledge)

    assert gate("stress_fracture", 0.76) == "relative_rest"
    assert gate("anterior_cruciate_ligament_rupture", 0.6) == "relative_rest"
    assert gate("anterior_cruciate_ligament_rupture", 0.9, "anterior_cruciate_ligament_rupture") == "allowed"
    assert gate("stress_fracture", 0.4) == "allowed"
    assert gate("patellofemoral_pain", 0.9) == "allowed"
    shut = replace(open_gate, gate="none", causes={"stress_fracture": 0.9})
    assert gate_of(shut, engine.knowledge) == "none"

    told = plan(turn, Preferences(), engine, diagnosis="deep_vein_thrombosis")
    if turn.triage.programme == "allowed":
        assert told["assessment"]["programme"] == "relative_rest"
        assert "seen_first:deep_vein_thrombosis" in told["relaxed"]
    assert told["assessment"]["care_level"] == turn.triage.care_level
    assert seen_first(replace(open_gate, causes={}), engine.knowledge) is None
