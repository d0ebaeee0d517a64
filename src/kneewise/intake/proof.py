"""Proves a lexicon: each pattern can be read, fits an example of itself, and is there once and in full.

`prove` gives what is wrong with the path inside the file, so that whoever wrote a pattern finds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kneewise.intake.patterns import Parser, PatternError, pieces_of
from kneewise.intake.reader import Entry, Reader, read

# What to say first, so that a condition of a pattern ("{calf}") holds.
_BEFORE = {"child": "my son is 8"}
_MOST_EXAMPLES = 400
_OF_THE_LANGUAGE = {"body", "complaint"}  # named by "@"

_Piece = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a lexicon: where in the file, and what."""

    file: str
    path: str
    what: str


@dataclass(frozen=True, slots=True)
class LexiconPart:
    """One file of a lexicon: its classes and its entries."""

    file: str
    entries: tuple[Entry, ...]
    classes: Mapping[str, tuple[str, ...]]


class _Examples:
    """Texts that a pattern must fit: the first way through it, and each further alternative once."""

    def __init__(self, classes: Mapping[str, tuple[str, ...]]) -> None:
        self._classes = classes
        self._short: dict[str, str] = {}

    def of(self, source: str) -> list[str]:
        """Examples of a pattern that can be read."""
        head, pieces = pieces_of(source)
        ways, _ = self._ways(pieces, 0)
        before = _BEFORE.get(head, f"a {head}") + ". " if head else ""
        return [before + " ".join(way.split()) for way in ways[:_MOST_EXAMPLES]]

    def _ways(self, pieces: Sequence[_Piece], i: int) -> tuple[list[str], int]:
        ways: list[str] = []
        parts: list[list[str]] = []
        while i < len(pieces) and pieces[i][2] not in {")", "]"}:
            name, gap, mark, word = pieces[i]
            if mark == "|":
                ways += _each_once(parts)
                parts = []
            elif mark in {"(", "["}:
                inner, i = self._ways(pieces, i + 1)
                parts.append(inner if mark == "(" else ["", *inner])
            elif mark == "@":
                parts.append(["in the"])
            elif name:
                parts.append([self._member(name)])
            elif not gap:
                parts.append([word.lstrip("=").rstrip("*") + ("s" if word.endswith("*") else "")])
            i += 1
        return ways + _each_once(parts), i

    def _member(self, name: str) -> str:
        if name not in self._short:
            self._short[name] = self.of(self._classes[name][0])[0]
        return self._short[name]


def _each_once(parts: list[list[str]]) -> list[str]:
    """The first of each part together, then every other one with the first of the rest."""
    if not parts:
        return []
    first = [part[0] for part in parts]
    ways = [" ".join(first)]
    for place, part in enumerate(parts):
        ways += [" ".join([*first[:place], other, *first[place + 1 :]]) for other in part[1:]]
    return ways


def _phrases(entry: Entry) -> Iterator[tuple[str, int, str]]:
    """(list, place, pattern) of an entry, a leading "!" set aside."""
    _, says, denies, not_if = entry
    for name, phrases in (("says", says), ("denies", denies), ("not_if", not_if)):
        for place, phrase in enumerate(phrases):
            yield name, place, phrase.removeprefix("!") if name == "denies" else phrase


def _patterns(parts: Sequence[LexiconPart]) -> Iterator[tuple[str, str, str]]:
    """(file, path, pattern) of every pattern of a lexicon, members of classes included."""
    for part in parts:
        for name, members in part.classes.items():
            for place, member in enumerate(members):
                yield part.file, f"classes/{name}/{place}", member
        for number, entry in enumerate(part.entries):
            for name, place, phrase in _phrases(entry):
                yield part.file, _path(number, entry, name, place), phrase


def _unreadable(parts: Sequence[LexiconPart], parser: Parser) -> Iterator[Fault]:
    for file, path, source in _patterns(parts):
        try:
            parser.parse(source)
        except PatternError as error:
            yield Fault(file, path, str(error))


def _unused(parts: Sequence[LexiconPart]) -> Iterator[Fault]:
    named = {piece[0] for _, _, source in _patterns(parts) for piece in pieces_of(source)[1]}
    for part in parts:
        for name in part.classes:
            if name not in named | _OF_THE_LANGUAGE and not name.startswith(("topic_", "thing_")):
                yield Fault(
                    part.file,
                    f"classes/{name}",
                    f"no pattern names the class <{name}>; take it out or use it",
                )


def _twice(parts: Sequence[LexiconPart]) -> Iterator[Fault]:
    seen: dict[tuple[str, str, str], str] = {}
    for part in parts:
        for number, entry in enumerate(part.entries):
            for name, place, phrase in _phrases(entry):
                path = _path(number, entry, name, place)
                first = seen.setdefault((entry[0], name, " ".join(phrase.split())), f"{part.file}:{path}")
                if name != "not_if" and first != f"{part.file}:{path}":
                    yield Fault(
                        part.file, path, f"the pattern {phrase!r} is there twice (also at {first}); keep one"
                    )


def _unmet(parts: Sequence[LexiconPart], reader: Reader, examples: _Examples) -> Iterator[Fault]:
    """Patterns that no text can meet: not their own words, or always taken back by the words around them."""
    for part in parts:
        for number, entry in enumerate(part.entries):
            for name, place, phrase in _phrases(entry):
                path = _path(number, entry, name, place)
                texts = examples.of(phrase)
                if not any(reader.fits(phrase, text) for text in texts):
                    yield Fault(
                        part.file,
                        path,
                        f"the pattern {phrase!r} fits none of its own wordings, such as {texts[0]!r}",
                    )
                elif name == "says" and not any(_told(entry[0], text, reader) for text in texts):
                    yield Fault(
                        part.file,
                        path,
                        f"the pattern {phrase!r} is always taken back, as in {texts[0]!r}; look at not_if and denies",
                    )


def _told(finding: str, text: str, reader: Reader) -> bool:
    return any(mention.finding == finding for mention in read(text, reader).mentions)


def _path(number: int, entry: Entry, name: str, place: int) -> str:
    return f"entries/{number}({entry[0]})/{name}/{place}"


def prove(parts: Sequence[LexiconPart]) -> list[Fault]:
    """Everything wrong with a lexicon: what cannot be read at all first, and alone."""
    classes = {name: members for part in parts for name, members in part.classes.items()}
    unreadable = list(_unreadable(parts, Parser(classes)))
    if unreadable:
        return unreadable
    reader = Reader([entry for part in parts for entry in part.entries], classes)
    return [*_unused(parts), *_twice(parts), *_unmet(parts, reader, _Examples(classes))]
