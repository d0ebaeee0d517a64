"""What of a bundle is not taken over, where it stands, and why: said, never passed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from kneewise.exchange.fhir.narrative import clean

WHY: Final[dict[str, str]] = {
    "made_by_a_program": "kneewise makes its own assessment and programme; it does not take over another's.",
    "kind_not_read": "kneewise does not read this kind of resource.",
    "not_a_resource": "This is not a FHIR resource.",
    "other_person": "It is about somebody else.",
    "nobody": "It does not say whom it is about.",
    "wrong": "It is marked as entered in error or cancelled.",
    "not_final": "It is not final, or its status is not known.",
    "not_certain": "It is only suspected. Ask the person.",
    "ruled_out": "It was ruled out there. kneewise asks the person itself.",
    "over": "It is over.",
    "not_taking": "The medicine is not being taken now.",
    "no_code": "It has no code that kneewise could read.",
    "unknown_code": "kneewise does not know the code, and does not guess.",
    "two_meanings": "Its codes mean two different things to kneewise.",
    "diary": "It is part of a diary. Bring a diary over with the archive of all your data.",
    "no_value": "It has no value that kneewise could read.",
    "unit": "Its unit cannot be turned exactly into the one that kneewise uses.",
    "value": "The value cannot be.",
    "not_exact": "It says only more than or less than.",
    "other_place": "It is about a part of the body that kneewise does not know.",
    "side_unknown": "It does not say which knee.",
    "other_leg": "It is of the other leg.",
    "old": "It is too old to say how things are now.",
    "old_no": "A no to a question about danger counts only on its own day. It is asked again.",
    "undated": "It does not say from which day it is.",
    "later": "It is from after the day of the import.",
    "conflict": "Two sources differ. The more urgent answer is kept; of numbers none is. Ask the person.",
    "second_words": "Only the first own words and the first side are kept.",
    "other_questions": "It answers other questions than those of kneewise.",
    "broken": "It is not written as FHIR R4 and kneewise's questions want it.",
    "birth_date": "The date of birth is not a whole date, so the age is not known.",
    "sex": "kneewise reads only female and male.",
}
MOST_LISTED = 500
_MOST_SHOWN = 120


@dataclass(frozen=True)
class NotTaken:
    """One thing that is not taken over: its path, what it is, a code of why, and that in words."""

    where: str
    what: str
    why: str

    @property
    def told(self) -> str:
        """Why, in a sentence."""
        return WHY[self.why]

    def as_data(self) -> dict[str, str]:
        """As JSON values."""
        return {"where": self.where, "what": self.what, "why": self.why, "told": self.told}


@dataclass
class Listed:
    """The list while a bundle is read; beyond `MOST_LISTED` it only counts."""

    entries: list[NotTaken] = field(default_factory=list)
    more: int = 0

    def add(self, where: str, what: Any, why: str) -> None:
        """Say that something is not taken over."""
        if len(self.entries) >= MOST_LISTED:
            self.more += 1
            return
        shown = clean(str(what)[:_MOST_SHOWN])
        self.entries.append(NotTaken(where, shown, why))
