"""The index that the artefact holds changes the speed of a start and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from kneewise.intake import PatternError, Reader, read
from kneewise.knowledge.types import Knowledge

LABELLED = YAML(typ="safe").load((Path(__file__).parent / "labelled.yaml").read_text(encoding="utf-8"))
TEXTS = [entry["text"] for entry in (LABELLED if isinstance(LABELLED, list) else LABELLED["texts"])]


@pytest.fixture(scope="module")
def readers(knowledge: Knowledge) -> tuple[Reader, Reader]:
    lexicon = knowledge.lexicons["en"]
    entries = tuple((e.finding, e.says, e.denies, e.not_if) for e in lexicon.entries)
    assert lexicon.index is not None
    return Reader(entries, lexicon.classes), Reader(entries, lexicon.classes, lexicon.index)


def test_the_artefact_holds_the_index_of_its_own_lexicon(
    readers: tuple[Reader, Reader], knowledge: Knowledge
) -> None:
    fresh = readers[0].index()

    assert fresh == knowledge.lexicons["en"].index


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_texts_read_the_same_with_and_without_the_index(number: int, readers: tuple[Reader, Reader]) -> None:
    slow, quick = readers

    assert read(TEXTS[number], quick) == read(TEXTS[number], slow)


def test_a_broken_pattern_names_its_finding() -> None:
    with pytest.raises(PatternError, match=r"calf_swelling.*does not close"):
        Reader([("calf_swelling", ("swollen (calf",), (), ())], {})
