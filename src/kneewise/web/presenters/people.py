"""People of this device as their marks: a colour that never stands alone, but with a shape and a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kneewise.store.models import Person
from kneewise.web.presenters.questions import Option

# Outlines in a square of 24.
_OUTLINES = {
    "circle": "M12 2a10 10 0 1 1 0 20a10 10 0 1 1 0-20z",
    "square": "M3 3h18v18h-18z",
    "triangle": "M12 2l11 20h-22z",
    "diamond": "M12 1l10 11l-10 11l-10-11z",
    "hexagon": "M6.5 2.5h11l5.5 9.5l-5.5 9.5h-11l-5.5-9.5z",
    "star": "M12 1l3.2 7.3l7.8.8l-5.9 5.3l1.7 7.8l-6.8-4l-6.8 4l1.7-7.8l-5.9-5.3l7.8-.8z",
    "cross": "M8 2h8v6h6v8h-6v6h-8v-6h-6v-8h6z",
    "heart": "M12 22l-9.2-10a5.7 5.7 0 0 1 9.2-6.8a5.7 5.7 0 0 1 9.2 6.8z",
}


def mark_name(mark: str) -> str:
    """A mark in words."""
    return {
        "teal_circle": _("Teal circle"),
        "blue_square": _("Blue square"),
        "red_triangle": _("Red triangle"),
        "purple_diamond": _("Purple diamond"),
        "green_hexagon": _("Green hexagon"),
        "brown_star": _("Brown star"),
        "grey_cross": _("Grey cross"),
        "pink_heart": _("Pink heart"),
    }[mark]


@dataclass(frozen=True)
class Mark:
    """A mark as its picture needs it."""

    colour: str
    outline: str
    name: str


def mark(id_: str) -> Mark | None:
    """The mark with this id; None for a person without one."""
    if id_ not in Person.MARKS:
        return None
    colour, _between, shape = id_.partition("_")
    return Mark(colour, _OUTLINES[shape], mark_name(id_))


@dataclass(frozen=True)
class Shown:
    """A person as a page shows them."""

    id: str
    name: str
    mark: Mark | None
    here: bool = False


def shown(person: Person, now: Person | None = None) -> Shown:
    """A person to be chosen; `here` for the one who uses this browser now."""
    return Shown(person.pk, person.name, mark(person.mark), now is not None and person.pk == now.pk)


@dataclass(frozen=True)
class MarkOption:
    """A mark to choose, with its picture."""

    option: Option
    mark: Mark


def mark_options(chosen: str) -> list[MarkOption]:
    """All marks, to choose from."""
    made = []
    for id_ in Person.MARKS:
        picture = mark(id_)
        if picture is not None:
            made.append(MarkOption(Option(f"mark-{id_}", id_, picture.name, id_ == chosen), picture))
    return made


def first_free_mark(taken: Iterable[str]) -> str:
    """A mark that nobody has yet, while there is one."""
    used = set(taken)
    return next((one for one in Person.MARKS if one not in used), Person.MARKS[0])
