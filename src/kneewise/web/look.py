"""How the pages look and sound for whoever uses this browser; a cookie keeps it, and nothing about health."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Final

from django.http import HttpRequest, HttpResponse

COOKIE = "kneewise_look"
COOKIE_AGE = 60 * 60 * 24 * 400

# Each choice with its values; the first one is what holds until somebody chooses.
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "text": ("normal", "large", "larger"),
    "colours": ("auto", "light", "dark"),
    "contrast": ("auto", "more"),
    "motion": ("auto", "less"),
    "sound": ("on", "off"),
}
_COOKIE_VALUE = re.compile(r"[0-9]{5}")


@dataclass(frozen=True)
class Look:
    """What was chosen; "auto" follows the device."""

    text: str = CHOICES["text"][0]
    colours: str = CHOICES["colours"][0]
    contrast: str = CHOICES["contrast"][0]
    motion: str = CHOICES["motion"][0]
    sound: str = CHOICES["sound"][0]

    @property
    def classes(self) -> str:
        """The classes of the page's root: `text-large colours-dark`; empty where nothing was chosen."""
        chosen = [(name, getattr(self, name)) for name in CHOICES if name != "sound"]
        return " ".join(f"{name}-{value}" for name, value in chosen if value != CHOICES[name][0])

    @property
    def cookie(self) -> str:
        """The choices as digits, one each."""
        return "".join(str(CHOICES[name].index(getattr(self, name))) for name in CHOICES)


def look_of(request: HttpRequest) -> Look:
    """What this browser's cookie says; a cookie that cannot be read says nothing."""
    value = request.COOKIES.get(COOKIE, "")
    if not _COOKIE_VALUE.fullmatch(value):
        return Look()
    look = Look()
    for field, digit in zip(fields(Look), value, strict=True):
        values = CHOICES[field.name]
        if int(digit) < len(values):
            look = replace(look, **{field.name: values[int(digit)]})
    return look


def keep(response: HttpResponse, look: Look) -> None:
    """Keep a look in this browser; the one that follows the device needs no cookie."""
    if look == Look():
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(COOKIE, look.cookie, max_age=COOKIE_AGE, httponly=True, samesite="Lax")
