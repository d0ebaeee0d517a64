"""What an archive holds beside the state, for people and clinics: the FHIR bundle and the pages to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kneewise.evidence import BadCase
from kneewise.exchange import paper
from kneewise.exchange.fhir.bundle import make_bundle, to_bytes
from kneewise.exchange.paper.since import with_diary
from kneewise.exchange.stored import Stored, case_of, plan_of, review_now, review_of
from kneewise.pathway import Engine

PREVENT = "prevent"
MOST_BUNDLE = 24 * 1024 * 1024  # of a diary of many years; the diary itself is in the archive all the same


def parts_of(stored: Stored, on: date, engine: Engine) -> dict[str, bytes]:
    """Files by their name in the archive: what can be said today.

    Where questions about danger are still open there is nothing to print, and in an emergency only what tells
    others; where today's knowledge cannot read the answers there is nothing.
    """
    try:
        return _parts(stored, on, engine)
    except BadCase:
        return {}


def _parts(stored: Stored, on: date, engine: Engine) -> dict[str, bytes]:
    sitting = stored["sitting"]
    case = case_of(sitting)
    assessment = engine.assess(case)
    review = review_now(stored, on, engine)
    programme: Mapping[str, Any] = stored["programme"] or plan_of(sitting, engine)
    followed = review["programme"] if review is not None else programme
    bundle = make_bundle(
        case,
        engine,
        assessment=assessment,
        programme=followed,
        diary=stored["diary"],
        review=review,
        on=on.isoformat(),
        key=sitting["id"],
    )
    made = {"fhir/bundle.json": to_bytes(bundle)}
    if len(made["fhir/bundle.json"]) > MOST_BUNDLE:
        made = {}
    emergency = assessment["care_level"] == "emergency"
    if not (assessment["screen_complete"] or emergency):
        return made
    about: dict[str, Any] = {
        "diagnosis": sitting["diagnosis"] or None,
        "nothing_hurts": sitting["door"] == PREVENT,
        "review": review_of(stored, on, engine),  # what was tried, though it may not go on
    }
    if review is not None:
        day, started = date.fromisoformat(review["on"]), date.fromisoformat(review["started_on"])
        case = with_diary(case, stored["diary"], started, day, engine.knowledge)
    pages: dict[str, Callable[[], bytes]] = {
        "appointment": lambda: paper.appointment_pdf(case, engine, on=on, **about),
        "letter": lambda: paper.letter_pdf(case, engine, on=on, **about),
    }
    if not emergency:
        pages["programme"] = lambda: paper.programme_pdf(followed, engine, on=on)
        if review is not None:
            pages["progress"] = lambda: paper.progress_pdf(review, engine, on=on)
    return made | {f"paper/{name}.pdf": write() for name, write in pages.items()}
