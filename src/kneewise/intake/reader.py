"""Own words to findings: each with its state and the very words that matched."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import RLock

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from kneewise.intake import english, person, quantities
from kneewise.intake.context import Sentence, look_around, others_troubles
from kneewise.intake.ordinary import ORDINARY
from kneewise.intake.patterns import Forms, Parser, Pattern, PatternError, cost, literal_words
from kneewise.intake.reading import Mention, Reading
from kneewise.intake.words import Word, lower, sentences, stem
from kneewise.knowledge.types import LexiconIndex

Entry = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]

# The work is bounded: what stands beyond this many characters is not read, and the reading says so.
MOST_CHARACTERS = 100_000
_WINDOW = 90
_OVERLAP = 20
_MOST_CORRECTIONS = 400
_ROOT = re.compile(r"[^\s<>()\[\]|@~=]+\*")


class _Rule:
    """A pattern with the finding it speaks of; `denies` patterns mean that it is absent.

    A `denies` pattern with a leading "!" is a bare word that says the finding is absent only where the
    text denies it ("no swelling"), and nothing where the text affirms it ("swelling": of what?).
    """

    __slots__ = ("_parser", "_pattern", "denies", "finding", "not_if", "only_if_denied", "source")

    def __init__(
        self, finding: str, phrase: str, not_if: tuple[str, ...], parser: Parser, *, denies: bool
    ) -> None:
        self.finding = finding
        self.denies = denies
        self.only_if_denied = denies and phrase.startswith("!")
        self.source = phrase.removeprefix("!")
        self.not_if = not_if
        self._parser = parser
        self._pattern: Pattern | None = None

    @property
    def pattern(self) -> Pattern:
        """The phrase, parsed when it is first needed. Raises `PatternError`, which names the finding."""
        if self._pattern is None:
            try:
                self._pattern = self._parser.parse(self.source)
            except PatternError as error:
                raise PatternError(f"{self.finding}: {error}") from None
        return self._pattern


def _good_words(written: Iterable[str]) -> set[str]:
    return {word for word in written if word.isalpha() and word.isascii()}


def _known_words(written: Iterable[str]) -> set[str]:
    """Words that are no misspellings: those of the lexicon and ordinary English."""
    return _good_words(written) | set(english.SPELLING) | english.DROPPED | ORDINARY


class Reader:
    """A lexicon made ready: entries are (finding, says, denies, not_if), classes are named word lists.

    With the `index` that `index` gave for the same lexicon, patterns are parsed when a text first calls for
    them; without it, all at once (`PatternError` names what is wrong).
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        classes: Mapping[str, tuple[str, ...]],
        index: LexiconIndex | None = None,
    ) -> None:
        self.alone = RLock()
        self._parser = parser = Parser(classes)
        self._classes = classes
        self._not_if: dict[str, Pattern] = {}
        self._rules = [
            _Rule(finding, phrase, not_if, parser, denies=denies)
            for finding, says, denied, not_if in entries
            for phrases, denies in ((says, False), (denied, True))
            for phrase in phrases
        ]
        self._topics: dict[str, Pattern] | None = None
        self._things: dict[str, Pattern] | None = None
        self._ready(index or self.index())

    def index(self) -> LexiconIndex:
        """What a reader of this lexicon needs at its start. Parses every pattern; raises `PatternError`."""
        numbers: dict[tuple[str, ...], int] = {}
        patterns = tuple(
            tuple(numbers.setdefault(tuple(sorted(need)), len(numbers)) for need in rule.pattern.needs)
            for rule in self._rules
        )
        phrases = {phrase for rule in self._rules for phrase in rule.not_if}
        written: set[str] = set()
        for source in (*(m for members in self._classes.values() for m in members), *phrases):
            written.update(literal_words(source))
        for rule in self._rules:
            written.update(literal_words(rule.source))
        forms = {form for need in numbers for form in need}
        prefixes = {form for form in forms if form.endswith("*")}
        for phrase in phrases:
            prefixes.update(_ROOT.findall(phrase))
        return LexiconIndex(
            needs=tuple(numbers),
            patterns=patterns,
            written=tuple(sorted(written)),
            stems=tuple(sorted({stem(word) for word in _known_words(written) | forms})),
            prefixes=tuple(sorted(prefixes)),
        )

    def _ready(self, index: LexiconIndex) -> None:
        needs = [frozenset(need) for need in index.needs]
        costs = [cost(need) for need in needs]
        self._by_form: dict[str, list[int]] = {}
        self._others: list[tuple[frozenset[str], ...]] = []
        for number, numbers in enumerate(index.patterns):
            anchor, *others = sorted(numbers, key=costs.__getitem__)
            self._others.append(tuple(needs[other] for other in others if other != anchor))
            for form in index.needs[anchor]:
                self._by_form.setdefault(form, []).append(number)
        self._prefixes = set(index.prefixes)
        self._exact = {"=" + word for word in index.written}
        self._prefix_lengths = sorted({len(p) - 1 for p in index.prefixes})
        # Misspellings are mended against the words of the lexicon, never against ordinary words.
        self._known = _known_words(index.written).union(*index.needs)
        self._known_stems = set(index.stems)
        self._buckets: dict[str, list[str]] = {}
        good = _good_words(index.written)
        for word in sorted(good | {w for w in english.SPELLING if w.isalpha() and len(w) > 5}):
            if len(word) >= 5:
                self._buckets.setdefault(word[0], []).append(word)

    def not_if(self, phrase: str) -> Pattern:
        """A `not_if` phrase, parsed when it is first needed."""
        pattern = self._not_if.get(phrase)
        if pattern is None:
            pattern = self._not_if[phrase] = self._parser.parse(phrase)
        return pattern

    def prove(self) -> None:
        """Parse every pattern, also what is parsed late; `PatternError` names the finding."""
        for rule in self._rules:
            rule.pattern  # noqa: B018  # parsed by being looked at
            for phrase in rule.not_if:
                try:
                    self.not_if(phrase)
                except PatternError as error:
                    raise PatternError(f"{rule.finding}: {error}") from None

    def fits(self, source: str, text: str) -> bool:
        """Whether a pattern fits somewhere in a text, whatever the words around it do to it."""
        with self.alone:
            pattern = self._parser.parse(source)
            return any(
                pattern.find(_forms(self, look_around(words, patient_is_relative=False)))
                for words in sentences(lower(text), self.corrector())
            )

    def corrector(self) -> _Corrector:
        """A mender of misspellings for one text."""
        return _Corrector(self._known, self._known_stems, self._buckets, self._prefixes)

    def topics(self, text: Forms) -> list[tuple[int, str]]:
        """Where each site is named, for phrases that name none ("it is swollen")."""
        if self._topics is None:
            self._topics = self._classes_of("topic_")
        return sorted(
            (first, name) for name, pattern in self._topics.items() for first, _ in pattern.find(text)
        )

    def _classes_of(self, kind: str) -> dict[str, Pattern]:
        return {
            name.removeprefix(kind): self._parser.parse(f"<{name}>")
            for name in self._classes
            if name.startswith(kind)
        }

    def things(self, text: Forms, sentence: Sentence) -> set[str]:
        """The things that are spoken of and not denied, for phrases that name none ("it is getting bigger")."""
        if self._things is None:
            self._things = self._classes_of("thing_")
        return {
            name
            for name, pattern in self._things.items()
            if any(not sentence.denied[sentence.stream[first]] for first, _ in pattern.find(text))
        }

    def thing_names(self) -> list[str]:
        """The things a pattern may be about ("{lump}"), from the classes `thing_…`."""
        return [name.removeprefix("thing_") for name in self._classes if name.startswith("thing_")]

    def prefixes_of(self, form: str) -> list[str]:
        """The roots of the lexicon ("thrombo*") that a word form begins with."""
        return [form[:n] for n in self._prefix_lengths if n <= len(form) and form[:n] + "*" in self._prefixes]

    def is_exact(self, form: str) -> bool:
        """Whether the lexicon names this very spelling ("=weights")."""
        return form in self._exact

    def is_known(self, word: str) -> bool:
        """Whether a word as typed is no misspelling."""
        return word in self._known

    def candidates(self, text: Forms) -> list[_Rule]:
        """The rules all of whose needed words stand in the text, in the order of the lexicon."""
        have = text.have
        numbers: set[int] = set()
        for form in have:
            numbers.update(self._by_form.get(form, ()))
        found = []
        for number in sorted(numbers):
            for need in self._others[number]:
                if need.isdisjoint(have):
                    break
            else:
                found.append(self._rules[number])
        return found


class _Corrector:
    """Mends a misspelled word within one letter, in long words two; its work is bounded."""

    def __init__(
        self, known: set[str], stems: set[str], buckets: dict[str, list[str]], prefixes: set[str]
    ) -> None:
        self._known = known
        self._stems = stems
        self._buckets = buckets
        self._prefixes = prefixes
        self._done: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        if len(word) < 5 or len(word) > 20 or word in self._known:
            return word
        found = self._done.get(word)
        if found is None:
            found = word
            if (
                len(self._done) < _MOST_CORRECTIONS
                and word.isascii()
                and word.isalpha()
                and not self._fits(word)
            ):
                allowed = 2 if len(word) >= 9 else 1
                near = extract(
                    word, self._buckets.get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed, limit=6
                )
                if near:
                    # Of two as near: the one with the same letters ("weigth": weight, not weigh), then
                    # the one with a letter doubled ("shoort": short, not shoot).
                    found = str(min(near, key=lambda one: (one[1], *_unlike(one[0], word)))[0])
            self._done[word] = found
        return found

    def _fits(self, word: str) -> bool:
        form = stem(word)
        return (
            form in self._stems
            or form in self._known
            or any(form[:n] + "*" in self._prefixes for n in range(4, len(form) + 1))
        )


def _unlike(one: str, word: str) -> tuple[bool, bool]:
    return sorted(one) != sorted(word), set(one) != set(word)


def _windows(words: list[Word]) -> list[list[Word]]:
    if len(words) <= _WINDOW:
        return [words]
    step = _WINDOW - _OVERLAP
    return [words[i : i + _WINDOW] for i in range(0, max(1, len(words) - _OVERLAP), step)]


def _forms(reader: Reader, sentence: Sentence) -> Forms:
    text = Forms(["|" if w.form == "but" else w.form for w in (sentence.words[i] for i in sentence.stream)])
    for place, index in enumerate(sentence.stream):
        exact = "=" + sentence.words[index].typed
        if reader.is_exact(exact):
            text.places.setdefault(exact, []).append(place)
    for form, places in text.places.items():
        for root in reader.prefixes_of(form):
            text.prefixes.setdefault(root, []).extend(places)
    text.have.add("")
    text.have.update(text.places)
    text.have.update(root + "*" for root in text.prefixes)
    return text


def _blocked(reader: Reader, rule: _Rule, text: Forms, first: int, last: int) -> bool:
    """Whether a `not_if` phrase stands within six words of the match."""
    return any(
        a <= last + 6 and b >= first - 6
        for phrase in rule.not_if
        for a, b in reader.not_if(phrase).find(text)
    )


def _state(sentence: Sentence, rule: _Rule, first: int, last: int) -> str | None:
    """present, absent, or None where the context takes the phrase back."""
    places = sentence.stream[first : last + 1]
    pattern = rule.pattern
    a, b = places[0], places[-1]
    if any(sentence.supposed[i] for i in (a, b)):
        return None
    if sentence.past[a] and sentence.past[b] and not pattern.holds_in_past:
        return None
    about_relative = [sentence.relative[i] for i in places]
    if any(about_relative):
        own = any(
            sentence.words[i].form in english.RELATIVES or sentence.words[i].typed in english.RELATIVES
            for i in places
        )
        if not own:
            return None
    if not pattern.has_negator and any(sentence.doubted[i] for i in places):
        return None
    denied = sentence.denied[a]
    if not pattern.has_negator and any(sentence.negator[i] for i in places):
        denied = True
    elif pattern.has_negator:
        denied = denied and not any(sentence.negator[i] for i in places)
        before = a - 1
        if denied and not any(sentence.negator[i] for i in range(max(0, a - 6), a)):
            denied = False
        del before
    if not denied and not pattern.has_negator:
        # "the swelling has gone", "redness resolved"
        tail = [sentence.words[i] for i in range(b + 1, min(len(sentence.words), b + 4))]
        forms = [w.form for w in tail]
        if forms[:1] and (forms[0] in _GONE_FORMS or (forms[0] == "go" and _ends_with_away(tail))):
            return None
    if rule.only_if_denied:
        return "absent" if denied else None
    if rule.denies:
        return None if denied else "absent"
    return "absent" if denied else "present"


_GONE_FORMS = frozenset({"disappear", "disappeared", "resolv", "resolve", "vanish"})


def _ends_with_away(tail: list[Word]) -> bool:
    if tail[0].typed not in {"gone", "went"}:
        return False
    following = [w.form for w in tail[1:2]]
    return not following or following[0] in {"away", ",", "now"}


@dataclass(slots=True)
class _Setting:
    """What phrases without a site, a thing or a person of their own refer to.

    A site is the one named last; a thing ("a lump") may be named anywhere in the text.
    """

    child: bool
    topics: list[tuple[int, str]]
    before: str
    first: str
    things: dict[str, bool]

    def fits(self, only_about: str, last: int) -> bool:
        """Whether the condition of a pattern ("{knee}", "{child}") holds at a place of the sentence."""
        if not only_about:
            return True
        if only_about == "child":
            return self.child
        if only_about in self.things:
            return self.things[only_about]
        topic = self.before
        for place, name in self.topics:
            if place > last:
                break
            topic = name
        if not topic and self.topics:
            topic = self.topics[0][1]
        topic = topic or self.first or "knee"  # this is where people with a painful knee write
        return topic == only_about


def _find(
    reader: Reader, text: Forms, sentence: Sentence, rules: list[_Rule], setting: _Setting
) -> list[tuple[str, str, int, int]]:
    """(finding, state, first, last) for each phrase that holds, places being words of the sentence."""
    found: list[tuple[str, str, int, int]] = []
    for rule in rules:
        about = rule.pattern.only_about
        for first, last in rule.pattern.find(text):
            if about and not setting.fits(about, last):
                continue
            state = _state(sentence, rule, first, last)
            if state is None or _blocked(reader, rule, text, first, last):
                continue
            found.append((rule.finding, state, sentence.stream[first], sentence.stream[last]))
    return found


_STATES = {"present": 0, "absent": 1}


def _choose(mentions: list[Mention]) -> tuple[Mention, ...]:
    """One mention a finding: present before absent (a sign once told stays), then the first, then the longest."""
    best: dict[str, Mention] = {}
    for mention in mentions:
        other = best.get(mention.finding)
        key = (_STATES[mention.state], mention.start, -mention.end)
        if other is None or key < (_STATES[other.state], other.start, -other.end):
            best[mention.finding] = mention
    return tuple(sorted(best.values(), key=lambda m: (m.start, m.end, m.finding)))


def _not_understood(text: str, found: list[list[Word]], spans: list[tuple[int, int]]) -> tuple[str, ...]:
    """The clauses (of at least two words that carry something) in which nothing matched."""
    result: list[str] = []
    merged: list[list[int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    starts = [m[0] for m in merged]
    for sentence in found:
        clause: list[Word] = []
        for word in [*sentence, Word(",", ",", 0, 0)]:
            if word.form in {",", "but"} or word.typed == "but":
                content = [
                    w for w in clause if not w.dropped and w.form not in english.NEGATORS | {"and", "or"}
                ]
                if len(content) >= 2:
                    start, end = clause[0].start, clause[-1].end
                    at = bisect_right(starts, end - 1) - 1
                    if at < 0 or merged[at][1] <= start:
                        result.append(text[start:end])
                clause = []
            else:
                clause.append(word)
        if len(result) >= 50:
            break
    return tuple(dict.fromkeys(result[:50]))


def read(text: str, reader: Reader) -> Reading:
    """What a text says, in findings; never raises on any text."""
    # One text at a time: what a reader finds out about a word or a pattern is kept for the next text, and the
    # texts of two people read at once would find it half done.
    with reader.alone:
        return _read(text, reader)


def _read(text: str, reader: Reader) -> Reading:
    whole = text
    text = text[:MOST_CHARACTERS]
    low = lower(text)
    found_sentences = sentences(low, reader.corrector())
    about = person.who(low)
    mentions: list[Mention] = []
    seen: dict[tuple[str, ...], bool] = {}
    sides: list[tuple[int, int, bool]] = []
    parts: list[tuple[list[Word], Sentence, Forms]] = []
    things = dict.fromkeys(reader.thing_names(), False)
    for words in found_sentences:
        for window in _windows(words):
            key = tuple(w.typed for w in window)
            if key in seen:
                continue
            seen[key] = True
            sentence = look_around(window, about.patient_is_relative)
            forms = _forms(reader, sentence)
            parts.append((window, sentence, forms))
            things.update(dict.fromkeys(reader.things(forms, sentence), True))
    of_others: list[tuple[int, int]] = []
    elsewhere = person.out_of_scope(low)
    home = person.first_site(low) or ("elsewhere" if elsewhere else "")
    setting = _Setting(about.child, [], "", home, things)
    for window, sentence, forms in parts:
        setting.topics = reader.topics(forms)
        for finding, state, a, b in _find(reader, forms, sentence, reader.candidates(forms), setting):
            start, end = window[a].start, window[b].end
            mentions.append(
                Mention(finding, "absent" if state == "absent" else "present", text[start:end], start, end)
            )
        if setting.topics:
            setting.before = setting.topics[-1][1]
        sides.append((window[0].start, window[-1].end, all(sentence.past)))
        of_others += others_troubles(sentence)
    mentions.extend(quantities.quantities(text, low, about, reader.is_known, of_others))
    chosen = _choose(mentions)
    return Reading(
        mentions=chosen,
        side=person.side(low, [(a, b) for a, b, past in sides if past]),
        age=about.age,
        sex=about.sex,
        respondent=about.respondent,
        out_of_scope=elsewhere,
        not_understood=_not_understood(
            text, found_sentences, [(m.start, m.end) for m in mentions] + about.spans
        ),
        unread_characters=len(whole) - len(text),
    )
