"""docs/how-to/print.md says what the program does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kneewise.cli.paper import PAPERS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "how-to" / "print.md").read_text(encoding="utf-8")


def test_every_command_of_the_page_is_there_and_every_page_has_its_command() -> None:
    named = set(re.findall(r"kneewise export (\w+)", PAGE))
    assert named == {str(command.name) for command in PAPERS}


def test_the_example_in_python_runs() -> None:
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert code
    names: dict[str, Any] = {}
    exec(code[1], names)
    assert names["pdf"].startswith(b"%PDF-")


def test_the_pictures_of_the_page_are_there_and_small() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", PAGE)
    assert pictures
    assert all((DOCS / "how-to" / picture).stat().st_size < 200_000 for picture in pictures)
