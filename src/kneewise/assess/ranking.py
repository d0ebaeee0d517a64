"""Rank the causes: exact under its definition, by enumeration over all hypotheses.

    log P(hypothesis | answers) = log prior + Σ_groups t(n) Σ_answers log ratio + bands   (+ constant)

with t(n) = 1 / (1 + ρ (n - 1)) for n answered findings of one correlated group, so that what says the
same thing twice does not count twice. Reasons are exact: each answer's weight for a cause is the integral
of its pull on the cause's log odds along the straight path from no answers to all of them (integrated
gradients; Sundararajan, Taly & Yan 2017, arXiv:1703.01365), so the weights sum to the change in log odds.

The range of a chance comes from the figures' own ranges by a fixed quadrature: the log score of each cause
is normal about its value, with the standard deviations of the figures it used; the rows of a Hadamard matrix
and their negatives are the nodes (all weights equal), which is exact for polynomials up to degree three
(balanced repeated replication; Plackett & Burman 1946, doi:10.1093/biomet/33.4.305). Low and high are the
middle 80 % of the cause's log odds.
"""

from __future__ import annotations

import bisect
import functools
from collections import Counter
from dataclasses import dataclass

import numpy as np

from kneewise.assess.model import Array, Model
from kneewise.evidence import Evidence
from kneewise.knowledge.types import Knowledge

# Gauss-Legendre nodes on [0, 1]; enough that the weights sum to the change within 1e-6.
_NODES, _WEIGHTS = (
    (np.polynomial.legendre.leggauss(24)[0] + 1) / 2,
    np.polynomial.legendre.leggauss(24)[1] / 2,
)
_LEAST = 1e-4
# The middle 80 % of a normal distribution reaches so many standard deviations to either side.
_MIDDLE = 1.2816


@dataclass(frozen=True)
class Reason:
    """One answer's weight for a cause, in natural-log odds (positive speaks for it)."""

    finding: str
    weight: float


@dataclass(frozen=True)
class RankedCause:
    """A cause with its chance of being among the causes, the range, and the reasons."""

    id: str
    probability: float
    low: float
    high: float
    together_with: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Posterior:
    """The chance of every hypothesis (H), with what it was made of."""

    model: Model
    log_prior: Array  # H
    columns: Array  # H × A: the tempered log ratios of each answer
    names: tuple[str, ...]  # A
    chance: Array  # H
    spread: Array  # C + 1: standard deviation of each cause's log score, the last of "something else"

    def of_causes(self) -> Array:
        """The chance that each cause is among the causes (C)."""
        return np.asarray(self.model.membership @ self.chance)


def softmax(scores: Array) -> Array:
    """Normalised exponentials along the first axis."""
    shifted = np.exp(scores - scores.max(axis=0))
    return np.asarray(shifted / shifted.sum(axis=0))


def _prior(model: Model, evidence: Evidence, knowledge: Knowledge) -> Array:
    """The prior of the setting: the back of the leg, any knee, or halfway when the place is not told."""
    back = any(evidence.told(place) == "present" for place in knowledge.scales.posterior_places)
    other = any(evidence.told(place) == "present" for place in knowledge.scales.other_places)
    unplaced = any(evidence.told(place) == "present" for place in knowledge.scales.unplaced)
    if back and not other:
        return model.log_prior_posterior
    if not back and (other or unplaced):
        return model.log_prior_any
    return (model.log_prior_posterior + model.log_prior_any) / 2


def _banded(model: Model, evidence: Evidence, knowledge: Knowledge) -> list[tuple[str, Array]]:
    scales = knowledge.scales
    columns: list[tuple[str, Array]] = []
    tables = (
        ("age_years", scales.age_bands, model.age),
        ("duration_days", scales.duration_bands_days, model.duration),
        ("pain_score_0_to_10", scales.pain_bands, model.pain),
    )
    for finding, bounds, table in tables:
        value = evidence.value(finding)
        if value is not None:
            columns.append((finding, table[:, bisect.bisect_right(bounds, value)]))
    if evidence.told("male_sex") == "present":
        columns.append(("male_sex", model.sex[:, 0]))
    elif evidence.told("female_sex") == "present":
        columns.append(("female_sex", model.sex[:, 1]))
    return columns


# Counted as a band, so not once more as findings; a pain score says what "severe" says, and more.
_BANDED = frozenset({"male_sex", "female_sex"})
_SCORED = "severe_pain"


def temper(counts: int, correlation: float) -> float:
    """How much each of `counts` answers of one correlated group counts."""
    return 1.0 / (1.0 + correlation * (counts - 1))


def answered(model: Model, evidence: Evidence) -> list[tuple[int, str]]:
    """(column, state) of every finding the model knows and the person has answered."""
    told: list[tuple[int, str]] = []
    for finding in sorted(evidence.known):
        column = model.finding_index.get(finding)
        state = evidence.told(finding)
        if finding == _SCORED and evidence.value("pain_score_0_to_10") is not None:
            continue
        if column is not None and finding not in _BANDED and state in ("present", "absent"):
            told.append((column, state))
    return told


def posterior(model: Model, evidence: Evidence, knowledge: Knowledge) -> Posterior:
    """The chance of every hypothesis given the answers."""
    told = answered(model, evidence)
    counts = Counter(model.groups[column] for column, _ in told if model.groups[column])
    columns, names = [], []
    variance = model.prior_spread**2
    for column, state in told:
        group = model.groups[column]
        factor = temper(counts[group], knowledge.scales.group_correlation) if group else 1.0
        table = model.present if state == "present" else model.absent
        columns.append(factor * table[:, column])
        doubt = model.present_spread if state == "present" else model.absent_spread
        variance[:-1] += (factor * doubt[:, column]) ** 2
        names.append(model.findings[column])
    for name, values in _banded(model, evidence, knowledge):
        columns.append(values)
        names.append(name)
    prior = _prior(model, evidence, knowledge)
    matrix = np.stack(columns, axis=1) if columns else np.zeros((len(prior), 0))
    chance = softmax(prior + matrix.sum(axis=1))
    return Posterior(model, prior, matrix, tuple(names), chance, np.sqrt(variance))


def reasons(result: Posterior, cause: int) -> tuple[Reason, ...]:
    """Each answer's weight for one cause; they sum to the change in its log odds."""
    if not result.names:
        return ()
    inside = result.model.membership[cause]
    total = result.columns.sum(axis=1)
    path = result.log_prior[:, None] + total[:, None] * _NODES[None, :]  # H × nodes
    with_cause = softmax(np.where(inside[:, None], path, -np.inf))
    without = softmax(np.where(inside[:, None], -np.inf, path))
    pull = (with_cause - without) @ _WEIGHTS  # H, averaged along the path
    weights = pull @ result.columns
    found = [Reason(name, float(weight)) for name, weight in zip(result.names, weights, strict=True)]
    return tuple(sorted(found, key=lambda reason: (-abs(reason.weight), reason.finding)))


@functools.lru_cache(maxsize=8)
def hadamard(least: int) -> Array:
    """The smallest Sylvester-Hadamard matrix of at least `least` columns: ±1, columns orthogonal."""
    matrix = np.ones((1, 1))
    while len(matrix) < least:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return matrix


def ranges(result: Posterior) -> tuple[Array, Array]:
    """Low and high of each cause's chance (C), the middle 80 %, from the ranges of the figures it rests on.

    Two causes together move by the mean of what moves each.
    """
    model = result.model
    causes = len(model.causes)
    nodes = hadamard(causes + 1)[:, : causes + 1] * result.spread  # N × (C + 1)
    share = np.zeros((len(model.hypotheses), causes + 1))
    share[:, :causes] = model.membership.T / np.maximum(model.membership.sum(axis=0), 1)[:, None]
    share[-1, -1] = 1.0
    moved = share @ np.concatenate([nodes, -nodes]).T  # H × 2 N
    scores = np.log(np.maximum(result.chance, 1e-300))[:, None]
    chance = np.clip(model.membership @ softmax(scores + moved), 1e-12, 1 - 1e-12)
    odds = np.log(chance / (1 - chance))
    centre, half = odds.mean(axis=1), _MIDDLE * odds.std(axis=1)
    low, high = (1 / (1 + np.exp(-(centre + sign * half))) for sign in (-1, 1))
    own = result.of_causes()
    return np.minimum(low, own), np.maximum(high, own)


def _together(result: Posterior, cause: int, chance: float) -> tuple[str, ...]:
    """The causes this one probably acts together with."""
    name = result.model.causes[cause]
    joint: dict[str, float] = {}
    for h, hypothesis in enumerate(result.model.hypotheses):
        if len(hypothesis) == 2 and name in hypothesis:
            other = hypothesis[0] if hypothesis[1] == name else hypothesis[1]
            joint[other] = joint.get(other, 0.0) + float(result.chance[h])
    return tuple(sorted(other for other, p in joint.items() if p >= 0.25 * chance and p >= 0.05))


def _bounded(p: float) -> float:
    """A chance that is never exactly 0 or 1, rounded as it is shown."""
    return round(min(max(p, _LEAST), 1 - _LEAST), 4)


def shortlist(chances: Array, *, most: int = 5, least: float = 0.03, enough: float = 0.97) -> list[int]:
    """The causes worth naming: the likeliest until most of the chance is covered, at most five."""
    order = sorted(range(len(chances)), key=lambda c: (-float(chances[c]), c))
    named: list[int] = []
    covered = 0.0
    for cause in order[:most]:
        if named and (chances[cause] < least or covered >= enough):
            break
        named.append(cause)
        covered += float(chances[cause])
    return named


def named(result: Posterior) -> tuple[tuple[str, float], ...]:
    """The short list of causes with their chances, likeliest first; `rank` adds ranges and reasons."""
    chances = result.of_causes()
    return tuple((result.model.causes[c], _bounded(float(chances[c]))) for c in shortlist(chances))


def rank(result: Posterior) -> tuple[RankedCause, ...]:
    """The short list of causes with ranges and reasons, likeliest first."""
    chances = result.of_causes()
    low, high = ranges(result)
    ranked = []
    for cause in shortlist(chances):
        chance = min(max(float(chances[cause]), _LEAST), 1 - _LEAST)
        ranked.append(
            RankedCause(
                id=result.model.causes[cause],
                probability=_bounded(chance),
                low=_bounded(float(low[cause])),
                high=_bounded(float(high[cause])),
                together_with=_together(result, cause, chance),
                reasons=reasons(result, cause),
            )
        )
    return tuple(ranked)


def something_else(result: Posterior) -> float:
    """The chance that none of the causes we know is the right one."""
    return _bounded(float(result.chance[-1]))
