"""The second matrix of what not to give whom, expanded to one verdict a pair.

The matrix was coded apart from the typed contraindications; the tests of the programme hold one against the
other. It knows nothing of `kneewise.plan`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml import YAML

from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Knowledge

MATRIX = Path(__file__).with_name("second_matrix.yaml")
PROSE = {"protocols", "treatments", "red_flags"}
BASES = {"found", "recalled", "estimate"}
# The first stage at which an exercise that has to wait may be given.
WAITS = {"after_calm": "strength", "after_strength": "late", "return_to_sport": "return"}

Verdict = Literal["never", "until_late", "mind"]
Kind = Literal["cause", "holding", "factor"]


class MatrixError(ValueError):
    """The matrix says something that cannot be: where, what, and what is known instead."""


@dataclass(frozen=True)
class Line:
    """One verdict on some exercises for one kind of person."""

    who: str
    exercises: frozenset[str]
    verdict: Verdict
    first_stage: str  # the first stage at which it may be given; "" for never and for mind
    why: str
    source: tuple[str, ...]
    basis: str


@dataclass(frozen=True)
class Person:
    """Whom lines speak of: any cause or factor named, or any set of findings that hold together."""

    id: str
    causes: frozenset[str]
    holding: tuple[frozenset[str], ...]
    factors: frozenset[str]
    lines: tuple[Line, ...]
    sure: tuple[frozenset[str], ...] = ()  # counts only what is present, not what is unsure

    def is_met(self, causes: set[str], holding: set[str], factors: set[str], sure: set[str]) -> bool:
        """Whether this person is meant."""
        return bool(
            self.causes & causes
            or self.factors & factors
            or any(group <= holding for group in self.holding)
            or any(group <= sure for group in self.sure)
        )


@dataclass(frozen=True)
class Matrix:
    """The whole matrix, every id checked."""

    stages: tuple[str, ...]
    traits: dict[str, str]
    exercises: dict[str, frozenset[str]]  # exercise id -> its traits
    people: tuple[Person, ...]

    def lines_on(
        self, exercise: str, causes: set[str], holding: set[str], factors: set[str], sure: set[str]
    ) -> Iterator[tuple[Person, Line]]:
        """Every line that speaks of this exercise for somebody with these causes, findings and factors."""
        for person in self.people:
            if person.is_met(causes, holding, factors, sure):
                for line in person.lines:
                    if exercise in line.exercises:
                        yield person, line


def _refuse_unknown(where: str, given: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise MatrixError(f"{where}: {', '.join(unknown)} unknown; correct the id in {MATRIX.name}")


def _keys(where: str, entry: dict[str, Any], wanted: set[str], may: frozenset[str] = frozenset()) -> None:
    missing = sorted(wanted - set(entry))
    if missing:
        raise MatrixError(f"{where}: {', '.join(missing)} missing")
    _refuse_unknown(where, entry, wanted | may)


def _check_sources(where: str, entry: dict[str, Any], knowledge: Knowledge) -> None:
    prose = {f"prose:{name}" for name in PROSE | set(knowledge.exercises)}
    _refuse_unknown(where, entry["source"], prose | set(knowledge.sources))
    if entry["basis"] not in BASES:
        raise MatrixError(f"{where}: basis {entry['basis']!r} is none of {', '.join(sorted(BASES))}")
    if not str(entry["why"]).strip():
        raise MatrixError(f"{where}: says no reason")
    if entry["basis"] == "found" and not entry["source"]:
        raise MatrixError(f"{where}: found, but names no source")


def _meant(where: str, names: list[str], traits: dict[str, frozenset[str]]) -> frozenset[str]:
    """The exercises that a list of traits and exercises means."""
    known = {trait for of_one in traits.values() for trait in of_one}
    _refuse_unknown(where, names, known | set(traits))
    return frozenset(e for e, of_one in traits.items() if e in names or of_one & set(names))


def _line(who: str, entry: dict[str, Any], traits: dict[str, frozenset[str]], knowledge: Knowledge) -> Line:
    where = f"{who}, {entry.get('on')}"
    _keys(where, entry, {"on", "verdict", "why", "source", "basis"}, frozenset({"except", "from"}))
    _check_sources(where, entry, knowledge)
    if entry["verdict"] not in ("never", "until_late", "mind"):
        raise MatrixError(f"{where}: verdict {entry['verdict']!r} is none of never, until_late, mind")
    if (entry["verdict"] == "until_late") != ("from" in entry):
        raise MatrixError(f"{where}: `from` belongs to until_late, and only there")
    if "from" in entry:
        _refuse_unknown(where, [entry["from"]], WAITS)
    spared = set(entry.get("except", []))
    _refuse_unknown(where, spared, traits)
    meant = _meant(where, list(entry["on"]), traits)
    if spared - meant:
        raise MatrixError(f"{where}: spares {', '.join(sorted(spared - meant))}, which it does not mean")
    return Line(
        who=who,
        exercises=meant - spared,
        verdict=entry["verdict"],
        first_stage=WAITS[entry["from"]] if "from" in entry else "",
        why=entry["why"],
        source=tuple(entry["source"]),
        basis=entry["basis"],
    )


def _groups(where: str, entries: list[Any], knowledge: Knowledge) -> tuple[frozenset[str], ...]:
    groups = tuple(frozenset([entry] if isinstance(entry, str) else entry) for entry in entries)
    for group in groups:
        _refuse_unknown(where, group, knowledge.findings)
    return groups


def _person(entry: dict[str, Any], traits: dict[str, frozenset[str]], knowledge: Knowledge) -> Person:
    where = str(entry.get("id", "somebody without id"))
    _keys(where, entry, {"id", "lines"}, frozenset({"causes", "holding", "factors", "sure"}))
    causes, factors = frozenset(entry.get("causes", [])), frozenset(entry.get("factors", []))
    _refuse_unknown(where, causes, knowledge.conditions)
    _refuse_unknown(where, factors, knowledge.factors)
    lines = tuple(_line(where, line, traits, knowledge) for line in entry["lines"])
    return Person(
        where,
        causes,
        _groups(where, entry.get("holding", []), knowledge),
        factors,
        lines,
        _groups(where, entry.get("sure", []), knowledge),
    )


def _nothing(
    kind: Kind, entry: dict[str, Any], traits: dict[str, frozenset[str]], knowledge: Knowledge
) -> Person:
    """Somebody who gets no exercise at all."""
    where = f"nothing, {entry['why']}"
    _keys(where, entry, {"ids", "why", "source", "basis"})
    _check_sources(where, entry, knowledge)
    line = Line(where, frozenset(traits), "never", "", entry["why"], tuple(entry["source"]), entry["basis"])
    if kind == "holding":
        return Person(where, frozenset(), _groups(where, entry["ids"], knowledge), frozenset(), (line,))
    _refuse_unknown(where, entry["ids"], knowledge.conditions)
    return Person(where, frozenset(entry["ids"]), (), frozenset(), (line,))


def _traits(raw: dict[str, Any], knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """The traits of each exercise; every exercise is there, every trait is described and borne by one."""
    given, described = raw["exercises"], raw["traits"]
    _refuse_unknown("exercises", given, knowledge.exercises)
    _refuse_unknown("exercises, not coded", knowledge.exercises, given)
    for exercise, borne in given.items():
        _refuse_unknown(exercise, borne, described)
    _refuse_unknown("traits, borne by no exercise", described, {t for borne in given.values() for t in borne})
    if both := set(described) & set(given):
        raise MatrixError(f"{', '.join(sorted(both))}: the name of a trait and of an exercise")
    return {exercise: frozenset(borne) for exercise, borne in given.items()}


def read_matrix(path: Path, knowledge: Knowledge) -> Matrix:
    """Read a matrix and check every id in it against the knowledge; raises `MatrixError`."""
    raw = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    wanted = {
        "version",
        "written_on",
        "reviewer",
        "stages",
        "traits",
        "exercises",
        "nothing",
        "who",
        "not_askable",
    }
    _keys("the matrix", raw, wanted)
    _refuse_unknown("stages", WAITS.values(), raw["stages"])
    traits = _traits(raw, knowledge)
    people = [_nothing("cause", entry, traits, knowledge) for entry in raw["nothing"]["causes"]]
    people += [_nothing("holding", entry, traits, knowledge) for entry in raw["nothing"]["holding"]]
    people += [_person(entry, traits, knowledge) for entry in raw["who"]]
    ids = [person.id for person in people]
    if len(set(ids)) < len(ids):
        raise MatrixError(f"said twice: {', '.join(sorted({i for i in ids if ids.count(i) > 1}))}")
    for entry in raw["not_askable"]:
        _keys("not_askable", entry, {"what", "exercises", "why"})
        _refuse_unknown(f"not_askable, {entry['what']}", entry["exercises"], traits)
    return Matrix(tuple(raw["stages"]), dict(raw["traits"]), traits, tuple(people))


@cache
def second_matrix() -> Matrix:
    """The matrix beside this file, checked against the shipped knowledge."""
    return read_matrix(MATRIX, load_knowledge())


def forbids(
    exercise_id: str,
    causes: set[str],
    holding: set[str],
    factors: set[str],
    stage: str,
    sure: set[str] | None = None,
) -> list[str]:
    """Why this exercise must not be given to this person at this stage; empty if it may be.

    `causes` are condition ids, `holding` finding ids that are present or unsure, `factors` factor ids, `stage`
    one of calm, strength, late, return, `sure` the findings that are present (all of `holding` if None). Each reason names the person meant, the verdict and why. What asks
    for care only (`mind`) forbids nothing. Raises `MatrixError` on an id or stage that is unknown.
    """
    matrix, knowledge = second_matrix(), load_knowledge()
    _refuse_unknown("exercise", [exercise_id], matrix.exercises)
    _refuse_unknown("causes", causes, knowledge.conditions)
    _refuse_unknown("holding", holding, knowledge.findings)
    _refuse_unknown("factors", factors, knowledge.factors)
    _refuse_unknown("stage", [stage], matrix.stages)
    reasons = []
    present = holding if sure is None else sure
    for person, line in matrix.lines_on(exercise_id, causes, holding, factors, present):
        waits = line.first_stage and matrix.stages.index(stage) < matrix.stages.index(line.first_stage)
        if line.verdict == "never" or waits:
            until = f"not before {line.first_stage}" if waits else "never"
            reasons.append(f"{person.id}: {until}. {line.why}")
    return reasons
