"""Score a questionnaire from its answers by key; what cannot be scored is said, never guessed.

The rules of the instruments are content (`content/instruments.yaml`). An answer that does not fit raises
`evidence.BadCase`; too few answers are no error but a scale without a value, with how many are needed.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from kneewise.evidence import BadCase
from kneewise.knowledge.types_measures import AnswerItem, Better, Instrument, Scale

Felt = Literal["better", "same", "worse"]


@dataclass(frozen=True)
class ScaleScore:
    """One score of an instrument, or why there is none.

    `value` is None if fewer than `needed` of `of` items (or of the scales it is made of) were answered.
    `better` says which way the scale runs; it is kept beside every value, for instruments differ.
    """

    scale: str
    value: float | None
    better: Better
    minimum: float
    maximum: float
    band: str
    answered: int
    needed: int
    of: int


@dataclass(frozen=True)
class Score:
    """All scores of one filled-in instrument, with what they were made from.

    `answered` holds the raw answers by key, so that a score can be made again under another edition.
    """

    instrument: str
    edition: str
    scales: tuple[ScaleScore, ...]
    answered: tuple[tuple[str, float], ...]

    def scale(self, id_: str) -> ScaleScore:
        """The score of one scale. Raises `KeyError` for a scale that the instrument does not have."""
        for one in self.scales:
            if one.scale == id_:
                return one
        raise KeyError(id_)


def _answer(item: AnswerItem, raw: Any, where: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise BadCase(where, f"{raw!r} is not a number", "Write the number of the answer without quotes")
    number = float(raw)
    if not item.minimum <= number <= item.maximum:  # also refuses what is no finite number
        raise BadCase(
            where,
            f"{number:g} is no answer to this question",
            f"The answers run from {item.minimum:g} to {item.maximum:g}",
        )
    if item.allowed and number not in item.allowed:
        allowed = ", ".join(f"{one:g}" for one in item.allowed)
        raise BadCase(where, f"{number:g} is no answer to this question", f"The answers are {allowed}")
    if item.whole and number != int(number):
        raise BadCase(where, f"{number:g} lies between two answers", "Choose one of them: a whole number")
    return number


def read_answers(
    instrument: Instrument, answers: Mapping[str, Any], where: str = "answers"
) -> dict[str, float]:
    """The answers of an instrument by item, in its order; null is not answered. Raises `BadCase`."""
    if not isinstance(answers, Mapping):
        raise BadCase(where, f"this must be an object, not {type(answers).__name__}", 'Write {"key": number}')
    items = {item.id: item for item in instrument.items}
    for key in answers:
        if key not in items:
            near = difflib.get_close_matches(str(key), list(items), n=1, cutoff=0.6)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            keys = ", ".join(items)
            raise BadCase(
                f"{where}/{key}", f"{instrument.id} has no question {key!r}", f"Its keys are {keys}.{hint}"
            )
    return {
        id_: _answer(item, answers[id_], f"{where}/{id_}")
        for id_, item in items.items()
        if answers.get(id_) is not None
    }


def _points(item: AnswerItem, answer: float) -> Fraction:
    """What an answer counts: itself, or the points of its range; exact, so no order of adding matters."""
    for limit, points in item.points:
        if answer <= limit:
            return Fraction(points)
    return Fraction(answer)


def _value(scale: Scale, points: list[Fraction], highest: Fraction) -> float:
    mean = sum(points, Fraction(0)) / len(points)
    if scale.rule == "percent_of_best":
        return float(100 - mean / highest * 100)
    if scale.rule == "prorated_sum":
        return float(mean * len(scale.items))
    if scale.rule == "table":
        return scale.table[int(sum(points))]
    if scale.rule == "sum":
        return float(sum(points, Fraction(0)))
    return float(mean)  # value, mean, mean_of_scales


def band_of(scale: Scale, value: float) -> str:
    """The named part of the scale in which a value lies; empty if the scale has none."""
    for band in scale.bands:
        if value <= band.up_to:
            return band.id
    return ""


def _scored(scale: Scale, value: float | None, answered: int) -> ScaleScore:
    return ScaleScore(
        scale=scale.id,
        value=value,
        better=scale.better,
        minimum=scale.minimum,
        maximum=scale.maximum,
        band="" if value is None else band_of(scale, value),
        answered=answered,
        needed=scale.least_answered,
        of=len(scale.items or scale.parts),
    )


def score(instrument: Instrument, answers: Mapping[str, Any], where: str = "answers") -> Score:
    """All scales of an instrument from its answers by key. Raises `BadCase` for an answer that cannot be."""
    read = read_answers(instrument, answers, where)
    items = {item.id: item for item in instrument.items}
    done: dict[str, ScaleScore] = {}
    for scale in sorted(instrument.scales, key=lambda one: bool(one.parts)):  # those made of others last
        if scale.parts:
            parts = [done[id_].value for id_ in scale.parts]
            points = [Fraction(value) for value in parts if value is not None]
            highest = Fraction(1)
        else:
            points = [_points(items[id_], read[id_]) for id_ in scale.items if id_ in read]
            highest = max(_points(items[id_], items[id_].maximum) for id_ in scale.items)
        enough = len(points) >= scale.least_answered
        value = _value(scale, points, highest) if enough else None
        done[scale.id] = _scored(scale, value, len(points))
    ordered = tuple(done[scale.id] for scale in instrument.scales)
    return Score(instrument.id, instrument.edition, ordered, tuple(read.items()))


def given_score(
    instrument: Instrument, scale_id: str, value: Any, better: Better, where: str = "score"
) -> ScaleScore:
    """A score that somebody else worked out, turned to the way our scale runs.

    `better` is which way *their* number runs; it has to be said, for the same instrument is published both
    ways. Raises `BadCase`.
    """
    scale = next((one for one in instrument.scales if one.id == scale_id), None)
    if scale is None:
        ids = ", ".join(one.id for one in instrument.scales)
        raise BadCase(f"{where}/scale", f"{instrument.id} has no scale {scale_id!r}", f"Its scales are {ids}")
    if better not in ("higher", "lower"):
        raise BadCase(
            f"{where}/better", f"{better!r} is neither way", "Say higher or lower: which is better?"
        )
    whole = AnswerItem(scale.id, scale.minimum, scale.maximum, whole=False, allowed=(), points=())
    number = _answer(whole, value, f"{where}/value")
    if scale.better != better:
        number = scale.minimum + scale.maximum - number
    return _scored(scale, number, len(scale.items or scale.parts))


def felt_change(instrument: Instrument, filled: Score) -> Felt | None:
    """What a rating of change says: better, the same or worse; None if it was not answered.

    The band `about_the_same` of the instrument tells where better begins (R_JAESCHKE89: from +3). Raises
    `ValueError` for an instrument that is no rating of change.
    """
    if instrument.use != "rating_of_change":
        raise ValueError(f"{instrument.id} is no rating of change")
    scale = instrument.scales[0]
    value = filled.scale(scale.id).value
    if value is None:
        return None
    names = [band.id for band in scale.bands]
    place, same = names.index(band_of(scale, value)), names.index("about_the_same")
    return "same" if place == same else "better" if place > same else "worse"
