"""Printed pages as tagged PDF: for the appointment, the letter, the programme, the report on how it goes.

Published contracts and the engine in, bytes out. The day is passed in; the same data and day give the same
bytes. `large_print` is 16 point and more; `language` is one that there are words for. All raise `BadCase` for
what cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from kneewise.pathway import Engine

if TYPE_CHECKING:
    from kneewise.exchange.paper.typesetting import Paper

KINDS = ("appointment", "letter", "programme", "progress")
LONGEST_QUESTION = 600  # characters of the person's own question; more would not fit the page


def appointment_paper(
    case: Mapping[str, Any],
    engine: Engine,
    *,
    on: date,
    question: str = "",
    diagnosis: str | None = None,
    nothing_hurts: bool = False,
    review: Mapping[str, Any] | None = None,
    large_print: bool = False,
    language: str = "en",
) -> Paper:
    """The page for the appointment, always one side of A4, from a case and the person's own question.

    `diagnosis` is one that the person was given; `review` says what was tried, where a programme is followed.
    """
    from kneewise.exchange.paper.appointment import appointment as page
    from kneewise.exchange.paper.appointment import visit

    return page(
        visit(
            case,
            engine,
            on,
            question=question,
            diagnosis=diagnosis,
            nothing_hurts=nothing_hurts,
            review=review,
            large_print=large_print,
            language=language,
        )
    )


def letter_paper(
    case: Mapping[str, Any],
    engine: Engine,
    *,
    on: date,
    question: str = "",
    diagnosis: str | None = None,
    nothing_hurts: bool = False,
    review: Mapping[str, Any] | None = None,
    large_print: bool = False,
    language: str = "en",
) -> Paper:
    """A letter of self-referral to a physiotherapist or GP, from the same as the page for the appointment."""
    from kneewise.exchange.paper.appointment import visit
    from kneewise.exchange.paper.letter import letter as page

    return page(
        visit(
            case,
            engine,
            on,
            question=question,
            diagnosis=diagnosis,
            nothing_hurts=nothing_hurts,
            review=review,
            large_print=large_print,
            language=language,
        )
    )


def programme_paper(
    programme: Mapping[str, Any],
    engine: Engine,
    *,
    on: date,
    large_print: bool = False,
    language: str = "en",
) -> Paper:
    """A programme with pictures, doses, when to stop, and a chart to tick; or what to do meanwhile."""
    from kneewise.exchange.paper.programme import programme_paper as page

    return page(programme, engine, on, large_print=large_print, language=language)


def progress_paper(
    review: Mapping[str, Any], engine: Engine, *, on: date, large_print: bool = False, language: str = "en"
) -> Paper:
    """The report for a follow-up visit, from a review."""
    from kneewise.exchange.paper.progress import progress_paper as page

    return page(review, engine, on, large_print=large_print, language=language)


def appointment_pdf(case: Mapping[str, Any], engine: Engine, *, on: date, **how: Any) -> bytes:
    """`appointment_paper` as PDF."""
    return appointment_paper(case, engine, on=on, **how).pdf()


def letter_pdf(case: Mapping[str, Any], engine: Engine, *, on: date, **how: Any) -> bytes:
    """`letter_paper` as PDF."""
    return letter_paper(case, engine, on=on, **how).pdf()


def programme_pdf(made: Mapping[str, Any], engine: Engine, *, on: date, **how: Any) -> bytes:
    """`programme_paper` as PDF."""
    return programme_paper(made, engine, on=on, **how).pdf()


def progress_pdf(review: Mapping[str, Any], engine: Engine, *, on: date, **how: Any) -> bytes:
    """`progress_paper` as PDF."""
    return progress_paper(review, engine, on=on, **how).pdf()
