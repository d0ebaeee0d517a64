"""The words of printed pages that are not content: one file for each language, and what fills them in."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kneewise.evidence import BadCase

FOLDER = Path(__file__).parent / "words"
CLIPPED = " …"
DAYS_A_WEEK, DAYS_A_MONTH, DAYS_A_YEAR = 7.0, 30.4, 365.25


@functools.cache
def _table(language: str) -> Mapping[str, Any]:
    path = FOLDER / f"{language}.json"
    if language not in {known.stem for known in FOLDER.glob("*.json")}:
        known = ", ".join(sorted(one.stem for one in FOLDER.glob("*.json")))
        raise BadCase("language", f"there are no printed pages in {language!r}", f"There are: {known}")
    return dict(json.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Wording:
    """The words in one language. A key that is not there is a fault of ours (`KeyError`)."""

    language: str = "en"

    @property
    def all(self) -> Mapping[str, Any]:
        """Every entry, for the templates."""
        return _table(self.language)

    def say(self, key: str, **values: object) -> str:
        """A sentence with its places filled in."""
        return str(self.all[key]).format(**values)

    def count(self, key: str, n: int, **values: object) -> str:
        """A sentence for one or for many."""
        return self.say(f"{key}_one" if n == 1 else f"{key}_many", n=n, **values)

    def of(self, group: str, key: str) -> str:
        """An entry of a group of words; the key itself, made readable, where the group does not know it."""
        return str(self.all[group].get(key, key.replace("_", " ").strip("{}")))

    def day(self, day: date | str) -> str:
        """A day in full: "21 November 2026"."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        return f"{day.day} {self.all['months'][day.month - 1]} {day.year}"

    def listed(self, names: Iterable[str], most: int | None = None) -> str:
        """Names in a row, at most so many; how many more there are is said."""
        every = list(dict.fromkeys(name for name in names if name))
        shown = every if most is None else every[:most]
        more = len(every) - len(shown)
        if more and not shown:
            return self.count("only_more", more)
        row = "; ".join(shown)
        return f"{row}; {self.count('and_more', more)}" if more else row

    def number(self, value: float, unit: str) -> str:
        """A number with its unit; days as people say them."""
        if unit in ("d", "day", "days"):
            return self.length_of_time(value)
        return f"{value:.4g} {self.of('units', unit)}".strip()

    def length_of_time(self, days: float) -> str:
        """So many days, weeks, months or years: the largest that still says it well."""
        for name, size, least in (
            ("years", DAYS_A_YEAR, 2.0), ("months", DAYS_A_MONTH, 3.0), ("weeks", DAYS_A_WEEK, 3.0),
        ):  # fmt: skip
            if round(days / size, 1) >= least:  # two years of 365 days are two years
                return self.count(name, round(days / size))
        return self.count("days", round(days))

    def chance(self, probability: float) -> str:
        """A chance in words with its frequency: never certain, never never."""
        tenths = round(probability * 10)
        if tenths >= 10:
            return self.say("chance_highest")
        if tenths < 1:
            return self.say("chance_lowest")
        word = "likely" if tenths >= 7 else "quite" if tenths >= 4 else "possible"
        return self.say(f"chance_{word}", tenths=tenths)

    def between(self, low: float, high: float) -> str:
        """How sure a chance is; empty where both ends are the same."""
        first, last = round(low * 10), round(high * 10)
        if first == last:
            return ""
        lowest = self.say("fewer_than_1") if first < 1 else str(first)
        highest = self.say("more_than_9") if last > 9 else str(last)
        return self.say("chance_range", low=lowest, high=highest)

    def seconds(self, seconds: float) -> str:
        """A short time."""
        if seconds >= 120 and seconds % 60 == 0:
            return self.count("minutes", int(seconds // 60))
        return (
            self.count("seconds", int(seconds))
            if seconds == int(seconds)
            else self.say("seconds_many", n=f"{seconds:g}")
        )

    def dose(self, sets: int, reps: int, hold: float, *, held: bool) -> str:
        """The work of an exercise: "3 sets of 10, hold each 5 seconds"; "20 minutes" if nothing is held."""
        if hold and reps <= 1 and not held:
            time = self.seconds(hold)
            return time if sets == 1 else self.say("times_each", n=sets, time=time)
        first = self.count("sets", sets)
        if hold and reps <= 1:
            return self.say("sets_hold", sets=first, hold=self.seconds(hold))
        many = self.say("sets_of", sets=first, reps=reps)
        return self.say("hold_each", work=many, hold=self.seconds(hold)) if hold else many


def clipped(text: str, most: int) -> str:
    """Text of at most so many characters, cut at the end of a word where there is one near."""
    text = text.strip()
    if len(text) <= most:
        return text
    cut = text[: most - len(CLIPPED)]
    space = cut.rfind(" ")
    return (cut[:space] if space > most // 2 else cut).rstrip(" ,;") + CLIPPED


def capital(text: str) -> str:
    """A name as the start of a line."""
    return text[:1].upper() + text[1:]
