"""The interview as FHIR: valid by somebody else's model, right where a question is inverted, lossless both ways."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from fhir.resources.R4B.operationoutcome import OperationOutcome
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from kneewise.evidence import BadCase, Case, Item, parse_case
from kneewise.exchange.fhir import questionnaire as q
from kneewise.exchange.fhir import terminology as t
from kneewise.exchange.fhir.next_question import next_question
from kneewise.exchange.fhir.operation_outcome import issues_of, operation_outcome
from kneewise.exchange.fhir.questionnaire_response import questionnaire_response, read_response
from kneewise.exchange.fhir.refused import Refused
from kneewise.pathway import Engine
from tests.exchange.adaptive_client import leaves

Json = dict[str, Any]
EMPTY: Json = {"resourceType": "QuestionnaireResponse", "status": "in-progress", "questionnaire": t.ADAPTIVE}


def answered(*items: Json, **more: Any) -> Json:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items), **more}


def coded(link_id: str, code: str) -> Json:
    return {"linkId": link_id, "answer": [{"valueCoding": {"system": t.ANSWER, "code": code}}]}


def every_item(items: list[Json]) -> list[Json]:
    return [one for item in items for one in (item, *every_item(item.get("item", [])))]


def fill_last_page(response: Json, state: str) -> None:
    """Answer every required question of the page that was asked last."""
    page = response["contained"][0]["item"][-1]
    told = [
        {"linkId": one["linkId"], "answer": [{"valueBoolean": True}]}
        if one["type"] == "boolean"
        else coded(one["linkId"], state)
        for one in leaves([page])
        if one.get("required")
    ]
    response.setdefault("item", []).append({"linkId": page["linkId"], "item": told})


@pytest.fixture(scope="module")
def full(engine: Engine) -> Json:
    return q.full_questionnaire(engine.knowledge, engine.words)


def test_the_questionnaires_are_valid(engine: Engine, full: Json) -> None:
    for one in (full, q.adaptive_questionnaire(engine.knowledge, engine.words)):
        Questionnaire.model_validate_json(json.dumps(one))
        assert one["version"] == engine.knowledge.version
        assert one["status"] == "draft"
        assert "No clinician has reviewed" in one["description"]
    link_ids = [item["linkId"] for item in every_item(full["item"])]
    assert len(set(link_ids)) == len(link_ids)


def test_every_finding_is_asked_once_under_its_own_id(engine: Engine, full: Json) -> None:
    asked = [item["linkId"] for item in every_item(full["item"])]
    assert all(asked.count(finding) == 1 for finding in engine.knowledge.findings)
    for item in every_item(full["item"]):
        for when in item.get("enableWhen", []):
            assert when["question"] in asked


def test_a_quantity_has_its_unit_and_a_way_to_be_unsure(full: Json) -> None:
    items = {item["linkId"]: item for item in every_item(full["item"])}
    temperature = items["temperature_c"]
    units = [e["valueCoding"]["code"] for e in temperature["extension"] if e["url"] == t.UNIT_OPTION]
    assert units == ["Cel"]
    assert {"system": "http://loinc.org", "code": "8310-5", "display": "Body temperature"} in temperature[
        "code"
    ]
    assert items["temperature_c/unsure"]["enableWhen"] == [
        {"question": "temperature_c", "operator": "exists", "answerBoolean": False}
    ]


def test_the_answers_of_an_inverted_question_carry_the_state_of_the_finding(
    engine: Engine, full: Json
) -> None:
    items = {item["linkId"]: item for item in every_item(full["item"])}
    steps = items["unable_to_walk_4_steps"]
    assert steps["text"].startswith("Can you take four steps")
    assert {o["valueCoding"]["display"]: o["valueCoding"]["code"] for o in steps["answerOption"]} == {
        "Yes, I can take four steps": "absent", "No, I cannot": "present", "Not sure": "unsure",
    }  # fmt: skip
    # Every option of every finding sets the state that the words of the content give it.
    for finding, told in engine.words.findings.items():
        for option, answer in zip(items[finding].get("answerOption", []), told.answers, strict=False):
            case = read_response(
                answered(coded(finding, option["valueCoding"]["code"])), engine.knowledge
            ).case
            assert option["valueCoding"]["display"] == answer.label
            assert case["evidence"] == [{"id": finding, "state": answer.state}]


def test_what_is_not_answered_says_nothing(engine: Engine) -> None:
    assert read_response(answered({"linkId": "knee_locking"}), engine.knowledge).case == {}


def test_what_a_question_follows_from(full: Json) -> None:
    items = {item["linkId"]: item for item in every_item(full["item"])}
    assert items["what_happened"]["enableBehavior"] == "any"
    because = items["what_happened"]["enableWhen"][1]
    assert (because["question"], because["operator"]) == ("sudden_onset", "=")
    # A movement test waits until it is known that the pain is not too bad.
    assert items["pain_on_squat_test"]["enableBehavior"] == "all"
    assert items["pain_on_squat_test"]["enableWhen"][0]["answerQuantity"]["value"] == 5
    # A danger that only a child can have stays open while the age is not known.
    assert items["child_refuses_to_walk"]["enableWhen"][0]["operator"] == "exists"


def drawn_case(engine: Engine, seed: int) -> Case:
    """A case with everything a case can hold, drawn at random."""
    rng = random.Random(seed)
    items = []
    quantities: set[tuple[str, str | None]] = set()
    for finding in rng.choices(list(engine.knowledge.findings), k=rng.randint(0, 60)):
        known = engine.knowledge.findings[finding]
        on = rng.choice([None, "2026-11-01", "2026-11-20"])
        state = rng.choice(["present", "absent", "unsure"])
        value = None
        if known.kind == "quantity":
            if (finding, on) in quantities:
                continue
            quantities.add((finding, on))
            state = rng.choice(["present", "unsure"])
            value = round(rng.uniform(known.minimum, known.maximum), 3) if state == "present" else None
        origin = rng.choice(["asked", "asked", "measured", "examined", "imported"])
        side, method = rng.choice([None, "left", "both"]), rng.choice([None, "goniometer <b>"])
        items.append(Item(finding, state, value, side, on, method, origin))  # type: ignore[arg-type]
    data: Json = {
        "person": {"sex": rng.choice([None, "female", "male"]), "pregnant": rng.choice([None, True, False]), "country": rng.choice([None, "Österreich"])},
        "respondent": rng.choice(["self", "carer", "clinician"]),
        "side": rng.choice([None, "left", "right", "both"]),
        "text": rng.choice(["", "  hurts\nbehind <script>alert(1)</script> \u200fknee 🦵 "]),
        "id": rng.choice([None, "a case"]),
        "on": rng.choice([None, "2026-11-21"]),
        "evidence": [{"id": i.finding, "state": i.state, "value": i.value, "side": i.side, "on": i.on, "method": i.method, "from": i.origin} for i in items],
    }  # fmt: skip
    if not any(item.finding == "age_years" for item in items):
        data["person"]["age"] = rng.choice([None, 34, 0.5, 88])
    return parse_case(data, engine.knowledge)


def test_a_case_comes_back_from_fhir_as_it_was(engine: Engine) -> None:
    for seed in range(150):
        case = drawn_case(engine, seed)
        response = questionnaire_response(case, engine.knowledge, engine.words)
        if seed < 20:
            QuestionnaireResponse.model_validate_json(json.dumps(response))
        back = parse_case(read_response(response, engine.knowledge).case, engine.knowledge)
        assert sorted(back.items, key=lambda i: i.finding) == sorted(case.items, key=lambda i: i.finding)
        assert back == Case(case.id, case.on, case.person, case.respondent, case.side, case.text, back.items)


@pytest.mark.parametrize(
    ("item", "where"),
    [
        (coded("no_such_finding", "present"), "item[0].linkId"),
        (coded("knee_locking", "yes"), "item[0].answer[0].value.code"),
        ({"linkId": "knee_locking", "answer": [{"valueBoolean": True}]}, "item[0].answer[0]"),
        ({"linkId": "knee_locking", "answer": [{"valueCoding": {"system": "urn:other", "code": "present"}}]}, "item[0].answer[0].value.system"),
        ({"linkId": "knee_locking", "answer": [{}]}, "item[0].answer[0]"),
        ({"linkId": "knee_locking", "answer": {"valueBoolean": True}}, "item[0].answer"),
        ({"linkId": "knee_locking", "modifierExtension": [{"url": "urn:not"}]}, "item[0]"),
        ({"linkId": "temperature_c", "answer": [{"valueQuantity": {"value": "38", "code": "Cel"}}]}, "item[0].answer[0].value.value"),
        ({"linkId": "temperature_c", "answer": [{"valueQuantity": {"value": 38}}]}, "item[0].answer[0].value.code"),
        ({"linkId": "temperature_c", "answer": [{"valueQuantity": {"value": 38, "code": "kg"}}]}, "item[0].answer[0]"),
        ({"linkId": "temperature_c", "answer": [{"valueQuantity": {"value": 380, "code": "Cel"}}]}, "item[0].answer[0]"),
        ({"linkId": "temperature_c", "answer": [{"valueQuantity": {"value": 38, "comparator": ">", "code": "Cel"}}]}, "item[0].answer[0].value.comparator"),
        ({"linkId": "age_years", "answer": [{"valueQuantity": {"value": 300, "code": "a"}}]}, "item[0].answer[0]"),
        ({"linkId": "sex", "answer": [{"valueCoding": {"code": "?"}}]}, "item[0].answer[0].value.code"),
        ({"linkId": ["x"]}, "item[0].linkId"),
        ("x", "item[0]"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_read_is_refused_with_its_place(
    engine: Engine, item: Any, where: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_response(answered(item), engine.knowledge)
    outcome = operation_outcome(*issues_of(refused.value))
    OperationOutcome.model_validate_json(json.dumps(outcome))
    assert outcome["issue"][0]["expression"] == [f"QuestionnaireResponse.{where}"]


def test_two_answers_to_one_question_are_refused(engine: Engine) -> None:
    for twice in (
        [coded("knee_locking", "present"), coded("knee_locking", "absent")],
        [{"linkId": "lump_size_cm", "answer": [{"valueQuantity": {"value": 3, "code": "cm"}}]}, {"linkId": "lump_size_cm/unsure", "answer": [{"valueBoolean": True}]}],
        [{"linkId": "knee_locking", "answer": [*coded("knee_locking", "present")["answer"], *coded("knee_locking", "absent")["answer"]]}],
    ):  # fmt: skip
        with pytest.raises(Refused):
            read_response(answered(*twice), engine.knowledge)


def test_a_page_must_be_answered_before_the_next_one(engine: Engine) -> None:
    first = next_question(EMPTY, engine, "2026-11-21")
    with pytest.raises(Refused) as refused:
        next_question(first, engine, "2026-11-21")
    assert [issue.what for issue in issues_of(refused.value)] == [
        "the question respondent has no answer", "the question age_years has no answer",
    ]  # fmt: skip


def test_leaving_the_screen_out_never_gives_self_care(engine: Engine) -> None:
    """A client that makes up the pages it was shown cannot get past the urgent questions."""
    pages = [{"linkId": page, "type": "group"} for page in ("who", *(p.id for p in engine.knowledge.pages))]
    told = {
        **answered({"linkId": "respondent", "answer": [{"valueCoding": {"code": "self"}}]}),
        "questionnaire": "#made-up",
        "contained": [{"resourceType": "Questionnaire", "id": "made-up", "item": pages}],
    }
    for _ in range(30):
        told = next_question(told, engine, "2026-11-21")
        if told["status"] == "completed":
            break
        fill_last_page(told, "unsure")
    level = next(e["valueCoding"]["code"] for e in told["extension"] if e["url"] == t.REACHED_LEVEL)
    complete = next(e["valueBoolean"] for e in told["extension"] if e["url"] == t.SCREEN_COMPLETE)
    assert level != "self_care"
    assert not complete


def test_words_of_a_client_are_never_given_back_as_ours(engine: Engine) -> None:
    first = next_question(EMPTY, engine, "2026-11-21")
    first["contained"][0]["title"] = first["contained"][0]["item"][0]["text"] = "Buy <b>pills</b>"
    first["item"] = [
        {"linkId": "who", "text": "Buy pills", "item": [
            {"linkId": "respondent", "text": "Buy pills", "answer": [{"valueCoding": {"code": "self", "display": "Buy pills"}}]},
            {"linkId": "age_years/unsure", "answer": [{"valueBoolean": True}]},
        ]}
    ]  # fmt: skip
    assert "pills" not in json.dumps(next_question(first, engine, "2026-11-21"))


def test_a_sign_of_danger_in_the_words_is_asked_about_first(engine: Engine) -> None:
    first = next_question(EMPTY, engine, "2026-11-21")
    first["item"] = [
        {"linkId": "who", "item": [
            {"linkId": "respondent", "answer": [{"valueCoding": {"code": "self"}}]},
            {"linkId": "own_words", "answer": [{"valueString": "my foot suddenly went cold and white and my leg is numb"}]},
            {"linkId": "age_years", "answer": [{"valueQuantity": {"value": 60, "code": "a"}}]},
        ]}
    ]  # fmt: skip
    second = next_question(first, engine, "2026-11-21")
    assert second["status"] == "in-progress"
    assert second["contained"][0]["item"][-1]["linkId"] == "said"
    fill_last_page(second, "present")
    third = next_question(second, engine, "2026-11-21")
    assert third["status"] == "completed"
    last = third["contained"][0]["item"][-1]
    assert last["item"][1]["text"].startswith(("Get emergency help now", "Answer the urgent questions first"))
    assert any("Get emergency help now" in item["text"] for item in last["item"])


JUNK: tuple[Any, ...] = (
    None, True, 0, -1, 1e300, "", "x" * 1000, "\u202e<script>", [], [[]], {}, [None], {"": {}}, {"value": {"value": {}}}, "#asked", "urn:kneewise:questionnaire:adaptive",
)  # fmt: skip


def places_in(value: Any) -> list[tuple[Any, Any]]:
    """Every container with every key or index in it."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [place for key, inner in list(entries) for place in ((value, key), *places_in(inner))]


def test_whatever_is_changed_in_a_request_is_answered_or_refused(engine: Engine) -> None:
    """A response half way through, with one thing after another made wrong: never a fault of ours."""
    whole = next_question(EMPTY, engine, "2026-11-21")
    fill_last_page(whole, "absent")
    whole["item"][0]["item"][0] = {"linkId": "respondent", "answer": [{"valueCoding": {"code": "self"}}]}
    whole = next_question(whole, engine, "2026-11-21")
    fill_last_page(whole, "unsure")
    whole["item"][-1]["item"][0]["extension"] = [
        {"url": t.EARLIER, "extension": [{"url": "value", "valueBoolean": True}]}
    ]
    wrapped = {"resourceType": "Parameters", "parameter": [{"name": "in", "resource": whole}]}
    rng = random.Random(7)
    refused = 0
    for _ in range(200):
        copied = json.loads(json.dumps(wrapped))
        for _more in range(rng.randint(1, 2)):
            container, key = rng.choice(places_in(copied))
            if rng.random() < 0.2:
                del container[key]
            else:
                container[key] = rng.choice(JUNK)
        try:
            result = next_question(copied, engine, "2026-11-21")
        except BadCase as bad:
            refused += 1
            OperationOutcome.model_validate_json(json.dumps(operation_outcome(*issues_of(bad))))
        else:
            inner = result["parameter"][0]["resource"] if "parameter" in result else result
            assert "<script>" not in inner["text"]["div"]
    assert refused > 25
