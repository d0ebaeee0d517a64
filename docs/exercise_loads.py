"""The table of how hard each exercise loads a leg: docs/reference/exercise-loads.md."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kneewise.body.statics import Moments, NotComputed, demand
from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Knowledge
from kneewise.pathway.loads import TOO_CLOSE, Compared, Load, compare, loads, weight_missing

NOTICE = "<!-- Written by `make docs`; do not edit. -->\n"
WHY_NOT = {
    "no_poses": "it has no poses",
    "seen_from_the_front": "seen from the front",
    "moves_too_fast": "it swings, runs or jumps",
    "unknown_pull": "a band, towel, ball or roller pulls or carries with an unknown force",
    "unknown_weight": "an unknown weight on the leg",
    "two_supports_unlike": "two feet (or a wall) share the load in an unknown way",
    "arms_carry": "the arms carry a part",
    "seat_or_floor_carries": "a seat or the floor carries a part",
    "foot_across": "one leg rests on the other",
    "not_in_balance": "the pose as drawn is not in balance",
}
EXAMPLE_NM = 75 * 9.81 * 1.75  # newton metres in one body weight times stature, 75 kg and 1.75 m


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:+.0f} %"


def _moment(share: float) -> str:
    return f"{100 * share:.1f} ({share * EXAMPLE_NM:.0f} Nm)"


def _computed(load: Load) -> tuple[str, str]:
    settled = load.settled
    if isinstance(settled, NotComputed):
        return f"not computed: {WHY_NOT[settled.reason]}", ""
    star = " *" if weight_missing(load) else ""
    return f"{_moment(settled.hip_extension)}{star}", _moment(settled.knee_flexion)


def _published(load: Load) -> str:
    told = []
    for one in load.published:
        if one.value is not None:
            spread = f" ± {one.value.spread:g}" if one.value.spread else ""
            told.append(f"{one.value.value:g}{spread} (`{one.study.id}`)")
        else:
            told.append(f"place {one.place} of {len(one.study.order)} (`{one.study.id}`)")
    return "; ".join(told) or "nothing"


def _rows(known: dict[str, Load], knowledge: Knowledge) -> Iterator[str]:
    yield "| Exercise | Class | Length, peak | Hip extension | Knee bending | Published |"
    yield "|---|---:|---|---|---|---|"
    names = knowledge.words["en"].exercises
    for load in sorted(known.values(), key=lambda one: (-one.load_class, one.exercise)):
        hip, knee = _computed(load)
        length = f"{load.length_class.replace('_', ' ') or '–'}, {_percent(load.peak_strain)}"
        yield (
            f"| {names[load.exercise].name} (`{load.exercise}`) | {load.load_class} | {length} | {hip} | {knee} "
            f"| {_published(load)} |"
        )


def _studies(knowledge: Knowledge) -> Iterator[str]:
    yield "| Study | What | Scale | Weights | Basis | Source |"
    yield "|---|---|---|---|---|---|"
    for study in knowledge.mechanics.load_studies:
        note = f" {study.note}" if study.note else ""
        yield (
            f"| `{study.id}` | {study.what}, {study.muscle.replace('_', ' ')} | {study.unit}; against "
            f"{study.normalised_to} | {study.external_load} | {study.basis} "
            f"| {knowledge.sources[study.source].citation}.{note} |"
        )


def _pair(row: Compared) -> str:
    return f"`{row.more}` above `{row.less}` (`{row.study.id}`)"


def _compared(rows: list[Compared], known: dict[str, Load]) -> Iterator[str]:
    for title, attribute in (("the computed moment", "by_moment"), ("our class", "by_class")):
        counts = Counter(getattr(row, attribute) for row in rows)
        yield ""
        yield (
            f"**Against {title}:** {counts['agrees']} agree, {counts['disagrees']} disagree, "
            f"{counts['same']} the same, {counts['not_computed']} cannot be compared."
        )
        yield ""
        for row in rows:
            told = getattr(row, attribute)
            if told in ("disagrees", "same"):
                yield f"- {told}: {_pair(row)}{_numbers(row, known) if attribute == 'by_moment' else ''}"


def _numbers(row: Compared, known: dict[str, Load]) -> str:
    above, below = known[row.more].settled, known[row.less].settled
    if isinstance(above, Moments) and isinstance(below, Moments) and row.study.what != "length":
        return f": {100 * demand(above):.1f} against {100 * demand(below):.1f}"
    return ""


def loads_page(knowledge: Knowledge) -> str:
    """Every exercise: class, length, computed moments, what is published; and whether the orders agree."""
    known, rows = loads(knowledge), compare(knowledge)
    settled = sum(isinstance(load.settled, Moments) for load in known.values())
    published = sum(bool(load.published) for load in known.values())
    lines = [
        NOTICE,
        "# How hard each exercise loads the leg",
        "",
        "Three things stand side by side and are never made into one number:",
        "",
        "- **Class** (1 to 5) is this project's own estimate of the load; the programme orders by it. No",
        "  clinician has reviewed it yet.",
        "- **Hip extension and knee bending** are what statics says that one leg has to hold in its hardest pose",
        "  against gravity, as a share of body weight times stature (in hundredths; in brackets for somebody of",
        "  75 kg and 1.75 m). A minus at the knee is held by the front of the thigh. All muscles of the joint share",
        "  it: at the hip the buttock takes a good part. Segment masses: Winter 2009, quoted from memory. A bridge",
        "  is computed as if the feet did not push along the floor. `*`: the weight in the hands comes on top.",
        "- **Published** is what studies measured, each on its own scale. Never compare two studies with each",
        "  other: what counts as 100 % differs, and so do the weights.",
        "",
        "*Length* is the longest that the biceps femoris gets in the key poses, against standing (see",
        "[the leg model](../how-to/leg-model.md)).",
        "",
        f"Statics settles {settled} of {len(known)} exercises; for {published} of them something is published that we",
        "found. For all others the class rests on judgement alone.",
        "",
        *_rows(known, knowledge),
        "",
        "## The studies",
        "",
        *_studies(knowledge),
        "",
        "## Do the orders agree?",
        "",
        "Within each study of the back of the thigh, every pair that is put in order (values at least",
        f"{TOO_CLOSE:g} points apart) is compared with our class and with the computed demand: hip extension and knee",
        "bending of the hardest pose added with their signs. Demands within a tenth of each other are the same.",
        "For lengths, the mean length over the key poses is compared.",
        *_compared(rows, known),
        "",
        "What lies behind a disagreement: the demand counts the body's own weight only, while most studies load",
        "deadlifts, squats and thrusts with heavy weights; the poses of two deadlifts differ by a few degrees; and",
        "an order of activity is not an order of force.",
    ]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """The table for docs/reference/."""
    return {"exercise-loads.md": loads_page(load_knowledge())}


if __name__ == "__main__":
    print(loads_page(load_knowledge()))
