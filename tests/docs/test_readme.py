"""The README tells the truth: every command runs, every file it names is there."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kneewise.cli.main import main

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "SAFETY.md", "CHANGELOG.md", "safety/intended-use.md",
         "docs/glossary.md", "docs/adr/README.md", "changelog.d/README.md")  # fmt: skip
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
COMMANDS = [line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines() if line.strip()]


def test_the_tour_shows_the_commands() -> None:
    shown = {command.split()[1] for command in COMMANDS}

    assert {"assess", "plan", "figure", "interview", "evaluate", "knowledge", "schema"} <= shown


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_tour_runs(command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name, *words = shlex.split(command)
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)  # what a command writes does not end up in the project

    ran = CliRunner().invoke(main, words)

    assert name == "kneewise"
    assert ran.exit_code == 0, ran.stderr
    assert ran.stdout or "--to" in words or "check" in words


def test_the_answered_example_has_a_programme() -> None:
    ran = CliRunner().invoke(main, ["plan", str(ROOT / "docs/examples/answered.json")])

    assert ran.exit_code == 0
    assert "Day 1 (about" in ran.stdout
    assert "why:" in ran.stdout


def test_the_followed_example_goes_up_and_then_stops() -> None:
    files = [str(ROOT / "docs/examples/programme.json"), str(ROOT / "docs/examples/diary.jsonl")]
    calm = CliRunner().invoke(main, ["review", *files, "--on", "2026-12-04", "--json"])
    alarm = CliRunner().invoke(main, ["review", *files, "--on", "2026-12-06", "--json"])

    assert "progress" in {change["what"] for change in json.loads(calm.stdout)["changes"]}
    assert json.loads(calm.stdout)["programme"]["week"]
    assert json.loads(alarm.stdout)["programme"]["locked_by"]["since"] == "2026-12-05"


def test_the_python_example_runs_and_runs_again() -> None:
    (code,) = [block for kind, block in BLOCKS if kind == "python"]

    ran = subprocess.run(
        [sys.executable, "-c", code + code], capture_output=True, text=True, cwd=ROOT, check=False
    )

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("screen_incomplete") == 2


@pytest.mark.parametrize("page", PAGES)
def test_every_file_a_page_links_to_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)", text)

    missing = [link for link in links if "://" not in link and not _target(page, link).exists()]
    assert missing == []


def _target(page: str, link: str) -> Path:
    return (ROOT / page).parent / link.partition("#")[0]


@pytest.mark.parametrize("fragment", sorted((ROOT / "changelog.d").glob("*.md")), ids=lambda path: path.name)
def test_a_changelog_fragment_names_its_type(fragment: Path) -> None:
    if fragment.name != "README.md":
        assert fragment.name.split("-")[0] in ("advice", "contract", "feature", "fix", "technical")
        assert fragment.read_text(encoding="utf-8").strip()
