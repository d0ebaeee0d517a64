"""The way through the pages: what is answered, what comes next, and where an emergency stops it.

A sitting's steps are the question pages in the order in which they were asked. The last one may still be
open; all others have answers. Which page comes next is the engine's decision alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.urls import reverse

from kneewise.assess.triage import askable
from kneewise.evidence import BadCase
from kneewise.pathway.engine import Turn
from kneewise.store.models import Sitting
from kneewise.web.knowledge import engine
from kneewise.web.remembered import turn_of

WHO, WORDS, UNDERSTOOD, DIAGNOSIS = "who", "words", "understood", "diagnosis"
Stage = Literal["open", "which_unsure", "one_by_one", "answered"]
# Behind the doors "diagnosis" and "prevent" nobody asks for the cause; what decides how urgent it is and
# who the programme is for is asked all the same.
ABOUT_YOU, PREVENT = "about_you", "prevent"
MOST_HABITS = 10
PREVENT_PAGES = ("activity", "habits", "earlier_trouble")
# The leg to point at: the whole of it is asked at once, when nothing urgent is open.
WHERE = "where"
# Pages that the programme asks for, not the interview.
BEFORE_EXERCISES, MEDICINES = "before_exercises", "medicines"
OF_THE_PROGRAMME = (BEFORE_EXERCISES, MEDICINES)
BEFORE_WHERE = ("said_danger", "urgent_screen", "urgent_follow_up", "about_you")
ALWAYS_ASKED = ("said_danger", "urgent_screen", "urgent_follow_up", "about_you", "soon")


class OldAnswers(RuntimeError):
    """The saved answers come from another version of the knowledge and can no longer be read."""


@dataclass(frozen=True)
class Standing:
    """Where a sitting stands: what the engine makes of it."""

    turn: Turn

    @property
    def emergency(self) -> bool:
        """Whether the questions stop here."""
        return self.turn.triage.care_level == "emergency"

    @property
    def screen_complete(self) -> bool:
        """Whether everything urgent has been asked."""
        return self.turn.triage.screen_complete


def _answer_item(finding: str, answer: dict[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {"id": finding, "state": answer["state"]}
    if "value" in answer:
        item["value"] = answer["value"]
        if answer.get("unit"):
            item["unit"] = answer["unit"]
    return item


def evidence_of(sitting: Sitting) -> list[dict[str, Any]]:
    """All that was answered, in order, as evidence of the case contract."""
    items = [_answer_item(f, a) for f, a in sitting.case.get("corrections", {}).items()]
    for finding in sitting.case.get("declined", []):
        items.append({"id": finding, "state": "unsure"})
    for step in sitting.steps:
        items += [_answer_item(f, a) for f, a in step["answers"].items()]
    return items


def case_of(sitting: Sitting) -> dict[str, Any]:
    """The sitting as the case contract."""
    case: dict[str, Any] = {
        "on": sitting.created.date().isoformat(),
        "person": sitting.case.get("person", {}),
        "evidence": evidence_of(sitting),
    }
    for key in ("respondent", "side", "text"):
        if sitting.case.get(key):
            case[key] = sitting.case[key]
    return case


def standing(sitting: Sitting) -> Standing:
    """What the engine makes of the sitting now. Raises `OldAnswers`."""
    try:
        return Standing(turn_of(case_of(sitting)))
    except BadCase as bad:
        raise OldAnswers(bad.where) from None


def pages_asked(sitting: Sitting) -> tuple[str, ...]:
    """The pages answered so far, in order; how long and how bad is no question where nothing hurts."""
    asked = tuple(
        step["page"]
        for step in sitting.steps
        if step["stage"] == "answered" and step["why"] not in OF_THE_PROGRAMME
    )
    return (ABOUT_YOU, *asked) if sitting.door == Sitting.PREVENT else asked


def new_step(page: str, findings: tuple[str, ...], why: str) -> dict[str, Any]:
    """A page to be asked."""
    return {
        "page": page,
        "findings": list(findings),
        "why": why,
        "stage": "open",
        "answers": {},
        "unsure_about": [],
    }


def keep_answers(sitting: Sitting, page: str, answers: dict[str, Any]) -> None:
    """Keep answers that the programme asked for as a step of their own, and save."""
    step = next((step for step in sitting.steps if step["why"] == page), None)
    if step is None:
        step = new_step(page, (), page)
        sitting.steps = [*(s for s in sitting.steps if s["stage"] != "open"), step]
    step["findings"] = list(dict.fromkeys([*step["findings"], *answers]))
    step["answers"] = {**step["answers"], **answers}
    step["stage"] = "answered"
    sitting.save()


def drop_what_no_longer_concerns(sitting: Sitting, now: Standing) -> None:
    """Leave out later pages that a changed answer has made pointless (no finding on them can be asked)."""
    findings = engine().knowledge.findings
    sitting.steps = [
        step
        for step in sitting.steps
        if any(f in findings and askable(findings[f], now.turn.evidence) for f in step["findings"])
    ]


def open_next(sitting: Sitting, now: Standing) -> bool:
    """Put the next question page at the end of the steps; False when there is nothing more to ask."""
    sitting.steps = [step for step in sitting.steps if step["stage"] != "open"]
    hurts = sitting.door == Sitting.HURTS
    asked = pages_asked(sitting)
    question = engine().next_question(now.turn, asked, causes=hurts)
    urgent = question is not None and question.why in BEFORE_WHERE
    if hurts and not urgent and WHERE not in asked and not now.emergency:
        places = _places(now)
        if places:
            sitting.steps.append(new_step(WHERE, places, "tells_causes_apart"))
            return True
    if question is not None:
        sitting.steps.append(new_step(question.page, question.findings, question.why))
        return True
    return sitting.door == Sitting.PREVENT and _open_habits(sitting, now)


def _places(now: Standing) -> tuple[str, ...]:
    """Everywhere that can hurt: also what was told already, so that it stands marked on the leg."""
    knowledge, evidence = engine().knowledge, now.turn.evidence
    named = [f for page in knowledge.pages if page.id == WHERE for f in page.findings]
    return tuple(f for f in named if askable(knowledge.findings[f], evidence))


def _open_habits(sitting: Sitting, now: Standing) -> bool:
    """Who wants to prevent is asked what they do, since that shapes the programme."""
    findings, evidence = engine().knowledge.findings, now.turn.evidence
    for page in engine().knowledge.pages:
        if page.id not in PREVENT_PAGES or page.id in pages_asked(sitting):
            continue
        todo = [f for f in page.findings if not evidence.answered(f) and askable(findings[f], evidence)]
        if todo:
            sitting.steps.append(new_step(page.id, tuple(todo[:MOST_HABITS]), PREVENT))
            return True
    return False


def unfinished_start(sitting: Sitting) -> str | None:
    """The first of the opening pages that has not been answered."""
    opening = [WHO, DIAGNOSIS, WORDS] if sitting.door == Sitting.DIAGNOSIS else [WHO, WORDS]
    if sitting.case.get("text"):
        opening.append(UNDERSTOOD)
    return next((page for page in opening if page not in sitting.done), None)


def _first_in_stage(sitting: Sitting, *stages: Stage) -> int | None:
    """The number of the first step in one of these stages."""
    return next((n for n, step in enumerate(sitting.steps, start=1) if step["stage"] in stages), None)


def go_on(sitting: Sitting, after: int | None = None, *, to_check: bool = False) -> str:
    """Save, and the address of the page that comes next.

    `after` is the number of the step just answered (1 is the first); the steps behind it that have their
    answers are shown again before a new one is asked. With `to_check` a changed answer leads back to the
    overview, unless it raised a new question about danger.
    """
    now = standing(sitting)
    drop_what_no_longer_concerns(sitting, now)
    if now.emergency:
        sitting.save()
        return reverse("emergency")
    start = unfinished_start(sitting)
    if start is not None:
        sitting.save()
        return reverse(start)
    half_done = _first_in_stage(sitting, "which_unsure", "one_by_one")
    if half_done is not None:
        sitting.save()
        return reverse("question", args=[half_done])
    answered = [i for i, step in enumerate(sitting.steps, start=1) if step["stage"] == "answered"]
    again = [number for number in answered if after is not None and number > after]
    more = open_next(sitting, now)
    sitting.knowledge_version = engine().knowledge.version
    sitting.save()
    if to_check and not (more and sitting.steps[-1]["why"] in ALWAYS_ASKED):
        return reverse("check")
    if again:
        return reverse("question", args=[again[0]])
    return reverse("question", args=[len(sitting.steps)]) if more else reverse("check")


def may_see_result(sitting: Sitting, now: Standing) -> bool:
    """The result is there once everything urgent has been asked, or when there is nothing left to ask."""
    if unfinished_start(sitting) is not None:
        return False
    waiting = any(step["stage"] != "answered" and step["why"] in ALWAYS_ASKED for step in sitting.steps)
    return now.screen_complete or (bool(sitting.steps) and not waiting)


def next_address(sitting: Sitting) -> str:
    """Where a person goes on who left in the middle; changes nothing."""
    now = standing(sitting)
    if now.emergency:
        return reverse("emergency")
    start = unfinished_start(sitting)
    if start is not None:
        return reverse(start)
    waiting = _first_in_stage(sitting, "open", "which_unsure", "one_by_one")
    return reverse("check") if waiting is None else reverse("question", args=[waiting])
