"""The engine: knowledge made ready, and one turn from a case to an assessment.

Pure: the same case and knowledge give the same assessment. Build one `Engine` and keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from kneewise.assess import change, clarity, factors, next_question, ranking, triage
from kneewise.assess.model import Model, Options, build
from kneewise.assess.triage import ADULT_AGE
from kneewise.evidence import Case, Evidence, Item, Person, parse_case
from kneewise.intake import Reader, Reading, read
from kneewise.knowledge.types import Knowledge, Words
from kneewise.pathway.contracts import (
    AssessmentContract,
    CauseContract,
    FactorContract,
    NextQuestionContract,
    NotClearContract,
    RedFlagContract,
    WouldChangeContract,
    WouldTellContract,
)
from kneewise.rules import Book, gather

ENGINE_VERSION = "0.1.0"
PLACES = 4


@dataclass(frozen=True)
class Turn:
    """Everything one look at a case gives, before it is written as a contract."""

    case: Case
    reading: Reading
    evidence: Evidence
    triage: triage.Triage
    posterior: ranking.Posterior
    factors: tuple[factors.FoundFactor, ...]

    def first_cause(self) -> str:
        """The likeliest cause."""
        chances = self.posterior.of_causes()
        return self.posterior.model.causes[int(chances.argmax())]


def text_items(reading: Reading, person: Person, knowledge: Knowledge) -> list[Item]:
    """What was read in the person's own words, as evidence from text; only what can concern this person.

    What only a child can have is read only when the person is known to be one, or a carer speaks.
    """
    items = []
    for mention in reading.mentions:
        data = knowledge.findings[mention.finding]
        childs = data.max_age < ADULT_AGE
        if person.age is None and childs and reading.respondent != "carer":
            continue
        if person.age is not None and not data.min_age <= person.age <= data.max_age:
            continue
        if data.sex and person.sex and data.sex != person.sex:
            continue
        items.append(Item(mention.finding, mention.state, mention.value, origin="text"))
    return items


def _rounded(number: float) -> float:
    return round(number, PLACES) + 0.0  # no negative zero


class Engine:
    """One knowledge, ready to assess."""

    def __init__(self, knowledge: Knowledge, *, language: str = "en", options: Options | None = None) -> None:
        self.knowledge = knowledge
        self.language = language
        self.options = options or Options()

    @cached_property
    def model(self) -> Model:
        """The ranking model's arrays."""
        return build(self.knowledge, self.options)

    @cached_property
    def rules(self) -> Book:
        """The triage rules, remembered from turn to turn."""
        return Book({rule.id: rule.when for rule in self.knowledge.red_flags})

    @cached_property
    def reader(self) -> Reader:
        """The reader of own words."""
        lexicon = self.knowledge.lexicons[self.language]
        entries = tuple((e.finding, e.says, e.denies, e.not_if) for e in lexicon.entries)
        return Reader(entries, lexicon.classes, lexicon.index)

    @property
    def words(self) -> Words:
        """The words for people, in the engine's language."""
        return self.knowledge.words[self.language]

    def parse(self, case: Mapping[str, Any] | Case) -> Case:
        """A case from its JSON value. Raises `evidence.BadCase`."""
        return case if isinstance(case, Case) else parse_case(case, self.knowledge)

    def look(self, case: Case, extra: Iterable[Item] = ()) -> Turn:
        """Read the case: evidence, urgency, causes, factors."""
        reading = read(case.text, self.reader)
        case = _with_reading(case, reading)
        evidence = gather(case, self.knowledge, (*text_items(reading, case.person, self.knowledge), *extra))
        return Turn(
            case=case,
            reading=reading,
            evidence=evidence,
            triage=triage.triage(evidence, self.knowledge, self.rules),
            posterior=ranking.posterior(self.model, evidence, self.knowledge),
            factors=factors.find_factors(evidence, self.knowledge),
        )

    def next_question(
        self, turn: Turn, pages_asked: tuple[str, ...] = (), *, causes: bool = True
    ) -> next_question.Question | None:
        """The next page worth asking; without `causes` only what decides how soon to be seen."""
        return next_question.next_question(
            turn.evidence,
            self.knowledge,
            self.model,
            turn.posterior,
            turn.triage,
            pages_asked,
            causes=causes,
        )

    def assess(self, case: Mapping[str, Any] | Case, pages_asked: tuple[str, ...] = ()) -> AssessmentContract:
        """The assessment of a case (docs/reference). Raises `evidence.BadCase`."""
        return self.write(self.look(self.parse(case)), pages_asked)

    def write(self, turn: Turn, pages_asked: tuple[str, ...] = ()) -> AssessmentContract:
        """A turn as the contract."""
        question = self.next_question(turn, pages_asked)
        reason = turn.reading.out_of_scope
        causes = ranking.rank(turn.posterior)
        return {
            "id": turn.case.id,
            "on": turn.case.on,
            "engine_version": ENGINE_VERSION,
            "knowledge_version": self.knowledge.version,
            "care_level": turn.triage.care_level,
            "screen_complete": turn.triage.screen_complete,
            "red_flags": [_red_flag(entry) for entry in turn.triage.fired],
            "undecided": [{"red_flag": e.rule.id, "ask": list(e.ask)} for e in turn.triage.undecided],
            "causes": [self._cause(cause) for cause in causes],
            "something_else": ranking.something_else(turn.posterior),
            "factors": [self._factor(found) for found in turn.factors],
            "understood": [
                {"finding": m.finding, "state": m.state, "words": m.words} for m in turn.reading.mentions
            ],
            "next_question": _question(question),
            "not_clear": self._not_clear(turn, causes),
            "would_change": self._would_change(turn),
            "programme": turn.triage.programme,
            "out_of_scope": {"reason": reason} if reason else None,
        }

    def _cause(self, cause: ranking.RankedCause) -> CauseContract:
        weights = [(reason.finding, _rounded(reason.weight)) for reason in cause.reasons]
        return {
            "id": cause.id,
            "name": self.words.conditions[cause.id].name,
            "probability": cause.probability,
            "low": cause.low,
            "high": cause.high,
            "together_with": list(cause.together_with),
            "for": [{"finding": finding, "weight": weight} for finding, weight in weights if weight > 0],
            "against": [{"finding": finding, "weight": weight} for finding, weight in weights if weight < 0],
        }

    def _factor(self, found: factors.FoundFactor) -> FactorContract:
        return {
            "id": found.factor.id,
            "status": found.status,
            "because": list(found.because),
            "acts_on": [{"cause": act.cause, "strength": act.strength} for act in found.factor.acts_on],
            "how_to_check": self.words.factors[found.factor.id].how_to_check,
        }

    def _not_clear(self, turn: Turn, causes: tuple[ranking.RankedCause, ...]) -> NotClearContract | None:
        found = clarity.not_clear(turn.evidence, self.knowledge, self.model, turn.posterior, causes)
        if found is None:
            return None
        tells: list[WouldTellContract] = [
            {"finding": finding, "who": self.knowledge.findings[finding].who}  # type: ignore[typeddict-item]
            for finding in found.would_tell
        ]
        return {"why": found.why, "would_tell": tells}

    def _would_change(self, turn: Turn) -> list[WouldChangeContract]:
        changes = change.level_changes(turn.evidence, self.knowledge, turn.triage)
        changes += change.cause_changes(turn.evidence, self.knowledge, self.model, turn.posterior)
        written: list[WouldChangeContract] = []
        for entry in changes:
            row: WouldChangeContract = {"finding": entry.finding, "state": entry.state}
            if entry.care_level:
                row["care_level"] = entry.care_level
            if entry.first_cause:
                row["first_cause"] = entry.first_cause
            if entry.together_with:
                row["together_with"] = list(entry.together_with)
            written.append(row)
        return written


def _with_reading(case: Case, reading: Reading) -> Case:
    """Fill what the person did not give apart from what their words say: age, sex, side."""
    person = case.person
    if person.age is None and reading.age is not None:
        person = replace(person, age=float(reading.age))
    if person.sex is None and reading.sex is not None:
        person = replace(person, sex=reading.sex)
    return replace(case, person=person, side=case.side or reading.side)


def _red_flag(entry: triage.Fired) -> RedFlagContract:
    return {
        "id": entry.rule.id,
        "care_level": entry.care_level,
        "because": list(entry.because),
        "points_to": list(entry.rule.points_to),
        "sources": list(entry.rule.sources),
    }


def _question(question: next_question.Question | None) -> NextQuestionContract | None:
    if question is None:
        return None
    return {"page": question.page, "findings": list(question.findings), "why": question.why}
