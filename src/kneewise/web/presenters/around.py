"""Around the exercises: medicines behind their questions, what else people try, what is worth knowing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kneewise.knowledge.types import TopicWords, TreatmentWords
from kneewise.pathway.telling_programme import say
from kneewise.plan import Situation
from kneewise.plan.around import Medicine, Tried, medicines, tried, worth_knowing
from kneewise.web.answers import Fault, Filled
from kneewise.web.knowledge import citations, engine, phrase, words
from kneewise.web.presenters.questions import by_topic, tick
from kneewise.web.strings import capital


@dataclass(frozen=True)
class Treatment:
    """Something people try, with what is known of it and whether it suits this person."""

    id: str
    name: str
    words: TreatmentWords
    effects: tuple[str, ...]
    strength: str
    verdict: str
    may: str
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Remedy:
    """A medicine: what may be told of it."""

    name: str
    safe: bool
    text: str
    more: str
    because: str
    evidence: str


def _signs(ids: tuple[str, ...]) -> str:
    """Findings (and causes) in words."""
    known = words()
    names = [known.findings[id_].name if id_ in known.findings else known.conditions[id_].name for id_ in ids]
    return ", ".join(dict.fromkeys(names))


def _told(one: Tried, kind: str) -> str:
    """What the first piece of evidence says of the effect, or of its own strength."""
    if not one.evidence:
        return ""
    first = one.evidence[0]
    return phrase(f"effect_{first.effect}" if kind == "effect" else f"strength_{first.strength}").text


def _may(one: Tried) -> str:
    if one.because:
        return say(words(), "tried_never", signs=_signs(one.because))
    if one.not_for:
        causes = ", ".join(words().conditions[cause].name for cause in one.not_for)
        return say(words(), "tried_not_for", causes=causes)
    return phrase("tried_safe" if one.verdict == "safe" else "tried_ask").text


def _treatment(one: Tried) -> Treatment:
    told = words().treatments[one.treatment.id]
    cautions = told.never_when if one.verdict == "ask" else ()
    verdict = one.verdict
    may = _may(one)
    if verdict == "ask" and not cautions:
        may = ""
    effect = _told(one, "effect").rstrip(".")
    effects = (effect[:1].lower() + effect[1:],) if effect else ()
    strength = _told(one, "strength")
    return Treatment(told.id, capital(told.name), told, effects, strength, verdict, may, cautions)


def around_page(situation: Situation) -> dict[str, Any]:
    """The context of the page on what else people try and what is worth knowing."""
    found = tried(situation, engine().knowledge)
    topics: list[TopicWords] = [
        words().topics[topic.id] for topic in worth_knowing(situation, engine().knowledge)
    ]
    ids = [source for one in found for source in one.treatment.sources]
    ids += [source for topic in topics for source in engine().knowledge.topics[topic.id].sources]
    return {
        "treatments": [_treatment(one) for one in found],
        "topics": topics,
        "sources": citations(ids),
        "knowledge_version": engine().knowledge.version,
    }


def _remedy(one: Medicine) -> Remedy:
    told = words().treatments[one.treatment.id]
    safe = one.verdict == "safe"
    advice = phrase(one.advice.id if safe else "medicine_ask_pharmacist")
    because = ""
    if one.because:
        because = say(words(), "medicine_because", signs=_signs(one.because))
    elif not safe and one.open:
        because = say(words(), "medicine_because_open", signs=_signs(one.open))
    return Remedy(capital(told.name), safe, advice.text, advice.more, because, told.evidence)


def remedies_page(situation: Situation) -> dict[str, Any]:
    """The context of the page on medicines once its questions are answered."""
    found = medicines(situation, engine().knowledge)
    return {
        "intro": phrase("medicine_intro"),
        "remedies": [_remedy(one) for one in found],
        "sources": citations([source for one in found for source in one.advice.sources]),
        "knowledge_version": engine().knowledge.version,
    }


def medicine_questions_page(findings: tuple[str, ...], filled: Filled, faults: list[Fault]) -> dict[str, Any]:
    """The context of the questions before any word on medicines."""
    told = words().pages["medicines"]
    first = by_topic(findings, lambda finding: tick(finding, filled))
    return {
        "title": told.title,
        "lead": told.lead,
        "why": told.why,
        "progress": _("For your programme"),
        "none_label": told.none,
        "groups": first,
        "choices": [],
        "numbers": [],
        "none": filled.none,
        "not_sure": filled.not_sure,
        "may_be_unsure": True,
        "faults": faults,
        "list_fault": faults[0].message if faults else "",
        "back": "programme",
    }
