"""The opening pages as their templates need them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kneewise.pathway.engine import Turn
from kneewise.store.models import Sitting
from kneewise.web.answers import Fault, Filled, from_answers, is_quantity, shown_number
from kneewise.web.journey import WHO
from kneewise.web.knowledge import engine, words
from kneewise.web.presenters.questions import Option, Tick, TickGroup, by_topic, number, tick
from kneewise.web.presenters.result import out_of_scope
from kneewise.web.strings import side_words

NOT_CHOSEN = "?"


@dataclass(frozen=True)
class Understood:
    """The findings read in the text: told, denied, and the numbers."""

    told: list[str]
    denied: list[str]
    quantities: list[str]
    words: dict[str, str]
    values: dict[str, float]


def too_long(length: int, most: int) -> str:
    """The message for a text that is too long."""
    over = length - most
    return ngettext(
        "Your text is %(over)s character too long. Shorten it to %(most)s.",
        "Your text is %(over)s characters too long. Shorten it to %(most)s.",
        over,
    ) % {"over": over, "most": most}


# --- who -------------------------------------------------------------------------------------------


def who_saved(sitting: Sitting) -> dict[str, str]:
    """The page as last answered."""
    person = sitting.case.get("person", {})
    answered = WHO in sitting.done
    age = person.get("age")
    return {
        "respondent": sitting.case.get("respondent", ""),
        "age": shown_number(age) if age is not None else "",
        "sex": person.get("sex", "") if answered else NOT_CHOSEN,
        "side": sitting.case.get("side", "") if answered else NOT_CHOSEN,
    }


def _options(name: str, choices: dict[str, str], chosen: str) -> list[Option]:
    return [
        Option(f"{name}-{value or 'none'}", value, label, value == chosen) for value, label in choices.items()
    ]


def who(sitting: Sitting, typed: dict[str, str], faults: list[Fault]) -> dict[str, Any]:
    """The context of the page."""
    hurts = sitting.door != Sitting.PREVENT
    return {
        "respondents": _options(
            "respondent", {"self": _("Me"), "carer": _("Somebody else I am helping")}, typed["respondent"]
        ),
        "sexes": _options(
            "sex", {"female": _("Female"), "male": _("Male"), "": _("Prefer not to say")}, typed["sex"]
        ),
        "sides": _options(
            "side",
            {
                "left": _("Left"),
                "right": _("Right"),
                "both": _("Both"),
                "": _("Not sure, or neither") if hurts else _("No side in particular"),
            },
            typed["side"],
        ),
        "age": typed["age"],
        "faults": faults,
        "messages": {fault.field.split("-")[0]: fault.message for fault in faults},
        "hurts": hurts,
    }


# --- diagnosis -------------------------------------------------------------------------------------


@functools.cache
def diagnoses() -> tuple[str, ...]:
    """The causes that somebody may have been told, by their clinical name."""
    told = words().conditions
    known = [id_ for id_, c in engine().knowledge.conditions.items() if c.kind == "cause"]
    return tuple(sorted(known, key=lambda id_: told[id_].clinical_name.lower()))


def diagnosis_options(chosen: str | None) -> list[Option]:
    """The list to choose from: the clinical name with its plain twin."""
    told = words().conditions
    return [
        Option(f"diagnosis-{id_}", id_, f"{told[id_].clinical_name} – {told[id_].name}", id_ == chosen)
        for id_ in diagnoses()
    ] + [Option("diagnosis-other", "", _("Not in this list"), chosen == "")]


# --- understood ------------------------------------------------------------------------------------


def understood(turn: Turn) -> Understood:
    """What was read in the text, the dangers first."""
    findings = engine().knowledge.findings
    told, denied, quantities = [], [], []
    said: dict[str, list[str]] = {}
    values: dict[str, float] = {}
    for mention in turn.reading.mentions:
        said.setdefault(mention.finding, []).append(mention.words)
        if is_quantity(mention.finding):
            quantities.append(mention.finding)
            if mention.value is not None:
                values[mention.finding] = mention.value
        elif mention.state == "present":
            told.append(mention.finding)
        else:
            denied.append(mention.finding)
    told = sorted(dict.fromkeys(told), key=lambda f: findings[f].screens != "danger")
    return Understood(
        told=told,
        denied=[f for f in dict.fromkeys(denied) if f not in told],
        quantities=list(dict.fromkeys(quantities)),
        words={f: " … ".join(dict.fromkeys(w)) for f, w in said.items()},
        values=values,
    )


@dataclass(frozen=True)
class Piece:
    """A stretch of the person's text; one that was understood leads to the field that it filled."""

    text: str
    field: str
    state: str


def pieces(turn: Turn, text: str) -> list[Piece]:
    """The text in pieces, what was understood marked; where two readings overlap the first one stands."""
    found: list[Piece] = []
    at = 0
    for mention in sorted(turn.reading.mentions, key=lambda m: (m.start, -m.end)):
        if mention.start < at or not mention.start < mention.end <= len(text):
            continue
        kind = "value" if is_quantity(mention.finding) else "tick"
        found.append(Piece(text[at : mention.start], "", ""))
        found.append(Piece(text[mention.start : mention.end], f"{kind}-{mention.finding}", mention.state))
        at = mention.end
    found.append(Piece(text[at:], "", ""))
    return [piece for piece in found if piece.text]


def understood_saved(shown: Understood, corrections: dict[str, Any]) -> Filled:
    """Ticked as read, unless the person has corrected it."""
    filled = from_answers(corrections, [*shown.told, *shown.denied, *shown.quantities], whole=False)
    filled.ticked |= {f for f in shown.told if f not in corrections}
    for finding, value in shown.values.items():
        if finding not in corrections:
            filled.typed[finding] = shown_number(round(value, 1))
    return filled


def _you_wrote(finding: str, shown: Understood, filled: Filled) -> Tick:
    return tick(finding, filled, hint=_("You wrote: “%(words)s”") % {"words": shown.words[finding]})


def _told_groups(shown: Understood, filled: Filled) -> list[TickGroup]:
    findings = engine().knowledge.findings
    urgent = [f for f in shown.told if findings[f].screens == "danger"]
    rest = [f for f in shown.told if f not in urgent]
    groups = [TickGroup(_("Signs to check first"), tuple(_you_wrote(f, shown, filled) for f in urgent))]
    return (groups if urgent else []) + by_topic(rest, lambda f: _you_wrote(f, shown, filled))


def understood_page(turn: Turn, shown: Understood, filled: Filled, faults: list[Fault]) -> dict[str, Any]:
    """The context of the page."""
    about = []
    if turn.reading.age is not None:
        about.append(_("Age %(age)s") % {"age": shown_number(turn.reading.age)})
    if turn.reading.sex:
        about.append({"female": _("Female"), "male": _("Male")}[turn.reading.sex])
    if turn.reading.side:
        about.append(side_words(turn.reading.side))
    denied = tuple(_you_wrote(f, shown, filled) for f in shown.denied)
    return {
        "pieces": pieces(turn, turn.case.text),
        "told": _told_groups(shown, filled),
        "denied": [TickGroup("", denied)] if denied else [],
        "numbers": [number(f, filled, faults) for f in shown.quantities],
        "about": about,
        "left_over": turn.reading.not_understood[:6],
        "out_of_scope": out_of_scope(turn.reading.out_of_scope),
        "nothing": not (shown.told or shown.denied or shown.quantities),
        "faults": faults,
    }
