"""The session player's server side: what it is given, what comes back from a device, and what keeps it safe."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest

from kneewise.pathway.session import pace
from tests.web.conftest import Browser
from tests.web.test_following import ACHE, DAY_1, _alarm, _diary, _form, _start, days

__all__ = ["days"]  # the fixture of the person's calendar
ENTRIES, STATE = "/today/session/entries/", "/today/session/state/"


def _data(browser: Browser) -> dict[str, Any]:
    browser.get("/today/session/")
    found = re.search(r'<script id="session-data" type="application/json">(.*?)</script>', browser.html)
    assert found
    return dict(json.loads(found.group(1)))


def _entry(browser: Browser, **more: Any) -> dict[str, Any]:
    items = [
        {"exercise": one["id"], "done": True, "pain_during": 2, "sets": one["sets"]}
        for one in _data(browser)["exercises"]
    ]
    return {
        "id": "AAAAAAAA-1",
        "on": DAY_1.isoformat(),
        "kind": "session",
        "items": items,
        "pain_before": 3,
        "pain_after": 2,
        **more,
    }


def _send(browser: Browser, *entries: Any, course: str | None = None) -> Any:
    body = {"course": course or browser.client.get(STATE).json()["course"], "entries": list(entries)}
    return browser.client.post(ENTRIES, json.dumps(body), content_type="application/json")


def test_the_page_carries_all_that_the_player_needs(browser: Browser, days: list[date]) -> None:
    _start(browser)
    browser.get("/today/")
    assert 'href="/today/session/"' in browser.html
    planned = browser.names(r'name="done-([a-z0-9_]+)"')
    data = _data(browser)
    assert [one["id"] for one in data["exercises"]] == planned
    assert data["on"] == DAY_1.isoformat()
    assert data["due"]
    for one in data["exercises"]:
        assert one["sets"] >= 1
        assert one["sides"]
        assert one["moving"] is None or "style=" not in one["moving"]["svg"]
    assert browser.response.headers["Kneewise-Session"] == "open"


def test_without_scripts_the_session_is_a_list_that_goes_to_today(browser: Browser, days: list[date]) -> None:
    _start(browser)
    browser.get("/today/session/")
    plain = browser.html.partition('<div id="player"')[0]
    assert '<form method="post" action="/today/"' in plain
    sent = _form(browser)
    sent["entry"] = re.findall(r'name="entry" value="([^"]+)"', plain)[0]
    browser.post("/today/", sent)
    assert browser.path == "/today/"
    assert "That was today’s session" in browser.text


@pytest.mark.hazard("H46")
def test_an_entry_counts_once_however_often_it_is_sent(browser: Browser, days: list[date]) -> None:
    _start(browser)
    entry = _entry(browser)
    for _ in range(3):
        answer = _send(browser, entry)
        assert answer.status_code == 200
        assert [one["state"] for one in answer.json()["results"]] == ["kept"]
    assert _diary(browser) == [entry]
    browser.get("/today/")
    assert "That was today’s session" in browser.text


@pytest.mark.hazard("H46")
def test_other_facts_under_the_same_id_are_told_and_not_lost_in_silence(
    browser: Browser, days: list[date]
) -> None:
    _start(browser)
    entry = _entry(browser)
    _send(browser, entry)
    answer = _send(browser, entry | {"pain_after": 9}).json()["results"][0]
    assert answer["state"] == "differs"
    assert "correct them in your history" in answer["why"]
    assert _diary(browser) == [entry]


@pytest.mark.hazard("H46")
def test_what_was_done_by_an_older_plan_was_done_all_the_same(browser: Browser, days: list[date]) -> None:
    _start(browser)
    entry = _entry(browser)
    entry["items"] = [{"exercise": "wall_sit", "done": True, "pain_during": 1, "sets": 2}]
    assert "wall_sit" not in {one["id"] for one in _data(browser)["exercises"]}
    assert _send(browser, entry).json()["results"][0]["state"] == "kept"
    assert _diary(browser) == [entry]


def test_one_bad_entry_does_not_keep_the_others_back(browser: Browser, days: list[date]) -> None:
    _start(browser)
    good = _entry(browser)
    late = good | {"id": "BBBBBBBB-1", "on": (DAY_1 + timedelta(days=9)).isoformat()}
    unknown = good | {"id": "CCCCCCCC-1", "items": [{"exercise": "no_such_exercise"}]}
    visit = {"id": "DDDDDDDD-1", "on": good["on"], "kind": "clinician", "by": "doctor", "may_go_on": True}
    results = _send(browser, late, good, unknown, visit).json()["results"]
    assert [one["state"] for one in results] == ["refused", "kept", "refused", "refused"]
    assert "The day must be from" in results[0]["why"]
    assert "no exercise" in results[2]["why"]
    assert _diary(browser) == [good]


@pytest.mark.hazard("H46")
def test_entries_of_another_course_are_not_taken_for_this_person(browser: Browser, days: list[date]) -> None:
    _start(browser)
    other = Browser()
    _start(other)
    entry = _entry(browser)
    answer = _send(other, entry, course=browser.client.get(STATE).json()["course"])
    assert answer.status_code == 409
    assert "another programme" in answer.json()["detail"]
    assert _diary(other) == []
    nobody = Browser()
    assert _send(nobody, entry, course="nobody").status_code == 409


HOSTILE = [
    "", "[]", "null", '{"course":1}', '{"course":"x","entries":{}}', "{" * 5000, "\ud800".encode("utf-8", "surrogatepass"),
    '{"course":COURSE,"entries":[null]}', '{"course":COURSE,"entries":[{"id":"x"}]}',
    '{"course":COURSE,"entries":[{"id":"AAAAAAAA","kind":[],"on":{}}]}',
    '{"course":COURSE,"entries":[{"id":"AAAAAAAA","kind":"session","on":"2026-11-02","items":{"a":1}}]}',
    '{"course":COURSE,"entries":[{"id":"AAAAAAAA","kind":"session","on":"2026-11-02","items":[{"exercise":[]}]}]}',
    '{"course":COURSE,"entries":[{"id":"AAAAAAAA","kind":"session","on":"2026-11-02","signs":[1]}]}',
    '{"course":COURSE,"entries":[{"id":"AAAAAAAA","kind":"session","on":"2026-11-02","signs":{"calf_swelling":[]}}]}',
    '{"course":COURSE,"entries":[{"id":"AAAAAAAA","kind":"check_in","on":"2026-11-02","criteria":{"x":true}}]}',
    '{"course":COURSE,"entries":[{"id":"AAAAAAAA","kind":"session","on":"2026-11-02","note":"\\ud800"}]}',
    '{"course":COURSE,"entries":[{"id":"AAAAAAAA","kind":"session","on":"2026-11-02","pain_before":1e999}]}',
    '{"course":COURSE,"entries":[{"id":"AAAAAAAA","kind":"session","on":"2026-11-02","pain_before":true}]}',
    '{"course":COURSE,"course":COURSE,"entries":[]}',
]  # fmt: skip


def test_what_cannot_be_read_is_refused_kindly(browser: Browser, days: list[date]) -> None:
    _start(browser)
    course = json.dumps(browser.client.get(STATE).json()["course"])
    for body in HOSTILE:
        sent = body.replace("COURSE", course) if isinstance(body, str) else body
        answer = browser.client.post(ENTRIES, sent, content_type="application/json")
        assert answer.status_code in (200, 400), body
        if answer.status_code == 200:
            assert {one["state"] for one in answer.json()["results"]} == {"refused"}, body
        else:
            assert answer.json()["detail"], body
    assert _diary(browser) == []
    browser.get("/history/")
    assert browser.response.status_code == 200


def test_entries_need_the_token_of_this_browser(strict_browser: Browser) -> None:
    state = strict_browser.client.get(STATE).json()
    body = json.dumps({"course": state["course"], "entries": []})
    refused = strict_browser.client.post(ENTRIES, body, content_type="application/json")
    assert refused.status_code == 403
    token = {"X-CSRFToken": state["token"]}
    taken = strict_browser.client.post(ENTRIES, body, content_type="application/json", headers=token)
    assert taken.status_code == 409  # nobody follows anything here


@pytest.mark.hazard("H47")
def test_an_alarm_shuts_the_player_and_says_so_with_every_page(browser: Browser, days: list[date]) -> None:
    _start(browser)
    assert browser.client.get(STATE).json()["locked"] is False
    _alarm(browser)
    assert browser.client.get(STATE).json()["locked"] is True
    for page in ("/today/", "/today/session/", "/progress/", "/history/", "/seen/"):
        browser.get(page)
        assert browser.response.headers["Kneewise-Session"] == "locked", page
        assert "session-data" not in browser.html, page


@pytest.mark.hazard("H47")
def test_a_danger_sign_from_a_device_stops_the_exercises(browser: Browser, days: list[date]) -> None:
    _start(browser)
    sign = {
        "id": "EEEEEEEE-s1", "on": DAY_1.isoformat(), "kind": "check_in", "findings": {"calf_swelling": True},
    }  # fmt: skip
    answer = _send(browser, sign).json()
    assert answer["locked"] is True
    late = _entry_after_lock(browser)
    assert _send(browser, late).json()["results"][0]["state"] == "kept"
    browser.get("/today/")
    assert "Your exercises are stopped since" in browser.text


def _entry_after_lock(browser: Browser) -> dict[str, Any]:
    return {
        "id": "FFFFFFFF-1", "on": DAY_1.isoformat(), "kind": "session", "pain_after": 4,
        "items": [{"exercise": "glute_bridge", "done": True, "pain_during": 3}],
    }  # fmt: skip


@pytest.mark.hazard("H47")
def test_each_sign_says_on_the_page_what_the_server_would_say(browser: Browser, days: list[date]) -> None:
    from kneewise.pathway.review import review
    from kneewise.store.models import Course
    from kneewise.web.knowledge import engine

    _start(browser)
    data = _data(browser)
    course = Course.objects.order_by("-created").first()
    assert course is not None
    order = ("within_days", "same_day", "emergency")
    for finding in data["signs"]:
        told = {"id": "x", "on": DAY_1.isoformat(), "kind": "check_in", "findings": {finding: True}}
        alarms = review(course.programme, [told], DAY_1, engine())["alarms"]
        levels = [one["care_level"] for one in alarms if one["kind"] == "lock"]
        worst = max(levels, key=order.index) if levels else None
        assert data["stops"].get(f"{finding}-present") == worst, finding
        if worst:
            card = re.search(
                rf'data-sign-card="{finding}-present" hidden>(.*?)</dl>', browser.html, re.DOTALL
            )
            assert card
            assert "Whom to call" in card.group(1)


def test_the_pace_is_the_tempo_and_nothing_is_made_up() -> None:
    assert [tuple(part) for part in pace(10, 0, "3-1-2")] == [("go", 3.0), ("hold", 1.0), ("back", 2.0)]
    assert [tuple(part) for part in pace(10, 0, "3-0-3")] == [("go", 3.0), ("back", 3.0)]
    assert [tuple(part) for part in pace(1, 30, "hold")] == [("hold", 30)]
    assert [part.move for part in pace(8, 5, "steady")] == ["hold", "back"]
    for words in ("", "slow", "explosive", "5-10 min easy, RPE 3", "4 s out, reset by hand"):
        assert pace(10, 0, words) == ()


def test_the_app_can_be_installed(browser: Browser) -> None:
    worker = browser.client.get("/sw.js")
    assert worker.headers["Cache-Control"] == "no-cache"
    assert worker.headers["Service-Worker-Allowed"] == "/"
    assert worker.headers["Content-Type"].startswith("text/javascript")
    files = json.loads(re.findall(r"const OWN = (\{.*?\});", worker.content.decode())[0])["files"]
    manifest = browser.client.get("/manifest.webmanifest").json()
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for address in [*files, *(icon["src"] for icon in manifest["icons"]), manifest["start_url"]]:
        assert browser.client.get(address).status_code in (200, 302), address
    browser.begin()
    offline = browser.client.get("/offline/")
    assert b"No connection to kneewise" in offline.content


def test_scripts_are_asked_for_anew_each_time(browser: Browser) -> None:
    """A module loads another by an address without a hash: an old one would stay for a month."""
    assert browser.client.get("/static/kneewise/outbox.js").headers["Cache-Control"] == "no-cache"


def test_the_story_of_these_tests_has_a_session_with_a_pace(browser: Browser, days: list[date]) -> None:
    assert ACHE
    _start(browser)
    kinds = {part[0] for one in _data(browser)["exercises"] for part in one["pace"]}
    assert {"go", "hold", "back"} <= kinds
