"""The commands as a person or a script runs them: data out, talk on standard error, honest exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kneewise.knowledge.load import CONTENT

CASE = {
    "id": "a",
    "person": {"age": 45},
    "text": "my calf is swollen and warm since a long flight, no injury",
}


def kneewise(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "NO_COLOR": "1", "NO_BROWSER": "1"}
    command = [sys.executable, "-m", "kneewise.cli.main", *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, check=False, env=environment, timeout=120
    )


def test_a_case_on_standard_input_gives_one_json_document() -> None:
    done = kneewise("assess", "-", "--json", given=json.dumps(CASE).encode())

    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert result["id"] == "a"
    assert result["care_level"] == "same_day"
    assert result["red_flags"][0]["id"] == "deep_vein_thrombosis_screen"


def test_a_file_of_json_lines_gives_a_line_each_in_order(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(json.dumps({**CASE, "id": name}) for name in "abc") + "\n", encoding="utf-8")

    done = kneewise("assess", str(file), "--json")

    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "b", "c"]


def test_without_json_the_first_line_says_what_to_do() -> None:
    done = kneewise("assess", "--text", CASE["text"], "--age", "45")

    first = done.stdout.decode().splitlines()[0]
    assert "today" in first.lower()
    assert "No clinician has reviewed" in done.stdout.decode()


@pytest.mark.hazard("H12")
def test_in_an_emergency_no_causes_are_shown() -> None:
    done = kneewise(
        "assess", "--text", "back pain, numb between my legs and I can't pass urine since this morning"
    )

    words = done.stdout.decode()
    assert "emergency" in words.splitlines()[0].lower()
    assert "What it could be" not in words


WRONG_INPUT: list[tuple[bytes, str]] = [
    (b"", "empty"),
    (b"{", "not JSON"),
    (b"\xff\xfe\x00binary\x00", "not text"),
    (bytes(range(256)), "not text"),
    (b'{"txt": "pain"}', "unknown key 'txt'"),
    (b'{"person": {"age": 400}}', "from 0 to 120"),
    (b'{"evidence": [{"id": "calf_sweling", "state": "present"}]}', "Did you mean 'calf_swelling'"),
    (b'{"text": "a", "text": "b"}', "there twice"),
    (b'{"person": {"age": NaN}}', "not a number"),
    (json.dumps({"text": "a" * 2_000_000}).encode(), "under 100,000"),
    (b"[" * 100_000, "nested too deeply"),
    (b'"pain"', "object"),
    (b"[]", "object"),
]


@pytest.mark.parametrize(("given", "told"), WRONG_INPUT, ids=[told for _, told in WRONG_INPUT])
def test_wrong_input_ends_in_one_clear_message_and_status_2(given: bytes, told: str) -> None:
    done = kneewise("assess", "-", "--json", given=given)

    message = done.stderr.decode().strip()
    assert done.returncode == 2
    assert told in message
    assert len(message.splitlines()) == 1
    assert "Traceback" not in message
    assert done.stdout == b""


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess", "no-such-file.json"),
        ("assess",),
        ("assess", "--text", "x", "--age", "400"),
        ("assess", "--text", "x", "--sex", "f"),
        ("figure", "no_such_exercise"),
        ("schema", "no_such_contract"),
        ("knowledge", "show", "no_such_kind"),
        ("knowledge", "show", "conditions", "no_such_cause"),
        ("knowledge", "check", "no-such-folder"),
        ("evaluate", "no-such-file.jsonl"),
        ("plan", "--text", "x", "--preferences", "no-such-file.json"),
    ],
)
def test_a_wrong_command_line_is_refused_with_status_2(arguments: tuple[str, ...]) -> None:
    done = kneewise(*arguments)

    assert done.returncode == 2
    assert done.stderr.strip()
    assert b"Traceback" not in done.stderr


def test_a_broken_content_file_is_named_with_the_path_inside_it(tmp_path: Path) -> None:
    broken = tmp_path / "conditions"
    broken.mkdir()
    text = (CONTENT / "conditions" / "sciatica.yaml").read_text(encoding="utf-8")
    (broken / "sciatica.yaml").write_text(
        text.replace("harmless: true", "harmless: perhaps"), encoding="utf-8"
    )
    (broken / "twice.yaml").write_text("id: a\nid: b\n", encoding="utf-8")

    done = kneewise("knowledge", "check", str(tmp_path))

    lines = done.stdout.decode().splitlines()
    assert done.returncode == 2
    assert any(line.startswith("conditions/sciatica.yaml:harmless:") for line in lines)
    assert any(line.startswith("conditions/twice.yaml:line 2") for line in lines)


def test_the_content_that_ships_has_no_problem() -> None:
    done = kneewise("knowledge", "check")

    assert done.returncode == 0
    assert done.stdout == b""


@pytest.mark.parametrize("name", ["case", "assessment", "preferences", "programme"])
def test_a_contract_prints_its_json_schema(name: str) -> None:
    schema = json.loads(kneewise("schema", name).stdout)

    assert schema["$schema"].endswith("2020-12/schema")


def test_a_figure_is_a_picture_of_its_own() -> None:
    done = kneewise("figure", "glute_bridge")

    assert done.stdout.startswith(b"<svg")
    assert b"<title" in done.stdout


def test_help_names_every_command() -> None:
    words = kneewise("--help").stdout.decode()

    for command in (
        "ask",
        "assess",
        "interview",
        "evaluate",
        "plan",
        "figure",
        "schema",
        "knowledge",
        "serve",
    ):
        assert command in words


@pytest.mark.parametrize(
    ("text", "says"),
    [("I want to kill myself", b"116 123"), ("my shoulder aches", b"shoulder"), ("I have a cough", b"GP")],
)
def test_a_complaint_about_something_else_is_told_first(text: str, says: bytes) -> None:
    done = kneewise("assess", "--text", text)

    first, *_ = done.stdout.split(b"\n\n")
    assert done.returncode == 0
    assert says in first


def test_a_diary_begins_empty(tmp_path: Path) -> None:
    programme, diary = tmp_path / "programme.json", tmp_path / "diary.jsonl"
    made = kneewise("plan", "--text", "stiff behind the knees after sitting all day", "--json")
    programme.write_bytes(made.stdout)
    diary.write_text("", encoding="utf-8")

    done = kneewise("review", str(programme), str(diary), "--on", "2026-11-20", "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["sessions"]["done"] == []
