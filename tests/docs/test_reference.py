"""docs/reference says what the knowledge says now."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from kneewise.knowledge.types import Knowledge

DOCS = Path(__file__).parents[2] / "docs"
spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
assert spec is not None
assert spec.loader is not None
build = importlib.util.module_from_spec(spec)
spec.loader.exec_module(build)


@pytest.mark.parametrize("name", sorted(build.PAGES))
def test_a_generated_page_is_fresh(name: str, knowledge: Knowledge) -> None:
    written = (DOCS / "reference" / name).read_text(encoding="utf-8")

    assert written == build.PAGES[name](knowledge), f"docs/reference/{name} is stale: run `make docs`"
