"""What a person is told about a red flag, in words that fit the level it was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kneewise.knowledge.types import CareLevel, RedFlag, RedFlagWords, Words


def red_flag_words(
    rule: RedFlag, care_level: CareLevel, because: Sequence[str], words: Words
) -> RedFlagWords:
    """The words of a rule; where "not sure" gave it a lower level, what to do and by when are of that level.

    They say that somebody was not sure, and what to do when the sign becomes clear.
    """
    told = words.red_flags[rule.id]
    if care_level == rule.care_level:
        return told
    signs = ", ".join(words.findings[finding].name for finding in because)

    def say(part: str) -> str:
        return words.phrases[f"if_unsure_{care_level}_{part}"].text.replace("{signs}", signs)

    return replace(
        told,
        what_to_do=say("what_to_do"),
        by_when=say("by_when"),
        whom_to_call=say("whom_to_call"),
        what_to_say=say("what_to_say"),
    )
