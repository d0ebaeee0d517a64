"""One page with all advice: the sentence, for whom, when never, from which source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from docs.website import parts
from docs.website.library import Library
from docs.website.markdown import bullets, page, plain
from kneewise.knowledge.types import Advice

TITLE = "Advice"
_KINDS = {
    "first_days": "The first days",
    "meanwhile": "While there are no exercises",
    "do": "What to do",
    "expect": "What to expect",
    "medicine": "Medicines",
    "avoid": "What to leave out",
    "come_back": "When to come back",
}


def write(library: Library) -> str:
    """All advice, by kind, in the order it is shown."""
    groups: dict[str, list[Advice]] = defaultdict(list)
    for piece in sorted(library.knowledge.advice, key=lambda piece: (piece.order, piece.id)):
        groups[piece.kind].append(piece)
    told = [
        f"# {TITLE}",
        "Every piece of advice, for whom it is, and when it is never shown. No clinician has reviewed it yet.",
    ]
    for kind, title in _KINDS.items():
        if groups[kind]:
            told.append(f"## {title}")
        for piece in groups[kind]:
            said = library.words.phrases.get(piece.id)
            told += [
                f"### {plain(library.phrase(piece.id))} {{ #{piece.id} }}",
                plain(said.more) if said else "",
            ]
            told.append(bullets(_facts(library, piece)))
    return page(TITLE, told, hide_contents=True)


def _facts(library: Library, piece: Advice) -> Iterator[str]:
    for name, found in (
        ("For", parts.all_of(library, "conditions", piece.causes)),
        ("For groups", ", ".join(piece.groups)),
        ("With", parts.all_of(library, "factors", piece.factors)),
        ("With red flags", parts.all_of(library, "red-flags", piece.red_flags)),
        ("At care level", ", ".join(parts.LEVELS[level] for level in piece.care_levels)),
        ("Only if", parts.rule_in_line(library, piece.when) if piece.when else ""),
        ("Never if", parts.rule_in_line(library, piece.never_if) if piece.never_if else ""),
    ):
        if found:
            yield f"**{name}:** {found}"
    yield (
        f"**Basis:** {parts.BASIS[piece.basis]} · **source:** {parts.sources(library, piece.sources)} · "
        f"{parts.repository_file(library.file_of_advice[piece.id])}"
    )
