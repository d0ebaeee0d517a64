"""`kneewise plan` as a person reads it, and its swaps."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kneewise.knowledge.types import Knowledge
from tests.cli.test_commands import kneewise


@pytest.fixture
def case(tmp_path: Path, knowledge: Knowledge) -> Path:
    """Kneecap pain for six weeks, nothing dangerous."""
    screen = [finding for page in knowledge.pages if page.screen for finding in page.findings]
    file = tmp_path / "case.json"
    told: dict[str, Any] = {
        "person": {"age": 35, "sex": "female"},
        "side": "left",
        "text": "pain around the kneecap on stairs for 6 weeks. pain 4 out of 10",
        "evidence": [{"id": finding, "state": "absent"} for finding in screen],
    }
    file.write_text(json.dumps(told), encoding="utf-8")
    return file


def exercises(out: bytes) -> list[str]:
    week = json.loads(out)["week"]
    return list(dict.fromkeys(item["exercise"] for day in week for item in day["items"]))


def test_the_plan_says_what_when_why_and_what_is_left_out(case: Path) -> None:
    done = kneewise("plan", str(case))
    text = done.stdout.decode()
    assert done.returncode == 0
    assert re.search(r"– \d+ minutes, (days \d|every day)", text)
    assert not re.search(r"\b[1-9]\d{2,} s", text)
    assert "why: It is there to" in text
    assert re.search(r"Step \d+ of \d+", text)
    assert re.search(r"Day 1 \(about \d+ min\)", text)
    assert "What you do not get, and why" in text
    assert "No clinician has reviewed" in text


def test_a_swap_is_listed_made_and_refused_kindly(case: Path) -> None:
    before = exercises(kneewise("plan", str(case), "--json").stdout)
    found: dict[str, list[str]] = {}
    for old in before:
        listed = json.loads(kneewise("plan", str(case), "--swap", old, "--json").stdout)
        assert listed["exercise"] == old
        found[old] = [one["exercise"] for one in listed["instead"]]
    old = next(old for old in before if found[old])
    new = found[old][0]
    assert new in kneewise("plan", str(case), "--swap", old).stdout.decode()

    after = exercises(kneewise("plan", str(case), "--swap", f"{old}={new}", "--json").stdout)
    assert new in after
    assert old not in after

    refused = kneewise("plan", str(case), "--swap", f"{old}=sprint_prog")
    assert refused.returncode == 2
    assert refused.stdout == b""
    assert new in refused.stderr.decode()


@pytest.mark.parametrize(
    "swap", ["no_such", "no_such=squat", "squat=no_such", "nordic", "=", "nordic=glider"]
)
def test_a_swap_of_what_is_not_there_is_wrong_input(case: Path, swap: str) -> None:
    done = kneewise("plan", str(case), "--swap", swap)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_clinicians_order_shows_with_its_reason_and_its_warning(case: Path, tmp_path: Path) -> None:
    orders = [
        {"by": "physiotherapist", "reason": "felt best in the clinic", "pin": ["wall_sit"]},
        {"by": "doctor", "reason": "wants to sprint", "pin": ["sprint_prog"]},
    ]
    file = tmp_path / "wishes.json"
    file.write_text(json.dumps({"clinician": orders}), encoding="utf-8")
    text = kneewise("plan", str(case), "--preferences", str(file)).stdout.decode()
    assert "A clinician asked for it: “felt best in the clinic”" in text
    assert "Warning." in text
