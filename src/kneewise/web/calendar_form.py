"""The form of the calendar: time, length, reminder, title, zone; read strictly, nothing typed is lost."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kneewise.evidence import BadCase
from kneewise.exchange.calendar import (
    LONGEST_TITLE,
    MINUTES,
    NEUTRAL_TITLE,
    TELLING_TITLE,
    Wishes,
    parse_wishes,
    zones,
)
from kneewise.web.answers import Fault
from kneewise.web.presenters.questions import Option

NEUTRAL, OWN, TELLING = "neutral", "own", "telling"
NO_REMINDER = "none"
REMINDERS = (0, 5, 10, 15, 30, 60, 120, 1440)
LENGTHS = (10, 15, 20, 30, 45, 60, 90)
LONGEST_TYPED = 200
Typed = dict[str, str]


def local_zone_name() -> str:
    """The name of this machine's zone, UTC where it has none that a calendar would know."""
    named = os.environ.get("TZ", "").lstrip(":")
    try:
        linked = "/".join(Path("/etc/localtime").resolve().parts[-2:])
    except OSError:
        linked = ""
    known = (getattr(settings.LOCAL_ZONE, "key", ""), named, linked)
    return next((name for name in known if name in zones()), "UTC")


def first_wishes(minutes: int) -> Wishes:
    """How the form starts: nothing about health, as long as the person's sessions are."""
    return Wishes(local_zone_name(), minutes=min(max(minutes, MINUTES[0]), MINUTES[1]))


def typed_of(wishes: Wishes) -> Typed:
    """Kept wishes as the form shows them."""
    kind = TELLING if wishes.tells else NEUTRAL if wishes.title == NEUTRAL_TITLE else OWN
    return {
        "at": wishes.at.strftime("%H:%M"),
        "minutes": str(wishes.minutes),
        "reminder": NO_REMINDER if wishes.reminder is None else str(wishes.reminder),
        "title": kind,
        "own_title": wishes.title if kind == OWN else "",
        "zone": wishes.zone,
    }


def typed_in(post: QueryDict) -> Typed:
    """The form exactly as it was sent."""
    keys = ("at", "minutes", "reminder", "title", "own_title", "zone")
    return {key: post.get(key, "")[:LONGEST_TYPED] for key in keys}


def _title(typed: Mapping[str, str]) -> str:
    return {NEUTRAL: NEUTRAL_TITLE, TELLING: TELLING_TITLE}.get(typed["title"], typed["own_title"])


def read_wishes(typed: Typed, before: Wishes) -> tuple[Wishes, list[Fault]]:
    """The wishes that were sent, or those from before and what is wrong, in the order of the page."""
    faults: list[Fault] = []
    values: dict[str, Any] = {
        "at": (
            _hours_and_minutes(typed["at"]),
            Fault("at", _("Write the time of day as hours and minutes, like 18:30")),
        ),
        "minutes": (_whole(typed["minutes"]), Fault("minutes", _("Choose how long a session is"))),
        "reminder": (
            None if typed["reminder"] == NO_REMINDER else _whole(typed["reminder"]),
            Fault("reminder", _("Choose when to be reminded, or no reminder")),
        ),
        "title": (_title(typed), _title_fault(typed)),
        "zone": (typed["zone"], Fault("zone", _("Choose your time zone"))),
    }
    read = before.data() | {"tells": typed["title"] == TELLING}
    for key, (value, fault) in values.items():
        try:
            parse_wishes(read | {key: value})
        except BadCase:
            faults.append(fault)
        else:
            read[key] = value
    if typed["title"] not in (NEUTRAL, OWN, TELLING):
        faults.append(Fault("title", _("Choose what the calendar shows")))
    return (before, faults) if faults else (parse_wishes(read), [])


def _hours_and_minutes(typed: str) -> str:
    """A time of day; some browsers send the seconds too."""
    return typed.strip()[:5] if typed.strip().endswith(":00") and typed.count(":") == 2 else typed.strip()


def _title_fault(typed: Mapping[str, str]) -> Fault:
    told = _("Write a word of your own, of at most %(most)s letters, or choose another title")
    return Fault("own_title", told % {"most": LONGEST_TITLE})


def _whole(typed: str) -> int:
    """A whole number that a list offered; anything else is one that no list offers."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else -1


# --- what the lists offer ------------------------------------------------------------------------------


def minutes_words(minutes: int) -> str:
    """A length of time in words."""
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def _reminder_words(minutes: int) -> str:
    words = {
        0: _("When it begins"),
        60: _("1 hour before"),
        120: _("2 hours before"),
        1440: _("1 day before"),
    }
    return words.get(minutes) or _("%(time)s before") % {"time": minutes_words(minutes)}


def _options(name: str, labels: Mapping[str, str], chosen: str) -> list[Option]:
    return [Option(f"{name}-{value}", value, label, value == chosen) for value, label in labels.items()]


def form_page(typed: Typed, faults: list[Fault]) -> dict[str, Any]:
    """The form as its template needs it."""
    lengths = sorted({*LENGTHS, max(_whole(typed["minutes"]), LENGTHS[0])})
    lengths = [one for one in lengths if MINUTES[0] <= one <= MINUTES[1]]
    reminders = {NO_REMINDER: _("No reminder")} | {str(one): _reminder_words(one) for one in REMINDERS}
    titles = {
        NEUTRAL: _("“%(title)s”, and nothing else") % {"title": NEUTRAL_TITLE},
        OWN: _("A word of my own"),
        TELLING: _("“%(title)s”, with the names of the exercises in the note") % {"title": TELLING_TITLE},
    }
    return {
        "typed": typed,
        "faults": faults,
        "messages": {fault.field: fault.message for fault in faults},
        "lengths": _options("minutes", {str(one): minutes_words(one) for one in lengths}, typed["minutes"]),
        "reminders": _options("reminder", reminders, typed["reminder"]),
        "titles": [
            Option("title" if i == 0 else option.id, option.value, option.label, option.checked)
            for i, option in enumerate(_options("title", titles, typed["title"]))
        ],
        "longest": LONGEST_TITLE,
        "zones": zones(),
    }
