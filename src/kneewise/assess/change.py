"""What would change the result: signs that would raise the level, answers that would put another cause first.

For the level one sign or two together; for the first cause single answers. A quantity is never offered.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kneewise.assess.model import Array, Model
from kneewise.assess.ranking import Posterior, softmax
from kneewise.assess.triage import Triage, askable
from kneewise.evidence import Evidence
from kneewise.knowledge.types import CareLevel, Expression, Knowledge, State, care_rank
from kneewise.rules import missing


@dataclass(frozen=True)
class Change:
    """A finding in a state – and others that must come with it – and what they would make of the result."""

    finding: str
    state: State
    care_level: CareLevel | None = None
    first_cause: str | None = None
    together_with: tuple[str, ...] = ()


class _CanTurn:
    """Which signs could still turn out present.

    What nobody has answered; and of the danger signs also what was denied, for "if this comes on later" is
    what a person must know to look out for.
    """

    def __init__(self, evidence: Evidence, knowledge: Knowledge) -> None:
        self._evidence = evidence
        self._knowledge = knowledge
        self._known: dict[str, bool] = {}

    def __call__(self, finding: str) -> bool:
        known = self._known.get(finding)
        if known is None:
            data = self._knowledge.findings[finding]
            told = self._evidence.state(finding)
            known = self._known[finding] = (
                data.kind != "quantity"
                and (told == "not_asked" or (told == "absent" and data.screens == "danger"))
                and askable(data, self._evidence)
            )
        return known


def ways_up(evidence: Evidence, knowledge: Knowledge, outcome: Triage) -> dict[frozenset[str], CareLevel]:
    """Every set of one or two signs that would raise the level, with the highest level it would give."""

    def made_of(finding: str) -> Expression | None:
        return knowledge.findings[finding].derived_from

    can_turn = _CanTurn(evidence, knowledge)
    ways: dict[frozenset[str], CareLevel] = {}
    for rule in knowledge.red_flags:
        if care_rank(rule.care_level) <= care_rank(outcome.care_level):
            continue
        for way in missing(rule.when, evidence, can_turn, made_of):
            if way and care_rank(ways.get(way, "self_care")) < care_rank(rule.care_level):
                ways[way] = rule.care_level
    return ways


def _excluded(way: frozenset[str], knowledge: Knowledge) -> bool:
    """Whether the signs cannot be there together."""
    return any(
        other in knowledge.findings[finding].excludes or other == knowledge.findings[finding].opposite
        for finding in way
        for other in way
    )


def level_changes(
    evidence: Evidence, knowledge: Knowledge, outcome: Triage, most: int = 5, most_pairs: int = 2
) -> list[Change]:
    """Signs which, if present, would raise the care level: single ones first, then two together.

    Of each kind the highest levels first, then the likelier signs: those are worth knowing. What a box of the
    urgent screen stands for is named once, by the box.
    """
    ways = ways_up(evidence, knowledge, outcome)

    def worth(way: frozenset[str]) -> tuple[float, float, list[str]]:
        chance = float(np.prod([knowledge.findings[finding].baseline for finding in way]))
        return -care_rank(ways[way]), -chance, sorted(way)

    singles = sorted((way for way in ways if len(way) == 1), key=worth)
    alone = {finding: ways[way] for way in singles for finding in way}
    kept = [f for f in alone if not alone.keys() & set(knowledge.findings[f].implies)][:most]
    changes = [Change(finding, "present", care_level=alone[finding]) for finding in kept]
    # Two together are told where they do more than either does, and where neither is a danger sign by itself:
    # those stand above already or are asked about on the screen.
    pairs = [
        way
        for way in ways
        if len(way) == 2
        and not _excluded(way, knowledge)
        and all(care_rank(alone.get(finding, "self_care")) < care_rank(ways[way]) for finding in way)
        and not any(knowledge.findings[finding].implies for finding in way)
    ]
    for way in sorted(pairs, key=worth)[:most_pairs]:
        first, second = sorted(way, key=lambda finding: (knowledge.findings[finding].baseline, finding))
        changes.append(Change(first, "present", care_level=ways[way], together_with=(second,)))
    return changes


def _first_after(result: Posterior, model: Model, table: Array) -> tuple[Array, Array]:
    """For each column of `table` (H × N): the chances of all causes after that answer, and the old ones."""
    scores = np.log(np.maximum(result.chance, 1e-300))
    return model.membership @ softmax(scores[:, None] + table), result.of_causes()


def cause_changes(
    evidence: Evidence, knowledge: Knowledge, model: Model, result: Posterior, most: int = 3
) -> list[Change]:
    """Single open answers that would put another cause first, the likeliest answers first."""
    if not model.causes:
        return []
    columns = np.array(
        [
            column
            for column, finding in enumerate(model.findings)
            if (data := knowledge.findings[finding]).who == "person"
            and not evidence.answered(finding)
            and askable(data, evidence)
        ],
        dtype=int,
    )
    if not len(columns):
        return []
    said = result.chance @ np.clip(np.exp(model.present[:, columns]) * model.baseline[columns], 0, 1)
    changes: list[tuple[float, str, Change]] = []
    tables: tuple[tuple[State, Array, Array], ...] = (
        ("present", model.present, said),
        ("absent", model.absent, 1 - said),
    )
    for state, table, likely in tables:
        after, before = _first_after(result, model, table[:, columns])
        first = int(before.argmax())
        now = after.argmax(axis=0)
        for n in np.flatnonzero((now != first) & (after.max(axis=0) > 1.1 * after[first])):
            finding = model.findings[columns[n]]
            change = Change(finding, state, first_cause=model.causes[int(now[n])])
            changes.append((float(likely[n]), finding, change))
    changes.sort(key=lambda entry: (-entry[0], entry[1]))
    return [change for _, _, change in changes[:most]]
