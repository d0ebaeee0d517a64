"""What a question page accepts, keeps and shows again."""

from __future__ import annotations

import pytest

from tests.web.conftest import Browser


def _at_screen(browser: Browser) -> str:
    browser.begin()
    browser.write("")
    browser.to_screen()
    assert "I am not sure about some of these" in browser.text
    return browser.path


@pytest.mark.hazard("H19")
def test_the_screen_accepts_neither_nothing_nor_both(browser: Browser) -> None:
    screen = _at_screen(browser)
    nothing = browser.post(screen, {})
    assert nothing.status_code == 400
    assert "<title>Error:" in browser.html
    assert 'role="alert"' in browser.html
    assert "autofocus" in browser.html
    sign = browser.names(r'name="tick" value="([^"]+)"')[3]
    both = browser.post(screen, {"tick": [sign], "none": "1"})
    assert both.status_code == 400
    assert f"tick={sign}" in browser.checked()
    assert "none=1" in browser.checked()
    browser.get("/result/")
    assert browser.path == screen


def test_an_error_leads_to_the_first_box(browser: Browser) -> None:
    browser.post(_at_screen(browser), {})
    target = browser.names(r'<li><a href="#([^"]+)">')[0]
    assert f'id="{target}"' in browser.html


def test_a_tick_that_is_not_on_the_page_is_no_answer(browser: Browser) -> None:
    assert browser.post(_at_screen(browser), {"tick": ["<script>", "no_such_finding"]}).status_code == 400


@pytest.mark.hazard("H19")
def test_not_sure_about_some_is_asked_one_by_one_and_never_counts_as_no(browser: Browser) -> None:
    screen = _at_screen(browser)
    signs = browser.names(r'name="tick" value="([^"]+)"')
    uncertain = "hot_or_swollen_knee"
    assert uncertain in signs
    browser.post(screen, {"go": "unsure"})
    assert browser.path == f"{screen}not-sure/"
    assert browser.post(browser.path, {}).status_code == 400
    browser.post(browser.path, {"tick": [uncertain]})
    assert browser.path == f"{screen}one-by-one/"
    assert browser.post(browser.path, {}).status_code == 400
    browser.post(browser.path, {f"answer-{uncertain}": "unsure"})
    browser.get("/check/")
    assert "Not sure:" in browser.text


def test_half_of_the_screen_is_not_the_screen(browser: Browser) -> None:
    screen = _at_screen(browser)
    browser.post(screen, {"go": "unsure"})
    browser.get("/result/")
    assert browser.path == screen
    browser.get("/carry-on/")
    assert browser.path == screen


def test_a_sign_ticked_before_not_sure_counts_at_once(browser: Browser) -> None:
    screen = _at_screen(browser)
    browser.post(screen, {"go": "unsure", "tick": ["new_breathlessness_or_chest_pain"]})
    assert browser.path == "/emergency/"


def test_back_shows_every_page_as_it_was_answered(browser: Browser) -> None:
    browser.begin()
    browser.write("")
    seen: dict[str, tuple[set[str], list[str]]] = {}
    for _ in range(12):
        if not browser.path.startswith("/questions/"):
            break
        data = browser.filled("unsure")
        fields = browser.names(r'name="(value-[^"]+)"')
        for field in fields:
            data[field] = "3"
            data.pop(field.replace("value-", "unsure-"), None)
        path = browser.path
        browser.post(path, data)
        seen[path] = ({f"{k}={v}" for k, v in data.items() if not k.startswith("value-")}, fields)
    assert len(seen) > 5
    for path, (checked, fields) in reversed(seen.items()):
        browser.get(path)
        assert browser.checked() >= checked, path
        for field in fields:
            assert f'name="{field}" value="3"' in browser.html


def test_back_and_change_asks_what_the_new_answer_makes_worth_asking(browser: Browser) -> None:
    screen = _at_screen(browser)
    browser.answer()
    browser.to_check("unsure")
    browser.get(screen)
    browser.post(f"{screen}change/", {"tick": ["new_breathlessness_or_chest_pain"]})
    assert browser.path == "/emergency/"
    browser.post(f"{screen}change/", {"none": "1"})
    assert browser.path == "/check/"


def test_who_can_stay_open_but_not_be_nonsense(browser: Browser) -> None:
    browser.post("/", {"door": "hurts"})
    for age in ("400", "-1", "abc", "1e3", "٣٤", "1" * 30):
        assert browser.post("/who/", {"respondent": "self", "age": age}).status_code == 400
        assert "Age must be" in browser.text
    assert browser.post("/who/", {"respondent": "self", "age": "4,5", "sex": "x"}).status_code == 400
    assert 'value="4,5"' in browser.html
    browser.post("/who/", {"respondent": "self", "age": "", "sex": "", "side": ""})
    assert browser.path == "/words/"


def test_numbers_keep_what_was_typed_and_say_what_fits(browser: Browser) -> None:
    browser.begin()
    browser.write("")
    fields = browser.names(r'name="(value-[^"]+)"')
    assert fields
    answered = browser.post(browser.path, dict.fromkeys(fields, "99999999"))
    assert answered.status_code == 400
    assert browser.html.count('value="99999999"') == len(fields)
    both = dict.fromkeys(fields, "3") | {f.replace("value-", "unsure-"): "1" for f in fields}
    assert browser.post(browser.path, both).status_code == 400
    assert "not both" in browser.text


def test_weeks_are_days_too(browser: Browser) -> None:
    browser.begin()
    browser.write("")
    data = browser.filled() | {"value-duration_days": "3", "unit-duration_days": "wk"}
    data.pop("unsure-duration_days")
    browser.post(browser.path, data)
    browser.get("/check/")
    assert "3 weeks" in browser.text


def test_words_are_shown_back_and_corrected(browser: Browser) -> None:
    browser.begin()
    browser.post("/words/", {"text": "sharp pain at the back of my knee when I run, no swelling"})
    assert browser.path == "/understood/"
    assert "You wrote:" in browser.text
    ticked = {c for c in browser.checked() if c.startswith("tick=")}
    assert ticked
    browser.post("/understood/", {})
    browser.get("/understood/")
    assert not browser.checked()
    browser.post("/words/", {"text": "sharp pain at the back of my knee when I run"})
    assert browser.checked()


@pytest.mark.hazard("H27")
def test_a_no_in_the_words_closes_no_question_about_danger(browser: Browser) -> None:
    browser.begin()
    browser.write("back of knee aches, no fever, no chest pain, not breathless, no injury")
    browser.to_screen()
    assert "new_breathlessness_or_chest_pain" in browser.html


def test_a_text_that_is_too_long_is_kept_and_explained(browser: Browser) -> None:
    browser.begin()
    text = "it hurts " * 700
    assert browser.post("/words/", {"text": text}).status_code == 400
    assert text.strip() in browser.html
    assert "too long" in browser.text


def test_markup_in_the_words_is_only_text(browser: Browser) -> None:
    browser.begin()
    browser.write('<script>alert(1)</script><img src="http://evil.example/x"> sore calf')
    browser.to_check()
    browser.get("/check/")
    assert "<script>" not in browser.html
    assert "&lt;script&gt;" in browser.html


def test_what_concerns_nobody_any_more_is_left_out(browser: Browser) -> None:
    screen = _at_screen(browser)
    assert "pregnant_or_6_weeks_postpartum" in browser.html
    browser.answer()
    browser.to_check()
    browser.post("/who/change/", {"respondent": "self", "age": "60", "sex": "male", "side": "left"})
    assert browser.path == "/check/"
    assert screen
