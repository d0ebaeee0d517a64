"""The page for the appointment: one side of A4, whatever there is to say.

What does not fit is left out by one rule after the other (`LADDER`), the least telling first; the page says
what was left out. How soon to be seen, what to do in an emergency, and that no clinician has reviewed this,
are never left out; of the signs of danger that are there, at least some and how many more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kneewise.exchange.paper import LONGEST_QUESTION
from kneewise.exchange.paper.told import (
    Measured,
    Told,
    day_of,
    is_danger,
    measured_since,
    since,
    told_by,
    who,
)
from kneewise.exchange.paper.typesetting import Paper
from kneewise.exchange.paper.wording import Wording, capital, clipped
from kneewise.knowledge.types import care_rank
from kneewise.pathway import Engine
from kneewise.pathway.contracts import AlarmContract, AssessmentContract, CareLevel, WeightContract
from kneewise.pathway.engine import Turn
from kneewise.pathway.telling import red_flag_words

TEMPLATE = "appointment"


@dataclass(frozen=True)
class Limits:
    """How much of each part is shown: characters of what was written, names in a list, causes, reasons."""

    story: int
    question: int
    names: int  # of each list of the history
    danger: int  # of the signs of danger that are there, and of those not sure
    no: int  # of the danger questions answered with no
    not_asked: int
    without: int  # of other signs that are not there
    causes: int
    reasons: int
    measures: int
    factors: int
    flags: int  # reasons for how soon to be seen
    size: float = 9.2  # of the type in points, where it is not large print


LADDER = (
    Limits(1500, LONGEST_QUESTION, 99, 99, 99, 99, 40, 5, 5, 12, 4, 6, 10.8),
    Limits(1500, LONGEST_QUESTION, 99, 99, 99, 99, 40, 5, 5, 12, 4, 6, 10.0),
    Limits(1500, LONGEST_QUESTION, 99, 99, 99, 99, 40, 5, 5, 12, 4, 6),
    Limits(1200, LONGEST_QUESTION, 30, 60, 40, 12, 16, 5, 4, 10, 3, 5),
    Limits(1000, LONGEST_QUESTION, 16, 30, 34, 6, 8, 5, 3, 8, 2, 4),
    Limits(800, LONGEST_QUESTION, 12, 24, 24, 4, 4, 4, 3, 6, 1, 4),
    Limits(600, 500, 8, 20, 16, 2, 0, 4, 2, 5, 0, 3),
    Limits(450, 400, 6, 16, 10, 0, 0, 3, 2, 4, 0, 3),
    Limits(350, 300, 4, 12, 6, 0, 0, 3, 2, 3, 0, 2),
    Limits(250, 250, 3, 8, 4, 0, 0, 3, 1, 2, 0, 2),
    Limits(200, 200, 2, 6, 2, 0, 0, 2, 1, 2, 0, 2),
    Limits(140, 160, 1, 4, 0, 0, 0, 2, 0, 1, 0, 1),
    Limits(100, 120, 1, 3, 0, 0, 0, 2, 0, 0, 0, 1),
    Limits(80, 100, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1),
)
FIRST_CUT = 2  # the first step of the ladder in the smallest type
MOST_GIVEN_BACK = 3  # steps by which one part may grow again
GIVEN_BACK = (
    "danger", "not_asked", "story", "question", "causes", "names", "measures", "reasons", "no", "flags",
    "factors", "without",
)  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """What the page is made from."""

    turn: Turn
    assessment: AssessmentContract
    engine: Engine
    wording: Wording
    on: date
    question: str = ""
    diagnosis: str | None = None
    nothing_hurts: bool = False
    review: Mapping[str, Any] | None = None
    large_print: bool = False

    @property
    def alarms(self) -> list[AlarmContract]:
        """The alarms of the programme that stand open."""
        every = self.review["alarms"] if self.review is not None else []
        return [one for one in every if one["kind"] == "lock" and one["cleared_on"] is None]

    @property
    def care_level(self) -> CareLevel:
        """How soon to be seen: by what is told now, or by an alarm that nobody has seen to, the higher."""
        levels = [one["care_level"] for one in self.alarms if "care_level" in one]
        return max([self.assessment["care_level"], *levels], key=care_rank)

    @property
    def emergency(self) -> bool:
        """Whether there is nothing to say before what to do now."""
        return self.care_level == "emergency"


def visit(
    case: Mapping[str, Any],
    engine: Engine,
    on: date,
    *,
    question: str = "",
    diagnosis: str | None = None,
    nothing_hurts: bool = False,
    review: Mapping[str, Any] | None = None,
    large_print: bool = False,
    language: str = "en",
) -> Visit:
    """A case assessed, with what belongs to it. Raises `BadCase`."""
    turn = engine.look(engine.parse(case))
    return Visit(
        turn,
        engine.write(turn),
        engine,
        Wording(language),
        on,
        question.strip(),
        diagnosis,
        nothing_hurts,
        review,
        large_print,
    )


def _row(label: str, *lines: str) -> dict[str, Any] | None:
    told = [line for line in lines if line]
    return {"label": label, "lines": told} if told else None


def level(of: Visit, flags: int) -> dict[str, Any]:
    """How soon to be seen, because of what; in an emergency what to do and to say."""
    words, wording = of.engine.words, of.wording
    told = words.phrases[f"level_{of.care_level}"]
    fired_now = {fired.rule.id for fired in of.turn.triage.fired}
    because, todo = [], []
    for alarm in of.alarms:
        if alarm["id"] in words.red_flags and alarm["id"] not in fired_now:
            name = words.red_flags[alarm["id"]].name
            signs = wording.listed((sign_words(f, "present", of) for f in alarm["because"]), 4)
            since_day = wording.day(alarm["on"])
            because.append(wording.say("alarm_since", name=name, signs=signs, day=since_day))
            todo.append(words.red_flags[alarm["id"]].what_to_do)
    for fired in of.turn.triage.fired:
        if fired.rule.id not in words.red_flags:
            continue
        flag = red_flag_words(fired.rule, fired.care_level, fired.because, words)
        signs = wording.listed((sign_words(f, "present", of) for f in fired.because), 4)
        todo.append(f"{flag.what_to_do} {wording.say('what_to_say', words=flag.what_to_say)}")
        key = "flag_unsure" if fired.by_unsure else "flag_because"
        because.append(wording.say(key, flag=flag.name, signs=signs))
    if len(because) > flags:
        because = [*because[:flags], wording.count("more_reasons", len(because) - flags)]
    return {
        "emergency": of.emergency,
        "title": told.text,
        "more": told.more if of.emergency else "",
        "todo": todo[0].removeprefix(told.text).strip() if of.emergency and todo else "",
        "because": because,
        "screen": "" if of.assessment["screen_complete"] else wording.say("screen_open"),
    }


def _story(of: Visit, told: Told, limits: Limits) -> list[dict[str, Any] | None]:
    wording, there = of.wording, told.there
    say, listed = wording.say, wording.listed
    text = " ".join(of.turn.case.text.split())
    lasted = since(of.turn, wording)
    began = say("began", time=lasted) if lasted else say("began_unknown")
    parts = [
        listed(there[part], limits.names) if limits.names else "" for part in ("where", "onset", "course")
    ]
    where, onset, course = (f"{capital(part)}." if part else "" for part in parts)

    def shown(part: str, *, always: bool) -> dict[str, Any] | None:
        names = capital(listed(there[part], limits.names)) if limits.names else ""
        if there[part] and not names:
            return None  # what is left out is told at the end
        return _row(say(part), names or (say("nothing_told") if always else ""))

    return [
        _row(say("own_words"), say("quoted", text=clipped(text, limits.story)) if text else say("no_words")),
        _row(say("story"), " ".join(part for part in (where, began, onset, course) if part)),
        shown("worse", always=True),
        shown("better", always=True),
        shown("function", always=False),
        shown("signs", always=False),
        shown("history", always=True),
        shown("activity", always=False),
    ]


def _told_before(of: Visit) -> dict[str, list[str]]:
    """Danger signs of open alarms that are no longer told, by day: a swelling that went may be a clot."""
    before: dict[str, list[str]] = {}
    for alarm in of.alarms:
        for finding in alarm["because"]:
            if is_danger(finding, of.engine) and of.turn.evidence.told(finding) == "absent":
                names = before.setdefault(alarm["on"], [])
                name = of.engine.words.findings[finding].name
                if name not in names:
                    names.append(name)
    return before


def danger_lines(of: Visit, told: Told, limits: Limits) -> list[dict[str, str]]:
    """The danger questions both ways, each kind on its line; what was not asked is never left unsaid."""
    danger, wording = told.danger, of.wording

    def row(key: str, names: tuple[str, ...], most: int, empty: str = "") -> dict[str, str] | None:
        shown = wording.listed(names, most) or empty
        return {"label": wording.say(key), "text": shown} if shown else None

    before = _told_before(of)
    earlier = [
        {"label": wording.say("danger_before", day=wording.day(day)), "text": wording.listed(names)}
        for day, names in before.items()
    ]
    taken = {name for names in before.values() for name in names}
    no = tuple(name for name in danger.no if name not in taken)
    none = "" if earlier else wording.say("none_of_them")
    rows = [
        row("danger_yes", danger.yes, limits.danger, none),
        *earlier,
        row("danger_written", danger.only_written, limits.danger),
        row("danger_unsure", danger.unsure, limits.danger),
        row("danger_no", no, limits.no, wording.say("none_of_them")),
        row("danger_not_asked", danger.not_asked, limits.not_asked, wording.say("all_asked")),
    ]
    return [one for one in rows if one]


def measure_words(one: Measured, wording: Wording) -> str:
    """A measure on one line: name, value, error, how and when."""
    value = ", ".join(part for part in (one.value, one.error) if part)
    how = f" ({one.how})" if one.how else ""
    old = f" {wording.say('old_value')}" if one.old else ""
    return f"{capital(one.name)}: {value}{how}.{old}"


def sign_words(finding: str, state: str, of: Visit) -> str:
    """A sign as it was told; a number with its value."""
    told, value = of.engine.words.findings[finding], of.turn.evidence.value(finding)
    if state == "absent":
        return told.without
    if value is None:
        return told.name
    shown = of.wording.number(value, of.engine.knowledge.findings[finding].unit)
    if finding in of.wording.all["values"]:
        return of.wording.of("values", finding).format(value=shown)
    return f"{told.name}: {shown}"


def _reasons(weights: list[WeightContract], of: Visit, most: int) -> str:
    """The signs that weigh most, as they were told."""
    states = [(entry["finding"], of.turn.evidence.told(entry["finding"])) for entry in weights]
    told = [sign_words(finding, state, of) for finding, state in states if state in ("present", "absent")]
    return "; ".join(told[:most])


def causes(of: Visit, most: int, reasons: int) -> list[dict[str, str]]:
    """The likely causes with chance, range and reasons; none in an emergency, or where nothing hurts."""
    if of.emergency or of.nothing_hurts:
        return []
    wording, shown = of.wording, []
    for cause in of.assessment["causes"][:most]:
        told = of.engine.words.conditions[cause["id"]]
        for_it, against = (_reasons(cause[way], of, reasons) for way in ("for", "against"))
        shown.append(
            {
                "name": capital(told.clinical_name or told.name),
                "plain": told.name if told.clinical_name else "",
                "chance": wording.chance(cause["probability"]),
                "range": wording.between(cause["low"], cause["high"]),
                "for": wording.say("for", reasons=for_it) if for_it else "",
                "against": wording.say("against", reasons=against) if against else "",
            }
        )
    return shown


def tried(of: Visit, told: Told) -> list[str]:
    """What was tried: what the answers say, and the programme that is followed."""
    lines = [capital(of.wording.listed(told.tried))] if told.tried else []
    if of.review is not None:
        done = len(of.review["sessions"]["done"])
        lines.append(
            of.wording.count(
                "followed",
                done,
                programmes=of.wording.listed(
                    protocol_name(one["id"], of.engine) for one in of.review["programme"]["protocols"]
                )
                or of.wording.say("stopped_for_now"),
                day=of.wording.day(of.review["started_on"]),
                planned=of.review["sessions"]["planned_a_week"],
            )
        )
    return lines


def protocol_name(id_: str, engine: Engine) -> str:
    """What a programme is called."""
    named = engine.words.phrases.get(f"protocol_{id_}")
    return named.text.rstrip(".") if named else id_.replace("_", " ")


def history(of: Visit) -> Told:
    """What was told, with what was measured since."""
    measured = measured_since(of.review, of.engine) if of.review is not None else []
    return told_by(of.turn, of.engine, of.wording, measured)


def _left_out(of: Visit, told: Told, limits: Limits) -> list[str]:
    """What this page does not show, in words."""
    wording = of.wording
    found = []
    if len(" ".join(of.turn.case.text.split())) > limits.story:
        found.append(wording.say("left_story"))
    if len(of.question) > limits.question:
        found.append(wording.say("left_question"))
    if of.emergency:
        found.append(wording.say("no_causes_emergency"))
    counts = {
        "left_signs": sum(max(len(names) - limits.names, 0) for names in told.there.values()),
        "left_without": max(len(told.without) - limits.without, 0),
        "left_unsure": max(len(told.unsure) - limits.without, 0),
        "left_danger": max(len(told.danger.no) - limits.no, 0)
        + max(len(told.danger.yes) - limits.danger, 0)
        + max(len(told.danger.unsure) - limits.danger, 0)
        + max(len(told.danger.not_asked) - limits.not_asked, 0),
        "left_causes": 0 if of.emergency else max(len(of.assessment["causes"]) - limits.causes, 0),
        "left_measures": max(len(told.measures) - limits.measures, 0),
    }
    found += [wording.count(key, n) for key, n in counts.items() if n]
    if limits.reasons < LADDER[0].reasons and of.assessment["causes"] and not of.emergency:
        found.append(wording.say("left_reasons"))
    return found


def _data(of: Visit, told: Told, limits: Limits) -> dict[str, Any]:
    wording, words = of.wording, of.engine.words
    factors = [words.factors[one["id"]].name for one in of.assessment["factors"]][: limits.factors]
    rows = _story(of, told, limits)
    rows.append(_row(wording.say("tried"), *(tried(of, told) or [wording.say("nothing_told")])))
    rest = [
        _row(wording.say(key), capital(wording.listed(names, limits.without)) if limits.without else "")
        for key, names in (("unsure", told.unsure), ("without", told.without))
    ]
    measures = [measure_words(one, wording) for one in told.measures[: limits.measures]]
    if not measures:
        n = len(told.measures)
        measures = [wording.count("only_more", n) if n else wording.say("nothing_measured")]
    left = _left_out(of, told, limits)
    diagnosis = words.conditions.get(of.diagnosis or "")
    return {
        "words": wording.all,
        "language": wording.language,
        "large": of.large_print,
        "size": limits.size,
        "title": wording.say("appointment_title"),
        "who": wording.say(
            "about_whom", who=who(of.turn, wording), side=wording.of("sides", of.turn.case.side or "unknown")
        ),
        "told_by": wording.of("respondents", of.turn.case.respondent),
        "day": wording.day(day_of(of.turn, of.on)),
        "printed": wording.day(of.on),
        "level": level(of, limits.flags),
        "question": clipped(" ".join(of.question.split()), limits.question),
        "rows": [row for row in rows if row],
        "rest": [row for row in rest if row],
        "danger": danger_lines(of, told, limits),
        "measures": measures,
        "diagnosis": wording.say("told_diagnosis", name=diagnosis.name) if diagnosis else "",
        "causes": causes(of, limits.causes, limits.reasons),
        "no_causes": _no_causes(of),
        "something_else": wording.say(
            "something_else", chance=wording.chance(of.assessment["something_else"])
        ),
        "factors": wording.say("may_contribute", names=wording.listed(factors)) if factors else "",
        "left_out": wording.say("left_out", what="; ".join(left)) if left else "",
        "not_reviewed": not_reviewed(of.engine),
        "versions": versions(of.assessment["engine_version"], of.engine, wording),
    }


def _no_causes(of: Visit) -> str:
    """Why no causes are shown, where there are none."""
    if of.nothing_hurts:
        return of.wording.say("no_causes_nothing_hurts")
    return "" if of.assessment["causes"] else of.wording.say("no_causes")


def not_reviewed(engine: Engine) -> str:
    """That this is no diagnosis, and that no clinician has reviewed it yet, for as long as that is so."""
    phrases = engine.words.phrases
    review = "" if engine.knowledge.reviewed else phrases["no_clinician_review"].text
    return f"{phrases['not_a_diagnosis'].text} {review}".strip()


def versions(engine_version: str, engine: Engine, wording: Wording) -> str:
    """With what it was made."""
    return wording.say("made_with", version=engine_version, knowledge=engine.knowledge.version)


def _fits(of: Visit, told: Told, limits: Limits) -> bool:
    return _page(of, told, limits).pages() == 1


def _page(of: Visit, told: Told, limits: Limits) -> Paper:
    return Paper(TEMPLATE, _data(of, told, limits), of.on)


def _first_that_fits(of: Visit, told: Told) -> int:
    """The step of the ladder with the most on it that is still one side."""
    low, high = 0, len(LADDER) - 1
    while low < high:
        middle = (low + high) // 2
        if _fits(of, told, LADDER[middle]):
            high = middle
        else:
            low = middle + 1
    return low


def _fullest(of: Visit, told: Told) -> Limits:
    """The step that fits, and the room that is left given back part by part, the most telling first."""
    step = _first_that_fits(of, told)
    limits = LADDER[step]
    if limits.size > LADDER[-1].size or step == 0:
        return limits
    for part in GIVEN_BACK:
        for higher in range(step - 1, max(step - 1 - MOST_GIVEN_BACK, FIRST_CUT - 1), -1):
            more = replace(limits, **{part: getattr(LADDER[higher], part)})
            if more != limits:
                if not _fits(of, told, more):
                    break
                limits = more
    return limits


def appointment(of: Visit) -> Paper:
    """The page with as much as one side of A4 holds."""
    told = history(of)
    return _page(of, told, _fullest(of, told))
