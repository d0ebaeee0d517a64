"""Simulated people follow a programme for twelve weeks: `python -m benchmarks.courses [PEOPLE]`.

Every property of `simulated_courses` is held on every day of every one; the table says how many people of
each kind there were, what became of them, and every break with its seed. The result is kept with commit and
seed; it is written in chunks, so that a run that was stopped goes on where it was. It says nothing about real
people.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import kneewise
from benchmarks.simulated_courses import AGAIN_DAY, CLOT_DAY, KINDS, live, same_again

PEOPLE, CHUNK, REPLAYED = 5_000, 100, 20  # one in so many is also reviewed from the whole diary at once
MOST_TOLD = 40
RESULT = Path(__file__).parent / "results" / "courses.json"
PARTS = Path(__file__).parent / "results" / ".courses"
PLANTED = {"clot_on_day_9": CLOT_DAY, "injured_again_in_week_5": AGAIN_DAY}


def one(seed: int) -> dict[str, Any]:
    """Live one course and keep what the table needs."""
    engine = kneewise.default_engine()
    course = live(seed, engine)
    days = course.days
    planted = PLANTED.get(course.person.kind)
    return {
        "seed": seed,
        "kind": course.person.kind,
        "start": course.person.start,
        "programme": bool(course.programme["week"]),
        "days": len(days),
        "sessions": sum(entry["kind"] == "session" for entry in course.diary),
        "moved_on": days[-1]["phases"] != days[0]["phases"],
        "locked_days": sum(day["locked"] for day in days),
        "locked_when_planted": None if planted is None else days[planted]["locked"],
        "replay_differs": seed % REPLAYED == 0 and not same_again(course, engine),
        "broken": course.broken,
    }


def table(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each kind of person."""
    by_kind: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for row in rows:
        by_kind[row["kind"]].append(row)
    return [
        {
            "kind": kind,
            "people": len(those),
            "with_programme": sum(row["programme"] for row in those),
            "days_followed": sum(row["days"] for row in those),
            "sessions": sum(row["sessions"] for row in those),
            "reached_a_later_phase": sum(row["moved_on"] for row in those),
            "ever_locked": sum(row["locked_days"] > 0 for row in those),
            "locked_the_day_it_was_planted": (
                sum(bool(row["locked_when_planted"]) for row in those) if kind in PLANTED else None
            ),
            "people_with_a_broken_rule": sum(bool(row["broken"]) for row in those),
        }
        for kind, those in by_kind.items()
        if those
    ]


def _lived(people: int, workers: int) -> list[dict[str, Any]]:
    """One row a person; what an earlier run of the same knowledge and code has written is read."""
    folder = PARTS / f"{kneewise.default_engine().knowledge.version}-{_following()}"
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    with ProcessPoolExecutor(workers) as pool:
        for first in range(0, people, CHUNK):
            seeds = range(first, min(first + CHUNK, people))
            file = folder / f"{seeds[0]}-{seeds[-1]}.json"
            if not file.exists():
                file.write_text(json.dumps(list(pool.map(one, seeds, chunksize=5))), encoding="utf-8")
                print(f"{seeds[-1] + 1} of {people} people", file=sys.stderr, flush=True)
            rows += json.loads(file.read_text(encoding="utf-8"))
    return rows


def _following() -> str:
    """What tells one state of the code that builds and follows programmes from another."""
    digest = hashlib.sha256()
    package = Path(kneewise.__file__).parent
    for room in ("plan", "follow", "pathway", "rules"):
        for file in sorted((package / room).glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def run(people: int, workers: int = 2) -> dict[str, Any]:
    """Live them all; the rows of the table and every break."""
    rows = _lived(people, workers)
    breaks = Counter(what.split(": ", 1)[1] for row in rows for what in row["broken"])
    return {
        "people": people,
        "seeds": [0, people - 1],
        "table": table(rows),
        "replayed": sum(row["seed"] % REPLAYED == 0 for row in rows),
        "replay_differs": [row["seed"] for row in rows if row["replay_differs"]],
        "broken": dict(breaks.most_common(MOST_TOLD)),
        "broken_seeds": [row["seed"] for row in rows if row["broken"]][:MOST_TOLD],
    }


def main(people: int = PEOPLE) -> int:
    """Run and write the result."""
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    version = kneewise.default_engine().knowledge.version
    result = {"commit": commit, "knowledge_version": version, **run(people)}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {RESULT.name}: {result['broken'] or 'no rule was broken'}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE))
