"""From a case to evidence: one state per finding, with all that follows from it by definition.

Implications, exclusions, opposites, and the bands of quantities. Order never matters: of two answers of
equal standing the more urgent one counts; the person's own answer outweighs their text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kneewise.evidence import Case, Evidence, Item, Known, Person
from kneewise.knowledge.types import Expression, Finding, Knowledge, State
from kneewise.rules.fold import findings_of
from kneewise.rules.one_person import Truth, evaluate

_URGENCY = {"present": 3, "unsure": 2, "absent": 1}
_OPPOSITE: dict[State, State] = {"present": "absent", "absent": "present", "unsure": "unsure"}


def _latest(items: list[Item]) -> list[Item]:
    """Of items about one finding: the answers rather than the text, and of those the newest day."""
    own = [item for item in items if item.origin != "text"]
    if all(item.state == "unsure" for item in own):
        return items  # "not sure" does not take back what the person wrote
    newest = max((item.on or "" for item in own), default="")
    return [item for item in own if (item.on or "") == newest]


def _settle(items: list[Item]) -> Known:
    """One state from items of equal standing; where they differ, the more urgent one counts."""
    best = max(items, key=lambda item: (_URGENCY[item.state], item.value if item.value is not None else 0.0))
    return Known(best.state, all(item.origin == "text" for item in items), best.value)


def _of_person(person: Person) -> list[Item]:
    items = []
    if person.age is not None:
        items.append(Item("age_years", "present", person.age))
    if person.sex is not None:
        items.append(Item("female_sex", "present" if person.sex == "female" else "absent"))
        items.append(Item("male_sex", "present" if person.sex == "male" else "absent"))
    if person.pregnant is not None:
        items.append(Item("pregnant_or_6_weeks_postpartum", "present" if person.pregnant else "absent"))
    return items


def stated(case: Case, extra: Iterable[Item] = ()) -> dict[str, Known]:
    """What a case tells, one state per finding, before anything is inferred."""
    by_finding: dict[str, list[Item]] = {}
    for item in (*_of_person(case.person), *case.items, *extra):
        by_finding.setdefault(item.finding, []).append(item)
    return {finding: _settle(_latest(items)) for finding, items in sorted(by_finding.items())}


class _Closure:
    """Adds implications, exclusions and opposites until nothing new follows."""

    def __init__(self, knowledge: Knowledge, known: dict[str, Known]) -> None:
        self.knowledge = knowledge
        self.known = known
        self.implied_by: dict[str, list[str]] = {}
        for finding in knowledge.findings.values():
            for other in finding.implies:
                self.implied_by.setdefault(other, []).append(finding.id)

    def _add(self, finding: str, state: State, *, from_text: bool) -> bool:
        """Record an inference: a presence beats what stood there, anything else only fills a gap.

        What text implies does not beat an own "no"; an own "not sure" does not take it back.
        """
        old = self.known.get(finding)
        if old is not None:
            weaker = not from_text or old.from_text or old.state == "unsure"
            newly_present = state == "present" and old.state != "present" and weaker
            firmer = old.state == state and old.from_text and not from_text
            if not (newly_present or firmer):
                return False
        self.known[finding] = Known(state, from_text, old.value if old else None, inferred=True)
        return True

    def _from(self, finding: str, known: Known) -> bool:
        data = self.knowledge.findings[finding]
        changed = False
        if known.state == "present":
            for other in data.implies:
                changed |= self._add(other, "present", from_text=known.from_text)
            for other in data.excludes:
                changed |= self._add(other, "absent", from_text=known.from_text)
        if known.state == "absent":
            for other in self.implied_by.get(finding, ()):
                changed |= self._add(other, "absent", from_text=known.from_text)
        if data.opposite and not known.inferred:
            changed |= self._add(data.opposite, _OPPOSITE[known.state], from_text=known.from_text)
        return changed

    def run(self) -> dict[str, Known]:
        """Repeat until nothing new follows (at most once per finding)."""
        for _ in self.knowledge.findings:
            changed = False
            for finding in sorted(self.known):
                changed |= self._from(finding, self.known[finding])
            if not changed:
                break
        return self.known


def _rests_on_text(expression: Expression, known: dict[str, Known]) -> bool:
    return any(known[finding].from_text for finding in findings_of(expression) if finding in known)


def _derive(knowledge: Knowledge, known: dict[str, Known]) -> dict[str, Known]:
    """Add the findings that quantities and other findings settle."""
    for _ in range(2):  # a derivation may stand on another one, never deeper
        evidence = Evidence(known)
        for rule in knowledge.derivations:
            old = known.get(rule.finding)
            if evaluate(rule.present_if, evidence).truth is Truth.HOLDS:
                if old is None or old.state != "present":
                    text = _rests_on_text(rule.present_if, known)
                    known[rule.finding] = Known("present", text, inferred=True)
            elif (
                old is None
                and rule.absent_if is not None
                and evaluate(rule.absent_if, evidence).truth is Truth.HOLDS
            ):
                known[rule.finding] = Known("absent", _rests_on_text(rule.absent_if, known), inferred=True)
        for finding in knowledge.findings.values():
            if finding.derived_from is None or (finding.id in known and not known[finding.id].inferred):
                continue
            reading = evaluate(finding.derived_from, evidence)
            text = _rests_on_text(finding.derived_from, known)
            if reading.truth is Truth.HOLDS:
                known[finding.id] = Known("present", text, inferred=True)
            elif reading.truth is Truth.FAILS:
                known[finding.id] = Known("absent", text, inferred=True)
            elif reading.open_unsure and not reading.open_not_asked:
                known[finding.id] = Known("unsure", text, inferred=True)
    return known


def _cannot_concern(finding: Finding, person: Person) -> bool:
    """Whether sex or age rules out a finding: no man is pregnant, no grown-up a child."""
    if finding.sex and person.sex and finding.sex != person.sex:
        return True
    return person.age is not None and not finding.min_age <= person.age <= finding.max_age


def gather(case: Case, knowledge: Knowledge, extra: Iterable[Item] = ()) -> Evidence:
    """The evidence of a case; `extra` holds items read from its own words."""
    known = stated(case, extra)
    for finding in knowledge.findings.values():
        asked_of_people = finding.screens and finding.who == "person"
        if asked_of_people and finding.id not in known and _cannot_concern(finding, case.person):
            known[finding.id] = Known("absent", inferred=True)
    # Once more after deriving: a measured temperature is a fever, and a fever has consequences too.
    derived = _derive(knowledge, _Closure(knowledge, known).run())
    whole = _Closure(knowledge, derived).run()
    for id_, fact in whole.items():
        # Age and sex count by themselves when causes are ranked: what they rule out is no news.
        if fact.inferred and fact.state == "absent" and _cannot_concern(knowledge.findings[id_], case.person):
            whole[id_] = replace(fact, ruled_out=True)
    return Evidence(whole)
