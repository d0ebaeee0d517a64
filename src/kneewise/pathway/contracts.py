"""The contracts that others build on, as typed dictionaries; `kneewise schema NAME` prints them.

A change here is a changelog entry of type *contract*. All ids are those of the knowledge; all chances are
fractions strictly between 0 and 1, rounded to 4 places; all dates are year-month-day.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

CareLevel = Literal["self_care", "routine", "within_days", "same_day", "emergency"]
Gate = Literal["allowed", "relative_rest", "none"]
State = Literal["present", "absent", "unsure"]
SideName = Literal["left", "right", "both"]


class PersonContract(TypedDict, total=False):
    """Who it is about; a key left out is unknown."""

    age: float
    sex: Literal["female", "male"]
    pregnant: bool
    country: str


# "from" and "for" are Python's own words, so these use the functional form.
EvidenceItem = TypedDict(
    "EvidenceItem",
    {
        "id": str,
        "state": NotRequired[State],
        "value": NotRequired[float],
        "unit": NotRequired[str],
        "side": NotRequired[SideName],
        "on": NotRequired[str],
        "method": NotRequired[str],
        "from": NotRequired[Literal["asked", "text", "measured", "examined", "imported"]],
    },
)


class CaseContract(TypedDict, total=False):
    """One sitting's input; all keys optional, unknown keys refused."""

    id: str
    on: str
    person: PersonContract
    respondent: Literal["self", "carer", "clinician"]
    side: SideName
    text: str
    evidence: list[EvidenceItem]


class RedFlagContract(TypedDict):
    """A rule that fired."""

    id: str
    care_level: CareLevel
    because: list[str]
    points_to: list[str]
    sources: list[str]


class UndecidedContract(TypedDict):
    """A rule that could still fire, and what to ask."""

    red_flag: str
    ask: list[str]


class WeightContract(TypedDict):
    """A finding's weight for a cause in natural-log odds."""

    finding: str
    weight: float


CauseContract = TypedDict(
    "CauseContract",
    {
        "id": str,
        "name": str,
        "probability": float,
        "low": float,
        "high": float,
        "together_with": list[str],
        "for": list[WeightContract],
        "against": list[WeightContract],
    },
)


class ActsOnContract(TypedDict):
    """What a factor acts on, and how good the evidence is."""

    cause: str
    strength: Literal["strong", "weak", "disputed"]


class FactorContract(TypedDict):
    """A contributing factor."""

    id: str
    status: Literal["measured", "reported", "suspected"]
    because: list[str]
    acts_on: list[ActsOnContract]
    how_to_check: str


class UnderstoodContract(TypedDict):
    """What was read in the person's own words."""

    finding: str
    state: State
    words: str


class NextQuestionContract(TypedDict):
    """The page to show next."""

    page: str
    findings: list[str]
    why: str


class WouldChangeContract(TypedDict):
    """An answer that would change the level or the first cause, with the signs that must come with it."""

    finding: str
    state: State
    together_with: NotRequired[list[str]]
    care_level: NotRequired[CareLevel]
    first_cause: NotRequired[str]


class NotClearContract(TypedDict):
    """Why no cause stands out, and what would tell most: by the person, a home test or a clinician."""

    why: Literal["little_told", "nothing_fits", "close"]
    would_tell: list[WouldTellContract]


class WouldTellContract(TypedDict):
    """A finding that would make the causes clearer, and who can tell it."""

    finding: str
    who: Literal["person", "home_test", "clinician"]


class OutOfScopeContract(TypedDict):
    """Why this is not for kneewise; the care level still holds."""

    reason: str


class AskedContract(TypedDict):
    """A page that a scripted interview showed."""

    page: str
    findings: list[str]


class AssessmentContract(TypedDict):
    """What kneewise makes of a case."""

    id: str | None
    on: str | None
    engine_version: str
    knowledge_version: str
    care_level: CareLevel
    screen_complete: bool
    red_flags: list[RedFlagContract]
    undecided: list[UndecidedContract]
    causes: list[CauseContract]
    something_else: float
    factors: list[FactorContract]
    understood: list[UnderstoodContract]
    next_question: NextQuestionContract | None
    not_clear: NotClearContract | None
    would_change: list[WouldChangeContract]
    programme: Gate
    out_of_scope: OutOfScopeContract | None
    asked: NotRequired[list[AskedContract]]


class OrderContract(TypedDict):
    """What a clinician orders, with the reason; `dose` maps an exercise to what is set by hand."""

    by: Literal["physiotherapist", "doctor", "nurse"]
    reason: str
    on: NotRequired[str]
    pin: NotRequired[list[str]]
    ban: NotRequired[list[str]]
    dose: NotRequired[dict[str, dict[str, int]]]
    protocol: NotRequired[str]
    phase: NotRequired[str]
    pain_rule: NotRequired[str]


class PreferencesContract(TypedDict, total=False):
    """What the person wants and has; a key left out takes the default."""

    goals: list[Literal["walk", "stairs", "sit", "run", "sport", "prevent"]]
    days: int
    minutes: int
    equipment: list[str]
    place: Literal["home", "gym", "pool", "work"]
    experience: Literal["new", "some", "trained"]
    pinned: list[str]
    banned: list[str]
    clinician: list[OrderContract]


class StepContract(TypedDict):
    """The step (from 1) on its ladder of doses."""

    scheme: str
    step: int
    steps: int


class ProgrammeItem(TypedDict):
    """One exercise on one day."""

    exercise: str
    side: SideName
    sets: int
    reps: int
    hold_seconds: float
    rest_seconds: float
    tempo: str
    effort: str
    load: str
    why: list[str]
    quality: str
    protocol: str
    dose: StepContract
    minutes: float
    how: NotRequired[str]


class DayContract(TypedDict):
    """One day of the week, 1 (first day) to 7."""

    day: int
    items: list[ProgrammeItem]


class ProtocolContract(TypedDict):
    """A protocol in use and its phase."""

    id: str
    phase: str


class AdviceContract(TypedDict):
    """One piece of advice with its sources."""

    id: str
    text: str
    sources: list[str]


class LockContract(TypedDict):
    """Why there are no exercises now."""

    gate: Gate
    because: list[str]
    since: NotRequired[str]


class NotGivenContract(TypedDict):
    """An exercise that a phase names and this person does not get: codes of why, and the content's words."""

    exercise: str
    because: list[str]
    told: list[str]


class AskFirstContract(TypedDict):
    """A finding that would forbid exercises and that nobody has asked about."""

    finding: str
    exercises: list[str]


class WarningContract(TypedDict):
    """What a clinician's order runs into."""

    what: Literal["early", "refused"]
    exercise: str
    text: str


class OriginContract(TypedDict):
    """What the programme was made from: with the same knowledge it gives the same programme again."""

    case: dict[str, Any]
    preferences: PreferencesContract
    diagnosis: str | None
    nothing_hurts: bool


class ProgrammeContract(TypedDict):
    """A programme for a week, or what to do meanwhile."""

    id: str
    on: str | None
    knowledge_version: str
    assessment: dict[str, Any]
    protocols: list[ProtocolContract]
    week: list[DayContract]
    advice: list[AdviceContract]
    avoid: list[AdviceContract]
    come_back: list[AdviceContract]
    relaxed: list[str]
    not_given: list[NotGivenContract]
    ask_first: list[AskFirstContract]
    warnings: list[WarningContract]
    locked_by: LockContract | None
    origin: OriginContract
    started_on: NotRequired[str]


class ChangeContract(TypedDict):
    """One change: what, on which day, because of what (ids), and one sentence that says it."""

    what: str
    on: str
    exercise: NotRequired[str]
    because: list[str]
    phrase: str
    text: str
    more: str


class AlarmContract(TypedDict):
    """An alarm, and the day it was cleared by somebody who has seen the person."""

    id: str
    kind: Literal["lock", "contact", "answer_first"]
    on: str
    because: list[str]
    cleared_on: str | None
    care_level: NotRequired[CareLevel]
    what_to_do: NotRequired[str]


class CriterionContract(TypedDict):
    """A criterion of a phase's end: met or what is missing, and how it is known."""

    id: str
    protocol: str
    phase: str
    met: bool
    how: Literal["seen", "measured", "told", "missing", "not_known"]
    missing: str


class CourseContract(TypedDict):
    """Where the person is in the usual course: shares of the first pain, weeks left as a range."""

    id: str
    week: float
    place: Literal["too_early", "ahead", "on_track", "off_track"]
    share: float | None
    band: list[float]
    weeks_left: list[float] | None
    not_better: bool
    look_again: bool


class ReviewContract(TypedDict):
    """A programme reviewed on a day."""

    on: str
    started_on: str
    knowledge_version: str
    changes: list[ChangeContract]
    alarms: list[AlarmContract]
    ask: list[str]
    criteria: list[CriterionContract]
    measures: list[dict[str, Any]]
    course: CourseContract
    pains: list[dict[str, Any]]
    sessions: dict[str, Any]
    corrections: list[dict[str, Any]]
    programme: ProgrammeContract


class AlternativeContract(TypedDict):
    """An exercise that could take another's place, and what else would come and go."""

    exercise: str
    compared: Literal["easier", "alike", "harder"]
    also_comes: list[str]
    also_goes: list[str]


class AlternativesContract(TypedDict):
    """What could take the place of an exercise of a programme, the one that changes least first."""

    exercise: str
    instead: list[AlternativeContract]


class DoneContract(TypedDict):
    """One exercise of a session: what was done, or why not; pain and effort from 0 to 10."""

    exercise: str
    side: NotRequired[SideName]
    done: NotRequired[bool]
    sets: NotRequired[int | None]
    reps: NotRequired[int | None]
    pain_during: NotRequired[float | None]
    effort: NotRequired[float | None]
    skipped: NotRequired[str | None]


class DiaryEntryContract(TypedDict):
    """One entry of a diary. Which keys belong to which kind, `kneewise review` says where one does not.

    `becomes` of a correction is the whole entry as it should have been, or null where it is taken back.
    """

    id: str
    on: str
    kind: Literal["session", "morning", "check_in", "measurement", "clinician", "correction"]
    note: NotRequired[str | None]
    items: NotRequired[list[DoneContract]]
    pain_before: NotRequired[float | None]
    pain_after: NotRequired[float | None]
    signs: NotRequired[dict[str, bool | str | float]]
    minutes: NotRequired[float | None]
    pain: NotRequired[float | None]
    findings: NotRequired[dict[str, bool | str | float]]
    pain_worst: NotRequired[float | None]
    sleep_hours: NotRequired[float | None]
    load_minutes: NotRequired[float | None]
    criteria: NotRequired[dict[str, bool]]
    why_missed: NotRequired[str | None]
    answers: NotRequired[dict[str, Any]]
    measure: NotRequired[str]
    instrument: NotRequired[str]
    side: NotRequired[SideName | None]
    value: NotRequired[float | None]
    values: NotRequired[list[float]]
    method: NotRequired[str | None]
    unit: NotRequired[str | None]
    by: NotRequired[Literal["physiotherapist", "doctor", "nurse"]]
    seen_on: NotRequired[str]
    may_go_on: NotRequired[bool | None]
    reason: NotRequired[str | None]
    pin: NotRequired[list[str]]
    ban: NotRequired[list[str]]
    dose: NotRequired[dict[str, dict[str, int]]]
    protocol: NotRequired[str | None]
    phase: NotRequired[str | None]
    pain_rule: NotRequired[str | None]
    of: NotRequired[str]
    becomes: NotRequired[dict[str, Any] | None]


class ChanceContract(TypedDict):
    """A cause and its chance, without reasons."""

    id: str
    name: str
    probability: float
    low: float
    high: float


class WhatIfSide(TypedDict):
    """One of the two sides of a what-if: the rules that fired and the causes, likeliest first."""

    care_level: CareLevel
    red_flags: list[str]
    causes: list[ChanceContract]


class WhatIfContract(TypedDict):
    """What one sign more would change; the level of `then` is never below that of `now`."""

    finding: str
    state: Literal["present", "absent"]
    now: WhatIfSide
    then: WhatIfSide
    more_urgent: bool
    other_first_cause: bool
    knowledge_version: str


CONTRACTS: dict[str, Any] = {
    "case": CaseContract,
    "assessment": AssessmentContract,
    "preferences": PreferencesContract,
    "programme": ProgrammeContract,
    "diary": list[DiaryEntryContract],
    "review": ReviewContract,
    "alternatives": AlternativesContract,
    "what_if": WhatIfContract,
}
