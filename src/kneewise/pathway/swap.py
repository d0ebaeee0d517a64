"""Swaps of one person's programme as the contract: what may take whose place, and wishes after a swap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kneewise.evidence import BadCase
from kneewise.knowledge.types import Knowledge
from kneewise.pathway.contracts import AlternativeContract, AlternativesContract
from kneewise.pathway.engine import Engine, Turn
from kneewise.pathway.plan import situation_of
from kneewise.pathway.telling_programme import say, swap_words
from kneewise.plan import Preferences
from kneewise.plan.swap import Alternative, SwapRefused, Swaps

MOST_SWAPS = 20


def parse_swaps(data: Any, knowledge: Knowledge, where: str = "swaps") -> dict[str, str]:
    """Swaps from their JSON value, old exercise to new one. Raises `BadCase`."""
    if data is None:
        return {}
    if not isinstance(data, Mapping) or len(data) > MOST_SWAPS:
        raise BadCase(
            where, f"this must be an object of at most {MOST_SWAPS} swaps", 'Write it as {"squat": "step_up"}'
        )
    for old, new in data.items():
        for one in (old, new):
            if not isinstance(one, str) or one not in knowledge.exercises:
                raise BadCase(
                    f"{where}/{str(old)[:60]}",
                    f"there is no exercise {str(one)[:60]!r}",
                    "`kneewise knowledge show exercises` lists them",
                )
    return dict(data)


def swaps_of(
    turn: Turn,
    preferences: Preferences,
    engine: Engine,
    diagnosis: str | None = None,
    *,
    nothing_hurts: bool = False,
) -> Swaps:
    """The swaps that a first programme allows."""
    situation = situation_of(turn, diagnosis, nothing_hurts=nothing_hurts)
    return Swaps(situation, preferences, engine.knowledge)


def _contract(one: Alternative) -> AlternativeContract:
    return {
        "exercise": one.exercise,
        "compared": one.compared,
        "also_comes": list(one.also_comes),
        "also_goes": list(one.also_goes),
    }


def alternatives_of(swaps: Swaps, exercise: str, engine: Engine) -> AlternativesContract:
    """What may take the place of an exercise of the programme. Raises `BadCase` where none may."""
    if exercise not in engine.knowledge.exercises:
        raise BadCase(
            "swap",
            f"there is no exercise {exercise[:60]!r}",
            "`kneewise knowledge show exercises` lists them",
        )
    try:
        found = swaps.alternatives(exercise)
    except SwapRefused as refused:
        raise _kind(refused, exercise, "", swaps, engine) from None
    return {"exercise": exercise, "instead": [_contract(one) for one in found]}


def _kind(refused: SwapRefused, old: str, new: str, swaps: Swaps, engine: Engine) -> BadCase:
    """What is wrong with a swap, and what would be right."""
    words = engine.words
    what = swap_words(refused.because, refused.told, old, new, engine.knowledge, words).rstrip(".")
    if refused.because == ("not_in_programme",):
        names = ", ".join(one.exercise.id for one in swaps.before.chosen) or "nothing"
        return BadCase(f"swap {old}", what, f"In it are: {names}")
    if refused.because == ("clinician",):
        return BadCase(f"swap {old}", what, "Ask them, or take the order out of the preferences")
    ids = ", ".join(one.exercise for one in refused.instead)
    mend = (
        f"What could take its place: {ids}"
        if ids
        else say(words, "swap_none", old=words.exercises[old].name).rstrip(".")
    )
    return BadCase(f"swap {old}={new}" if new else f"swap {old}", what, mend)


def preferences_after(
    turn: Turn,
    preferences: Preferences,
    engine: Engine,
    swaps: Mapping[str, str],
    diagnosis: str | None = None,
    *,
    nothing_hurts: bool = False,
) -> Preferences:
    """The wishes after these swaps, one after the other. Raises `BadCase` for one that is not valid."""
    for old, new in swaps.items():
        all_ = swaps_of(turn, preferences, engine, diagnosis, nothing_hurts=nothing_hurts)
        try:
            preferences = all_.swap(old, new).preferences
        except SwapRefused as refused:
            raise _kind(refused, old, new, all_, engine) from None
    return preferences
