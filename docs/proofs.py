"""The pages on what is proved of the rules and which faults in them would be noticed.

`pages()` proves everything anew, which takes some minutes, so `make docs` and the test of fresh pages leave
these two alone: `python docs/proofs.py` writes them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Knowledge

if TYPE_CHECKING:
    from tests.mutation.mutants import Fate

REFERENCE = ROOT / "docs" / "reference"
NOTICE = "<!-- Written by `python docs/proofs.py`; do not edit. -->\n"


def proofs_page(knowledge: Knowledge) -> str:
    """Each property: what it says, how it is proved, what it covered, what it does not mean."""
    from kneewise.pathway.prove import PROPERTIES, Ground

    ground = Ground(knowledge)
    lines = [
        NOTICE,
        "# What is proved of the rules",
        "",
        f"For knowledge `{knowledge.version[:16]}`, over everything that anybody could answer: each finding present,",
        "absent, not sure or not asked, by answer or in text only, each quantity any value it can have, and all that",
        "follows from these. The solver (z3) looks for somebody for whom the property is broken. That there is",
        "nobody is a proof. It is a proof about the rules as they are written, not about their truth: whether the",
        "right signs stand in a rule is for clinicians to say, and no clinician has reviewed them yet.",
        "",
        "Print it with `kneewise knowledge prove`. A broken property is written as the smallest case that shows it,",
        "for `kneewise assess`.",
    ]
    for one in PROPERTIES:
        outcome = one.prove(ground)
        lines += [
            "",
            f"## `{one.name}` – {'proved' if not outcome.breaches else 'BROKEN'}",
            "",
            one.sentence,
            "",
            f"- **How:** {one.by}.",
            f"- **Covered:** {outcome.covered}.",
            *(f"- **Not meant:** {left_out}." for left_out in outcome.left_out),
            *(f"- **Broken:** {breach.what}." for breach in outcome.breaches),
        ]
    return "\n".join(lines) + "\n"


def _table(fates: list[Fate]) -> Iterator[str]:
    from tests.mutation.mutants import KINDS

    counts = Counter((one.mutant.kind, one.fate) for one in fates)
    yield "| What is changed | Mutants | Noticed by a twin | Change nothing | Survive |"
    yield "|---|---:|---:|---:|---:|"
    for kind in (*KINDS, "all"):
        chosen = {
            fate: sum(n for (k, f), n in counts.items() if f == fate and kind in (k, "all"))
            for fate in ("killed", "equivalent", "survives")
        }
        yield f"| {kind.replace('_', ' ')} | {sum(chosen.values())} | {' | '.join(map(str, chosen.values()))} |"


def mutations_page(knowledge: Knowledge) -> str:
    """How many faults would be noticed, and by name those that would not."""
    from tests.mutation.mutants import all_fates

    by_rule = all_fates(knowledge)
    fates = [one for several in by_rule.values() for one in several]
    left = [one for one in fates if one.fate == "survives"]
    same = [one for one in fates if one.fate == "equivalent"]
    lines = [
        NOTICE,
        "# Rules broken on purpose",
        "",
        f"Each of the {len(by_rule)} rules of knowledge `{knowledge.version[:16]}` is changed in one place at a time: a sign",
        "dropped or made never to count, *all* and *any* swapped or the count moved by one, a threshold moved by one",
        "or its edge left out, the level, the programme gate and what *not sure* does moved by one step. A change is",
        "*noticed* if a twin in `tests/cases/red_flags` (for level, gate and *not sure*: with its row in",
        "`tests/cases/red_flag_levels.yaml`) comes out otherwise. It *changes nothing* if the solver proves that.",
        "",
        *_table(fates),
        "",
        "## Survivors",
        "",
        *(
            [
                f"- {one.mutant.rule.code}: {one.mutant.fault} – {one.reason or 'no reason is known'}"
                for one in left
            ]
            or ["None."]
        ),
        "",
        "## Changes that change nothing",
        "",
        *(f"- {one.mutant.rule.code}: {one.mutant.fault} – {one.reason}" for one in same),
        "",
        "## By rule",
        "",
        "| Rule | Mutants | Noticed | Change nothing | Survive |",
        "|---|---:|---:|---:|---:|",
    ]
    for id_, several in by_rule.items():
        count = Counter(one.fate for one in several)
        cells = (count[fate] for fate in ("killed", "equivalent", "survives"))
        lines.append(
            f"| {several[0].mutant.rule.code} `{id_}` | {len(several)} | {' | '.join(map(str, cells))} |"
        )
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """The pages by file name."""
    knowledge = load_knowledge()
    return {"proofs.md": proofs_page(knowledge), "rule-mutations.md": mutations_page(knowledge)}


def main() -> None:
    """Write both pages."""
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
