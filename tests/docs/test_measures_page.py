"""docs/reference/measures.md says what the content says now."""

from __future__ import annotations

from pathlib import Path

from docs.build import FURTHER
from docs.measures import measures_page

from kneewise.knowledge.types import Knowledge

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "measures.md"


def test_the_page_is_fresh_and_make_docs_writes_it(knowledge: Knowledge) -> None:
    assert PAGE.read_text(encoding="utf-8") == measures_page(knowledge), "it is stale: run `make docs`"
    assert "measures" in FURTHER


def test_the_page_shows_every_measure_method_and_scale(knowledge: Knowledge) -> None:
    page = PAGE.read_text(encoding="utf-8")

    for measure in knowledge.measures.values():
        assert f"`{measure.id}`" in page
        assert all(f"`{method.id}`" in page for method in measure.methods)
    for instrument in knowledge.instruments.values():
        assert f"`{instrument.id}`" in page


def test_every_figure_on_the_page_says_where_it_is_from(knowledge: Knowledge) -> None:
    page = PAGE.read_text(encoding="utf-8")
    errors = page.split("## Errors")[1].split("## Norms")[0]

    for row in errors.splitlines():
        if row.startswith("| ") and "Standard error" not in row:
            for cell in row.split("|")[4:7]:
                stated = cell.strip() in ("", "not known")
                assert stated or any(basis in cell for basis in ("*found*", "*recalled*", "*estimate*")), cell
