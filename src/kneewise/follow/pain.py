"""What pain during an exercise and the morning after means: green, amber or red, by the rule of the cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from statistics import median

from kneewise.knowledge.types import Knowledge
from kneewise.knowledge.types_training import PainRule

USUAL_MORNINGS = 7  # the usual morning is the middle one of so many before


class Colour(IntEnum):
    """Green goes on, amber holds, red steps back; a higher number is worse."""

    GREEN = 0
    AMBER = 1
    RED = 2


def rule_for(
    causes: Sequence[str], protocols: Iterable[str], knowledge: Knowledge, chosen: str | None
) -> PainRule:
    """The pain rule of a person: the one a clinician has chosen, else that of the first cause, else of the
    protocol in use, else the last one, which is for everybody.

    Raises ValueError if the knowledge has no rule.
    """
    usual = [rule for rule in knowledge.pain_rules if not rule.option]
    if chosen is not None:
        for rule in knowledge.pain_rules:
            if rule.id == chosen:
                return rule
    for cause in causes[:1]:
        for rule in usual:
            if cause in rule.causes:
                return rule
    for protocol in protocols:
        for rule in usual:
            if protocol in rule.protocols:
                return rule
    if not usual:
        raise ValueError("the knowledge has no pain rule")
    return usual[-1]


def during(pain: float | None, rule: PainRule) -> Colour | None:
    """The colour of pain during an exercise; None where it was not told."""
    if pain is None:
        return None
    if pain <= rule.green_up_to:
        return Colour.GREEN
    return Colour.AMBER if pain <= rule.amber_up_to else Colour.RED


def usual_morning(before: Sequence[float]) -> float | None:
    """The pain of a usual morning: the middle one of the last seven; None without any."""
    return median(before[-USUAL_MORNINGS:]) if before else None


def morning(pain: float, before: Sequence[float], rule: PainRule) -> tuple[Colour, float]:
    """The colour of a morning, and how far it was above the usual one. A first morning is its own measure."""
    usual = usual_morning(before)
    rise = 0.0 if usual is None else max(pain - usual, 0.0)
    if rise <= rule.morning_green_rise:
        return Colour.GREEN, rise
    return (Colour.AMBER if rise <= rule.morning_amber_rise else Colour.RED), rise


def red_sign(told: Mapping[str, str], rule: PainRule) -> str | None:
    """The first sign told present that makes a session red by itself."""
    return next((sign for sign in rule.red_signs if told.get(sign) == "present"), None)
