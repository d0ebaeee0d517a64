"""Finding-level precision, recall and danger recall of own words, one JSON object a line for each part.

`python benchmarks/intake_quality.py [--details]`; details go to standard error. `held_back` texts were
written before the lexicon and it was never tuned on them.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

from ruamel.yaml import YAML

from kneewise.intake import Reader, Reading, read
from kneewise.knowledge import schema
from kneewise.knowledge.load import load

LABELS = Path(__file__).parents[1] / "tests" / "intake" / "labelled.yaml"
QUANTITIES = ("duration_days", "pain_score_0_to_10")


def lexicon() -> tuple[Reader, set[str]]:
    """The reader of the project's lexicon, and the findings that screen for danger."""
    files = load().files.values()
    entries, classes, danger = [], {}, set()
    for file in files:
        if isinstance(file, schema.LexiconFile):
            classes.update(file.classes)
            entries += [(e.finding, e.says, e.denies, e.not_if) for e in file.entries]
        elif isinstance(file, schema.FindingFile):
            danger |= {f.id for f in file.findings if f.screens == "danger"}
    return Reader(entries, classes), danger


def compare(label: dict[str, Any], reading: Reading, danger: set[str]) -> Counter[str]:
    """Right, wrong and missed findings of one text; a `maybe` counts neither way."""
    count: Counter[str] = Counter()
    said = {m.finding: m.state for m in reading.mentions if m.value is None}
    wanted = dict.fromkeys(label.get("present", ()), "present") | dict.fromkeys(
        label.get("absent", ()), "absent"
    )
    either = set(label.get("maybe", ()))
    for finding, state in said.items():
        if wanted.get(finding) == state:
            count["right"] += 1
            count["right_present"] += state == "present"
        elif finding in wanted or (finding not in either and state == "present"):
            count["wrong"] += 1
            count[f"+{finding}"] += 1
        elif finding not in either:
            # a denial that nobody labelled: right or wrong can only be told for what is present
            count["unlabelled_denials"] += 1
    for finding, state in wanted.items():
        if said.get(finding) != state:
            count["missed"] += 1
            count[f"-{finding}"] += 1
        if finding in danger and state == "present":
            count["danger"] += 1
            count["danger_right"] += said.get(finding) == "present"
    values = {m.finding: m.value for m in reading.mentions if m.value is not None}
    for name, value in (label.get("values") or {}).items():
        count["values"] += 1
        got = values.get(name)
        close = got is not None and abs(got - value) <= max(1.0, 0.25 * value)
        count["values_right"] += close
        if not close:
            count[f"={name}:{got}"] += 1
    if "duration_days" in values and "duration_days" not in (label.get("values") or {}):
        count["values_extra"] += 1
    for name in ("side", "age", "sex", "respondent", "out_of_scope"):
        if name in label:
            count["about"] += 1
            fits = getattr(reading, name) == label[name]
            count["about_right"] += fits
            if not fits:
                count[f"={name}:{getattr(reading, name)}"] += 1
    return count


def ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def main() -> None:
    details = "--details" in sys.argv
    reader, danger = lexicon()
    labels = YAML(typ="safe", pure=True).load(LABELS.read_text(encoding="utf-8"))["texts"]
    parts: dict[str, Counter[str]] = {}
    times = []
    for label in labels:
        part = "held_back" if label.get("held_back") else label["part"]
        reading = read(label["text"], reader)
        words = len(label["text"].split())
        if words >= 40:
            best = 1e9
            for _ in range(3):
                started = time.process_time()
                read(label["text"], reader)
                best = min(best, time.process_time() - started)
            times.append((best, words))
        count = compare(label, reading, danger)
        parts.setdefault(part, Counter()).update(count)
        if details and part != "held_back":
            talk = [k for k in count if k[0] in "+-="]
            print(label["id"], *talk, file=sys.stderr)
    for part, count in parts.items():
        print(
            json.dumps(
                {
                    "name": f"intake_{part}",
                    "texts": sum(
                        (("held_back" if t.get("held_back") else t["part"]) == part) for t in labels
                    ),
                    "precision": ratio(count["right"], count["right"] + count["wrong"]),
                    "recall": ratio(count["right"], count["right"] + count["missed"]),
                    "danger_recall": ratio(count["danger_right"], count["danger"]),
                    "danger_findings": count["danger"],
                    "quantities_right": ratio(count["values_right"], count["values"]),
                    "person_right": ratio(count["about_right"], count["about"]),
                    "found": count["right"] + count["wrong"],
                    "labelled": count["right"] + count["missed"],
                }
            )
        )
    print(
        json.dumps(
            {
                "name": "intake_speed",
                "unit": "ms of processor time per 60 words",
                "ours": round(median(1000 * t * 60 / words for t, words in times), 2),
            }
        )
    )


if __name__ == "__main__":
    main()
