"""SDC's operation `$next-question`: the next page of kneewise's own interview, with nothing kept in between.

The response that comes in holds all answers and, in its contained Questionnaire, the pages shown so far; the
one that goes out has the next page added, or is completed with the care level. Which page comes next is the
engine's decision alone, as on the web pages. In an emergency the questions stop and what to do comes last.

Of the contained Questionnaire only the linkIds are read: its words are written anew, so that nobody can put
words into our mouth. Leaving a page out of it cannot lower a level, for that rests on the answers alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kneewise.assess.next_question import Question
from kneewise.assess.triage import askable
from kneewise.evidence import Case
from kneewise.exchange.fhir import questionnaire as q
from kneewise.exchange.fhir import terminology as t
from kneewise.exchange.fhir.codes import Json, coding
from kneewise.exchange.fhir.narrative import clean, narrative, paragraph
from kneewise.exchange.fhir.operation_outcome import Issue, SeveralRefused
from kneewise.exchange.fhir.questionnaire_response import Told, answers_of, contained, is_ours, read_response
from kneewise.exchange.fhir.refused import Refused
from kneewise.knowledge.types import Knowledge
from kneewise.pathway.engine import Engine, Turn
from kneewise.pathway.telling import red_flag_words

CONTAINED_ID = "asked"
MOST_GROUPS = 60
WRAPPED_AS = ("questionnaire-response", "in")
_KEPT_REFERENCES = ("subject", "author", "source", "encounter")
_REFERENCE_KEYS = ("reference", "type", "display")
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_NOBODY = {"type": "Patient", "display": "The person the interview is about"}


def next_question(request: Mapping[str, Any], engine: Engine, today: str) -> Json:
    """The answer to one call: a QuestionnaireResponse, wrapped in Parameters when the request was.

    `today` is the day of a response that does not say when it was written. Raises `Refused`.
    """
    response, wrapped = unwrapped(request)
    held = contained(response)
    if held is None and not is_ours(response.get("questionnaire", t.ADAPTIVE), canonical=t.ADAPTIVE):
        raise Refused(
            "not-supported", "QuestionnaireResponse.questionnaire", "this Questionnaire is not adaptive",
            f"Answer {t.ADAPTIVE}, or contain a Questionnaire derived from it",
        )  # fmt: skip
    told = read_response(response, engine.knowledge, on=today)
    groups = _shown(held, engine.knowledge) if held is not None else []
    result = _turned(response, told, groups, engine)
    if not wrapped:
        return result
    return {"resourceType": "Parameters", "parameter": [{"name": "return", "resource": result}]}


def unwrapped(request: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    """The QuestionnaireResponse of a request, and whether it came inside Parameters. Raises `Refused`."""
    if request.get("resourceType") != "Parameters":
        return request, False
    given = request.get("parameter")
    found = [
        one.get("resource")
        for one in (given if isinstance(given, list) else [])
        if isinstance(one, Mapping) and one.get("name") in WRAPPED_AS
    ]
    if len(found) != 1 or not isinstance(found[0], Mapping):
        raise Refused(
            "required", "Parameters.parameter", "one QuestionnaireResponse is needed",
            f"Give it as the parameter {WRAPPED_AS[0]}",
        )  # fmt: skip
    return found[0], True


def _shown(held: Mapping[str, Any], knowledge: Knowledge) -> list[q.Group]:
    """The pages that the contained Questionnaire shows, by their linkIds."""
    pages = {page.id for page in knowledge.pages} | {q.WHO, "said"}
    items = held.get("item", [])
    where = "QuestionnaireResponse.contained.item"
    if not isinstance(items, list) or len(items) > MOST_GROUPS:
        raise Refused("structure", where, "these are no pages of ours", "Send what the last call gave")
    groups = []
    for item in items:
        link_id = item.get("linkId") if isinstance(item, Mapping) else None
        if not isinstance(link_id, str):
            raise Refused("structure", where, "a page without linkId", "Send what the last call gave")
        if link_id.partition("/")[0] == q.RESULT:
            continue
        below = item.get("item", [])
        ids = [
            one.get("linkId")
            for one in (below if isinstance(below, list) else [])
            if isinstance(one, Mapping)
        ]
        findings = tuple(dict.fromkeys(i for i in ids if isinstance(i, str) and i in knowledge.findings))
        if link_id.partition(".")[0] not in pages or len(link_id) > 60:
            raise Refused("value", where, "there is no such page", "Send what the last call gave")
        groups.append(q.Group(link_id, findings))
    link_ids = [group.link_id for group in groups]
    findings_shown = [finding for group in groups for finding in group.findings]
    if len(set(link_ids)) < len(link_ids) or len(set(findings_shown)) < len(findings_shown):
        raise Refused(
            "structure", where, "a page or a question is there twice", "Send what the last call gave"
        )
    return groups


def _turned(response: Mapping[str, Any], told: Told, groups: list[q.Group], engine: Engine) -> Json:
    case = engine.parse(told.case)
    if not any(group.page == q.WHO for group in groups):
        others = [q.Group(g.link_id, tuple(f for f in g.findings if f != q.AGE)) for g in groups]
        return _written(response, told, case, [*others, q.Group(q.WHO, (q.AGE,))], engine, None)
    turn = engine.look(case)
    asked = tuple(group.page for group in groups if group.page != q.WHO)
    question = engine.next_question(turn, asked)
    if question is None and turn.triage.care_level == "emergency":
        return _written(response, told, case, groups, engine, turn)
    _all_answered(groups, told, turn, engine.knowledge)
    if question is None:
        return _written(response, told, case, groups, engine, turn)
    return _written(response, told, case, [*groups, _group(question, groups)], engine, None)


def _group(question: Question, groups: list[q.Group]) -> q.Group:
    """The group of a page, numbered where the page was asked before."""
    before = sum(group.page == question.page for group in groups)
    shown = {finding for group in groups for finding in group.findings}
    findings = tuple(finding for finding in question.findings if finding not in shown)
    return q.Group(question.page if before == 0 else f"{question.page}.{before + 1}", findings)


def _all_answered(groups: list[q.Group], told: Told, turn: Turn, knowledge: Knowledge) -> None:
    """Refuses a call while a question that was shown, and still concerns the person, has no answer."""
    missing = []
    if q.RESPONDENT not in told.answered:
        missing.append(q.RESPONDENT)
    for group in groups:
        for finding in group.findings:
            answered = finding in told.answered or f"{finding}{t.UNSURE_SUFFIX}" in told.answered
            if not answered and askable(knowledge.findings[finding], turn.evidence):
                missing.append(finding)
    if missing:
        issues = [
            Issue(
                "required", "QuestionnaireResponse.item", f"the question {link_id} has no answer",
                "Answer it – not sure is an answer, too",
            )
            for link_id in missing
        ]  # fmt: skip
        raise SeveralRefused("required", issues)


# --- what goes out -------------------------------------------------------------------------------


def _written(
    response: Mapping[str, Any],
    told: Told,
    case: Case,
    groups: list[q.Group],
    engine: Engine,
    done: Turn | None,
) -> Json:
    """The response with its pages; `done` is what the engine makes of it at the end."""
    knowledge, words = engine.knowledge, engine.words
    last = [_result_group(done, engine)] if done is not None else []
    questionnaire = q.asked_questionnaire(knowledge, words, CONTAINED_ID, groups, last)
    shown = {finding for group in groups for finding in group.findings}
    # What a client told beside the questions is kept, in a place of its own.
    rest = tuple(dict.fromkeys(item.finding for item in case.items if item.finding not in shown))
    layout = [*groups, q.Group(q.NOT_ASKED, rest)]
    items = answers_of(case, knowledge, words, layout, about=told.answered)
    extensions = []
    if done is not None:
        level = coding(t.CARE_LEVEL, done.triage.care_level, _level_text(done, engine))
        extensions = [
            {"url": t.REACHED_LEVEL, "valueCoding": level},
            {"url": t.SCREEN_COMPLETE, "valueBoolean": done.triage.screen_complete},
        ]
        answer = [{"valueCoding": level}]
        items.append({"linkId": q.RESULT, "item": [{"linkId": q.REACHED, "answer": answer}]})
    state = _level_text(done, engine) if done is not None else "The interview goes on."
    id_ = response.get("id")
    return {
        "resourceType": "QuestionnaireResponse",
        **({"id": id_} if isinstance(id_, str) and _ID.fullmatch(id_) else {}),
        "meta": {"profile": [t.SDC_ADAPTIVE_RESPONSE]},
        "text": narrative(paragraph(state)),
        "contained": [questionnaire],
        **({"extension": extensions} if extensions else {}),
        **_identifier(response),
        "questionnaire": f"#{CONTAINED_ID}",
        "status": "in-progress" if done is None else "completed",
        "subject": _NOBODY,
        **_references(response),
        "authored": case.on,
        **({"item": items} if items else {}),
    }


def _level_text(turn: Turn, engine: Engine) -> str:
    told = engine.words.phrases[f"level_{turn.triage.care_level}"]
    return clean(f"{told.text} {told.more}")


def _result_group(turn: Turn, engine: Engine) -> Json:
    """The end: the level, what to do, and that no clinician has reviewed it."""
    words, level = engine.words, turn.triage.care_level
    lines = []
    if not turn.triage.screen_complete:
        lines.append(words.phrases["screen_incomplete"])
    lines.append(words.phrases[f"level_{level}"])
    if level == "emergency":
        lines.append(words.phrases["meanwhile_emergency"])
    told = [f"{line.text} {line.more}" for line in lines]
    for entry in turn.triage.fired:
        flag = red_flag_words(entry.rule, entry.care_level, entry.because, words)
        told.append(f"{flag.name}: {flag.what_to_do}")
    told.append(f"{words.phrases['not_a_diagnosis'].text} {words.phrases['not_a_diagnosis'].more}")
    if not engine.knowledge.reviewed:
        told.append(words.phrases["no_clinician_review"].text)
    display = [
        {"linkId": f"{q.RESULT}/{n}", "text": clean(text), "type": "display"}
        for n, text in enumerate(told, 1)
    ]
    option = {"valueCoding": coding(t.CARE_LEVEL, level, words.phrases[f"level_{level}"].text)}
    reached = {
        "linkId": q.REACHED,
        "text": "How soon to be seen",
        "type": "choice",
        "readOnly": True,
        "answerOption": [option],
    }
    return {"linkId": q.RESULT, "text": "What to do", "type": "group", "item": [reached, *display]}


def _identifier(response: Mapping[str, Any]) -> Json:
    found = response.get("identifier")
    if not isinstance(found, Mapping):
        return {}
    kept = {key: clean(found[key]) for key in ("system", "value") if isinstance(found.get(key), str)}
    return {"identifier": kept} if kept.get("value") else {}


def _references(response: Mapping[str, Any]) -> Json:
    """Who it is about and who wrote it, given back as they came, as far as they are plain references."""
    kept = {}
    for key in _KEPT_REFERENCES:
        found = response.get(key)
        if not isinstance(found, Mapping):
            continue
        parts = {
            k: clean(found[k])[:500]
            for k in _REFERENCE_KEYS
            if isinstance(found.get(k), str) and clean(found[k])
        }
        if parts and not parts.get("reference", "").startswith("#"):
            kept[key] = parts
    return kept
