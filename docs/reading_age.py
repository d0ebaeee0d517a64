"""The reading age of every page: `python docs/reading_age.py [--all]`, and the table in docs/reference/.

The measure is Flesch–Kincaid (Kincaid 1975): grade = 0.39 · words per sentence + 11.8 · syllables per word −
15.59; the age is the grade and five years. Syllables are counted by rule (`syllables`): textstat would fetch a
dictionary from the network. Unavoidable terms (unavoidable_terms.yaml) count as one short word. A list item
ends a sentence. Names and labels are not measured.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Knowledge

TERMS = Path(__file__).parent / "unavoidable_terms.yaml"
NOTICE = "<!-- Written by `make docs`; do not edit. -->\n"
TARGET, OUTLIER, FEWEST_WORDS = (9.0, 11.0), 11.0, 12
# What is not running text: ids, names, headings, labels, citations.
NOT_TEXT = frozenset(
    {
        "id",
        "name",
        "without",
        "clinical_name",
        "title",
        "heading",
        "sources",
        "article",
        "answers",
        "course_weeks",
        "kind",
    }
)
KINDS = (
    "conditions",
    "factors",
    "findings",
    "red_flags",
    "exercises",
    "treatments",
    "topics",
    "measures",
    "instruments",
    "phrases",
    "pages",
)
KIND_NAMES = {
    "phrases": "advice and other sentences",
    "pages": "question pages",
    "red_flags": "red flags",
    "instruments": "questionnaires",
}

_VOWELS = re.compile(r"[aeiouy]+")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_HIATUS = re.compile(
    r"(?<![cgtsq])i(?:a|o|u(?!s\b))|eo(?!n)|ua(?!l\b)|[^q]ua|ying|uing|eing\b|[^g]iet\b|dual|real|area|idea|being|going|doing"
)
# Words the rules get wrong, and that stand here often.
_KNOWN = {
    "area": 3, "areas": 3, "idea": 3, "being": 2, "going": 2, "doing": 2, "seeing": 2, "people": 2, "real": 1,
    "really": 2, "every": 2, "everything": 3, "several": 2, "different": 3, "business": 2, "clothes": 1, "does": 1,
    "goes": 1, "shoe": 1, "shoes": 1, "toe": 1, "toes": 1, "knee": 1, "knees": 1, "the": 1, "something": 2,
    "somebody": 3, "someone": 2, "sometimes": 2, "somewhere": 2, "more": 1, "evening": 2, "lower": 2, "science": 2,
    "quiet": 2, "cushion": 2, "cushions": 2, "experience": 4, "sciatica": 4, "diet": 2, "giant": 2, "lying": 2, "dying": 2, "trial": 2, "trials": 2, "fluid": 2, "fluids": 2,
    "ruin": 2, "period": 3, "serious": 3, "previous": 3, "various": 3, "usual": 3, "usually": 4, "gradual": 3,
    "gradually": 4, "unusual": 4, "manual": 3, "creating": 3, "created": 3, "react": 2, "likely": 2, "careful": 2,
    "moment": 2, "movement": 2, "movements": 2, "statement": 2, "sideways": 2, "backside": 2, "kneecap": 2,
    "kneecaps": 2, "lifetime": 2, "outside": 2, "inside": 2, "whole": 1, "while": 1, "else": 1, "once": 1,
    "sore": 1, "foremost": 2, "therefore": 2, "before": 2, "tired": 1, "hours": 1, "hour": 1, "fire": 1, "our": 1,
    "your": 1, "their": 1, "you": 1, "eye": 1, "eyes": 1, "ache": 1, "aches": 1, "aching": 2, "bruise": 1,
    "bruises": 2, "iron": 2, "bowel": 2, "towel": 2, "power": 2, "shower": 2, "flower": 2, "jewel": 2,
}  # fmt: skip


def syllables(word: str) -> int:
    """How many syllables an English word has, by rule: vowel groups, silent e, endings, vowels that part."""
    word = word.lower().removesuffix("'s").replace("'", "")
    if word in _KNOWN:
        return _KNOWN[word]
    count = len(_VOWELS.findall(word))
    count += len(_HIATUS.findall(word))
    if re.search(r"[^aeiouy]e$", word) and not re.search(r"[^aeiouy]le$", word):
        count -= 1  # take
    elif re.search(r"[^aeioudty]ed$", word):
        count -= 1  # walked, not rested
    elif re.search(r"[^aeioucgsxz]es$", word) and not re.search(r"(?:[cs]h|[^aeiouy]l)es$", word):
        count -= 1  # takes, not pushes
    if re.search(r"[^aeiouy]e(?:ly|ment|ments|ful|less|ness)$", word):
        count -= 1  # safely
    return max(count, 1)


def unavoidable() -> dict[str, str]:
    """Term → plain twin."""
    return dict(YAML(typ="safe", pure=True).load(TERMS)["terms"])


_TERMS = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, unavoidable()), key=len, reverse=True)) + r")\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Measured:
    """One page's figures."""

    kind: str
    id: str
    age: float
    words: int
    words_per_sentence: float
    syllables_per_word: float
    age_as_written: float  # with the unavoidable terms counted as they stand


def texts(value: Any, name: str = "") -> Iterator[str]:
    """The running text of an entry, one field or list item at a time."""
    if name in NOT_TEXT or value is None:
        return
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts(getattr(value, part.name), part.name)


def sentences(entry: Any, *, replace: bool = True) -> list[list[str]]:
    """The sentences of an entry as words; numbers count for nothing, unavoidable terms as one short word."""
    found = []
    for text in texts(entry):
        plain = text.replace("’", "'")
        plain = _TERMS.sub("part", plain) if replace else plain
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", plain):
            words = _WORD.findall(sentence.lower())
            if words:
                found.append(words)
    return found


def reading_age(told: list[list[str]]) -> tuple[float, float, float]:
    """(age, words per sentence, syllables per word)."""
    words = [word for sentence in told for word in sentence]
    length, size = len(words) / len(told), sum(map(syllables, words)) / len(words)
    return 0.39 * length + 11.8 * size - 15.59 + 5, length, size


def measure(knowledge: Knowledge) -> list[Measured]:
    """Every page of every kind that a lay person reads and that is long enough to be measured."""
    words = knowledge.words["en"]
    examined = {finding.id for finding in knowledge.findings.values() if finding.who == "clinician"}
    found = []
    for kind in KINDS:
        for id_, entry in getattr(words, kind).items():
            told = sentences(entry)
            if sum(map(len, told)) >= FEWEST_WORDS and not (kind == "findings" and id_ in examined):
                age, length, size = reading_age(told)
                written = reading_age(sentences(entry, replace=False))[0]
                found.append(Measured(kind, id_, age, sum(map(len, told)), length, size, written))
    return found


def outliers(measured: list[Measured]) -> list[Measured]:
    """The pages over the aim, the hardest first."""
    return sorted((page for page in measured if page.age > OUTLIER), key=lambda page: -page.age)


def reading_age_page(knowledge: Knowledge) -> str:
    """Mean, median and outliers by kind; then every outlier."""
    measured = measure(knowledge)
    lines = [
        NOTICE,
        "# How hard the pages are to read",
        "",
        f"The aim is a reading age of {TARGET[0]:g} to {TARGET[1]:g}. Measured on the running text of each page by",
        "Flesch–Kincaid (grade and five years); syllables are counted by rule, and a list item ends a sentence.",
        f"Questions for clinicians and texts under {FEWEST_WORDS} words are left out.",
        "It knows length, not clearness: a page under the aim may still be hard to follow.",
        f"{len(unavoidable())} terms a page cannot do without (docs/unavoidable_terms.yaml, each with its plain twin)",
        "count as one short word. Print it with `python docs/reading_age.py`.",
        "",
        "| Pages | Number | Mean | Median | Hardest | Over 11 | Mean with every term as it stands |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for kind in KINDS:
        ages = [page.age for page in measured if page.kind == kind]
        if ages:
            over = sum(age > OUTLIER for age in ages)
            written = statistics.mean(page.age_as_written for page in measured if page.kind == kind)
            lines.append(
                f"| {KIND_NAMES.get(kind, kind)} | {len(ages)} | {statistics.mean(ages):.1f} | "
                f"{statistics.median(ages):.1f} | {max(ages):.1f} | {over} | {written:.1f} |"
            )
    lines += [
        "",
        "## Pages over 11",
        "",
        "| Page | Age | Words a sentence | Syllables a word |",
        "|---|---:|---:|---:|",
    ]
    lines += [
        f"| {page.kind}/{page.id} | {page.age:.1f} | {page.words_per_sentence:.1f} | {page.syllables_per_word:.2f} |"
        for page in outliers(measured)
    ]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """The table for docs/reference/."""
    return {"reading-age.md": reading_age_page(load_knowledge())}


def main() -> int:
    """Print the table."""
    print(reading_age_page(load_knowledge()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
