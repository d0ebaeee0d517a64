"""Figures in a text: since when, how bad, how hot, how long stiff, how big."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from kneewise.intake.person import About, number
from kneewise.intake.reading import Mention

_WORDS = (
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|thirty|forty|"
    r"fifty|sixty|ninety|couple(?: of)?|a couple(?: of)?|few|a few|several|many|some|half a|half an|\d{1,3}(?:\.\d{1,2})?|\d{1,2}½)"
)
_SMALL = {
    "a": 1.0, "an": 1.0, "couple": 2.0, "couple of": 2.0, "a couple": 2.0, "a couple of": 2.0, "few": 3.0, "a few": 3.0,
    "several": 5.0, "many": 10.0, "some": 3.0, "half a": 0.5, "half an": 0.5,
}  # fmt: skip
_UNIT_DAYS = {
    "minute": 1 / 1440, "min": 1 / 1440, "hour": 1 / 24, "hr": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0, "wk": 7.0, "fortnight": 14.0,
    "month": 30.4, "mth": 30.4, "mo": 30.4, "year": 365.0, "yr": 365.0, "decade": 3650.0, "weekend": 7.0,
    "season": 180.0, "summer": 180.0, "winter": 180.0,
}  # fmt: skip
_UNIT = r"(?:hours?|hrs?|days?|nights?|weeks?|wks?|fortnights?|months?|mths?|mo|years?|yrs?|decades?)"
_SPAN = rf"(?P<n>{_WORDS})(?:\s?(?:or|to|-|–)\s?(?P<m>{_WORDS}))?(?P<half> and a half)?[\s-]?(?:more |long |whole |solid |full |good )?(?P<u>{_UNIT})\b(?P<half2> and a half)?"
_ABOUT = r"(?:about |around |roughly |approximately |approx\.? |nearly |almost |over |more than |at least |well over |just over |just under |under |less than |maybe |probably |close to |up to |the (?:last|past) |past |last |at most |easily |like |a good |good |now |only |~|> ?|< ?){0,6}"

_DURATION: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"\b(?:for|since|over|during|in|these|this)? ?(?:the )?(?:last|past) (?:{_ABOUT})?{_SPAN}")),
    (0, re.compile(rf"\b(?:for|x) ?{_ABOUT}{_SPAN}(?! (?:at a time|every|each|a (?:day|week)|per|without|before|of sitting|of walking|straight sitting))")),
    (0, re.compile(rf"\b{_ABOUT}{_SPAN}[\s-]*(?:history|hx|of (?:[\w-]+ ){{0,3}}?(?:pain|ache|aching|swelling|symptoms?|discomfort|tightness|numbness|stiffness|soreness|trouble|problems?|agony|knee|this))")),
    (0, re.compile(rf"\b(?:start\w*|beg[au]n|came on|onset|happened|appeared|noticed|developed|ongoing|going on|lasted|lasting|persist\w*|present|had (?:it|this|pain)|went|injur\w+|hurt\w*|twist\w+|fell|felt|pulled|tore|popped|pop|swelled|swollen)\b[^.;!?\n]{{0,40}}?\b{_ABOUT}{_SPAN}(?: ago| back| now| earlier)?(?! (?:a|per|every|each|later|after|before|into|in|at|old|of sitting))")),
    (1, re.compile(rf"\b{_ABOUT}{_SPAN} (?:ago|back|now|earlier)\b")),
    (1, re.compile(rf"\bit(?:'s|s| has|’s)? been {_ABOUT}{_SPAN}")),
    (1, re.compile(rf"\b{_ABOUT}{_SPAN} since (?:i|he|she|it|the|a|an|my|his|her)(?: \w+)? (?:twist|fell|fall|slip|land|injur|accident|crash|knock|collision|tackle|tumble|pain|start|began|hurt)")),
    (1, re.compile(rf"\b(?:over|during|in) (?:a |the )?(?:last |past )?{_SPAN}(?! (?:a|per|every|each|time|from now))")),
    (2, re.compile(rf"(?:^|[.,;:(]\s*){_ABOUT}{_SPAN}\s*(?=$|[.,;)!]|now\b)")),
)  # fmt: skip
_NAMED: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"\b(?:since |from )?(?:earlier )?(?:this (?:morning|afternoon|evening|lunchtime)|today|tonight|just now|earlier today|an hour ago)\b"), 0.5),
    (re.compile(r"\b(?:since |from )?(?:yesterday(?: (?:morning|afternoon|evening|night))?|last night|overnight)\b"), 1.0),
    (re.compile(r"\bsince (?:the )?(?:early )?(?:morning|afternoon|evening|noon|lunch(?:time)?)\b"), 0.5),
    (re.compile(r"\b(?:since )?(?:the )?day before yesterday\b"), 2.0),
    (re.compile(r"\b(?:since |on |from |this |last |this past ){1,4}(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|weds?|thurs?|fri|sat|sun)\b(?! mornings?\b| league)"), 4.0),
    (re.compile(r"\b(?:since |over |at |from |this |last |during ){1,4}(?:the )?(?:last |past )?weekend\b"), 4.0),
    (re.compile(r"\b(?:since |from |earlier |this |last ){1,4}week\b"), 7.0),
    (re.compile(r"\b(?:a )?fortnight(?: ago)?\b"), 14.0),
    (re.compile(r"\b(?:since |from |sometime |in |early |late ){0,4}last month\b"), 30.0),
    (re.compile(r"\b(?:for (?:many |some |several |a few |the past few )?|many |past few |last few )months\b"), 150.0),
    (re.compile(r"\b(?:for (?:many |some |several |quite a few |a few )?|many )years\b|\b(?:for )?(?:ages now|donkey'?s (?:years|ages)|donkeys)\b|\bfor (?:ages|decades|as long as i can remember)\b|\ball my life\b|\byears now\b"), 1095.0),
    (re.compile(r"\b(?:for )?(?:several|many|a few|some|few) weeks\b|\bfor weeks\b"), 28.0),
    (re.compile(r"\b(?:for )?(?:several|a few|some|couple of) days\b|\bfor days\b"), 4.0),
    (re.compile(r"\bsince (?:last year|the new year|christmas|xmas)\b|\blast (?:summer|winter|autumn|spring|season)\b"), 250.0),
    (re.compile(r"\bsince (?:january|february|march|april|may|june|july|august|september|october|november|december)\b"), 120.0),
)  # fmt: skip
_NOT_A_DURATION_BEFORE = re.compile(
    r"\b(?:worse\w*|increas\w*|spread\w*|rest(?:ed|ing)?|hold\w*|sit(?:ting|s)?|sat|walk\w*|stand\w*|stood|run(?:ning)?|ran|driv\w*|drove|flight\w*|flew|"
    r"journey|travel\w*|cast|plaster|bed|brace|boot|crutches|stiff\w*|took|tak(?:en|ing)|antibiotics|tablets|physio|"
    r"ice\w*|smok\w*|pregnant|surgery|operation|operated|op|replace\w*|replacement|injection|jab|steroids?|chemo\w*|pill|warfarin|"
    r"baby|birth|travelled|every|within|next|after|lasts?|train\w*|play\w*|desk|married|sugar|patient|diabetic|cycl\w*|coach|car|train|plane|bus|hospital|diabet\w*|"
    r"asleep|sleep|warfarin|metformin|weight|lost|kg|lbs|stone|off work|work(?:ed|ing)? (?:for|as|at|there|since|from|in)|prednisolone|hrt)\b[^.,;!?]{0,18}$"
)
_NOT_A_DURATION_AFTER = re.compile(
    r"^\s*(?:pregnant|post[ -]?(?:op|partum|natal|surgery)|postpartum|after (?:my |the |his |her |a )?(?:surgery|operation|op|replacement|birth|delivery|sitting|walking|running|a )|"
    r"(?:of |long |in (?:the |a )?)?(?:flight|drive|car|plane|coach|train|bus|journey|sitting|walk|run(?!ning (?:down|up|from|along|into|round|through))|ride|training|rest\b|physio|antibiotics|driving|standing|gardening|in bed|bed rest)|"
    r"later|old\b|a (?:day|week)|per |every|each|at a time|mark|into (?:a|my|the)|before (?:it|the pain|my)|without)"
)
_OTHER_EVENT_AFTER = re.compile(
    r"^\s*(?:i|he|she|we|my (?:dad|mum|mom|mother|father|brother|sister))?\s*(?:'ve |have |has )?(?:had (?:an? |my |the )?(?:\w+ )?(?:surgery|operation|clot|dvt|baby|injection|arthroscopy|replacement|repair|acl|stroke|heart)|tore|broke|underwent|was (?:diagnosed|told|operated|treated)|got|did|ruptured|injured|dislocated|gave birth|flew|travelled|stopped|quit|retired|lost|finished|completed)\b(?! (?:pain|to|this|it|swelling|a pop))"
)
_PAST_OBJECT_BEFORE = re.compile(
    r"\b(?:surgery|operation|operated|op|replaced|replacement|repair(?:ed)?|reconstruct\w*|arthroscopy|acl|meniscus|diagnosed|injection|cast|plaster|gave birth|birth|baby|flight|flew|travelled|chemo\w*|"
    r"cancer|clot|dvt|stroke|heart attack|tore|torn|ruptured|fractured?|broke|quit|stopped smoking|caesarean|c-section|hysterectomy|cellulitis|bypass|stent|history of|previous\w*|covid|"
    r"pregnan\w*|turned \d+|started (?:running|training|a new|gym|the pill|going|work\w*|taking|hrt|couch|statin\w*|ciprofloxacin)|ciprofloxacin|moved house|retired)\b[^.;!?]{0,30}$"
)

# "my first time in the gym for months"
_FIRST_FOR_LONG = re.compile(r"\bfirst (?:\w+ ){1,6}$")

_PAIN = re.compile(
    r"\b(?P<n>10|\d(?:\.5)?|one|two|three|four|five|six|seven|eight|nine|ten)(?:\s?(?:-|–|to|or|maybe)\s?(?P<m>10|\d|one|two|three|four|five|six|seven|eight|nine|ten))?"
    r"\s?(?:/|out of|outta)\s?(?:10|ten)\b|\b(?:pain|score|scale|hurts?)\b[^.;\n]{0,20}?\b(?:level|score|(?<!out )of|is|at|an?|about|around)\s(?:an? )?(?P<k>10|[1-9])(?=\s*(?:$|[.,;!)]|when|at|and|on|but))"
)
_CELSIUS = re.compile(
    r"\b(?P<c>3[4-9](?:[.,]\d)?|4[0-2](?:[.,]\d)?)\s?(?:°|degrees?|deg|º)?\s?(?:c\b|celsius|centigrade|°)|"
    r"\b(?:temp(?:erature)?|fever)\b[^.;\n]{0,22}?\b(?P<d>3[4-9](?:[.,]\d)?|4[0-2](?:[.,]\d)?)\b|"
    r"\b(?P<f>9[5-9](?:[.,]\d)?|10[0-7](?:[.,]\d)?)\s?(?:°|degrees?|deg|º)?\s?(?:f\b|fahrenheit)|"
    r"\b(?:temp(?:erature)?|fever)\b[^.;\n]{0,22}?\b(?P<g>9[5-9](?:[.,]\d)?|10[0-7](?:[.,]\d)?)\b|"
    r"\b(?P<h>3[89][.,]\d|4[01][.,]\d)\b(?!\s?(?:k|m|kg|cm|mm|mile|lb))"
)
_STIFF = re.compile(
    r"\b(?:stiff\w*|seized up|loosen\w*)\b[^.;!?\n]{0,60}?\b(?P<n>\d{1,3}|half an|an|one|two|a couple of|couple of|five|ten|fifteen|twenty|thirty|forty|forty-five)"
    r"(?:\s?(?:-|to|or)\s?(?P<m>\d{1,3}))?\s?(?P<u>minutes?|mins?|hours?|hrs?)\b"
)
_MORNING = re.compile(r"\b(?:morning|mornings|wake|waking|woke|get up|getting up|out of bed|am)\b")
_GIRTH = re.compile(
    r"\b(?P<n>\d(?:[.,]\d)?)\s?(?:cm|centimet\w+|inch(?:es)?|in)\b[^.;\n]{0,30}?\b(?:big\w*|larger|wider|thicker|more|fatter|swollen|difference|greater)\b"
)
_LUMP = re.compile(
    r"\b(?:lump|swelling|mass|cyst|bump)\b[^.;\n]{0,30}?\b(?P<n>\d{1,2}(?:[.,]\d)?)\s?(?:(?:x|by)\s?\d{1,2}(?:[.,]\d)?\s?)?(?P<u>cm|mm|inch(?:es)?)\b|"
    r"\b(?P<k>\d{1,2}(?:[.,]\d)?)\s?(?:(?:x|by)\s?\d{1,2}(?:[.,]\d)?\s?)?(?P<v>cm|mm|inch(?:es)?)\b[ -]*(?:\w+ ){0,2}?(?:lump|swelling|mass|cyst|bump)\b"
)
_BMI = re.compile(r"\bbmi\b(?: is| of|:|=)?\s?(?:about |around )?(?P<n>\d{2}(?:\.\d)?)\b")


# A named time ("tonight", "this week") is since when only in a sentence about the trouble.
_ABOUT_THE_TROUBLE = re.compile(
    r"\b(?:k?nees?\w*|legs?|calf|calves|thighs?|ham ?str\w*|hammy|foot|feet|ankles?|hips?|bum|buttocks?|glutes?|groin|toes?|shins?|back|heels?|"
    r"pain\w*|pian|hurt\w*|ach[ei]\w*|sore\w*|swell\w*|swoll?en|swelled|stiff\w*|numb\w*|tingl\w*|weak\w*|tight\w*|bruis\w*|limp\w*|lump\w*|"
    r"start\w*|beg[au]n|came|come|onset|happen\w*|notic\w*|developed|appeared|felt|feel\w*|fell|fall\w*|twist\w*|injur\w*|pull\w*|tore|torn|"
    r"pop\w*|snap\w*|slip\w*|land\w*|lock\w*|stuck|gave|giv\w*|fever\w*|temp\w*|woke|wak\w*|went|gone|since|it|its|it's|symptom\w*|problem\w*|"
    r"trouble|red|redness|hot|warm|quads?|arms?|pee|vein\w*|skin|wee|urine|wound|can'?t|cannot|unable|walk\w*|stairs|run\w*|ran|breath\w*|had (?:this|it))\b"
)
_TIME_WORDS = """today tonight yesterday morning evening afternoon weekend fortnight weeks month months years hours three seven
    eight eleven twelve couple several since started monday tuesday wednesday thursday friday saturday sunday""".split()
_SLIPS = {
    "tday": "today",
    "nite": "night",
    "yest": "yesterday",
    "2day": "today",
    "tonite": "tonight",
    "2nite": "tonight",
    "wekks": "weeks",
    "weks": "weeks",
    "toay": "today",
    "tody": "today",
    "thre": "three",
    "mnths": "months",
    "yday": "yesterday",
}
_LETTERS = re.compile(r"\b[a-z2]{4,12}\b")
_THERE_WEEKS = re.compile(r"\bthere(?= (?:hours|days|weeks|months|years)\b)")
_MOST_MENDED = 400


def _mend(low: str, is_known: Callable[[str], bool]) -> tuple[str, list[int] | None]:
    """Time words with one slip put right ("thhree weeks"), and where each character stood, if any was."""
    pieces: list[str] = []
    origin: list[int] = []
    mended: dict[str, str] = {}
    at = 0
    for match in _LETTERS.finditer(low):
        word = match.group()
        right = _SLIPS.get(word) or mended.get(word)
        if right is None and (len(word) < 5 or word in _PLAIN or is_known(word)):
            continue
        if right is None:
            if len(mended) >= _MOST_MENDED:
                break
            right = mended[word] = next(
                (t for t in _TIME_WORDS if t[0] == word[0] and OSA.distance(t, word, score_cutoff=1) <= 1),
                word,
            )
        if right != word:
            pieces += [low[at : match.start()], right]
            origin += range(at, match.start())
            origin += (min(match.start() + i, match.end() - 1) for i in range(len(right) - 1))
            origin.append(match.end() - 1)
            at = match.end()
    if not at:
        return low, None
    pieces.append(low[at:])
    origin += range(at, len(low) + 1)
    return "".join(pieces), origin


_PLAIN = frozenset([*_TIME_WORDS, "weeds", "mouths", "weaks", "yearn", "sincere", "hourly", "monthly"])


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: int
    days: float
    start: int
    end: int


def _amount(word: str) -> float:
    word = " ".join(word.split())
    if word in _SMALL:
        return _SMALL[word]
    if word.endswith("½"):
        return float(word[:-1]) + 0.5
    return number(word)


def _decimal(word: str) -> float:
    return float(word.replace(",", "."))


def _clean(low: str, start: int, end: int, onset_shown: bool) -> bool:
    before, after = low[max(0, start - 70) : start], low[end : end + 40]
    sentence_start = max(before.rfind(c) for c in ".;!?\n")
    before = before[sentence_start + 1 :]
    if _NOT_A_DURATION_AFTER.search(after) or _OTHER_EVENT_AFTER.search(after):
        return False
    if _PAST_OBJECT_BEFORE.search(before):
        return False
    if _FIRST_FOR_LONG.search(before) and low[start:end].startswith(("for ", "in ")):
        return False
    return onset_shown or not _NOT_A_DURATION_BEFORE.search(before)


def _told_of_the_trouble(low: str, start: int, end: int) -> bool:
    """Whether a time stands in a sentence that speaks of the trouble, or nearly alone."""
    first = max(low.rfind(c, max(0, start - 200), start) for c in ".;!?\n") + 1
    ends = [i for c in ".;!?\n" if (i := low.find(c, end, end + 200)) >= 0]
    sentence = low[max(first, start - 200) : min(ends, default=end + 200)]
    return len(sentence.split()) <= 4 or _ABOUT_THE_TROUBLE.search(sentence) is not None


def _outermost(found: list[_Candidate]) -> list[_Candidate]:
    """Without those that lie within a longer one; in one sweep, for a text may hold thousands."""
    kept: list[_Candidate] = []
    widest: _Candidate | None = None
    for c in sorted(found, key=lambda c: (c.start, -c.end)):
        if widest is None or c.end > widest.end:
            widest = c
        if (c.start, c.end) == (widest.start, widest.end):
            kept.append(c)
    return kept


def _duration(low: str) -> _Candidate | None:
    found: list[_Candidate] = []
    for rank, pattern in _DURATION:
        for match in pattern.finditer(low):
            unit = match.group("u").rstrip("s")
            per = _UNIT_DAYS.get(unit)
            if per is None:
                continue
            amounts = [_amount(match.group("n"))] + ([_amount(match.group("m"))] if match.group("m") else [])
            amount = max(amounts) + (0.5 if match.group("half") or match.group("half2") else 0.0)
            whole = match.group()
            text_from = match.start("n")
            before = whole[: text_from - match.start()]
            if unit in {"hour", "hr"} and not re.search(
                r"ago|start|began|came on|last|past|happened|felt|fell|now",
                whole + low[match.end() : match.end() + 5],
            ):
                continue
            start = match.start() + len(before) - len(before.lstrip())
            if not _clean(low, start, match.end(), False) or not _clean(
                low, match.start("n"), match.end(), False
            ):
                continue
            if unit in {"year", "yr"} and re.match(
                r"[\s-]*(?:old|of age)", low[match.end() : match.end() + 9]
            ):
                continue
            days = round(amount * per, 2)
            if days > 36500:
                continue
            if (
                rank == 1
                and unit in {"year", "yr", "decade"}
                and re.search(
                    r"\b(?:tore|broke|surgery|had|injur\w+|ruptur\w+|operat\w+|dislocat\w+)\b",
                    low[max(0, match.start() - 50) : match.end() + 30],
                )
                and not re.search(
                    r"since|start|began|ever since|still", low[max(0, match.start() - 50) : match.end() + 60]
                )
            ):
                continue
            found.append(_Candidate(rank, days, start, match.end()))
    for pattern, days in _NAMED:
        for match in pattern.finditer(low):
            if _clean(low, match.start(), match.end(), True) and _told_of_the_trouble(
                low, match.start(), match.end()
            ):
                lead = len(match.group()) - len(match.group().lstrip())
                found.append(_Candidate(1, days, match.start() + lead, match.end()))
    found = _outermost(found)
    if not found:
        return None
    best = min(c.rank for c in found)
    return min((c for c in found if c.rank == best), key=lambda c: c.start)


def _blank(low: str, spans: Iterable[tuple[int, int]]) -> str:
    letters = list(low)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def quantities(
    text: str,
    low: str,
    about: About,
    is_known: Callable[[str], bool],
    of_others: Iterable[tuple[int, int]] = (),
) -> list[Mention]:
    """The figures of a text as mentions with value and unit.

    `is_known` tells words from misspellings; `of_others` is what is told of somebody else, and not read.
    """
    low = _THERE_WEEKS.sub("three", _blank(low, of_others))
    found: list[Mention] = []
    low, origin = _mend(low, is_known)

    def place(at: int) -> int:
        return at if origin is None else origin[at]

    def add(finding: str, start: int, end: int, value: float, unit: str) -> None:
        first, last = place(start), place(end - 1) + 1
        found.append(Mention(finding, "present", text[first:last], first, last, round(value, 2), unit))

    duration = _duration(low)
    if duration is not None and not any(a <= place(duration.start) < b for a, b in about.spans):
        add("duration_days", duration.start, duration.end, duration.days, "days")
    scores = []
    for match in _PAIN.finditer(low):
        parts = [match.group(g) for g in ("n", "m", "k") if match.group(g)]
        value = max(number(p) for p in parts)
        if value <= 10:
            scores.append((value, match.start(), match.end()))
    if scores:
        value, start, end = max(scores, key=lambda s: s[0])
        add("pain_score_0_to_10", start, end, value, "points")
    for match in _CELSIUS.finditer(low):
        celsius = next((match.group(g) for g in ("c", "d", "h") if match.group(g)), None)
        value = (
            _decimal(celsius) if celsius else (_decimal(match.group("f") or match.group("g")) - 32) * 5 / 9
        )
        add("temperature_c", match.start(), match.end(), value, "°C")
        break
    stiff = _STIFF.search(low)
    if stiff and _MORNING.search(low[max(0, stiff.start() - 60) : stiff.end() + 60]):
        amounts = [_amount(stiff.group(g)) for g in ("n", "m") if stiff.group(g)]
        value = max(amounts) * (60 if stiff.group("u").startswith("h") else 1)
        add("morning_stiffness_minutes", stiff.start(), stiff.end(), value, "minutes")
    girth = _GIRTH.search(low)
    if girth and re.search(r"calf|calves|\bleg\b", low[max(0, girth.start() - 60) : girth.end() + 40]):
        value = _decimal(girth.group("n")) * (2.54 if re.search(r"inch|\bin\b", girth.group()[:12]) else 1)
        add("calf_girth_difference_cm", girth.start(), girth.end(), value, "cm")
    lump = _LUMP.search(low)
    if lump:
        unit = lump.group("u") or lump.group("v")
        factor = 0.1 if unit == "mm" else 1.0 if unit == "cm" else 2.54
        add(
            "lump_size_cm",
            lump.start(),
            lump.end(),
            _decimal(lump.group("n") or lump.group("k")) * factor,
            "cm",
        )
    bmi = _BMI.search(low)
    if bmi:
        add("body_mass_index", bmi.start(), bmi.end(), float(bmi.group("n")), "kg/m2")
    return found
