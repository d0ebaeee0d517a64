"""Compile the content that doses, progresses and follows a programme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kneewise.knowledge import schema_training, types_training
from kneewise.knowledge.load import Content
from kneewise.knowledge.types_base import Expression

ToExpression = Callable[[Any], Expression]


def _step(item: schema_training.DoseStep) -> types_training.DoseStep:
    values = item.model_dump()
    for key in ("effort", "load", "say"):
        values[key] = values[key] or ""
    return types_training.DoseStep(**values)


def dose_schemes(content: Content) -> tuple[types_training.DoseScheme, ...]:
    """All dose ladders, in the order of the files."""
    schemes = []
    for model in content.files.values():
        if isinstance(model, schema_training.DoseFile):
            for item in model.schemes:
                values = {key: getattr(item, key) for key in type(item).model_fields if key != "note"}
                values["steps"] = tuple(_step(step) for step in item.steps)
                schemes.append(types_training.DoseScheme(**values))
    return tuple(schemes)


def criteria(content: Content) -> dict[str, types_training.Criterion]:
    """Criteria by id."""
    found = {}
    for model in content.files.values():
        if isinstance(model, schema_training.CriterionFile):
            for item in model.criteria:
                values = item.model_dump()
                for key in ("finding", "measure", "exercise_pain"):
                    values[key] = values[key] or ""
                values["up_to"] = values["up_to"] or 0
                found[item.id] = types_training.Criterion(**values)
    return found


def pain_rules(content: Content) -> tuple[types_training.PainRule, ...]:
    """Pain rules, in the order of the file; the first that fits a person is theirs."""
    return tuple(
        types_training.PainRule(**item.model_dump(exclude={"note"}))
        for model in content.files.values()
        if isinstance(model, schema_training.PainRuleFile)
        for item in model.rules
    )


def _points(points: tuple[schema_training.CoursePoint, ...]) -> tuple[types_training.CoursePoint, ...]:
    return tuple(types_training.CoursePoint(point.week, point.low, point.high) for point in points)


def courses(content: Content, expression: ToExpression) -> tuple[types_training.Course, ...]:
    """Expected courses, in the order of the file; the first that fits a person is theirs."""
    found = []
    for model in content.files.values():
        if isinstance(model, schema_training.CourseFile):
            for item in model.courses:
                values = {key: getattr(item, key) for key in type(item).model_fields if key != "note"}
                values["severe"] = None if item.severe is None else expression(item.severe)
                values["slower"] = _points(item.slower)
                values["points"] = _points(item.points)
                found.append(types_training.Course(**values))
    return tuple(found)


def check_ins(content: Content, expression: ToExpression) -> tuple[types_training.CheckIn, ...]:
    """Danger questions that come back."""
    found = []
    for model in content.files.values():
        if isinstance(model, schema_training.CheckInFile):
            for item in model.check_ins:
                values = {key: getattr(item, key) for key in type(item).model_fields}
                values["when"] = None if item.when is None else expression(item.when)
                found.append(types_training.CheckIn(**values))
    return tuple(found)


def goals(content: Content, expression: ToExpression) -> dict[str, types_training.Goal]:
    """Goals by id, in the order of the file."""
    return {
        item.id: types_training.Goal(
            item.id, item.needs, item.favours, None if item.shown_by is None else expression(item.shown_by)
        )
        for model in content.files.values()
        if isinstance(model, schema_training.GoalFile)
        for item in model.goals
    }
