"""The choices of look and sound as groups of radio buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kneewise.web.look import CHOICES
from kneewise.web.presenters.questions import Option


@dataclass(frozen=True)
class Group:
    """One choice."""

    name: str
    legend: str
    options: tuple[Option, ...]
    fault: str


def groups(chosen: Mapping[str, str]) -> list[Group]:
    """All choices with what is chosen; a value that there is not is a fault of its group."""
    legends = {
        "text": _("Size of the text"),
        "colours": _("Colours"),
        "contrast": _("Contrast"),
        "motion": _("Movement"),
        "sound": _("Sound"),
    }
    labels = {
        "text": (_("Normal"), _("Large"), _("Very large")),
        "colours": (_("As this device is set"), _("Light"), _("Dark")),
        "contrast": (_("As this device is set"), _("More")),
        "motion": (_("As this device is set"), _("Nothing moves by itself")),
        "sound": (_("On"), _("Off")),
    }
    return [
        Group(
            name,
            legends[name],
            tuple(
                Option(f"{name}-{value}", value, label, chosen[name] == value)
                for value, label in zip(values, labels[name], strict=True)
            ),
            "" if chosen[name] in values else _("Choose one of these"),
        )
        for name, values in CHOICES.items()
    ]
