"""A case brought up to a day: what the diary has told since stands in it, the newest word last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from statistics import median
from typing import Any

from kneewise.evidence import Item
from kneewise.follow.diary import Entry, parse_diary
from kneewise.knowledge.types import Knowledge

LASTED, PAIN = "duration_days", "pain_score_0_to_10"


def _piece(item: Item, day: str) -> dict[str, Any]:
    told: dict[str, Any] = {"id": item.finding, "state": item.state, "on": day}
    return told | ({"value": item.value} if item.value is not None else {})


def _measured(entry: Entry, knowledge: Knowledge) -> dict[str, Any] | None:
    raw = entry.raw
    measure = knowledge.measures.get(raw.get("measure", ""))
    values = raw.get("values") or ([raw["value"]] if raw.get("value") is not None else [])
    if measure is None or measure.finding not in knowledge.findings or not values:
        return None
    told: dict[str, Any] = {
        "id": measure.finding, "value": median(values), "on": entry.on.isoformat(), "from": "measured",
    }  # fmt: skip
    return told | {key: raw[key] for key in ("side", "method") if raw.get(key)}


def _lasted(pieces: list[dict[str, Any]], since: date, on: date) -> list[dict[str, Any]]:
    """How long it has lasted grows by the days since it was told."""
    grown = []
    for piece in pieces:
        if piece.get("id") == LASTED and piece.get("value") is not None and not piece.get("unit"):
            piece = {**piece, "value": piece["value"] + (on - since).days, "on": on.isoformat()}
        grown.append(piece)
    return grown


def with_diary(
    case: Mapping[str, Any], diary: list[Any], started_on: date, on: date, knowledge: Knowledge
) -> dict[str, Any]:
    """The case as it stands on a day. Raises `BadCase` where the diary cannot be read.

    A case has one value of a finding a day: of two sides measured on one day it is that of the painful one.
    """
    newest: dict[str, dict[str, Any]] = {}
    for entry in parse_diary(diary, knowledge).entries:
        if entry.on > on:
            continue
        day = entry.on.isoformat()
        told = [_piece(item, day) for item in entry.findings]
        if entry.kind == "check_in" and entry.pain is not None:
            told.append({"id": PAIN, "value": entry.pain, "on": day})
        measured = _measured(entry, knowledge) if entry.kind == "measurement" else None
        for piece in (*told, *([measured] if measured else [])):
            before = newest.get(piece["id"])
            same_day = before is not None and before["on"] == day
            if not (same_day and before and before.get("side") == case.get("side") != piece.get("side")):
                newest[piece["id"]] = piece
    since = date.fromisoformat(case["on"]) if case.get("on") else started_on
    evidence = _lasted(list(case.get("evidence") or []), since, max(on, since))
    told_anew = {(piece["id"], piece["on"]) for piece in newest.values()}
    evidence = [piece for piece in evidence if (piece.get("id"), piece.get("on")) not in told_anew]
    return {**case, "on": on.isoformat(), "evidence": [*evidence, *newest.values()]}
