"""Looking something up in the knowledge: words to pages, whatever people call it and however they spell it.

An own index of words over topics, treatments, conditions, exercises and factors; typing slips are mended to
the nearest word that the index has. Pure and quick: a look-up is some milliseconds, the index is built once.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from kneewise.intake import Reading
from kneewise.knowledge.types import Knowledge, Words

Kind = Literal["topic", "treatment", "condition", "exercise", "factor"]

MOST_FOUND = 12
_NAME, _SHORT, _BODY = 6.0, 2.5, 1.0
_PREFIX, _MENDED, _READ, _ALSO = 0.6, 0.8, 0.45, 0.9
_LEAST_PREFIX = 4
_LEAST_SHARE = 0.25  # of the best page's score
_SPREAD_OUT = 0.4  # how much a word counts less on a page that says it often
_WORD = re.compile(r"[a-z0-9]+")
_STOP_WORDS = """
a about after all also am an and any anything are as at be because been before being best between both
but by can cannot cant could did didnt do does doesnt dont each few for from get give go good had has
have havent help here how hurt hurts i id if ill im in into is isnt it its ive just like long made make
makes me mean more most much my no not of off on one only or other our out over own please really same
say says should so some someone something such tell than that the them then there these they thing things
this to told too up us very was way what when where which while who why will with without wont you your
"""  # common words; also those that nearly every page of ours says
_STOP = frozenset(_STOP_WORDS.split())

# What people call a thing that our pages call otherwise; the right side is words of the pages.
ALSO_CALLED: Mapping[str, str] = {
    "acl": "anterior cruciate ligament acl tear",
    "advil": "ibuprofen",
    "aleve": "naproxen",
    "bike": "cycling",
    "blood clot": "blood clot deep vein thrombosis dvt",
    "brufen": "ibuprofen",
    "cartilage": "meniscus cushion",
    "charley horse": "cramp knock bruise",
    "charlie horse": "cramp knock bruise",
    "chiropractor": "manual therapy",
    "claudication": "poor blood flow",
    "cold pack": "ice",
    "cortisone": "steroid injection",
    "crutch": "crutches walking stick",
    "cyst": "fluid swelling baker",
    "desk": "sitting posture work",
    "diet": "food fluids",
    "doctor": "care route visit",
    "doms": "muscle soreness new exercise",
    "dry needling": "acupuncture",
    "dvt": "blood clot deep vein thrombosis",
    "eat": "food fluids",
    "eating": "food fluids",
    "exercise band": "band",
    "expecting": "pregnancy",
    "fat pad": "pinched soft tissue",
    "glucosamine": "vitamins collagen supplements",
    "glutes": "side of the hip bottom",
    "gp": "care route visit",
    "growing pains": "children teenagers growing bump",
    "ham string": "hamstring",
    "heating pad": "heat warm",
    "high heels": "shoes heel",
    "hot water bottle": "heat warm",
    "how long": "how recovery goes",
    "hyaluronic acid": "gel injections",
    "itb": "iliotibial band",
    "itbs": "iliotibial band syndrome",
    "jumpers knee": "sore tendon below kneecap",
    "kinesio": "tape",
    "kinesio tape": "tape",
    "kneecap": "kneecap patellofemoral",
    "kneeling": "stairs squatting shoe",
    "knocked": "knock bruise",
    "mri": "scans examination",
    "x ray": "scans examination",
    "xray": "scans examination",
    "ultrasound": "scans examination",
    "nsaid": "anti inflammatory ibuprofen gel",
    "nurofen": "ibuprofen",
    "operation": "surgery operation",
    "orthotics": "insoles",
    "osteopath": "manual therapy",
    "pain killer": "paracetamol ibuprofen",
    "painkiller": "paracetamol ibuprofen",
    "painkillers": "paracetamol ibuprofen",
    "panadol": "paracetamol",
    "physical therapist": "physiotherapy",
    "physio": "physiotherapy",
    "pins and needles": "nerves tingling",
    "platelet": "prp injections",
    "pulled hamstring": "hamstring strain",
    "pulled muscle": "strain",
    "rice": "first care injury ice rest compression elevation",
    "runners knee": "patellofemoral kneecap",
    "run again": "coming back to sport run walk",
    "running": "coming back sport running",
    "screen time": "sitting posture",
    "shot": "injection",
    "sit bone": "sit bone proximal hamstring",
    "sleeping": "sleep rest",
    "slipped disc": "sciatica nerve back",
    "steps": "stairs",
    "stick": "stick crutches",
    "torn hamstring": "hamstring strain tear",
    "trainers": "shoes",
    "trapped nerve": "sciatica nerve",
    "turmeric": "vitamins supplements",
    "tylenol": "paracetamol",
    "varicose": "leg veins",
    "vitamins": "supplements vitamins",
    "voltarol": "anti inflammatory gel",
    "warmup": "warming warm up",
    "water on knee": "swelling fluid",
    "weak quads": "weak front of the thigh",
    "wear and tear": "osteoarthritis wear",
    "arthritis": "osteoarthritis wear repair",
}


class Entry(NamedTuple):
    """Something that has a page: what it is called, and in a sentence what it is."""

    id: str
    kind: Kind
    name: str
    short: str


@dataclass(frozen=True)
class Index:
    """The words of all pages: per word the pages that say it, and how weightily."""

    entries: tuple[Entry, ...]
    pages: Mapping[str, Mapping[int, float]]
    written: Mapping[str, str]  # a word as it is stored -> as it is written, to say it back
    starts: Mapping[str, tuple[str, ...]]  # the first letters -> words that begin so


@dataclass(frozen=True)
class Found:
    """What a look-up found, best first; `mended` is the query without its slips, empty if it had none."""

    entries: tuple[Entry, ...]
    mended: str


def plain(text: str) -> str:
    """Small letters without accents and apostrophes, one space between words."""
    bare = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("’", ""))
    return " ".join(_WORD.findall("".join(c for c in bare if not unicodedata.combining(c))))


def stem(word: str) -> str:
    """A word without its usual English ending."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ings", ""), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            word = word[: len(word) - len(ending)] + instead
            if len(word) > 3 and word[-1] == word[-2] and ending in ("ing", "ed"):
                word = word[:-1]  # running -> run
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _texts(id_: str, kind: Kind, words: Words) -> tuple[str, str, list[str]]:
    """The name, a sentence, and the rest of what a page says."""
    if kind == "topic":
        topic = words.topics[id_]
        rest = [text for s in topic.sections for text in (s.heading, *s.text, *s.points)]
        return topic.title, topic.short, rest
    if kind == "treatment":
        one = words.treatments[id_]
        return one.name, one.what_it_is, [one.what_it_does, one.for_whom, *one.how, one.evidence]
    if kind == "condition":
        cause = words.conditions[id_]
        rest = [
            cause.clinical_name,
            cause.how_it_shows,
            cause.tells_it_apart,
            cause.course,
            *cause.what_helps,
        ]
        return cause.name, cause.what_it_is, [*rest, cause.clinical_name]
    if kind == "exercise":
        exercise = words.exercises[id_]
        return exercise.name, exercise.what_for, [*exercise.cues, exercise.should_feel]
    factor = words.factors[id_]
    return factor.name, factor.how_it_acts, [factor.how_to_check, factor.what_changes_it, factor.evidence]


def _all(knowledge: Knowledge, words: Words) -> Iterable[tuple[str, Kind]]:
    order = sorted(knowledge.topics.values(), key=lambda topic: topic.order)
    yield from ((topic.id, "topic") for topic in order if topic.id in words.topics)
    yield from ((id_, "treatment") for id_ in knowledge.treatments if id_ in words.treatments)
    yield from ((id_, "condition") for id_ in knowledge.conditions if id_ in words.conditions)
    yield from ((id_, "exercise") for id_ in knowledge.exercises if id_ in words.exercises)
    yield from ((id_, "factor") for id_ in knowledge.factors if id_ in words.factors)


def all_entries(knowledge: Knowledge, words: Words) -> tuple[Entry, ...]:
    """Everything that has a page, without the work of an index."""
    return tuple(Entry(id_, kind, *_texts(id_, kind, words)[:2]) for id_, kind in _all(knowledge, words))


def build_index(knowledge: Knowledge, words: Words) -> Index:
    """Read every page once."""
    entries = all_entries(knowledge, words)
    counts: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    written: dict[str, str] = {}
    for number, (id_, kind, name, short) in enumerate(entries):
        rest = " ".join(_texts(id_, kind, words)[2])
        parts = [(f"{name} {id_.replace('_', ' ')}", _NAME), (short, _SHORT), (rest, _BODY)]
        for text, weight in parts:
            seen: dict[str, int] = defaultdict(int)
            for word in plain(text).split():
                if word not in _STOP and len(word) > 1:
                    seen[stem(word)] += 1
                    written.setdefault(stem(word), word)
            for token, times in seen.items():
                counts[token][number] += weight * (1 + _SPREAD_OUT * math.log(times))
    starts: dict[str, list[str]] = defaultdict(list)
    for token in counts:
        starts[token[:_LEAST_PREFIX]].append(token)
    return Index(
        entries,
        {token: dict(pages) for token, pages in counts.items()},
        written,
        {first: tuple(tokens) for first, tokens in starts.items()},
    )


def _nearest(word: str, index: Index) -> str | None:
    """The word of the index that somebody may have meant; None if none is near."""
    if len(word) < 4:
        return None
    slips = 1 if len(word) < 7 else 2
    token = stem(word)
    near = process.extract(
        token, index.pages.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=8
    )
    known = [(str(other), distance) for other, distance, _at in near if len(other) >= _LEAST_PREFIX]
    if not known:
        return None
    # Of words that are as near the one with the same first letter, then the one that more pages say.
    best = min(known, key=lambda hit: (hit[1], hit[0][0] != token[0], -len(index.pages[hit[0]])))
    return index.written[best[0]]


def _tokens(word: str, index: Index) -> dict[str, float]:
    """The words of the index that a word of the query stands for, with how well."""
    token = stem(word)
    found = {token: 1.0} if token in index.pages else {}
    if len(word) >= _LEAST_PREFIX:
        for other in index.starts.get(token[:_LEAST_PREFIX], ()):
            if other.startswith(token):
                found.setdefault(other, _PREFIX)
    return found


def _also(text: str) -> tuple[list[str], set[str]]:
    """The words of the pages for what people call otherwise, and the words that said it.

    The words of a phrase are looked for no more: whoever has pins and needles does not ask about needles.
    """
    words: list[str] = []
    used: set[str] = set()
    padded = f" {text} ".replace(" the ", " ").replace(" my ", " ").replace(" a ", " ")
    for said, ours in ALSO_CALLED.items():
        if f" {said} " in padded:
            words += ours.split()
            used |= set(said.split())
    return words, used


def look_up(query: str, index: Index, words: Words, reading: Reading | None = None) -> Found:
    """The pages that a query means, best first.

    `reading` is what the lexicon read in the query: the names of the findings are looked for too, so that
    "water on the knee" finds what we call swelling.
    """
    text = plain(query)
    asked = [word for word in text.split() if word not in _STOP and len(word) > 1]
    mended: dict[str, str] = {}
    terms: list[
        tuple[dict[str, float], bool]
    ] = []  # words of the index with how well; whether it must be there
    also, used = _also(text)
    for word in asked:
        if word in used and len(used) > 1:
            continue
        tokens = _tokens(word, index)
        if not tokens and word not in used:
            near = _nearest(word, index)
            if near is not None:
                mended[word] = near
                tokens = {token: weight * _MENDED for token, weight in _tokens(near, index).items()}
                more, _used = _also(near)
                also += more
        terms.append((tokens, word not in used))
    terms += [({token: w * _ALSO for token, w in _tokens(word, index).items()}, False) for word in also]
    for word in _read_words(reading, words):
        terms.append(({token: w * _READ for token, w in _tokens(word, index).items()}, False))
    scores = _scored(terms, index)
    best = max(scores.values(), default=0.0)
    order = sorted((n for n in scores if scores[n] >= best * _LEAST_SHARE), key=lambda n: (-scores[n], n))
    said = " ".join(mended.get(word, word) for word in text.split()) if mended else ""
    return Found(tuple(index.entries[n] for n in order[:MOST_FOUND]), said)


def _read_words(reading: Reading | None, words: Words) -> list[str]:
    """The words by which our pages name what the lexicon read in a query, each once."""
    mentions = reading.mentions if reading else ()
    names = [words.findings[m.finding].name for m in mentions if m.state == "present"]
    said = dict.fromkeys(word for name in names for word in plain(name).split())
    return [word for word in said if word not in _STOP and len(word) > 1]


def _scored(terms: list[tuple[dict[str, float], bool]], index: Index) -> dict[int, float]:
    """Each page's score: rare words count more, and a page that has more of what was asked comes first."""
    scores: dict[int, float] = defaultdict(float)
    covered: dict[int, int] = defaultdict(int)
    needed = sum(1 for tokens, must in terms if must and tokens)
    for tokens, must in terms:
        best: dict[int, float] = {}
        for token, weight in tokens.items():
            pages = index.pages[token]
            rare = math.log(1 + len(index.entries) / len(pages))
            for number, count in pages.items():
                best[number] = max(best.get(number, 0.0), weight * rare * count)
        for number, score in best.items():
            scores[number] += score
            covered[number] += must
    if needed < 2:
        return dict(scores)
    return {n: score * (0.25 + 0.75 * covered[n] / needed) ** 1.5 for n, score in scores.items()}
