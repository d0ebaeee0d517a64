"""What a person sent from a page of questions: read strictly, kept as typed where it is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kneewise.evidence import BadCase, quantity
from kneewise.knowledge.types import Finding
from kneewise.web.knowledge import engine
from kneewise.web.strings import capital, unit_name

STATES = ("present", "absent", "unsure")
DAYS = "d"
MOST_DIGITS = 12

Answer = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and the id of the field to go to."""

    field: str
    message: str


@dataclass
class Filled:
    """How a page is filled in: from the saved answers, or exactly as it was sent."""

    ticked: set[str] = field(default_factory=set)
    none: bool = False
    not_sure: bool = False
    chosen: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    unsure_values: set[str] = field(default_factory=set)


def duration_units() -> dict[str, str]:
    """Units in which a person may say how long, by their code."""
    return {"d": _("days"), "wk": _("weeks"), "mo": _("months"), "a": _("years")}


def counts_days(finding: Finding) -> bool:
    """Whether a quantity is a length of time that people rather say in weeks or months."""
    return finding.unit in (DAYS, "days", "day")


def is_quantity(finding: str) -> bool:
    """Whether a finding is a number rather than a yes or no."""
    return engine().knowledge.findings[finding].kind == "quantity"


def shown_number(value: float) -> str:
    """A number as a person would type it."""
    return f"{value:.10g}"


def from_answers(answers: Mapping[str, Answer], findings: list[str], *, whole: bool) -> Filled:
    """A page filled in as it was last answered; `whole` when all of it was."""
    filled = Filled()
    for finding in findings:
        answer = answers.get(finding)
        if answer is None:
            continue
        if is_quantity(finding):
            _fill_quantity(filled, finding, answer)
        else:
            filled.chosen[finding] = answer["state"]
            if answer["state"] == "present":
                filled.ticked.add(finding)
    states = {a["state"] for f, a in answers.items() if f in findings and not is_quantity(f)}
    filled.none = whole and states == {"absent"}
    filled.not_sure = whole and "unsure" in states
    return filled


def _fill_quantity(filled: Filled, finding: str, answer: Answer) -> None:
    if answer["state"] == "unsure":
        filled.unsure_values.add(finding)
        return
    filled.typed[finding] = shown_number(answer["value"])
    if answer.get("unit"):
        filled.units[finding] = answer["unit"]


def as_sent(post: QueryDict, findings: list[str]) -> Filled:
    """A page exactly as it was sent; what does not belong to it is left out."""
    return Filled(
        ticked={f for f in post.getlist("tick") if f in findings},
        none="none" in post,
        not_sure="not_sure" in post,
        chosen={f: post.get(f"answer-{f}", "") for f in findings},
        typed={f: post.get(f"value-{f}", "")[:60] for f in findings},
        units={f: post.get(f"unit-{f}", "") for f in findings},
        unsure_values={f for f in findings if f"unsure-{f}" in post},
    )


def read_ticks(
    sent: Filled, findings: list[str], *, may_be_unsure: bool, first: str
) -> tuple[dict[str, Answer], list[Fault]]:
    """A tick list: something must be ticked, and "none of these" excludes everything else."""
    if sent.none and (sent.ticked or sent.not_sure):
        return {}, [Fault(first, _("Tick what applies, or “none of these” – not both"))]
    if not (sent.ticked or sent.none or (may_be_unsure and sent.not_sure)):
        message = (
            _("Tick what applies, “none of these” or “not sure”")
            if may_be_unsure
            else _("Tick what applies, or “none of these” if none does")
        )
        return {}, [Fault(first, message)]
    rest = "unsure" if may_be_unsure and sent.not_sure else "absent"
    return {f: {"state": "present" if f in sent.ticked else rest} for f in findings}, []


def read_choices(sent: Filled, findings: list[str]) -> tuple[dict[str, Answer], list[Fault]]:
    """Yes, no or not sure to each question."""
    answers: dict[str, Answer] = {}
    faults = []
    for finding in findings:
        state = sent.chosen.get(finding, "")
        if state in STATES:
            answers[finding] = {"state": state}
        else:
            name = engine().words.findings[finding].name
            faults.append(Fault(f"answer-{finding}", _("Choose an answer about: %(name)s") % {"name": name}))
    return answers, faults


def read_quantities(
    sent: Filled, findings: list[str], *, empty_is_unsure: bool = False
) -> tuple[dict[str, Answer], list[Fault]]:
    """A number, or "not sure", to each question."""
    answers: dict[str, Answer] = {}
    faults = []
    for finding in findings:
        try:
            answers[finding] = _read_quantity(sent, finding, empty_is_unsure=empty_is_unsure)
        except ValueError as wrong:
            faults.append(Fault(f"value-{finding}", str(wrong)))
    return answers, faults


def _read_quantity(sent: Filled, finding: str, *, empty_is_unsure: bool) -> Answer:
    known = engine().knowledge.findings[finding]
    name = engine().words.findings[finding].name
    typed = sent.typed.get(finding, "").strip()
    unsure = finding in sent.unsure_values
    if typed and unsure:
        raise ValueError(_("Give a number or tick “not sure” for %(name)s – not both") % {"name": name})
    if not typed:
        if unsure or empty_is_unsure:
            return {"state": "unsure"}
        raise ValueError(_("Give a number for %(name)s, or tick “not sure”") % {"name": name})
    unit = _unit(sent, finding, known)
    number = read_number(typed, name)
    try:
        quantity(known, number, finding, unit)
    except BadCase:
        raise ValueError(_range_message(known, name)) from None
    answer: Answer = {"state": "present", "value": number}
    if unit:
        answer["unit"] = unit
    return answer


def _unit(sent: Filled, finding: str, known: Finding) -> str | None:
    if not counts_days(known):
        return None
    unit = sent.units.get(finding) or DAYS
    if unit not in duration_units():
        raise ValueError(_("Choose days, weeks, months or years"))
    return unit


def read_number(typed: str, name: str) -> float:
    """A plain number as people type it: a decimal comma is fine. Raises `ValueError` with a message."""
    plain = typed.strip().replace(",", ".")
    digits = plain.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        raise ValueError(_("%(name)s must be a number, like 12 or 4.5") % {"name": capital(name)})
    return float(plain)


def _range_message(known: Finding, name: str) -> str:
    if counts_days(known):
        return _("%(name)s must be between now and %(years)s years ago") % {
            "name": capital(name),
            "years": shown_number(round(known.maximum / 365.25)),
        }
    return _("%(name)s must be from %(low)s to %(high)s") % {
        "name": capital(name),
        "low": shown_number(known.minimum),
        "high": shown_number(known.maximum),
    }


def quantity_words(finding: str, answer: dict[str, Any]) -> str:
    """A measured answer in words."""
    known = engine().knowledge.findings[finding]
    unit = duration_units().get(answer["unit"]) if answer.get("unit") else unit_name(known.unit)
    return f"{shown_number(answer['value'])} {unit}".strip()
