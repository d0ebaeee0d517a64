"""The one engine of this process, and the words for people that it carries."""

from __future__ import annotations

import kneewise
from kneewise.knowledge.types import FindingWords, Phrase, Source, Words
from kneewise.pathway import Engine

# Sentences that the pages need by name; a test holds that the content has them.
PHRASES = (
    "no_clinician_review", "not_a_diagnosis", "screen_incomplete", "under_16", "nothing_fits",
    "out_of_scope_other", "gate_none", "gate_relative_rest", "first_page_emergency", "prevent_nothing_found",
    *(f"first_page_sign_{number}" for number in range(1, 8)),
    *(f"level_{level}" for level in ("self_care", "routine", "within_days", "same_day", "emergency")),
)  # fmt: skip


def engine() -> Engine:
    """The engine, built once."""
    return kneewise.default_engine()


def words() -> Words:
    """The words for people."""
    return engine().words


def phrase(id_: str) -> Phrase:
    """A sentence of the content."""
    return words().phrases[id_]


def phrase_or_none(id_: str) -> Phrase | None:
    """A sentence that the content may have."""
    return words().phrases.get(id_)


def reviewed() -> bool:
    """Whether a clinician has reviewed the content."""
    return engine().knowledge.reviewed


def finding_words(finding: str) -> FindingWords:
    """The words of a finding."""
    return words().findings[finding]


def stated(finding: str, state: str) -> str:
    """A finding in a state, as a short name: "swelling of the calf" or "no swelling of the calf"."""
    told = finding_words(finding)
    return told.without if state == "absent" else told.name


def citations(ids: list[str] | tuple[str, ...]) -> list[Source]:
    """The sources with these ids, each once, in order."""
    known = engine().knowledge.sources
    return [known[id_] for id_ in dict.fromkeys(ids) if id_ in known]
