"""The documentation site: what its pages say, that their links lead somewhere, that it loads nothing from elsewhere.

The whole site is made, and every link of it checked, by `make docs`; here a few pages of each kind are enough.
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from docs.website import conditions, pages, project
from docs.website.build import outside_loads
from docs.website.library import Library
from docs.website.markdown import NOT_FILLED, percent, plain, table, times

from kneewise.knowledge.types import Knowledge

OF_EACH_KIND, SEED = 3, 3


@pytest.fixture(scope="module")
def library(knowledge: Knowledge) -> Library:
    return Library(knowledge)


@pytest.fixture(scope="module")
def sample(library: Library) -> dict[str, str]:
    random = Random(SEED)
    chosen: list[tuple[ModuleType, str]] = []
    for kind in pages.KINDS:
        ids = kind.ids(library)
        chosen += [(kind, id_) for id_ in random.sample(ids, min(OF_EACH_KIND, len(ids)))]
    return dict(pages.texts(library, chosen))


def test_every_link_of_a_page_leads_to_a_page_and_a_part_of_it(
    library: Library, sample: dict[str, str]
) -> None:
    assert pages.broken_links(library, sample) == []
    assert pages.missing_anchors(library, sample) == []


def test_a_broken_link_is_named(library: Library) -> None:
    written = {"a.md": "[x](/conditions/nowhere.md) and [y](/sources.md#NOBODY99)"}

    assert pages.broken_links(library, written) == [
        "a.md: there is no page /conditions/nowhere.md",
        "a.md: /sources.md has no part NOBODY99",
    ]


def test_every_entry_of_the_knowledge_has_a_page(library: Library, knowledge: Knowledge) -> None:
    count = {kind.FOLDER: len(kind.ids(library)) for kind in pages.KINDS}

    assert count["conditions"] == len(knowledge.conditions)
    assert count["red-flags"] == len(knowledge.red_flags)
    assert count["treatments"] == len(knowledge.treatments)
    assert count["topics"] == len(knowledge.topics)
    assert sum(len(found) for found in library.topics_of_findings.values()) == len(knowledge.findings)


def test_a_page_says_who_reviewed_it_and_which_file_to_correct(sample: dict[str, str]) -> None:
    for kind in pages.KINDS:
        written = [
            name for name in sample if name.startswith(f"{kind.FOLDER}/") and not name.endswith("/index.md")
        ]
        for name in written:
            assert "No clinician has reviewed this yet" in sample[name], name
            files = re.findall(r"\[`(src/kneewise/[^`]+)`\]\(/how-to/", sample[name])
            assert files, name
            assert all((project.ROOT / file).exists() for file in files), name


def test_a_cause_lists_its_likelihoods_strongest_first_and_counts_the_empty_ones(library: Library) -> None:
    text = conditions.write(library, "bakers_cyst")
    ratios = [
        [float(cell) for cell in re.findall(r"\| \*\*×([\d.]+)\*\* \|", part)]
        for part in text.split("#### Speaks ")[1:]
    ]
    empty = sum(
        1
        for finding in library.knowledge.findings.values()
        if finding.kind != "quantity"
        and finding.id not in library.knowledge.conditions["bakers_cyst"].likelihoods
    )

    assert [len(found) > 5 for found in ratios] == [True, True]
    assert ratios[0] == sorted(ratios[0], reverse=True)
    assert ratios[1] == sorted(ratios[1])
    assert f'??? note "{empty} findings {NOT_FILLED}"' in text


def test_a_load_from_another_host_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<a href="https://doi.org/1">paper</a><script src="https://cdn.test/x.js"></script>'
    )
    (tmp_path / "b.css").write_text("a{background:url(//fonts.test/x.woff)}")

    assert outside_loads(tmp_path) == [
        "a.html: loads <script src=https://cdn.test/x.js>",
        "b.css: loads //fonts.test/x.woff",
    ]


def test_a_paper_of_the_project_links_to_pages_and_names_files_that_have_none() -> None:
    taken = {"docs/adr/README.md": "adr/index.md", "docs/glossary.md": "glossary.md"}
    text = "Why: [a](../glossary.md), [b](../../src/x.py), [c](https://doi.org/1), [d](README.md#e)\n- one\n- two\n"

    assert project.mended(text, "docs/adr/0001.md", taken) == (
        "Why: [a](/glossary.md), b (`src/x.py`), [c](https://doi.org/1), [d](/adr/index.md#e)\n\n- one\n- two\n"
    )


def test_words_are_no_markup_and_numbers_keep_what_counts() -> None:
    assert plain("a_b *c* [d] <e> | f") == r"a\_b \*c\* \[d\] &lt;e&gt; \| f"
    assert [percent(share) for share in (0.947, 0.035, 0.00033, 0.995)] == [
        "95\u00a0%",
        "3.5\u00a0%",
        "0.033\u00a0%",
        "99.5\u00a0%",
    ]
    assert [times(ratio) for ratio in (12.4, 1.44, 0.5, 0.04)] == ["×12", "×1.4", "×0.50", "×0.04"]
    assert table(("a",), []) == ""


def test_every_exercise_is_on_the_contact_sheet(library: Library, knowledge: Knowledge) -> None:
    sheet = pages.SINGLE["pictures.md"].write(library)
    drawn = dict(pages.figures(library))

    for id_ in knowledge.exercises:
        assert f"](/exercises/{id_}.md)" in sheet
        (shown,) = re.findall(rf"\]\((exercises/figures/{id_}\.svg)\)", sheet)
        assert drawn[shown].startswith("<svg")
        assert "@keyframes" in drawn[f"exercises/figures/{id_}-moving.svg"] or not _moves(knowledge, id_)


def _moves(knowledge: Knowledge, exercise: str) -> bool:
    return len(knowledge.exercises[exercise].figure.poses) > 1
