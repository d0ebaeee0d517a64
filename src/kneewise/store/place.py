"""Where the private file is, and that only its owner can read it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

DATA_FILE_VARIABLE = "KNEEWISE_DATA_FILE"
FILE_NAME = "kneewise.sqlite3"
OWNER_ONLY = 0o600
OWNER_ONLY_FOLDER = 0o700

# Every acknowledged write is on the disk; what is deleted is overwritten.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;PRAGMA busy_timeout=5000;"
)


class PlaceUnusable(RuntimeError):
    """The private file cannot be used. Says what, where, why, and how to mend it."""


def default_data_file() -> Path:
    """The file in the person's own data folder."""
    base = os.environ.get("XDG_DATA_HOME") or ""
    folder = Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share"
    return folder / "kneewise" / FILE_NAME


def data_file() -> Path:
    """The private file: what the environment names, else the default."""
    named = os.environ.get(DATA_FILE_VARIABLE)
    return Path(named).expanduser() if named else default_data_file()


def _create(path: Path, content: bytes) -> None:
    """Create a file that only its owner can read, unless it is there already."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def prepare(path: Path) -> None:
    """Make the folder and the file, readable by their owner only. Raises `PlaceUnusable`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
        _create(path, b"")
        path.chmod(OWNER_ONLY)
        with path.open("r+b"):
            pass
    except OSError as error:
        raise PlaceUnusable(
            f"{path} cannot be written ({error.strerror or error}). "
            "Name another file with --data, or mend its permissions."
        ) from None


def secret_key(beside: Path) -> str:
    """The key that signs cookies: made once, kept beside the private file. Raises `PlaceUnusable`."""
    return kept_secret(beside.with_name(beside.name + ".key"))


def kept_secret(path: Path) -> str:
    """A random secret in a file of its owner: made once, then read. Raises `PlaceUnusable`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
        _create(path, secrets.token_urlsafe(48).encode())
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise PlaceUnusable(
            f"{path} cannot be read or written ({error}). Name another file with --data, or delete it."
        ) from None
    if len(key) < 40:
        raise PlaceUnusable(
            f"{path} is too short to be a key. Delete it: a new one is made at the next start."
        )
    return key
