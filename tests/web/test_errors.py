"""Bad input of every kind: a kind page or a problem, never a fault of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web.conftest import Browser

CASE = "/api/v1/assess"
JSON = "application/json"
BIG = json.dumps({"text": "a" * 2_000_000})

WRONG: list[tuple[str, Any, str, int, str]] = [
    ("malformed", "{", JSON, 400, "not JSON"),
    ("empty", "", JSON, 400, "empty"),
    ("list", "[1]", JSON, 400, "object"),
    ("null", "null", JSON, 400, "object"),
    ("number", "3", JSON, 400, "object"),
    ("unknown key", '{"nonsense": 1}', JSON, 400, "unknown key"),
    ("key twice", '{"text": "a", "text": "b"}', JSON, 400, "twice"),
    ("age 400", '{"person": {"age": 400}}', JSON, 400, "age"),
    ("age text", '{"person": {"age": "old"}}', JSON, 400, "not a number"),
    ("infinite", '{"person": {"age": Infinity}}', JSON, 400, "not a number in JSON"),
    ("huge number", '{"person": {"age": 1e999}}', JSON, 400, "finite"),
    ("unknown finding", '{"evidence": [{"id": "no_such", "state": "present"}]}', JSON, 400, "no finding"),
    ("no state", '{"evidence": [{"id": "calf_swelling"}]}', JSON, 400, "state"),
    ("wrong state", '{"evidence": [{"id": "calf_swelling", "state": "maybe"}]}', JSON, 400, "choices"),
    ("deep", "[" * 100_000 + "]" * 100_000, JSON, 400, "deep"),
    ("2 MB", BIG, JSON, 413, "512 kB"),
    ("binary", b"\xff\xfe\x00\x01", JSON, 400, "UTF-8"),
    ("form", "text=a", "application/x-www-form-urlencoded", 415, "application/json"),
    ("xml", "<a/>", "text/xml", 415, "application/json"),
]


@pytest.mark.parametrize(
    ("body", "kind", "status", "says"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG]
)
def test_wrong_bodies_are_problems(browser: Browser, body: Any, kind: str, status: int, says: str) -> None:
    response = browser.client.post(CASE, body, content_type=kind)
    assert response.status_code == status
    _is_problem(response, status)
    assert says.lower() in json.loads(response.content)["detail"].lower()


def _is_problem(response: Any, status: int) -> None:
    assert response.headers["Content-Type"] == "application/problem+json"
    value = json.loads(response.content)
    assert value["status"] == status
    assert value["title"]
    assert value["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", CASE, 405),
        ("put", CASE, 405),
        ("delete", "/api/v1/health", 405),
        ("get", "/api/v1/nothing", 404),
        ("get", "/api/v2/assess", 404),
        ("get", "/api/v1/schema/nothing", 404),
        ("get", "/api/v1/figures/nothing.svg", 404),
    ],
)
def test_wrong_addresses_and_methods_are_problems(
    browser: Browser, method: str, path: str, status: int
) -> None:
    response = getattr(browser.client, method)(path)
    assert response.status_code == status
    _is_problem(response, status)
    if status == 405:
        assert response.headers["Allow"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/plan", {"case": {}, "preferences": {"days": 9}}),
        ("/api/v1/plan", {"case": {}, "preferences": {"nonsense": 9}}),
        ("/api/v1/plan", {"case": {}, "diagnosis": "no_such"}),
        ("/api/v1/plan", {"case": {}, "diagnosis": 3}),
        ("/api/v1/plan", {"case": {}, "nothing_hurts": "yes"}),
        ("/api/v1/plan", {"kase": {}}),
        ("/api/v1/plan", {"case": [1]}),
        ("/api/v1/interview/next", {"case": {}, "pages_asked": "all"}),
        ("/api/v1/interview/next", {"case": {"person": {"sex": "x"}}}),
    ],
)
def test_wrong_parts_are_problems_with_a_way_to_mend(browser: Browser, path: str, body: Any) -> None:
    response = browser.client.post(path, json.dumps(body), content_type=JSON)
    _is_problem(response, 400)
    assert json.loads(response.content)["mend"]


def test_a_fault_of_ours_is_a_problem_too(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    from kneewise.web import api

    def fail() -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(api, "engine", fail)
    browser.client.raise_request_exception = False
    response = browser.client.post(CASE, "{}", content_type=JSON)
    _is_problem(response, 500)
    assert b"secret" not in response.content


def test_the_api_answers_as_the_library_does(browser: Browser) -> None:
    from kneewise import default_engine

    case = {"text": "my calf is swollen and warm since a long flight, no injury", "person": {"age": 45}}
    response = browser.client.post(CASE, json.dumps(case), content_type=JSON)
    assert json.loads(response.content) == json.loads(json.dumps(default_engine().assess(case)))
    planned = browser.client.post("/api/v1/plan", json.dumps({"case": case}), content_type=JSON)
    assert json.loads(planned.content)["locked_by"]


def test_the_api_asks_from_the_first_page_to_the_last(browser: Browser) -> None:
    case: dict[str, Any] = {"person": {"age": 35, "sex": "female"}, "evidence": []}
    asked: list[str] = []
    for _ in range(40):
        body = json.dumps({"case": case, "pages_asked": asked})
        value = json.loads(browser.client.post("/api/v1/interview/next", body, content_type=JSON).content)
        page = value["next_question"]
        if page is None:
            break
        assert page["title"]
        asked.append(page["page"])
        case["evidence"] += [
            {"id": f["id"], "state": "unsure" if f["kind"] == "quantity" else "absent"}
            for f in page["findings"]
        ]
    assert page is None
    assert value["screen_complete"]


def test_schemas_pictures_and_openapi_are_there(browser: Browser) -> None:
    for name in ("case", "assessment", "preferences", "programme"):
        assert browser.client.get(f"/api/v1/schema/{name}").status_code == 200
    picture = browser.client.get("/api/v1/figures/iso_heel_dig.svg")
    assert picture.headers["Content-Type"].startswith("image/svg+xml")
    description = json.loads(browser.client.get("/api/v1/openapi.json").content)
    assert "/api/v1/assess" in description["paths"]
    assert browser.client.get("/api/v1/about").json()["reviewed_by_a_clinician"] is False


def test_the_api_keeps_nothing(browser: Browser) -> None:
    from kneewise.store.models import Sitting

    before = Sitting.objects.count()
    response = browser.client.post(CASE, '{"text": "sore knee"}', content_type=JSON)
    assert not response.cookies
    assert Sitting.objects.count() == before


HOSTILE = [
    {"door": "' OR 1=1 --"},
    {"door": ["hurts"] * 3, "extra": "x" * 1000},
    {"text": "\x00\x01\ufffe"},
    {"text": "\u202e" + "𝕏" * 2000},
    {"respondent": "self", "age": "NaN"},
    {"respondent": "self", "age": "1_0"},
    {"tick": ["../../etc/passwd"], "none": "1"},
    {"value-duration_days": "1e309", "unit-duration_days": "parsec"},
    {"answer-no_such": "present"},
    {"days": "½", "minutes": "²", "place": "moon", "experience": ""},
    {"diagnosis": "sciatica; DROP TABLE store_sitting"},
    {"go": "unsure", "tick": [""]},
    {"sure": "0" * 10000, "x": "y"},
]
FORMS = ("/", "/who/", "/words/", "/understood/", "/diagnosis/", "/questions/1/", "/questions/1/not-sure/",
         "/questions/1/one-by-one/", "/questions/99/", "/programme/", "/check/", "/your-data/erase/")  # fmt: skip


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_forms_never_break_a_page(browser: Browser, data: dict[str, Any]) -> None:
    for form in FORMS:
        browser.begin()
        browser.write("sore behind the knee")
        assert browser.post(form, data).status_code < 500


@pytest.mark.parametrize(
    "path", ["/nothing/", "/questions/0/", "/questions/99/", "/questions/999999999999999999999/"]
)
def test_pages_that_are_not_there_are_kind(browser: Browser, path: str) -> None:
    browser.begin()
    assert browser.get(path).status_code == 404
    assert "There is no such page" in browser.text


def test_two_megabytes_of_text_get_a_kind_page(browser: Browser) -> None:
    browser.begin()
    assert browser.post("/words/", {"text": "a" * 2_000_000}).status_code == 413
    assert "too much to send" in browser.text


def test_a_strange_host_gets_nothing(browser: Browser) -> None:
    assert browser.client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_pages_refuse_other_methods(browser: Browser) -> None:
    assert browser.client.put("/words/").status_code in (302, 405)
    assert browser.client.get("/your-data/erase/").status_code == 405


def test_saved_answers_of_another_version_are_told_and_not_guessed(browser: Browser) -> None:
    from kneewise.store.models import Sitting

    browser.begin()
    browser.write("")
    sitting = Sitting.objects.latest("updated")
    sitting.steps = [{"page": "x", "findings": ["gone"], "why": "urgent_screen", "stage": "answered",
                      "answers": {"gone": {"state": "present"}}, "unsure_about": []}]  # fmt: skip
    sitting.save()
    assert browser.get("/result/").status_code == 409
    assert "older version" in browser.text


def test_all_sentences_that_pages_need_are_in_the_content() -> None:
    from kneewise.web.knowledge import PHRASES, words

    assert [id_ for id_ in PHRASES if id_ not in words().phrases] == []
