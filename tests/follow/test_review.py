"""The review as it is given out: the same again, an alarm nobody but a clinician clears, older knowledge."""

from __future__ import annotations

import copy
import json
from datetime import date, timedelta
from functools import cache
from typing import Any

import jsonschema
import pytest
from benchmarks.simulated_courses import FIRST, draw, live

import kneewise
from kneewise.evidence import BadCase
from kneewise.pathway import Engine
from kneewise.pathway.review import follow, review
from kneewise.pathway.schemas import contract_schema
from kneewise.plan.contraindications import Person, hold_shared, judge

Json = dict[str, Any]
CALF = {"calf_swelling": True, "new_breathlessness_or_chest_pain": False}


@cache
def _course() -> Any:
    return live(0, kneewise.default_engine(), days=21)


def _entry(id_: str, day: int, kind: str, **more: Any) -> Json:
    return {"id": id_, "on": (FIRST + timedelta(days=day)).isoformat(), "kind": kind, **more}


def _on(day: int) -> date:
    return FIRST + timedelta(days=day)


def test_the_same_diary_gives_the_same_review_and_is_left_alone(engine: Engine) -> None:
    course = _course()
    programme, diary = copy.deepcopy(course.programme), copy.deepcopy(course.diary)
    first = review(programme, diary, _on(20), engine)

    assert review(programme, diary, _on(20), engine) == first
    assert (programme, diary) == (course.programme, course.diary)
    assert json.loads(json.dumps(first)) == first


def test_a_review_of_its_own_programme_goes_on_from_the_first_day(engine: Engine) -> None:
    course = _course()
    week = review(course.programme, course.diary, _on(7), engine)["programme"]

    assert review(week, course.diary, _on(20), engine) == review(
        course.programme, course.diary, _on(20), engine
    )


def test_a_review_keeps_to_its_schema(engine: Engine) -> None:
    course = _course()
    alarm = _entry("alarm", 20, "check_in", findings=CALF)

    for diary in (course.diary, [*course.diary, alarm], []):
        jsonschema.validate(review(course.programme, diary, _on(20), engine), contract_schema("review"))


@pytest.mark.hazard("H14")
def test_an_alarm_stays_when_the_sign_goes_or_is_taken_back(engine: Engine) -> None:
    course = _course()
    diary = [*course.diary, _entry("alarm", 21, "check_in", findings=CALF)]
    gone = [*diary, _entry("gone", 22, "check_in", findings={**CALF, "calf_swelling": False})]
    back = [*diary, _entry("back", 21, "correction", of="alarm", becomes=None)]

    for told in (diary, gone, back):
        got = review(course.programme, told, _on(23), engine)
        assert got["programme"]["locked_by"]["since"] == _on(21).isoformat()
        assert got["programme"]["week"] == []
        assert got["alarms"][-1]["what_to_do"]


@pytest.mark.hazard("H14")
def test_only_a_visit_on_or_after_the_alarm_opens_it(engine: Engine) -> None:
    course = _course()
    alarm = _entry("alarm", 21, "check_in", findings=CALF)

    def locked(**visit: Any) -> bool:
        seen = _entry("seen", 23, "clinician", by="doctor", **visit)
        got = review(course.programme, [*course.diary, alarm, seen], _on(24), engine)
        return got["programme"]["locked_by"] is not None

    assert locked(seen_on=_on(19).isoformat(), may_go_on=True)
    assert locked(seen_on=_on(22).isoformat(), may_go_on=False)
    assert locked(seen_on=_on(22).isoformat())
    assert not locked(seen_on=_on(22).isoformat(), may_go_on=True)


def test_a_programme_of_older_knowledge_says_what_is_different(engine: Engine) -> None:
    course = _course()
    old = copy.deepcopy(course.programme)
    old["knowledge_version"] = "0" * 16
    old["week"][0]["items"][0]["exercise"] = "nordic"
    changes = [c for c in review(old, course.diary, _on(20), engine)["changes"] if c["what"] == "knowledge"]

    assert len(changes) == 1
    assert "nordic" in changes[0]["because"]
    assert "Nordic" in changes[0]["text"]


@pytest.mark.parametrize(
    ("programme", "day", "where"),
    [
        ({}, 3, "programme/origin"),
        ({"origin": {"case": {"side": "top"}}}, 3, "side"),
        (None, -1, "on"),
    ],
)
def test_what_cannot_be_reviewed_is_refused_kindly(
    engine: Engine, programme: Json | None, day: int, where: str
) -> None:
    given = _course().programme if programme is None else programme
    with pytest.raises(BadCase) as wrong:
        review(given, [], _on(day), engine)

    assert wrong.value.where == where
    assert wrong.value.mend


def test_a_session_before_the_first_day_is_refused(engine: Engine) -> None:
    early = _entry("s", -2, "session", items=[])
    with pytest.raises(BadCase):
        review(_course().programme, [early], _on(3), engine)


def test_a_clinicians_order_in_the_diary_is_kept_with_its_reason(engine: Engine) -> None:
    course = _course()
    now = review(course.programme, course.diary, _on(20), engine)["programme"]
    exercise = now["week"][0]["items"][-1]["exercise"]
    order = _entry(
        "k", 20, "clinician", by="physiotherapist", reason="Less for now.", dose={exercise: {"sets": 1}}
    )
    got = review(course.programme, [*course.diary, order], _on(20), engine)
    items = [
        item for day in got["programme"]["week"] for item in day["items"] if item["exercise"] == exercise
    ]

    assert items
    assert {item["sets"] for item in items} == {1}
    assert any("clinician:Less for now." in item["why"] for item in items)


def test_drawn_people_differ(engine: Engine) -> None:
    people = [draw(seed, engine.knowledge) for seed in range(40)]

    assert len({(person.start, person.age) for person in people}) > 20


def test_the_newest_word_on_a_sign_decides_what_may_be_done(engine: Engine) -> None:
    """Who limps may not run; who has told since that the limp is gone is not refused for it for ever."""
    course = _course()
    limping = [*course.diary, _entry("limp", 20, "check_in", findings={"limping": True})]
    gone = [*limping, _entry("gone", 21, "check_in", findings={"limping": False})]
    said = [*limping, _entry("said", 21, "check_in", criteria={"walks_without_limp": True})]

    def may_run(diary: list[Json]) -> bool:
        outcome, _, _ = follow(course.programme, diary, _on(22), engine)
        runner = Person(outcome.situation.evidence, frozenset(), frozenset(), {}, 9, frozenset())
        shared = hold_shared(engine.knowledge.contraindications, runner).get("strides", [])
        return judge(engine.knowledge.exercises["strides"], runner, shared).allowed

    assert not may_run(limping)
    assert may_run(gone)
    assert not may_run(said)  # what was told of the sign itself counts before the criterion
