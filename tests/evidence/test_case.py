"""The case contract: what is let in, and how kindly the rest is refused."""

from __future__ import annotations

from typing import Any

import pytest

from kneewise.evidence import BadCase, parse_case
from kneewise.knowledge.types import Knowledge

WRONG: list[tuple[Any, str, str]] = [
    ({"txt": "pain"}, "txt", "text"),
    ({"person": {"agee": 4}}, "person/agee", "age"),
    ({"person": {"age": 400}}, "person/age", "from 0 to 120"),
    ({"person": {"age": -1}}, "person/age", "from 0 to 120"),
    ({"person": {"age": "34"}}, "person/age", "number"),
    ({"person": {"age": True}}, "person/age", "number"),
    ({"person": {"age": float("nan")}}, "person/age", "ordinary number"),
    ({"person": {"sex": "f"}}, "person/sex", "female, male"),
    ({"person": {"pregnant": "no"}}, "person/pregnant", "true, false"),
    ({"person": 5}, "person", "object"),
    ({"side": "links"}, "side", "left, right, both"),
    ({"on": "20.11.2026"}, "on", "2026-11-20"),
    ({"text": 7}, "text", "quotes"),
    ({"text": "a" * 2_000_000}, "text", "under 100,000"),
    ({"evidence": {}}, "evidence", "[ … ]"),
    ({"evidence": ["calf_swelling"]}, "evidence/0", "key"),
    ({"evidence": [{"id": "calf_sweling", "state": "present"}]}, "evidence/0/id", "calf_swelling"),
    ({"evidence": [{"id": "calf_swelling"}]}, "evidence/0/state", "present, absent or unsure"),
    ({"evidence": [{"id": "calf_swelling", "state": "yes"}]}, "evidence/0/state", "present, absent, unsure"),
    ({"evidence": [{"id": "calf_swelling", "value": 3}]}, "evidence/0/value", "value out"),
    ({"evidence": [{"id": "duration_days"}]}, "evidence/0/state", "present"),
    ({"evidence": [{"id": "duration_days", "state": "present"}]}, "evidence/0/value", "Give it in"),
    ({"evidence": [{"id": "duration_days", "state": "absent"}]}, "evidence/0/state", "Give a value"),
    ({"evidence": [{"id": "pain_score_0_to_10", "value": 11}]}, "evidence/0/value", "from 0 to 10"),
    (
        {"evidence": [{"id": "duration_days", "value": 3, "unit": "kg"}]},
        "evidence/0/value/unit",
        "Give it in",
    ),
    ({"evidence": [{"id": "calf_swelling", "state": "present", "form": "text"}]}, "evidence/0/form", "from"),
    ([], "", "object"),
    ("pain", "", "object"),
    (None, "", "object"),
]


@pytest.mark.parametrize(("case", "where", "mend"), WRONG)
@pytest.mark.hazard("H28")
def test_a_wrong_case_is_refused_with_where_and_how_to_mend_it(
    case: Any, where: str, mend: str, knowledge: Knowledge
) -> None:
    with pytest.raises(BadCase) as refused:
        parse_case(case, knowledge)

    assert refused.value.where == where
    assert mend in str(refused.value)


def test_everything_may_be_left_out(knowledge: Knowledge) -> None:
    case = parse_case({}, knowledge)

    assert case.person.age is None
    assert case.items == ()


@pytest.mark.parametrize(
    ("id_", "value", "unit", "days"),
    [
        ("duration_days", 14, None, 14),
        ("duration_days", 2, "weeks", 14),
        ("duration_days", 2, "wk", 14),
        ("duration_days", 12, "h", 0.5),
        ("duration_days", 1, "a", 365.25),
        ("duration_under_1_week", 3, None, 3),
        ("duration_over_6_weeks", 8, None, 56),
        ("duration_under_1_year", 6, None, 182.4),
    ],
)
@pytest.mark.hazard("H17")
def test_a_duration_comes_in_many_units_and_under_old_ids(
    id_: str, value: float, unit: str | None, days: float, knowledge: Knowledge
) -> None:
    item = {"id": id_, "value": value} | ({"unit": unit} if unit else {})

    case = parse_case({"evidence": [item]}, knowledge)

    assert case.items[0].finding == "duration_days"
    assert case.items[0].value == pytest.approx(days)


@pytest.mark.hazard("H17")
def test_a_temperature_in_fahrenheit_is_turned_into_celsius(knowledge: Knowledge) -> None:
    case = parse_case({"evidence": [{"id": "temperature_c", "value": 102.2, "unit": "°F"}]}, knowledge)

    assert case.items[0].value == pytest.approx(39.0)


@pytest.mark.hazard("H28")
def test_another_age_of_another_day_does_not_stand_beside_the_age_of_the_person(knowledge: Knowledge) -> None:
    """A child of 14 is no grown-up because an older entry says 30."""
    case = {"person": {"age": 14}, "evidence": [{"id": "age_years", "value": 30, "on": "2026-11-20"}]}

    with pytest.raises(BadCase, match="age_years is 14 in one place and 30 here"):
        parse_case(case, knowledge)
