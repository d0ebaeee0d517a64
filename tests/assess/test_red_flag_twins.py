"""Each sign and each threshold of each red flag decides: the rule fires with it and not without it.

The cases stand in tests/cases/red_flags, one file per rule (see the README there). A sign that joins a rule
without a pair of its own fails here, as does a pair whose rule fires anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest

from kneewise.evidence import Case, Evidence, Item, Person
from kneewise.knowledge.load import CONTENT
from kneewise.knowledge.types import Expression, Knowledge
from kneewise.rules import evaluate, findings_of, gather
from kneewise.rules.one_person import Truth

CASES = Path(__file__).parents[1] / "cases" / "red_flags"
NEVER = Expression("any")


class Someone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sex: Literal["female", "male"]
    age: float | None = None


class Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"not_at": "not"}):
    measure: str
    fires: float
    not_at: float


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A base (person, present, measures), and what turns it into a case the rule fires for."""

    story: str
    person: Someone
    present: tuple[str, ...] = ()
    measures: dict[str, float] = {}
    each: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()


class Swallowed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    literal: str
    because: str


class Twins(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: str
    pairs: tuple[Pair, ...]
    never_decisive: tuple[Swallowed, ...] = ()


def _read_twins() -> dict[str, Twins]:
    files = sorted(CASES.glob("*.yaml"))
    return {file.stem: msgspec.yaml.decode(file.read_bytes(), type=Twins) for file in files}


def _hazards() -> dict[str, tuple[str, ...]]:
    rules: list[Mapping[str, Any]] = []
    for file in sorted((CONTENT / "red_flags").glob("*.yaml")):
        rules.extend(msgspec.yaml.decode(file.read_bytes())["red_flags"])
    return {rule["id"]: tuple(rule.get("hazards", ())) for rule in rules}


TWINS = _read_twins()
HAZARDS = _hazards()


def _param(name: str, *values: Any, what: str = "") -> Any:
    hazards = HAZARDS.get(TWINS[name].rule, ())
    marks = [pytest.mark.hazard(*hazards)] if hazards else []
    return pytest.param(*values, id=f"{name}: {what}" if what else name, marks=marks)


def _each_file() -> Iterator[Any]:
    for name in TWINS:
        yield _param(name, TWINS[name])


def _each_sign() -> Iterator[Any]:
    for name, twins in TWINS.items():
        for number, pair in enumerate(twins.pairs, 1):
            for sign in pair.each:
                yield _param(name, twins.rule, pair, sign, what=f"pair {number} turns on {sign}")


def _each_threshold() -> Iterator[Any]:
    for name, twins in TWINS.items():
        for number, pair in enumerate(twins.pairs, 1):
            for threshold in pair.thresholds:
                what = f"pair {number} turns on {threshold.measure}"
                yield _param(name, twins.rule, pair, threshold, what=what)


def _evidence(
    pair: Pair,
    knowledge: Knowledge,
    *,
    plus: str | None = None,
    denied: str | None = None,
    measures: Mapping[str, float] = {},
) -> Evidence:
    values = {**pair.measures, **measures}
    items = [Item(finding, "present") for finding in (*pair.present, *([plus] if plus else []))]
    items += [Item(denied, "absent")] if denied else []
    items += [Item(measure, "present", value) for measure, value in values.items()]
    return gather(Case(person=Person(pair.person.age, pair.person.sex), items=tuple(items)), knowledge)


def _fires(expression: Expression, evidence: Evidence) -> bool:
    return evaluate(expression, evidence).truth is Truth.HOLDS


def _when(rule: str, knowledge: Knowledge) -> Expression:
    return next(flag.when for flag in knowledge.red_flags if flag.id == rule)


@pytest.mark.parametrize(("rule", "pair", "sign"), list(_each_sign()))
def test_the_rule_fires_with_the_sign_and_not_without_it(
    knowledge: Knowledge, rule: str, pair: Pair, sign: str
) -> None:
    when = _when(rule, knowledge)

    assert {sign, *pair.present, *pair.measures} <= set(knowledge.findings)
    assert _fires(when, _evidence(pair, knowledge, plus=sign))
    assert not _fires(when, _evidence(pair, knowledge)), "it fires before the sign is told"
    assert not _fires(when, _evidence(pair, knowledge, denied=sign)), "it fires though the sign is denied"


@pytest.mark.parametrize(("rule", "pair", "threshold"), list(_each_threshold()))
def test_the_rule_fires_on_one_side_of_the_threshold_only(
    knowledge: Knowledge, rule: str, pair: Pair, threshold: Threshold
) -> None:
    when = _when(rule, knowledge)

    assert {threshold.measure, *pair.present, *pair.measures} <= set(knowledge.findings)
    assert abs(threshold.fires - threshold.not_at) <= 1
    assert _fires(when, _evidence(pair, knowledge, measures={threshold.measure: threshold.fires}))
    assert not _fires(when, _evidence(pair, knowledge, measures={threshold.measure: threshold.not_at}))
    assert not _fires(when, _evidence(pair, knowledge)), "it fires before the measure is told"


# --- that nothing of a rule is left without a twin -------------------------------------------------

Place = tuple[int, ...]


def _leaves(expression: Expression, path: Place = ()) -> Iterator[tuple[Place, Expression]]:
    if expression.op in ("present", "measure"):
        yield path, expression
    for number, part in enumerate(expression.parts):
        yield from _leaves(part, (*path, number))


def _without(expression: Expression, path: Place) -> Expression:
    """The expression with the leaf at `path` struck out."""
    if not path:
        return NEVER
    parts = list(expression.parts)
    parts[path[0]] = _without(parts[path[0]], path[1:])
    return replace(expression, parts=tuple(parts))


def _name(leaf: Expression) -> str:
    return leaf.finding if leaf.op == "present" else f"{leaf.finding} {leaf.comparison} {leaf.number:g}"


def _asked_for(leaf: Expression, knowledge: Knowledge) -> tuple[str, ...]:
    """What a person says for a leaf: itself, or what a derived finding is made of."""
    derived = knowledge.findings[leaf.finding].derived_from
    return (leaf.finding,) if derived is None else findings_of(derived)


def _at_the_edge(leaf: Expression, threshold: Threshold) -> bool:
    """Whether a threshold pair stands right at the number of the leaf."""
    sides = {
        "at_least": threshold.fires,
        "at_most": threshold.fires,
        "over": threshold.not_at,
        "under": threshold.not_at,
    }
    return leaf.finding == threshold.measure and sides[leaf.comparison] == leaf.number


def _undecided_leaves(twins: Twins, knowledge: Knowledge) -> dict[Place, str]:
    """The leaves of a rule that no pair turns on: struck out, every pair would come out the same."""
    when = _when(twins.rule, knowledge)
    left = dict(_leaves(when))
    with_sign = [(sign, _evidence(pair, knowledge, plus=sign)) for pair in twins.pairs for sign in pair.each]
    at_threshold = [
        (threshold, _evidence(pair, knowledge, measures={threshold.measure: threshold.fires}))
        for pair in twins.pairs
        for threshold in pair.thresholds
    ]
    for path, leaf in list(left.items()):
        turning = [case for sign, case in with_sign if sign in _asked_for(leaf, knowledge)]
        if leaf.op == "measure":
            turning = [case for threshold, case in at_threshold if _at_the_edge(leaf, threshold)]
        if any(not _fires(_without(when, path), case) for case in turning):
            del left[path]
    return {path: _name(leaf) for path, leaf in left.items()}


def test_each_rule_has_a_file_of_twins(knowledge: Knowledge) -> None:
    assert {(name, twins.rule) for name, twins in TWINS.items()} == {
        (f"{flag.code}_{flag.id}", flag.id) for flag in knowledge.red_flags
    }


@pytest.mark.parametrize("twins", list(_each_file()))
def test_each_sign_and_threshold_of_the_rule_has_a_twin(knowledge: Knowledge, twins: Twins) -> None:
    undecided = set(_undecided_leaves(twins, knowledge).values())
    excused = {entry.literal for entry in twins.never_decisive if entry.because}

    bare, needless = undecided - excused, excused - undecided
    assert not bare, f"add a pair to tests/cases/red_flags that turns on: {sorted(bare)}"
    assert not needless, f"under never_decisive, but not in the rule or decided by a pair: {sorted(needless)}"
