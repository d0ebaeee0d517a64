"""The written diaries are whole: cases with an open programme, entries of the agreed shape, known ids and kinds."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from kneewise.knowledge.types import Knowledge
from kneewise.pathway import Engine
from kneewise.pathway.interview import final_turn

FILES = sorted((Path(__file__).parents[1] / "cases" / "courses").glob("*.yaml"))
ENTRY_KEYS = {
    "session": {"items", "pain_before", "pain_after", "signs"},
    "morning": {"pain"},
    "check_in": {"findings", "pain_worst", "sleep_hours", "load_minutes", "criteria", "why_missed"},
    "measurement": {"measure", "side", "value", "method"},
    "clinician": {"by", "seen_on", "may_go_on", "note", "pin", "ban", "dose", "protocol", "phase"},
    "correction": {"of", "becomes"},
}
ITEM_KEYS = {"exercise", "done", "sets", "reps", "pain_during", "effort", "skipped"}
KINDS = {
    "progress", "hold", "smaller", "step_back", "rest", "phase", "keep_phase", "locked", "unlocked", "contact",
    "replan", "off_track", "order",
}  # fmt: skip
EXPECTED_KEYS = {
    "on", "says", "locked", "changes", "never", "phase", "place", "care_level_at_least", "measures", "programme",
    "corrections",
}  # fmt: skip


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return data


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def course(request: pytest.FixtureRequest) -> dict[str, Any]:
    return _read(request.param)


def _day(value: str) -> datetime.date:
    return datetime.date.fromisoformat(value)


def _kind(change: str | dict[str, str]) -> str:
    return change if isinstance(change, str) else change["kind"]


def test_there_are_diaries_of_every_kind_of_change() -> None:
    expected = [entry for path in FILES for entry in _read(path)["expect"]]
    seen = {_kind(change) for entry in expected for change in entry["changes"]}

    assert len(FILES) >= 14
    assert seen | {"keep_phase"} == KINDS


def test_the_person_may_exercise_when_the_diary_begins(course: dict[str, Any], engine: Engine) -> None:
    turn, _ = final_turn(course["case"], engine)
    assessment = engine.write(turn)

    assert assessment["screen_complete"]
    assert assessment["programme"] == "allowed"


def test_entries_have_the_agreed_shape_and_come_in_order(
    course: dict[str, Any], knowledge: Knowledge
) -> None:
    ids = [entry["id"] for entry in course["diary"]]
    days = [_day(entry["on"]) for entry in course["diary"]]
    assert len(ids) == len(set(ids))
    assert days == sorted(days)
    assert days[0] >= _day(course["case"]["on"])
    for entry in course["diary"]:
        assert set(entry) - {"id", "on", "kind"} <= ENTRY_KEYS[entry["kind"]], entry["id"]
        becomes = entry.get("becomes") or {}
        for part in (entry, becomes):
            assert set(part.get("findings", {})) <= set(knowledge.findings), entry["id"]
            assert set(part.get("signs", {})) <= set(knowledge.findings), entry["id"]
            for item in part.get("items", ()):
                assert set(item) <= ITEM_KEYS, entry["id"]
                assert item["exercise"] in knowledge.exercises, entry["id"]
                assert item["done"] or item["skipped"], entry["id"]
        if entry["kind"] == "correction":
            assert entry["of"] in ids[: ids.index(entry["id"])]


def test_check_ins_tell_only_what_somebody_is_asked(course: dict[str, Any], knowledge: Knowledge) -> None:
    asked = {id_ for entry in knowledge.check_ins for id_ in entry.findings}
    asked |= {criterion.finding for criterion in knowledge.criteria.values() if criterion.finding}

    for entry in course["diary"]:
        assert set(entry.get("findings", {})) <= asked, entry["id"]


def test_a_sign_after_a_session_is_one_of_the_pain_rules(
    course: dict[str, Any], knowledge: Knowledge
) -> None:
    red = {sign for rule in knowledge.pain_rules for sign in rule.red_signs}

    for entry in course["diary"]:
        assert set(entry.get("signs", {})) <= red, entry["id"]


def test_expectations_are_in_order_and_do_not_contradict_themselves(course: dict[str, Any]) -> None:
    days = [_day(entry["on"]) for entry in course["expect"]]
    assert days == sorted(set(days))
    for entry in course["expect"]:
        assert set(entry) <= EXPECTED_KEYS, entry["on"]
        assert entry["says"]
        said, never = entry["changes"], entry.get("never", [])
        assert {_kind(change) for change in (*said, *never)} <= KINDS, entry["on"]
        assert not [change for change in said if change in never], entry["on"]
        assert entry["locked"] or "locked" not in said, entry["on"]
