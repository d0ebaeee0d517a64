"""`knowledge diff`: what changed in the content, and what it does to cases."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from kneewise.knowledge.compile import write_artefact
from kneewise.knowledge.difference import differences, differences_of_files
from kneewise.knowledge.load import CONTENT
from kneewise.knowledge.revisions import (
    CONTENT_IN_CHECKOUT,
    ContentOfAnotherProgram,
    NoSuchKnowledge,
    version_of,
)
from kneewise.knowledge.types import Figure, Knowledge
from kneewise.pathway import Engine
from kneewise.pathway.compare import ASPECTS, Difference, compare, look_at

STRAIN = "hamstring_strain_grade_1"
HOT_KNEE = {
    "id": "hot knee",
    "person": {"age": 60, "sex": "male"},
    "evidence": [
        {"id": "generalised_knee_swelling", "state": "present"},
        {"id": "local_warmth", "state": "present"},
        {"id": "fever_or_shivering", "state": "present"},
        {"id": "duration_days", "value": 2},
    ],
}
SPRINTER = {
    "id": "sprinter",
    "person": {"age": 25, "sex": "male"},
    "evidence": [
        {"id": "posterior_thigh_pain", "state": "present"},
        {"id": "onset_while_sprinting_or_kicking", "state": "present"},
        {"id": "sudden_onset", "state": "present"},
    ],
}


def _with_cell(knowledge: Knowledge, cause: str, finding: str, value: float) -> Knowledge:
    condition = knowledge.conditions[cause]
    likelihoods = {**condition.likelihoods, finding: Figure(value, value, value, "estimate")}
    return replace(
        knowledge, conditions={**knowledge.conditions, cause: replace(condition, likelihoods=likelihoods)}
    )


def _compared(old: Knowledge, new: Knowledge) -> list[Difference]:
    cases = [HOT_KNEE, SPRINTER]
    return compare(look_at(cases, Engine(old)), look_at(cases, Engine(new)))


def test_nothing_changed_is_no_difference(knowledge: Knowledge) -> None:
    assert differences(knowledge, knowledge) == []
    assert _compared(knowledge, knowledge) == []


@pytest.mark.hazard("H20")
def test_a_changed_likelihood_is_told_with_its_path(knowledge: Knowledge) -> None:
    changed = differences(knowledge, _with_cell(knowledge, STRAIN, "sudden_onset", 0.123))

    assert [(entry.kind, entry.id, entry.how) for entry in changed] == [("conditions", STRAIN, "changed")]
    assert [field.path for field in changed[0].fields] == ["likelihoods/sudden_onset"]


def test_content_that_came_and_went_is_told(knowledge: Knowledge) -> None:
    without = replace(knowledge, red_flags=knowledge.red_flags[1:])
    gone = knowledge.red_flags[0].id

    assert [(e.kind, e.id, e.how) for e in differences(knowledge, without)] == [
        ("red_flags", gone, "removed")
    ]
    assert [(e.kind, e.id, e.how) for e in differences(without, knowledge)] == [("red_flags", gone, "added")]


def test_a_word_for_people_is_told_apart_from_the_facts(knowledge: Knowledge) -> None:
    words = knowledge.words["en"]
    told = replace(words.conditions[STRAIN], course="Soon over.")
    changed = replace(knowledge, words={"en": replace(words, conditions={**words.conditions, STRAIN: told})})

    (entry,) = differences(knowledge, changed)

    assert entry.kind == "words/en/conditions"
    assert entry.fields[0].path == "course"


@pytest.mark.hazard("H20")
def test_a_rule_taken_away_is_the_first_thing_told_and_marked_as_less_careful(knowledge: Knowledge) -> None:
    urgent = {"same_day", "emergency"}
    tame = replace(knowledge, red_flags=tuple(r for r in knowledge.red_flags if r.care_level not in urgent))

    found = _compared(_with_cell(knowledge, STRAIN, "sudden_onset", 0.01), tame)

    assert (found[0].case, found[0].aspect, found[0].lower) == ("hot knee", "care_level", True)
    order = [ASPECTS.index(entry.aspect) for entry in found]
    assert order == sorted(order)


def test_a_cause_that_moves_is_told(knowledge: Knowledge) -> None:
    weaker = knowledge
    for finding in ("sudden_onset", "onset_while_sprinting_or_kicking", "posterior_thigh_pain"):
        weaker = _with_cell(weaker, STRAIN, finding, 0.001)

    aspects = {entry.aspect for entry in _compared(knowledge, weaker) if entry.case == "sprinter"}

    assert aspects & {"first_cause", "causes"}


def test_a_case_that_one_side_cannot_read_is_told_and_not_dropped(knowledge: Knowledge) -> None:
    findings = {k: v for k, v in knowledge.findings.items() if k != "sudden_onset"}
    older = replace(knowledge, findings=findings, aliases={})

    found = compare(
        look_at([SPRINTER], Engine(older)), {"sprinter": look_at([SPRINTER], Engine(knowledge))["sprinter"]}
    )

    assert [entry.aspect for entry in found] == ["unreadable"]
    assert "sudden_onset" in found[0].old


def test_a_folder_and_an_artefact_of_the_same_content_are_one(tmp_path: Path) -> None:
    file, folder = tmp_path / "artefact.json", tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    write_artefact(file, folder)

    from_file, from_folder = version_of(str(file)), version_of(str(folder))

    assert differences(from_file.knowledge, from_folder.knowledge) == []


def test_a_revision_of_a_checkout_is_read_without_touching_it(tmp_path: Path) -> None:
    place = tmp_path / CONTENT_IN_CHECKOUT
    place.parent.mkdir(parents=True)
    subprocess.run(["cp", "-r", str(CONTENT), str(place)], check=True)
    git = ["git", "-C", str(tmp_path), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "content"], check=True)
    file = place / "conditions" / "sciatica.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('reviewer: ""', 'reviewer: "A. Physio"\nreviewed_on: "2026-11-22"'), encoding="utf-8"
    )

    before, after = version_of("HEAD", tmp_path), version_of(str(place))

    assert differences(before.knowledge, after.knowledge) == []
    assert after.signed == {**before.signed, "conditions/sciatica.yaml": "A. Physio on 2026-11-22"}


@pytest.mark.parametrize("name", ["no-such-thing", "--output=/tmp/x", "-x"])
def test_what_is_no_knowledge_is_refused_with_the_way_to_mend_it(name: str) -> None:
    with pytest.raises(NoSuchKnowledge, match="Give"):
        version_of(name)


def test_broken_content_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "conditions").mkdir()
    (tmp_path / "conditions" / "x.yaml").write_text("id: x\n", encoding="utf-8")

    with pytest.raises(NoSuchKnowledge, match=r"conditions/x\.yaml"):
        version_of(str(tmp_path))


def test_content_that_this_program_cannot_work_with_is_still_compared_file_by_file(tmp_path: Path) -> None:
    subprocess.run(["cp", "-r", str(CONTENT), str(tmp_path / "old")], check=True)
    scales = tmp_path / "old" / "scales.yaml"
    scales.write_text(
        scales.read_text("utf-8").replace("ratio_cap:", "an_older_key: 1\nratio_cap:"), encoding="utf-8"
    )

    with pytest.raises(ContentOfAnotherProgram, match="older program") as other:
        version_of(str(tmp_path / "old"))

    (changed,) = differences_of_files(other.value.files, version_of(str(CONTENT)).files)
    assert (changed.id, changed.how) == ("scales.yaml", "changed")
    assert [field.path for field in changed.fields] == ["an_older_key"]
