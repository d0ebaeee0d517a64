"""The picture of an exercise, from its poses."""

from __future__ import annotations

import difflib
from dataclasses import asdict

from kneewise.body import draw, figure_from_mapping
from kneewise.evidence import BadCase
from kneewise.pathway.engine import Engine


def exercise_svg(exercise: str, engine: Engine) -> str:
    """The exercise's figure as SVG text. Raises `BadCase` for an exercise that is not known."""
    known = engine.knowledge.exercises.get(exercise)
    if known is None:
        near = difflib.get_close_matches(exercise, list(engine.knowledge.exercises), n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise BadCase(
            "the command",
            f"there is no exercise {exercise!r}",
            f"`kneewise knowledge show exercises` lists them.{hint}",
        )
    words = engine.words.exercises[exercise]
    mapping = asdict(known.figure) | {"pictogram": known.figure.pictogram or None}
    return draw(figure_from_mapping(mapping), words.name, " ".join(words.cues), key=exercise)
