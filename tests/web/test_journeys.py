"""Whole ways through the pages: calm, urgent, emergency, other doors."""

from __future__ import annotations

import pytest

from tests.web.conftest import Browser

CLOT = "my left calf is swollen and warm since a long flight, no injury"
COLD_FOOT = "My foot is suddenly cold and pale and my leg hurts badly since this morning."


def test_calm_way_ends_in_a_result_and_a_programme(browser: Browser) -> None:
    browser.begin()
    browser.write("stiff behind the knees after sitting all day, no injury, no swelling")
    browser.to_check()
    assert browser.path == "/check/"
    browser.to_result()
    assert browser.path == "/result/"
    assert "What is likely" in browser.text
    assert "in 10" in browser.text
    assert "No clinician has reviewed" in browser.text
    browser.get("/programme/")
    assert "The week at a glance" in browser.text
    assert "<svg" in browser.html


@pytest.mark.hazard("H01")
def test_a_possible_clot_is_same_day_and_has_no_exercises(browser: Browser) -> None:
    browser.begin(age="45")
    browser.write(CLOT)
    browser.to_check()
    browser.to_result()
    assert "Urgent – today" in browser.text
    browser.get("/programme/")
    assert "No exercises yet" in browser.text
    assert "exercise-figure" not in browser.html
    assert "What to do meanwhile" in browser.text


@pytest.mark.hazard("H25")
def test_the_first_page_says_when_to_call_before_any_question(browser: Browser) -> None:
    browser.get("/")
    assert browser.text.index("emergency help now") < browser.text.index("It hurts")
    assert "999" in browser.text


@pytest.mark.hazard("H05")
def test_a_danger_in_the_words_stops_at_once_and_can_be_taken_back(browser: Browser) -> None:
    browser.begin()
    browser.post("/words/", {"text": COLD_FOOT})
    assert browser.path == "/emergency/"
    assert "What is likely" not in browser.text
    assert "Whom to call" in browser.text
    for closed in ("/result/", "/programme/"):
        browser.get(closed)
        assert browser.path == "/emergency/"
    browser.get("/understood/")
    browser.post("/understood/", {})
    assert browser.path.startswith("/questions/")


def test_an_emergency_on_the_screen_stops_the_questions_and_stays(browser: Browser) -> None:
    browser.begin()
    browser.write("")
    browser.to_screen()
    screen = browser.path
    browser.post(screen, {"tick": ["new_breathlessness_or_chest_pain"]})
    assert browser.path == "/emergency/"
    for other in ("/result/", "/programme/", "/carry-on/"):
        browser.get(other)
        assert browser.path == "/emergency/"
    browser.get(screen)
    assert "tick=new_breathlessness_or_chest_pain" in browser.checked()
    assert "get emergency help now" in browser.text
    browser.post(screen, {"none": "1"})
    assert browser.path.startswith("/questions/")


@pytest.mark.hazard("H12")
def test_no_result_before_the_urgent_screen(browser: Browser) -> None:
    browser.begin()
    browser.write("")
    for early in ("/result/", "/programme/", "/check/"):
        browser.get(early)
        assert "What is likely" not in browser.text
        assert "self-care" not in browser.text.lower()
    browser.get("/result/")
    assert browser.path.startswith("/questions/")


def test_result_can_be_had_early_once_the_screen_is_done(browser: Browser) -> None:
    browser.begin()
    browser.write("")
    browser.to_screen()
    browser.answer()
    for _ in range(4):
        if "Show me the result now" in browser.text:
            break
        browser.answer()
    browser.get("/result/")
    assert browser.path == "/result/"
    assert "Answer a few more questions" in browser.text


def test_a_diagnosis_leads_the_programme_after_the_same_screen(browser: Browser) -> None:
    browser.begin("diagnosis")
    assert browser.path == "/diagnosis/"
    assert browser.post("/diagnosis/", {"diagnosis": "no_such"}).status_code == 400
    browser.post("/diagnosis/", {"diagnosis": "proximal_hamstring_tendinopathy"})
    browser.write("")
    browser.to_check()
    browser.to_result()
    assert "Your diagnosis" in browser.text
    browser.get("/programme/")
    assert "tendon at the sit bone" in browser.text


def test_a_diagnosis_never_lowers_the_level(browser: Browser) -> None:
    browser.begin("diagnosis")
    browser.post("/diagnosis/", {"diagnosis": "hamstring_strain_grade_1"})
    browser.write(CLOT)
    browser.to_check()
    browser.to_result()
    assert "Urgent – today" in browser.text
    browser.get("/programme/")
    assert "No exercises yet" in browser.text


def test_prevention_has_its_own_programme_and_names_no_cause(browser: Browser) -> None:
    browser.begin("prevent")
    browser.write("")
    assert "I am not sure about some of these" in browser.text
    browser.to_check()
    browser.to_result()
    assert "Nothing in your answers needs to be seen soon" in browser.text
    assert "What is likely" not in browser.text
    browser.get("/programme/")
    assert "Programme to prevent" in browser.text


def test_prevention_with_a_sign_says_so_and_gives_no_exercises(browser: Browser) -> None:
    browser.begin("prevent")
    browser.write(CLOT)
    browser.to_check()
    browser.to_result()
    assert "Urgent – today" in browser.text
    browser.get("/programme/")
    assert "No exercises yet" in browser.text


@pytest.mark.hazard("H08")
def test_a_child_gets_no_programme(browser: Browser) -> None:
    browser.begin(age="12")
    browser.write("")
    browser.to_check()
    browser.to_result()
    browser.get("/programme/")
    assert "exercise-figure" not in browser.html
    assert "No exercises yet" in browser.text


def test_wishes_change_the_programme_at_once(browser: Browser) -> None:
    browser.begin()
    browser.write("stiff behind the knees after sitting all day, no injury, no swelling")
    browser.to_check()
    wishes = {"days": "5", "minutes": "45", "experience": "trained", "place": "gym", "goals": ["run"]}
    browser.post("/programme/", wishes)
    assert browser.path == "/programme/"
    assert 'name="days" value="5"' in browser.html
    assert "goals=run" in browser.checked()
    wrong = browser.post("/programme/", wishes | {"days": "0", "minutes": "soon"})
    assert wrong.status_code == 400
    assert 'value="soon"' in browser.html


def test_somebody_elses_pages_say_who_you_is(browser: Browser) -> None:
    browser.begin(respondent="carer")
    browser.write("")
    assert "means the person you are helping" in browser.text
