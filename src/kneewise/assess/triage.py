"""Triage: how urgent it is, apart from and before any ranking of causes.

The level is the highest rule that fired; the base is routine. A likely harmless cause never lowers it.
Self-care comes only by its own rule, and only when the urgent screen is complete.
"""

from __future__ import annotations

from dataclasses import dataclass

from kneewise.evidence import Evidence
from kneewise.knowledge.types import GATES, CareLevel, Finding, Gate, Knowledge, RedFlag, care_rank
from kneewise.rules import Book, Reading, Truth, evaluate, findings_of

URGENT = care_rank("same_day")
ADULT_AGE = 16


@dataclass(frozen=True)
class Fired:
    """A rule that fired, at which level, and because of what."""

    rule: RedFlag
    care_level: CareLevel
    because: tuple[str, ...]
    by_unsure: bool = False


@dataclass(frozen=True)
class Undecided:
    """A rule that could still fire, and what to ask to decide it."""

    rule: RedFlag
    ask: tuple[str, ...]


@dataclass(frozen=True)
class Triage:
    """The outcome of all rules for one person."""

    care_level: CareLevel
    fired: tuple[Fired, ...]
    undecided: tuple[Undecided, ...]
    screen_complete: bool
    programme: Gate


def askable(finding: Finding, evidence: Evidence) -> bool:
    """Whether a person can be asked this: not an examination, and it can concern them."""
    if finding.who == "clinician" or finding.kind == "derived":
        return False
    age = evidence.value("age_years")
    if age is not None and not finding.min_age <= age <= finding.max_age:
        return False
    if finding.sex and evidence.state(f"{finding.sex}_sex") == "absent":
        return False
    return finding.only_after is None or evaluate(finding.only_after, evidence).truth is not Truth.FAILS


def _sources_of(knowledge: Knowledge, finding: str) -> tuple[str, ...]:
    """The findings to ask in order to know a derived one (itself, if it is asked)."""
    data = knowledge.findings[finding]
    if data.derived_from is None:
        return (finding,)
    return tuple(f for part in findings_of(data.derived_from) for f in _sources_of(knowledge, part))


class _ToAsk:
    """What to ask to decide a rule; many rules speak of the same findings, so each is looked at once."""

    def __init__(self, knowledge: Knowledge, evidence: Evidence) -> None:
        self._knowledge = knowledge
        self._evidence = evidence
        self._of: dict[str, tuple[str, ...]] = {}

    def __call__(self, reading: Reading) -> tuple[str, ...]:
        asked: dict[str, None] = {}
        for finding in reading.open_not_asked:
            known = self._of.get(finding)
            if known is None:
                known = self._of[finding] = tuple(
                    source
                    for source in _sources_of(self._knowledge, finding)
                    if askable(self._knowledge.findings[source], self._evidence)
                )
            asked.update(dict.fromkeys(known))
        return tuple(asked)


def _anchored(rule: RedFlag, evidence: Evidence, knowledge: Knowledge) -> bool:
    """Whether what makes a rule dangerous is there – not only what surrounds it.

    That is a sign of danger, present or unsure. A rule that knows no such sign lives on who the person is:
    a risk that is present, or the age it asks for.
    """
    named = findings_of(rule.when)
    signs = [finding for finding in named if knowledge.findings[finding].screens == "danger"]
    if signs:
        return any(evidence.state(finding) in ("present", "unsure") for finding in signs)
    return any(
        (finding == "age_years" or knowledge.findings[finding].screens == "risk")
        and evidence.state(finding) == "present"
        for finding in named
    )


def _fired(rule: RedFlag, reading: Reading, evidence: Evidence, knowledge: Knowledge) -> Fired | None:
    """A rule fires when it holds; or, as `if_unsure` says, when only "not sure" keeps it open.

    For the latter it must be anchored: "not sure" about how it began and how bad it is would otherwise send
    everybody who is unsure of such things.
    """
    if reading.truth is Truth.HOLDS:
        return Fired(rule, rule.care_level, reading.because)
    if rule.if_unsure == "nothing" or not reading.if_unsure_were_so:
        return None
    if reading.truth is Truth.OPEN and _anchored(rule, evidence, knowledge):
        return Fired(rule, rule.if_unsure, reading.open_unsure, by_unsure=True)
    return None


def _gate(
    evidence: Evidence, fired: tuple[Fired, ...], knowledge: Knowledge, *, screen_complete: bool
) -> Gate:
    """The programme gate: the strictest of the fired rules, none for a child or an open screen."""
    age = evidence.value("age_years")
    if not screen_complete or (age is not None and age < ADULT_AGE):
        return "none"
    allowed: list[Gate] = ["relative_rest" if _danger_told(evidence, knowledge) else "allowed"]
    for entry in fired:
        urgent_rule = care_rank(entry.rule.care_level) >= care_rank("within_days")
        if not urgent_rule or care_rank(entry.care_level) >= care_rank("within_days"):
            allowed.append(entry.rule.programme)
    return GATES[max(GATES.index(gate) for gate in allowed)]


def _danger_told(evidence: Evidence, knowledge: Knowledge) -> bool:
    """Whether any sign of danger is present or unsure: then nothing is self-care, whatever the rules say."""
    return any(
        evidence.state(finding) in ("present", "unsure")
        for finding, data in knowledge.findings.items()
        if data.screens == "danger"
    )


def _blocks(entry: Undecided, knowledge: Knowledge) -> bool:
    """Whether an open rule keeps the urgent screen open: it is urgent and a plain question decides it.

    What only a home test, a measurement or an examination could tell does not keep everybody waiting.
    """
    if care_rank(entry.rule.care_level) < URGENT or not entry.rule.universal:
        return False
    return any(knowledge.findings[finding].who == "person" for finding in entry.ask)


def triage(evidence: Evidence, knowledge: Knowledge, book: Book | None = None) -> Triage:
    """Read every rule for one person; `book` may hold the rules by id, remembered from turn to turn."""
    fired: list[Fired] = []
    undecided: list[Undecided] = []
    to_ask = _ToAsk(knowledge, evidence)
    for rule in knowledge.red_flags:
        reading = evaluate(rule.when, evidence) if book is None else book.read(rule.id, evidence)
        entry = _fired(rule, reading, evidence, knowledge)
        if entry is not None:
            fired.append(entry)
        if reading.truth is Truth.OPEN and (ask := to_ask(reading)):
            undecided.append(Undecided(rule, ask))
    fired.sort(key=lambda entry: (-care_rank(entry.care_level), entry.rule.code))
    undecided.sort(key=lambda entry: (-care_rank(entry.rule.care_level), entry.rule.code))
    complete = not any(_blocks(entry, knowledge) for entry in undecided)
    raising = tuple(entry for entry in fired if entry.care_level != "self_care")
    level: CareLevel = max((entry.care_level for entry in raising), key=care_rank, default="routine")
    mild = any(entry.care_level == "self_care" for entry in fired) and not _danger_told(evidence, knowledge)
    if mild and complete and not raising:
        level = "self_care"
    shown = tuple(fired) if level == "self_care" else raising
    return Triage(
        level,
        shown,
        tuple(undecided),
        complete,
        _gate(evidence, raising, knowledge, screen_complete=complete),
    )
