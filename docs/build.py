"""Write docs/reference/ from the knowledge and the commands, then the site: `make docs`.

A test holds docs/reference/ fresh (`python docs/build.py reference` writes only that). The site is made
by docs/website/ and lands in site/, which is not kept.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Expression, Knowledge
from kneewise.pathway.simulate import over_triage

REFERENCE = Path(__file__).parent / "reference"
PEOPLE, SEED = 4000, 1
NOTICE = "<!-- Written by `make docs`; do not edit. -->\n"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def over_triage_page(knowledge: Knowledge) -> str:
    """What share of each harmless cause the red flags send to each level."""
    lines = [
        NOTICE,
        "# What the red flags cost: over-triage of harmless causes",
        "",
        f"{PEOPLE:,} people for each harmless cause are drawn from that cause's own file (seed {SEED}) and every",
        "red-flag rule is read for each of them. The figures rest on the same estimates as the ranking: they",
        "show what a rule costs and which rule costs it. They are no claim about real people.",
        "",
        "Signs of one group are drawn together, and a sign only with what it implies. What no file tells is how",
        "signs of different groups go together: these are drawn independently, so rules with many alternatives",
        "fire too often. A sign of danger that a cause's file does not name is drawn as often as in everybody",
        'who asks, dangerous causes included: "By its own picture" leaves these out. Both figures are of people',
        "who answered every question, and most rules that send somebody up are meant to: the Ottawa knee rule,",
        "for one, sends about half of the knees without a fracture to an X-ray (specificity 49 %, F_OKR_EBMG).",
        "",
        f"Print it with `kneewise knowledge over-triage --people {PEOPLE} --seed {SEED}`.",
        "",
        "| Cause | Same day or above | By its own picture | Emergency | Same day | Within days | Routine | Rules that send most to same day or above |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for row in over_triage(knowledge, PEOPLE, SEED):
        name = knowledge.words["en"].conditions[row["cause"]].name
        rules = ", ".join(f"`{id_}` {_percent(share)}" for id_, share in list(row["rules"].items())[:3])
        keys = ("same_day_or_above", "by_its_own_picture", "emergency", "same_day", "within_days", "routine")
        cells = (row[key] for key in keys)
        lines.append(f"| {name} | {' | '.join(_percent(cell) for cell in cells)} | {rules} |")
    return "\n".join(lines) + "\n"


def _rule(expression: Expression, knowledge: Knowledge) -> str:
    """An expression as a sentence a physiotherapist can check."""
    words = knowledge.words["en"].findings
    if expression.op == "present":
        return words[expression.finding].name
    if expression.op == "measure":
        how = {"at_least": "at least", "at_most": "at most", "over": "over", "under": "under"}
        unit = knowledge.findings[expression.finding].unit
        unit = {"a": "years", "d": "days", "{score}": "of 10"}.get(unit, unit)
        return f"{words[expression.finding].name} {how[expression.comparison]} {expression.number:g} {unit}"
    parts = [_rule(part, knowledge) for part in expression.parts]
    if len(parts) == 1:
        return parts[0]
    if expression.op == "at_least":
        return f"at least {expression.k} of ({'; '.join(parts)})"
    return "(" + (" **and** " if expression.op == "all" else " **or** ").join(parts) + ")"


def red_flags_page(knowledge: Knowledge) -> str:
    """Every triage rule, in words, with its sources."""
    told = knowledge.words["en"].red_flags
    lines = [
        NOTICE,
        "# Red flags",
        "",
        "Every triage rule. No clinician has reviewed them yet. The level of a person is the highest rule that",
        "fires; a rule has no negation, so more signs never lower it.",
    ]
    for rule in knowledge.red_flags:
        words = told[rule.id]
        sources = "; ".join(knowledge.sources[source].citation for source in rule.sources)
        lines += [
            "",
            f"## {rule.code} {words.name}",
            "",
            f"`{rule.id}` · **{rule.care_level.replace('_', ' ')}** · programme: {rule.programme.replace('_', ' ')}"
            f" · if not sure: {rule.if_unsure.replace('_', ' ')}",
            "",
            f"**Fires when** {_rule(rule.when, knowledge)}.",
            "",
            f"{words.why} {words.what_to_do} {words.by_when}",
            "",
            f"*Settled here:* {rule.decided}",
            "",
            f"*Sources:* {sources}",
        ]
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[Knowledge], str]] = {
    "over-triage.md": over_triage_page,
    "red-flags.md": red_flags_page,
}


# Modules beside this one whose `pages()` gives further tables: file name -> text.
FURTHER = ("proofs", "coverage", "reading_age", "measures", "exercise_loads")


def further_pages() -> dict[str, str]:
    """The tables of the further modules that are there; each is tested beside what it tells."""
    written: dict[str, str] = {}
    for name in FURTHER:
        if (Path(__file__).parent / f"{name}.py").exists():
            written |= import_module(f"docs.{name}").pages()
    return written


def write_reference(knowledge: Knowledge) -> None:
    """Write the small tables that are kept in docs/reference/."""
    REFERENCE.mkdir(exist_ok=True)
    for name, text in ({name: page(knowledge) for name, page in PAGES.items()} | further_pages()).items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")


def main() -> int:
    """Write the tables, then the site; `reference` or `site` after the name does only that."""
    wanted = sys.argv[1:] or ["reference", "site"]
    if set(wanted) - {"reference", "site"}:
        print(__doc__, file=sys.stderr)
        return 2
    if "reference" in wanted:
        write_reference(load_knowledge())
    if "site" in wanted:
        from docs.website.build import SiteFault, make

        try:
            make()
        except SiteFault as fault:
            print(fault, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
