"""What a text was read as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mention:
    """One finding that the text speaks of; `words` is text[start:end], to be shown back."""

    finding: str
    state: Literal["present", "absent"]
    words: str
    start: int
    end: int
    value: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood, and the clauses that were not."""

    mentions: tuple[Mention, ...] = ()
    side: Literal["left", "right", "both"] | None = None
    age: float | None = None
    sex: Literal["female", "male"] | None = None
    respondent: Literal["self", "carer"] | None = None
    out_of_scope: str | None = None
    not_understood: tuple[str, ...] = ()
    unread_characters: int = 0
