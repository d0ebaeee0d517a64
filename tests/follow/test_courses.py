"""Diaries a physiotherapist can read (tests/cases/courses), each with what a review must say on which day."""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import kneewise
from kneewise.pathway.interview import final_turn
from kneewise.pathway.plan import plan
from kneewise.pathway.review import review
from kneewise.plan import parse_preferences

FOLDER = Path(__file__).parents[1] / "cases" / "courses"
LEVELS = ("self_care", "routine", "within_days", "same_day", "emergency")


@functools.cache
def _files() -> dict[str, dict[str, Any]]:
    reader = YAML(typ="safe", pure=True)
    return {file.stem: reader.load(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.yaml"))}


@functools.cache
def _programme(name: str) -> dict[str, Any]:
    told = _files()[name]
    engine = kneewise.default_engine()
    turn, _asked = final_turn(told["case"], engine)
    return dict(plan(turn, parse_preferences(told.get("preferences"), engine.knowledge), engine))


def _review(name: str, on: str) -> dict[str, Any]:
    told = _files()[name]
    return dict(review(_programme(name), told["diary"], date.fromisoformat(on), kneewise.default_engine()))


def _kinds(changes: list[dict[str, Any]]) -> set[tuple[str, str]]:
    found = set()
    for change in changes:
        found |= {(change["what"], ""), (change["what"], change.get("exercise", ""))}
    return found


def _wanted(entry: Any) -> tuple[str, str]:
    """(kind, exercise or nothing) of an expectation: a word, {kind, exercise}, or {kind: exercise}."""
    if isinstance(entry, str):
        return entry, ""
    if "kind" in entry:
        return str(entry["kind"]), str(entry.get("exercise", ""))
    ((kind, about),) = entry.items()
    return str(kind), str(about)


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.yaml")))
def test_a_review_says_what_the_physiotherapist_expects(name: str) -> None:
    before = ""
    for expected in _files()[name]["expect"]:
        on = expected["on"]
        got = _review(name, on)
        since = [change for change in got["changes"] if change["on"] > before or not before]
        kinds = _kinds(since)
        told = "\n".join(f"{c['on']} {c['what']} {c['text']}" for c in since)
        for entry in expected.get("changes", []):
            assert _wanted(entry) in kinds, f"{on}: {entry} is missing from\n{told}"
        for entry in expected.get("never", []):
            assert _wanted(entry) not in kinds, f"{on}: {entry} should not be in\n{told}"
        _holds(expected, got, on)
        before = on


def _holds(expected: dict[str, Any], got: dict[str, Any], on: str) -> None:
    if "locked" in expected:
        assert (got["programme"]["locked_by"] is not None) == expected["locked"], on
        assert bool(got["programme"]["week"]) != expected["locked"], on
    if "place" in expected:
        places = expected["place"] if isinstance(expected["place"], list) else [expected["place"]]
        assert got["course"]["place"] in places, (on, got["course"])
    if "care_level_at_least" in expected:
        levels = [alarm["care_level"] for alarm in got["alarms"] if alarm["kind"] == "lock"]
        assert any(LEVELS.index(one) >= LEVELS.index(expected["care_level_at_least"]) for one in levels), (
            on,
            got["alarms"],
        )
    if "corrections" in expected:
        assert len(got["corrections"]) == expected["corrections"], on
    if "phase" in expected:
        _phase(expected["phase"], got, on)
    if "measures" in expected:
        _measures(expected["measures"], got, on)
    if "programme" in expected:
        _changed(expected["programme"], got, on)


def _phase(expected: Any, got: dict[str, Any], on: str) -> None:
    phases = {entry["phase"] for entry in got["programme"]["protocols"]}
    wanted = expected["to"] if isinstance(expected, dict) else expected
    assert wanted in phases, (on, phases)


def _measures(expected: list[dict[str, Any]], got: dict[str, Any], on: str) -> None:
    for wanted in expected:
        found = [
            row
            for row in got["measures"]
            if row["id"] == wanted.get("measure", wanted.get("id")) and row["side"] == wanted.get("side")
        ]
        assert found, (on, wanted, got["measures"])
        assert found[0]["real"] == wanted["real"], (on, found[0])
        if "change" in wanted:
            assert found[0]["change"] == pytest.approx(wanted["change"])


def _changed(expected: dict[str, Any], got: dict[str, Any], on: str) -> None:
    items = {item["exercise"]: item for day in got["programme"]["week"] for item in day["items"]}
    for exercise in expected.get("without", []):
        assert exercise not in items, (on, sorted(items))
    for exercise, dose in expected.get("dose", {}).items():
        for key, value in dose.items():
            assert items[exercise][key] == value, (on, exercise, items[exercise])
