"""The catalogue of the interface: whole, fresh, plural-safe; language, direction and dates follow the language."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from docs.messages import TEMPLATE, catalogue, messages, template

from kneewise.knowledge.types import Knowledge
from tests.web.conftest import Browser

WEB = Path(__file__).resolve().parents[2] / "src" / "kneewise" / "web"


def test_the_template_for_translators_is_fresh() -> None:
    assert TEMPLATE.read_text(encoding="utf-8") == template(), "run `make messages` and commit the result"


def test_strings_of_templates_and_of_code_are_both_in_it() -> None:
    known = {message.id for message in catalogue() if isinstance(message.id, str)}
    assert "Skip to the content" in known
    assert "Where it is" in known
    assert len(known) > 500


def test_a_count_has_its_plural_and_both_forms_the_same_placeholders() -> None:
    for file, (_call, text, _context) in messages():
        if not isinstance(text, tuple):
            continue
        one, many = (set(re.findall(r"%\((\w+)\)", form)) for form in text)
        assert one <= many, (file, text)
        assert many, (file, text)


def test_no_string_ends_in_a_hole_where_another_one_is_to_be_glued() -> None:
    """Pieces of a sentence put together by code cannot be turned round by a translator; whole ones may follow."""
    glued = []
    for file in [*WEB.rglob("*.py")]:
        source = file.read_text(encoding="utf-8")
        found = re.findall(r"""_\("[^"]*[^.?!"]"\)\s*\+|\+\s*_\("[a-z][^"]*\)""", source)
        glued += [(file.name, one) for one in found]
    assert glued == []


@pytest.mark.parametrize(
    ("language", "direction"), [("en-gb", "ltr"), ("de", "ltr"), ("ar", "rtl"), ("he", "rtl")]
)
def test_language_and_direction_of_a_page_follow_the_language(
    browser: Browser, language: str, direction: str
) -> None:
    from django.utils import translation

    with translation.override(language):
        browser.get("/about/")
    assert f'<html lang="{language}" dir="{direction}"' in browser.html


def test_dates_follow_the_language() -> None:
    from django.utils import translation

    from kneewise.web.fields import long_day

    with translation.override("en-gb"):
        english = long_day(date(2026, 11, 21))
    with translation.override("de"):
        german = long_day(date(2026, 11, 21))
    assert "Saturday" in english
    assert "Samstag" in german


def test_everything_that_an_exercise_needs_has_a_name(knowledge: Knowledge) -> None:
    from kneewise.web.strings import equipment_name

    for exercise in knowledge.exercises.values():
        assert all(equipment_name(thing) for thing in exercise.equipment)


def test_a_tempo_in_words_has_its_string(knowledge: Knowledge) -> None:
    from kneewise.web.strings import tempo_words

    in_words = re.compile(r"[A-Za-z][A-Za-z ,;]*")
    tempos = {exercise.dose.tempo for exercise in knowledge.exercises.values()}
    assert all(tempo_words(tempo) for tempo in tempos if in_words.fullmatch(tempo))
    assert tempo_words("3-0-3") == ""
