"""Everything of one person as plain data: what the store keeps, and what an archive gives back.

`Stored` is the state itself, nothing that follows from it. It comes from files that anybody may have
written, so it is read strictly: after `check_stored` every page can show it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, NotRequired, TypedDict, cast

import msgspec

from kneewise.evidence import BadCase
from kneewise.exchange.calendar import one_line, parse_told, parse_wishes
from kneewise.knowledge.types import Knowledge
from kneewise.pathway.contracts import (
    PersonContract,
    PreferencesContract,
    ProgrammeContract,
    ReviewContract,
    SideName,
    State,
)
from kneewise.pathway.engine import Engine
from kneewise.pathway.plan import plan, situation_of, wishes_of
from kneewise.pathway.review import origin_of, review
from kneewise.plan import parse_preferences
from kneewise.plan.swap import wished

SWAPS = "swaps"
PREVENT = "prevent"
OPENING = ("who", "diagnosis", "words", "understood")
MOST_STEPS, MOST_SWAPS, MOST_TEXT = 500, 200, 5_000
MOST_ENTRIES = 20_000
LONGEST_NAME, LONGEST_VERSION = 30, 80
OLDEST_COURSE = timedelta(days=3660)
_ID = re.compile(r"[A-Za-z0-9_-]{20,43}")
_MARK = re.compile(r"[a-z_]{0,20}")


class WhoContract(TypedDict):
    """Name and mark of a person, where they chose one."""

    name: str | None
    mark: str | None


class AnswerContract(TypedDict):
    """One answer of a page."""

    state: State
    value: NotRequired[float]
    unit: NotRequired[str]


class StepTakenContract(TypedDict):
    """One page of questions, in the order in which it was asked, with its answers by finding."""

    page: str
    findings: list[str]
    why: str
    stage: Literal["open", "which_unsure", "one_by_one", "answered"]
    answers: dict[str, AnswerContract]
    unsure_about: list[str]


class ToldContract(TypedDict, total=False):
    """What was told before the questions: who, own words, and what was put right in them."""

    person: PersonContract
    respondent: Literal["self", "carer", "clinician"]
    side: Literal["left", "right", "both", ""]
    text: str
    corrections: dict[str, AnswerContract]
    declined: list[str]


class SittingContract(TypedDict):
    """One sitting as it is stored; `preferences` are the wishes with the swaps as pairs, old and new."""

    id: str
    door: Literal["hurts", "diagnosis", "prevent"]
    case: ToldContract
    done: list[Literal["who", "diagnosis", "words", "understood"]]
    steps: list[StepTakenContract]
    diagnosis: str
    preferences: dict[str, Any]
    knowledge_version: str
    created: str
    updated: str


class CourseStoredContract(TypedDict):
    """A programme that is followed; `kept` says when each entry of the diary was kept, in its order."""

    id: str
    started_on: str
    knowledge_version: str
    created: str
    kept: list[str]


class CalendarContract(TypedDict):
    """The wishes for the calendar, and the sessions that it was told of."""

    wishes: dict[str, Any]
    told: list[dict[str, Any]]


class Stored(TypedDict):
    """All that is stored of one person; without a course there is no programme and no diary."""

    person: WhoContract | None
    sitting: SittingContract
    course: CourseStoredContract | None
    programme: dict[str, Any] | None
    diary: list[dict[str, Any]]
    calendar: CalendarContract | None


# What an archive publishes beside the contracts of `kneewise schema`.
STORED_CONTRACTS: dict[str, Any] = {
    "person": WhoContract,
    "sitting": SittingContract,
    "course": CourseStoredContract,
    "calendar": CalendarContract,
}


# --- what follows from it ----------------------------------------------------------------------------


def moment_of(text: Any, where: str) -> datetime:
    """A moment with its zone, in UTC. Raises `BadCase`."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None and 1 < moment.year < 9999:
            return moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    raise BadCase(where, f"{str(text)[:40]!r} is not a moment", "Write it as 2026-11-20T09:30:00+00:00")


def _evidence_item(finding: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {"id": finding, "state": answer["state"]}
    if "value" in answer:
        item["value"] = answer["value"]
        if answer.get("unit"):
            item["unit"] = answer["unit"]
    return item


def case_of(sitting: Mapping[str, Any]) -> dict[str, Any]:
    """A stored sitting as the case contract: what was put right, what was not told, all pages in order."""
    told = sitting["case"]
    evidence = [_evidence_item(f, a) for f, a in told.get("corrections", {}).items()]
    evidence += [{"id": finding, "state": "unsure"} for finding in told.get("declined", [])]
    for step in sitting["steps"]:
        evidence += [_evidence_item(f, a) for f, a in step["answers"].items()]
    case: dict[str, Any] = {
        "on": moment_of(sitting["created"], "sitting/created").date().isoformat(),
        "person": told.get("person", {}),
        "evidence": evidence,
    }
    return case | {key: told[key] for key in ("respondent", "side", "text") if told.get(key)}


def preferences_of(sitting: Mapping[str, Any], knowledge: Knowledge) -> PreferencesContract:
    """The wishes of a sitting as their contract, with all swaps made. Raises `BadCase`."""
    wishes = {key: value for key, value in sitting["preferences"].items() if key != SWAPS}
    if sitting["door"] == PREVENT and PREVENT not in wishes.get("goals", []):
        wishes["goals"] = [*wishes.get("goals", []), PREVENT]
    preferences = parse_preferences(wishes, knowledge)
    for old, new in sitting["preferences"].get(SWAPS, []):
        preferences = wished(preferences, old, new)
    return wishes_of(preferences)


def plan_of(sitting: Mapping[str, Any], engine: Engine) -> ProgrammeContract:
    """The programme for a sitting as it stands, or what to do meanwhile. Raises `BadCase`."""
    return plan(
        engine.look(engine.parse(case_of(sitting))),
        parse_preferences(preferences_of(sitting, engine.knowledge), engine.knowledge),
        engine,
        sitting["diagnosis"] or None,
        nothing_hurts=sitting["door"] == PREVENT,
    )


def review_of(stored: Stored, on: date, engine: Engine) -> ReviewContract | None:
    """The programme that is followed, reviewed on a day or on the newest day told. Raises `BadCase`."""
    course, programme = stored["course"], stored["programme"]
    if course is None or programme is None:
        return None
    days = [_day(entry.get("on"), f"diary/{i}/on") for i, entry in enumerate(stored["diary"])]
    started = _day(course["started_on"], "course/started_on")
    return review(programme, stored["diary"], max(on, started, *days), engine)


def stopped(stored: Stored, engine: Engine) -> bool:
    """Whether answers of the sitting, changed since its programme was begun, forbid exercises now."""
    sitting, programme = stored["sitting"], stored["programme"]
    turn = engine.look(engine.parse(case_of(sitting)))
    if turn.triage.care_level == "emergency":
        return True
    hurts_not = sitting["door"] == PREVENT
    now = situation_of(turn, sitting["diagnosis"] or None, nothing_hurts=hurts_not)
    if now.gate != "none" or programme is None:
        return False
    origin = origin_of(programme, engine)
    begun = situation_of(origin.turn, origin.diagnosis, nothing_hurts=origin.nothing_hurts)
    return begun.gate != "none"


def review_now(stored: Stored, on: date, engine: Engine) -> ReviewContract | None:
    """The review as it may be shown: without exercises where answers changed since forbid them.

    Raises `BadCase`.
    """
    found = review_of(stored, on, engine)
    if found is None or not stopped(stored, engine):
        return found
    meanwhile = plan_of(stored["sitting"], engine)
    meanwhile["started_on"] = found["started_on"]
    return {**found, "programme": meanwhile}


# --- read strictly -----------------------------------------------------------------------------------


def _day(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadCase(where, f"{str(value)[:40]!r} is not a date", "Write it as 2026-11-20") from None


def _shaped(value: Any, contract: Any, where: str) -> None:
    """Hold a value against a contract. Raises `BadCase` with the place in it."""
    try:
        msgspec.convert(value, contract, strict=True)
    except (msgspec.ValidationError, RecursionError) as wrong:
        raise BadCase(
            where, f"it is not as it should be: {str(wrong)[:200]}", "Take the archive anew where it was made"
        ) from None


def _known_keys(value: Mapping[str, Any], contract: Any, where: str) -> None:
    for key in value:
        if key not in contract.__annotations__:
            raise BadCase(
                f"{where}/{str(key)[:60]}", "this key is not known", "It may be from a newer kneewise"
            )


def _an_id(value: str, where: str) -> None:
    if not _ID.fullmatch(value):
        raise BadCase(where, "this is not an id of kneewise", "Take the archive anew where it was made")


def _short(value: str, where: str, most: int) -> None:
    if len(value) > most:
        raise BadCase(where, f"the text is {len(value):,} characters long", f"Keep it under {most:,}")


def _finding(finding: str, where: str, knowledge: Knowledge) -> None:
    if finding not in knowledge.findings:
        raise BadCase(
            where,
            f"there is no finding {finding[:60]!r} any more",
            "It may be from another version of kneewise",
        )


def _check_sitting(sitting: SittingContract, engine: Engine) -> None:
    knowledge = engine.knowledge
    _shaped(sitting, SittingContract, "sitting")
    _known_keys(sitting, SittingContract, "sitting")
    _known_keys(sitting["case"], ToldContract, "sitting/case")
    _an_id(sitting["id"], "sitting/id")
    _short(sitting["knowledge_version"], "sitting/knowledge_version", LONGEST_VERSION)
    _short(sitting["case"].get("text", ""), "sitting/case/text", MOST_TEXT)
    if sitting["diagnosis"] and sitting["diagnosis"] not in knowledge.conditions:
        raise BadCase("sitting/diagnosis", "there is no such cause any more", "Choose it anew in the app")
    if len(sitting["steps"]) > MOST_STEPS:
        raise BadCase("sitting/steps", f"{len(sitting['steps']):,} pages", f"At most {MOST_STEPS}")
    for finding in (*sitting["case"].get("corrections", {}), *sitting["case"].get("declined", [])):
        _finding(finding, "sitting/case", knowledge)
    pages = {page.id for page in knowledge.pages}
    for i, step in enumerate(sitting["steps"]):
        where = f"sitting/steps/{i}"
        _known_keys(step, StepTakenContract, where)
        _short(step["why"], f"{where}/why", MOST_SWAPS)
        # Pages that the programme asks for are named like their reason and are no pages of the interview.
        if step["page"] not in pages and step["page"] != step["why"]:
            raise BadCase(f"{where}/page", f"there is no page {step['page'][:60]!r}", "Take the archive anew")
        for finding in (*step["findings"], *step["answers"], *step["unsure_about"]):
            _finding(finding, where, knowledge)
        if not step["findings"]:
            raise BadCase(f"{where}/findings", "a page without questions", "Take the archive anew")
    _check_wishes(sitting, knowledge)
    moment_of(sitting["updated"], "sitting/updated")
    engine.look(engine.parse(case_of(sitting)))


def _check_wishes(sitting: SittingContract, knowledge: Knowledge) -> None:
    swaps = sitting["preferences"].get(SWAPS, [])
    if not isinstance(swaps, list) or len(swaps) > MOST_SWAPS:
        raise BadCase("sitting/preferences/swaps", "this must be a list of swaps", f"At most {MOST_SWAPS}")
    for pair in swaps:
        named = isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair)
        if not named or any(one not in knowledge.exercises for one in pair):
            raise BadCase("sitting/preferences/swaps", "a swap names two exercises", "Take the archive anew")
    preferences_of(sitting, knowledge)


class _OriginShape(TypedDict):
    case: dict[str, Any]
    preferences: dict[str, Any]
    diagnosis: NotRequired[str | None]
    nothing_hurts: NotRequired[bool]


class _ItemShape(TypedDict):
    exercise: str


class _DayShape(TypedDict):
    day: int
    items: list[_ItemShape]


class _ProgrammeShape(TypedDict):
    """What is read of a programme that is followed; the rest of it may be that of an older version."""

    origin: _OriginShape
    week: NotRequired[list[_DayShape]]
    knowledge_version: NotRequired[str]
    on: NotRequired[str | None]
    started_on: NotRequired[str]


def _check_course(stored: Stored, today: date, engine: Engine) -> None:
    course, programme = stored["course"], stored["programme"]
    if course is None:
        if stored["diary"]:
            raise BadCase("diary", "a diary without a programme", "Take the archive anew where it was made")
        return
    _shaped(course, CourseStoredContract, "course")
    _known_keys(course, CourseStoredContract, "course")
    _shaped(programme, _ProgrammeShape, "programme")
    assert programme is not None  # its shape was held
    _an_id(course["id"], "course/id")
    _short(course["knowledge_version"], "course/knowledge_version", LONGEST_VERSION)
    started = _day(course["started_on"], "course/started_on")
    if not today - OLDEST_COURSE <= started <= today + timedelta(days=1):
        raise BadCase(
            "course/started_on", f"{started} cannot be its first day", "Look at this machine's date"
        )
    if (programme.get("started_on") or programme.get("on")) != course["started_on"]:
        raise BadCase("programme/on", "this is not the day the course was begun", "Take the archive anew")
    moment_of(course["created"], "course/created")
    _check_diary(stored["diary"], course, today)
    review_of(stored, today, engine)


def _check_diary(diary: Sequence[Mapping[str, Any]], course: CourseStoredContract, today: date) -> None:
    if len(diary) > MOST_ENTRIES:
        raise BadCase("diary", f"{len(diary):,} entries", f"At most {MOST_ENTRIES:,}")
    ids = [entry.get("id") for entry in diary]
    if not all(isinstance(id_, str) for id_ in ids) or len(set(ids)) < len(ids):
        raise BadCase("diary", "each entry needs an id of its own", "Take the archive anew")
    for i, entry in enumerate(diary):
        if _day(entry.get("on"), f"diary/{i}/on") > today + timedelta(days=1):
            raise BadCase(f"diary/{i}/on", f"{entry['on']} has not come yet", "Look at this machine's date")
    if len(course["kept"]) != len(diary):
        raise BadCase("course/kept", "not one moment for each entry", "Take the archive anew")
    for i, kept in enumerate(course["kept"]):
        moment_of(kept, f"course/kept/{i}")


def _check_person(person: WhoContract | None) -> None:
    if person is None:
        return
    _shaped(person, WhoContract, "person")
    _known_keys(person, WhoContract, "person")
    name = person["name"] or ""
    if len(name) > LONGEST_NAME or one_line(name) != name or not _MARK.fullmatch(person["mark"] or ""):
        raise BadCase("person", "the name or the mark cannot be", f"At most {LONGEST_NAME} letters")


def check_stored(stored: Any, today: date, engine: Engine) -> Stored:
    """All of one person, held against today's knowledge: what is returned can be shown by every page.

    Raises `BadCase`; nothing else, whatever was given.
    """
    try:
        _shaped(stored, Stored, "archive")
        whole = cast(Stored, stored)
        _check_person(whole["person"])
        _check_sitting(whole["sitting"], engine)
        _check_course(whole, today, engine)
        if whole["calendar"] is not None:
            _known_keys(whole["calendar"], CalendarContract, "calendar")
            parse_wishes(whole["calendar"]["wishes"])
            parse_told(whole["calendar"]["told"])
    except (TypeError, KeyError, AttributeError, ValueError, OverflowError, RecursionError) as wrong:
        if isinstance(wrong, BadCase):
            raise
        raise BadCase(
            "archive", "what is in it does not fit together", "Take the archive anew where it was made"
        ) from None
    return whole


# --- other ways to a state ---------------------------------------------------------------------------


def derived_id(*parts: str) -> str:
    """An id for what had none: the same parts give the same, so that a second import adds nothing twice."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def from_download(value: Any) -> Stored:
    """Format 0: what `/your-data/download/` gave before there were archives. Raises `BadCase`.

    It had no ids and did not say which of the opening pages were done; both follow from what is there.
    """
    stored = value.get("stored") if isinstance(value, Mapping) else None
    if not isinstance(stored, Mapping) or not isinstance(stored.get("case"), Mapping):
        raise BadCase("archive", "this is not a download of kneewise", "Give a file that kneewise made")
    course = stored.get("course")
    if not isinstance(course, Mapping | None):
        raise BadCase("stored/course", "this must be an object", "Give the file as kneewise made it")
    created = str(stored.get("created"))
    id_ = derived_id("sitting", created)
    told, steps = stored["case"], stored.get("steps", [])
    done = [
        page
        for page, there in (
            ("who", "respondent" in told),
            ("diagnosis", stored.get("diagnosis") is not None or bool(steps)),
            ("words", "text" in told or bool(steps)),
            ("understood", bool(told.get("text")) and bool(steps)),
        )
        if there and (page != "diagnosis" or stored.get("door") == "diagnosis")
    ]
    diary = course.get("diary", []) if course else []
    keys = ("door", "case", "steps", "preferences", "knowledge_version", "created", "updated")
    sitting = {key: stored.get(key) for key in keys} | {
        "id": id_,
        "done": done,
        "diagnosis": stored.get("diagnosis") or "",
    }
    kept = str(course.get("created")) if course else ""
    return cast(
        Stored,
        {
            "person": stored.get("person"),
            "sitting": sitting,
            "course": {
                "id": derived_id("course", id_),
                "kept": [kept] * (len(diary) if isinstance(diary, list) else 0),
                **{key: course.get(key) for key in ("started_on", "knowledge_version", "created")},
            }
            if course
            else None,
            "programme": course.get("programme") if course else None,
            "diary": diary,
            "calendar": None,
        },
    )


def from_programme(programme: Mapping[str, Any], diary: Sequence[Mapping[str, Any]], on: date) -> Stored:
    """A programme and its diary from files, as if the app had followed them. Raises `BadCase`.

    The answers stand as what was put right by the person, for nobody knows the pages they were given on.
    """
    origin = programme.get("origin")
    if not isinstance(origin, Mapping) or not isinstance(origin.get("case"), Mapping):
        raise BadCase(
            "programme/origin", "it does not say what it was made from", "Make it by `kneewise plan`"
        )
    case = origin["case"]
    day = programme.get("started_on") or programme.get("on") or (diary[0]["on"] if diary else on.isoformat())
    moment = f"{_day(day, 'programme/on').isoformat()}T00:00:00+00:00"
    id_ = derived_id("sitting of a programme", str(programme.get("id")), day)
    told: ToldContract = {
        "person": cast(PersonContract, case.get("person") or {}),
        "respondent": case.get("respondent") or "self",
        "side": cast(SideName, case.get("side") or ""),
        "text": case.get("text") or "",
        "corrections": {item["id"]: _answer(item) for item in case.get("evidence") or []},
    }
    diagnosis = origin.get("diagnosis") or ""
    return {
        "person": None,
        "sitting": {
            "id": id_,
            "door": "prevent" if origin.get("nothing_hurts") else "diagnosis" if diagnosis else "hurts",
            "case": told,
            "done": list(OPENING),  # type: ignore[arg-type]
            "steps": [],
            "diagnosis": diagnosis,
            "preferences": dict(origin.get("preferences") or {}),
            "knowledge_version": str(programme.get("knowledge_version") or ""),
            "created": moment,
            "updated": moment,
        },
        "course": {
            "id": derived_id("course", id_),
            "started_on": day,
            "knowledge_version": str(programme.get("knowledge_version") or ""),
            "created": moment,
            "kept": [moment] * len(diary),
        },
        "programme": {**programme, "on": day},
        "diary": [dict(entry) for entry in diary],
        "calendar": None,
    }


def _answer(item: Mapping[str, Any]) -> AnswerContract:
    keys = ("state", "value", "unit")
    answer = {key: item[key] for key in keys if item.get(key) is not None}
    return cast(AnswerContract, {"state": "present", **answer})


# --- what an import would do -------------------------------------------------------------------------

Meeting = Literal["new", "same", "adds", "replaces"]


def meet(here: Stored | None, coming: Stored) -> Meeting:
    """What taking in an archive does to what is stored here.

    `new`: nothing was there; `same`: all of it is there already; `adds`: its diary goes on where the one
    here ends; `replaces`: something here would be lost, so the person is asked.
    """
    if here is None:
        return "new"
    if here["sitting"]["id"] != coming["sitting"]["id"] or _without_diary(here) != _without_diary(coming):
        return "replaces"
    ours, theirs = here["diary"], coming["diary"]
    if ours[: len(theirs)] == theirs:
        return "same"
    return "adds" if theirs[: len(ours)] == ours else "replaces"


def _without_diary(stored: Stored) -> dict[str, Any]:
    """What two states of one course have in common; settings of the calendar are no reason to ask."""
    sitting = {key: value for key, value in stored["sitting"].items() if key != "updated"}
    course = stored["course"]
    return {
        "sitting": sitting,
        "course": course and {key: value for key, value in course.items() if key != "kept"},
        "programme": stored["programme"],
    }
