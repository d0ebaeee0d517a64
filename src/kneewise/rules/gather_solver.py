"""From what anybody could tell us to the evidence that follows: `gather` as formulas.

It does, step by step and in the same order, what `gather` does, on formulas instead of states; a property
test holds the two together. So what is proved is proved of evidence that a case can really lead to.

One finding is told at most once here. Of several statements `gather` first makes one – a state that rests on
the person's answer or on their text alone – and every such outcome is among those below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kneewise.knowledge.types import Expression, Finding, Knowledge
from kneewise.rules.fold import findings_of
from kneewise.rules.solver import (
    Formula,
    Leaf,
    Model,
    Number,
    both,
    choose,
    compare,
    differ,
    either,
    no,
    number,
    read,
    variable,
)

PASSES = 3  # in which implications, exclusions and opposites come to rest; see `not_at_rest`


@dataclass(frozen=True)
class Told:
    """What is known of one finding: at most one of the three states, and where it comes from."""

    present: Formula = False
    absent: Formula = False
    unsure: Formula = False
    text: Formula = False
    inferred: Formula = False

    @property
    def known(self) -> Formula:
        """Whether there is any state."""
        return either((self.present, self.absent, self.unsure))


NOTHING = Told()


@dataclass(frozen=True)
class Telling:
    """What a person tells: a state for each finding, and the keys `age` and `sex` of the person."""

    findings: Mapping[str, Told]
    numbers: Mapping[str, Number]
    age_given: Formula
    female: Formula
    male: Formula

    def leaf(self, finding: str) -> Leaf:
        """The state for a rule, before anything is inferred."""
        return _leaf(self.findings[finding])

    def number(self, finding: str) -> Number:
        """The value of a quantity."""
        return self.numbers[finding]


@dataclass(frozen=True)
class Evidence:
    """What is known after all that follows."""

    known: Mapping[str, Told]
    numbers: Mapping[str, Number]

    def leaf(self, finding: str) -> Leaf:
        """The state for a rule; an absence that only text tells is not asked."""
        return _leaf(self.known.get(finding, NOTHING))

    def number(self, finding: str) -> Number:
        """The value of a quantity."""
        return self.numbers[finding]


def _leaf(told: Told) -> Leaf:
    absent = both((told.absent, no(told.text)))
    return Leaf(told.present, told.unsure, no(either((told.present, told.unsure, absent))))


def anybody(knowledge: Knowledge, name: str = "") -> Telling:
    """A telling of which nothing is fixed yet."""
    findings, numbers = {}, {}
    for finding in knowledge.findings.values():
        label = f"{name}{finding.id}"
        absent: Formula = variable(f"{label}:absent")
        if finding.kind == "quantity":
            numbers[finding.id] = number(f"{label}:value")
            absent = False
        findings[finding.id] = Told(
            variable(f"{label}:present"), absent, variable(f"{label}:unsure"), variable(f"{label}:text")
        )
    return Telling(
        findings,
        numbers,
        variable(f"{name}person:age"),
        variable(f"{name}person:female"),
        variable(f"{name}person:male"),
    )


def possible(telling: Telling, knowledge: Knowledge) -> list[Formula]:
    """What makes a telling one that a case can hold."""
    rules: list[Formula] = []
    for id_, told in telling.findings.items():
        states = (told.present, told.absent, told.unsure)
        rules += [no(both((a, b))) for i, a in enumerate(states) for b in states[i + 1 :]]
        rules.append(either((no(told.text), told.known)))
        if id_ in telling.numbers:
            data = knowledge.findings[id_]
            rules.append(compare(telling.numbers[id_], "at_least", data.minimum))
            rules.append(compare(telling.numbers[id_], "at_most", data.maximum))
    age = telling.findings["age_years"]
    rules.append(either((no(telling.age_given), both((age.present, no(age.text))))))
    rules.append(no(both((telling.female, telling.male))))
    for given, same, other in (
        (telling.female, "female_sex", "male_sex"),
        (telling.male, "male_sex", "female_sex"),
    ):
        own, its = telling.findings[same], telling.findings[other]
        follows = (own.present, no(own.text), either((its.present, its.absent)), no(its.text))
        rules.append(either((no(given), both(follows))))
    return rules


# --- the closure ------------------------------------------------------------------------------------


def _present(old: Told, trigger: Formula, text: Formula) -> Told:
    """`_Closure._add` of a presence."""
    newly = both((no(old.present), either((no(text), old.text, old.unsure))))
    firmer = both((old.present, old.text, no(text)))
    act = both((trigger, either((no(old.known), newly, firmer))))
    if act is False:
        return old
    still = no(act)
    return Told(
        either((old.present, act)),
        both((old.absent, still)),
        both((old.unsure, still)),
        choose(act, text, old.text),
        either((old.inferred, act)),
    )


def _fills(old: Told, state: str, trigger: Formula, text: Formula) -> Told:
    """`_Closure._add` of an absence or of "not sure", which only fill a gap."""
    same = getattr(old, state)
    act = both((trigger, either((no(old.known), both((same, old.text, no(text)))))))
    if act is False:
        return old
    return Told(
        old.present,
        either((old.absent, act)) if state == "absent" else old.absent,
        either((old.unsure, act)) if state == "unsure" else old.unsure,
        choose(act, text, old.text),
        either((old.inferred, act)),
    )


class _Closure:
    """`gather._Closure` on formulas."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.findings = knowledge.findings
        self.implied_by: dict[str, list[str]] = {}
        for finding in knowledge.findings.values():
            for other in finding.implies:
                self.implied_by.setdefault(other, []).append(finding.id)
        self.order = [id_ for id_ in sorted(knowledge.findings) if self._has_consequences(id_)]

    def _has_consequences(self, id_: str) -> bool:
        data = self.findings[id_]
        return bool(data.implies or data.excludes or data.opposite or id_ in self.implied_by)

    def once(self, known: dict[str, Told]) -> None:
        """One pass over all that was known when it began."""
        known_before = {id_: known.get(id_, NOTHING).known for id_ in self.order}
        for id_ in self.order:
            before = known_before[id_]
            if before is not False:
                self._from(id_, before, known)

    def _from(self, id_: str, visited: Formula, known: dict[str, Told]) -> None:
        told, data = known[id_], self.findings[id_]
        present, absent = both((visited, told.present)), both((visited, told.absent))
        for other in data.implies:
            known[other] = _present(known.get(other, NOTHING), present, told.text)
        for other in data.excludes:
            known[other] = _fills(known.get(other, NOTHING), "absent", present, told.text)
        for other in self.implied_by.get(id_, ()):
            known[other] = _fills(known.get(other, NOTHING), "absent", absent, told.text)
        if data.opposite:
            own, other = no(told.inferred), data.opposite
            unsure = both((visited, told.unsure, own))
            known[other] = _fills(known.get(other, NOTHING), "absent", both((present, own)), told.text)
            known[other] = _fills(known.get(other, NOTHING), "unsure", unsure, told.text)
            known[other] = _present(known.get(other, NOTHING), both((absent, own)), told.text)

    def run(self, known: dict[str, Told]) -> None:
        for _ in range(PASSES):
            self.once(known)


# --- derived findings -------------------------------------------------------------------------------


def _rests_on_text(expression: Expression, known: Mapping[str, Told]) -> Formula:
    told = (known.get(finding, NOTHING) for finding in findings_of(expression))
    return either(both((one.known, one.text)) for one in told)


def _becomes(old: Told, act: Formula, state: str, text: Formula) -> Told:
    """A state put in the place of what stood there."""
    still = no(act)
    states = {name: both((getattr(old, name), still)) for name in ("present", "absent", "unsure")}
    states[state] = either((states[state], act))
    return Told(**states, text=choose(act, text, old.text), inferred=either((old.inferred, act)))


def _derive(knowledge: Knowledge, known: dict[str, Told], numbers: Mapping[str, Number]) -> None:
    evidence = Evidence(known, numbers)
    for _ in range(2):
        for rule in knowledge.derivations:
            old = known.get(rule.finding, NOTHING)
            holds = read(rule.present_if, evidence).holds
            new = _becomes(
                old, both((holds, no(old.present))), "present", _rests_on_text(rule.present_if, known)
            )
            if rule.absent_if is not None:
                fills = both((no(holds), no(old.known), read(rule.absent_if, evidence).holds))
                new = _becomes(new, fills, "absent", _rests_on_text(rule.absent_if, known))
            known[rule.finding] = new
        for finding in knowledge.findings.values():
            if finding.derived_from is not None:
                _derive_one(finding.id, finding.derived_from, known, evidence)


def _derive_one(id_: str, derived_from: Expression, known: dict[str, Told], evidence: Evidence) -> None:
    old = known.get(id_, NOTHING)
    open_ = either((no(old.known), old.inferred))
    reading = read(derived_from, evidence)
    text = _rests_on_text(derived_from, known)
    waiting = both((either(reading.open_unsure.values()), no(either(reading.open_not_asked.values()))))
    new = _becomes(old, both((open_, reading.holds)), "present", text)
    new = _becomes(new, both((open_, no(reading.possible))), "absent", text)
    known[id_] = _becomes(new, both((open_, reading.open, waiting)), "unsure", text)


# --- gather -----------------------------------------------------------------------------------------


def _cannot_concern(finding: Finding, telling: Telling) -> Formula:
    if not finding.screens or finding.who != "person":
        return False
    other_sex = {"female": telling.male, "male": telling.female}.get(finding.sex, False)
    age = telling.numbers["age_years"]
    too_young: Formula = False
    too_old: Formula = False
    if finding.min_age > 0:
        too_young = both((telling.age_given, compare(age, "under", finding.min_age)))
    if finding.max_age < 120:
        too_old = both((telling.age_given, compare(age, "over", finding.max_age)))
    return either((other_sex, too_young, too_old))


def _steps(telling: Telling, knowledge: Knowledge) -> Iterator[Evidence]:
    """The evidence after the first closure, and in the end."""
    known = dict(telling.findings)
    for finding in knowledge.findings.values():
        told, rules_out = known[finding.id], _cannot_concern(finding, telling)
        if rules_out is not False:
            known[finding.id] = _fills(told, "absent", both((rules_out, no(told.known))), False)
    closure = _Closure(knowledge)
    closure.run(known)
    yield Evidence(dict(known), telling.numbers)
    _derive(knowledge, known, telling.numbers)
    closure.run(known)
    yield Evidence(known, telling.numbers)


def gathered(telling: Telling, knowledge: Knowledge) -> Evidence:
    """The evidence of a telling."""
    return list(_steps(telling, knowledge))[-1]


def not_at_rest(telling: Telling, knowledge: Knowledge) -> Iterator[Formula]:
    """For each finding, that one more pass would change it; if nobody can be so, PASSES are enough."""
    for evidence in _steps(telling, knowledge):
        again = dict(evidence.known)
        _Closure(knowledge).once(again)
        for id_ in again:
            change = differ_told(evidence.known[id_], again[id_])
            if change is not False:
                yield change


def differ_told(one: Told, other: Told) -> Formula:
    """That two states of a finding are not the same for a rule or for what follows."""
    if one is other:
        return False
    names = ("present", "absent", "unsure", "text", "inferred")
    return either(differ(getattr(one, name), getattr(other, name)) for name in names)


def told_states(telling: Telling, model: Model) -> Iterable[tuple[str, str, bool]]:
    """What the person of a model tells: (finding, state, only in text)."""
    for id_, told in telling.findings.items():
        for state in ("present", "absent", "unsure"):
            if model.holds(getattr(told, state)):
                yield id_, state, model.holds(told.text)
