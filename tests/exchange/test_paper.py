"""Printed pages: complete, in reading order, tagged, never over the edge, and safe from what people write."""

from __future__ import annotations

import io
import json
import random
import re
import struct
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

import kneewise
from kneewise.evidence import BadCase
from kneewise.exchange import paper
from kneewise.exchange.paper.since import with_diary
from kneewise.exchange.paper.typesetting import Paper
from kneewise.exchange.paper.wording import Wording
from kneewise.pathway import Engine
from kneewise.pathway.plan import plan
from kneewise.pathway.review import review_programme
from kneewise.plan import parse_preferences

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
ON = date(2026, 11, 21)
LONG_WORD = "Donaudampfschiff" * 5  # 80 letters without a place to break
HOSTILE = (
    '#set page(width: 1cm) *bold* _it_ $x^2$ <script>alert("1")</script> \\ @ref `raw` [a] // c /* d */ '
    '#panic() #read("/etc/passwd") {{ 7*7 }} <label> = Title - item'
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The engine, once."""
    return kneewise.default_engine()


@pytest.fixture(scope="module")
def case() -> dict[str, Any]:
    """Somebody who has answered all."""
    return dict(json.loads((EXAMPLES / "answered.json").read_text()))


@pytest.fixture(scope="module")
def programme(case: dict[str, Any], engine: Engine) -> dict[str, Any]:
    """Their programme."""
    return dict(plan(engine.look(engine.parse(case)), parse_preferences(None, engine.knowledge), engine))


@pytest.fixture(scope="module")
def review(engine: Engine) -> dict[str, Any]:
    """A programme followed for four weeks, with measurements, to an alarm."""
    programme = json.loads((EXAMPLES / "programme.json").read_text())
    diary = [json.loads(line) for line in (EXAMPLES / "diary.jsonl").read_text().splitlines()]
    for n, (on, value) in enumerate((("2026-11-22", 30.0), ("2026-12-04", 18.0))):
        diary.append(
            {
                "id": f"measured-{n}",
                "on": on,
                "kind": "measurement",
                "side": "left",
                "value": value,
                "measure": "active_knee_extension_deficit_degrees",
                "method": "phone_same_helper",
            }
        )
    return dict(review_programme(programme, diary, "2026-12-20", engine))


def read(pdf: bytes) -> pypdf.PdfReader:
    """The PDF as another program reads it."""
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Its text in the order in which it is read, spaces made one."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def without_spaces(text: str) -> str:
    """Text without the places where lines may break."""
    return re.sub(r"\s+", "", text)


def assert_in_order(text: str, *parts: str) -> None:
    """Each part is there, one after the other."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, f"{part!r} is not after {text[max(at - 60, 0) : at]!r}"
        at = found + len(part)


def pixels(png: bytes) -> tuple[int, list[bytes]]:
    """Bytes in a pixel and the rows of a PNG of 8 bits a channel, by its specification (W3C PNG, 9.2)."""
    width, _height, _depth, colour = struct.unpack(">IIBB", png[16:26])
    step = {2: 3, 6: 4}[colour]
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw, rows, above = zlib.decompress(data), [], bytes(width * step)
    for start in range(0, len(raw), width * step + 1):
        way, row = raw[start], bytearray(raw[start + 1 : start + 1 + width * step])
        for i in range(len(row)):
            left = row[i - step] if i >= step else 0
            corner = above[i - step] if i >= step else 0
            guess = left + above[i] - corner
            paeth = min((left, above[i], corner), key=lambda one: abs(guess - one))
            row[i] = (row[i] + (0, left, above[i], (left + above[i]) // 2, paeth)[way]) % 256
        above = bytes(row)
        rows.append(above)
    return step, rows


def assert_inside_the_page(document: Paper) -> None:
    """Four millimetres along each edge of each page is white: nothing runs out of it."""
    for number, png in enumerate(document.pictures(12), start=1):
        step, rows = pixels(png)
        edge = 2 * step
        strip = b"".join([*rows[:2], *rows[-2:], *(row[:edge] + row[-edge:] for row in rows)])
        assert set(strip) == {255}, f"page {number} has something in its margin"


def everything_told(engine: Engine, state: str, text: str) -> dict[str, Any]:
    """A case in which every question of kneewise is answered, the worst that anybody could hand over."""
    evidence = []
    for finding in engine.knowledge.findings.values():
        if finding.kind == "quantity" and finding.id != "age_years":
            evidence.append({"id": finding.id, "value": finding.maximum, "side": "left", "on": "2026-11-20"})
        elif finding.kind == "yes_no":
            mixed = random.Random(finding.id).choice(["present", "absent", "unsure"])
            evidence.append({"id": finding.id, "state": mixed if state == "mixed" else state})
    return {
        "on": "2026-11-21", "person": {"age": 44, "sex": "female", "pregnant": True}, "side": "both",
        "respondent": "carer", "text": text, "evidence": evidence,
    }  # fmt: skip


# --- the appointment -----------------------------------------------------------------------------------


def test_the_page_for_the_appointment_tells_the_story_in_order(case: dict[str, Any], engine: Engine) -> None:
    pdf = paper.appointment_pdf(case, engine, on=ON, question="Do I need a scan?")
    text = text_of(pdf)
    assert_in_order(
        text, "For my appointment", "Male, 35 years old, both legs", "Do I need a scan?", "How soon",
        "“stiff behind the knees after sitting all day, no injury, no swelling”", "4 weeks", "Worse with",
        "Better with", "What was tried", "Danger signs asked about", "Yes:", "none", "No:", "dark urine", "Not asked:",
        "Measured", "2 out of 10, error ± 1.4", "What kneewise finds likely", "likely – about 7 in 10", "For:", "Against:",
        "Something else", "No clinician has reviewed", "knowledge " + engine.knowledge.version,
    )  # fmt: skip


def test_danger_questions_are_told_both_ways_and_not_asked_is_never_no(engine: Engine) -> None:
    case = {
        "person": {"age": 50}, "text": "my foot went blue",
        "evidence": [
            {"id": "dark_urine", "state": "absent"}, {"id": "pulsatile_lump", "state": "unsure"},
            {"id": "calf_swelling", "state": "present"},
        ],
    }  # fmt: skip
    text = text_of(paper.appointment_pdf(case, engine, on=ON))
    names = {id_: told.name for id_, told in engine.words.findings.items()}
    order = (
        "Yes:", names["calf_swelling"], "Not sure:", names["pulsatile_lump"], "No:", names["dark_urine"],
        "Not asked:", names["bladder_bowel_or_saddle_change"],
    )  # fmt: skip
    assert_in_order(text, *order)
    assert "Not all urgent questions have been answered" in text


def test_in_an_emergency_the_page_leads_with_what_to_do_and_ranks_nothing(engine: Engine) -> None:
    case = {"text": "calf pain", "evidence": [{"id": "new_breathlessness_or_chest_pain", "state": "present"}]}
    text = text_of(paper.appointment_pdf(case, engine, on=ON, question="What is it?"))
    assert_in_order(text, "Get emergency help now.", "999", "Say: “", "My question", "In my own words")
    assert "What kneewise finds likely" not in text


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("state", ["present", "mixed", "absent"])
def test_the_page_for_the_appointment_is_one_side_whatever_there_is_to_say(
    state: str, large: bool, engine: Engine
) -> None:
    case = everything_told(engine, state, f"{LONG_WORD} " * 100)
    page = paper.appointment_paper(case, engine, on=ON, question=f"{LONG_WORD} why? " * 40, large_print=large)
    pdf = page.pdf()
    assert len(read(pdf).pages) == 1
    assert_inside_the_page(page)
    text = text_of(pdf)
    assert "Left out to fit on one side: part of the own words; part of the question" in text
    assert "No clinician has reviewed" in text
    assert without_spaces(LONG_WORD) in without_spaces(text)


def test_what_is_left_out_is_counted(engine: Engine) -> None:
    case = everything_told(engine, "absent", "it hurts")
    text = text_of(paper.appointment_pdf(case, engine, on=ON, large_print=True))
    said = re.search(r"and (\d+) more|No: (\d+), not listed here", text)
    assert said, text
    assert re.search(r"(\d+) names of danger signs", text)


def test_room_that_is_left_is_used(case: dict[str, Any], engine: Engine) -> None:
    story = "It pulls behind the knee when I bend forward, and it has done so for weeks. " * 4
    page = paper.appointment_paper({**case, "text": story}, engine, on=ON, large_print=True)
    assert page.pages() == 1
    assert story.strip() in text_of(page.pdf())  # 300 characters, though much else had to go


def test_what_was_told_since_stands_in_the_page(engine: Engine) -> None:
    programme = json.loads((EXAMPLES / "programme.json").read_text())
    both = [
        {
            "id": f"m{side}", "on": "2026-11-23", "kind": "measurement", "side": side, "value": value,
            "measure": "active_knee_extension_deficit_degrees", "method": "phone_same_helper",
        }
        for side, value in (("left", 30.0), ("right", 21.0))
    ]  # fmt: skip
    sign = {"id": "sign", "on": "2026-11-24", "kind": "check_in", "findings": {"calf_swelling": True}}
    diary = [*both, sign]
    review = review_programme(programme, diary, "2026-11-25", engine)
    case = with_diary(programme["origin"]["case"], diary, ON, date(2026, 11, 25), engine.knowledge)
    text = text_of(paper.appointment_pdf(case, engine, on=ON, review=review))
    assert_in_order(
        text, "Get medical help today.", "Exercises since 21 November 2026 (stopped for now)", "Yes: swelling of the calf",
        "Measured",
    )  # fmt: skip
    assert "(left leg): 30 degrees, error ± 5.9" in text
    assert "(right leg): 21 degrees, error ± 5.9" in text


def test_an_alarm_that_nobody_has_seen_to_leads_although_its_sign_was_taken_back(engine: Engine) -> None:
    programme = json.loads((EXAMPLES / "programme.json").read_text())
    diary = [
        {"id": "a", "on": "2026-11-22", "kind": "check_in", "findings": {"calf_swelling": True}},
        {"id": "b", "on": "2026-11-23", "kind": "check_in", "findings": {"calf_swelling": False}},
    ]
    review = review_programme(programme, diary, "2026-11-25", engine)
    case = with_diary(programme["origin"]["case"], diary, ON, date(2026, 11, 25), engine.knowledge)
    text = text_of(paper.appointment_pdf(case, engine, on=ON, review=review))
    assert_in_order(text, "Get medical help today.", "an alarm of the programme since 22 November 2026")


# --- what people write ---------------------------------------------------------------------------------


def test_hostile_words_come_out_as_themselves(case: dict[str, Any], engine: Engine) -> None:
    for make in (paper.appointment_pdf, paper.letter_pdf):
        pdf = make({**case, "text": HOSTILE}, engine, on=ON, question=HOSTILE)
        found = without_spaces(text_of(pdf))
        assert found.count(without_spaces(HOSTILE)) == 2


def test_signs_that_nobody_sees_cannot_turn_words_round(case: dict[str, Any], engine: Engine) -> None:
    text = "it is \u202enot\u202c swollen\u200b \x07bell\x1b[31m \u2067tail\u2069\ufeff"
    printed = text_of(paper.letter_pdf({**case, "text": text}, engine, on=ON))
    assert "“it is not swollen bell[31m tail”" in printed
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", printed)


def test_words_in_another_script_are_printed_or_said_to_be_missing(
    case: dict[str, Any], engine: Engine
) -> None:
    text = "колено болит – ελληνικά ĳ ş ő – 膝が痛い 😀"
    printed = text_of(paper.letter_pdf({**case, "text": text}, engine, on=ON))
    assert "колено болит – ελληνικά" in printed
    assert "◊◊◊◊" in printed
    assert "◊ stands for a sign that could not be printed." in printed
    plain = text_of(paper.letter_pdf(case, engine, on=ON))
    assert "could not be printed" not in plain


@pytest.mark.parametrize(
    "text",
    [
        "\u06d8\uf818\ueb55\u0470\u1c78\u0940\u1059\u032ca pain \u05be\x0b",
        "E\u2bf3 \u0308\ubeb9\xe9\u0a04\u0cfb pain \u0354\u0308\u2ec7",
        "pain \ufeff\u2028\u2029\u0085\ufffe\U0010ffff\u200d\u0301",
        "".join(chr(code) for code in range(0x370, 0x370 + 2000, 7)) + " pain",
    ],
)
def test_no_sign_of_any_script_stops_a_page(text: str, case: dict[str, Any], engine: Engine) -> None:
    assert "pain" in text_of(paper.letter_pdf({**case, "text": text}, engine, on=ON, question=text))


# --- the other pages -------------------------------------------------------------------------------------


def test_the_letter_says_who_asks_whom_for_what(case: dict[str, Any], engine: Engine) -> None:
    text = text_of(paper.letter_pdf(case, engine, on=ON, question="May I run?"))
    assert_in_order(
        text, "Please see me about my knee or leg (both legs)", "To", "From", "Date of birth",
        "Dear physiotherapist or doctor", "My question to you", "May I run?", "What I have noticed",
        "Danger signs asked about", "No clinician has reviewed", "Please examine me", "Signed",
    )  # fmt: skip
    longest = paper.letter_paper(everything_told(engine, "mixed", LONG_WORD * 20), engine, on=ON)
    assert longest.pages() <= 3
    assert_inside_the_page(longest)


@pytest.mark.parametrize("large", [False, True])
def test_the_programme_has_pictures_cues_doses_stop_rules_and_a_chart_for_the_fridge(
    large: bool, programme: dict[str, Any], engine: Engine
) -> None:
    pdf = paper.programme_pdf(programme, engine, on=ON, large_print=large)
    text = text_of(pdf)
    exercises = list(dict.fromkeys(item["exercise"] for day in programme["week"] for item in day["items"]))
    for id_ in exercises:
        told = engine.words.exercises[id_]
        assert_in_order(text, told.name, told.cues[0], told.stop_if)
    assert_in_order(text, "When to stop", "When to get help or come back", "My week", "Day 7")
    ticks = sum(len(day["items"]) for day in programme["week"])
    assert read(pdf).pages[-1].extract_text().count("☐") == ticks
    assert len(alternatives(pdf)) == len(exercises)


def test_the_exercises_with_the_most_to_say_stay_on_their_pages(
    programme: dict[str, Any], engine: Engine
) -> None:
    item = programme["week"][0]["items"][0]
    words = engine.words.exercises
    longest = [
        *sorted(words, key=lambda id_: len(words[id_].name))[-4:],
        *sorted(words, key=lambda id_: sum(map(len, words[id_].cues)))[-2:],
    ]
    items = [
        {**item, "exercise": id_, "side": "left", "why": [*item["why"], f"clinician:{LONG_WORD}"]}
        for id_ in longest
    ]
    week = [{"day": day, "items": items} for day in range(1, 8)]
    for large in (False, True):
        made = paper.programme_paper({**programme, "week": week}, engine, on=ON, large_print=large)
        text = text_of(made.pdf())
        assert all(words[id_].name in text for id_ in longest)
        assert_inside_the_page(made)


def test_a_programme_that_must_wait_says_why_and_has_no_chart(engine: Engine) -> None:
    case = {
        "person": {"age": 40}, "text": "my calf is swollen and warm since a long flight",
        "evidence": [{"id": "calf_swelling", "state": "present"}],
    }  # fmt: skip
    turn = engine.look(engine.parse(case))
    made = plan(turn, parse_preferences(None, engine.knowledge), engine)
    text = text_of(paper.programme_pdf(made, engine, on=ON))
    assert "No exercises for now" in text
    assert "My week" not in text


def test_the_report_tells_the_course_with_what_is_chance(review: dict[str, Any], engine: Engine) -> None:
    pdf = paper.progress_pdf(review, engine, on=date(2026, 12, 20))
    text = text_of(pdf)
    assert_in_order(
        text, "Alarms", "Still open: the exercises are stopped", "Worst pain of each day",
        "Worst pain of a day: 2 out of 10 on 21 November 2026", "Measures", "30 degrees, 22 November 2026",
        "18 degrees, 4 December 2026", "−12", "Yes, better. Chance alone: up to 8", "Sessions done", "Week 2: 3 of 3",
        "What is done now", "No exercises.", "Met", "Still missing", "What was changed", "Pain by day", "No clinician",
    )  # fmt: skip
    assert any("Worst pain of a day" in alternative for alternative in alternatives(pdf))


def test_a_report_of_a_hundred_weeks_stays_short(engine: Engine) -> None:
    programme = json.loads((EXAMPLES / "programme.json").read_text())
    start = date(2026, 11, 21).toordinal()
    diary = [
        {
            "id": f"e{n}",
            "on": date.fromordinal(start + n).isoformat(),
            "kind": "check_in",
            "pain_worst": n % 9,
        }
        for n in range(700)
    ]
    review = review_programme(programme, diary, date.fromordinal(start + 699).isoformat(), engine)
    report = paper.progress_paper(review, engine, on=ON)
    assert report.pages() <= 3
    assert_inside_the_page(report)


# --- the files -----------------------------------------------------------------------------------------


def alternatives(pdf: bytes) -> list[str]:
    """The text alternatives of all pictures, as a screen reader finds them in the structure."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, ArrayObject):
            for part in node:
                walk(part)
        elif isinstance(node, DictionaryObject):
            if node.get("/S") == "/Figure":
                found.append(str(node.get("/Alt", "")))
            if "/K" in node:
                walk(node["/K"])

    walk(read(pdf).trailer["/Root"]["/StructTreeRoot"])  # type: ignore[index]
    assert all(found), "a picture has no text alternative"
    return found


def every_kind(
    case: dict[str, Any], programme: dict[str, Any], review: dict[str, Any], engine: Engine, **how: Any
) -> dict[str, Paper]:
    """All four documents."""
    return {
        "appointment": paper.appointment_paper(case, engine, on=ON, **how),
        "letter": paper.letter_paper(case, engine, on=ON, **how),
        "programme": paper.programme_paper(programme, engine, on=ON, **how),
        "progress": paper.progress_paper(review, engine, on=ON, **how),
    }


def test_every_file_is_tagged_named_and_the_same_again(
    case: dict[str, Any], programme: dict[str, Any], review: dict[str, Any], engine: Engine
) -> None:
    for kind, document in every_kind(case, programme, review, engine).items():
        pdf = document.pdf()
        assert pdf == document.pdf(), kind
        reader = read(pdf)
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  # a value of the file
        assert root["/StructTreeRoot"]["/K"]
        assert root["/Lang"] == "en"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712  # a value of the file
        assert b"pdfuaid:part" in root["/Metadata"].get_data()
        assert reader.metadata is not None
        assert reader.metadata.title == document.data["title"]
        assert str(reader.metadata.creation_date).startswith("2026-11-21 00:00")
        fonts = {str(font["/BaseFont"]) for page in reader.pages for font in fonts_of(page)}
        assert all("SourceSansPro" in font for font in fonts), fonts


def fonts_of(page: Any) -> list[Any]:
    """The fonts of a page."""
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_large_print_is_at_least_16_points_for_what_is_to_be_read(
    case: dict[str, Any], programme: dict[str, Any], review: dict[str, Any], engine: Engine
) -> None:
    for kind, document in every_kind(case, programme, review, engine, large_print=True).items():
        sizes: dict[float, int] = {}

        def note(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
            if text.strip():
                shown = round(abs(size * tm[3] * cm[3]), 1)  # used at once
                sizes[shown] = sizes.get(shown, 0) + len(text.strip())  # noqa: B023

        for page in read(document.pdf()).pages:
            page.extract_text(visitor_text=note)
        assert min(sizes) >= 15.9, (kind, sizes)


def test_a_page_is_printed_in_english_or_not_at_all() -> None:
    with pytest.raises(BadCase, match="no printed pages in 'xx'"):
        Wording("xx").say("age", age=3)


@pytest.mark.parametrize("bad", [{}, {"week": []}, {"week": 3}, []])
def test_what_is_no_contract_is_refused_with_a_kind_word(bad: Any, engine: Engine) -> None:
    with pytest.raises(BadCase, match="kneewise plan"):
        paper.programme_pdf(bad, engine, on=ON)
    with pytest.raises(BadCase, match="kneewise review"):
        paper.progress_pdf(bad, engine, on=ON)


def test_an_exercise_of_another_knowledge_is_refused_by_name(
    programme: dict[str, Any], engine: Engine
) -> None:
    item = {**programme["week"][0]["items"][0], "exercise": "moon_walk"}
    with pytest.raises(BadCase, match="moon_walk"):
        paper.programme_pdf({**programme, "week": [{"day": 1, "items": [item]}]}, engine, on=ON)


def _with_calf(engine: Engine, *answers: tuple[str, bool]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The example's programme and diary with answers on the calf: (case brought up to date, review)."""
    programme = json.loads((EXAMPLES / "programme.json").read_text())
    diary = [
        {"id": f"calf-{on}", "on": on, "kind": "check_in", "findings": {"calf_swelling": swollen}}
        for on, swollen in answers
    ]
    last = date.fromisoformat(answers[-1][0])
    review = dict(review_programme(programme, diary, last.isoformat(), engine))
    return with_diary(programme["origin"]["case"], diary, ON, last, engine.knowledge), review


def test_a_sign_of_an_open_alarm_is_not_told_as_absent_when_it_went(engine: Engine) -> None:
    """A calf that was swollen yesterday and is not today may still hold a clot (hazard of a soothing page)."""
    case, review = _with_calf(engine, ("2026-11-24", True), ("2026-11-25", False))
    text = text_of(paper.appointment_pdf(case, engine, on=ON, review=review))
    assert_in_order(
        text, "possible blood clot in the leg (DVT) – because of: swelling of the calf",
        "Yes, on 24 November 2026 – no longer told now: swelling of the calf", "No:",
    )  # fmt: skip
    assert "swelling of the calf" not in text[text.index("No:") : text.index("Not asked:")]
    assert "Yes: none" not in text


def test_beside_an_open_alarm_no_course_soothes(engine: Engine) -> None:
    _case, review = _with_calf(engine, ("2026-11-23", False), ("2026-11-24", True))
    text = text_of(paper.progress_pdf(review, engine, on=date(2026, 11, 24)))
    assert_in_order(text, "Alarms", "stopped", "Week 1: 0 done; exercises stopped on 24 November 2026")
    assert "within what is usual" not in text
    assert "until you are back" not in text.lower()


def test_the_report_says_what_is_done_now_and_that_a_week_is_not_over(engine: Engine) -> None:
    _case, review = _with_calf(engine, ("2026-11-21", False), ("2026-11-23", False))
    text = text_of(paper.progress_pdf(review, engine, on=date(2026, 11, 23)))
    assert "Week 1, not over yet: 0 so far" in text
    now = text[text.index("What is done now") : text.index("Points before the next part")]
    assert re.search(r"(set|minute).*days? a week", now), now


def test_a_sign_nobody_was_sure_of_is_not_given_as_a_fact(engine: Engine) -> None:
    case = {
        "on": "2026-11-21", "person": {"age": 52, "sex": "female"}, "side": "right",
        "evidence": [
            {"id": "duration_days", "value": 4, "unit": "d"},
            *({"id": f, "state": "present"} for f in ("calf_swelling", "calf_pain", "onset_without_injury")),
            *({"id": f, "state": "unsure"} for f in ("known_knee_osteoarthritis", "popliteal_lump_or_fullness")),
        ],
    }  # fmt: skip
    text = text_of(paper.appointment_pdf(case, engine, on=ON))
    assert "because the answer was not sure: known wear of the knee joint" in text
    assert "because of: known wear" not in text


def test_a_letter_for_today_says_so_first(engine: Engine) -> None:
    case, review = _with_calf(engine, ("2026-11-24", True))
    text = text_of(paper.letter_pdf(case, engine, on=ON, review=review))
    assert_in_order(
        text, "Please see me about my knee or leg", "Please see me today.", "Dear physiotherapist"
    )


def test_a_stopped_programme_gives_one_instruction_and_it_is_the_most_urgent(engine: Engine) -> None:
    case = {
        "on": "2026-11-21", "person": {"age": 52, "sex": "female"}, "side": "right",
        "evidence": [
            {"id": "duration_days", "value": 4, "unit": "d"},
            *(
                {"id": f, "state": "present"}
                for f in ("calf_swelling", "calf_pain", "calf_tenderness", "onset_without_injury")
            ),
        ],
    }  # fmt: skip
    stopped = dict(plan(engine.look(engine.parse(case)), parse_preferences(None, engine.knowledge), engine))
    assert len(stopped["locked_by"]["because"]) > 1
    text = text_of(paper.programme_pdf(stopped, engine, on=ON))
    assert "Be checked for a clot today." in text
    assert "Call for a visit within the next few days" not in text


def test_pain_up_to_the_limit_is_not_called_fine(programme: dict[str, Any], engine: Engine) -> None:
    """The upper number is where one stops, the lower up to which all is well (protocols: pain_allowed)."""
    one = programme["protocols"][0]
    phase = next(p for p in engine.knowledge.protocols[one["id"]].phases if p.id == one["phase"])
    fine, limit = phase.pain_allowed
    text = text_of(paper.programme_pdf(programme, engine, on=ON))
    assert f"pain up to {fine} out of 10 is fine. The limit is {limit}." in text
    assert "above 3 out of 10" not in text


def test_two_years_are_two_years() -> None:
    assert Wording("en").length_of_time(730) == "2 years"
    assert Wording("en").length_of_time(500) == "16 months"
