"""The interview as Questionnaires: one with every question, and one asked page by page (SDC, adaptive).

The linkId of a question is the id of its finding, for ever; a group's is the id of its page. Every answer is
coded by the state of the finding it sets, so a question that asks the opposite of what it names is right by
construction. A quantity has a companion `…/unsure`, open while there is no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kneewise.assess.next_question import SAID_PAGE
from kneewise.exchange.fhir import terminology as t
from kneewise.exchange.fhir.codes import (
    ENGINE_TAG,
    FINDING,
    KNOWLEDGE_TAG,
    LOINC,
    LOINC_OF,
    REVIEW_TAG,
    UCUM,
    Json,
    coding,
    quantity,
)
from kneewise.exchange.fhir.narrative import bullets, clean, narrative, paragraph
from kneewise.knowledge.types import Expression, Finding, FindingWords, Knowledge, Words
from kneewise.pathway.engine import ENGINE_VERSION

WHO, EXAMINATION, NOT_ASKED, RESULT = "who", "examination", "not_asked", "result"
AGE = "age_years"
RESPONDENT, SEX, SIDE, OWN_WORDS = "respondent", "sex", "side", "own_words"
PREGNANT, COUNTRY, REACHED = "pregnant", "country", "care_level"
ABOUT = (RESPONDENT, SEX, SIDE, OWN_WORDS, PREGNANT, COUNTRY)
# How people read a unit; a unit that is not here reads well as it is.
_UNIT_NAMES = {
    "a": "years",
    "d": "days",
    "deg": "degrees",
    "Cel": "°C",
    "min": "minutes",
    "kg/m2": "kg/m²",
    "{score}": "out of 10",
    "{reps}": "times",
}
_OPERATORS = {"at_least": ">=", "at_most": "<=", "over": ">", "under": "<"}

_CHOICES: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    RESPONDENT: (
        t.RESPONDENT,
        "Who is it about?",
        (("self", "Me"), ("carer", "Somebody I care for"), ("clinician", "A patient of mine")),
    ),
    SEX: (t.SEX, "Sex", (("female", "Female"), ("male", "Male"))),
    SIDE: (t.SIDE, "Which leg is it?", (("left", "Left"), ("right", "Right"), ("both", "Both"))),
}
CHOICE_CODES = {link: tuple(code for code, _label in options) for link, (_s, _q, options) in _CHOICES.items()}
CHOICE_SYSTEMS = {link: system for link, (system, _q, _options) in _CHOICES.items()}


_TITLES = {
    WHO: ("About the person", "You can leave out what you do not want to say."),
    EXAMINATION: ("Tests that a clinician does", ""),
    NOT_ASKED: ("What follows from other answers", ""),
    SAID_PAGE: ("You wrote about these. Is that so?", ""),
}


@dataclass(frozen=True)
class Group:
    """Questions that stand together; `link_id` is the page, with .2 when it is asked a second time."""

    link_id: str
    findings: tuple[str, ...]

    @property
    def page(self) -> str:
        """The page it shows."""
        return self.link_id.partition(".")[0]


def full_layout(knowledge: Knowledge) -> list[Group]:
    """Every finding once: the pages of the interview, examinations, and what follows from other answers."""
    groups = [Group(WHO, (AGE,))]
    placed = {AGE}
    for page in knowledge.pages:
        findings = tuple(f for f in page.findings if f not in placed)
        placed.update(findings)
        if findings:
            groups.append(Group(page.id, findings))
    rest = [f for f in knowledge.findings.values() if f.id not in placed]
    groups.append(Group(EXAMINATION, tuple(f.id for f in rest if f.who != "derived")))
    groups.append(Group(NOT_ASKED, tuple(f.id for f in rest if f.who == "derived")))
    return groups


# --- when a question is asked --------------------------------------------------------------------


def _finding_code(state: str) -> Json:
    return {"answerCoding": {"system": t.ANSWER, "code": state}}


def _unless_known(link_id: str, condition: Json) -> list[Json]:
    """Asked while nothing is known of another question, or where its answer fits."""
    return [
        {"question": link_id, "operator": "exists", "answerBoolean": False},
        {"question": link_id, **condition},
    ]


def _compared(expression: Expression, knowledge: Knowledge) -> Json:
    unit = knowledge.findings[expression.finding].unit
    return {
        "question": expression.finding,
        "operator": _OPERATORS[expression.comparison],
        "answerQuantity": quantity(expression.number, unit),
    }


def _age(operator: Literal[">=", "<="], years: float) -> Json:
    return {"operator": operator, "answerQuantity": quantity(years, "a")}


def _enabled(finding: Finding, knowledge: Knowledge) -> Json:
    """When a question is asked, as far as one list of conditions can say it; never narrower than the engine.

    Movement tests are the exception: the engine also offers them to who is not sure how bad or how long it
    is, a form that cannot know that waits for both numbers.
    """
    after = finding.only_after
    if after is not None and after.op == "all":
        known = [_compared(part, knowledge) for part in after.parts]
        if finding.min_age > 0:
            known.append({"question": AGE, **_age(">=", finding.min_age)})
        if finding.max_age < 120:
            known.append({"question": AGE, **_age("<=", finding.max_age)})
        return {"enableWhen": known, "enableBehavior": "all"}
    if after is not None:
        parts = after.parts or (after,)
        some = [
            c for p in parts for c in _unless_known(p.finding, {"operator": "!=", **_finding_code("absent")})
        ]
        return {"enableWhen": some, "enableBehavior": "any"}
    if finding.sex:
        other = "male" if finding.sex == "female" else "female"
        unless = {"operator": "!=", "answerCoding": {"system": t.SEX, "code": other}}
        return {"enableWhen": _unless_known(SEX, unless), "enableBehavior": "any"}
    if finding.min_age > 0:
        return {"enableWhen": _unless_known(AGE, _age(">=", finding.min_age)), "enableBehavior": "any"}
    if finding.max_age < 120:
        return {"enableWhen": _unless_known(AGE, _age("<=", finding.max_age)), "enableBehavior": "any"}
    return {}


# --- items ---------------------------------------------------------------------------------------


def _control(code: str) -> Json:
    return {
        "url": t.ITEM_CONTROL,
        "valueCodeableConcept": {"coding": [{"system": t.ITEM_CONTROLS, "code": code}]},
    }


def _help(link_id: str, text: str) -> list[Json]:
    if not text:
        return []
    one = {"linkId": f"{link_id}{t.HELP_SUFFIX}", "text": clean(text), "type": "display"}
    return [{"extension": [_control("help")], **one}]


def unsure_text(told: FindingWords) -> str:
    """What the companion of a quantity says."""
    return clean(f"I am not sure about this: {told.name}")


def _options(system: str, options: Iterable[tuple[str, str]]) -> list[Json]:
    return [{"valueCoding": coding(system, code, label)} for code, label in options]


@dataclass(frozen=True)
class Form:
    """Makes items from the knowledge. `adaptive`: all that is shown is to be answered."""

    knowledge: Knowledge
    words: Words
    adaptive: bool = False

    def group(self, group: Group) -> Json:
        """A page with its questions."""
        title, lead = self.title(group.page)
        items = [
            *([{"linkId": f"{group.link_id}/lead", "text": clean(lead), "type": "display"}] if lead else []),
            *(self.about() if group.page == WHO else []),
            *(item for finding in group.findings for item in self.question(finding)),
        ]
        made: Json = {"linkId": group.link_id, "text": clean(title), "type": "group"}
        if group.page == NOT_ASKED:
            made = {"extension": [{"url": t.HIDDEN, "valueBoolean": True}], **made}
        if not self.adaptive:
            made |= self._page_enabled(group.page)
        return {**made, "item": items}

    def title(self, page: str) -> tuple[str, str]:
        """What a page is called, and the sentence under it."""
        told = self.words.pages.get(page)
        if told is None:
            return _TITLES[page]
        # What stands under other titles speaks of boxes to tick, and here are none.
        known = next((one for one in self.knowledge.pages if one.id == page), None)
        findings = self.knowledge.findings
        tests = known is not None and any(findings[f].who == "home_test" for f in known.findings)
        return told.title, told.lead if tests else ""

    def _page_enabled(self, page: str) -> Json:
        known = next((p for p in self.knowledge.pages if p.id == page), None)
        if known is None or known.only_after is None:
            return {}
        if any(part.op != "present" for part in known.only_after.parts):
            raise ValueError(f"no FHIR condition for the page {page}: {known.only_after}")
        parts = known.only_after.parts
        return {
            "enableWhen": [
                {"question": p.finding, "operator": "=", **_finding_code("present")} for p in parts
            ],
            "enableBehavior": "any",
        }

    def about(self) -> list[Json]:
        """Who it is about, and the story in their own words."""
        items = []
        for link_id, (system, question, options) in _CHOICES.items():
            item: Json = {
                "extension": [_control("radio-button")],
                "linkId": link_id,
                "text": question,
                "type": "choice",
                "answerOption": _options(system, options),
            }
            if self.adaptive and link_id == RESPONDENT:
                item["required"] = True
            items.append(item)
        items.append(
            {
                "linkId": OWN_WORDS,
                "text": "What is wrong? In your own words, if you like.",
                "type": "text",
                "maxLength": 5000,
            }
        )
        if not self.adaptive:
            items.append({"linkId": PREGNANT, "text": "Pregnant", "type": "boolean"})
            items.append({"linkId": COUNTRY, "text": "Country", "type": "string", "maxLength": 60})
        return items

    def question(self, finding: str) -> list[Json]:
        """A finding as a question; a quantity with its companion for who cannot say."""
        known, told = self.knowledge.findings[finding], self.words.findings[finding]
        codes = [coding(FINDING, finding)]
        if finding in LOINC_OF:
            codes.append(coding(LOINC, *LOINC_OF[finding]))
        shared: Json = {"linkId": finding, "code": codes, "text": clean(told.question or told.name)}
        enabled = {} if self.adaptive else _enabled(known, self.knowledge)
        if known.kind == "quantity":
            return self._quantity(known, shared, enabled)
        options = _options(t.ANSWER, ((code, label) for code, label, _state in t.answer_codes(told)))
        item = {"extension": [_control("radio-button")], **shared, "type": "choice", **enabled}
        if self.adaptive:
            item["required"] = True
        item["answerOption"] = options
        below = _help(finding, told.help)
        return [{**item, "item": below} if below else item]

    def _quantity(self, known: Finding, shared: Json, enabled: Json) -> list[Json]:
        told = self.words.findings[known.id]
        unit = {
            "url": t.UNIT_OPTION,
            "valueCoding": coding(UCUM, known.unit, _UNIT_NAMES.get(known.unit, known.unit)),
        }
        least = {"url": t.MIN_QUANTITY, "valueQuantity": quantity(known.minimum, known.unit)}
        most = {"url": t.MAX_QUANTITY, "valueQuantity": quantity(known.maximum, known.unit)}
        below = _help(known.id, told.help)
        item = {"extension": [unit, least, most], **shared, "type": "quantity", **enabled}
        unsure: Json = {
            "linkId": f"{known.id}{t.UNSURE_SUFFIX}",
            "text": unsure_text(told),
            "type": "boolean",
            "enableWhen": [{"question": known.id, "operator": "exists", "answerBoolean": False}],
        }
        if self.adaptive:
            unsure["required"] = True
        return [{**item, "item": below} if below else item, unsure]


# --- questionnaires ------------------------------------------------------------------------------


def _meta(profile: str, knowledge: Knowledge, words: Words) -> Json:
    tags = [
        coding(ENGINE_TAG, ENGINE_VERSION, "kneewise"),
        coding(KNOWLEDGE_TAG, knowledge.version, "version of the knowledge"),
    ]
    if not knowledge.reviewed:
        tags.append(coding(REVIEW_TAG, "not-reviewed", words.phrases["no_clinician_review"].text))
    return {"profile": [profile], "tag": tags}


def _frame(knowledge: Knowledge, words: Words, *, id_: str, profile: str, told: str) -> Json:
    """What all questionnaires of ours begin with; a draft until a clinician has reviewed the content."""
    review = "" if knowledge.reviewed else words.phrases["no_clinician_review"].text
    return {
        "resourceType": "Questionnaire",
        "id": id_,
        "meta": _meta(profile, knowledge, words),
        "text": narrative(paragraph(told), paragraph(review) if review else ""),
    }


def _labels(knowledge: Knowledge, words: Words) -> Json:
    limits = words.phrases["not_a_diagnosis"]
    review = "" if knowledge.reviewed else f" {words.phrases['no_clinician_review'].text}"
    return {
        "status": "active" if knowledge.reviewed else "draft",
        "experimental": not knowledge.reviewed,
        "subjectType": ["Patient"],
        "publisher": "kneewise",
        "description": clean(f"{limits.text} {limits.more}{review}"),
    }


def full_questionnaire(knowledge: Knowledge, words: Words) -> Json:
    """Every question there is, none of them required."""
    form = Form(knowledge, words)
    groups = full_layout(knowledge)
    frame = _frame(
        knowledge,
        words,
        id_=t.FULL_ID,
        profile=t.SDC_QUESTIONNAIRE,
        told="All questions of kneewise on pain around the knee and along the hamstring.",
    )
    titles = [form.title(group.page)[0] for group in groups]
    frame["text"]["div"] = frame["text"]["div"].removesuffix("</div>") + bullets(titles) + "</div>"
    return {
        **frame,
        "url": t.FULL,
        "version": knowledge.version,
        "name": "KneewiseFull",
        "title": "kneewise: all questions",
        **_labels(knowledge, words),
        "item": [form.group(group) for group in groups],
    }


def adaptive_questionnaire(knowledge: Knowledge, words: Words) -> Json:
    """The interview that `$next-question` asks page by page; it has no questions before the first call."""
    return {
        **_frame(
            knowledge,
            words,
            id_=t.ADAPTIVE_ID,
            profile=t.SDC_ADAPTIVE_SEARCH,
            told="The interview of kneewise: it asks what matters next. Use the operation $next-question.",
        ),
        "extension": [{"url": t.IS_ADAPTIVE, "valueBoolean": True}],
        "url": t.ADAPTIVE,
        "version": knowledge.version,
        "name": "KneewiseAdaptive",
        "title": "kneewise: the interview",
        **_labels(knowledge, words),
    }


def asked_questionnaire(
    knowledge: Knowledge, words: Words, id_: str, groups: Sequence[Group], last: Sequence[Json] = ()
) -> Json:
    """The pages asked so far, to be contained in a response; `last` is what stands at the end."""
    form = Form(knowledge, words, adaptive=True)
    items = [*(form.group(group) for group in groups), *last]
    return {
        "resourceType": "Questionnaire",
        "id": id_,
        "meta": {"profile": [t.SDC_ADAPTIVE]},
        "extension": [{"url": t.IS_ADAPTIVE, "valueBoolean": True}],
        "version": knowledge.version,
        "name": "KneewiseAsked",
        "title": "kneewise: the interview",
        "derivedFrom": [t.ADAPTIVE],
        **_labels(knowledge, words),
        **({"item": items} if items else {}),
    }
