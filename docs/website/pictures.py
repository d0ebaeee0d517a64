"""The contact sheet: the picture of every exercise on one page, to be looked over at a glance."""

from __future__ import annotations

from docs.website.library import Library
from docs.website.markdown import page, plain

TITLE = "All pictures"


def write(library: Library) -> str:
    """The page: name and picture of each exercise, each a link to its own page."""
    told = [
        f"# {TITLE}",
        "Every exercise as it is drawn. A picture should be enough to do the exercise by; say so where it is not.",
        '<div class="contact-sheet" markdown>',
        *(_one(library, id_) for id_ in sorted(library.knowledge.exercises)),
        "</div>",
    ]
    return page(TITLE, told, hide_contents=True)


def _one(library: Library, id_: str) -> str:
    name = plain(library.words.exercises[id_].name)
    return f"[![{name}](exercises/figures/{id_}.svg){{ .exercise-figure }} {name}](/exercises/{id_}.md)"
