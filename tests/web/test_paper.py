"""Printing from the pages: what is offered when, the file that comes, and what is never in an address."""

from __future__ import annotations

import io
import json
import zipfile

import pypdf
import pytest

from tests.browser.tour import STIFF
from tests.web.conftest import Browser
from tests.web.test_following import ACHE

QUESTION = "Do I need a scan? #set page(width: 1cm) <script>"


def to_result(browser: Browser, text: str = STIFF, **who: str) -> None:
    """All answered, the result open."""
    browser.begin(**who)
    browser.write(text)
    browser.to_screen()
    browser.to_check()
    browser.to_result()


def printed(browser: Browser, page: str, **more: str) -> str:
    """The text of a page that was asked for."""
    response = browser.client.post("/paper/", {"page": page, **more})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="kneewise-{page}.pdf"'
    assert response.headers["Cache-Control"] == "no-store"
    return " ".join(
        " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(response.content)).pages).split()
    )


def test_the_appointment_is_printed_with_my_question_and_my_words(browser: Browser) -> None:
    to_result(browser)
    browser.get("/paper/")
    assert browser.names(r'name="page" value="([^"]+)"') == ["appointment", "letter", "programme"]
    text = printed(browser, "appointment", question=QUESTION, large="1")
    assert QUESTION in text
    assert STIFF.split(",")[0] in text
    assert "Please see me" in printed(browser, "letter", question=QUESTION)
    assert "My week" in printed(browser, "programme")
    assert not any("?" in address for address in browser.addresses)


def test_nothing_can_be_printed_before_there_is_something_to_say(browser: Browser) -> None:
    browser.get("/paper/")
    assert browser.path == "/"
    browser.begin()
    browser.get("/paper/")
    assert browser.path == "/words/"


def test_a_choice_that_is_not_there_and_a_question_too_long_are_said_and_kept(browser: Browser) -> None:
    to_result(browser)
    response = browser.client.post("/paper/", {"page": "progress", "question": "why? " * 200, "large": "1"})
    html = response.content.decode()
    assert response.status_code == 400
    assert html.count("Choose what to print") == 2
    assert html.count("Keep your question under 600 characters") == 2
    assert "why? why?" in html
    assert 'name="large" value="1" checked' in html
    assert "Error:" in html.partition("</title>")[0]


def test_in_an_emergency_the_page_leads_with_what_to_do(browser: Browser) -> None:
    browser.begin()
    browser.write("back pain, numb between my legs and I can't pass urine since this morning")
    assert browser.path == "/emergency/"
    assert 'href="/paper/"' in browser.html
    browser.get("/paper/")
    assert browser.names(r'name="page" value="([^"]+)"') == ["appointment", "letter"]
    assert "Get help first." in browser.text
    text = printed(browser, "appointment")
    assert text.index("Get emergency help now.") < text.index("In my own words")
    assert "What kneewise finds likely" not in text


def follow(browser: Browser) -> None:
    """A programme, begun."""
    browser.begin()
    browser.write(ACHE)
    browser.to_check()
    browser.get("/programme/")
    assert 'href="/paper/"' in browser.html
    browser.post("/programme/start/")
    assert browser.path == "/today/"


def test_somebody_who_follows_a_programme_prints_how_it_goes(browser: Browser) -> None:
    follow(browser)
    browser.get("/progress/")
    assert 'href="/paper/"' in browser.html
    text = printed(browser, "progress")
    assert "How it goes: report for a visit" in text
    assert "Exercises since" in printed(browser, "appointment")


def test_a_sign_told_in_the_diary_leads_the_page_for_the_appointment(browser: Browser) -> None:
    follow(browser)
    browser.get("/check-in/sign/")
    browser.post("/check-in/sign/", {"tick": "calf_swelling", **entry_of(browser)})
    text = printed(browser, "appointment")
    assert "Get medical help today." in text
    assert text.index("Get medical help today.") < text.index("In my own words")
    yes = text.partition("Danger signs asked about")[2].partition("No:")[0]
    assert "calf" in yes
    assert "No exercises for now" in printed(browser, "programme")


@pytest.mark.hazard("H14")
def test_a_dangerous_answer_changed_since_takes_the_exercises_off_paper_and_out_of_the_archive(
    browser: Browser,
) -> None:
    follow(browser)
    assert "No exercises for now" not in printed(browser, "programme")
    browser.get("/check/")
    sign = "unable_to_walk_4_steps"
    change = next(
        page for page in browser.names(r'href="(/questions/\d+/change/)"')
        if f'value="{sign}"' in browser.get(page).content.decode()
    )  # fmt: skip
    browser.post(change, {"tick": [sign]})
    browser.get("/today/")
    assert browser.path == "/programme/"
    assert "No exercises for now" in printed(browser, "programme")
    with zipfile.ZipFile(io.BytesIO(browser.client.post("/your-data/archive/").content)) as archive:
        sheet = pypdf.PdfReader(io.BytesIO(archive.read("paper/programme.pdf")))
        assert "No exercises for now" in " ".join(" ".join(one.extract_text().split()) for one in sheet.pages)
        made = [entry["resource"] for entry in json.loads(archive.read("fhir/bundle.json"))["entry"]]
        review = json.loads(archive.read("data/review.json"))
    assert [one["status"] for one in made if one["resourceType"] == "CarePlan"] == ["on-hold"]
    asked_for = [one["code"]["text"] for one in made if one["resourceType"] == "ServiceRequest"]
    assert len(asked_for) == 1, "only the visit"
    assert review["programme"]["week"] == []
    assert review["programme"]["locked_by"]


def entry_of(browser: Browser) -> dict[str, str]:
    """The id that the open page sends with its entry."""
    return {"entry": browser.names(r'name="entry" value="([^"]+)"')[0]}


@pytest.mark.parametrize("page", ["", "../etc", "progress\x00"])
def test_what_nobody_offered_is_refused_in_words(page: str, browser: Browser) -> None:
    to_result(browser)
    response = browser.client.post("/paper/", {"page": page})
    assert response.status_code == 400
    assert "Choose what to print" in response.content.decode()
