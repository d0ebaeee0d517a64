"""Find a Chromium for the browser tests; with --install, get one if there is none.

Prints the path on standard output. Ends with status 1 and says why when there is no Chromium to be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APT = ("apt-get", "install", "-y", "--no-install-recommends", "chromium")


def _runs(path: str) -> bool:
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _own_of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def find() -> str | None:
    """The path of a Chromium that runs: the one named by CHROMIUM, the system's, or playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if _runs(named) else None
    for name in NAMES:
        path = shutil.which(name)
        if path and _runs(path):
            return path
    own = _own_of_playwright()
    return own if own and _runs(own) else None


def _attempts() -> list[list[str]]:
    own = [sys.executable, "-m", "playwright", "install", "chromium"]
    if not shutil.which("apt-get"):
        return [own]
    if os.geteuid() == 0:
        return [list(APT), ["sh", "-c", "apt-get update && " + " ".join(APT)], own]
    if shutil.which("sudo"):
        return [["sudo", "-n", *APT], own]
    return [own]


def install() -> str | None:
    """Get a Chromium: the system's package, else playwright's own."""
    for command in _attempts():
        print(f"trying: {' '.join(command)}", file=sys.stderr)
        try:
            subprocess.run(command, stdout=sys.stderr, timeout=900, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"that did not work: {error}", file=sys.stderr)
        path = find()
        if path:
            return path
    return None


def main() -> int:
    """Print the path; 1 when there is none."""
    path = find()
    if path is None and os.environ.get("CHROMIUM"):
        print(
            f"CHROMIUM names {os.environ['CHROMIUM']}, which does not run. Mend or unset it.", file=sys.stderr
        )
        return 1
    if path is None and "--install" in sys.argv[1:]:
        path = install()
    if path is None:
        print(
            "There is no Chromium, and none could be installed. Install the package `chromium`, or set the "
            "variable CHROMIUM to the path of a Chromium or Chrome.",
            file=sys.stderr,
        )
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
