"""The types of compiled knowledge: frozen, pure, and the only shape that run time sees.

`knowledge.compile` makes them from the content files, `knowledge.artefact` reads them back. All
probabilities are fractions; all bands are given by their upper bounds, the last one open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kneewise.knowledge.types_anatomy import Anatomy, AnatomyWords
from kneewise.knowledge.types_base import CARE_LEVELS as CARE_LEVELS
from kneewise.knowledge.types_base import GATES as GATES
from kneewise.knowledge.types_base import Basis as Basis
from kneewise.knowledge.types_base import CareLevel as CareLevel
from kneewise.knowledge.types_base import Expression as Expression
from kneewise.knowledge.types_base import Figure as Figure
from kneewise.knowledge.types_base import Gate as Gate
from kneewise.knowledge.types_base import State as State
from kneewise.knowledge.types_base import care_rank as care_rank
from kneewise.knowledge.types_measures import Instrument, InstrumentWords, Measure, MeasureWords
from kneewise.knowledge.types_mechanics import Mechanics
from kneewise.knowledge.types_training import CheckIn, Course, Criterion, DoseScheme, Goal, PainRule


@dataclass(frozen=True)
class Source:
    """One citation."""

    id: str
    citation: str
    doi: str
    pmid: str
    status: str


@dataclass(frozen=True)
class AnswerError:
    """How often answers of a kind are wrong."""

    false_positive: float
    false_negative: float


@dataclass(frozen=True)
class Scales:
    """Bands, answer errors and the numbers that govern the ranking."""

    age_bands: tuple[int, ...]
    duration_bands_days: tuple[float, ...]
    pain_bands: tuple[float, ...]
    baseline_age: tuple[float, ...]
    baseline_male: float
    baseline_duration: tuple[float, ...]
    baseline_pain: tuple[float, ...]
    answer_errors: dict[str, AnswerError]
    ratio_cap: float
    group_correlation: float
    something_else: Figure
    posterior_places: tuple[str, ...]
    other_places: tuple[str, ...]
    unplaced: tuple[str, ...]


@dataclass(frozen=True)
class Alias:
    """Another id under which a finding may be given; values are multiplied by `factor`."""

    id: str
    finding: str
    factor: float


@dataclass(frozen=True)
class Finding:
    """What can be asked, tested or measured."""

    id: str
    topic: str
    kind: Literal["yes_no", "quantity", "derived"]
    who: Literal["person", "home_test", "clinician", "derived"]
    screens: Literal["", "danger", "risk"]
    sided: bool
    group: str
    answer_error: str
    baseline: float
    unit: str
    minimum: float
    maximum: float
    implies: tuple[str, ...]
    excludes: tuple[str, ...]
    opposite: str
    sex: Literal["", "female", "male"]
    min_age: float
    max_age: float
    only_after: Expression | None
    derived_from: Expression | None


@dataclass(frozen=True)
class Derivation:
    """A finding that is settled by others when they are known."""

    finding: str
    present_if: Expression
    absent_if: Expression | None


@dataclass(frozen=True)
class Condition:
    """One cause: priors, band shares and its likelihoods (P(finding present | cause))."""

    id: str
    kind: Literal["cause", "danger"]
    group: str
    harmless: bool
    usual_care_level: CareLevel
    icd10: str
    snomed_ct: str
    prior_posterior_knee: Figure
    prior_any_knee: Figure
    age: tuple[float, ...]
    male: float
    duration: tuple[float, ...]
    pain: tuple[float, ...]
    goes_with: tuple[tuple[str, float], ...]
    likelihoods: dict[str, Figure]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ActsOn:
    """A factor's effect on a cause."""

    cause: str
    strength: Literal["strong", "weak", "disputed"]
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Factor:
    """A contributing factor, told by rules and never ranked."""

    id: str
    measured: Expression | None
    reported: Expression | None
    suspected: Expression | None
    acts_on: tuple[ActsOn, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class RedFlag:
    """One triage rule."""

    id: str
    code: str
    care_level: CareLevel
    programme: Gate
    points_to: tuple[str, ...]
    when: Expression
    if_unsure: CareLevel | Literal["nothing"]
    universal: bool
    sources: tuple[str, ...]
    decided: str


@dataclass(frozen=True)
class Page:
    """A page of the interview."""

    id: str
    screen: bool
    style: Literal["tick", "one_by_one"]
    findings: tuple[str, ...]
    at_most: int
    order: int
    only_after: Expression | None
    home_test: bool


@dataclass(frozen=True)
class Leg:
    """Angles of one leg in degrees (flexion, dorsiflexion and abduction positive)."""

    hip: float
    knee: float
    ankle: float
    hip_abduction: float


@dataclass(frozen=True)
class Arm:
    """Angles of one arm in degrees, and what its hand holds."""

    shoulder: float
    elbow: float
    abduction: float
    to: str


@dataclass(frozen=True)
class KeyPose:
    """One position of an exercise."""

    trunk: float
    working: Leg
    other: Leg
    arms: tuple[Arm, ...]
    contacts: tuple[str, ...]
    seconds: float
    label: str
    neck: float | None
    lean: float
    arrow: str


@dataclass(frozen=True)
class Prop:
    """Something in the picture."""

    kind: str
    at: str
    to: str


@dataclass(frozen=True)
class Drawing:
    """What the figure of an exercise is drawn from."""

    view: Literal["side", "front"]
    orientation: str
    poses: tuple[KeyPose, ...]
    props: tuple[Prop, ...]
    pictogram: str
    spine_share_of_hip: float
    also: str


@dataclass(frozen=True)
class Dose:
    """A prescription: sets × repetitions (or holds), rest, tempo, effort, times a week."""

    sets: int
    reps: int
    hold_seconds: float
    rest_seconds: float
    tempo: str
    effort: str
    times_per_week: tuple[int, int]
    basis: Basis
    source: tuple[str, ...]


LAST_PHASE = 99  # stands for "the last phase, whichever number it has"


@dataclass(frozen=True)
class Contraindication:
    """When an exercise must not be given."""

    causes: tuple[str, ...]
    factors: tuple[str, ...]
    when: Expression | None
    action: Literal["never", "not_before_phase", "modify"]
    phase: int
    why: str
    source: tuple[str, ...]
    basis: Basis
    if_unsure: Literal["counts", "care"] = "counts"  # care: "not sure" only asks for care


@dataclass(frozen=True)
class SharedContraindication:
    """A contraindication that many exercises have."""

    id: str
    exercises: tuple[str, ...]
    entry: Contraindication


@dataclass(frozen=True)
class Exercise:
    """One exercise."""

    id: str
    qualities: tuple[str, ...]
    type: str
    level: int
    one_leg: bool
    equipment: tuple[str, ...]
    minutes: float
    dose: Dose
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    contraindications: tuple[Contraindication, ...]
    figure: Drawing
    length_class: str
    load_class: int
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Need:
    """A quality that a phase must contain and the exercises that serve it, best first."""

    quality: str
    exercises: tuple[str, ...]
    required: bool
    dose: str = ""  # a dose scheme of its own; else the one of the exercise or the quality


@dataclass(frozen=True)
class Phase:
    """One phase of a protocol."""

    id: str
    needs: tuple[Need, ...]
    days_per_week: tuple[int, int]
    weeks: tuple[float, float]
    exit: tuple[str, ...]
    pain_allowed: tuple[int, int]


@dataclass(frozen=True)
class Protocol:
    """Criteria-based phases for a group of causes or factors."""

    id: str
    causes: tuple[str, ...]
    factors: tuple[str, ...]
    start_phase: tuple[tuple[Expression, str], ...]
    phases: tuple[Phase, ...]
    merge_rank: int  # of two protocols the one with the lower rank wins where they disagree
    after_clinician: bool  # only once a clinician has named the cause
    not_beside: tuple[str, ...]  # protocols that factors alone would add, and that this one rules out
    maintenance_days: int  # days a week afterwards, so that it does not come back
    advice: tuple[str, ...]
    avoid: tuple[str, ...]
    come_back: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """One piece of advice: for whom, and when never."""

    id: str
    kind: str
    causes: tuple[str, ...]
    groups: tuple[str, ...]
    factors: tuple[str, ...]
    red_flags: tuple[str, ...]
    care_levels: tuple[CareLevel, ...]
    when: Expression | None
    never_if: Expression | None
    order: int
    sources: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True)
class TreatmentEvidence:
    """What studies say of a treatment; `strength` is of the evidence, not of the effect."""

    causes: tuple[str, ...]
    groups: tuple[str, ...]
    effect: Literal["helps", "helps_a_little", "no_difference", "harms", "unclear"]
    strength: Literal["strong", "moderate", "weak", "none"]
    sources: tuple[str, ...]
    basis: Basis
    note: str


@dataclass(frozen=True)
class Treatment:
    """Something done against the trouble, other than an exercise."""

    id: str
    kind: str
    given_by: str
    causes: tuple[str, ...]
    groups: tuple[str, ...]
    factors: tuple[str, ...]
    not_for: tuple[str, ...]
    never_if: Expression | None
    evidence: tuple[TreatmentEvidence, ...]
    exercises: tuple[str, ...]
    see_also: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """Something worth knowing, and what it belongs to."""

    id: str
    kind: str
    order: int
    causes: tuple[str, ...]
    factors: tuple[str, ...]
    exercises: tuple[str, ...]
    treatments: tuple[str, ...]
    see_also: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class AnswerOption:
    """One answer to a question and the state it sets."""

    label: str
    state: State


@dataclass(frozen=True)
class FindingWords:
    """What a person reads about a finding."""

    id: str
    name: str
    without: str
    question: str
    tick: str
    help: str
    why: str
    answers: tuple[AnswerOption, ...]


@dataclass(frozen=True)
class ConditionWords:
    """Plain words about a cause."""

    id: str
    name: str
    clinical_name: str
    what_it_is: str
    how_it_shows: str
    tells_it_apart: str
    course: str
    course_weeks: tuple[float, float] | None
    what_helps: tuple[str, ...]
    avoid: tuple[str, ...]
    urgent_when: str
    who_treats: str


@dataclass(frozen=True)
class FactorWords:
    """Plain words about a contributing factor."""

    id: str
    name: str
    how_it_acts: str
    how_to_check: str
    evidence: str
    what_changes_it: str


@dataclass(frozen=True)
class RedFlagWords:
    """Plain words about a triage rule."""

    id: str
    name: str
    why: str
    what_to_do: str
    by_when: str
    whom_to_call: str
    what_to_say: str


@dataclass(frozen=True)
class ExerciseWords:
    """Plain words about an exercise."""

    id: str
    name: str
    what_for: str
    cues: tuple[str, ...]
    common_errors: tuple[str, ...]
    should_feel: str
    stop_if: str


@dataclass(frozen=True)
class BothSides:
    """Where the evidence and a source article part."""

    article: str
    article_says: str
    evidence_says: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class TreatmentWords:
    """Plain words about a treatment."""

    id: str
    name: str
    what_it_is: str
    what_it_does: str
    for_whom: str
    how: tuple[str, ...]
    never_when: tuple[str, ...]
    evidence: str
    ask_when: str
    both_sides: tuple[BothSides, ...]


@dataclass(frozen=True)
class Section:
    """One part of a topic."""

    heading: str
    text: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class TopicWords:
    """Plain words about a topic."""

    id: str
    title: str
    short: str
    sections: tuple[Section, ...]
    both_sides: tuple[BothSides, ...]


@dataclass(frozen=True)
class PageWords:
    """The words of an interview page."""

    id: str
    title: str
    lead: str
    why: str
    none: str


@dataclass(frozen=True)
class Phrase:
    """A keyed sentence."""

    id: str
    text: str
    more: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """All words for people in one language, by id."""

    findings: dict[str, FindingWords]
    conditions: dict[str, ConditionWords]
    factors: dict[str, FactorWords]
    red_flags: dict[str, RedFlagWords]
    exercises: dict[str, ExerciseWords]
    pages: dict[str, PageWords]
    phrases: dict[str, Phrase]
    treatments: dict[str, TreatmentWords]
    topics: dict[str, TopicWords]
    measures: dict[str, MeasureWords]
    instruments: dict[str, InstrumentWords]
    anatomy: AnatomyWords = field(default_factory=AnatomyWords)


@dataclass(frozen=True)
class LexiconEntry:
    """What people write for a finding."""

    finding: str
    says: tuple[str, ...]
    denies: tuple[str, ...]
    not_if: tuple[str, ...]


@dataclass(frozen=True)
class LexiconIndex:
    """What the reader of own words works out from all patterns once, so that a start need not.

    `needs` are distinct sets of word forms; each entry of `patterns`, in the order of the lexicon (says, then
    denies, of one entry after another), names by number the sets of each of which one form must be in a text.
    """

    needs: tuple[tuple[str, ...], ...]
    patterns: tuple[tuple[int, ...], ...]
    written: tuple[str, ...]
    stems: tuple[str, ...]
    prefixes: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """The words people use, in one language."""

    entries: tuple[LexiconEntry, ...]
    classes: dict[str, tuple[str, ...]]
    index: LexiconIndex | None = None


@dataclass(frozen=True)
class SeedItem:
    """One thing an article says: what answers it – content as (kind, id), features by name – and its test."""

    id: str
    article: str
    kind: str
    says: str
    answered_by: tuple[tuple[str, str], ...]
    features: tuple[str, ...]
    test: str


@dataclass(frozen=True)
class Knowledge:
    """Everything kneewise knows, in one value; `version` is the hash of its content."""

    version: str
    reviewed: bool
    scales: Scales
    sources: dict[str, Source]
    findings: dict[str, Finding]
    aliases: dict[str, Alias]
    derivations: tuple[Derivation, ...]
    conditions: dict[str, Condition]
    factors: dict[str, Factor]
    red_flags: tuple[RedFlag, ...]
    pages: tuple[Page, ...]
    exercises: dict[str, Exercise]
    protocols: dict[str, Protocol]
    advice: tuple[Advice, ...]
    dose_schemes: tuple[DoseScheme, ...]
    criteria: dict[str, Criterion]
    pain_rules: tuple[PainRule, ...]
    courses: tuple[Course, ...]
    check_ins: tuple[CheckIn, ...]
    goals: dict[str, Goal]
    measures: dict[str, Measure]
    instruments: dict[str, Instrument]
    treatments: dict[str, Treatment]
    topics: dict[str, Topic]
    words: dict[str, Words]
    lexicons: dict[str, Lexicon]
    seed_items: tuple[SeedItem, ...]
    features: dict[str, str]
    mechanics: Mechanics
    anatomy: Anatomy = field(default_factory=Anatomy)
    contraindications: tuple[SharedContraindication, ...] = ()


def contraindications_of(exercise: Exercise, knowledge: Knowledge) -> tuple[Contraindication, ...]:
    """Everything held against an exercise: its own, then what it shares with others."""
    shared = (one.entry for one in knowledge.contraindications if exercise.id in one.exercises)
    return (*exercise.contraindications, *shared)
