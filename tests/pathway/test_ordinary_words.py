"""Ordinary complaints in ordinary words are not taken for emergencies; dangerous ones in plain words are."""

from __future__ import annotations

import pytest

from kneewise.knowledge.types import care_rank
from kneewise.pathway import Engine

ORDINARY = (
    "pain shooting from my back down the leg to the foot with tingling for two months",
    "tingling goes down the back of my thigh to the calf",
    "sciatica in my left leg, pins and needles in my toes when I sit",
    "sore behind the knee when I run downhill",
    "my knee clicks on stairs and aches at night",
    "calf is tight after football, no bruise",
    "cold day, ran 10k, hamstring tight afterwards",
    "my foot went numb sitting cross legged but it passed",
    "I had a DVT scare last year but it was fine. Now a dull ache behind the knee",
    "shin splints and sore calves since I took up running",
    "pain in the back of the leg, worse bending forward, eases lying down",
    "the inside of my knee hurts when I kneel, I am a carpet fitter",
    "went to the gym, did deadlifts, two days later the back of my thighs ache",
    "bit of a dull ache behind my right knee for a few months, stairs are ok",
    "my knees crack a lot and feel stiff in the mornings for ten minutes",
    "hurts on the outside of the knee at about 5k every run, fine the next day",
    "Deep ache in my bum cheek when I drive for long, no back pain",
    "I stretch every day but I still can't touch my toes and it pulls behind the knee",
    "tendon at the back outside of the knee is sore when I pull my heel in",
    "knee pain when squatting, 3 out of 10, no swelling, no locking",
    "I'm 70 and my knee is stiff when I get up from the chair",
    "my hamstring cramped at night and was sore next day",
    "Physio said tight hamstrings. Office job. Pulls behind both knees when I bend down",
    "soft lump behind my knee for a year, told it is a Baker's cyst, only tight when I squat",
    "ache above the kneecap after cycling up hills",
)
DANGEROUS = (
    ("I feel numb down there since my back went and my legs are weak", "emergency"),
    ("gone numb between my legs and can't tell when I'm peeing", "emergency"),
    ("leg pain and now I'm really short of breath", "emergency"),
    ("knee is hot and huge and I've got the shivers and a temperature of 39", "emergency"),
    ("my calf blew up after the operation, it's swollen and sore", "same_day"),
    ("foot has gone white and cold and the leg is agony since this morning", "emergency"),
    ("tore something in my bum doing the splits, heard a pop, can't walk, leg just flops", "same_day"),
    ("there's a lump behind my knee and it beats like my heart", "same_day"),
    ("can't lift my foot properly since yesterday, it slaps on the floor", "same_day"),
    ("knee is stuck bent, I can't straighten it at all since I twisted it", "same_day"),
    ("my son is 12, his thigh hurts and he is limping", "same_day"),
    ("My wife is pregnant. Her calf is swollen.", "same_day"),
    ("my wife is 8 months carrying, left calf is swollen since morning and paining", "same_day"),
)


@pytest.mark.hazard("H13")
@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_not_sent_to_urgent_care(text: str, engine: Engine) -> None:
    result = engine.assess({"text": text, "person": {"age": 40}})

    because = {flag["id"]: flag["because"] for flag in result["red_flags"]}
    assert care_rank(result["care_level"]) <= care_rank("within_days"), because


@pytest.mark.hazard("H12")
@pytest.mark.parametrize(("text", "least"), DANGEROUS)
def test_danger_in_plain_words_is_heard(text: str, least: str, engine: Engine) -> None:
    result = engine.assess({"text": text})

    assert care_rank(result["care_level"]) >= care_rank(least), result["understood"]  # type: ignore[arg-type]
