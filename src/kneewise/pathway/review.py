"""Review a programme: the diary up to a day, folded into what changes now and why, as the contract."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kneewise.assess import triage
from kneewise.evidence import BadCase, Item
from kneewise.follow.alarms import Alarm, FiredRule, Watch, questions_for
from kneewise.follow.changes import Change
from kneewise.follow.criteria import Standing
from kneewise.follow.diary import Diary, parse_diary
from kneewise.follow.expected import Whereabouts
from kneewise.follow.measures import as_data, judge_all
from kneewise.follow.training import Outcome, Training
from kneewise.knowledge.types import Knowledge, Words
from kneewise.pathway.contracts import (
    AlarmContract,
    ChangeContract,
    CourseContract,
    CriterionContract,
    ProgrammeContract,
    ReviewContract,
)
from kneewise.pathway.engine import Engine, Turn, text_items
from kneewise.pathway.plan import Origin, plan, situation_of, write_programme
from kneewise.plan import parse_preferences
from kneewise.plan.strands import likely
from kneewise.rules import gather

PLACES = 4
DAY_WORDS = "%-d %B %Y"


def watch_over(turn: Turn, engine: Engine) -> Watch:
    """The urgency rules over this person's case with more answers added."""

    written = text_items(turn.reading, turn.case.person, engine.knowledge)

    def watch(items: tuple[Item, ...]) -> tuple[FiredRule, ...]:
        evidence = gather(turn.case, engine.knowledge, (*written, *items))
        found = triage.triage(evidence, engine.knowledge, engine.rules)
        return tuple(
            FiredRule(one.rule.id, one.care_level, one.because, one.rule.programme) for one in found.fired
        )

    return watch


def origin_of(programme: Mapping[str, Any], engine: Engine) -> Origin:
    """What a programme was made from, read again. Raises `BadCase` where it is not there."""
    origin = programme.get("origin") if isinstance(programme, Mapping) else None
    if not isinstance(origin, Mapping) or not isinstance(origin.get("case"), Mapping):
        raise BadCase(
            "programme/origin",
            "the programme does not say what it was made from",
            "Give a programme as `kneewise plan --json` prints it",
        )
    preferences = parse_preferences(origin.get("preferences"), engine.knowledge)
    turn = engine.look(engine.parse(origin["case"]))
    diagnosis = origin.get("diagnosis")
    if diagnosis is not None and diagnosis not in engine.knowledge.conditions:
        raise BadCase("programme/origin/diagnosis", f"there is no cause {diagnosis!r}", "Make the plan again")
    return Origin(turn, preferences, diagnosis, bool(origin.get("nothing_hurts", False)))


def _started(programme: Mapping[str, Any], diary: Diary, on: date) -> date:
    """The first day of a programme: its own, else the first entry's, else today."""
    told = programme.get("started_on") or programme.get("on")
    if told is None:
        return diary.entries[0].on if diary.entries else on
    try:
        return date.fromisoformat(told)
    except (TypeError, ValueError):
        raise BadCase("programme/on", f"{told!r} is not a date", "Write year-month-day") from None


def follow(
    programme: Mapping[str, Any], diary: Any, on: date, engine: Engine
) -> tuple[Outcome, Origin, Diary]:
    """Fold a diary over a programme up to a day. Raises `BadCase`."""
    origin = origin_of(programme, engine)
    read = parse_diary(diary, engine.knowledge, on)
    started = _started(programme, read, on)
    if on < started:
        raise BadCase("on", f"{on} is before the programme's first day, {started}", "Give a later day")
    early = next((entry for entry in read.entries if entry.on < started and entry.kind == "session"), None)
    if early is not None:
        raise BadCase(
            f"diary ({early.id})", f"a session on {early.on}, before the programme's first day, {started}",
            "Correct its day, or give the programme that was followed then",
        )  # fmt: skip
    situation = situation_of(origin.turn, origin.diagnosis, nothing_hurts=origin.nothing_hurts)
    watch = watch_over(origin.turn, engine)
    training = Training(situation, origin.preferences, engine.knowledge, started, watch)
    return training.follow(read, on), origin, read


def review(programme: Mapping[str, Any], diary: Any, on: date, engine: Engine) -> ReviewContract:
    """What changes now, and why: the contract of a review.

    `programme` is one that `plan` or an earlier review made, `diary` the list of all entries. The same
    programme, diary and day give the same review. Raises `BadCase`.
    """
    outcome, origin, read = follow(programme, diary, on, engine)
    started = _started(programme, read, on)
    now = write_programme(outcome.programme, outcome.situation, origin, engine, on=on.isoformat())
    now["started_on"] = started.isoformat()
    if outcome.locked is not None:
        now["locked_by"] = {
            "gate": "none",
            "because": [rule.id for rule in outcome.locked.rules] or list(outcome.situation.red_flags),
            "since": outcome.locked.since.isoformat(),
        }
    changes = [_change(change, engine) for change in outcome.changes]
    changes += _knowledge_changes(programme, origin, engine, on)
    return {
        "on": on.isoformat(),
        "started_on": started.isoformat(),
        "knowledge_version": engine.knowledge.version,
        "changes": changes,
        "alarms": [_alarm(alarm, engine) for alarm in outcome.alarms],
        "ask": _ask(outcome, origin, started, on, engine.knowledge),
        "criteria": [
            _criterion(protocol, phase, one, engine.words)
            for protocol, phase, standings in outcome.criteria
            for one in standings
        ],
        "measures": [
            as_data(change) for change in judge_all(outcome.measured, engine.knowledge.measures, on)
        ],
        "course": _course(outcome.course),
        "pains": [{"on": day.isoformat(), "worst": pain} for day, pain in outcome.pains],
        "sessions": {
            "done": [day.isoformat() for day in outcome.sessions],
            "planned_a_week": outcome.planned_a_week,
        },
        "corrections": [
            {"of": one.id, "on": one.on.isoformat(), "taken_back": one.taken_back} for one in read.corrections
        ],
        "programme": now,
    }


def _ask(outcome: Outcome, origin: Origin, started: date, on: date, knowledge: Knowledge) -> list[str]:
    situation = situation_of(origin.turn, origin.diagnosis, nothing_hurts=origin.nothing_hurts)
    return list(
        questions_for(
            knowledge, situation.evidence, likely(situation), situation.factors, outcome.asked, started, on
        )
    )


def _knowledge_changes(
    programme: Mapping[str, Any], origin: Origin, engine: Engine, on: date
) -> list[ChangeContract]:
    """What a newer knowledge makes of the same start: said, never slipped in."""
    known = programme.get("knowledge_version")
    if known in (None, engine.knowledge.version) or programme.get("started_on"):
        return []
    anew = plan(origin.turn, origin.preferences, engine, origin.diagnosis, nothing_hurts=origin.nothing_hurts)

    def exercises(one: Mapping[str, Any]) -> set[str]:
        try:
            return {str(item["exercise"]) for day in one.get("week", []) for item in day["items"]}
        except (TypeError, KeyError):
            raise BadCase(
                "programme/week",
                "this is not a week of a programme",
                "Give what `kneewise plan --json` prints",
            ) from None

    gone, come = exercises(programme) - exercises(anew), exercises(anew) - exercises(programme)
    names = engine.words.exercises
    told = [f"– {names[id_].name}" if id_ in names else f"– {id_}" for id_ in sorted(gone)]
    told += [f"+ {names[id_].name}" for id_ in sorted(come)]
    change = Change(
        "knowledge", on, "follow_knowledge_changed", because=tuple(sorted(gone | come)),
        values={"change": ", ".join(told) or "–"},
    )  # fmt: skip
    return [_change(change, engine)]


# --- sentences, made at the edge -----------------------------------------------------------------


def _value(key: str, value: Any, words: Words) -> str:
    if isinstance(value, date):
        return value.strftime(DAY_WORDS)
    if isinstance(value, float):
        return f"{value:g}"
    if key == "what" and value in words.phrases:
        return words.phrases[value].text
    if value in words.exercises:
        return words.exercises[value].name
    if value in words.findings:
        name = words.findings[value].name
        return name[:1].lower() + name[1:]
    phase = words.phrases.get(f"phase_{value}")
    return phase.text if phase else str(value).replace("_", " ")


def sentence(change: Change, words: Words) -> str:
    """One sentence that says a change, from its phrase and values; without a value it is shorter."""
    text = words.phrases[change.phrase].text
    values = {key: _value(key, value, words) for key, value in change.values.items()}
    values = {key: value for key, value in values.items() if value}
    names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
    if "before" in names and "before" not in values and "what" in names:
        # The step has no number to tell (a load, a range): say only which way it goes.
        way = "up" if change.what == "progress" else "down"
        text = text.replace("goes from {before} to {after}", f"goes {way}")
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
    if "what" in names and "what" not in values:
        text = text.split(", so ")[0] + "."
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
    return text.format(**{name: values.get(name, "…") for name in names})


def _change(change: Change, engine: Engine) -> ChangeContract:
    told: ChangeContract = {
        "what": change.what,
        "on": change.on.isoformat(),
        "because": list(change.because),
        "phrase": change.phrase,
        "text": sentence(change, engine.words),
        "more": engine.words.phrases[change.phrase].more,
    }
    if change.exercise:
        told["exercise"] = change.exercise
    return told


def _alarm(alarm: Alarm, engine: Engine) -> AlarmContract:
    told: AlarmContract = {
        "id": alarm.id,
        "kind": alarm.kind,
        "on": alarm.on.isoformat(),
        "because": list(alarm.because),
        "cleared_on": alarm.cleared_on.isoformat() if alarm.cleared_on else None,
    }
    if alarm.care_level is not None:
        told["care_level"] = alarm.care_level
        told["what_to_do"] = engine.words.red_flags[alarm.id].what_to_do
    return told


def _criterion(protocol: str, phase: str, one: Standing, words: Words) -> CriterionContract:
    return {
        "id": one.id,
        "protocol": protocol,
        "phase": phase,
        "met": one.met,
        "how": one.how,
        "missing": "" if one.met else words.phrases[one.id].text,
    }


def _rounded(numbers: Sequence[float]) -> list[float]:
    return [round(number, PLACES) for number in numbers]


def _course(where: Whereabouts) -> CourseContract:
    return {
        "id": where.course,
        "week": round(where.week, PLACES),
        "place": where.place,
        "share": None if where.share is None else round(where.share, PLACES),
        "band": _rounded((where.low, where.high)),
        "weeks_left": None if where.left is None else _rounded(where.left),
        "not_better": where.not_better,
        "look_again": where.look_again,
    }


def review_programme(
    programme: ProgrammeContract | Mapping[str, Any], diary: Any, on: str, engine: Engine
) -> ReviewContract:
    """As `review`, with the day as text. Raises `BadCase`."""
    try:
        day = date.fromisoformat(on)
    except (TypeError, ValueError):
        raise BadCase("on", f"{on!r} is not a date", 'Write it as "2026-11-20"') from None
    return review(programme, diary, day, engine)
