"""What the pages are made from: the compiled knowledge, and the content file behind each entry.

The compiled knowledge is read at once; a content file is read only when a page asks for it (for its author,
its notes and its likelihood words), since reading all of them takes as long as everything else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML

from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.load import CONTENT, load_file
from kneewise.knowledge.types import (
    Condition,
    Contraindication,
    Exercise,
    Expression,
    Knowledge,
    Source,
    Words,
    contraindications_of,
)

ROOT = Path(__file__).resolve().parents[2]
CONTENT_IN_REPOSITORY = "src/kneewise/knowledge/content"


class ContentFault(ValueError):
    """A content file that a page needs cannot be read; says which and why."""


def findings_in(expression: Expression | None) -> set[str]:
    """Every finding an expression speaks of."""
    if expression is None:
        return set()
    named = {expression.finding} if expression.finding else set()
    return named.union(*(findings_in(part) for part in expression.parts))


class Library:
    """The knowledge with its files, and who speaks of whom."""

    def __init__(self, knowledge: Knowledge | None = None) -> None:
        self.knowledge = knowledge or load_knowledge()
        self.words: Words = self.knowledge.words["en"]
        self._read: dict[str, BaseModel] = {}

    # --- content files ---------------------------------------------------------------------------

    def file(self, name: str) -> Any:
        """A content file by its path below content/, read against its model."""
        if name not in self._read:
            model, problems = load_file(CONTENT / name, name)
            if model is None:
                raise ContentFault(
                    f"{name}: " + "; ".join(map(str, problems)) + " – `kneewise knowledge check`"
                )
            self._read[name] = model
        return self._read[name]

    def _files_below(self, folder: str) -> list[str]:
        return sorted(str(path.relative_to(CONTENT)) for path in (CONTENT / folder).glob("*.yaml"))

    @cached_property
    def file_of_red_flag(self) -> dict[str, str]:
        """The file that holds a rule."""
        names = self._files_below("red_flags")
        return {rule.id: name for name in names for rule in self.file(name).red_flags}

    @cached_property
    def file_of_advice(self) -> dict[str, str]:
        """The file that holds a piece of advice."""
        return {piece.id: name for name in self._files_below("advice") for piece in self.file(name).advice}

    @cached_property
    def hazards(self) -> list[dict[str, Any]]:
        """The hazard log, as it is written."""
        reader = YAML(typ="safe", pure=True)
        return list(reader.load((ROOT / "safety" / "hazards.yaml").read_text(encoding="utf-8")))

    # --- names -----------------------------------------------------------------------------------

    @cached_property
    def topics_of_findings(self) -> dict[str, list[str]]:
        """The findings of each topic, in the order of their file."""
        topics: dict[str, list[str]] = defaultdict(list)
        for finding in self.knowledge.findings.values():
            topics[finding.topic].append(finding.id)
        return dict(sorted(topics.items()))

    def finding_name(self, id_: str) -> str:
        """The plain name of a finding; a derived one may have none."""
        told = self.words.findings.get(id_)
        return told.name if told else id_.replace("_", " ")

    def phrase(self, id_: str) -> str:
        """A keyed sentence."""
        told = self.words.phrases.get(id_)
        return told.text if told else id_.replace("_", " ")

    def protocol_name(self, id_: str) -> str:
        """The plain name of a programme."""
        return (
            self.phrase(f"protocol_{id_}")
            if f"protocol_{id_}" in self.words.phrases
            else id_.replace("_", " ")
        )

    # --- who speaks of whom ----------------------------------------------------------------------

    @cached_property
    def rules_pointing_to(self) -> dict[str, list[str]]:
        """The red flags that point to a cause."""
        found: dict[str, list[str]] = defaultdict(list)
        for rule in self.knowledge.red_flags:
            for cause in rule.points_to:
                found[cause].append(rule.id)
        return found

    @cached_property
    def rules_on(self) -> dict[str, list[str]]:
        """The red flags that read a finding."""
        found: dict[str, list[str]] = defaultdict(list)
        for rule in self.knowledge.red_flags:
            for finding in sorted(findings_in(rule.when)):
                found[finding].append(rule.id)
        return found

    def held_back(self, key: str, id_: str) -> Iterator[tuple[Exercise, Contraindication]]:
        """The exercises held back for a cause (`causes`), a factor (`factors`) or a finding (`when`)."""
        for exercise in self.knowledge.exercises.values():
            for entry in contraindications_of(exercise, self.knowledge):
                named = findings_in(entry.when) if key == "when" else getattr(entry, key)
                if id_ in named:
                    yield exercise, entry

    def baseline_ratio(self, condition: Condition, finding: str) -> float:
        """How many times likelier a finding is with a cause than in the average presenter."""
        return condition.likelihoods[finding].value / self.knowledge.findings[finding].baseline

    @cached_property
    def speaks_for(self) -> dict[str, list[tuple[float, str]]]:
        """The causes a finding changes, with the ratio to the baseline, strongest first."""
        found: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for condition in self.knowledge.conditions.values():
            for finding in condition.likelihoods:
                if finding in self.knowledge.findings:
                    found[finding].append((self.baseline_ratio(condition, finding), condition.id))
        return {finding: sorted(pairs, reverse=True) for finding, pairs in found.items()}

    @cached_property
    def source_names(self) -> dict[str, str]:
        """A short name for each source (`Verrall 2003`), with a letter where two would be the same."""
        names = {source.id: short_name(source) for source in self.knowledge.sources.values()}
        for name in {name for name in names.values() if list(names.values()).count(name) > 1}:
            same = sorted(id_ for id_, given in names.items() if given == name)
            for letter, id_ in zip(ascii_lowercase, same, strict=False):
                names[id_] = f"{name}{letter}" if name[-1].isdigit() else f"{name} ({letter})"
        return names

    @cached_property
    def uses_of_sources(self) -> dict[str, list[tuple[str, str]]]:
        """Where a source is used: kind and id, in the order of the site."""
        found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        for kind, id_, sources in self._all_uses():
            for source in sources:
                found[source][kind, id_] = None
        return {source: list(uses) for source, uses in found.items()}

    def _all_uses(self) -> Iterator[tuple[str, str, Iterable[str]]]:
        known = self.knowledge
        for condition in known.conditions.values():
            figures = (
                condition.prior_posterior_knee,
                condition.prior_any_knee,
                *condition.likelihoods.values(),
            )
            yield "conditions", condition.id, (*condition.sources, *(s for f in figures for s in f.source))
        for factor in known.factors.values():
            yield "factors", factor.id, (*factor.sources, *(s for act in factor.acts_on for s in act.sources))
        for rule in known.red_flags:
            yield "red-flags", rule.id, rule.sources
        for exercise in known.exercises.values():
            entries = (s for entry in contraindications_of(exercise, known) for s in entry.source)
            yield "exercises", exercise.id, (*exercise.sources, *exercise.dose.source, *entries)
        for protocol in known.protocols.values():
            yield "protocols", protocol.id, protocol.sources
        for treatment in known.treatments.values():
            sides = (s for side in self.words.treatments[treatment.id].both_sides for s in side.sources)
            shown = (s for entry in treatment.evidence for s in entry.sources)
            yield "treatments", treatment.id, (*treatment.sources, *shown, *sides)
        for topic in known.topics.values():
            sides = (s for side in self.words.topics[topic.id].both_sides for s in side.sources)
            yield "topics", topic.id, (*topic.sources, *sides)
        for piece in known.advice:
            said = self.words.phrases.get(piece.id)
            yield "advice", piece.id, (*piece.sources, *(said.sources if said else ()))


_AUTHOR = re.compile(
    r"^((?:(?:van|de|der|den|von|le|la|Van|De)\s+)*[A-Z][\w’'-]+)(?: [A-Z]{1,4}\b| et al|,| [A-Z]\.)"
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def short_name(source: Source) -> str:
    """First author and year where the citation begins with a name; else its first words.

    Where the citation gives no year, the two digits at the end of the id do.
    """
    author, year = _AUTHOR.match(source.citation), _YEAR.search(source.citation)
    told = year[0] if year else _year_of_id(source.id)
    if author:
        return f"{author[1]} {told}".strip()
    words = re.split(r"[.;:(,]", source.citation)[0].split()
    short = " ".join(words[:6]) + ("…" if len(words) > 6 else "")
    if source.status == "article":
        return f"article “{short}”"
    return short if not told or told in short else f"{short} {told}"


def _year_of_id(id_: str) -> str:
    digits = re.search(r"[A-Z](\d\d)$", id_)
    return "" if digits is None else f"{20 if int(digits[1]) < 50 else 19}{digits[1]}"
