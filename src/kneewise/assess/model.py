"""The ranking model as arrays: hypotheses × findings, made once from the knowledge.

A hypothesis is one cause alone, two causes that go together, or "something else". For every finding the
arrays hold the natural logarithm of how much likelier the answer is under the hypothesis than in the
average presenter; a missing cell is 0 (no information), by definition. Answer error is folded in first,
then the ratio is capped. See docs/adr/0003.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kneewise.knowledge.types import Condition, Figure, Knowledge

Array = NDArray[np.float64]
SOMETHING_ELSE = "something_else"


@dataclass(frozen=True)
class Options:
    """The few choices of the model that are not content; see docs/adr/0003.

    `prior_exponent` flattens the priors (1 keeps them): people who ask a program are not a random draw of
    presenters, and rare causes are over-represented among them.
    """

    prior_exponent: float = 0.5
    pairs: bool = True


@dataclass(frozen=True)
class Model:
    """Arrays over hypotheses (H) and findings (F); logs are natural."""

    causes: tuple[str, ...]
    hypotheses: tuple[tuple[str, ...], ...]
    findings: tuple[str, ...]
    log_prior_posterior: Array  # H, setting: pain at the back of the knee or the hamstring
    log_prior_any: Array  # H, setting: any knee pain
    present: Array  # H × F
    absent: Array  # H × F
    present_spread: Array  # C × F, standard deviation of the log ratio, from the figure's own range
    absent_spread: Array  # C × F
    prior_spread: Array  # C + 1, of the log prior; the last is "something else"
    age: Array  # H × bands
    sex: Array  # H × (male, female)
    duration: Array  # H × bands
    pain: Array  # H × bands
    membership: NDArray[np.bool_]  # C × H
    groups: tuple[str, ...]  # F
    baseline: Array  # F, chance of hearing "yes", answer error included
    finding_index: dict[str, int] = field(default_factory=dict)


def _said(probability: Array, wrong_yes: Array, wrong_no: Array) -> Array:
    """Chance of hearing "yes", given the chance that it is so."""
    return probability * (1 - wrong_no) + (1 - probability) * wrong_yes


def _hypotheses(conditions: dict[str, Condition], *, pairs: bool) -> list[tuple[str, ...]]:
    singles: list[tuple[str, ...]] = [(id_,) for id_ in conditions]
    together = {
        (min(id_, other), max(id_, other)) for id_, c in conditions.items() for other, _ in c.goes_with
    }
    return [*singles, *(sorted(together) if pairs else ()), (SOMETHING_ELSE,)]


def _pair_prior(conditions: dict[str, Condition], pair: tuple[str, ...], priors: dict[str, float]) -> float:
    """P(both): the larger of P(a)·P(b|a) and P(b)·P(a|b), as either file may state it."""
    a, b = pair
    stated = [priors[a] * p for other, p in conditions[a].goes_with if other == b]
    stated += [priors[b] * p for other, p in conditions[b].goes_with if other == a]
    return min(max(stated), 0.9 * min(priors[a], priors[b]))


def _log_priors(
    knowledge: Knowledge, hypotheses: list[tuple[str, ...]], setting: str, exponent: float
) -> Array:
    figures: dict[str, Figure] = {id_: getattr(c, setting) for id_, c in knowledge.conditions.items()}
    priors = {id_: figure.value for id_, figure in figures.items()}
    paired = dict.fromkeys(priors, 0.0)
    values: dict[tuple[str, ...], float] = {}
    for hypothesis in hypotheses:
        if len(hypothesis) == 2:
            values[hypothesis] = _pair_prior(knowledge.conditions, hypothesis, priors)
            for id_ in hypothesis:
                paired[id_] += values[hypothesis]
    for id_, prior in priors.items():
        values[(id_,)] = max(prior - paired[id_], 0.1 * prior)
    values[(SOMETHING_ELSE,)] = knowledge.scales.something_else.value * sum(values.values())
    array = np.array([values[hypothesis] for hypothesis in hypotheses])
    array = (array / array.sum()) ** exponent
    return np.asarray(np.log(array / array.sum()))


def _bands(rows: list[tuple[float, ...]], baseline: tuple[float, ...]) -> Array:
    """Log ratio to the baseline shares; a small floor keeps every band possible."""
    shares = np.array(rows) + 0.01
    shares /= shares.sum(axis=1, keepdims=True)
    base = np.array(baseline) + 0.01
    return np.asarray(np.log(shares / (base / base.sum())))


# A figure's range is read as the middle 90 %: from 1.645 standard deviations below to as many above.
_RANGE = 2 * 1.645


def _prior_spread(figure: Figure, exponent: float) -> float:
    """Standard deviation of a log prior, from the figure's own range."""
    return float(exponent * (np.log(figure.high) - np.log(figure.low)) / _RANGE)


def _over_hypotheses(
    rows: Array, causes: tuple[str, ...], hypotheses: list[tuple[str, ...]], how: str
) -> Array:
    """From causes to hypotheses: two causes together take the mean, or the likelier of the two."""
    index = {id_: i for i, id_ in enumerate(causes)}
    out = np.zeros((len(hypotheses), rows.shape[1]))
    for h, hypothesis in enumerate(hypotheses):
        members = [index[id_] for id_ in hypothesis if id_ in index]
        if members:
            part = rows[members]
            out[h] = part.max(axis=0) if how == "max" else part.mean(axis=0)
    return out


def build(knowledge: Knowledge, options: Options | None = None) -> Model:
    """The arrays of `knowledge`."""
    options = options or Options()
    causes = tuple(knowledge.conditions)
    hypotheses = _hypotheses(knowledge.conditions, pairs=options.pairs)
    ranked = tuple(f.id for f in knowledge.findings.values() if f.kind != "quantity")
    index = {id_: i for i, id_ in enumerate(ranked)}
    data = [knowledge.findings[id_] for id_ in ranked]
    errors = [knowledge.scales.answer_errors[finding.answer_error] for finding in data]
    wrong_yes = np.array([error.false_positive for error in errors])
    wrong_no = np.array([error.false_negative for error in errors])
    baseline = np.clip(np.array([finding.baseline for finding in data]), 1e-4, 1 - 1e-4)

    probability = np.tile(baseline, (len(causes), 1))
    low, high = probability.copy(), probability.copy()
    for c, id_ in enumerate(causes):
        for finding, figure in knowledge.conditions[id_].likelihoods.items():
            probability[c, index[finding]] = figure.value
            low[c, index[finding]] = figure.low
            high[c, index[finding]] = figure.high

    # Two causes together show a finding at least as often as the one that shows it more.
    of_hypothesis = _over_hypotheses(probability, causes, hypotheses, "max")
    of_hypothesis[-1] = baseline
    base_yes = _said(baseline, wrong_yes, wrong_no)
    cap = np.log(knowledge.scales.ratio_cap)

    def ratios(chance: Array) -> tuple[Array, Array]:
        """Capped log ratios of a yes and of a no, for chances that it is so."""
        said = _said(chance, wrong_yes, wrong_no)
        return (
            np.clip(np.log(said / base_yes), -cap, cap),
            np.clip(np.log((1 - said) / (1 - base_yes)), -cap, cap),
        )

    present, absent = ratios(of_hypothesis)
    (present_low, absent_low), (present_high, absent_high) = ratios(low), ratios(high)
    conditions = list(knowledge.conditions.values())
    sexes = _bands([(c.male, 1 - c.male) for c in conditions],
                   (knowledge.scales.baseline_male, 1 - knowledge.scales.baseline_male))  # fmt: skip

    def band(name: str, base: tuple[float, ...]) -> Array:
        return _over_hypotheses(
            _bands([getattr(c, name) for c in conditions], base), causes, hypotheses, "mean"
        )

    return Model(
        causes=causes,
        hypotheses=tuple(hypotheses),
        findings=ranked,
        log_prior_posterior=_log_priors(
            knowledge, hypotheses, "prior_posterior_knee", options.prior_exponent
        ),
        log_prior_any=_log_priors(knowledge, hypotheses, "prior_any_knee", options.prior_exponent),
        present=present,
        absent=absent,
        present_spread=np.abs(present_high - present_low) / _RANGE,
        absent_spread=np.abs(absent_high - absent_low) / _RANGE,
        prior_spread=np.array(
            [
                _prior_spread(figure, options.prior_exponent)
                for figure in (*(c.prior_posterior_knee for c in conditions), knowledge.scales.something_else)
            ]
        ),
        age=band("age", knowledge.scales.baseline_age),
        sex=_over_hypotheses(sexes, causes, hypotheses, "mean"),
        duration=band("duration", knowledge.scales.baseline_duration),
        pain=band("pain", knowledge.scales.baseline_pain),
        membership=np.array([[id_ in hypothesis for hypothesis in hypotheses] for id_ in causes]),
        groups=tuple(finding.group for finding in data),
        baseline=base_yes,
        finding_index=index,
    )
