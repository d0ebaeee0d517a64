"""English as people type it: function words, spellings, contractions and irregular forms (no clinical fact)."""

from __future__ import annotations

# Words that carry nothing for a pattern; they are skipped, in the text and in the patterns alike.
DROPPED = frozenset(
    """a an the my mine his her hers him their them your our its i im ive id he shes hes she they we it you u this that
    these those is are was were be been being am s re ve d ll really very so quite pretty just kinda sorta rather
    fairly slightly slight slightest somewhat extremely super actually literally basically absolutely totally
     properly proper incredibly bit some any bloody damn fucking effing freaking flipping proper
    also there would will do does did doing to left right now then own
    currently recently lately obviously clearly visibly noticeably apparently definitely certainly honestly
    reasonably particularly especially mainly mostly usually sometimes often occasionally generally constantly
    terribly awfully horribly badly massively seriously insanely kind sort ish
    whatsoever tons
    pls please ty thanks thx hi hello hey tbh lol omg idk imo ok okay""".split()
) - {
    "always",
    "often",
    "all",
    "well",
    "wee",
    "constantly",
    "d",
    "slightest",
    "mostly",
    "id",
    "lot",
    "lots",
    "loads",
}

NEGATORS = frozenset({"no", "not", "never", "without", "deny", "none", "nor", "lack"})

# One written form -> the form used from here on (before stemming). An empty value drops the word.
SPELLING = {
    "fully": "fully", "completely": "completely", "totally": "completely",
    "barely": "barely", "hardly": "barely", "scarcely": "barely",
    "cant": "cant", "cannot": "cant", "canot": "cant", "can't": "cant", "cudnt": "cant", "couldnt": "cant",
    "couldn't": "cant", "wont": "cant", "won't": "cant", "couldent": "cant", "carnt": "cant", "cnt": "cant",
    "isnt": "not", "isn't": "not", "wasnt": "not", "wasn't": "not", "arent": "not", "aren't": "not",
    "werent": "not", "weren't": "not", "dont": "not", "don't": "not", "doesnt": "not", "doesn't": "not",
    "dosent": "not", "dosnt": "not", "doesent": "not", "didnt": "not", "didn't": "not", "didint": "not",
    "hasnt": "not", "hasn't": "not", "havent": "not", "haven't": "not", "havnt": "not", "hadnt": "not",
    "hadn't": "not", "wouldnt": "not", "wouldn't": "not", "aint": "not", "ain't": "not", "shouldn't": "not",
    "shouldnt": "not", "nope": "no", "nil": "no", "zero": "no", "w/o": "without", "wo": "without",
    "denies": "deny", "denied": "deny", "denying": "deny", "neither": "no",
    "n": "and", "&": "and", "+": "and", "w": "with", "cos": "because", "cuz": "because", "coz": "because",
    "bc": "because", "bcoz": "because", "becuase": "because", "becos": "because",
    "knees": "knee", "kne": "knee", "nee": "knee", "kneee": "knee", "kness": "knee", "nees": "knee",
    "calves": "calf", "calfs": "calf", "calve": "calf", "caff": "calf", "claf": "calf", "cafl": "calf",
    "thighs": "thigh", "thi": "thigh", "thys": "thigh", "feet": "foot", "toes": "toe", "legs": "leg", "legg": "leg",
    "hammy": "hamstring", "hammies": "hamstring", "hamy": "hamstring", "hamstrings": "hamstring",
    "hammie": "hamstring", "hams": "hamstring", "hamstr": "hamstring",
    "arse": "bum", "ass": "bum", "butt": "bum", "backside": "bum", "bottom": "bottom", "bums": "bum",
    "buttcheek": "buttock", "buttocks": "buttock", "bumcheek": "buttock", "glutes": "glute", "gluteal": "glute",
    "kneecaps": "kneecap", "patella": "kneecap", "patellar": "kneecap", "patela": "kneecap",
    "oedema": "swell", "edema": "swell", "swollen": "swell", "swelled": "swell", "swole": "swell",
    "swoll": "swell", "swolen": "swell", "swelling": "swell", "swellings": "swell", "swells": "swell",
    "swellin": "swell", "swelld": "swell", "sweled": "swell", "swelt": "swell",
    "felt": "feel", "feels": "feel", "feeling": "feel", "feelings": "feel",
    "gave": "give", "gives": "give", "giving": "give", "given": "give", "givin": "give",
    "went": "go", "gone": "go", "goes": "go", "going": "go", "goin": "go", "gon": "go", "gonna": "go",
    "got": "get", "gets": "get", "getting": "get", "gotten": "get", "gettin": "get",
    "came": "come", "comes": "come", "coming": "come",
    "woke": "wake", "woken": "wake", "wakes": "wake", "waking": "wake", "awake": "wake", "wakens": "wake",
    "waken": "wake", "awoke": "wake",
    "hurts": "hurt", "hurting": "hurt", "hurtin": "hurt", "hrts": "hurt", "hurtt": "hurt", "hert": "hurt",
    "fell": "fall", "fallen": "fall", "falls": "fall", "falling": "fall",
    "tore": "tear", "torn": "tear", "tearing": "tear", "tears": "tear", "toar": "tear",
    "broke": "break", "broken": "break", "breaks": "break", "bent": "bend", "bends": "bend", "bending": "bend",
    "bendy": "bendy", "sat": "sit", "sits": "sit", "sitting": "sit", "seated": "sit", "siting": "sit",
    "stood": "stand", "stands": "stand", "standing": "stand", "ran": "run", "runs": "run", "running": "run",
    "runing": "run", "knelt": "kneel", "kneels": "kneel", "kneeling": "kneel", "heard": "hear", "hears": "hear",
    "lost": "lose", "losing": "lose", "loss": "lose", "loses": "lose", "took": "take", "taken": "take",
    "takes": "take", "taking": "take", "slept": "sleep", "sleeping": "sleep", "sleeps": "sleep",
    "lay": "lie", "laid": "lie", "lying": "lie", "laying": "lie", "lies": "lie", "lain": "lie",
    "drove": "drive", "driven": "drive", "driving": "drive", "drives": "drive",
    "rode": "ride", "ridden": "ride", "riding": "ride", "swam": "swim", "swimming": "swim", "swims": "swim",
    "flew": "fly", "flown": "fly", "flies": "fly", "flying": "fly", "flights": "flight",
    "grew": "grow", "grown": "grow", "growing": "grow", "grows": "grow",
    "shot": "shoot", "shooting": "shoot", "shoots": "shoot", "shootin": "shoot",
    "worst": "worse", "worsening": "worse", "worsened": "worse", "worsens": "worse", "worsen": "worse",
    "painful": "pain", "pains": "pain", "pained": "pain", "painfull": "pain", "pian": "pain", "painfully": "pain",
    "paining": "pain", "panful": "pain", "pane": "pain", "paine": "pain",
    "soreness": "sore", "soar": "sore", "sorer": "sore",
    "achy": "ache", "achey": "ache", "aching": "ache", "aches": "ache", "ached": "ache", "acheing": "ache",
    "achin": "ache", "ake": "ache", "tingly": "tingle", "tingling": "tingle", "tingles": "tingle",
    "tinglin": "tingle", "tingeling": "tingle", "tingled": "tingle", "numbness": "numb", "num": "numb",
    "nummb": "numb", "numness": "numb", "numbed": "numb", "numbing": "numb",
    "weakness": "weak", "weaker": "weak", "weakened": "weak", "week-ness": "weak", "wk": "week",
    "stiffness": "stiff", "stiffer": "stiff", "stiffens": "stiff", "stiffened": "stiff", "stiffen": "stiff",
    "stif": "stiff", "tightness": "tight", "tighter": "tight", "tightens": "tight", "tightened": "tight",
    "tightening": "tight", "tighten": "tight", "redness": "red", "reddened": "red", "reddish": "red",
    "warmth": "warm", "warmer": "warm", "hotter": "hot", "heat": "heat", "coldness": "cold", "colder": "cold",
    "freezing": "freezing", "bruising": "bruise", "bruised": "bruise", "bruises": "bruise", "brusing": "bruise",
    "bruse": "bruise", "brused": "bruise", "bruisng": "bruise", "puffiness": "puffy", "puffed": "puffy",
    "instability": "unstable", "tenderness": "tender", "stairs": "stair", "bigger": "big", "biggest": "big",
    "breathlessness": "breathless", "injuries": "injury", "injured": "injury", "injuring": "injury",
    "injure": "injury", "injury": "injury", "injurys": "injury", "inury": "injury",
    "limping": "limp", "limps": "limp", "limped": "limp", "jogging": "jog", "jogged": "jog", "jogs": "jog",
    "sprinted": "sprint", "sprinting": "sprint", "sprints": "sprint", "squatting": "squat", "squats": "squat",
    "squatted": "squat", "lunging": "lunge", "lunges": "lunge", "lunged": "lunge",
    "walkin": "walk", "walking": "walk", "walks": "walk", "walked": "walk",
    "popping": "pop", "popped": "pop", "pops": "pop", "poped": "pop", "popp": "pop",
    "snapping": "snap", "snapped": "snap", "snaps": "snap", "snaped": "snap",
    "clicking": "click", "clicks": "click", "clicked": "click", "clicky": "click", "cracked": "crack",
    "cracking": "crack", "cracks": "crack", "crunchy": "crunch", "grinding": "grind", "grinds": "grind",
    "ground": "ground", "locks": "lock", "locked": "lock", "locking": "lock", "loked": "lock",
    "buckles": "buckle", "buckled": "buckle", "buckling": "buckle", "buckels": "buckle",
    "twisted": "twist", "twisting": "twist", "twists": "twist", "colour": "color", "colours": "color",
    "coloured": "color", "colored": "color", "discoloured": "discolor", "discolored": "discolor",
    "tumour": "tumor", "tumours": "tumor", "tumors": "tumor", "ageing": "aging", "physio": "physio",
    "oestrogen": "estrogen", "anaemia": "anemia", "haematoma": "hematoma", "paralysed": "paralyse",
    "paralyzed": "paralyse", "paralysis": "paralyse", "metres": "meter", "metre": "meter", "meters": "meter",
    "yards": "yard", "kms": "km", "miles": "mile", "mum": "mother", "mom": "mother", "mam": "mother",
    "mums": "mother", "mummy": "mother", "dad": "father", "dads": "father", "lad": "son",
    "op": "operation", "ops": "operation", "surgeries": "surgery", "pee": "urine", "peeing": "urinate", "peed": "urinate", "weed": "urinate", "pissed": "urinate",
    "weeing": "urinate", "piss": "urine", "pissing": "urinate", "urinating": "urinate",
    "temp": "temperature", "meds": "medicine", "tablets": "tablet", "pills": "pill", "tmrw": "tomorrow",
    "yday": "yesterday", "yest": "yesterday", "yesturday": "yesterday", "tho": "though", "thru": "through",
    "bak": "back", "bck": "back", "beind": "behind", "bhind": "behind", "behing": "behind",
    "upstair": "upstairs", "downstair": "downstairs", "wen": "when", "wenever": "when", "whn": "when",
    "whenever": "when", "everytime": "when", "anytime": "when", "whilst": "while", "realy": "really",
    "chilly": "chilly", "shivery": "shiver", "shivers": "shiver", "shivering": "shiver",
    "vit": "vitamin", "sciatic": "sciatic", "siatica": "sciatica", "sciatia": "sciatica", "syatica": "sciatica",
    "athritis": "arthritis", "arthritus": "arthritis", "bakers": "baker", "baker's": "baker",
    "blown": "blow", "blew": "blow", "kicked": "kick", "kicking": "kick", "hyperextending": "hyperextend",
    "yrs": "year", "yr": "year", "mths": "month", "wks": "week", "mins": "minute", "min": "minute",
    "hrs": "hour", "hr": "hour", "secs": "second", "bikes": "bike", "biking": "bike", "slipped": "slip",
    "slips": "slip", "slipping": "slip", "slid": "slide", "threw": "throw", "thrown": "throw",
    "caught": "catch", "catches": "catch", "catching": "catch", "sharper": "sharp", "sharply": "sharp",
    "ease": "ease", "eases": "ease", "eased": "ease", "easing": "ease", "easier": "easier",
    "settles": "settle", "settled": "settle", "settling": "settle", "known": "know", "knows": "know", "knew": "know",
    "feverish": "fever", "fevers": "fever", "chills": "chill", "sweats": "sweat", "sweaty": "sweat",
    "sweating": "sweat", "worn": "wear", "wore": "wear", "used": "use", "using": "use",
    "told": "tell", "diagnosed": "diagnose", "had": "have", "has": "have", "having": "have", "hav": "have",
    "able": "able", "aneurysms": "aneurysm", "aneurism": "aneurysm",
    "leukaemia": "leukemia", "diarrhoea": "diarrhea", "gynaecologist": "gynecologist",
    "tendinitis": "tendinopathy", "tendonitis": "tendinopathy", "tendonosis": "tendinopathy",
    "bashed": "bang", "banged": "bang", "banging": "bang", "whacked": "bang", "whacking": "bang",
    "knocked": "knock", "struck": "strike", "burns": "burn", "burning": "burn", "burned": "burn", "burny": "burn",
    "tugging": "pull", "tug": "pull", "pulled": "pull", "pulling": "pull", "pulls": "pull",
    "throbs": "throb", "throbbing": "throb", "throbbed": "throb", "cramps": "cramp", "cramping": "cramp",
    "cramped": "cramp", "crampy": "cramp", "stabs": "stab", "stabbing": "stab", "twinges": "twinge",
    "twingeing": "twinge", "niggles": "niggle", "niggling": "niggle", "niggly": "niggle",
    # slips in words too short to be mended by themselves, and where another word is as near
    "breah": "breath", "breth": "breath", "breat": "breath", "brath": "breath", "selled": "swell", "swel": "swell",
    "sewll": "swell", "swll": "swell", "wrse": "worse", "wores": "worse", "worce": "worse", "hrut": "hurt", "hurs": "hurt",
    "thih": "thigh", "thgh": "thigh", "thig": "thigh", "knne": "knee", "kene": "knee", "leeg": "leg",
    "nubm": "numb", "nmub": "numb", "nimb": "numb", "cnat": "cant", "pani": "pain", "calff": "calf", "clf": "calf",
    "stff": "stiff", "cannae": "cant", "canna": "cant", "boht": "both", "bothe": "both", "tel": "tell", "lyk": "like",
    "evrey": "every", "evry": "every", "bycicle": "bike", "bycycle": "bike", "bicicle": "bike", "tite": "tight", "tigt": "tight", "tigh": "tight", "shor": "short", "wlak": "walk", "wak": "walk",
}  # fmt: skip

# Several written words that count as one (looked for on the corrected words, longest first).
MERGED = {
    ("can", "not"): "cant", ("can", "no", "longer"): "cant", ("cant", "longer"): "cant",
    ("not", "able"): "cant", ("unable",): "cant", ("incapable", "of"): "cant", ("can", "no"): "cant",
    ("inability",): "cant", ("refuses",): "cant", ("refuse",): "cant", ("refusing",): "cant", ("refused",): "cant",
    ("cant", "no"): "cant", ("no", "able"): "cant", ("not", "possible"): "cant", ("impossible",): "cant",
    ("can", "barely"): "barely", ("could", "barely"): "barely",
    ("cant", "barely"): "barely", ("could", "neither"): "cant", ("could", "not"): "cant",
    ("could", "no", "longer"): "cant", ("knee", "cap"): "kneecap", ("ham", "string"): "hamstring",
    ("no", "longer"): "nolonger", ("not", "anymore"): "nolonger", ("pins", "and", "needles"): "tingle",
    ("pins", "needles"): "tingle", ("pin", "and", "needles"): "tingle", ("pins", "&", "needles"): "tingle",
    ("now", "and", "then"): "nowandthen", ("now", "and", "again"): "nowandthen", ("bit", "by", "bit"): "gradual",
    ("little", "by", "little"): "gradual", ("x", "ray"): "xray", ("both", "of"): "both", ("kind", "of"): "", ("sort", "of"): "", ("bit", "of"): "", ("lot", "of"): "",
    ("lots", "of"): "", ("loads", "of"): "", ("tons", "of"): "", ("load", "of"): "",
    ("kind", "a"): "", ("every", "time"): "when", ("each", "time"): "when", ("any", "time"): "when",
    ("if", "and", "when"): "when", ("as", "soon", "as"): "when", ("the", "moment"): "when",
    ("of", "a", "sudden"): "sudden", ("all", "of", "a", "sudden"): "sudden", ("all", "of", "sudden"): "sudden",
    ("as", "well", "as"): "and", ("plus",): "and", ("along", "with"): "and", ("straight", "away"): "immediately",
    ("right", "away"): "immediately", ("at", "once"): "immediately", ("straightaway",): "immediately",
    ("down", "there"): "perineum", ("there", "and", "then"): "immediately", ("free", "from"): "no", ("free", "of"): "no", ("absence", "of"): "no",
    ("negative", "for"): "no", ("lack", "of"): "lack", ("cant", "remember"): "no", ("cant", "recall"): "no",
    ("not", "remember"): "no", ("not", "recall"): "no", ("not", "aware", "of"): "no", ("cant", "think", "of"): "no",
    ("out", "side"): "outside", ("in", "side"): "inside", ("can", "neither"): "cant",
    ("blood", "thinner"): "bloodthinner", ("blood", "thinners"): "bloodthinner", ("sit", "bone"): "sitbone",
    ("sits", "bone"): "sitbone", ("sitz", "bone"): "sitbone", ("sitting", "bone"): "sitbone",
    ("sitting", "bones"): "sitbone", ("sit", "bones"): "sitbone", ("sitz", "bones"): "sitbone",
    ("seat", "bone"): "sitbone", ("bum", "cheek"): "buttock", ("butt", "cheek"): "buttock",
    ("bum", "cheeks"): "buttock", ("butt", "cheeks"): "buttock",
}  # fmt: skip

# A clause ends here, for the reach of a negation.
BREAKS = frozenset(
    """but however although though except apart yet because since until unless while when after before whereas
    besides although despite so instead who which where""".split()
)  # fmt: skip

# What follows a negator and makes it no negation at all.
NOT_A_DENIAL = {
    "no": """better change relief improvement idea doubt matter wonder good choice clue joke warning reason help
        luck use progress stranger way less difference letup let end""".split(),
    "not": """only just sure certain know surprise surprising mention better improve improving help helping helped
        helps gone going settle settling great good right normal stop stopped stopping stops much too so as until
        long bad ideal fun let letting nice enough work working worked done think budge easing eased ease sleep
        seem wait want allow care mind understand like feel_right quite heal healed healing go get resolved
        resolve cleared away letup a_lot""".split(),
    "without": "warning doubt relief success luck help reason".split(),
    "never": "been_so been_this been_as better this_bad so_bad like_this felt_pain_like known stops stop goes".split(),
    "lack": "sleep".split(),
}

UNSURE = frozenset({"sure", "certain", "know", "unsure", "think"})

PAST = (
    r"\b(?:used to (?!it\b|be able|be fine)|as a (?:child|kid|teen|teenager|boy|girl|youth|baby|youngster|student)|when i was (?:a |an |in |at |about |only |"
    r"around |just |young|little|\d|pregnant|small)|(?:\d+|a|few|several|many|some|two|three|four|five|six|seven|eight|nine|ten|"
    r"twelve|fifteen|twenty|couple of|couple) ?(?:years?|yrs?|decades?) (?:ago|back|before)\b|years (?:ago|back)|(?:back )?in "
    r"(?:19|20)\d\d|last year|the year before|year before last|back in (?:the|my)|in my (?:teens|twenties|thirties|forties|fifties|"
    r"youth|20s|30s|40s|50s|younger)|at (?:school|uni|university|college)\b|previously|in the past|long ago|ages ago|history of|"
    r"past (?:medical )?history|previous(?: |ly)|prior |pmh|once before|before this|growing up|in (?:high|secondary) school|earlier in life)"
)
STILL_GOING = (
    r"\b(?:since|ever since|start(?:ed|s|ing)?|began|begun|beginning|came on|come on|coming on|first notice[d]?|noticed|"
    r"developed|still|has been|have been|ongoing|to this day|on and off)\b"
)
HYPOTHESIS = (
    r"\b(?:could (?:it|this|i|he|she) (?:be|have)|is (?:it|this|that) (?:a |an |possibl|likely|maybe|dvt|my|just|anything|something)|"
    r"might (?:it|this|i) (?:be|have)|do (?:i|you think)|what if|in case|just in case|am i (?=pregnant)|"
    r"(?:worried|scared|afraid|concerned|frightened|paranoid|fear(?:ful)?|panicking|anxious|terrified|wonder(?:ing|ed)?)"
    r"(?: (?:that|if|whether|about|of|it|its|it's|i|ive|i've|this|is|might|could|may|be|have|got|a|an|having|getting|"
    r"he|she|has|will|i'll|that's|thats))+|rule(?:d)? out|ruling out|if it (?:gets|goes|swells|starts|becomes|turns)|"
    r"should i (?:be|get|have|worry|see)|"
    r"look(?:ing)? (?:out|up) for|told to watch|i read (?:that|about)|googl\w+|risk of|"
    r"to (?:avoid|prevent|stop me getting)|prevent(?:ing)?)\b"
)

RELATIVES = frozenset(
    """mother father brother sister gran granny grandma grandmother grandad granddad grandfather grandpa nan nana
    aunt auntie uncle cousin friend mate colleague neighbour neighbor girlfriend boyfriend wife husband partner
    son daughter child family parents siblings relatives niece nephew twin hubby missus flatmate roommate""".split()
)

PETS = frozenset(
    "dog dogs puppy pup cat cats kitten horse horses pony rabbit hamster labrador spaniel collie terrier retriever".split()
)
SELF = frozenset("i im i'm i’m ive i've i’ve".split())
DOES = frozenset(
    """has had is was gets got limps limped limping also too keeps can cant can't cannot broke tore hurt hurts injured
    needs hobbles hobbled walks wont won't hasnt hasn't isnt isn't seems who""".split()
)
TELLS = (
    "notic",
    "sa",
    "told",
    "tell",
    "think",
    "thought",
    "ask",
    "worri",
    "seen",
    "see",
    "point",
    "drive",
    "drove",
    "carr",
    "help",
)
