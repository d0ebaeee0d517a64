"""What one person has told us: the case contract, and the evidence that rules and ranking read.

A case is parsed once at the edge (`parse_case`) into frozen values; inside, the types are trusted.
`Evidence` holds every finding in one of four states: present, absent, unsure, not asked. What follows
from the answers by definition is added by `rules.gather`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kneewise.knowledge.types import Finding, Knowledge, State

LeafState = Literal["present", "absent", "unsure", "not_asked"]
Side = Literal["left", "right", "both"]
Origin = Literal["asked", "text", "measured", "examined", "imported"]

MAX_TEXT_CHARACTERS = 100_000
MAX_EVIDENCE_ITEMS = 2_000
PERSON_KEYS = ("age", "sex", "pregnant", "country")
CASE_KEYS = ("id", "on", "person", "respondent", "side", "text", "evidence")
ITEM_KEYS = ("id", "state", "value", "unit", "side", "on", "method", "from")
SCRIPT_KEYS = (
    "answers", "otherwise", "diagnosis", "diagnosis_stated", "diagnosis_certainty", "care_acceptable",
    "care_basis", "must_not_miss", "group", "quality", "kind", "source", "note",
)  # fmt: skip

# Units a value may come in, and what turns it into the finding's own unit.
CONVERSIONS: dict[tuple[str, str], tuple[float, float]] = {
    ("h", "d"): (1 / 24, 0.0),
    ("wk", "d"): (7.0, 0.0),
    ("mo", "d"): (30.4, 0.0),
    ("a", "d"): (365.25, 0.0),
    ("[degF]", "Cel"): (5 / 9, -160 / 9),
    ("mm", "cm"): (0.1, 0.0),
    ("[in_i]", "cm"): (2.54, 0.0),
}
UNIT_NAMES = {
    "day": "d", "days": "d", "hour": "h", "hours": "h", "week": "wk", "weeks": "wk", "month": "mo",
    "months": "mo", "year": "a", "years": "a", "C": "Cel", "°C": "Cel", "F": "[degF]", "°F": "[degF]",
    "degrees": "deg", "°": "deg", "in": "[in_i]", "inch": "[in_i]",
}  # fmt: skip


class BadCase(ValueError):
    """The input is wrong. Says where (a path), what, and how to mend it."""

    def __init__(self, where: str, what: str, mend: str) -> None:
        self.where, self.what, self.mend = where, what, mend
        super().__init__(f"{where or 'the case'}: {what}. {mend}")


@dataclass(frozen=True)
class Person:
    """Who it is about; None is unknown."""

    age: float | None = None
    sex: Literal["female", "male"] | None = None
    pregnant: bool | None = None
    country: str | None = None


@dataclass(frozen=True)
class Item:
    """One statement about one finding."""

    finding: str
    state: State
    value: float | None = None
    side: Side | None = None
    on: str | None = None
    method: str | None = None
    origin: Origin = "asked"


@dataclass(frozen=True)
class Case:
    """One sitting's input."""

    id: str | None = None
    on: str | None = None
    person: Person = Person()
    respondent: Literal["self", "carer", "clinician"] = "self"
    side: Side | None = None
    text: str = ""
    items: tuple[Item, ...] = ()


# --- parsing -------------------------------------------------------------------------------------


def _closest(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Did you mean {near[0]!r}?" if near else ""


def _object(value: Any, where: str, keys: Iterable[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadCase(
            where, f"this must be an object, not {type(value).__name__}", 'Write it as {"key": value}'
        )
    for key in value:
        if key not in keys:
            raise BadCase(
                f"{where}/{key}" if where else str(key),
                f"unknown key {key!r}",
                f"The keys are {', '.join(keys)}.{_closest(str(key), keys)}",
            )
    return value


def _choice(value: Any, where: str, choices: tuple[str, ...]) -> Any:
    if value is not None and value not in choices:
        raise BadCase(where, f"{value!r} is not one of the choices", f"Use one of {', '.join(choices)}")
    return value


def _text(value: Any, where: str, limit: int = 200) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadCase(where, f"this must be text, not {type(value).__name__}", "Put it in quotes")
    if len(value) > limit:
        raise BadCase(
            where, f"the text is {len(value):,} characters long", f"Keep it under {limit:,} characters"
        )
    return value


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadCase(where, f"{value!r} is not a number", "Write a number without quotes")
    if value != value or value in (float("inf"), float("-inf")):
        raise BadCase(where, "this is not a finite number", "Write an ordinary number")
    return float(value)


def _day(value: Any, where: str) -> str | None:
    day = _text(value, where, 10)
    if day is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", day):
        raise BadCase(where, f"{day!r} is not a date", 'Write it as year-month-day, for example "2026-11-20"')
    return day


def parse_person(value: Any, where: str = "person") -> Person:
    """The person of a case. Raises `BadCase`."""
    data = _object(value, where, PERSON_KEYS)
    age = data.get("age")
    if age is not None:
        age = _number(age, f"{where}/age")
        if not 0 <= age <= 120:
            raise BadCase(
                f"{where}/age", f"an age of {age:g} cannot be", "Give the age in years, from 0 to 120"
            )
    pregnant = data.get("pregnant")
    if pregnant is not None and not isinstance(pregnant, bool):
        raise BadCase(
            f"{where}/pregnant", f"{pregnant!r} is not true or false", "Use true, false, or leave it out"
        )
    sex = _choice(data.get("sex"), f"{where}/sex", ("female", "male"))
    return Person(age, sex, pregnant, _text(data.get("country"), f"{where}/country", 60))


def _resolve(finding: str, where: str, knowledge: Knowledge) -> tuple[Finding, float]:
    if finding in knowledge.findings:
        return knowledge.findings[finding], 1.0
    if finding in knowledge.aliases:
        alias = knowledge.aliases[finding]
        return knowledge.findings[alias.finding], alias.factor
    known = (*knowledge.findings, *knowledge.aliases)
    raise BadCase(
        where,
        f"there is no finding {finding!r}",
        f"`kneewise knowledge show findings` lists them.{_closest(finding, known)}",
    )


def _in_unit(value: float, unit: str | None, known: Finding, where: str) -> float:
    if unit is None or UNIT_NAMES.get(unit, unit) == UNIT_NAMES.get(known.unit, known.unit):
        return value
    pair = (UNIT_NAMES.get(unit, unit), UNIT_NAMES.get(known.unit, known.unit))
    if pair not in CONVERSIONS:
        raise BadCase(
            f"{where}/unit", f"{known.id} cannot be given in {unit!r}", f"Give it in {known.unit!r}"
        )
    factor, offset = CONVERSIONS[pair]
    return value * factor + offset


def quantity(known: Finding, value: Any, where: str, unit: str | None = None, factor: float = 1.0) -> float:
    """A value of a quantity in its own unit, within what is possible. Raises `BadCase`."""
    number = _in_unit(_number(value, where) * factor, unit, known, where)
    if not known.minimum <= number <= known.maximum:
        raise BadCase(
            where,
            f"{number:g} {known.unit} cannot be for {known.id}",
            f"It runs from {known.minimum:g} to {known.maximum:g} {known.unit}",
        )
    return number


def make_item(
    finding: str, answer: Any, knowledge: Knowledge, where: str, origin: Origin = "asked"
) -> Item | None:
    """An item from a plain answer: true, false, "unsure" or a value; None where it says nothing.

    A yes or no under an old id that now names a quantity is read as the finding of that band, if there is
    one. Raises `BadCase`.
    """
    known, factor = _resolve(finding, where, knowledge)
    if answer == "unsure":
        return Item(known.id, "unsure", origin=origin)
    if known.kind == "quantity":
        if isinstance(answer, bool):
            return None
        return Item(known.id, "present", quantity(known, answer, where, factor=factor), origin=origin)
    if not isinstance(answer, bool):
        raise BadCase(where, f"{answer!r} is no answer for {known.id}", 'Use true, false or "unsure"')
    return Item(known.id, "present" if answer else "absent", origin=origin)


def _item(value: Any, where: str, knowledge: Knowledge) -> Item:
    data = _object(value, where, ITEM_KEYS)
    if not isinstance(data.get("id"), str):
        raise BadCase(f"{where}/id", "each piece of evidence needs the id of a finding", 'Add "id": "…"')
    known, factor = _resolve(data["id"], f"{where}/id", knowledge)
    origin = _choice(
        data.get("from", "asked"), f"{where}/from", ("asked", "text", "measured", "examined", "imported")
    )
    raw, state = data.get("value"), data.get("state")
    if state is None and raw is None:
        raise BadCase(f"{where}/state", "neither a state nor a value", "Add state: present, absent or unsure")
    state = _choice("present" if state is None else state, f"{where}/state", ("present", "absent", "unsure"))
    number = None
    if known.kind == "quantity" and state == "present":
        if raw is None:
            raise BadCase(
                f"{where}/value", f"{known.id} is a quantity and needs a value", f"Give it in {known.unit}"
            )
        unit = _text(data.get("unit"), f"{where}/unit", 20)
        # An old id has a unit of its own, which a unit that is given overrides.
        number = quantity(known, raw, f"{where}/value", unit, factor if unit is None else 1.0)
    elif known.kind == "quantity" and state == "absent":
        raise BadCase(
            f"{where}/state", f"{known.id} is a quantity and cannot be absent", "Give a value, or unsure"
        )
    elif raw is not None and known.kind != "quantity":
        raise BadCase(
            f"{where}/value", f"{known.id} is present or absent and has no value", "Leave the value out"
        )
    return Item(
        finding=known.id,
        state=state,
        value=number,
        side=_choice(data.get("side"), f"{where}/side", ("left", "right", "both")),
        on=_day(data.get("on"), f"{where}/on"),
        method=_text(data.get("method"), f"{where}/method"),
        origin=origin,
    )


def _refuse_contradictions(person: Person, items: tuple[Item, ...]) -> None:
    """Of two values of one quantity on one day neither may hide a danger, so they are not accepted."""
    first: dict[tuple[str, str | None], float] = {}
    if person.age is not None:
        first["age_years", None] = person.age
    for i, item in enumerate(items):
        if item.value is None or item.origin == "text":
            continue
        # The age of the person is of no day, so it is compared with every other.
        day = None if item.finding == "age_years" and person.age is not None else item.on
        other = first.setdefault((item.finding, day), item.value)
        if other != item.value:
            raise BadCase(
                f"evidence/{i}/value",
                f"{item.finding} is {other:g} in one place and {item.value:g} here",
                "Keep the right one" + (", or give each its own day with on" if day == item.on else ""),
            )


def parse_case(value: Any, knowledge: Knowledge, *, scripted: bool = False) -> Case:
    """A case from its JSON value.

    `scripted` also lets the keys of a scripted case through (they are read elsewhere).
    Raises `BadCase` naming the path of what is wrong.
    """
    data = _object(value, "", (*CASE_KEYS, *SCRIPT_KEYS) if scripted else CASE_KEYS)
    evidence = data["evidence"] if data.get("evidence") is not None else []
    if not isinstance(evidence, list | tuple):
        raise BadCase("evidence", f"this must be a list, not {type(evidence).__name__}", "Write it as [ … ]")
    if len(evidence) > MAX_EVIDENCE_ITEMS:
        raise BadCase("evidence", f"{len(evidence):,} entries", f"Give at most {MAX_EVIDENCE_ITEMS:,}")
    person = parse_person(data["person"] if data.get("person") is not None else {})
    items = tuple(_item(entry, f"evidence/{i}", knowledge) for i, entry in enumerate(evidence))
    _refuse_contradictions(person, items)
    return Case(
        id=_text(data.get("id"), "id"),
        on=_day(data.get("on"), "on"),
        person=person,
        respondent=_choice(data.get("respondent", "self"), "respondent", ("self", "carer", "clinician"))
        or "self",
        side=_choice(data.get("side"), "side", ("left", "right", "both")),
        text=_text(data.get("text"), "text", MAX_TEXT_CHARACTERS) or "",
        items=items,
    )


# --- evidence ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """What is known of one finding, and whether only free text says so.

    `inferred`: it follows from other answers; `ruled_out`: it is absent because of age or sex alone.
    """

    state: State
    from_text: bool = False
    value: float | None = None
    inferred: bool = False
    ruled_out: bool = False


@dataclass(frozen=True)
class Evidence:
    """Everything known of one person, finding by finding.

    As `Answers` of a rule it gives the *triage* reading: an absence that only free text tells is not
    asked (it never closes a question about danger).
    """

    known: Mapping[str, Known] = field(default_factory=dict)

    def state(self, finding: str) -> LeafState:
        """The triage state of a finding."""
        known = self.known.get(finding)
        if known is None or (known.from_text and known.state == "absent"):
            return "not_asked"
        return known.state

    def value(self, finding: str) -> float | None:
        """The value of a quantity in its own unit."""
        known = self.known.get(finding)
        return known.value if known is not None else None

    def told(self, finding: str) -> LeafState:
        """The state for ranking: what text denies counts here, what age or sex rules out does not."""
        known = self.known.get(finding)
        return "not_asked" if known is None or known.ruled_out else known.state

    def answered(self, finding: str) -> bool:
        """Whether there is no need to ask: the person's own answer is there, or what they said implies it."""
        known = self.known.get(finding)
        return known is not None and not known.from_text
