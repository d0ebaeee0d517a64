"""The figures of the shipped exercises, read from their content files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

import kneewise.knowledge
from kneewise.body import Figure, figure_from_mapping

FOLDER = Path(kneewise.knowledge.__file__).parent / "content" / "exercises"
IDS = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def content(exercise: str) -> dict:
    return YAML(typ="safe").load((FOLDER / f"{exercise}.yaml").read_text(encoding="utf-8"))


@cache
def figure(exercise: str) -> Figure:
    return figure_from_mapping(content(exercise)["figure"])
