"""The sample pages in docs/how-to/print.md, printed from the examples.

python docs/printed.py
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import kneewise
from kneewise.exchange import paper
from kneewise.pathway.plan import plan
from kneewise.pathway.review import review_programme
from kneewise.plan import parse_preferences

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES, IMAGES = ROOT / "docs" / "examples", ROOT / "docs" / "images"
ON, VISIT = date(2026, 11, 21), date(2026, 12, 20)
SMALL, READABLE = 40, 54  # dots an inch
QUESTION = "Can I run again in spring, and do I need a scan?"


def main() -> int:
    """Write them."""
    engine = kneewise.default_engine()
    case = json.loads((EXAMPLES / "answered.json").read_text(encoding="utf-8"))
    made = plan(engine.look(engine.parse(case)), parse_preferences(None, engine.knowledge), engine)
    followed = json.loads((EXAMPLES / "programme.json").read_text(encoding="utf-8"))
    diary = [json.loads(line) for line in (EXAMPLES / "diary.jsonl").read_text("utf-8").splitlines()]
    review = review_programme(followed, diary, VISIT.isoformat(), engine)
    page = paper.appointment_paper(case, engine, on=ON, question=QUESTION)
    programme = paper.programme_paper(made, engine, on=ON).pictures(SMALL)
    pictures = {
        "appointment": page.pictures(READABLE)[0],
        "programme": programme[0],
        "chart": programme[-1],
        "report": paper.progress_paper(review, engine, on=VISIT).pictures(SMALL)[0],
    }
    for name, png in pictures.items():
        (IMAGES / f"printed-{name}.png").write_bytes(png)
    return 0


if __name__ == "__main__":
    sys.exit(main())
