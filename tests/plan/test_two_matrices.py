"""What the content holds against exercises is at least what the second matrix holds against them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from kneewise.evidence import Evidence, Known
from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Knowledge
from kneewise.pathway import Engine
from kneewise.plan.contraindications import Person, hold_shared, judge
from tests.plan.programme_rules import stage
from tests.plan.second_matrix import second_matrix
from tests.safety.drawn_cases import Json, look

BEYOND = 50  # a phase after all others: what is still held back is never given


@dataclass(frozen=True)
class Subject:
    """Somebody with one cause, some findings, or a factor."""

    causes: frozenset[str] = frozenset()
    holding: frozenset[str] = frozenset()
    factors: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return " and ".join(sorted(self.causes | self.holding | self.factors))


def subjects() -> Iterator[Subject]:
    """Everybody whom the second matrix speaks of."""
    for person in second_matrix().people:
        yield from (Subject(causes=frozenset([cause])) for cause in sorted(person.causes))
        yield from (Subject(holding=group) for group in (*person.holding, *person.sure))
        yield from (Subject(factors=frozenset([factor])) for factor in sorted(person.factors))


@cache
def held_back(subject: Subject, phase: int, last: bool) -> frozenset[str]:
    """What the content does not give this person in this phase."""
    knowledge = load_knowledge()
    evidence = Evidence({finding: Known("present") for finding in subject.holding})
    person = Person(
        evidence,
        subject.causes,
        subject.factors,
        dict.fromkeys(subject.causes, phase),
        phase,
        subject.causes if last else frozenset(),
        last,
    )
    shared = hold_shared(knowledge.contraindications, person)
    return frozenset(
        id_ for id_, one in knowledge.exercises.items() if not judge(one, person, shared.get(id_, ())).allowed
    )


def phases_of(subject: Subject, knowledge: Knowledge) -> list[int]:
    """How many phases there may be: those of the cause's own programme, else three, four or five."""
    own = [len(p.phases) for p in knowledge.protocols.values() if subject.causes & set(p.causes)]
    return own or ([1] if subject.causes else [3, 4, 5])


@pytest.mark.hazard("H26")
def test_what_the_second_matrix_never_gives_the_content_never_gives(knowledge: Knowledge) -> None:
    open_ = []
    for subject in dict.fromkeys(subjects()):
        lines = [
            (exercise, line)
            for exercise in knowledge.exercises
            for _, line in second_matrix().lines_on(
                exercise,
                set(subject.causes),
                set(subject.holding),
                set(subject.factors),
                set(subject.holding),
            )
        ]
        never = {exercise for exercise, line in lines if line.verdict == "never"}
        open_ += [f"{subject}: {one}" for one in sorted(never - held_back(subject, BEYOND, True))]

    assert not open_


@pytest.mark.hazard("H26")
def test_what_has_to_wait_in_the_second_matrix_waits_in_the_content(knowledge: Knowledge) -> None:
    order = second_matrix().stages
    early = []
    for subject in dict.fromkeys(subjects()):
        for exercise in knowledge.exercises:
            for _, line in second_matrix().lines_on(
                exercise,
                set(subject.causes),
                set(subject.holding),
                set(subject.factors),
                set(subject.holding),
            ):
                if line.verdict != "until_late":
                    continue
                for phases in phases_of(subject, knowledge):
                    early += [
                        f"{subject}: {exercise} in phase {phase} of {phases}"
                        for phase in range(1, phases + 1)
                        if phases > 1 or line.verdict == "never"
                        if order.index(stage(phase, phases)) < order.index(line.first_stage)
                        and exercise not in held_back(subject, phase, phase == phases)
                    ]

    assert not early


def _gate(engine: Engine, finding: str, state: str) -> str:
    """The gate of a woman of 45 with this finding, everything else about danger denied."""
    findings = engine.knowledge.findings.values()
    denied: list[Json] = [
        {"id": f.id, "state": "absent"}
        for f in findings
        if f.kind == "yes_no" and (f.screens or f.topic == "urgent_screen") and f.id != finding
    ]
    held = set(engine.knowledge.findings[finding].implies)
    evidence = [item for item in denied if item["id"] not in held]
    case = {
        "person": {"age": 45, "sex": "female", "pregnant": False},
        "evidence": [*evidence, {"id": finding, "state": state}],
    }
    return look(engine, case).triage.programme


@pytest.mark.hazard("H12")
@pytest.mark.parametrize("state", ["present", "unsure"])
@pytest.mark.parametrize(
    "finding",
    [
        "fever_or_shivering", "sweats_or_rigors", "pain_out_of_proportion", "spreading_skin_redness",
        "new_breathlessness_or_chest_pain", "saddle_numbness", "new_bladder_dysfunction",
        "rapidly_worsening_leg_weakness", "cold_pale_foot", "knee_or_leg_deformity", "dark_urine",
    ],
)  # fmt: skip
def test_the_gate_alone_stops_what_must_be_seen_first(engine: Engine, finding: str, state: str) -> None:
    assert _gate(engine, finding, state) == "none"


@pytest.mark.hazard("H26")
def test_somebody_who_feels_ill_all_over_gets_no_exercise(knowledge: Knowledge) -> None:
    for sign in ("systemically_unwell", "fever_or_shivering", "new_breathlessness_or_chest_pain"):
        assert held_back(Subject(holding=frozenset([sign])), BEYOND, True) == set(knowledge.exercises)
