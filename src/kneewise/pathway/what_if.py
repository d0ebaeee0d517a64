"""What if one more thing were so? The assessment beside the one it would become.

Pure and never kept. A what-if never gives leave to wait: where one answer more would make the level lower, it
stays at today's, since only real answers count for that. It says nothing of a programme and cannot open one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from kneewise.assess import ranking
from kneewise.assess.triage import askable
from kneewise.evidence import BadCase, Item
from kneewise.knowledge.types import CareLevel, care_rank
from kneewise.pathway.contracts import ChanceContract, WhatIfContract, WhatIfSide
from kneewise.pathway.engine import Engine, Turn

Supposed = Literal["present", "absent"]
SUPPOSED: tuple[Supposed, ...] = ("present", "absent")


def may_suppose(finding: str, turn: Turn, engine: Engine) -> bool:
    """Whether "what if this were so?" makes sense: a yes-or-no sign that could be, and is not known to be."""
    data = engine.knowledge.findings[finding]
    return (
        data.kind == "yes_no" and askable(data, turn.evidence) and turn.evidence.state(finding) != "present"
    )


def supposable(turn: Turn, engine: Engine) -> list[str]:
    """All signs that a person could suppose, in the order of the knowledge."""
    findings = engine.knowledge.findings
    return [id_ for id_ in findings if findings[id_].who == "person" and may_suppose(id_, turn, engine)]


def _parsed(finding: Any, state: Any, turn: Turn, engine: Engine) -> tuple[str, Supposed]:
    if not isinstance(finding, str) or finding not in engine.knowledge.findings:
        raise BadCase(
            "finding",
            f"there is no finding {str(finding)[:60]!r}",
            "`kneewise knowledge show findings` lists them",
        )
    for known in SUPPOSED:
        if known == state:
            break
    else:
        raise BadCase("state", f"{str(state)[:60]!r} is not one of the choices", "Use present or absent")
    same = turn.evidence.state(finding) == known
    if same or (known == "present" and not may_suppose(finding, turn, engine)):
        raise BadCase(
            "finding",
            f"{finding!r} is so already, or is nothing that one can be asked",
            "Take a yes-or-no sign that is not known, or known not to be so",
        )
    if engine.knowledge.findings[finding].kind != "yes_no":
        raise BadCase("finding", f"{finding!r} is not a yes-or-no sign", "Take a sign that is there or not")
    return finding, known


def _side(turn: Turn, engine: Engine, at_least: CareLevel) -> WhatIfSide:
    level = max(turn.triage.care_level, at_least, key=care_rank)
    causes: list[ChanceContract] = [
        {
            "id": cause.id,
            "name": engine.words.conditions[cause.id].name,
            "probability": cause.probability,
            "low": cause.low,
            "high": cause.high,
        }
        for cause in ranking.rank(turn.posterior)
    ]
    return {"care_level": level, "red_flags": [e.rule.id for e in turn.triage.fired], "causes": causes}


def what_if(turn: Turn, finding: Any, engine: Engine, state: Any = "present") -> WhatIfContract:
    """What one sign in a state would change. Raises `BadCase` for what cannot be supposed."""
    finding, known = _parsed(finding, state, turn, engine)
    supposed = replace(turn.case, items=(*turn.case.items, Item(finding, known)))
    now = _side(turn, engine, "self_care")
    then = _side(engine.look(supposed), engine, turn.triage.care_level)
    return {
        "finding": finding,
        "state": known,
        "now": now,
        "then": then,
        "more_urgent": care_rank(then["care_level"]) > care_rank(now["care_level"]),
        "other_first_cause": [c["id"] for c in now["causes"][:1]] != [c["id"] for c in then["causes"][:1]],
        "knowledge_version": engine.knowledge.version,
    }


def what_if_of_case(
    case: Mapping[str, Any], finding: Any, engine: Engine, state: Any = "present"
) -> WhatIfContract:
    """The same from a case. Raises `BadCase`."""
    return what_if(engine.look(engine.parse(case)), finding, engine, state)
