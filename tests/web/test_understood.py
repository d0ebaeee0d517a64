"""Own words shown back: each piece leads to what was made of it; whose leg it is, is asked and never guessed."""

from __future__ import annotations

import pytest

from tests.web.conftest import Browser

SON = "My son is 12 and his knee hurts at the front after football."


def _understood(browser: Browser, text: str, **who: str) -> Browser:
    browser.begin(**who)
    browser.post("/words/", {"text": text})
    assert browser.path == "/understood/"
    return browser


def test_each_piece_of_the_words_leads_to_its_field(browser: Browser) -> None:
    _understood(browser, "It pulls behind my <knee> when I sit, no swelling.\nPain 4 out of 10.")
    targets = browser.names(r'<a class="piece [a-z]+" href="#([^"]+)">')
    assert len(targets) >= 3
    assert all(f'id="{target}"' in browser.html for target in targets)
    assert 'class="piece absent"' in browser.html
    assert "&lt;knee&gt;" in browser.html
    quoted = browser.html.partition("<blockquote")[2].partition("</blockquote>")[0]
    assert quoted.count("Pain 4 out of 10") <= 1


@pytest.mark.hazard("H08")
@pytest.mark.hazard("H16")
def test_an_adult_who_writes_about_a_child_is_asked_and_the_childs_rules_hold(browser: Browser) -> None:
    _understood(browser, SON, age="35", sex="female")
    assert "Whose leg is it?" in browser.text
    assert "A child of 12 I wrote about" in browser.text
    ticked = [c.partition("=")[2] for c in browser.checked() if c.startswith("tick=")]
    assert browser.post("/understood/", {"tick": ticked}).status_code == 400
    assert "Choose whose leg it is" in browser.text
    browser.post("/understood/", {"tick": ticked, "whose": "written"})
    browser.to_check()
    assert "Age 12" in browser.text
    assert "For somebody else" in browser.text
    browser.to_result()
    browser.get("/programme/")
    assert "exercise-figure" not in browser.html, "no programme under 16"


def test_who_says_that_it_is_about_themselves_is_believed(browser: Browser) -> None:
    _understood(browser, "My knee hurts at the back since I carried my son, he is 12.", age="35")
    if "Whose leg is it?" in browser.text:
        ticked = [c.partition("=")[2] for c in browser.checked() if c.startswith("tick=")]
        browser.post("/understood/", {"tick": ticked, "whose": "given"})
    browser.get("/check/")
    browser.to_check()
    assert "Age 35" in browser.text


def test_somebody_else_without_an_age_leads_back_to_who_it_is_about(browser: Browser) -> None:
    _understood(browser, "My mum has a swollen knee.", age="35", sex="male")
    assert "Somebody else I wrote about" in browser.text
    ticked = [c.partition("=")[2] for c in browser.checked() if c.startswith("tick=")]
    browser.post("/understood/", {"tick": ticked, "whose": "written"})
    assert browser.path == "/who/"
    assert "respondent=carer" in browser.checked()
    assert 'value="35"' not in browser.html


def test_nothing_is_asked_where_all_agrees(browser: Browser) -> None:
    _understood(browser, "I am 35 and the back of my knee hurts.", age="35")
    assert "Whose leg is it?" not in browser.text
