"""Around the exercises: what else people try, medicines behind their questions, and what is worth knowing.

Nothing is called safe unless every sign that forbids it is known to be absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kneewise.assess.triage import askable
from kneewise.knowledge.types import Advice, Expression, Knowledge, Topic, Treatment, TreatmentEvidence
from kneewise.plan.standing import Situation
from kneewise.plan.strands import concerning, likely
from kneewise.rules import Truth, evaluate

Verdict = Literal["safe", "never", "ask"]
# Advice on a medicine and the treatment that says what it does and for whom it is not.
MEDICINES = {
    "anti_inflammatory_gel_information": "anti_inflammatory_gel",
    "paracetamol_information": "paracetamol",
    "anti_inflammatory_tablets_information": "ibuprofen_and_naproxen",
}
MEDICINE = "medicine"
EXERCISE_ITSELF = ("strengthening", "low_impact_activity", "physiotherapy")  # the programme says it already
EVERYBODY = ("good_pain_and_bad_pain", "flare_up_plan", "how_recovery_goes", "sleep_and_rest")
BESIDE_EXERCISE = ("recovery", "daily_life", "moving_well")  # the other kinds of topic go with the result
ONLY_IF_PREGNANT = "pregnancy_and_knee_pain"
EFFECTS = ("helps", "helps_a_little", "unclear", "no_difference", "harms")
MOST_TOPICS = 10
MOST_TRIED = 12


@dataclass(frozen=True)
class Tried:
    """A treatment for this person: whether it may be, why not, and what is known of it for their causes.

    `because` are findings that hold, `not_for` likely enough causes for which it must not be used, `open`
    findings of which nobody knows.
    """

    treatment: Treatment
    verdict: Verdict
    because: tuple[str, ...]
    not_for: tuple[str, ...]
    open: tuple[str, ...]
    evidence: tuple[TreatmentEvidence, ...]


@dataclass(frozen=True)
class Medicine:
    """Information on a medicine: only what is `safe` may be told."""

    advice: Advice
    treatment: Treatment
    verdict: Verdict
    because: tuple[str, ...]
    open: tuple[str, ...]


def _read(
    conditions: Iterable[Expression | None], not_for: Iterable[str], situation: Situation
) -> tuple[Verdict, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Verdict, what holds, causes that forbid it, what is open."""
    readings = [evaluate(one, situation.evidence) for one in conditions if one is not None]
    because = tuple(dict.fromkeys(f for one in readings for f in one.because))
    still_open = tuple(dict.fromkeys(f for one in readings for f in (*one.open_unsure, *one.open_not_asked)))
    forbidden = tuple(cause for cause in not_for if cause in concerning(situation))
    if because or forbidden:
        return "never", because, forbidden, still_open
    safe = all(one.truth is Truth.FAILS for one in readings)
    return ("safe" if safe else "ask"), (), (), still_open


def _known_of(
    treatment: Treatment, causes: Sequence[str], groups: Sequence[str]
) -> tuple[TreatmentEvidence, ...]:
    """What studies say for these causes, most likely cause first; else for their groups."""
    named = [one for cause in causes for one in treatment.evidence if cause in one.causes]
    grouped = [one for group in groups for one in treatment.evidence if group in one.groups]
    return tuple(dict.fromkeys(named or grouped))


def tried(situation: Situation, knowledge: Knowledge) -> tuple[Tried, ...]:
    """What people with this person's causes or factors try, medicines and the exercises themselves apart.

    What has been studied for the causes comes first; what may not be done is named too, since people ask.
    """
    causes = likely(situation)
    groups = tuple(dict.fromkeys(knowledge.conditions[cause].group for cause in causes))
    found = []
    for treatment in knowledge.treatments.values():
        if treatment.kind == MEDICINE or treatment.id in EXERCISE_ITSELF:
            continue
        evidence = _known_of(treatment, causes, groups)
        meant = set(causes) & set(treatment.causes) or set(groups) & set(treatment.groups)
        studied = any(
            one.effect != "unclear" or set(causes) & set(one.causes) for one in evidence
        )  # that nobody knows of a whole group is no news
        if not (studied or meant or set(situation.factors) & set(treatment.factors)):
            continue
        verdict, because, not_for, still_open = _read([treatment.never_if], treatment.not_for, situation)
        found.append(Tried(treatment, verdict, because, not_for, still_open, evidence))
    found.sort(key=lambda one: (_place(one.evidence), one.treatment.id))
    return tuple(found[:MOST_TRIED])


def _place(evidence: Sequence[TreatmentEvidence]) -> int:
    """What helps first, what has not been studied last."""
    return EFFECTS.index(evidence[0].effect) if evidence else len(EFFECTS)


def medicines(situation: Situation, knowledge: Knowledge) -> tuple[Medicine, ...]:
    """Each medicine there is information on, and whether this person may be given it."""
    by_id = {piece.id: piece for piece in knowledge.advice}
    found = []
    for advice_id, treatment_id in MEDICINES.items():
        advice, treatment = by_id[advice_id], knowledge.treatments[treatment_id]
        verdict, because, forbidden, still_open = _read(
            [advice.never_if, treatment.never_if], treatment.not_for, situation
        )
        found.append(Medicine(advice, treatment, verdict, (*because, *forbidden), still_open))
    return tuple(found)


def medicine_questions(situation: Situation, knowledge: Knowledge) -> tuple[str, ...]:
    """What to ask before any word on medicines: every open yes-or-no sign that a person can tell.

    In the order of the interview's own page on medicines, the others after it.
    """
    wanted = [finding for one in medicines(situation, knowledge) for finding in one.open]
    named = [finding for page in knowledge.pages if page.id == "medicines" for finding in page.findings]
    evidence = situation.evidence
    ordered = [finding for finding in named if finding in wanted] + wanted
    return tuple(
        finding
        for finding in dict.fromkeys(ordered)
        if knowledge.findings[finding].kind == "yes_no"
        and knowledge.findings[finding].who == "person"
        and not evidence.answered(finding)
        and askable(knowledge.findings[finding], evidence)
    )


def worth_knowing(situation: Situation, knowledge: Knowledge) -> tuple[Topic, ...]:
    """The topics for this person: those for everybody, then those of their factors, then of their causes."""
    causes, factors = set(likely(situation)), set(situation.factors)
    pregnant = situation.evidence.state("pregnant_or_6_weeks_postpartum") == "present"
    everybody = [knowledge.topics[id_] for id_ in EVERYBODY]
    rest = [
        topic
        for topic in knowledge.topics.values()
        if topic.id not in EVERYBODY
        and topic.kind in BESIDE_EXERCISE
        and (topic.id != ONLY_IF_PREGNANT or pregnant)
    ]
    by_factor = [topic for topic in rest if factors & set(topic.factors)]
    by_cause = [topic for topic in rest if causes & set(topic.causes)]
    first = [topic for topic in rest if topic.id == ONLY_IF_PREGNANT]
    return tuple(dict.fromkeys((*everybody, *first, *by_factor, *by_cause)))[:MOST_TOPICS]
