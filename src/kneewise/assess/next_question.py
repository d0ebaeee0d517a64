"""What to ask next, and why: danger first, then what would tell most about the causes.

A page is worth the information its best open questions give about the hypotheses (mutual information, in
nats). The interview stops when no page is worth asking or when enough has been asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from kneewise.assess.change import ways_up
from kneewise.assess.model import Array, Model
from kneewise.assess.ranking import Posterior
from kneewise.assess.triage import Triage, askable
from kneewise.evidence import Evidence
from kneewise.knowledge.types import Knowledge, Page, care_rank
from kneewise.rules import Truth, evaluate

Why = Literal[
    "said_danger",
    "urgent_screen",
    "urgent_follow_up",
    "about_you",
    "soon",
    "care_level",
    "tells_causes_apart",
]

# A question below this is not worth a person's time; so is a page whose best question is.
LEAST_INFORMATION = 0.03
LEAST_PAGE = 0.06
MOST_PAGES = 8
# After so many pages of eight, what is still open stays "answer these first".
MOST_FOLLOW_UPS = 6
SCREEN_PAGE = "urgent_screen"
FOLLOW_UP_PAGE = "urgent_follow_up"
SAID_PAGE = "said"
# Before the end: what nobody has asked yet and would, by itself, change how soon to be seen.
SOON_PAGE = "soon"
MOST_SOON = 2


@dataclass(frozen=True)
class Question:
    """A page to show with the findings to ask on it."""

    page: str
    findings: tuple[str, ...]
    why: Why
    gain: float = 0.0


def _entropy(chance: Array) -> Array:
    """Entropy in nats along the first axis; 0·log 0 is 0."""
    return np.asarray(-(chance * np.log(np.where(chance > 0, chance, 1.0))).sum(axis=0))


def information(model: Model, result: Posterior) -> Array:
    """Expected information (nats) of each finding about the hypotheses: F values."""
    yes = np.exp(model.present) * model.baseline  # H × F, chance of hearing yes (capped ratios)
    yes = np.clip(yes, 1e-4, 1 - 1e-4)
    chance = result.chance[:, None]
    p_yes = (chance * yes).sum(axis=0)
    after_yes = chance * yes / p_yes
    after_no = chance * (1 - yes) / (1 - p_yes)
    expected = p_yes * _entropy(after_yes) + (1 - p_yes) * _entropy(after_no)
    return np.asarray(_entropy(chance) - expected)


def _open(page: Page, evidence: Evidence, knowledge: Knowledge) -> list[str]:
    if page.only_after is not None and evaluate(page.only_after, evidence).truth is not Truth.HOLDS:
        return []
    return [
        finding
        for finding in page.findings
        if not evidence.answered(finding) and askable(knowledge.findings[finding], evidence)
    ]


def _said_dangers(evidence: Evidence, knowledge: Knowledge) -> tuple[str, ...]:
    """Signs of danger that only the text tells: asked about first."""
    return tuple(
        finding
        for finding, known in sorted(evidence.known.items())
        if known.from_text and known.state == "present" and not known.inferred
        and knowledge.findings[finding].screens == "danger" and knowledge.findings[finding].who == "person"
    )  # fmt: skip


def _urgent_follow_up(outcome: Triage, evidence: Evidence, knowledge: Knowledge) -> tuple[str, ...]:
    """What still keeps an urgent rule undecided after the screen, the most urgent rules first."""
    asks: dict[str, None] = {}
    for entry in outcome.undecided:
        if care_rank(entry.rule.care_level) >= care_rank("same_day") and entry.rule.universal:
            asks.update(dict.fromkeys(f for f in entry.ask if knowledge.findings[f].who == "person"))
    return tuple(finding for finding in asks if not evidence.answered(finding))


def _soon(outcome: Triage, evidence: Evidence, knowledge: Knowledge) -> tuple[str, ...]:
    """Signs nobody has asked about that would, each by itself, raise the level to within days or above.

    Where one box stands for several of them, the box.
    """
    if care_rank(outcome.care_level) >= care_rank("within_days"):
        return ()
    asks: dict[str, tuple[int, float]] = {}
    for way, level in ways_up(evidence, knowledge, outcome).items():
        if len(way) != 1 or care_rank(level) < care_rank("within_days"):
            continue
        (sign,) = way
        boxes = (
            box for box in knowledge.findings[sign].implies if knowledge.findings[box].topic == SCREEN_PAGE
        )
        asked = next((box for box in boxes if not evidence.answered(box)), sign)
        data = knowledge.findings[asked]
        if data.who == "person" and not evidence.answered(asked):
            asks[asked] = min(asks.get(asked, (0, 0.0)), (-care_rank(level), -data.baseline))
    return tuple(sorted(asks, key=lambda finding: (asks[finding], finding)))


def _level_findings(outcome: Triage, level: str) -> dict[str, int]:
    """Findings that could still raise the level above `level`, with the rank they could raise it to."""
    gains: dict[str, int] = {}
    for entry in outcome.undecided:
        rank = care_rank(entry.rule.care_level)
        if rank > care_rank(level):  # type: ignore[arg-type]
            for finding in entry.ask:
                gains[finding] = max(gains.get(finding, 0), rank)
    return gains


def _best_page(
    pages: list[Page],
    evidence: Evidence,
    knowledge: Knowledge,
    model: Model,
    result: Posterior,
    outcome: Triage,
) -> Question | None:
    gains = information(model, result)
    levels = _level_findings(outcome, outcome.care_level)
    best: Question | None = None
    for page in pages:
        scored: list[tuple[float, str]] = []
        for finding in _open(page, evidence, knowledge):
            column = model.finding_index.get(finding)
            gain = float(gains[column]) if column is not None else 0.0
            gain += 0.02 if finding in levels else 0.0
            if gain >= LEAST_INFORMATION:
                scored.append((gain, finding))
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        scored = scored[: page.at_most]
        # Later questions of a page overlap with the first ones: each counts half as much as the one before.
        worth = sum(gain * 0.7**i for i, (gain, _) in enumerate(scored)) * (0.5 if page.home_test else 1.0)
        if scored and worth >= LEAST_PAGE and (best is None or worth > best.gain):
            order = {finding: i for i, finding in enumerate(page.findings)}
            chosen = tuple(sorted((finding for _, finding in scored), key=order.__getitem__))
            raises = any(finding in levels for finding in chosen) and max(g for g, _ in scored) < 0.04
            best = Question(page.id, chosen, "care_level" if raises else "tells_causes_apart", worth)
    return best


def next_question(
    evidence: Evidence,
    knowledge: Knowledge,
    model: Model,
    result: Posterior,
    outcome: Triage,
    pages_asked: tuple[str, ...] = (),
    *,
    causes: bool = True,
) -> Question | None:
    """The next page to show, or None when further answers would change nothing worth asking for.

    Without `causes` only what decides how soon to be seen is asked (who has a diagnosis already, or
    no pain). In an emergency nothing more is asked: what to do comes first.
    """
    said = _said_dangers(evidence, knowledge)
    if said and SAID_PAGE not in pages_asked:
        return Question(SAID_PAGE, said, "said_danger")
    if outcome.care_level == "emergency":
        return None
    by_id = {page.id: page for page in knowledge.pages}
    for page in knowledge.pages:
        if (
            page.id == "about_you"
            and page.id not in pages_asked
            and (todo := _open(page, evidence, knowledge))
        ):
            return Question(page.id, tuple(todo), "about_you")
        if page.screen and page.id not in pages_asked and (todo := _open(page, evidence, knowledge)):
            return Question(page.id, tuple(todo), "urgent_screen")
    follow = _urgent_follow_up(outcome, evidence, knowledge)
    if follow and pages_asked.count(FOLLOW_UP_PAGE) < MOST_FOLLOW_UPS:
        return Question(FOLLOW_UP_PAGE, follow[:8], "urgent_follow_up")
    fixed = {"about_you", SOON_PAGE}
    adaptive = [p for p in pages_asked if p in by_id and not by_id[p].screen and p not in fixed]
    if causes and len(adaptive) < MOST_PAGES:
        pages = [page for page in knowledge.pages if not page.screen and page.id not in fixed]
        pages = [page for page in pages if pages_asked.count(page.id) < 2]
        best = _best_page(pages, evidence, knowledge, model, result, outcome)
        if best is not None:
            return best
    if pages_asked.count(SOON_PAGE) < MOST_SOON and (soon := _soon(outcome, evidence, knowledge)):
        return Question(SOON_PAGE, soon[: by_id[SOON_PAGE].at_most], "soon")
    return None
