"""Evaluate scripted cases: does the list hold the right cause, is the level safe, how much was asked.

All proportions come with 95 % Wilson intervals, overall and by group; every miss is listed.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kneewise.evidence import BadCase
from kneewise.knowledge.types import CARE_LEVELS, care_rank
from kneewise.pathway.contracts import AssessmentContract
from kneewise.pathway.engine import Engine
from kneewise.pathway.interview import MOST_TURNS, run_script

SCREEN_PAGES = frozenset({"urgent_screen", "urgent_follow_up", "said"})


def wilson(hits: int, n: int, z: float = 1.959964) -> dict[str, float | int | None]:
    """A proportion with its 95 % Wilson interval; None where there is nothing to divide by."""
    if n == 0:
        return {"hits": hits, "n": n, "share": None, "low": None, "high": None}
    p = hits / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * ((p * (1 - p) + z * z / (4 * n)) / n) ** 0.5 / (1 + z * z / n)
    return {
        "hits": hits,
        "n": n,
        "share": round(p, 4),
        "low": round(max(0.0, centre - half), 4),
        "high": round(min(1.0, centre + half), 4),
    }


@dataclass(frozen=True)
class Outcome:
    """One scripted case and what became of it."""

    case: Mapping[str, Any]
    assessment: AssessmentContract

    @property
    def named(self) -> list[str]:
        """The causes named, likeliest first."""
        return [cause["id"] for cause in self.assessment["causes"]]

    @property
    def pointed_to(self) -> set[str]:
        """The dangers that fired rules point to: they count as named."""
        return {cause for flag in self.assessment["red_flags"] for cause in flag["points_to"]}

    def hit(self, most: int) -> bool:
        """Whether an accepted diagnosis is among the first `most` causes or the dangers pointed to."""
        accepted = set(self.case["diagnosis"])
        return bool(accepted & set(self.named[:most]) or accepted & self.pointed_to)

    def rank_hit(self, most: int) -> bool:
        """The same, by the ranked list alone."""
        return bool(set(self.case["diagnosis"]) & set(self.named[:most]))

    @property
    def levels(self) -> list[int]:
        """The acceptable care levels as ranks."""
        return [care_rank(level) for level in self.case["care_acceptable"]]

    @property
    def level(self) -> int:
        """The rank of the level given."""
        return care_rank(self.assessment["care_level"])

    @property
    def too_low(self) -> bool:
        """Below the lowest acceptable level."""
        return self.level < min(self.levels)

    @property
    def too_high(self) -> bool:
        """Above the highest acceptable level."""
        return self.level > max(self.levels)

    @property
    def urgent(self) -> bool:
        """A case whose lowest acceptable level is same-day or emergency."""
        return min(self.levels) >= care_rank("same_day")

    @property
    def mild(self) -> bool:
        """A case for which nothing above routine is acceptable."""
        return max(self.levels) <= care_rank("routine")

    @property
    def pages(self) -> list[Mapping[str, Any]]:
        """The pages asked beyond the urgent screen."""
        return [page for page in self.assessment.get("asked", []) if page["page"] not in SCREEN_PAGES]


def _numbers(outcomes: list[Outcome]) -> dict[str, Any]:
    diagnosed = [o for o in outcomes if o.case.get("diagnosis")]
    levelled = [o for o in outcomes if o.case.get("care_acceptable")]
    urgent = [o for o in levelled if o.urgent]
    mild = [o for o in levelled if o.mild]
    must = [o for o in levelled if o.case.get("must_not_miss")]
    self_care = [o for o in levelled if min(o.levels) == 0]
    rows: dict[str, Any] = {
        f"top_{k}": wilson(sum(o.hit(k) for o in diagnosed), len(diagnosed)) for k in (1, 3, 5)
    }
    rows |= {
        f"ranked_top_{k}": wilson(sum(o.rank_hit(k) for o in diagnosed), len(diagnosed)) for k in (1, 3, 5)
    }
    rows["level_acceptable"] = wilson(sum(not (o.too_low or o.too_high) for o in levelled), len(levelled))
    rows["level_not_too_low"] = wilson(sum(not o.too_low for o in levelled), len(levelled))
    rows["urgent_not_missed"] = wilson(sum(not o.too_low for o in urgent), len(urgent))
    rows["must_not_miss_not_too_low"] = wilson(sum(not o.too_low for o in must), len(must))
    rows["over_triage_of_mild"] = wilson(sum(o.too_high for o in mild), len(mild))
    rows["self_care_recall"] = wilson(sum(o.level == 0 for o in self_care), len(self_care))
    return rows


def _median(values: Iterable[float]) -> float | None:
    listed = list(values)
    return round(statistics.median(listed), 2) if listed else None


def _level_table(outcomes: list[Outcome]) -> dict[str, dict[str, int]]:
    """Lowest acceptable level (rows) against the level given (columns)."""
    table: dict[str, dict[str, int]] = {level: dict.fromkeys(CARE_LEVELS, 0) for level in CARE_LEVELS}
    for outcome in outcomes:
        if outcome.case.get("care_acceptable"):
            table[CARE_LEVELS[min(outcome.levels)]][outcome.assessment["care_level"]] += 1
    return table


def _calibration(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    """The first cause's chance against how often it was right, in five bands."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.case.get("diagnosis") and outcome.assessment["causes"]:
            chance = outcome.assessment["causes"][0]["probability"]
            bands[min(int(chance * 5), 4)].append((chance, outcome.rank_hit(1)))
    return [
        {
            "from": band / 5,
            "to": (band + 1) / 5,
            "mean_chance": round(sum(chance for chance, _ in rows) / len(rows), 4),
            "right": wilson(sum(right for _, right in rows), len(rows)),
        }
        for band, rows in sorted(bands.items())
    ]


def _miss(outcome: Outcome, what: str) -> dict[str, Any]:
    return {
        "id": outcome.case.get("id"),
        "group": outcome.case.get("group"),
        "what": what,
        "accepted": outcome.case.get("diagnosis"),
        "named": outcome.named,
        "care_acceptable": outcome.case.get("care_acceptable"),
        "care_level": outcome.assessment["care_level"],
        "red_flags": [flag["id"] for flag in outcome.assessment["red_flags"]],
        "must_not_miss": bool(outcome.case.get("must_not_miss")),
    }


def _misses(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    misses = []
    for outcome in outcomes:
        if outcome.case.get("care_acceptable"):
            if outcome.too_low:
                misses.append(_miss(outcome, "level too low"))
            if outcome.too_high:
                misses.append(_miss(outcome, "level too high"))
        if outcome.case.get("diagnosis") and not outcome.hit(5):
            misses.append(_miss(outcome, "cause not named"))
    return misses


def summarise(outcomes: list[Outcome]) -> dict[str, Any]:
    """The full table over outcomes."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.case.get("group") or "no group"].append(outcome)
    return {
        "cases": len(outcomes),
        "overall": _numbers(outcomes),
        "list_length": _median(len(o.named) for o in outcomes),
        "pages_beyond_screen": _median(len(o.pages) for o in outcomes),
        "choices_beyond_screen": _median(sum(len(p["findings"]) for p in o.pages) for o in outcomes),
        "level_table": _level_table(outcomes),
        "calibration": _calibration(outcomes),
        "by_group": {name: {"cases": len(rows), **_numbers(rows)} for name, rows in sorted(groups.items())},
        "misses": _misses(outcomes),
    }


def evaluate_lines(
    cases: Iterable[Mapping[str, Any]],
    engine: Engine,
    step: Callable[[], None] = lambda: None,
    *,
    text_alone: bool = False,
) -> dict[str, Any]:
    """Run every scripted case and summarise; `step` is called after each (a progress bar).

    With `text_alone` nothing is asked: the assessment is that of the text, age, sex and side.

    Raises `evidence.BadCase` naming the case that is wrong.
    """
    outcomes = []
    for number, case in enumerate(cases, start=1):
        for key in ("diagnosis", "care_acceptable"):
            if not isinstance(case.get(key, []), list):
                raise BadCase(f"case {number}/{key}", "this must be a list", 'Write it as ["…"]')
        for level in case.get("care_acceptable", []):
            if level not in CARE_LEVELS:
                raise BadCase(
                    f"case {number}/care_acceptable",
                    f"{level!r} is no care level",
                    f"Use {', '.join(CARE_LEVELS)}",
                )
        try:
            outcomes.append(
                Outcome(case, run_script(case, engine, most_turns=0 if text_alone else MOST_TURNS))
            )
        except BadCase as bad:
            raise BadCase(f"case {number}/{bad.where}", bad.what, bad.mend) from None
        step()
    return summarise(outcomes)
