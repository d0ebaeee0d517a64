"""What is proved of the rules, over everything that anybody could answer: `kneewise knowledge prove`.

A property is put to the solver as its opposite: "is there a person for whom it is broken?" No such person
is a proof, for all tellings of `gather_solver`: each finding present, absent, not sure or not asked, by
answer or by text, each quantity any value it can have. A person that is found is made as small as can be,
shown to the engine itself, and handed back as a case file. If the engine does not agree, the formulas are
wrong, and that is a broken property too.

By structure, not by the solver: that free text, side, respondent and country change nothing but the evidence
(triage has no other input); `stated_signs_count` runs the engine over such variations all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from kneewise.assess.triage import ADULT_AGE, Triage, triage
from kneewise.assess.triage_solver import RuleVerdict, Verdict, verdict
from kneewise.evidence import Evidence, parse_case
from kneewise.knowledge.types import CARE_LEVELS, GATES, CareLevel, Knowledge, RedFlag, State, care_rank
from kneewise.pathway.engine import Engine
from kneewise.rules import Truth, evaluate, findings_of, gather
from kneewise.rules.gather import stated
from kneewise.rules.gather_solver import Evidence as AnyEvidence
from kneewise.rules.gather_solver import (
    Telling,
    Told,
    anybody,
    gathered,
    not_at_rest,
    possible,
    told_states,
)
from kneewise.rules.solver import (
    Formula,
    Model,
    Question,
    Undecided,
    at_most,
    both,
    choice,
    compare,
    either,
    no,
    read,
)

JsonCase = dict[str, Any]
LEVELS_UP: tuple[CareLevel, ...] = CARE_LEVELS[1:]
DISAGREE = "the formulas find it, the engine does not: gather_solver or triage_solver has a fault"


@dataclass(frozen=True)
class Breach:
    """A property that is broken: what, and the smallest case (or the two, before and after) that shows it."""

    what: str
    cases: tuple[JsonCase, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True)
class Outcome:
    """What a proof covered, what it left out and why, and what broke."""

    covered: str
    breaches: tuple[Breach, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Property:
    """One thing that must be so for everybody."""

    name: str
    sentence: str
    by: str
    prove: Callable[[Ground], Outcome]


# --- cases: from a model to a file, and to the engine ------------------------------------------------


def case_of(telling: Telling, model: Model) -> JsonCase:
    """The person of a model as a case."""
    person: JsonCase = {}
    evidence: list[JsonCase] = []
    if model.holds(telling.age_given):
        person["age"] = model.value(telling.numbers["age_years"])
    for sex, given in (("female", telling.female), ("male", telling.male)):
        if model.holds(given):
            person["sex"] = sex
    for id_, state, by_text in told_states(telling, model):
        told_by_person = (id_ == "age_years" and "age" in person) or id_ == f"{person.get('sex')}_sex"
        implied = id_ in ("female_sex", "male_sex") and "sex" in person and state == "absent"
        if told_by_person or implied:
            continue
        item: JsonCase = {"id": id_, "state": state}
        if id_ in telling.numbers and state == "present":
            item["value"] = model.value(telling.numbers[id_])
        if by_text:
            item["from"] = "text"
        evidence.append(item)
    return {"person": person, "evidence": evidence}


def _without_one(case: JsonCase) -> Iterator[JsonCase]:
    """The case with one statement less."""
    for i in range(len(case["evidence"])):
        yield {**case, "evidence": case["evidence"][:i] + case["evidence"][i + 1 :]}
    for key in case["person"]:
        yield {**case, "person": {k: v for k, v in case["person"].items() if k != key}}


def _rounder(case: JsonCase) -> Iterator[JsonCase]:
    """The case with one number made whole."""
    for i, item in enumerate(case["evidence"]):
        if item.get("value", 0) % 1:
            rounded = {**item, "value": item["value"] // 1}
            yield {**case, "evidence": [*case["evidence"][:i], rounded, *case["evidence"][i + 1 :]]}
    if case["person"].get("age", 0) % 1:
        yield {**case, "person": {**case["person"], "age": case["person"]["age"] // 1}}


def shrink(case: JsonCase, shows: Callable[[JsonCase], bool]) -> JsonCase:
    """A case from which no statement can be left out without losing what it shows."""
    for simpler in (_without_one, _rounder):
        again = True
        while again:
            again = False
            for smaller in simpler(case):
                if shows(smaller):
                    case, again = smaller, True
                    break
    return case


def _still(shows: Callable[[JsonCase, Model], bool], model: Model, case: JsonCase) -> bool:
    return shows(case, model)


def size(case: JsonCase) -> int:
    """How much a case tells."""
    return len(case["evidence"]) + len(case["person"])


def _change(case: JsonCase, finding: str, state: State, value: float | None) -> JsonCase:
    """The case with another answer about one finding."""
    item: JsonCase = {"id": finding, "state": state}
    if value is not None:
        item["value"] = value
    others = [old for old in case["evidence"] if old["id"] != finding]
    person = {k: v for k, v in case["person"].items() if (k, finding) != ("age", "age_years")}
    return {**case, "person": person, "evidence": [*others, item]}


# --- the ground that the proofs stand on ---------------------------------------------------------------


@dataclass(frozen=True)
class Flip:
    """Two tellings that differ in one answer, and what the rules make of both."""

    evidence: AnyEvidence
    after: Verdict
    which: Mapping[str, Formula]
    to: State
    conditions: tuple[Formula, ...]


@dataclass
class Ground:
    """The knowledge, and what is built of it once for several proofs."""

    knowledge: Knowledge
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = Engine(self.knowledge)

    @cached_property
    def telling(self) -> Telling:
        """What anybody may tell."""
        return anybody(self.knowledge)

    @cached_property
    def possible(self) -> tuple[Formula, ...]:
        """What makes it a case."""
        return tuple(possible(self.telling, self.knowledge))

    @cached_property
    def evidence(self) -> AnyEvidence:
        """What follows from it."""
        return gathered(self.telling, self.knowledge)

    @cached_property
    def verdict(self) -> Verdict:
        """What the rules make of it."""
        return verdict(self.evidence, self.knowledge)

    @cached_property
    def witnesses(self) -> dict[str, JsonCase]:
        """For each rule a small case for which it holds, in the formulas and in the engine."""
        question = Question(*self.possible, *(no(told.text) for told in self.telling.findings.values()))
        found = ((id_, _witness(self, question, one)) for id_, one in self.verdict.rules.items())
        return {id_: case for id_, case in found if case is not None}

    @cached_property
    def opposites(self) -> frozenset[str]:
        """Findings whose "no" is another finding's "yes", neither of them a sign of danger."""
        findings = self.knowledge.findings
        return frozenset(
            finding.id
            for finding in findings.values()
            if finding.opposite and "danger" not in (finding.screens, findings[finding.opposite].screens)
        )

    @cached_property
    def to_present(self) -> Flip:
        """One more sign: absent, not sure or not asked becomes present; a quantity nobody knew is told."""
        return self._flip("present")

    @cached_property
    def to_unsure(self) -> Flip:
        """One "no" becomes "not sure"."""
        return self._flip("unsure")

    def _flip(self, to: State) -> Flip:
        telling = self.telling
        ids = [
            finding.id
            for finding in self.knowledge.findings.values()
            if finding.id not in self.opposites and (to == "present" or finding.kind != "quantity")
        ]
        each, one = choice(f"which becomes {to}", len(ids))
        conditions = [*self.possible, one]
        after: dict[str, Told] = {}
        for id_, chosen in zip(ids, each, strict=True):
            told, kept = telling.findings[id_], no(chosen)
            if to == "present":
                if id_ in telling.numbers:
                    conditions.append(either((kept, no(told.known))))
                after[id_] = Told(
                    either((told.present, chosen)),
                    both((told.absent, kept)),
                    both((told.unsure, kept)),
                    both((told.text, kept)),
                )
            else:
                conditions.append(either((kept, both((told.absent, no(told.text))))))
                after[id_] = Told(
                    told.present, both((told.absent, kept)), either((told.unsure, chosen)), told.text
                )
        flipped = replace(telling, findings={**telling.findings, **after})
        evidence = gathered(flipped, self.knowledge)
        return Flip(
            evidence,
            verdict(evidence, self.knowledge),
            dict(zip(ids, each, strict=True)),
            to,
            tuple(conditions),
        )

    def look(self, case: JsonCase) -> tuple[Evidence, Triage]:
        """What the engine itself makes of a case."""
        evidence = gather(parse_case(case, self.knowledge), self.knowledge)
        return evidence, triage(evidence, self.knowledge)

    def smallest(
        self, question: Question, breach: Formula, shows: Callable[[JsonCase, Model], bool]
    ) -> tuple[JsonCase, Model, bool] | None:
        """The smallest case that meets a formula and shows it to the engine; None if there is none at all."""
        model = question.somebody(breach)
        if model is None:
            return None
        first = model
        told = [one.known for id_, one in self.telling.findings.items() if not id_.endswith("male_sex")]
        told += [self.telling.female, self.telling.male]
        best: JsonCase | None = None
        while model is not None:
            case, found = case_of(self.telling, model), model
            if not shows(case, found):
                break
            best, first = shrink(case, partial(_still, shows, found)), found
            try:
                model = question.somebody(breach, at_most(size(best) - 1, told)) if size(best) else None
            except Undecided:  # this one is small, and perhaps there is a smaller one
                model = None
        return (best, first, True) if best is not None else (case_of(self.telling, first), first, False)


def _holds(rule: RedFlag, evidence: Evidence) -> bool:
    return evaluate(rule.when, evidence).truth is Truth.HOLDS


def _named(case: JsonCase, name: str) -> JsonCase:
    return {"id": name, **{key: value for key, value in case.items() if value}}


# --- the properties ------------------------------------------------------------------------------------


def prove_formulas_whole(ground: Ground) -> Outcome:
    """That the closure of the formulas goes as far as that of the engine."""
    question = Question(*ground.possible)
    changes = list(not_at_rest(ground.telling, ground.knowledge))
    breach = Breach("one more pass of the closure changes something: raise PASSES in gather_solver")
    unrest = any(question.somebody(change) is not None for change in changes)
    covered = f"{len(ground.telling.findings)} findings, {len(changes)} that others settle or change"
    return Outcome(covered, (breach,) if unrest else ())


def _witness(ground: Ground, question: Question, verdict: RuleVerdict) -> JsonCase | None:
    model = question.somebody(verdict.holds)
    if model is None:
        return None

    def shows(smaller: JsonCase) -> bool:
        return _holds(verdict.rule, ground.look(smaller)[0])

    whole = case_of(ground.telling, model)
    named = _asked_of(verdict.rule, ground.knowledge)
    own = {**whole, "evidence": [item for item in whole["evidence"] if item["id"] in named]}
    start = own if shows(own) else whole
    return shrink(start, shows) if shows(start) else None


def _asked_of(rule: RedFlag, knowledge: Knowledge) -> set[str]:
    """The findings of a rule and of the findings derived in it."""
    named = set(findings_of(rule.when))
    for finding in tuple(named):
        derived = knowledge.findings[finding].derived_from
        named |= set(findings_of(derived)) if derived is not None else set()
    return named


def prove_reachable(ground: Ground) -> Outcome:
    """Each rule holds for somebody, and the engine fires it for them."""
    breaches = [
        Breach(f"{one.rule.code} {id_}: no answers can make this rule fire")
        for id_, one in ground.verdict.rules.items()
        if id_ not in ground.witnesses
    ]
    return Outcome(f"{len(ground.verdict.rules)} rules, a case for each fired by the engine", tuple(breaches))


def prove_not_sure_acts(ground: Ground) -> Outcome:
    """What a rule says of "not sure" happens to somebody."""
    question = Question(*ground.possible)
    acting = [one for one in ground.verdict.rules.values() if one.rule.if_unsure != "nothing"]
    breaches = [
        Breach(f'{one.rule.code} {one.rule.id}: no "not sure" ever gives {one.rule.if_unsure}')
        for one in acting
        if question.somebody(one.by_unsure) is None
    ]
    silent = len(ground.verdict.rules) - len(acting)
    return Outcome(f'{len(acting)} rules; {silent} say that "not sure" does nothing', tuple(breaches))


def _plausible(ground: Ground) -> Iterator[Formula]:
    """Own answers only, which do not contradict each other, and age and sex that they can concern."""
    evidence = ground.evidence
    for id_, told in ground.telling.findings.items():
        data = ground.knowledge.findings[id_]
        yield no(told.text)
        for other in (*data.excludes, *([data.opposite] if data.opposite else [])):
            yield no(both((evidence.known[id_].present, evidence.known[other].present)))


def _swallowing(ground: Ground, one: RuleVerdict) -> list[RuleVerdict]:
    """The rules that could stand in for this one: as high, and as strict with exercises."""
    rank, gate = care_rank(one.rule.care_level), GATES.index(one.rule.programme)
    return [
        other
        for other in ground.verdict.rules.values()
        if other.rule.id != one.rule.id
        and care_rank(other.rule.care_level) >= rank
        and GATES.index(other.rule.programme) >= gate
    ]


def prove_none_swallowed(ground: Ground) -> Outcome:
    """Each rule decides for somebody: it fires, and no rule as high and as strict does."""
    question = Question(*ground.possible, *_plausible(ground))
    fires = {
        (id_, level): question.named(f"{id_} at {level}", one.at_least(level))
        for id_, one in ground.verdict.rules.items()
        for level in CARE_LEVELS
    }
    breaches, by_design = [], []
    for id_, one in ground.verdict.rules.items():
        level, others = one.rule.care_level, _swallowing(ground, one)
        holds = question.named(id_, one.holds)
        if question.somebody(holds, *(no(fires[other.rule.id, level]) for other in others)) is not None:
            continue
        by = [other for other in others if question.somebody(holds, no(fires[other.rule.id, level])) is None]
        names = ", ".join(f"{other.rule.code} {other.rule.id}" for other in by) or "several rules together"
        what = f"{one.rule.code} {id_} always comes with {names}"
        said = set(re.findall(r"\b[EUMS]\d+[a-z]?\b", one.rule.decided))
        if said & {other.rule.code for other in by or others}:
            by_design.append(f"{what}: {one.rule.decided}")
        else:
            case = ground.witnesses.get(id_)
            what += "; say in its `decided`, with the other's code, why it stands apart, or take it out"
            breaches.append(Breach(what, (_named(case, f"swallowed-{id_}"),) if case else ()))
    covered = f"{len(ground.verdict.rules)} rules, {len(by_design)} come with another by design"
    return Outcome(covered, tuple(breaches), tuple(by_design))


OTHERWISE: tuple[JsonCase, ...] = (
    {},
    {"text": "My elbow hurts and my throat is sore."},
    *({"person": {"age": age}} for age in (2, 9, 15, 16, 40, 66, 95)),
    *({"person": {"sex": sex, "pregnant": yes}} for sex in ("female", "male") for yes in (True, False)),
    *({"side": side} for side in ("left", "right", "both")),
    *({"respondent": who} for who in ("carer", "clinician")),
)


_TOLD_BY = {"age": ("age_years",), "sex": ("female_sex", "male_sex")}


def _varied(case: JsonCase, more: JsonCase) -> JsonCase:
    """The case with other surroundings; what it said of the same in its evidence goes."""
    gone = [finding for key in more.get("person", {}) for finding in _TOLD_BY.get(key, ())]
    evidence = [item for item in case["evidence"] if item["id"] not in gone]
    return {**case, **more, "person": {**case["person"], **more.get("person", {})}, "evidence": evidence}


def _too_low(ground: Ground, rule: RedFlag, case: JsonCase) -> bool:
    """Whether the engine, with everything it reads, ends below a rule that the answers alone fulfil."""
    turn = ground.engine.look(ground.engine.parse(case))
    return _holds(rule, turn.evidence) and care_rank(turn.triage.care_level) < care_rank(rule.care_level)


@dataclass(frozen=True)
class _Loses:
    """Whether a case tells the signs of a rule and the engine ends below it."""

    ground: Ground
    rule: RedFlag

    def __call__(self, case: JsonCase, _: Model) -> bool:
        told = Evidence(stated(parse_case(case, self.ground.knowledge)))
        level = self.ground.look(case)[1].care_level
        return _holds(self.rule, told) and care_rank(level) < care_rank(self.rule.care_level)


def prove_stated_signs_count(ground: Ground) -> Outcome:
    """Whoever tells the signs of a rule ends at its level or above, whatever else is told."""
    broken = {
        id_: both(
            (
                read(one.rule.when, ground.telling).holds,
                no(ground.verdict.level_at_least(one.rule.care_level)),
            )
        )
        for id_, one in ground.verdict.rules.items()
    }
    question = Question(*ground.possible)
    breaches: list[Breach] = []
    while (model := question.somebody(either(broken.values()))) is not None:
        id_ = next(id_ for id_, formula in broken.items() if model.holds(formula))
        rule = ground.verdict.rules[id_].rule
        lost = _Loses(ground, rule)
        found = ground.smallest(question, broken.pop(id_), lost)
        if found:
            what = f"{rule.code} {id_}: its signs are told and the level is below {rule.care_level}"
            breaches.append(_breach(what, (_named(found[0], f"lost-{id_}"),), confirmed=found[2]))
    ran = 0
    for id_, case in ground.witnesses.items():
        rule = ground.verdict.rules[id_].rule
        for more in OTHERWISE:
            varied = _varied(case, more)
            ran += 1
            if _too_low(ground, rule, varied):
                breaches.append(
                    Breach(f"{rule.code} {id_}: lost by {more}", (_named(varied, f"lost-{id_}"),))
                )
    covered = f"{len(ground.verdict.rules)} rules over all answers; the engine over {ran} variations"
    return Outcome(covered, tuple(breaches))


def _breach(what: str, cases: tuple[JsonCase, ...], *, confirmed: bool) -> Breach:
    return Breach(what if confirmed else f"{what} – {DISAGREE}", cases, confirmed)


@dataclass(frozen=True)
class _Pair:
    """A case and the same with one answer changed."""

    before: JsonCase
    after: JsonCase

    def named(self, name: str) -> tuple[JsonCase, JsonCase]:
        return _named(self.before, f"{name}-before"), _named(self.after, f"{name}-after")


def _pair(ground: Ground, flip: Flip, case: JsonCase, model: Model) -> _Pair:
    finding = next(id_ for id_, chosen in flip.which.items() if model.holds(chosen))
    number = ground.telling.numbers.get(finding)
    value = model.value(number) if number is not None else None
    return _Pair(case, _change(case, finding, flip.to, value))


def _flip_breach(
    ground: Ground,
    flip: Flip,
    broken: Formula,
    name: str,
    shows: Callable[[Triage, Triage], bool],
    what: Callable[[Triage, Triage], str],
) -> Breach | None:
    """The smallest pair of cases for which a change of one answer breaks something."""

    def breaks(case: JsonCase, model: Model) -> bool:
        pair = _pair(ground, flip, case, model)
        told = {item["id"]: item["state"] for item in case["evidence"]}
        finding = pair.after["evidence"][-1]["id"]
        if flip.to == "unsure" and told.get(finding) != "absent":
            return False
        return shows(ground.look(pair.before)[1], ground.look(pair.after)[1])

    found = ground.smallest(Question(*flip.conditions), broken, breaks)
    if found is None:
        return None
    case, model, confirmed = found
    pair = _pair(ground, flip, case, model)
    change = f"{pair.after['evidence'][-1]['id']} becomes {flip.to}"
    told = what(ground.look(pair.before)[1], ground.look(pair.after)[1])
    return _breach(f"{change}: {told}", pair.named(name), confirmed=confirmed)


def _level_falls(before: Triage, after: Triage) -> bool:
    urgent = max(care_rank(after.care_level), care_rank("routine"))
    return urgent < care_rank(before.care_level)


def _levels(before: Triage, after: Triage) -> str:
    return f"from {before.care_level} to {after.care_level}"


def _rules_last(ground: Ground, flip: Flip) -> bool:
    """That each rule, by itself, fires at least as high after the change as before."""
    question = Question(*flip.conditions)
    for id_, one in ground.verdict.rules.items():
        after = flip.after.rules[id_]
        lost = either(both((one.at_least(level), no(after.at_least(level)))) for level in LEVELS_UP)
        if question.somebody(lost) is not None:
            return False
    return True


def _never_lower(ground: Ground, flip: Flip, name: str, *, rules_last: bool) -> list[Breach]:
    """That a change of one answer lowers no level above routine.

    That all rules last is more than is needed and quick to ask; only if one does not, the level itself is.
    """
    if rules_last:
        return []
    before, after = ground.verdict, flip.after
    falls = either(
        both((before.level_at_least(level), no(after.level_at_least(level)))) for level in LEVELS_UP[1:]
    )
    breach = _flip_breach(ground, flip, falls, name, _level_falls, _levels)
    return [breach] if breach is not None else []


def _opposites_left_out(ground: Ground) -> tuple[str, ...]:
    """Which answers are at once the "no" of one finding and the "yes" of another, and who reads them."""
    rules = [
        rule.code
        for rule in ground.knowledge.red_flags
        if ground.opposites & _asked_of(rule, ground.knowledge)
    ]
    if not ground.opposites:
        return ()
    names = " and ".join(sorted(ground.opposites))
    return (
        f'{names}: the "no" of one is by definition the "yes" of the other, so to change one takes the other '
        f"back ({', '.join(rules)} read them)",
    )


def prove_more_signs_never_lower(ground: Ground) -> Outcome:
    """One more sign never lowers the level; self-care takes a mild one, or one that completes the screen."""
    flip, before = ground.to_present, ground.verdict
    breaches = _never_lower(ground, flip, "one-more-sign", rules_last=_rules_last(ground, flip))
    newly_mild = either(
        both((flip.after.rules[id_].holds, no(one.holds)))
        for id_, one in before.rules.items()
        if one.rule.care_level == "self_care"
    )
    to_self_care = both(
        (
            before.level["routine"],
            flip.after.level["self_care"],
            no(newly_mild),
            no(both((flip.after.screen_complete, no(before.screen_complete)))),
        )
    )
    breach = _flip_breach(ground, flip, to_self_care, "to-self-care", _to_self_care, _levels)
    breaches += [breach] if breach is not None else []
    covered = f"{len(flip.which)} findings, each in every telling; {len(before.rules)} rules"
    return Outcome(covered, tuple(breaches), _opposites_left_out(ground))


def _to_self_care(before: Triage, after: Triage) -> bool:
    return before.care_level != "self_care" and after.care_level == "self_care"


def _opens(before: Triage, after: Triage) -> bool:
    return GATES.index(after.programme) < GATES.index(before.programme)


def _levels_and_gates(before: Triage, after: Triage) -> str:
    return f"{_levels(before, after)}, programme {before.programme} to {after.programme}"


def _parts_last(flip: Flip, before: Verdict, own: Formula) -> bool:
    """That all that asks for a gate, and all that stands against self-care, is still there after the change.

    More than is needed, and quick, since each part is asked about by itself. That a rule still fires is what
    `_rules_last` has shown, and the age is not touched; the open questions and the signs are left.
    """
    easy, full = Question(*flip.conditions), Question(*flip.conditions, own)
    parts = [(no(before.mild), no(flip.after.mild)), (before.danger_told, flip.after.danger_told)]
    parts += [(before.waits[id_], flip.after.waits[id_]) for id_ in before.waits]
    for part, later in parts:
        lost = both((part, no(later)))
        if easy.somebody(lost) is not None and full.somebody(lost) is not None:
            return False
    return True


def prove_unsure_never_below_absent(ground: Ground) -> Outcome:
    """Where "no" becomes "not sure" the level never falls and the programme gate never opens.

    Where the text implies the sign, it is present once the "no" is gone: one sign more, which may complete
    the screen. For self-care and the gate that is left to `prove_more_signs_never_lower`.
    """
    flip, before = ground.to_unsure, ground.verdict
    rules_last = _rules_last(ground, flip)
    breaches = _never_lower(ground, flip, "not-sure", rules_last=rules_last)
    own = no(either(both((one, flip.evidence.leaf(id_).present)) for id_, one in flip.which.items()))
    if rules_last and _parts_last(flip, before, own):
        covered = f"{len(flip.which)} findings, each in every telling; {len(before.rules)} rules and the gate"
        return Outcome(covered, (), _opposites_left_out(ground))
    self_care = both((own, no(before.level["self_care"]), flip.after.level["self_care"]))
    opens = [both((before.gate_at_least(gate), no(flip.after.gate_at_least(gate)))) for gate in GATES[1:]]
    for name, broken, shows in (
        ("not-sure-self-care", self_care, _to_self_care),
        ("not-sure-gate", both((own, either(opens))), _opens),
    ):
        breach = _flip_breach(ground, flip, broken, name, shows, _levels_and_gates)
        breaches += [breach] if breach is not None else []
    covered = f"{len(flip.which)} findings, each in every telling; {len(before.rules)} rules and the gate"
    return Outcome(covered, tuple(breaches), _opposites_left_out(ground))


def _one_case(
    ground: Ground, name: str, what: str, broken: Formula, shows: Callable[[Evidence, Triage], bool]
) -> Iterator[Breach]:
    found = ground.smallest(Question(*ground.possible), broken, lambda case, _: shows(*ground.look(case)))
    if found is not None:
        yield _breach(what, (_named(found[0], name),), confirmed=found[2])


def _past_a_gate(ground: Ground, evidence: Evidence, result: Triage) -> bool:
    gates = [
        GATES.index(rule.programme)
        for rule in ground.knowledge.red_flags
        if rule.care_level != "self_care" and _holds(rule, evidence)
    ]
    return GATES.index(result.programme) < max(gates, default=0)


def _too_open(result: Triage) -> bool:
    rank = care_rank(result.care_level)
    if rank >= care_rank("same_day"):
        return result.programme != "none"
    return rank >= care_rank("within_days") and result.programme == "allowed"


def prove_gate_holds(ground: Ground) -> Outcome:
    """The programme gate is as strict as every rule that holds, and as the level asks."""
    said = ground.verdict
    past = either(
        both((one.holds, no(said.gate_at_least(one.rule.programme))))
        for one in said.rules.values()
        if one.rule.care_level != "self_care"
    )
    open_ = either(
        (
            both((said.level_at_least("same_day"), no(said.gate["none"]))),
            both((said.level_at_least("within_days"), said.gate["allowed"])),
        )
    )
    breaches = [
        *_one_case(
            ground, "past-a-gate", "the programme is more open than a rule that holds allows", past,
            lambda evidence, result: _past_a_gate(ground, evidence, result),
        ),
        *_one_case(
            ground, "too-open-for-the-level", "exercises at same day or above, or without limit within days",
            open_, lambda _, result: _too_open(result),
        ),
    ]  # fmt: skip
    return Outcome(f"{len(said.rules)} rules, all levels, over all answers", tuple(breaches))


def _is_child(evidence: Evidence) -> bool:
    age = evidence.value("age_years")
    return age is not None and age < ADULT_AGE


def prove_no_programme_for_a_child_or_an_open_screen(ground: Ground) -> Outcome:
    """No programme below 16, and none while the urgent screen is incomplete."""
    said = ground.verdict
    child = both(
        (
            ground.telling.leaf("age_years").present,
            compare(ground.telling.number("age_years"), "under", ADULT_AGE),
            no(said.gate["none"]),
        )
    )
    open_ = both((no(said.screen_complete), no(said.gate["none"])))
    breaches = [
        *_one_case(
            ground, "programme-for-a-child", "a programme below 16", child,
            lambda evidence, result: _is_child(evidence) and result.programme != "none",
        ),
        *_one_case(
            ground, "programme-with-an-open-screen", "a programme while the screen is incomplete", open_,
            lambda _, result: not result.screen_complete and result.programme != "none",
        ),
    ]  # fmt: skip
    return Outcome("every age, every open question, over all answers", tuple(breaches))


def prove_self_care_only_when_clear(ground: Ground) -> Outcome:
    """Self-care only when the screen is complete, no danger is told or unsure, and no other rule fires."""
    said = ground.verdict
    unclear = either(
        (
            no(said.screen_complete),
            said.danger_told,
            *(one.fires for one in said.rules.values() if one.rule.care_level != "self_care"),
        )
    )

    def shows(evidence: Evidence, result: Triage) -> bool:
        danger = any(
            evidence.state(id_) in ("present", "unsure")
            for id_, data in ground.knowledge.findings.items()
            if data.screens == "danger"
        )
        others = any(
            _holds(one.rule, evidence) for one in said.rules.values() if one.rule.care_level != "self_care"
        )
        return result.care_level == "self_care" and (danger or others or not result.screen_complete)

    breaches = tuple(
        _one_case(ground, "self-care-unclear", "self-care although something speaks against it",
                  both((said.level["self_care"], unclear)), shows)
    )  # fmt: skip
    reached = Question(*ground.possible).somebody(said.level["self_care"]) is not None
    if not reached:
        breaches += (Breach("nobody can reach self-care: the property would hold of nothing"),)
    return Outcome("all answers; self-care is within reach", breaches)


PROPERTIES: tuple[Property, ...] = (
    Property(
        "formulas_whole",
        "What the formulas infer from an answer is all that the engine infers.",
        "solver; that the formulas say the same as the engine is a property test",
        prove_formulas_whole,
    ),
    Property(
        "reachable",
        "No rule is unreachable: each holds for somebody, and the engine fires it for them.",
        "solver, and the engine on each case found",
        prove_reachable,
    ),
    Property(
        "not_sure_acts",
        'What a rule says of "not sure" is no empty word: somebody ends there by it.',
        "solver",
        prove_not_sure_acts,
    ),
    Property(
        "none_swallowed",
        "No rule is swallowed: each fires for somebody for whom no other rule as high and as strict does.",
        "solver, over own answers that do not contradict each other",
        prove_none_swallowed,
    ),
    Property(
        "stated_signs_count",
        "Whoever tells the signs of a rule ends at its level or above, whatever else is told or inferred.",
        "solver over all answers; text, side, respondent, pregnancy and age also by running the engine",
        prove_stated_signs_count,
    ),
    Property(
        "more_signs_never_lower",
        "One more sign never lowers the level (self-care aside, which has its own rule).",
        "solver over pairs that differ in one answer, rule by rule; the level is their maximum",
        prove_more_signs_never_lower,
    ),
    Property(
        "unsure_never_below_absent",
        '"Not sure" instead of "no" never lowers the level and never opens the programme gate.',
        "solver over pairs that differ in one answer, rule by rule, and over the gate",
        prove_unsure_never_below_absent,
    ),
    Property(
        "gate_holds",
        "The programme gate is never more open than a rule that holds; none from same day up.",
        "solver",
        prove_gate_holds,
    ),
    Property(
        "no_programme_for_a_child_or_an_open_screen",
        "No programme below 16, and none while the urgent screen is incomplete.",
        "solver",
        prove_no_programme_for_a_child_or_an_open_screen,
    ),
    Property(
        "self_care_only_when_clear",
        "Self-care only when the screen is complete, no danger is told or unsure, and no other rule fires.",
        "solver",
        prove_self_care_only_when_clear,
    ),
)
