"""What a change of the knowledge does to fixed cases: level and gate first, then causes, then questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kneewise.assess.ranking import shortlist
from kneewise.evidence import BadCase
from kneewise.knowledge.types import GATES, care_rank
from kneewise.pathway.engine import Engine, Turn
from kneewise.pathway.interview import final_turn

# What a case may show, the most serious first.
ASPECTS = ("care_level", "programme", "first_cause", "causes", "asked", "unreadable")
NOTEWORTHY = 0.1  # a listed cause whose chance moves by less is not told


@dataclass(frozen=True)
class Result:
    """What became of one case."""

    care_level: str
    programme: str
    causes: tuple[tuple[str, float], ...]
    asked: tuple[str, ...]
    red_flags: tuple[str, ...]


def _result(turn: Turn, asked: Iterable[Mapping[str, Any]]) -> Result:
    chances = turn.posterior.of_causes()
    causes = tuple((turn.posterior.model.causes[c], round(float(chances[c]), 4)) for c in shortlist(chances))
    findings = dict.fromkeys(finding for page in asked for finding in page["findings"])
    flags = tuple(entry.rule.id for entry in turn.triage.fired)
    return Result(turn.triage.care_level, turn.triage.programme, causes, tuple(findings), flags)


def look_at(
    cases: Iterable[Mapping[str, Any]], engine: Engine, step: Callable[[], None] = lambda: None
) -> dict[str, Result | str]:
    """Every case's result by its id; a case this knowledge cannot read gives the reason instead.

    A case with `answers` is a scripted interview; one with `evidence` alone is only looked at.
    """
    results: dict[str, Result | str] = {}
    for case in cases:
        try:
            if "answers" in case:
                results[str(case["id"])] = _result(*final_turn(case, engine))
            else:
                results[str(case["id"])] = _result(engine.look(engine.parse(case)), ())
        except BadCase as bad:
            results[str(case["id"])] = str(bad)
        step()
    return results


@dataclass(frozen=True)
class Difference:
    """One thing that differs in one case; `lower` marks a level or gate that became less careful."""

    case: str
    aspect: str
    old: Any
    new: Any
    lower: bool = False


def _causes(case: str, old: Result, new: Result) -> Iterable[Difference]:
    before, after = (result.causes[0][0] if result.causes else None for result in (old, new))
    if before != after:
        yield Difference(case, "first_cause", before, after)
    was, now = dict(old.causes), dict(new.causes)
    moved = [
        cause
        for cause in dict.fromkeys([*was, *now])
        if (cause in was) != (cause in now) or abs(was[cause] - now[cause]) >= NOTEWORTHY
    ]
    if moved:
        yield Difference(case, "causes", {c: was.get(c) for c in moved}, {c: now.get(c) for c in moved})


def _of_case(case: str, old: Result | str, new: Result | str) -> Iterable[Difference]:
    if isinstance(old, str) or isinstance(new, str):
        if old != new:
            before, after = (entry if isinstance(entry, str) else "readable" for entry in (old, new))
            yield Difference(case, "unreadable", before, after)
        return
    if old.care_level != new.care_level:
        lower = care_rank(new.care_level) < care_rank(old.care_level)  # type: ignore[arg-type]
        yield Difference(case, "care_level", old.care_level, new.care_level, lower)
    if old.programme != new.programme:
        opened = GATES.index(new.programme) < GATES.index(old.programme)
        yield Difference(case, "programme", old.programme, new.programme, opened)
    yield from _causes(case, old, new)
    if set(old.asked) != set(new.asked):
        gone, more = set(old.asked) - set(new.asked), set(new.asked) - set(old.asked)
        yield Difference(case, "asked", sorted(gone), sorted(more))


def compare(old: Mapping[str, Result | str], new: Mapping[str, Result | str]) -> list[Difference]:
    """Every difference: levels first and of those the lowered ones, then gates, causes, questions."""
    found = [entry for case in old for entry in _of_case(case, old[case], new[case])]
    return sorted(found, key=lambda d: (ASPECTS.index(d.aspect), not d.lower, d.case))
