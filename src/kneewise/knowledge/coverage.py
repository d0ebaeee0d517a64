"""What the articles say, held against what answers it: content or a feature, and a test that ran.

A hole is an item that nothing answers, or whose test did not run or did not pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kneewise.knowledge.types import Knowledge, SeedItem


def answers(item: SeedItem) -> list[str]:
    """The ids of all that answers an item: content, then features."""
    return list(dict.fromkeys([*(id_ for _, id_ in item.answered_by), *item.features]))


def coverage(knowledge: Knowledge) -> list[dict[str, object]]:
    """One row for each item: what answers it, and its test (the contract of `knowledge coverage`)."""
    return [
        {"item": item.id, "answered_by": answers(item), "test": item.test} for item in knowledge.seed_items
    ]


def known_ids(knowledge: Knowledge) -> set[tuple[str, str]]:
    """(kind, id) of all content that may answer an item."""
    listed: dict[str, Iterable[str]] = {
        "conditions": knowledge.conditions,
        "factors": knowledge.factors,
        "findings": knowledge.findings,
        "exercises": knowledge.exercises,
        "protocols": knowledge.protocols,
        "treatments": knowledge.treatments,
        "topics": knowledge.topics,
        "red_flags": [rule.id for rule in knowledge.red_flags],
        "advice": [piece.id for piece in knowledge.advice],
    }
    return {(kind, id_) for kind, ids in listed.items() for id_ in ids}


def holes(knowledge: Knowledge, outcomes: Mapping[str, str] | None = None) -> Iterator[str]:
    """One line for each hole; without `outcomes` (test → passed, failed, skipped) tests are not looked at."""
    known = known_ids(knowledge)
    for item in knowledge.seed_items:
        if not answers(item):
            yield f"{item.id}: nothing answers it; name content or a feature in seed_items.yaml"
        for kind, id_ in item.answered_by:
            if (kind, id_) not in known:
                yield f"{item.id}: there is no {id_!r} among the {kind}"
        if outcomes is None:
            continue
        outcome = outcomes.get(item.test)
        if outcome is None:
            yield f"{item.id}: its test did not run; write {item.test} and run `make test`"
        elif outcome != "passed":
            yield f"{item.id}: its test {outcome}; {item.test} must pass"
