"""Complaints about something else are named as that, keep their danger, and never swallow one about the leg."""

from __future__ import annotations

import pytest

from kneewise.pathway import Engine

ELSEWHERE = (
    ("my shoulder hurts when I reach up", "shoulder_or_arm"),
    ("tennis elbow, sore when I grip", "shoulder_or_arm"),
    ("my finger is swollen after I jammed it in a door", "shoulder_or_arm"),
    ("I've had a chesty cough for two weeks", "cough_or_cold"),
    ("coughing for a fortnight with a runny nose", "cough_or_cold"),
    ("worst headache of my life, came on suddenly", "headache"),
    ("toothache, my jaw is swollen", "eye_ear_mouth"),
    ("my eye is red and sore", "eye_ear_mouth"),
    ("itchy rash all over my tummy", "skin"),
    ("an itchy rash since Monday", "skin"),
    ("stiff neck since I woke up", "neck_or_upper_back"),
    ("tummy ache and diarrhoea since yesterday", "abdomen"),
    ("my period pain is awful", "other"),
    ("my blood pressure is high, what should I do", "other"),
    ("am I pregnant? my period is two weeks late", "pregnancy"),
    ("is it safe to fly when I'm 30 weeks pregnant?", "pregnancy"),
    ("can I take ibuprofen with paracetamol?", "medicine"),
    ("how many naproxen can I take a day", "medicine"),
    ("should I stop my blood thinners before the dentist?", "medicine"),
    ("I feel really low and anxious and can't sleep", "mood_or_sleep"),
    ("my dog is limping on his back leg", "animal"),
    ("Hi, our horse is lame on the left hind leg", "animal"),
)
HELP_FIRST = (
    ("I want to kill myself", "self_harm"),
    ("i dont want to live any more", "self_harm"),
    ("My knee hurts so much that I want to die", "self_harm"),
    ("he says he wants to die, his leg hurts", "self_harm"),
    ("I've been self-harming", "self_harm"),
    ("took too many tablets for my knee", "self_harm"),
    ("I think I'm having a stroke, my face droops", "stroke"),
    ("my speech is slurred and my leg is weak since an hour", "stroke"),
)
STAYS = (
    "my knee hurts and I also have a cold",
    "shoulder is better now but the knee aches going downstairs",
    "pain behind my knee, and a bit of a headache today",
    "my calf is sore. I had a tooth out last week.",
    "hamstring strain and I'm 20 weeks pregnant",
    "knee pain, I feel low about not running",
    "sore hamstring since I chased my dog",
    "I fell over the dog and hurt my knee",
    "my dog is big and pulled me over, now my knee is swollen",
    "can I take ibuprofen for my knee pain?",
    "my leg has a rash behind the knee",
    "back pain going down the leg with a rash on my tummy",
    "my knee is killing me, these stairs will be the death of me",
    "I'm dying to run again but my hamstring is sore",
    "I had a stroke in 2010 and my right leg is still weak",
    "I don't want to live with this knee pain for years",
    "I have no thoughts of suicide, just knee pain",
)
DANGER_ELSEWHERE = (
    "crushing chest pain and I'm breathless",
    "tight chest since this morning, pain down my left arm",
    "my shoulder hurts and I can't catch my breath",
    "sore throat, and I keep coughing up blood",
    "toothache, and I passed out twice today",
)


@pytest.mark.parametrize(("text", "reason"), ELSEWHERE + HELP_FIRST)
def test_what_is_about_something_else_is_named_as_that(text: str, reason: str, engine: Engine) -> None:
    turn = engine.look(engine.parse({"text": text}))

    assert turn.reading.out_of_scope == reason
    phrases = engine.words.phrases
    assert f"out_of_scope_{reason}" in phrases or reason in ("cough_or_cold", "eye_ear_mouth", "skin")


@pytest.mark.hazard("H12")
@pytest.mark.parametrize("text", STAYS)
def test_a_leg_complaint_with_another_beside_it_stays_one(text: str, engine: Engine) -> None:
    assert engine.look(engine.parse({"text": text})).reading.out_of_scope is None


@pytest.mark.hazard("H12")
@pytest.mark.parametrize("text", DANGER_ELSEWHERE)
def test_a_danger_told_about_another_part_keeps_its_level(text: str, engine: Engine) -> None:
    turn = engine.look(engine.parse({"text": text}))

    assert turn.triage.care_level == "emergency"
    assert turn.reading.out_of_scope is not None


@pytest.mark.parametrize(
    "text", ["toothache, my jaw is swollen", "my finger is swollen", "my ear is swollen"]
)
def test_it_is_swollen_is_not_the_knee_where_another_part_is_meant(text: str, engine: Engine) -> None:
    told = {m.finding for m in engine.look(engine.parse({"text": text})).reading.mentions}

    assert not told & {"generalised_knee_swelling", "calf_swelling", "local_warmth"}


def test_every_reason_has_help_that_names_whom_to_ask(engine: Engine) -> None:
    told = {id_: phrase for id_, phrase in engine.words.phrases.items() if id_.startswith("out_of_scope_")}

    assert {"out_of_scope_other", "out_of_scope_self_harm", "out_of_scope_stroke"} <= set(told)
    assert all(phrase.more for phrase in told.values())
    assert "Samaritans" in told["out_of_scope_self_harm"].more
    assert "emergency" in told["out_of_scope_self_harm"].more
    assert "emergency" in told["out_of_scope_stroke"].text
