"""Every state of every page: axe finds nothing, it reads as text alone, it fits, it prints, and its text is never lost."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.inspector import NARROW, STATES_AT_LEAST, Inspector
from tests.browser.tour import Walker, everything

pytestmark = pytest.mark.browser
# One state of each kind of thing that is drawn with colours of its own.
FORCED_COLOURS = (
    "01-start", "14-one-by-one-error", "16a-both-legs-marked", "20-result-calm-open", "22a-programme-open",
    "24-result-same-day", "26-emergency-from-words", "50-session-exercise", "55-morning", "62-progress",
)  # fmt: skip
ON_PAPER = (
    "20-result-calm-open",
    "20d-page-for-the-appointment",
    "22a-programme-open",
    "22k-print",
    "62-progress",
)
# What an address answers with that is no page, and what stands in another test.
NO_PAGE = {
    "archive": "a file", "calendar_download": "a file", "calendar_feed": "a file", "download": "a file",
    "certificate": "a file", "figures_style": "a style sheet", "look_sheet": "a style sheet",
    "service_worker": "a script", "manifest": "data", "session_state": "data", "session_entries": "data",
    "back_to_opening": "leads to a question", "back_to_last": "leads to a question",
    "carry_on": "leads to where one was", "start_course": "leads to today", "be": "leads to the first page",
    "swap": "sent from the programme, which shows its faults", "before": "sent from the programme",
    "erase": "sent from your data, which shows its faults", "calendar_switch": "sent from the calendar",
    "diagnosis_change": "the page diagnosis", "words_change": "the page words", "who_change": "the page who",
    "understood_change": "the page understood", "question_change": "the page question",
    "you_first": "the page you", "pair": "only with a phone of the home: test_home_phone",
}  # fmt: skip
# A form that shows its faults stands under an address of its own; another day is entered like today.
SAME_PAGE = {"swap": "programme", "before": "programme", "erase": "your_data", "another_day": "today"}


@pytest.fixture(scope="module", autouse=True)
def _routes(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The app's addresses can be looked up; nothing is stored."""
    import django

    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ.setdefault("KNEEWISE_DATA_FILE", str(tmp_path_factory.mktemp("routes") / "none.sqlite3"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "kneewise.web.settings"
    django.setup()


@pytest.mark.hazard("H19")
def test_every_state_is_accessible_and_fits_its_window(new_page: Callable[..., Page], address: str) -> None:
    inspector = Inspector(new_page(color_scheme="light", bypass_csp=True, viewport=NARROW))

    def visit(name: str) -> None:
        inspector.look(name)
        if name in FORCED_COLOURS:
            inspector.run_with_forced_colours(name)
        if name in ON_PAPER:
            inspector.run_on_paper(name)

    everything(Walker(inspector.page, address, visit))
    assert inspector.found == []
    assert len(inspector.states) == len(set(inspector.states)) >= STATES_AT_LEAST
    assert {*FORCED_COLOURS, *ON_PAPER} <= set(inspector.states)
    assert _same_title(inspector) == {}
    assert _never_visited(inspector.paths) == set()


def _same_title(inspector: Inspector) -> dict[str, set[str]]:
    """Titles that stand over different pages."""
    routes = {
        title: {_page_of(inspector.paths[name]) for name in names}
        for title, names in inspector.titles.items()
    }
    return {title: pages for title, pages in routes.items() if len(pages) > 1}


def _route(path: str) -> str:
    from django.urls import Resolver404, resolve

    try:
        return str(resolve(path).url_name)
    except Resolver404:
        return "nowhere"


def _page_of(path: str) -> str:
    route = _route(path)
    return SAME_PAGE.get(route, route)


def _never_visited(paths: dict[str, str]) -> set[str]:
    """Pages that the walk leaves out."""
    from django.urls import URLPattern

    from kneewise.web.urls import urlpatterns

    flat: list[URLPattern] = []
    for one in urlpatterns:
        if isinstance(one, URLPattern):
            flat.append(one)
        elif not str(one.pattern):  # pages that a file of their own lists; not the APIs
            flat += one.url_patterns
    return {str(one.name) for one in flat} - {_route(path) for path in paths.values()} - set(NO_PAGE)


def test_the_page_is_small(new_page: Callable[..., Page], address: str) -> None:
    page = new_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(address)
    assert sum(sizes) < 60_000
