"""Fields of the diary's forms: each is read and shown in one go, so that nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kneewise.web.answers import Fault, Filled, read_choices, read_number
from kneewise.web.following import FREE_TEXT, new_entry_id
from kneewise.web.presenters.questions import Choice, Option, choice

Kind = Literal["select", "radio", "text", "date", "area"]
UNSURE = "unsure"
ENTRY_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
LONGEST = 60
DANGER_ANSWERS: dict[str, bool | str] = {"present": True, "absent": False, "unsure": "unsure"}


@dataclass(frozen=True)
class Field:
    """One field as its template needs it."""

    kind: Kind
    name: str
    legend: str
    hint: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    fault: str = ""
    unit: str = ""
    whole: bool = False


def pain_options() -> dict[str, str]:
    """0 to 10, and that one does not know."""
    numbers = {str(n): str(n) for n in range(11)}
    numbers["0"], numbers["10"] = _("0 – none"), _("10 – the worst")
    return numbers | {UNSURE: _("I do not know")}


def long_day(day: date) -> str:
    """A day with its weekday."""
    return date_format(day, "l j F Y")


@dataclass
class Form:
    """A form as it is filled in; `sent` when it is to be read. Fields are declared in the page's order."""

    typed: dict[str, str]
    sent: bool
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, post: QueryDict | None, start: Mapping[str, str]) -> Form:
        """What was sent, or how the form starts."""
        if post is None:
            return cls(dict(start), sent=False)
        return cls({key: (post.get(key) or "")[: FREE_TEXT + 1] for key in post}, sent=True)

    @property
    def entry(self) -> str:
        """The id of the entry that this page sends."""
        known = self.typed.get("entry", "")
        if not ENTRY_ID.fullmatch(known):
            known = self.typed["entry"] = new_entry_id()
        return known

    def _fault(self, field_id: str, message: str) -> str:
        if self.sent:
            self.faults.append(Fault(field_id, message))
            return message
        return ""

    def pick(
        self,
        name: str,
        legend: str,
        options: Mapping[str, str],
        *,
        kind: Kind = "radio",
        needed: str = "",
        hint: str = "",
    ) -> tuple[Field, str]:
        """One of some answers; `needed` is the message where none was chosen, empty if it may stay open."""
        chosen = self.typed.get(name, "")
        fault = ""
        if chosen not in options:
            if needed:
                fault = self._fault(name, needed)
            elif chosen:
                fault = self._fault(name, _("Choose one of the answers"))
            chosen = ""
        made = tuple(
            Option(name if i == 0 and kind == "radio" else f"{name}-{value}", value, label, value == chosen)
            for i, (value, label) in enumerate(options.items())
        )
        return Field(kind, name, legend, hint, chosen, made, fault), chosen

    def pain(self, name: str, legend: str, *, needed: str = "", hint: str = "") -> tuple[Field, int | None]:
        """Pain from 0 to 10, never guessed for the person."""
        made, chosen = self.pick(name, legend, pain_options(), kind="select", needed=needed, hint=hint)
        return made, int(chosen) if chosen.isdigit() else None

    def number(
        self,
        name: str,
        legend: str,
        low: float,
        high: float,
        *,
        whole: bool = False,
        unit: str = "",
        hint: str = "",
        needed: str = "",
    ) -> tuple[Field, float | None]:
        """A number, or nothing."""
        typed = self.typed.get(name, "").strip()[:LONGEST]
        value: float | None = None
        fault = ""
        if typed:
            try:
                value = read_number(typed, legend)
            except ValueError as wrong:
                fault = self._fault(name, str(wrong))
            else:
                if not low <= value <= high or (whole and value != int(value)):
                    message = _("%(name)s must be a whole number from %(low)s to %(high)s")
                    if not whole:
                        message = _("%(name)s must be from %(low)s to %(high)s")
                    fault = self._fault(
                        name, message % {"name": legend, "low": f"{low:g}", "high": f"{high:g}"}
                    )
                    value = None
        elif needed:
            fault = self._fault(name, needed)
        if value is not None and whole:
            value = int(value)
        return Field("text", name, legend, hint, typed, (), fault, unit, whole), value

    def day(self, name: str, legend: str, first: date, last: date, *, hint: str = "") -> tuple[Field, date]:
        """A day between two others; the field starts with what `typed` holds."""
        typed = self.typed.get(name, "").strip()[:LONGEST]
        fault, day = "", last
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            fault = self._fault(name, _("Give a day as year-month-day, like 2026-11-20"))
        else:
            if not first <= day <= last:
                message = _("The day must be from %(first)s to %(last)s")
                days = {"first": long_day(first), "last": long_day(last)}
                fault = self._fault(name, message % days)
        return Field("date", name, legend, hint, typed, (), fault), day

    def words(self, name: str, legend: str, *, hint: str = "") -> tuple[Field, str]:
        """Free text, or nothing."""
        typed = self.typed.get(name, "").replace("\r\n", "\n").replace("\x00", "")
        fault = ""
        if len(typed) > FREE_TEXT:
            fault = self._fault(name, _("Keep it under %(most)s characters") % {"most": FREE_TEXT})
        return Field("area", name, legend, hint, typed, (), fault), typed.strip()

    def answers(self, findings: Iterable[str]) -> tuple[list[Choice], dict[str, bool | str]]:
        """Danger questions: yes, no or not sure to each of them, nothing chosen beforehand."""
        asked = list(findings)
        filled = Filled(chosen={finding: self.typed.get(f"answer-{finding}", "") for finding in asked})
        told: dict[str, bool | str] = {}
        faults: list[Fault] = []
        if self.sent:
            answers, faults = read_choices(filled, asked)
            told = {finding: DANGER_ANSWERS[answer["state"]] for finding, answer in answers.items()}
            self.faults += faults
        return [choice(finding, filled, faults) for finding in asked], told


def without_nothing(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry without what was not told."""
    return {key: value for key, value in entry.items() if value not in (None, "", {}, [])}
