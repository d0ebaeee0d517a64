"""The advice around the exercises, for this person."""

from __future__ import annotations

from kneewise.knowledge.types import Advice, Knowledge
from kneewise.plan.standing import Situation
from kneewise.plan.strands import likely
from kneewise.rules import Truth, evaluate

MOST_ADVICE = 9  # more than this nobody reads; what everybody needs and when to come back is counted apart


def advise(situation: Situation, knowledge: Knowledge, *, locked: bool) -> tuple[Advice, ...]:
    """The advice for this person, in its order; what to do meanwhile where there is no programme."""
    causes = set(likely(situation))
    groups = {knowledge.conditions[cause].group for cause in causes}
    pieces = []
    for piece in knowledge.advice:
        if piece.kind == "meanwhile" and not locked:
            continue
        if locked and piece.kind not in ("meanwhile", "come_back"):
            continue
        named = piece.causes or piece.groups or piece.factors or piece.red_flags or piece.care_levels
        meant = (
            causes & set(piece.causes)
            or groups & set(piece.groups)
            or set(situation.factors) & set(piece.factors)
            or set(situation.red_flags) & set(piece.red_flags)
            or situation.care_level in piece.care_levels
            or not named
        )
        if not meant or (piece.when and evaluate(piece.when, situation.evidence).truth is not Truth.HOLDS):
            continue
        # Anything not known to be safe is left out: advice that some must never follow needs its screen.
        if piece.never_if is None or evaluate(piece.never_if, situation.evidence).truth is Truth.FAILS:
            pieces.append(piece)
    pieces.sort(key=lambda piece: (piece.order, piece.id))
    come_back = [piece for piece in pieces if piece.kind == "come_back"]
    counted = [piece for piece in pieces if piece.kind != "come_back" and not _for_everybody(piece)]
    kept = {piece.id for piece in counted[:MOST_ADVICE]}
    told = [piece for piece in pieces if piece.id in kept or _for_everybody(piece)]
    return tuple([piece for piece in told if piece.kind != "come_back"] + come_back)


def _for_everybody(piece: Advice) -> bool:
    """Advice that everybody with a programme needs, such as what to do in a flare-up."""
    named = piece.causes or piece.groups or piece.factors or piece.red_flags or piece.care_levels
    return piece.kind == "do" and not named and piece.when is None and piece.never_if is None
