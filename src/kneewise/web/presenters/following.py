"""The pages of a course: the alarm, today, how it goes, the history, the measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kneewise.evidence import Evidence
from kneewise.follow.expected import LEAST_ENTRIES, band, points_of
from kneewise.follow.measures import Permission, may_take
from kneewise.knowledge.types import Phrase
from kneewise.knowledge.types_measures import Measure, MeasureWords
from kneewise.pathway.contracts import AlarmContract, ChangeContract, CriterionContract
from kneewise.pathway.telling import red_flag_words
from kneewise.web.answers import is_quantity, quantity_words
from kneewise.web.charts import BandDay, pain_chart, weeks_shown
from kneewise.web.diary_forms import clinician_names, why_options
from kneewise.web.fields import long_day
from kneewise.web.following import Following
from kneewise.web.knowledge import engine, phrase, stated, words
from kneewise.web.presenters.programme import Card, make_card
from kneewise.web.presenters.result import LOOKS, Flag, kind_name
from kneewise.web.strings import capital, day_name, side_words, unit_name

HALF_WEEK = 3.5
MOST_NEWS, NEWS_DAYS = 4, 2
FIRST_CHANGES = 8
MISSED_DAYS = 4
PLACES = {
    "too_early": "follow_too_early", "ahead": "follow_ahead", "on_track": "follow_on_track",
    "off_track": "follow_off_track",
}  # fmt: skip
VERDICTS = {
    "improved": "follow_measure_real_better", "worse": "follow_measure_real_worse",
    "no_real_change": "follow_measure_noise", "too_small_to_matter": "follow_measure_small",
    "one_measurement": "follow_measure_first",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A sentence with what more there is to say."""

    text: str
    more: str = ""
    on: str = ""


@dataclass(frozen=True)
class Row:
    """An entry of the history: what it says now, and what it said before."""

    number: int
    day: str
    title: str
    lines: tuple[str, ...]
    before: tuple[tuple[str, ...], ...]
    taken_back: bool


def _day(text: str) -> str:
    return long_day(date.fromisoformat(text))


# --- the alarm ---------------------------------------------------------------------------------------


def _sign(finding: str, evidence: Evidence) -> str:
    """A sign as it was told; a number with its value."""
    value = evidence.value(finding)
    if is_quantity(finding) and value is not None:
        return f"{stated(finding, 'present')}: {quantity_words(finding, {'value': value})}"
    return stated(finding, "present")


def _flag(alarm: AlarmContract, evidence: Evidence) -> Flag:
    rule = next(rule for rule in engine().knowledge.red_flags if rule.id == alarm["id"])
    level = alarm.get("care_level", rule.care_level)
    return Flag(
        words=red_flag_words(rule, level, alarm["because"], words()),
        because=tuple(_sign(finding, evidence) for finding in alarm["because"]),
        only_written=(),
        by_unsure=level != rule.care_level,
    )


def alarm_page(following: Following) -> dict[str, Any]:
    """What to do, who knows of it, and what alone opens the exercises again; empty without an alarm."""
    if not following.locked:
        return {"alarm": None}
    alarms = following.alarms
    level = alarms[0].get("care_level", "within_days") if alarms else "within_days"
    since = following.locked_since
    told = phrase(f"level_{level}")
    evidence = following.evidence()
    return {
        "alarm": {
            "look": LOOKS[level],
            "look_name": kind_name(level),
            "title": told.text,
            "more": told.more,
            "first": _flag(alarms[0], evidence) if alarms else None,
            "others": [_flag(alarm, evidence) for alarm in alarms[1:]],
            "since": long_day(since) if since else "",
            "last": _last_word(following),
        },
        "nobody_told": phrase("follow_nobody_told"),
        "only_seen": phrase("follow_unlock_only_seen"),
        "taken_back": phrase("follow_correction_alarm").text if _took_back(following) else "",
    }


def _took_back(following: Following) -> bool:
    """Whether a sign that has stopped the exercises is no longer told, by a correction."""
    signs = {sign for alarm in following.alarms for sign in alarm["because"]}

    def told(entry: Mapping[str, Any] | None) -> set[str]:
        answers = {} if entry is None else {**entry.get("findings", {}), **entry.get("signs", {})}
        return {finding for finding, answer in answers.items() if answer is not False}

    return any(signs & told(every[0]) - told(every[-1]) for every in versions(following))


def _last_word(following: Following) -> str:
    """What a clinician has said since the alarm, where they said not to go on."""
    said = [one for one in following.review["changes"] if one["phrase"] == "follow_locked_may_not"]
    return said[-1]["text"] if said else ""


# --- today -------------------------------------------------------------------------------------------


def cards(following: Following, day: int) -> list[tuple[str, Card | None]]:
    """The exercises of a day of the programme's week."""
    return [(item["exercise"], make_card(item, [day])) for item in following.items(day)]


def _told_today(following: Following) -> list[tuple[int, str]]:
    on = following.on.isoformat()
    return [(row.number, row.title) for row in rows(following) if row.day == _day(on) and not row.taken_back]


def news(following: Following) -> list[Told]:
    """What changed in the last days, newest first, each sentence once; an alarm that is over is no news."""
    found: dict[str, Told] = {}
    for change in reversed(following.review["changes"]):
        if change["what"] != "locked" and (following.on - date.fromisoformat(change["on"])).days <= NEWS_DAYS:
            found.setdefault(change["text"], _told(change))
    return list(found.values())[:MOST_NEWS]


def _told(change: ChangeContract) -> Told:
    return Told(change["text"], change["more"], _day(change["on"]))


def today_page(following: Following, day: int, *, whole_week: bool) -> dict[str, Any]:
    """The context of today's page, without its form."""
    done = {entry.kind for entry in following.parsed().entries if entry.on == following.on}
    lately = [date.fromisoformat(one) for one in following.review["sessions"]["done"]]
    yesterday = any((following.on - one).days == 1 for one in lately)
    planned = [one["day"] for one in following.review["programme"]["week"] if one["items"]]
    return {
        "today_words": long_day(following.on),
        "week": following.week_number,
        "day": day,
        "day_words": day_name(day),
        "session_done": "session" in done and not whole_week,
        "startable": not whole_week,
        "check_in_done": "check_in" in done,
        "ask_morning": yesterday and "morning" not in done,
        "told_today": _told_today(following),
        "other_days": [(n, day_name(n)) for n in planned if n != day],
        "news": news(following),
        "contacts": contacts(following),
    }


def contacts(following: Following) -> list[Told]:
    """That somebody should look at it, although nothing is stopped."""
    told = {"red_twice": "follow_red_twice"}
    found = []
    for alarm in following.review["alarms"]:
        recent = (following.on - date.fromisoformat(alarm["on"])).days <= 7
        if recent and alarm["kind"] == "contact" and alarm["id"] in told:
            known = phrase(told[alarm["id"]])
            found.append(Told(known.text, known.more, _day(alarm["on"])))
    return found[-1:]


def days_missed(following: Following) -> bool:
    """Whether it is some days since the last session: a reason to ask why, never to scold."""
    done = following.review["sessions"]["done"]
    last = date.fromisoformat(done[-1]) if done else following.course.started_on
    return (following.on - last).days >= MISSED_DAYS


# --- how it goes -------------------------------------------------------------------------------------


def _pains(following: Following) -> list[tuple[date, float]]:
    """The worst pain of each day as told in check-ins; before the first one, of the sessions."""
    told = [(e.on, e.pain) for e in following.parsed().entries if e.kind == "check_in" and e.pain is not None]
    if not told:
        told = [(date.fromisoformat(one["on"]), one["worst"]) for one in following.review["pains"]]
    worst: dict[date, float] = {}
    for day, pain in told:
        worst[day] = max(pain, worst.get(day, 0.0))
    return sorted(worst.items())


def _band(following: Following, start: float, weeks: int) -> list[BandDay]:
    course = next(one for one in engine().knowledge.courses if one.id == following.review["course"]["id"])
    points = points_of(course, following.situation.evidence)
    days = [n * HALF_WEEK for n in range(2 * weeks + 1)]
    shares = [band(points, day / 7) for day in days]
    return [BandDay(day, low * start, high * start) for day, (low, high) in zip(days, shares, strict=True)]


def _chart(following: Following) -> dict[str, Any]:
    """The chart, the same data as rows, and a sentence that says both."""
    pains = _pains(following)
    if not pains:
        return {"chart": None}
    first = [pain for _on, pain in pains[:LEAST_ENTRIES]]
    start = sum(first) / len(first)
    started = following.course.started_on
    weeks = weeks_shown((max(following.on, pains[-1][0]) - started).days)
    shown = _band(following, start, weeks) if start > 0 else []
    usual = _usual(following, start)
    told = _("Your worst pain of a day: %(first)s out of 10 on %(from)s, %(last)s on %(to)s.") % {
        "first": f"{pains[0][1]:g}", "from": long_day(pains[0][0]), "last": f"{pains[-1][1]:g}",
        "to": long_day(pains[-1][0]),
    }  # fmt: skip
    if usual is not None:
        told += " " + _("Usual now: %(low)s to %(high)s.") % {"low": usual[0], "high": usual[1]}
    svg = pain_chart(
        pains, shown, started, weeks, title=_("Worst pain of each day"), told=told,
        week_word=_("weeks since the start"), pain_word=_("pain, 0 to 10"),
    )  # fmt: skip
    rows_ = [
        {
            "day": long_day(day),
            "pain": f"{pain:g}",
            "usual": _range(_at(following, start, (day - started).days)),
        }
        for day, pain in reversed(pains)
    ]
    return {"chart": mark_safe(svg), "chart_told": told, "pain_rows": rows_}  # noqa: S308  # drawn by us


def _at(following: Following, start: float, days: float) -> tuple[float, float] | None:
    if start <= 0:
        return None
    course = next(one for one in engine().knowledge.courses if one.id == following.review["course"]["id"])
    low, high = band(points_of(course, following.situation.evidence), days / 7)
    return low * start, high * start


def _usual(following: Following, start: float) -> tuple[str, str] | None:
    found = _at(following, start, (following.on - following.course.started_on).days)
    return None if found is None else (f"{found[0]:.0f}", f"{found[1]:.0f}")


def _range(found: tuple[float, float] | None) -> str:
    if found is None:
        return _("not known")
    return _("%(low)s to %(high)s") % {"low": f"{found[0]:.0f}", "high": f"{found[1]:.0f}"}


def _fill(known: Phrase, **values: str) -> Told:
    def say(text: str) -> str:
        for key, value in values.items():
            text = text.replace("{" + key + "}", value)
        return text

    return Told(say(known.text), say(known.more))


def _where(following: Following) -> list[Told]:
    """Where the person is in the usual course, and what is left with its range."""
    course = following.review["course"]
    told = [_fill(phrase(PLACES[course["place"]]), week=str(max(round(course["week"]), 1)))]
    left = course["weeks_left"]
    if left is None:
        return [*told, _fill(phrase("follow_left_unknown"))]
    return [*told, _fill(phrase("follow_left"), low=str(round(left[0])), high=str(max(round(left[1]), 1)))]


def _criterion(one: CriterionContract) -> dict[str, Any]:
    how = {
        "told": phrase("follow_criterion_said").text
        if one["met"]
        else phrase("follow_criterion_missing").text,
        "missing": phrase("follow_criterion_missing").text,
        "not_known": phrase("follow_criterion_unknown").text,
    }
    known = phrase(one["id"])
    return {"text": known.text, "more": known.more, "met": one["met"], "how": how.get(one["how"], "")}


def change_of(measure: Mapping[str, Any]) -> Told:
    """Whether a measure has really changed, in words; with its day where it is old."""
    known = words().measures[measure["id"]]
    name = capital(known.name)
    if measure["side"]:
        name = f"{name} ({side_words(measure['side'])})"
    unit = unit_name(measure["unit"])
    change = "" if measure["change"] is None else f"{abs(measure['change']):g}"
    error = next((one["number"] for one in measure["because"] if one["kind"].endswith("_the_error")), None)
    values = {"measure": name, "change": change, "unit": unit, "error": f"{error:.3g}" if error else ""}
    verdict = measure["verdict"]
    if verdict in VERDICTS:
        told = _fill(phrase(VERDICTS[verdict]), **values)
    elif verdict == "not_known":
        told = Told(
            _("%(measure)s: %(change)s %(unit)s different. Nobody knows how much of that is chance.") % values
        )
    elif verdict == "not_felt":
        told = Told(
            _("%(measure)s: a real change of %(change)s %(unit)s, but you do not feel better.") % values
        )
    else:
        told = Told(_("%(measure)s: changed by %(change)s %(unit)s, which is more than chance.") % values)
    text = " ".join(told.text.split())
    if measure["stale"]:
        text += " " + _fill(phrase("follow_measure_old"), measure=name, date=_day(measure["as_of"])).text
    return Told(text, told.more if error or "{" not in told.more else "", _day(measure["as_of"]))


def progress_page(following: Following) -> dict[str, Any]:
    """Pain by day, where one is, sessions, criteria, what changed and why, measures, what is left."""
    review = following.review
    sessions = review["sessions"]
    week_ago = [one for one in sessions["done"] if (following.on - date.fromisoformat(one)).days < 7]
    criteria = {one["id"]: one for one in review["criteria"]}
    changes = [_told(change) for change in reversed(review["changes"])]
    return _chart(following) | {
        "where": _where(following),
        "started": long_day(following.course.started_on),
        "sessions": ngettext("%(n)s session", "%(n)s sessions", len(sessions["done"]))
        % {"n": len(sessions["done"])},
        "sessions_week": _("%(n)s in the last 7 days; planned: %(planned)s")
        % {"n": len(week_ago), "planned": sessions["planned_a_week"]},
        "met": [_criterion(one) for one in criteria.values() if one["met"]],
        "missing": [_criterion(one) for one in criteria.values() if not one["met"]],
        "changes": changes[:FIRST_CHANGES],
        "more_changes": changes[FIRST_CHANGES:],
        "measures": [change_of(measure) for measure in review["measures"]],
        "contacts": contacts(following),
        "flare_plan": phrase("follow_flare_plan"),
    }


# --- the history -------------------------------------------------------------------------------------


def entry_title(entry: Mapping[str, Any]) -> str:
    """What kind of entry it is."""
    return {
        "session": _("Exercises"), "morning": _("Morning"), "check_in": _("Check-in"),
        "measurement": _("Measurement"), "clinician": _("Seen by somebody"),
    }[entry["kind"]]  # fmt: skip


def _pain(label: str, value: Any) -> str:
    return "" if value is None else _("%(what)s: %(pain)s out of 10") % {"what": label, "pain": f"{value:g}"}


def _item(item: Mapping[str, Any]) -> str:
    name = words().exercises[item["exercise"]].name
    if not item.get("done", True):
        why = why_options().get(item.get("skipped", ""), item.get("skipped", ""))
        return _("%(name)s: not done. %(why)s") % {"name": name, "why": why}
    pain = item.get("pain_during")
    told = _("done") if pain is None else _("pain %(pain)s") % {"pain": f"{pain:g}"}
    parts = [told]
    if "sets" in item:
        parts.append(ngettext("%(n)s set", "%(n)s sets", item["sets"]) % {"n": item["sets"]})
    if "reps" in item:
        parts.append(_("%(n)s repeats") % {"n": item["reps"]})
    return f"{name}: {', '.join(parts)}"


def _signs(findings: Mapping[str, Any]) -> list[str]:
    lines = []
    for finding, answer in findings.items():
        if answer == "unsure":
            lines.append(_("Not sure: %(sign)s") % {"sign": stated(finding, "present")})
        elif isinstance(answer, bool):
            lines.append(capital(stated(finding, "present" if answer else "absent")))
    return lines


def entry_lines(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """What an entry says, line by line."""
    kind = entry["kind"]
    lines: list[str] = []
    if kind == "session":
        lines = [_pain(_("Before"), entry.get("pain_before")), *map(_item, entry.get("items", []))]
        lines += [_pain(_("After"), entry.get("pain_after")), *_signs(entry.get("signs", {}))]
    elif kind == "morning":
        lines = [_pain(_("Pain"), entry.get("pain")) or _("Pain: not known")]
    elif kind == "check_in":
        lines = [_pain(_("Worst pain"), entry.get("pain_worst"))]
        if "sleep_hours" in entry:
            lines.append(_("Sleep: %(n)s hours") % {"n": f"{entry['sleep_hours']:g}"})
        if "load_minutes" in entry:
            lines.append(_("Sport or heavy work: %(n)s minutes") % {"n": f"{entry['load_minutes']:g}"})
        lines += _signs(entry.get("findings", {}))
        lines += [
            _("%(what)s – %(answer)s")
            % {"what": phrase(id_).text, "answer": _("yes") if met else _("not yet")}
            for id_, met in entry.get("criteria", {}).items()
        ]
        lines.append(why_options().get(entry.get("why_missed", ""), ""))
    elif kind == "measurement":
        lines = [_measured(entry)]
    else:
        may = _("may go on") if entry.get("may_go_on") else _("may not go on yet")
        who = clinician_names().get(entry["by"], entry["by"])
        lines = [_("%(who)s, on %(day)s: %(may)s") % {"who": who, "day": _day(entry["seen_on"]), "may": may}]
    lines.append(entry.get("note", ""))
    return tuple(line for line in lines if line)


def _measured(entry: Mapping[str, Any]) -> str:
    known = engine().knowledge.measures[entry["measure"]]
    values = entry.get("values") or [entry.get("value")]
    shown = ", ".join(f"{value:g}" for value in values if value is not None)
    name = capital(words().measures[known.id].name)
    side = f" ({side_words(entry['side'])})" if entry.get("side") else ""
    return f"{name}{side}: {shown} {unit_name(known.unit)}".strip()


def versions(following: Following) -> list[list[Mapping[str, Any] | None]]:
    """Each entry that was made, with what it became since: the last one counts, None is taken back."""
    found: dict[str, list[Mapping[str, Any] | None]] = {}
    for entry in following.diary:
        if entry["kind"] != "correction":
            found[entry["id"]] = [entry]
        elif entry["of"] in found:
            old = found[entry["of"]][0] or {}
            becomes = entry.get("becomes")
            found[entry["of"]].append(
                None
                if becomes is None
                else {"on": old["on"], "kind": old["kind"], **becomes, "id": old["id"]}
            )
    return list(found.values())


def rows(following: Following) -> list[Row]:
    """The history, newest first."""
    made = []
    for number, every in enumerate(versions(following), start=1):
        told = [one for one in every if one is not None]
        last = told[-1]
        gone = every[-1] is None
        before = told if gone else told[:-1]
        made.append(
            Row(
                number,
                _day(last["on"]),
                entry_title(last),
                () if gone else entry_lines(last),
                tuple((_day(one["on"]), *entry_lines(one)) for one in before),
                gone,
            )
        )
    return made[::-1]


# --- measures ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MeasureRow:
    """A measure that can be taken at home, and whether it may be taken now."""

    id: str
    words: MeasureWords
    allowed: bool
    asks: bool
    why: str


def at_home() -> list[Measure]:
    """The measures that a person or a helper takes."""
    return sorted(
        (
            one
            for one in engine().knowledge.measures.values()
            if any(method.by != "clinician" for method in one.methods) and one.id in words().measures
        ),
        key=lambda one: one.order,
    )


def permission(following: Following, measure: Measure) -> Permission:
    """Whether this person may take a measure now."""
    complete = following.origin.turn.triage.screen_complete
    return may_take(measure, following.evidence(), following.care_level, screen_complete=complete)


def permission_words(following: Following, permitted: Permission) -> str:
    """Why a measure may not be taken."""
    if permitted.allowed:
        return ""
    if permitted.why == "never":
        evidence = following.evidence()
        signs = ", ".join(_sign(finding, evidence) for finding in permitted.because)
        return _("Not for you now, because of: %(signs)s.") % {"signs": signs}
    if permitted.why == "ask":
        signs = ", ".join(stated(finding, "present") for finding in permitted.ask)
        return _("Not before we know about: %(signs)s.") % {"signs": signs}
    return _("Not before somebody has looked at your leg.")


def measures_page(following: Following) -> dict[str, Any]:
    """The tests to choose from."""
    found = []
    for measure in at_home():
        permitted = permission(following, measure)
        found.append(
            MeasureRow(
                measure.id,
                words().measures[measure.id],
                permitted.allowed,
                permitted.why == "ask",
                permission_words(following, permitted),
            )
        )
    return {
        "open_measures": [one for one in found if one.allowed],
        "shut_measures": [one for one in found if not one.allowed],
    }
