"""`kneewise export appointment|letter|programme|progress`: a PDF out, talk on standard error, kind refusals."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from tests.cli.test_commands import kneewise

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
ANSWERED, PROGRAMME, DIARY = (
    str(EXAMPLES / name) for name in ("answered.json", "programme.json", "diary.jsonl")
)


def text_of(pdf: bytes) -> str:
    """The text of a PDF."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_page_for_the_appointment_goes_to_a_file_with_the_question(tmp_path: Path) -> None:
    target = tmp_path / "page.pdf"
    done = kneewise("export", "appointment", ANSWERED, "--question", "Do I need a scan?", "-o", str(target))
    assert done.returncode == 0, done.stderr
    assert done.stdout == b""
    assert f"wrote {target}".encode() in done.stderr
    assert "Do I need a scan?" in text_of(target.read_bytes())


def test_a_plan_is_printed_through_a_pipe() -> None:
    plan = kneewise("plan", ANSWERED, "--json").stdout
    done = kneewise("export", "programme", "-", "--on", "2026-11-21", "--large-print", given=plan)
    assert done.returncode == 0, done.stderr
    assert "My week" in text_of(done.stdout)


def test_the_report_and_the_letter_know_the_diary() -> None:
    report = kneewise("export", "progress", PROGRAMME, DIARY, "--on", "2026-12-20")
    assert "How it goes: report for a visit" in text_of(report.stdout)
    letter = kneewise("export", "letter", PROGRAMME, DIARY, "--on", "2026-12-20")
    assert "Yes: swelling of the calf" in text_of(letter.stdout)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("programme", ANSWERED), "kneewise plan --json"),
        (("progress", PROGRAMME), "a report needs the diary too"),
        (("letter", ANSWERED, DIARY), "a diary goes with a programme"),
        (("letter", ANSWERED, "--diagnosis", "knee"), "there is no cause 'knee'"),
        (("appointment", ANSWERED, "--question", "why? " * 200), "Keep it under 600"),
        (("letter", ANSWERED, "--on", "tomorrow"), "'tomorrow' is not a date"),
        (("letter", ANSWERED, "-o", "/nowhere/x.pdf"), "cannot be written"),
    ],
)
def test_what_cannot_be_printed_is_said_kindly(arguments: tuple[str, ...], told: str) -> None:
    done = kneewise("export", *arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert told in done.stderr.decode()
