"""The FHIR endpoint over HTTP: the interview to its end, every error an OperationOutcome, nothing kept."""

from __future__ import annotations

import json
import re
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from benchmarks.regression_stories import stories
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.operationdefinition import OperationDefinition
from fhir.resources.R4B.operationoutcome import OperationOutcome
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from kneewise.exchange.fhir import terminology as t
from kneewise.pathway import Engine
from kneewise.pathway.interview import final_turn
from tests.exchange.adaptive_client import AdaptiveClient
from tests.web.conftest import Browser

Json = dict[str, Any]
FHIR = "application/fhir+json"
NEXT = "/fhir/Questionnaire/$next-question"
ASSESS = "/fhir/QuestionnaireResponse/$assess"


def send(browser: Browser, path: str, body: Any, kind: str = FHIR) -> Any:
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    return browser.client.post(path, data, content_type=kind)


def client_of(browser: Browser, answers: Json, *else_say: str) -> AdaptiveClient:
    def post(resource: Json) -> Json:
        response = send(browser, NEXT, resource)
        assert response.status_code == 200, response.content
        assert response.headers["Content-Type"].startswith(FHIR)
        return dict(json.loads(response.content))

    return AdaptiveClient(post, {"respondent": "self", **answers}, else_say)


def adaptive(browser: Browser) -> Json:
    return dict(json.loads(browser.client.get("/fhir/Questionnaire/kneewise-adaptive").content))


def reached(response: Json) -> str:
    return str(next(e["valueCoding"]["code"] for e in response["extension"] if e["url"] == t.REACHED_LEVEL))


def pages_of(response: Json) -> list[str]:
    groups = response["contained"][0]["item"]
    return [g["linkId"].partition(".")[0] for g in groups if g["linkId"] not in ("who", "result")]


def level_on_the_pages(browser: Browser, age: str, sex: str, answers: Json) -> str:
    """The same answers given on the web pages: present where told so, else "none of these" or not sure."""
    from kneewise.store.models import Sitting
    from kneewise.web.journey import standing

    browser.begin(age=age, sex=sex)
    browser.post("/words/", {"text": ""})
    for _ in range(30):
        if not browser.path.startswith("/questions/"):
            break
        data = browser.filled("absent")
        ticked = [f for f in browser.names(r'name="tick" value="([^"]+)"') if answers.get(f) == "present"]
        if ticked:
            data = {k: v for k, v in data.items() if k != "none"} | {"tick": ticked}
        for name in browser.names(r'name="value-([^"]+)"'):
            if name in answers:
                data[f"value-{name}"] = str(answers[name])
                data.pop(f"unsure-{name}", None)
        for name in browser.names(r'type="radio" [^>]*name="answer-([^"]+)"'):
            data[f"answer-{name}"] = answers.get(name, "absent")
        browser.post(browser.path, data)
    sitting = Sitting.objects.latest("created")
    return str(standing(sitting).turn.triage.care_level)


@pytest.mark.parametrize(
    ("age", "sex", "answers"),
    [
        (35, "female", {"duration_days": 40, "pain_score_0_to_10": 3, "posterior_knee_pain": "present"}),
        (62, "male", {"duration_days": 3, "pain_score_0_to_10": 6, "swollen_or_tense_calf_or_thigh": "present", "calf_swelling": "present", "recent_long_stillness": "present"}),
        (24, "male", {"duration_days": 1, "pain_score_0_to_10": 8, "any_injury_at_onset": "present", "unable_to_walk_4_steps": "present"}),
        (50, "female", {"duration_days": 2, "bladder_bowel_or_saddle_change": "present", "saddle_numbness": "present", "new_bladder_dysfunction": "present"}),
    ],
)  # fmt: skip
def test_a_stranger_who_knows_only_sdc_gets_what_the_pages_say(
    browser: Browser, age: int, sex: str, answers: Json
) -> None:
    client = client_of(browser, {"age_years": age, "sex": sex, "side": "left", **answers}, "No", "none")
    # An inverted question has labels of its own: the one that means "absent" is looked up by its code.
    client.answers = _absent_where_not_told(client.answers)
    response = client.run(adaptive(browser))
    assert reached(response) == level_on_the_pages(browser, str(age), sex, answers)
    QuestionnaireResponse.model_validate_json(json.dumps(response))


class _absent_where_not_told(dict[str, Any]):  # noqa: N801
    """Answers, with "absent" for every choice that is not in them."""

    def get(self, key: str, default: Any = None) -> Any:
        from kneewise import default_engine

        known = default_engine().knowledge.findings.get(key)
        if key in self or known is None or known.kind == "quantity":
            return super().get(key, default)
        return "absent"


def test_the_interview_ends_where_the_engine_ends(browser: Browser, engine: Engine) -> None:
    """Stories told blind, of all levels: words, answers and "not sure" give the same level by both ways."""
    seen: dict[str, int] = {}
    for story in stories():
        if story.get("evidence") or seen.get(story["care_acceptable"][0], 0) >= 1:
            continue
        seen[story["care_acceptable"][0]] = seen.get(story["care_acceptable"][0], 0) + 1
        told = {
            **story,
            "otherwise": "unsure",
            "person": {k: v for k, v in story.get("person", {}).items() if k in ("age", "sex")},
        }
        answers: Json = {
            f: ("present" if v is True else "absent" if v is False else v)
            for f, v in story["answers"].items()
        }
        answers |= {"own_words": story["text"], **({"side": story["side"]} if story.get("side") else {})}
        person = told["person"]
        answers |= {"sex": person["sex"]} if "sex" in person else {}
        answers |= {"age_years": person["age"]} if "age" in person else {}
        response = client_of(browser, answers, "Not sure").run(adaptive(browser))
        turn, asked = final_turn(told, engine)
        assert reached(response) == turn.triage.care_level, story["id"]
        assert pages_of(response) == [page["page"] for page in asked], story["id"]
    assert len(seen) >= 4


def test_an_emergency_stops_the_questions_and_says_what_to_do(browser: Browser) -> None:
    answers = {
        "age_years": 60,
        "foot_colour_or_warmth_change": "present",
        "cold_pale_foot": "present",
        "new_loss_of_power_or_feeling": "present",
        "sudden_leg_numbness_or_weakness": "present",
    }
    response = client_of(browser, answers, "No").run(adaptive(browser))
    assert reached(response) == "emergency"
    last = response["contained"][0]["item"][-1]
    assert any("Get emergency help now" in item["text"] for item in last["item"])
    assert any("No clinician has reviewed" in item["text"] for item in last["item"])


def test_wrapped_in_parameters_it_comes_back_wrapped(browser: Browser) -> None:
    first = {
        "resourceType": "QuestionnaireResponse",
        "status": "in-progress",
        "questionnaire": t.ADAPTIVE,
        "identifier": {"system": "urn:x", "value": "7"},
        "subject": {"reference": "Patient/1", "display": "<b>A</b>"},
    }
    for name in ("questionnaire-response", "in"):
        body = {"resourceType": "Parameters", "parameter": [{"name": name, "resource": first}]}
        value = json.loads(send(browser, NEXT, body).content)
        assert value["parameter"][0]["name"] == "return"
        inner = value["parameter"][0]["resource"]
        assert (inner["identifier"]["value"], inner["subject"]["reference"]) == ("7", "Patient/1")
        assert inner["status"] == "in-progress"


def test_the_assessment_of_a_response_is_a_bundle(browser: Browser) -> None:
    response = client_of(browser, {"age_years": 40, "duration_days": 30, "pain_score_0_to_10": 3}, "No").run(
        adaptive(browser)
    )
    bundle = json.loads(send(browser, ASSESS, response).content)
    Bundle.model_validate_json(json.dumps(bundle))
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert {"Patient", "Observation", "RiskAssessment"} <= set(kinds)
    assert "Condition" not in kinds


def test_what_is_published_can_be_read_and_kept(browser: Browser) -> None:
    statement = json.loads(browser.client.get("/fhir/metadata").content)
    CapabilityStatement.model_validate_json(json.dumps(statement))
    assert statement["fhirVersion"] == "4.0.1"
    operations = [o for r in statement["rest"][0]["resource"] for o in r.get("operation", [])]
    assert {o["name"] for o in operations} == {"next-question", "assess"}
    definition = json.loads(browser.client.get("/fhir/OperationDefinition/kneewise-assess").content)
    OperationDefinition.model_validate_json(json.dumps(definition))
    found = json.loads(browser.client.get("/fhir/Questionnaire", {"url": t.FULL}).content)
    Bundle.model_validate_json(json.dumps(found))
    assert [e["resource"]["id"] for e in found["entry"]] == ["kneewise-full"]
    assert json.loads(browser.client.get("/fhir/Questionnaire?_id=none").content)["total"] == 0
    for path in ("/fhir/metadata", "/fhir/Questionnaire/kneewise-full?_format=json"):
        response = browser.client.get(path)
        again = browser.client.get(path, headers={"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def is_outcome(response: Any, status: int) -> Json:
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"].startswith(FHIR)
    value = json.loads(response.content)
    OperationOutcome.model_validate_json(json.dumps(value))
    return dict(value)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/fhir/", 404), ("get", "/fhir/Patient/1", 404), ("get", "/fhir/Questionnaire/other", 404),
        ("get", "/fhir/OperationDefinition/other", 404), ("post", "/fhir/Patient", 404),
        ("get", NEXT, 405), ("put", ASSESS, 405), ("delete", "/fhir/Questionnaire/kneewise-full", 405),
        ("post", "/fhir/metadata", 405),
        ("get", "/fhir/Questionnaire?name=x", 400), ("get", "/fhir/metadata?_format=xml", 406),
    ],
)  # fmt: skip
def test_wrong_addresses_and_methods_are_outcomes(
    browser: Browser, method: str, path: str, status: int
) -> None:
    is_outcome(getattr(browser.client, method)(path), status)


def test_only_json_is_spoken(browser: Browser) -> None:
    is_outcome(send(browser, NEXT, "<QuestionnaireResponse/>", "application/fhir+xml"), 415)
    is_outcome(send(browser, NEXT, "{}", "text/plain"), 415)
    is_outcome(browser.client.get("/fhir/metadata", headers={"Accept": "application/fhir+xml"}), 406)


def test_too_much_at_once_is_an_outcome(browser: Browser) -> None:
    is_outcome(send(browser, NEXT, b'{"x": "' + b"a" * 600_000 + b'"}'), 413)


def test_a_fault_of_ours_is_an_outcome_and_tells_nothing(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kneewise.web import fhir

    def fail() -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(fhir, "engine", fail)
    browser.client.raise_request_exception = False
    response = send(browser, NEXT, {"resourceType": "QuestionnaireResponse", "status": "in-progress"})
    assert b"secret" not in response.content
    assert is_outcome(response, 500)["issue"][0]["code"] == "exception"


def deep(levels: int) -> str:
    return (
        '{"resourceType": "QuestionnaireResponse", "status": "completed", "item": '
        + "[" * levels
        + "]" * levels
        + "}"
    )


def nested(levels: int) -> Json:
    item: Json = {"linkId": "who"}
    for _ in range(levels):
        item = {"linkId": "who", "item": [item]}
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [item]}


RESPONSE: Json = {"resourceType": "QuestionnaireResponse", "status": "completed"}
HOSTILE: dict[str, Any] = {
    "empty": " ", "nothing": "null", "list": "[]", "text": '"x"', "number": "1", "not JSON": "{", "HTML": "<html>",
    "bytes": b"\xff\xfe{}", "no type": "{}", "type of another kind": '{"resourceType": ["x"]}',
    "another resource": {"resourceType": "Patient"}, "empty Parameters": {"resourceType": "Parameters"},
    "Parameters in a circle": {"resourceType": "Parameters", "parameter": [{"name": "in", "resource": {"resourceType": "Parameters"}}]},
    "NaN": '{"resourceType": "QuestionnaireResponse", "x": NaN}',
    "Infinity": '{"resourceType": "QuestionnaireResponse", "x": -Infinity}',
    "a number of 5,000 digits": '{"resourceType": "QuestionnaireResponse", "x": ' + "9" * 5000 + "}",
    "a number beyond all": '{"resourceType": "QuestionnaireResponse", "status": "completed", "x": 1e999}',
    "the same key twice": '{"resourceType": "QuestionnaireResponse", "status": "completed", "status": "stopped"}',
    "half a character": '{"resourceType": "QuestionnaireResponse", "status": "\\ud800"}',
    "a zero": '{"resourceType": "QuestionnaireResponse", "status": "\\u0000"}',
    "__proto__": {**RESPONSE, "__proto__": {"status": "x"}},
    "a thousand levels": deep(1000), "a hundred thousand levels": deep(100_000),
    "questions in questions": nested(15), "many questions in questions": nested(200),
    "too many elements": {**RESPONSE, "item": [0] * 120_000},
    "many wrong items": {**RESPONSE, "item": [{"linkId": f"x{n}"} for n in range(5000)]},
    "a Questionnaire that holds itself": {**RESPONSE, "questionnaire": "#a", "contained": [{"resourceType": "QuestionnaireResponse", "id": "a", "questionnaire": "#a"}]},
    "a reference to nothing": {**RESPONSE, "questionnaire": "#nothing"},
    "another server's form": {**RESPONSE, "questionnaire": "http://169.254.0.1/Questionnaire/x"},
    "pages twice": {**RESPONSE, "questionnaire": "#a", "contained": [{"resourceType": "Questionnaire", "id": "a", "item": [{"linkId": "where"}, {"linkId": "where"}]}]},
    "pages of another form": {**RESPONSE, "questionnaire": "#a", "contained": [{"resourceType": "Questionnaire", "id": "a", "item": [{"linkId": "<script>"}]}]},
    "a million pages": {**RESPONSE, "questionnaire": "#a", "contained": [{"resourceType": "Questionnaire", "id": "a", "item": [{"linkId": "where"}] * 5000}]},
    "a day that is none": {**RESPONSE, "authored": "tomorrow"}, "entered in error": {**RESPONSE, "status": "entered-in-error"},
    "a very long text": {**RESPONSE, "item": [{"linkId": "own_words", "answer": [{"valueString": "a" * 150_000}]}]},
}  # fmt: skip


@pytest.mark.hazard("H24")
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("path", [NEXT, ASSESS])
def test_hostile_bodies_end_in_an_outcome_within_bounds(browser: Browser, path: str, name: str) -> None:
    browser.client.raise_request_exception = False
    body = HOSTILE[name] if isinstance(HOSTILE[name], str | bytes) else json.dumps(HOSTILE[name])
    tracemalloc.start()
    started = time.perf_counter()
    response = send(browser, path, body)
    took = time.perf_counter() - started
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    if path == ASSESS and "pages" in name:
        assert response.status_code == 200  # the pages shown say nothing of the answers
    else:
        assert response.status_code in (400, 413)
        assert is_outcome(response, response.status_code)["issue"][0]["details"]["text"]
    assert "<script>" not in response.content.decode()
    assert took < 5
    assert most < 100 * 1024 * 1024


def test_names_with_marks_are_given_back_as_text(browser: Browser) -> None:
    body = {
        **RESPONSE,
        "status": "in-progress",
        "questionnaire": t.ADAPTIVE,
        "subject": {"display": "<img src=x onerror=alert(1)>"},
    }
    value = json.loads(send(browser, NEXT, body).content)
    assert "<img" not in value["text"]["div"]
    assert value["subject"]["display"] == "<img src=x onerror=alert(1)>"
    QuestionnaireResponse.model_validate_json(json.dumps(value))


@pytest.mark.hazard("H24")
def test_nothing_is_kept_and_no_cache_may_keep_an_answer(browser: Browser, capfd: Any) -> None:
    from kneewise.store.models import Sitting

    before = Sitting.objects.count()
    secret = "zebrafish elbow"
    told = {**RESPONSE, "item": [{"linkId": "own_words", "answer": [{"valueString": secret}]}]}
    for path in (NEXT, ASSESS):
        response = send(browser, path, told)
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.cookies
    send(browser, ASSESS, {**told, "status": secret})
    assert Sitting.objects.count() == before
    assert secret not in "".join(capfd.readouterr())


def test_the_addresses_are_those_that_the_statement_names(browser: Browser) -> None:
    """No form's token is needed, and none of another site's pages may read what is answered."""
    strict = Browser(enforce_csrf=True)
    first = {"resourceType": "QuestionnaireResponse", "status": "in-progress", "questionnaire": t.ADAPTIVE}
    response = send(strict, NEXT, first)
    assert response.status_code == 200
    assert "Access-Control-Allow-Origin" not in response.headers
    assert re.match(r"default-src 'none'", response.headers["Content-Security-Policy"])


def test_the_examples_of_the_how_to_work(browser: Browser) -> None:
    text = (Path(__file__).parents[2] / "docs" / "how-to" / "fhir.md").read_text(encoding="utf-8")
    told = re.findall(r"^`POST (\S+?)`(?: with [^\n]*)?\n\n```json\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    answers = [send(browser, path, body) for path, body in told]
    assert [answer.status_code for answer in answers] == [200, 200, 400]
    kinds = [json.loads(answer.content)["resourceType"] for answer in answers]
    assert kinds == ["QuestionnaireResponse", "Bundle", "OperationOutcome"]
    assert json.loads(answers[2].content)["issue"][0]["expression"][0] in text
    for address in re.findall(r"^\| `GET (\S+)`", text, re.MULTILINE):
        assert browser.client.get(address).status_code == 200
