"""The second matrix is complete, knows only known ids, and forbids what it says."""

from pathlib import Path

import pytest

from kneewise.knowledge.artefact import load_knowledge
from tests.plan.second_matrix import MATRIX, MatrixError, forbids, read_matrix, second_matrix

NOBODY: set[str] = set()


def test_every_exercise_and_every_condition_is_coded() -> None:
    knowledge, matrix = load_knowledge(), second_matrix()
    assert set(matrix.exercises) == set(knowledge.exercises)
    assert {cause for person in matrix.people for cause in person.causes} == set(knowledge.conditions)


def test_what_waits_is_forbidden_until_its_stage_and_not_after() -> None:
    strain = {"hamstring_strain_grade_1"}
    held = [bool(forbids("slider_ecc", strain, NOBODY, NOBODY, stage)) for stage in second_matrix().stages]
    assert held == [True, True, False, False]


def test_somebody_with_fever_gets_no_exercise() -> None:
    assert all(
        forbids(e, NOBODY, {"fever_or_shivering"}, NOBODY, "return") for e in second_matrix().exercises
    )


def test_a_sign_that_counts_only_with_another_does_not_count_alone() -> None:
    assert not forbids("heel_slide", NOBODY, {"calf_swelling"}, NOBODY, "calm")
    assert forbids("heel_slide", NOBODY, {"calf_swelling", "surgery_in_last_12_weeks"}, NOBODY, "calm")


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("causes: [bakers_cyst]", "causes: [bakers_cist]"),
        ("holding: [lateral_hip_pain]", "holding: [lateral_hip_pane]"),
        ("on: [itb_stretch]", "on: [itb_strech]"),
        ("prose:itb_stretch", "prose:itb_strech"),
        ("verdict: mind", "verdict: maybe"),
        ("from: after_calm", "from: after_a_while"),
        ("heel_slide: [supine, end_flexion]", "heel_slide: [supine, end_bend]"),
        ("  walking: [standing]\n", ""),
    ],
)
def test_an_unknown_word_is_refused(good: str, bad: str, tmp_path: Path) -> None:
    text = MATRIX.read_text(encoding="utf-8")
    assert good in text
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace(good, bad), encoding="utf-8")
    with pytest.raises(MatrixError, match=r"unknown|none of"):
        read_matrix(wrong, load_knowledge())


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(MatrixError, match="stage"):
        forbids("nordic", NOBODY, NOBODY, NOBODY, "phase 2")
    with pytest.raises(MatrixError, match="holding"):
        forbids("nordic", NOBODY, {"no_such_finding"}, NOBODY, "calm")
