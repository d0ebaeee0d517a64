"""What a session needs where no server answers: its pace, its limit of pain, and what each sign means.

All of it is computed before, from the programme and the diary up to that day, so that the player of a session
holds no rule of its own.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple

from kneewise.evidence import Item
from kneewise.follow.alarms import FiredRule, Watcher
from kneewise.follow.diary import Diary
from kneewise.follow.pain import rule_for
from kneewise.knowledge.types import care_rank
from kneewise.pathway.engine import Engine
from kneewise.pathway.plan import Origin, situation_of
from kneewise.pathway.review import watch_over
from kneewise.plan.doses import BETWEEN_HOLDS
from kneewise.plan.strands import likely

Answer = Literal["present", "unsure"]
ANSWERS: tuple[Answer, ...] = ("present", "unsure")
Move = Literal["go", "hold", "back"]
_TEMPO = re.compile(r"\d+(-\d+){1,2}")


class Part(NamedTuple):
    """A part of one repetition and how long it takes; `back` is the way to where it began."""

    move: Move
    seconds: float


def pace(reps: int, hold_seconds: float, tempo: str) -> tuple[Part, ...]:
    """The parts of one repetition, in order; empty where everybody keeps their own pace.

    "3-1-2" is three seconds one way, one held, two back; a tempo in words gives no figure, none is made up.
    """
    if hold_seconds:
        held = Part("hold", hold_seconds)
        return (held,) if reps <= 1 else (held, Part("back", BETWEEN_HOLDS))
    if not _TEMPO.fullmatch(tempo.strip()):
        return ()
    numbers = [float(number) for number in tempo.strip().split("-")]
    moves: tuple[Move, ...] = ("go", "back") if len(numbers) == 2 else ("go", "hold", "back")
    return tuple(Part(move, seconds) for move, seconds in zip(moves, numbers, strict=True) if seconds)


def pain_limit(origin: Origin, diary: Diary, protocols: Iterable[str], engine: Engine) -> tuple[int, int]:
    """Up to how much pain an exercise goes on, and from above which it stops."""
    orders = [entry.order.pain_rule for entry in diary.entries if entry.order and entry.order.pain_rule]
    situation = situation_of(origin.turn, origin.diagnosis, nothing_hurts=origin.nothing_hurts)
    rule = rule_for(likely(situation), protocols, engine.knowledge, orders[-1] if orders else None)
    return rule.green_up_to, rule.amber_up_to


def answers_that_stop(
    origin: Origin, diary: Diary, started: date, on: date, findings: Iterable[str], engine: Engine
) -> Mapping[tuple[str, Answer], tuple[FiredRule, ...]]:
    """Which rules each answer to a danger question would raise if it were told now, the most urgent first.

    Each answer stands alone, beside all that the diary has told. What a clinician has cleared since is not
    taken off again: where no server answers, a sign once seen counts anew.
    """
    situation = situation_of(origin.turn, origin.diagnosis, nothing_hurts=origin.nothing_hurts)
    watcher = Watcher(watch_over(origin.turn, engine), situation.evidence, engine.knowledge, started)
    for entry in diary.entries:
        watcher.hear(entry.findings, entry.on)
    _ = watcher.base  # computed once, before it is copied
    stops: dict[tuple[str, Answer], tuple[FiredRule, ...]] = {}
    for finding in findings:
        for answer in ANSWERS:
            asked = copy.copy(watcher)
            asked.told, asked.cleared = dict(watcher.told), set()
            new = asked.hear((Item(finding, answer, on=on.isoformat()),), on) or (finding,)
            fired = sorted(asked.alarming(new, on), key=lambda rule: -care_rank(rule.care_level))
            stops[finding, answer] = tuple(fired)
    return stops
