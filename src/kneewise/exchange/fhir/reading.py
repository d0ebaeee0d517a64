"""Import: a Bundle (or one resource) of one person → a case whose evidence says that it was imported.

Nothing is guessed: a code, unit, day or body site not known exactly is left out, and the list says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kneewise.evidence import MAX_EVIDENCE_ITEMS, MAX_TEXT_CHARACTERS, BadCase, parse_case
from kneewise.exchange.fhir import bounds
from kneewise.exchange.fhir.codes import Json
from kneewise.exchange.fhir.not_taken import Listed, NotTaken
from kneewise.exchange.fhir.reading_answers import PREGNANT, read_answers
from kneewise.exchange.fhir.reading_history import read_condition, read_medication, read_patient
from kneewise.exchange.fhir.reading_observation import Read, Skip, read_observation
from kneewise.exchange.fhir.reading_parts import first_code, name_of
from kneewise.exchange.fhir.refused import Refused
from kneewise.knowledge.types import Knowledge

BUNDLES = ("collection", "document", "transaction", "batch", "searchset", "history", "message")
READ = ("Observation", "Condition", "MedicationStatement", "QuestionnaireResponse")
OF_A_PROGRAM = frozenset(
    {"CarePlan", "Composition", "Device", "Flag", "Goal", "Provenance", "RiskAssessment",
     "ServiceRequest", "Questionnaire"}
)  # fmt: skip
_URGENCY = {"present": 3, "unsure": 2, "absent": 1}


@dataclass(frozen=True)
class Imported:
    """What was read: a case, and what was not taken over (`more` are not listed, only counted)."""

    case: Json
    not_taken: tuple[NotTaken, ...]
    more: int = 0

    def as_data(self) -> Json:
        """As JSON values."""
        listed = [one.as_data() for one in self.not_taken]
        return {"case": self.case, "not_taken": listed, "more_not_taken": self.more}


@dataclass
class _Sheet:
    """What has been read so far, each piece with its place."""

    items: list[tuple[str, Json]] = field(default_factory=list)
    person: Json = field(default_factory=dict)
    text: str = ""
    side: str | None = None
    listed: Listed = field(default_factory=Listed)
    unread: dict[tuple[str, str], int] = field(default_factory=dict)

    def take_words(self, where: str, text: str, side: str | None) -> None:
        """Own words and the side: the first stay, and others that differ are said."""
        if text and self.text and text != self.text:
            self.listed.add(where, "own words", "second_words")
        if side and self.side and side != self.side:
            self.listed.add(where, f"side: {side}", "second_words")
        self.text, self.side = self.text or text, self.side or side

    def take_person(self, where: str, key: str, known: Any) -> None:
        """What is known of the person: the first stays – a date of birth is read first – and others are said.

        An age may be rounded, so only a whole year is a difference; of two answers about a pregnancy the one
        that asks for more care counts.
        """
        first = self.person.setdefault(key, known)
        if first == known or (key == "age" and abs(first - known) < 1):
            return
        if key == "pregnant":
            self.person[key] = True
        self.listed.add(where, f"{key}: {known}, elsewhere {first}", "conflict")


# --- whose it is ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Placed:
    """A resource, where it stands, and under which addresses it may be referred to."""

    where: str
    kind: str
    resource: Mapping[str, Any]
    addresses: frozenset[str]


def _placed(value: Any, sheet: _Sheet) -> list[_Placed]:
    if not isinstance(value, Mapping) or not isinstance(value.get("resourceType"), str):
        raise Refused("structure", "", "this is no FHIR resource", 'It needs a "resourceType"')
    if value["resourceType"] != "Bundle":
        return [_place(value["resourceType"], value, value["resourceType"], None)]
    if value.get("type") not in BUNDLES:
        what = f"{str(value.get('type'))[:40]!r} is no kind of bundle that can be read"
        raise Refused("value", "Bundle.type", what, f"One of {', '.join(BUNDLES)}")
    entries = value.get("entry", [])
    if not isinstance(entries, list):
        raise Refused("structure", "Bundle.entry", "this must be a list", "Write it as [ … ]")
    if len(entries) > bounds.MAX_ENTRIES:
        raise Refused(
            "too-costly", "Bundle.entry", f"{len(entries):,} entries", f"Send at most {bounds.MAX_ENTRIES:,}"
        )
    found = []
    for i, entry in enumerate(entries):
        resource = entry.get("resource") if isinstance(entry, Mapping) else None
        where = f"Bundle.entry[{i}]"
        if not isinstance(resource, Mapping) or not isinstance(resource.get("resourceType"), str):
            sheet.listed.add(where, "an entry without a resource", "not_a_resource")
            continue
        found.append(_place(where, resource, resource["resourceType"], entry.get("fullUrl")))
    return found


def _place(where: str, resource: Mapping[str, Any], kind: str, full: Any) -> _Placed:
    addresses = {full} if isinstance(full, str) else set()
    if isinstance(resource.get("id"), str):
        addresses.add(f"{kind}/{resource['id']}")
    return _Placed(where, kind, resource, frozenset(addresses))


def _subject(resource: Mapping[str, Any]) -> str | None:
    subject = resource.get("subject")
    reference = subject.get("reference") if isinstance(subject, Mapping) else None
    return reference if isinstance(reference, str) else None


def _same(reference: str, addresses: frozenset[str]) -> bool:
    """Whether a reference means one of the addresses: as it stands, or as the end of a server's address."""
    plain = reference.split("/_history/")[0]
    return any(
        plain == one or ("://" in plain and one.startswith("Patient/") and plain.endswith(f"/{one}"))
        for one in addresses
    )


def _whose(placed: list[_Placed]) -> frozenset[str]:
    """The addresses of the one person; refused where there are several, for two would be mixed."""
    people = {one.addresses for one in placed if one.kind == "Patient"}
    if len(people) > 1:
        raise Refused(
            "business-rule", "", f"it holds {len(people)} people", "Give the record of one person at a time"
        )
    if people:
        return next(iter(people))
    read = [one.resource for one in placed if one.kind in READ]
    subjects = {reference for resource in read if (reference := _subject(resource)) is not None}
    if len(subjects) > 1:
        raise Refused(
            "business-rule",
            "",
            f"it is about {len(subjects)} people",
            "Give the record of one person at a time",
        )
    return frozenset(subjects)


# --- reading -------------------------------------------------------------------------------------


def _read(
    one: _Placed, on: date, knowledge: Knowledge, medications: Mapping[str, Any], sheet: _Sheet
) -> None:
    if one.kind == "Condition":
        sheet.items.append((one.where, read_condition(one.resource, on)))
    elif one.kind == "MedicationStatement":
        sheet.items.append((one.where, read_medication(one.resource, on, medications)))
    elif one.kind == "QuestionnaireResponse":
        answers = read_answers(one.resource, on, knowledge)
        sheet.take_words(one.where, answers.text, answers.side)
        for key, known in answers.person.items():
            sheet.take_person(one.where, key, known)
        sheet.items += [(one.where, item) for item in answers.items]
        for what, why in answers.missed:
            sheet.listed.add(one.where, what, why)
    else:
        _take(one.where, read_observation(one.resource, on, knowledge), sheet)


def _take(where: str, read: Read, sheet: _Sheet) -> None:
    sheet.take_words(where, read.text, read.side)
    item = read.item
    if item is None:
        return
    if read.of_person and item["id"] == "age_years" and "value" in item:
        sheet.take_person(where, "age", item["value"])
    elif read.of_person and item["id"] == PREGNANT and item["state"] != "unsure":
        sheet.take_person(where, "pregnant", item["state"] == "present")
    else:
        sheet.items.append((where, item))


def _what(resource: Mapping[str, Any]) -> str:
    concept = resource.get("code") or resource.get("medicationCodeableConcept") or {}
    return name_of(concept) or first_code(concept) or str(resource.get("resourceType", "?"))


def _settled(sheet: _Sheet) -> list[Json]:
    """The items without repeats. Of answers that differ the more urgent one stays, of numbers none."""
    groups: dict[tuple[Any, ...], list[tuple[str, Json]]] = {}
    for where, item in sheet.items:
        number = "value" in item
        side = None if number else item.get("side")
        key = (item["id"], side, item.get("on"), item["from"] == "text", number, item.get("method"))
        groups.setdefault(key, []).append((where, item))
    kept: list[Json] = []
    for key, group in groups.items():
        kept += _numbers(group, sheet) if key[4] else _answers(group, sheet)
    return kept


def _answers(group: list[tuple[str, Json]], sheet: _Sheet) -> list[Json]:
    where, best = max(group, key=lambda one: _URGENCY[one[1]["state"]])
    for other_where, other in group:
        if other["state"] != best["state"]:
            sheet.listed.add(
                other_where, f"{other['id']}: {other['state']} (at {where}: {best['state']})", "conflict"
            )
    return [best]


def _numbers(group: list[tuple[str, Json]], sheet: _Sheet) -> list[Json]:
    values = {item["value"] for _, item in group}
    if len(values) == 1:
        return [group[0][1]]
    of_side = [one for one in group if sheet.side and one[1].get("side") == sheet.side]
    one_side = {item["value"] for _, item in of_side}
    for where, item in group:
        if len(one_side) != 1 or item is not of_side[0][1]:
            other = bool(one_side) and item.get("side") != sheet.side
            sheet.listed.add(where, f"{item['id']}: {item['value']:g}", "other_leg" if other else "conflict")
    return [of_side[0][1]] if len(one_side) == 1 else []


def read_bundle(value: Any, knowledge: Knowledge, on: date) -> Imported:
    """A Bundle, or a single resource, as a case of the day `on`, and the list of what was not taken over.

    Raises `Refused` for what is too large, is no resource, or is about several people.
    """
    bounds.check(value)
    sheet = _Sheet()
    placed = _placed(value, sheet)
    person = _whose(placed)
    medications = {
        address: one.resource.get("code")
        for one in placed
        if one.kind == "Medication"
        for address in one.addresses
    }
    for one in sorted(placed, key=lambda one: one.kind != "Patient"):  # a date of birth before any age
        if one.kind == "Patient":
            known, missed = read_patient(one.resource, on)
            for key, value_of_it in known.items():
                sheet.take_person(one.where, key, value_of_it)
            for what, why in missed:
                sheet.listed.add(one.where, what, why)
            continue
        if one.kind not in READ:
            if one.kind != "Medication":
                why = "made_by_a_program" if one.kind in OF_A_PROGRAM else "kind_not_read"
                sheet.unread[one.kind[:60], why] = sheet.unread.get((one.kind[:60], why), 0) + 1
            continue
        subject = _subject(one.resource)
        if (subject is None and person) or (subject is not None and not _same(subject, person)):
            sheet.listed.add(one.where, _what(one.resource), "nobody" if subject is None else "other_person")
            continue
        try:
            _read(one, on, knowledge, medications, sheet)
        except Skip as skip:
            if str(skip) == "diary":  # there are many, and one sentence says it
                sheet.unread[one.kind, "diary"] = sheet.unread.get((one.kind, "diary"), 0) + 1
            else:
                sheet.listed.add(one.where, _what(one.resource), str(skip))
    case = _case(sheet, knowledge, on)
    for (kind, why), count in sorted(sheet.unread.items()):
        sheet.listed.add("Bundle", f"{kind} ({count})", why)
    return Imported(case, tuple(sheet.listed.entries), sheet.listed.more)


def _case(sheet: _Sheet, knowledge: Knowledge, on: date) -> Json:
    evidence = _settled(sheet)
    if len(evidence) > MAX_EVIDENCE_ITEMS:
        raise Refused("too-costly", "", f"{len(evidence):,} answers", f"Send at most {MAX_EVIDENCE_ITEMS:,}")
    case: Json = {"on": on.isoformat()}
    if sheet.person:
        case["person"] = sheet.person
    if sheet.side:
        case["side"] = sheet.side
    if sheet.text:
        case["text"] = sheet.text[:MAX_TEXT_CHARACTERS]
    case["evidence"] = evidence
    try:
        parse_case(case, knowledge)
    except BadCase as bad:
        raise Refused("value", bad.where, bad.what, bad.mend) from None
    return case
