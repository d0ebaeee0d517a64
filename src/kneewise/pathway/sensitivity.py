"""Which figures move results most, and what the evidence in stories rests on.

For each story the interview is run to its end and its answers are held. Then every filled cell (cause ×
finding) that an answer read is moved to its low and to its high, one at a time, and the chances are worked
out again: exact under the model (answer error, cap, tempered groups and pairs of causes included), all
cells of one answer at once. No first-order approximation. What is not done: a moved figure might have led
the interview to other questions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kneewise.assess.model import Model
from kneewise.assess.ranking import Posterior, answered, shortlist, softmax, temper
from kneewise.evidence import Evidence
from kneewise.knowledge.types import Figure, Finding, Knowledge
from kneewise.pathway.engine import Engine, Turn
from kneewise.pathway.interview import final_turn

Array = NDArray[np.float64]
BANDS = "age, sex, duration and pain"
BASES = ("found", "recalled", "estimate")


def final_turns(
    cases: Iterable[Mapping[str, Any]], engine: Engine, step: Callable[[], None] = lambda: None
) -> list[Turn]:
    """The end of each scripted interview; `step` is called after each. Raises `evidence.BadCase`."""
    turns = []
    for case in cases:
        turns.append(final_turn(case, engine)[0])
        step()
    return turns


@dataclass(frozen=True)
class Answer:
    """One answered finding of a story: its column, state, how much it counts."""

    column: int
    finding: Finding
    state: str
    factor: float


def answers_of(model: Model, evidence: Evidence, knowledge: Knowledge) -> list[Answer]:
    """The answers the ranking read, as it read them."""
    told = answered(model, evidence)
    counts = Counter(model.groups[column] for column, _ in told if model.groups[column])
    return [
        Answer(
            column,
            knowledge.findings[model.findings[column]],
            state,
            temper(counts[group], knowledge.scales.group_correlation)
            if (group := model.groups[column])
            else 1.0,
        )
        for column, state in told
    ]


def log_ratio(probability: Array, answer: Answer, knowledge: Knowledge) -> Array:
    """What an answer weighs if the finding is this frequent: error first, then the cap, then the group."""
    error = knowledge.scales.answer_errors[answer.finding.answer_error]
    base = float(np.clip(answer.finding.baseline, 1e-4, 1 - 1e-4))

    def said(p: Any) -> Any:
        return p * (1 - error.false_negative) + (1 - p) * error.false_positive

    yes, base_yes = said(probability), said(base)
    ratio = yes / base_yes if answer.state == "present" else (1 - yes) / (1 - base_yes)
    cap = np.log(knowledge.scales.ratio_cap)
    return np.asarray(answer.factor * np.clip(np.log(ratio), -cap, cap))


def _probabilities(model: Model, finding: Finding, knowledge: Knowledge) -> Array:
    """P(finding | cause) of every cause; an empty cell is the baseline."""
    base = float(np.clip(finding.baseline, 1e-4, 1 - 1e-4))
    cells = (knowledge.conditions[cause].likelihoods.get(finding.id) for cause in model.causes)
    return np.array([base if cell is None else cell.value for cell in cells])


def _of_hypotheses(model: Model, probabilities: Array) -> Array:
    """P(finding | hypothesis): of two causes together, that of the one which shows it more."""
    return np.asarray(np.where(model.membership, probabilities[:, None], -np.inf).max(axis=0))


@dataclass(frozen=True)
class Move:
    """What moving one cell does to one story: the largest shift of a listed cause, and the first cause."""

    shift: float
    first_cause_changes: bool


Partners = list[tuple[NDArray[np.intp], NDArray[np.intp]]]


def _partners(model: Model) -> Partners:
    """For every cause: the hypotheses it is in, and the other cause there (-1: none)."""
    index = {cause: row for row, cause in enumerate(model.causes)}
    found: Partners = []
    for row, cause in enumerate(model.causes):
        inside = np.flatnonzero(model.membership[row])
        others = [[index[id_] for id_ in model.hypotheses[h] if id_ != cause] for h in inside]
        found.append((inside, np.array([other[0] if other else -1 for other in others], dtype=np.intp)))
    return found


def _moved(
    answer: Answer,
    result: Posterior,
    knowledge: Knowledge,
    partners: Partners,
    listed: list[int],
    first: int,
) -> dict[str, Move]:
    """Every filled cell of one answer, moved to its low and its high: cause → what that does."""
    model = result.model
    values = _probabilities(model, answer.finding, knowledge)
    figures: list[tuple[int, Figure]] = [
        (row, figure)
        for row, cause in enumerate(model.causes)
        if (figure := knowledge.conditions[cause].likelihoods.get(answer.finding.id)) is not None
    ]
    if not figures:
        return {}
    usual = _of_hypotheses(model, values)
    trials = np.tile(usual, (2 * len(figures), 1))  # T × H
    with_none = np.append(values, 0.0)
    for i, (row, figure) in enumerate(figures):
        inside, partner = partners[row]
        trials[2 * i, inside] = np.maximum(figure.low, with_none[partner])
        trials[2 * i + 1, inside] = np.maximum(figure.high, with_none[partner])
    delta = log_ratio(trials[:, :-1], answer, knowledge) - log_ratio(usual[:-1], answer, knowledge)
    weights = result.chance * np.exp(np.hstack([delta, np.zeros((len(trials), 1))]))
    chances = model.membership.astype(float) @ (weights / weights.sum(axis=1, keepdims=True)).T  # C × T
    before = result.of_causes()
    shifts = np.abs(chances[listed] - before[listed, None]).max(axis=0)
    changes = chances.argmax(axis=0) != first
    return {
        model.causes[row]: Move(
            float(shifts[2 * i : 2 * i + 2].max()), bool(changes[2 * i : 2 * i + 2].any())
        )
        for i, (row, _) in enumerate(figures)
    }


def sensitivity(turns: list[Turn], knowledge: Knowledge) -> list[dict[str, Any]]:
    """Cells by how far their own range moves results: first those that change a first cause."""
    moves: dict[tuple[str, str], list[Move]] = defaultdict(list)
    partners = _partners(turns[0].posterior.model) if turns else []
    for turn in turns:
        chances = turn.posterior.of_causes()
        listed, first = shortlist(chances), int(chances.argmax())
        for answer in answers_of(turn.posterior.model, turn.evidence, knowledge):
            for cause, move in _moved(answer, turn.posterior, knowledge, partners, listed, first).items():
                moves[(cause, answer.finding.id)].append(move)
    rows = []
    for (cause, finding), found in moves.items():
        figure = knowledge.conditions[cause].likelihoods[finding]
        rows.append(
            {
                "cause": cause,
                "finding": finding,
                "value": figure.value,
                "low": figure.low,
                "high": figure.high,
                "basis": figure.basis,
                "source": list(figure.source),
                "stories_read": len(found),
                "first_cause_changes": sum(move.first_cause_changes for move in found),
                "largest_shift": round(max(move.shift for move in found), 4),
                "mean_shift": round(sum(move.shift for move in found) / len(turns), 5),
            }
        )
    return sorted(
        rows,
        key=lambda row: (
            -row["first_cause_changes"], -row["mean_shift"], row["cause"], row["finding"],
        ),
    )  # fmt: skip


# --- what the weight rests on --------------------------------------------------------------------


def _basis_of_hypotheses(model: Model, finding: Finding, knowledge: Knowledge) -> list[str]:
    """Whose figure each hypothesis uses for a finding: its basis, or empty."""
    values = _probabilities(model, finding, knowledge)
    index = {cause: row for row, cause in enumerate(model.causes)}
    bases = []
    for hypothesis in model.hypotheses[:-1]:
        cause = max(hypothesis, key=lambda id_: values[index[id_]])
        figure = knowledge.conditions[cause].likelihoods.get(finding.id)
        bases.append("empty" if figure is None else figure.basis)
    return [*bases, "empty"]


def _pulls(result: Posterior, cause: int) -> Array:
    """How each hypothesis pulls on a cause's log odds, averaged along the path of `ranking.reasons`."""
    nodes, weights = np.polynomial.legendre.leggauss(24)
    inside = result.model.membership[cause]
    path = result.log_prior[:, None] + result.columns.sum(axis=1)[:, None] * ((nodes + 1) / 2)[None, :]
    with_cause = softmax(np.where(inside[:, None], path, -np.inf))
    without = softmax(np.where(inside[:, None], -np.inf, path))
    return np.asarray((with_cause - without) @ (weights / 2))


def weight_by_basis(turns: list[Turn], knowledge: Knowledge) -> dict[str, Any]:
    """The share of all evidence weight behind the listed causes that rests on each basis.

    An answer's weight for a cause is made of what it does to every hypothesis (for the cause or its rivals);
    each part counts, in size, for the basis of the figure it came from. An empty cell weighs nothing; how
    often an answer met one for a listed cause is counted apart.
    """
    weights: dict[str, float] = dict.fromkeys((*BASES, BANDS), 0.0)
    met: dict[str, int] = dict.fromkeys((*BASES, "empty"), 0)
    by_finding: dict[str, list[str]] = {}
    for turn in turns:
        result, model = turn.posterior, turn.posterior.model
        for cause in shortlist(result.of_causes()):
            parts = np.abs(_pulls(result, cause)[:, None] * result.columns)  # H × A
            for a, name in enumerate(result.names):
                if name not in model.finding_index or name in ("male_sex", "female_sex"):
                    weights[BANDS] += float(parts[:, a].sum())
                    continue
                if name not in by_finding:
                    by_finding[name] = _basis_of_hypotheses(model, knowledge.findings[name], knowledge)
                for h, basis in enumerate(by_finding[name]):
                    if basis != "empty":
                        weights[basis] += float(parts[h, a])
                figure = knowledge.conditions[model.causes[cause]].likelihoods.get(name)
                met["empty" if figure is None else figure.basis] += 1
    total, cells = sum(weights.values()) or 1.0, sum(met.values()) or 1
    return {
        "stories": len(turns),
        "weight": {basis: round(weight / total, 4) for basis, weight in weights.items()},
        "answers_met": {basis: round(count / cells, 4) for basis, count in met.items()},
    }


def cells_by_group(knowledge: Knowledge) -> dict[str, dict[str, int]]:
    """Cells by group of causes and basis; the whole table under "all"."""
    ranked = sum(finding.kind != "quantity" for finding in knowledge.findings.values())
    table: dict[str, dict[str, int]] = {}
    for condition in knowledge.conditions.values():
        filled: Counter[str] = Counter(figure.basis for figure in condition.likelihoods.values())
        for group in ("all", condition.group):
            row = table.setdefault(group, dict.fromkeys(("causes", "cells", *BASES, "empty"), 0))
            row["causes"] += 1
            row["cells"] += ranked
            for basis in BASES:
                row[basis] += filled[basis]
            row["empty"] += ranked - filled.total()
    return {"all": table.pop("all"), **dict(sorted(table.items()))}
