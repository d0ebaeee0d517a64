"""The bibliography: every source, its links, whether it was read, and every page that rests on it."""

from __future__ import annotations

import re

from docs.website import parts
from docs.website.library import Library
from docs.website.markdown import bullets, link, page, plain

TITLE = "Sources"
STATUS = {
    "found": "read (often the abstract only)",
    "recalled": "quoted from memory, to be read again before it is relied on",
    "article": "a lay article: what people read, not evidence",
}
_KINDS = {
    "conditions": "Causes and dangers",
    "factors": "What may contribute",
    "red-flags": "Red flags",
    "exercises": "Exercises",
    "protocols": "Programmes",
    "treatments": "Treatments",
    "topics": "Worth knowing",
    "advice": "Advice",
}
_FILES = ("evidence.yaml", "rehab.yaml", "articles.yaml")
_PMC = re.compile(r"\bPMC\d+\b")


def write(library: Library) -> str:
    """All sources by short name."""
    known = library.knowledge.sources
    counts = {status: sum(1 for s in known.values() if s.status == status) for status in STATUS}
    told = [
        f"# {TITLE}",
        f"{len(known)} sources: {counts['found']} {STATUS['found']}, {counts['recalled']} {STATUS['recalled']}, "
        f"{counts['article']} lay articles that started the project. Each shows where it is used.",
        "To correct one, see " + ", ".join(parts.repository_file(f"sources/{name}") for name in _FILES) + ".",
    ]
    for id_ in sorted(known, key=lambda id_: library.source_names[id_].lower()):
        told += _source(library, id_)
    return page(TITLE, told, hide_contents=True)


def _source(library: Library, id_: str) -> list[str]:
    entry = library.knowledge.sources[id_]
    pmc = _PMC.search(entry.citation)
    places = [
        link(f"doi:{plain(entry.doi)}", f"https://doi.org/{entry.doi}") if entry.doi else "",
        link(f"PMID {entry.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{entry.pmid}/") if entry.pmid else "",
        link(pmc[0], f"https://pmc.ncbi.nlm.nih.gov/articles/{pmc[0]}/") if pmc else "",
    ]
    return [
        f"## {plain(library.source_names[id_])} {{ #{id_} .source }}",
        " · ".join([plain(entry.citation), *(place for place in places if place)]),
        bullets([f"`{id_}` · {STATUS[entry.status]}", *_uses(library, id_)]),
    ]


def _uses(library: Library, id_: str) -> list[str]:
    uses = library.uses_of_sources.get(id_, [])
    rows = []
    for kind, title in _KINDS.items():
        found = [used for of, used in uses if of == kind]
        if found:
            rows.append(f"**{title}:** {parts.all_of(library, kind, found)}")
    return rows or ["Used on no page yet."]
