"""kneewise: from "the back of my knee hurts" to a safe answer, a reason, and a programme that adapts.

    >>> import kneewise
    >>> result = kneewise.assess({"text": "my calf is swollen and warm since a long flight, no injury"})
    >>> result["care_level"]
    'same_day'

It is decision support and education, not a diagnosis, and no clinician has reviewed its content yet.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kneewise.pathway import Engine
    from kneewise.pathway.contracts import AssessmentContract, ProgrammeContract, ReviewContract

__all__ = ["assess", "default_engine", "plan", "review"]
__version__ = "0.1.0"

# The rooms `assess` and `plan` are imported first, so that a later import of one of their modules does not
# put the room in the place of the function of the same name.
for _room in ("kneewise.assess", "kneewise.plan"):
    importlib.import_module(_room)


@functools.cache
def default_engine() -> Engine:
    """The engine over the compiled knowledge that ships with the package, made once."""
    from kneewise.knowledge.artefact import load_knowledge
    from kneewise.pathway import Engine

    return Engine(load_knowledge())


def assess(case: Mapping[str, Any]) -> AssessmentContract:
    """How urgent, which causes and what contributes, each with reasons.

    `case` and the result are the contracts `kneewise schema case` and `kneewise schema assessment` print.
    Raises `kneewise.evidence.BadCase`, which says where, what, and how to mend it.
    """
    return default_engine().assess(case)


def plan(case: Mapping[str, Any], preferences: Mapping[str, Any] | None = None) -> ProgrammeContract:
    """A first programme for a case, or what to do meanwhile. Raises `kneewise.evidence.BadCase`."""
    from kneewise.pathway.plan import plan as make_plan
    from kneewise.plan import parse_preferences

    engine = default_engine()
    return make_plan(
        engine.look(engine.parse(case)), parse_preferences(preferences, engine.knowledge), engine
    )


def review(programme: Mapping[str, Any], diary: Sequence[Mapping[str, Any]], on: str) -> ReviewContract:
    """What changes in a programme on a day, and why, from the diary kept since.

    `programme` is one that `plan` or an earlier `review` made, `diary` the list of all entries, `on` a day as
    "2026-11-20". Raises `kneewise.evidence.BadCase`.
    """
    from kneewise.pathway.review import review_programme

    return review_programme(programme, diary, on, default_engine())
