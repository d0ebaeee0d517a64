"""The overview of answers: one row a page, with its Change link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kneewise.store.models import Sitting
from kneewise.web.answers import is_quantity, quantity_words, shown_number
from kneewise.web.journey import DIAGNOSIS, UNDERSTOOD, WHO, WORDS
from kneewise.web.knowledge import finding_words, words
from kneewise.web.presenters.questions import page_title
from kneewise.web.strings import capital, side_words


@dataclass(frozen=True)
class Row:
    """One line of the overview."""

    key: str
    values: tuple[str, ...]
    change: str


def _who(sitting: Sitting) -> Row:
    person = sitting.case.get("person", {})
    age = person.get("age")
    values = [
        _("For somebody else") if sitting.case.get("respondent") == "carer" else _("For yourself"),
        _("Age %(age)s") % {"age": shown_number(age)} if age is not None else _("Age not given"),
        {"female": _("Female"), "male": _("Male")}.get(person.get("sex", ""), _("Sex not given")),
        _("Side: %(side)s") % {"side": side_words(sitting.case.get("side", ""))},
    ]
    return Row(_("Who it is about"), tuple(values), reverse("who_change"))


def _line(finding: str, answer: dict[str, Any]) -> str:
    told = finding_words(finding)
    if answer["state"] == "unsure":
        return _("Not sure: %(name)s") % {"name": told.name}
    if is_quantity(finding):
        return f"{capital(told.name)}: {quantity_words(finding, answer)}"
    return capital(told.name if answer["state"] == "present" else told.without)


def answer_lines(answers: dict[str, Any], none: str) -> tuple[str, ...]:
    """The answers of a page: each yes, number and not sure; the noes of a list as one line."""
    telling = {f: a for f, a in answers.items() if a["state"] != "absent" or len(answers) == 1}
    lines = [_line(finding, answer) for finding, answer in telling.items()]
    if len(telling) < len(answers):
        lines.append(none if not telling else _("No to all others"))
    return tuple(lines)


def _step(number: int, step: dict[str, Any], *, again: bool) -> Row:
    told = words().pages.get(step["page"])
    title = page_title(step["page"])
    if again:
        title = _("%(question)s (more)") % {"question": title}
    none = (told.none if told else "") or _("None of these")
    change = reverse("question_change", args=[number])
    return Row(title, answer_lines(step["answers"], none), change)


def _words_row(sitting: Sitting) -> Row:
    text = sitting.case.get("text", "")
    return Row(_("Your own words"), (text or _("Nothing written"),), reverse("words_change"))


def _understood(sitting: Sitting) -> Row:
    corrections = sitting.case.get("corrections", {})
    lines = [_line(finding, answer) for finding, answer in corrections.items()]
    return Row(_("What we understood"), tuple(lines) or (_("Nothing yet"),), reverse("understood_change"))


def _diagnosis(sitting: Sitting) -> Row:
    known = words().conditions.get(sitting.diagnosis)
    return Row(
        _("Your diagnosis"), (known.name if known else _("Not in our list"),), reverse("diagnosis_change")
    )


def overview(sitting: Sitting) -> list[dict[str, Any]]:
    """The overview, section by section."""
    about = []
    rows = {
        WHO: _who,
        DIAGNOSIS: _diagnosis,
        WORDS: _words_row,
        UNDERSTOOD: _understood,
    }
    for name, row in rows.items():
        if name in sitting.done and (name != UNDERSTOOD or sitting.case.get("text")):
            about.append(row(sitting))
    steps = list(enumerate(sitting.steps, start=1))
    pages = [step["page"] for _n, step in steps]
    answered = [_step(n, step, again=step["page"] in pages[: n - 1]) for n, step in steps if step["answers"]]
    return [
        {"heading": _("To begin with"), "rows": about},
        {"heading": _("Your answers"), "rows": answered},
    ]
