"""`make campaign`, part two: programmes for 20,000 drawn people, each held against every rule of a programme.

Written in chunks, so that a run that was stopped goes on where it was: `python -m benchmarks.programmes`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.plan.people import person
from tests.plan.programme_rules import broken

from kneewise import default_engine
from kneewise.pathway import Engine
from kneewise.plan import build

PEOPLE, FIRST_SEED, CHUNK = 20_000, 1_000_000, 250
RESULT = Path(__file__).parent / "results" / "programmes.json"
PARTS = Path(__file__).parent / "results" / ".programmes"
MOST_SHOWN = 50

Json = dict[str, Any]


def _commit() -> str:
    told = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return told.stdout.strip()


def chunk(engine: Engine, first: int, people: int) -> Json:
    """Counts and violations of the people of some seeds."""
    counts: Counter[str] = Counter()
    relaxed: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    violations: list[Json] = []
    for seed in range(first, first + people):
        drawn = person(engine, seed)
        if drawn is None:
            counts["drawn in contradiction to itself"] += 1
            continue
        programme = build(drawn.situation, drawn.preferences, engine.knowledge, drawn.standing)
        counts["people"] += 1
        counts[f"gate {drawn.situation.gate}"] += 1
        counts["programmes" if programme.chosen else "no programme"] += 1
        counts["in a later week"] += bool(drawn.standing.phases)
        counts["exercises"] += len(programme.chosen)
        counts["with something to ask first"] += bool(programme.ask_first)
        relaxed.update({entry.partition(":")[0] for entry in programme.relaxed})
        refused.update(code.partition(":")[0] for one in programme.not_given for code in one.because)
        violations += [
            {"seed": seed, "rule": rule, "what": what}
            for rule, what in broken(drawn, programme, engine.knowledge)
        ]
    return {"counts": counts, "relaxed": relaxed, "refused": refused, "violations": violations}


def _parts(engine: Engine, people: int) -> list[Json]:
    """All chunks; those that an earlier run of the same knowledge has written are read."""
    folder = PARTS / engine.knowledge.version
    folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for first in range(FIRST_SEED, FIRST_SEED + people, CHUNK):
        file = folder / f"{first}.json"
        if not file.exists():
            file.write_text(json.dumps(chunk(engine, first, CHUNK)), encoding="utf-8")
            print(f"{first - FIRST_SEED + CHUNK} of {people} people", file=sys.stderr)
        parts.append(json.loads(file.read_text(encoding="utf-8")))
    return parts


def main(people: int = PEOPLE) -> int:
    """Run and write the result; 1 if any programme breaks a rule."""
    engine = default_engine()
    parts = _parts(engine, people)
    total: dict[str, Counter[str]] = {}
    for key in ("counts", "relaxed", "refused"):
        total[key] = Counter()
        for part in parts:
            total[key].update(part[key])
    violations = [row for part in parts for row in part["violations"]]
    result = {
        "commit": _commit(),
        "knowledge_version": engine.knowledge.version,
        "first_seed": FIRST_SEED,
        "people_asked_for": people,
        **{key: dict(sorted(counts.items())) for key, counts in total.items()},
        "violations": len(violations),
        "by_rule": dict(Counter(row["rule"] for row in violations)),
        "shown": violations[:MOST_SHOWN],
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE))
