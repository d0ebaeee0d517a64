"""The pattern language of the lexicon, made into regular expressions over word forms.

Each element of a pattern is preceded by one blank, the text is " form form form ", so that an
expression never starts or ends inside a word. See docs/how-to/write-content.md, "Lexicon".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kneewise.intake.english import NEGATORS
from kneewise.intake.words import forms

_PIECE = re.compile(r"<([a-z][a-z0-9_]*)>|(\.\.\.?)|([()\[\]|@~])|([^\s<>()\[\]|@~.]+(?:\.\d)?)")
_SKIP = "(?: (?:no|not|never|without|,|even|only|still|all|well))?"
_WORD = "(?: (?!and |or |, |\\| )[^ ]+)"
_PREPOSITION = "(?: (?:in|on|at|behind|of|around|over|under|underneath|down|up|along|inside|outside|below|above|near|from|into|through|across|beneath))"
_OPERATORS = frozenset("()[]|@~")


class PatternError(ValueError):
    """A pattern that cannot be read: what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One phrase: regular expressions to try, the words it cannot do without, and how to treat it."""

    source: str
    expressions: tuple[str, ...]
    needs: tuple[frozenset[str], ...]
    holds_in_past: bool
    has_negator: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of regular expression with what it needs: one set per element that must be there."""

    expression: str
    needs: tuple[frozenset[str], ...]
    optional: bool = False
    gap: bool = False


class Parser:
    """Reads patterns against a set of classes; classes may name other classes."""

    def __init__(self, classes: Mapping[str, tuple[str, ...]]) -> None:
        self._classes = classes
        self._done: dict[str, _Part] = {}
        self._open: list[str] = []
        self._forms: dict[str, list[str]] = {}

    def parse(self, source: str) -> Pattern:
        """One pattern, or `PatternError`."""
        pieces = [match.groups() for match in _PIECE.finditer(source)]
        marks = [p[2] for p in pieces]
        past = "~" in marks
        pieces = [p for p in pieces if p[2] != "~"]
        if any(p[2] == "@" for p in pieces):
            at = next(i for i, p in enumerate(pieces) if p[2] == "@")
            what, where = self._whole(pieces[:at], source), self._whole(pieces[at + 1 :], source)
            expressions = self._at(what.expression, where.expression)
            needs = what.needs + where.needs
        else:
            part = self._whole(pieces, source)
            expressions, needs = (part.expression,), part.needs
        needs = tuple(sorted(needs, key=len))
        if not needs:
            raise PatternError(f"the pattern {source!r} has no word that must be there; name at least one")
        literal = set(re.findall(r"[a-z]+", source.lower().replace("'", "")))
        negator = bool(literal & NEGATORS) or bool(
            literal
            & {
                "cant",
                "nothing",
                "nolonger",
                "dont",
                "doesnt",
                "didnt",
                "isnt",
                "wont",
                "hasnt",
                "havent",
                "wasnt",
            }
        )
        return Pattern(source, tuple(e + "(?= )" for e in expressions), needs, past, negator)

    def _at(self, what: str, where: str) -> tuple[str, ...]:
        body = self._class("body").expression if "body" in self._classes else _WORD
        plaint = self._class("complaint").expression if "complaint" in self._classes else _WORD
        listed_bodies = f"(?: (?:and|or|,){_PREPOSITION}?(?: of| back of)?{body}(?: muscle)?)"
        listed_plaints = f"(?: (?:and|or|,){_WORD}?{plaint})"
        return (
            # pain in the calf; pain and swelling in the back of the calf; pain in the thigh and calf
            f"{what}{_SKIP}{listed_plaints}{{0,3}}(?:{_WORD}{{0,3}}?{_PREPOSITION}{_WORD}{{0,2}}?(?:(?: (?:and|or|,))?{_PREPOSITION}?{body}{listed_bodies}{{0,2}} (?:and|or|,){_PREPOSITION}?)?)?{where}",
            # the calf is very sore; the thigh, calf and foot hurt; my calf, which has swollen
            f"{where}{_SKIP}{listed_bodies}{{0,3}}(?:{_WORD}{{0,3}}?{_SKIP}{plaint}{listed_plaints}{{0,2}} (?:and|or|,))?{_WORD}{{0,3}}?{_SKIP}{what}",
        )

    def _whole(self, pieces: list[tuple[str, str, str, str]], source: str) -> _Part:
        part, rest = self._sequence(pieces, 0, source)
        if rest != len(pieces):
            raise PatternError(f"the pattern {source!r} closes a bracket that was not opened")
        return part

    def _sequence(self, pieces: list[tuple[str, str, str, str]], i: int, source: str) -> tuple[_Part, int]:
        """Alternatives up to a closing bracket or the end."""
        alternatives: list[_Part] = []
        parts: list[_Part] = []
        words: list[str] = []

        def flush() -> None:
            if words:
                parts.extend(self._literal(" ".join(words)))
                words.clear()

        while i < len(pieces):
            name, gap, mark, word = pieces[i]
            if word:
                words.append(word)
                i += 1
                continue
            flush()
            if name:
                parts.append(self._class(name, source))
            elif gap:
                parts.append(
                    _Part("(?: (?!\\| )[^ ]+)" + ("{0,4}?" if gap == ".." else "{0,9}?"), (), gap=True)
                )
            elif mark in "([":
                inner, i = self._sequence(pieces, i + 1, source)
                if i >= len(pieces) or pieces[i][2] != (")" if mark == "(" else "]"):
                    raise PatternError(f"the pattern {source!r} opens a bracket that it does not close")
                optional = mark == "[" or inner.optional
                parts.append(
                    _Part(
                        f"(?:{inner.expression}){'?' if optional else ''}",
                        () if optional else inner.needs,
                        optional,
                    )
                )
            elif mark == "|":
                alternatives.append(_join(parts))
                parts = []
            else:  # a closing bracket: the caller looks at it
                break
            i += 1
        flush()
        alternatives.append(_join(parts))
        if len(alternatives) == 1:
            return alternatives[0], i
        # An alternative of nothing but skipped words ("the", "is") says nothing and is left out.
        empty = False
        full = [part for part in alternatives if part.expression]
        if not full:
            return _Part("", (), optional=True), i
        expression = "|".join(sorted({part.expression for part in full}, key=len, reverse=True))
        needs: tuple[frozenset[str], ...] = ()
        if not empty and all(part.needs for part in full):
            needs = (frozenset().union(*(min(part.needs, key=len) for part in full)),)
        return _Part(f"(?:{expression})", needs, optional=empty), i

    def _literal(self, phrase: str) -> list[_Part]:
        result = []
        known = self._forms.get(phrase)
        if known is None:
            known = self._forms[phrase] = forms(phrase.replace("*", "zzz"))
        for form in known:
            if "zzz" in form:
                root = form.partition("zzz")[0]
                result.append(_Part(f" {re.escape(root)}[^ ]*", (frozenset({root + "*"}),)))
            else:
                result.append(_Part(f" {re.escape(form)}", (frozenset({form}),)))
        return result

    def _class(self, name: str, source: str = "") -> _Part:
        if name in self._done:
            return self._done[name]
        if name not in self._classes:
            raise PatternError(f"the pattern {source!r} names the class <{name}>, which no file defines")
        if name in self._open:
            raise PatternError(f"the class <{name}> names itself: {' > '.join([*self._open, name])}")
        self._open.append(name)
        members = [
            self._whole([m.groups() for m in _PIECE.finditer(member)], member)
            for member in self._classes[name]
        ]
        self._open.pop()
        expression = "|".join(sorted({part.expression for part in members}, key=len, reverse=True))
        needs = frozenset[str]().union(*(min(part.needs, key=len) for part in members if part.needs))
        part = _Part(f"(?:{expression})", (needs,))
        self._done[name] = part
        return part


def _join(parts: list[_Part]) -> _Part:
    """Elements one after another; a skipped negator or comma may stand between two of them."""
    expression = ""
    before: _Part | None = None
    for part in parts:
        if not part.expression:
            continue
        if (
            before is not None
            and not before.gap
            and not part.gap
            and not before.optional
            and not part.optional
        ):
            expression += _SKIP
        expression += part.expression
        before = part
    needs = tuple(need for part in parts for need in part.needs)
    optional = bool(parts) and all(part.optional for part in parts)
    return _Part(expression, needs, optional)


def literal_words(source: str) -> list[str]:
    """The words of a pattern as they are written, for the correction of misspellings."""
    return [piece[3].rstrip("*") for piece in (m.groups() for m in _PIECE.finditer(source)) if piece[3]]
