"""The lexicon's proof for `kneewise knowledge check`: the content layer cannot read patterns, intake can."""

from __future__ import annotations

from collections import defaultdict

from kneewise.intake.proof import LexiconPart, prove
from kneewise.knowledge import schema
from kneewise.knowledge.load import Content, Problem


def lexicon_problems(content: Content) -> list[Problem]:
    """What is wrong with the patterns of each language's lexicon, with file and path."""
    languages: dict[str, list[LexiconPart]] = defaultdict(list)
    for name, file in content.files.items():
        if isinstance(file, schema.LexiconFile):
            entries = tuple((e.finding, e.says, e.denies, e.not_if) for e in file.entries)
            languages[name.split("/")[1]].append(LexiconPart(name, entries, file.classes))
    return [
        Problem(fault.file, fault.path, fault.what) for parts in languages.values() for fault in prove(parts)
    ]
