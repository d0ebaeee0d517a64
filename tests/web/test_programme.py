"""The programme's own pages: reasons, swaps, what is asked first, one day, and what is beside the exercises."""

from __future__ import annotations

import json
import re

import pytest

import kneewise
from tests.web.conftest import Browser

STIFF = "stiff behind the knees after sitting all day, no injury, no swelling"


def programme(browser: Browser, diagnosis: str = "", text: str = "", **who: str) -> None:
    """Go to the programme with nothing dangerous, after a diagnosis if there is one."""
    browser.begin("diagnosis" if diagnosis else "hurts", **who)
    if diagnosis:
        browser.post("/diagnosis/", {"diagnosis": diagnosis})
    browser.write(text)
    browser.to_check()
    browser.get("/programme/")
    assert browser.path == "/programme/"


def exercises(browser: Browser) -> list[str]:
    return browser.names(r'<section class="panel" id="exercise-([a-z_]+)"')


def offered(browser: Browser, exercise: str) -> list[str]:
    return browser.names(rf'id="swap-{exercise}-[a-z_]+" name="new" value="([a-z_]+)"')


def swappable(browser: Browser) -> tuple[str, str]:
    """An exercise of the page and the first one offered in its place."""
    old = next(one for one in exercises(browser) if offered(browser, one))
    return old, offered(browser, old)[0]


def test_each_card_says_why_how_much_and_what_else(browser: Browser) -> None:
    programme(browser, "patellofemoral_pain")
    count = len(exercises(browser))
    assert count >= 3
    for words in ("Why this one, and why this much", "Why this much.", "Easier, harder, or another one"):
        assert browser.text.count(words) == count
    assert "It suits this: pain around or behind the kneecap" in browser.text
    assert "You start low, because you are new to exercise." in browser.text
    assert re.search(r"Step 1 of \d", browser.text)


def test_walking_is_told_in_minutes(browser: Browser) -> None:
    programme(browser, "patellofemoral_pain")
    assert re.search(r'<p class="dose">\d+ minutes</p>', browser.html)
    assert not re.search(r"\b[1-9]\d{2,} seconds", browser.text)


def test_a_swap_changes_the_plan_at_once_and_can_be_undone(browser: Browser) -> None:
    programme(browser, "patellofemoral_pain")
    before = exercises(browser)
    old, new = swappable(browser)
    browser.post("/programme/swap/", {"old": old, "new": new})
    assert browser.path == "/programme/"
    assert new in exercises(browser)
    assert old not in exercises(browser)
    assert "Your swaps" in browser.text
    browser.post("/programme/", {"days": "3", "minutes": "20", "experience": "new", "place": "home"})
    assert new in exercises(browser)
    browser.post("/programme/swap/", {"undo": old})
    assert exercises(browser) == before
    assert "Your swaps" not in browser.text


@pytest.mark.parametrize("new", ["", "nordic", "no_such_exercise"])
def test_a_swap_that_does_not_fit_is_refused_and_nothing_changes(browser: Browser, new: str) -> None:
    programme(browser, "patellofemoral_pain")
    old, _first = swappable(browser)
    before = exercises(browser)
    response = browser.post("/programme/swap/", {"old": old, "new": new})
    assert response.status_code == 400
    assert "There is a problem" in browser.text
    browser.get("/programme/")
    assert exercises(browser) == before


@pytest.mark.parametrize("state", ["absent", "present", "unsure"])
def test_what_is_asked_before_the_start_changes_the_plan(browser: Browser, state: str) -> None:
    programme(browser, "degenerative_meniscus_tear")
    browser.post("/programme/", {"days": "3", "minutes": "30", "experience": "new", "place": "gym"})
    assert "Before you start" in browser.text
    assert browser.post("/programme/before/", {}).status_code == 400
    asked = browser.names(r'name="answer-([a-z_0-9]+)"')
    withheld = "cycling"
    assert withheld in exercises(browser)
    browser.post("/programme/before/", {f"answer-{finding}": state for finding in asked})
    assert browser.path == "/programme/"
    assert (withheld in exercises(browser)) == (state == "absent")
    assert "Before you start" not in browser.text
    browser.get("/check/")
    assert "Before you start the exercises" in browser.text


def test_every_exercise_left_out_has_its_reason(browser: Browser) -> None:
    programme(browser, "patellofemoral_pain")
    block = browser.text[browser.text.index("What you do not get, and why") :]
    block = block[: block.index("When it is time")]
    assert "Needs something you do not have" in block
    assert "It needs something you do not have: pool." in block
    assert not re.search(r"too_hard|gentle_only|criterion:|ask:|contraindicated", browser.text)


def test_a_day_shows_just_its_exercises_in_order(browser: Browser) -> None:
    programme(browser, "patellofemoral_pain")
    rows = re.findall(r"<a href=\"#exercise-[a-z_]+\">([^<]+)</a></th>(.*?)</tr>", browser.html, re.DOTALL)
    marks = {name: [("mark" in cell) for cell in row.split("</td>")[:7]] for name, row in rows}
    linked = [int(day) for day in browser.names(r'href="/programme/day/(\d)/"')]
    assert linked == [day for day in range(1, 8) if any(row[day - 1] for row in marks.values())]
    for day in linked:
        browser.get(f"/programme/day/{day}/")
        shown = re.findall(r"<h2>([^<(]+?) ?(?:<span|</h2>)", browser.html)
        assert shown == [name for name, row in marks.items() if row[day - 1]]
        assert "about" in browser.text
    free = next(day for day in range(1, 8) if day not in linked)
    browser.get(f"/programme/day/{free}/")
    assert "Rest days are part of the programme" in browser.text
    assert browser.get("/programme/day/8/").status_code == 404


def test_a_shut_gate_shuts_every_page_of_the_programme(browser: Browser) -> None:
    browser.begin(age="45")
    browser.write("my left calf is swollen and warm since a long flight, no injury")
    browser.to_check()
    for path in ("/programme/day/1/", "/programme/around/", "/programme/pain-relief/"):
        browser.get(path)
        assert browser.path == "/programme/"
        assert "No exercises yet" in browser.text
    assert "Can I take something" not in browser.text


def test_pain_relief_is_told_only_behind_its_questions(browser: Browser) -> None:
    programme(browser, text=STIFF)
    assert "paracetamol" not in browser.text.lower()
    browser.get("/programme/pain-relief/")
    assert "500 mg" not in browser.text
    assert browser.post("/programme/pain-relief/", {}).status_code == 400
    browser.post("/programme/pain-relief/", {"tick": ["asthma"]})
    assert browser.path == "/programme/pain-relief/"
    assert browser.text.count("Ask a pharmacist before you take this.") >= 2
    assert "Because of: asthma" in browser.text


def test_not_sure_about_a_medicine_sends_to_a_pharmacist(browser: Browser) -> None:
    programme(browser, text=STIFF)
    browser.post("/programme/pain-relief/", {"not_sure": "1"})
    assert browser.text.count("Ask a pharmacist before you take this.") == 3
    assert "500 mg" not in browser.text


@pytest.mark.parametrize(
    ("diagnosis", "expect", "tries"),
    [
        ("patellofemoral_pain", "six to twelve weeks", "Insoles and shoes"),
        ("knee_osteoarthritis", "relief after six to twelve weeks", "Massage"),
        ("sciatica", "weeks to a few months", "TENS"),
        ("hamstring_strain_grade_1", "one to four weeks", "Ice"),
    ],
)
def test_around_the_exercises_each_finds_what_concerns_them(
    browser: Browser, diagnosis: str, expect: str, tries: str
) -> None:
    programme(browser, diagnosis)
    assert "What to expect, and by when" in browser.text
    assert expect in browser.text
    assert "If it flares up" in browser.text
    assert (
        "A little pain in exercise is fine" in browser.text or "Watch where the leg pain goes" in browser.text
    )
    browser.get("/programme/around/")
    assert tries in browser.text
    for topic in ("Good pain and bad pain", "A plan for a flare-up", "Sleep and rest"):
        assert topic in browser.text


def test_the_first_days_have_their_own_advice(browser: Browser) -> None:
    programme(browser, "hamstring_strain_grade_1", "pulled my hamstring 2 days ago, pain 3 out of 10")
    assert "The first days" in browser.text
    assert "protect the leg" in browser.text


def test_a_clinicians_order_stands_on_the_card_with_its_reason(browser: Browser) -> None:
    from kneewise.store.models import Sitting

    programme(browser, "patellofemoral_pain")
    sitting = Sitting.objects.get(pk=browser.client.session["sitting"])
    orders = [
        {"by": "physiotherapist", "reason": "felt best in the clinic", "pin": ["wall_sit"]},
        {"by": "doctor", "reason": "wants to sprint", "pin": ["sprint_prog"]},
    ]
    sitting.preferences = {"clinician": orders}
    sitting.save()
    browser.get("/programme/")
    assert "A clinician asked for it: “felt best in the clinic”" in browser.text
    assert "About a clinician’s order" in browser.text
    assert not offered(browser, "wall_sit")


def test_the_api_lists_and_makes_swaps(browser: Browser) -> None:
    screen = [{"id": "duration_days", "value": 40}]

    screen += [
        {"id": finding, "state": "absent"}
        for page in kneewise.default_engine().knowledge.pages if page.screen for finding in page.findings
    ]  # fmt: skip
    body = {"case": {"person": {"age": 35}, "evidence": screen}, "diagnosis": "patellofemoral_pain"}

    def ask(path: str, **more: object) -> tuple[int, dict]:
        sent = json.dumps(body | more)
        response = browser.client.post(f"/api/v1/{path}", sent, content_type="application/json")
        return response.status_code, json.loads(response.content)

    def ids(made: dict) -> set[str]:
        return {item["exercise"] for day in made["week"] for item in day["items"]}

    made = ask("plan")[1]
    found = {
        old: [one["exercise"] for one in ask("plan/alternatives", exercise=old)[1]["instead"]]
        for old in ids(made)
    }
    old = next(old for old, instead in found.items() if instead)
    after = ask("plan", swaps={old: found[old][0]})[1]
    assert found[old][0] in ids(after)
    assert old not in ids(after)
    status, problem = ask("plan", swaps={old: "sprint_prog"})
    assert status == 400
    assert found[old][0] in problem["mend"]
    assert ask("plan/alternatives", exercise="no_such")[0] == 400
    assert ask("plan/alternatives")[0] == 400


def test_nobody_is_asked_for_a_test_that_takes_a_partner_or_a_clinician(browser: Browser) -> None:
    programme(browser, "hamstring_tightness_pain")
    browser.post("/programme/", {"days": "4", "minutes": "40", "experience": "trained", "place": "gym"})
    asked = browser.names(r'name="answer-([a-z_0-9]+)"')
    assert asked
    assert len(asked) <= 6, "a few at a time"
    assert {kneewise.default_engine().knowledge.findings[finding].who for finding in asked} == {"person"}
    assert "A physiotherapist can check this with you." in browser.text
    slump = kneewise.default_engine().words.findings["slump_test_positive"]
    assert slump.question not in browser.text
    assert slump.name.lower() in browser.text.lower()
    assert browser.post("/programme/before/", {"answer-slump_test_positive": "absent"}).status_code == 400


@pytest.mark.hazard("H38")
def test_an_exercise_that_hangs_on_an_examination_stays_out_and_says_so() -> None:
    from kneewise.web.presenters.programme import why_refused

    words = kneewise.default_engine().words.findings
    why = why_refused({"exercise": "nordic", "because": ["ask:slump_test_positive", "too_hard"], "told": []})
    assert "It stays out until a physiotherapist has checked:" in why
    assert words["slump_test_positive"].name in why
    assert words["slump_test_positive"].question not in why
    asked = why_refused({"exercise": "nordic", "because": ["ask:calf_pain"], "told": []})
    assert words["calf_pain"].question in asked
