"""A thousand texts that nobody should have to read: the same ones each time, for the library and the faces."""

from __future__ import annotations

import random
import string

SEED = 20261121

SCRIPTS = (
    "膝の裏が痛い。昨日から腫れています。",
    "膝盖后面疼，走路困难，没有受伤。",
    "무릎 뒤가 아프고 부었어요.",
    "ألم خلف الركبة منذ أسبوع، لا أستطيع المشي",
    "כאב מאחורי הברך כבר שבוע",
    "Болит под коленом, икра опухла после самолёта",
    "πόνος πίσω από το γόνατο",
    "घुटने के पीछे दर्द है",
    "ปวดหลังเข่า",
    "Kniekehle schmerzt seit Dienstag, Wade geschwollen, Füße kalt",
    "dizimin arkası ağrıyor, İĞÜŞ",
    "đau sau đầu gối đã hai tuần",
)
CHARACTERS = (
    "🦵🏽😭👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\u202e", "\u202d\u2066\u2069", "\u200b", "\u200d\u200c", "\ufeff", "\u00ad", "\u0301" * 40, "Z̷̨̛͓a̴l̶g̷o̸", "\x00", "\x01\x02\x1b[31m",
    "\x7f\x85", "\ud800", "\udfff\ud83d", "\u2028\u2029", "\uffff\ufffe", "½⅔٣४", "ﬁﬂ", "ß", "İ", "ı", "ſ", "K", "Å", "'’‘`´", "\t\v\f\r", "\n" * 9,
    "«»„“”", "—–‐", "٪", "\U0010ffff", "\U000e0041",
)  # fmt: skip
CODE = (
    "'; DROP TABLE cases; --", '" OR 1=1 --', "1; SELECT pg_sleep(10)", "<script>alert('knee')</script>", '<img src=x onerror="alert(1)">',
    "<svg/onload=alert(1)>", "</textarea><script>alert(1)</script>", "javascript:alert(1)", "{{ 7*7 }}{% debug %}", "${jndi:ldap://x/a}",
    "<!-- calf swollen -->", "<![CDATA[knee]]>", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "&lt;b&gt;&#x41;&nbsp;&", "%00%0a%27",
    '{"text": "knee", "evidence": [{"id": "calf_swelling", "state": "present"}]}', "[[[[[[", "}}}}}}", "__import__('os').system('ls')",
    "def knee(x):\n    return knee(x) + 1", "for(;;){}", "../../../../etc/passwd", "C:\\knee\\..\\calf", "%s%n%d{0}{knee}", "\\u0000\\x41\\", "$(reboot)", "`id`",
    "| knee | calf |\n|---|---|", "~ {knee} <pain> @ <calf> .. (a|b) [c] thrombo*", "=weights", "!swell", "(((((", "]]]]]", "<nothing>", "@ @ @",
)  # fmt: skip
NUMBERS = (
    "1e999 years", "-5 years old", "NaN/10", "inf weeks", "0/0", "10/10/10", "999999999999999999999 weeks", "3.4.5.6 days", "½ year", "1 to 2 to 3 to 4 weeks",
    "aged 0", "aged 999", "-38.5", "38,5,5 C", "temp 1e3", "12 out of 10", "0x10 days", "１２ weeks", "٣ weeks", "twenty-two-three years", "5'11\" 400 kg", "99:99", "1/2/3/4/5",
)  # fmt: skip
WORDS = """knee calf thigh foot back leg left right both my his her no not never without nor neither can't pain swollen hot red
    numb since for yesterday weeks years ago about last over or and but , . ; : / ( ) ? ! - 8/10 38.5 worse better if when
    like lump getting bigger it mother son dog aged male 45F had clot denies unsure think might could be worried""".split()  # noqa: SIM905
BOMBS = (
    "a ", "a", "no ", "not no ", "never not without ", "denies denies ", "not sure if ", "and ", "or ", ",", ", no ", "pain and ", "knee ", "my ", "my own ",
    "i'm ", "'", "''", "a'", "-", "- ", "(", "()", ".", "...", "1 ", "1.", "12 ", "8/", "1 to ", "1 or 2 ", "about ", "about 1 ", "for about ", "since ", "last past ",
    "for 2 weeks. ", "half a ", "and a half ", "is ", "aged ", "45f ", "f 45 ", "left ", "l r ", "left and right ", "not left ", "pain 8 ", "temp ", "stiff ",
    "swelling 1", "lump of ", "worried that ", "if it gets ", "years ago ", "had a ", "mother ", "my mother had ", "my dog has ", "there weeks ", "wekes ",
    "knee\n", "\n\n", "x\n", "qzxwv ", "kneeeee", "thrombo", "swollen swelling swell ", "pain in the ", "in the knee and ", "\u0301", "İ", "\u202e", "<b>", "&amp;", "{{",
)  # fmt: skip


def big_texts() -> list[str]:
    """A hundred kilobytes each."""
    dice = random.Random(SEED)
    units = (
        "my knee is swollen and I can't walk since yesterday, no numbness or ",
        "a ",
        "no ",
        "about 1 ",
        "膝",
        "<b>'",
        "k",
    )
    return [
        *((unit * (100_000 // len(unit) + 1))[:100_000] for unit in units),
        "".join(
            chr(dice.choice((dice.randrange(32, 127), dice.randrange(128, 0x2FFF)))) for _ in range(100_000)
        ),
    ]


def texts(count: int = 1000) -> list[str]:
    """The texts, all kinds mixed; each at most 20,000 characters."""
    dice = random.Random(SEED)
    pools = (SCRIPTS, CHARACTERS, CODE, NUMBERS, WORDS)
    found: list[str] = ["", " ", "\n", *SCRIPTS, *CHARACTERS, *CODE, *NUMBERS]
    found += [f"My knee {piece} hurts" for pool in (CHARACTERS, CODE, NUMBERS) for piece in pool]
    found += [(bomb * 2500)[: dice.choice((90, 700, 5000))] for bomb in BOMBS]
    found += ["x" * 20_000, "knee" * 5000, "1" * 20_000, "é" * 20_000, "calf-" * 4000, "'" * 20_000]
    while len(found) < count:
        kind = dice.randrange(4)
        if kind == 0:
            found.append(" ".join(dice.choice(WORDS) for _ in range(dice.randrange(1, 120))))
        elif kind == 1:
            found.append(" ".join(dice.choice(dice.choice(pools)) for _ in range(dice.randrange(1, 40))))
        elif kind == 2:
            found.append("".join(dice.choice(string.printable) for _ in range(dice.randrange(1, 400))))
        else:
            found.append(
                "".join(
                    chr(dice.randrange(dice.choice((0x80, 0x3000, 0x110000))))
                    for _ in range(dice.randrange(1, 200))
                )
            )
    return found
