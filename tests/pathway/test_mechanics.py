"""A person's own leg as data: current values only, each with its method and error, and nothing made up."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from kneewise.evidence import BadCase, parse_case
from kneewise.follow.series import Measurement
from kneewise.pathway import Engine
from kneewise.pathway.mechanics import leg

AKE = "active_knee_extension_deficit_degrees"
SLR = "straight_leg_raise_angle_degrees"
BACK = "knee_flexion_strength_newton_metres_per_kg"
FRONT = "knee_extension_strength_newton_metres_per_kg"
BRIDGE = "single_leg_hamstring_bridge_reps"
TODAY = date(2026, 11, 21)


def of(engine: Engine, *evidence: dict[str, Any], **case: Any) -> Any:
    given = {"on": "2026-11-21", "side": "left", "person": {"age": 30, "sex": "male"}} | case
    return parse_case(given | {"evidence": list(evidence)}, engine.knowledge)


def deficit(value: float, **more: Any) -> dict[str, Any]:
    return {"id": AKE, "value": value, "from": "measured", "method": "phone_same_helper"} | more


def taken(measure: str, value: float, side: str | None, method: str, on: date = TODAY) -> Measurement:
    return Measurement(measure, on, (value,), side, method)  # type: ignore[arg-type]


def ids(says: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in says]


def test_a_measured_limit_names_its_test_method_error_and_sources(engine: Engine) -> None:
    found = leg(of(engine, deficit(33)), engine)["limit"]
    assert found["test"] == "active_knee_extension"
    told = found["measured"]
    assert (told["value"], told["unit"], told["side"], told["on"]) == (33, "deg", "left", "2026-11-21")
    assert told["method"] == "phone_same_helper"
    assert not told["method_assumed"]
    assert told["error"]["kind"] == "standard_error"
    assert told["error"]["basis"] in ("found", "recalled", "estimate")
    assert told["range"]["low"] == pytest.approx(33 - 1.96 * told["error"]["value"], abs=1e-3)
    assert found["sources"]
    for limit in found["stretch_against_standing"].values():
        assert limit["low"] < limit["value"] < limit["high"]


def test_a_value_without_a_method_carries_the_error_of_the_least_exact_one(engine: Engine) -> None:
    home = leg(of(engine, {"id": AKE, "value": 33, "from": "measured"}), engine)["limit"]["measured"]
    clinic = leg(of(engine, {"id": AKE, "value": 33, "from": "examined"}), engine)["limit"]["measured"]
    known = leg(of(engine, deficit(33)), engine)["limit"]["measured"]
    assert home["method_assumed"]

    def width(told: dict[str, Any]) -> float:
        return told["range"]["high"] - told["range"]["low"]

    assert width(home) > width(known) > width(clinic)


def test_what_was_not_measured_is_told_as_such_with_how_to_measure(engine: Engine) -> None:
    found = leg(of(engine), engine)
    missing = found["limit"]["not_measured"]
    assert missing["measure"] == AKE
    assert missing["why"] == "not_measured"
    assert missing["how_to_measure"]["steps"]
    assert missing["how_to_measure"]["stop_if"]
    assert found["exercises"] == []
    assert found["strength"]["sides"] == []
    assert found["strength"]["ratio"]["not_measured"]["measure"] == BACK


def test_a_stale_measure_is_not_shown_as_current(engine: Engine) -> None:
    stale_after = engine.knowledge.measures[AKE].stale_after_days
    edge = date.fromordinal(TODAY.toordinal() - stale_after).isoformat()
    too_old = date.fromordinal(TODAY.toordinal() - stale_after - 1).isoformat()
    fresh = leg(of(engine, deficit(33, on=edge)), engine)
    assert fresh["limit"]["measured"]["on"] == edge
    stale = leg(of(engine, deficit(33, on=too_old)), engine)
    missing = stale["limit"]["not_measured"]
    assert (missing["why"], missing["on"]) == ("too_old", too_old)
    assert ids(missing["says"]) == ["leg_length_too_old"]
    assert stale["exercises"] == []
    assert "33" not in json.dumps(stale["limit"])


def test_without_todays_date_a_dated_measure_cannot_be_called_current(engine: Engine) -> None:
    found = leg(of(engine, deficit(33, on="2026-11-20"), on=None), engine)
    assert found["limit"]["not_measured"]["why"] == "no_day"


def test_a_measure_of_the_future_does_not_count(engine: Engine) -> None:
    found = leg(of(engine, deficit(33, on="2026-12-24")), engine)
    assert found["limit"]["not_measured"]["why"] == "not_measured"


def test_what_is_only_read_in_text_is_no_measurement(engine: Engine) -> None:
    case = of(engine, {"id": AKE, "value": 33, "from": "text"})
    assert "not_measured" in leg(case, engine)["limit"]


def test_two_tests_give_two_limits_and_are_not_mixed(engine: Engine) -> None:
    raised = {"id": SLR, "value": 70, "from": "measured", "method": "phone"}
    both = leg(of(engine, deficit(33), raised), engine)
    assert both["limit"] == leg(of(engine, deficit(33)), engine)["limit"]
    (other,) = both["other_tests"]
    alone = leg(of(engine, raised), engine)
    assert other == alone["limit"]
    assert "leg_limit_raise" in ids(other["says"])
    assert alone["exercises"]


def test_a_raise_that_brings_on_leg_pain_is_no_measure_of_length(engine: Engine) -> None:
    case = of(engine, deficit(40), {"id": "straight_leg_raise_reproduces_leg_pain", "state": "present"})
    found = leg(case, engine)
    assert found["limit"]["not_measured"]["why"] == "nerve"
    assert ids(found["limit"]["not_measured"]["says"]) == ["leg_length_nerve"]
    assert found["exercises"] == []


def test_exercises_come_with_share_class_and_what_to_change(engine: Engine) -> None:
    found = leg(of(engine, deficit(45)), engine)["exercises"]
    by_id = {row["id"]: row for row in found}
    assert "walking" not in by_id
    shares = [row["share"]["value"] for row in found if "share" in row]
    assert shares == sorted(shares, reverse=True)
    assert by_id["glute_bridge"]["class"] == "easy"
    assert by_id["stiff_leg_dl"]["class"] == "over"
    change = [row for row in by_id["stiff_leg_dl"]["advice"] if "degrees" in row]
    assert change
    for row in change:
        assert row["degrees"] % 5 == 0
        assert row["aim"] == "limit"
        assert str(row["degrees"]) in row["text"]
        assert row["range"]["low"] <= row["range"]["value"] <= row["range"]["high"]
    stretches = [row for row in found if engine.knowledge.exercises[row["id"]].type == "stretch"]
    mild = [a for row in stretches for a in row["advice"] if "degrees" in a]
    assert mild
    assert {row["aim"] for row in mild} == {"mild_stretch"}


def test_where_too_much_would_change_an_easier_exercise_is_named(engine: Engine) -> None:
    found = leg(of(engine, deficit(75)), engine, only=["seated_ham_stretch"])["exercises"][0]
    (row,) = [one for one in found["advice"] if one["id"] == "leg_choose_easier"]
    assert set(row["easier"]) == set(engine.knowledge.exercises["seated_ham_stretch"].easier)


def test_a_knee_that_comes_straight_makes_no_claim_of_a_limit(engine: Engine) -> None:
    found = leg(of(engine, deficit(-3)), engine)
    assert found["limit"]["at_least"]
    assert "leg_limit_at_least" in ids(found["limit"]["says"])
    assert not any(row["certain"] for row in found["exercises"] if row.get("class") in ("strong", "over"))


def test_values_of_the_other_leg_do_not_stand_in(engine: Engine) -> None:
    right = deficit(20, side="right")
    assert "not_measured" in leg(of(engine, right), engine)["limit"]
    assert leg(of(engine, right), engine, side="right")["limit"]["measured"]["side"] == "right"
    stiffer = (taken(AKE, 20, "left", "phone"), taken(AKE, 35, "right", "phone"))
    assert leg(of(engine, side="both"), engine, stiffer)["side"] == "right"


def test_the_newest_of_case_and_diary_counts(engine: Engine) -> None:
    older = taken(AKE, 50, "left", "phone_same_helper", date(2026, 11, 1))
    newer = taken(AKE, 15, "left", "phone_same_helper", date(2026, 11, 20))
    found = leg(of(engine, deficit(33, on="2026-11-10")), engine, (older, newer))
    assert found["limit"]["measured"]["value"] == 15


def test_the_ratio_of_strengths_carries_both_errors_and_what_it_does_not_mean(engine: Engine) -> None:
    way = "isokinetic_60_degrees_per_second"
    measured = (taken(BACK, 0.8, "left", way), taken(FRONT, 2.8, "left", way))
    row = leg(of(engine), engine, measured)["strength"]["ratio"]
    assert row["ratio"]["value"] == pytest.approx(0.8 / 2.8, abs=1e-4)
    assert row["ratio"]["low"] < row["ratio"]["value"] < row["ratio"]["high"]
    assert row["verdict"] == "ratio_below_usual"
    assert row["norm"]["whom"]
    assert row["norm"]["sources"]
    assert ids(row["says"])[-1] == "leg_strength_meaning"
    assert "F_KELLIS23" in row["says"][-1]["sources"]


def test_a_ratio_without_a_norm_for_the_method_or_age_is_not_judged(engine: Engine) -> None:
    by_hand = (
        taken(BACK, 0.8, "left", "hand_held_dynamometer"),
        taken(FRONT, 2.8, "left", "hand_held_dynamometer"),
    )
    assert leg(of(engine), engine, by_hand)["strength"]["ratio"]["verdict"] == "ratio_no_norm"
    way = "isokinetic_60_degrees_per_second"
    old = of(engine, person={"age": 70, "sex": "female"})
    measured = (taken(BACK, 0.8, "left", way), taken(FRONT, 2.8, "left", way))
    assert leg(old, engine, measured)["strength"]["ratio"]["verdict"] == "ratio_no_norm"


def test_two_ways_of_measuring_are_not_compared(engine: Engine) -> None:
    mixed = (
        taken(BACK, 0.8, "left", "fixed_dynamometer"),
        taken(FRONT, 2.8, "left", "hand_held_dynamometer"),
    )
    row = leg(of(engine), engine, mixed)["strength"]["ratio"]
    assert row["not_comparable"] == "two_methods"
    assert "ratio" not in row


def test_sides_are_compared_with_their_error(engine: Engine) -> None:
    way = "fixed_dynamometer"
    measured = (taken(BACK, 0.8, "left", way), taken(BACK, 1.4, "right", way))
    (row,) = leg(of(engine), engine, measured)["strength"]["sides"]
    assert (row["measure"], row["verdict"]) == (BACK, "side_weaker")
    assert row["difference"]["high"] < 0
    alike = (taken(BACK, 1.3, "left", way), taken(BACK, 1.4, "right", way))
    (row,) = leg(of(engine), engine, alike)["strength"]["sides"]
    assert row["verdict"] == "side_small_difference"


def test_a_stale_side_is_not_compared(engine: Engine) -> None:
    old = date(2026, 1, 1)
    measured = (
        taken(BRIDGE, 12, "left", "box_60_cm"),
        taken(BRIDGE, 25, "right", "box_60_cm", old),
    )
    assert leg(of(engine), engine, measured)["strength"]["sides"] == []


def test_every_sentence_is_whole_and_every_source_known(engine: Engine) -> None:
    found = leg(of(engine, deficit(45), {"id": SLR, "value": 60, "from": "examined"}), engine)

    def walk(value: Any, key: str = "") -> None:
        if isinstance(value, dict):
            for name, part in value.items():
                walk(part, name)
        elif isinstance(value, list):
            for part in value:
                if key == "sources":
                    assert part in engine.knowledge.sources
                walk(part)
        elif isinstance(value, str):
            assert "{" not in value

    walk(found)
    assert json.loads(json.dumps(found)) == found


def test_the_same_input_gives_the_same_answer(engine: Engine) -> None:
    case = of(engine, deficit(30))
    assert leg(case, engine) == leg(case, engine)


def test_a_day_that_is_none_is_refused(engine: Engine) -> None:
    with pytest.raises(BadCase, match="there is no day '2026-02-31'"):
        leg(of(engine, deficit(30, on="2026-02-31")), engine)
