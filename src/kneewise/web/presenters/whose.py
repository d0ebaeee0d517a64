"""Whose leg it is, where what was given and what was written do not agree: asked kindly, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kneewise.assess.triage import ADULT_AGE
from kneewise.intake import Reading
from kneewise.web.answers import shown_number
from kneewise.web.presenters.questions import Option

GIVEN, WRITTEN = "given", "written"
SETTLED = "whose"  # key of the sitting's case: which of the two it is
SAME_AGE_WITHIN = 1.0  # years: "nearly 36" is 35


@dataclass(frozen=True)
class Whose:
    """The question with its two answers."""

    legend: str
    hint: str
    options: tuple[Option, ...]
    fault: str


def disagree(case: dict[str, Any], reading: Reading) -> bool:
    """Whether the words are about somebody else than was given, or about another age."""
    age = case.get("person", {}).get("age")
    other_age = age is not None and reading.age is not None and abs(reading.age - age) > SAME_AGE_WITHIN
    return other_age or (case.get("respondent") == "self" and reading.respondent == "carer")


def _written(case: dict[str, Any], reading: Reading) -> str:
    somebody_else = case.get("respondent") == "carer" or reading.respondent == "carer"
    child = reading.age is not None and reading.age < ADULT_AGE
    if reading.age is None:
        return _("Somebody else I wrote about")
    age = {"age": shown_number(reading.age)}
    if child and case.get("respondent") == "self":
        return _("A child of %(age)s I wrote about") % age
    return (_("Somebody of %(age)s I wrote about") if somebody_else else _("Me, and I am %(age)s")) % age


def _given(case: dict[str, Any]) -> str:
    age = case.get("person", {}).get("age")
    if case.get("respondent") == "carer":
        return _("Somebody of %(age)s, as I said before") % {"age": shown_number(age)}
    if age is None:
        return _("Me")
    return _("Me, age %(age)s, as I said before") % {"age": shown_number(age)}


def whose(case: dict[str, Any], reading: Reading, chosen: str, fault: str) -> Whose | None:
    """The question, or None where all agrees."""
    if not disagree(case, reading):
        return None
    return Whose(
        legend=_("Whose leg is it?"),
        hint=_("What you said before and what you wrote do not fit together. Age changes what is safe."),
        options=(
            Option("whose-given", GIVEN, _given(case), chosen == GIVEN),
            Option("whose-written", WRITTEN, _written(case, reading), chosen == WRITTEN),
        ),
        fault=fault,
    )


def settled(case: dict[str, Any], reading: Reading, chosen: str) -> tuple[dict[str, Any], bool]:
    """The case once it is known whose leg it is, and whether who it is about must be asked once more.

    What was given about the writer (age, sex) is not taken for the person written about.
    """
    if chosen != WRITTEN:
        return {**case, SETTLED: GIVEN}, False
    old = case.get("person", {})
    person = {key: value for key, value in old.items() if key not in ("age", "sex")}
    child = reading.age is not None and reading.age < ADULT_AGE
    another = child or case.get("respondent") == "carer" or reading.respondent == "carer"
    if not another and "sex" in old:
        person["sex"] = old["sex"]
    if reading.age is not None:
        person["age"] = float(reading.age)
    if reading.sex is not None:
        person["sex"] = reading.sex
    new = {**case, "person": person, SETTLED: WRITTEN, "respondent": "carer" if another else "self"}
    new["declined"] = [f for f in case.get("declined", []) if f != "age_years"]
    return new, reading.age is None
