"""Models of ranking side by side: on labelled stories and on people drawn from the knowledge.

`python -m benchmarks.models [CASES.jsonl]` (without a file: the regression stories) prints a Markdown table.
All that a story answers is given at once, with its text; the ranked list alone counts, no danger that a rule
points to. The drawn people answer with error and show whether chances mean what they say where the knowledge
is right by construction, which is no claim about real people.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.regression_stories import stories
from kneewise import default_engine
from kneewise.assess import ranking
from kneewise.assess.model import Options
from kneewise.evidence import Case, Evidence, Item, Person, parse_case
from kneewise.intake import read
from kneewise.knowledge.types import Knowledge
from kneewise.pathway import Engine
from kneewise.pathway.engine import text_items
from kneewise.pathway.interview import _script
from kneewise.pathway.simulate import draw
from kneewise.rules import gather

PEOPLE, SEED, ANSWERS = 600, 20261121, 25


def _with_scales(knowledge: Knowledge, **changes: Any) -> Knowledge:
    return replace(knowledge, scales=replace(knowledge.scales, **changes))


def models(knowledge: Knowledge) -> dict[str, Engine]:
    """The models compared, ours last."""
    sure = {
        name: replace(error, false_positive=0.0, false_negative=0.0)
        for name, error in knowledge.scales.answer_errors.items()
    }
    naive = _with_scales(knowledge, group_correlation=0.0, answer_errors=sure, ratio_cap=1000.0)
    return {
        "naive Bayes, one cause, priors as they are": Engine(naive, options=Options(1.0, pairs=False)),
        "+ ratios capped at 10": Engine(
            _with_scales(naive, ratio_cap=10.0), options=Options(1.0, pairs=False)
        ),
        "+ answer error": Engine(
            _with_scales(knowledge, group_correlation=0.0), options=Options(1.0, pairs=False)
        ),
        "+ correlated answers tempered": Engine(knowledge, options=Options(1.0, pairs=False)),
        "+ flattened priors": Engine(knowledge, options=Options(0.5, pairs=False)),
        "+ two causes together (ours)": Engine(knowledge, options=Options(0.5, pairs=True)),
    }


def told(case: dict[str, Any], engine: Engine) -> Evidence:
    """Everything a story tells, at once."""
    parsed = parse_case(case, engine.knowledge, scripted=True)
    reading = read(parsed.text, engine.reader)
    items = tuple(_script(case, engine).values())
    return gather(
        replace(parsed, items=(*parsed.items, *items)),
        engine.knowledge,
        text_items(reading, parsed.person, engine.knowledge),
    )


def drawn(knowledge: Knowledge) -> list[tuple[str, Evidence]]:
    """People with one cause each, in proportion to flattened priors; some answers are wrong."""
    dice = np.random.default_rng(SEED)
    causes = list(knowledge.conditions.values())
    weights = np.array([cause.prior_posterior_knee.value for cause in causes]) ** 0.5
    counts = dice.multinomial(PEOPLE, weights / weights.sum())
    asked = [f for f in knowledge.findings.values() if f.kind == "yes_no" and f.who == "person"]
    people = []
    for cause, count in zip(causes, counts, strict=True):
        if not count:
            continue
        drawn_people = draw(knowledge, cause, int(count), int(dice.integers(1 << 30)))
        for n in range(int(count)):
            items = []
            for number in dice.choice(len(asked), ANSWERS * 4, replace=False):
                finding = asked[number]
                so = bool(drawn_people.present.get(finding.id, np.zeros(count, dtype=bool))[n])
                error = knowledge.scales.answer_errors[finding.answer_error]
                wrong = dice.random() < (error.false_negative if so else error.false_positive)
                items.append(Item(finding.id, "present" if so != wrong else "absent"))
            values = drawn_people.values
            items += [
                Item(name, "present", float(values[name][n]))
                for name in ("duration_days", "pain_score_0_to_10")
                if name in values
            ]
            age = float(values["age_years"][n]) if "age_years" in values else None
            people.append((cause.id, gather(Case(person=Person(age=age), items=tuple(items)), knowledge)))
    return people


def main(arguments: list[str]) -> int:
    """Print the table."""
    ours = default_engine()
    if arguments:
        lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
        cases = [json.loads(line) for line in lines if line.strip()]
    else:
        cases = stories()
    evidence = [(set(case["diagnosis"]), told(case, ours)) for case in cases]
    people = [({cause}, seen) for cause, seen in drawn(ours.knowledge)]
    print("| Model | First | In three | In five | Log chance | Drawn: first | Drawn: mean chance of first |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, engine in models(ours.knowledge).items():
        row: list[str] = []
        for group, shown in ((evidence, (1, 3, 5)), (people, (1,))):
            ranks, logs, firsts = [], [], []
            for accepted, seen in group:
                chances = ranking.posterior(engine.model, seen, engine.knowledge).of_causes()
                order = [engine.model.causes[c] for c in np.argsort(-chances)]
                ranks.append(min(order.index(cause) for cause in accepted if cause in order))
                logs.append(np.log(max(float(chances[engine.model.causes.index(c)]) for c in accepted)))
                firsts.append(float(chances.max()))
            row += [f"{sum(rank < k for rank in ranks)}/{len(ranks)}" for k in shown]
            row.append(f"{np.mean(logs):.2f}" if group is evidence else f"{np.mean(firsts):.2f}")
        print(f"| {name} | {' | '.join(row)} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
