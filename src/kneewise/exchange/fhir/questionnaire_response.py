"""Answers as QuestionnaireResponse, read into a case and written from one; nothing is lost on the way.

Reading is strict: an answer that cannot be read is refused with its path, never skipped – a sign of danger
could hide in it. An unanswered question says nothing. What a client adds beside the answers (extensions of
its own, texts) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kneewise.evidence import BadCase, Case, Item, parse_case
from kneewise.exchange.fhir import questionnaire as q
from kneewise.exchange.fhir import terminology as t
from kneewise.exchange.fhir.codes import ORIGIN, UCUM, Json, coding
from kneewise.exchange.fhir.narrative import clean, narrative, paragraph
from kneewise.exchange.fhir.refused import Refused
from kneewise.knowledge.types import Knowledge, Words

STATUSES = ("in-progress", "completed", "amended", "stopped")
DEEPEST = 8
LONGEST_REFERENCE = 500
_EVIDENCE_PATH = re.compile(r"evidence/(\d+)")
_GROUP = re.compile(r"([a-z][a-z0-9_]*)(\.\d{1,2})?")
# What no FHIR string may hold.
_NOT_A_STRING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Told:
    """What a response tells: a case (the contract), and the linkIds that have an answer."""

    case: dict[str, Any] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)
    evidence_places: list[str] = field(default_factory=list)

    def add(self, item: dict[str, Any], where: str) -> None:
        """One more piece of evidence and where it stood."""
        self.case.setdefault("evidence", []).append(item)
        self.evidence_places.append(where)

    def person(self, key: str, value: Any) -> None:
        """Something about the person."""
        self.case.setdefault("person", {})[key] = value


# --- reading -------------------------------------------------------------------------------------


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Refused("structure", where, "this must be an object", "Write it as { … }")
    if "modifierExtension" in value:
        raise Refused(
            "not-supported",
            where,
            "modifier extensions change what an element means, and we know none",
            "Leave it out",
        )
    return value


def _list(value: Any, where: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise Refused("structure", where, "this must be a list", "Write it as [ … ]")
    return value


def _text(value: Any, where: str, limit: int = LONGEST_REFERENCE) -> str:
    if not isinstance(value, str) or not value:
        raise Refused("value", where, "this must be text", "Put it in quotes")
    if len(value) > limit:
        raise Refused("too-long", where, f"the text is over {limit:,} characters long", "Shorten it")
    return value


def _only_value(answer: Mapping[str, Any], kind: str, where: str) -> Any:
    given = [key for key in answer if key.startswith("value")]
    if given != [kind]:
        raise Refused("value", where, f"the answer must be one {kind}", f"Give {kind} and nothing else")
    return answer[kind]


def _code(answer: Mapping[str, Any], system: str, where: str) -> str:
    value = _object(_only_value(answer, "valueCoding", where), f"{where}.value")
    if value.get("system", system) != system:
        raise Refused("value", f"{where}.value.system", "the code is of another system", f"Use {system}")
    return _text(value.get("code"), f"{where}.value.code", 60)


def _extensions(element: Mapping[str, Any], where: str) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    for i, one in enumerate(_list(element.get("extension"), f"{where}.extension")):
        at = f"{where}.extension[{i}]"
        found = _object(one, at)
        yield _text(found.get("url"), f"{at}.url"), found, at


_OF_ANSWER = {
    ORIGIN: ("from", "valueCode"),
    t.ANSWER_SIDE: ("side", "valueCode"),
    t.ANSWERED_ON: ("on", "valueDate"),
    t.ANSWER_METHOD: ("method", "valueString"),
}


def _details(element: Mapping[str, Any], where: str) -> dict[str, Any]:
    """When, how, on which side and by whom something was found."""
    told = {}
    for url, found, at in _extensions(element, where):
        if url in _OF_ANSWER:
            key, kind = _OF_ANSWER[url]
            told[key] = _text(_only_value(found, kind, at), at, 200)
    return told


class _Reader:
    """Walks the items of one response."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.words = next(iter(knowledge.words.values()))
        self.told = Told()
        self.groups = {page.id for page in knowledge.pages} | {
            q.WHO, q.EXAMINATION, q.NOT_ASKED, q.RESULT, "said",
        }  # fmt: skip

    def items(self, value: Any, where: str, depth: int = 0) -> None:
        if depth > DEEPEST:
            raise Refused(
                "too-costly", where, "questions are nested too deep", f"Nest at most {DEEPEST} levels"
            )
        for i, entry in enumerate(_list(value, where)):
            at = f"{where}[{i}]"
            item = _object(entry, at)
            link_id = _text(item.get("linkId"), f"{at}.linkId", 200)
            answers = [
                (_object(answer, f"{at}.answer[{n}]"), f"{at}.answer[{n}]")
                for n, answer in enumerate(_list(item.get("answer"), f"{at}.answer"))
            ]
            self.item(link_id, item, answers, at)
            self.items(item.get("item"), f"{at}.item", depth + 1)
            for answer, place in answers:
                self.items(answer.get("item"), f"{place}.item", depth + 1)

    def item(
        self, link_id: str, item: Mapping[str, Any], answers: list[tuple[Mapping[str, Any], str]], at: str
    ) -> None:
        if (
            link_id in self.knowledge.findings
            or link_id.removesuffix(t.UNSURE_SUFFIX) in self.knowledge.findings
        ):
            self.earlier(link_id, item, at)
        self.known(link_id, at)
        if not answers:
            return
        if len(answers) > 1:
            raise Refused("value", at, "there is more than one answer", "Give the answer that counts")
        if link_id in self.told.answered:
            raise Refused("value", at, "the question is answered twice", "Give the answer that counts")
        answer, place = answers[0]
        if not any(key.startswith("value") for key in answer):
            raise Refused("required", place, "the answer has no value", "Give one, or leave the answer out")
        self.told.places[link_id] = place
        if self.answer(link_id, answer, place):
            self.told.answered.add(link_id)

    def known(self, link_id: str, at: str) -> None:
        """Refuses a linkId that no question of ours has."""
        base = link_id.removesuffix(t.UNSURE_SUFFIX).removesuffix(t.HELP_SUFFIX).removesuffix("/lead")
        group = _GROUP.fullmatch(base)
        if base in self.knowledge.findings or base in (*q.ABOUT, q.REACHED):
            return
        if group is None or group[1] not in self.groups:
            raise Refused(
                "value", f"{at}.linkId", "there is no such question", "Use the linkIds of the Questionnaire"
            )

    def answer(self, link_id: str, answer: Mapping[str, Any], at: str) -> bool:
        """Take an answer; whether it settles its question."""
        if link_id in q.ABOUT:
            self.about(link_id, answer, at)
            return True
        if link_id == q.REACHED:
            return True  # our own word, sent back: it is found out anew
        if link_id in self.knowledge.findings:
            self.not_both(f"{link_id}{t.UNSURE_SUFFIX}", at)
            self.finding(link_id, answer, at)
            return True
        base = link_id.removesuffix(t.UNSURE_SUFFIX)
        if link_id != base and base in self.knowledge.findings:
            if self.truth(answer, at):
                self.not_both(base, at)
                self.told.add({"id": base, "state": "unsure", **_details(answer, at)}, at)
                return True
            return False  # "no, I am sure", but no number: nothing is known yet
        raise Refused("value", at, "there is no such question", "Use the linkIds of the Questionnaire")

    def not_both(self, other: str, at: str) -> None:
        """Refuses a number beside "not sure"."""
        if other in self.told.answered:
            raise Refused("value", at, "there is a number and “not sure” as well", "Give one of them")

    def truth(self, answer: Mapping[str, Any], at: str) -> bool:
        value = _only_value(answer, "valueBoolean", at)
        if not isinstance(value, bool):
            raise Refused("value", f"{at}.value", "this is not true or false", "Use true or false")
        return value

    def about(self, link_id: str, answer: Mapping[str, Any], at: str) -> None:
        if link_id in q.CHOICE_CODES:
            code = _code(answer, q.CHOICE_SYSTEMS[link_id], at)
            if code not in q.CHOICE_CODES[link_id]:
                raise Refused(
                    "value", f"{at}.value.code", "there is no such answer", "Use a code of the Questionnaire"
                )
            if link_id == q.SEX:
                self.told.person("sex", code)
            else:
                self.told.case[link_id] = code
        elif link_id == q.OWN_WORDS:
            self.told.case["text"] = _text(_only_value(answer, "valueString", at), f"{at}.value", 100_000)
        elif link_id == q.COUNTRY:
            self.told.person("country", _text(_only_value(answer, "valueString", at), f"{at}.value", 60))
        else:
            self.told.person("pregnant", self.truth(answer, at))

    def finding(self, finding: str, answer: Mapping[str, Any], at: str) -> None:
        told = self.evidence(finding, answer, at)
        details = _details(answer, at)
        if finding == q.AGE and not details and told.get("unit", "a") == "a":
            self.told.person("age", told["value"])
        else:
            self.told.add({**told, **details}, at)

    def evidence(self, finding: str, answer: Mapping[str, Any], at: str) -> dict[str, Any]:
        if self.knowledge.findings[finding].kind == "quantity":
            return {"id": finding, "state": "present", **_quantity(answer, at)}
        code = _code(answer, t.ANSWER, at)
        states = {code: state for code, _label, state in t.answer_codes(self.words.findings[finding])}
        if code not in states:
            raise Refused(
                "value", f"{at}.value.code", "there is no such answer", "Use a code of the Questionnaire"
            )
        return {"id": finding, "state": states[code]}

    def earlier(self, link_id: str, item: Mapping[str, Any], at: str) -> None:
        """Answers that a newer one follows."""
        finding = link_id.removesuffix(t.UNSURE_SUFFIX)
        for url, found, place in _extensions(item, at):
            if url != t.EARLIER:
                continue
            parts = list(_extensions(found, place))
            values = [(part, where) for url_, part, where in parts if url_ == "value"]
            if len(values) != 1:
                raise Refused("structure", place, "an earlier answer needs one value", "Give it once")
            part, where = values[0]
            if "valueBoolean" in part:
                told: dict[str, Any] = {"id": finding, "state": "unsure"}
            else:
                told = self.evidence(finding, {k: v for k, v in part.items() if k.startswith("value")}, where)
            self.told.add({**told, **_details(found, place)}, place)


def _quantity(answer: Mapping[str, Any], at: str) -> dict[str, Any]:
    value = _object(_only_value(answer, "valueQuantity", at), f"{at}.value")
    if "comparator" in value:
        raise Refused(
            "not-supported",
            f"{at}.value.comparator",
            "more or less than a number is no answer",
            "Give the number",
        )
    if value.get("system", UCUM) != UCUM:
        raise Refused("value", f"{at}.value.system", "the unit is of another system", f"Use {UCUM}")
    number = value.get("value")
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise Refused("value", f"{at}.value.value", "this is not a number", "Write a number without quotes")
    unit = value.get("code", value.get("unit"))
    return {"value": number, "unit": _text(unit, f"{at}.value.code", 20)}


def is_ours(value: Any, *, canonical: str) -> bool:
    """Whether a canonical address, with or without a version, is this one of ours."""
    return isinstance(value, str) and value.partition("|")[0] == canonical


def contained(response: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The Questionnaire that a response contains and answers; None where it names one by address."""
    named = response.get("questionnaire")
    if not (isinstance(named, str) and named.startswith("#")):
        return None
    for i, one in enumerate(_list(response.get("contained"), "QuestionnaireResponse.contained")):
        if isinstance(one, Mapping) and one.get("id") == named[1:]:
            if one.get("resourceType") != "Questionnaire":
                break
            return _object(one, f"QuestionnaireResponse.contained[{i}]")
    raise Refused(
        "structure", "QuestionnaireResponse.questionnaire", "it names no Questionnaire that is contained",
        "Contain the Questionnaire, and name it by # and its id",
    )  # fmt: skip


def _check_frame(response: Mapping[str, Any]) -> None:
    if response.get("resourceType") != "QuestionnaireResponse":
        raise Refused(
            "structure",
            "QuestionnaireResponse",
            "this is no QuestionnaireResponse",
            "Send a QuestionnaireResponse",
        )
    _object(response, "QuestionnaireResponse")
    if response.get("status") not in STATUSES:
        raise Refused(
            "value",
            "QuestionnaireResponse.status",
            "this status cannot be used",
            f"Use {', '.join(STATUSES)}",
        )
    named, held = response.get("questionnaire"), contained(response)
    ours = any(is_ours(named, canonical=one) for one in (t.FULL, t.ADAPTIVE))
    if held is None and named is not None and not ours:
        raise Refused(
            "not-supported", "QuestionnaireResponse.questionnaire", "it answers another Questionnaire",
            f"Answer {t.FULL} or {t.ADAPTIVE}",
        )  # fmt: skip


def read_response(response: Mapping[str, Any], knowledge: Knowledge, *, on: str | None = None) -> Told:
    """What a response tells, as a case that has been checked. `on` is the day where it names none.

    Raises `Refused`; where a value cannot be, `BadCase` with the path in the response.
    """
    _check_frame(response)
    reader = _Reader(knowledge)
    reader.items(response.get("item"), "QuestionnaireResponse.item")
    told = reader.told
    authored = response.get("authored")
    day = _text(authored, "QuestionnaireResponse.authored", 40)[:10] if authored is not None else on
    if day:
        told.case["on"] = day
    identifier = response.get("identifier")
    if isinstance(identifier, Mapping) and identifier.get("system") == t.CASE_ID:
        told.case["id"] = identifier.get("value")
    try:
        parse_case(told.case, knowledge)
    except BadCase as bad:
        raise Refused(
            bad.code if isinstance(bad, Refused) else "value", _place(bad, told), bad.what, bad.mend
        ) from None
    return told


def _place(bad: BadCase, told: Told) -> str:
    """The path in the response of what is wrong in the case."""
    found = _EVIDENCE_PATH.match(bad.where)
    if found and int(found[1]) < len(told.evidence_places):
        return told.evidence_places[int(found[1])]
    if bad.where == "on":
        return "QuestionnaireResponse.authored"
    if bad.where == "id":
        return "QuestionnaireResponse.identifier.value"
    link_id = {"person/age": q.AGE, "person/country": q.COUNTRY, "text": q.OWN_WORDS}.get(bad.where, "")
    return told.places.get(link_id, "QuestionnaireResponse")


# --- writing -------------------------------------------------------------------------------------


def _detail_extensions(item: Item) -> list[Json]:
    age = item.finding == q.AGE  # without it, an age would be read as the person's own word on who they are
    return [
        *([{"url": ORIGIN, "valueCode": item.origin}] if item.origin != "asked" or age else []),
        *([{"url": t.ANSWER_SIDE, "valueCode": item.side}] if item.side else []),
        *([{"url": t.ANSWERED_ON, "valueDate": item.on}] if item.on else []),
        *([{"url": t.ANSWER_METHOD, "valueString": item.method}] if item.method else []),
    ]


def amount(value: float, unit: str) -> Json:
    """A number in its unit, exactly as it is."""
    return {"value": int(value) if value == int(value) else value, "unit": unit, "system": UCUM, "code": unit}


class _Writer:
    """Writes the answers of one case."""

    def __init__(self, case: Case, knowledge: Knowledge, words: Words) -> None:
        self.case, self.knowledge, self.words = case, knowledge, words
        self.by_finding: dict[str, list[Item]] = {}
        for item in case.items:
            self.by_finding.setdefault(item.finding, []).append(item)

    def value(self, item: Item) -> Json:
        known = self.knowledge.findings[item.finding]
        if known.kind == "quantity":
            if item.value is None:
                return {"valueBoolean": True}
            return {"valueQuantity": amount(item.value, known.unit)}
        told = self.words.findings[item.finding]
        label = next(label for _code, label, state in t.answer_codes(told) if state == item.state)
        return {"valueCoding": coding(t.ANSWER, item.state, label)}

    def finding(self, finding: str) -> list[Json]:
        """The item of a finding – its companion where a number is not known – or nothing."""
        items = self.by_finding.get(finding, [])
        age = self.case.person.age if finding == q.AGE else None
        if age is not None:
            number = {"valueQuantity": amount(age, "a")}
            return [self.made(finding, number, items)]
        if not items:
            return []
        last = items[-1]
        details = _detail_extensions(last)
        answer = {**({"extension": details} if details else {}), **self.value(last)}
        is_unsure = "valueBoolean" in answer
        return [self.made(f"{finding}{t.UNSURE_SUFFIX}" if is_unsure else finding, answer, items[:-1])]

    def made(self, link_id: str, answer: Json, before: list[Item]) -> Json:
        """An item with its answer and those it followed."""
        earlier = [self.earlier(item) for item in before]
        told = self.words.findings[link_id.removesuffix(t.UNSURE_SUFFIX)]
        text = q.unsure_text(told) if link_id.endswith(t.UNSURE_SUFFIX) else told.question or told.name
        made: Json = {"linkId": link_id, "text": clean(text), "answer": [answer]}
        return {"extension": earlier, **made} if earlier else made

    def earlier(self, item: Item) -> Json:
        return {
            "url": t.EARLIER,
            "extension": [{"url": "value", **self.value(item)}, *_detail_extensions(item)],
        }

    def about(self, wanted: Container[str]) -> list[Json]:
        """Who it is about, as far as it is wanted."""
        person = self.case.person
        choices = {
            q.RESPONDENT: self.case.respondent,
            q.SEX: person.sex,
            q.SIDE: self.case.side,
        }
        items = [
            {"linkId": link, "answer": [{"valueCoding": coding(q.CHOICE_SYSTEMS[link], code)}]}
            for link, code in choices.items()
            if code
        ]
        text = _NOT_A_STRING.sub("", self.case.text)
        if text.strip():
            items.append({"linkId": q.OWN_WORDS, "answer": [{"valueString": text}]})
        if person.pregnant is not None:
            items.append({"linkId": q.PREGNANT, "answer": [{"valueBoolean": person.pregnant}]})
        country = _NOT_A_STRING.sub("", person.country or "")
        if country.strip():
            items.append({"linkId": q.COUNTRY, "answer": [{"valueString": country}]})
        return [item for item in items if item["linkId"] in wanted]

    def groups(self, groups: Iterable[q.Group], about: Container[str]) -> list[Json]:
        """The groups that have answers."""
        made = []
        for group in groups:
            items = self.about(about) if group.page == q.WHO else []
            items += [item for finding in group.findings for item in self.finding(finding)]
            if items:
                made.append({"linkId": group.link_id, "item": items})
        return made


def answers_of(
    case: Case,
    knowledge: Knowledge,
    words: Words,
    groups: Iterable[q.Group],
    about: Container[str] = q.ABOUT,
) -> list[Json]:
    """The items of a response: what a case answers of these groups, and `about` whom."""
    return _Writer(case, knowledge, words).groups(groups, about)


def questionnaire_response(
    case: Case, knowledge: Knowledge, words: Words, *, on: str | None = None, subject: Json | None = None
) -> Json:
    """A case as the answers to the full Questionnaire; `on` is the day where the case has none."""
    day = case.on or on
    return {
        "resourceType": "QuestionnaireResponse",
        "meta": {"profile": [t.SDC_RESPONSE]},
        "text": narrative(paragraph("What a person told kneewise.")),
        **({"identifier": {"system": t.CASE_ID, "value": case.id}} if case.id else {}),
        "questionnaire": f"{t.FULL}|{knowledge.version}",
        "status": "completed",
        **({"subject": subject} if subject else {}),
        **({"authored": day} if day else {}),
        "item": answers_of(case, knowledge, words, q.full_layout(knowledge)),
    }
