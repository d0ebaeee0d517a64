"""The picture of an exercise, from its poses."""

from __future__ import annotations

import difflib

from kneewise.evidence import BadCase
from kneewise.pathway.engine import Engine


def exercise_svg(exercise: str, engine: Engine) -> str:
    """The exercise's figure as SVG text. Raises `BadCase` for an exercise that is not known."""
    from kneewise.body import draw_exercise

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
    return draw_exercise(known.figure, title=words.name, description=" ".join(words.cues))
