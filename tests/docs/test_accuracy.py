"""docs/accuracy.md says what was measured, its limits first, and gives every miss a reason."""

from __future__ import annotations

import json
from pathlib import Path

from docs import accuracy

PAGE = Path(accuracy.__file__).parent / "accuracy.md"


def test_the_page_is_what_the_measured_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == accuracy.page()


def test_the_limits_stand_before_the_results() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert page.index("## Limits first") < page.index("## Results")


def test_every_miss_of_an_interview_has_its_reason() -> None:
    reasons = json.loads((accuracy.MEASURED / "reasons.json").read_text(encoding="utf-8"))
    for run in ("development", "regression"):
        table = json.loads((accuracy.MEASURED / f"{run}-interview.json").read_text(encoding="utf-8"))
        assert [m for m in table["misses"] if not reasons[run].get(f"{m['id']} {m['what']}")] == []


def test_the_pictures_are_there() -> None:
    for run in accuracy.RUNS:
        if run.endswith("interview"):
            for name in ("calibration", "levels"):
                assert (
                    (accuracy.IMAGES / f"accuracy-{run}-{name}.svg")
                    .read_text(encoding="utf-8")
                    .startswith("<svg")
                )
