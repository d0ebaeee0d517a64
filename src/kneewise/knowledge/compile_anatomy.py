"""Check and compile the content on anatomy pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar

from pydantic import BaseModel

from kneewise.knowledge import schema_anatomy as schema
from kneewise.knowledge import types_anatomy as types
from kneewise.knowledge.load import Content, Problem

M = TypeVar("M", bound=BaseModel)


def _files(content: Content, kind: type[M]) -> Iterator[tuple[str, M]]:
    for name, model in content.files.items():
        if isinstance(model, kind):
            yield name, model


def problems(
    content: Content,
    causes: Collection[str],
    factors: Collection[str],
    findings: Collection[str],
    sources: Collection[str],
) -> Iterator[Problem]:
    """What is wrong with the pictures: unknown ids, a cause with two pictures, structures without words."""
    structures: dict[str, schema.Structure] = {}
    for name, file in _files(content, schema.AnatomyFile):
        for item in file.structures:
            if item.id in structures:
                yield Problem(name, f"structures({item.id})", "this structure is there twice; keep one")
            structures[item.id] = item
        yield from _picture_problems(name, file, structures, causes, factors)
        for source in file.sources:
            if source not in sources:
                yield Problem(name, "sources", f"there is no source {source!r}")
        for entry in file.mechanics:
            path = f"mechanics({entry.factor})"
            if entry.factor not in factors:
                yield Problem(name, path, f"there is no factor {entry.factor!r}")
            for finding in entry.measures:
                if finding not in findings:
                    yield Problem(name, path, f"there is no finding {finding!r}")
    yield from _word_problems(content, structures)


def _picture_problems(
    name: str,
    file: schema.AnatomyFile,
    structures: dict[str, schema.Structure],
    causes: Collection[str],
    factors: Collection[str],
) -> Iterator[Problem]:
    seen: set[str] = set()
    for i, picture in enumerate(file.pictures):
        path = f"pictures/{i}"
        for kind, ids, known in (("cause", picture.causes, causes), ("factor", picture.factors, factors)):
            for id_ in ids:
                if id_ not in known:
                    yield Problem(name, path, f"there is no {kind} {id_!r}")
                if id_ in seen:
                    yield Problem(name, path, f"{id_!r} has two pictures; keep one")
                seen.add(id_)
        for structure in picture.structures:
            known_here = structures.get(structure)
            if known_here is None:
                yield Problem(name, path, f"there is no structure {structure!r}")
            elif picture.view not in known_here.views:
                yield Problem(name, path, f"{structure!r} is not in the view {picture.view!r}")


def _word_problems(content: Content, structures: dict[str, schema.Structure]) -> Iterator[Problem]:
    told: set[str] = set()
    kinds: set[str] = set()
    for name, words in _files(content, schema.AnatomyWordsFile):
        for entry in words.structures:
            told.add(entry.id)
            if entry.id not in structures:
                yield Problem(name, f"structures({entry.id})", f"there is no structure {entry.id!r}")
        kinds |= {entry.id for entry in words.mechanics}
    for id_ in sorted(set(structures) - told):
        yield Problem("words/en/anatomy.yaml", "", f"the structure {id_!r} has no words")
    for name, file in _files(content, schema.AnatomyFile):
        for used in file.mechanics:
            if used.kind not in kinds:
                yield Problem(name, f"mechanics({used.factor})", f"the picture {used.kind!r} has no words")


def anatomy(content: Content) -> types.Anatomy:
    """The pictures of the leg; empty when the content has none."""
    for _, file in _files(content, schema.AnatomyFile):
        return types.Anatomy(
            structures={item.id: types.Structure(item.id, item.views) for item in file.structures},
            pictures=tuple(types.Picture(**item.model_dump()) for item in file.pictures),
            mechanics=tuple(types.Mechanics(**item.model_dump()) for item in file.mechanics),
            sources=file.sources,
        )
    return types.Anatomy()


def anatomy_words(content: Content) -> types.AnatomyWords:
    """The words of the pictures of the leg."""
    words = types.AnatomyWords()
    for _, file in _files(content, schema.AnatomyWordsFile):
        words.views.update({item.id: types.ViewWords(**item.model_dump()) for item in file.views})
        words.structures.update(
            {item.id: types.StructureWords(**item.model_dump()) for item in file.structures}
        )
        words.mechanics.update(
            {item.id: types.MechanicsWords(**item.model_dump()) for item in file.mechanics}
        )
    return words
