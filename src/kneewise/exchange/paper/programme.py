"""The programme on paper: what each exercise looks like, how and how much, when to stop, a chart to tick."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from kneewise.body import describe
from kneewise.exchange.paper.appointment import not_reviewed, versions
from kneewise.exchange.paper.reading import of_this_knowledge, read_contract
from kneewise.exchange.paper.typesetting import PICTURE, Paper
from kneewise.exchange.paper.wording import Wording, capital
from kneewise.knowledge.types import care_rank
from kneewise.pathway import Engine
from kneewise.pathway.contracts import ProgrammeContract, ProgrammeItem
from kneewise.pathway.engine import ENGINE_VERSION
from kneewise.pathway.figures import exercise_svg, figure_of
from kneewise.pathway.telling_programme import KEPT_UP, quality_words, why_words

TEMPLATE = "programme"
WEEK = range(1, 8)
MOST_ADVICE = 8
# On paper there is no style sheet around a picture, and only browsers know variables.
_VARIABLE = re.compile(r"var\(--[\w-]+,\s*([^()]+)\)")
_STOP = ("good_and_bad_pain", "flare_up")


def paper_svg(svg: str) -> str:
    """A picture of ours with its light colours written out."""
    return _VARIABLE.sub(r"\1", svg)


def days_of(week: list[Any]) -> dict[str, tuple[ProgrammeItem, list[int]]]:
    """Each exercise of a week once, with its days."""
    found: dict[str, tuple[ProgrammeItem, list[int]]] = {}
    for day in week:
        for item in day["items"]:
            found.setdefault(item["exercise"], (item, []))[1].append(day["day"])
    return found


def _days(days: list[int], wording: Wording) -> str:
    if len(days) == len(WEEK):
        return wording.say("every_day")
    return wording.count("on_days", len(days), days=", ".join(map(str, days)))


def dose(item: ProgrammeItem, engine: Engine, wording: Wording) -> str:
    """How much of an exercise, in words."""
    held = engine.knowledge.exercises[item["exercise"]].type not in KEPT_UP
    return wording.dose(item["sets"], item["reps"], item["hold_seconds"], held=held)


def _picture(item: ProgrammeItem, engine: Engine) -> str:
    """The compact picture: the words in the full one are too small on paper, and the cues say the same."""
    side: Literal["left", "right"] = "left" if item["side"] == "left" else "right"
    return exercise_svg(item["exercise"], engine, side=side, compact=True)


def _sentences(*parts: str) -> str:
    """Parts in a row, each as a sentence of its own."""
    return " ".join(capital(part if part.endswith(".") else f"{part}.") for part in parts if part)


def _card(item: ProgrammeItem, days: list[int], engine: Engine, wording: Wording) -> dict[str, Any]:
    id_ = item["exercise"]
    known, told = engine.knowledge.exercises[id_], engine.words.exercises[id_]
    why = why_words(item, engine.words)
    rest = wording.say("rest", time=wording.seconds(item["rest_seconds"]))
    reason = wording.say("why", why=quality_words(item["quality"], engine.words))
    return {
        "name": told.name,
        "side": capital(wording.of("sides", item["side"])) if known.one_leg else "",
        PICTURE: paper_svg(_picture(item, engine)),
        "alt": describe(figure_of(known.figure)) or told.name,
        "dose": capital(dose(item, engine, wording)),
        "days": _days(days, wording),
        "rest": rest if item["rest_seconds"] and item["sets"] > 1 else "",
        "cues": list(told.cues),
        "effort": _sentences(item["effort"], item.get("how", "")),
        "load": item["load"] if item["load"].endswith(".") else "",
        "why": " ".join((reason, *why.this[:1])),
        "mind": list(why.mind),
        "feel": wording.say("feel", feel=told.should_feel) if told.should_feel else "",
        "stop": told.stop_if,
    }


def _strands(programme: ProgrammeContract, engine: Engine, wording: Wording) -> list[dict[str, str]]:
    strands = []
    for one in programme["protocols"]:
        protocol, words = engine.knowledge.protocols[one["id"]], engine.words.phrases
        number, phase = next((n, p) for n, p in enumerate(protocol.phases, start=1) if p.id == one["phase"])
        named = words.get(f"protocol_{one['id']}")
        fine, most = phase.pain_allowed
        strands.append(
            {
                "name": named.text if named else one["id"].replace("_", " "),
                "part": wording.say("part_of", n=number, all=len(protocol.phases))
                if len(protocol.phases) > 1
                else "",
                "pain": wording.say("pain_allowed", fine=fine, most=most)
                if most
                else wording.say("no_pain_allowed"),
            }
        )
    return strands


def _told(id_: str, engine: Engine) -> str:
    known = engine.words.phrases[id_]
    return f"{known.text} {known.more}".strip()


def _lock(programme: ProgrammeContract, engine: Engine, wording: Wording) -> dict[str, Any] | None:
    locked = programme["locked_by"]
    if locked is None:
        return None
    flags, phrases = engine.words.red_flags, engine.words.phrases
    because = [flags[id_].why if id_ in flags else phrases[id_].text for id_ in locked["because"]]
    # The most urgent reason says what to do: "keep walking, within days" must not stand beside "rest, today".
    rank = {rule.id: care_rank(rule.care_level) for rule in engine.knowledge.red_flags}
    known = [id_ for id_ in locked["because"] if id_ in flags and id_ in rank]
    todo = [flags[max(known, key=rank.__getitem__)].what_to_do] if known else []
    level = phrases[f"level_{programme['assessment']['care_level']}"]
    care = f"{level.text} {level.more}".strip() if todo else ""
    since = wording.say("locked_since", day=wording.day(locked["since"])) if "since" in locked else ""
    return {"because": because, "todo": todo, "care": care, "since": since}


def programme_paper(
    programme: Mapping[str, Any],
    engine: Engine,
    on: date,
    *,
    large_print: bool = False,
    language: str = "en",
) -> Paper:
    """A programme as `plan` or a review wrote it; where exercises must wait, what to do meanwhile."""
    made: ProgrammeContract = read_contract(programme, ProgrammeContract, "programme")
    with of_this_knowledge("programme"):
        return _paper(made, engine, on, large_print=large_print, wording=Wording(language))


def _paper(
    made: ProgrammeContract, engine: Engine, on: date, *, large_print: bool, wording: Wording
) -> Paper:
    found = days_of(made["week"])
    locked = _lock(made, engine, wording)
    gentle = made["assessment"]["programme"] == "relative_rest" and locked is None
    first = made.get("started_on") or made["on"]
    data: dict[str, Any] = {
        "words": wording.all,
        "language": wording.language,
        "large": large_print,
        "title": wording.say("programme_title"),
        "printed": wording.day(on),
        "since": wording.say("programme_since", day=wording.day(first)) if first else "",
        "locked": locked,
        "gentle": _told("gate_relative_rest", engine) if gentle else "",
        "strands": _strands(made, engine, wording) if locked is None else [],
        "cards": [_card(item, days, engine, wording) for item, days in found.values()],
        "chart": [
            {
                "name": engine.words.exercises[id_].name,
                "dose": dose(item, engine, wording),
                "days": [day in days for day in WEEK],
            }
            for id_, (item, days) in found.items()
        ],
        "stop": [_told(id_, engine) for id_ in _STOP],
        "advice": [one["text"] for one in made["advice"]][:MOST_ADVICE],
        "avoid": [one["text"] for one in made["avoid"]][:MOST_ADVICE],
        "come_back": [one["text"] for one in made["come_back"]],
        "not_reviewed": not_reviewed(engine),
        "versions": versions(ENGINE_VERSION, engine, wording),
    }
    return Paper(TEMPLATE, data, on)
