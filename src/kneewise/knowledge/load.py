"""Read the content files: YAML 1.2, strict, one error per line with its file and the path inside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kneewise.knowledge import (
    schema,
    schema_anatomy,
    schema_measures,
    schema_mechanics,
    schema_training,
)
from kneewise.knowledge.parsed import Parsed

CONTENT = Path(__file__).parent / "content"

# The folder (or file) of a content file decides its model; the longest prefix wins.
MODELS: dict[str, type[BaseModel]] = {
    "sources/": schema.SourceFile,
    "scales.yaml": schema.Scales,
    "interview.yaml": schema.Interview,
    "seed_items.yaml": schema.SeedItems,
    "findings/derivations.yaml": schema.Derivations,
    "findings/": schema.FindingFile,
    "conditions/": schema.Condition,
    "factors/": schema.Factor,
    "red_flags/": schema.RedFlagFile,
    "exercises/": schema.Exercise,
    "protocols/": schema.Protocol,
    "advice/": schema.AdviceFile,
    "anatomy.yaml": schema_anatomy.AnatomyFile,
    "mechanics.yaml": schema_mechanics.MechanicsFile,
    "loads.yaml": schema_mechanics.LoadFile,
    "doses/": schema_training.DoseFile,
    "criteria.yaml": schema_training.CriterionFile,
    "pain_rules.yaml": schema_training.PainRuleFile,
    "courses.yaml": schema_training.CourseFile,
    "check_ins.yaml": schema_training.CheckInFile,
    "goals.yaml": schema_training.GoalFile,
    "contraindications.yaml": schema.ContraindicationFile,
    "measures.yaml": schema_measures.MeasureFile,
    "instruments.yaml": schema_measures.InstrumentFile,
    "treatments/": schema.Treatment,
    "topics/": schema.Topic,
    "words/en/measures/": schema_measures.MeasureWordsFile,
    "words/en/anatomy.yaml": schema_anatomy.AnatomyWordsFile,
    "words/en/treatments/": schema.TreatmentWords,
    "words/en/topics/": schema.TopicWords,
    "words/en/findings/": schema.FindingWordsFile,
    "words/en/conditions/": schema.ConditionWords,
    "words/en/": schema.WordsFile,
    "lexicon/en/": schema.LexiconFile,
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the content: where, and what."""

    file: str
    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.path or '/'}: {self.what}"


@dataclass
class Content:
    """All content files as validated models, by their path below content/, and what was wrong."""

    files: dict[str, BaseModel] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def model_for(name: str) -> type[BaseModel] | None:
    """The model of a content file, by its path below content/; None if the place is unknown."""
    fits = [prefix for prefix in MODELS if name.startswith(prefix)]
    return MODELS[max(fits, key=len)] if fits else None


def _reader() -> YAML:
    reader = YAML(typ="safe", pure=True)
    reader.version = "1.2"  # so that yes and no stay words and 3:20 a string
    reader.allow_duplicate_keys = False
    return reader


def _read(path: Path, name: str, parsed: Parsed) -> tuple[Any, list[Problem]]:
    raw = path.read_bytes()
    known = parsed.get(raw)
    if known is not None:
        return known, []
    try:
        data = _reader().load(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return None, [Problem(name, "", f"not UTF-8 text: byte {error.start}; save the file as UTF-8")]
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        return None, [Problem(name, where, f"not readable as YAML 1.2: {getattr(error, 'problem', error)}")]
    if not isinstance(data, dict):
        return None, [Problem(name, "", "the file must hold a mapping (key: value lines)")]
    parsed.put(raw, data)
    return data, []


def load_file(path: Path, name: str, parsed: Parsed | None = None) -> tuple[BaseModel | None, list[Problem]]:
    """Read one file against its model; `name` is its path below content/."""
    model = model_for(name)
    if model is None:
        known = ", ".join(sorted(MODELS))
        return None, [Problem(name, "", f"no kind of content lives here; the places are {known}")]
    data, problems = _read(path, name, parsed or Parsed())
    if problems:
        return None, problems
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [
            Problem(
                name, "/".join(str(part) for part in item["loc"]), item["msg"].removeprefix("Value error, ")
            )
            for item in error.errors(include_url=False)
        ]


def load(root: Path = CONTENT) -> Content:
    """Read every content file below `root`; problems are collected, never raised."""
    content, parsed = Content(), Parsed()
    for path in sorted(root.rglob("*")):
        if path.is_dir() or path.name.startswith("."):
            continue
        name = str(PurePosixPath(path.relative_to(root)))
        if path.suffix != ".yaml":
            content.problems.append(Problem(name, "", "only .yaml files live under content/"))
            continue
        model, problems = load_file(path, name, parsed)
        content.problems.extend(problems)
        if model is not None:
            content.files[name] = model
    parsed.keep()
    return content
