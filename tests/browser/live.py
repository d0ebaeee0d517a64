"""The real command on a free port, as a person starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.serve_on_a_day import DAYS_VARIABLE

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Calendar:
    """Turns over the days of a server that was started with it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "days"
        self.turn_to(0)

    def turn_to(self, days: int) -> None:
        """So many days have passed since today."""
        self.file.write_text(str(days), encoding="ascii")


@contextmanager
def served(folder: Path, calendar: Calendar | None = None) -> Iterator[str]:
    """`kneewise serve` with a private file in `folder`; gives its address."""
    port = free_port()
    module = "tests.browser.serve_on_a_day" if calendar else "kneewise.cli.main"
    command = [sys.executable, "-m", module, "serve", "--port", str(port)]
    command += ["--data", str(folder / "private.sqlite3")]
    paths = os.pathsep.join(str(path) for path in (ROOT / "src", ROOT))
    environment = {**os.environ, "PYTHONPATH": paths, "NO_BROWSER": "1"}
    if calendar:
        environment[DAYS_VARIABLE] = str(calendar.file)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    log = folder / "server.log"
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, env=environment) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 10):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text(encoding='utf-8')}")
        try:
            with urllib.request.urlopen(f"{address}/api/v1/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not answer: {log.read_text(encoding='utf-8')}")
