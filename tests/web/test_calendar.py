"""The sessions in the person's own calendar, through the pages: kept wishes, the file, the feed, an alarm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import vobject

from tests.exchange.test_calendar import CalendarClient
from tests.web.begun import begin_course, calendar_of_the_tests
from tests.web.conftest import Browser
from tests.web.test_following import DAY_1, _alarm, _check_in, _seen


@pytest.fixture
def days() -> Iterator[list[date]]:
    """The day it is."""
    with calendar_of_the_tests() as now:
        yield now


GOOD = {
    "at": "07:30",
    "minutes": "20",
    "reminder": "30",
    "title": "own",
    "own_title": "Appointment",
    "zone": "Europe/London",
}


def _file(browser: Browser) -> Any:
    response = browser.client.post("/calendar/download/")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/calendar")
    return response


def _feed_address(browser: Browser) -> str:
    browser.get("/calendar/")
    return re.findall(r"http://testserver(/calendar/[A-Za-z0-9_-]+\.ics)", browser.html)[0]


def _training_days(browser: Browser, today: date) -> list[date]:
    """The days of the next four weeks on which the pages ask for a session."""
    week = browser.client.get("/your-data/download/").json()["stored"]["course"]["programme"]["week"]
    training = {day["day"] for day in week}
    return [on for n in range(28) if ((on := today + timedelta(days=n)) - DAY_1).days % 7 + 1 in training]


def test_the_wishes_are_kept_and_stand_in_the_file(browser: Browser, days: list[date]) -> None:
    begin_course(browser)
    browser.get("/calendar/")
    assert "title=neutral" in browser.checked()
    browser.post("/calendar/", GOOD)
    assert browser.path == "/calendar/"
    assert 'value="Appointment"' in browser.html
    assert "title=own" in browser.checked()
    response = _file(browser)
    assert response.headers["Content-Disposition"] == 'attachment; filename="sessions.ics"'
    events = vobject.readOne(response.content.decode()).vevent_list
    assert [event.dtstart.value.date() for event in events] == _training_days(browser, DAY_1)
    assert {event.dtstart.value.strftime("%H:%M") for event in events} == {"07:30"}
    assert {event.summary.value for event in events} == {"Appointment"}
    assert {event.valarm.trigger.value for event in events} == {timedelta(minutes=-30)}
    assert "knee" not in re.sub(r"PRODID.*", "", response.content.decode()).lower()


def test_the_file_says_nothing_about_health_before_anything_was_chosen(
    browser: Browser, days: list[date]
) -> None:
    begin_course(browser)
    file = _file(browser).content.decode()
    assert set(re.findall(r"SUMMARY:(.*)\r\n", file)) == {"kneewise session"}
    assert not vobject.readOne(file).vevent.contents.get("description")
    browser.post("/calendar/", GOOD | {"title": "telling"})
    assert vobject.readOne(_file(browser).content.decode()).vevent.description.value


WRONG = (
    ({"at": "7 pm"}, "at"), ({"at": ""}, "at"), ({"at": "18:300"}, "at"), ({"minutes": "9999"}, "minutes"),
    ({"minutes": "\u0663"}, "minutes"), ({"reminder": "soon"}, "reminder"), ({"title": "x"}, "title"),
    ({"own_title": " \u202e "}, "own_title"), ({"own_title": "x" * 90}, "own_title"),
    ({"zone": "../../etc/passwd"}, "zone"),
)  # fmt: skip


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    browser: Browser, days: list[date]
) -> None:
    begin_course(browser)
    for wrong, field in WRONG:
        refused = browser.post("/calendar/", GOOD | {"own_title": "Zoë & <b>x</b>"} | wrong)
        assert refused.status_code == 400, wrong
        assert f'href="#{field}"' in browser.html
        assert f'id="{field}-fault"' in browser.html
        assert re.search(rf'id="{field}"', browser.html)
        assert "<b>x</b>" not in browser.html
        if "own_title" not in wrong:
            assert "Zoë &amp; &lt;b&gt;x&lt;/b&gt;" in browser.html
        browser.get("/calendar/")
        assert 'value="18:00"' in browser.html  # nothing was kept


def test_a_feed_is_off_until_it_is_wanted_and_its_address_is_all_it_needs(
    browser: Browser, days: list[date]
) -> None:
    begin_course(browser)
    browser.get("/calendar/")
    assert ".ics" not in browser.html.replace("(.ics)", "")
    browser.post("/calendar/feed/", {"feed": "on"})
    address = _feed_address(browser)
    assert len(address) > 50
    stranger = Browser()
    feed = stranger.client.get(address)
    assert feed.status_code == 200
    assert not feed.cookies
    assert feed.headers["Cache-Control"] == "no-store"
    assert feed.content == stranger.client.get(address).content  # nothing changed: the same to the byte
    browser.post("/calendar/feed/", {"feed": "renew"})
    new = _feed_address(browser)
    assert new != address
    assert stranger.client.get(address).status_code == 404
    assert stranger.client.get(new).status_code == 200
    browser.post("/calendar/feed/", {"feed": "off"})
    assert stranger.client.get(new).status_code == 404
    assert stranger.client.get("/calendar/None.ics").status_code == 404
    assert stranger.client.get("/calendar/.ics").status_code == 404


def test_the_feed_ends_when_everything_is_erased(browser: Browser, days: list[date]) -> None:
    begin_course(browser)
    browser.post("/calendar/feed/", {"feed": "on"})
    address = _feed_address(browser)
    browser.post("/your-data/erase/", {"sure": "1"})
    assert Browser().client.get(address).status_code == 404


@pytest.mark.hazard("H14")
def test_an_alarm_takes_the_sessions_ahead_out_of_the_calendar_and_they_come_back(
    browser: Browser,
    days: list[date],
) -> None:
    begin_course(browser)
    browser.post("/calendar/", GOOD | {"zone": "UTC"})
    browser.post("/calendar/feed/", {"feed": "on"})
    address, phone = _feed_address(browser), CalendarClient()
    phone.take(browser.client.get(address).content)
    assert phone.days == _training_days(browser, DAY_1)
    days[0] += timedelta(days=4)
    _check_in(browser)
    _alarm(browser)
    phone.take(browser.client.get(address).content)
    assert phone.days == [on for on in _training_days(browser, DAY_1) if on < days[0]]
    browser.get("/calendar/")
    assert "takes out the sessions ahead" in browser.text
    days[0] += timedelta(days=3)
    _seen(browser, "yes", days[0])
    phone.take(browser.client.get(address).content)
    assert [on for on in phone.days if on >= days[0]] == _training_days(browser, days[0])
    # The file carries on from what the feed told: one count for both.
    phone.take(_file(browser).content)
    assert [on for on in phone.days if on >= days[0]] == _training_days(browser, days[0])


def test_without_a_programme_there_is_no_calendar_and_a_get_changes_nothing(
    browser: Browser, days: list[date]
) -> None:
    browser.begin()
    browser.get("/calendar/")
    assert not browser.path.startswith("/calendar/")
    assert browser.client.get("/calendar/download/").status_code == 405
    assert browser.client.get("/calendar/feed/").status_code == 405


def test_behind_a_pairing_only_the_secret_address_of_a_feed_is_open(
    browser: Browser, days: list[date]
) -> None:
    from django.http import HttpResponse
    from django.test import RequestFactory, override_settings

    from kneewise.web.pairing import OnlyPairedPhones

    begin_course(browser)
    browser.post("/calendar/feed/", {"feed": "on"})
    with override_settings(PAIRING_CODE="a code"):
        door = OnlyPairedPhones(lambda request: HttpResponse("in"))
        paths = (
            _feed_address(browser),
            "/calendar/",
            "/calendar/x.ics",
            "/calendar/../today/.ics",
            "/today/",
        )
        answers = [door(RequestFactory().get(path)).status_code for path in paths]
    assert answers == [200, 403, 403, 403, 403]
