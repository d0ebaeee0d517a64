"""A page for each topic of findings: what is asked, tested or measured, and what it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from docs.website import parts
from docs.website.conditions import held
from docs.website.library import Library, findings_in
from docs.website.markdown import (
    box,
    bullets,
    code,
    number,
    page,
    percent,
    plain,
    sentence,
    span,
    table,
    times,
)
from kneewise.knowledge.types import Finding

FOLDER, TITLE = "findings", "Findings"
ABOUT = (
    "What is asked, tested at home or measured: the question, why it is asked, and what each answer changes."
)
WHO = {
    "person": "the person can say it",
    "home_test": "guided home test",
    "clinician": "needs a clinician",
    "derived": "worked out from other answers",
}
SCREENS = {"": "nothing urgent", "danger": "a danger sign", "risk": "a risk that makes a danger likelier"}
STRONGEST = 6


def ids(library: Library) -> list[str]:
    """Every topic."""
    return list(library.topics_of_findings)


def index(library: Library) -> str:
    """All topics, and every finding by name."""
    told = [
        f"# {TITLE}",
        f"{ABOUT} {len(library.knowledge.findings)} findings in {len(ids(library))} groups.",
    ]
    for topic, findings in library.topics_of_findings.items():
        told += [
            f"## [{sentence(topic)}](/findings/{topic}.md)",
            bullets(parts.finding(library, id_) for id_ in findings),
        ]
    return page(TITLE, told)


def write(library: Library, topic: str) -> str:
    """The page of one topic: a part for each finding."""
    findings = [library.knowledge.findings[id_] for id_ in library.topics_of_findings[topic]]
    told = [
        parts.crumb(TITLE, FOLDER),
        f"# Findings: {sentence(topic).lower()}",
        f"{len(findings)} findings. A finding is named for what it is when it is *there*; each answer names the state it sets. "
        f"Ratios (×) are to all presenters, before the program holds them within ×{number(library.knowledge.scales.ratio_cap)}.",
    ]
    for finding in findings:
        told += [
            f"## {parts.named(library.finding_name(finding.id))} {{ #{finding.id} }}",
            *_told(library, finding),
        ]
        told += ["### For clinicians { .for-clinicians data-search-exclude }", *_clinical(library, finding)]
    words = f"words/en/findings/{topic}.yaml"
    told.append(parts.about(library, f"findings/{topic}.yaml", [words, *_lexicons(library, topic)]))
    return page(f"Findings: {sentence(topic).lower()}", told)


def _lexicons(library: Library, topic: str) -> list[str]:
    from kneewise.knowledge.load import CONTENT

    name = f"lexicon/en/{topic}.yaml"
    return [name] if (CONTENT / name).exists() else []


def _told(library: Library, finding: Finding) -> Iterator[str]:
    words = library.words.findings.get(finding.id)
    if words is None:
        yield "Never asked: it follows from other answers."
        return
    yield f"> {plain(words.question)}"
    if words.help:
        yield plain(words.help)
    yield f"**Why we ask.** {plain(words.why)}"
    if words.answers:
        options = [f"“{plain(option.label)}” → {option.state}" for option in words.answers]
        yield f"**Answers:** {'; '.join(options)}"
    elif finding.kind == "yes_no":
        yield "**Answers:** “yes” → present; “no” → absent; “not sure” → unsure"


def _clinical(library: Library, finding: Finding) -> Iterator[str]:
    yield bullets(_facts(library, finding))
    yield from _changes(library, finding)
    entries = _patterns(library).get(finding.id)
    if entries:
        yield box("quote", "Words people use for it", bullets(map(code, entries)), folded=True)


def _facts(library: Library, finding: Finding) -> Iterator[str]:
    yield f"**Who:** {WHO[finding.who]} · **screens:** {SCREENS[finding.screens]} · **id:** `{finding.id}`"
    if finding.kind == "quantity":
        yield f"**A number** in {parts.unit(finding.unit) or 'no unit'}, {span(finding.minimum, finding.maximum)}"
    else:
        yield f"**Among all presenters:** {percent(finding.baseline)}"
    if finding.derived_from:
        yield f"**Worked out:** {parts.rule_in_line(library, finding.derived_from)}"
    for derivation in library.knowledge.derivations:
        if derivation.finding == finding.id:
            yield (
                f"**Settled when known:** present if {parts.rule_in_line(library, derivation.present_if)}"
                + (
                    f"; absent if {parts.rule_in_line(library, derivation.absent_if)}"
                    if derivation.absent_if
                    else ""
                )
            )
    for name, others in (
        ("Present here means present there", finding.implies),
        ("Present here means absent there", finding.excludes),
        ("Its opposite", (finding.opposite,) if finding.opposite else ()),
    ):
        if others:
            yield f"**{name}:** {', '.join(parts.finding(library, other) for other in others)}"
    if finding.group:
        yield f"**Counts less together with** the others of the group `{finding.group}`: {_group(library, finding)}"
    limits = [finding.sex and f"{finding.sex} only", finding.min_age > 0 and f"from {number(finding.min_age)} years",
              finding.max_age < 200 and f"up to {number(finding.max_age)} years"]  # fmt: skip
    if any(limits) or finding.only_after:
        after = f" only after {parts.rule_in_line(library, finding.only_after)}" if finding.only_after else ""
        yield f"**Asked of:** {', '.join(limit for limit in limits if limit) or 'everybody'}{after}"


def _group(library: Library, finding: Finding) -> str:
    others = [
        f for f in library.knowledge.findings.values() if f.group == finding.group and f.id != finding.id
    ]
    return ", ".join(parts.finding(library, other.id) for other in others) or "none"


def _changes(library: Library, finding: Finding) -> Iterator[str]:
    pairs = library.speaks_for.get(finding.id, [])
    speaks_for = [(ratio, id_) for ratio, id_ in pairs if ratio > 1.05][:STRONGEST]
    against = [(ratio, id_) for ratio, id_ in reversed(pairs) if ratio < 0.95][:STRONGEST]
    rows = []
    for name, found in (("Speaks most for", speaks_for), ("Speaks most against", against)):
        if found:
            rows.append(
                f"**{name}:** " + ", ".join(f"{parts.condition(library, id_)} {times(r)}" for r, id_ in found)
            )
    rules = library.rules_on.get(finding.id, [])
    if rules:
        rows.append(f"**Red flags that read it:** {parts.all_of(library, 'red-flags', rules)}")
    factors = [
        f.id
        for f in library.knowledge.factors.values()
        if any(finding.id in findings_in(e) for e in (f.measured, f.reported, f.suspected))
    ]
    if factors:
        rows.append(f"**Factors that rest on it:** {parts.all_of(library, 'factors', factors)}")
    never = [t.id for t in library.knowledge.treatments.values() if finding.id in findings_in(t.never_if)]
    if never:
        rows.append(f"**Treatments whose “never” names it:** {parts.all_of(library, 'treatments', never)}")
    yield bullets(rows)
    groups: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for exercise, entry in library.held_back("when", finding.id):
        groups[entry.action, entry.phase, entry.why].append(exercise.id)
    total = len(library.knowledge.exercises)
    held_rows = [
        (
            held(*key[:2]),
            f"all {total}" if len(found) == total else parts.all_of(library, "exercises", found),
            plain(key[2]),
        )
        for key, found in groups.items()
    ]
    if held_rows:
        listed = table(("How", "Exercises", "Why"), held_rows)
        yield box("note", "Exercises held back by rules that name it", listed, folded=True)


@lru_cache(maxsize=2)
def _patterns(library: Library) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for entry in library.knowledge.lexicons["en"].entries:
        found[entry.finding] += entry.says
    return found
