"""The hazard log is whole, and the gate that holds it against the tests refuses what it must."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

SAFETY = Path(__file__).parents[2] / "safety"
spec = importlib.util.spec_from_file_location("check_hazards", SAFETY / "check_hazards.py")
assert spec is not None
assert spec.loader is not None
gate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(gate)

TEST = "tests/safety/test_x.py::test_y"


def row(**changes: Any) -> dict[str, Any]:
    controls = [{"id": "C01", "what": "asks", "tests": [TEST]}]
    whole = {"id": "H01", "hazard": "h", "cause": "c", "harm": "x", "severity": "major",
             "likelihood": "remote", "controls": controls, "residual": "r", "open": None}  # fmt: skip
    return {**whole, **changes}


def passed(*hazards: str, outcome: str = "passed") -> dict[str, Any]:
    return {"hazards": list(hazards or ("H01",)), "outcome": outcome}


def test_a_hazard_whose_tests_passed_is_well() -> None:
    assert gate.problems([row()], {TEST: passed()}) == []
    assert gate.problems([row()], {f"{TEST}[a]": passed(), f"{TEST}[b]": passed()}) == []


@pytest.mark.parametrize(
    ("rows", "report", "says"),
    [
        ([row(controls=[])], {TEST: passed()}, "no control"),
        ([row(controls=[{"id": "C01", "what": "w", "tests": []}])], {}, "no test shows"),
        ([row()], {}, "did not run"),
        ([row()], {TEST: passed(outcome="failed")}, "failed"),
        ([row()], {TEST: passed(outcome="skipped")}, "skipped"),
        ([row()], {f"{TEST}[a]": passed(), f"{TEST}[b]": passed(outcome="failed")}, "failed"),
        ([row(), row(id="H02", open="later")], {TEST: passed("H02")}, "not marked for it"),
        ([row()], {TEST: passed(), "tests/z.py::test_z": passed("H99")}, "not in the hazard log"),
        ([row(), row()], {TEST: passed()}, "stands 2 times"),
        ([row(severity="bad")], {TEST: passed()}, "severity must be"),
        ([row(residual="")], {TEST: passed()}, "fill in 'residual'"),
        ([row(colour="red")], {TEST: passed()}, "unknown key"),
        ([row(open="")], {TEST: passed()}, "reason in words"),
    ],
)
def test_the_gate_refuses(rows: list[dict[str, Any]], report: dict[str, Any], says: str) -> None:
    found = gate.problems(rows, report)

    assert len(found) == 1
    assert says in found[0]


def test_an_open_hazard_is_let_through_and_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hazards, report = tmp_path / "h.yaml", tmp_path / "r.json"
    hazards.write_text(json.dumps([row(controls=[], open="the diary is not built yet")]), encoding="utf-8")
    report.write_text("{}", encoding="utf-8")

    assert gate.main(hazards, report) == 0
    assert "open H01 (major): h – the diary is not built yet" in capsys.readouterr().out


def test_without_a_test_run_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate.main(gate.HAZARDS, tmp_path / "nothing.json") == 2
    assert "run `make test` first" in capsys.readouterr().err


def test_the_log_holds_the_starter_hazards_and_every_row_is_whole() -> None:
    rows = gate.read_hazards(gate.HAZARDS)

    assert list(gate._shape(rows)) == []
    assert {f"H{n:02}" for n in range(1, 29)} <= {entry["id"] for entry in rows}


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "h.yaml"
    file.write_text("- id: H01\n  id: H02\n", encoding="utf-8")

    with pytest.raises(gate.Unreadable, match="not valid YAML"):
        gate.read_hazards(file)
