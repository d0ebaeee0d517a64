"""`kneewise serve` says clearly what is wrong and ends with status 2."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _serve(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kneewise.cli.main", "serve", *more]
    if "--data" not in more:
        command += ["--data", str(folder / "private.sqlite3")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_BROWSER": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = _serve(tmp_path, "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "is in use" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.hazard("H24")
@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])
def test_other_machines_are_refused(tmp_path: Path, host: str) -> None:
    done = _serve(tmp_path, "--host", host, "--port", "8799")
    assert done.returncode == 2
    assert "other machines" in done.stderr


def test_a_file_that_is_no_database_is_said_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("dear diary " * 100)
    done = _serve(tmp_path, "--data", str(file), "--port", "8799")
    assert done.returncode == 2
    assert "cannot be used as the private file" in done.stderr
    assert file.read_text().startswith("dear diary")


def test_a_place_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = _serve(tmp_path, "--data", str(tmp_path / "file" / "below.sqlite3"), "--port", "8799")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    from kneewise.store import place

    file = tmp_path / "deep" / "private.sqlite3"
    place.prepare(file)
    first = place.secret_key(file)
    assert place.secret_key(file) == first
    for made in file.parent.iterdir():
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
