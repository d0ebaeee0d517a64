"""The lock of the foreign clients: a hash for each package, and no address."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "interop"


def test_every_foreign_package_has_a_hash_and_no_address() -> None:
    text = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    lock = json.loads(text)["packages"]
    asked = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert lock.pop("")["dependencies"] == asked
    # What is bundled comes inside a package that has a hash of its own.
    alone = [entry for entry in lock.values() if not entry.get("inBundle")]
    assert len(alone) > 100
    assert all(entry["integrity"].startswith("sha512-") for entry in alone)
    assert "://" not in text
