"""The table of loads says what the knowledge and the poses say now."""

from __future__ import annotations

from pathlib import Path

from docs.exercise_loads import loads_page

from kneewise.knowledge.types import Knowledge

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "exercise-loads.md"


def test_the_page_is_fresh(knowledge: Knowledge) -> None:
    assert PAGE.read_text(encoding="utf-8") == loads_page(knowledge), "it is stale: run `make docs`"


def test_every_study_stands_with_its_source_and_scale(knowledge: Knowledge) -> None:
    page = loads_page(knowledge)
    for study in knowledge.mechanics.load_studies:
        assert f"`{study.id}`" in page
        assert knowledge.sources[study.source].citation in page
        assert study.normalised_to in page


def test_disagreements_are_listed_by_name(knowledge: Knowledge) -> None:
    page = loads_page(knowledge)
    assert "cannot be compared" in page
    assert "- disagrees: `rdl` above `stiff_leg_dl` (`coratella_2022`)" in page
