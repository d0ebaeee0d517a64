"""What can be printed now, and the form for it: nothing that was typed is lost."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from kneewise.exchange.paper import LONGEST_QUESTION
from kneewise.web.answers import Fault

FIRST_FIELD = "page-{kind}"


@dataclass(frozen=True)
class Choice:
    """A page that can be printed."""

    kind: str
    id: str
    name: str
    about: str
    chosen: bool


@dataclass(frozen=True)
class Wanted:
    """What the form sent."""

    kind: str
    question: str
    large: bool


def _names() -> dict[str, tuple[str, str]]:
    return {
        "appointment": (
            _("A page for my appointment"),
            _("Your story, the danger questions, what is likely and why. It is always one side of A4."),
        ),
        "letter": (
            _("A letter to a physiotherapist or GP"),
            _("It asks for an appointment. You write in the names by hand."),
        ),
        "programme": (
            _("My programme"),
            _("Pictures, how often, when to stop, and a chart to tick for the fridge."),
        ),
        "progress": (
            _("A report on how it goes"),
            _("For the next visit: your pain, tests, sessions, and what was changed."),
        ),
    }


def read_wanted(post: QueryDict, kinds: tuple[str, ...]) -> tuple[Wanted, list[Fault]]:
    """What was asked for, and what is wrong with it."""
    wanted = Wanted(
        post.get("page", ""),
        post.get("question", "").replace("\r\n", "\n").replace("\x00", ""),
        "large" in post,
    )
    faults = []
    if wanted.kind not in kinds:
        faults.append(Fault(FIRST_FIELD.format(kind=kinds[0]), _("Choose what to print")))
    if len(wanted.question) > LONGEST_QUESTION:
        most = _("Keep your question under %(most)s characters; it has %(n)s now")
        faults.append(Fault("question", most % {"most": LONGEST_QUESTION, "n": len(wanted.question)}))
    return wanted, faults


def choices(kinds: tuple[str, ...], wanted: Wanted | None) -> list[Choice]:
    """What can be printed; the first is chosen until somebody chooses another."""
    names = _names()
    chosen = wanted.kind if wanted is not None else kinds[0]
    return [Choice(kind, FIRST_FIELD.format(kind=kind), *names[kind], kind == chosen) for kind in kinds]
