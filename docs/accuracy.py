"""docs/accuracy.md and its pictures, from the measured tables in docs/measured/.

`python docs/accuracy.py measure DEVELOPMENT.jsonl` runs the evaluations anew and writes docs/measured/*.json (the
development stories are not part of this project); `make docs` renders what was measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

MEASURED = ROOT / "docs" / "measured"
IMAGES = ROOT / "docs" / "images"
NOTICE = "<!-- Written by `make docs` from docs/measured/; do not edit. -->\n"
RUNS = {
    "development-interview": "Development stories, by interview",
    "development-text": "Development stories, by text alone",
    "regression-first-run": "Regression stories, first run",
    "regression-interview": "Regression stories now, by interview",
    "regression-text": "Regression stories now, by text alone",
}
MEASURES = {
    "top_1": "right cause first",
    "top_3": "among three",
    "top_5": "among at most five",
    "ranked_top_1": "first, by the ranked list alone",
    "ranked_top_3": "among three, by the ranked list alone",
    "ranked_top_5": "among at most five, by the ranked list alone",
    "level_not_too_low": "level not too low",
    "urgent_not_missed": "urgent case not below its level",
    "must_not_miss_not_too_low": "must-not-miss case not below its level",
    "level_acceptable": "level acceptable",
    "over_triage_of_mild": "over-triage of mild cases",
    "self_care_recall": "self-care given where it is acceptable",
}


def _share(row: dict[str, Any]) -> str:
    if row["share"] is None:
        return "–"
    return f"{row['hits']}/{row['n']} {row['share']:.0%} ({row['low']:.0%}–{row['high']:.0%})"


def _reasons() -> dict[str, dict[str, str]]:
    return json.loads((MEASURED / "reasons.json").read_text(encoding="utf-8"))


def _misses(run: str, table: dict[str, Any]) -> list[str]:
    reasons = _reasons().get(run.split("-")[0], {})
    lines = [
        f"### {RUNS[run]}: every miss",
        "",
        "| Case | What | Accepted | Named | Acceptable | Given | Why |",
        "|---|---|---|---|---|---|---|",
    ]
    for miss in table["misses"]:
        why = reasons.get(f"{miss['id']} {miss['what']}", "")
        lines.append(
            f"| {miss['id']} | {miss['what']} | {', '.join(miss['accepted'] or [])} | {', '.join(miss['named'][:5])} "
            f"| {', '.join(miss['care_acceptable'] or [])} | {miss['care_level']} | {why} |"
        )
    return [*lines, ""]


def page() -> str:
    """The page."""
    tables = {
        run: json.loads((MEASURED / f"{run}.json").read_text(encoding="utf-8"))
        for run in RUNS
        if (MEASURED / f"{run}.json").is_file()
    }
    lines = [
        NOTICE,
        "# How accurate is it?",
        "",
        "## Limits first",
        "",
        "- **No figure here is from real patients.** All cases are stories; nobody was examined.",
        "- **The development figures are flattered.** The 60 published stories chose a few numbers of the model; the words"
        " people use and some rules were written after seeing them miss. Expect less on stories never seen.",
        "- **The regression stories were blind once.** 177 stories were written from the literature by somebody who knew"
        " only the list of diagnoses and levels. The column *first run* is what came out before anything was changed"
        " because of them. Afterwards they were used to mend the program: the columns *now* are no test any more.",
        "- The writer of those stories is a language model, as are the readers who labelled levels; no clinician has"
        " checked either. Answers were translated to our findings by a third reader.",
        "- Intervals are 95 % Wilson intervals. They hold the chance of the draw, not the bias above.",
        "- In a scripted interview what a story does not tell is answered “none of these” where danger is screened, and"
        " “not sure” otherwise. A danger that a fired rule points to counts as named, unless the row says otherwise.",
        "- Calibration on people drawn from the knowledge itself is a check of arithmetic: see"
        " [ADR 0003](adr/0003-how-causes-are-ranked.md).",
        "",
        "## Results",
        "",
        "| | " + " | ".join(f"{RUNS[run]}" for run in tables) + " |",
        "|---|" + "---|" * len(tables),
    ]
    for key, name in MEASURES.items():
        lines.append(
            f"| {name} | " + " | ".join(_share(table["overall"][key]) for table in tables.values()) + " |"
        )
    for key, name in (
        ("list_length", "causes named (median)"),
        ("pages_beyond_screen", "pages beyond the urgent screen (median)"),
        ("choices_beyond_screen", "choices beyond the urgent screen (median)"),
    ):
        lines.append(f"| {name} | " + " | ".join(str(table[key]) for table in tables.values()) + " |")
    lines += ["", "## Pictures", ""]
    for run in tables:
        if run.endswith("interview"):
            lines += [
                f"{RUNS[run]}:",
                "",
                f"![Calibration: {RUNS[run]}](images/accuracy-{run}-calibration.svg)",
                f"![Levels: {RUNS[run]}](images/accuracy-{run}-levels.svg)",
                "",
            ]
    lines += ["## By kind of regression story (now)", ""]
    if "regression-interview" in tables:
        groups = tables["regression-interview"]["by_group"]
        lines += ["| | " + " | ".join(groups) + " |", "|---|" + "---|" * len(groups)]
        for key, name in MEASURES.items():
            lines.append(f"| {name} | " + " | ".join(_share(rows[key]) for rows in groups.values()) + " |")
        lines.append("")
    lines += ["## Every miss", ""]
    for run in ("development-interview", "regression-interview"):
        if run in tables:
            lines += _misses(run, tables[run])
    return "\n".join(lines).rstrip("\n") + "\n"


def draw() -> None:
    """The pictures of the interviews."""
    from kneewise.cli.pictures import write_pictures

    for run in RUNS:
        path = MEASURED / f"{run}.json"
        if run.endswith("interview") and path.is_file():
            write_pictures(json.loads(path.read_text(encoding="utf-8")), IMAGES, f"accuracy-{run}-")


def measure(development: Path) -> None:
    """Run all evaluations anew."""
    from benchmarks.regression_stories import stories

    regression = ROOT / "reports" / "regression.jsonl"
    regression.parent.mkdir(exist_ok=True)
    regression.write_text(
        "".join(json.dumps(s, ensure_ascii=False) + "\n" for s in stories()), encoding="utf-8"
    )
    for name, cases in (("development", development), ("regression", regression)):
        for how, options in (("interview", []), ("text", ["--text-alone"])):
            command = [sys.executable, "-m", "kneewise.cli.main", "evaluate", str(cases), "--json", *options]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
            table = json.loads(told)
            (MEASURED / f"{name}-{how}.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Measure if asked to, then draw and write the page."""
    if arguments[:1] == ["measure"]:
        measure(Path(arguments[1]))
    draw()
    (ROOT / "docs" / "accuracy.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
