"""What the pages do about the hazards of safety/hazards.yaml that only a page can hold down."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import Browser

EMERGENCY = "my saddle area is numb and I cannot pee since yesterday"
ACHE = "ache behind my left knee after sitting"


def _result(browser: Browser) -> None:
    browser.begin()
    browser.write(ACHE)
    browser.to_check()
    browser.to_result()
    assert browser.path == "/result/"


@pytest.mark.hazard("H31")
def test_none_of_these_is_shown_again_and_can_be_changed_before_the_result(browser: Browser) -> None:
    browser.begin()
    browser.write("")
    browser.to_screen()
    screen = browser.path
    sign = browser.names(r'name="tick" value="([^"]+)"')[0]
    browser.to_check()
    assert browser.path == "/check/"
    assert "None of these" in browser.text
    change = next(a for a in browser.names(r'href="(/questions/\d+/change/)"') if a.startswith(screen))

    browser.get(change)
    assert "none=1" in browser.checked()
    browser.post(change, {"tick": [sign]})
    browser.to_check()
    browser.to_result()

    assert "Not urgent" not in browser.text


@pytest.mark.hazard("H32")
def test_a_new_start_leaves_nothing_of_the_one_before(browser: Browser) -> None:
    browser.begin(age="71")
    browser.write("the penguin hurt my knee")
    browser.begin(age="22")
    browser.write("")

    browser.to_check()

    assert "penguin" not in browser.text
    assert "71" not in browser.text


@pytest.mark.hazard("H32", "H16")
def test_the_answers_are_checked_with_whom_and_which_leg_they_are_about(browser: Browser) -> None:
    browser.begin(age="35", side="left")
    browser.write(ACHE)
    browser.to_check()

    assert "Who it is about" in browser.text
    assert re.search(r"Age 35 .*left leg", browser.text)


@pytest.mark.hazard("H15")
def test_an_emergency_page_says_that_nobody_is_told(browser: Browser) -> None:
    browser.begin()
    browser.write(EMERGENCY)

    assert browser.path == "/emergency/"
    assert "kneewise does not call anybody" in browser.text


@pytest.mark.hazard("H23")
def test_an_emergency_page_names_the_local_number_and_never_one_country_alone(browser: Browser) -> None:
    browser.begin()
    browser.write(EMERGENCY)

    assert "your emergency number" in browser.text
    for number in ("999", "112", "911"):
        assert number in browser.text


@pytest.mark.hazard("H35", "H05", "H06")
def test_an_emergency_page_begins_with_what_to_do_and_ranks_nothing(browser: Browser) -> None:
    browser.begin()
    browser.write(EMERGENCY)

    heading = re.findall(r"<h1[^>]*>(.*?)</h1>", browser.html, flags=re.DOTALL)[0]
    assert "Get emergency help now" in heading
    assert " in 10" not in browser.text
    assert "What is likely" not in browser.text
    assert "correct" in browser.text


@pytest.mark.hazard("H33", "H12")
def test_a_result_tells_chances_in_words_with_something_else_and_no_review(browser: Browser) -> None:
    _result(browser)

    assert re.search(r"(Likely|Possible) – about \d in 10", browser.text)
    assert "omething else" in browser.text
    assert "It is not a diagnosis" in browser.text
    assert "No clinician has reviewed the content" in browser.text
    assert "you have tight" not in browser.text.lower()


@pytest.mark.hazard("H12", "H44")
def test_a_result_says_when_to_come_back_and_what_would_change_it(browser: Browser) -> None:
    _result(browser)

    assert "come back" in browser.text.lower() or "get help sooner" in browser.text.lower()
    assert "change" in browser.text.lower()


@pytest.mark.hazard("H34")
def test_a_home_test_can_be_left_out_without_a_reason(browser: Browser) -> None:
    """Not sure is an answer to every question, so nobody is pushed into a test that hurts."""
    browser.begin()
    browser.write(ACHE)
    for _ in range(30):
        if not browser.path.startswith("/questions/"):
            break
        browser.answer("unsure")
        if browser.path.endswith(("/not-sure/", "/one-by-one/")):
            signs = browser.names(r'name="tick" value="([^"]+)"')
            data = {"tick": signs} if signs else browser.filled("unsure")
            browser.post(browser.path, data)

    assert browser.path == "/check/"
