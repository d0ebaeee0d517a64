"""Who is meant: age, sex, side, who writes, and whether the complaint is one of leg, hip or back at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "a hundred": 100,
}  # fmt: skip
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBER = rf"(?:1[01]\d|\d{{1,2}}|(?:{_TENS})[ -](?:one|two|three|four|five|six|seven|eight|nine)|{'|'.join(_UNITS)})"
_YEARS = r"(?:years?|yrs?|y/o|y\.?o\.?|year)"

_AGE = [
    re.compile(p)
    for p in (
        rf"\b(?P<n>{_NUMBER})[ -]*(?:years?|yrs?|yr)[ -]*(?:old|of age)\b",
        r"\b(?P<n>\d{1,3})\s*y[./]?o\b",
        rf"\b(?:aged?|age is|age of|age:)\s*(?P<n>{_NUMBER})\b(?!\s*(?:months?|weeks?|days?))",
        rf"\b(?:i'?m|i’m|i am|im|he'?s|she'?s|he’s|she’s|he is|she is|hes|shes|is|now|just|only|at|(?:just )?turned|turning|(?:mum|mom|mother|dad|father|son|daughter|wife|husband)[a-z' ]{{0,12}} is) (?:just |only |now |nearly |almost |about |a |an |over )?(?P<n>{_NUMBER})(?=\s*(?:[.,;!)]|$|\ba few\b|\blast\b|\bthis\b|\byesterday\b|\band\b|\bbut\b|\bso\b|\bwith\b|\bm\b|\bf\b|\bmale\b|\bfemale\b|\bnow\b|\bnext\b|\byo\b|\byr|\bfit\b|\boverweight\b|\byears young\b))(?!\s*(?:/|out of|%))",
        r"\b(?:son|daughter|lad|boy|girl|child|kid|grandson|granddaughter|mum|mom|mother|dad|father|gran|wife|husband)(?:['’]?s| is| aged| age)?,? ?\(?(?P<n>\d{1,2})\b(?! ?(?:days?|weeks?|months?|times|hours?|kg|stone))",
        r"(?:^|[\s(,])(?P<n>1[01]\d|\d{2})\s?(?:m|f)\b(?!\s*\d)(?!i)",
        r"(?:^|[\s(,])(?:m|f|male|female|man|woman)[ ,/]{0,2}(?P<n>1[01]\d|\d{2})\b(?!\s*(?:kg|cm|%|weeks?|days?|months?|minutes?|miles?|km|/))",
        r"(?:^|[\s(,])(?P<n>1[01]\d|\d{1,2})[ ,]{0,2}(?:male|female|man|woman|boy|girl|guy|bloke|lady)\b",
        r"[,.;]\s*(?P<n>[1-9]\d)\s*(?:[.!]?\s*$)",
        r"^\s*(?P<n>[1-9]\d)\s*[,.]",
        r"^[^.!?\n]{0,80}, (?P<n>[1-9]\d)[.,;](?!\d)",
        r"^(?!.*\b(?:on|of|for|about|over|at|in|is|a|than|past|only|every|after|least|most|nearly|last|next|under) \d\d[.,;])[a-z ]{0,34}\b(?P<n>[1-9]\d)[.,;](?!\d)",
    )
]
_DECADE = re.compile(r"\b(?:in|into) (?:my|his|her) (?P<part>early|mid|late)?[ -]?(?P<n>[2-9])0'?s\b")
_MONTHS_OLD = re.compile(r"\b(?P<n>\d{1,2})[ -]months?[ -]old\b")

_FEMALE = re.compile(
    r"\b(?:female|woman|girl|lady|daughter|wife|mum|mom|mother|mam|gran|granny|grandma|nan|nana|aunt|auntie|sister|"
    r"girlfriend|niece|schoolgirl|gentlewoman|waitress|housewife|missus)\b|\b\d{2}\s?f\b|\bf\s?\d{2}\b"
)
_MALE = re.compile(
    r"\b(?:male|man|boy|gentleman|son|husband|hubby|dad|father|grandad|granddad|grandpa|grandfather|uncle|brother|"
    r"boyfriend|nephew|lad|bloke|guy|schoolboy|fella)\b|\b\d{2}\s?m\b(?! ?(?:run|sprint|walk|swim))|\bm\s?\d{2}\b"
)
_SELF_FEMALE = re.compile(
    r"\bi(?:'|’)?m (?:\w+ ){0,3}?pregnant\b|\bi am (?:\w+ ){0,3}?pregnant\b|\bmy periods?\b|\bmenopaus|\bgave birth\b|"
    r"\bon the (?:combined )?pill\b|\bcontraceptive pill\b|\bhrt\b|\bpostpartum\b|\bpostnatal\b|\bbreast ?feeding\b|\bpregnan(?:t|cy)\b"
)
_SELF_MALE = re.compile(r"\bmy (?:penis|testicles?|prostate)\b|\berection")
_RELATIVE = (
    "son|daughter|mum|mom|mother|mam|dad|father|wife|husband|hubby|partner|brother|sister|gran|granny|grandma|"
    "grandmother|nan|nana|grandad|granddad|grandfather|grandpa|aunt|auntie|uncle|child|kid|boy|girl|little one|toddler|"
    "baby|lad|friend|girlfriend|boyfriend|teenager|stepson|stepdaughter|grandson|granddaughter|niece|nephew|patient|client"
)
_CARER = re.compile(
    rf"\b(?:my|our) (?:own |dear |poor |elderly |little |older |younger |eldest |youngest |teenage |teen |late )*"
    rf"(?:\d{{1,3}}[ -]*(?:year|yr|month)?s?[ -]*(?:old|yo|y/o)? )?(?:{_RELATIVE})\b"
    rf"|^\s*(?:(?:our|the|have a|asking for|posting for|it'?s) )?(?:{_RELATIVE})\b(?: is| has|'s|,| who| \d)"
)
_OWN_PART = re.compile(
    r"\b(?:my|me) (?:own |left |right |bad |poor |whole |lower |upper |both |l |r |good |other |entire |inner |outer )*(?:back of |side of )?"
    r"(?:knees?|legs?|calf|calves|thighs?|hamstrings?|hammy|foot|feet|ankles?|hips?|bum|buttocks?|glutes?|back|groin|toes?|shins?|kneecap|"
    r"shoulder|chest|neck|arm|head|sit bones?|pain|symptoms?)\b"
    r"|\bi(?:'|’)?m \b|\bi (?:am|have|had|felt|feel|can'?t|cannot|heard|was|went|fell|twisted|woke|take|play|run|sit|think i|hurt|tore|pulled|noticed|got|get|do)\b|\bi(?:'|’)?ve\b|\bim\b|\bive\b"
)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the person, and where in the text it stands."""

    age: float | None
    sex: Literal["female", "male"] | None
    respondent: Literal["self", "carer"] | None
    patient_is_relative: bool
    child: bool
    spans: list[tuple[int, int]]


def number(word: str) -> float:
    """A number as digits or words ("twenty-two")."""
    word = word.strip().replace("-", " ")
    if word.replace(".", "", 1).isdigit():
        return float(word)
    if word in _UNITS:
        return float(_UNITS[word])
    return float(sum(_UNITS.get(part, 0) for part in word.split()))


def _age(low: str) -> tuple[float | None, tuple[int, int] | None]:
    best: tuple[int, float, tuple[int, int]] | None = None
    for rank, pattern in enumerate(_AGE):
        for match in pattern.finditer(low):
            before = low[max(0, match.start() - 30) : match.start()]
            if re.search(
                r"\b(?:when|since|until|from|before|after|by|at) (?:i|he|she) (?:was|am|were|turned) ?(?:about |only |just )?$",
                before,
            ):
                continue
            if "when" in match.group() or (re.search(r"\b(?:pain|is a|score|it)\s*$", before) and rank == 3):
                continue
            if re.search(r"\bwas\s*$", before):
                continue
            value = number(match.group("n"))
            if 0 < value <= 120 and (best is None or rank < best[0]):
                best = (rank, value, match.span())
        if best is not None:
            break
    if best is not None:
        return best[1], best[2]
    months = _MONTHS_OLD.search(low)
    if months:
        return round(number(months.group("n")) / 12, 2), months.span()
    decade = _DECADE.search(low)
    if decade:
        extra = {"early": 2, "mid": 5, "late": 8}.get(decade.group("part") or "", 5)
        return float(int(decade.group("n")) * 10 + extra), decade.span()
    return None, None


def who(low: str) -> About:
    """Age, sex and writer of a text in lower case."""
    age, span = _age(low)
    carer = _CARER.search(low)
    own = _OWN_PART.search(low)
    patient_is_relative = False
    respondent: Literal["self", "carer"] | None = None
    if carer:
        own_part = re.search(
            r"\bmy (?:own |left |right |bad |whole |lower |upper |both )*(?:back of )?(?:knees?|legs?|calf|calves|thighs?|"
            r"hamstrings?|foot|feet|ankles?|hips?|bum|groin|back)\b",
            low,
        )
        first_person = own is not None and own.start() < carer.start()
        if not own_part and not first_person:
            patient_is_relative = True
    if patient_is_relative:
        respondent = "carer"
    elif own:
        respondent = "self"
    sex: Literal["female", "male"] | None = None
    if patient_is_relative and carer:
        word = carer.group()
        sex = "female" if _FEMALE.search(word) else "male" if _MALE.search(word) else None
    if sex is None and (patient_is_relative or respondent is None):
        female = len(re.findall(r"\b(?:she|her|hers|shes)\b", low))
        male = len(re.findall(r"\b(?:he|his|him|hes)\b", low))
        if female != male and not (female and male and abs(female - male) < 2):
            sex = "female" if female > male else "male"
    if sex is None or respondent is None:
        stated = _stated_sex(low)
        sex = stated if stated is not None and (sex is None or respondent is None) else sex
    young = re.search(
        r"\b(?:child|toddler|baby|infant|little (?:boy|girl|one)|schoolboy|schoolgirl|kid|year[- ]old (?:boy|girl)|boy|girl)\b",
        low,
    )
    own_child = patient_is_relative and re.search(
        r"\b(?:my|our) (?:\w+ ){0,3}?(?:son|daughter|child|kid|grandson|granddaughter)\b|^\s*(?:son|daughter)\b",
        low,
    )
    child = age < 16 if age is not None else bool(own_child or (young and respondent != "self"))
    return About(age, sex, respondent, patient_is_relative, child, [span] if span else [])


def _stated_sex(low: str) -> Literal["female", "male"] | None:
    """A sex the text gives outright; relatives count only where they are the patient (handled before)."""
    nouns_f = r"(?:female|woman|girl|lady|schoolgirl|gal)"
    nouns_m = r"(?:male|man|boy|gentleman|guy|bloke|lad|schoolboy|fella)"
    for words, sex in ((nouns_f, "female"), (nouns_m, "male")):
        pattern = (
            rf"\b(?:\d{{1,3}}|old|yo|y/o|am an?|i'm an?|i’m an?|im an?|fit|healthy|aged|young|elderly|middle[ -]aged|year|yr|"
            rf"active|retired|pregnant|a)[ ,-]+(?:\w+[ -]){{0,3}}?{words}\b|^\W*{words}\b|\b{words}[, ]+(?:aged )?\d|[,(/] ?{words}\b"
        )
        if re.search(pattern, low):
            return "female" if sex == "female" else "male"
    if re.search(r"(?:^|[\s(,])(?:1[01]\d|\d{2}) ?(?:yo |y/o |yr old )?f\b|(?:^|[\s(])f[ ,/]?\d{2}\b", low):
        return "female"
    if re.search(r"(?:^|[\s(,])(?:1[01]\d|\d{2}) ?(?:yo |y/o |yr old )?m\b|(?:^|[\s(])m[ ,/]?\d{2}\b", low):
        return "male"
    if _SELF_FEMALE.search(low):
        return "female"
    if _SELF_MALE.search(low):
        return "male"
    return None


_PART = (
    r"(?:knees?|kne|legs?|calf|calves|thighs?|hamstrings?|hammy|hammies|foot|feet|ankles?|hips?|bum|buttocks?|glutes?|butt|groin|"
    r"toes?|shins?|kneecap|sides?|sided|sit ?bone|popliteal|lower|upper|back|inner|outer|hip|heel|achilles|lateral|medial|posterior|"
    r"proximal|distal|biceps|semi\w+|quad)"
)
_SIDED = re.compile(
    rf"\b(?P<s>left|right|l|r|lt|rt|both|bilateral|lhs|rhs)\b(?=[ -]+(?:of (?:my|the|his|her) |my |the |his |her |sided )?{_PART}\b)"
    rf"|\bon (?:the|my|his|her) (?P<t>left|right)\b(?! (?:hand|arm|shoulder))"
    rf"|\b(?P<u>left|right)(?= (?:one|only))"
    rf"|{_PART} (?:on |of )?(?:the |my |his |her )?(?P<v>left|right)\b(?! (?:away|now|after|before|when|behind|above|below|where|at|under))"
    rf"|\b(?P<w>bilateral(?:ly)?|on both sides|either side|each leg)\b|\b(?P<x>left|right)[ -]sided\b"
    rf"|\((?P<y>l|r|left|right)\)"
)
_COMPARED = re.compile(
    r"(?:than|compared (?:to|with)|unlike|versus|vs|other|good|uninjured|healthy|opposite|fine|not|replaced|replacement|operated|instead of|differ\w* from)"
    r"(?: (?:my|the|his|her|in|on))*\s*$"
)


def side(low: str, past: list[tuple[int, int]]) -> Literal["left", "right", "both"] | None:
    """Which side the complaint is on; what is told of the past counts only where nothing else names a side."""
    found: list[tuple[str, bool]] = []
    for match in _SIDED.finditer(low):
        word = next(g for g in match.groups() if g)
        where = {"l": "left", "lt": "left", "lhs": "left", "r": "right", "rt": "right", "rhs": "right"}.get(
            word, word
        )
        if where not in {"left", "right"}:
            where = "both"
        if _COMPARED.search(low[max(0, match.start() - 28) : match.start()]):
            continue
        tail = low[match.end() : match.end() + 40]
        if re.match(r"\W*\w+ (?:is|was|feels) (?:fine|ok|okay|normal|good|unaffected)", tail):
            continue
        old = any(a <= match.start() < b for a, b in past) or bool(
            re.search(
                r"\b(?:last year|years ago|previous|in (?:19|20)\d\d)\b",
                low[max(0, match.start() - 40) : match.end() + 40],
            )
        )
        if where == "both" and re.match(r"\W*(?:sides of|inner)", tail):
            continue
        found.append((where, old))
    current = [w for w, old in found if not old] or [w for w, _ in found]
    if not current:
        return None
    if "both" in current and current[0] == "both":
        return "both"
    kinds = dict.fromkeys(current)
    if len(kinds) == 1:
        only = next(iter(kinds))
        return "left" if only == "left" else "right" if only == "right" else "both"
    if "both" in kinds:
        return "both"
    left, right = current.count("left"), current.count("right")
    if re.search(
        r"\b(?:left and right|right and left|now the other|and (?:now )?(?:my |the )?(?:left|right) (?:one )?(?:too|as well|also))\b",
        low,
    ):
        return "both"
    if left == right:
        return "left" if current[0] == "left" else "right"
    return "left" if left > right else "right"


_SITES = (
    ("knee", re.compile(r"\bk?nees?\b|\bknee ?cap|\bmeniscus")),
    ("thigh", re.compile(r"\bthighs?\b|\bham ?strings?\b|\bhammy\b")),
    ("calf", re.compile(r"\bcalf\b|\bcalves\b|\blower leg\b")),
    ("hip", re.compile(r"\bhips?\b|\bgroin\b|\bbuttocks?\b|\bbum\b|\bglutes?\b")),
    ("back", re.compile(r"\bback\b")),
    ("foot", re.compile(r"\bfoot\b|\bfeet\b|\bankles?\b|\btoes?\b|\bheel\b|\bachilles\b")),
)  # fmt: skip


def first_site(low: str) -> str:
    """The site that is named first, for what is told before it ("it popped, my knee")."""
    found = [(match.start(), name) for name, pattern in _SITES if (match := pattern.search(low[:4000]))]
    return min(found)[1] if found else ""


_IN_SCOPE = re.compile(
    r"\b(?:knees?|kne|nee|legs?|legg|calf|calves|caff|thighs?|hamstrings?|ham string|hammy|hammies|hamstr\w*|foot|feet|ankles?|hips?|bum|"
    r"buttocks?|butt|arse|glutes?|gluteal|groin|toes?|shins?|kneecaps?|sit ?bones?|popliteal|patella\w*|achilles|heels?|"
    r"lower back|low back|lumbar|back (?:pain|ache|hurts|is|was|has|went)|my back|backache|sciatic\w*|spine|tailbone|coccyx|"
    r"limp\w*|walk\w*|weight[ -]?bear\w*|saddle|meniscus|acl|pcl|mcl|quads?|baker'?s|itb|it band|piriformis|"
    r"his back|her back|pelvi\w+|dvt|run(?:ning)?|stairs|squat\w*|lunge\w*|sprint\w*|kneel\w*|crotch|down below|between (?:my|his|her|the) legs|wee|bladder|urine|pee)\b"
)
_ELSEWHERE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chest", re.compile(r"\b(?:chest|heart|palpitations?|breath(?:less|ing|e)?\w*|short of breath)\b")),
    ("shoulder_or_arm", re.compile(r"\b(?:shoulders?|elbows?|wrists?|hands?|fingers?|thumbs?|forearms?|arms?|armpit|rotator cuff|collarbone|knuckles?|biceps curl)\b")),
    ("headache", re.compile(r"\b(?:head ?aches?|migraines?|my head|dizz\w+|vertigo|concussion)\b")),
    ("cough_or_cold", re.compile(r"\b(?:cough\w*|sore throat|throat|runny nose|blocked nose|sinus\w*|sneez\w*|the flu|a cold|phlegm|tonsil\w*)\b")),
    ("neck_or_upper_back", re.compile(r"\b(?:neck|upper back|shoulder blades?|ribs?|rib ?cage)\b")),
    ("abdomen", re.compile(r"\b(?:stomach|tummy|belly|abdom\w+|nausea|vomit\w*|diarrh\w+|constipat\w+|heartburn|bowels?)\b")),
    ("eye_ear_mouth", re.compile(r"\b(?:eyes?|ears?|teeth|tooth|toothache|gums?|mouth|jaw|vision|hearing|nose)\b")),
    ("skin", re.compile(r"\b(?:rash|acne|eczema|mole|spots|itch\w*)\b")),
    ("mood_or_sleep", re.compile(r"\b(?:depress\w+|anxi\w+|insomnia|panic attacks?|low mood)\b")),
)  # fmt: skip


# Said whatever else is said: these need help of their own at once.
_HELP_FIRST: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "self_harm",
        re.compile(
            r"\bsuicid\w*|\bself[ -]?harm\w*|\b(?:kill|hang|harm|hurt|cut) myself (?:on purpose|deliberately)\b|\b(?:kill|hang|harm|drown) (?:myself|himself|herself)\b|"
            r"\b(?:end|take|taking|ending) (?:it all|my (?:own )?life|his (?:own )?life|her (?:own )?life)\b|"
            r"\b(?:don'?t|don’t|do not|didn'?t|no longer|not) (?:want|wish) to (?:live|be alive|be here|wake up|go on living)\b(?! in| on| with (?:this|the|my)(?: \w+)? pain| at| near)|"
            r"\b(?:wants?|wanted|wish|wishes|trying|ready|rather|feel like) (?:to )?(?:die|dying|be dead)\b|\bwish i (?:was|were) dead\b|\bbetter off (?:dead|without me)\b|"
            r"\bno (?:reason|point) (?:to live|in living|in going on|to go on)\b|\b(?:can'?t|can’t|cannot) go on living\b|"
            r"\boverdos\w*|\b(?:took|taken|swallowed) (?:far |way )?too many (?:\w+ )?(?:tablets|pills|painkillers|paracetamol|capsules)\b"
        ),
    ),
    (
        "stroke",
        re.compile(
            r"\b(?:having|it'?s|this is|maybe) (?:a |an )?(?:mini )?(?:stroke|tia)\b|"
            r"\b(?:face|mouth|eyelid|smile)\b[^.;!?\n]{0,30}\b(?:droop\w*|dropped|lopsided|fallen on one side)\b|\bdrooping (?:face|mouth|eyelid)\b|"
            r"\b(?:slurr\w+|speech (?:is|has gone|went|gone) (?:slurred|funny|muddled)|can'?t find my words)\b"
        ),
    ),
)
_DENIED_BEFORE = re.compile(r"\b(?:no|not|never|without|denies)(?: \w+){0,3} $")
_PET = r"(?:dog|puppy|cat|kitten|horse|pony|rabbit|hamster|labrador|spaniel|collie|terrier|retriever)"
_ABOUT_A_PET = re.compile(
    rf"^\W*(?:(?:hi|hello|help|please)\W+)?(?:(?:my|our|the|a|his|her) )?(?:\w+ ){{0,2}}?{_PET}(?:['’]s| (?:is|has|was|had|got|keeps|hurt|can'?t|cannot|won'?t|limps|needs|broke|tore|seems|fell)\b)"
)
_OWN_COMPLAINT = re.compile(
    r"\b(?:my|me) (?:own |left |right |bad |lower |upper |both )*(?:back of )?(?:knees?|legs?|calf|calves|thighs?|hamstrings?|foot|feet|"
    r"ankles?|hips?|bum|buttocks?|groin|back|pain)\b|\bi(?:'|’)?(?:m| am|ve| have) (?:in pain|limping|hurt|sore)"
)
_WHOLLY_ELSE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "medicine",
        re.compile(
            r"\b(?:can|could|should|may|shall|must|how (?:many|much|often|long)|is it (?:safe|ok|okay|all right)|what (?:dose|happens))\b[^.;!?\n]{0,60}"
            r"\b(?:ibuprofen|naproxen|paracetamol|aspirin|codeine|co-?codamol|diclofenac|tramadol|morphine|tablets?|pills?|medicines?|medication|antibiotics?|"
            r"blood thinners?|warfarin|apixaban|rivaroxaban|statins?|steroids?|painkillers?|antidepressants?|insulin|metformin|omeprazole)\b"
        ),
    ),
    (
        "pregnancy",
        re.compile(
            r"\bam i pregnant\b|\b(?:could|might) i be pregnant\b|\bperiods? (?:is|are) (?:\w+ ){0,3}late\b|\bpregnancy test\b|\bmorning sickness\b|"
            r"\b(?:safe|ok|okay|allowed)\b[^.;!?\n]{0,50}\bpregnan\w+"
        ),
    ),
    (
        "other",
        re.compile(
            r"\b(?:breasts?|nipple|blood pressure|cholesterol|thyroid|period pains?|periods?|vagin\w*|penis|testic\w*|prostate|blood sugar|hair loss|hangover)\b"
        ),
    ),
)  # fmt: skip


def out_of_scope(low: str) -> str | None:
    """Where the complaint is, when it is clearly not one of leg, hip or back; otherwise None.

    Thoughts of self-harm and signs of a stroke are named beside any complaint: they need help first.
    """
    for reason, pattern in _HELP_FIRST:
        for told in pattern.finditer(low):
            if not _DENIED_BEFORE.search(low[max(0, told.start() - 40) : told.start()]):
                return reason
    if _ABOUT_A_PET.search(low[:400]) and not _OWN_COMPLAINT.search(low):
        return "animal"
    if _IN_SCOPE.search(low):
        return None
    for reason, pattern in _WHOLLY_ELSE[:2]:
        if pattern.search(low):
            return reason
    first: tuple[int, str] | None = None
    for reason, pattern in (*_ELSEWHERE, _WHOLLY_ELSE[2]):
        match = pattern.search(low)
        if match and (first is None or match.start() < first[0]):
            first = (match.start(), reason)
    return first[1] if first else None
