"""The pattern language of the lexicon: patterns as trees, matched over the word forms of a sentence.

See docs/how-to/write-content.md, "Lexicon". A node gives, for a sentence, every place where it can
start with the places where it can end; what was worked out once for a sentence is kept for it.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kneewise.intake.english import NEGATORS
from kneewise.intake.words import forms, stem

_HEAD = re.compile(r"\s*(~?)\s*(?:\{([a-z]+)\})?\s*")
_PIECE = re.compile(r"<([a-z][a-z0-9_]*)>|(\.\.\.?)|([()\[\]|@])|([^\s<>()\[\]|@~.]+(?:\.\d)?)")
# One of these may stand unasked between two words of a pattern.
_SKIPPED = frozenset(
    {
        "no",
        "not",
        "never",
        "without",
        ",",
        "even",
        "only",
        "still",
        "all",
        "well",
        "little",
        "fully",
        "completely",
    }
)
_SEPARATORS = frozenset({"and", "or", ","})
_PREPOSITIONS = frozenset(
    """in on at behind of around over under underneath down up along inside outside below above near from into
    through across beneath""".split()
)
_SELF_NEGATING = frozenset({"cant", "nothing", "nolonger"}) | NEGATORS
_GAPS = {"..": 4, "...": 9}
# Forms that stand in most texts: poor to look a pattern up by.
_EVERYWHERE = frozenset(
    """and or , in on at of up down with for from as by when if after over out off go get have come feel be like not no
    cant all more back pain hurt knee leg now one two day week month year walk run sit stand start bad can take put
    side time make know hard long""".split()
)
_SOMEWHERE = frozenset(
    """calf thigh foot hamstring swell sore ache tight stiff work move bend month feel give way around behind under
    through into while because than then only even still worse better ease help tell say think need try play
    twist stair lie bed night morning sleep hip buttock numb weak hot red sharp first last little much while""".split()
)

Spans = dict[int, tuple[int, ...]]
_NOTHING: Spans = {}


class PatternError(ValueError):
    """A pattern that cannot be read: what is wrong and how to mend it."""


@dataclass(slots=True)
class Forms:
    """The word forms of a sentence, with where each stands; "|" stands for "but"."""

    forms: list[str]
    places: dict[str, list[int]] = field(default_factory=dict)
    prefixes: dict[str, list[int]] = field(default_factory=dict)
    have: set[str] = field(default_factory=set)
    done: dict[int, Spans] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, form in enumerate(self.forms):
            self.places.setdefault(form, []).append(place)


@dataclass(frozen=True, slots=True, eq=False)
class Node(ABC):
    """A piece of a pattern. `needs`: sets of forms, of each of which one must be in the text ("root*" for a prefix)."""

    needs: tuple[frozenset[str], ...]

    def spans(self, text: Forms) -> Spans:
        """Where it can start, and for each start where it can end."""
        known = text.done.get(id(self))
        if known is None:
            known = text.done[id(self)] = self._find(text)
        return known

    @abstractmethod
    def _find(self, text: Forms) -> Spans:
        """Look for it in the text; `spans` remembers the answer."""


@dataclass(frozen=True, slots=True, eq=False)
class _Word(Node):
    form: str

    def _find(self, text: Forms) -> Spans:
        return {place: (place + 1,) for place in text.places.get(self.form, ())}


@dataclass(frozen=True, slots=True, eq=False)
class _Prefix(Node):
    root: str

    def _find(self, text: Forms) -> Spans:
        return {place: (place + 1,) for place in text.prefixes.get(self.root, ())}


@dataclass(frozen=True, slots=True, eq=False)
class _Either(Node):
    words: frozenset[str]
    others: Mapping[str, tuple[Node, ...]]  # by a word that each cannot do without; "" for none

    def _find(self, text: Forms) -> Spans:
        found: Spans = {}
        places = text.places
        for form in self.words & places.keys():
            for place in places[form]:
                found[place] = (place + 1,)
        for key in self.others.keys() & text.have:
            for node in self.others[key]:
                for start, ends in node.spans(text).items():
                    known = found.get(start)
                    if known is None:
                        found[start] = ends
                    elif known != ends:
                        found[start] = tuple(sorted({*known, *ends}))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Optional(Node):
    inner: Node

    def _find(self, text: Forms) -> Spans:
        return self.inner.spans(text)


@dataclass(frozen=True, slots=True, eq=False)
class _Gap(Node):
    most: int

    def _find(self, text: Forms) -> Spans:
        return _NOTHING


@dataclass(frozen=True, slots=True, eq=False)
class _Chain(Node):
    """Parts one after another; kept from the back, each with the gap that may stand after it."""

    parts: tuple[tuple[Node, int, bool], ...]  # (node, gap after it, may be missing)

    def _find(self, text: Forms) -> Spans:
        have = text.have
        for need in self.needs:
            if need.isdisjoint(have):
                return _NOTHING
        # What may follow, each with the gap before it: a part that may be missing leaves two ways open.
        last, _, _ = self.parts[0]
        ways: list[tuple[Spans, int]] = [(last.spans(text), 0)]
        for node, gap, optional in self.parts[1:]:
            joined: Spans = {}
            for start, ends in node.spans(text).items():
                for end in ends:
                    for spans, more in ways:
                        reached = _onward(text, end, gap or more, spans)
                        if reached:
                            known = joined.get(start)
                            joined[start] = tuple(sorted({*known, *reached})) if known else reached
            if optional:
                ways = [(spans, gap or more) for spans, more in ways] + [(joined, 0)]
            elif joined:
                ways = [(joined, 0)]
            else:
                return _NOTHING
        if len(ways) == 1:
            return ways[0][0]
        found: dict[int, set[int]] = {}
        for spans, _ in ways:
            for start, ends in spans.items():
                found.setdefault(start, set()).update(ends)
        return {start: tuple(sorted(ends)) for start, ends in found.items()}


def _onward(text: Forms, end: int, gap: int, rest: Spans) -> tuple[int, ...]:
    """The ends reached from `end`: over a gap to the nearest continuation, or over a skipped word or two."""
    words = text.forms
    size = len(words)
    if not gap:
        for place in range(end, min(size, end + 3)):
            ends = rest.get(place)
            if ends:
                return ends
            if words[place] not in _SKIPPED:
                return ()
        return ()
    crossing_commas = gap > _GAPS[".."]
    for place in range(end, min(size, end + gap + 1)):
        ends = rest.get(place)
        if ends:
            return ends
        word = words[place]
        if word == "|" or (word == "," and not crossing_commas):
            return ()
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class _At(Node):
    """A complaint at a place: "pain in the calf", "the calf hurts", "thigh, calf and foot are sore"."""

    what: Node
    where: Node
    bodies: Node
    plaints: Node

    def _find(self, text: Forms) -> Spans:
        what, where = self.what.spans(text), self.where.spans(text)
        found: dict[int, set[int]] = {}
        if not what or not where:
            return _NOTHING
        bodies, plaints = self.bodies.spans(text), self.plaints.spans(text)
        for start, ends in what.items():
            for end in ends:
                for place in self._what_first(text, end, bodies, plaints, where):
                    found.setdefault(start, set()).update(where[place])
        for start, ends in where.items():
            for end in ends:
                for place in self._where_first(text, end, bodies, plaints, what):
                    found.setdefault(start, set()).update(what[place])
        return {start: tuple(sorted(ends)) for start, ends in found.items()}

    @staticmethod
    def _what_first(text: Forms, at: int, bodies: Spans, plaints: Spans, where: Spans) -> list[int]:
        """Places reached from a complaint: a few words, further complaints in a list, sites in a list."""
        words, size = text.forms, len(text.forms)
        plain = 0
        preposition = site = False
        place = at
        while place < size:
            if place in where and (place == at or words[place - 1] not in _SEPARATORS or site):
                return [place]
            word = words[place]
            if word == "|":
                break
            if word in _SEPARATORS:
                following = place + 1
                if following < size and words[following] in _SEPARATORS:
                    following += 1
                if following in where and site:
                    place = following
                    continue
                if (
                    following < size
                    and words[following] in _PREPOSITIONS
                    and (site or following + 1 in where)
                ):
                    preposition = True
                    place = following + 1
                    plain = 0
                    continue
                if following in plaints and not preposition:
                    place = max(plaints[following])
                    plain = 0
                    continue
                if following in bodies and site:
                    place = max(bodies[following])
                    plain = 0
                    continue
                if following + 1 in plaints and not preposition and plain == 0:
                    place = max(plaints[following + 1])
                    continue
                break
            if word in _PREPOSITIONS:
                preposition = True
            if place in bodies and preposition:
                site = True
                place = max(bodies[place])
                plain = 0
                continue
            plain += 1
            if plain > 4:
                break
            place += 1
        return []

    @staticmethod
    def _where_first(text: Forms, at: int, bodies: Spans, plaints: Spans, what: Spans) -> list[int]:
        """Places reached from a site: further sites in a list, a few words, complaints in a list."""
        words, size = text.forms, len(text.forms)
        plain = 0
        place = at
        told = False
        while place < size:
            if place in what and (place == at or words[place - 1] not in _SEPARATORS or told):
                return [place]
            word = words[place]
            if word == "|":
                break
            if word in _SEPARATORS:
                following = place + 1
                if following < size and words[following] in _SEPARATORS:
                    following += 1
                if following in what and told:
                    place = following
                    continue
                if (
                    following < size
                    and words[following] in _PREPOSITIONS
                    and following + 1 in bodies
                    and not told
                ):
                    following += 1
                if following in bodies and not told:
                    place = max(bodies[following])
                    plain = 0
                    continue
                if following in plaints and told:
                    place = max(plaints[following])
                    plain = 0
                    continue
                break
            if place in plaints:
                told = True
            elif place in bodies and plain:
                break
            plain += 1
            if plain > 3:
                break
            place += 1
        return []


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One phrase, ready to be matched; `holds_in_past` for what counts even if long ago.

    `only_about`: the site that must have been named last ("knee"), or "child" where the person must be one.
    """

    source: str
    root: Node
    holds_in_past: bool
    has_negator: bool
    only_about: str = ""

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Sets of forms, of each of which one must be in the text."""
        return self.root.needs

    def find(self, text: Forms) -> list[tuple[int, int]]:
        """First and last word of each match, the shortest for each start."""
        return [
            (start, ends[0] - 1) for start, ends in sorted(self.root.spans(text).items()) if ends[0] > start
        ]


_Piece = tuple[str, str, str, str]  # a class, a gap, a mark or a word; the other three are empty


class Parser:
    """Reads patterns against a set of classes; classes may name other classes."""

    def __init__(self, classes: Mapping[str, tuple[str, ...]]) -> None:
        self._classes = classes
        self._done: dict[str, Node] = {}
        self._open: list[str] = []
        self._words: dict[str, _Word] = {}
        self._phrases: dict[str, list[Node]] = {}
        self._groups: dict[tuple[_Piece, ...], Node] = {}

    def parse(self, source: str) -> Pattern:
        """One pattern, or `PatternError`."""
        head = _HEAD.match(source)
        past, only_about = (bool(head.group(1)), head.group(2) or "") if head else (False, "")
        pieces: list[_Piece] = _PIECE.findall(source[head.end() :] if head else source)
        at = next((i for i, piece in enumerate(pieces) if piece[2] == "@"), None)
        if at is None:
            root = self._whole(pieces, source)
        else:
            what, where = self._whole(pieces[:at], source), self._whole(pieces[at + 1 :], source)
            root = _At(
                what.needs + where.needs,
                what,
                where,
                self._class("body", source),
                self._class("complaint", source),
            )
        if not root.needs:
            raise PatternError(f"the pattern {source!r} has no word that must be there; name at least one")
        return Pattern(source, root, past, self._negates(pieces), only_about)

    @staticmethod
    def _negates(pieces: list[_Piece]) -> bool:
        """Whether the pattern speaks of a lack itself ("no feeling", "cannot walk"), outside of optional parts."""
        return any(piece[3] and stem(piece[3]) in _SELF_NEGATING for piece in pieces)

    def _whole(self, pieces: list[_Piece], source: str) -> Node:
        node, rest = self._alternatives(pieces, 0, source)
        if rest != len(pieces) or node is None:
            raise PatternError(f"the pattern {source!r} closes a bracket that was not opened, or is empty")
        return node

    def _alternatives(self, pieces: list[_Piece], i: int, source: str) -> tuple[Node | None, int]:
        """Alternatives up to a closing bracket or the end; those of nothing but skipped words are left out."""
        found: list[Node] = []
        parts: list[Node] = []
        words: list[str] = []
        size = len(pieces)
        while True:
            piece = pieces[i] if i < size else ("", "", "", "")
            if piece[3]:
                words.append(piece[3])
                i += 1
                continue
            if words:
                parts.extend(self._phrase(" ".join(words)))
                words = []
            if i >= size or piece[2] in {")", "]", "|"}:
                if any(not isinstance(part, _Gap) for part in parts):
                    found.append(parts[0] if len(parts) == 1 else _chain(parts))
                parts = []
                if i < size and piece[2] == "|":
                    i += 1
                    continue
                break
            if piece[0]:
                parts.append(self._class(piece[0], source))
            elif piece[1]:
                parts.append(_Gap((), _GAPS[piece[1]]))
            else:
                opened = i + 1
                inner, i = self._alternatives(pieces, opened, source)
                # The same group in another pattern is the same node, so that it is looked for once a sentence.
                if inner is not None:
                    inner = self._groups.setdefault(tuple(pieces[opened:i]), inner)
                if i >= size or pieces[i][2] != (")" if piece[2] == "(" else "]"):
                    raise PatternError(f"the pattern {source!r} opens a bracket that it does not close")
                if inner is not None:
                    parts.append(_Optional((), inner) if piece[2] == "[" else inner)
            i += 1
        if not found:
            return None, i
        return (found[0] if len(found) == 1 else _either(found)), i

    def _phrase(self, phrase: str) -> list[Node]:
        known = self._phrases.get(phrase)
        if known is None:
            known = self._phrases[phrase] = [self._literal(form) for form in forms(phrase)]
        return known

    def _literal(self, form: str) -> Node:
        if form.endswith("*") and len(form) > 1:
            return _Prefix((frozenset({form}),), form[:-1])
        node = self._words.get(form)
        if node is None:
            node = self._words[form] = _Word((frozenset({form}),), form)
        return node

    def _class(self, name: str, source: str) -> Node:
        if name in self._done:
            return self._done[name]
        if name not in self._classes:
            raise PatternError(f"the pattern {source!r} names the class <{name}>, which no file defines")
        if name in self._open:
            raise PatternError(f"the class <{name}> names itself: {' > '.join([*self._open, name])}")
        self._open.append(name)
        node = _either([self._whole(_PIECE.findall(member), member) for member in self._classes[name]])
        self._open.pop()
        self._done[name] = node
        return node


@lru_cache(maxsize=65536)
def cost(need: frozenset[str]) -> int:
    """How often one of these forms will be met: the lower, the better a pattern is looked up by it."""
    return sum(25 if form in _EVERYWHERE else 6 if form in _SOMEWHERE else 1 for form in need)


def _either(nodes: list[Node]) -> Node:
    words: set[str] = set()
    others: dict[str, list[Node]] = {}
    plain: list[Node] = []
    for node in nodes:
        if isinstance(node, _Word):
            words.add(node.form)
        elif isinstance(node, _Either):
            words |= node.words
            for key, kept in node.others.items():
                others.setdefault(key, []).extend(kept)
            plain.extend(dict.fromkeys(n for kept in node.others.values() for n in kept))
        else:
            plain.append(node)
            for key in min(node.needs, key=cost) if node.needs else ("",):
                others.setdefault(key, []).append(node)
    by_key = {key: tuple(kept) for key, kept in others.items()}
    if any(not node.needs for node in plain):
        return _Either((), frozenset(words), by_key)
    needs = frozenset(words).union(*(min(node.needs, key=cost) for node in plain))
    return _Either((needs,), frozenset(words), by_key)


def _chain(parts: list[Node]) -> Node:
    while len(parts) > 1 and isinstance(parts[-1], (_Optional, _Gap)):
        parts = parts[:-1]  # what may be missing at the end says nothing
    if len(parts) == 1:
        return parts[0]
    steps: list[tuple[Node, int, bool]] = []
    gap = 0
    for part in reversed(parts):
        if isinstance(part, _Gap):
            gap = max(gap, part.most)
        elif isinstance(part, _Optional):
            steps.append((part.inner, gap, True))
            gap = 0
        else:
            steps.append((part, gap, False))
            gap = 0
    return _Chain(tuple(need for part in parts for need in part.needs), tuple(steps))


def pieces_of(source: str) -> tuple[str, list[_Piece]]:
    """The condition of a pattern ("knee" of "{knee} swell", or empty) and its pieces."""
    head = _HEAD.match(source)
    return (
        (head.group(2) or "", _PIECE.findall(source[head.end() :])) if head else ("", _PIECE.findall(source))
    )


def literal_words(source: str) -> list[str]:
    """The words of a pattern as they are written, for the mending of misspellings."""
    return [piece[3].strip("*!=") for piece in _PIECE.findall(source) if piece[3]]
