"""A page for each treatment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from docs.website import parts
from docs.website.library import Library
from docs.website.markdown import bullets, numbered, page, plain, sentence, table, unsearched
from kneewise.knowledge.types import Treatment, TreatmentEvidence

FOLDER, TITLE = "treatments", "Treatments"
ABOUT = "What is done against the trouble besides exercises: what it does, for whom, when never, how good the evidence is."


def ids(library: Library) -> list[str]:
    """Every treatment."""
    return sorted(library.knowledge.treatments)


def index(library: Library) -> str:
    """All treatments by kind."""
    groups: dict[str, list[Treatment]] = defaultdict(list)
    for treatment in library.knowledge.treatments.values():
        groups[treatment.kind].append(treatment)
    told = [f"# {TITLE}", ABOUT if groups else f"{ABOUT} None is written yet."]
    for kind in sorted(groups):
        rows = [
            (
                parts.treatment(library, entry.id),
                plain(library.words.treatments[entry.id].what_it_is),
                entry.given_by,
                "; ".join(dict.fromkeys(f"{_effect(shown)} ({shown.strength})" for shown in entry.evidence)),
            )
            for entry in sorted(
                groups[kind], key=lambda entry: library.words.treatments[entry.id].name.lower()
            )
        ]
        heads = ("Treatment", "What it is", "Given by", "Effect (strength of the evidence)")
        told += [f"## {sentence(kind)}", table(heads, rows)]
    return page(TITLE, told)


def _effect(shown: TreatmentEvidence) -> str:
    return shown.effect.replace("_", " ")


def write(library: Library, id_: str) -> str:
    """The page of one treatment."""
    treatment, words = library.knowledge.treatments[id_], library.words.treatments[id_]
    model = library.file(f"treatments/{id_}.yaml")
    told = [
        parts.crumb(TITLE, FOLDER, sentence(treatment.kind)),
        f"# {parts.named(words.name)}",
        plain(words.what_it_is),
        "## What it does",
        plain(words.what_it_does),
        "## For whom",
        plain(words.for_whom),
        "## How",
        numbered(plain(step) for step in words.how),
        "## When never",
        bullets(plain(when) for when in words.never_when),
        "## How good the evidence is",
        plain(words.evidence),
        parts.both_sides(library, words.both_sides),
        "## When to ask about it",
        plain(words.ask_when),
        *_read_on(library, treatment),
        "## For clinicians",
        parts.notes(library, model.note),
        bullets(_facts(library, treatment)),
        "### What studies say",
        _evidence(library, treatment),
        *_never(library, treatment),
        unsearched("### Sources"),
        parts.source_list(library, treatment.sources),
        parts.about(library, f"treatments/{id_}.yaml", [f"words/en/treatments/{id_}.yaml"]),
    ]
    return page(words.name, told, description=words.what_it_is)


def _facts(library: Library, treatment: Treatment) -> Iterator[str]:
    yield f"**Given by:** {treatment.given_by}"
    for name, found in (
        ("In question for", parts.all_of(library, "conditions", treatment.causes)),
        ("For groups", ", ".join(treatment.groups)),
        ("With factors", parts.all_of(library, "factors", treatment.factors)),
        ("Wrong for", parts.all_of(library, "conditions", treatment.not_for)),
    ):
        if found:
            yield f"**{name}:** {found}"
    yield f"**Id:** `{treatment.id}`"


def _evidence(library: Library, treatment: Treatment) -> str:
    rows = []
    for shown in treatment.evidence:
        for_whom = [parts.all_of(library, "conditions", shown.causes), ", ".join(shown.groups)]
        rows.append(
            (
                "; ".join(part for part in for_whom if part) or "anybody",
                _effect(shown),
                shown.strength,
                parts.cited(library, shown.note) or "–",
                parts.BASIS[shown.basis],
                parts.sources(library, shown.sources),
            )
        )
    return table(("For", "Effect", "Strength of evidence", "Note", "Basis", "Source"), rows)


def _never(library: Library, treatment: Treatment) -> Iterator[str]:
    yield unsearched("### The program never suggests it when")
    yield parts.rule(library, treatment.never_if) if treatment.never_if else "No rule forbids it."


def _read_on(library: Library, treatment: Treatment) -> Iterator[str]:
    topics = [topic.id for topic in library.knowledge.topics.values() if treatment.id in topic.treatments]
    links = [
        *(parts.exercise(library, id_) for id_ in treatment.exercises),
        *(parts.see(library, id_) for id_ in treatment.see_also),
        *(parts.topic(library, id_) for id_ in topics),
    ]
    if links:
        yield "## Read on"
        yield bullets(dict.fromkeys(links))
