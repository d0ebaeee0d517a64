"""Somebody who has begun a programme, without the long walk there: walked once, then brought back under new ids."""

from __future__ import annotations

import io
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache

import pytest

from tests.exchange.test_archive import _files, _packed
from tests.web.conftest import Browser
from tests.web.test_following import DAY_1, _start


@contextmanager
def calendar_of_the_tests() -> Iterator[list[date]]:
    """The one day that all pages take for today: change it in the list."""
    now = [DAY_1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kneewise.web.following.today", lambda: now[0])
        patch.setattr("kneewise.web.views.following.this_day", lambda: now[0])
        patch.setattr("kneewise.web.views.archive.today", lambda: now[0])
        yield now


@lru_cache(maxsize=1)
def _walked() -> dict[str, bytes]:
    with calendar_of_the_tests():
        browser = Browser()
        _start(browser)
        return _files(bytes(browser.client.post("/your-data/archive/").content))


def begin_course(browser: Browser) -> None:
    """This browser follows a programme from `DAY_1` on; it is another person's each time."""
    files = dict(_walked())
    for name in ("data/sitting.json", "data/course.json"):
        value = json.loads(files[name])
        files[name] = json.dumps(value | {"id": secrets.token_urlsafe(24)}).encode()
    browser.post("/your-data/import/", {"archive": io.BytesIO(_packed(files))})
    assert browser.path == "/your-data/import/done/"
