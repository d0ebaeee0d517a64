"""What the words around a phrase do to it: denial, doubt, the past, another person, a mere worry."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from kneewise.intake import english
from kneewise.intake.words import Word, stem

_PAST = re.compile(english.PAST)
_STILL = re.compile(english.STILL_GOING)
_HYPOTHESIS = re.compile(english.HYPOTHESIS)
_NOW = re.compile(
    r"\b(?:now|today|currently|at the moment|these days|yesterday|this (?:week|morning|time))\b"
)

_PERSON = frozenset("i he she they we there hes shes im ive".split())
_VERB_AFTER_IT = frozenset(
    """is was has had just feel hurt start come swell go give lock click keep get look really still also pop be ache
    throb do does did can cant would seem""".split()
)
_CLAUSE_START = frozenset(
    """i he she it they we my his her the there this these now then has is was have had am are feel hurt can cant im
    ive its hes shes""".split()
)
_NOUN_AFTER_NO = frozenset(
    map(
        stem,
        """injury trauma accident swell bruise fever pain red numb tingle problem issue lock click fall history injury
    surgery change lump redness knock blow""".split(),
    )
)
_LEADING_ADJECTIVE = frozenset(
    map(stem, "swell pain hot red sore tight stiff tender numb bruise cold".split())
)
_BODY = frozenset(
    map(stem, "knee calf thigh leg foot ankle hamstring buttock hip shin toe kneecap groin glute".split())
)
_REACH = {"no": 9, "not": 8, "never": 8, "without": 9, "deny": 40, "none": 4, "nor": 6, "lack": 4}
_DOUBT = frozenset({"sure", "certain", "know", "unsure", "idea", "clue"})
_GONE = frozenset({"disappear", "resolv", "resolve", "clear", "vanish"})


@dataclass(slots=True)
class Sentence:
    """A sentence with, for each word, what its context says about it."""

    words: list[Word]
    stream: list[int] = field(default_factory=list)  # indices of the words that are not dropped
    denied: list[bool] = field(default_factory=list)
    doubted: list[bool] = field(default_factory=list)
    negator: list[bool] = field(default_factory=list)
    past: list[bool] = field(default_factory=list)
    supposed: list[bool] = field(default_factory=list)
    relative: list[bool] = field(default_factory=list)


def _is_break(word: Word) -> bool:
    return word.form in english.BREAKS or word.typed in english.BREAKS


def _next_content(words: list[Word], i: int) -> int:
    while i < len(words) and words[i].dropped:
        i += 1
    return i


def _starts_clause(words: list[Word], i: int) -> bool:
    """Whether a new statement starts at i ("… and my calf is swollen")."""
    if i >= len(words):
        return True
    word = words[i]
    if word.typed in _CLAUSE_START or word.form in _CLAUSE_START:
        return True
    following = _next_content(words, i + 1)
    if following < len(words):
        after = words[following].form
        if word.form in _LEADING_ADJECTIVE and (
            after in _BODY or after in {"in", "behind", "at", "on", "over"}
        ):
            return True
        if word.form in _BODY and after in _LEADING_ADJECTIVE | {"hurt", "feel", "give", "go", "lock"}:
            return True
    return False


def _segment_length(words: list[Word], i: int) -> int:
    count = 0
    while i < len(words) and words[i].form not in {",", "|"} and words[i].form not in {"or", "and"}:
        count += not words[i].dropped
        i += 1
    return count


def _list_goes_on(words: list[Word], comma: int, kind: str) -> bool:
    """Whether the denial crosses this comma: "no redness, swelling or numbness", never "no injury, swollen calf"."""
    i = comma + 1
    if i < len(words) and words[i].form in {"or", "nor"}:
        return not _starts_clause(words, i + 1)
    if i < len(words) and words[i].form == "and":
        i += 1
    if i >= len(words) or _starts_clause(words, i) or _is_break(words[i]):
        return False
    # Look for the "or" that closes the list: all pieces before it must be short and bare.
    j = i
    pieces = 0
    while j < len(words) and j < i + 28:
        form = words[j].form
        if form in {"or", "nor"}:
            return True
        if form == ",":
            pieces += 1
            following = j + 1
            if following < len(words) and words[following].form in {"or", "nor"}:
                return True
            if following < len(words) and (_starts_clause(words, following) or _is_break(words[following])):
                break
            if following < len(words) and words[following].form in english.NEGATORS | {"cant"}:
                break
        elif _is_break(words[j]) or form in english.NEGATORS | {"cant"}:
            break
        j += 1
    if kind == "deny":
        return _segment_length(words, i) <= 4
    # "no redness, bruising, fever": bare single nouns, at least two more of them, or one that ends the sentence.
    if _segment_length(words, i) != 1:
        return False
    word = words[_next_content(words, i)] if _next_content(words, i) < len(words) else None
    bare = word is not None and word.typed.endswith(("ing", "ness", "ion", "er", "ma", "ry", "se", "or", "s"))
    return bare and pieces >= 1


def _deny_from(sentence: Sentence, i: int) -> None:
    """Mark what the negator at i reaches."""
    words = sentence.words
    kind = words[i].form
    nxt = _next_content(words, i + 1)
    if nxt < len(words):
        following = words[nxt].form
        raw = words[i + 1].typed if i + 1 < len(words) else ""
        harmless = english.NOT_A_DENIAL.get(kind, ())
        typed = words[nxt].typed
        if (
            kind == "not"
            and raw in {"so", "too", "that", "as", "just", "only", "quite", "even"}
            and raw != "even"
        ):
            sentence.negator[i] = False
            if raw in {"just", "only"}:
                return
            _mark(sentence, i + 1, 5, sentence.doubted)
            return
        if (
            kind == "never"
            and raw in {"been", "had", "felt", "known", "seen"}
            and re.search(
                r"^(?:so|this|as|such|that)\b|\b(?:like|before) (?:this|that)\b",
                " ".join(w.typed for w in words[i + 2 : i + 10]),
            )
        ):
            # "never been so swollen": it is
            sentence.negator[i] = False
            return
        if following in _DOUBT:
            sentence.negator[i] = False
            _mark(sentence, nxt + 1, 14, sentence.doubted)
            return
        if kind == "no" and following in {"one", "body"}:
            sentence.negator[i] = False
            _mark(sentence, nxt + 1, 8, sentence.doubted)
            return
        if kind == "not" and following in {"much"}:
            sentence.negator[i] = False
            _mark(sentence, nxt + 1, 4, sentence.doubted)
            return
        if following in harmless or typed in harmless:
            # "no better with ice" is neither a denial nor an easing
            sentence.negator[i] = False
            for j in range(nxt, min(len(words), nxt + 3)):
                if words[j].form == "," or _is_break(words[j]):
                    break
                sentence.doubted[j] = True
            return
    reach = _REACH[kind]
    content = 0
    j = i + 1
    last = words[i]
    while j < len(words) and content < reach:
        word = words[j]
        form = word.form
        if form == ",":
            if not _list_goes_on(words, j, kind):
                return
            content = max(0, content - 3)
            last = word
            j += 1
            continue
        if _is_break(word) and content + (j > i + 1) > 0:
            return
        if form == "and":
            if kind != "deny" and _starts_clause(words, j + 1):
                return
            after = _next_content(words, j + 1)
            if kind == "no" and after < len(words) and words[after].form in english.NEGATORS:
                return
            content = max(0, content - 2)
        elif form in {"or", "nor"}:
            content = max(0, content - 3)
        elif (
            (word.typed in _PERSON and j > i + 1 and content >= 1 and kind != "deny")
            or (
                word.typed in {"it", "its", "it's"}
                and content >= 1
                and j + 1 < len(words)
                and (
                    words[j + 1].form in _VERB_AFTER_IT
                    or words[j + 1].typed in _VERB_AFTER_IT
                    or word.typed != "it"
                )
            )
            or (
                word.typed in {"my", "his", "her", "the"}
                and last.form in _NOUN_AFTER_NO
                and kind in {"no", "without"}
            )
            or (form in english.NEGATORS and j > i + 1 and form != "nor")
        ):
            return
        sentence.denied[j] = True
        if not word.dropped:
            content += 1
            if form in {"or", "nor", "and"}:
                content -= 1
            last = word
        j += 1


def _mark(sentence: Sentence, start: int, length: int, flags: list[bool]) -> None:
    for j in range(start, min(len(sentence.words), start + length)):
        if _is_break(sentence.words[j]) and sentence.words[j].form not in {"while", "when", "after", "which"}:
            return
        flags[j] = True


def _denials(sentence: Sentence) -> None:
    words = sentence.words
    for i, word in enumerate(words):
        if word.form in english.NEGATORS:
            sentence.negator[i] = True
            _deny_from(sentence, i)
        elif word.form == "nolonger":
            # "no longer hurts": it did, it does not now; neither is told as a sign
            _mark(sentence, i + 1, 6, sentence.doubted)
        elif word.form in {"unsure", "wonder", "wondering"}:
            _mark(sentence, i + 1, 12, sentence.doubted)
    # "swelling: none", "fever - no"
    for i, word in enumerate(words):
        if word.form in {"none", "no", "negative", "absent", "not"} and i >= 1:
            ends = i + 1 == len(words) or words[i + 1].form == ","
            joined = words[i - 1].form == "," or word.form in {"negative", "absent", "none"}
            if ends and joined:
                j = i - 1
                while j >= 0 and words[j].form == ",":
                    j -= 1
                count = 0
                while j >= 0 and words[j].form not in {",", "and", "but"} and count < 4:
                    sentence.denied[j] = True
                    count += 1
                    j -= 1


def _pieces(words: list[Word]) -> list[tuple[int, int]]:
    """The sentence cut at commas and strong conjunctions: where "then" ends and "now" begins."""
    cuts = [0]
    for i, word in enumerate(words):
        if word.form == "," or word.typed in {"but", "now", "then", "however", "although", "because"}:
            cuts.append(i)
    cuts.append(len(words))
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def _earlier(sentence: Sentence) -> None:
    words = sentence.words
    carried = False
    for a, b in _pieces(words):
        text = " ".join(w.typed for w in words[a:b])
        mark = _PAST.search(text)
        short = b - a <= 5
        if mark and not _STILL.search(text):
            carried = True
            for j in range(a, b):
                sentence.past[j] = True
            if short and b < len(words) and words[b].form == ",":
                # "Last year, I tore my ACL": the next piece is meant
                continue
        elif carried and not _NOW.search(text) and words[a].form == "," and not _STILL.search(text) and a > 0:
            # only the piece that directly follows a bare time phrase
            for j in range(a, b):
                sentence.past[j] = True
        carried = bool(mark) and short and not _STILL.search(text)
    for i, word in enumerate(words):
        if word.form == "," or _is_break(word):
            continue
        if word.typed in {"anymore"}:
            for j in range(max(0, i - 6), i):
                sentence.doubted[j] = True


def _supposed(sentence: Sentence) -> None:
    words = sentence.words
    text = " ".join(w.typed for w in words)
    marks = list(_HYPOTHESIS.finditer(text))
    if not marks:
        return
    starts: list[int] = []
    at = 0
    for w in words:
        starts.append(at)
        at += len(w.typed) + 1
    for mark in marks:
        first = next((k for k, s in enumerate(starts) if s >= mark.start()), len(words))
        after = next((k for k, s in enumerate(starts) if s >= mark.end()), len(words))
        for j in range(first, min(len(words), after + 8)):
            if j >= after and (words[j].form in {",", "because", "since", "but", "as"}):
                break
            sentence.supposed[j] = True


def _relatives(sentence: Sentence, patient_is_relative: bool) -> None:
    if patient_is_relative:
        return
    words = sentence.words
    for a, b in _pieces(words):
        for i in range(a, b):
            if words[i].typed.removesuffix("'s") in english.RELATIVES or words[i].form in english.RELATIVES:
                # the rest of the piece is about that person, unless the writer comes back
                j = i
                while j < b and not (j > i and words[j].typed in {"i", "im", "i'm", "ive", "i've", "my"}):
                    sentence.relative[j] = True
                    j += 1
                break


def _pets(sentence: Sentence) -> None:
    """ "My dog has a limp": the piece is about the animal. "I fell over the dog" is not."""
    words = sentence.words
    for a, b in _pieces(words):
        for i in range(a, min(b, a + 5)):
            if (
                words[i].typed.removesuffix("'s") in english.PETS
                and all(w.typed not in english.SELF for w in words[a:i])
                and (words[i].typed.endswith("'s") or (i + 1 < b and words[i + 1].typed in english.DOES))
            ):
                for j in range(a, b):
                    if words[j].typed in english.SELF or (j > i and words[j].typed in {"my", "me"}):
                        break
                    sentence.relative[j] = True
                break


def others_troubles(sentence: Sentence) -> list[tuple[int, int]]:
    """Where the troubles of somebody else or of an animal are told ("my colleague had a bad knee last year")."""
    words = sentence.words
    spans: list[tuple[int, int]] = []
    i = 0
    while i + 2 < len(words):
        name = words[i].typed.removesuffix("'s")
        if (
            sentence.relative[i]
            and name in english.RELATIVES | english.PETS
            and words[i + 1].typed in english.DOES
            and not words[i + 2].typed.startswith(english.TELLS)
        ):
            while i < len(words) and sentence.relative[i]:
                spans.append((words[i].start, words[i].end))
                i += 1
        i += 1
    return spans


def look_around(words: list[Word], patient_is_relative: bool) -> Sentence:
    """A sentence with the context of each of its words."""
    n = len(words)
    sentence = Sentence(
        words,
        [i for i, w in enumerate(words) if not w.dropped],
        [False] * n,
        [False] * n,
        [False] * n,
        [False] * n,
        [False] * n,
        [False] * n,
    )
    _denials(sentence)
    _earlier(sentence)
    _supposed(sentence)
    _relatives(sentence, patient_is_relative)
    _pets(sentence)
    return sentence
