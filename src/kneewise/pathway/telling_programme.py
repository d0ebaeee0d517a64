"""The reasons of a programme in words: one place for the command line, the web and whoever prints it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kneewise.knowledge.types import Knowledge, Words
from kneewise.pathway.contracts import NotGivenContract, ProgrammeItem, WarningContract

RELAXED_ALONE = ("fewer_sets", "one_set", "alternating", "more_minutes")
KEPT_UP = frozenset({"cardio", "warm_up", "comfort"})  # kinds of exercise done for a time, not held still


@dataclass(frozen=True)
class Why:
    """Why this exercise, why this dose today, and what to mind."""

    this: tuple[str, ...]
    dose: str
    mind: tuple[str, ...]


def say(words: Words, id_: str, **values: str) -> str:
    """A sentence of the content with its places filled in."""
    text = words.phrases[id_].text
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def quality_words(quality: str, words: Words) -> str:
    """What a quality is for: "to build balance and trust in the leg"."""
    return words.phrases[f"quality_{quality}"].text


def relaxed_words(entry: str, words: Words) -> str:
    """What had to give way."""
    kind, _colon, rest = entry.partition(":")
    if entry in RELAXED_ALONE:
        return say(words, f"relaxed_{entry}")
    if kind == "pinned":
        return say(words, "relaxed_pinned", exercise=words.exercises[rest].name)
    if kind == "seen_first":
        return say(words, "relaxed_seen_first", cause=words.conditions[rest].name)
    return say(words, "relaxed_quality", quality=quality_words(rest, words))


def _refusal(code: str, exercise: str, knowledge: Knowledge, words: Words) -> str:
    kind, _colon, rest = code.partition(":")
    if kind == "ask":
        return say(words, "refused_ask", question=words.findings[rest].question)
    if kind == "criterion":
        return say(words, "refused_criterion", criterion=words.phrases[rest].text)
    if kind == "equipment":
        return say(words, "refused_equipment", things=", ".join(knowledge.exercises[exercise].equipment))
    return say(words, f"refused_{kind}")


def refused_words(one: NotGivenContract, knowledge: Knowledge, words: Words) -> tuple[str, ...]:
    """Why somebody does not get an exercise: the content's own sentence where there is one."""
    told = tuple(one["told"])
    general = ("contraindicated", "early")
    codes = [code for code in one["because"] if not (told and code in general)]
    return (*told, *(_refusal(code, one["exercise"], knowledge, words) for code in codes))


def refused_group(one: NotGivenContract) -> str:
    """The heading under which a refusal is told: what weighs most of its reasons."""
    kinds = [code.partition(":")[0] for code in one["because"]]
    order = (
        "contraindicated", "early", "gentle_only", "ask", "criterion", "aside", "banned", "goal", "equipment",
        "too_hard", "no_room",
    )  # fmt: skip
    return next(kind for kind in order if kind in kinds)


def warning_words(one: WarningContract, words: Words, knowledge: Knowledge) -> str:
    """What a clinician's order runs into."""
    codes = {"early", "equipment", "too_hard", "contraindicated", "banned", "aside", "gentle_only", "goal"}
    reason = one["text"]
    if reason.partition(":")[0] in codes | {"ask", "criterion"}:
        reason = _refusal(reason, one["exercise"], knowledge, words)
    return say(words, f"warning_{one['what']}", exercise=words.exercises[one["exercise"]].name, reason=reason)


def _cause(id_: str, words: Words) -> str:
    named = words.conditions.get(id_) or words.factors.get(id_)
    if named is not None:
        return say(words, "why_for", cause=named.name)
    return say(words, {"clinician": "why_diagnosis_programme"}.get(id_, f"why_{id_}"))


def why_words(item: ProgrammeItem, words: Words) -> Why:
    """The reasons of one exercise of a programme."""
    tell: dict[str, Callable[[str], str]] = {
        "for": lambda rest: _cause(rest, words),
        "goal": lambda rest: say(words, "why_goal", goal=words.phrases[f"goal_{rest}"].text),
        "clinician": lambda rest: say(words, "why_clinician", reason=rest),
        "wished": lambda rest: say(words, "why_wished"),
        "own_days": lambda rest: say(words, "why_own_days", days=rest),
        "in_place_of": lambda rest: say(words, "why_in_place_of", exercise=words.exercises[rest].name),
    }
    this, mind, dose = [], [], ""
    for entry in item["why"]:
        kind, _colon, rest = entry.partition(":")
        if kind in tell:
            this.append(tell[kind](rest))
        elif kind == "mind":
            mind.append(rest)
        elif kind == "dose":
            dose = say(words, f"why_dose_{rest}")
    return Why(tuple(dict.fromkeys(this)), dose, tuple(mind))


def swap_words(
    because: Sequence[str], told: Sequence[str], old: str, new: str, knowledge: Knowledge, words: Words
) -> str:
    """Why a swap cannot be, in a sentence or two."""
    names = {"old": words.exercises[old].name, "new": words.exercises[new].name if new else ""}
    whole = {"not_in_programme", "in_programme", "clinician", "beyond_phase", "no_room"}
    kind, _colon, rest = because[0].partition(":")
    if kind in whole:
        return say(words, f"swap_{kind}", **names)
    if kind == "other_purpose":
        return say(words, "swap_other_purpose", quality=quality_words(rest, words), **names)
    if kind == "relaxes":
        return say(words, "swap_relaxes", what=relaxed_words(rest, words), **names)
    refused: NotGivenContract = {"exercise": new, "because": list(because), "told": list(told)}
    return say(words, "swap_refused", why=" ".join(refused_words(refused, knowledge, words)), **names)
