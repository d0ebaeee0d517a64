"""Content files as they were parsed last time: reading 500 YAML files takes seconds, looking up none.

A file is known by the hash of its bytes, so an old reading can never stand for a changed file. The cache
holds no fact that the content does not; without it, or where it cannot be read or written, everything works
the same and takes longer.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import ruamel.yaml

FORMAT = "1"
MOST_KEPT = 2_000  # some versions of each file: who corrects content goes back and forth


def folder() -> Path:
    """The person's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or ""
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "kneewise"


class Parsed:
    """Readings by the hash of what was read; `keep` writes them down at the end."""

    def __init__(self, place: Path | None = None) -> None:
        name = f"content-{FORMAT}-{ruamel.yaml.__version__}.msgpack"
        self.file = (place or folder()) / name
        self._known: dict[str, bytes] = {}
        self._new: dict[str, bytes] = {}
        with suppress(OSError, msgspec.DecodeError):
            self._known = msgspec.msgpack.decode(self.file.read_bytes(), type=dict[str, bytes])

    def get(self, read: bytes) -> Any:
        """The mapping that these bytes were, or None."""
        kept = self._known.get(hashlib.sha256(read).hexdigest())
        if kept is None:
            return None
        with suppress(msgspec.DecodeError):
            return msgspec.msgpack.decode(kept)
        return None

    def put(self, read: bytes, data: Any) -> None:
        """Remember what these bytes were, if it comes back the same (a date would come back as text)."""
        with suppress(TypeError, OverflowError, msgspec.MsgspecError):
            kept = msgspec.msgpack.encode(data)
            if msgspec.msgpack.decode(kept) == data:
                self._new[hashlib.sha256(read).hexdigest()] = kept

    def keep(self) -> None:
        """Write down what is new, whole or not at all."""
        if not self._new:
            return
        known = {**self._known, **self._new}
        wanted = dict(list(known.items())[-MOST_KEPT:])
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.file.parent, delete=False) as draft:
                draft.write(msgspec.msgpack.encode(wanted))
            Path(draft.name).replace(self.file)
