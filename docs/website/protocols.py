"""A page for each programme: its phases, what each must hold, and what must be true to move on."""

from __future__ import annotations

from collections.abc import Iterator

from docs.website import parts
from docs.website.library import Library
from docs.website.markdown import bullets, page, plain, sentence, span, table, unsearched
from kneewise.knowledge.types import Protocol

FOLDER, TITLE = "protocols", "Programmes"
ABOUT = "Phases for a kind of pain. What must be true decides when the next one starts, not the calendar."


def ids(library: Library) -> list[str]:
    """Every programme."""
    return sorted(library.knowledge.protocols)


def index(library: Library) -> str:
    """All programmes and whom they are for."""
    rows = [
        (parts.protocol(library, protocol.id), _for(library, protocol), str(len(protocol.phases)))
        for protocol in sorted(
            library.knowledge.protocols.values(), key=lambda p: library.protocol_name(p.id)
        )
    ]
    return page(TITLE, [f"# {TITLE}", ABOUT, table(("Programme", "For", "Phases"), rows, right=(2,))])


def _for(library: Library, protocol: Protocol) -> str:
    both = [
        parts.all_of(library, "conditions", protocol.causes),
        parts.all_of(library, "factors", protocol.factors),
    ]
    return "; ".join(part for part in both if part) or "–"


def write(library: Library, id_: str) -> str:
    """The page of one programme."""
    protocol = library.knowledge.protocols[id_]
    name = library.protocol_name(id_)
    told = [
        parts.crumb(TITLE, FOLDER),
        f"# {parts.named(name)}",
        f"**For:** {_for(library, protocol)}",
        "It is given only while no red flag shuts the gate, and never holds an exercise that is held back for the person.",
        *_phases(library, protocol),
        *_sentences(library, protocol),
        "## For clinicians",
        "### Where it starts",
        *_starts(library, protocol),
        f"Id: `{id_}`",
        unsearched("### Sources"),
        parts.source_list(library, protocol.sources),
        parts.about(library, f"protocols/{id_}.yaml", ["words/en/criteria.yaml", "words/en/advice.yaml"]),
    ]
    return page(name, told)


def _phases(library: Library, protocol: Protocol) -> Iterator[str]:
    for place, phase in enumerate(protocol.phases, 1):
        low, high = phase.pain_allowed
        yield f"## Phase {place}: {phase.id.replace('_', ' ')}"
        yield (
            f"{span(*phase.days_per_week)} days a week, usually {parts.weeks(*phase.weeks)}. Pain up to {low} of 10 is fine, "
            f"up to {high} is the limit."
        )
        rows = [
            (
                f"**{sentence(need.quality)}**<br>{plain(library.phrase(f'quality_{need.quality}').removeprefix('quality '))}",
                "yes" if need.required else "if there is time",
                parts.all_of(library, "exercises", need.exercises),
            )
            for need in phase.needs
        ]
        yield table(("It trains", "Must be in", "Exercises, best first"), rows)
        if phase.exit:
            yield "**The next phase starts when**"
            yield bullets(_criterion(library, criterion) for criterion in phase.exit)


def _criterion(library: Library, id_: str) -> str:
    said = library.words.phrases.get(id_)
    more = f" {plain(said.more)}" if said and said.more else ""
    return f"{plain(library.phrase(id_))}{more}"


def _sentences(library: Library, protocol: Protocol) -> Iterator[str]:
    given = {piece.id for piece in library.knowledge.advice}
    for title, ids_ in (
        ("Advice", protocol.advice),
        ("Leave out", protocol.avoid),
        ("Come back", protocol.come_back),
    ):
        if ids_:
            yield f"## {title}"
            yield bullets(parts.advice(library, i) if i in given else plain(library.phrase(i)) for i in ids_)


def _starts(library: Library, protocol: Protocol) -> Iterator[str]:
    if not protocol.start_phase:
        yield "Always with the first phase."
        return
    yield "The first rule known to hold decides; else the first phase."
    for expression, phase in protocol.start_phase:
        yield f"**{sentence(phase)}** when"
        yield parts.rule(library, expression)
