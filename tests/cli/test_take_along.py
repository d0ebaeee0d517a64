"""Everything of one person out of the private file and into it again, and the calendar, from the command line."""

from __future__ import annotations

import json
import secrets
import stat
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import vobject
from click.testing import CliRunner, Result

from kneewise.cli.main import main
from kneewise.exchange.calendar import read_calendar
from tests.exchange.conftest import followed
from tests.exchange.test_archive import _files, _packed
from tests.web.conftest import FOLDER

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PROGRAMME, DIARY = str(EXAMPLES / "programme.json"), str(EXAMPLES / "diary.jsonl")
STATE = ("sitting", "programme", "diary", "course", "calendar")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, as a person would run it in a folder of their own; the private file is that of the run."""
    assert FOLDER
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, words)


@pytest.fixture
def archive(tmp_path: Path, engine: Any) -> Path:
    """An archive of somebody whom nobody has seen yet: mine.zip."""
    from kneewise.exchange.archive import write_archive

    stored, on = followed(0)
    files = _files(write_archive(stored, on, engine))
    for name in ("data/sitting.json", "data/course.json"):
        files[name] = json.dumps(json.loads(files[name]) | {"id": "Z" + secrets.token_urlsafe(24)}).encode()
    path = tmp_path / "mine.zip"
    path.write_bytes(_packed(files))
    return path


def _state(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as opened:
        return {name: json.loads(opened.read(f"data/{name}.json")) for name in STATE}


def _whose(archive: Path) -> tuple[str, str]:
    return ("--person", str(_state(archive)["sitting"]["id"])[:12])


def _changed(archive: Path, name: str, change: Callable[[Any], Any]) -> Path:
    files = _files(archive.read_bytes())
    files[f"data/{name}.json"] = json.dumps(change(json.loads(files[f"data/{name}.json"]))).encode()
    path = archive.with_name("changed.zip")
    path.write_bytes(_packed(files))
    return path


def test_an_archive_goes_in_and_comes_out_the_same_and_nothing_twice(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    first = run("import", "mine.zip", "--name", "Ada of the command line")
    assert first.exit_code == 0, first.stderr
    assert first.stdout == ""
    assert "“Ada of the command line" in first.stderr
    again = run("import", "mine.zip")
    assert "all there already" in again.stderr
    made = run("export", "archive", *_whose(archive), "-o", "again.zip")
    assert made.exit_code == 0, made.stderr
    assert _state(tmp_path / "again.zip") == _state(archive)
    assert stat.S_IMODE((tmp_path / "again.zip").stat().st_mode) == 0o600


def test_what_is_there_with_something_else_is_replaced_only_when_asked(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    assert run("import", "mine.zip").exit_code == 0
    here = len(_state(archive)["diary"])
    _changed(archive, "course", lambda course: course | {"kept": course["kept"][1:3]})
    _changed(tmp_path / "changed.zip", "diary", lambda diary: diary[1:3])
    refused = run("import", "changed.zip")
    assert refused.exit_code == 2
    assert "--replace" in refused.stderr
    assert f"{here} entries here, 2 in the archive" in refused.stderr
    done = run("import", "changed.zip", "--replace")
    assert done.exit_code == 0, done.stderr
    run("export", "archive", *_whose(archive), "-o", "now.zip")
    assert len(_state(tmp_path / "now.zip")["diary"]) == 2


def test_a_calendar_from_files_is_updated_from_the_file_before(run: Run, tmp_path: Path) -> None:
    lines = Path(DIARY).read_text(encoding="utf-8").splitlines()[:9]
    (tmp_path / "diary.jsonl").write_text("\n".join(lines), encoding="utf-8")
    words = ("export", "calendar", PROGRAMME, "diary.jsonl", "--zone", "America/New_York", "--title", "Walk")
    made = run(*words, "--on", "2026-12-01", "-o", "a.ics")
    assert made.exit_code == 0, made.stderr
    later = run(*words, "--on", "2026-12-08", "--at", "06:45", "--update", "a.ics", "-o", "b.ics")
    assert later.exit_code == 0, later.stderr
    before, after = (read_calendar((tmp_path / name).read_bytes()) for name in ("a.ics", "b.ics"))
    assert before
    numbers = {one.uid: one.sequence for one in after}
    assert all(numbers[one.uid] == one.sequence + (one.on >= date(2026, 12, 8)) for one in before)
    events = vobject.readOne((tmp_path / "b.ics").read_text(encoding="utf-8")).vevent_list
    assert {event.summary.value for event in events} == {"Walk"}
    # The whole diary ends in an alarm: everything ahead goes.
    stopped = run(
        "export", "calendar", PROGRAMME, DIARY, "--zone", "UTC", "--on", "2026-12-08", "--update", "b.ics"
    )
    told = vobject.readOne(stopped.stdout).vevent_list
    ahead = [event for event in told if event.dtstart.value.date() >= date(2026, 12, 8)]
    assert ahead
    assert {event.status.value for event in ahead} == {"CANCELLED"}


def test_the_calendar_of_the_private_file_keeps_count_by_itself(run: Run, archive: Path) -> None:
    assert run("import", "mine.zip").exit_code == 0
    on = ("--on", "2026-01-30", *_whose(archive))
    first = run("export", "calendar", "--zone", "Asia/Kolkata", "--no-reminder", *on)
    assert first.exit_code == 0, first.stderr
    second = run("export", "calendar", "--at", "09:00", *on)
    assert "VALARM" not in second.stdout
    old, new = (
        {
            event.uid.value: int(event.sequence.value)
            for event in vobject.readOne(made.stdout).vevent_list
            if event.status.value == "CONFIRMED"
        }
        for made in (first, second)
    )
    assert len(old) > 4
    assert new == {uid: number + 1 for uid, number in old.items()}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("export", "archive", PROGRAMME, "--data", "x"), "one of the two"),
        (("export", "archive", "--person", "nobody at all"), "no such person"),
        (("export", "archive", DIARY, "-o", "x.zip"), "JSON"),
        (("export", "calendar", PROGRAMME, DIARY), "--zone"),
        (("export", "calendar", PROGRAMME, DIARY, "--zone", "Nowhere/City"), "no time zone"),
        (("export", "calendar", PROGRAMME, DIARY, "--zone", "UTC", "--on", "soon"), "not a date"),
        (("export", "calendar", PROGRAMME, DIARY, "--zone", "UTC", "--update", PROGRAMME), "calendar"),
        (("import", "nothing.zip"), "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_exit_status_2(
    run: Run, archive: Path, words: tuple[str, ...], told: str
) -> None:
    run("import", "mine.zip")
    refused = run(*words)
    assert refused.exit_code == 2, refused.stderr
    assert told in refused.stderr


def test_a_private_file_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kneewise.cli.private_file import open_private_file
    from kneewise.evidence import BadCase

    monkeypatch.setenv("KNEEWISE_DATA_FILE", str(tmp_path / "gone.sqlite3"))
    with pytest.raises(BadCase, match="no such private file"):
        open_private_file(None, may_be_new=False)
