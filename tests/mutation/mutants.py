"""Rules broken on purpose, one fault at a time, to see whether somebody notices.

A mutant differs from its rule in one literal, operator, threshold, level, gate or `if_unsure`. It is *killed*
by a twin (tests/cases/red_flags, or its row in tests/cases/red_flag_levels.yaml) that comes out otherwise, or
*equivalent* when the solver proves that nobody's outcome changes. What is neither *survives*.

Only twins of the mutated rule are asked. That is sound: no other rule reads differently, and a level that
another rule hides is no kill here, so the count errs on the side of survivors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import msgspec

from kneewise.assess.triage import triage
from kneewise.assess.triage_solver import Verdict, rule_verdict, verdict
from kneewise.evidence import Case, Evidence, Item, Person
from kneewise.knowledge.types import CARE_LEVELS, GATES, Expression, Knowledge, RedFlag
from kneewise.pathway.prove import Ground
from kneewise.rules import Truth, evaluate, gather
from kneewise.rules.gather_solver import gathered
from kneewise.rules.solver import Question, differ, either
from tests.assess.test_red_flag_twins import TWINS, Pair, Twins

LEVELS_FILE = Path(__file__).parents[1] / "cases" / "red_flag_levels.yaml"
NEVER = Expression("any")
# A sign that counts only together with what it implies, and one that counts only through it.
NOT_ALONE = {("swelling_not_settling", "swelling_by_next_day")}
THROUGH = {("foot_drop_or_progressive_nerve_deficit", "unsteady_walking")}
STEP = 1.0
SWAPPED = {"at_least": "over", "over": "at_least", "at_most": "under", "under": "at_most"}

# What nobody notices, and why that is borne.
BORNE = {
    "U16: none becomes relative_rest": "a rule about children, who get no programme anyway; it could differ only "
    'for an overweight child whose age is answered with "not sure"'
}

Kind = Literal["literal", "operator", "threshold", "level", "gate", "if_unsure"]
KINDS: tuple[Kind, ...] = ("literal", "operator", "threshold", "level", "gate", "if_unsure")


@dataclass(frozen=True)
class Mutant:
    """One fault in one rule."""

    rule: RedFlag
    kind: Kind
    fault: str


class Gives(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule does when it fires, and when only "not sure" keeps it open, written apart from it."""

    care_level: Literal["self_care", "routine", "within_days", "same_day", "emergency"]
    programme: Literal["allowed", "relative_rest", "none"]
    not_sure: Literal["nothing", "self_care", "routine", "within_days", "same_day", "emergency"]


def read_levels() -> dict[str, Gives]:
    return msgspec.yaml.decode(LEVELS_FILE.read_bytes(), type=dict[str, Gives])


# --- making mutants --------------------------------------------------------------------------------


def _places(
    expression: Expression, path: tuple[int, ...] = ()
) -> Iterator[tuple[tuple[int, ...], Expression]]:
    yield path, expression
    for number, part in enumerate(expression.parts):
        yield from _places(part, (*path, number))


def _at(expression: Expression, path: tuple[int, ...]) -> Expression:
    for number in path:
        expression = expression.parts[number]
    return expression


def _put(expression: Expression, path: tuple[int, ...], new: Expression | None) -> Expression:
    """The expression with another part at `path`, or without it (None)."""
    if not path:
        return new or NEVER
    parts = list(expression.parts)
    if len(path) == 1 and new is None:
        del parts[path[0]]
    else:
        parts[path[0]] = _put(parts[path[0]], path[1:], new)
    return replace(expression, parts=tuple(parts))


def name_of(leaf: Expression) -> str:
    return leaf.finding if leaf.op == "present" else f"{leaf.finding} {leaf.comparison} {leaf.number:g}"


def _of_literal(
    path: tuple[int, ...], leaf: Expression, when: Expression
) -> Iterator[tuple[Kind, str, Expression]]:
    yield "literal", f"{name_of(leaf)} never counts", _put(when, path, NEVER)
    if path and _at(when, path[:-1]).op == "all":  # elsewhere to drop it is to have it never count
        yield "literal", f"{name_of(leaf)} dropped", _put(when, path, None)
    if leaf.op == "measure":
        for number in (leaf.number - STEP, leaf.number + STEP):
            yield (
                "threshold",
                f"{name_of(leaf)} becomes {number:g}",
                _put(when, path, replace(leaf, number=number)),
            )
        swapped: Any = SWAPPED[leaf.comparison]
        yield (
            "threshold",
            f"{name_of(leaf)} becomes {swapped}",
            _put(when, path, replace(leaf, comparison=swapped)),
        )


def _of_operator(
    path: tuple[int, ...], node: Expression, when: Expression
) -> Iterator[tuple[Kind, str, Expression]]:
    count = len(node.parts)
    now = {"all": count, "any": 1}.get(node.op, node.k)
    leaves = [name_of(leaf) for _, leaf in _places(node) if leaf.op in ("present", "measure")]
    shown = ", ".join(leaves[:3]) + (", …" if len(leaves) > 3 else "")
    for k in dict.fromkeys((now - 1, now + 1, 1, count)):
        if k != now and 1 <= k <= count:
            other = Expression("at_least", k=k, parts=node.parts)
            name = {count: "all", 1: "any"}.get(k, f"at least {k}")
            yield "operator", f"{node.op} of {count} ({shown}) becomes {name}", _put(when, path, other)


def _beside(scale: Sequence[str], now: str) -> list[str]:
    place = scale.index(now)
    return [scale[other] for other in (place - 1, place + 1) if 0 <= other < len(scale)]


def mutants_of(rule: RedFlag) -> list[Mutant]:
    """Every mutant of a rule."""
    found = []
    for path, node in _places(rule.when):
        leaf = node.op in ("present", "measure")
        for kind, fault, when in (_of_literal if leaf else _of_operator)(path, node, rule.when):
            found.append(Mutant(replace(rule, when=when), kind, fault))
    for level in _beside(CARE_LEVELS, rule.care_level):
        found.append(Mutant(replace(rule, care_level=level), "level", f"{rule.care_level} becomes {level}"))
    for gate in _beside(GATES, rule.programme):
        found.append(Mutant(replace(rule, programme=gate), "gate", f"{rule.programme} becomes {gate}"))
    unsure = ("nothing", *CARE_LEVELS[1:])
    for level in dict.fromkeys((*_beside(unsure, rule.if_unsure), "nothing")):
        if level != rule.if_unsure:
            what = f"if not sure {rule.if_unsure} becomes {level}"
            found.append(Mutant(replace(rule, if_unsure=level), "if_unsure", what))
    return found


# --- the twins of a rule -----------------------------------------------------------------------------


@dataclass(frozen=True)
class TwinCase:
    """One person of a pair, and whether the rule holds for them."""

    evidence: Evidence
    holds: bool


def _evidence(pair: Pair, knowledge: Knowledge, *more: Item, without: str = "") -> Evidence:
    items = [Item(finding, "present") for finding in pair.present if finding != without]
    values = {**pair.measures, **{item.finding: item.value for item in more if item.value is not None}}
    items += [item for item in more if item.value is None]
    items += [Item(measure, "present", value) for measure, value in values.items()]
    return gather(Case(person=Person(pair.person.age, pair.person.sex), items=tuple(items)), knowledge)


def brings(sign: str, pair: Pair, knowledge: Knowledge) -> list[Item]:
    """What the sign implies and the base does not tell, denied: then the sign stands by itself."""
    told = {*pair.present, *(other for one in pair.present for other in knowledge.findings[one].implies)}
    return [Item(other, "absent") for other in knowledge.findings[sign].implies if other not in told]


def told_cases(twins: Twins, knowledge: Knowledge) -> Iterator[TwinCase]:
    """The people of a rule's pairs: with the sign, without it, with it denied, on both sides of a threshold.

    And once more with the sign in their text only, while they answer "no" to all it implies: a sign in the
    text counts, and only a "no" to itself takes it back.
    """
    when = next(flag.when for flag in knowledge.red_flags if flag.id == twins.rule)
    literals = {leaf.finding for _, leaf in _places(when) if leaf.op == "present"}
    literals -= {sign for rule, sign in THROUGH if rule == twins.rule}
    for pair in twins.pairs:
        yield TwinCase(_evidence(pair, knowledge), holds=False)
        for sign in pair.each:
            yield TwinCase(_evidence(pair, knowledge, Item(sign, "present")), holds=True)
            if sign in literals and (denied := brings(sign, pair, knowledge)):
                by_text = _evidence(pair, knowledge, Item(sign, "present", origin="text"), *denied)
                yield TwinCase(by_text, holds=(twins.rule, sign) not in NOT_ALONE)
            yield TwinCase(_evidence(pair, knowledge, Item(sign, "absent")), holds=False)
        for edge in pair.thresholds:
            yield TwinCase(_evidence(pair, knowledge, Item(edge.measure, "present", edge.fires)), holds=True)
            yield TwinCase(
                _evidence(pair, knowledge, Item(edge.measure, "present", edge.not_at)), holds=False
            )


def unsure_cases(twins: Twins, knowledge: Knowledge) -> Iterator[Evidence]:
    """The same people, not sure of the sign."""
    for pair in twins.pairs:
        for sign in pair.each:
            yield _evidence(pair, knowledge, Item(sign, "unsure"))


@dataclass(frozen=True)
class RuleTwins:
    """All twins of one rule, gathered once."""

    told: tuple[TwinCase, ...]
    unsure: tuple[Evidence, ...]
    gives: Gives

    def notice(self, mutant: Mutant, knowledge: Knowledge) -> bool:
        """Whether a twin comes out otherwise than it must."""
        rule = mutant.rule
        if mutant.kind in ("literal", "operator", "threshold"):
            return any(
                (evaluate(rule.when, case.evidence).truth is Truth.HOLDS) != case.holds for case in self.told
            )
        alone = replace(knowledge, red_flags=(rule,))
        if mutant.kind == "if_unsure":
            return not_sure_level(self.unsure, alone) != self.gives.not_sure
        fired = [triage(case.evidence, alone) for case in self.told if case.holds]
        if mutant.kind == "level":
            return any(result.care_level != self.gives.care_level for result in fired)
        return min(GATES.index(result.programme) for result in fired) != GATES.index(self.gives.programme)


def not_sure_level(cases: Sequence[Evidence], alone: Knowledge) -> str:
    """The highest level that "not sure" of a sign gives by this rule alone, or nothing."""
    levels = [
        entry.care_level for evidence in cases for entry in triage(evidence, alone).fired if entry.by_unsure
    ]
    return max(levels, key=CARE_LEVELS.index, default="nothing")


def twins_of(rule: str, knowledge: Knowledge) -> RuleTwins:
    twins = next(twins for twins in TWINS.values() if twins.rule == rule)
    return RuleTwins(
        tuple(told_cases(twins, knowledge)), tuple(unsure_cases(twins, knowledge)), read_levels()[rule]
    )


# --- equivalence ---------------------------------------------------------------------------------------


class Prover:
    """Proves that a mutant changes nobody's outcome."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.ground = Ground(knowledge)
        self.evidence = gathered(self.ground.telling, knowledge)
        self.question = Question(*self.ground.possible)

    def same_rule(self, mutant: Mutant) -> bool:
        """Whether the rule itself fires at the same level for everybody."""
        old = self.ground.verdict.rules[mutant.rule.id]
        new = rule_verdict(mutant.rule, self.evidence, self.knowledge)
        levels = either(differ(old.at_least(level), new.at_least(level)) for level in CARE_LEVELS)
        return self.question.somebody(either((levels, differ(old.holds, new.holds)))) is None

    def same_outcome(self, mutant: Mutant) -> bool:
        """Whether level, gate and screen are the same for everybody, all rules taken together."""
        flags = tuple(mutant.rule if flag.id == mutant.rule.id else flag for flag in self.knowledge.red_flags)
        new: Verdict = verdict(self.evidence, replace(self.knowledge, red_flags=flags))
        old = self.ground.verdict
        changed = [differ(old.level[level], new.level[level]) for level in CARE_LEVELS]
        changed += [differ(old.gate[gate], new.gate[gate]) for gate in GATES]
        return self.question.somebody(either(changed)) is None

    def reason(self, mutant: Mutant) -> str:
        """Why a mutant is equivalent, or "" if it is not."""
        if mutant.kind in ("literal", "operator", "threshold", "if_unsure") and self.same_rule(mutant):
            return "the rule fires for the same people: what is changed follows from what is left"
        if self.same_outcome(mutant):
            return "level and gate are the same for everybody: other rules, or the age, already give them"
        return ""


@dataclass(frozen=True)
class Fate:
    """What became of a mutant."""

    mutant: Mutant
    fate: Literal["killed", "equivalent", "survives"]
    reason: str = ""


def fates(rule: RedFlag, knowledge: Knowledge, prover: Prover) -> list[Fate]:
    """What becomes of each mutant of a rule."""
    twins = twins_of(rule.id, knowledge)
    found = []
    for mutant in mutants_of(rule):
        if twins.notice(mutant, knowledge):
            found.append(Fate(mutant, "killed"))
        else:
            reason = prover.reason(mutant)
            borne = BORNE.get(f"{rule.code}: {mutant.fault}", "")
            found.append(Fate(mutant, "equivalent" if reason else "survives", reason or borne))
    return found


def all_fates(knowledge: Knowledge) -> dict[str, list[Fate]]:
    """What becomes of every mutant of every rule."""
    prover = Prover(knowledge)
    return {rule.id: fates(rule, knowledge, prover) for rule in knowledge.red_flags}
