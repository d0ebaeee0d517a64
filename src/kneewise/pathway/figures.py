"""The picture of an exercise, from its poses."""

from __future__ import annotations

import difflib
from dataclasses import asdict
from typing import Literal

from kneewise.body import Figure, describe, draw, figure_from_mapping
from kneewise.evidence import BadCase
from kneewise.knowledge.types import Drawing, Exercise
from kneewise.pathway.engine import Engine

# The muscle that an exercise of a quality trains or stretches, as it is tinted in its picture.
MUSCLE_OF_QUALITY: dict[str, str] = {
    "hamstring_strength_long": "hamstring",
    "hamstring_strength_short": "hamstring",
    "eccentric_hamstring": "hamstring",
    "isometric_hamstring": "hamstring",
    "hamstring_length": "hamstring",
    "quadriceps_strength": "quadriceps",
    "quadriceps_length": "quadriceps",
    "calf_strength": "calf",
    "calf_length": "calf",
    "hip_strength": "gluteal",
    "hip_length": "gluteal",
    "trunk": "trunk",
}
_AT_MOST = 2  # more would tint the whole leg


def figure_of(drawing: Drawing) -> Figure:
    """The figure that a content file's `figure` key describes."""
    return figure_from_mapping(asdict(drawing) | {"pictogram": drawing.pictogram or None})


def muscles_of(qualities: tuple[str, ...]) -> tuple[str, ...]:
    """The muscles to tint for an exercise of these qualities, the first quality's first."""
    muscles = [MUSCLE_OF_QUALITY[q] for q in qualities if q in MUSCLE_OF_QUALITY]
    if {"hip_length", "quadriceps_length"} <= set(qualities):  # a stretch of both is one of the hip's front
        muscles = ["hip_flexor" if m == "gluteal" else m for m in muscles]
    return tuple(dict.fromkeys(muscles))[:_AT_MOST]


def exercise_svg(
    exercise: str,
    engine: Engine,
    *,
    side: Literal["right", "left"] = "right",
    animated: bool = False,
    compact: bool = False,
    dark: bool = False,
) -> str:
    """The exercise's figure as SVG text, its text alternative told from the poses.

    `side` is the leg that works, for pictures from ahead; a picture from the side is turned round, so that
    the working leg stays in front. `animated` moves in a loop; `compact` is legible at 120 px; `dark` has the
    dark colours whatever the page. Raises `BadCase` for an exercise that is not known.
    """
    known = _known(exercise, engine)
    figure = figure_of(known.figure)
    return draw(
        figure,
        engine.words.exercises[exercise].name,
        describe(figure),
        mirrored=side == "left",
        highlight=muscles_of(known.qualities),
        key=exercise,
        animated=animated,
        compact=compact,
        dark=dark,
    )


def _known(exercise: str, engine: Engine) -> Exercise:
    known = engine.knowledge.exercises.get(exercise)
    if known is None:
        near = difflib.get_close_matches(exercise, list(engine.knowledge.exercises), n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise BadCase(
            "the command",
            f"there is no exercise {exercise!r}",
            f"`kneewise knowledge show exercises` lists them.{hint}",
        )
    return known
