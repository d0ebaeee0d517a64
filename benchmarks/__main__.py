"""`make bench NAME=…`: a JSON object a line, ours and a peer in one run; never fails on a figure."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

LARGEST_POOL_TRIED = 10


def _median_ms(work: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 3)


def _line(name: str, ours: float, peer: float, peer_name: str) -> None:
    row = {"name": name, "unit": "ms", "ours": ours, "peer": peer, "peer_name": peer_name}
    print(json.dumps(row | {"ratio": round(ours / peer, 3)}), flush=True)


def turn() -> None:
    """One turn (evidence to triage, causes, reasons, next question) beside pyAgrum on the same hypotheses."""
    from tests.assess.reference_ranking import chances
    from tests.assess.test_against_pyagrum import by_network

    from kneewise import default_engine

    engine = default_engine()
    # A sitting as people have it: own words, then answers, the evidence growing from turn to turn.
    told = [
        ("duration_days", 30.0, "d"), ("pain_score_0_to_10", 4.0, "{score}"), ("gradual_onset", None, ""),
        ("posterior_knee_pain", None, ""), ("pain_after_prolonged_sitting", None, ""),
    ]  # fmt: skip
    items = [
        {"id": id_, "state": "present"} | ({"value": value, "unit": unit} if value is not None else {})
        for id_, value, unit in told
        if id_ in engine.knowledge.findings
    ]
    words = "stiff behind the knees after sitting all day, no injury"
    cases = [
        engine.parse({"text": words, "person": {"age": 35, "sex": "female"}, "evidence": items[:n]})
        for n in range(len(items) + 1)
    ]
    looks = iter(cases * 1000)

    def ours() -> object:
        looked = engine.look(next(looks))
        return ranking.rank(looked.posterior), engine.next_question(looked)

    from kneewise.assess import ranking

    seen = engine.look(cases[-1])
    peer = _median_ms(lambda: by_network(seen.posterior), 15)
    _line("turn", _median_ms(ours, 60), peer, "pyAgrum LazyPropagation (ranking alone)")
    slow = _median_ms(lambda: chances(engine.knowledge, seen.evidence, engine.options.prior_exponent), 5)
    _line("write", _median_ms(lambda: engine.write(seen), 25), slow, "plain Python over the hypotheses")


def cold_start() -> None:
    """The commands from a cold start against a bare Python that imports NumPy."""

    def run(*command: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *command], capture_output=True, check=True)

    peer = _median_ms(run("-c", "import numpy"), 7)
    _line(
        "kneewise --help",
        _median_ms(run("-m", "kneewise.cli.main", "--help"), 7),
        peer,
        "python -c 'import numpy'",
    )
    assess = run("-m", "kneewise.cli.main", "assess", "--text", "pain behind my knee", "--json")
    _line("kneewise assess", _median_ms(assess, 5), peer, "python -c 'import numpy'")


def figure() -> None:
    """A drawn exercise against reading one of the same size from a file."""
    import tempfile
    from pathlib import Path

    from kneewise import default_engine
    from kneewise.pathway.figures import exercise_svg

    engine = default_engine()
    with tempfile.TemporaryDirectory() as folder:
        stored = Path(folder) / "bridge.svg"
        stored.write_text(exercise_svg("glute_bridge", engine), encoding="utf-8")
        peer = _median_ms(lambda: stored.read_text(encoding="utf-8"), 50)
    _line(
        "figure",
        _median_ms(lambda: exercise_svg("glute_bridge", engine), 30),
        peer,
        "reading a stored picture",
    )


def leg() -> None:
    """Muscle lengths beside the scalar reference and OpenSim."""
    from benchmarks.leg import leg as compare

    compare()


def programme() -> None:
    """Programmes for 500 drawn people (median, 99th percentile) beside trying every set."""
    from tests.plan.people import crowd
    from tests.plan.test_choose import every_set

    from kneewise import default_engine
    from kneewise.plan import build
    from kneewise.plan import programme as planning
    from kneewise.plan.choose import choose, objective

    engine = default_engine()
    people = [drawn for drawn in crowd(engine, range(700_000, 701_300)) if drawn.situation.gate != "none"]
    people = people[:500]
    taken: list[tuple[Any, ...]] = []
    times = []
    for drawn in people:
        start = time.perf_counter()
        build(drawn.situation, drawn.preferences, engine.knowledge, drawn.standing)
        times.append((time.perf_counter() - start) * 1000)

    def noted(*asked: Any) -> tuple[str, ...]:
        taken.append(asked)
        return choose(*asked)

    planning.choose = noted  # type: ignore[attr-defined]
    for drawn in people[:40]:
        build(drawn.situation, drawn.preferences, engine.knowledge, drawn.standing)
    planning.choose = choose  # type: ignore[attr-defined]
    # Larger pools are left out: trying every set of them would not end.
    small = [asked for asked in taken if len(asked[0]) <= LARGEST_POOL_TRIED][:9]

    def by_trying(asked: tuple[Any, ...]) -> object:
        candidates, aims, minutes, most, fixed = asked
        return min(objective(one, aims) for one in every_set(candidates, minutes, most, tuple(fixed)))

    peer = statistics.median(_median_ms(lambda asked=asked: by_trying(asked), 1) for asked in small)
    name = f"every set of up to {LARGEST_POOL_TRIED} exercises (the choice alone)"
    _line("programme, median", round(statistics.median(times), 3), peer, name)
    _line("programme, 99th percentile", round(sorted(times)[int(0.99 * len(times))], 3), peer, name)


def review() -> None:
    """A review of a thousand-day diary beside only reading the same entries with pydantic models."""
    from pydantic import BaseModel, Field, TypeAdapter

    from benchmarks.simulated_courses import FIRST, case_of, draw
    from kneewise import default_engine
    from kneewise.pathway.interview import final_turn
    from kneewise.pathway.plan import plan
    from kneewise.pathway.review import review as make_review
    from kneewise.plan import parse_preferences

    engine = default_engine()
    person = draw(0, engine.knowledge)
    turn_, _ = final_turn(case_of(person), engine)
    made = dict(plan(turn_, parse_preferences(person.preferences, engine.knowledge), engine))
    ids = sorted({item["exercise"] for day in made["week"] for item in day["items"]})
    diary: list[dict[str, Any]] = []
    for number in range(1000):
        day = (FIRST + timedelta(days=number)).isoformat()
        diary.append({"id": f"m{number}", "on": day, "kind": "morning", "pain": 1 + number % 3 / 2})
        if number % 2 == 0:
            items = [{"exercise": one, "done": True, "pain_during": number % 7 / 3} for one in ids]
            diary.append({"id": f"s{number}", "on": day, "kind": "session", "items": items})
        told = {"calf_swelling": False, "new_breathlessness_or_chest_pain": False}
        diary.append({"id": f"c{number}", "on": day, "kind": "check_in", "pain_worst": 3, "findings": told})

    class Done(BaseModel):
        exercise: str
        done: bool
        pain_during: float = Field(ge=0, le=10)

    class Entry(BaseModel):
        id: str
        on: date
        kind: str
        pain: float | None = Field(default=None, ge=0, le=10)
        pain_worst: float | None = Field(default=None, ge=0, le=10)
        items: list[Done] = []
        findings: dict[str, bool] = {}

    reader = TypeAdapter(list[Entry])
    last = FIRST + timedelta(days=1000)
    ours = _median_ms(lambda: make_review(made, diary, last, engine), 9)
    peer = _median_ms(lambda: reader.validate_python(diary), 9)
    _line(f"review of 1,000 days, {len(diary)} entries", ours, peer, "only reading them with pydantic")


def web() -> None:
    """Interviews and sessions at 50 requests a second beside a bare page on the same server."""
    from benchmarks.web import web as serve_and_ask

    serve_and_ask()


BENCHMARKS: dict[str, Callable[[], None]] = {
    "turn": turn,
    "cold_start": cold_start,
    "figure": figure,
    "leg": leg,
    "programme": programme,
    "review": review,
    "web": web,
}


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    for name in names or BENCHMARKS:
        BENCHMARKS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
