"""Which picture belongs to what, and that a person's values come with their error and only when they are current."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kneewise import default_engine
from kneewise.body.anatomy import VIEWS, structures_of
from kneewise.evidence import BadCase
from kneewise.knowledge.difference import differences
from kneewise.pathway.pictures import anatomy_svg, own_mechanics, picture_of, where_it_is

ENGINE = default_engine()
DEFICIT, RAISE = "active_knee_extension_deficit_degrees", "straight_leg_raise_angle_degrees"
BRIDGES, STANDS = "single_leg_hamstring_bridge_reps", "chair_stand_30_seconds_reps"


def _own(factor: str, *evidence: dict[str, Any], sex: str = "male", age: int = 40, **case: Any) -> Any:
    whole = {
        "on": "2026-11-20",
        "side": "right",
        "person": {"age": age, "sex": sex},
        "evidence": list(evidence),
    }
    return own_mechanics(factor, ENGINE.look(ENGINE.parse(whole | case)), ENGINE)


def _value(finding: str, value: float, **more: Any) -> dict[str, Any]:
    return {"id": finding, "state": "present", "value": value} | more


@pytest.mark.parametrize("view", VIEWS)
def test_content_and_drawing_name_the_same_structures(view: str) -> None:
    told = {s.id for s in ENGINE.knowledge.anatomy.structures.values() if view in s.views}
    assert told == set(structures_of(view))


@pytest.mark.parametrize("view", VIEWS)
def test_each_label_is_short_enough_for_its_column(view: str) -> None:
    for structure in structures_of(view):
        for line in ENGINE.words.anatomy.structures[structure].label:
            assert len(line) <= 12, f"{structure}: {line!r} runs out of the picture"


def test_what_the_articles_name_can_be_seen() -> None:
    back = set(structures_of("back"))
    three = {"biceps_femoris_long_head", "semitendinosus", "semimembranosus"}  # D01
    assert three | {"sit_bone", "shin_bone", "calf_bone"} <= back  # D02
    assert "sciatic_nerve" in back  # D04
    assert {"quadriceps", "inner_hamstrings", "biceps_femoris_long_head"} <= set(structures_of("side"))  # D05
    assert {"kneecap", "kneecap_groove", "quadriceps"} <= set(structures_of("front"))  # E06
    described = ENGINE.words.anatomy.views["back"].description
    assert "cross the hip and the knee" in described


@pytest.mark.parametrize(
    ("cause", "marked"),
    [
        ("bakers_cyst", "Baker's cyst"),
        ("proximal_hamstring_tendinopathy", "upper tendons"),
        ("pes_anserine_bursitis", "pes anserinus"),
        ("sciatica", "sciatic nerve"),
        ("patellofemoral_pain", "behind the kneecap"),
        ("iliotibial_band_syndrome", "iliotibial band"),
        ("piriformis_syndrome", "piriformis"),
    ],
)
def test_a_cause_is_shown_where_it_lies(cause: str, marked: str) -> None:
    found = where_it_is(cause, ENGINE)
    assert found is not None
    assert any(marked in name for name in found.names)
    assert found.svg.startswith("<svg")


def test_causes_that_belong_to_no_one_place_have_no_picture() -> None:
    for cause in ("non_specific_knee_or_thigh_pain", "cellulitis", "pulmonary_embolism"):
        assert where_it_is(cause, ENGINE) is None


def test_every_tight_or_weak_muscle_has_a_picture() -> None:
    factors = [f for f in ENGINE.knowledge.factors if f.startswith(("tight_", "weak_"))]
    assert len(factors) >= 8
    assert all(picture_of(factor, ENGINE) for factor in factors)


def test_a_measured_deficit_is_told_with_what_is_usual_its_error_and_the_goal() -> None:
    own = _own("tight_hamstrings", _value(DEFICIT, 38))
    assert own.measured
    assert "38 degrees short of straight" in own.told
    assert "9 to 27" in own.told
    assert "men of 18 to 24" in own.told, "whom the numbers are from is said"
    assert "goal: 27 degrees" in own.told
    assert "7 degrees up or down" in own.unsure, "the worst way a helper may have taken it"
    assert "from a model" in own.unsure


def test_the_clinic_measures_more_exactly() -> None:
    clinic = _value(DEFICIT, 38, method="clinic_same_rater", **{"from": "examined"})
    assert "about 5 degrees up or down" in _own("tight_hamstrings", clinic).unsure


def test_within_the_usual_range_there_is_no_goal() -> None:
    own = _own("tight_hamstrings", _value(DEFICIT, 15))
    assert "goal" not in own.told
    assert 'class="goal"' not in own.svg.rpartition("</style>")[2]


def test_women_and_men_have_their_own_numbers() -> None:
    assert "7 to 19" in _own("tight_hamstrings", _value(DEFICIT, 38), sex="female").told


def test_without_a_measurement_it_says_so() -> None:
    for factor in ("tight_hamstrings", "weak_hamstrings", "weak_quadriceps"):
        own = _own(factor)
        assert not own.measured
        assert "not measured yet" in own.told
        assert 'class="now"' not in own.svg.rpartition("</style>")[2]


def test_an_old_measurement_is_not_shown_as_current() -> None:
    fresh = _own("tight_hamstrings", _value(DEFICIT, 38, on="2026-11-10"))
    old = _own("tight_hamstrings", _value(DEFICIT, 38, on="2026-08-10"))
    assert fresh.measured
    assert not old.measured
    assert "38" not in old.told


def test_the_sore_side_is_drawn() -> None:
    both = [
        _value(DEFICIT, 20, side="left", on="2026-11-12"),
        _value(DEFICIT, 45, side="right", on="2026-11-11"),
    ]
    assert "45 degrees" in _own("tight_hamstrings", *both).told
    assert "20 degrees" in _own("tight_hamstrings", *both, side="left").told


def test_a_leg_raise_is_its_own_picture_and_never_mixed_with_the_other_test() -> None:
    own = _own("tight_hamstrings", _value(RAISE, 55))
    assert "lifts to about 55 degrees" in own.told
    assert "short of straight" not in own.told
    both = _own("tight_hamstrings", _value(RAISE, 55), _value(DEFICIT, 38))
    assert "55" not in both.told


def test_a_count_without_a_norm_for_this_person_says_so() -> None:
    man, woman = _own("weak_hamstrings", _value(BRIDGES, 12), age=30), None
    assert "Most active men do 20 to 34" in man.told
    woman = _own("weak_hamstrings", _value(BRIDGES, 12), sex="female", age=30)
    assert "no good numbers" in woman.told
    assert 'class="low"' not in woman.svg.rpartition("</style>")[2]
    assert 'class="usual"' not in woman.svg.rpartition("</style>")[2]


def test_chair_stands_are_held_against_people_of_the_same_age() -> None:
    assert "11 to 16" in _own("weak_quadriceps", _value(STANDS, 9), sex="female", age=66).told
    assert "9 to 14" in _own("weak_quadriceps", _value(STANDS, 9), sex="female", age=82).told
    assert "only from 60 years" in _own("weak_quadriceps", _value(STANDS, 9), age=30).told


def test_the_hip_and_the_kneecap_are_called_disputed() -> None:
    for factor in ("weak_hip_abductors", "patellar_maltracking"):
        own = _own(factor)
        assert "disputed" in own.unsure
        assert not own.measured
        assert "disputed" in own.svg


def test_a_deficit_past_the_models_end_is_drawn_at_its_end() -> None:
    assert _own("tight_hamstrings", _value(DEFICIT, 100)).measured


def test_other_factors_have_no_such_picture() -> None:
    assert _own("dehydration") is None


def test_an_unknown_view_or_structure_names_the_nearest() -> None:
    with pytest.raises(BadCase, match="back, front, side"):
        anatomy_svg("above", ENGINE)
    with pytest.raises(BadCase, match="Did you mean 'cyst'"):
        anatomy_svg("back", ENGINE, ("cist",))


def test_the_text_alternative_names_what_is_marked() -> None:
    assert "Marked: swelling filled with joint fluid" in anatomy_svg("back", ENGINE, ("cyst",))


def test_a_picture_that_changes_is_told_by_the_diff_of_knowledge() -> None:
    known = ENGINE.knowledge
    fewer = replace(known, anatomy=replace(known.anatomy, pictures=known.anatomy.pictures[1:]))
    assert [change.kind for change in differences(known, fewer)] == ["anatomy"]
