"""The regression stories as scripted cases: what was told (written blind) with its answers in our findings.

`python -m benchmarks.regression_stories > stories.jsonl` writes them for `kneewise evaluate`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "tests" / "cases" / "regression"


def stories() -> list[dict[str, Any]]:
    """Every story with `answers` by finding id; what a story does not answer is unremarkable."""
    answers = json.loads((FOLDER / "answers.json").read_text(encoding="utf-8"))
    told = [
        json.loads(line)
        for file in sorted((FOLDER / "told").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    return [
        story
        | {
            "answers": answers[story["id"]],
            "otherwise": "unremarkable",
            "group": story["kind"],
            "diagnosis": [story["diagnosis"]],
        }
        for story in told
    ]


if __name__ == "__main__":
    for story in stories():
        sys.stdout.write(json.dumps(story, ensure_ascii=False) + "\n")
