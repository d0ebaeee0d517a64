"""The danger questions that come back: each is answered by a rule, and nobody gets more than four a day.

The stories are people who may exercise: their urgent questions are all answered and nothing has fired. Then one
sign of a check-in is told, and the real assessment has to raise the level and close the programme.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import pytest

import kneewise
from kneewise.knowledge.types import Knowledge
from kneewise.knowledge.types_training import CheckIn

AT_MOST_A_DAY = 4
LEVELS = ("self_care", "routine", "within_days", "same_day", "emergency")
NEW = ("sudden_worsening",)  # a sign that was not there before is new, as check_ins.yaml says


@dataclass(frozen=True)
class Person:
    """Somebody whose programme is open: what is present, for how many days, at what age."""

    present: tuple[str, ...]
    days: int
    age: int = 34
    pain: int = 4


STRAIN = Person(("any_injury_at_onset", "onset_while_sprinting_or_kicking", "posterior_thigh_pain"), 9)
STRAIN_IN_WEEK_20 = Person(STRAIN.present, 140)
CALF = Person(("any_injury_at_onset", "calf_pain"), 12)
KNOCK = Person(("direct_blow_injury", "any_injury_at_onset", "anterior_thigh_pain"), 8)
SCIATICA = Person(("gradual_onset", "onset_without_injury", "low_back_pain", "buttock_pain"), 50)
WORN_KNEE = Person(("gradual_onset", "onset_without_injury", "medial_knee_pain"), 400, age=67)
SWOLLEN_WORN_KNEE = Person(
    (*WORN_KNEE.present, "hot_or_swollen_knee", "generalised_knee_swelling"), 400, age=67
)
SORE = Person(("first_hard_session_in_long_time", "onset_without_injury", "posterior_thigh_pain"), 2)
MENISCUS = Person(("gradual_onset", "onset_without_injury", "medial_knee_pain"), 60, age=52)
SIT_BONE = Person(("gradual_onset", "onset_without_injury", "ischial_tuberosity_pain"), 200)
KNEECAP_TENDON = Person(("gradual_onset", "onset_without_injury", "inferior_patellar_pole_pain"), 120, age=26)
RUNNER = Person(("gradual_onset", "onset_without_injury", "lateral_knee_pain", "runs_regularly"), 30)
CRAMP = Person(("onset_without_injury", "cramping_pain", "posterior_thigh_pain"), 60, age=58)
CYST = Person(("gradual_onset", "onset_without_injury", "posterior_knee_pain"), 300, age=58)
AFTER_CLOT = Person(("history_of_venous_thromboembolism", "gradual_onset", "medial_knee_pain"), 60, age=58)
AFTER_INJECTION = Person(
    ("joint_injection_in_last_3_months", "gradual_onset", "medial_knee_pain"), 200, age=60
)
AFTER_CANCER = Person(("history_of_cancer", "gradual_onset", "medial_knee_pain"), 100, age=60)
YOUNG = Person(("gradual_onset", "onset_without_injury", "anterior_knee_pain"), 60, age=19)

# check-in, sign told, who, told as new, the level it reaches
TOLD: tuple[tuple[str, tuple[str, ...], Person, tuple[str, ...], str], ...] = (
    ("clot_that_moved", ("new_breathlessness_or_chest_pain",), STRAIN, (), "emergency"),
    ("clot_that_moved", ("new_breathlessness_or_chest_pain",), WORN_KNEE, (), "emergency"),
    ("cauda_equina", ("bladder_bowel_or_saddle_change",), SCIATICA, (), "emergency"),
    ("growing_nerve_loss", ("progressive_numbness_or_weakness",), SCIATICA, (), "same_day"),
    ("swollen_calf", ("calf_swelling",), STRAIN, (), "within_days"),
    ("swollen_calf", ("calf_swelling",), STRAIN, NEW, "same_day"),
    ("swollen_calf", ("calf_swelling",), STRAIN_IN_WEEK_20, NEW, "same_day"),
    ("swollen_calf", ("calf_swelling",), MENISCUS, (), "same_day"),
    ("swollen_calf", ("calf_swelling",), WORN_KNEE, NEW, "same_day"),
    ("muscle_under_pressure", ("pain_out_of_proportion",), KNOCK, (), "emergency"),
    ("broken_down_muscle", ("dark_urine",), SORE, (), "emergency"),
    ("infected_joint", ("local_warmth", "fever_or_shivering"), WORN_KNEE, (), "same_day"),
    ("infected_joint", ("fever_or_shivering",), SWOLLEN_WORN_KNEE, (), "same_day"),
    ("infected_joint", ("local_warmth",), SWOLLEN_WORN_KNEE, NEW, "same_day"),
    ("spreading_infection_or_clot_after_a_procedure", ("fever_or_shivering",), AFTER_INJECTION, (), "same_day"),
    ("calf_pain_in_somebody_at_risk_of_a_clot", ("calf_pain",), AFTER_CLOT, (), "same_day"),
    ("cannot_walk", ("unable_to_walk_4_steps",), STRAIN, (), "same_day"),
    ("cannot_walk", ("unable_to_walk_4_steps",), CALF, (), "same_day"),
    ("cannot_walk_any_more", ("unable_to_walk_4_steps",), SIT_BONE, (), "same_day"),
    ("locked_knee", ("knee_locking",), MENISCUS, (), "same_day"),
    ("torn_off_tendon", ("pop_at_injury",), STRAIN, (), "within_days"),
    ("torn_kneecap_tendon", ("gap_above_or_below_kneecap",), KNEECAP_TENDON, (), "same_day"),
    ("starved_leg", ("foot_colour_or_warmth_change",), CRAMP, (), "same_day"),
    ("starved_leg", ("foot_colour_or_warmth_change",), CRAMP, NEW, "emergency"),
    ("nerve_taken_for_a_muscle", ("progressive_numbness_or_weakness",), SIT_BONE, (), "same_day"),
    ("cracked_bone", ("bone_pain_on_hopping",), RUNNER, (), "within_days"),
    ("lump_that_grows", ("growing_lump",), CYST, (), "within_days"),
    ("pain_at_night_in_somebody_at_risk", ("night_pain",), AFTER_CANCER, (), "within_days"),
    ("bone_swelling_in_the_young", ("unexplained_bone_swelling",), YOUNG, (), "within_days"),
)  # fmt: skip


def _case(person: Person, present: tuple[str, ...], absent: tuple[str, ...]) -> dict[str, Any]:
    states = dict.fromkeys(absent, "absent") | dict.fromkeys(present, "present")
    return {
        "on": "2026-11-20",
        "side": "left",
        "person": {"age": person.age, "sex": "female"},
        "evidence": [
            {"id": "duration_days", "value": person.days, "unit": "d"},
            {"id": "pain_score_0_to_10", "value": person.pain, "unit": "{score}"},
            *({"id": id_, "state": state} for id_, state in states.items()),
        ],
    }


@functools.cache
def _settled(person: Person) -> tuple[str, ...]:
    """What this person has denied when no urgent question is open any more."""
    knowledge = kneewise.default_engine().knowledge
    absent = [
        id_
        for page in knowledge.pages
        if page.screen
        for id_ in page.findings
        if id_ not in person.present and knowledge.findings[id_].kind == "yes_no"
    ]
    for _ in range(30):
        result = kneewise.assess(_case(person, person.present, tuple(absent)))
        if result["screen_complete"]:
            return tuple(absent)
        asked = {id_ for entry in result["undecided"] for id_ in entry["ask"]}
        absent += sorted(asked - set(absent) - set(person.present))
    raise AssertionError(f"the urgent questions of {person} never end: {asked}")


@pytest.mark.parametrize(
    ("check_in", "told", "person", "new", "level"),
    TOLD,
    ids=[f"{id_}-{number}" for number, (id_, *_) in enumerate(TOLD)],
)
def test_a_sign_told_in_a_check_in_raises_the_level_and_closes_the_programme(
    check_in: str, told: tuple[str, ...], person: Person, new: tuple[str, ...], level: str
) -> None:
    denied = _settled(person)
    before = kneewise.assess(_case(person, person.present, denied))
    still_denied = tuple(id_ for id_ in denied if id_ not in (*told, *new))
    after = kneewise.assess(_case(person, (*person.present, *told, *new), still_denied))

    assert before["programme"] != "none", (check_in, [flag["id"] for flag in before["red_flags"]])
    assert after["care_level"] == level
    assert LEVELS.index(after["care_level"]) > LEVELS.index(before["care_level"])
    assert after["programme"] == "none"


def test_every_sign_of_every_check_in_is_told_by_somebody_above(knowledge: Knowledge) -> None:
    needed = {(entry.id, id_) for entry in knowledge.check_ins for id_ in entry.findings}
    told = {(check_in, id_) for check_in, signs, *_ in TOLD for id_ in signs}

    assert told == needed


def _for_everybody(entry: CheckIn) -> bool:
    return not entry.causes and not entry.factors and entry.when is None


def _of(knowledge: Knowledge, cause: str) -> list[CheckIn]:
    return [entry for entry in knowledge.check_ins if _for_everybody(entry) or cause in entry.causes]


def test_everybody_is_asked_two_questions_a_day_at_most(knowledge: Knowledge) -> None:
    asked = {id_ for entry in knowledge.check_ins if _for_everybody(entry) for id_ in entry.findings}

    assert 1 <= len(asked) <= 2


def test_no_cause_brings_more_than_four_questions_on_a_day_when_all_fall_together(
    knowledge: Knowledge,
) -> None:
    counts = {
        cause: len({id_ for entry in _of(knowledge, cause) for id_ in entry.findings})
        for cause in knowledge.conditions
    }

    assert {cause: count for cause, count in counts.items() if count > AT_MOST_A_DAY} == {}


def _longest_waits(entries: list[CheckIn], days: int) -> dict[str, int]:
    """Days each question is late at most, when four a day are asked, the latest first, then by the file."""
    every: dict[str, int] = {}
    for entry in entries:
        for id_ in entry.findings:
            every[id_] = min(entry.every_days, every.get(id_, entry.every_days))
    due = dict.fromkeys(every, 0)
    late = dict.fromkeys(every, 0)
    for day in range(days):
        waiting = sorted((id_ for id_ in due if due[id_] <= day), key=lambda id_: due[id_])
        late |= {id_: max(late[id_], day - due[id_]) for id_ in waiting}
        due |= {id_: day + every[id_] for id_ in waiting[:AT_MOST_A_DAY]}
    return late


def test_with_every_risk_at_once_four_a_day_delay_a_question_by_two_days_at_most(
    knowledge: Knowledge,
) -> None:
    at_risk = [entry for entry in knowledge.check_ins if entry.when is not None]
    late = {
        (cause, id_): wait
        for cause in knowledge.conditions
        for id_, wait in _longest_waits([*_of(knowledge, cause), *at_risk], days=84).items()
        if wait > 2
    }

    assert late == {}


def test_every_cause_that_has_a_programme_is_asked_for_more_than_everybody(knowledge: Knowledge) -> None:
    treated = {cause for protocol in knowledge.protocols.values() for cause in protocol.causes}
    own = {cause for entry in knowledge.check_ins for cause in entry.causes}

    assert treated - own == set()


def test_no_question_is_out_of_sight_for_more_than_a_week(knowledge: Knowledge) -> None:
    assert all(1 <= entry.every_days <= 7 for entry in knowledge.check_ins)
