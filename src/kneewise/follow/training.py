"""Follow a programme day by day: the diary is folded into what stands now and what changed, with reasons.

Rules of the fold, each held by a property test: nothing gets harder on amber or red, nor before the morning
after is known; one thing of an exercise at a time, at most three exercises and one hard one in seven days;
red rests an exercise and lowers it, and leaves the rest as it is; a gap lowers all; a phase ends only when
each of its criteria is met; an alarm stops everything the day it is told, and only somebody who has seen the
person opens it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise, takewhile

from kneewise.evidence import BadCase, Evidence, Known
from kneewise.follow import pain
from kneewise.follow.alarms import Alarm, Lock, Watch, Watcher
from kneewise.follow.changes import Change, Value, What, told_of
from kneewise.follow.criteria import Record, Standing, all_met, standing_of
from kneewise.follow.diary import Diary, Done, Entry
from kneewise.follow.expected import LEAST_ENTRIES, Whereabouts, course_for, whereabouts
from kneewise.follow.pain import Colour
from kneewise.follow.series import Measurement, make_measurement
from kneewise.knowledge.types import Knowledge
from kneewise.knowledge.types_training import DoseScheme, PainRule
from kneewise.plan import Preferences, Situation, build
from kneewise.plan.doses import scheme_for
from kneewise.plan.programme import Chosen, Programme, Refused, harder_version
from kneewise.plan.standing import Standing as PlanStanding
from kneewise.plan.strands import Strand, likely

REST_DAYS = 2  # after red: 24 to 48 hours
MOST_HARDER = 3  # exercises made harder in seven days, one a day …
MOST_HARD_HARDER = 1  # … of them those that need a day of recovery
WEEK = timedelta(days=7)
GAP_ONE, GAP_TWO = 7, 14  # days without a session: one step lower, two steps lower
RED_TWICE_DAYS = 7
QUIET_DAYS = 4  # after a red session nothing else gets harder either
RISING_SESSIONS = 3
NOISE = 1.0  # a point of pain is noise
LEAST_PHASE_DAYS = 3
OVER_PLAN = 1.3
SELDOM, REGULAR = 0.5, 0.75  # share of the planned sessions of two weeks
MOST_SESSIONS = 60  # in two weeks
LOAD_JUMP, LOAD_JUMP_MINUTES = 1.3, 60.0
TINY = 1e-9
UNCOUNTED = ("warm_up", "comfort")


@dataclass
class Item:
    """How far one exercise has come."""

    step: int
    since: date
    ladder: str = ""
    calm: int = 0
    resting_until: date | None = None


@dataclass(frozen=True)
class Judged:
    """A session with the colour of each exercise during it, waiting for its morning."""

    entry: Entry
    colours: dict[str, Colour]
    unknown: tuple[str, ...]
    sign: str | None


@dataclass(frozen=True)
class Outcome:
    """What stands on a day."""

    on: date
    programme: Programme
    standing: PlanStanding
    situation: Situation
    preferences: Preferences
    changes: tuple[Change, ...]
    alarms: tuple[Alarm, ...]
    criteria: tuple[tuple[str, str, tuple[Standing, ...]], ...]  # protocol, phase, criteria of its end
    course: Whereabouts
    locked: Lock | None
    measured: tuple[Measurement, ...]
    pains: tuple[tuple[date, float], ...]
    sessions: tuple[date, ...]
    planned_a_week: int
    asked: dict[str, date]
    watcher: Watcher


class Training:
    """The fold. One object follows one programme from its first day."""

    def __init__(
        self,
        situation: Situation,
        preferences: Preferences,
        knowledge: Knowledge,
        started: date,
        watch: Watch,
    ) -> None:
        self.situation, self.preferences, self.knowledge = situation, preferences, knowledge
        self.started = started
        self.watcher = Watcher(watch, situation.evidence, knowledge, started)
        self.schemes = {scheme.id: scheme for scheme in knowledge.dose_schemes}
        self.entry_criteria = {one for scheme in knowledge.dose_schemes for one in scheme.entry}
        self._measures = {one.finding: one for one in knowledge.measures.values() if one.finding} | dict(
            knowledge.measures
        )
        self.items: dict[str, Item] = {}
        self.versions: dict[tuple[str, bool], str | None] = {}
        self.ranks: dict[str, tuple[int, int]] = {}
        self.phases: dict[str, str] = {}
        self.phase_since: dict[str, date] = {}
        self.instead: dict[str, str] = {}
        self.smaller: set[str] = set()
        self.sets_off = 0
        self.maintaining = False
        self.record = Record(told=self.watcher.told)
        self.changes: list[Change] = []
        self.told_holds: dict[tuple[str, str], date] = {}
        self.alarms: list[Alarm] = []
        self.lock: Lock | None = None
        self.waiting: list[Judged] = []
        self.mornings: list[float] = []
        self.pains: list[tuple[date, float]] = []  # the worst of a day, as told in check-ins
        self.sessions_worst: list[tuple[date, float]] = []
        self.session_pains: list[float] = []
        self.sessions: list[date] = []
        self.harder: list[tuple[date, str, bool]] = []
        self.reds: list[date] = []
        self.rising = False
        self.red_or_amber = False  # of the last session judged
        self.gap = 0
        self.loads: list[tuple[date, float]] = []
        self.why_missed = ""
        self.met: frozenset[str] = frozenset()
        self.last_look = started
        self.signs_changed = False
        self.look_at_phase = True  # when something that a criterion can be read from has changed, and weekly
        self.look_at_entries = True  # once a week, and when something is measured or told about criteria
        self.chosen: dict[str, Chosen] = {}
        self.strands: tuple[Strand, ...] = ()
        self.first_rule = pain.rule_for(likely(situation), (), knowledge, self._ordered_rule())
        self._build(started, first=True)
        if self.programme.locked_by is not None and situation.red_flags:
            self.lock = Lock(started, (), situation.red_flags, new_injury=False)

    # --- the programme as it stands ------------------------------------------------------------

    def _ordered_rule(self) -> str | None:
        return next((o.pain_rule for o in reversed(self.preferences.clinician) if o.pain_rule), None)

    def standing(self, on: date) -> PlanStanding:
        """What the plan is built from."""
        return PlanStanding(
            phases=dict(self.phases),
            steps={id_: item.step for id_, item in self.items.items()},
            ladders={id_: item.ladder for id_, item in self.items.items() if item.ladder},
            kept=tuple(sorted(self.chosen)),
            aside=frozenset(
                id_ for id_, item in self.items.items() if item.resting_until and item.resting_until > on
            ),
            instead=dict(self.instead),
            smaller=frozenset(self.smaller),
            sets_off=self.sets_off,
            met=self.met,
            maintaining=self.maintaining,
        )

    def situation_now(self) -> Situation:
        """The situation with what check-ins have told since, and the gate shut while an alarm stands."""
        situation = replace(self.situation, evidence=self._evidence())
        if self.lock is None:
            return situation
        rules = tuple(rule.id for rule in self.lock.rules) or self.situation.red_flags
        return replace(situation, gate="none", red_flags=rules)

    def _evidence(self) -> Evidence:
        """The first evidence with the newest word on each sign: who limped may run once it is gone."""
        newest: dict[str, Known] = {one: Known(state) for one, (state, _) in self.watcher.told.items()}
        for id_, (answer, _) in self.record.said.items():
            finding = self.knowledge.criteria[id_].finding
            if finding and finding not in newest:
                newest[finding] = Known("absent" if answer else "present")
        return Evidence({**self.situation.evidence.known, **newest})

    def _build(self, on: date, *, first: bool = False, new_phase: bool = False) -> None:
        """Build the programme anew; resting exercises stay in the set, last week's too but in a new phase."""
        self.versions.clear()
        self.ranks.clear()
        standing = PlanStanding() if first else replace(self.standing(on), aside=frozenset())
        if new_phase:
            standing = replace(standing, kept=())
        self.programme = build(self.situation_now(), self.preferences, self.knowledge, standing)
        if self.programme.locked_by is not None:
            return
        self.chosen = {one.exercise.id: one for one in self.programme.chosen}
        self.strands = self.programme.strands
        for strand in self.strands:
            if strand.protocol.id not in self.phases:
                self.phases[strand.protocol.id] = strand.phase.id
                self.phase_since[strand.protocol.id] = on
        for id_, one in self.chosen.items():
            dose = one.prescription
            state = self.items.setdefault(id_, Item(dose.step, on, dose.scheme))
            if state.ladder != dose.scheme:
                state.step, state.ladder, state.since, state.calm = dose.step, dose.scheme, on, 0

    def _change(
        self,
        kind: What,
        day: date,
        phrase: str,
        about: str = "",
        /,
        because: Sequence[str] = (),
        **values: Value,
    ) -> None:
        if kind == "hold" and about:
            # Told once a week: that something waits is no news from session to session.
            told = self.told_holds.get((phrase, about))
            if told is not None and day - told < WEEK:
                return
            self.told_holds[phrase, about] = day
        self.changes.append(Change(kind, day, phrase, about, tuple(because), values))

    # --- one day after another -----------------------------------------------------------------

    def follow(self, diary: Diary, on: date) -> Outcome:
        """Fold the diary up to a day; the outcome on that day."""
        for correction in diary.corrections:
            phrase = "follow_correction_taken_back" if correction.taken_back else "follow_correction_kept"
            self._change(
                "correction", correction.on, phrase, because=(correction.id,), date=correction.entry_on
            )
        days: dict[date, tuple[list[Entry], list[Entry]]] = {}
        for entry in diary.entries:
            days.setdefault(entry.on, ([], []))[0].append(entry)
        for entry in diary.withdrawn:
            days.setdefault(entry.on, ([], []))[1].append(entry)
        for day in sorted(day for day in days if day <= on):
            self.day(day, *days[day])
        return self.outcome(on)

    def day(self, on: date, entries: Sequence[Entry], withdrawn: Sequence[Entry] = ()) -> None:
        """Take in one day; days come in order.

        What was taken back still counts for alarms: only somebody who has seen the person clears them.
        """
        self._look(on)
        # What a day tells of danger comes before what it tells of training: nothing goes up on such a day.
        for entry in sorted(entries, key=lambda one: one.kind in ("morning", "session")):
            self._take(entry)
        for entry in withdrawn:
            self._hear(entry)
        self._end_of_day(on)

    def outcome(self, on: date) -> Outcome:
        """What stands on a day, after the days taken in."""
        self._look(on)
        return self._outcome(on)

    def _look(self, on: date) -> None:
        """What a new day brings by itself: sessions without a morning, gaps, the weekly look."""
        for judged in [one for one in self.waiting if (on - one.entry.on).days > 1]:
            self._judge(judged, None, 0.0, on)
        self._gap(on)
        while (on - self.last_look) >= WEEK:
            self.last_look += WEEK
            self.look_at_entries = self.look_at_phase = True
            self._weekly(self.last_look)

    def _take(self, entry: Entry) -> None:
        if entry.kind == "session":
            self._session(entry)
        elif entry.kind == "morning":
            self._morning(entry)
        elif entry.kind == "check_in":
            self._check_in(entry)
        elif entry.kind == "measurement":
            self._measure(entry)
        elif entry.kind == "clinician":
            self._seen(entry)

    def _end_of_day(self, on: date) -> None:
        if self.signs_changed:
            self.signs_changed = False
            if self.lock is None:
                self._build(on)
        self._phase(on)

    # --- sessions ------------------------------------------------------------------------------

    @property
    def rule(self) -> PainRule:
        """The pain rule that holds now."""
        return self.first_rule

    def _session(self, entry: Entry) -> None:
        done = [item for item in entry.items if item.done]
        # Only what is new: who limped from the first day does not make every session red.
        told = {
            item.finding: item.state
            for item in entry.findings
            if self.watcher.state(item.finding) != "present"
        }
        sign = pain.red_sign(told, self.rule)
        if entry.findings:
            self._hear(entry)
        if not done and sign is None:
            self._note_reasons(entry)
            return
        if self.gap:
            self.gap = 0
        self.sessions.append(entry.on)
        colours, unknown = {}, []
        for item in done:
            colour = pain.during(item.pain, self.rule)
            if colour is None:
                colour = pain.during(entry.pain_after, self.rule)
            if colour is None:
                unknown.append(item.exercise)
            else:
                colours[item.exercise] = colour
            if item.pain is not None:
                self.record.pains.setdefault(item.exercise, []).append((entry.on, item.pain))
        pains = [one for one in (*(i.pain for i in done), entry.pain_after) if one is not None]
        if pains:
            self.session_pains.append(max(pains))
            worst = max(pains)
            if self.sessions_worst and self.sessions_worst[-1][0] == entry.on:
                worst = max(worst, self.sessions_worst.pop()[1])
            self.sessions_worst.append((entry.on, worst))
            self._rising(entry.on)
        self._note_reasons(entry)
        judged = Judged(entry, colours, tuple(unknown), sign)
        if sign is not None or Colour.RED in colours.values():
            self._judge(judged, None, 0.0, entry.on)  # red waits for no morning
        else:
            self.waiting.append(judged)

    def _note_reasons(self, entry: Entry) -> None:
        for item in entry.items:
            if item.skipped:
                self.why_missed = item.skipped

    def _rising(self, on: date) -> None:
        last = self.session_pains[-RISING_SESSIONS:]
        rising = (
            len(last) == RISING_SESSIONS
            and all(a < b for a, b in pairwise(last))
            and last[-1] - last[0] > NOISE
        )
        if rising and not self.rising:
            self._change("hold", on, "follow_pain_rising", before=last[0], after=last[-1])
            self.alarms.append(Alarm("contact", "pain_rising", on, None, ()))
        if not rising and self.rising and last[-1] > last[-2] - TINY:
            return  # still no lower than the session before
        self.rising = rising

    def _morning(self, entry: Entry) -> None:
        if entry.pain is None:
            return
        colour, rise = pain.morning(entry.pain, self.mornings, self.rule)
        usual = [one for one in self.waiting if (entry.on - one.entry.on).days <= 1]
        for judged in usual:
            self._judge(judged, colour, rise, entry.on)
        self.mornings.append(entry.pain)

    def _culprit(self, judged: Judged) -> str | None:
        """The exercise to answer for a bad morning: the one that hurt most, of equals the newest."""
        done = [item for item in judged.entry.items if item.done]
        if not done:
            return None
        order = {id_: i for i, (_, id_, _) in enumerate(self.harder)}
        return max(
            done,
            key=lambda item: (
                item.pain or 0.0,
                order.get(item.exercise, -1)
                if self._made_harder_lately(item.exercise, judged.entry.on)
                else -1,
                self.knowledge.exercises[item.exercise].load_class,
                item.exercise,
            ),
        ).exercise

    def _made_harder_lately(self, exercise: str, on: date) -> bool:
        lately = takewhile(lambda row: on - row[0] <= WEEK, reversed(self.harder))
        return any(id_ == exercise for _, id_, _ in lately)

    def _judge(self, judged: Judged, morning: Colour | None, rise: float, on: date) -> None:
        """Settle one session: what each of its exercises does next."""
        self.waiting = [one for one in self.waiting if one is not judged]
        day = judged.entry.on
        self.look_at_phase = True
        culprit = self._culprit(judged) if morning in (Colour.AMBER, Colour.RED) else None
        if culprit is not None and morning is not None:
            worst = Colour(max(morning, judged.colours.get(culprit, Colour.GREEN)))
            judged.colours[culprit] = worst
            if morning is Colour.AMBER:
                self._change("hold", on, "follow_hold_morning", because=(judged.entry.id,), rise=rise)
        colours = set(judged.colours.values())
        self.red_or_amber = bool(colours & {Colour.AMBER, Colour.RED}) or judged.sign is not None
        calm = not self.red_or_amber and morning is Colour.GREEN and not judged.unknown
        if self.red_or_amber:
            self.record.calm_in_a_row = 0
        elif calm:
            self.record.calm_in_a_row += 1
        if judged.sign is not None:
            self._red_sign(judged, on)
        for item in sorted(judged.entry.items, key=lambda one: self._rank(one.exercise)):
            if item.done and item.exercise in self.chosen:
                self._judge_item(item, judged, morning, rise if item.exercise == culprit else 0.0, on)
        if judged.sign is not None or Colour.RED in colours:
            self._red_again(day)

    def _rank(self, exercise: str) -> tuple[int, int]:
        """What the phases need most goes up first; remembered until the programme changes."""
        if exercise not in self.ranks:
            self.ranks[exercise] = self._ranked(exercise)
        return self.ranks[exercise]

    def _ranked(self, exercise: str) -> tuple[int, int]:
        one = self.chosen.get(exercise)
        for number, strand in enumerate(self.strands):
            needs = [need.quality for need in sorted(strand.phase.needs, key=lambda need: not need.required)]
            if one is not None and one.quality in needs:
                return number, needs.index(one.quality)
        return len(self.strands), 0

    def _judge_item(self, item: Done, judged: Judged, morning: Colour | None, rise: float, on: date) -> None:
        state = self.items[item.exercise]
        colour = judged.colours.get(item.exercise)
        entry = judged.entry
        if judged.sign is not None:
            state.resting_until = entry.on + timedelta(days=REST_DAYS + 1)
            self._step_back(item.exercise, on, (entry.id, judged.sign))
            return
        if colour is Colour.RED:
            self._red(item, entry, rise, on)
        elif colour is Colour.AMBER:
            self._amber(item, entry, rise, on)
        elif colour is None or morning is None:
            phrase = "follow_hold_not_told"
            self._change("hold", on, phrase, item.exercise, (entry.id,), exercise=item.exercise)
        elif morning is not Colour.GREEN:
            state.calm = 0
        else:
            self._green(item, entry, on)

    # --- red, amber, green ---------------------------------------------------------------------

    def _red(self, item: Done, entry: Entry, rise: float, on: date) -> None:
        state = self.items[item.exercise]
        until = entry.on + timedelta(days=REST_DAYS + 1)
        state.calm, state.resting_until = 0, until
        if rise:
            self._change(
                "rest", on, "follow_red_morning", item.exercise, (entry.id,),
                exercise=item.exercise, rise=rise, until=until,
            )  # fmt: skip
        else:
            self._change(
                "rest", on, "follow_red_rest", item.exercise, (entry.id,),
                exercise=item.exercise, pain=item.pain if item.pain is not None else entry.pain_after or 0.0,
                until=until,
            )  # fmt: skip
        self._step_back(item.exercise, on, (entry.id,))

    def _red_sign(self, judged: Judged, on: date) -> None:
        until = judged.entry.on + timedelta(days=REST_DAYS + 1)
        self._change(
            "rest", on, "follow_red_sign", because=(judged.entry.id, judged.sign or ""),
            sign=judged.sign or "", until=until,
        )  # fmt: skip

    def _red_again(self, day: date) -> None:
        earlier = [one for one in self.reds if 0 < (day - one).days <= RED_TWICE_DAYS]
        if earlier and not any(
            a.id == "red_twice" and (day - a.on).days < RED_TWICE_DAYS for a in self.alarms
        ):
            self._change("contact", day, "follow_red_twice")
            self.alarms.append(Alarm("contact", "red_twice", day, None, ()))
        if day not in self.reds:
            self.reds.append(day)

    def _lower(self, exercise: str, steps: int) -> tuple[int, int]:
        state = self.items[exercise]
        before = state.step
        state.step, state.calm = max(before - steps, 0), 0
        return before, state.step

    def _step_back(self, exercise: str, on: date, because: Sequence[str]) -> None:
        """One step lower after the rest; from the lowest step to an easier exercise if there is one."""
        before, after = self._lower(exercise, 1)
        self.smaller.discard(exercise)
        scheme = self._scheme(exercise)
        state = self.items[exercise]
        state.since = on
        back = state.resting_until or on  # told on the day on which it begins again
        if before != after and scheme is not None:
            what, old, new = told_of(scheme.steps[before], scheme.steps[after])
            self._change(
                "step_back", back, "follow_step_back", exercise, because,
                exercise=exercise, what=what, before=old, after=new,
            )  # fmt: skip
            return
        easier = self._version(exercise, harder=False)
        if easier is not None:
            self._replace(exercise, easier, on)
            self._change(
                "step_back",
                back,
                "follow_step_back_exercise",
                exercise,
                because,
                before=exercise,
                after=easier,
            )

    def _amber(self, item: Done, entry: Entry, rise: float, on: date) -> None:
        self.items[item.exercise].calm = 0
        if not rise:
            self._change(
                "hold", on, "follow_hold_amber", item.exercise, (entry.id,), exercise=item.exercise,
                pain=item.pain if item.pain is not None else entry.pain_after or 0.0,
                limit=float(self.rule.green_up_to),
            )  # fmt: skip
        if item.exercise not in self.smaller:
            self.smaller.add(item.exercise)
            self._change(
                "smaller", on, "follow_repeat_smaller", item.exercise, (entry.id,), exercise=item.exercise
            )

    def _green(self, item: Done, entry: Entry, on: date) -> None:
        state, chosen = self.items[item.exercise], self.chosen[item.exercise]
        dose = chosen.prescription
        planned, told = dose.sets * dose.reps, (item.sets or dose.sets) * (item.reps or dose.reps)
        if told > planned * OVER_PLAN:
            self._change(
                "hold", on, "follow_overdoing", item.exercise, (entry.id,),
                exercise=item.exercise, before=float(planned), after=float(told),
            )  # fmt: skip
            return
        if item.exercise in self.smaller:
            self.smaller.discard(item.exercise)  # the smaller session was calm: back to the whole one first
            state.calm = 0
            return
        if (item.sets is not None and item.sets < dose.sets) or (
            item.reps is not None and item.reps < dose.reps
        ):
            return  # not all of it: nothing to build on, and nothing wrong either
        state.calm += 1
        scheme = self._scheme(item.exercise)
        sessions, days = (2, 0) if scheme is None else (scheme.sessions_each, scheme.days_each)
        if state.calm >= sessions and (on - state.since).days >= days:
            self._progress(item.exercise, entry, on)

    # --- harder, one thing at a time -----------------------------------------------------------

    def held_by(self, on: date) -> str | None:
        """Why nothing gets harder now; None if it may."""
        if self.lock is not None:
            return "locked"
        if self.situation.gate != "allowed":
            return "gentle_only"
        if self.rising:
            return "pain_rising"
        if self.watcher.present():
            return "danger_sign"
        if self.watcher.unsure():
            return "unsure"
        if any(0 <= (on - day).days <= QUIET_DAYS for day in self.reds):
            return "red_lately"
        if self._load_jump(on):
            return "load_jump"
        if self.gap:
            return "gap"
        return None

    def _load_jump(self, on: date) -> bool:
        lately = list(takewhile(lambda row: (on - row[0]).days < 28, reversed(self.loads)))
        week = sum(minutes for day, minutes in lately if (on - day).days < 7)
        before = [minutes for day, minutes in lately if (on - day).days >= 7]
        usual = sum(before) / 3
        return bool(before) and week > usual * LOAD_JUMP and week - usual > LOAD_JUMP_MINUTES

    def _room(self, exercise: str, on: date) -> bool:
        """Whether one more exercise may be made harder in these seven days; warming up is not counted."""
        if self.chosen[exercise].exercise.type in UNCOUNTED:
            return True
        recent = list(takewhile(lambda row: on - row[0] < WEEK, reversed(self.harder)))
        hard = self.chosen[exercise].prescription.hard
        if any(id_ == exercise or day == on for day, id_, _ in recent):
            return False  # one a day, so that a bad morning can be told apart
        return len(recent) < MOST_HARDER and (not hard or sum(h for _, _, h in recent) < MOST_HARD_HARDER)

    def _progress(self, exercise: str, entry: Entry, on: date) -> None:
        if self.held_by(on) is not None or self.maintaining:
            return
        if not self._room(exercise, on):
            self._change("hold", on, "follow_one_at_a_time", exercise, (entry.id,), exercise=exercise)
            return
        state, chosen, scheme = self.items[exercise], self.chosen[exercise], self._scheme(exercise)
        if any(exercise == one for order in self.preferences.clinician for one, _ in order.dose):
            return  # set by hand: only the clinician changes it
        if scheme is not None and state.step < self._top(scheme):
            what, old, new = told_of(scheme.steps[state.step], scheme.steps[state.step + 1])
            state.step, state.since, state.calm = state.step + 1, on, 0
            self._change(
                "progress", on, "follow_progress_dose", exercise, (entry.id,),
                exercise=exercise, what=what, before=old, after=new,
            )  # fmt: skip
            if chosen.exercise.type not in UNCOUNTED:
                self.harder.append((on, exercise, chosen.prescription.hard))
            return
        harder = self._version(exercise, harder=True)
        if harder is None or self._made_harder_lately(harder, on):
            state.calm = 0
            return
        self._replace(exercise, harder, on)
        self.harder.append((on, harder, chosen.prescription.hard))
        self._change(
            "progress", on, "follow_progress_exercise", harder, (entry.id,), before=exercise, after=harder
        )

    def _top(self, scheme: DoseScheme) -> int:
        """The highest step to climb to: what keeps a gain is not a step on the way if it stands last."""
        last = len(scheme.steps) - 1
        return last - 1 if scheme.maintenance == last and last > 0 else last

    def _scheme(self, exercise: str) -> DoseScheme | None:
        one = self.chosen[exercise]
        found = self.schemes.get(one.prescription.scheme)
        return found or scheme_for(one.exercise, one.quality, "", self.knowledge)

    def _version(self, exercise: str, *, harder: bool) -> str | None:
        """An easier or harder exercise that this person may do now in its place."""
        # Asked again after every calm session at the top of a ladder: remembered until the programme changes.
        if (exercise, harder) not in self.versions:
            self.versions[exercise, harder] = harder_version(
                self.situation_now(),
                self.preferences,
                self.knowledge,
                self.standing(self.last_look),
                self.chosen[exercise],
                harder=harder,
            )
        return self.versions[exercise, harder]

    def _replace(self, old: str, new: str, on: date) -> None:
        self.instead = {was: now for was, now in self.instead.items() if was != new and now != old}
        self.instead[old] = new
        self.items.setdefault(new, Item(0, on)).since = on
        self.items[new].calm = 0
        self.chosen.pop(old, None)
        self._build(on)

    # --- gaps and missed days ------------------------------------------------------------------

    def _gap(self, on: date) -> None:
        if self.lock is not None or not self.chosen:
            return
        last = self.sessions[-1] if self.sessions else self.started
        days = (on - last).days
        due = 2 if days >= GAP_TWO else 1 if days >= GAP_ONE and self.sessions else 0
        if due <= self.gap or not self.sessions:
            return
        for id_ in self.items:
            state = self.items[id_]
            state.step, state.calm = max(state.step - (due - self.gap), 0), 0
        self.record.calm_in_a_row = 0
        self.gap = due
        phrase = "follow_gap_two" if due == 2 else "follow_gap_one"
        self._change(
            "step_back", last + timedelta(days=GAP_TWO if due == 2 else GAP_ONE), phrase, days=float(days)
        )

    def _weekly(self, on: date) -> None:
        """Once a week: are the days too many? A smaller plan, or the whole one again."""
        if self.lock is not None or not self.chosen or (on - self.started).days < GAP_TWO:
            return
        if self.situation.gate == "relative_rest" and (on - self.started).days % GAP_TWO == 0:
            self._change("contact", on, "follow_answer_again", week=float((on - self.started).days // 7))
        planned = 2 * self._days_a_week()
        done = len({day for day in self.sessions[-MOST_SESSIONS:] if 0 <= (on - day).days < 14})
        if done < planned * SELDOM and self.sets_off == 0:
            self.sets_off = 1
            self._change(
                "replan", on, "follow_missed_smaller", because=(self.why_missed,) if self.why_missed else ()
            )
        elif done >= planned * REGULAR and self.sets_off:
            self.sets_off = 0
        for change, alarm in self._course_news(self._where(on), on):
            self.changes.append(change)
            if alarm is not None:
                self.alarms.append(alarm)

    def _course_news(self, where: Whereabouts, on: date) -> list[tuple[Change, Alarm | None]]:
        """That the pain is higher than usual, or no better when it should be; not told again and again."""
        news: list[tuple[Change, Alarm | None]] = []
        week = {"week": float(round(where.week))}
        asked = [alarm.on for alarm in self.alarms if alarm.id == "not_better"]
        if where.look_again and not any((on - day).days < GAP_TWO for day in asked):
            change = Change("contact", on, "follow_not_better_when_should", values=week)
            news.append((change, Alarm("contact", "not_better", on, None, ())))
        last = next((one.on for one in reversed(self.changes) if one.what == "off_track"), None)
        if where.place == "off_track" and (last is None or on - last >= WEEK):
            news.append((Change("off_track", on, "follow_off_track", values=week), None))
        return news

    def _days_a_week(self) -> int:
        days = {day for one in self.chosen.values() for day in one.days}
        return min(len(days), self.preferences.days) or 1

    # --- check-ins, alarms, clinicians ---------------------------------------------------------

    def _check_in(self, entry: Entry) -> None:
        if entry.pain is not None:
            self._pain(entry.on, entry.pain)
            self.watcher.quantities["pain_score_0_to_10"] = (entry.pain, entry.on)
        if entry.load_minutes is not None:
            self.loads.append((entry.on, entry.load_minutes))
        if entry.why_missed:
            self.why_missed = entry.why_missed
        for id_, answer in entry.criteria.items():
            if self.knowledge.criteria[id_].finding and self.record.said.get(id_, (None,))[0] != answer:
                self.signs_changed = True
            self.record.said[id_] = (answer, entry.on)
            self.look_at_entries = self.look_at_phase = True
        if entry.findings:
            self._hear(entry)

    def _hear(self, entry: Entry) -> None:
        """Danger signs of an entry: an alarm locks the programme that day."""
        earlier = {item.finding: self.watcher.state(item.finding) for item in entry.findings}
        new = self.watcher.hear(entry.findings, entry.on)
        if any(self.watcher.state(one) != state for one, state in earlier.items()):
            self.signs_changed = self.look_at_phase = True
        if not new:
            return
        fired = self.watcher.alarming(new, entry.on)
        if fired:
            injured = any(one in self.watcher.injuries for one in new)
            before = self.lock
            self.lock = Lock(
                before.since if before else entry.on,
                tuple({rule.id: rule for rule in (*(before.rules if before else ()), *fired)}.values()),
                tuple(dict.fromkeys((*(before.signs if before else ()), *new))),
                injured or bool(before and before.new_injury),
            )
            known = {alarm.id for alarm in self.alarms if alarm.kind == "lock" and alarm.cleared_on is None}
            for rule in fired:
                if rule.id not in known:
                    self.alarms.append(Alarm("lock", rule.id, entry.on, rule.care_level, rule.because))
            if before is None:
                self._change("locked", entry.on, "follow_locked", because=(entry.id, *new), sign=new[0])
            self.waiting = []
            self._build(entry.on)
        elif any(one in self.watcher.unsure() for one in new):
            unsure = next(one for one in new if one in self.watcher.unsure())
            self.alarms.append(Alarm("answer_first", unsure, entry.on, None, (unsure,)))
            self._change("hold", entry.on, "follow_unsure_counts", because=(entry.id, unsure), sign=unsure)

    def _seen(self, entry: Entry) -> None:
        if entry.order is not None:
            self.preferences = replace(self.preferences, clinician=(*self.preferences.clinician, entry.order))
            self.first_rule = pain.rule_for(
                likely(self.situation), self.phases, self.knowledge, self._ordered_rule()
            )
            if entry.order.protocol is not None and entry.order.phase is not None:
                self.phases[entry.order.protocol] = entry.order.phase
                self.phase_since[entry.order.protocol] = entry.on
            self._change("order", entry.on, "follow_ordered", because=(entry.id,), who=entry.by)
            self._build(entry.on)
        if self.lock is None:
            return
        seen_on = entry.seen_on or entry.on
        if entry.may_go_on is None or seen_on < self.lock.since:
            return
        if not entry.may_go_on:
            self._change(
                "locked", entry.on, "follow_locked_may_not", because=(entry.id,), who=entry.by, date=seen_on
            )
            return
        self._unlock(entry, seen_on)

    def _unlock(self, entry: Entry, seen_on: date) -> None:
        lock = self.lock
        if lock is None:
            raise BadCase("diary", "there is nothing to open", "Tell the alarm first")
        self.lock = None
        self.look_at_phase = True
        self.watcher.cleared |= {one for one, (state, _) in self.watcher.told.items() if state != "absent"}
        self.alarms = [
            replace(alarm, cleared_on=entry.on)
            if alarm.cleared_on is None and alarm.kind != "contact"
            else alarm
            for alarm in self.alarms
        ]
        self._change("unlocked", entry.on, "follow_unlocked", because=(entry.id,), who=entry.by, date=seen_on)
        if not lock.rules:
            # Shut from the first day: somebody has seen it, so it opens, but only for gentle exercises.
            self.situation = replace(self.situation, gate="relative_rest", red_flags=())
        for state in self.items.values():
            state.step, state.calm = max(state.step - 1, 0), 0
        self.record.calm_in_a_row = 0
        self.rising = False
        if lock.new_injury:
            for strand in self.strands:
                first = strand.protocol.phases[0].id
                self.phases[strand.protocol.id] = first
                self.phase_since[strand.protocol.id] = entry.on
                self._change("phase", entry.on, "follow_again_injured", because=(entry.id,), phase=first)
            self.instead, self.maintaining = {}, False
            for state in self.items.values():
                state.step = 0
        self._build(entry.on)
        if self.sessions:
            self.sessions[-1] = max(self.sessions[-1], entry.on)  # the days stopped are no gap

    def _measure(self, entry: Entry) -> None:
        data = entry.raw
        id_ = data.get("measure")
        if id_ is None and data.get("instrument") is not None:
            return  # a questionnaire is scored at the edge, and moves no exercise
        measure = self.knowledge.measures.get(str(id_))
        if measure is None:
            raise BadCase(
                "diary/measure", f"there is no measure {id_!r}", "`kneewise knowledge show measures`"
            )
        values = data.get("values", data.get("value"))
        self.look_at_entries = self.look_at_phase = True
        self.record.measured.append(
            make_measurement(
                measure, values, entry.on, side=data.get("side"), method=data.get("method"),
                unit=data.get("unit"), where=f"diary ({entry.id})",
            )
        )  # fmt: skip

    # --- phases --------------------------------------------------------------------------------

    def criteria_of(self, strand: Strand, on: date) -> tuple[Standing, ...]:
        """The criteria at the end of a strand's phase, each with how it stands."""
        since = self.phase_since[strand.protocol.id]
        return tuple(self._criterion(id_, on, since) for id_ in strand.phase.exit)

    def _criterion(self, id_: str, on: date, since: date) -> Standing:
        criterion = self.knowledge.criteria[id_]
        measure = self._measures.get(criterion.measure)
        return standing_of(criterion, self.record, on, since, self.situation.side, measure)

    def _entries_met(self, on: date) -> frozenset[str]:
        """Which entry criteria of ladders are met now; what was met once stays met."""
        wanted = self.entry_criteria - self.met
        return self.met | {one for one in wanted if self._criterion(one, on, self.started).met}

    def _phase(self, on: date) -> None:
        """Go on to the next phase where every criterion is met, one strand at a time."""
        if not self.look_at_phase or self.red_or_amber or self.waiting or not self.strands:
            return
        if self.held_by(on) is not None:
            return
        self.look_at_phase = False
        if self.look_at_entries:
            self.look_at_entries = False
            met = self._entries_met(on)
            if met != self.met:
                self.met = met
                self._build(on)
        for strand in self.strands:
            if (on - self.phase_since[strand.protocol.id]).days < LEAST_PHASE_DAYS:
                continue
            if not all_met(self.criteria_of(strand, on)):
                continue
            if strand.last:
                self._maintain(on)
                continue
            if strand.protocol.after_clinician and self.situation.diagnosed not in strand.protocol.causes:
                continue
            after = strand.protocol.phases[strand.number].id
            self.phases[strand.protocol.id] = after
            self.phase_since[strand.protocol.id] = on
            self.record.calm_in_a_row = 0
            self.instead = {}
            self._change("phase", on, "follow_phase_next", because=strand.phase.exit, phase=after)
            self._build(on, new_phase=True)
            self.look_at_phase = True
            return

    def _maintain(self, on: date) -> None:
        done = all(strand.last and all_met(self.criteria_of(strand, on)) for strand in self.strands)
        if done and not self.maintaining:
            self.maintaining = True
            self._change("maintenance", on, "follow_done")
            self._build(on)

    # --- the outcome ---------------------------------------------------------------------------

    def _where(self, on: date) -> Whereabouts:
        causes = likely(self.situation)
        course = course_for(causes, self.phases, self.knowledge)
        return whereabouts(course, self.situation.evidence, self.started, on, self._worst_by_day())

    def _worst_by_day(self) -> list[tuple[date, float]]:
        told = self.pains
        return told if len(told) >= LEAST_ENTRIES else self.sessions_worst

    def _pain(self, on: date, value: float) -> None:
        """Keep the worst pain of each day; entries come in the order of days."""
        if self.pains and self.pains[-1][0] == on:
            self.pains[-1] = (on, max(value, self.pains[-1][1]))
        else:
            self.pains.append((on, value))

    def _today(self, on: date) -> Programme:
        """The programme of a day: resting exercises are left out and nothing takes their place.

        Where everything rests, what else may be done stands in, if there is anything.
        """
        standing = self.standing(on)
        resting, standing = standing.aside, replace(standing, aside=frozenset())
        programme = build(self.situation_now(), self.preferences, self.knowledge, standing)
        left = tuple(one for one in programme.chosen if one.exercise.id not in resting)
        if len(left) == len(programme.chosen):
            return programme
        if left:
            gone = [
                Refused(one.exercise.id, ("aside",)) for one in programme.chosen if one.exercise.id in resting
            ]
            return replace(programme, chosen=left, not_given=(*programme.not_given, *gone))
        standing = replace(standing, aside=resting)
        return build(self.situation_now(), self.preferences, self.knowledge, standing)

    def _outcome(self, on: date) -> Outcome:
        where = self._where(on)
        changes, alarms = list(self.changes), list(self.alarms)
        if self.lock is None and self.chosen:
            told = self._course_news(where, on)
            changes += [change for change, _ in told]
            alarms += [alarm for _, alarm in told if alarm is not None]
        return Outcome(
            on=on,
            programme=self._today(on),
            standing=self.standing(on),
            situation=self.situation_now(),
            preferences=self.preferences,
            changes=tuple(sorted((one for one in changes if one.on <= on), key=lambda change: change.on)),
            alarms=tuple(alarms),
            criteria=tuple(
                (strand.protocol.id, strand.phase.id, self.criteria_of(strand, on)) for strand in self.strands
            ),
            course=where,
            locked=self.lock,
            measured=tuple(self.record.measured),
            pains=tuple(self._worst_by_day()),
            sessions=tuple(self.sessions),
            planned_a_week=self._days_a_week(),
            asked={finding: day for finding, (_, day) in self.watcher.told.items()},
            watcher=self.watcher,
        )
