"""What `kneewise plan` prints for people: the week, each exercise with its reasons, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape

from kneewise.knowledge.types import Knowledge, Words
from kneewise.pathway.telling_programme import (
    KEPT_UP,
    quality_words,
    refused_words,
    relaxed_words,
    say,
    warning_words,
    why_words,
)

COMPARED = {"easier": "easier", "alike": "about as hard", "harder": "harder"}


def _time(seconds: float) -> str:
    if seconds >= 120 and seconds % 60 == 0:
        return f"{seconds / 60:g} minutes"
    return f"{seconds:g} seconds"


def amount(item: Mapping[str, Any], kind: str) -> str:
    """How much of an exercise: "2 × 10", "2 × 10, each held 5 seconds", "10 minutes"."""
    sets, reps, hold = item["sets"], item["reps"], item["hold_seconds"]
    if hold and reps <= 1:
        if kind in KEPT_UP:
            return _time(hold) if sets == 1 else f"{sets} times {_time(hold)}"
        return f"{sets} × hold {_time(hold)}"
    return f"{sets} × {reps}" + (f", each held {_time(hold)}" if hold else "")


def _days(days: list[int]) -> str:
    if len(days) == 7:
        return "every day"
    return f"day{'s' if len(days) > 1 else ''} {', '.join(map(str, days))}"


def _exercise(
    console: Console, item: Mapping[str, Any], days: list[int], known: Knowledge, words: Words
) -> None:
    told = words.exercises[item["exercise"]]
    kind = known.exercises[item["exercise"]].type
    side = "" if item["side"] == "both" else f" ({item['side']} leg)"
    console.print(f"• [bold]{escape(told.name)}[/bold]{side} – {amount(item, kind)}, {_days(days)}")
    dose = item["dose"]
    step = (
        [say(words, "dose_step", step=str(dose["step"]), steps=str(dose["steps"]))]
        if dose["steps"] > 1
        else []
    )
    small = [*step, *([] if kind in KEPT_UP else [f"about {max(round(item['minutes']), 1)} min"])]
    console.print(
        f"  {escape(', '.join(small))}. {escape(' '.join(filter(None, [item['effort'], item.get('how')])))}"
    )
    why = why_words(item, words)  # type: ignore[arg-type]
    reasons = [f"It is there {quality_words(item['quality'], words)}.", *why.this, why.dose]
    console.print(f"  why: {escape(' '.join(filter(None, reasons)))}")
    for sentence in why.mind:
        console.print(f"  mind: {escape(sentence)}")


def _week(console: Console, programme: Mapping[str, Any], knowledge: Knowledge, words: Words) -> None:
    found: dict[str, tuple[Mapping[str, Any], list[int]]] = {}
    for day in programme["week"]:
        for item in day["items"]:
            found.setdefault(item["exercise"], (item, []))[1].append(day["day"])
    for item, days in found.values():
        _exercise(console, item, days, knowledge, words)
    for day in programme["week"]:
        minutes = round(sum(item["minutes"] for item in day["items"]))
        names = ", ".join(words.exercises[item["exercise"]].name for item in day["items"])
        console.print(f"Day {day['day']} (about {minutes} min): {escape(names)}")


def _left_out(console: Console, programme: Mapping[str, Any], knowledge: Knowledge, words: Words) -> None:
    if programme["relaxed"]:
        console.print("[bold]What had to give way[/bold]")
        for entry in programme["relaxed"]:
            console.print(f"• {escape(relaxed_words(entry, words))}")
    if programme["ask_first"]:
        console.print("[bold]Before you start: not asked yet[/bold]")
        for entry in programme["ask_first"]:
            names = ", ".join(words.exercises[one].name for one in entry["exercises"])
            question = words.findings[entry["finding"]].question
            console.print(f"• {escape(question)} ({entry['finding']}; for: {escape(names)})")
    if programme["not_given"]:
        console.print("[bold]What you do not get, and why[/bold]")
        for one in programme["not_given"]:
            because = " ".join(refused_words(one, knowledge, words))
            console.print(f"• {escape(words.exercises[one['exercise']].name)}: {escape(because)}")


def show_programme(programme: Mapping[str, Any], knowledge: Knowledge, words: Words) -> None:
    """A programme in words."""
    console = Console(highlight=False, soft_wrap=True)
    if programme["locked_by"]:
        console.print("[bold]No exercises for now.[/bold]")
        for reason in programme["locked_by"]["because"]:
            flag = words.red_flags.get(reason)
            console.print(f"• {escape(flag.why if flag else words.phrases[reason].text)}")
    for one in programme["warnings"]:
        console.print(f"[bold]Warning.[/bold] {escape(warning_words(one, words, knowledge))}")
    _week(console, programme, knowledge, words)
    _left_out(console, programme, knowledge, words)
    for title, key in (("What helps", "advice"), ("Leave out for now", "avoid"), ("Come back", "come_back")):
        if programme[key]:
            console.print(f"[bold]{title}[/bold]")
            for piece in programme[key]:
                console.print(f"• {escape(piece['text'])}")
    console.print(f"[dim]{escape(words.phrases['no_clinician_review'].text)}[/dim]")


def show_alternatives(found: Mapping[str, Any], words: Words) -> None:
    """What could take the place of an exercise."""
    console = Console(highlight=False, soft_wrap=True)
    name = words.exercises[found["exercise"]].name
    if not found["instead"]:
        console.print(escape(say(words, "swap_none", old=name)))
    for one in found["instead"]:
        also = [f"also in: {words.exercises[id_].name}" for id_ in one["also_comes"]]
        also += [f"also out: {words.exercises[id_].name}" for id_ in one["also_goes"]]
        more = f" ({'; '.join(also)})" if also else ""
        console.print(
            f"• {one['exercise']}: {escape(words.exercises[one['exercise']].name)} – "
            f"{COMPARED[one['compared']]}{escape(more)}"
        )
