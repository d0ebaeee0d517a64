"""The shape of every content file, as pydantic models; unknown keys are refused.

A content file is read (`load`), held against its model here, cross-checked (`check`) and compiled
(`compile`) into the types of `knowledge.types`. The how-to for writing them: docs/how-to/write-content.md.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Basis = Literal["found", "recalled", "estimate"]
CareLevel = Literal["self_care", "routine", "within_days", "same_day", "emergency"]
Gate = Literal["allowed", "relative_rest", "none"]
Probability = Annotated[float, Field(gt=0.0, lt=1.0)]
LikelihoodWord = Literal["nearly_always", "usually", "often", "sometimes", "seldom", "rarely", "almost_never"]


class Model(BaseModel):
    """Base of all content models: strict, frozen, and closed to unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Reviewed(Model):
    """What every file says about itself; `reviewer` stays empty until a clinician signs."""

    version: str
    author: str
    reviewer: str = ""
    written_on: Day
    reviewed_on: str = ""
    review_due: str = ""

    @model_validator(mode="after")
    def _review_is_whole(self) -> Reviewed:
        if bool(self.reviewer) != bool(self.reviewed_on):
            raise ValueError("reviewer and reviewed_on go together: give both or leave both empty")
        if self.reviewer and self.reviewer == self.author:
            raise ValueError("the reviewer must be somebody other than the author")
        return self


class Figure(Model):
    """A number with its range, basis and sources."""

    value: float
    low: float
    high: float
    basis: Basis
    source: tuple[str, ...] = ()
    note: str = ""

    @field_validator("source", mode="before")
    @classmethod
    def _one_source(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _in_order(self) -> Figure:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"the range must hold the value: {self.low} <= {self.value} <= {self.high}")
        if self.basis != "estimate" and not self.source:
            raise ValueError(f"basis {self.basis!r} needs a source; without one it is an estimate")
        return self


class ProbabilityFigure(Figure):
    """A figure that is a probability, never 0 or 1."""

    value: Probability
    low: Probability
    high: Probability


# --- sources and scales --------------------------------------------------------------------------


class Source(Model):
    """One paper, guideline or article; cite the original, never the mirror where it was read."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]
    citation: str
    doi: str = ""
    pmid: str = ""
    status: Literal["found", "recalled", "article"]
    read: str = ""


class SourceFile(Model):
    """content/sources/*.yaml."""

    version: str
    written_on: Day
    sources: tuple[Source, ...]


class AnswerError(Model):
    """How often an answer of this kind is wrong: P(said | not so), P(not said | so)."""

    false_positive: Figure
    false_negative: Figure


class Scales(Reviewed):
    """content/scales.yaml: the meaning of the likelihood words, bands, groups and answer errors."""

    likelihood_words: dict[LikelihoodWord, ProbabilityFigure]
    age_bands: tuple[int, ...]
    duration_bands_days: tuple[float, ...]
    pain_bands: tuple[float, ...]
    baseline_age: tuple[float, ...]
    baseline_male: float
    baseline_duration: tuple[float, ...]
    baseline_pain: tuple[float, ...]
    answer_errors: dict[str, AnswerError]
    ratio_cap: float
    group_correlation: Figure
    something_else: ProbabilityFigure
    posterior_places: tuple[Id, ...]
    other_places: tuple[Id, ...]
    unplaced: tuple[Id, ...]
    missing_cell: Literal["baseline"]


# --- rules ---------------------------------------------------------------------------------------

# An expression is a finding id (present), or one of the mappings below. It has no negation.
Comparison = Literal["at_least", "at_most", "over", "under"]


class Measure(Model):
    """A quantity compared with a number in the finding's own unit."""

    measure: Id
    at_least: float | None = None
    at_most: float | None = None
    over: float | None = None
    under: float | None = None

    @model_validator(mode="after")
    def _one_comparison(self) -> Measure:
        given = [k for k in ("at_least", "at_most", "over", "under") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of at_least, at_most, over, under; found {given or 'none'}")
        return self


class AllOf(Model):
    """All parts hold."""

    all: tuple[Expression, ...] = Field(min_length=1)


class AnyOf(Model):
    """At least one part holds."""

    any: tuple[Expression, ...] = Field(min_length=1)


class AtLeast(Model):
    """At least k of the parts hold."""

    at_least: int = Field(ge=1)
    of: tuple[Expression, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _reachable(self) -> AtLeast:
        if self.at_least > len(self.of):
            raise ValueError(f"at_least {self.at_least} of {len(self.of)} parts can never hold")
        return self


def _expression(value: Any) -> Any:
    """Pick the model by its key, so that an error names one place and not five."""
    if isinstance(value, dict):
        for key, model in (("all", AllOf), ("any", AnyOf), ("of", AtLeast), ("measure", Measure)):
            if key in value:
                return model.model_validate(value)
        raise ValueError("an expression is a finding id or a mapping with all, any, at_least/of or measure")
    return value


Expression = Annotated[Id | AllOf | AnyOf | AtLeast | Measure, BeforeValidator(_expression)]
AllOf.model_rebuild()
AnyOf.model_rebuild()
AtLeast.model_rebuild()


class RedFlag(Model):
    """One triage rule. `decided` says how what the source prose left open was settled."""

    id: Id
    code: Annotated[str, Field(pattern=r"^(E|U|S|M)\d{2}[a-z]?$")]
    care_level: CareLevel
    programme: Gate = "none"
    points_to: tuple[Id, ...] = ()
    when: Expression
    if_unsure: Literal["nothing", "routine", "within_days", "same_day", "emergency"]
    universal: bool = True
    sources: tuple[str, ...] = Field(min_length=1)
    basis: Basis
    decided: str
    hazards: tuple[str, ...] = ()


class RedFlagFile(Reviewed):
    """content/red_flags/*.yaml."""

    red_flags: tuple[RedFlag, ...]


# --- findings ------------------------------------------------------------------------------------


class Alias(Model):
    """An older or foreign id; a value under it is in `unit` and multiplied by `factor`."""

    id: Id
    unit: str = ""
    factor: float = 1.0


class Applies(Model):
    """Whom a question can concern; an unknown age or sex keeps it open."""

    sex: Literal["female", "male"] | None = None
    min_age: float | None = None
    max_age: float | None = None
    only_after: Expression | None = None


class Finding(Model):
    """What can be asked, tested or measured."""

    id: Id
    kind: Literal["yes_no", "quantity", "derived"]
    aliases: tuple[Alias, ...] = ()
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    derived_from: Expression | None = None
    who: Literal["person", "home_test", "clinician", "derived"] = "person"
    screens: Literal["danger", "risk"] | None = None
    sided: bool = False
    group: Id | None = None
    answer_error: str = "self_report"
    baseline: ProbabilityFigure | LikelihoodWord | None = None
    implies: tuple[Id, ...] = ()
    excludes: tuple[Id, ...] = ()
    covers: tuple[Id, ...] = ()
    opposite: Id | None = None
    applies: Applies = Applies()
    seeds: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Finding:
        if self.kind == "quantity" and (not self.unit or self.minimum is None or self.maximum is None):
            raise ValueError("a quantity needs unit, minimum and maximum")
        if (self.kind == "derived") != (self.derived_from is not None):
            raise ValueError("derived_from goes with kind: derived, and only with it")
        if self.kind == "yes_no" and self.baseline is None:
            raise ValueError("a yes_no finding needs a baseline")
        return self


class FindingFile(Reviewed):
    """content/findings/<topic>.yaml; the file name is the topic."""

    findings: tuple[Finding, ...]


class Derivation(Model):
    """A yes-or-no finding that a quantity (or other findings) settles when it is known."""

    finding: Id
    present_if: Expression
    absent_if: Expression | None = None
    note: str = ""


class Derivations(Reviewed):
    """content/findings/derivations.yaml."""

    derivations: tuple[Derivation, ...]


# --- conditions and factors ----------------------------------------------------------------------

Cell = LikelihoodWord | ProbabilityFigure


class Shares(Model):
    """How one condition's cases spread over bands (they sum to 1)."""

    shares: tuple[Annotated[float, Field(ge=0.0)], ...]
    basis: Basis = "estimate"
    source: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sum(self) -> Shares:
        if abs(sum(self.shares) - 1) > 0.011:
            raise ValueError(f"the shares must sum to 1, not {sum(self.shares):.3f}")
        return self


class GoesWith(Model):
    """Another condition that this one is often found together with: P(other | this)."""

    id: Id
    probability: ProbabilityFigure


class Priors(Model):
    """Share of presenters whose cause this is, in two settings."""

    posterior_knee: ProbabilityFigure
    any_knee: ProbabilityFigure


class Codes(Model):
    """Classification codes; SNOMED CT only where the International Patient Set is free to name it."""

    icd10: str = ""
    snomed_ct: str = ""


class Condition(Reviewed):
    """content/conditions/<id>.yaml: one cause, its likelihoods and what it goes with."""

    id: Id
    kind: Literal["cause", "danger"]
    group: Literal[
        "muscle", "tendon", "joint", "ligament", "bone", "nerve", "referred", "vessel", "infection",
        "tumour", "inflammation", "skin", "unspecific",
    ]  # fmt: skip
    codes: Codes = Codes()
    usual_care_level: CareLevel
    priors: Priors
    age: Shares
    male: ProbabilityFigure
    duration: Shares
    pain: Shares
    goes_with: tuple[GoesWith, ...] = ()
    likelihoods: dict[Id, Cell]
    harmless: bool
    sources: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    note: str = ""


class ActsOn(Model):
    """A factor's effect on a cause, and how good the evidence is."""

    cause: Id
    strength: Literal["strong", "weak", "disputed"]
    note: str = ""
    sources: tuple[str, ...] = ()


class Factor(Reviewed):
    """content/factors/<id>.yaml: a contributing factor, told by rules, never ranked."""

    id: Id
    measured: Expression | None = None
    reported: Expression | None = None
    suspected: Expression | None = None
    acts_on: tuple[ActsOn, ...] = ()
    sources: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    note: str = ""


# --- interview -----------------------------------------------------------------------------------


class Page(Model):
    """A page of the interview: findings of one topic asked together."""

    id: Id
    screen: bool = False
    style: Literal["tick", "one_by_one"] = "tick"
    findings: tuple[Id, ...] = Field(min_length=1)
    at_most: int = Field(default=6, ge=1)
    order: int
    only_after: Expression | None = None
    home_test: bool = False


class Interview(Reviewed):
    """content/interview.yaml."""

    pages: tuple[Page, ...]


# --- exercises and protocols ---------------------------------------------------------------------


class Side(Model):
    """Angles of one leg in degrees: flexion and dorsiflexion positive, 0 straight or neutral."""

    hip: float
    knee: float
    ankle: float = 0.0
    hip_abduction: float = 0.0


class Arm(Model):
    """Angles of one arm: shoulder flexion (0 hanging along the trunk), abduction, elbow; what it holds."""

    shoulder: float = 0.0
    elbow: float = 0.0
    abduction: float = 0.0
    to: str = ""


class KeyPose(Model):
    """One held position. `trunk` is from the vertical, forward +; supine -90, prone +90."""

    trunk: float
    working: Side
    other: Side
    arms: tuple[Arm, ...] = (Arm(), Arm())
    contacts: tuple[str, ...]
    seconds: float = 1.0
    label: str = ""
    neck: float | None = None
    lean: float = 0.0
    arrow: str = ""


class Prop(Model):
    """Something in the picture: a wall, a chair, a band between two points."""

    kind: Literal[
        "mat", "chair", "bench", "wall", "box", "strap", "band", "ball", "slider", "roller", "towel",
        "weight", "stick", "partner", "bike", "step", "pillow",
    ]  # fmt: skip
    at: str = ""
    to: str = ""


class Figure2D(Model):
    """The drawn figure of an exercise: key poses in a view, with props; or a pictogram."""

    view: Literal["side", "front"] = "side"
    orientation: Literal[
        "standing", "supine", "prone", "kneeling", "seated", "long_sitting", "side_lying", "other"
    ]
    poses: tuple[KeyPose, ...] = ()
    props: tuple[Prop, ...] = ()
    pictogram: (
        Literal[
            "walking", "cycling", "swimming", "running", "yoga", "water_walking", "massage", "warm_up",
            "run_walk", "strides", "sprint", "turning",
        ]
        | None
    ) = None  # fmt: skip
    spine_share_of_hip: float = Field(default=0.0, ge=0.0, le=1.0)
    also: Literal["", "side", "above"] = ""

    @model_validator(mode="after")
    def _drawable(self) -> Figure2D:
        if not self.poses and not self.pictogram:
            raise ValueError("give poses or a pictogram")
        return self


class Dose(Model):
    """One prescription. For holds, reps are holds of `hold_seconds`; for cardio, seconds of work."""

    sets: int = Field(ge=1)
    reps: int = Field(ge=1)
    hold_seconds: float = Field(ge=0)
    rest_seconds: float = Field(ge=0)
    tempo: str
    effort: str
    times_per_week: tuple[int, int]
    basis: Basis
    source: tuple[str, ...] = ()


class Contraindication(Model):
    """When this exercise must not be given. `when` speaks of findings; `causes` and `groups` of causes."""

    causes: tuple[Id, ...] = ()
    factors: tuple[Id, ...] = ()
    when: Expression | None = None
    action: Literal["never", "not_before_phase", "modify"]
    phase: int | Literal["last"] | None = None
    if_unsure: Literal["counts", "care"] = "counts"  # care: "not sure" only asks for care
    why: str
    source: tuple[str, ...] = ()
    basis: Basis = "estimate"

    @model_validator(mode="after")
    def _says_when(self) -> Contraindication:
        if not (self.causes or self.factors or self.when):
            raise ValueError("say when: causes, factors or an expression")
        if (self.action == "not_before_phase") != (self.phase is not None):
            raise ValueError("phase goes with action: not_before_phase")
        return self


class SharedContraindication(Contraindication):
    """One that many exercises have. `on` names groups of the file, exercises, or `all`."""

    id: Id
    on: tuple[str, ...] = Field(min_length=1)
    spare: tuple[Id, ...] = ()


class ContraindicationFile(Reviewed):
    """content/contraindications.yaml: groups of exercises, and who is not given them."""

    groups: dict[Id, tuple[Id, ...]]
    entries: tuple[SharedContraindication, ...]


Quality = Literal[
    "isometric_hamstring", "hamstring_strength_short", "hamstring_strength_long", "eccentric_hamstring",
    "quadriceps_strength", "hip_strength", "calf_strength", "trunk", "balance", "hamstring_length",
    "calf_length", "hip_length", "quadriceps_length", "mobility", "nerve_mobility", "aerobic", "warm_up",
    "running", "power", "comfort",
]  # fmt: skip


class Exercise(Reviewed):
    """content/exercises/<id>.yaml."""

    id: Id
    qualities: tuple[Quality, ...] = Field(min_length=1)
    type: Literal[
        "isometric", "concentric", "eccentric", "stretch", "mobility", "warm_up", "cardio", "comfort"
    ]
    level: int = Field(ge=1, le=5)
    one_leg: bool = False
    equipment: tuple[str, ...] = ()
    minutes: float = Field(gt=0)
    dose: Dose
    easier: tuple[Id, ...] = ()
    harder: tuple[Id, ...] = ()
    contraindications: tuple[Contraindication, ...] = ()
    figure: Figure2D
    length_class: Literal["short", "neutral", "mid", "long", "very_long"] | None = None
    load_class: int = Field(default=1, ge=1, le=5)
    sources: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    basis: str = "estimate"


class Need(Model):
    """A quality a phase must contain, with the exercises that serve it in order of preference."""

    quality: Quality
    exercises: tuple[Id, ...] = Field(min_length=1)
    required: bool = True
    dose: Id | None = None  # a dose scheme of its own


class ExitCriterion(Model):
    """Something that must hold before the next phase: an id of criteria.yaml, words under the same id."""

    id: Id
    measure: Id | None = None


class Phase(Model):
    """One phase of a protocol."""

    id: Id
    needs: tuple[Need, ...]
    days_per_week: tuple[int, int]
    weeks: tuple[float, float]
    exit: tuple[ExitCriterion, ...] = ()
    pain_allowed: tuple[int, int] = (2, 4)


class Protocol(Reviewed):
    """content/protocols/<id>.yaml: criteria-based phases for a group of causes."""

    id: Id
    causes: tuple[Id, ...] = ()
    factors: tuple[Id, ...] = ()
    start_phase: tuple[tuple[Expression, Id], ...] = ()
    phases: tuple[Phase, ...] = Field(min_length=1)
    merge_rank: int = Field(default=50, ge=0, le=100)  # where two disagree, the lower rank wins
    after_clinician: bool = False  # only once a clinician has named the cause
    not_beside: tuple[Id, ...] = ()  # protocols that factors alone would add, and that this one rules out
    maintenance_days: int = Field(default=2, ge=0, le=7)
    advice: tuple[Id, ...] = ()
    avoid: tuple[Id, ...] = ()
    come_back: tuple[Id, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)
    seeds: tuple[str, ...] = ()


class Advice(Model):
    """One piece of advice: for whom, when never; its words are the phrase of the same id."""

    id: Id
    kind: Literal["first_days", "meanwhile", "do", "avoid", "come_back", "medicine", "expect"]
    causes: tuple[Id, ...] = ()
    groups: tuple[str, ...] = ()
    factors: tuple[Id, ...] = ()
    red_flags: tuple[Id, ...] = ()
    care_levels: tuple[CareLevel, ...] = ()
    when: Expression | None = None
    never_if: Expression | None = None
    order: int = 50
    sources: tuple[str, ...] = Field(min_length=1)
    basis: Basis
    seeds: tuple[str, ...] = ()


class AdviceFile(Reviewed):
    """content/advice/*.yaml."""

    advice: tuple[Advice, ...]


# --- treatments and topics -----------------------------------------------------------------------


class TreatmentEvidence(Model):
    """What studies say of a treatment for some people; `strength` is of the evidence, not of the effect."""

    causes: tuple[Id, ...] = ()
    groups: tuple[str, ...] = ()
    effect: Literal["helps", "helps_a_little", "no_difference", "harms", "unclear"]
    strength: Literal["strong", "moderate", "weak", "none"]
    sources: tuple[str, ...] = ()
    basis: Basis
    note: str = ""

    @model_validator(mode="after")
    def _has_a_source(self) -> TreatmentEvidence:
        if self.basis != "estimate" and not self.sources:
            raise ValueError(f"basis {self.basis!r} needs a source; without one it is an estimate")
        return self


class Treatment(Reviewed):
    """content/treatments/<id>.yaml: something that is done against the trouble, other than an exercise.

    `causes`, `groups`, `factors` say for whom it is in question (all empty: anybody); `never_if` when it is
    forbidden, on findings; `not_for` causes for which it is wrong.
    """

    id: Id
    kind: Literal["self_care", "medicine", "hands_on", "device", "movement", "procedure", "service"]
    given_by: Literal["person", "pharmacist", "physiotherapist", "doctor", "surgeon", "therapist"]
    causes: tuple[Id, ...] = ()
    groups: tuple[str, ...] = ()
    factors: tuple[Id, ...] = ()
    not_for: tuple[Id, ...] = ()
    never_if: Expression | None = None
    evidence: tuple[TreatmentEvidence, ...] = Field(min_length=1)
    exercises: tuple[Id, ...] = ()
    see_also: tuple[Id, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)
    seeds: tuple[str, ...] = ()
    note: str = ""


class Topic(Reviewed):
    """content/topics/<id>.yaml: something worth knowing, and what it belongs to."""

    id: Id
    kind: Literal["anatomy", "how_it_hurts", "moving_well", "daily_life", "care_route", "recovery"]
    order: int = 50
    causes: tuple[Id, ...] = ()
    factors: tuple[Id, ...] = ()
    exercises: tuple[Id, ...] = ()
    treatments: tuple[Id, ...] = ()
    see_also: tuple[Id, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)
    seeds: tuple[str, ...] = ()
    note: str = ""


# --- what the articles say -----------------------------------------------------------------------

ContentKind = Literal[
    "conditions",
    "factors",
    "findings",
    "red_flags",
    "exercises",
    "protocols",
    "advice",
    "treatments",
    "topics",
]
ItemId = Annotated[str, Field(pattern=r"^[A-E]\d{2}$")]


class SeedItem(Model):
    """One thing an article says, restated; answered by the content that names it in its own `seeds`.

    `answered_by` names further content (kind/id) whose own `seeds` give only the article; `features` what
    the software does about it. `test` is the pytest node that shows it, where the file's pattern is not it.
    """

    id: ItemId
    article: str
    kind: Literal[
        "cause", "condition", "symptom", "red flag", "treatment", "exercise", "prevention", "recovery",
        "advice", "pathway", "anatomy", "daily life", "audience",
    ]  # fmt: skip
    says: str
    answered_by: tuple[Annotated[str, Field(pattern=r"^[a-z_]+/[a-z0-9_]+$")], ...] = ()
    features: tuple[Id, ...] = ()
    test: str = ""


class SeedItems(Reviewed):
    """content/seed_items.yaml: everything the articles say, what answers it, and the test that shows it."""

    test: str
    features: dict[Id, str]
    items: tuple[SeedItem, ...] = Field(min_length=1)


# --- words, by language --------------------------------------------------------------------------


class Answer(Model):
    """One answer option; it names the state it sets on the finding."""

    label: str
    state: Literal["present", "absent", "unsure"]


class FindingWords(Model):
    """What a person reads about a finding."""

    id: Id
    name: str
    without: str
    question: str
    tick: str
    help: str = ""
    why: str
    answers: tuple[Answer, ...] = ()


class FindingWordsFile(Model):
    """content/words/en/findings/<topic>.yaml."""

    version: str
    words: tuple[FindingWords, ...]


class ConditionWords(Model):
    """content/words/en/conditions/<id>.yaml: plain words about one cause."""

    id: Id
    name: str
    clinical_name: str
    what_it_is: str
    how_it_shows: str
    tells_it_apart: str
    course: str
    course_weeks: tuple[float, float] | None = None
    what_helps: tuple[str, ...]
    avoid: tuple[str, ...]
    urgent_when: str
    who_treats: str


class BothSides(Model):
    """Where the evidence and a source article part: what each says, in plain words."""

    article: str
    article_says: str
    evidence_says: str
    sources: tuple[str, ...] = Field(min_length=1)


class TreatmentWords(Model):
    """content/words/en/treatments/<id>.yaml: plain words about one treatment."""

    id: Id
    name: str
    what_it_is: str
    what_it_does: str
    for_whom: str
    how: tuple[str, ...] = Field(min_length=1)
    never_when: tuple[str, ...] = Field(min_length=1)
    evidence: str
    ask_when: str
    both_sides: tuple[BothSides, ...] = ()


class Section(Model):
    """One part of a topic: a heading, paragraphs and, where a list is clearer, points."""

    heading: str
    text: tuple[str, ...] = ()
    points: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Section:
        if not self.text and not self.points:
            raise ValueError("a section needs text or points")
        return self


class TopicWords(Model):
    """content/words/en/topics/<id>.yaml: plain words about one topic; `short` is its first paragraph."""

    id: Id
    title: str
    short: str
    sections: tuple[Section, ...] = Field(min_length=1)
    both_sides: tuple[BothSides, ...] = ()


class FactorWords(Model):
    """content/words/en/factors.yaml entries."""

    id: Id
    name: str
    how_it_acts: str
    how_to_check: str
    evidence: str
    what_changes_it: str


class RedFlagWords(Model):
    """content/words/en/red_flags.yaml entries."""

    id: Id
    name: str
    why: str
    what_to_do: str
    by_when: str
    whom_to_call: str
    what_to_say: str


class ExerciseWords(Model):
    """content/words/en/exercises.yaml entries."""

    id: Id
    name: str
    what_for: str
    cues: tuple[str, ...] = Field(min_length=2)
    common_errors: tuple[str, ...] = ()
    should_feel: str
    stop_if: str


class PageWords(Model):
    """content/words/en/pages.yaml entries."""

    id: Id
    title: str
    lead: str = ""
    why: str
    none: str = ""


class Phrase(Model):
    """A keyed sentence: advice, avoid, come back, meanwhile, criteria, care levels."""

    id: Id
    text: str
    more: str = ""
    sources: tuple[str, ...] = ()


class WordsFile(Model):
    """content/words/en/*.yaml: any of these lists."""

    version: str
    factors: tuple[FactorWords, ...] = ()
    red_flags: tuple[RedFlagWords, ...] = ()
    exercises: tuple[ExerciseWords, ...] = ()
    pages: tuple[PageWords, ...] = ()
    phrases: tuple[Phrase, ...] = ()


# --- lexicon -------------------------------------------------------------------------------------


class Entry(Model):
    """The words people use for a finding: patterns (see docs/how-to/write-content.md, "Lexicon")."""

    finding: Id
    says: tuple[str, ...] = Field(min_length=1)
    denies: tuple[str, ...] = ()
    not_if: tuple[str, ...] = ()


class LexiconFile(Model):
    """content/lexicon/en/<topic>.yaml."""

    version: str
    entries: tuple[Entry, ...]
    classes: dict[Id, tuple[str, ...]] = {}
