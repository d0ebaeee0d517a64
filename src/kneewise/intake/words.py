"""Text to words: offsets kept, spelling and inflection made one, function words set aside."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from kneewise.intake.english import DROPPED, MERGED, SPELLING

_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+(?:['’`´][^\W\d_]+)*|\n|[^\w\s]")
_END = frozenset(".!?;…\n•")
_PAUSE = {",": ",", ":": ",", "(": ",", ")": ",", "–": ",", "—": ",", "/": "or", "&": "and", "+": "and"}
_ABBREVIATIONS = frozenset("dr mr mrs ms approx yrs yr wks wk mins min hrs hr vs eg ie no st x p c".split())
_LONGEST_MERGE = max(len(parts) for parts in MERGED)
_MERGE_STARTS = frozenset(parts[0] for parts in MERGED)
_VOWELS = frozenset("aeiouy")
_COMMON_FORMS = frozenset(SPELLING.values()) | frozenset(MERGED.values())


@dataclass(slots=True)
class Word:
    """One written word: as typed in lower case, in its common form, and where it stands in the text."""

    typed: str
    form: str
    start: int
    end: int
    dropped: bool = False


def lower(text: str) -> str:
    """Lower case of the same length, so that offsets hold ("İ" would become two characters)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The common form of one word: swelling, swollen, swells -> swell."""
    known = SPELLING.get(word)
    if known is not None:
        return known
    if len(word) < 4 or word in _COMMON_FORMS or not word.isalpha():
        return word
    form = _without_ending(word)
    if form in SPELLING:
        return SPELLING[form]
    return form + "e" if form + "e" in _COMMON_FORMS else form


def _without_ending(word: str) -> str:
    form = word
    if form.endswith("ies") and len(form) > 4:
        form = form[:-3] + "y"
    elif form.endswith(("sses", "xes", "ches", "shes", "zes")):
        form = form[:-2]
    elif form.endswith("s") and not form.endswith(("ss", "us", "is")):
        form = form[:-1]
    for ending in ("ing", "ed", "ly"):
        root = form[: -len(ending)]
        if (
            form.endswith(ending)
            and len(root) > 2
            and not form.endswith("eed")
            and any(v in _VOWELS for v in root)
        ):
            form = root
            if len(form) > 3 and form[-1] == form[-2] and form[-1] not in "lszfe":
                form = form[:-1]
            elif (
                len(form) == 3
                and ending != "ly"
                and form[0] not in _VOWELS
                and form[1] in _VOWELS
                and form[2] not in "aeiouywx"
            ):
                form += "e"  # moving -> move, but hopping -> hop
            break
    if len(form) > 4 and form.endswith("e") and not form.endswith("ee"):
        form = form[:-1]
    return form


def _split(low: str) -> list[tuple[str, int, int]]:
    return [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(low)]


def merge(words: list[Word]) -> list[Word]:
    """Join the word groups that count as one ("not able to" -> cant)."""
    result: list[Word] = []
    i = 0
    count = len(words)
    while i < count:
        word = words[i]
        if word.typed in _MERGE_STARTS or word.form in _MERGE_STARTS:
            for size in range(min(_LONGEST_MERGE, count - i), 0, -1):
                group = words[i : i + size]
                found = MERGED.get(tuple(w.form for w in group))
                if found is None:
                    found = MERGED.get(tuple(w.typed for w in group))
                if found is not None:
                    result.append(
                        Word(
                            " ".join(w.typed for w in group),
                            found,
                            word.start,
                            group[-1].end,
                            dropped=not found,
                        )
                    )
                    i += size
                    break
            else:
                result.append(word)
                i += 1
        else:
            result.append(word)
            i += 1
    return result


def word_of(typed: str, start: int, end: int, correct: Callable[[str], str] | None = None) -> Word:
    """One word in its common form."""
    plain = typed.replace("’", "'").replace("`", "'").replace("´", "'")
    form = stem(plain) if plain in SPELLING else None
    if form is None:
        if plain.endswith("'s"):
            plain = plain[:-2]
        elif "'" in plain:
            head, _, tail = plain.partition("'")
            if head in {"i", "he", "she", "it", "they", "we", "you", "that", "there", "this", "who", "what"}:
                if tail == "ve":
                    return Word(typed, "have", start, end, dropped=True)
                return Word(typed, head, start, end, dropped=True)
            plain = plain.replace("'", "")
        if plain in DROPPED:
            return Word(plain, plain, start, end, dropped=True)
        if correct is not None:
            plain = correct(plain)
        form = stem(plain)
    return Word(
        plain if plain not in SPELLING else typed, form, start, end, dropped=form in DROPPED or not form
    )


def sentences(low: str, correct: Callable[[str], str] | None = None) -> list[list[Word]]:
    """The text (lower case) as sentences of words; a comma stays as a word of its own."""
    result: list[list[Word]] = []
    current: list[Word] = []
    tokens = _split(low)
    count = len(tokens)
    for i, (piece, start, end) in enumerate(tokens):
        if piece[0].isalnum():
            current.append(word_of(piece, start, end, correct))
        elif piece in _END:
            if piece == "." and i and i + 1 < count:
                before, after = tokens[i - 1], tokens[i + 1]
                if (
                    before[0] in _ABBREVIATIONS
                    and before[2] == start
                    and after[0][0].isalnum()
                    and after[1] == end + 1
                ):
                    continue
                if (
                    after[1] == end
                    and before[2] == start
                    and after[0][0].isdigit()
                    and before[0][-1].isdigit()
                ):
                    continue
            if piece == "\n" and current and i + 1 < count and tokens[i + 1][0] != "\n":
                current.append(Word(",", ",", start, end))
                continue
            if current:
                result.append(current)
                current = []
        elif piece in _PAUSE:
            current.append(Word(piece, _PAUSE[piece], start, end))
        elif piece == "-":
            spaced = (i == 0 or tokens[i - 1][2] < start) or (i + 1 < count and tokens[i + 1][1] > end)
            if spaced and current:
                current.append(Word(",", ",", start, end))
    if current:
        result.append(current)
    return [merge(sentence) for sentence in result]


def forms(phrase: str) -> list[str]:
    """A phrase of a pattern as the forms that the text is compared with; "root*" stays as it is."""
    words: list[Word] = []
    for typed in phrase.split():
        if typed.endswith("*") or typed.startswith("="):
            words.append(Word(typed, typed, 0, 0))
        elif typed in _PAUSE:
            words.append(Word(typed, _PAUSE[typed], 0, 0))
        elif typed.isalpha() or typed.isdigit():
            words.append(word_of(typed, 0, 0))
        else:
            words.extend(word for sentence in sentences(typed) for word in sentence)
    return [word.form for word in merge(words) if not word.dropped]
