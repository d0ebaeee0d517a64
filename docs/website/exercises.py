"""A page for each exercise, with its drawn figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from docs.website import parts
from docs.website.conditions import held
from docs.website.library import Library
from docs.website.markdown import (
    bullets,
    link,
    number,
    numbered,
    page,
    plain,
    sentence,
    span,
    table,
    unsearched,
)
from kneewise.body import describe, draw
from kneewise.knowledge.types import Exercise, contraindications_of
from kneewise.pathway.figures import figure_of, muscles_of

FOLDER, TITLE = "exercises", "Exercises"
ABOUT = "Each with its drawn figure, how to do it, how much, and who must not do it."


def ids(library: Library) -> list[str]:
    """Every exercise."""
    return sorted(library.knowledge.exercises)


def index(library: Library) -> str:
    """All exercises, by what they train first."""
    groups: dict[str, list[Exercise]] = defaultdict(list)
    for exercise in library.knowledge.exercises.values():
        groups[exercise.qualities[0]].append(exercise)
    told = [
        f"# {TITLE}",
        f"{ABOUT} {len(library.knowledge.exercises)} exercises.",
        link("All pictures on one page", "/pictures.md") + ".",
    ]
    for quality in sorted(groups):
        rows = [
            (
                parts.exercise(library, e.id),
                plain(library.words.exercises[e.id].what_for),
                str(e.level),
                ", ".join(e.equipment) or "nothing",
            )
            for e in sorted(groups[quality], key=lambda e: (e.level, e.id))
        ]
        heads = ("Exercise", "What for", "Level (1–5)", "You need")
        told += [
            f"## {sentence(quality)}",
            f"{sentence(plain(_quality(library, quality)))}.",
            table(heads, rows, right=(2,)),
        ]
    return page(TITLE, told)


def _quality(library: Library, quality: str) -> str:
    return library.phrase(f"quality_{quality}").removeprefix("quality ")


def figure(library: Library, id_: str, *, animated: bool = False, compact: bool = False) -> str:
    """The drawing of an exercise as SVG text."""
    exercise = library.knowledge.exercises[id_]
    shown, tinted = figure_of(exercise.figure), muscles_of(exercise.qualities)
    name = library.words.exercises[id_].name
    return draw(shown, name, describe(shown), key=id_, highlight=tinted, animated=animated, compact=compact)


def write(library: Library, id_: str) -> str:
    """The page of one exercise."""
    exercise, words = library.knowledge.exercises[id_], library.words.exercises[id_]
    model = library.file(f"exercises/{id_}.yaml")
    told = [
        parts.crumb(TITLE, FOLDER, sentence(exercise.qualities[0])),
        f"# {parts.named(words.name)}",
        plain(words.what_for),
        f"![{plain(words.name)}: the positions, side by side](figures/{id_}.svg){{ .exercise-figure }}",
        f"*In motion (still if your device asks for less motion):* {plain(describe(figure_of(exercise.figure)))}",
        f"![{plain(words.name)}, moving](figures/{id_}-moving.svg){{ .exercise-figure .moving-figure }}",
        "## How to do it",
        numbered(plain(cue) for cue in words.cues),
        "## Common errors" if words.common_errors else "",
        bullets(plain(error) for error in words.common_errors),
        "## What you should feel",
        plain(words.should_feel),
        "## When to stop",
        plain(words.stop_if),
        "## How much",
        *_dose(library, exercise),
        *_easier(library, exercise),
        unsearched("## Who must not do it, or only changed"),
        _held_back(library, exercise),
        "## For clinicians",
        bullets(
            [
                f"**Trains:** {', '.join(q.replace('_', ' ') for q in exercise.qualities)}",
                f"**Type:** {exercise.type.replace('_', ' ')} · **level** {exercise.level} of 5 · **load class** "
                f"{exercise.load_class} of 5 · **muscle length** {exercise.length_class.replace('_', ' ') or 'not said'}"
                f" · {'one leg' if exercise.one_leg else 'both legs'}",
                f"**Basis:** {plain(model.basis)}",
                f"**Id:** `{id_}`",
            ]
        ),
        unsearched("### Where programmes use it"),
        bullets(_uses(library, id_)) or "In no programme.",
        unsearched("### Sources"),
        parts.source_list(library, exercise.sources) or "None yet.",
        parts.about(library, f"exercises/{id_}.yaml", ["words/en/exercises.yaml"]),
    ]
    return page(words.name, told, description=words.what_for)


def _time(seconds: float) -> str:
    """A length of time in the unit that a person would use."""
    long = seconds >= 120 and seconds % 60 == 0
    return f"{number(seconds / 60)} minutes" if long else f"{number(seconds)} seconds"


def _dose(library: Library, exercise: Exercise) -> Iterator[str]:
    dose = exercise.dose
    rows = [
        ("Sets × repetitions", f"{dose.sets} × {dose.reps}"),
        *([("Hold or work", f"{_time(dose.hold_seconds)} each")] if dose.hold_seconds else []),
        ("Rest between sets", f"{number(dose.rest_seconds)} seconds"),
        ("Tempo", plain(dose.tempo)),
        ("Effort", plain(dose.effort)),
        ("Times a week", span(*dose.times_per_week)),
        ("You need", ", ".join(exercise.equipment) or "nothing"),
        ("Time", f"about {number(exercise.minutes)} minutes"),
    ]
    yield table(("Dose", "To start with"), rows)
    yield f"*Basis of the dose: {parts.BASIS[dose.basis]}; source: {parts.sources(library, dose.source)}.*"


def _easier(library: Library, exercise: Exercise) -> Iterator[str]:
    rows = [
        f"**{name}:** {parts.all_of(library, 'exercises', others)}"
        for name, others in (("Easier", exercise.easier), ("Harder", exercise.harder))
        if others
    ]
    if rows:
        yield "## Easier and harder"
        yield bullets(rows)


def _held_back(library: Library, exercise: Exercise) -> str:
    rows = []
    for entry in contraindications_of(exercise, library.knowledge):
        who = [
            parts.all_of(library, "conditions", entry.causes),
            parts.all_of(library, "factors", entry.factors),
        ]
        if entry.when:
            who.append(parts.rule_in_line(library, entry.when))
        rows.append(
            (
                "; ".join(part for part in who if part),
                held(entry.action, entry.phase),
                plain(entry.why),
                parts.evidence(library, entry.basis, entry.source),
            )
        )
    return table(("With", "How", "Why", "Basis and source"), rows) or "Nothing is held against it."


def _uses(library: Library, id_: str) -> Iterator[str]:
    for protocol in library.knowledge.protocols.values():
        phases = [
            phase.id.replace("_", " ")
            for phase in protocol.phases
            if any(id_ in need.exercises for need in phase.needs)
        ]
        if phases:
            yield f"{parts.protocol(library, protocol.id)}: {', '.join(phases)}"
