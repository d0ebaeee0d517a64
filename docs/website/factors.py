"""A page for each contributing factor."""

from __future__ import annotations

from collections.abc import Iterator

from docs.website import parts
from docs.website.conditions import held
from docs.website.library import Library
from docs.website.markdown import bullets, page, plain, table, unsearched

FOLDER, TITLE = "factors", "What may contribute"
ABOUT = "Facts that may play a part. They are told by rules and never ranked, and never a fault."


def ids(library: Library) -> list[str]:
    """Every factor."""
    return sorted(library.knowledge.factors)


def index(library: Library) -> str:
    """All factors and what they act on."""
    rows = [
        (
            parts.factor(library, factor.id),
            ", ".join(f"{parts.condition(library, act.cause)} ({act.strength})" for act in factor.acts_on)
            or "–",
        )
        for factor in sorted(
            library.knowledge.factors.values(), key=lambda f: library.words.factors[f.id].name.lower()
        )
    ]
    return page(TITLE, [f"# {TITLE}", ABOUT, table(("Factor", "Acts on (how strong the evidence is)"), rows)])


def write(library: Library, id_: str) -> str:
    """The page of one factor."""
    factor, words = library.knowledge.factors[id_], library.words.factors[id_]
    model = library.file(f"factors/{id_}.yaml")
    acts = [
        (
            parts.condition(library, act.cause),
            act.strength,
            parts.cited(library, act.note) or "–",
            parts.sources(library, act.sources),
        )
        for act in factor.acts_on
    ]
    told = [
        parts.crumb(TITLE, FOLDER),
        f"# {parts.named(words.name)}",
        "## How it acts",
        plain(words.how_it_acts),
        "## How to check it",
        plain(words.how_to_check),
        "## How good the evidence is",
        plain(words.evidence),
        "## What changes it",
        plain(words.what_changes_it),
        *_read_on(library, id_),
        "## For clinicians",
        f"Id: `{id_}`",
        parts.notes(library, model.note),
        "### What it acts on",
        table(("Cause", "Evidence", "Note", "Source"), acts) or "Nothing is filled in.",
        "### When the program names it",
        *_rules(library, id_),
        *_exercises(library, id_),
        unsearched("### Sources"),
        parts.source_list(library, factor.sources) or "None yet.",
        parts.about(library, f"factors/{id_}.yaml", ["words/en/factors.yaml"]),
    ]
    return page(words.name, told, description=words.how_it_acts)


def _read_on(library: Library, id_: str) -> Iterator[str]:
    known = library.knowledge
    rows = [
        f"**{name}:** {parts.all_of(library, kind, found)}"
        for name, kind, found in (
            ("Programme", "protocols", [p.id for p in known.protocols.values() if id_ in p.factors]),
            (
                "Treatments in question",
                "treatments",
                [t.id for t in known.treatments.values() if id_ in t.factors],
            ),
            ("Worth knowing", "topics", [t.id for t in known.topics.values() if id_ in t.factors]),
            ("Advice", "advice", [a.id for a in known.advice if id_ in a.factors]),
        )
        if found
    ]
    if rows:
        yield "## Read on"
        yield bullets(rows)


def _rules(library: Library, id_: str) -> Iterator[str]:
    factor = library.knowledge.factors[id_]
    for name, expression in (
        ("Measured", factor.measured),
        ("Reported", factor.reported),
        ("Suspected", factor.suspected),
    ):
        if expression is not None:
            yield f"**{name}** when"
            yield parts.rule(library, expression)
        else:
            yield f"**{name}:** never."


def _exercises(library: Library, id_: str) -> Iterator[str]:
    rows = [
        (parts.exercise(library, exercise.id), held(entry.action, entry.phase), plain(entry.why))
        for exercise, entry in library.held_back("factors", id_)
    ]
    if rows:
        yield unsearched("### Exercises held back")
        yield table(("Exercise", "How", "Why"), rows)
