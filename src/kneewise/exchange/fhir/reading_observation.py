"""An Observation as evidence: only what its code, value and unit say exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kneewise.evidence import CONVERSIONS, BadCase, quantity
from kneewise.exchange.fhir.codes import (
    CONVERTED_EXACTLY,
    DATA_ABSENT,
    DIARY,
    FINDING,
    KNEE_REGION,
    LOINC,
    LOINC_OF,
    MEASURE,
    METHOD,
    ORIGIN,
    RECORD,
    SNOMED,
    UCUM,
    Json,
)
from kneewise.exchange.fhir.narrative import clean
from kneewise.exchange.fhir.reading_parts import code_of, codings, effective, extension, side_of
from kneewise.knowledge.types import Finding, Knowledge
from kneewise.rules import findings_of

FINDING_OF_LOINC = {code: finding for finding, (code, _) in LOINC_OF.items()}
# What stays as it was told on another day; everything else is of its day.
LASTING = frozenset({"history", "about", "medicines", "habits", "activity", "onset"})
_GOOD = ("final", "amended", "corrected")
_WRONG = ("entered-in-error", "cancelled")
_DAYS_OF_AN_AGE = 365
_OF_RULES: dict[str, frozenset[str]] = {}  # by the knowledge's version: a bundle asks thousands of times


@dataclass(frozen=True)
class Read:
    """What an Observation says: a piece of evidence, or the own words and the side of the complaint."""

    item: Json | None = None
    text: str = ""
    side: str | None = None
    of_person: bool = False


class Skip(Exception):
    """An Observation that is not taken over; the argument is the code of why."""


def _finding(resource: Mapping[str, Any], knowledge: Knowledge) -> Finding:
    found: dict[str, Finding] = {}
    known = list(codings(resource.get("code")))
    for system, code in known:
        if system == FINDING and code in knowledge.findings:
            found[code] = knowledge.findings[code]
        elif system == LOINC and code in FINDING_OF_LOINC:
            id_ = FINDING_OF_LOINC[code]
            found[id_] = knowledge.findings[id_]
    if len(found) > 1:
        raise Skip("two_meanings")
    if not found:
        raise Skip("unknown_code" if known else "no_code")
    return next(iter(found.values()))


def _number(resource: Mapping[str, Any], finding: Finding) -> float:
    """The value of a quantity in its own unit; only units that are exact numbers of each other."""
    whole = resource.get("valueInteger")
    if isinstance(whole, int) and not isinstance(whole, bool) and finding.unit == "{score}":
        value: Any = whole
    else:
        told = resource.get("valueQuantity")
        if not isinstance(told, Mapping):
            raise Skip("no_value")
        if told.get("comparator") is not None:
            raise Skip("not_exact")
        value = told.get("value")
        unit = told.get("code") if told.get("system") == UCUM else None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Skip("no_value")
        if unit != finding.unit:
            if not isinstance(unit, str) or (unit, finding.unit) not in CONVERTED_EXACTLY:
                raise Skip("unit")
            factor, offset = CONVERSIONS[unit, finding.unit]
            value = round(value * factor + offset, 6)
    try:
        return quantity(finding, value, "")
    except (BadCase, OverflowError):
        raise Skip("value") from None


def _state(resource: Mapping[str, Any], finding: Finding) -> Json:
    reason = resource.get("dataAbsentReason")
    if reason is not None:
        if code_of(reason, DATA_ABSENT) != "asked-unknown":
            raise Skip("no_value")
        return {"state": "unsure"}
    if finding.kind == "quantity":
        return {"state": "present", "value": _number(resource, finding), "unit": finding.unit}
    answer = resource.get("valueBoolean")
    if not isinstance(answer, bool):
        raise Skip("no_value")
    return {"state": "present" if answer else "absent"}


def _place(resource: Mapping[str, Any]) -> str | None:
    """The side of the body site; a place that is neither the knee nor a side is not understood."""
    site = resource.get("bodySite")
    if site is None:
        return None
    side = side_of(site)
    own_system = code_of(resource.get("code"), FINDING) is not None
    if side is None and not own_system and code_of(site, SNOMED) != KNEE_REGION[0]:
        raise Skip("other_place")
    return side


def _decides_urgency(finding: str, knowledge: Knowledge) -> bool:
    """Whether a rule of urgency asks for a finding: an old no to it would close the rule unasked."""
    if knowledge.version not in _OF_RULES:
        _OF_RULES[knowledge.version] = frozenset(
            asked for rule in knowledge.red_flags for asked in findings_of(rule.when)
        )
    return finding in _OF_RULES[knowledge.version] or knowledge.findings[finding].topic == "urgent_screen"


def fits_today(finding: Finding, item: Json, day: date | None, on: date, knowledge: Knowledge) -> None:
    """Raise `Skip` for what says nothing about how things are on the day of the import."""
    if day is not None and day > on:
        raise Skip("later")
    if day == on:
        return
    if finding.id == "age_years":
        if day is None or (on - day).days >= _DAYS_OF_AN_AGE:
            raise Skip("undated" if day is None else "old")
        return
    if item["state"] == "absent" and (finding.screens or _decides_urgency(finding.id, knowledge)):
        raise Skip("old_no")
    if finding.topic in LASTING or item["state"] == "unsure":
        return
    if finding.kind == "quantity":
        measure = knowledge.measures.get(finding.id)
        if day is None:
            raise Skip("undated")
        if measure is None or (on - day).days > measure.stale_after_days:
            raise Skip("old")


def read_observation(resource: Mapping[str, Any], on: date, knowledge: Knowledge) -> Read:
    """What an Observation says. Raises `Skip` with the code of why it is not taken over."""
    status = resource.get("status")
    if status not in _GOOD:
        raise Skip("wrong" if status in _WRONG else "not_final")
    systems = {system for system, _ in codings(resource.get("code"))}
    if systems & {DIARY, MEASURE}:
        raise Skip("diary")
    if code_of(resource.get("code"), RECORD) == "own_words":
        text = resource.get("valueString")
        return Read(text=clean(text) if isinstance(text, str) else "", side=side_of(resource.get("bodySite")))
    finding = _finding(resource, knowledge)
    item: Json = {"id": finding.id, **_state(resource, finding)}
    side, day = _place(resource), effective(resource)
    fits_today(finding, item, day, on, knowledge)
    if side is not None:
        item["side"] = side
    if day is not None and day != on:
        item["on"] = day.isoformat()
    method = code_of(resource.get("method"), METHOD)
    if method and len(method) <= 200:
        item["method"] = clean(method)
    origin = (extension(resource, ORIGIN) or {}).get("valueCode")
    # A no that was only read in own words must not become an answer: it stays what it was.
    item["from"] = "text" if origin == "text" else "imported"
    return Read(item=item, of_person=origin == "person" or finding.id == "age_years")
