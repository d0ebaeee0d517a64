"""A lexicon that cannot work is told by file and path, before anybody types a word."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kneewise.cli.lexicon import lexicon_problems
from kneewise.intake.proof import Fault, LexiconPart, prove
from kneewise.knowledge.load import CONTENT, load

CLASSES = {"body": ("calf", "knee"), "complaint": ("ache",), "site": ("calf",)}


def faults(
    *says: str, denies: tuple[str, ...] = (), not_if: tuple[str, ...] = (), **classes: tuple[str, ...]
) -> list[Fault]:
    return prove(
        [
            LexiconPart(
                "lexicon/en/x.yaml",
                (("found", says, denies, not_if),),
                {**CLASSES, **classes, "used": ("calf",)},
            )
        ]
    )


def told(
    *says: str, denies: tuple[str, ...] = (), not_if: tuple[str, ...] = (), **classes: tuple[str, ...]
) -> list[str]:
    return [
        f"{f.path}: {f.what}"
        for f in faults(*says, "<used> <site> twinge", denies=denies, not_if=not_if, **classes)
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        "red knee",
        "red .. (knee|calf)",
        "[sore] knee",
        "~ gout",
        "{calf} swell",
        "{child} limp",
        "ache @ <site>",
        "thrombo*",
        "=weights",
        "cant walk",
    ],
)
def test_a_sound_pattern_fits_its_own_words(pattern: str) -> None:
    assert told(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(knee", "opens a bracket"),
        ("knee)", "closes a bracket"),
        ("the", "is empty"),
        ("[knee]", "no word that must be there"),
        ("<nothing> knee", "<nothing>"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_told_with_its_place(pattern: str, says: str) -> None:
    (fault,) = faults("red knee", pattern)

    assert (fault.file, fault.path) == ("lexicon/en/x.yaml", "entries/0(found)/says/1")
    assert says in fault.what


@pytest.mark.parametrize("pattern", ["(cant|not) remember", "osteophyte*"])
def test_a_pattern_that_no_text_can_meet_is_told(pattern: str) -> None:
    (line,) = told(pattern)

    assert line.startswith("entries/0(found)/says/0: ")
    assert "fits none of its own wordings" in line


def test_a_pattern_that_is_always_taken_back_is_told() -> None:
    (line,) = told("come and go", not_if=("come and go to",))

    assert line.startswith("entries/0(found)/says/0: ")
    assert "always taken back" in line


def test_a_pattern_there_twice_and_a_class_never_used_are_told() -> None:
    twice, *_ = [line for line in told("red knee", "red  knee") if "twice" in line]
    assert twice.startswith("entries/0(found)/says/1: ")
    assert any(
        "classes/idle: no pattern names the class <idle>" in line
        for line in told("red knee", idle=("a calf",))
    )


def test_bad_patterns_are_told_wherever_they_stand() -> None:
    assert [line.split(":")[0] for line in told("red knee", denies=("(",))] == ["entries/0(found)/denies/0"]
    assert [line.split(":")[0] for line in told("red knee", not_if=(")",))] == ["entries/0(found)/not_if/0"]
    assert [line.split(":")[0] for line in told("red knee", colour=("(blue",))] == ["classes/colour/0"]


def _lexicon_alone(folder: Path) -> Path:
    """The shipped lexicon without the rest of the content, which takes long to read."""
    shutil.copytree(CONTENT / "lexicon", folder / "lexicon")
    return folder


def test_knowledge_check_says_file_and_path_of_a_broken_pattern(tmp_path: Path) -> None:
    file = _lexicon_alone(tmp_path) / "lexicon" / "en" / "timing.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"=worsening"', '"(=worsening"', 1), encoding="utf-8")

    run = subprocess.run(
        [sys.executable, "-m", "kneewise.cli.main", "knowledge", "check", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 2
    (line,) = [line for line in run.stdout.splitlines() if "opens a bracket" in line]
    assert line.startswith("lexicon/en/timing.yaml:entries/")
    assert "(worsening_over_time)/says/" in line


def test_the_shipped_lexicon_is_proven(tmp_path: Path) -> None:
    assert lexicon_problems(load(_lexicon_alone(tmp_path))) == []
