"""The texts of several people are read at the same time, by one reader."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from kneewise.intake import Reader, read
from kneewise.knowledge.types import Knowledge

TEXTS = (
    "Stiff behind my left knee for 3 weeks after sitting all day. It pulls when I bend forward.",
    "My left calf is swollen and warm since a long flight, no injury.",
    "I felt a pop at the back of my thigh sprinting yesterday, big bruise.",
    "My foot is suddenly cold and pale and my leg hurts badly since this morning.",
)


def _reader(knowledge: Knowledge) -> Reader:
    lexicon = knowledge.lexicons["en"]
    entries = tuple((e.finding, e.says, e.denies, e.not_if) for e in lexicon.entries)
    return Reader(entries, lexicon.classes, lexicon.index)


@pytest.fixture
def _often() -> object:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_often")
def test_each_is_read_as_if_it_were_alone(knowledge: Knowledge) -> None:
    alone = [read(text, _reader(knowledge)) for text in TEXTS]

    for _ in range(3):
        together = _reader(knowledge)
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda text: read(text, together), TEXTS * 2))  # noqa: B023
        assert found == alone * 2
