"""Kill a process while it writes a diary, a thousand times: is each acknowledged entry there, the file whole?

    python -m benchmarks.kills            # a thousand kills, the result into benchmarks/results/kills.json

`make campaign` runs it; `make test` runs a sample (tests/store/test_killed_while_writing.py). One file lives
through all kills of a run, so that each start also recovers from the kill before it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "kills.json"
KILLS, SEED = 1_000, 20261121
MEMORY = Path("/dev/shm")  # a killed process, unlike a lost disk, does not care where the file is
MOST_KEPT = 3  # entries acknowledged before a kill; then part of the time that one takes


@dataclass
class Kills:
    """What came of a run."""

    kills: int = 0
    while_writing: int = 0  # an entry had been begun and not yet acknowledged
    acknowledged: int = 0
    kept: int = 0  # entries in the file at the end: the acknowledged, and some that were not told any more
    lost: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def entry(id_: str) -> dict[str, object]:
    """An entry of the size of a real session."""
    item = {"exercise": "supine_hamstring_stretch", "done": True, "pain_during": 2, "sets": 3, "reps": 10}
    return {"id": id_, "on": "2026-11-21", "kind": "session", "items": [item] * 8, "note": id_}


def write_until_killed(course_id: str, prefix: str, out: int) -> None:
    """The child: add entry after entry through the store, and tell each id once it is acknowledged."""
    from kneewise.store.models import Course

    course = Course.objects.get(pk=course_id)
    number = 0
    while True:
        id_ = f"{prefix}-{number}"
        os.write(out, f"begun {id_}\n".encode())
        course.add(entry(id_))
        os.write(out, f"kept {id_}\n".encode())
        number += 1


def _start_course() -> str:
    from datetime import date

    from kneewise.store.models import Course, Sitting

    programme = {"knowledge_version": "test", "week": []}
    return Course.start(Sitting.objects.create(door="hurts"), programme, date(2026, 11, 21)).pk


def _read_until(reader: int, word: bytes, times: int) -> tuple[bytes, float]:
    """What was told until a word has come some times, and how many seconds the last took."""
    told, start = b"", time.perf_counter()
    while told.count(word) < times:
        before = time.perf_counter()
        more = os.read(reader, 65536)
        if not more:
            raise RuntimeError("the writer ended by itself")
        told, start = told + more, before
    return told, time.perf_counter() - start


def _one_kill(course_id: str, prefix: str, after: int, part: float) -> list[str]:
    """Fork a writer, kill it at a moment while it writes, and return the lines that it told."""
    from django.db import connections

    connections.close_all()  # no connection may be shared over a fork
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            write_until_killed(course_id, prefix, writer)
        finally:
            os._exit(1)
    os.close(writer)
    told, seconds = _read_until(reader, b"kept", after)
    time.sleep(part * seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reader, 65536):
        told += more
    os.close(reader)
    return told.decode().splitlines()


def kill_again_and_again(kills: int, seed: int) -> Kills:
    """Kill writers at seeded moments; after each kill look at the file. Needs Django set up."""
    from django.db import connection

    from kneewise.store.models import DiaryEntry

    dice = random.Random(seed)
    done, course_id = Kills(), _start_course()
    acknowledged: list[str] = []
    for number in range(kills):
        after, part = dice.randint(1, MOST_KEPT), dice.random()
        told_lines = _one_kill(course_id, f"{seed}-{number}", after, part)
        lines = [line.split(" ", 1) for line in told_lines]
        told = [id_ for word, id_ in lines if word == "kept"]
        done.kills += 1
        done.while_writing += bool(lines) and lines[-1][0] == "begun"
        acknowledged += told
        there = dict(
            DiaryEntry.objects.filter(entry_id__startswith=f"{seed}-{number}-").values_list(
                "entry_id", "entry"
            )
        )
        done.lost += [id_ for id_ in told if id_ not in there]
        done.changed += [id_ for id_ in told if id_ in there and there[id_] != entry(id_)]
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check")
            found = cursor.fetchall()
        if found != [("ok",)]:
            done.broken.append(f"{seed}-{number}: {found}"[:200])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        if (found := cursor.fetchall()) != [("ok",)]:
            done.broken.append(f"at the end: {found}"[:200])
    kept = set(DiaryEntry.objects.filter(course_id=course_id).values_list("entry_id", flat=True))
    done.lost += [id_ for id_ in acknowledged if id_ not in kept and id_ not in done.lost]
    done.acknowledged, done.kept = len(acknowledged), len(kept)
    return done


def in_a_process_of_its_own(kills: int, seed: int) -> Kills:
    """The same on a private file of its own; a process without threads, since it forks."""
    fast = str(MEMORY) if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="kneewise-kills-", dir=fast) as folder:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.kills", "--sample", str(kills), str(seed)],
            cwd=ROOT, env={**os.environ, "KNEEWISE_DATA_FILE": str(Path(folder) / "kills.sqlite3")},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the run failed: {done.stderr[-2000:]}")
    return Kills(**json.loads(done.stdout))


def main() -> int:
    """A thousand kills into the result file; `--sample KILLS SEED` prints a smaller run instead."""
    if sys.argv[1:2] == ["--sample"]:
        from kneewise.web.server import prepare

        prepare(None)
        print(json.dumps(asdict(kill_again_and_again(int(sys.argv[2]), int(sys.argv[3])))))
        return 0
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    done = in_a_process_of_its_own(KILLS, SEED)
    RESULT.parent.mkdir(exist_ok=True)
    result = {"commit": commit.stdout.strip(), "seed": SEED, **asdict(done)}
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {RESULT.relative_to(ROOT)}", file=sys.stderr)
    return 1 if done.lost or done.changed or done.broken else 0


if __name__ == "__main__":
    sys.exit(main())
