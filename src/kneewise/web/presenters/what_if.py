"""The what-if page: which signs to suppose, and the two sides beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kneewise.pathway.contracts import AssessmentContract, WhatIfContract, WhatIfSide
from kneewise.pathway.engine import Turn
from kneewise.pathway.what_if import supposable
from kneewise.web.knowledge import engine, finding_words, phrase, stated, words
from kneewise.web.presenters.questions import Option
from kneewise.web.presenters.result import LOOKS, kind_name
from kneewise.web.strings import capital, chance_words, topic_name

MOST_CAUSES = 3
OTHER = "other"


@dataclass(frozen=True)
class Supposable:
    """Signs of one topic, for the long list."""

    heading: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Side:
    """One side: how soon to be seen, and the likeliest causes (none in an emergency)."""

    look: str
    kind: str
    level: str
    causes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shown:
    """What would change."""

    sign: str
    now: Side
    then: Side
    more_urgent: bool
    emergency: bool
    why: tuple[str, ...]
    other_first_cause: bool


def _code(finding: str, state: str) -> str:
    return f"{finding}:{state}"


def near_at_hand(assessment: AssessmentContract, turn: Turn) -> list[tuple[str, str]]:
    """Single signs that are known to change the result: (finding, state), each once."""
    findings = engine().knowledge.findings
    found = [
        (change["finding"], change["state"])
        for change in assessment["would_change"]
        if not change.get("together_with")
        and findings[change["finding"]].kind == "yes_no"
        and change["state"] in ("present", "absent")
        and turn.evidence.state(change["finding"]) != change["state"]
    ]
    return list(dict.fromkeys(found))


def first_field(near: list[tuple[str, str]]) -> str:
    """The field that an error leads to."""
    return f"sign-{near[0][0]}-{near[0][1]}" if near else OTHER


def page(near: list[tuple[str, str]], turn: Turn, chosen: str) -> dict[str, Any]:
    """The context of the page's form."""
    groups: dict[str, list[Option]] = {}
    for finding in supposable(turn, engine()):
        heading = topic_name(engine().knowledge.findings[finding].topic)
        value = _code(finding, "present")
        groups.setdefault(heading, []).append(
            Option("", value, capital(finding_words(finding).name), value == chosen)
        )
    return {
        "near": [
            Option(f"sign-{f}-{s}", _code(f, s), capital(stated(f, s)), _code(f, s) == chosen)
            for f, s in near
        ],
        "others": [Supposable(heading, tuple(options)) for heading, options in groups.items()],
        "chosen": chosen,
    }


def _side(side: WhatIfSide) -> Side:
    level = side["care_level"]
    told = [] if level == "emergency" else side["causes"][:MOST_CAUSES]
    names = words().conditions
    return Side(
        look=LOOKS[level],
        kind=kind_name(level),
        level=phrase(f"level_{level}").text,
        causes=tuple((capital(names[c["id"]].name), chance_words(c["probability"])) for c in told),
    )


def shown(found: WhatIfContract) -> Shown:
    """The two sides in words."""
    new = [rule for rule in found["then"]["red_flags"] if rule not in found["now"]["red_flags"]]
    told = words().red_flags
    return Shown(
        sign=capital(stated(found["finding"], found["state"])),
        now=_side(found["now"]),
        then=_side(found["then"]),
        more_urgent=found["more_urgent"],
        emergency=found["then"]["care_level"] == "emergency",
        why=tuple(dict.fromkeys(told[rule].why for rule in new if rule in told))
        if found["more_urgent"]
        else (),
        other_first_cause=found["other_first_cause"],
    )
