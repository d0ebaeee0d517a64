"""Everything taken along and brought back through the pages: the same in an empty app, asked for where it is not."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.test_archive import OLD_DOWNLOAD, _files, _packed
from tests.web.begun import begin_course, calendar_of_the_tests
from tests.web.conftest import Browser
from tests.web.test_following import DAY_1, _check_in, _diary, _session


@pytest.fixture
def days() -> Iterator[list[date]]:
    """The day it is."""
    with calendar_of_the_tests() as now:
        yield now


def _lived(browser: Browser, days: list[date], count: int = 2) -> None:
    begin_course(browser)
    browser.post(
        "/calendar/",
        {"at": "07:30", "minutes": "20", "reminder": "none", "title": "neutral", "zone": "Asia/Kolkata"},
    )
    for n in range(count):
        days[0] = DAY_1 + timedelta(days=n)
        browser.get("/today/")
        if 'name="done-' in browser.html:
            _session(browser)
        _check_in(browser)


def _archive(browser: Browser) -> bytes:
    response = browser.client.post("/your-data/archive/")
    assert response.status_code == 200
    assert re.fullmatch(
        r'attachment; filename="kneewise-[0-9-]+\.zip"', response.headers["Content-Disposition"]
    )
    return bytes(response.content)


def _send(browser: Browser, file: bytes, **more: str) -> Any:
    return browser.post("/your-data/import/", {"archive": io.BytesIO(file), **more})


def _state(archive: bytes) -> dict[str, Any]:
    names = ("sitting", "course", "programme", "diary", "calendar")
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        state = {name: json.loads(opened.read(f"data/{name}.json")) for name in names}
    state["sitting"].pop("updated")
    return state


def _erase(browser: Browser) -> None:
    browser.post("/your-data/erase/", {"sure": "1"})


def test_everything_comes_back_the_same_into_an_empty_app(browser: Browser, days: list[date]) -> None:
    _lived(browser, days)
    archive = _archive(browser)
    pages = {path: browser.get(path).content for path in ("/history/", "/check/")}
    _erase(browser)
    other = Browser()
    other.get("/your-data/import/")
    assert "Bring your data back" in other.text
    _send(other, archive)
    assert other.path == "/your-data/import/done/"
    assert "Your data is back" in other.text
    assert _state(_archive(other)) == _state(archive)
    shown = re.compile(rb"csrfmiddlewaretoken[^>]*|/static/[^\"]*")
    for path, before in pages.items():
        assert shown.sub(b"", other.get(path).content) == shown.sub(b"", before)
    other.get("/today/")
    _check_in(other)
    assert len(_diary(other)) == len(_state(archive)["diary"]) + 1


def test_bringing_it_back_twice_adds_nothing_twice(browser: Browser, days: list[date]) -> None:
    _lived(browser, days)
    archive = _archive(browser)
    before = _diary(browser)
    _send(browser, archive)
    assert "It was all here already" in browser.text
    assert _diary(browser) == before
    _check_in(browser)
    more = _diary(browser)
    _send(browser, archive)  # an older one takes nothing away
    assert "It was all here already" in browser.text
    assert _diary(browser) == more


def test_a_diary_that_went_on_elsewhere_goes_on_here(browser: Browser, days: list[date]) -> None:
    _lived(browser, days)
    early = _archive(browser)
    _check_in(browser)
    late, whole = _archive(browser), _diary(browser)
    _erase(browser)
    other = Browser()
    _send(other, early)
    _send(other, late)
    assert "Your diary goes on" in other.text
    assert _diary(other) == whole


def test_what_is_here_is_replaced_only_after_a_question(browser: Browser, days: list[date]) -> None:
    _lived(browser, days)
    archive = _archive(browser)
    _erase(browser)
    days[0] = DAY_1
    other = Browser()
    begin_course(other)
    _check_in(other)
    mine = _diary(other)
    _send(other, archive)
    assert other.response.status_code == 200
    assert "Replace what is stored here?" in other.text
    assert "A diary with 1 entry" in other.text
    assert f"A diary with {len(_state(archive)['diary'])} entries" in other.text
    assert _diary(other) == mine
    carried = re.findall(r'name="carried" value="([^"]+)"', other.html)[0]
    assert _state(archive)["sitting"]["id"] not in other.html
    refused = other.post("/your-data/import/", {"carried": carried})
    assert refused.status_code == 400
    assert "Tick the box" in other.text
    assert _diary(other) == mine
    other.post("/your-data/import/", {"carried": carried, "sure": "1"})
    assert "Your data is back" in other.text
    assert _state(_archive(other)) == _state(archive)
    from kneewise.store.models import DiaryEntry

    assert not DiaryEntry.objects.filter(entry_id=mine[0]["id"]).exists()


def test_the_name_comes_back_where_nobody_has_it(browser: Browser, days: list[date]) -> None:
    _lived(browser, days, 1)
    browser.post("/people/you/", {"name": "Zoë-7", "mark": "brown_star"})
    archive = _archive(browser)
    _erase(browser)
    other = Browser()
    _send(other, archive)
    other.get("/people/")
    assert "Zoë-7" in other.text


def test_the_older_download_comes_in_and_its_pages_work(browser: Browser, days: list[date]) -> None:
    days[0] = date(2026, 11, 21)
    _send(browser, OLD_DOWNLOAD.read_bytes())
    assert "Your data is back" in browser.text
    old = json.loads(OLD_DOWNLOAD.read_bytes())
    assert _diary(browser) == old["stored"]["course"]["diary"]
    for path in (
        "/check/",
        "/result/",
        "/programme/",
        "/today/",
        "/progress/",
        "/history/",
        "/questions/1/",
        "/understood/",
        "/calendar/",
    ):
        assert browser.get(path).status_code == 200, path


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"not a zip",
        b"PK\x05\x06" + b"\0" * 18,
        b"{}",
        b'{"stored": []}',
        b"[" * 100_000,
        b'{"stored": {"case": {}, "course": 3}}',
    ],
)
def test_a_file_that_is_no_archive_is_refused_beside_its_field(browser: Browser, file: bytes) -> None:
    refused = _send(browser, file)
    assert refused.status_code == 400
    assert 'href="#archive"' in browser.html
    assert 'id="archive-fault"' in browser.html
    assert "Error:" in browser.html


def test_no_file_two_files_and_a_file_in_the_wrong_field_are_refused(browser: Browser) -> None:
    assert browser.post("/your-data/import/").status_code == 400
    assert (
        browser.post("/your-data/import/", {"archive": [io.BytesIO(b"a"), io.BytesIO(b"b")]}).status_code
        == 400
    )
    assert browser.post("/your-data/import/", {"other": io.BytesIO(b"a")}).status_code == 400
    assert browser.post("/your-data/import/", {"carried": "%%%"}).status_code == 400
    assert browser.post("/your-data/import/", {"carried": "AAAA", "sure": "1"}).status_code == 400


def test_a_file_that_is_too_large_is_refused_unread_and_other_pages_take_none(browser: Browser) -> None:
    refused = _send(browser, b"PK" + b"\0" * (17 * 1024 * 1024))
    assert refused.status_code == 413
    assert "This file is too large" in browser.text
    assert browser.post("/words/", {"text": io.BytesIO(b"x" * 600_000)}).status_code == 413


def test_the_form_needs_its_token(browser: Browser) -> None:
    guarded = Browser(enforce_csrf=True)
    assert guarded.client.post("/your-data/import/", {"archive": io.BytesIO(b"x")}).status_code == 403
    guarded.get("/your-data/import/")
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', guarded.html)[0]
    assert _send(guarded, b"x", csrfmiddlewaretoken=token).status_code == 400


@pytest.mark.hazard("H32")
def test_nothing_of_a_file_that_was_sent_stays_when_it_was_not_taken_in(
    browser: Browser, days: list[date]
) -> None:
    from django.conf import settings
    from django.db import connection

    _lived(browser, days, 1)
    files = _files(_archive(browser))
    diary = json.loads(files["data/diary.json"])
    diary[0]["note"] = "a most secret note of the file"
    files["data/diary.json"] = json.dumps(diary).encode()
    _send(browser, _packed(files))
    assert "Replace what is stored here?" in browser.text
    connection.close()
    private = Path(settings.DATA_FILE)
    for part in (private, private.with_name(private.name + "-wal")):
        assert b"most secret note of the file" not in (part.read_bytes() if part.exists() else b"")


def test_the_page_of_your_data_offers_both_ways(browser: Browser) -> None:
    browser.get("/your-data/")
    assert 'href="/your-data/import/"' in browser.html
    browser.begin()
    browser.get("/your-data/")
    assert 'action="/your-data/archive/"' in browser.html
    assert 'href="/your-data/import/"' in browser.html
    with zipfile.ZipFile(io.BytesIO(_archive(browser))) as opened:
        assert "README.txt" in opened.namelist()
