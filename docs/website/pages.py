"""All pages of the site as text, and the check that every link between them leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType

from docs.website import (
    advice,
    anatomy,
    conditions,
    exercises,
    factors,
    findings,
    hazards,
    home,
    pictures,
    project,
    protocols,
    red_flags,
    sources,
    topics,
    treatments,
)
from docs.website.library import Library

KINDS: tuple[ModuleType, ...] = (
    conditions,
    factors,
    findings,
    red_flags,
    exercises,
    protocols,
    treatments,
    topics,
)
SINGLE = {
    "index.md": home,
    "pictures.md": pictures,
    "anatomy.md": anatomy,
    "advice.md": advice,
    "hazards.md": hazards,
    "sources.md": sources,
}

_LINK = re.compile(r"(?<!\\)\]\((/[^)\s#]*)(?:#([^)\s]+))?")
_ANCHOR = re.compile(r"^#+ .*\{[^}]*#([\w-]+)[^}]*\}\s*$", re.MULTILINE)


def entries(library: Library) -> Iterator[tuple[ModuleType, str]]:
    """Every entry that has a page of its own, with its kind."""
    for kind in KINDS:
        for id_ in kind.ids(library):
            yield kind, id_


def place(kind: ModuleType, id_: str) -> str:
    """The path of an entry's page."""
    return f"{kind.FOLDER}/{id_}.md"


def texts(
    library: Library, chosen: Iterable[tuple[ModuleType, str]] | None = None
) -> Iterator[tuple[str, str]]:
    """The path and the text of each page; with `chosen`, of these entries and of the pages there is one of."""
    for name, single in SINGLE.items():
        yield name, single.write(library)
    for kind in KINDS:
        yield f"{kind.FOLDER}/index.md", kind.index(library)
    for kind, id_ in entries(library) if chosen is None else chosen:
        yield place(kind, id_), kind.write(library, id_)
    yield from project.pages()


def figures(library: Library) -> Iterator[tuple[str, str]]:
    """The path and the SVG text of each exercise's figure and of the pictures of the leg."""
    yield from anatomy.figures(library)
    for id_ in exercises.ids(library):
        yield f"exercises/figures/{id_}.svg", exercises.figure(library, id_)
        yield f"exercises/figures/{id_}-moving.svg", exercises.figure(library, id_, animated=True)


def known_anchors(library: Library) -> dict[str, set[str]]:
    """The parts of pages that others link to."""
    anchors = {f"findings/{topic}.md": set(ids) for topic, ids in library.topics_of_findings.items()}
    anchors["sources.md"] = set(library.knowledge.sources)
    anchors["hazards.md"] = set(hazards.ids(library))
    anchors["advice.md"] = {piece.id for piece in library.knowledge.advice}
    return anchors


def broken_links(library: Library, written: Mapping[str, str]) -> list[str]:
    """Links of these pages that lead to no page, or to no part of one; one line each."""
    known = {place(kind, id_) for kind, id_ in entries(library)} | set(written)
    known |= {f"{kind.FOLDER}/index.md" for kind in KINDS} | set(SINGLE)
    anchors = known_anchors(library)
    broken = []
    for name, text in written.items():
        for target, part in _LINK.findall(text):
            path = target.removeprefix("/")
            if path not in known:
                broken.append(f"{name}: there is no page {target}")
            elif part and path in anchors and part not in anchors[path]:
                broken.append(f"{name}: {target} has no part {part}")
    return broken


def missing_anchors(library: Library, written: Mapping[str, str]) -> list[str]:
    """Parts that others may link to and that a written page does not have; one line each."""
    return [
        f"{name}: no part {id_}"
        for name, ids in known_anchors(library).items()
        if name in written
        for id_ in sorted(ids - set(_ANCHOR.findall(written[name])))
    ]
