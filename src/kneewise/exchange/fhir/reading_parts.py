"""The parts that all resources share – codings, days, sides – read without trusting that they are right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kneewise.exchange.fhir.codes import LATERALITY, SIDES, SNOMED

_MOST_CODINGS = 50
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T.{1,40})?")
_SIDE_OF = {code: side for side, (code, _) in SIDES.items()}


def objects(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list, up to a bound; nothing if it is no list."""
    if not isinstance(value, list):
        return []
    return [one for one in value[:_MOST_CODINGS] if isinstance(one, Mapping)]


def codings(concept: Any) -> Iterator[tuple[str, str]]:
    """The (system, code) pairs of a CodeableConcept."""
    if isinstance(concept, Mapping):
        for one in objects(concept.get("coding")):
            system, code = one.get("system"), one.get("code")
            if isinstance(system, str) and isinstance(code, str):
                yield system, code


def code_of(concept: Any, system: str) -> str | None:
    """The first code of a system."""
    return next((code for known, code in codings(concept) if known == system), None)


def first_code(concept: Any) -> str | None:
    """The first code whatever its system, for status-like concepts."""
    return next((code for _, code in codings(concept)), None)


def name_of(concept: Any) -> str:
    """What a concept calls itself, to show to people."""
    if not isinstance(concept, Mapping):
        return ""
    if isinstance(concept.get("text"), str):
        return str(concept["text"])
    shown = [str(one.get("display") or one.get("code") or "") for one in objects(concept.get("coding"))]
    return next((one for one in shown if one), "")


def day_of(value: Any) -> date | None:
    """The day of a date or dateTime; None where it is not a whole day."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def effective(resource: Mapping[str, Any]) -> date | None:
    """The day an Observation holds for: of a period its end, or its start where it has none."""
    period = resource.get("effectivePeriod")
    inside = (period.get("end"), period.get("start")) if isinstance(period, Mapping) else ()
    found = (resource.get("effectiveDateTime"), resource.get("effectiveInstant"), *inside)
    return next((day for day in map(day_of, found) if day is not None), None)


def extension(element: Any, url: str) -> Mapping[str, Any] | None:
    """The first extension with an address."""
    if not isinstance(element, Mapping):
        return None
    return next((one for one in objects(element.get("extension")) if one.get("url") == url), None)


def side_of(site: Any) -> str | None:
    """The side a body site names; None where it names none that is known."""
    own = extension(site, LATERALITY) or {}
    code = code_of(own.get("valueCodeableConcept"), SNOMED)
    if code is None:
        code = next((one for system, one in codings(site) if system == SNOMED and one in _SIDE_OF), None)
    return _SIDE_OF.get(code) if code is not None else None
