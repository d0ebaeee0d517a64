"""What the look owes to people: the main places at hand, what counts first, nothing hidden that matters."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import Browser

STIFF = "stiff behind the knees after sitting all day, no injury, no swelling"
BAR = r'<nav class="course course-bar".*?</nav>'


def _to_programme(browser: Browser) -> None:
    browser.begin()
    browser.write(STIFF)
    browser.to_check()
    browser.get("/programme/")


def _bar(browser: Browser) -> list[tuple[str, str]]:
    """Where the bar leads, and what it says of being there."""
    found = re.search(BAR, browser.html, re.DOTALL)
    links = re.findall(r'<a href="([^"]+)"(?: aria-current="(\w+)")?>', found[0]) if found else []
    return [(address, there) for address, there in links]


def test_the_bar_is_there_while_a_programme_is_followed_and_says_where_one_is(browser: Browser) -> None:
    _to_programme(browser)
    assert _bar(browser) == []
    browser.post("/programme/start/")
    assert _bar(browser) == [
        ("/today/", "page"), ("/check-in/", ""), ("/progress/", ""), ("/measure/", ""), ("/learn/", ""),
    ]  # fmt: skip
    browser.get("/history/")
    assert ("/progress/", "true") in _bar(browser)
    browser.get("/today/session/")
    assert _bar(browser) == [], "the thumb has other buttons during a session"


def test_a_programme_shows_the_way_to_begin_before_its_reasons(browser: Browser) -> None:
    _to_programme(browser)
    order = ["/programme/start/", "The week at a glance", 'id="exercises"', "Good to know"]
    places = [browser.html.index(one) for one in order]
    assert places == sorted(places)
    # When to come back is never folded away.
    before = browser.html[: browser.html.index("When to come back</h2>")]
    assert before.count("<details") == before.count("</details>")


@pytest.mark.hazard("H25")
def test_what_to_do_is_never_folded_away(browser: Browser) -> None:
    browser.begin(age="45")
    browser.write("my left calf is swollen and warm since a long flight, no injury")
    browser.to_check()
    browser.to_result()
    card = browser.html[browser.html.index('<section class="care urgent"') :]
    card = card[: card.index("</section>")]
    for words in ("By when", "Whom to call", "What to say", "Because of"):
        assert words in card
    assert "<details" not in card
    todo, rest = re.findall(r'<p class="todo">(.*?)</p><p>(.*?)</p>', card)[0]
    assert todo == "Be checked for a clot today."
    assert rest.startswith("Do not massage")


def test_today_is_about_the_session_and_the_form_opens_where_something_is_wrong(browser: Browser) -> None:
    _to_programme(browser)
    browser.post("/programme/start/")
    assert browser.html.index("/today/session/") < browser.html.index('<details class="topic" id="session">')
    form = dict(re.findall(r'name="(entry|on)" value="([^"]*)"', browser.html))
    browser.post("/today/", form | {"pain_before": "99"})
    assert '<details class="topic" id="session" open>' in browser.html
