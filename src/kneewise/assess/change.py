"""What would change the result: single answers that would raise the level or put another cause first."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kneewise.assess.model import Model
from kneewise.assess.ranking import Posterior
from kneewise.assess.triage import Triage, askable
from kneewise.evidence import Evidence, Known
from kneewise.knowledge.types import CareLevel, Knowledge, State, care_rank
from kneewise.rules import Truth, evaluate, findings_of


@dataclass(frozen=True)
class Change:
    """A finding in a state, and what it would make of the result."""

    finding: str
    state: State
    care_level: CareLevel | None = None
    first_cause: str | None = None


def _with(evidence: Evidence, finding: str, state: State) -> Evidence:
    return replace(evidence, known={**evidence.known, finding: Known(state)})


def level_changes(evidence: Evidence, knowledge: Knowledge, outcome: Triage, most: int = 5) -> list[Change]:
    """Signs which, if present, would raise the care level; the highest levels first."""
    candidates = {
        finding: None
        for entry in outcome.undecided
        if care_rank(entry.rule.care_level) > care_rank(outcome.care_level)
        for finding in entry.ask
        if knowledge.findings[finding].kind != "quantity"
    }
    # Also signs denied on the screen: "if this came on later" is what a person must know to look out for.
    for finding, known in sorted(evidence.known.items()):
        data = knowledge.findings.get(finding)
        if data and known.state == "absent" and data.screens == "danger" and askable(data, evidence):
            candidates[finding] = None
    higher = [
        (rule, frozenset(findings_of(rule.when)))
        for rule in knowledge.red_flags
        if care_rank(rule.care_level) > care_rank(outcome.care_level)
    ]
    changes = []
    for finding in candidates:
        then = _with(evidence, finding, "present")
        levels: list[CareLevel] = [
            rule.care_level
            for rule, speaks_of in higher
            if finding in speaks_of and evaluate(rule.when, then).truth is Truth.HOLDS
        ]
        if levels:
            highest: CareLevel = max(levels, key=care_rank)
            changes.append(Change(finding, "present", care_level=highest))
    baselines = {f.id: f.baseline for f in knowledge.findings.values()}
    # The likelier sign first among those of one level: it is the one worth knowing. What a box of the urgent
    # screen stands for is named once, by the box.
    changes.sort(key=lambda c: (-care_rank(c.care_level or "routine"), -baselines[c.finding], c.finding))
    named = {change.finding for change in changes}
    kept = [c for c in changes if not named & set(knowledge.findings[c.finding].implies)]
    return kept[:most]


def cause_changes(
    evidence: Evidence, knowledge: Knowledge, model: Model, result: Posterior, most: int = 3
) -> list[Change]:
    """Single open answers that would put another cause first, the likeliest answers first."""
    chances = result.of_causes()
    if len(chances) == 0:
        return []
    first = int(chances.argmax())
    scores = np.log(np.maximum(result.chance, 1e-300))
    changes: list[tuple[float, Change]] = []
    for column, finding in enumerate(model.findings):
        data = knowledge.findings[finding]
        if evidence.answered(finding) or data.who != "person" or not askable(data, evidence):
            continue
        for state, table in (("present", model.present), ("absent", model.absent)):
            shifted = scores + table[:, column]
            weights = np.exp(shifted - shifted.max())
            after = model.membership @ (weights / weights.sum())
            now_first = int(after.argmax())
            if now_first != first and after[now_first] > 1.1 * after[first]:
                said = float(
                    (
                        result.chance
                        * np.clip(np.exp(model.present[:, column]) * model.baseline[column], 0, 1)
                    ).sum()
                )
                likely = said if state == "present" else 1 - said
                changes.append((likely, Change(finding, state, first_cause=model.causes[now_first])))  # type: ignore[arg-type]
    changes.sort(key=lambda pair: (-pair[0], pair[1].finding))
    return [change for _, change in changes[:most]]
