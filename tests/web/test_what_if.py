"""The what-if page and the page for the appointment: shown, never stored, never a reason to wait."""

from __future__ import annotations

import json

import pytest

from tests.web.conftest import Browser

JSON = "application/json"
DANGER = "new_breathlessness_or_chest_pain:present"
STIFF = "Stiff behind my left knee for 3 weeks after sitting all day. Pain 4 out of 10. No injury."


def _at_result(browser: Browser) -> Browser:
    browser.begin()
    browser.write(STIFF)
    browser.to_check()
    browser.to_result()
    assert browser.path == "/result/"
    return browser


@pytest.fixture(scope="module")
def at_result() -> Browser:
    """Somebody at a calm result; nothing here may change it."""
    return _at_result(Browser())


@pytest.mark.hazard("H12")
def test_a_danger_sign_is_shown_beside_today_and_nothing_is_kept(at_result: Browser) -> None:
    before = at_result.client.get("/your-data/download/").content
    at_result.get("/result/what-if/")
    at_result.post("/result/what-if/", {"other": DANGER})
    assert at_result.response.status_code == 200
    assert "This is only a what-if; your answers are not changed." in at_result.text
    assert "You would need to be seen sooner." in at_result.text
    assert "call for emergency help at once" in at_result.text
    assert "First get help; causes come later." in at_result.text
    assert at_result.path == "/result/what-if/", "the sign stands in no address"
    at_result.get("/result/")
    assert at_result.path == "/result/", "a what-if is no emergency"
    assert at_result.client.get("/your-data/download/").content == before


def test_what_would_change_the_result_is_offered_first(at_result: Browser) -> None:
    at_result.get("/result/what-if/")
    first = at_result.names(r'name="sign" value="([^"]+)"')
    assert first
    at_result.post("/result/what-if/", {"sign": first[0]})
    assert "If this were so" in at_result.text
    assert "Now, from your answers" in at_result.text
    assert f"sign={first[0]}" in at_result.checked()


@pytest.mark.hazard("H12")
def test_a_harmless_what_if_says_that_nobody_may_wait_longer_for_it(at_result: Browser) -> None:
    at_result.post("/result/what-if/", {"other": "worse_on_squatting:present"})
    assert "How soon to be seen stays as it is." in at_result.text
    assert "never means that you can wait longer" in at_result.text


@pytest.mark.hazard("H19")
@pytest.mark.parametrize(
    "sent",
    [{}, {"other": "x"}, {"sign": "a:b:c"}, {"other": "duration_days:present"}, {"other": "calf_pain:?"}],
)
def test_a_sign_that_is_none_is_refused_with_its_place(at_result: Browser, sent: dict[str, str]) -> None:
    assert at_result.post("/result/what-if/", sent).status_code == 400
    target = at_result.names(r'<li><a href="#([^"]+)">')[0]
    assert f'id="{target}"' in at_result.html
    assert "Choose one sign from the lists" in at_result.text


@pytest.mark.hazard("H05")
@pytest.mark.parametrize("page", ["/result/what-if/", "/result/print/"])
def test_neither_page_goes_round_the_urgent_questions_or_an_emergency(browser: Browser, page: str) -> None:
    browser.begin()
    browser.write("")
    browser.get(page)
    assert browser.path.startswith("/questions/")
    browser.begin(age="66")
    browser.post(
        "/words/", {"text": "My foot is suddenly cold and pale and my leg hurts badly since this morning."}
    )
    browser.get(page)
    assert browser.path == "/emergency/"


def test_the_page_for_the_appointment_holds_reasons_answers_and_room_for_a_question(
    at_result: Browser,
) -> None:
    at_result.get("/result/print/")
    for part in (
        "For your appointment",
        "My question",
        "What is likely",
        "For it",
        "What you told us",
        "No clinician",
    ):
        assert part in at_result.text
    assert "<details" not in at_result.html, "nothing that is folded away would be missing on paper"
    assert STIFF[:30] in at_result.text
    assert "hidden>Print this page" in at_result.html, "without scripts there is no dead button"


def test_the_result_comes_in_the_order_in_which_it_is_needed(at_result: Browser) -> None:
    at_result.get("/result/")
    order = ("care-title", "What is likely", "What to do now", "When to come back", "Take it with you")
    places = [at_result.html.index(part) for part in order]
    assert places == sorted(places)


def test_the_api_answers_a_what_if_and_refuses_what_is_none(browser: Browser) -> None:
    case = {"text": STIFF, "person": {"age": 35}}

    def ask(body: object) -> tuple[int, dict[str, object]]:
        answer = browser.client.post("/api/v1/what-if", json.dumps(body), content_type=JSON)
        return answer.status_code, json.loads(answer.content)

    status, found = ask({"case": case, "finding": "new_breathlessness_or_chest_pain"})
    assert status == 200
    assert found["more_urgent"] is True
    for wrong in (
        {"case": case},
        {"case": case, "finding": 3},
        {"finding": "calf_pain", "state": "x"},
        {"k": 1},
        [],
    ):
        status, problem = ask(wrong)
        assert status == 400
        assert problem["mend"]
    description = json.loads(browser.client.get("/api/v1/openapi.json").content)
    assert "/api/v1/what-if" in description["paths"]
    assert browser.client.get("/api/v1/schema/what_if").status_code == 200
