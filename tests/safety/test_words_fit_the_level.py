"""What a person is told about a red flag fits the level it was given, also when "not sure" gave it."""

from __future__ import annotations

import pytest

from kneewise.cli.show import show_assessment
from kneewise.knowledge.types import care_rank
from kneewise.pathway import Engine
from kneewise.pathway.telling import red_flag_words
from tests.safety.drawn_cases import Json, look

ANY = ("severe_pain",)


@pytest.mark.hazard("H36")
def test_every_rule_has_words_for_the_level_that_not_sure_gives_it(engine: Engine) -> None:
    for rule in engine.knowledge.red_flags:
        if rule.if_unsure == "nothing":
            continue
        assert care_rank(rule.if_unsure) <= care_rank(rule.care_level), rule.id
        told = red_flag_words(rule, rule.if_unsure, ANY, engine.words)
        when = {"same_day": "today", "within_days": "within the next few days"}[rule.if_unsure]
        if rule.if_unsure != rule.care_level:
            assert told.by_when == when, rule.id
            assert "not sure" in told.what_to_do
            assert "{" not in told.what_to_say


@pytest.mark.hazard("H36")
def test_at_its_own_level_a_rule_keeps_its_own_words(engine: Engine) -> None:
    for rule in engine.knowledge.red_flags:
        assert red_flag_words(rule, rule.care_level, ANY, engine.words) == engine.words.red_flags[rule.id]


@pytest.mark.hazard("H36")
def test_not_sure_about_an_emergency_sign_says_today_and_when_it_becomes_an_emergency(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    case: Json = {
        "person": {"age": 50, "sex": "male"},
        "evidence": [{"id": "new_breathlessness_or_chest_pain", "state": "unsure"}],
    }
    turn = look(engine, case)
    assert turn.triage.care_level == "same_day"

    show_assessment(engine.write(turn), engine.words, engine.knowledge.red_flags)

    printed = " ".join(capsys.readouterr().out.split())
    assert "because you were not sure about: new breathlessness or chest pain" in printed
    assert "(today)" in printed
    assert "(now)" not in printed
    assert "If the sign becomes clear, or you get worse, get emergency help at once." in printed
