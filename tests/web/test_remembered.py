"""What one page has worked out and the next is given: the same as anew, never somebody else's, gone when erased."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tests.web.conftest import Browser
from tests.web.test_following import DAY_1, _alarm, _start, days
from tests.web.test_programme import STIFF, programme

__all__ = ["days"]


def _without_token(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


def _sitting() -> Any:
    from kneewise.store.models import Sitting

    return Sitting.objects.latest("updated")


def test_a_page_opened_again_is_the_same_page(browser: Browser) -> None:
    from kneewise.web import remembered

    programme(browser, text=STIFF)
    for page in ("/result/", "/programme/"):
        remembered.forget_all()
        anew = _without_token(browser.get(page).content.decode())
        assert _without_token(browser.get(page).content.decode()) == anew


def test_what_is_remembered_is_what_the_engine_would_say(browser: Browser) -> None:
    import kneewise
    from kneewise.pathway.plan import plan
    from kneewise.plan import parse_preferences
    from kneewise.web.journey import case_of, standing
    from kneewise.web.planning import programme_for

    programme(browser, text=STIFF)
    sitting, engine = _sitting(), kneewise.default_engine()
    for _ in range(2):
        turn = standing(sitting).turn
        fresh = engine.look(engine.parse(case_of(sitting)))
        made = plan(fresh, parse_preferences({}, engine.knowledge), engine)
        assert programme_for(sitting, turn) == made
        assert engine.write(turn) == engine.write(fresh)


def test_what_a_page_does_to_its_copy_reaches_no_other_page(browser: Browser) -> None:
    from kneewise.web.journey import standing
    from kneewise.web.planning import programme_for

    programme(browser, text=STIFF)
    sitting = _sitting()
    turn = standing(sitting).turn
    first = programme_for(sitting, turn)
    first["week"].clear()
    assert programme_for(sitting, turn)["week"]


def test_a_changed_answer_is_never_met_with_the_old_result(browser: Browser) -> None:
    from kneewise.web.journey import standing
    from kneewise.web.planning import programme_for

    programme(browser, text=STIFF)
    sitting = _sitting()
    before = standing(sitting).turn
    sitting.case = {**sitting.case, "text": "my calf is swollen and warm since a long flight, no injury"}
    now = standing(sitting).turn
    assert before.triage.care_level != now.triage.care_level
    assert programme_for(sitting, now)["locked_by"]


def test_an_alarm_stops_the_exercises_at_once(browser: Browser, days: list[date]) -> None:
    import kneewise
    from kneewise.pathway.review import review
    from kneewise.web.following import following_of

    _start(browser)
    before = following_of(_sitting())
    assert before is not None
    assert not before.locked
    _alarm(browser)
    for _ in range(2):
        now = following_of(_sitting())
        assert now is not None
        assert now.locked
        assert now.review == review(now.course.programme, now.diary, DAY_1, kneewise.default_engine())


def test_nothing_of_an_erased_person_stays_in_memory(browser: Browser, days: list[date]) -> None:
    from kneewise.web import remembered

    _start(browser)
    browser.get("/progress/")
    kept = (remembered._turns, remembered._made, remembered._reviews)
    assert all(len(one) for one in kept)
    browser.post("/your-data/erase/", {"sure": "1"})
    assert [len(one) for one in kept] == [0, 0, 0]


def test_what_another_worker_erased_is_not_given_by_this_one(browser: Browser) -> None:
    from kneewise.web import remembered

    latest = remembered.Latest(2)
    latest.get("x")
    since = bytes(remembered._ERASED[:8])
    latest.keep("x", "kept", since)
    assert latest.get("x") == "kept"
    remembered.forget_all()
    assert latest.get("x") is None
    latest.keep("x", "made of what was just erased", since)
    assert latest.get("x") is None


def test_only_the_latest_are_kept() -> None:
    from kneewise.web import remembered

    latest = remembered.Latest(2)
    latest.get(0)
    for n in range(3):
        latest.keep(n, n, bytes(remembered._ERASED[:8]))
    assert [latest.get(n) for n in range(3)] == [None, 1, 2]
