"""A page for each cause and danger."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from docs.website import parts
from docs.website.library import Library
from docs.website.markdown import (
    NOT_FILLED,
    box,
    bullets,
    link,
    number,
    page,
    percent,
    percents,
    plain,
    sentence,
    table,
    times,
    unsearched,
)
from kneewise.knowledge.types import LAST_PHASE, Condition, Figure

FOLDER, TITLE = "conditions", "Causes and dangers"
ABOUT = "What the pain can come from, and what must not be missed."
ADR = "/adr/0003-how-causes-are-ranked.md"


def ids(library: Library) -> list[str]:
    """Every cause and danger."""
    return sorted(library.knowledge.conditions)


def index(library: Library) -> str:
    """All of them, by the tissue they come from."""
    groups: dict[str, list[Condition]] = defaultdict(list)
    for condition in library.knowledge.conditions.values():
        groups[condition.group].append(condition)
    told = [f"# {TITLE}", f"{ABOUT} {len(library.knowledge.conditions)} pages."]
    for group in sorted(groups):
        rows = [
            (
                parts.condition(library, entry.id) + (" · **danger**" if entry.kind == "danger" else ""),
                plain(library.words.conditions[entry.id].clinical_name),
                parts.LEVELS[entry.usual_care_level],
            )
            for entry in sorted(
                groups[group], key=lambda entry: library.words.conditions[entry.id].name.lower()
            )
        ]
        told += [
            f"## {sentence(group)}",
            table(("In plain words", "Clinical name", "Usual care level"), rows),
        ]
    return page(TITLE, told)


def write(library: Library, id_: str) -> str:
    """The page of one cause: plain words first, then for clinicians."""
    condition, words = library.knowledge.conditions[id_], library.words.conditions[id_]
    model = library.file(f"conditions/{id_}.yaml")
    weeks = f" As a range: about {parts.weeks(*words.course_weeks)}." if words.course_weeks else ""
    told = [
        parts.crumb(TITLE, FOLDER, sentence(condition.group)),
        f"# {parts.named(words.name)}",
        f"*{plain(words.clinical_name)}*"
        + (" · **a danger that must not be missed**" if condition.kind == "danger" else ""),
        plain(words.what_it_is),
        box("warning", "When it becomes urgent", plain(words.urgent_when)),
        "## How it shows",
        plain(words.how_it_shows),
        "## What tells it apart",
        plain(words.tells_it_apart),
        "## How it usually goes",
        plain(words.course) + weeks,
        "## What helps",
        bullets(plain(item) for item in words.what_helps)
        or "Nothing you can do yourself; see *Who treats it*.",
        "## What to leave out",
        bullets(plain(item) for item in words.avoid) or "Nothing in particular.",
        "## Who treats it",
        plain(words.who_treats),
        *_read_on(library, id_),
        "## For clinicians",
        _codes(condition),
        parts.notes(library, model.note),
        *_how_common(library, condition, model),
        *_likelihoods(library, condition, model),
        *_together(library, condition),
        *_rules(library, id_),
        *_exercises(library, id_),
        *_advice(library, condition),
        unsearched("### Sources"),
        parts.source_list(library, condition.sources) or "None yet.",
        parts.about(library, f"conditions/{id_}.yaml", [f"words/en/conditions/{id_}.yaml"]),
    ]
    return page(words.name, told, description=words.what_it_is)


def _read_on(library: Library, id_: str) -> Iterator[str]:
    known = library.knowledge
    condition = known.conditions[id_]
    protocols = [p.id for p in known.protocols.values() if id_ in p.causes]
    treatments = [
        t.id for t in known.treatments.values()
        if id_ in t.causes or (condition.group in t.groups and id_ not in t.not_for)
    ]  # fmt: skip
    topics = [t.id for t in known.topics.values() if id_ in t.causes]
    factors = [f.id for f in known.factors.values() if any(act.cause == id_ for act in f.acts_on)]
    rows = [
        f"**{name}:** {parts.all_of(library, kind, found)}"
        for name, kind, found in (
            ("Programme", "protocols", protocols),
            ("Treatments in question", "treatments", treatments),
            ("May contribute", "factors", factors),
            ("Worth knowing", "topics", topics),
        )
        if found
    ]
    if rows:
        yield "## Read on"
        yield bullets(rows)


def _codes(condition: Condition) -> str:
    codes = [
        f"ICD-10 {condition.icd10}" if condition.icd10 else "no ICD-10 code",
        f"SNOMED CT {condition.snomed_ct}"
        if condition.snomed_ct
        else "no SNOMED CT code that may be named freely",
    ]
    return bullets(
        [
            f"**Codes:** {'; '.join(codes)}",
            f"**Usual care level:** {parts.LEVELS[condition.usual_care_level]}"
            f" (only {link('the rules', '/red-flags/index.md')} raise a person's level)",
            f"**Counted as harmless in the over-triage table:** {'yes' if condition.harmless else 'no'}",
            f"**Id:** `{condition.id}`",
        ]
    )


def _figure(library: Library, figure: Figure) -> tuple[str, str, str, str]:
    return (
        percent(figure.value),
        percents(figure.low, figure.high),
        parts.BASIS[figure.basis],
        parts.sources(library, figure.source),
    )


def bands(bounds: Sequence[float], unit: str = "", step: float = 1) -> list[str]:
    """The bands between upper bounds in words: under 16, 16–24, …, 70 and over."""
    ends = [f"{number(low)}–{number(high - step)}{unit}" for low, high in pairwise(bounds)]
    return [f"under {number(bounds[0])}{unit}", *ends, f"{number(bounds[-1])}{unit} and over"]


def _how_common(library: Library, condition: Condition, model: Any) -> Iterator[str]:
    yield "### How common it is before any answer"
    rows = [
        ("pain behind the knee or along the hamstring", *_figure(library, condition.prior_posterior_knee)),
        ("any knee pain (adults)", *_figure(library, condition.prior_any_knee)),
    ]
    yield table(("Among people with", "Share", "Range", "Basis", "Source"), rows, right=(1, 2))
    yield "### Who has it"
    scales = library.knowledge.scales
    for name, shares, usual, heads, spread in (
        ("Age in years", condition.age, scales.baseline_age, bands(scales.age_bands), model.age),
        ("Days since it began", condition.duration, scales.baseline_duration, bands(scales.duration_bands_days), model.duration),
        ("Pain, 0 to 10", condition.pain, scales.baseline_pain, bands(scales.pain_bands), model.pain),
    ):  # fmt: skip
        basis = parts.BASIS[spread.basis] + (
            f", {parts.sources(library, spread.source)}" if spread.source else ""
        )
        yield (
            table(
                (name, *heads),
                [("this cause", *map(percent, shares)), ("all presenters", *map(percent, usual))],
                right=range(1, len(heads) + 1),
            )
            + f"\n*Basis: {basis}.*\n{{ .basis }}"
        )
    male = model.male
    yield (
        f"**Men:** {percent(male.value)} ({percents(male.low, male.high)}; {parts.BASIS[male.basis]}"
        + (f", {parts.sources(library, male.source)}" if male.source else "")
        + f"); among all presenters {percent(scales.baseline_male)}."
    )


def _row(library: Library, condition: Condition, finding: str, cell: Any) -> tuple[str, ...]:
    figure, baseline = condition.likelihoods[finding], library.knowledge.findings[finding].baseline
    absent = (1 - figure.value) / (1 - baseline)
    word = cell if isinstance(cell, str) else ""
    note = "" if isinstance(cell, str) or not cell.note else f"<br>*{parts.cited(library, cell.note)}*"
    return (
        parts.finding(library, finding) + note,
        f"{percent(figure.value)} ({percents(figure.low, figure.high)})",
        percent(baseline),
        f"**{times(figure.value / baseline)}**",
        times(absent),
        parts.evidence(library, figure.basis, figure.source, word),
    )


def _likelihoods(library: Library, condition: Condition, model: Any) -> Iterator[str]:
    findings, cap = library.knowledge.findings, library.knowledge.scales.ratio_cap
    filled = [finding for finding in condition.likelihoods if finding in findings]
    filled.sort(key=lambda finding: -abs(math.log(library.baseline_ratio(condition, finding))))
    heads = (
        "Finding",
        "With this cause (range)",
        "All presenters",
        "If present",
        "If absent",
        "Basis and source",
    )
    yield "### How often each finding is there"
    ranked = [finding for finding in findings.values() if finding.kind != "quantity"]
    empty = [finding for finding in ranked if finding.id not in condition.likelihoods]
    found = sum(1 for finding in filled if condition.likelihoods[finding].basis != "estimate")
    yield (
        f"{len(filled)} of {len(ranked)} findings have a figure ({found} from a source, {len(filled) - found} estimates); "
        f"the other {len(empty)} are **{NOT_FILLED}**, so they say nothing about this cause. "
        "*If present* and *if absent* are ratios to all presenters: how many times likelier that answer is with "
        f"this cause. The program allows for wrong answers and then holds each ratio between ×{1 / cap:g} and "
        f"×{cap:g} ({link('how causes are ranked', ADR)})."
    )
    for title, rising in (("Speaks for it when present", True), ("Speaks against it when present", False)):
        rows = [
            _row(library, condition, finding, model.likelihoods[finding])
            for finding in filled
            if (library.baseline_ratio(condition, finding) >= 1) == rising
        ]
        if rows:
            yield (
                unsearched(f"#### {title}")
                + "\n\nStrongest first.\n\n"
                + table(heads, rows, right=(1, 2, 3, 4))
            )
    by_topic: dict[str, list[str]] = defaultdict(list)
    for finding in empty:
        by_topic[finding.topic].append(parts.finding(library, finding.id))
    listed = bullets(
        f"**{sentence(topic)}:** {', '.join(names)}" for topic, names in sorted(by_topic.items())
    )
    if listed:
        yield box("note", f"{len(empty)} findings {NOT_FILLED}", listed, folded=True)


def _together(library: Library, condition: Condition) -> Iterator[str]:
    known = library.knowledge.conditions
    rows = [
        (parts.condition(library, other), percent(share), "of people with this cause")
        for other, share in condition.goes_with
    ]
    rows += [
        (parts.condition(library, other.id), percent(share), "of people with the other")
        for other in known.values()
        for with_, share in other.goes_with
        if with_ == condition.id
    ]
    yield unsearched("### Often found together with")
    yield table(("Cause", "Share", "Of whom"), rows, right=(1,)) or "Nothing is filled in."


def _rules(library: Library, id_: str) -> Iterator[str]:
    yield "### Red flags that point to it"
    yield (
        bullets(
            f"{parts.red_flag(library, rule.id)}: {parts.LEVELS[rule.care_level]}"
            for rule in library.knowledge.red_flags
            if id_ in rule.points_to
        )
        or "No rule names this cause."
    )


def _exercises(library: Library, id_: str) -> Iterator[str]:
    groups: dict[tuple[str, int, str, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for exercise, entry in library.held_back("causes", id_):
        groups[entry.action, entry.phase, entry.why, entry.basis, entry.source].append(exercise.id)
    total = len(library.knowledge.exercises)
    rows = []
    for (action, phase, why, basis, source), exercises in sorted(
        groups.items(), key=lambda item: item[0][:2]
    ):
        which = (
            f"all {total} exercises"
            if len(exercises) == total
            else parts.all_of(library, "exercises", exercises)
        )
        rows.append(
            (held(action, phase), which, plain(why), parts.BASIS[basis], parts.sources(library, source))
        )
    yield unsearched("### Exercises held back")
    yield table(("How", "Exercises", "Why", "Basis and source"), rows) or "None."


def held(action: str, phase: int) -> str:
    """What a contraindication does, in words."""
    if action == "not_before_phase":
        return "not before the last phase" if phase == LAST_PHASE else f"not before phase {phase}"
    return {"never": "**never**", "modify": "changed"}[action]


def _advice(library: Library, condition: Condition) -> Iterator[str]:
    told = [
        parts.advice(library, piece.id)
        for piece in library.knowledge.advice
        if condition.id in piece.causes or condition.group in piece.groups
    ]
    if told:
        yield "### Advice given for it"
        yield bullets(told)
