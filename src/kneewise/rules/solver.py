"""The reading of an expression as a formula: what `one_person` says of one person, said of everybody at once.

Each finding is one of four states, each quantity a real number or not known. The formula goes to z3, which
answers "is there anybody for whom …?" and gives one, or has proved that there is nobody. z3 is needed for
proofs only; this module is the one place that imports it, and nothing that runs for a person imports this.

A formula is a z3 formula or a plain `bool`; what is already settled is folded away as it is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

import z3  # type: ignore[import-untyped]  # z3 ships no types

from kneewise.knowledge.types import Expression
from kneewise.rules.fold import fold

Formula: TypeAlias = Any  # a plain bool or a z3.BoolRef
Number: TypeAlias = Any  # a z3.ArithRef


def both(parts: Iterable[Formula]) -> Formula:
    """That all parts hold."""
    left = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            left.append(part)
    if not left:
        return True
    return left[0] if len(left) == 1 else z3.And(left)


def either(parts: Iterable[Formula]) -> Formula:
    """That some part holds."""
    left = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            left.append(part)
    if not left:
        return False
    return left[0] if len(left) == 1 else z3.Or(left)


def no(part: Formula) -> Formula:
    """That the part does not hold."""
    return not part if isinstance(part, bool) else z3.Not(part)


def choose(condition: Formula, then: Formula, otherwise: Formula) -> Formula:
    """`then` where the condition holds, else `otherwise`."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    if then is otherwise:
        return then
    if isinstance(then, bool) or isinstance(otherwise, bool):
        return either((both((condition, then)), both((no(condition), otherwise))))
    return then if then.eq(otherwise) else z3.If(condition, then, otherwise)


def at_least(k: int, parts: Sequence[Formula]) -> Formula:
    """That at least k of the parts hold."""
    k -= sum(part is True for part in parts)
    left = [part for part in parts if not isinstance(part, bool)]
    if k <= 0:
        return True
    if k > len(left):
        return False
    if k == 1:
        return either(left)
    return both(left) if k == len(left) else z3.PbGe([(part, 1) for part in left], k)


def at_most(k: int, parts: Sequence[Formula]) -> Formula:
    """That at most k of the parts hold."""
    return no(at_least(k + 1, parts))


def differ(one: Formula, other: Formula) -> Formula:
    """That one holds and the other does not."""
    return either((both((one, no(other))), both((no(one), other))))


def variable(name: str) -> Formula:
    """Something that may hold or not."""
    return z3.Bool(name)


def number(name: str) -> Number:
    """A quantity."""
    return z3.Real(name)


def choice(name: str, count: int) -> tuple[list[Formula], Formula]:
    """Alternatives of which never two hold, and the condition that one does."""
    which = z3.Int(name)
    return [which == place for place in range(count)], z3.And(which >= 0, which < count)


_COMPARE = {
    "at_least": lambda value, bound: value >= bound,
    "at_most": lambda value, bound: value <= bound,
    "over": lambda value, bound: value > bound,
    "under": lambda value, bound: value < bound,
}


def compare(value: Number, comparison: str, bound: float) -> Formula:
    """A quantity compared with a number. The number is the float itself, not its decimal digits."""
    exact = Fraction(bound)
    return _COMPARE[comparison](value, z3.Q(exact.numerator, exact.denominator))


@dataclass(frozen=True)
class Leaf:
    """What is known of a finding; neither present nor unsure nor not asked is absent."""

    present: Formula
    unsure: Formula
    not_asked: Formula


class Answers(Protocol):
    """The answers of anybody, as far as a rule needs them."""

    def leaf(self, finding: str) -> Leaf:
        """The state of a finding."""
        ...

    def number(self, finding: str) -> Number:
        """The value of a quantity; it means something only where the finding is present."""
        ...


@dataclass(frozen=True)
class Reading:
    """The formulas that correspond to `one_person.Reading`.

    `possible`: it does not fail. `would`: it would hold if every unsure leaf were so. `open_not_asked`,
    `open_unsure`: under which condition a finding is among those that keep it open.
    """

    holds: Formula
    possible: Formula
    would: Formula
    open_not_asked: Mapping[str, Formula] = field(default_factory=dict)
    open_unsure: Mapping[str, Formula] = field(default_factory=dict)

    @property
    def open(self) -> Formula:
        """Neither holds nor fails."""
        return both((self.possible, no(self.holds)))


def _under(condition: Formula, groups: Iterable[Mapping[str, Formula]]) -> dict[str, Formula]:
    together: dict[str, list[Formula]] = {}
    for group in groups:
        for finding, formula in group.items():
            together.setdefault(finding, []).append(formula)
    return {finding: both((condition, either(formulas))) for finding, formulas in together.items()}


class _Solver:
    """The algebra behind `read`."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def _leaf(self, finding: str, leaf: Leaf, holds: Formula, fails: Formula) -> Reading:
        possible = no(fails)
        return Reading(
            holds, possible, either((holds, leaf.unsure)), {finding: leaf.not_asked}, {finding: leaf.unsure}
        )

    def present(self, finding: str) -> Reading:
        leaf = self.answers.leaf(finding)
        absent = no(either((leaf.present, leaf.unsure, leaf.not_asked)))
        return self._leaf(finding, leaf, leaf.present, absent)

    def measure(self, finding: str, comparison: str, number: float) -> Reading:
        leaf = self.answers.leaf(finding)
        meets = compare(self.answers.number(finding), comparison, number)
        return self._leaf(finding, leaf, both((leaf.present, meets)), both((leaf.present, no(meets))))

    def at_least(self, k: int, parts: Sequence[Reading]) -> Reading:
        holds = at_least(k, [part.holds for part in parts])
        possible = at_least(k, [part.possible for part in parts])
        still_open = both((possible, no(holds)))
        return Reading(
            holds,
            possible,
            at_least(k, [part.would for part in parts]),
            _under(still_open, [part.open_not_asked for part in parts]),
            _under(still_open, [part.open_unsure for part in parts]),
        )


def read(expression: Expression, answers: Answers) -> Reading:
    """Read `expression` for anybody."""
    return fold(expression, _Solver(answers))


class Undecided(RuntimeError):
    """The solver could not answer in the time it has: neither proved nor refuted."""


class Model:
    """One person the solver found."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def holds(self, formula: Formula) -> bool:
        """Whether a formula holds for this person."""
        if isinstance(formula, bool):
            return formula
        return bool(z3.is_true(self._model.eval(formula, model_completion=True)))

    def value(self, quantity: Number) -> float:
        """The value of a quantity."""
        value = self._model.eval(quantity, model_completion=True)
        return float(Fraction(value.numerator_as_long(), value.denominator_as_long()))


def _is_name(formula: Formula) -> bool:
    if isinstance(formula, bool):
        return False
    inner = formula.arg(0) if z3.is_not(formula) else formula
    return bool(z3.is_const(inner))


class Question:
    """Asks for somebody who meets the standing conditions and some more."""

    def __init__(self, *conditions: Formula, milliseconds: int = 120_000) -> None:
        self._solver = z3.Solver()
        self._solver.set("timeout", milliseconds)
        self.add(*conditions)

    def add(self, *conditions: Formula) -> None:
        """Add standing conditions."""
        self._solver.add(*[z3.BoolVal(c) if isinstance(c, bool) else c for c in conditions])

    @contextmanager
    def also(self, *conditions: Formula) -> Iterator[None]:
        """Conditions that stand for a while."""
        self._solver.push()
        try:
            self.add(*conditions)
            yield
        finally:
            self._solver.pop()

    def named(self, name: str, formula: Formula) -> Formula:
        """A name for a formula that is asked about again and again, which spares the solver much work."""
        if isinstance(formula, bool):
            return formula
        short = z3.Bool(f"named {name}")
        self._solver.add(short == formula)
        return short

    def somebody(self, *conditions: Formula) -> Model | None:
        """Somebody who meets them all; None is a proof that nobody does.

        Raises `Undecided` when the solver gives up.
        """
        if any(condition is False for condition in conditions):
            return None
        names = [condition for condition in conditions if _is_name(condition)]
        with self.also(*(condition for condition in conditions if not _is_name(condition))):
            answer = self._solver.check(*names)
            if answer == z3.unknown:
                raise Undecided(f"the solver gave up: {self._solver.reason_unknown()}")
            return Model(self._solver.model()) if answer == z3.sat else None
