"""Hostile and malformed forms to every address that takes one: answered or kindly refused, nothing typed lost.

`FUZZ_EXAMPLES` sets how many forms each address is sent (more for a campaign).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.web.begun import begin_course, calendar_of_the_tests
from tests.web.conftest import Browser
from tests.web.test_following import ACHE
from tests.web.test_hostile_texts import _foreign

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "4"))
fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # each try is a page: looking for the shortest takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
URLENCODED = "application/x-www-form-urlencoded"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
TYPED = ("text", "textarea", "date", "number", "search")
# Faults about the page as a whole have no field of their own.
# The three doors are buttons, a swap of what is not in the programme has no card.
WHOLE_PAGE = ("content", "door-hurts", "exercises")

HOSTILE = (
    "", " ", "\t\r\n", "x" * 6000, "0", "-1", "-0", "1e309", "NaN", "Infinity", "1_0", "½", "٣", "１２", "0x10",
    "9" * 40, "3.7", "3,7", "0001-01-01", "9999-12-31", "2026-02-30", "2026-13-40", "-2026-01-01", "today",
    "\x00", "a\x00b", "\x1b[31m", "\u202eabc", "\ud800", "\udfff\ud83d", "\ufffe\uffff", "👨‍👩‍👧" * 9, "\u0301" * 40,
    "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "</textarea><b>", "{{ 7*7 }}{% debug %}",
    "' OR 1=1 --", "../../etc/passwd", "%s%n{0}", "present", "none", "on", "null", "[]", "{}",
)  # fmt: skip


# --- a page as a browser reads it ---------------------------------------------------------------------


@dataclass
class Element:
    """One element with what it stands in."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    text: str = ""

    def described(self) -> Iterator[str]:
        """The ids of what describes this element or what it stands in."""
        at: Element | None = self
        while at is not None:
            yield from at.attributes.get("aria-describedby", "").split()
            at = at.parent


@dataclass
class Control:
    """A control of a form: all that may be chosen in it, and what is."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form that is posted."""

    action: str
    controls: dict[str, Control] = field(default_factory=dict)

    def sent(self) -> list[tuple[str, str]]:
        """What a browser would send of it as it stands."""
        return [(one.name, value) for one in self.controls.values() for value in one.chosen]


class Page(HTMLParser):
    """Elements by id, forms, and the links of the error summary."""

    def __init__(self, html: str, path: str) -> None:
        super().__init__()
        self.path = path
        self.by_id: dict[str, Element] = {}
        self.forms: list[Form] = []
        self.summary: list[tuple[str, Element]] = []
        self.title = Element("title", {}, None)
        self._open: list[Element] = []
        self._select: Control | None = None
        self._area: Control | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        element = Element(tag, told, self._open[-1] if self._open else None)
        if told.get("id"):
            assert told["id"] not in self.by_id, f"the id {told['id']} is there twice on {self.path}"
            self.by_id[told["id"]] = element
        if tag == "title" and not self.title.text:
            self.title = element
        if tag == "form" and told.get("method") == "post":
            self.forms.append(Form(told.get("action") or self.path))
        if tag == "a" and any("error-summary" in one.attributes.get("class", "") for one in self._open):
            self.summary.append((told["href"].removeprefix("#"), element))
        if self.forms and any(one.tag == "form" for one in (*self._open, element)):
            self._control(tag, told)
        if tag not in VOID:
            self._open.append(element)

    def _control(self, tag: str, told: dict[str, str]) -> None:
        name, controls = told.get("name", ""), self.forms[-1].controls
        if tag == "option" and self._select is not None:
            self._select.values.append(told.get("value", ""))
            if "selected" in told:
                self._select.chosen = [told.get("value", "")]
        if not name or tag not in ("input", "select", "textarea", "button"):
            return
        kind = told.get("type", "text") if tag == "input" else tag
        made = controls.setdefault(name, Control(name, kind))
        if tag == "select":
            self._select = made
            made.chosen = [""]
        elif tag == "textarea":
            self._area = made
            made.chosen = [""]
        else:
            made.values.append(told.get("value", ""))
            if kind not in ("radio", "checkbox", "button", "file") or "checked" in told:
                made.chosen.append(told.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        while self._open and self._open[-1].tag != tag:
            self._open.pop()
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            # A browser leaves out the first line break of a text area.
            self._area.chosen = [self._area.chosen[0] + data]
        for one in self._open:
            one.text += data


# --- where each form stands ----------------------------------------------------------------------------


def _interview() -> Browser:
    browser = Browser()
    browser.begin()
    browser.write(ACHE)
    return browser


def _diagnosis() -> Browser:
    browser = Browser()
    browser.begin("diagnosis")
    return browser


def _result() -> Browser:
    browser = _interview()
    browser.to_check()
    return browser


def _course() -> Browser:
    browser = Browser()
    begin_course(browser)
    browser.post("/people/you/", {"name": "Ada", "mark": "teal_circle"})
    browser.get("/check-in/sign/")
    return browser


def _told_once() -> Browser:
    browser = _course()
    browser.get("/check-in/")
    data = dict.fromkeys(browser.names(r'name="(answer-[a-z0-9_]+)"'), "absent")
    entry = browser.names(r'name="entry" value="([^"]+)"')[0]
    browser.post("/check-in/", data | {"entry": entry, "pain_worst": "3", "on": "2026-11-02"})
    assert browser.path == "/today/", browser.text
    return browser


# The name of each address that takes a form, the way there, and the page on which the form stands.
FORMS: dict[str, tuple[Callable[[], Browser], str]] = {
    "start": (Browser, "/"),
    "who": (_interview, "/who/"),
    "who_change": (_interview, "/who/change/"),
    "diagnosis": (_diagnosis, "/diagnosis/"),
    "diagnosis_change": (_diagnosis, "/diagnosis/change/"),
    "words": (_interview, "/words/"),
    "words_change": (_interview, "/words/change/"),
    "understood": (_interview, "/understood/"),
    "understood_change": (_interview, "/understood/change/"),
    "question": (_result, "/questions/2/"),
    "question_change": (_result, "/questions/3/change/"),
    "check": (_result, "/check/"),
    "what_if": (_result, "/result/what-if/"),
    "programme": (_result, "/programme/"),
    "swap": (_result, "/programme/"),
    "pain_relief": (_result, "/programme/pain-relief/"),
    "start_course": (_result, "/programme/"),
    "today": (_course, "/today/"),
    "check_in": (_course, "/check-in/"),
    "sign": (_course, "/check-in/sign/"),
    "correct": (_told_once, "/history/1/"),
    "seen": (_course, "/seen/"),
    "learn_search": (Browser, "/learn/"),
    "erase": (_course, "/your-data/"),
    "be": (_course, "/people/"),
    "you": (_course, "/people/you/"),
    "you_first": (_course, "/people/you/first/"),
    "settings": (Browser, "/settings/"),
    "calendar": (_course, "/calendar/"),
    "calendar_download": (_course, "/calendar/"),
    "calendar_switch": (_course, "/calendar/"),
    "archive": (_course, "/your-data/"),
    "bring_back": (Browser, "/your-data/import/"),
    "paper": (_result, "/paper/"),
}
# Their forms stand on a page only now and then: sent without it.
NOW_AND_THEN: dict[str, tuple[Callable[[], Browser], str, tuple[str, ...]]] = {
    "which_unsure": (_result, "/questions/1/not-sure/", ("tick",)),
    "one_by_one": (_result, "/questions/1/one-by-one/", ("answer-calf_swelling",)),
    "before": (_result, "/programme/before/", ("answer-calf_swelling",)),
    "morning": (_course, "/today/morning/", ("entry", "on", "pain")),
    "measure": (_course, "/measure/active_knee_extension/", ("entry", "on", "side", "method", "value-1")),
    "another_day": (_course, "/today/day/1/", ("entry", "on", "pain_before", "done-bridge")),
}
# They take no form: entries as JSON, below.
JSON_ADDRESSES = {"session_entries"}


def _addresses() -> Iterator[tuple[str, str]]:
    """Every address of the app but those of the API and of FHIR, which have tests of their own."""
    from django.urls import get_resolver

    def walk(patterns: Any, before: str) -> Iterator[tuple[str, str]]:
        for one in patterns:
            route = before + str(one.pattern)
            if hasattr(one, "url_patterns"):
                if not route.startswith(("api/", "fhir/")):
                    yield from walk(one.url_patterns, route)
            else:
                samples = {
                    "<int:number>": "1",
                    "<slug:name>": "chair_stand_30s",
                    "<str:token>": "a",
                    "<str:code>": "a",
                }
                for kind, sample in samples.items():
                    route = route.replace(kind, sample)
                yield one.name, "/" + route

    yield from walk(get_resolver().url_patterns, "")


def test_no_address_that_takes_a_form_is_left_out() -> None:
    taking = set()
    for name, path in _addresses():
        assert "<" not in path, f"{path}: give a sample for its part"
        response = Browser().client.post(path)
        assert response.status_code < 500, path
        if response.status_code != 405:
            taking.add(name)
        else:
            assert response.headers["Allow"]
    assert taking - JSON_ADDRESSES == FORMS.keys() | NOW_AND_THEN.keys()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_no_address_takes_another_method(method: str) -> None:
    for _, path in _addresses():
        assert getattr(Browser().client, method)(path).status_code in (404, 405), path


# --- sending ---------------------------------------------------------------------------------------------


@cache
def _there(way: Callable[[], Browser]) -> tuple[Browser, dict[str, str]]:
    browser = way()
    return browser, {name: cookie.value for name, cookie in browser.client.cookies.items()}


@contextmanager
def _as_before(way: Callable[[], Browser]) -> Iterator[Browser]:
    """Somebody who has come that far; whatever is sent is taken back."""
    from django.db import transaction

    browser, cookies = _there(way)
    with transaction.atomic():
        browser.client.cookies.clear()
        for name, value in cookies.items():
            browser.client.cookies[name] = value
        yield browser
        transaction.set_rollback(True)


@cache
def _form_of(name: str) -> Form:
    """The form of an address as its page shows it."""
    from django.urls import resolve

    way, path = FORMS[name]
    with _as_before(way) as browser:
        response = browser.get(path, follow=False)
        assert response.status_code == 200, (name, path, response.status_code, response.headers)
        for form in Page(browser.html, path).forms:
            if resolve(form.action).url_name == name:
                return form
    raise AssertionError(f"{path} has no form for {name}")


@st.composite
def changed(draw: st.DrawFn, form: Form) -> list[tuple[str, str]]:
    """What is sent of a form after some malice: pieces left out, doubled, replaced, added."""
    controls = list(form.controls.values()) or [Control("nothing", "text")]
    text = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))
    sent = [] if draw(st.integers(0, 5)) == 0 else form.sent()
    for _ in range(draw(st.integers(1, 5))):
        one = draw(st.sampled_from(controls))
        value = draw(st.one_of(text, st.sampled_from(one.values)) if one.values else text)
        what = draw(st.sampled_from(("replace", "replace", "replace", "drop", "twice", "strange")))
        if what in ("replace", "drop"):
            sent = [pair for pair in sent if pair[0] != one.name]
        if what in ("replace", "twice"):
            sent.append((one.name, value))
        if what == "strange":
            sent.append((draw(st.one_of(text, st.just(one.name + "-x"))), value))
    return sent


def _encoded(sent: list[tuple[str, str]]) -> str:
    return urlencode(sent, errors="surrogatepass")


def _as_received(value: str) -> str:
    """Typed text as the server reads it: half characters are lost on the way."""
    return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _squeezed(value: str) -> str:
    return " ".join(value.replace("\x00", "").split())


def _refused(page: Page, sent: list[tuple[str, str]], name: str) -> None:
    """A refused form says what is wrong at its top and beside each field, and still holds what was sent."""
    from django.urls import resolve

    assert page.summary, f"{name}: refused without a summary"
    assert page.title.text.strip().startswith("Error:"), name
    for target, link in page.summary:
        assert target in page.by_id, f"{name}: the summary leads to #{target}, which is not there"
        if target in WHOLE_PAGE:
            continue
        beside = [page.by_id[id_].text for id_ in page.by_id[target].described() if id_ in page.by_id]
        said = _squeezed(link.text)
        assert any(said in _squeezed(one) for one in beside), f"{name}: #{target} does not say {said!r}"
    form = next((one for one in page.forms if resolve(one.action).url_name == name), None)
    assert form is not None, f"{name}: the form is gone"
    for control in form.controls.values():
        values = [_as_received(value) for key, value in sent if key == control.name]
        if len(values) != 1:
            continue
        if control.kind in TYPED:
            shown, typed = _squeezed(control.chosen[0]), _squeezed(values[0])
            assert shown == typed or (len(shown) >= 12 and typed.startswith(shown)), (
                name,
                control.name,
                typed[:80],
                shown[:80],
            )
        elif (
            name != "what_if"
            and control.kind in ("radio", "select", "checkbox")
            and values[0] in control.values
            and values[0]
        ):
            assert control.chosen == values, (name, control.name, values, control.chosen)


@pytest.fixture(autouse=True, scope="module")
def _calendar() -> Iterator[None]:
    with calendar_of_the_tests():
        yield


@pytest.mark.hazard("H40")
@pytest.mark.parametrize("name", FORMS)
def test_whatever_is_sent_is_answered_or_kindly_refused(name: str) -> None:
    form = _form_of(name)

    @fuzz
    @given(sent=changed(form))
    def send(sent: list[tuple[str, str]]) -> None:
        with _as_before(FORMS[name][0]) as browser:
            response = browser.client.post(form.action, _encoded(sent), content_type=URLENCODED)
            kind = response.headers.get("Content-Type", "")
            assert response.status_code in (200, 302, 303, 400, 404), (name, response.status_code)
            if response.status_code in (302, 303):
                browser.get(response.headers["Location"])
                assert browser.response.status_code == 200, (name, browser.path)
            elif "html" in kind:
                html = response.content.decode()
                assert not _foreign(html)
                page = Page(html, FORMS[name][1])
                if response.status_code == 400:
                    _refused(page, sent, name)

    send()


@pytest.mark.parametrize("name", NOW_AND_THEN)
def test_a_form_sent_out_of_place_is_never_a_fault(name: str) -> None:
    way, action, names = NOW_AND_THEN[name]
    form = Form(action, {one: Control(one, "text", chosen=[""]) for one in names})

    @fuzz
    @given(sent=changed(form))
    def send(sent: list[tuple[str, str]]) -> None:
        with _as_before(way) as browser:
            response = browser.client.post(action, _encoded(sent), content_type=URLENCODED)
            assert response.status_code in (200, 302, 400, 404), (name, response.status_code)

    send()


# --- entries of a session, sent as JSON -------------------------------------------------------------------

JSON_VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=True), st.sampled_from(HOSTILE), st.text(max_size=9)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(("id", "on", "kind", "items", "exercise", "pain_during", "done", "x")), inner, max_size=6)
    ),
    max_leaves=12,
)  # fmt: skip


def test_entries_of_a_session_are_kept_or_refused_one_by_one() -> None:
    with _as_before(_course) as browser:
        state = browser.client.get("/today/session/state/").json()
    good = {"id": "AAAAAAAA-1", "on": "2026-11-02", "kind": "session", "items": [], "pain_before": 3}

    @settings(fuzz, max_examples=EXAMPLES * 12)
    @given(
        entries=st.lists(
            st.builds(lambda key, value: good | {key: value}, st.sampled_from((*good, "signs", "note", "x")), JSON_VALUES),
            max_size=3,
        )
    )  # fmt: skip
    def send(entries: list[Any]) -> None:
        with _as_before(_course) as browser:
            body = json.dumps({"course": state["course"], "entries": entries})
            response = browser.client.post("/today/session/entries/", body, content_type="application/json")
            assert response.status_code in (200, 400), response.status_code
            if response.status_code == 200:
                assert len(response.json()["results"]) == len(entries)
            assert browser.get("/today/").status_code == 200

    send()
