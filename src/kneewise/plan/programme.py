"""The programme: gate first, then the best two to six exercises, dosed, spread over the week, with reasons.

What is sought, in this order: what a clinician and the person have pinned; every quality that the phases
require, the leading protocol's first; what the person's goals call for; work for the back and the front of
the thigh, hip and calf, and for the hamstrings both shorter and longer; for each required quality the
exercise that its phase names first (or last week's); the qualities that the phases offer; then what costs
least – an exercise named early, last week's exercise, one that needs no further
question, one close to a goal. Never more than the minutes and the number that people keep up. If the required
cannot be met in time, sets are taken off, then two sessions take turns; what is still missing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kneewise.assess.triage import ADULT_AGE
from kneewise.evidence import Evidence
from kneewise.knowledge.types import Advice, Exercise, Gate, Knowledge, Need
from kneewise.plan.advise import advise
from kneewise.plan.choose import TINY, Candidate, choose
from kneewise.plan.contraindications import Person, Verdict, hold_shared, judge
from kneewise.plan.doses import (
    Prescription,
    by_hand,
    fewer_sets,
    prescribe,
    scheme_for,
    smaller,
    start_step,
)
from kneewise.plan.preferences import AT_HAND, Preferences
from kneewise.plan.schedule import WEEK, days_for
from kneewise.plan.standing import Situation, Standing
from kneewise.plan.strands import Strand, concerning, seen_first, strands_of
from kneewise.rules import Truth, evaluate

FEWEST, MOST = 2, 6
KEPT_UP = {"new": 5, "some": 6, "trained": 6}  # fewer are kept up by who is new to it (estimate)
GENTLE_LOAD = 2  # the highest load class during relative rest
GENTLE_LEVEL = 2
LEVELS = {"new": 2, "some": 3, "trained": 5}
HIGHEST_LEVEL = 5
ASK_BEFORE_LOAD = 4  # from this load class on, an open question about safety comes before the exercise
OLDER = 65
IRRITABLE = ("severe_pain", "night_pain")
VERY_SORE = 7.0
FREE_TYPES = ("cardio", "warm_up")
SMALL_TYPES = ("stretch", "mobility", "isometric")
SMALL_MINUTES = 8.0
REGIONS: dict[str, tuple[str, ...]] = {
    "back": (
        "isometric_hamstring", "hamstring_strength_short", "hamstring_strength_long", "eccentric_hamstring",
    ),
    "front": ("quadriceps_strength",),
    "hip": ("hip_strength",),
    "calf": ("calf_strength",),
}  # fmt: skip
HAMSTRING_LENGTHS = {"shorter": ("short", "neutral", "mid"), "longer": ("long", "very_long")}
ORDER_IN_SESSION = (
    "warm_up", "aerobic", "mobility", "nerve_mobility", "power", "running", "eccentric_hamstring",
    "hamstring_strength_long", "hamstring_strength_short", "isometric_hamstring", "quadriceps_strength",
    "hip_strength", "calf_strength", "trunk", "balance", "hamstring_length", "quadriceps_length",
    "hip_length", "calf_length", "comfort",
)  # fmt: skip


@dataclass(frozen=True)
class Aim:
    """One thing the set of exercises should serve; `strand` is empty for balance."""

    kind: str  # required, goal, balance, first_choice, offered
    name: str  # a quality, or a region
    strand: str
    exercises: tuple[str, ...]
    dose: str


@dataclass(frozen=True)
class Chosen:
    """An exercise in the programme: for what, how much, on which days, and why."""

    exercise: Exercise
    quality: str
    protocol: str
    prescription: Prescription
    mind: tuple[str, ...]
    days: tuple[int, ...]
    why: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    """An exercise that a phase names and this person does not get, and why.

    `because` are codes: contraindicated, early, too_hard, equipment, banned, aside, gentle_only, goal,
    no_room, ask:<finding>, criterion:<id>; `told` are the content's own sentences.
    """

    exercise: str
    because: tuple[str, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Programme:
    """A programme for this week, or none with its reason."""

    protocols: tuple[tuple[str, str], ...]
    strands: tuple[Strand, ...]
    chosen: tuple[Chosen, ...]
    advice: tuple[Advice, ...]
    avoid: tuple[str, ...]
    come_back: tuple[str, ...]
    relaxed: tuple[str, ...]
    not_given: tuple[Refused, ...]
    ask_first: tuple[
        tuple[str, tuple[str, ...]], ...
    ]  # a finding nobody asked about, and for which exercises
    warnings: tuple[tuple[str, str, str], ...]  # what, exercise, the order's reason or the content's sentence
    locked_by: tuple[str, ...] | None


def gate_of(situation: Situation, knowledge: Knowledge) -> Gate:
    """The gate of the rules, at most relative rest where the first cause has to be seen first."""
    if situation.gate == "allowed" and seen_first(situation, knowledge) is not None:
        return "relative_rest"
    return situation.gate


def needs_it_gentle(evidence: Evidence) -> bool:
    """Whether every ladder starts at its first step: very sore, pain at night, older, or pregnant."""
    pain, age = evidence.value("pain_score_0_to_10"), evidence.value("age_years")
    return (
        any(evidence.state(sign) in ("present", "unsure") for sign in IRRITABLE)
        or (pain is not None and pain >= VERY_SORE)
        or (age is not None and age > OLDER)
        or evidence.state("pregnant_or_6_weeks_postpartum") == "present"
    )


def is_small(exercise: Exercise, dose: Prescription) -> bool:
    """Whether it is gentle and short enough to have more days than the training has.

    Length and calm are gained by often: stretches on five days a week (Reid and Kim 2014), holds, glides and
    short walks daily. What is short and gentle enough for that is an estimate.
    """
    gentle = exercise.load_class <= GENTLE_LOAD and not dose.hard
    return gentle and (
        (exercise.type in SMALL_TYPES and dose.minutes <= SMALL_MINUTES)
        or (exercise.load_class == 1 and exercise.type == "cardio")
    )


def goals_of(preferences: Preferences, evidence: Evidence, knowledge: Knowledge) -> tuple[str, ...]:
    """The goals named, then those that what the person told shows."""
    shown = [
        goal.id
        for goal in knowledge.goals.values()
        if goal.shown_by is not None and evaluate(goal.shown_by, evidence).truth is Truth.HOLDS
    ]
    return tuple(dict.fromkeys((*preferences.goals, *shown)))


def warm_before_hard(chosen: Sequence[Chosen]) -> list[Chosen]:
    """The same with the warm-up on the days of what is hard, if anything is: no warm-up for its own sake."""
    hard = {day for one in chosen if one.prescription.hard for day in one.days}
    return [
        replace(one, days=kept)
        if one.quality == "warm_up" and (kept := tuple(day for day in one.days if day in hard))
        else one
        for one in chosen
    ]


class _Week:
    """Works out one week for one person: what may be given, what is sought, and the best set."""

    def __init__(
        self, situation: Situation, preferences: Preferences, knowledge: Knowledge, standing: Standing
    ) -> None:
        self.situation, self.preferences = situation, preferences
        self.knowledge, self.standing = knowledge, standing
        self.goals = goals_of(preferences, situation.evidence, knowledge)
        orders = {
            order.protocol: order.phase for order in preferences.clinician if order.protocol is not None
        }
        self.strands = strands_of(situation, standing, knowledge, self.goals, orders)
        self.gentle = situation.gate == "relative_rest" or needs_it_gentle(situation.evidence)
        self.person = Person(
            situation.evidence,
            concerning(situation),
            frozenset(situation.factors),
            self._phases(),
            min((strand.number for strand in self.strands), default=1),
            self._last(),
            all(strand.last for strand in self.strands) and bool(self.strands),
        )
        self.shared = hold_shared(knowledge.contraindications, self.person)
        self.hand = {one: dict(parts) for order in preferences.clinician for one, parts in order.dose}
        self.by_clinician = {
            one: order.reason for order in preferences.clinician for one in (*order.pin, *dict(order.dose))
        }
        self.banned = {*preferences.banned, *(one for order in preferences.clinician for one in order.ban)}
        self.pinned = {*preferences.pinned, *(one for order in preferences.clinician for one in order.pin)}
        self.refused: dict[str, Refused] = {}
        self.without_goal: set[str] = set()  # named for a goal that this person does not have
        self.left_out: set[str] = set()  # they hurt, and their easier version may not be given
        self.verdicts: dict[str, Verdict] = {}
        self.relaxed: list[str] = []
        self.warnings: list[tuple[str, str, str]] = []

    def _phases(self) -> dict[str, int]:
        """Cause to the number of the phase its protocol has reached."""
        reached: dict[str, int] = {}
        for strand in self.strands:
            for cause in strand.protocol.causes:
                reached[cause] = min(reached.get(cause, strand.number), strand.number)
        return reached

    def _last(self) -> frozenset[str]:
        """Causes all of whose protocols in use are in their last phase."""
        last = {cause for strand in self.strands if strand.last for cause in strand.protocol.causes}
        return frozenset(
            last - {cause for strand in self.strands if not strand.last for cause in strand.protocol.causes}
        )

    # --- what may be given ---------------------------------------------------------------------

    def _level(self) -> int:
        """The hardest level for this person: more as the phases go on, little where it has to be gentle."""
        came = max(max((strand.number for strand in self.strands), default=1) - 2, 0)
        level = min(LEVELS[self.preferences.experience] + came, HIGHEST_LEVEL)
        return min(level, GENTLE_LEVEL) if self.gentle and not self.standing.phases else level

    def _has(self, exercise: Exercise) -> bool:
        have = {*AT_HAND, *self.preferences.equipment}
        return self.preferences.place == "gym" or all(thing in have for thing in exercise.equipment)

    def _objections(self, exercise: Exercise, quality: str, dose: str) -> tuple[list[str], tuple[str, ...]]:
        """Codes of what stands against an exercise, and the sentences for it."""
        if exercise.id not in self.verdicts:
            shared = self.shared.get(exercise.id, ())
            self.verdicts[exercise.id] = judge(exercise, self.person, shared)
        verdict = self.verdicts[exercise.id]
        codes = [] if verdict.allowed else ["early" if verdict.early else "contraindicated"]
        if self.situation.gate == "relative_rest" and exercise.load_class > GENTLE_LOAD:
            codes.append("gentle_only")
        if exercise.id in self.banned:
            codes.append("banned")
        if exercise.id in self.standing.aside:
            codes.append("aside")
        if not self._has(exercise):
            codes.append("equipment")
        if exercise.level > self._level():
            codes.append("too_hard")
        if exercise.load_class >= ASK_BEFORE_LOAD or "power" in exercise.qualities:
            codes += [f"ask:{finding}" for finding in verdict.open]
        scheme = scheme_for(exercise, quality, dose, self.knowledge)
        if scheme is not None:
            codes += [f"criterion:{one}" for one in scheme.entry if one not in self.standing.met]
        return codes, verdict.because

    def may(self, id_: str, quality: str, dose: str) -> bool:
        """Whether an exercise may be taken; what stands against it is noted."""
        exercise = self.knowledge.exercises[id_]
        codes, told = self._objections(exercise, quality, dose)
        if codes:
            self.refused.setdefault(id_, Refused(id_, tuple(codes), told))
        return not codes

    # --- what is sought ------------------------------------------------------------------------

    def aims(self) -> list[Aim]:
        """All aims, most important first."""
        needed_for = {quality: goal for goal in self.knowledge.goals.values() for quality in goal.needs}
        called_for = {q for goal in self.goals for q in self.knowledge.goals[goal].needs}
        required: dict[str, Aim] = {}
        wished: dict[str, Aim] = {}
        offered: dict[str, Aim] = {}
        for strand in self.strands:
            for need in strand.phase.needs:
                if need.quality in needed_for and need.quality not in called_for:
                    self.without_goal.update(need.exercises)
                    continue
                kind = "required" if need.required else "goal" if need.quality in called_for else "offered"
                row = {"required": required, "goal": wished, "offered": offered}[kind]
                old = row.get(need.quality)
                exercises = self._with_versions(need)
                if old is not None:
                    row[need.quality] = replace(
                        old, exercises=tuple(dict.fromkeys((*old.exercises, *exercises)))
                    )
                else:
                    row[need.quality] = Aim(kind, need.quality, strand.protocol.id, exercises, need.dose)
        rest = [aim for aim in (*wished.values(), *offered.values()) if aim.name not in required]
        return [
            *required.values(),
            *(aim for aim in rest if aim.kind == "goal"),
            *self._balance((*required.values(), *rest), set(required)),
            *self._first_choices(required.values()),
            *(aim for aim in rest if aim.kind == "offered" and aim.name not in wished),
        ]

    def _with_versions(self, need: Need) -> tuple[str, ...]:
        """The exercises of a need, those first that following has put in the place of others.

        Where the one put in place may not be given, a harder one leaves the old where it was; an easier one
        was there because the old one hurt, so that stays out.
        """
        put, out = [], set()
        for old in need.exercises:
            new = self.standing.instead.get(old)
            if new is None:
                continue
            if self.may(new, need.quality, need.dose):
                put.append(new)
                out.add(old)
            elif new not in self.knowledge.exercises[old].harder:
                out.add(old)
                self.left_out.add(old)
        return tuple(dict.fromkeys((*put, *(one for one in need.exercises if one not in out))))

    def _first_choices(self, required: Iterable[Aim]) -> list[Aim]:
        """For each required quality the exercise that its phase names first of those this person may do.

        What is asked for by name stands in its place, so that a wish does not come on top of it; else last
        week's exercise, so that weeks do not differ without need.
        """
        wanted = []
        for aim in required:
            may = [one for one in aim.exercises if self.may(one, aim.name, aim.dose)]
            kept = [one for one in may if one in self.standing.kept]
            wished = [one for one in sorted(self.pinned) if self._wished_for(one, aim)]
            if may or wished:
                first = tuple((wished or kept or may)[:1])
                wanted.append(replace(aim, kind="first_choice", exercises=first))
        return wanted

    def _wished_for(self, id_: str, aim: Aim) -> bool:
        """Whether an exercise asked for by name serves an aim and may be given."""
        qualities = self.knowledge.exercises[id_].qualities
        return aim.name in qualities and self.may(id_, aim.name, aim.dose)

    def _balance(self, aims: Sequence[Aim], required: set[str]) -> list[Aim]:
        """The regions that the phases name, and both lengths of the hamstrings where these are required."""
        named = {aim.name for aim in aims}
        regions = [
            Aim("balance", region, "", (), "")
            for region, qualities in REGIONS.items()
            if named & set(qualities)
        ]
        lengths = [Aim("balance", length, "", (), "") for length in HAMSTRING_LENGTHS]
        return [*regions, *(lengths if required & set(REGIONS["back"]) else [])]

    def _serves(self, exercise: Exercise, aim: Aim) -> bool:
        if aim.kind != "balance":
            pinned = exercise.id in self.pinned and aim.kind != "first_choice"
            return exercise.id in aim.exercises or (pinned and aim.name in exercise.qualities)
        if aim.name in REGIONS:
            return bool(set(REGIONS[aim.name]) & set(exercise.qualities))
        trains = set(REGIONS["back"]) & set(exercise.qualities)
        return bool(trains) and exercise.length_class in HAMSTRING_LENGTHS[aim.name]

    # --- how much ------------------------------------------------------------------------------

    def prescription(self, exercise: Exercise, quality: str, dose: str) -> Prescription:
        """The step reached, else where this person starts; what a clinician has set by hand on top."""
        scheme = scheme_for(exercise, quality, dose, self.knowledge)
        start = start_step(scheme, self.preferences.experience, gentle=self.gentle)
        step = self.standing.steps.get(exercise.id, start)
        ladder = self.standing.ladders.get(exercise.id)
        if ladder is not None and scheme is not None and ladder != scheme.id:
            step = start  # a phase that doses it by another ladder begins that one
        one = prescribe(exercise, scheme, step, self.situation.side)
        if self.standing.maintaining and scheme is not None and scheme.maintenance is not None:
            # What keeps it may be the most of a ladder: only who came near does that.
            near = step >= scheme.maintenance - 1
            one = prescribe(exercise, scheme, scheme.maintenance if near else step, self.situation.side)
        if exercise.id in self.standing.smaller:
            one = smaller(one, exercise, self.situation.side)
        if self.standing.sets_off:
            one = fewer_sets(one, one.sets - self.standing.sets_off, exercise, self.situation.side)
        if exercise.id in self.hand:
            one = by_hand(one, self.hand[exercise.id], exercise, self.situation.side)
        return one

    # --- the best set --------------------------------------------------------------------------

    def pool(self, aims: Sequence[Aim]) -> dict[str, tuple[Aim, int]]:
        """Every exercise that may be taken: for which aim first, and its place in that aim's list."""
        found: dict[str, tuple[Aim, int]] = {}
        for aim in aims:
            for place, id_ in enumerate(aim.exercises):
                if id_ not in found and self.may(id_, aim.name, aim.dose):
                    found[id_] = (aim, place)
        return found

    def fixed(self, pool: dict[str, tuple[Aim, int]], aims: Sequence[Aim]) -> list[str]:
        """What clinician and person have pinned, as far as it may be given; added to the pool."""
        ordered = [(one, True) for order in self.preferences.clinician for one in order.pin]
        wished = [(one, False) for one in self.preferences.pinned]
        taken: list[str] = []
        for id_, clinician in (*ordered, *wished):
            if id_ in taken or len(taken) >= MOST:
                continue
            exercise = self.knowledge.exercises[id_]
            codes, told = self._objections(exercise, exercise.qualities[0], "")
            # Whoever pins it knows that it is hard; a clinician may also give what the phase holds back.
            borne = {"too_hard", "aside", *(("early", "equipment") if clinician else ())}
            against = [c for c in codes if c not in borne and not (clinician and c.startswith("criterion"))]
            if against:
                self.relaxed.append(f"pinned:{id_}")
                self.refused[id_] = Refused(id_, tuple(against), told)
                if clinician:
                    self.warnings.append(("refused", id_, told[0] if told else against[0]))
                continue
            if clinician and codes:
                self.warnings.append(("early", id_, told[0] if told else codes[0]))
            self.refused.pop(id_, None)
            aim = next((aim for aim in aims if self._serves(exercise, aim) and aim.strand), None)
            quality = aim.name if aim else exercise.qualities[0]
            pool[id_] = (aim or Aim("pinned", quality, "pinned", (id_,), ""), 0)
            taken.append(id_)
        return taken

    def _cost(self, id_: str, place: int) -> int:
        favoured = {one for goal in self.goals for one in self.knowledge.goals[goal].favours}
        new = bool(self.standing.kept) and id_ not in self.standing.kept
        open_ = bool(self.verdicts[id_].open)
        return 4 * place + 6 * new + 3 * open_ + (1 if favoured and id_ not in favoured else 0)

    def _candidates(
        self, pool: Mapping[str, tuple[Aim, int]], aims: Sequence[Aim], most_sets: int | None
    ) -> tuple[list[Candidate], dict[str, Prescription]]:
        candidates, doses = [], {}
        for id_, (aim, place) in sorted(pool.items()):
            exercise = self.knowledge.exercises[id_]
            dose = self.prescription(exercise, aim.name, aim.dose)
            if most_sets is not None and id_ not in self.hand:
                dose = fewer_sets(dose, most_sets, exercise, self.situation.side)
            doses[id_] = dose
            serves = frozenset(i for i, one in enumerate(aims) if self._serves(exercise, one))
            minutes = 0.0 if exercise.type in FREE_TYPES else dose.minutes
            candidates.append(Candidate(id_, serves, minutes, self._cost(id_, place)))
        return candidates, doses

    def best(
        self, pool: Mapping[str, tuple[Aim, int]], aims: Sequence[Aim], fixed: Sequence[str]
    ) -> tuple[tuple[str, ...], dict[str, Prescription], bool]:
        """The best set with its doses, and whether two sessions take turns.

        Full doses if they serve every required aim that any dose would; else two sets, one set, then two
        sessions in turn.
        """
        most = max(KEPT_UP[self.preferences.experience], len(fixed))
        required = [i for i, aim in enumerate(aims) if aim.kind == "required"]
        ways: list[tuple[str, int | None, int]] = [("", None, 1), ("fewer_sets", 2, 1), ("one_set", 1, 1)]
        if self.preferences.days >= 2:
            ways += [("alternating", 2, 2)]
        found = []
        for rank, (name, sets, turns) in enumerate(ways):
            candidates, doses = self._candidates(pool, aims, sets)
            ids = choose(candidates, len(aims), self.preferences.minutes * turns, most, fixed)
            members = [one for one in candidates if one.id in ids]
            served = frozenset().union(*(one.serves for one in members)) if members else frozenset()
            missing = tuple(aim not in served for aim in required)
            found.append((missing, rank, name, ids, doses, turns > 1))
            if not any(missing):
                break
        _, _, name, ids, doses, turns_ = min(found, key=lambda row: row[:2])
        if name:
            self.relaxed.append(name)
        if not ids and pool:
            candidates, doses = self._candidates(pool, aims, 1)
            ids = choose(candidates, len(aims), float("inf"), 1, ())
            self.relaxed.append("more_minutes")
        return ids, doses, turns_

    def week(self) -> tuple[tuple[Chosen, ...], list[Aim]]:
        """The chosen exercises in the order of a session."""
        aims = self.aims()
        pool = self.pool(aims)
        fixed = self.fixed(pool, aims)
        if len(fixed) > MOST:
            fixed = fixed[:MOST]
        ids, doses, in_turn = self.best(pool, aims, fixed)
        parts = self._turns(ids, doses) if in_turn else {}
        chosen = [self._chosen(id_, pool[id_][0], doses[id_], parts.get(id_), fixed) for id_ in ids]
        chosen = warm_before_hard(chosen)
        chosen.sort(key=lambda one: (ORDER_IN_SESSION.index(one.quality), one.exercise.id))
        self._say_what_is_missing(chosen, aims, pool)
        return tuple(chosen), aims

    def _say_what_is_missing(
        self, chosen: Sequence[Chosen], aims: Sequence[Aim], pool: Mapping[str, tuple[Aim, int]]
    ) -> None:
        """Required qualities that nothing serves, exercises there is no room for, and a session too long."""
        for aim in aims:
            if not aim.strand or any(self._serves(one.exercise, aim) for one in chosen):
                continue
            if aim.kind == "required":
                self.relaxed.append(f"{aim.strand}:{aim.name}")
            # Another phase may offer more for the same quality than the one that requires it.
            named = {
                id_: need.dose
                for strand in self.strands
                for need in strand.phase.needs
                if need.quality == aim.name
                for id_ in need.exercises
            }
            for id_ in dict.fromkeys((*aim.exercises, *named)):
                if self.may(id_, aim.name, named.get(id_, aim.dose)):
                    self.refused.setdefault(id_, Refused(id_, ("no_room",)))
        for id_ in self.left_out - set(pool):
            self.refused.setdefault(id_, Refused(id_, ("aside",)))
        for id_ in self.without_goal - set(pool):
            self.refused.setdefault(id_, Refused(id_, ("goal",)))
        spent = [0.0] * (WEEK + 1)
        for one in chosen:
            for day in one.days:
                spent[day] += 0.0 if one.exercise.type in FREE_TYPES else one.prescription.minutes
        if max(spent) > self.preferences.minutes + TINY:
            self.relaxed.append("more_minutes")

    def _turns(self, ids: Sequence[str], doses: Mapping[str, Prescription]) -> dict[str, int]:
        """Two sessions as even as can be: the longest exercise first, each to the shorter session."""
        load = [0.0, 0.0]
        parts: dict[str, int] = {}
        for id_ in sorted(ids, key=lambda one: (-doses[one].minutes, one)):
            if self.knowledge.exercises[id_].type in FREE_TYPES:
                continue
            part = 0 if load[0] <= load[1] else 1
            parts[id_] = part
            load[part] += doses[id_].minutes
        return parts

    def _chosen(
        self, id_: str, aim: Aim, dose: Prescription, part: int | None, fixed: Sequence[str]
    ) -> Chosen:
        exercise = self.knowledge.exercises[id_]
        strand = next((one for one in self.strands if one.protocol.id == aim.strand), None)
        why = [f"quality:{aim.name}", f"protocol:{aim.strand}"]
        if strand is not None:
            # A factor says the same as its cause, so it is named only where there is no cause.
            causes = [one for one in strand.because if one in self.knowledge.conditions]
            why += [f"phase:{strand.phase.id}", *(f"for:{one}" for one in causes or strand.because)]
        why += [f"goal:{goal}" for goal in self.goals if id_ in self.knowledge.goals[goal].favours]
        if id_ in self.by_clinician:
            why.append(f"clinician:{self.by_clinician[id_]}")
        elif id_ in fixed:
            why.append("wished")
        why.append(f"dose:{self._dose_reason(id_, dose)}")
        why += [f"in_place_of:{old}" for old, new in sorted(self.standing.instead.items()) if new == id_]
        mind = self.verdicts[id_].mind
        why += [f"mind:{sentence}" for sentence in mind]
        small = is_small(exercise, dose)
        days = days_for(dose.times_per_week, dose.hard, self.preferences.days, part, small=small)
        if len(days) > self.preferences.days:
            why.append(f"own_days:{len(days)}")
        return Chosen(exercise, aim.name, aim.strand, dose, mind, days, tuple(why))

    def _dose_reason(self, id_: str, dose: Prescription) -> str:
        if id_ in self.hand:
            return "by_hand"
        if id_ in self.standing.steps:
            return "earned"
        return "gentle" if self.gentle else f"start_{self.preferences.experience}"

    def open_questions(self, chosen: Sequence[Chosen]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What would forbid a chosen or a withheld exercise and nobody has asked, with the exercises."""
        asks: dict[str, list[str]] = {}
        for one in chosen:
            for finding in self.verdicts[one.exercise.id].open:
                asks.setdefault(finding, []).append(one.exercise.id)
        for refused in self.refused.values():
            if all(code.startswith("ask:") for code in refused.because):
                for code in refused.because:
                    asks.setdefault(code.removeprefix("ask:"), []).append(refused.exercise)
        return tuple((finding, tuple(dict.fromkeys(ids))) for finding, ids in asks.items())


def _unique(groups: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry for group in groups for entry in group))


def _come_back(strands: Sequence[Strand], advice: Sequence[Advice]) -> tuple[str, ...]:
    told = [piece.id for piece in advice if piece.kind == "come_back"]
    return _unique([*(strand.protocol.come_back for strand in strands), told])


def _locked(
    situation: Situation,
    knowledge: Knowledge,
    strands: Sequence[Strand],
    why: Sequence[str],
    relaxed: Sequence[str],
) -> Programme:
    advice = advise(situation, knowledge, locked=True)
    return Programme(
        (), (), (), tuple(p for p in advice if p.kind != "come_back"), (), _come_back(strands, advice),
        tuple(relaxed), (), (), (), tuple(why),
    )  # fmt: skip


def _why_locked(situation: Situation) -> tuple[str, ...]:
    age = situation.evidence.value("age_years")
    if age is not None and age < ADULT_AGE and not situation.red_flags:
        return ("under_16",)
    return situation.red_flags or ("screen_incomplete",)


def build(
    situation: Situation, preferences: Preferences, knowledge: Knowledge, standing: Standing | None = None
) -> Programme:
    """The programme for this person now; none, with its reason, where the gate is shut."""
    situation = replace(situation, gate=gate_of(situation, knowledge))
    week = _Week(situation, preferences, knowledge, standing or Standing())
    if situation.gate == "none":
        return _locked(situation, knowledge, week.strands, _why_locked(situation), ())
    chosen, _aims = week.week()
    if not chosen:
        return _locked(situation, knowledge, week.strands, ("nothing_fits",), week.relaxed)
    taken = {one.exercise.id for one in chosen}
    advice = advise(situation, knowledge, locked=False)
    return Programme(
        protocols=tuple((strand.protocol.id, strand.phase.id) for strand in week.strands),
        strands=week.strands,
        chosen=chosen,
        advice=tuple(piece for piece in advice if piece.kind != "come_back"),
        avoid=_unique([strand.protocol.avoid for strand in week.strands]),
        come_back=_come_back(week.strands, advice),
        relaxed=tuple(dict.fromkeys(week.relaxed)),
        not_given=tuple(one for id_, one in sorted(week.refused.items()) if id_ not in taken),
        ask_first=week.open_questions(chosen),
        warnings=tuple(week.warnings),
        locked_by=None,
    )


def named_for(
    situation: Situation,
    preferences: Preferences,
    knowledge: Knowledge,
    standing: Standing | None,
    quality: str,
) -> tuple[str, ...]:
    """The exercises that this person's phases name for a quality, best first."""
    week = _Week(situation, preferences, knowledge, standing or Standing())
    return _unique(
        [need.exercises for strand in week.strands for need in strand.phase.needs if need.quality == quality]
    )


def objections_to(
    situation: Situation,
    preferences: Preferences,
    knowledge: Knowledge,
    standing: Standing | None,
    wanted: Mapping[str, str],
) -> dict[str, Refused]:
    """What stands against exercises (id to the quality they are wanted for) for this person now.

    Exercises that nothing stands against are left out.
    """
    situation = replace(situation, gate=gate_of(situation, knowledge))
    week = _Week(situation, preferences, knowledge, standing or Standing())
    return {id_: week.refused[id_] for id_, quality in wanted.items() if not week.may(id_, quality, "")}


def first_programme(situation: Situation, preferences: Preferences, knowledge: Knowledge) -> Programme:
    """The programme of somebody who starts."""
    return build(situation, preferences, knowledge)


def harder_version(
    situation: Situation,
    preferences: Preferences,
    knowledge: Knowledge,
    standing: Standing,
    one: Chosen,
    *,
    harder: bool,
) -> str | None:
    """The nearest harder (or easier) exercise that the same need names and this person may do now.

    Harder or easier by level, then load class; nothing that the phase does not name is ever taken.
    """
    situation = replace(situation, gate=gate_of(situation, knowledge))
    week = _Week(situation, preferences, knowledge, standing)

    def difficulty(id_: str) -> tuple[int, int]:
        return knowledge.exercises[id_].level, knowledge.exercises[id_].load_class

    now = difficulty(one.exercise.id)
    taken = {*standing.kept, one.exercise.id}
    found = [
        id_
        for aim in week.aims()
        if aim.name == one.quality and aim.kind != "balance"
        for id_ in aim.exercises
        if id_ not in taken
        and (difficulty(id_) > now if harder else difficulty(id_) < now)
        and week.may(id_, aim.name, aim.dose)
    ]
    if not found:
        return None
    pick = min if harder else max
    return pick(dict.fromkeys(found), key=lambda id_: (difficulty(id_), id_))
