"""Compile the content on measures and questionnaires."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kneewise.knowledge import schema_measures as schema
from kneewise.knowledge import types_measures as types
from kneewise.knowledge.load import Content
from kneewise.knowledge.types_base import Expression, Figure

ToExpression = Callable[[Any], Expression]


def _threshold(item: schema.Threshold | None) -> types.Threshold | None:
    if item is None:
        return None
    return types.Threshold(Figure(item.value, item.low, item.high, item.basis, item.source), item.percent)


def _method(item: schema.Method) -> types.Method:
    return types.Method(item.id, item.by, _threshold(item.standard_error), _threshold(item.detectable_change))


def _norm(item: schema.Norm) -> types.Norm:
    return types.Norm(**(item.model_dump() | {"sex": item.sex or ""}))


def _measure(item: schema.Measure, expression: ToExpression) -> types.Measure:
    return types.Measure(
        id=item.id,
        finding=item.finding or "",
        kind=item.kind,
        unit=item.unit,
        minimum=item.minimum,
        maximum=item.maximum,
        counts_up_to=item.counts_up_to,
        sided=item.sided,
        better=item.better,
        methods=tuple(_method(method) for method in item.methods),
        trials=item.trials,
        most_spread=item.most_spread,
        matters=_threshold(item.matters),
        norms=tuple(_norm(norm) for norm in item.norms),
        never_if=None if item.never_if is None else expression(item.never_if),
        up_to_care_level=item.up_to_care_level,
        days_between=item.days_between,
        stale_after_days=item.stale_after_days,
        figure=item.figure or "",
        order=item.order,
        sources=item.sources,
        note=item.note,
    )


def measures(content: Content, expression: ToExpression) -> dict[str, types.Measure]:
    """Measures by id, in their order."""
    items = [
        item
        for model in content.files.values()
        if isinstance(model, schema.MeasureFile)
        for item in model.measures
    ]
    return {item.id: _measure(item, expression) for item in sorted(items, key=lambda one: one.order)}


def _scale(item: schema.Scale) -> types.Scale:
    return types.Scale(
        id=item.id,
        items=item.items,
        parts=item.parts,
        rule=item.rule,
        least_answered=item.least_answered,
        minimum=item.minimum,
        maximum=item.maximum,
        better=item.better,
        table=item.table,
        bands=tuple(types.Band(band.id, band.up_to) for band in item.bands),
        detectable_change=_threshold(item.detectable_change),
        matters=_threshold(item.matters),
        basis=item.basis,
        source=item.source,
    )


def instruments(content: Content) -> dict[str, types.Instrument]:
    """Instruments by id, in the order of the file."""
    return {
        item.id: types.Instrument(
            id=item.id,
            edition=item.edition,
            use=item.use,
            items=tuple(types.AnswerItem(**one.model_dump()) for one in item.items),
            scales=tuple(_scale(scale) for scale in item.scales),
            same_items=item.same_items,
            licence=types.Licence(**item.licence.model_dump()),
            stale_after_days=item.stale_after_days,
            sources=item.sources,
            note=item.note,
        )
        for model in content.files.values()
        if isinstance(model, schema.InstrumentFile)
        for item in model.instruments
    }


def _words(content: Content) -> Iterator[schema.MeasureWordsFile]:
    for model in content.files.values():
        if isinstance(model, schema.MeasureWordsFile):
            yield model


def measure_words(content: Content) -> dict[str, types.MeasureWords]:
    """Words about measures by id."""
    return {
        entry.id: types.MeasureWords(**entry.model_dump())
        for file in _words(content)
        for entry in file.measures
    }


def instrument_words(content: Content) -> dict[str, types.InstrumentWords]:
    """Words about instruments by id."""
    return {
        entry.id: types.InstrumentWords(
            **entry.model_dump(exclude={"items"}),
            items={key: types.ItemWords(**item.model_dump()) for key, item in entry.items.items()},
        )
        for file in _words(content)
        for entry in file.instruments
    }
