"""The scripted interview: asks as the program would, and answers from a script.

`otherwise` says how what the script does not answer is answered: `unremarkable` (questions that screen for
danger or risk: none of these; all others: not sure), `absent` or `unsure`. A measurement, home test or
examination that is not in the script is always unsure. A sign that the person's own words told is shown
back ticked, and stays unless the script denies it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kneewise.assess.next_question import SAID_PAGE, Question
from kneewise.evidence import BadCase, Case, Item, make_item, parse_case
from kneewise.pathway.contracts import AskedContract, AssessmentContract
from kneewise.pathway.engine import Engine, Turn
from kneewise.rules import gather

OTHERWISE = ("unremarkable", "absent", "unsure")
MOST_TURNS = 60


def _script(data: Mapping[str, Any], engine: Engine) -> dict[str, Item]:
    """The script's answers, with all that follows from them: who twisted the knee also had an injury."""
    answers = data.get("answers") or {}
    if not isinstance(answers, Mapping):
        raise BadCase("answers", "this must be an object of finding ids", 'Write it as {"finding": true}')
    made = [make_item(f, value, engine.knowledge, f"answers/{f}") for f, value in answers.items()]
    items = [item for item in made if item is not None]
    follows = gather(Case(items=tuple(items)), engine.knowledge).known
    script = {f: Item(f, known.state, known.value) for f, known in follows.items()}
    return script | {item.finding: item for item in items}


def _otherwise(finding: str, how: str, engine: Engine, *, screening: bool) -> Item:
    data = engine.knowledge.findings[finding]
    if data.who != "person" or data.kind == "quantity" or how == "unsure":
        return Item(finding, "unsure")
    if how == "absent" or data.screens or screening:
        return Item(finding, "absent")
    return Item(finding, "unsure")


def _answer(question: Question, script: Mapping[str, Item], how: str, engine: Engine) -> list[Item]:
    given = []
    screening = any(page.screen for page in engine.knowledge.pages if page.id == question.page)
    for finding in question.findings:
        if finding in script:
            given.append(script[finding])
        elif question.page == SAID_PAGE:
            given.append(Item(finding, "present"))
        else:
            given.append(_otherwise(finding, how, engine, screening=screening))
    return given


def final_turn(
    data: Mapping[str, Any], engine: Engine, most_turns: int = MOST_TURNS
) -> tuple[Turn, list[AskedContract]]:
    """The last look of a scripted interview of at most `most_turns` pages, and the pages asked on the way.

    Raises `evidence.BadCase` if the case or the script is wrong.
    """
    how = data.get("otherwise", "unsure")
    if how not in OTHERWISE:
        raise BadCase("otherwise", f"{how!r} is not one of the choices", f"Use one of {', '.join(OTHERWISE)}")
    script = _script(data, engine)
    case = parse_case(data, engine.knowledge, scripted=True)
    asked: list[AskedContract] = []
    turn: Turn = engine.look(case)
    while len(asked) < most_turns:
        pages = tuple(entry["page"] for entry in asked)
        question = engine.next_question(turn, pages)
        if question is None:
            break
        asked.append({"page": question.page, "findings": list(question.findings)})
        case = replace(case, items=(*case.items, *_answer(question, script, how, engine)))
        turn = engine.look(case)
    return turn, asked


def run_script(
    data: Mapping[str, Any], engine: Engine, *, most_turns: int = MOST_TURNS
) -> AssessmentContract:
    """One scripted interview to its end, or to `most_turns` pages: the assessment with the pages asked.

    Raises `evidence.BadCase` if the case or the script is wrong.
    """
    turn, asked = final_turn(data, engine, most_turns)
    assessment = engine.write(turn, tuple(entry["page"] for entry in asked))
    assessment["asked"] = asked
    return assessment
