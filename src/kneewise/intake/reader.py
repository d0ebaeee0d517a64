"""Own words to findings: each with its state and the very words that matched."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from kneewise.intake import english, person, quantities
from kneewise.intake.context import Sentence, look_around
from kneewise.intake.ordinary import ORDINARY
from kneewise.intake.patterns import Parser, Pattern, PatternError, literal_words
from kneewise.intake.reading import Mention, Reading
from kneewise.intake.words import Word, lower, sentences, stem

Entry = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]

# The work is bounded: what stands beyond this many characters is not read, and the reading says so.
MOST_CHARACTERS = 100_000
_WINDOW = 90
_OVERLAP = 20
_MOST_CORRECTIONS = 400


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern with the finding it speaks of; `denies` patterns mean that it is absent."""

    finding: str
    denies: bool
    pattern: Pattern
    not_if: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    first: int
    last: int
    rule: _Rule


class Reader:
    """A lexicon made ready: entries are (finding, says, denies, not_if), classes are named word lists."""

    def __init__(self, entries: Iterable[Entry], classes: Mapping[str, tuple[str, ...]]) -> None:
        parser = Parser(classes)
        self._rules: list[_Rule] = []
        written: set[str] = set()
        for members in classes.values():
            for member in members:
                written.update(literal_words(member))
        for finding, says, denies, not_if in entries:
            blocks = tuple(parser.parse(phrase) for phrase in not_if)
            for phrases, denying in ((says, False), (denies, True)):
                for phrase in phrases:
                    try:
                        self._rules.append(_Rule(finding, denying, parser.parse(phrase), blocks))
                    except PatternError as error:
                        raise PatternError(f"{finding}: {error}") from None
                    written.update(literal_words(phrase))
            for phrase in not_if:
                written.update(literal_words(phrase))
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._index(written)

    def _index(self, written: set[str]) -> None:
        weight: dict[str, int] = {}
        for rule in self._rules:
            for need in rule.pattern.needs:
                for form in need:
                    weight[form] = weight.get(form, 0) + 1
        self._by_form: dict[str, list[int]] = {}
        prefixes: set[str] = set()
        for number, rule in enumerate(self._rules):
            needs = rule.pattern.needs
            anchor = min(needs, key=lambda need: sum(weight[form] for form in need))
            for form in anchor:
                self._by_form.setdefault(form, []).append(number)
            for need in needs:
                prefixes.update(form for form in need if form.endswith("*"))
        self._prefixes = prefixes
        self._prefix_lengths = sorted({len(p) - 1 for p in prefixes})
        # Misspellings are mended against the words of the lexicon, never against ordinary words.
        good = {word for word in written if word.isalpha() and word.isascii()}
        self._known = good | set(english.SPELLING) | english.DROPPED | ORDINARY | set(weight)
        self._known_stems = {stem(word) for word in self._known}
        self._buckets: dict[str, list[str]] = {}
        for word in sorted(good | {w for w in english.SPELLING if w.isalpha() and len(w) > 5}):
            if len(word) >= 5:
                self._buckets.setdefault(word[0], []).append(word)

    def corrector(self) -> _Corrector:
        """A mender of misspellings for one text."""
        return _Corrector(self._known, self._known_stems, self._buckets, self._prefixes)

    def expressions(self, pattern: Pattern) -> list[re.Pattern[str]]:
        """The regular expressions of a pattern, compiled when first needed."""
        result = []
        for source in pattern.expressions:
            compiled = self._compiled.get(source)
            if compiled is None:
                compiled = self._compiled[source] = re.compile(source)
            result.append(compiled)
        return result

    def candidates(self, forms: set[str]) -> list[_Rule]:
        """The rules all of whose needed words stand in the text, in the order of the lexicon."""
        have = set(forms)
        if self._prefixes:
            for form in forms:
                for length in self._prefix_lengths:
                    if len(form) >= length and form[:length] + "*" in self._prefixes:
                        have.add(form[:length] + "*")
        numbers: set[int] = set()
        for form in have:
            numbers.update(self._by_form.get(form, ()))
        rules = self._rules
        return [
            rules[number]
            for number in sorted(numbers)
            if not any(need.isdisjoint(have) for need in rules[number].pattern.needs)
        ]


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
                # a repeated letter is the commonest slip
                best = extractOne(
                    word, self._buckets.get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed
                )
                if best is not None:
                    found = str(best[0])
            self._done[word] = found
        return found

    def _fits(self, word: str) -> bool:
        form = stem(word)
        return (
            form in self._stems
            or form in self._known
            or any(form[:n] + "*" in self._prefixes for n in range(4, len(form) + 1))
        )


def _windows(words: list[Word]) -> list[list[Word]]:
    if len(words) <= _WINDOW:
        return [words]
    step = _WINDOW - _OVERLAP
    return [words[i : i + _WINDOW] for i in range(0, max(1, len(words) - _OVERLAP), step)]


class _Line:
    """The matched-against form of a sentence, with the way back to its words."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.starts: list[int] = []
        self.ends: list[int] = []
        parts: list[str] = []
        at = 0
        for index in sentence.stream:
            word = sentence.words[index]
            form = "|" if word.form == "but" else word.form.replace(" ", "_")
            self.starts.append(at)
            parts.append(" " + form)
            at += len(form) + 1
            self.ends.append(at)
        self.text = "".join(parts) + " "
        self.forms = {sentence.words[i].form for i in sentence.stream}

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """First and last word (places in the stream) of a match."""
        first = bisect_left(self.starts, match.start())
        last = bisect_left(self.ends, match.end())
        return first, max(first, min(last, len(self.ends) - 1))


def _blocked(reader: Reader, rule: _Rule, line: _Line, first: int, last: int) -> bool:
    """Whether a `not_if` phrase stands within six words of the match."""
    for pattern in rule.not_if:
        if any(
            need.isdisjoint(line.forms) and not any(f.endswith("*") for f in need) for need in pattern.needs
        ):
            continue
        for expression in reader.expressions(pattern):
            for match in expression.finditer(line.text):
                a, b = line.span(match)
                if a <= last + 6 and b >= first - 6:
                    return True
    return False


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
    if sentence.doubted[a] and not pattern.has_negator:
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
    if rule.denies:
        return None if denied else "absent"
    return "absent" if denied else "present"


_GONE_FORMS = frozenset({"disappear", "disappeared", "resolv", "resolve", "vanish"})


def _ends_with_away(tail: list[Word]) -> bool:
    if tail[0].typed not in {"gone", "went"}:
        return False
    following = [w.form for w in tail[1:2]]
    return not following or following[0] in {"away", ",", "now"}


def _find(reader: Reader, line: _Line, rules: list[_Rule]) -> list[tuple[str, str, int, int]]:
    """(finding, state, first, last) for each phrase that holds, places being words of the sentence."""
    found: list[tuple[str, str, int, int]] = []
    for rule in rules:
        for expression in reader.expressions(rule.pattern):
            for match in expression.finditer(line.text):
                first, last = line.span(match)
                state = _state(line.sentence, rule, first, last)
                if state is None or _blocked(reader, rule, line, first, last):
                    continue
                found.append((rule.finding, state, line.sentence.stream[first], line.sentence.stream[last]))
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
    whole = text
    text = text[:MOST_CHARACTERS]
    low = lower(text)
    found_sentences = sentences(low, reader.corrector())
    about = person.who(low)
    mentions: list[Mention] = []
    seen: dict[tuple[str, ...], bool] = {}
    sides: list[tuple[int, int, bool]] = []
    for words in found_sentences:
        for window in _windows(words):
            key = tuple(w.typed for w in window)
            if key in seen:
                continue
            seen[key] = True
            sentence = look_around(window, about.patient_is_relative)
            line = _Line(sentence)
            for finding, state, a, b in _find(reader, line, reader.candidates(line.forms)):
                start, end = window[a].start, window[b].end
                mentions.append(
                    Mention(
                        finding, "absent" if state == "absent" else "present", text[start:end], start, end
                    )
                )
            sides.append((window[0].start, window[-1].end, all(sentence.past)))
    mentions.extend(quantities.quantities(text, low, about))
    chosen = _choose(mentions)
    return Reading(
        mentions=chosen,
        side=person.side(low, [(a, b) for a, b, past in sides if past]),
        age=about.age,
        sex=about.sex,
        respondent=about.respondent,
        out_of_scope=person.out_of_scope(low),
        not_understood=_not_understood(
            text, found_sentences, [(m.start, m.end) for m in mentions] + about.spans
        ),
        unread_characters=len(whole) - len(text),
    )
