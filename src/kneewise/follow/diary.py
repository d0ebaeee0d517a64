"""The diary: an append-only list of facts. A correction names the entry it corrects; both are kept.

Entries come as plain data and are checked here; everything else about following is computed from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from kneewise.evidence import BadCase, Item, make_item
from kneewise.knowledge.types import Knowledge
from kneewise.plan.orders import CLINICIANS, Order, parse_orders

KINDS = ("session", "morning", "check_in", "measurement", "clinician", "correction")
Made = dict[tuple[str, bool], Item | None]
MOST_ENTRIES = 50_000
MOST_TEXT = 2_000
KEYS: dict[str, tuple[str, ...]] = {
    "session": ("items", "pain_before", "pain_after", "signs", "minutes", "note"),
    "morning": ("pain", "note"),
    "check_in": (
        "findings", "pain_worst", "sleep_hours", "load_minutes", "criteria", "why_missed", "answers", "note",
    ),
    "measurement": ("measure", "instrument", "side", "value", "values", "answers", "method", "unit", "note"),
    "clinician": (
        "by", "seen_on", "may_go_on", "note", "reason", "pin", "ban", "dose", "protocol", "phase",
        "pain_rule",
    ),
    "correction": ("of", "becomes", "note"),
}  # fmt: skip
ENTRY_KEYS = {kind: frozenset(("id", "on", "kind", *keys)) for kind, keys in KEYS.items()}
ITEM_KEYS = frozenset(("exercise", "side", "done", "sets", "reps", "pain_during", "effort", "skipped"))


_OneToTen = Annotated[float, msgspec.Meta(ge=0, le=10)]
_Note = Annotated[str, msgspec.Meta(max_length=MOST_TEXT)]
_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class Done(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One exercise of a session. Pain and effort from 0 to 10; None is not told."""

    exercise: str
    done: bool = True
    sets: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None
    reps: Annotated[int, msgspec.Meta(ge=0, le=1000)] | None = None
    pain: _OneToTen | None = msgspec.field(name="pain_during", default=None)
    effort: _OneToTen | None = None
    skipped: _Note = ""
    side: Any = None


class Entry(NamedTuple):
    """One entry as it counts; `corrects` is the id of the entry whose place it has taken."""

    id: str
    on: date
    kind: str
    items: tuple[Done, ...] = ()
    pain_before: float | None = None
    pain_after: float | None = None
    pain: float | None = None  # of a morning, or the worst of a day
    findings: tuple[Item, ...] = ()
    criteria: Mapping[str, bool] = MappingProxyType({})
    load_minutes: float | None = None
    sleep_hours: float | None = None
    why_missed: str = ""
    raw: Mapping[str, Any] = MappingProxyType({})
    by: str = ""
    seen_on: date | None = None
    may_go_on: bool | None = None
    order: Order | None = None
    corrects: str = ""


@dataclass(frozen=True)
class Corrected:
    """That an entry was corrected: on which day, and whether it was taken back whole."""

    id: str
    on: date
    entry_on: date
    taken_back: bool


@dataclass(frozen=True)
class Diary:
    """The entries that count, by day and then in the order in which they were made; and the corrections.

    `withdrawn` are entries that a correction has replaced or taken back, as they were first told.
    """

    entries: tuple[Entry, ...]
    corrections: tuple[Corrected, ...] = ()
    withdrawn: tuple[Entry, ...] = ()


def _day(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadCase(
            where, f"{value!r} is not a date", 'Write it as year-month-day, for example "2026-11-20"'
        ) from None


def _number(value: Any, where: str, low: float, high: float) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise BadCase(
            where, f"{value!r} cannot be", f"Give a number from {low:g} to {high:g}, or leave it out"
        )
    return float(value)


def _whole(value: Any, where: str, high: int) -> int | None:
    number = _number(value, where, 0, high)
    if number is not None and number != int(number):
        raise BadCase(where, f"{value!r} is not a whole number", f"Give a whole number from 0 to {high}")
    return None if number is None else int(number)


def _text(value: Any, where: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        raise BadCase(where, "this must be text", f"Up to {MOST_TEXT:,} characters in quotes")
    return value


def _object(value: Any, where: str, keys: frozenset[str]) -> Mapping[str, Any]:
    if type(value) is not dict and not isinstance(value, Mapping):
        raise BadCase(
            where, f"this must be an object, not {type(value).__name__}", 'Write it as {"key": value}'
        )
    if not value.keys() <= keys:
        key = next(key for key in value if key not in keys)
        raise BadCase(f"{where}/{key}", f"unknown key {key!r}", f"The keys are {', '.join(sorted(keys))}")
    return value


def _done(value: Any, where: str, knowledge: Knowledge) -> Done:
    data = _object(value, where, ITEM_KEYS)
    exercise = data.get("exercise")
    if not isinstance(exercise, str) or exercise not in knowledge.exercises:
        raise BadCase(
            f"{where}/exercise", f"there is no exercise {exercise!r}", "Use an id of the programme's items"
        )
    done = data.get("done", True)
    if not isinstance(done, bool):
        raise BadCase(f"{where}/done", f"{done!r} is neither yes nor no", "Use true or false")
    return Done(
        exercise=exercise,
        done=done,
        sets=_whole(data.get("sets"), f"{where}/sets", 100),
        reps=_whole(data.get("reps"), f"{where}/reps", 1000),
        pain=_number(data.get("pain_during"), f"{where}/pain_during", 0, 10),
        effort=_number(data.get("effort"), f"{where}/effort", 0, 10),
        skipped=_text(data.get("skipped"), f"{where}/skipped"),
        side=data.get("side"),
    )


def _session(data: Mapping[str, Any], where: str, knowledge: Knowledge, made: Made) -> dict[str, Any]:
    items = data.get("items", [])
    if not isinstance(items, list | tuple) or len(items) > 100:
        raise BadCase(f"{where}/items", "this must be a list", 'Write it as [{"exercise": "…"}]')
    signs = data.get("signs", {})
    return {
        "items": tuple(_done(one, f"{where}/items/{i}", knowledge) for i, one in enumerate(items)),
        "pain_before": _number(data.get("pain_before"), f"{where}/pain_before", 0, 10),
        "pain_after": _number(data.get("pain_after"), f"{where}/pain_after", 0, 10),
        "findings": _findings(signs, f"{where}/signs", knowledge, made),
    }


def _findings(value: Any, where: str, knowledge: Knowledge, made: Made) -> tuple[Item, ...]:
    if type(value) is not dict and not isinstance(value, Mapping):
        raise BadCase(where, "this must be an object of findings", 'Write it as {"calf_swelling": false}')
    found = []
    for id_, answer in value.items():
        # The same few questions are answered day after day: an item is made once and is the same for all.
        key = (id_, answer) if type(answer) is bool and type(id_) is str else None
        if key is not None and key in made:
            item = made[key]
        else:
            item = make_item(str(id_), answer, knowledge, f"{where}/{id_}")
            if key is not None:
                made[key] = item
        if item is not None:
            found.append(item)
    return tuple(found)


def _check_in(data: Mapping[str, Any], where: str, knowledge: Knowledge, made: Made) -> dict[str, Any]:
    criteria = data.get("criteria", {})
    if type(criteria) is not dict and not isinstance(criteria, Mapping):
        raise BadCase(f"{where}/criteria", "this must be an object", 'Write it as {"stairs_normal": true}')
    for id_, answer in criteria.items():
        if id_ not in knowledge.criteria:
            raise BadCase(
                f"{where}/criteria/{id_}", f"there is no criterion {id_!r}", "Use those of the review"
            )
        if not isinstance(answer, bool):
            raise BadCase(f"{where}/criteria/{id_}", f"{answer!r} is neither yes nor no", "Use true or false")
    return {
        "findings": _findings(data.get("findings", {}), f"{where}/findings", knowledge, made),
        "pain": _number(data.get("pain_worst"), f"{where}/pain_worst", 0, 10),
        "sleep_hours": _number(data.get("sleep_hours"), f"{where}/sleep_hours", 0, 24),
        "load_minutes": _number(data.get("load_minutes"), f"{where}/load_minutes", 0, 1440),
        "criteria": dict(criteria),
        "why_missed": _text(data.get("why_missed"), f"{where}/why_missed"),
    }


def _clinician(data: Mapping[str, Any], where: str, on: date, knowledge: Knowledge) -> dict[str, Any]:
    if data.get("by") not in CLINICIANS:
        raise BadCase(f"{where}/by", "say who it was", f"One of {', '.join(CLINICIANS)}")
    seen_on = _day(data.get("seen_on", on.isoformat()), f"{where}/seen_on")
    if seen_on > on:
        raise BadCase(
            f"{where}/seen_on", f"{seen_on} is after the day of the entry", "Give the day of the visit"
        )
    may = data.get("may_go_on")
    if may is not None and not isinstance(may, bool):
        raise BadCase(f"{where}/may_go_on", f"{may!r} is neither yes nor no", "Use true or false")
    ordered = {
        key: data[key] for key in ("pin", "ban", "dose", "protocol", "phase", "pain_rule") if key in data
    }
    order = None
    if ordered:
        reason = _text(data.get("reason") or data.get("note"), f"{where}/reason")
        said = {"by": data["by"], "on": on.isoformat(), "reason": reason or "told at the visit", **ordered}
        order = parse_orders([said], knowledge, where)[0]
    return {"by": data["by"], "seen_on": seen_on, "may_go_on": may, "order": order}


def _entry(value: Any, where: str, knowledge: Knowledge, made: Made) -> Entry:
    """One entry, read with care: what is wrong is told with its place."""
    if type(value) is not dict and not isinstance(value, Mapping):
        raise BadCase(
            where, "this must be an object", 'Write it as {"id": "1", "on": "2026-11-20", "kind": …}'
        )
    kind = value.get("kind")
    if kind not in KINDS:
        raise BadCase(f"{where}/kind", f"{kind!r} is no kind of entry", f"One of {', '.join(KINDS)}")
    data = _object(value, where, ENTRY_KEYS[kind])
    id_ = data.get("id")
    if not isinstance(id_, str) or not 0 < len(id_) <= 100:
        raise BadCase(f"{where}/id", "each entry needs an id of its own", 'A short text, as "2026-11-20-1"')
    on = _day(data.get("on"), f"{where}/on")
    _text(data.get("note"), f"{where}/note")
    more: dict[str, Any] = {}
    if kind == "session":
        more = _session(data, where, knowledge, made)
    elif kind == "morning":
        more = {"pain": _number(data.get("pain"), f"{where}/pain", 0, 10)}
    elif kind == "check_in":
        more = _check_in(data, where, knowledge, made)
    elif kind == "clinician":
        more = _clinician(data, where, on, knowledge)
    return Entry(id=id_, on=on, kind=kind, raw=data, **more)


# --- the quick way ------------------------------------------------------------------------------
# A diary of years is read at every look. What is as it should be is read by typed structures; whatever they
# do not take goes the careful way above, which either reads it too or says what is wrong and where.


class _SessionRead(msgspec.Struct, forbid_unknown_fields=True):
    id: _Id
    on: date
    kind: Literal["session"]
    items: Annotated[tuple[Done, ...], msgspec.Meta(max_length=100)] = ()
    pain_before: _OneToTen | None = None
    pain_after: _OneToTen | None = None
    signs: dict[str, bool] = {}
    minutes: Any = None
    note: _Note = ""


class _MorningRead(msgspec.Struct, forbid_unknown_fields=True):
    id: _Id
    on: date
    kind: Literal["morning"]
    pain: _OneToTen | None = None
    note: _Note = ""


class _CheckInRead(msgspec.Struct, forbid_unknown_fields=True):
    id: _Id
    on: date
    kind: Literal["check_in"]
    findings: dict[str, bool] = {}
    pain_worst: _OneToTen | None = None
    sleep_hours: Annotated[float, msgspec.Meta(ge=0, le=24)] | None = None
    load_minutes: Annotated[float, msgspec.Meta(ge=0, le=1440)] | None = None
    criteria: dict[str, bool] = {}
    why_missed: _Note = ""
    answers: Any = None
    note: _Note = ""


_QUICK: dict[str, Any] = {"session": _SessionRead, "morning": _MorningRead, "check_in": _CheckInRead}
Answered = dict[tuple[tuple[str, bool], ...], tuple[Item, ...]]


def _yes_no(
    answers: dict[str, bool], knowledge: Knowledge, made: Made, answered: Answered
) -> tuple[Item, ...]:
    """As `_findings`; the same few questions are answered the same way day after day."""
    if not answers:
        return ()
    key = tuple(answers.items())
    found = answered.get(key)
    if found is None:
        found = answered[key] = _findings(answers, "", knowledge, made)
    return found


def _quick(value: Any, knowledge: Knowledge, made: Made, answered: Answered) -> Entry | None:
    """An entry that is as it should be; None where the careful way has to look."""
    told = value.get("kind") if type(value) is dict else None
    kind = _QUICK.get(told) if type(told) is str else None
    if kind is None:
        return None
    try:
        read = msgspec.convert(value, kind)
        if kind is _MorningRead:
            return Entry(read.id, read.on, "morning", pain=read.pain, raw=value)
        if kind is _SessionRead:
            if any(item.exercise not in knowledge.exercises for item in read.items):
                return None
            return Entry(
                read.id, read.on, "session", read.items, read.pain_before, read.pain_after, None,
                _yes_no(read.signs, knowledge, made, answered), raw=value,
            )  # fmt: skip
        if not read.criteria.keys() <= knowledge.criteria.keys():
            return None
        return Entry(
            read.id, read.on, "check_in", pain=read.pain_worst,
            findings=_yes_no(read.findings, knowledge, made, answered), criteria=read.criteria,
            load_minutes=read.load_minutes, sleep_hours=read.sleep_hours, why_missed=read.why_missed,
            raw=value,
        )  # fmt: skip
    except (msgspec.ValidationError, BadCase, TypeError):
        return None


def _correct(
    entry: Entry,
    data: Mapping[str, Any],
    where: str,
    knowledge: Knowledge,
    by_id: dict[str, tuple[int, Entry]],
) -> Entry | None:
    """What a correction puts in the place of an entry; None takes it back."""
    of, becomes = data.get("of"), data.get("becomes")
    if not isinstance(of, str) or of not in by_id:
        raise BadCase(f"{where}/of", f"there is no entry {of!r} before this one", "Name the entry's id")
    if becomes is None:
        return None
    if not isinstance(becomes, Mapping) or becomes.get("kind") == "correction":
        raise BadCase(
            f"{where}/becomes", "this must be a whole entry", "Write the entry as it should have been"
        )
    old = by_id[of][1]
    whole = {"id": entry.id, "on": old.on.isoformat(), "kind": old.kind, **becomes}
    return _entry({**whole, "id": entry.id}, f"{where}/becomes", knowledge, {})


def parse_diary(data: Any, knowledge: Knowledge, on: date | None = None) -> Diary:
    """A diary from its JSON value, as known on a day: what was entered or happened later is left out.

    The same entry twice (sent again after a lost answer) counts once; two entries with one id that differ
    are refused, for one of them would be lost. Raises `evidence.BadCase` with the path of what is wrong.
    """
    if not isinstance(data, Sequence) or isinstance(data, str | bytes):
        raise BadCase("diary", "this must be a list of entries", "Write one entry a line")
    if len(data) > MOST_ENTRIES:
        raise BadCase("diary", f"{len(data):,} entries", f"Give at most {MOST_ENTRIES:,}")
    by_id: dict[str, tuple[int, Entry]] = {}
    first: dict[str, Mapping[str, Any]] = {}
    corrections: list[Corrected] = []
    withdrawn: list[Entry] = []
    made: Made = {}
    answered: Answered = {}
    for i, value in enumerate(data):
        entry = _quick(value, knowledge, made, answered) or _entry(value, f"diary/{i}", knowledge, made)
        raw = entry.raw
        if entry.id in first:
            if first[entry.id] != raw:
                raise BadCase(
                    f"diary/{i}/id", f"{entry.id!r} names two different entries", "Give each its own id"
                )
            continue
        first[entry.id] = raw
        if on is not None and entry.on > on:
            continue
        if entry.kind != "correction":
            by_id[entry.id] = (i, entry)
            continue
        new = _correct(entry, raw, f"diary/{i}", knowledge, by_id)
        of = str(raw["of"])
        place, old = by_id[of]
        withdrawn.append(old)
        corrections.append(Corrected(of, entry.on, old.on, new is None))
        if new is None:
            by_id = {id_: pair for id_, pair in by_id.items() if pair[1] is not old}
        else:
            # A correction can be corrected again, by its own id or by that of the first entry.
            by_id[of] = by_id[entry.id] = (place, new._replace(corrects=of))
    counted = {id(entry): (place, entry) for place, entry in by_id.values()}
    ordered = sorted(counted.values(), key=lambda pair: (pair[1].on, pair[0]))
    return Diary(
        tuple(entry for _, entry in ordered if on is None or entry.on <= on),
        tuple(corrections),
        tuple(withdrawn),
    )
