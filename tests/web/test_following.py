"""Following a programme through the pages: a week of entries, an alarm, what opens it again, corrections."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from tests.web.conftest import Browser

ACHE = "stiff behind the knees after sitting all day, no injury, no swelling"
DAY_1 = date(2026, 11, 2)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The calendar of the person: change the one day in it."""
    now = [DAY_1]
    for module in ("kneewise.web.following", "kneewise.web.views.following"):
        name = "today" if module.endswith("web.following") else "this_day"
        monkeypatch.setattr(f"{module}.{name}", lambda: now[0])
    return now


def _start(browser: Browser) -> None:
    browser.begin()
    browser.write(ACHE)
    browser.to_check()
    browser.get("/programme/")
    browser.post("/programme/start/")
    assert browser.path == "/today/"


def _form(browser: Browser, pain: str = "2", danger: str = "absent", **more: str) -> dict[str, Any]:
    """The open page's form: everything done, the same pain everywhere, one answer to each danger question."""
    data = {"entry": re.findall(r'name="entry" value="([^"]+?)"', browser.html)[-1]}
    data |= dict.fromkeys(browser.names(r'name="(done-[a-z0-9_]+)"'), "yes")
    data |= dict.fromkeys(browser.names(r'<select id="(pain[a-z0-9_-]*)"'), pain)
    data |= dict.fromkeys(browser.names(r'name="(answer-[a-z0-9_]+)"'), danger)
    data["on"] = re.findall(r'name="on" value="([^"]+)"', browser.html)[-1]
    return data | more


def _session(browser: Browser, **more: Any) -> Any:
    browser.get("/today/")
    return browser.post("/today/", _form(browser, **more))


def _check_in(browser: Browser, **more: Any) -> Any:
    browser.get("/check-in/")
    return browser.post("/check-in/", _form(browser, **more))


def _alarm(browser: Browser) -> None:
    browser.get("/check-in/sign/")
    entry = re.findall(r'name="entry" value="([^"]+)"', browser.html)[0]
    browser.post("/check-in/sign/", {"entry": entry, "tick": ["calf_swelling"]})


def _seen(browser: Browser, may: str, seen_on: date) -> Any:
    browser.get("/seen/")
    entry = re.findall(r'name="entry" value="([^"]+)"', browser.html)[0]
    return browser.post(
        "/seen/", {"entry": entry, "by": "doctor", "seen_on": seen_on.isoformat(), "may": may}
    )


def _diary(browser: Browser) -> list[dict[str, Any]]:
    course = browser.client.get("/your-data/download/").json()["stored"]["course"]
    return list(course["diary"])


def test_a_week_of_entries_is_told_back(browser: Browser, days: list[date]) -> None:
    _start(browser)
    sessions = 0
    for n in range(8):
        days[0] = DAY_1 + timedelta(days=n)
        browser.get("/today/")
        if "How much does it hurt this morning?" in browser.text:
            form = {"entry": re.findall(r'name="entry" value="([^"]+-m)"', browser.html)[0], "pain": "2"}
            browser.post("/today/morning/", form | {"on": days[0].isoformat()})
            assert browser.path == "/today/"
        if 'name="done-' in browser.html:
            _session(browser)
            assert browser.path == "/today/"
            assert "That was today’s session" in browser.text
            sessions += 1
        else:
            assert "Nothing is planned today" in browser.text
        _check_in(browser, pain=str(6 - n // 2))
    assert sessions >= 3
    browser.get("/progress/")
    assert f"{sessions} sessions" in browser.text
    assert 'role="img"' in browser.html
    assert "<desc" in browser.html
    assert "The same as a table" in browser.text
    assert "Until you are back at your usual things" in browser.text
    assert "goes from" in browser.text or "takes its place" in browser.text
    browser.get("/history/")
    assert browser.text.count("Check-in") >= 8
    assert {entry["kind"] for entry in _diary(browser)} == {"session", "morning", "check_in"}


def test_the_same_page_sent_twice_counts_once_and_another_under_its_id_is_not_lost(
    browser: Browser, days: list[date]
) -> None:
    _start(browser)
    browser.get("/today/")
    sent = _form(browser)
    browser.post("/today/", sent)
    before = _diary(browser)
    browser.post("/today/", sent)
    assert browser.response.status_code == 200
    assert _diary(browser) == before
    changed = browser.post("/today/", sent | {"pain_before": "7"})
    assert changed.status_code == 400
    assert "correct them in your history" in browser.text
    assert _diary(browser) == before


@pytest.mark.hazard("H14")
def test_a_danger_question_comes_with_each_session_and_check_in_and_has_no_default(
    browser: Browser, days: list[date]
) -> None:
    _start(browser)
    browser.get("/today/")
    assert "new_breathlessness_or_chest_pain" in browser.html
    assert not [one for one in browser.checked() if one.startswith("answer-")]
    sent = {key: value for key, value in _form(browser).items() if not key.startswith("answer-")}
    refused = browser.post("/today/", sent)
    assert refused.status_code == 400
    assert "Choose an answer about" in browser.text
    browser.get("/check-in/")
    assert "new_breathlessness_or_chest_pain" in browser.html
    days[0] += timedelta(days=1)
    _check_in(browser)
    days[0] += timedelta(days=1)
    browser.get("/check-in/")
    assert "new_breathlessness_or_chest_pain" in browser.html


@pytest.mark.hazard("H14", "H15")
def test_an_alarm_stops_every_page_the_same_day_and_says_that_nobody_is_told(
    browser: Browser, days: list[date]
) -> None:
    _start(browser)
    days[0] += timedelta(days=4)
    _check_in(browser)
    _alarm(browser)
    assert browser.path == "/today/"
    for page in (
        "/today/", "/today/day/1/", "/today/morning/", "/check-in/", "/check-in/sign/", "/progress/", "/history/",
        "/measure/", "/measure/sit_to_stand_30_seconds/", "/seen/", "/programme/", "/programme/day/1/",
        "/programme/around/",
    ):  # fmt: skip
        browser.get(page)
        assert browser.response.status_code in (200, 404), page
        if browser.response.status_code == 404:
            continue
        assert "Your exercises are stopped since" in browser.text, page
        assert "Nobody is told what you enter here" in browser.text, page
        assert "Whom to call" in browser.text, page
        assert "exercise-figure" not in browser.html, page
        assert 'name="done-' not in browser.html, page
        assert browser.text.index("Urgent – today") < browser.text.index("Your exercises are stopped since")


@pytest.mark.hazard("H14")
def test_only_somebody_who_has_seen_it_opens_the_exercises_again(browser: Browser, days: list[date]) -> None:
    _start(browser)
    days[0] += timedelta(days=3)
    _alarm(browser)
    _check_in(browser)  # the sign is gone, and still …
    browser.get("/today/")
    assert "Your exercises are stopped since" in browser.text
    before = _seen(browser, "yes", days[0] - timedelta(days=1))
    assert before.status_code == 400
    days[0] += timedelta(days=1)
    _seen(browser, "no", days[0])
    assert "Your exercises are stopped since" in browser.text
    assert "said not to go on yet" in browser.text
    days[0] += timedelta(days=1)
    _seen(browser, "yes", days[0])
    assert "Your exercises are stopped since" not in browser.text
    browser.get("/progress/")
    assert "Your exercises are open again" in browser.text


@pytest.mark.hazard("H14")
def test_a_sign_taken_back_keeps_the_exercises_stopped_and_both_words(
    browser: Browser, days: list[date]
) -> None:
    _start(browser)
    _alarm(browser)
    assert "You took back the sign" not in browser.text
    browser.get("/history/1/")
    entry = re.findall(r'name="entry" value="([^"]+)"', browser.html)[0]
    browser.post("/history/1/", {"entry": entry, "take_back": "1"})
    assert browser.path == "/history/"
    assert "Taken back." in browser.text
    assert re.search(r"<s>[^<]*calf", browser.html)
    browser.get("/today/")
    assert "Your exercises are stopped since" in browser.text
    assert "You took back the sign" in browser.text


@pytest.mark.hazard("H14")
def test_not_sure_about_a_danger_does_not_pass_for_no(browser: Browser, days: list[date]) -> None:
    _start(browser)
    _check_in(browser, danger="unsure")
    told = browser.text
    assert "stopped" in told or "nothing is made harder" in told


def test_a_correction_keeps_what_was_said_before(browser: Browser, days: list[date]) -> None:
    _start(browser)
    _check_in(browser, pain="8")
    browser.get("/history/1/")
    assert re.search(r'value="8" selected', browser.html)
    browser.post("/history/1/", _form(browser, pain="3"))
    assert browser.path == "/history/"
    assert "Worst pain: 3 out of 10" in browser.text
    assert "<s>Worst pain: 8 out of 10</s>" in browser.html
    kinds = [entry["kind"] for entry in _diary(browser)]
    assert kinds == ["check_in", "correction"]
    browser.get("/progress/")
    assert "kept and crossed out" in browser.text
    browser.get("/history/1/")
    browser.post("/history/1/", _form(browser, pain="4"))
    assert "<s>Worst pain: 3 out of 10</s>" in browser.html


def test_a_session_can_be_corrected_exercise_by_exercise(browser: Browser, days: list[date]) -> None:
    _start(browser)
    _session(browser, pain="5", pain_worst="")
    browser.get("/history/1/")
    exercise = browser.names(r'name="done-([a-z0-9_]+)"')[0]
    browser.post("/history/1/", _form(browser, pain="1", **{f"done-{exercise}": "no"}))
    last = _diary(browser)[-1]
    assert last["kind"] == "correction"
    assert next(i for i in last["becomes"]["items"] if i["exercise"] == exercise)["done"] is False


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    browser: Browser, days: list[date]
) -> None:
    _start(browser)
    browser.get("/check-in/")
    wrong = browser.post(
        "/check-in/", _form(browser, pain="", sleep_hours="99", load_minutes="an hour", note="a long day")
    )
    assert wrong.status_code == 400
    for field in ("pain_worst", "sleep_hours", "load_minutes"):
        assert f'href="#{field}"' in browser.html
        assert f'id="{field}-fault"' in browser.html
    assert 'value="99"' in browser.html
    assert 'value="an hour"' in browser.html
    assert "a long day" in browser.html
    assert "Error:" in browser.html
    assert _diary(browser) == []


def test_an_entry_may_be_for_another_day_and_not_for_one_that_cannot_be(
    browser: Browser, days: list[date]
) -> None:
    _start(browser)
    days[0] += timedelta(days=3)
    browser.get("/check-in/")
    for wrong in (DAY_1 - timedelta(days=1), days[0] + timedelta(days=2)):
        assert browser.post("/check-in/", _form(browser) | {"on": wrong.isoformat()}).status_code == 400
    browser.post("/check-in/", _form(browser) | {"on": (DAY_1 + timedelta(days=1)).isoformat()})
    assert _diary(browser)[0]["on"] == (DAY_1 + timedelta(days=1)).isoformat()


@pytest.mark.hazard("H14")
def test_an_alarm_of_a_day_that_has_begun_elsewhere_stops_today(browser: Browser, days: list[date]) -> None:
    """Where the person is, it may be tomorrow already."""
    _start(browser)
    browser.get("/check-in/")
    tomorrow = {"on": (days[0] + timedelta(days=1)).isoformat()}
    browser.post("/check-in/", _form(browser, danger="present") | tomorrow)
    assert "Your exercises are stopped since" in browser.text


@pytest.mark.hazard("H41")
def test_an_old_measurement_is_shown_with_its_day(browser: Browser, days: list[date]) -> None:
    _start(browser)
    browser.get("/measure/")
    assert "Tests at home" in browser.text
    name = browser.names(r'href="/measure/([a-z0-9_]+)/"')
    measure = next(one for one in name if one.startswith("pain_"))
    browser.get(f"/measure/{measure}/")
    entry = re.findall(r'name="entry" value="([^"]+)"', browser.html)[0]
    data = {"entry": entry, "value-1": "4", "on": days[0].isoformat(), "method": "said"}
    browser.post(f"/measure/{measure}/", data)
    assert browser.path == "/progress/"
    assert "your first value" in browser.text
    assert "last measured on" not in browser.text
    days[0] += timedelta(days=60)
    browser.get("/progress/")
    assert "last measured on 2 November 2026" in browser.text.replace("Monday ", "")


def test_an_impossible_measurement_is_refused_beside_its_field(browser: Browser, days: list[date]) -> None:
    _start(browser)
    measure = "active_knee_extension_deficit_degrees"
    browser.get(f"/measure/{measure}/")
    assert "Not before we know about" in browser.text
    told = {"about-duration_days": "30", "about-pain_score_0_to_10": "3", "on": days[0].isoformat()}
    entry = re.findall(r'name="entry" value="([^"]+)"', browser.html)[0]
    browser.post(f"/measure/{measure}/", told | {"entry": entry})
    before = _diary(browser)
    entry = re.findall(r'name="entry" value="([^"]+)"', browser.html)[0]
    wrong = browser.post(
        f"/measure/{measure}/", {"entry": entry, "value-1": "900", "on": days[0].isoformat()}
    )
    assert wrong.status_code == 400
    assert 'id="value-1-fault"' in browser.html
    assert 'value="900"' in browser.html
    assert _diary(browser) == before


@pytest.mark.hazard("H34")
def test_a_test_that_is_not_for_this_person_cannot_be_entered(browser: Browser, days: list[date]) -> None:
    _start(browser)
    browser.get("/measure/")
    shut = browser.text.partition("Not for you now")[2]
    assert shut
    browser.get("/measure/single_leg_hop_symmetry_percent/")
    assert "Not " in browser.text
    assert 'name="value-1"' not in browser.html
    browser.post("/measure/single_leg_hop_symmetry_percent/", {"value-1": "90", "on": days[0].isoformat()})
    assert _diary(browser) == []


def test_starting_twice_follows_one_programme(browser: Browser, days: list[date]) -> None:
    _start(browser)
    _check_in(browser)
    browser.post("/programme/start/")
    assert len(_diary(browser)) == 1
    browser.get("/programme/")
    assert "Start this programme" not in browser.text
    assert "Go to today" in browser.text


@pytest.mark.hazard("H01", "H14")
def test_a_shut_gate_cannot_be_passed_by_starting(browser: Browser, days: list[date]) -> None:
    browser.begin(age="45")
    browser.write("my left calf is swollen and warm since a long flight, no injury")
    browser.to_check()
    browser.post("/programme/start/")
    assert browser.path == "/programme/"
    assert "No exercises yet" in browser.text
    browser.get("/today/")
    assert browser.path == "/programme/"


def test_without_a_course_its_pages_lead_to_the_programme_or_the_start(browser: Browser) -> None:
    for page in ("/today/", "/check-in/", "/progress/", "/history/", "/measure/", "/seen/"):
        browser.get(page)
        assert browser.path == "/"


@pytest.mark.hazard("H14")
def test_a_dangerous_answer_changed_in_the_first_sitting_stops_the_exercises_too(
    browser: Browser, days: list[date]
) -> None:
    _start(browser)
    browser.get("/check/")
    change = next(
        page for page in browser.names(r'href="(/questions/\d+/change/)"')
        if "new_breathlessness_or_chest_pain" in browser.get(page).content.decode()
    )  # fmt: skip
    browser.post(change, {"tick": ["new_breathlessness_or_chest_pain"]})
    browser.get("/today/")
    assert browser.path == "/emergency/"


@pytest.mark.hazard("H20")
def test_a_programme_of_older_knowledge_says_what_is_different(browser: Browser, days: list[date]) -> None:
    from kneewise.store.models import Course, Sitting

    _start(browser)
    sitting = Sitting.objects.get(pk=browser.client.session["sitting"])
    made = sitting.course.programme
    first = made["week"][0]["items"][0]
    other = "wall_sit" if first["exercise"] != "wall_sit" else "clamshell"
    older = made | {
        "knowledge_version": "older",
        "week": [{"day": 1, "items": [first | {"exercise": other}]}],
    }
    again = Sitting.objects.create(
        door=sitting.door, case=sitting.case, done=sitting.done, steps=sitting.steps
    )
    Course.start(again, older, DAY_1)
    session = browser.client.session
    session["sitting"] = again.pk
    session.save()
    browser.get("/progress/")
    assert "What kneewise knows has changed since your programme was made" in browser.text


def test_a_diary_is_erased_with_all_the_rest(browser: Browser, days: list[date]) -> None:
    from kneewise.store.models import DiaryEntry

    before = DiaryEntry.objects.count()
    _start(browser)
    _check_in(browser)
    assert DiaryEntry.objects.count() == before + 1
    browser.post("/your-data/erase/", {"sure": "1"})
    assert DiaryEntry.objects.count() == before


def test_beginning_anew_asks_before_it_erases_a_diary(browser: Browser, days: list[date]) -> None:
    _start(browser)
    _check_in(browser)
    browser.get("/")
    assert "Go to today of your programme" in browser.text
    browser.post("/", {"door": "hurts"})
    assert "erases it, your diary and your answers" in browser.text
    assert len(_diary(browser)) == 1
    browser.get("/carry-on/")
    assert browser.path == "/today/"
    browser.post("/", {"door": "hurts", "sure": "1"})
    assert browser.path == "/who/"
    browser.get("/today/")
    assert "Your exercises" not in browser.text


def test_no_address_of_a_course_carries_an_answer(browser: Browser, days: list[date]) -> None:
    _start(browser)
    _session(browser)
    _check_in(browser)
    _alarm(browser)
    _seen(browser, "yes", days[0])
    assert not [one for one in browser.addresses if "?" in one or "swelling" in one or "pain=" in one]


# --- the API ---------------------------------------------------------------------------------------------


def _planned(browser: Browser) -> dict[str, Any]:
    case = {"text": ACHE, "person": {"age": 35, "sex": "female"}, "side": "left", "evidence": []}
    case["evidence"] = [{"id": "duration_days", "value": 30}, {"id": "pain_score_0_to_10", "value": 4}]
    case |= {"on": DAY_1.isoformat()}
    answered = browser.client.post("/api/v1/plan", {"case": case}, content_type="application/json")
    return dict(answered.json())


def _reviewed(browser: Browser, body: Any) -> Any:
    return browser.client.post("/api/v1/review", body, content_type="application/json")


def test_the_api_reviews_a_diary_as_the_library_does(browser: Browser) -> None:
    import kneewise
    from kneewise.pathway.review import review_programme

    programme, on = _planned(browser), (DAY_1 + timedelta(days=3)).isoformat()
    diary = [{"id": "1", "on": on, "kind": "check_in", "findings": {"calf_swelling": True}}]
    answered = _reviewed(browser, {"programme": programme, "diary": diary, "on": on})
    assert answered.status_code == 200
    assert answered.json() == dict(review_programme(programme, diary, on, kneewise.default_engine()))
    assert _reviewed(browser, {"programme": programme, "on": on}).json()["alarms"] == []


@pytest.mark.parametrize(
    "change",
    [
        {"programme": None}, {"programme": {}}, {"diary": {}}, {"diary": [1]}, {"on": "soon"}, {"on": 3},
        {"diary": [{"id": "1", "on": "2026-11-03", "kind": "nonsense"}]}, {"more": 1}, {"on": "2020-01-01"},
    ],
)  # fmt: skip
def test_the_api_says_what_is_wrong_with_a_diary(browser: Browser, change: dict[str, Any]) -> None:
    body = {"programme": _planned(browser), "diary": [], "on": DAY_1.isoformat()} | change
    answered = _reviewed(browser, body)
    assert answered.status_code == 400
    assert answered.headers["Content-Type"].startswith("application/problem+json")
    assert answered.json()["mend"]


def test_a_diary_of_a_thousand_days_fits_the_api(browser: Browser) -> None:
    programme = _planned(browser)
    items = [{"exercise": "glute_bridge", "done": True, "pain_during": 1, "sets": 3, "reps": 10}] * 8
    diary = [
        {"id": str(n), "on": (DAY_1 + timedelta(days=n)).isoformat(), "kind": "session", "items": items}
        for n in range(1000)
    ]
    answered = _reviewed(
        browser, {"programme": programme, "diary": diary, "on": (DAY_1 + timedelta(days=1000)).isoformat()}
    )
    assert answered.status_code == 200
    assert len(answered.json()["sessions"]["done"]) == 1000
