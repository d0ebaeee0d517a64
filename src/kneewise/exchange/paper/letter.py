"""A letter by which somebody refers themselves to a physiotherapist or a GP. Names are written in by hand."""

from __future__ import annotations

from typing import Any

from kneewise.exchange.paper.appointment import (
    Limits,
    Visit,
    causes,
    danger_lines,
    history,
    level,
    measure_words,
    not_reviewed,
    tried,
    versions,
)
from kneewise.exchange.paper.told import Told, since, who
from kneewise.exchange.paper.typesetting import Paper
from kneewise.exchange.paper.wording import capital, clipped

TEMPLATE = "letter"
SIZES = (11.0, 10.3, 9.6)  # the largest type in which it is one page, else the largest
# A letter may have a second page, but nobody reads a third.
LIMITS = Limits(1500, 600, 8, 20, 40, 6, 0, 3, 3, 6, 0, 4)


def _history(of: Visit, told: Told) -> list[dict[str, str]]:
    parts = ("where", "onset", "course", "worse", "better", "function", "signs", "history", "activity")
    rows = [(part, of.wording.listed(told.there[part], LIMITS.names)) for part in parts]
    return [{"label": of.wording.of("letter_parts", part), "text": names} for part, names in rows if names]


def letter(of: Visit) -> Paper:
    """The letter."""
    wording, words = of.wording, of.engine.words
    told = history(of)
    lasted = since(of.turn, wording)
    side = wording.of("sides", of.turn.case.side or "unknown")
    text = " ".join(of.turn.case.text.split())
    diagnosis = words.conditions.get(of.diagnosis or "")
    data: dict[str, Any] = {
        "words": wording.all,
        "language": wording.language,
        "large": of.large_print,
        "title": wording.say("letter_title"),
        "printed": wording.day(of.on),
        "subject": wording.say("letter_subject", side=side),
        "opening": wording.say(
            "letter_opening_nothing_hurts" if of.nothing_hurts else
            "letter_opening" if lasted else "letter_opening_no_time",
            side=side, time=lasted,
        ),
        "who": wording.say("letter_who", who=who(of.turn, wording)),
        "carer": wording.say("letter_carer") if of.turn.case.respondent == "carer" else "",
        "own_words": wording.say("quoted", text=clipped(text, LIMITS.story)) if text else "",
        "history": _history(of, told),
        "danger": danger_lines(of, told, LIMITS),
        "measures": [measure_words(one, wording) for one in told.measures[: LIMITS.measures]],
        "tried": tried(of, told),
        "level": level(of, LIMITS.flags),
        "soon": wording.say("letter_soon") if of.care_level == "same_day" else "",
        "diagnosis": wording.say("told_diagnosis", name=diagnosis.name) if diagnosis else "",
        "causes": causes(of, LIMITS.causes, LIMITS.reasons),
        "question": clipped(of.question, LIMITS.question),
        "not_reviewed": not_reviewed(of.engine),
        "versions": versions(of.assessment["engine_version"], of.engine, wording),
    }  # fmt: skip
    for row in data["history"]:
        row["text"] = capital(row["text"])
    papers = [Paper(TEMPLATE, {**data, "size": size}, of.on) for size in SIZES]
    if of.large_print:
        return papers[0]
    return next((paper for paper in papers if paper.pages() == 1), papers[0])
