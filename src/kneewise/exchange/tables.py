"""The diary as tables for a spreadsheet: comma-separated, UTF-8 with its mark, no formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# A spreadsheet runs a cell that begins so as a formula (OWASP, CSV injection): an apostrophe makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
PAINS = ("pain", "pain_before", "pain_after", "pain_worst")
DIARY_COLUMNS = (
    "number", "on", "kind", "id", "corrects", "taken_back", "exercise", "side", "done", "sets", "reps",
    "pain_during", "effort", "skipped", *PAINS, "sleep_hours", "load_minutes", "note", "more",
)  # fmt: skip
ITEM_COLUMNS = ("exercise", "side", "done", "sets", "reps", "pain_during", "effort", "skipped")
MEASURE_COLUMNS = ("on", "id", "measure", "side", "value", "values", "unit", "method", "note")
PAIN_COLUMNS = ("on", "worst")


def cell(value: Any) -> str | int | float:
    """One value as a cell: numbers stay numbers, text is never a formula, the rest is JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows as CSV (RFC 4180); the mark in front tells spreadsheets that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
    return text.getvalue().encode("utf-8-sig")


def _entry_rows(number: int, entry: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """An entry as rows: one, or one for each exercise of a session. A correction shows what it became."""
    told: Mapping[str, Any] = entry
    row: dict[str, Any] = {"number": number, "on": entry["on"], "kind": entry["kind"], "id": entry["id"]}
    if entry["kind"] == "correction":
        becomes = entry.get("becomes")
        row |= {"corrects": entry["of"], "taken_back": becomes is None}
        told = becomes or {}
    row |= {key: told[key] for key in (*PAINS, "sleep_hours", "load_minutes") if key in told}
    row["note"] = entry.get("note") or told.get("note")
    rest = {
        key: value for key, value in told.items() if key not in DIARY_COLUMNS and key not in ("items", "of")
    }
    row["more"] = {key: value for key, value in rest.items() if key != "becomes"} or None
    items = told.get("items") or [{}]
    for item in items:
        yield row | {key: item[key] for key in ITEM_COLUMNS if key in item}


def diary_table(diary: Sequence[Mapping[str, Any]]) -> bytes:
    """The whole diary in the order in which it was told, corrections too."""
    rows = (row for number, entry in enumerate(diary, start=1) for row in _entry_rows(number, entry))
    return table(DIARY_COLUMNS, rows)


def measures_table(diary: Sequence[Mapping[str, Any]]) -> bytes:
    """The measurements as they were told first; the diary's table shows what was corrected."""
    rows = (
        {**entry, "measure": entry.get("measure") or entry.get("instrument")}
        for entry in diary
        if entry["kind"] == "measurement"
    )
    return table(MEASURE_COLUMNS, rows)


def pain_table(pains: Sequence[Mapping[str, Any]]) -> bytes:
    """The worst pain of each day, from 0 to 10, as a review counts it: corrections have taken effect."""
    return table(PAIN_COLUMNS, pains)
