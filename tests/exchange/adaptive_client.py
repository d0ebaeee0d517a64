"""A small client of SDC's adaptive forms. It knows SDC and FHIR R4, and nothing of kneewise.

It reads a Questionnaire's items as any form filler would: type, answerOption, unitOption, required, enableWhen.
Answers are looked up by linkId; where there is none, a required choice gets the first option whose words are among
`else_say`, a required yes-or-no gets yes, and everything else stays empty.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Json = dict[str, Any]
UNIT_OPTION = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption"
ADAPTIVE = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-questionnaireAdaptive"
MOST_CALLS = 60


def leaves(items: list[Json]) -> Iterator[Json]:
    """All questions below some items."""
    for item in items:
        if item["type"] not in ("group", "display"):
            yield item
        yield from leaves(item.get("item", []))


class AdaptiveClient:
    """Fills an adaptive form call by call. `post` sends a resource to $next-question and gives what comes back."""

    def __init__(
        self, post: Callable[[Json], Json], answers: Mapping[str, Any], else_say: tuple[str, ...]
    ) -> None:
        self.post, self.answers, self.else_say = post, answers, else_say
        self.calls: list[Json] = []

    def run(self, questionnaire: Json) -> Json:
        """From an empty response to a completed one."""
        assert any(e["url"] == ADAPTIVE for e in questionnaire["extension"])
        response: Json = {
            "resourceType": "QuestionnaireResponse",
            "contained": [self._copy(questionnaire)],
            "questionnaire": "#form",
            "status": "in-progress",
            "subject": {"reference": "Patient/somebody"},
            "authored": "2026-11-20T10:00:00Z",
        }
        for _ in range(MOST_CALLS):
            response = self.post(response)
            self.calls.append(copy.deepcopy(response))
            if response["status"] == "completed":
                return response
            self._fill(response)
        raise AssertionError("the interview does not end")

    def _copy(self, questionnaire: Json) -> Json:
        one = {k: v for k, v in questionnaire.items() if k not in ("id", "url", "text", "meta")}
        return {**one, "id": "form", "derivedFrom": [questionnaire["url"]]}

    def _fill(self, response: Json) -> None:
        (held,) = [one for one in response["contained"] if f"#{one['id']}" == response["questionnaire"]]
        given = {item["linkId"]: item for item in response.get("item", [])}
        items = []
        for group in held["item"]:
            before = {item["linkId"]: item for item in given.get(group["linkId"], {}).get("item", [])}
            told = [before.get(q["linkId"]) or self._answer(q) for q in leaves([group])]
            kept = [item for item in told if item is not None]
            if kept:
                items.append({"linkId": group["linkId"], "item": kept})
        enabled = {item["linkId"] for group in items for item in group["item"]}
        for group in items:
            group["item"] = [item for item in group["item"] if self._enabled(held, item["linkId"], enabled)]
        response["item"] = items

    def _enabled(self, held: Json, link_id: str, answered: set[str]) -> bool:
        (question,) = [q for q in leaves(held["item"]) if q["linkId"] == link_id]
        for when in question.get("enableWhen", []):
            assert when["operator"] == "exists"
            if (when["question"] in answered) != when["answerBoolean"]:
                return False
        return True

    def _answer(self, question: Json) -> Json | None:
        value = self._value(question)
        return None if value is None else {"linkId": question["linkId"], "answer": [value]}

    def _value(self, question: Json) -> Json | None:
        wanted = self.answers.get(question["linkId"])
        if question["type"] == "quantity":
            if wanted is None:
                return None
            (unit,) = [e["valueCoding"] for e in question["extension"] if e["url"] == UNIT_OPTION]
            return {
                "valueQuantity": {
                    "value": wanted,
                    "unit": unit["code"],
                    "system": unit["system"],
                    "code": unit["code"],
                }
            }
        if question["type"] in ("text", "string"):
            return None if wanted is None else {"valueString": wanted}
        if question["type"] == "boolean":
            return {"valueBoolean": True} if question.get("required") else None
        assert question["type"] == "choice", question
        options = [option["valueCoding"] for option in question["answerOption"]]
        if wanted is not None:
            return {"valueCoding": next(o for o in options if o["code"] == wanted)}
        if not question.get("required"):
            return None
        said = (o for word in self.else_say for o in options if o["display"].startswith(word))
        return {"valueCoding": next(said, options[-1])}
