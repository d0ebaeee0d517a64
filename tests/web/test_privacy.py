"""Nothing in an address, a header, a log or another host; erased means gone."""

from __future__ import annotations

import io
import logging
import os
import re
import stat
from pathlib import Path

import pytest

from kneewise.web import own_files
from tests.web.conftest import Browser

SECRET = "zebrafish elbow"


def _whole_way(browser: Browser, secret: str = SECRET) -> None:
    browser.begin()
    browser.write(f"stiff behind the knees after sitting all day, {secret}")
    browser.to_check()
    browser.to_result()
    browser.get("/programme/")
    for page in ("/your-data/", "/about/", "/accessibility/", "/nothing-here/", "/check/"):
        browser.get(page)


@pytest.mark.hazard("H24")
def test_no_answer_in_any_address(browser: Browser) -> None:
    _whole_way(browser)
    known = re.compile(
        r"^/(questions/(\d+|back|last)/(change/|not-sure/|one-by-one/)?|[a-z-]*/?([a-z-]+/)?)$"
    )
    for address in browser.addresses:
        assert "?" not in address
        assert known.match(address), address


@pytest.mark.hazard("H24")
def test_no_page_points_to_another_host(browser: Browser) -> None:
    _whole_way(browser)
    for page in browser.pages:
        for address in re.findall(r'(?:href|src|action|srcset|data|poster)="([^"]+)"', page):
            assert address.startswith(("/", "#")), address
            assert not address.startswith("//")
        assert "url(" not in page.replace("url(#", "")  # a shape of the same picture is no address
        # Scripts are files of our own, never words in the page.
        for opened, inside in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL):
            assert re.search(r' src="/static/kneewise/[a-z-]+\.js\?v=', opened)
            assert not inside
        assert not re.search(r'\sstyle="', page)
        assert "<style" not in page
        assert not re.search(r"\son[a-z]+=", page)


def test_the_style_sheet_loads_nothing_from_elsewhere(browser: Browser) -> None:
    browser.get("/")
    for path in (browser.names(r'rel="stylesheet" href="([^"]+)"')[0], "/figures.css"):
        response = browser.client.get(path)
        style = b"".join(response) if response.streaming else response.content
        assert response.status_code == 200
        assert b"url(" not in style
        assert b"@import" not in style


@pytest.mark.hazard("H24")
@pytest.mark.parametrize("path", ["/", "/who/", "/your-data/", "/nothing/", "/api/v1/health"])
def test_headers_keep_the_page_to_itself(browser: Browser, path: str) -> None:
    browser.begin()
    headers = browser.get(path, follow=False).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_cookies_are_out_of_reach_of_scripts_and_hold_no_answer(browser: Browser) -> None:
    _whole_way(browser)
    for cookie in browser.client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert re.fullmatch(r"[A-Za-z0-9]+", cookie.value)


def test_forms_need_their_token(strict_browser: Browser) -> None:
    assert strict_browser.post("/", {"door": "hurts"}).status_code == 403
    assert "too old to send" in strict_browser.text
    strict_browser.get("/")
    token = strict_browser.names(r'name="csrfmiddlewaretoken" value="([^"]+)"')[0]
    strict_browser.post("/", {"door": "hurts", "csrfmiddlewaretoken": token})
    assert strict_browser.path == "/who/"


@pytest.mark.hazard("H24")
def test_the_log_holds_no_answer_even_when_it_fails(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kneewise.web.views import outcome

    def fail(sitting: object, turn: object) -> None:
        raise ValueError(SECRET)

    browser.begin()
    browser.write(SECRET)
    browser.to_check()
    monkeypatch.setattr(outcome, "programme_for", fail)
    browser.client.raise_request_exception = False
    written = io.StringIO()
    handlers = [h for h in logging.getLogger("django").handlers if isinstance(h, logging.StreamHandler)]
    assert handlers
    old = handlers[0].setStream(written)
    browser.post("/check/")
    if old is not None:
        handlers[0].setStream(old)
    assert browser.response.status_code == 500
    assert "our fault" in browser.text
    assert SECRET not in browser.html
    assert "ValueError" in written.getvalue()
    assert SECRET not in written.getvalue()


@pytest.mark.hazard("H24")
def test_erased_is_gone_from_the_file(browser: Browser) -> None:
    secret = "the penguin in the attic"
    _whole_way(browser, secret)
    file = Path(os.environ["KNEEWISE_DATA_FILE"])
    stored = b"".join(part.read_bytes() for part in file.parent.glob(file.name + "*"))
    assert secret.encode() in stored
    assert browser.post("/your-data/erase/", {}).status_code == 400
    browser.post("/your-data/erase/", {"sure": "1"})
    assert "erased" in browser.text
    left = b"".join(part.read_bytes() for part in file.parent.glob(file.name + "*"))
    assert secret.encode() not in left
    browser.get("/result/")
    assert browser.path == "/"


def test_a_new_start_erases_the_old_sitting(browser: Browser) -> None:
    from kneewise.store.models import Sitting

    browser.begin()
    before = Sitting.objects.count()
    browser.begin()
    assert Sitting.objects.count() == before


def test_download_holds_all_and_can_be_assessed(browser: Browser) -> None:
    import json

    from kneewise import default_engine

    _whole_way(browser)
    response = browser.get("/your-data/download/")
    value = json.loads(response.content)
    assert SECRET in value["stored"]["case"]["text"]
    assert default_engine().assess(value["case"])["screen_complete"]


def test_the_private_file_is_its_owners_alone(browser: Browser) -> None:
    browser.begin()
    file = Path(os.environ["KNEEWISE_DATA_FILE"])
    for part in file.parent.glob(file.name + "*"):
        assert stat.S_IMODE(part.stat().st_mode) == 0o600, part
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_private_file_is_safe_and_forgets(browser: Browser) -> None:
    from django.db import connection

    browser.begin()
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


def test_sittings_of_two_browsers_never_meet(browser: Browser, strict_browser: Browser) -> None:
    browser.begin()
    browser.write(SECRET)
    strict_browser.get("/check/")
    assert strict_browser.path == "/"
    assert SECRET not in strict_browser.html


def test_a_page_that_names_a_file_that_is_not_there_is_our_fault_and_says_which() -> None:
    with pytest.raises(FileNotFoundError, match=r"kneewise/nothing\.js"):
        own_files.address("nothing.js")
