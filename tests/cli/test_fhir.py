"""`kneewise export fhir` and `kneewise import` as a person or a script runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fhir.resources.R4B.bundle import Bundle

from kneewise.cli.main import main
from tests.cli.test_commands import kneewise

EXAMPLE = Path("docs/examples/record.json")
EXPORTED = Path("docs/examples/record.fhir.json")


def test_the_example_is_what_the_command_writes(tmp_path: Path) -> None:
    target = tmp_path / "bundle.json"
    done = kneewise("export", "fhir", str(EXAMPLE), "--document", "-o", str(target))
    assert done.returncode == 0, done.stderr
    assert target.stat().st_mode & 0o077 == 0  # nobody else may read it
    assert target.read_bytes() == EXPORTED.read_bytes()  # else: export it again
    Bundle.model_validate_json(EXPORTED.read_bytes())


def test_what_was_exported_is_imported_as_the_same_evidence() -> None:
    done = kneewise("import", str(EXPORTED), "--on", "2026-11-21", "--json")
    got: dict[str, Any] = json.loads(done.stdout)
    told = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert [one["id"] for one in got["case"]["evidence"]] == [one["id"] for one in told["evidence"]]
    assert got["case"]["text"] == told["text"]
    assert {one["why"] for one in got["not_taken"]} == {"made_by_a_program"}


def test_a_programme_with_its_diary_goes_out_reviewed(tmp_path: Path) -> None:
    programme = tmp_path / "programme.json"
    programme.write_bytes(kneewise("plan", "docs/examples/answered.json", "--json").stdout)
    before_the_alarm = tmp_path / "diary.jsonl"
    lines = Path("docs/examples/diary.jsonl").read_text(encoding="utf-8").splitlines()
    before_the_alarm.write_text("\n".join(lines[:-1]), encoding="utf-8")
    done = kneewise("export", "fhir", str(programme), str(before_the_alarm), "--transaction")
    bundle = json.loads(done.stdout)
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert {"CarePlan", "Goal", "Procedure", "ServiceRequest"} <= set(kinds)
    assert bundle["entry"][0]["request"]["method"] == "PUT"


@pytest.mark.hazard("H14")
def test_an_alarm_in_the_diary_takes_the_exercises_out(tmp_path: Path) -> None:
    programme = tmp_path / "programme.json"
    programme.write_bytes(kneewise("plan", "docs/examples/answered.json", "--json").stdout)
    bundle = json.loads(kneewise("export", "fhir", str(programme), "docs/examples/diary.jsonl").stdout)
    made = [entry["resource"] for entry in bundle["entry"]]
    assert [one["status"] for one in made if one["resourceType"] == "CarePlan"] == ["on-hold"]
    assert not any(one["resourceType"] == "ServiceRequest" for one in made)


def test_import_says_on_standard_error_what_was_not_taken_over() -> None:
    thing = {"resourceType": "Observation", "status": "final", "code": {"text": "Hair colour"}}
    done = kneewise("import", "-", given=json.dumps(thing).encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["evidence"] == []
    assert "not taken over: Hair colour" in done.stderr.decode()


def test_what_is_wrong_ends_with_2_and_says_how_to_mend_it(tmp_path: Path) -> None:
    for arguments, given, says in (
        (("import", "-"), b"{", "Check quotes"),
        (("import", "-", "--on", "tomorrow"), b"{}", "2026-11-20"),
        (("import", str(tmp_path / "none.json")), b"", "Check the name"),
        (("export", "fhir", "-"), b'{"text": "knee pain"}', "--on"),
        (("export", "fhir", "-"), b"[]", "must be an object"),
        (("export", "fhir", "-"), b'{"week": []}', "kneewise plan --json"),
    ):
        done = CliRunner().invoke(main, arguments, input=given)
        assert done.exit_code == 2, (arguments, done.output)
        assert says in done.stderr
        assert done.stdout == ""
