"""The coverage table: its contract, and each kind of hole is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner
from docs.coverage import coverage_page

from kneewise.cli.main import main
from kneewise.knowledge.check import check
from kneewise.knowledge.coverage import coverage, holes, known_ids
from kneewise.knowledge.load import load
from kneewise.knowledge.types import Knowledge, SeedItem


def _all_passed(knowledge: Knowledge) -> dict[str, str]:
    return {item.test: "passed" for item in knowledge.seed_items}


def _with_first(knowledge: Knowledge, item: SeedItem) -> Knowledge:
    return replace(knowledge, seed_items=(item, *knowledge.seed_items[1:]))


def test_the_147_items_are_answered_by_what_exists(knowledge: Knowledge) -> None:
    rows = coverage(knowledge)

    assert len(rows) == 147
    assert list(holes(knowledge, _all_passed(knowledge))) == []
    ids = {id_ for _, id_ in known_ids(knowledge)} | set(knowledge.features)
    for row in rows:
        assert list(row) == ["item", "answered_by", "test"]
        assert set(row["answered_by"]) <= ids  # type: ignore[call-overload]
        assert str(row["item"]) in str(row["test"])


def test_an_item_that_nothing_answers_is_a_hole(knowledge: Knowledge) -> None:
    bare = replace(knowledge.seed_items[0], answered_by=(), features=())

    assert "nothing answers it" in next(holes(_with_first(knowledge, bare)))


def test_an_answer_that_does_not_exist_is_a_hole(knowledge: Knowledge) -> None:
    item = knowledge.seed_items[0]
    wrong = replace(item, answered_by=(*item.answered_by, ("topics", "no_such_topic")))

    assert "no_such_topic" in next(holes(_with_first(knowledge, wrong)))


@pytest.mark.parametrize(
    ("outcome", "words"), [(None, "did not run"), ("failed", "failed"), ("skipped", "skipped")]
)
def test_a_test_that_did_not_run_and_pass_is_a_hole(
    knowledge: Knowledge, outcome: str | None, words: str
) -> None:
    outcomes = _all_passed(knowledge)
    item = knowledge.seed_items[3]
    if outcome is None:
        del outcomes[item.test]
    else:
        outcomes[item.test] = outcome

    (hole,) = holes(knowledge, outcomes)

    assert hole.startswith(item.id)
    assert words in hole


def test_content_may_name_only_known_items() -> None:
    content = load()
    name = "factors/dehydration.yaml"
    content.files[name] = content.files[name].model_copy(update={"seeds": ("Z99",)})

    assert any("Z99" in str(problem) for problem in check(content))


def test_the_command_fails_on_a_hole_and_says_which(
    knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("tests") / "coverage.json"
    file.write_text("{}", encoding="utf-8")

    result = CliRunner().invoke(main, ["knowledge", "coverage", "--json", "--tests", str(file)])

    assert result.exit_code == 1
    assert f"{knowledge.seed_items[0].id}: its test did not run" in result.stderr
    assert result.stdout.startswith('[{"item": "A01"')


def test_the_page_of_the_docs_shows_every_item(knowledge: Knowledge) -> None:
    page = coverage_page(knowledge)

    assert all(f"| {item.id} |" in page for item in knowledge.seed_items)
