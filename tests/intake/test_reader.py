"""Own words to findings: what is said, denied, past, supposed, somebody else's, and how much."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kneewise.intake import PatternError, Reader, Reading, read
from kneewise.knowledge import schema
from kneewise.knowledge.load import load

HERE = Path(__file__).parent


def _reader() -> Reader:
    entries: list[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = []
    classes: dict[str, tuple[str, ...]] = {}
    for file in load().files.values():
        if isinstance(file, schema.LexiconFile):
            classes.update(file.classes)
            entries += [(e.finding, e.says, e.denies, e.not_if) for e in file.entries]
    return Reader(entries, classes)


READER = _reader()


def test_every_phrase_of_the_lexicon_can_be_read() -> None:
    READER.prove()


def states(text: str) -> dict[str, str]:
    return {m.finding: m.state for m in read(text, READER).mentions}


def value(text: str, finding: str) -> float | None:
    return next((m.value for m in read(text, READER).mentions if m.finding == finding), None)


# --- denial ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "finding", "state"),
    [
        ("no swelling in the knee", "generalised_knee_swelling", "absent"),
        ("my knee is not swollen", "generalised_knee_swelling", "absent"),
        ("my knee isn't swollen or hot", "local_warmth", "absent"),
        ("knee has never locked", "knee_locking", "absent"),
        ("it doesn't lock", "knee_locking", "absent"),
        ("never had a blood clot", "history_of_venous_thromboembolism", "absent"),
        ("pain behind the knee without any swelling", "posterior_knee_pain", "present"),
        ("No redness, swelling, numbness or tingling.", "skin_redness", "absent"),
        ("No redness, swelling, numbness or tingling.", "generalised_knee_swelling", "absent"),
        ("No redness, swelling, numbness or tingling.", "leg_or_foot_numbness_or_tingling", "absent"),
        ("Denies fever, chills, weight loss and night sweats.", "fever_or_shivering", "absent"),
        ("Denies fever, chills, weight loss and night sweats.", "unplanned_weight_loss", "absent"),
        ("no injury, calf swollen", "calf_swelling", "present"),
        ("no injury, calf swollen", "any_injury_at_onset", "absent"),
        ("no fall but my calf is swollen", "calf_swelling", "present"),
        ("no fever and my calf is hot", "local_warmth", "present"),
        ("swelling: none. pain behind the knee", "posterior_knee_pain", "present"),
        ("not only is my calf swollen, it is hot", "calf_swelling", "present"),
        ("not only is my calf swollen, it is hot", "local_warmth", "present"),
        ("I can't stop limping", "limping", "present"),
        ("I can't walk", "unable_to_walk_4_steps", "present"),
        ("I could neither walk nor sit", "unable_to_walk_4_steps", "present"),
        ("I have no idea what I did to it", "onset_without_injury", "present"),
        ("can't recall any injury", "any_injury_at_onset", "absent"),
        ("no pain at rest", "constant_or_rest_pain", "absent"),
        ("I can walk fine", "unable_to_walk_4_steps", "absent"),
        ("the knee doesn't give way and it doesn't lock", "knee_giving_way", "absent"),
        ("the knee doesn't give way and it doesn't lock", "knee_locking", "absent"),
    ],
)
def test_denial_has_a_scope(text: str, finding: str, state: str) -> None:
    assert states(text).get(finding) == state


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("not sure if my calf is swollen", "calf_swelling"),
        ("it no longer locks", "knee_locking"),
        ("I don't know whether it is numb", "leg_or_foot_numbness_or_tingling"),
        ("no better with ice", "eased_by_ice_or_analgesics"),
        ("pain goes when I sit", "worse_on_sitting"),
        ("the ache eases when I walk", "worse_on_walking"),
        ("worried it's a blood clot", "history_of_venous_thromboembolism"),
        ("could it be DVT?", "history_of_venous_thromboembolism"),
        ("is it a torn meniscus?", "known_meniscus_tear"),
        ("what if I have had a clot", "history_of_venous_thromboembolism"),
    ],
)
def test_doubt_and_worry_say_nothing(text: str, finding: str) -> None:
    assert finding not in states(text)


def test_a_sign_told_once_is_not_lost_to_a_denial_elsewhere() -> None:
    assert (
        states("At first no swelling, then my calf was swollen by the evening")["calf_swelling"] == "present"
    )


# --- then and now, and whose ----------------------------------------------------------------------


def test_past_illness_is_history_and_not_a_present_sign() -> None:
    found = states(
        "Last year I tore my ACL and my knee was locked. Now there is a dull ache behind the knee."
    )
    assert found["history_of_acl_injury"] == "present"
    assert found["posterior_knee_pain"] == "present"
    assert "knee_locking" not in found


def test_the_story_of_this_episode_is_present_although_told_in_the_past() -> None:
    found = states("I felt a pop yesterday and the knee swelled up overnight")
    assert found["pop_at_injury"] == found["swelling_by_next_day"] == "present"


@pytest.mark.parametrize("who", ["My mother", "my dad", "My brother"])
def test_another_persons_clot_is_family_history_only(who: str) -> None:
    found = states(f"{who} had a blood clot. My calf is sore.")
    assert "history_of_venous_thromboembolism" not in found
    assert found["family_history_of_clots"] == "present"
    assert found["calf_pain"] == "present"


def test_a_carer_writes_about_the_patient() -> None:
    reading = read("My son is 12. His knee hurts and he is limping, he can't run.", READER)
    assert (reading.respondent, reading.age, reading.sex) == ("carer", 12, "male")
    assert {m.finding for m in reading.mentions} >= {"limping", "knee_pain_unplaced"}


def test_first_person_is_self() -> None:
    assert read("my left knee hurts", READER).respondent == "self"
    assert read("45-year-old woman with knee pain", READER).respondent is None


# --- figures and the person -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("knee pain for two weeks", 14),
        ("calf sore since yesterday", 1),
        ("8 months of pain behind the knee", 243.2),
        ("it started a few days ago", 3),
        ("hurting for over a year", 365),
        ("sore hamstring, 6 wks now", 42),
        ("pain behind knee started three years ago", 1095),
        ("Six weeks of pain on the outer side", 42),
        ("had it for a fortnight", 14),
    ],
)
def test_since_when(text: str, days: float) -> None:
    assert value(text, "duration_days") == pytest.approx(days)


@pytest.mark.parametrize(
    "text",
    [
        "three years ago I tore my ACL",
        "worse after sitting for 2 hours",
        "I am 20 weeks pregnant",
        "my son is 6 years old",
        "I smoked for 20 years",
        "had surgery 6 weeks ago",
        "flew for 9 hours",
    ],
)
def test_other_spans_of_time_are_not_the_duration(text: str) -> None:
    assert value(text, "duration_days") is None


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("pain 8/10", 8),
        ("it's a six or seven out of ten", 7),
        ("9 out of 10 pain", 9),
        ("pain is about a 4.", 4),
    ],
)
def test_pain_scores(text: str, score: float) -> None:
    assert value(text, "pain_score_0_to_10") == score


@pytest.mark.parametrize(
    "words", ["excruciating pain", "the pain is agony", "my calf is killing me", "unbearable"]
)
def test_words_of_severe_pain(words: str) -> None:
    assert states(words)["severe_pain"] == "present"


@pytest.mark.parametrize(
    ("text", "celsius"), [("temp 38.5", 38.5), ("my temperature is 39", 39), ("fever of 102 F", 38.89)]
)
def test_temperature_in_celsius(text: str, celsius: float) -> None:
    assert value(text, "temperature_c") == pytest.approx(celsius, abs=0.01)


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("22-year-old male rugby player", 22, "male"),
        ("I'm 45 and my knee hurts", 45, None),
        ("45F sore knee", 45, "female"),
        ("28M hamstring went", 28, "male"),
        ("my 13 yo daughter has a sore knee", 13, "female"),
        ("Turned 50 a few months ago, knee hurts", 50, None),
        ("My daughter (9) is limping", 9, "female"),
        ("knee pain since I was 15", None, None),
        ("I ran 28 miles, knee sore", None, None),
    ],
)
def test_age_and_sex(text: str, age: float | None, sex: str | None) -> None:
    reading = read(text, READER)
    assert (reading.age, reading.sex) == (age, sex)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("pain behind my left knee", "left"),
        ("R hamstring tight", "right"),
        ("both knees ache", "both"),
        ("knee hurts right behind the kneecap", None),
        ("it swelled right away", None),
        ("I left the house and my right calf cramped", "right"),
        ("left calf is bigger than the right", "left"),
    ],
)
def test_side(text: str, side: str | None) -> None:
    assert read(text, READER).side == side


# --- words as people type them --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("pian at teh bak of my nee", "posterior_knee_pain"),
        ("my calfs swolen", "calf_swelling"),
        ("hamstirng pain when runing", "worse_on_running"),
        ("cant put wieght on my leg", "unable_to_walk_4_steps"),
        ("my knee went out on me", "knee_giving_way"),
        ("kneecap poped out", "patella_slipped_out_of_place"),
        ("numness in my foot", "leg_or_foot_numbness_or_tingling"),
        ("pins n needles in my foot", "leg_or_foot_numbness_or_tingling"),
        ("sciatca for years", "history_of_back_pain_or_sciatica"),
        ("PAIN BEHIND MY KNEE!!!", "posterior_knee_pain"),
        ("oedema of the calf", "calf_swelling"),
        ("edema in my calf", "calf_swelling"),
        ("pain in my bum cheek", "buttock_pain"),
        ("cant put any weigth on it", "unable_to_walk_4_steps"),
        ("shoort of breath", "new_breathlessness_or_chest_pain"),
        ("short of breah", "new_breathlessness_or_chest_pain"),
        ("shot of breath", "new_breathlessness_or_chest_pain"),
        ("it selled up in an hour, my knee", "swelling_within_2_hours"),
    ],
)
def test_typos_slang_and_spellings(text: str, finding: str) -> None:
    assert states(text).get(finding) == "present"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("my shoulder aches when I lift my arm", "shoulder_or_arm"),
        ("sore throat and a cough", "cough_or_cold"),
        ("bad headache all day", "headache"),
        ("chest pain when I breathe", "chest"),
        ("shoulder hurts and my knee too", None),
        ("pain behind the knee", None),
    ],
)
def test_out_of_scope_is_recognised(text: str, reason: str | None) -> None:
    assert read(text, READER).out_of_scope == reason


def test_out_of_scope_keeps_its_danger() -> None:
    assert states("chest pain and short of breath")["new_breathlessness_or_chest_pain"] == "present"


def test_what_was_not_understood_is_shown() -> None:
    reading = read("My knee is swollen. The neighbour plays the trumpet loudly.", READER)
    assert any("trumpet" in clause for clause in reading.not_understood)
    assert not any("swollen" in clause for clause in reading.not_understood)


def test_phrases_without_a_site_speak_of_the_last_one_named() -> None:
    assert states("My calf cramped. It is swollen.")["calf_swelling"] == "present"
    assert "calf_swelling" not in states("My knee clicks. It is swollen.")


@pytest.mark.parametrize(
    ("text", "grows"),
    [
        ("I found a lump in my thigh. It is getting bigger.", True),
        ("It is getting bigger. I found a lump in my thigh.", True),
        ("My knee is swollen. There is no lump. The hole in my shoe is getting bigger.", False),
        ("The pain is not so bad. My garden is getting bigger.", False),
    ],
)
def test_what_grows_is_a_lump_only_where_a_lump_is_told(text: str, grows: bool) -> None:
    assert ("growing_lump" in states(text)) is grows


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Three weeks since a skiing twist and it buckles", 21),
        ("two weeks since I fell, knee sore", 14),
        ("Five days of pain running down the leg", 5),
        ("two weeks since my surgery", None),
        ("six months since I gave birth", None),
    ],
)
def test_since_when_from_the_accident(text: str, days: float | None) -> None:
    assert value(text, "duration_days") == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("calf sore for thhree weeks", 21),
        ("knee sore since yestrday", 1),
        ("twisted my knee there weeks ago", 21),
        ("fell on my knee tday", 0.5),
        ("My knee aches. The weather has been awful this week.", None),
        ("My first time in the gym for months, thighs sore", None),
        ("My colleague had a bad knee last weekend. Mine aches.", None),
        ("My wife noticed two days ago that my calf is swollen", 2),
    ],
)
def test_since_when_despite_slips_and_small_talk(text: str, days: float | None) -> None:
    assert value(text, "duration_days") == days


def test_the_words_of_a_mended_figure_are_those_that_were_typed() -> None:
    text = "calf sore for thhree weekss, no fever"
    (mention,) = [m for m in read(text, READER).mentions if m.finding == "duration_days"]
    assert mention.words == text[mention.start : mention.end] == "for thhree weekss"


@pytest.mark.parametrize(
    ("text", "limps"),
    [
        ("Our old dog has a limp. My knee aches.", False),
        ("My cat is limping", False),
        ("I fell over the dog and now I am limping", True),
        ("Tripped over the dog and limping since", True),
        ("I was walking my dog when my knee went and I limp now", True),
    ],
)
def test_a_pets_limp_is_not_the_persons(text: str, limps: bool) -> None:
    assert ("limping" in states(text)) is limps


@pytest.mark.parametrize(("text", "days"), [("getting better day by day", False), ("worse day by day", True)])
def test_day_by_day_is_worse_only_where_worse_is_said(text: str, days: bool) -> None:
    assert ("worsening_over_time" in states(f"My knee is {text}")) is days


# --- every danger sign, in many phrasings ---------------------------------------------------------

PHRASES: dict[str, Any] = YAML(typ="safe", pure=True).load((HERE / "danger_phrases.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("finding", "text"), [(finding, text) for finding, texts in PHRASES["says"].items() for text in texts]
)
def test_danger_is_recognised(finding: str, text: str) -> None:
    assert states(text).get(finding) == "present"


@pytest.mark.parametrize("case", PHRASES["harmless"], ids=lambda case: case["text"][:30])
def test_harmless_words_raise_no_false_danger(case: dict[str, Any]) -> None:
    found = states(case["text"])
    assert [f for f in case["not"] if found.get(f) == "present"] == []


# --- any text at all ------------------------------------------------------------------------------


def _sound(text: str, reading: Reading) -> None:
    for mention in reading.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.words == text[mention.start : mention.end]
    assert len({m.finding for m in reading.mentions}) == len(reading.mentions)


PIECES = st.sampled_from(
    [
        "knee",
        "calf",
        "swollen",
        "no",
        "not",
        "never",
        "can't",
        ",",
        ".",
        ";",
        "(",
        ")",
        "/",
        "&",
        "pain",
        "behind",
        "my",
        "the",
        "left",
        "right",
        "İ",
        "ß",
        "👍",
        "<b>",
        "'",
        '"',
        "--",
        "8/10",
        "38.5\n",
        "",
        "",
        "",
        "years",
        "ago",
        "since",
        "yesterday",
        "or",
        "and",
        "nor",
        "but",
        "mother",
        "had",
        "clot",
        "45F",
        "numb",
        "\n",
        "\t",
        "1e9",
        "DROP",
        "TABLE",
        "½",
        "’",
        "100",
        "over",
        "two\n",
        "",
        "",
        "",
        "weeks",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join)))
def test_any_text_is_read_and_words_are_its_own(text: str) -> None:
    _sound(text, read(text, READER))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n ",
        "👍🏽😀🦵 мое колено болит 膝が痛い ركبتي تؤلمني",
        "<script>alert('knee')</script> <!-- calf swollen -->",
        "'; DROP TABLE cases; -- knee pain",
        "\x00\x01\ufeff knee \u202e pain",
        "İİİİ my knee is swollen İ",
        "knee" * 5000,
        "a" * 50_000,
    ],
)
def test_hostile_text_never_raises(text: str) -> None:
    _sound(text, read(text, READER))


@pytest.mark.parametrize(
    "unit",
    [
        "my knee is swollen and I can't walk since yesterday, no numbness or tingling or ",
        "pain and ",
        "no ",
        "knee, ",
        "not sure if ",
        "8 or 9 weeks ",
        "qzxwv jkfbr mnbvc ",
        "(((((",
        "1 to 2 to 3 to ",
        "about ",
        "last past ",
        "since this last ",
        "for 2 weeks. ",
        "left knee last year. ",
    ],
)
def test_100_kilobytes_do_not_hang(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    reading = read(text, READER)
    assert time.process_time() - started < 20
    _sound(text, reading)


def test_beyond_the_bound_is_said_to_be_unread() -> None:
    reading = read("word " * 30_000, READER)
    assert reading.unread_characters == 50_000


def test_the_same_text_gives_the_same_reading() -> None:
    text = "My left knee locked yesterday, can't straighten it, no swelling."
    assert read(text, READER) == read(text, _reader())


# --- the pattern language -------------------------------------------------------------------------


def tiny(
    *says: str, denies: tuple[str, ...] = (), not_if: tuple[str, ...] = (), **classes: tuple[str, ...]
) -> Reader:
    return Reader([("found", says, denies, not_if)], classes)


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("red knee", "my red knees", True),
        ("red knee", "red and sore knee", False),
        ("red .. knee", "red and sore knee", True),
        ("red .. knee", "red one two three four five knee", False),
        ("red ... knee", "red one two three, four five knee", True),
        ("(red|blue) knee", "blue knee", True),
        ("red [sore] knee", "red sore knee", True),
        ("red [sore] knee", "red knee", True),
        ("thrombo*", "had a thrombophlebitis", True),
        ("=weights", "lifting weights", True),
        ("=weights", "no weight on it", False),
        ("red .. knee", "red but knee", False),
        ("<color> knee", "green knee", True),
        ("<ache> @ <site>", "ache in the calf", True),
        ("<ache> @ <site>", "the calf does ache", True),
        ("<ache> @ <site>", "ache in the thigh and calf", True),
        ("<ache> @ <site>", "aching thigh and the calf is fine", False),
    ],
)
def test_patterns(pattern: str, text: str, fits: bool) -> None:
    reader = tiny(
        pattern, color=("green",), ache=("ache",), site=("calf",), body=("thigh", "calf"), complaint=("ache",)
    )
    assert bool(read(text, reader).mentions) is fits


def test_denies_and_not_if() -> None:
    reader = tiny("lock", denies=("move freely", "!stick"), not_if=("door",))
    assert [m.state for m in read("it locks", reader).mentions] == ["present"]
    assert [m.state for m in read("it moves freely", reader).mentions] == ["absent"]
    assert [m.state for m in read("it does not stick", reader).mentions] == ["absent"]
    assert not read("it sticks", reader).mentions
    assert not read("I locked the door", reader).mentions


def test_history_patterns_hold_in_the_past() -> None:
    assert not read("ten years ago I had gout", tiny("gout")).mentions
    assert read("ten years ago I had gout", tiny("~ gout")).mentions


@pytest.mark.parametrize("pattern", ["(knee", "knee)", "the", "[knee]", "<nothing> knee"])
def test_a_bad_pattern_is_told_with_its_finding(pattern: str) -> None:
    with pytest.raises(PatternError, match="found"):
        tiny(pattern)


# --- the labelled texts ---------------------------------------------------------------------------


def test_labels_name_findings_that_exist() -> None:
    known = {
        finding.id
        for file in load().files.values()
        if isinstance(file, schema.FindingFile)
        for finding in file.findings
    }
    labels = YAML(typ="safe", pure=True).load((HERE / "labelled.yaml").read_text("utf-8"))["texts"]
    named = {f for t in labels for key in ("present", "absent", "maybe") for f in t.get(key, ())}
    named |= {f for t in labels for f in t.get("values", {})} | set(PHRASES["says"])
    named |= {f for case in PHRASES["harmless"] for f in case["not"]}
    assert named - known == set()
    assert sum(bool(t.get("held_back")) for t in labels) == 36
