"""Simulated people drawn from the knowledge itself: for stress and for what a rule costs, never accuracy.

What is drawn together: findings of one group share a common factor, with the correlation that the ranking
uses for the group; a sign is drawn only among those who have what it implies and nothing it excludes. Each
finding still comes as often as the cause's file says. What no file says – how findings of different groups
go together – stays independent. The randomness is passed in as a seed; the same seed and knowledge give
the same people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kneewise.knowledge.types import CARE_LEVELS, Condition, Finding, Knowledge, care_rank
from kneewise.rules.columns import fires

SCREEN_TOPIC = "urgent_screen"
YOUNGEST = 5.0  # the harmless causes of childhood here begin with school and sport

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
    people: int,
) -> Values:
    """Values spread evenly within bands; `bounds` holds the lowest, each between and the highest."""
    edges = np.array(bounds)
    band = generator.choice(len(shares), size=people, p=np.array(shares) / sum(shares))
    return np.asarray(edges[band] + generator.random(people) * (edges[band + 1] - edges[band]))


def _chance(
    finding: Finding,
    condition: Condition,
    implied: dict[str, tuple[float, Flags]],
    *,
    only_written: bool,
) -> float:
    """How often a finding comes with a cause.

    What its file does not name is as frequent as in everybody – and among those who have what it implies
    (baseline and who has it here) no more frequent than among all such people.
    """
    figure = condition.likelihoods.get(finding.id)
    if figure is not None:
        return figure.value
    if only_written and finding.screens == "danger":
        return 0.0
    shares = (float(who.mean()) / everybody for everybody, who in implied.values())
    return finding.baseline * min(1.0, *shares, 1.0)


def _implied_first(knowledge: Knowledge, drawn: dict[str, Finding]) -> Iterator[Finding]:
    """The findings to draw, each after those it implies (content is checked to have no circle)."""
    done: set[str] = set()
    waiting = list(drawn.values())
    while waiting:
        ready = [f for f in waiting if all(other in done or other not in drawn for other in f.implies)]
        yield from ready or waiting
        done.update(f.id for f in ready or waiting)
        waiting = [f for f in waiting if f.id not in done]


def _draw_findings(
    generator: np.random.Generator,
    knowledge: Knowledge,
    condition: Condition,
    people: int,
    *,
    only_written: bool,
) -> dict[str, Flags]:
    """Every yes-or-no finding a person can tell, with its group and what it implies and excludes."""
    drawn = {
        finding.id: finding
        for finding in knowledge.findings.values()
        if finding.kind == "yes_no" and finding.who == "person" and finding.topic != SCREEN_TOPIC
    }
    excluded_by: dict[str, set[str]] = {id_: set(finding.excludes) for id_, finding in drawn.items()}
    for id_, finding in drawn.items():
        for other in finding.excludes:
            excluded_by.setdefault(other, set()).add(id_)
    rho = knowledge.scales.group_correlation
    common: dict[str, Values] = {}
    present: dict[str, Flags] = {}
    for finding in _implied_first(knowledge, drawn):
        if finding.group and finding.group not in common:
            common[finding.group] = generator.standard_normal(people)
        own = generator.standard_normal(people)
        if finding.group:
            own = np.sqrt(rho) * common[finding.group] + np.sqrt(1 - rho) * own
        implied = {
            other: (drawn[other].baseline, present[other]) for other in finding.implies if other in present
        }
        possible = np.ones(people, dtype=bool)
        for _, who in implied.values():
            possible &= who
        for other in excluded_by[finding.id]:
            possible &= ~present.get(other, np.zeros(people, dtype=bool))
        wanted = round(_chance(finding, condition, implied, only_written=only_written) * people)
        here = np.zeros(people, dtype=bool)
        here[np.flatnonzero(possible)[np.argsort(-own[possible])[:wanted]]] = True
        present[finding.id] = here
    return present


def draw(
    knowledge: Knowledge, condition: Condition, people: int, seed: int, *, only_written: bool = False
) -> People:
    """People whose pain comes from one cause, as that cause's file describes them.

    With `only_written`, a sign of danger that the file does not name is left out: what then remains is
    what the picture of the cause itself costs.
    """
    generator = np.random.default_rng([seed, *condition.id.encode()])
    scales = knowledge.scales
    age_bounds = (YOUNGEST, *map(float, scales.age_bands), 92.0)
    values = {
        "age_years": np.floor(_band_values(generator, condition.age, age_bounds, people)),
        "duration_days": _band_values(
            generator, condition.duration, (0.0, *scales.duration_bands_days, 1500.0), people
        ),
        "pain_score_0_to_10": np.floor(
            _band_values(generator, condition.pain, (0.0, *scales.pain_bands, 11.0), people)
        ),
    }
    present = _draw_findings(generator, knowledge, condition, people, only_written=only_written)
    male = generator.random(people) < condition.male
    present["male_sex"], present["female_sex"] = male, ~male
    present["pregnant_or_6_weeks_postpartum"] &= (
        ~male & (values["age_years"] < 50) & (values["age_years"] > 15)
    )
    _make_sense(knowledge, present, values)
    return People(people, present, values)


def _make_sense(knowledge: Knowledge, present: dict[str, Flags], values: dict[str, Values]) -> None:
    """Let what cannot concern somebody go, and what follows from signs and quantities follow."""
    people = len(values["age_years"])
    age = values["age_years"]
    covered: dict[str, list[str]] = {}
    for finding in knowledge.findings.values():
        for other in finding.implies:
            covered.setdefault(other, []).append(finding.id)
    boxes = [finding.id for finding in knowledge.findings.values() if finding.topic == SCREEN_TOPIC]
    for finding in knowledge.findings.values():
        if finding.id not in present:
            continue
        present[finding.id] &= (age >= finding.min_age) & (age <= finding.max_age)
        if finding.only_after is not None:
            present[finding.id] &= fires(finding.only_after, present, values, people)
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
        own, _ = levels(knowledge, draw(knowledge, condition, people, seed, only_written=True))
        row["by_its_own_picture"] = _share(own >= care_rank("same_day"))
        row["rules"] = {id_: round(share, 4) for id_, share in most}
        rows.append(row)
    return sorted(rows, key=lambda row: (-float(row["same_day_or_above"]), str(row["cause"])))
