"""The content behind the leg model is refused where it is wrong, by place and name."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from kneewise.knowledge.compile_mechanics import problems
from kneewise.knowledge.load import CONTENT, Content, load_file
from kneewise.knowledge.schema_mechanics import LoadFile, MechanicsFile

STUDY: dict[str, Any] = {
    "id": "a_study",
    "what": "activity",
    "muscle": "biceps_femoris",
    "unit": "%",
    "normalised_to": "a maximal effort",
    "external_load": "body weight",
    "order": [["nordic"], ["squat"]],
    "basis": "found",
    "source": "F_TEST",
}
HEAD = {"version": "1", "author": "kneewise", "written_on": "2026-11-21"}


def of(*studies: dict[str, Any]) -> LoadFile:
    return LoadFile.model_validate(HEAD | {"studies": studies})


def told(content: Content) -> list[str]:
    return [str(one) for one in problems(content, {"nordic", "squat"}, set(), {"F_TEST"})]


def without_mechanics(*studies: dict[str, Any]) -> list[str]:
    content = Content(files={"loads.yaml": of(*studies)})
    return [one for one in told(content) if not one.startswith("mechanics.yaml")]


def test_a_sound_study_is_taken() -> None:
    assert without_mechanics(STUDY) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"order": [["nordic"], ["sqat"]]}, "there is no exercise 'sqat'"),
        ({"source": "F_NOBODY"}, "there is no source 'F_NOBODY'"),
    ],
)
def test_unknown_ids_are_named(change: dict[str, Any], words: str) -> None:
    (problem,) = without_mechanics(STUDY | change)
    assert problem.startswith("loads.yaml:studies(a_study)")
    assert words in problem


def test_a_study_told_twice_is_refused() -> None:
    assert "twice" in without_mechanics(STUDY, deepcopy(STUDY))[0]


VALUE = {"exercise": "nordic", "value": 60, "as_in_the_study": "Nordic"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"values": [VALUE]}, "values or an order, and not both"),
        ({"order": []}, "values or an order"),
        ({"order": [["nordic", "squat"]]}, "two groups"),
        ({"order": [["nordic"], ["nordic"]]}, "twice"),
        ({"order": [], "values": [VALUE | {"value": 0}]}, "greater than 0"),
        ({"what": "pain"}, "activity"),
        ({"mixed_with": "another study"}, "Extra inputs"),
    ],
)
def test_a_study_that_says_nothing_clear_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        of(STUDY | change)


def test_a_missing_file_is_named() -> None:
    assert told(Content()) == ["mechanics.yaml:/: this file is needed; take it from the version before"]


def test_the_shipped_file_is_read_and_a_share_beyond_one_refused() -> None:
    model, wrong = load_file(CONTENT / "mechanics.yaml", "mechanics.yaml")
    assert isinstance(model, MechanicsFile)
    assert wrong == []
    plain = model.model_dump()
    plain["mild_stretch"] |= {"value": 1.2, "high": 1.2}
    with pytest.raises(ValidationError, match="a mild stretch is a band of shares"):
        MechanicsFile.model_validate(plain)
