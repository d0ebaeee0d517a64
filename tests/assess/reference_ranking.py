"""The ranking again, slow and obvious: plain Python over the knowledge, one hypothesis at a time.

Written from docs/adr/0003, not from the arrays; it shares no code with `kneewise.assess`.
"""

from __future__ import annotations

import math
from collections import Counter

from kneewise.evidence import Evidence
from kneewise.knowledge.types import Knowledge

Hypothesis = tuple[str, ...]
ELSE: Hypothesis = ("something_else",)


def hypotheses(knowledge: Knowledge) -> list[Hypothesis]:
    pairs = {tuple(sorted((a, b))) for a, c in knowledge.conditions.items() for b, _ in c.goes_with}
    return [(a,) for a in knowledge.conditions] + sorted(pairs) + [ELSE]


def priors(knowledge: Knowledge, setting: str, exponent: float) -> dict[Hypothesis, float]:
    alone = {a: getattr(c, setting).value for a, c in knowledge.conditions.items()}
    result: dict[Hypothesis, float] = {}
    in_pairs = Counter[str]()
    for pair in hypotheses(knowledge):
        if len(pair) == 2:
            a, b = pair
            stated = [alone[a] * p for other, p in knowledge.conditions[a].goes_with if other == b]
            stated += [alone[b] * p for other, p in knowledge.conditions[b].goes_with if other == a]
            result[pair] = min(max(stated), 0.9 * min(alone[a], alone[b]))
            in_pairs[a] += result[pair]  # type: ignore[assignment]
            in_pairs[b] += result[pair]  # type: ignore[assignment]
    for a, prior in alone.items():
        result[(a,)] = max(prior - in_pairs[a], 0.1 * prior)
    result[ELSE] = knowledge.scales.something_else.value * sum(result.values())
    total = sum(result.values())
    flat = {h: (p / total) ** exponent for h, p in result.items()}
    return {h: p / sum(flat.values()) for h, p in flat.items()}


def log_ratio(knowledge: Knowledge, hypothesis: Hypothesis, finding: str, *, present: bool) -> float:
    data = knowledge.findings[finding]
    baseline = min(max(data.baseline, 1e-4), 1 - 1e-4)
    error = knowledge.scales.answer_errors[data.answer_error]

    def hear_yes(p: float) -> float:
        return p * (1 - error.false_negative) + (1 - p) * error.false_positive

    if hypothesis == ELSE:
        return 0.0
    chances = []
    for cause in hypothesis:
        figure = knowledge.conditions[cause].likelihoods.get(finding)
        chances.append(figure.value if figure else baseline)
    p, b = hear_yes(max(chances)), hear_yes(baseline)
    cap = math.log(knowledge.scales.ratio_cap)
    ratio = math.log(p / b) if present else math.log((1 - p) / (1 - b))
    return max(-cap, min(cap, ratio))


def band_ratio(knowledge: Knowledge, hypothesis: Hypothesis, name: str, band: int) -> float:
    if hypothesis == ELSE:
        return 0.0
    base = {
        "age": knowledge.scales.baseline_age,
        "duration": knowledge.scales.baseline_duration,
        "pain": knowledge.scales.baseline_pain,
        "sex": (knowledge.scales.baseline_male, 1 - knowledge.scales.baseline_male),
    }[name]
    logs = []
    for cause in hypothesis:
        condition = knowledge.conditions[cause]
        shares = (condition.male, 1 - condition.male) if name == "sex" else getattr(condition, name)
        floor = [share + 0.01 for share in shares]
        base_floor = [share + 0.01 for share in base]
        logs.append(math.log((floor[band] / sum(floor)) / (base_floor[band] / sum(base_floor))))
    return sum(logs) / len(logs)


def band_of(value: float, bounds: tuple[float, ...]) -> int:
    return sum(value >= bound for bound in bounds)


def chances(knowledge: Knowledge, evidence: Evidence, exponent: float) -> dict[str, float]:
    """The chance that each cause is among the causes."""
    back = any(evidence.told(f) == "present" for f in knowledge.scales.posterior_places)
    other = any(evidence.told(f) == "present" for f in knowledge.scales.other_places)
    if not back:
        other = other or any(evidence.told(f) == "present" for f in knowledge.scales.unplaced)
    posterior = priors(knowledge, "prior_posterior_knee", exponent)
    any_knee = priors(knowledge, "prior_any_knee", exponent)
    told = {
        f: evidence.told(f) == "present"
        for f in evidence.known
        if f in knowledge.findings
        and knowledge.findings[f].kind != "quantity"
        and f not in ("male_sex", "female_sex")
        and evidence.told(f) in ("present", "absent")
        and not (f == "severe_pain" and evidence.value("pain_score_0_to_10") is not None)
    }
    counts = Counter(knowledge.findings[f].group for f in told if knowledge.findings[f].group)
    scores: dict[Hypothesis, float] = {}
    for hypothesis in hypotheses(knowledge):
        a, b = math.log(posterior[hypothesis]), math.log(any_knee[hypothesis])
        score = a if back and not other else b if other and not back else (a + b) / 2
        for finding, present in told.items():
            group = knowledge.findings[finding].group
            n = counts[group] if group else 1
            tempered = 1 / (1 + knowledge.scales.group_correlation * (n - 1))
            score += tempered * log_ratio(knowledge, hypothesis, finding, present=present)
        for name, finding, bounds in (
            ("age", "age_years", knowledge.scales.age_bands),
            ("duration", "duration_days", knowledge.scales.duration_bands_days),
            ("pain", "pain_score_0_to_10", knowledge.scales.pain_bands),
        ):
            value = evidence.value(finding)
            if value is not None:
                score += band_ratio(knowledge, hypothesis, name, band_of(value, bounds))
        if evidence.told("male_sex") == "present":
            score += band_ratio(knowledge, hypothesis, "sex", 0)
        elif evidence.told("female_sex") == "present":
            score += band_ratio(knowledge, hypothesis, "sex", 1)
        scores[hypothesis] = score
    top = max(scores.values())
    total = sum(math.exp(score - top) for score in scores.values())
    result = dict.fromkeys(knowledge.conditions, 0.0)
    for hypothesis, score in scores.items():
        for cause in hypothesis:
            if cause in result:
                result[cause] += math.exp(score - top) / total
    return result


def spreads(knowledge: Knowledge, evidence: Evidence, exponent: float) -> dict[str, float]:
    """Standard deviation of every cause's log score (and of something else), from the figures' ranges."""
    rho = knowledge.scales.group_correlation
    cap = math.log(knowledge.scales.ratio_cap)
    told = []
    for finding, data in knowledge.findings.items():
        state = evidence.told(finding)
        scored = finding == "severe_pain" and evidence.value("pain_score_0_to_10") is not None
        counted = data.kind != "quantity" and finding not in ("male_sex", "female_sex")
        if counted and state in ("present", "absent") and not scored:
            told.append((finding, state))
    sizes = Counter(knowledge.findings[finding].group for finding, _ in told)
    result = {}
    figures = {a: c.prior_posterior_knee for a, c in knowledge.conditions.items()}
    for cause, prior in (*figures.items(), ("something_else", knowledge.scales.something_else)):
        variance = (exponent * math.log(prior.high / prior.low) / 3.29) ** 2
        for finding, state in told:
            cell = knowledge.conditions[cause].likelihoods.get(finding) if cause in figures else None
            if cell is None:
                continue
            data = knowledge.findings[finding]
            error = knowledge.scales.answer_errors[data.answer_error]
            baseline = min(max(data.baseline, 1e-4), 1 - 1e-4)

            def log_ratio_at(p: float, error=error, baseline=baseline, state=state) -> float:
                yes, base = (
                    x * (1 - error.false_negative) + (1 - x) * error.false_positive for x in (p, baseline)
                )
                ratio = math.log(yes / base) if state == "present" else math.log((1 - yes) / (1 - base))
                return max(-cap, min(cap, ratio))

            temper = 1 / (1 + rho * (sizes[data.group] - 1)) if data.group else 1.0
            moved = temper * (log_ratio_at(cell.high) - log_ratio_at(cell.low)) / 3.29
            variance += moved**2
        result[cause] = math.sqrt(variance)
    return result
