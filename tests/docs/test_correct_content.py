"""docs/how-to/correct-content-without-git.md says what the program says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kneewise.cli.main import main
from kneewise.knowledge import schema
from kneewise.knowledge.check import check
from kneewise.knowledge.load import CONTENT, load, load_file

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "correct-content-without-git.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [
    line.split()[1:] for language, block in BLOCKS if not language for line in block.splitlines()
    if line.startswith("kneewise ")
]  # fmt: skip
SCIATICA = CONTENT / "conditions" / "sciatica.yaml"


def test_the_page_shows_commands() -> None:
    assert len(COMMANDS) >= 4


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_each_command_exists_with_its_options(words: list[str]) -> None:
    group = main
    while words and not words[0].startswith("-") and words[0] in getattr(group, "commands", {}):
        group, words = group.commands[words[0]], words[1:]  # type: ignore[assignment]
    known = {option for parameter in group.params for option in parameter.opts}

    assert not hasattr(group, "commands"), f"{words} names no command"
    assert {word for word in words if word.startswith("-")} <= known


def test_the_command_that_reads_an_entry_works() -> None:
    result = CliRunner().invoke(main, ["knowledge", "show", "conditions", "sciatica"])

    assert result.exit_code == 0
    assert '"id": "sciatica"' in result.stdout


def test_the_folders_it_names_are_there() -> None:
    for name in re.findall(r"`((?:words/en/)?[a-z_]+/(?:[a-z_]+\.yaml)?)`", PAGE):
        assert (CONTENT / name).exists(), name


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("low: 0.82", "low: 0.95"), "the range must hold the value"),
        ((", source: F_VERRALL03", ""), "needs a source; without one it is an estimate"),
        (("reviewer: \"\"", "reviewer: \"A. Physio\""), "reviewer and reviewed_on go together"),
        (("reviewer: \"\"", "reviewer: kneewise\nreviewed_on: \"2026-11-24\""), "must be somebody other than the author"),
        (("id: hamstring_strain_grade_1", "id: \"hamstring_strain_grade_1"), "not readable as YAML 1.2"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_the_words_of_the_page(
    tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    text = (CONTENT / "conditions" / "hamstring_strain_grade_1.yaml").read_text("utf-8")
    assert change[0] in text
    file = tmp_path / "hamstring_strain_grade_1.yaml"
    file.write_text(text.replace(*change, 1), encoding="utf-8")

    _, problems = load_file(file, "conditions/hamstring_strain_grade_1.yaml")

    assert any(says in str(problem) for problem in problems)
    assert says in PAGE


@pytest.mark.parametrize(
    ("old", "says"), [("sudden_onset", "there is no finding"), ("F_VERRALL03", "there is no source")]
)
def test_a_wrong_name_is_told_in_the_words_of_the_page(old: str, says: str) -> None:
    content = load()
    name = "conditions/hamstring_strain_grade_1.yaml"
    model = content.files[name]
    assert isinstance(model, schema.Condition)
    cells = dict(model.likelihoods)
    if old == "sudden_onset":
        cells["knee_loking"] = cells.pop(old)
    else:
        cells["sudden_onset"] = cells["sudden_onset"].model_copy(update={"source": ("SMITH24",)})  # type: ignore[union-attr]
    content.files[name] = model.model_copy(update={"likelihoods": cells})

    assert any(says in str(problem) for problem in check(content))
    assert says in PAGE


def test_a_signature_as_the_page_shows_it_is_accepted(tmp_path: Path) -> None:
    block = next(block for _, block in BLOCKS if "review_due" in block)
    file = tmp_path / "sciatica.yaml"
    file.write_text(SCIATICA.read_text("utf-8").replace('reviewer: ""\n', block), encoding="utf-8")

    model, problems = load_file(file, "conditions/sciatica.yaml")

    assert problems == []
    assert isinstance(model, schema.Condition)
    assert model.reviewer.startswith("Anna")
