"""What the commands print for people: short, plain, and the same facts as the JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kneewise.evidence import BadCase
from kneewise.knowledge.types import Knowledge, RedFlag, Words
from kneewise.pathway.telling import red_flag_words

STRENGTH = {"strong": "good evidence", "weak": "weak evidence", "disputed": "disputed"}


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)


def name_of(words: Words, finding: str) -> str:
    """A finding's short name."""
    entry = words.findings.get(finding)
    return entry.name if entry else finding.replace("_", " ")


def chance_in_words(probability: float) -> str:
    """A chance as "about 3 in 10" – never a bare percentage, never certain."""
    tenths = round(probability * 10)
    if tenths >= 10:
        return "more than 9 in 10"
    if tenths < 1:
        return "fewer than 1 in 10"
    return f"about {tenths} in 10"


def show_assessment(assessment: Mapping[str, Any], words: Words, rules: Iterable[RedFlag]) -> None:
    """An assessment in words: what to do first; in an emergency nothing else."""
    console = _console()
    by_id = {rule.id: rule for rule in rules}
    if assessment["out_of_scope"]:
        reason = assessment["out_of_scope"]["reason"]
        about = words.phrases.get(f"out_of_scope_{reason}") or words.phrases["out_of_scope_other"]
        console.print(f"[bold]{escape(about.text)}[/bold]")
        console.print(escape(about.more))
        console.print()
    level = words.phrases[f"level_{assessment['care_level']}"]
    console.print(f"[bold]{escape(level.text)}[/bold]")
    if level.more:
        console.print(escape(level.more))
    for flag in assessment["red_flags"]:
        rule = by_id[flag["id"]]
        told = red_flag_words(rule, flag["care_level"], flag["because"], words)
        names = ", ".join(name_of(words, finding) for finding in flag["because"])
        why = "because of" if flag["care_level"] == rule.care_level else "because you were not sure about"
        console.print(f"• {escape(told.name)}: {escape(told.what_to_do)} ({escape(told.by_when)})")
        console.print(f"  {why}: {escape(names)}")
    if assessment["care_level"] != "emergency":
        _show_causes(console, assessment, words)
    if not assessment["screen_complete"]:
        console.print()
        console.print(escape(words.phrases["screen_incomplete"].text))
    console.print()
    console.print(f"[dim]{escape(words.phrases['no_clinician_review'].text)}[/dim]")


def _show_causes(console: Console, assessment: Mapping[str, Any], words: Words) -> None:
    console.print()
    console.print("[bold]What it could be[/bold]")
    if assessment["not_clear"]:
        told = words.phrases[f"not_clear_{assessment['not_clear']['why']}"]
        console.print(f"{escape(told.text)} {escape(told.more)}")
    for cause in assessment["causes"]:
        console.print(f"• {escape(cause['name'])} – {chance_in_words(cause['probability'])}")
        for_it = ", ".join(name_of(words, w["finding"]) for w in cause["for"][:4])
        against = ", ".join(name_of(words, w["finding"]) for w in cause["against"][:2])
        if for_it:
            console.print(f"  for: {escape(for_it)}")
        if against:
            console.print(f"  against: {escape(against)}")
    console.print(f"• something else – {chance_in_words(assessment['something_else'])}")
    if assessment["not_clear"] and assessment["not_clear"]["would_tell"]:
        names = ", ".join(name_of(words, entry["finding"]) for entry in assessment["not_clear"]["would_tell"])
        console.print(f"{escape(words.phrases['not_clear_would_tell'].text)} {escape(names)}")
    if assessment["factors"]:
        console.print()
        console.print("[bold]What may contribute[/bold]")
        for factor in assessment["factors"]:
            console.print(f"• {escape(words.factors[factor['id']].name)} ({factor['status']})")


def _share(row: Mapping[str, Any]) -> str:
    if row["share"] is None:
        return "–"
    share, low, high = (f"{100 * row[key]:.0f}" for key in ("share", "low", "high"))
    return f"{share} % ({low}–{high}), {row['hits']}/{row['n']}"


def show_evaluation(table: Mapping[str, Any]) -> None:
    """The evaluation table: causes, safety, length, then every miss."""
    console = _console()
    overall = Table(title=f"{table['cases']} cases (95 % Wilson intervals)")
    overall.add_column("measure")
    overall.add_column("overall")
    for group in table["by_group"]:
        overall.add_column(escape(group))
    for measure, row in table["overall"].items():
        cells = [_share(rows[measure]).split(" (")[0] for rows in table["by_group"].values()]
        overall.add_row(measure.replace("_", " "), _share(row), *cells)
    Console(highlight=False, width=220).print(overall)
    console.print(
        f"list length {table['list_length']}, pages beyond the urgent screen {table['pages_beyond_screen']}, "
        f"choices {table['choices_beyond_screen']} (medians)"
    )
    levels = Table(title="lowest acceptable level (rows) against level given (columns)")
    levels.add_column("")
    for level in table["level_table"]:
        levels.add_column(level)
    for level, row in table["level_table"].items():
        levels.add_row(level, *(str(row[given]) for given in row))
    console.print(levels)
    for row in table["calibration"]:
        console.print(
            f"first cause {row['from']:.1f}–{row['to']:.1f}: mean chance {row['mean_chance']:.2f}, "
            f"right {_share(row['right'])}"
        )
    for miss in table["misses"]:
        flag = " MUST NOT MISS" if miss["must_not_miss"] else ""
        console.print(
            f"{escape(str(miss['id']))}: {miss['what']}{flag} – "
            f"accepted {', '.join(miss['accepted'] or [])}; "
            f"named {', '.join(miss['named'])}; level {miss['care_level']} of {miss['care_acceptable']}; "
            f"rules {', '.join(miss['red_flags']) or 'none'}"
        )


def show_over_triage(rows: list[dict[str, Any]]) -> None:
    """The share of each harmless cause that goes to each level."""
    table = Table(title="Harmless causes: share sent to each level (simulated from the knowledge)")
    for column in (
        "cause",
        "same day or above",
        "by its own picture",
        "emergency",
        "same day",
        "within days",
        "rules that send most up",
    ):
        table.add_column(column)
    for row in rows:
        rules = ", ".join(f"{id_} {100 * share:.1f} %" for id_, share in list(row["rules"].items())[:3])
        table.add_row(
            row["cause"],
            *(
                f"{100 * row[key]:.1f} %"
                for key in ("same_day_or_above", "by_its_own_picture", "emergency", "same_day", "within_days")
            ),
            rules,
        )
    Console(highlight=False, width=180).print(table)


KINDS = ("conditions", "factors", "findings", "red_flags", "exercises", "protocols", "sources")


def _collection(knowledge: Knowledge, kind: str) -> dict[str, Any]:
    if kind not in KINDS:
        raise BadCase("the command", f"there is no kind {kind!r}", f"The kinds are {', '.join(KINDS)}")
    if kind == "red_flags":
        return {rule.id: rule for rule in knowledge.red_flags}
    return dict(getattr(knowledge, kind))


def show_knowledge(knowledge: Knowledge, kind: str | None, id_: str | None, *, as_json: bool) -> None:
    """What is known: counts, the ids of a kind, or one entry whole."""
    console = _console()
    if kind is None:
        counts = {name: len(_collection(knowledge, name)) for name in KINDS}
        value: Any = {"version": knowledge.version, "reviewed_by_a_clinician": knowledge.reviewed, **counts}
    elif id_ is None:
        value = list(_collection(knowledge, kind))
    else:
        entries = _collection(knowledge, kind)
        if id_ not in entries:
            raise BadCase(
                "the command", f"there is no {id_!r} among the {kind}", f"`kneewise knowledge show {kind}`"
            )
        value = asdict(entries[id_])
    if as_json:
        console.print(json.dumps(value, ensure_ascii=False), markup=False)
    elif isinstance(value, list):
        for entry in value:
            console.print(entry, markup=False)
    else:
        console.print(json.dumps(value, indent=2, ensure_ascii=False), markup=False)
