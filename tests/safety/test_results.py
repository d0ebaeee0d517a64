"""What every result must be: uncertain, traceable, the same everywhere, and made in silence."""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given

from kneewise.assess import ranking
from kneewise.cli.main import main
from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.check import check
from kneewise.knowledge.compile import build, compile_ready
from kneewise.knowledge.load import CONTENT, Content, load
from kneewise.pathway import Engine, run_script
from kneewise.pathway.contracts import ProgrammeContract
from kneewise.pathway.plan import plan
from kneewise.plan import parse_preferences
from tests.safety.drawn_cases import Json, cases, look, modest


def make_plan(case: Json, engine: Engine, wanted: Json | None = None) -> ProgrammeContract:
    return plan(engine.look(engine.parse(case)), parse_preferences(wanted, engine.knowledge), engine)


STORY = "My calf is swollen and warm since a long flight, no injury"


@pytest.mark.hazard("H33")
@given(case=cases())
@modest
def test_no_chance_is_ever_exactly_0_or_1_and_each_has_a_range(engine: Engine, case: Json) -> None:
    posterior = look(engine, case).posterior
    named = ranking.rank(posterior)

    assert 0 < ranking.something_else(posterior) < 1
    assert len(named) <= 5
    for cause in named:
        assert 0 < cause.low <= cause.probability <= cause.high < 1


@pytest.mark.hazard("H33", "H12")
def test_a_chance_is_told_in_words_and_never_as_certainty() -> None:
    from kneewise.cli.show import chance_in_words

    assert chance_in_words(0.9999) == "more than 9 in 10"
    assert chance_in_words(0.0001) == "fewer than 1 in 10"
    assert chance_in_words(0.31) == "about 3 in 10"


@pytest.mark.hazard("H12")
@pytest.mark.parametrize("command", ["assess", "plan"])
def test_every_printed_advice_says_that_no_clinician_has_reviewed_it(command: str, engine: Engine) -> None:
    if engine.knowledge.reviewed:
        pytest.fail("the content is signed: say who reviewed it, and change this test")
    printed = CliRunner().invoke(main, [command, "--text", STORY, "--age", "45"])

    assert printed.exit_code == 0, printed.stderr
    assert engine.words.phrases["no_clinician_review"].text in printed.stdout


@pytest.mark.hazard("H12")
def test_words_about_a_cause_never_say_that_the_person_has_it(engine: Engine) -> None:
    for words in engine.words.conditions.values():
        told = " ".join([words.what_it_is, words.how_it_shows, words.tells_it_apart]).lower()
        assert "you have " + words.name.split("(")[0].strip().lower() not in told, words.id
        assert "you have a " + words.name.split("(")[0].strip().lower() not in told, words.id


@pytest.mark.hazard("H35")
def test_an_emergency_prints_what_to_do_first_and_no_ranking(engine: Engine) -> None:
    case = {"evidence": [{"id": "saddle_numbness", "state": "present"},
                         {"id": "new_bladder_dysfunction", "state": "present"},
                         {"id": "low_back_pain", "state": "present"}]}  # fmt: skip
    assessment = engine.assess(case)
    printed = CliRunner().invoke(main, ["assess", "-"], input=json.dumps(case))

    assert assessment["care_level"] == "emergency"
    assert assessment["causes"], "the data still holds the ranking"
    assert printed.stdout.splitlines()[0] == engine.words.phrases["level_emergency"].text
    for cause in assessment["causes"]:
        assert cause["name"] not in printed.stdout


@pytest.mark.hazard("H31", "H12")
def test_after_none_of_these_the_result_names_signs_that_would_change_it(engine: Engine) -> None:
    script = {
        "text": "ache behind both knees after sitting",
        "person": {"age": 35, "sex": "male"},
        "otherwise": "unremarkable",
        "answers": {"duration_days": 20, "pain_score_0_to_10": 2},
    }
    assessment = run_script(script, engine)

    changes = [c for c in assessment["would_change"] if "care_level" in c]
    assert changes
    denied = {f for page in assessment["asked"] for f in page["findings"]}
    assert any(change["finding"] in denied for change in changes)


@pytest.mark.hazard("H20")
def test_every_result_names_the_knowledge_it_came_from(engine: Engine) -> None:
    version = engine.knowledge.version

    assert version
    assert engine.assess({"text": STORY})["knowledge_version"] == version
    assert make_plan({"text": STORY}, engine)["knowledge_version"] == version
    assert run_script({"text": STORY}, engine)["knowledge_version"] == version


@pytest.fixture(scope="module")
def content() -> Content:
    return load(CONTENT)


@pytest.mark.hazard("H20", "H30")
def test_the_compiled_knowledge_is_what_the_content_files_say(content: Content) -> None:
    assert check(content) == []
    assert compile_ready() == load_knowledge(), "the artefact is stale: run `make knowledge`"


@pytest.mark.hazard("H20")
def test_any_change_of_a_figure_changes_the_knowledge_version(content: Content, engine: Engine) -> None:
    name, scales = next((n, m) for n, m in content.files.items() if n.endswith("scales.yaml"))
    changed = scales.model_copy(update={"ratio_cap": 11})  # type: ignore[attr-defined]

    assert build(replace(content, files={**content.files, name: changed})).version != engine.knowledge.version


@pytest.mark.hazard("H20")
def test_the_same_case_gives_the_same_json_in_another_process() -> None:
    code = (
        "import json, sys, kneewise; "
        f"sys.stdout.write(json.dumps(kneewise.assess({{'text': {STORY!r}, 'person': {{'age': 45}}}})))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(outputs) == 1


@pytest.mark.hazard("H24")
def test_assessing_and_planning_write_no_log_and_print_nothing(
    engine: Engine, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    engine.assess({"text": STORY, "person": {"age": 45, "sex": "female"}})
    make_plan({"text": STORY, "person": {"age": 45, "sex": "female"}}, engine)

    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.hazard("H24", "H25", "H43")
def test_assessing_and_planning_open_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an assessment must not reach for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    engine = Engine(load_knowledge.__wrapped__())

    assert engine.assess({"text": STORY})["care_level"]
    assert make_plan({"text": STORY}, engine)["id"]
