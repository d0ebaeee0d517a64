"""The pictures of the leg on one page: each view with its names, then what each cause and factor shows."""

from __future__ import annotations

from collections.abc import Iterator

from docs.website import parts
from docs.website.library import Library
from docs.website.markdown import bullets, page, plain, sentence, unsearched
from kneewise.body.anatomy import Label, draw_anatomy
from kneewise.knowledge.types_anatomy import Picture

TITLE = "Pictures of the leg"
ABOUT = (
    "Drawn after textbook anatomy, simplified and not to scale. They show where a structure lies, never what "
    "somebody has. On a result, the leg of the person's own side is shown."
)


def _name(picture: Picture) -> str:
    return "-".join((picture.view, *picture.structures))


def _svg(library: Library, view: str, marked: tuple[str, ...], pulls: bool, key: str) -> str:
    words = library.words.anatomy
    names = "; ".join(words.structures[structure].name for structure in marked)
    told = words.views[view].description
    return draw_anatomy(
        view,
        words.views[view].title,
        f"Marked: {names}. {told}" if names else told,
        {id_: Label(entry.label) for id_, entry in words.structures.items()},
        highlight=marked,
        pulls=pulls,
        key=key,
    )


def figures(library: Library) -> Iterator[tuple[str, str]]:
    """The path and the SVG text of every picture."""
    for view in library.words.anatomy.views:
        yield f"anatomy/{view}.svg", _svg(library, view, (), pulls=False, key=view)
    for picture in library.knowledge.anatomy.pictures:
        name = _name(picture)
        yield f"anatomy/{name}.svg", _svg(library, picture.view, picture.structures, picture.pulls, name)


def write(library: Library) -> str:
    """The page."""
    words = library.words.anatomy
    told = [f"# {TITLE}", ABOUT]
    for view in words.views.values():
        told += [
            f"## {parts.named(view.title)}",
            f"![{plain(view.title)}](anatomy/{view.id}.svg){{ .exercise-figure }}",
            plain(view.description),
            bullets(
                f"**{plain(sentence(entry.name))}.** {plain(entry.what_it_is)}"
                for id_, entry in words.structures.items()
                if view.id in library.knowledge.anatomy.structures[id_].views
            ),
        ]
    told += ["## What each cause and factor shows", '<div class="contact-sheet" markdown>']
    told += [_shown(library, picture) for picture in library.knowledge.anatomy.pictures]
    told += [
        "</div>",
        unsearched("### Sources"),
        parts.source_list(library, library.knowledge.anatomy.sources),
        parts.about(library, "anatomy.yaml", ["words/en/anatomy.yaml"]),
    ]
    return page(TITLE, told, description=ABOUT)


def _shown(library: Library, picture: Picture) -> str:
    names = "; ".join(library.words.anatomy.structures[one].name for one in picture.structures)
    linked = [parts.condition(library, cause) for cause in picture.causes]
    linked += [parts.factor(library, factor) for factor in picture.factors]
    return f"![{plain(names)}](anatomy/{_name(picture)}.svg){{ .exercise-figure }} {', '.join(linked)}"
