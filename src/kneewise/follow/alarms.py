"""Alarms: the danger questions that come back, what locks the programme, and what alone opens it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kneewise.evidence import Evidence, Item, LeafState
from kneewise.knowledge.types import CareLevel, Gate, Knowledge, State, care_rank
from kneewise.knowledge.types_training import CheckIn
from kneewise.rules import Truth, evaluate

MOST_QUESTIONS = 4  # a day
LOCKS_FROM = care_rank("within_days")
NEW_SIGN = "sudden_worsening"  # a sign that was not there before counts as new


@dataclass(frozen=True)
class FiredRule:
    """A rule of urgency that fired."""

    id: str
    care_level: CareLevel
    because: tuple[str, ...]
    programme: Gate


# The urgency rules over the case with more answers added: pathway gives it, for it holds the case.
Watch = Callable[[tuple[Item, ...]], tuple[FiredRule, ...]]


@dataclass(frozen=True)
class Alarm:
    """One alarm: what raised it, since when, and what became of it.

    `kind`: lock (a rule of urgency), contact (too much twice in a week, pain that rises or does not get
    better: somebody should look), answer_first (an answer "not sure" to a danger question).
    """

    kind: Literal["lock", "contact", "answer_first"]
    id: str
    on: date
    care_level: CareLevel | None
    because: tuple[str, ...]
    cleared_on: date | None = None


@dataclass
class Lock:
    """That the exercises are stopped, since when, by which rules, because of which signs."""

    since: date
    rules: tuple[FiredRule, ...]
    signs: tuple[str, ...]
    new_injury: bool


def belongs(entry: CheckIn, evidence: Evidence, causes: Sequence[str], factors: Sequence[str]) -> bool:
    """Whether the danger questions of an entry matter for this person."""
    if not entry.causes and not entry.factors and entry.when is None:
        return True
    if set(entry.causes) & set(causes) or set(entry.factors) & set(factors):
        return True
    return entry.when is not None and evaluate(entry.when, evidence).truth is Truth.HOLDS


def questions_for(
    knowledge: Knowledge,
    evidence: Evidence,
    causes: Sequence[str],
    factors: Sequence[str],
    asked: Mapping[str, date],
    started: date,
    on: date,
) -> tuple[str, ...]:
    """The danger questions due on a day, at most four: what has waited longest first, then the file's order.

    `asked` says when each finding was last told in a check-in; what was never asked has been due since the
    first day.
    """
    due: dict[str, date] = {}
    for entry in knowledge.check_ins:
        if not belongs(entry, evidence, causes, factors):
            continue
        for one in entry.findings:
            day = asked[one] + timedelta(days=entry.every_days) if one in asked else started
            due[one] = min(day, due.get(one, day))
    waiting = [one for one in due if due[one] <= on]  # in the file's order, which goes by danger
    return tuple(sorted(waiting, key=lambda one: due[one])[:MOST_QUESTIONS])


class Watcher:
    """Keeps what was told in check-ins and says which rules are new."""

    def __init__(self, watch: Watch, evidence: Evidence, knowledge: Knowledge, started: date) -> None:
        self.watch, self.evidence, self.knowledge = watch, evidence, knowledge
        self.started = started
        self.told: dict[str, tuple[State, date]] = {}
        self.quantities: dict[str, tuple[float, date]] = {}
        self.cleared: set[str] = set()  # signs that a clinician has seen and that have not gone since
        self.danger = {one for entry in knowledge.check_ins for one in entry.findings}
        self.injuries = {one for e in knowledge.check_ins if e.new_injury for one in e.findings}
        self._base: dict[str, int] | None = None
        self._known: dict[tuple[Item, ...], tuple[FiredRule, ...]] = {}

    @property
    def base(self) -> dict[str, int]:
        """The rules that had fired when the programme was made, with their levels."""
        if self._base is None:
            self._base = {rule.id: care_rank(rule.care_level) for rule in self.watch(())}
        return self._base

    def state(self, finding: str) -> LeafState:
        """What is known of a finding now: the newest check-in, else the case."""
        return self.told[finding][0] if finding in self.told else self.evidence.state(finding)

    def hear(self, items: Sequence[Item], on: date) -> tuple[str, ...]:
        """Note what an entry tells; the signs that are new (or newly "not sure") since the last word."""
        new = []
        for item in items:
            if item.value is not None:
                self.quantities[item.finding] = (item.value, on)
                continue
            before = self.state(item.finding)
            if item.state != "absent" and before != item.state and before != "present":
                new.append(item.finding)
            if item.state == "absent":
                self.cleared.discard(item.finding)
            self.told[item.finding] = (item.state, on)
        return tuple(new)

    def _items(self, new: Sequence[str], on: date) -> tuple[Item, ...]:
        items = [
            Item(finding, state, on=day.isoformat()) for finding, (state, day) in sorted(self.told.items())
        ]
        items += [
            Item(finding, "present", value, on=day.isoformat())
            for finding, (value, day) in sorted(self.quantities.items())
        ]
        first = self.evidence.value("duration_days")
        if first is not None:
            days = first + (on - self.started).days
            items.append(Item("duration_days", "present", days, on=on.isoformat()))
        if any(self.told[one][0] == "present" for one in new if one in self.told):
            items.append(Item(NEW_SIGN, "present", on=on.isoformat()))
        return tuple(items)

    def alarming(self, new: Sequence[str], on: date) -> tuple[FiredRule, ...]:
        """The rules that lock: at least "within days", and not as high when the programme was made."""
        items = self._items(new, on)
        if items not in self._known:
            self._known[items] = self.watch(items)
        return tuple(
            rule
            for rule in self._known[items]
            if care_rank(rule.care_level) >= LOCKS_FROM
            and self.base.get(rule.id, -1) < care_rank(rule.care_level)
            and not set(rule.because) & self.danger <= self.cleared
        )

    def unsure(self) -> tuple[str, ...]:
        """Danger questions whose newest answer is "not sure"."""
        return tuple(
            one for one, (state, _) in sorted(self.told.items()) if state == "unsure" and one in self.danger
        )

    def present(self) -> tuple[str, ...]:
        """Danger signs that are there now and that nobody has seen yet."""
        return tuple(
            one
            for one, (state, _) in sorted(self.told.items())
            if state == "present" and one in self.danger and one not in self.cleared
        )
