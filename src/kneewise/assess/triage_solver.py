"""Triage as formulas: what `triage` says of one person, said of anybody.

It is written beside `triage` and follows it line by line; a property test holds the two together on random
evidence, so what is proved here is proved of what runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kneewise.assess.triage import ADULT_AGE, URGENT
from kneewise.knowledge.types import (
    CARE_LEVELS,
    GATES,
    CareLevel,
    Finding,
    Gate,
    Knowledge,
    RedFlag,
    care_rank,
)
from kneewise.rules.fold import findings_of
from kneewise.rules.gather_solver import Evidence
from kneewise.rules.solver import Formula, Reading, both, compare, either, no, read


@dataclass(frozen=True)
class RuleVerdict:
    """One rule: when it holds, when "not sure" makes it fire, when it is open."""

    rule: RedFlag
    reading: Reading
    holds: Formula
    by_unsure: Formula

    @property
    def fires(self) -> Formula:
        """Holds, or fires by "not sure"."""
        return either((self.holds, self.by_unsure))

    def at_least(self, level: CareLevel) -> Formula:
        """That it fires at this level or above."""
        fires = [self.holds] if care_rank(self.rule.care_level) >= care_rank(level) else []
        if self.rule.if_unsure != "nothing" and care_rank(self.rule.if_unsure) >= care_rank(level):
            fires.append(self.by_unsure)
        return either(fires)


@dataclass(frozen=True)
class Verdict:
    """The outcome of all rules for anybody.

    `waits`: by rule, that it keeps the urgent screen open. `gate_asks`: by gate, what asks for at least it.
    """

    rules: Mapping[str, RuleVerdict]
    level: Mapping[CareLevel, Formula]
    gate: Mapping[Gate, Formula]
    screen_complete: Formula
    danger_told: Formula
    mild: Formula
    waits: Mapping[str, Formula]
    gate_asks: Mapping[Gate, tuple[Formula, ...]]

    def level_at_least(self, level: CareLevel) -> Formula:
        """That the level is this one or above."""
        return either(self.level[other] for other in CARE_LEVELS[care_rank(level) :])

    def gate_at_least(self, gate: Gate) -> Formula:
        """That the programme gate is this one or stricter."""
        return either(self.gate[other] for other in GATES[GATES.index(gate) :])


def _told(evidence: Evidence, finding: str) -> Formula:
    leaf = evidence.leaf(finding)
    return either((leaf.present, leaf.unsure))


def _anchored(rule: RedFlag, evidence: Evidence, knowledge: Knowledge) -> Formula:
    named = findings_of(rule.when)
    signs = [finding for finding in named if knowledge.findings[finding].screens == "danger"]
    if signs:
        return either(_told(evidence, finding) for finding in signs)
    return either(
        evidence.leaf(finding).present
        for finding in named
        if finding == "age_years" or knowledge.findings[finding].screens == "risk"
    )


def rule_verdict(rule: RedFlag, evidence: Evidence, knowledge: Knowledge) -> RuleVerdict:
    """One rule for anybody."""
    reading = read(rule.when, evidence)
    by_unsure: Formula = False
    if rule.if_unsure != "nothing":
        anchored = _anchored(rule, evidence, knowledge)
        by_unsure = both((reading.open, reading.would, anchored))
    return RuleVerdict(rule, reading, reading.holds, by_unsure)


def _askable(finding: Finding, evidence: Evidence) -> Formula:
    if finding.who == "clinician" or finding.kind == "derived":
        return False
    conditions: list[Formula] = []
    age = evidence.number("age_years")
    if finding.min_age > 0 or finding.max_age < 120:
        fits = both((compare(age, "at_least", finding.min_age), compare(age, "at_most", finding.max_age)))
        conditions.append(either((no(evidence.leaf("age_years").present), fits)))
    if finding.sex:
        leaf = evidence.leaf(f"{finding.sex}_sex")
        conditions.append(either((leaf.present, leaf.unsure, leaf.not_asked)))
    if finding.only_after is not None:
        conditions.append(read(finding.only_after, evidence).possible)
    return both(conditions)


def _sources_of(knowledge: Knowledge, finding: str) -> tuple[str, ...]:
    data = knowledge.findings[finding]
    if data.derived_from is None:
        return (finding,)
    return tuple(f for part in findings_of(data.derived_from) for f in _sources_of(knowledge, part))


def _blocks(verdict: RuleVerdict, evidence: Evidence, knowledge: Knowledge) -> Formula:
    """That an open rule keeps the urgent screen open."""
    if care_rank(verdict.rule.care_level) < URGENT or not verdict.rule.universal:
        return False
    waits = []
    for finding, is_open in verdict.reading.open_not_asked.items():
        for source in _sources_of(knowledge, finding):
            data = knowledge.findings[source]
            if data.who == "person":
                waits.append(both((is_open, _askable(data, evidence))))
    return either(waits)


def _gate_asks(
    rules: Mapping[str, RuleVerdict], evidence: Evidence, danger: Formula, waits: Mapping[str, Formula]
) -> dict[Gate, tuple[Formula, ...]]:
    age = compare(evidence.number("age_years"), "under", ADULT_AGE)
    child = both((evidence.leaf("age_years").present, age))
    asks: dict[Gate, list[Formula]] = {"none": [*waits.values(), child], "relative_rest": [danger]}
    for verdict in rules.values():
        rule = verdict.rule
        if rule.care_level == "self_care" or rule.programme == "allowed":
            continue
        counts = [verdict.holds]
        urgent_rule = care_rank(rule.care_level) >= care_rank("within_days")
        if rule.if_unsure != "nothing" and (
            not urgent_rule or care_rank(rule.if_unsure) >= care_rank("within_days")
        ):
            counts.append(verdict.by_unsure)
        asks[rule.programme].append(either(counts))
    return {gate: tuple(parts) for gate, parts in asks.items()}


def _gate(asks: Mapping[Gate, tuple[Formula, ...]]) -> dict[Gate, Formula]:
    none = either(asks["none"])
    rest = both((no(none), either(asks["relative_rest"])))
    return {"none": none, "relative_rest": rest, "allowed": no(either((none, rest)))}


def verdict(evidence: Evidence, knowledge: Knowledge) -> Verdict:
    """Every rule for anybody, and what they give together."""
    rules = {rule.id: rule_verdict(rule, evidence, knowledge) for rule in knowledge.red_flags}
    danger = either(
        _told(evidence, id_) for id_, data in knowledge.findings.items() if data.screens == "danger"
    )
    waits = {id_: _blocks(one, evidence, knowledge) for id_, one in rules.items()}
    complete = no(either(waits.values()))
    reaches = {level: either(one.at_least(level) for one in rules.values()) for level in CARE_LEVELS[1:]}
    mild = either(one.holds for one in rules.values() if one.rule.care_level == "self_care")
    level: dict[CareLevel, Formula] = {}
    higher: Formula = False
    for name in reversed(CARE_LEVELS[2:]):
        level[name] = both((no(higher), reaches[name]))
        higher = reaches[name]
    level["self_care"] = both((mild, no(danger), complete, no(reaches["routine"])))
    level["routine"] = both((no(higher), no(level["self_care"])))
    asks = _gate_asks(rules, evidence, danger, waits)
    return Verdict(rules, level, _gate(asks), complete, danger, mild, waits, asks)
