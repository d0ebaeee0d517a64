"""The table of what the articles say and what answers it, and what the figures rest on: docs/reference/."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kneewise.cli.fixed_cases import stories
from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Knowledge, SeedItem
from kneewise.pathway import Engine
from kneewise.pathway.sensitivity import cells_by_group, final_turns, sensitivity, weight_by_basis

NOTICE = "<!-- Written by `make docs`; do not edit. -->\n"
MOST_CELLS = 25


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _answers(item: SeedItem, knowledge: Knowledge) -> str:
    parts = [f"`{kind}/{id_}`" for kind, id_ in item.answered_by]
    parts += [f"*{knowledge.features[name]}*" for name in item.features]
    return ", ".join(parts)


def coverage_page(knowledge: Knowledge) -> str:
    """Every item of the articles: what it says, what answers it, and the test that shows it."""
    items = knowledge.seed_items
    kinds = Counter(item.kind for item in items)
    articles = dict.fromkeys(item.article for item in items)
    lines = [
        NOTICE,
        "# What the articles say, and what answers it",
        "",
        f"Five lay articles started kneewise. They say {len(items)} things "
        f"({', '.join(f'{count} of kind {kind}' for kind, count in kinds.most_common())}).",
        "An item is what an article says, restated; it is no claim of ours. Each is answered by content, by a",
        "feature of the program, or both, and a test with hand-written cases (`tests/cases/seed_items.yaml`)",
        "shows it. Where the evidence contradicts an article, the content says both, and a test holds that.",
        "",
        "`kneewise knowledge coverage --tests reports/coverage.json` prints this table and fails on a hole;",
        "`make check` runs it.",
    ]
    for article in articles:
        lines += [
            "",
            f"## Article {article}",
            "",
            f"*{knowledge.sources[article].citation}*",
            "",
            "| Item | Kind | The article says | Answered by |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| {item.id} | {item.kind} | {_cell(item.says)} | {_cell(_answers(item, knowledge))} |"
            for item in items
            if item.article == article
        ]
    return "\n".join(lines) + "\n"


def provenance_page(knowledge: Knowledge) -> str:
    """How much rests on sourced figures, estimates and empty cells, and which figures move results most."""
    engine, cases = Engine(knowledge), stories()
    turns = final_turns(cases, engine)
    rests_on, words = weight_by_basis(turns, knowledge), engine.words
    columns = ("found", "recalled", "estimate", "empty")
    lines = [
        NOTICE,
        "# What the figures rest on",
        "",
        "Each cell is P(finding | cause). *Found* was read in its source, *recalled* is quoted from memory of a",
        "named source, *estimate* is judgement. What an empty cell means: docs/how-to/write-content.md.",
        "Print it with `kneewise knowledge show --provenance` and `--sensitivity`.",
        "",
        "| Group of causes | Causes | Cells | Found | Recalled | Estimate | Empty |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for group, row in cells_by_group(knowledge).items():
        shares = " | ".join(f"{row[name]:,} ({100 * row[name] / row['cells']:.1f} %)" for name in columns)
        lines.append(f"| {group} | {row['causes']} | {row['cells']:,} | {shares} |")
    lines += [
        "",
        "## How much of a verdict rests on it",
        "",
        f"Over the {rests_on['stories']} shipped stories, interviewed to the end: of the weight of all answers, for",
        "and against the causes in the list, by the basis of the figure it came from.",
        "",
        "| Basis | Share of the weight |",
        "|---|---:|",
        *(f"| {basis} | {100 * share:.1f} % |" for basis, share in rests_on["weight"].items()),
        "",
        f"An answer met an empty cell of a listed cause in {100 * rests_on['answers_met']['empty']:.0f} % of all pairs of answer and",
        "listed cause. It then weighs nothing for that cause, and counts only through its rivals.",
        "",
        "## The figures that move results most",
        "",
        "Each filled cell that a story read was moved to its own low and its own high, one at a time, and all",
        "chances worked out again (exactly; the questions asked were held). A better source helps most here.",
        "",
        "| Cause | Finding | Value (range) | Basis | First cause changes | Moves a listed chance by up to |",
        "|---|---|---|---|---:|---:|",
    ]
    for row in sensitivity(turns, knowledge)[:MOST_CELLS]:
        source = f", {', '.join(row['source'])}" if row["source"] else ""
        lines.append(
            f"| {_cell(words.conditions[row['cause']].name)} | {_cell(words.findings[row['finding']].name)} | "
            f"{row['value']:g} ({row['low']:g}–{row['high']:g}) | {row['basis']}{source} | "
            f"{row['first_cause_changes']} | {100 * row['largest_shift']:.1f} points |"
        )
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """The tables for docs/reference/."""
    knowledge = load_knowledge()
    return {"coverage.md": coverage_page(knowledge), "provenance.md": provenance_page(knowledge)}


if __name__ == "__main__":
    print(coverage_page(load_knowledge()))
