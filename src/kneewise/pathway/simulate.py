"""Simulated people drawn from the knowledge itself: for stress and for what a rule costs, never accuracy.

The randomness is passed in as a seed; the same seed and knowledge give the same people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kneewise.knowledge.types import CARE_LEVELS, Condition, Knowledge, care_rank
from kneewise.rules.columns import fires

SCREEN_TOPIC = "urgent_screen"

Flags = NDArray[np.bool_]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class People:
    """Findings as columns over people."""

    count: int
    present: dict[str, Flags]
    values: dict[str, Values]


def _band_values(
    generator: np.random.Generator,
    shares: tuple[float, ...],
    bounds: tuple[float, ...],
    top: float,
    people: int,
) -> Values:
    edges = np.array([0.0, *bounds, top])
    band = generator.choice(len(shares), size=people, p=np.array(shares) / sum(shares))
    return np.asarray(edges[band] + generator.random(people) * (edges[band + 1] - edges[band]))


def draw(knowledge: Knowledge, condition: Condition, people: int, seed: int) -> People:
    """People whose pain comes from one cause, as that cause's file describes them."""
    generator = np.random.default_rng([seed, *condition.id.encode()])
    scales = knowledge.scales
    values = {
        "age_years": np.floor(
            _band_values(generator, condition.age, tuple(map(float, scales.age_bands)), 92, people)
        ),
        "duration_days": _band_values(
            generator, condition.duration, scales.duration_bands_days, 1500, people
        ),
        "pain_score_0_to_10": np.floor(
            _band_values(generator, condition.pain, scales.pain_bands, 11, people)
        ),
    }
    present: dict[str, Flags] = {}
    for finding in knowledge.findings.values():
        if finding.kind == "yes_no" and finding.who == "person":
            figure = condition.likelihoods.get(finding.id)
            present[finding.id] = generator.random(people) < (figure.value if figure else finding.baseline)
    male = generator.random(people) < condition.male
    present["male_sex"], present["female_sex"] = male, ~male
    present["pregnant_or_6_weeks_postpartum"] &= (
        ~male & (values["age_years"] < 50) & (values["age_years"] > 15)
    )
    _make_sense(knowledge, present, values)
    return People(people, present, values)


def _make_sense(knowledge: Knowledge, present: dict[str, Flags], values: dict[str, Values]) -> None:
    """Let what excludes and implies hold, and what follows from quantities follow."""
    people = len(values["age_years"])
    covered: dict[str, list[str]] = {}
    for finding in knowledge.findings.values():
        for other in finding.implies:
            covered.setdefault(other, []).append(finding.id)
    boxes = [finding.id for finding in knowledge.findings.values() if finding.topic == SCREEN_TOPIC]
    for finding in knowledge.findings.values():
        if finding.id not in present:
            continue
        here = present[finding.id]
        age = values["age_years"]
        here &= (age >= finding.min_age) & (age <= finding.max_age)
        if finding.only_after is not None:
            here &= fires(finding.only_after, present, values, people)
        if finding.opposite in present:
            here &= ~present[finding.opposite]
        for other in finding.excludes:
            if other in present:
                present[other] = present[other] & ~here
    for finding in knowledge.findings.values():
        for other in finding.implies:
            if other in boxes:
                continue
            # Rather than spread a rare sign, a sign without what it implies is taken back.
            if finding.id in present and other in present:
                present[finding.id] = present[finding.id] & present[other]
    for box in boxes:  # a box of the urgent screen is ticked when one of the signs it stands for is there
        signs = [present[sign] for sign in covered.get(box, ()) if sign in present]
        present[box] = np.any(signs, axis=0) if signs else np.zeros(people, dtype=bool)
    for rule in knowledge.derivations:
        holds = fires(rule.present_if, present, values, people)
        if rule.absent_if is not None and rule.finding in present:
            present[rule.finding] = np.where(
                fires(rule.absent_if, present, values, people), False, present[rule.finding] | holds
            )
        else:
            present[rule.finding] = present.get(rule.finding, holds) | holds
    for _ in range(2):
        for finding in knowledge.findings.values():
            if finding.derived_from is not None:
                present[finding.id] = fires(finding.derived_from, present, values, people)


def levels(knowledge: Knowledge, people: People) -> tuple[NDArray[np.int64], dict[str, float]]:
    """Everybody's care level as a rank (self-care counts as routine), and each rule's share of firing."""
    ranks = np.full(people.count, care_rank("routine"))
    shares = {}
    for rule in knowledge.red_flags:
        who = fires(rule.when, people.present, people.values, people.count)
        shares[rule.id] = float(who.mean())
        ranks = np.where(who, np.maximum(ranks, care_rank(rule.care_level)), ranks)
    return ranks, shares


def _share(who: Flags) -> float:
    return round(float(who.mean()), 4)


def over_triage(knowledge: Knowledge, people: int, seed: int) -> list[dict[str, Any]]:
    """For each harmless cause: the share sent to each level, and the rules that send most up."""
    rows = []
    for condition in knowledge.conditions.values():
        if not condition.harmless:
            continue
        ranks, shares = levels(knowledge, draw(knowledge, condition, people, seed))
        urgent = {
            rule.id: shares[rule.id]
            for rule in knowledge.red_flags
            if care_rank(rule.care_level) >= care_rank("same_day") and shares[rule.id] > 0
        }
        most = sorted(urgent.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
        row: dict[str, Any] = {level: _share(ranks == care_rank(level)) for level in CARE_LEVELS[1:]}
        row["cause"] = condition.id
        row["same_day_or_above"] = _share(ranks >= care_rank("same_day"))
        row["rules"] = {id_: round(share, 4) for id_, share in most}
        rows.append(row)
    return sorted(rows, key=lambda row: (-float(row["same_day_or_above"]), str(row["cause"])))
