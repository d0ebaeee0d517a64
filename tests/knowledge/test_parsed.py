"""Content that was read before is looked up: the same facts, and never those of an older file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kneewise.knowledge import load as loading
from kneewise.knowledge.parsed import Parsed


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "kneewise"


def _content(tmp_path: Path) -> Path:
    root = tmp_path / "content"
    for path in sorted(loading.CONTENT.glob("red_flags/*.yaml"))[:3]:
        (root / "red_flags").mkdir(parents=True, exist_ok=True)
        (root / "red_flags" / path.name).write_bytes(path.read_bytes())
    return root


def test_what_is_looked_up_is_what_was_read(cache: Path, tmp_path: Path) -> None:
    root = _content(tmp_path)
    first = loading.load(root)
    (kept,) = cache.iterdir()
    second = loading.load(root)

    assert first.files
    assert second == first
    assert kept.stat().st_size > 0


def test_a_changed_file_is_read_anew(cache: Path, tmp_path: Path) -> None:
    root = _content(tmp_path)
    loading.load(root)
    changed = next(iter(sorted((root / "red_flags").iterdir())))
    changed.write_text(changed.read_text(encoding="utf-8") + "\nno_such_key: 1\n", encoding="utf-8")

    problems = loading.load(root).problems

    assert [(p.file, p.path) for p in problems] == [(f"red_flags/{changed.name}", "no_such_key")]


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"\x81\xa1a\xa1b"])
def test_a_broken_cache_changes_nothing(cache: Path, tmp_path: Path, rubbish: bytes) -> None:
    root = _content(tmp_path)
    first = loading.load(root)
    (kept,) = cache.iterdir()
    kept.write_bytes(rubbish)

    assert loading.load(root) == first


def test_a_cache_that_cannot_be_written_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert loading.load(_content(tmp_path)).problems == []


def test_what_would_come_back_as_something_else_is_read_each_time(tmp_path: Path) -> None:
    parsed = Parsed(tmp_path)
    parsed.put(b"a", {"x": [1, 2.5, None, True, "3:20"]})
    parsed.put(b"b", {"on": date(2026, 11, 21)})
    parsed.keep()

    again = Parsed(tmp_path)
    assert again.get(b"a") == {"x": [1, 2.5, None, True, "3:20"]}
    assert again.get(b"b") is None
