"""The result page: what to do and by when, likely causes with reasons, what contributes, what changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kneewise.knowledge.types import ConditionWords, FactorWords, Phrase, RedFlagWords, Source
from kneewise.pathway.contracts import AssessmentContract
from kneewise.pathway.engine import Turn
from kneewise.pathway.pictures import own_mechanics, where_it_is
from kneewise.pathway.telling import red_flag_words
from kneewise.web.answers import is_quantity, quantity_words
from kneewise.web.figures import inline
from kneewise.web.knowledge import citations, engine, phrase, phrase_or_none, stated, words
from kneewise.web.strings import chance_words, range_words, status_words, weight_words

# Three looks, never more: colour only repeats what the words say.
LOOKS = {
    "self_care": "calm",
    "routine": "calm",
    "within_days": "urgent",
    "same_day": "urgent",
    "emergency": "emergency",
}
MOST_REASONS = 6
MOST_MECHANICS = 2  # pictures of one's own mechanics on a page: it stays small
FOR_AT_A_GLANCE, AGAINST_AT_A_GLANCE = 3, 2


@dataclass(frozen=True)
class Flag:
    """A rule that fired: what to do, and because of what."""

    words: RedFlagWords
    because: tuple[str, ...]
    only_written: tuple[str, ...]
    by_unsure: bool

    @property
    def at_once(self) -> str:
        """The first sentence of what to do."""
        return self.words.what_to_do.partition(". ")[0].rstrip(".") + "."

    @property
    def after_that(self) -> str:
        """What follows it."""
        return self.words.what_to_do.partition(". ")[2]


@dataclass(frozen=True)
class NotClear:
    """That no cause stands out, and what would make it clearer."""

    told: Phrase
    lead: str
    would_tell: tuple[str, ...]


@dataclass(frozen=True)
class CareCard:
    """What to do and by when, first line first."""

    look: str
    look_name: str
    title: str
    more: str
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Reason:
    """A sign that speaks for or against a cause, and how much."""

    name: str
    weight: str


@dataclass(frozen=True)
class Where:
    """The picture of where a cause lies."""

    picture: SafeString
    names: tuple[str, ...]
    what_it_is: str


@dataclass(frozen=True)
class OwnPicture:
    """A picture of the person's own mechanics."""

    picture: SafeString
    title: str
    told: str
    unsure: str


@dataclass(frozen=True)
class Cause:
    """One likely cause."""

    id: str
    words: ConditionWords
    chance: str
    range: str
    for_at_a_glance: tuple[Reason, ...]
    against_at_a_glance: tuple[Reason, ...]
    for_it: tuple[Reason, ...]
    against: tuple[Reason, ...]
    together_with: tuple[str, ...]


@dataclass(frozen=True)
class Factor:
    """What may contribute."""

    words: FactorWords
    status: str
    because: tuple[str, ...]
    acts_on: tuple[str, ...]
    disputed: bool
    mechanics: OwnPicture | None = None


@dataclass(frozen=True)
class Change:
    """A single answer that would change the result."""

    finding: str
    then: str


def kind_name(level: str) -> str:
    """The kind of a care card in words: the colour is never the only sign."""
    return {
        "self_care": _("Not urgent"),
        "routine": _("Not urgent"),
        "within_days": _("Soon – within days"),
        "same_day": _("Urgent – today"),
        "emergency": _("Emergency"),
    }[level]


def _told(finding: str, turn: Turn) -> str:
    """A sign as it was told; a number with its value."""
    value = turn.evidence.value(finding)
    if is_quantity(finding) and value is not None:
        return f"{stated(finding, 'present')}: {quantity_words(finding, {'value': value})}"
    return stated(finding, "present")


def _flag(entry: Any, turn: Turn) -> Flag:
    return Flag(
        words=red_flag_words(entry.rule, entry.care_level, entry.because, words()),
        because=tuple(_told(f, turn) for f in entry.because),
        only_written=_written(entry.because, turn),
        by_unsure=entry.by_unsure,
    )


def _written(findings: tuple[str, ...], turn: Turn) -> tuple[str, ...]:
    """The person's own words behind signs that only their text tells."""
    known = turn.evidence.known
    only_text = {f for f in findings if f in known and known[f].from_text}
    return tuple(dict.fromkeys(m.words for m in turn.reading.mentions if m.finding in only_text))


def care_card(turn: Turn) -> CareCard:
    """The care card of a turn."""
    level = turn.triage.care_level
    told = phrase(f"level_{level}")
    look = LOOKS[level]
    return CareCard(
        look=look,
        look_name=kind_name(level),
        title=told.text,
        more=told.more,
        flags=tuple(_flag(entry, turn) for entry in turn.triage.fired if entry.rule.id in words().red_flags),
    )


def nothing_found_card() -> CareCard:
    """The card for somebody who came to prevent, where no rule has anything to say."""
    told = phrase("prevent_nothing_found")
    return CareCard("calm", kind_name("routine"), told.text, told.more, ())


def _reasons(weights: list[Any], turn: Turn) -> tuple[Reason, ...]:
    reasons = []
    for entry in weights:
        state = turn.evidence.told(entry["finding"])
        if state in ("present", "absent"):
            name = _told(entry["finding"], turn) if state == "present" else stated(entry["finding"], state)
            reasons.append(Reason(name, weight_words(entry["weight"])))
    return tuple(reasons[:MOST_REASONS])


def _cause(cause: Any, turn: Turn) -> Cause:
    for_it, against = _reasons(cause["for"], turn), _reasons(cause["against"], turn)
    return Cause(
        id=cause["id"],
        words=words().conditions[cause["id"]],
        chance=chance_words(cause["probability"]),
        range=range_words(cause["low"], cause["high"]),
        for_at_a_glance=for_it[:FOR_AT_A_GLANCE],
        against_at_a_glance=against[:AGAINST_AT_A_GLANCE],
        for_it=for_it,
        against=against,
        together_with=tuple(words().conditions[other].name for other in cause["together_with"]),
    )


def _left(turn: Turn) -> bool:
    return turn.case.side == "left"


def where(cause: str, turn: Turn) -> Where | None:
    """Where a cause lies, drawn on the person's own side; None if it has no picture."""
    found = where_it_is(cause, engine(), mirrored=_left(turn), key="where")
    return Where(inline(found.svg), found.names, found.what_it_is) if found else None


def _mechanics(factors: list[Any], turn: Turn) -> dict[str, OwnPicture]:
    """The pictures of the person's own mechanics by factor, each picture once."""
    shown: dict[str, OwnPicture] = {}
    titles: set[str] = set()
    for factor in factors:
        found = own_mechanics(
            factor["id"], turn, engine(), mirrored=_left(turn), key=f"mechanics-{len(shown)}"
        )
        if found is not None and found.title not in titles and len(shown) < MOST_MECHANICS:
            titles.add(found.title)
            shown[factor["id"]] = OwnPicture(inline(found.svg), found.title, found.told, found.unsure)
    return shown


def _factor(factor: Any, mechanics: dict[str, OwnPicture]) -> Factor:
    return Factor(
        mechanics=mechanics.get(factor["id"]),
        words=words().factors[factor["id"]],
        status=status_words(factor["status"]),
        because=tuple(stated(f, "present") for f in factor["because"]),
        acts_on=tuple(words().conditions[act["cause"]].name for act in factor["acts_on"]),
        disputed=any(act["strength"] == "disputed" for act in factor["acts_on"]),
    )


def _not_clear(assessment: AssessmentContract) -> NotClear | None:
    found = assessment["not_clear"]
    if found is None:
        return None
    by = {
        "person": "",
        "home_test": _("(a test you can do at home)"),
        "clinician": _("(somebody has to examine it)"),
    }
    tells = tuple(
        f"{words().findings[entry['finding']].name} {by[entry['who']]}".strip()
        for entry in found["would_tell"]
    )
    return NotClear(phrase(f"not_clear_{found['why']}"), phrase("not_clear_would_tell").text, tells)


def _change(change: Any) -> Change:
    name = stated(change["finding"], change["state"])
    for other in change.get("together_with", ()):
        name = _("%(sign)s together with %(other)s") % {"sign": name, "other": stated(other, "present")}
    if change.get("care_level"):
        return Change(name, phrase(f"level_{change['care_level']}").text)
    cause = words().conditions[change["first_cause"]].name
    return Change(
        name, _("%(cause)s would be the likelier cause.") % {"cause": cause[:1].upper() + cause[1:]}
    )


def sources_of(assessment: AssessmentContract) -> list[Source]:
    """The sources behind the level and the causes shown."""
    ids = [source for flag in assessment["red_flags"] for source in flag["sources"]]
    for cause in assessment["causes"]:
        ids += engine().knowledge.conditions[cause["id"]].sources
    return citations(ids)


def out_of_scope(reason: str | None) -> Phrase | None:
    """What to say when the words are about another part of the body."""
    if not reason:
        return None
    return phrase_or_none(f"out_of_scope_{reason}") or phrase("out_of_scope_other")


def result(turn: Turn, assessment: AssessmentContract, diagnosis: str) -> dict[str, Any]:
    """The context of the result page."""
    scope = assessment["out_of_scope"]
    rise = [c for c in assessment["would_change"] if c.get("care_level")]
    turns = [c for c in assessment["would_change"] if not c.get("care_level")]
    mechanics = _mechanics(assessment["factors"], turn)
    first = diagnosis or next((cause["id"] for cause in assessment["causes"]), "")
    shown = where(first, turn)
    return {
        "where": shown,
        "has_pictures": bool(mechanics or shown),
        "card": care_card(turn),
        "screen_complete": assessment["screen_complete"],
        "screen_incomplete": phrase("screen_incomplete"),
        "causes": [_cause(cause, turn) for cause in assessment["causes"]],
        "something_else": chance_words(assessment["something_else"]),
        "not_clear": _not_clear(assessment),
        "factors": [_factor(factor, mechanics) for factor in assessment["factors"]],
        "urgent_changes": [_change(change) for change in rise],
        "cause_changes": [_change(change) for change in turns],
        "diagnosis": words().conditions.get(diagnosis),
        "diagnosis_named": diagnosis in {cause["id"] for cause in assessment["causes"]},
        "out_of_scope": out_of_scope(scope["reason"] if scope else None),
        "sources": sources_of(assessment),
        "knowledge_version": assessment["knowledge_version"],
    }
