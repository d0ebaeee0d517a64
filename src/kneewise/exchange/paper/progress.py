"""The report for a follow-up visit: course, pain with the band that is usual, criteria, measures, changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kneewise.exchange.paper.appointment import not_reviewed, versions
from kneewise.exchange.paper.programme import days_of, dose
from kneewise.exchange.paper.reading import of_this_knowledge, read_contract
from kneewise.exchange.paper.told import who
from kneewise.exchange.paper.typesetting import Paper
from kneewise.exchange.paper.wording import Wording, capital
from kneewise.follow.expected import LEAST_ENTRIES, band, points_of
from kneewise.pathway import Engine
from kneewise.pathway.contracts import CourseContract, ProgrammeItem, ReviewContract
from kneewise.pathway.engine import ENGINE_VERSION
from kneewise.pathway.plan import Origin, situation_of
from kneewise.pathway.review import origin_of

TEMPLATE = "progress"
DAYS_A_WEEK = 7
LEAST_WEEKS = 4
HALF_WEEK = 3.5
MOST_CHANGES, MOST_PAIN_ROWS = 14, 14
PLACES = ("too_early", "ahead", "on_track", "off_track")
# One exercise more or less is news to the person; a clinician wants to know what it came to.
_NEWS_ALONE = ("follow_criterion_met", "follow_one_at_a_time")


def _pain(review: ReviewContract, origin: Origin, engine: Engine, wording: Wording) -> dict[str, Any] | None:
    """Pain by day since the start, the band that is usual, and the same as a sentence and as rows."""
    pains = [(date.fromisoformat(one["on"]), float(one["worst"])) for one in review["pains"]]
    if not pains:
        return None
    started, on = date.fromisoformat(review["started_on"]), date.fromisoformat(review["on"])
    first = [pain for _day, pain in pains[:LEAST_ENTRIES]]
    start = sum(first) / len(first)
    days = max((on - started).days, (pains[-1][0] - started).days)
    weeks = max(-(-(days + 1) // DAYS_A_WEEK), LEAST_WEEKS)
    usual: list[dict[str, float]] = []
    situation = situation_of(origin.turn, origin.diagnosis, nothing_hurts=origin.nothing_hurts)
    course = next((one for one in engine.knowledge.courses if one.id == review["course"]["id"]), None)
    if course is not None and start > 0:
        points = points_of(course, situation.evidence)
        for n in range(2 * weeks + 1):
            low, high = band(points, n * HALF_WEEK / DAYS_A_WEEK)
            usual.append({"day": n * HALF_WEEK, "low": low * start, "high": min(high * start, 10.0)})
    told = wording.say(
        "pain_told", first=f"{pains[0][1]:g}", day=wording.day(pains[0][0]), last=f"{pains[-1][1]:g}",
        last_day=wording.day(pains[-1][0]),
    )  # fmt: skip
    low, high = review["course"]["band"]
    if usual:
        told += " " + wording.say("pain_usual", low=f"{low * start:.0f}", high=f"{high * start:.0f}")
    every = max(-(-len(pains) // MOST_PAIN_ROWS), 1)
    shown = [*pains[::every], pains[-1]] if (len(pains) - 1) % every else pains[::every]
    return {
        "weeks": weeks,
        "usual": usual,
        "dots": [{"day": (day - started).days, "pain": pain} for day, pain in pains if day >= started],
        "told": told,
        "rows": [{"day": wording.day(day), "pain": f"{pain:g}"} for day, pain in shown],
        "every": wording.count("pain_every", every) if every > 1 else "",
    }


def _course(course: CourseContract, engine: Engine, wording: Wording) -> list[str]:
    phrases = engine.words.phrases
    lines = []
    if course["place"] in PLACES:
        told = phrases[f"follow_{course['place']}"].text
        lines.append(told.replace("{week}", str(max(round(course["week"]), 1))))
    if course["weeks_left"] is None:
        lines.append(phrases["follow_left_unknown"].text)
    else:
        low, high = course["weeks_left"]
        left = phrases["follow_left"].text
        lines.append(left.replace("{low}", str(round(low))).replace("{high}", str(max(round(high), 1))))
    if course["not_better"]:
        lines.append(wording.say("not_better"))
    if course["look_again"]:
        lines.append(wording.say("look_again"))
    return lines


def _measure(one: Mapping[str, Any], engine: Engine, wording: Wording) -> dict[str, str]:
    """A measure's row: first, last, change, and whether the change is more than chance."""
    known = engine.words.measures.get(one["id"])
    name = capital(known.name if known else one["id"].replace("_", " "))
    if one["side"]:
        name = f"{name} ({wording.of('sides', one['side'])})"

    def value(point: Mapping[str, Any]) -> str:
        return f"{wording.number(point['value'], one['unit'])}, {wording.day(point['on'])}"

    error = next((w["number"] for w in one["because"] if w["kind"].endswith("_the_error")), None)
    change = "" if one["change"] is None else f"{one['change']:+.3g}".replace("-", "−")
    verdict = wording.of("verdicts", one["verdict"])
    if error:
        verdict = f"{verdict} {wording.say('error_of', n=f'{error:.2g}')}"
    if one["stale"]:
        verdict = f"{verdict} {wording.say('old_value')}"
    only = one["change"] is None
    return {
        "name": name,
        "first": value(one["first"]),
        "last": "" if only else value(one["last"]),
        "change": change,
        "verdict": verdict,
    }


def _adherence(review: ReviewContract, wording: Wording) -> list[str]:
    started, on = date.fromisoformat(review["started_on"]), date.fromisoformat(review["on"])
    done = [date.fromisoformat(day) for day in review["sessions"]["done"]]
    planned = review["sessions"]["planned_a_week"]
    lock = review["programme"]["locked_by"]
    stopped = date.fromisoformat(lock["since"]) if lock and "since" in lock else None
    lines = [wording.count("sessions_done", len(done), day=wording.day(started))]
    weeks = (on - started).days // DAYS_A_WEEK + 1
    for week in range(max(weeks - 4, 0), weeks):
        first, last = week * DAYS_A_WEEK, (week + 1) * DAYS_A_WEEK
        count = sum(first <= (day - started).days < last for day in done)
        if stopped is not None and started + timedelta(days=first) > stopped:
            lines.append(wording.say("week_stopped", week=week + 1))
        elif stopped is not None and started + timedelta(days=last) > stopped:
            lines.append(wording.say("week_stopped_in", week=week + 1, n=count, day=wording.day(stopped)))
        elif (on - started).days + 1 < last:
            lines.append(wording.say("sessions_so_far", week=week + 1, n=count, planned=planned))
        else:
            lines.append(wording.say("sessions_week", week=week + 1, n=count, planned=planned))
    return lines


def _now(item: ProgrammeItem, days: list[int], engine: Engine, wording: Wording) -> str:
    """One exercise as it is done now: name, leg, dose, load, how often."""
    known = engine.knowledge.exercises[item["exercise"]]
    side = f" ({wording.of('sides', item['side'])})" if known.one_leg else ""
    load = f" {item['load']}" if item["load"].endswith(".") else ""
    often = wording.count("days_a_week", len(days))
    return f"{engine.words.exercises[known.id].name}{side}: {dose(item, engine, wording)}, {often}.{load}"


def _alarms(review: ReviewContract, engine: Engine, wording: Wording) -> list[str]:
    lines = []
    for alarm in review["alarms"]:
        flag = engine.words.red_flags.get(alarm["id"])
        name = flag.name if flag else wording.of("contacts", alarm["id"])
        findings = engine.words.findings
        # A quantity alone ("how long it has lasted") says nothing; the sign does.
        told_signs = [f for f in alarm["because"] if f in findings and not engine.knowledge.findings[f].unit]
        signs = wording.listed(findings[f].name for f in told_signs)
        cleared = (
            wording.say("alarm_cleared", day=wording.day(alarm["cleared_on"]))
            if alarm["cleared_on"]
            else wording.say("alarm_open")
            if alarm["kind"] == "lock"
            else ""
        )
        told = wording.say(
            "alarm" if signs else "alarm_alone", day=wording.day(alarm["on"]), name=capital(name), signs=signs
        )
        lines.append(" ".join(part for part in (told, cleared) if part))
    return lines


def progress_paper(
    review: Mapping[str, Any], engine: Engine, on: date, *, large_print: bool = False, language: str = "en"
) -> Paper:
    """A review as `kneewise review` writes it. Raises `BadCase` where its programme cannot be read."""
    made: ReviewContract = read_contract(review, ReviewContract, "review")
    with of_this_knowledge("review"):
        return _paper(made, engine, on, large_print=large_print, wording=Wording(language))


def _paper(made: ReviewContract, engine: Engine, on: date, *, large_print: bool, wording: Wording) -> Paper:
    programme = made["programme"]
    origin = origin_of(programme, engine)
    phrases, knowledge = engine.words.phrases, engine.knowledge
    criteria = {one["id"]: one for one in made["criteria"]}
    changes = [one for one in made["changes"] if one["phrase"] not in _NEWS_ALONE][::-1]
    strands = [
        wording.say(
            "strand", name=phrases[f"protocol_{one['id']}"].text if f"protocol_{one['id']}" in phrases else
            one["id"].replace("_", " "),
            n=next(n for n, p in enumerate(knowledge.protocols[one["id"]].phases, 1) if p.id == one["phase"]),
            all=len(knowledge.protocols[one["id"]].phases),
        )
        for one in programme["protocols"]
    ]  # fmt: skip
    not_shown = len(changes) - MOST_CHANGES
    data: dict[str, Any] = {
        "words": wording.all,
        "language": wording.language,
        "large": large_print,
        "title": wording.say("progress_title"),
        "printed": wording.day(on),
        "who": wording.say(
            "about_whom", who=who(origin.turn, wording),
            side=wording.of("sides", origin.turn.case.side or "unknown"),
        ),
        "as_of": wording.say("as_of", day=wording.day(made["on"]), started=wording.day(made["started_on"])),
        "locked": wording.say("stopped_now") if programme["locked_by"] else "",
        "alarms": _alarms(made, engine, wording),
        # "As is usual" would soothe beside an alarm that nobody has seen to.
        "course": [] if programme["locked_by"] else _course(made["course"], engine, wording),
        "now": [_now(item, days, engine, wording) for item, days in days_of(programme["week"]).values()],
        "pain": _pain(made, origin, engine, wording),
        "strands": strands,
        "met": [phrases[one["id"]].text for one in criteria.values() if one["met"]],
        "missing": [
            f"{phrases[one['id']].text} {wording.of('how_known', one['how'])}".strip()
            for one in criteria.values()
            if not one["met"]
        ],
        "measures": [_measure(one, engine, wording) for one in made["measures"]],
        "adherence": _adherence(made, wording),
        "changes": [f"{wording.day(one['on'])}: {one['text']}" for one in changes[:MOST_CHANGES]],
        "more_changes": wording.count("more_changes", not_shown) if not_shown > 0 else "",
        "not_reviewed": not_reviewed(engine),
        "versions": versions(ENGINE_VERSION, engine, wording),
    }  # fmt: skip
    return Paper(TEMPLATE, data, on)
