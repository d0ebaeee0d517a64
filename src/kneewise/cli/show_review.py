"""A review in words, for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape

from kneewise.knowledge.types import Words

MOST_CHANGES = 12  # the newest; all are in --json
PLACES = {
    "too_early": "follow_too_early",
    "ahead": "follow_ahead",
    "on_track": "follow_on_track",
    "off_track": "follow_off_track",
}


def show_review(review: Mapping[str, Any], words: Words, console: Console) -> None:
    """Alarms first, then what changed and why, where the person is, and what is still open."""
    for alarm in (one for one in review["alarms"] if one["cleared_on"] is None):
        if alarm["kind"] == "lock":
            console.print(f"[bold]{escape(words.red_flags[alarm['id']].name)}[/bold] (since {alarm['on']})")
            console.print(escape(alarm["what_to_do"]))
            console.print(escape(words.phrases["follow_unlock_only_seen"].text))
    for change in review["changes"][-MOST_CHANGES:]:
        console.print(f"{change['on']}  {escape(change['text'])}")
    course = review["course"]
    told = words.phrases[PLACES[course["place"]]]
    console.print(f"[bold]{escape(told.text.format(week=round(course['week'])))}[/bold] {escape(told.more)}")
    if course["weeks_left"]:
        low, high = course["weeks_left"]
        text = words.phrases["follow_left"].text.format(low=round(low), high=round(high))
        console.print(escape(text))
    console.print("[bold]Before the next part[/bold]")
    for criterion in review["criteria"]:
        mark = "✓" if criterion["met"] else "–"
        console.print(f"  {mark} {escape(words.phrases[criterion['id']].text)}")
    if review["ask"]:
        console.print("[bold]Next check-in asks[/bold]")
        for finding in review["ask"]:
            console.print(f"  {escape(words.findings[finding].question)}")
    console.print(f"[dim]{escape(words.phrases['follow_nobody_told'].text)}[/dim]")
    console.print(f"[dim]{escape(words.phrases['no_clinician_review'].text)}[/dim]")
