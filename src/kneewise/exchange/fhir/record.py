"""Whose record is written: what all mappers share – the person's key, the day, words, ids and labels.

An id is made of what it names and of the person's key, so that the same content exported again has the same
ids, and two people never share one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kneewise.evidence import Case, Evidence
from kneewise.exchange.fhir.codes import ENGINE_TAG, KNOWLEDGE_TAG, REVIEW_TAG, Json, coding
from kneewise.exchange.fhir.narrative import narrative, paragraph
from kneewise.knowledge.types import Knowledge, Words
from kneewise.pathway.engine import ENGINE_VERSION

LONGEST_ID = 64
# How a unit is read out; a number without a word here has its UCUM unit.
UNIT_WORDS = {
    "{score}": "of 10", "d": "days", "min": "minutes", "s": "seconds", "a": "years", "deg": "degrees",
    "Cel": "°C", "{reps}": "times", "{ratio}": "",
}  # fmt: skip
_DIGITS = 16


@dataclass(frozen=True)
class Record:
    """One person's record on one day; `on` is None where nobody knows the day."""

    key: str
    on: str | None
    case: Case
    knowledge: Knowledge
    words: Words
    evidence: Evidence

    def id_of(self, kind: str, *parts: str) -> str:
        """A FHIR id (letters, digits, - and .; at most 64): readable, and a digest that keeps it apart."""
        return make_id(self.key, kind, *parts)

    def reference(self, kind: str, id_: str) -> Json:
        """A reference to a resource of this record."""
        return {"reference": f"{kind}/{id_}"}

    @property
    def patient(self) -> Json:
        """The person, as a reference."""
        return self.reference("Patient", self.id_of("patient"))

    @property
    def device(self) -> Json:
        """Kneewise itself, as a reference."""
        return self.reference("Device", self.id_of("kneewise"))

    @property
    def respondent(self) -> Json:
        """Who told it: the person, or somebody of whom nothing but the part they play is known."""
        if self.case.respondent == "carer":
            return {"type": "RelatedPerson", "display": "A carer of the person"}
        if self.case.respondent == "clinician":
            return {"type": "Practitioner", "display": "A clinician"}
        return self.patient

    def name(self, finding: str) -> str:
        """A finding's name in words."""
        told = self.words.findings.get(finding)
        return told.name if told else finding.replace("_", " ")

    def stated(self, finding: str) -> str:
        """A finding as it is known: its name, "no …" where it is absent, or that it is not sure."""
        state = self.evidence.told(finding)
        told = self.words.findings.get(finding)
        if state == "absent" and told and told.without:
            return told.without
        value = self.evidence.value(finding)
        if state == "present" and value is not None:
            return f"{self.name(finding)}: {self.amount(finding, value)}"
        return f"{'not sure: ' if state == 'unsure' else ''}{self.name(finding)}"

    def amount(self, finding: str, value: float) -> str:
        """A number with its unit in words."""
        unit = self.knowledge.findings[finding].unit
        return f"{value:g} {UNIT_WORDS.get(unit, unit)}".strip()

    def resource(self, kind: str, id_: str, told: str, **fields: Any) -> Json:
        """A resource with its labels, and a narrative of one paragraph unless `fields` has a better one."""
        return {
            "resourceType": kind,
            "id": id_,
            "meta": self.meta(),
            "text": narrative(paragraph(told)),
            **{key: value for key, value in fields.items() if value not in (None, [], {}, "")},
        }

    def meta(self, *profiles: str) -> Json:
        """Labels: the engine, the knowledge, and that no clinician has reviewed it."""
        tags = [
            coding(ENGINE_TAG, ENGINE_VERSION),
            coding(KNOWLEDGE_TAG, self.knowledge.version),
        ]
        if not self.knowledge.reviewed:
            tags.append(coding(REVIEW_TAG, "not-reviewed", "not reviewed by a clinician"))
        return {**({"profile": list(profiles)} if profiles else {}), "tag": tags}


def make_id(key: str, kind: str, *parts: str) -> str:
    """A stable id of something of the person with this key."""
    digest = hashlib.sha256(json.dumps([key, kind, *parts]).encode()).hexdigest()[:_DIGITS]
    readable = re.sub(r"[^A-Za-z0-9]+", "-", "-".join((kind, *parts))).strip("-")
    return f"{readable[: LONGEST_ID - _DIGITS - 1].strip('-')}-{digest}"


def key_of(case: Mapping[str, Any]) -> str:
    """The key where none is given: the case's own id, else what it says."""
    if isinstance(case.get("id"), str) and case["id"]:
        return str(case["id"])
    told = json.dumps(case, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()
