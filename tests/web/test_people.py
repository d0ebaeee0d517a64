"""Several people on one device: kept apart, found by name and mark, erased one by one or all together."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import Browser


@pytest.fixture(autouse=True)
def _nobody_stays() -> Iterator[None]:
    yield
    from kneewise.store.models import Person

    Person.objects.exclude(name="").delete()


def _named(name: str, mark: str, secret: str) -> Browser:
    browser = Browser()
    browser.begin()
    browser.write(secret)
    browser.post("/people/you/", {"name": name, "mark": mark})
    assert browser.path == "/people/", browser.text
    return browser


def _person(browser: Browser, name: str) -> str:
    found = re.search(
        rf'name="person" value="([^"]+)"[^>]*>(?:(?!</button>).)*>{name}<', browser.html, re.DOTALL
    )
    assert found, f"{name} is not on {browser.path}"
    return found[1]


def test_one_person_needs_no_name_and_sees_nothing_of_it(browser: Browser) -> None:
    browser.begin()
    browser.get("/")
    assert "Have you been here before?" not in browser.text
    assert 'class="who"' not in browser.html


@pytest.mark.hazard("H24")
def test_people_have_answers_of_their_own_and_change_places() -> None:
    browser = _named("Ada", "blue_square", "aches behind the knee, zebra")
    browser.post("/people/be/", {"person": ""})
    assert browser.path == "/"
    assert "zebra" not in browser.html
    browser.begin()
    browser.write("stiff thigh, walrus")
    browser.post("/people/you/", {"name": "Bo", "mark": "red_triangle"})
    browser.post("/people/be/", {"person": _person(browser, "Ada")})
    browser.get("/words/")
    assert "zebra" in browser.html
    assert "walrus" not in browser.html
    browser.get("/people/")
    browser.post("/people/be/", {"person": _person(browser, "Bo")})
    browser.get("/words/")
    assert "walrus" in browser.html
    assert "zebra" not in browser.html


@pytest.mark.parametrize("next_one", ["Bo", "somebody new"])
def test_a_page_left_open_does_not_write_into_the_answers_of_who_came_after(next_one: str) -> None:
    browser = Browser(enforce_csrf=True)
    _named("Bo", "blue_square", "his secret words")

    def send(path: str, data: dict[str, str]) -> Any:
        token = browser.names(r'name="csrfmiddlewaretoken" value="([^"]+)"')[0]
        return browser.post(path, {**data, "csrfmiddlewaretoken": token})

    browser.get("/")
    send("/", {"door": "hurts"})
    browser.get("/people/you/")
    send("/people/you/", {"name": "Ann", "mark": "teal_circle"})
    browser.get("/words/")
    left_open = browser.names(r'name="csrfmiddlewaretoken" value="([^"]+)"')[0]
    browser.get("/people/")
    send("/people/be/", {"person": _person(browser, "Bo") if next_one == "Bo" else ""})
    if next_one != "Bo":
        send("/", {"door": "hurts"})
    browser.post("/words/", {"text": "Ann wrote this", "csrfmiddlewaretoken": left_open})
    assert browser.response.status_code == 403
    assert "This page is too old to send" in browser.text
    browser.get("/words/change/")
    assert "Ann wrote this" not in browser.html


def test_another_browser_of_the_device_finds_a_person_by_name(browser: Browser) -> None:
    _named("Ada", "blue_square", "aches behind the knee, zebra")
    browser.get("/")
    assert "Have you been here before?" in browser.text
    browser.post("/people/be/", {"person": _person(browser, "Ada")})
    browser.get("/words/")
    assert "zebra" in browser.html


@pytest.mark.hazard("H24")
def test_who_gave_no_name_is_found_by_nobody_else(browser: Browser) -> None:
    from kneewise.store.models import Person

    other = Browser()
    other.begin()
    unnamed = other.client.session["person"]
    assert Person.objects.filter(pk=unnamed).exists()
    browser.get("/people/")
    assert unnamed not in browser.html
    assert browser.post("/people/be/", {"person": unnamed}).status_code == 400


def test_nobody_loses_answers_to_somebody_new(browser: Browser) -> None:
    browser.begin()
    browser.post("/people/be/", {"person": ""})
    assert browser.path == "/people/you/first/"
    assert "give yourself a name" in browser.text
    browser.post("/people/you/first/", {"name": "Ada", "mark": "teal_circle"})
    browser.post("/people/be/", {"person": ""})
    assert browser.path == "/"
    assert "Ada" in browser.text


@pytest.mark.parametrize(
    ("name", "mark", "says"),
    [
        ("", "blue_square", "Write a name"),
        (" \t ", "blue_square", "Write a name"),
        ("x" * 31, "blue_square", "30 letters"),
        ("A\u202eda", "blue_square", "cannot be shown"),
        ("ada", "blue_square", "this name already"),
        ("Bo", "red_triangle", "this mark already"),
        ("Bo", "gold_moon", "Choose a mark"),
        ("Bo", "", "Choose a mark"),
    ],
)
def test_a_wrong_name_or_mark_is_told_and_kept(browser: Browser, name: str, mark: str, says: str) -> None:
    _named("Ada", "red_triangle", "")
    browser.begin()
    assert browser.post("/people/you/", {"name": name, "mark": mark}).status_code == 400
    assert says in browser.text
    assert browser.html.count(says) == 2  # in the summary and beside the field
    if name.strip():
        assert f'value="{name}"' in browser.html


def test_a_name_is_no_markup(browser: Browser) -> None:
    browser.begin()
    browser.post("/people/you/", {"name": "<b>&'\"", "mark": "teal_circle"})
    assert "<b>&" not in browser.html
    assert "&lt;b&gt;" in browser.html


def test_a_mark_is_told_by_shape_and_name_and_not_by_colour_alone(browser: Browser) -> None:
    browser.begin()
    browser.get("/people/you/")
    outlines = re.findall(r'class="person-mark [a-z]+"[^>]*><path d="([^"]+)"', browser.html)
    assert len(outlines) == len(set(outlines)) == 8
    assert "Red triangle" in browser.text


def test_a_new_start_erases_only_the_own_sitting() -> None:
    first = _named("Ada", "blue_square", "zebra behind the knee")
    second = _named("Bo", "red_triangle", "walrus behind the knee")
    second.begin()
    first.get("/words/")
    assert "zebra" in first.html


def _in_file(words: str) -> bool:
    file = Path(os.environ["KNEEWISE_DATA_FILE"])
    return words.encode() in b"".join(part.read_bytes() for part in file.parent.glob(file.name + "*"))


@pytest.mark.hazard("H24")
def test_one_is_erased_and_the_other_stays() -> None:
    first = _named("Ada", "blue_square", "the ocelot in the cellar")
    second = _named("Bo", "red_triangle", "the narwhal on the roof")
    first.post("/your-data/erase/", {"sure": "1"})
    assert not _in_file("the ocelot in the cellar")
    assert _in_file("the narwhal on the roof")
    first.get("/")
    assert "Bo" in first.text
    assert "Ada" not in first.text
    second.get("/words/")
    assert "narwhal" in second.html


@pytest.mark.hazard("H24")
def test_everybody_is_erased_with_those_without_a_name(browser: Browser) -> None:
    browser.begin()
    browser.write("the axolotl under the bed")
    other = _named("Bo", "red_triangle", "the quokka in the hall")
    answer = other.client.post("/your-data/erase/", {"sure": "1", "everybody": "1"})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not _in_file("the axolotl under the bed")
    assert not _in_file("the quokka in the hall")
    browser.get("/check/")
    assert browser.path == "/"


def test_the_download_says_whose_it_is() -> None:
    browser = _named("Ada", "blue_square", "stiff behind the knee")
    stored = json.loads(browser.get("/your-data/download/").content)["stored"]
    assert stored["person"] == {"name": "Ada", "mark": "blue_square"}


def test_behind_a_proxy_a_browser_is_shown_only_its_own_people(browser: Browser) -> None:
    from django.test import override_settings

    with override_settings(PEOPLE_SHARE_THIS_DEVICE=False):
        own = _named("Ada", "blue_square", "zebra")
        browser.get("/people/")
        assert "Ada" not in browser.text
        own.get("/people/")
        assert "Ada" in own.text
        other = _named("Bo", "red_triangle", "the gecko at the door")
        own.post("/your-data/erase/", {"sure": "1", "everybody": "1"})
        other.get("/words/")
        assert "gecko" in other.html


def test_a_sitting_from_before_there_were_people_is_found_again(tmp_path: Path) -> None:
    """An old private file, brought up to date: the sitting and its session are still there."""
    file = tmp_path / "old.sqlite3"
    script = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", "store", "0002", verbosity=0); call_command("migrate", "sessions", verbosity=0)
from django.db import connection
from django.contrib.sessions.backends.db import SessionStore
connection.cursor().execute(
    "INSERT INTO store_sitting (id, door, 'case', done, steps, diagnosis, preferences, knowledge_version, created, updated)"
    " VALUES ('old', 'hurts', '{\\"text\\": \\"platypus\\"}', '[\\"who\\"]', '[]', '', '{}', '1', '2026-01-01', '2026-01-01')")
session = SessionStore(); session["sitting"] = "old"; session.save()
call_command("migrate", verbosity=0)
from django.test import Client
client = Client(HTTP_HOST="localhost"); client.cookies["kneewise"] = session.session_key
print(client.get("/words/").content.decode())
"""
    environment = {
        **os.environ,
        "KNEEWISE_DATA_FILE": str(file),
        "DJANGO_SETTINGS_MODULE": "kneewise.web.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert "platypus" in done.stdout, done.stderr
    with sqlite3.connect(file) as kept:
        assert kept.execute("SELECT count(*) FROM store_person JOIN store_sitting s ON s.person_id = store_person.id").fetchone() == (1,)  # fmt: skip
        triggers = [name for (name,) in kept.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    assert triggers == ["store_diaryentry_append_only"]
