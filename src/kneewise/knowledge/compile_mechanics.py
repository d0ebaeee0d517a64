"""Check and compile the content behind the leg model."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar

from pydantic import BaseModel

from kneewise.knowledge import schema, schema_measures, types_base
from kneewise.knowledge import schema_mechanics as shapes
from kneewise.knowledge import types_mechanics as types
from kneewise.knowledge.load import Content, Problem

M = TypeVar("M", bound=BaseModel)


def _files(content: Content, kind: type[M]) -> Iterator[tuple[str, M]]:
    for name, model in content.files.items():
        if isinstance(model, kind):
            yield name, model


def _unknown(
    ids: Collection[str], known: Collection[str], kind: str, name: str, path: str
) -> Iterator[Problem]:
    for id_ in ids:
        if id_ not in known:
            yield Problem(name, path, f"there is no {kind} {id_!r}")


def problems(
    content: Content, exercises: Collection[str], findings: Collection[str], sources: Collection[str]
) -> Iterator[Problem]:
    """What is wrong: unknown measures, exercises, sources; a study that is there twice."""
    measures = {item.id for _, file in _files(content, schema_measures.MeasureFile) for item in file.measures}
    if not list(_files(content, shapes.MechanicsFile)):
        yield Problem("mechanics.yaml", "", "this file is needed; take it from the version before")
    for name, mechanics in _files(content, shapes.MechanicsFile):
        pair = mechanics.strength_pair
        used = [test.measure for test in mechanics.length_tests]
        used += [pair.hamstrings, pair.quadriceps, pair.ratio, *mechanics.side_measures]
        yield from _unknown(used, measures, "measure", name, "")
        for i, test in enumerate(mechanics.length_tests):
            yield from _unknown(test.void_if, findings, "finding", name, f"length_tests/{i}/void_if")
            yield from _unknown(test.sources, sources, "source", name, f"length_tests/{i}/sources")
            yield from _unknown(
                test.pelvis_share.source, sources, "source", name, f"length_tests/{i}/pelvis_share"
            )
        for key, figure in (
            ("mild_stretch", mechanics.mild_stretch),
            ("notable_difference", mechanics.notable_difference),
        ):
            yield from _unknown(figure.source, sources, "source", name, key)
    for name, loads in _files(content, shapes.LoadFile):
        seen: set[str] = set()
        for study in loads.studies:
            path = f"studies({study.id})"
            if study.id in seen:
                yield Problem(name, path, "this study is there twice; keep one")
            seen.add(study.id)
            named = [value.exercise for value in study.values]
            named += [one for group in study.order for one in group]
            yield from _unknown(named, exercises, "exercise", name, path)
            yield from _unknown((study.source,), sources, "source", name, f"{path}/source")


def _figure(item: schema.Figure) -> types_base.Figure:
    return types_base.Figure(item.value, item.low, item.high, item.basis, item.source)


def _study(item: shapes.LoadStudy) -> types.LoadStudy:
    values = tuple(types.LoadValue(**value.model_dump()) for value in item.values)
    plain = item.model_dump(exclude={"values"})
    return types.LoadStudy(**plain, values=values)


def mechanics(content: Content) -> types.Mechanics:
    """The compiled knowledge behind the leg model. The content must be without problems."""
    item = next(model for _, model in _files(content, shapes.MechanicsFile))
    studies = [study for _, file in _files(content, shapes.LoadFile) for study in file.studies]
    return types.Mechanics(
        length_tests=tuple(
            types.LengthTest(test.id, test.measure, _figure(test.pelvis_share), test.void_if, test.sources)
            for test in item.length_tests
        ),
        mild_stretch=_figure(item.mild_stretch),
        strength_pair=types.StrengthPair(**item.strength_pair.model_dump()),
        side_measures=item.side_measures,
        notable_difference=_figure(item.notable_difference),
        load_studies=tuple(_study(study) for study in studies),
    )
