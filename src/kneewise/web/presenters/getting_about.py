"""The bar that leads to the main places while a programme is followed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

# A place of the bar, and the pages that belong to it beside its own.
PLACES: dict[str, tuple[str, ...]] = {
    "today": ("session", "another_day", "morning"),
    "check_in": ("sign",),
    "progress": ("history", "correct", "seen"),
    "measures": ("measure",),
    "learn": ("learn_search", "read"),
}
# Outlines in a square of 24, drawn with a round pen.
_OUTLINES = {
    "today": "M12 8a4 4 0 1 1 0 8a4 4 0 1 1 0-8zM12 2v2.5M12 19.5v2.5M2 12h2.5M19.5 12h2.5"
    "M5 5l1.7 1.7M17.3 17.3l1.7 1.7M5 19l1.7-1.7M17.3 6.7l1.7-1.7",
    "check_in": "M8 4h-2a1 1 0 0 0-1 1v15a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-15a1 1 0 0 0-1-1h-2"
    "M8 3h8v4h-8zM9 14l2.2 2.2l4-4.4",
    "progress": "M3 3v18h18M7 16l4-5l3.5 3l5.5-8",
    "measures": "M20 20h-17l12-16M9.5 11.5a10.5 10.5 0 0 1 4 8.5",
    "learn": "M12 6c-2-1.6-5-2-9-2v14.5c4 0 7 .4 9 2c2-1.6 5-2 9-2v-14.5c-4 0-7 .4-9 2zM12 6v14.5",
}


@dataclass(frozen=True)
class Place:
    """Somewhere to go: the name of its page, in words, its picture, and whether one is there ("" if not)."""

    page: str
    name: str
    outline: str
    current: str


def _names() -> dict[str, str]:
    return {
        "today": _("Today"),
        "check_in": _("Check-in"),
        "progress": _("Progress"),
        "measures": _("Tests"),
        "learn": _("Learn"),
    }


def places(here: str) -> tuple[Place, ...]:
    """The bar as it stands on the page with this name."""

    def current(page: str) -> str:
        """What `aria-current` says: this very page, or one that belongs to it."""
        if here == page:
            return "page"
        return "true" if here in PLACES[page] else ""

    return tuple(Place(page, name, _OUTLINES[page], current(page)) for page, name in _names().items())
