"""Questionnaires: the published examples, the traps of direction, and a second, slow scoring of KOOS."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kneewise.evidence import BadCase
from kneewise.follow.scores import felt_change, given_score, read_answers, score
from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Knowledge
from kneewise.knowledge.types_measures import Instrument


@pytest.fixture(scope="module")
def instruments(knowledge: Knowledge) -> dict[str, Instrument]:
    return knowledge.instruments


def everything(instrument: Instrument, answer: str) -> dict[str, float]:
    """All items answered with their lowest or highest answer."""
    return {item.id: getattr(item, answer) for item in instrument.items}


def values(instrument: Instrument, answers: dict[str, Any]) -> dict[str, float | None]:
    return {one.scale: one.value for one in score(instrument, answers).scales}


# --- fixtures ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "lowest", "highest"),
    [
        ("lefs", 0, 80),  # 4 is no difficulty
        ("koos", 100, 0),  # 0 is no problem
        ("koos_12", 100, 0),
        ("koos_ps", 0, 100),  # as published: 100 is extreme difficulty
        ("hagos", 100, 0),
        ("fash", 0, 100),
        ("visa_h", 0, 100),  # 6 × 10 + 10 + 30
        ("start_msk", 0, 12),
        ("msk_hq", 0, 56),
        ("nprs", 0, 10),
        ("psfs", 0, 10),
        ("groc", -7, 7),
    ],
)
def test_all_lowest_and_all_highest_answers_give_the_ends_of_every_scale(
    id_: str, lowest: float, highest: float, instruments: dict[str, Instrument]
) -> None:
    instrument = instruments[id_]

    assert set(values(instrument, everything(instrument, "minimum")).values()) == {lowest}
    assert set(values(instrument, everything(instrument, "maximum")).values()) == {highest}


def test_every_instrument_of_the_table_is_there(instruments: dict[str, Instrument]) -> None:
    names = "nprs psfs groc lefs koos koos_12 koos_ps hagos fash visa_h start_msk msk_hq"
    assert set(instruments) == set(names.split())


def test_five_of_nine_pain_answers_of_koos_with_mean_two_give_fifty(
    instruments: dict[str, Instrument],
) -> None:
    filled = score(instruments["koos"], {"p1": 0, "p2": 1, "p3": 2, "p4": 3, "p5": 4})

    pain = filled.scale("pain")
    assert (pain.value, pain.answered, pain.needed, pain.of) == (50, 5, 5, 9)


def test_four_of_nine_pain_answers_of_koos_cannot_be_scored_and_say_how_many_are_needed(
    instruments: dict[str, Instrument],
) -> None:
    answers = {"p1": 0, "p2": 0, "p3": 0, "p4": 0, **{f"q{i}": 2 for i in range(1, 5)}}
    filled = score(instruments["koos"], answers)

    pain = filled.scale("pain")
    assert (pain.value, pain.answered, pain.needed, pain.of) == (None, 4, 5, 9)
    assert filled.scale("quality_of_life").value == 50  # the others are scored all the same


def test_the_items_and_needs_of_koos_are_those_of_its_scoring_sheet(
    instruments: dict[str, Instrument],
) -> None:
    sheet = {
        "pain": (9, 5),
        "symptoms": (7, 4),
        "daily_life": (17, 9),
        "sport": (5, 3),
        "quality_of_life": (4, 2),
    }
    assert {one.id: (len(one.items), one.least_answered) for one in instruments["koos"].scales} == sheet


@pytest.mark.parametrize(("left_out", "expected"), [(0, 60), (4, 60), (5, None)])
def test_lefs_fills_in_up_to_four_missing_answers_by_the_mean(
    left_out: int, expected: float | None, instruments: dict[str, Instrument]
) -> None:
    answers = {f"q{i}": 3 for i in range(1, 21 - left_out)}

    assert values(instruments["lefs"], answers)["function"] == expected


def test_koos_ps_looks_its_raw_sum_up_and_rises_with_every_step(instruments: dict[str, Instrument]) -> None:
    koos_ps = instruments["koos_ps"]

    def of_sum(total: int) -> float:
        answers = {f"q{i}": min(4, max(0, total - 4 * (i - 1))) for i in range(1, 8)}
        value = values(koos_ps, answers)["function"]
        assert value is not None
        return value

    table = [of_sum(total) for total in range(29)]
    assert all(later > earlier for earlier, later in pairwise(table))
    assert (table[1], table[14], table[27]) == (5.6, 40.3, 91.8)


def test_koos_ps_with_one_answer_missing_is_not_scored(instruments: dict[str, Instrument]) -> None:
    one = score(instruments["koos_ps"], {f"q{i}": 1 for i in range(1, 7)}).scale("function")
    assert (one.value, one.answered, one.needed) == (None, 6, 7)


def test_koos_12_gives_its_summary_only_with_all_three_parts(instruments: dict[str, Instrument]) -> None:
    koos_12 = instruments["koos_12"]
    two = {f"{part}{i}": 2 for part in "pf" for i in (1, 2)}

    assert values(koos_12, two) == {"pain": 50, "function": 50, "quality_of_life": None, "summary": None}
    assert values(koos_12, {**two, "q1": 4, "q2": 4})["summary"] == pytest.approx(100 / 3)


def test_start_msk_counts_pain_by_range_and_names_the_risk(instruments: dict[str, Instrument]) -> None:
    start = instruments["start_msk"]
    none = everything(start, "minimum")
    points = [values(start, {**none, "q1": pain})["risk"] for pain in range(11)]
    assert points == [0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3]

    def band(yes: int) -> str:
        answers = {**none, **{f"q{i}": 1 for i in range(2, 2 + yes)}}
        return score(start, answers).scale("risk").band

    assert [band(4), band(5), band(8), band(9)] == ["low", "medium", "medium", "high"]


def test_worst_usual_and_present_pain_are_told_apart(instruments: dict[str, Instrument]) -> None:
    assert values(instruments["nprs"], {"worst": 7, "now": 2}) == {"worst": 7, "average": None, "now": 2}


@pytest.mark.parametrize(
    ("number", "felt"),
    [(-7, "worse"), (-3, "worse"), (-2, "same"), (0, "same"), (2, "same"), (3, "better"), (7, "better")],
)
def test_a_rating_of_change_is_better_from_plus_three(
    number: int, felt: str, instruments: dict[str, Instrument]
) -> None:
    groc = instruments["groc"]
    assert felt_change(groc, score(groc, {"change": number})) == felt


def test_only_a_rating_of_change_is_one(instruments: dict[str, Instrument]) -> None:
    lefs = instruments["lefs"]
    with pytest.raises(ValueError, match="no rating of change"):
        felt_change(lefs, score(lefs, everything(lefs, "maximum")))


# --- the trap of direction -----------------------------------------------------------------------


def test_a_score_from_elsewhere_is_turned_to_our_way(instruments: dict[str, Instrument]) -> None:
    koos_ps = instruments["koos_ps"]

    assert given_score(koos_ps, "function", 18.6, "lower").value == pytest.approx(18.6)
    assert given_score(koos_ps, "function", 81.4, "higher").value == pytest.approx(18.6)


@pytest.mark.parametrize("better", ["neither", "up", ""])
def test_a_score_from_elsewhere_must_say_which_way_it_runs(
    better: Any, instruments: dict[str, Instrument]
) -> None:
    with pytest.raises(BadCase, match="higher or lower"):
        given_score(instruments["koos_ps"], "function", 50, better)


def test_every_value_carries_its_direction(instruments: dict[str, Instrument]) -> None:
    ways = {id_: {scale.better for scale in one.scales} for id_, one in instruments.items()}
    lower = {id_ for id_, way in ways.items() if way == {"lower"}}
    assert lower == {"nprs", "koos_ps", "start_msk"}


# --- what cannot be ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "answers", "where"),
    [
        ("koos", {"p1": 5}, "answers/p1"),
        ("koos", {"p1": 1.5}, "answers/p1"),
        ("koos", {"p1": "2"}, "answers/p1"),
        ("koos", {"p1": True}, "answers/p1"),
        ("koos", {"p1": float("nan")}, "answers/p1"),
        ("koos", {"p10": 1}, "answers/p10"),
        ("visa_h", {"q7": 5}, "answers/q7"),
        ("groc", {"change": 8}, "answers/change"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_its_place(
    id_: str, answers: dict[str, Any], where: str, instruments: dict[str, Instrument]
) -> None:
    with pytest.raises(BadCase) as refused:
        score(instruments[id_], answers)
    assert refused.value.where == where


def test_null_is_not_answered(instruments: dict[str, Instrument]) -> None:
    assert read_answers(instruments["nprs"], {"worst": None, "now": 3}) == {"now": 3}


# --- wording -------------------------------------------------------------------------------------


def test_questions_stand_only_where_their_wording_may_be_shipped(knowledge: Knowledge) -> None:
    words = knowledge.words["en"].instruments
    free = {id_ for id_, one in knowledge.instruments.items() if one.licence.wording}

    assert free == {"nprs", "psfs", "groc"}
    assert {id_ for id_ in knowledge.instruments if words[id_].items} == free


# --- properties ----------------------------------------------------------------------------------


@st.composite
def filled_in(draw: st.DrawFn) -> tuple[str, dict[str, float]]:
    """An instrument and some of its answers."""
    instruments = load_knowledge().instruments
    id_ = draw(st.sampled_from(sorted(instruments)))
    answers = {}
    for item in instruments[id_].items:
        if draw(st.booleans()):
            every = item.allowed or range(int(item.minimum), int(item.maximum) + 1)
            answers[item.id] = float(draw(st.sampled_from(every)))
    return id_, answers


@given(filled_in())
def test_a_score_stays_on_its_scale_and_order_does_not_matter(given_: tuple[str, dict[str, float]]) -> None:
    id_, answers = given_
    instrument = load_knowledge().instruments[id_]
    filled = score(instrument, answers)

    assert score(instrument, dict(reversed(answers.items()))) == filled
    for one in filled.scales:
        assert (one.value is None) == (one.answered < one.needed)
        assert one.value is None or one.minimum <= one.value <= one.maximum


@given(filled_in(), st.data())
def test_a_higher_answer_moves_a_score_one_way_only(
    given_: tuple[str, dict[str, float]], data: st.DataObject
) -> None:
    id_, answers = given_
    instrument = load_knowledge().instruments[id_]
    if not answers:
        return
    key = data.draw(st.sampled_from(sorted(answers)), label="item")
    highest = next(item.maximum for item in instrument.items if item.id == key)
    before, after = values(instrument, answers), values(instrument, {**answers, key: highest})
    falls = id_ in ("koos", "koos_12", "hagos")  # 4 is the worst answer, 100 the best score
    for scale, was in before.items():
        now = after[scale]
        if was is not None and now is not None:
            assert now <= was + 1e-9 if falls else now >= was - 1e-9


def slow_koos(answers: dict[str, int]) -> dict[str, Fraction | None]:
    """KOOS as its scoring sheet of 2012 words it, by hand: nothing shared with the program."""
    found: dict[str, Fraction | None] = {}
    for name, letter, count in (
        ("pain", "p", 9),
        ("symptoms", "s", 7),
        ("daily_life", "a", 17),
        ("sport", "sp", 5),
        ("quality_of_life", "q", 4),
    ):
        given_answers = []
        for number in range(1, count + 1):
            if f"{letter}{number}" in answers:
                given_answers.append(answers[f"{letter}{number}"])
        if 2 * len(given_answers) < count:  # more than half are missing
            found[name] = None
            continue
        total = 0
        for one in given_answers:
            total += one
        found[name] = Fraction(100) - Fraction(total, len(given_answers)) * 25
    return found


KOOS_KEYS = [
    f"{letter}{i}"
    for letter, n in (("p", 9), ("s", 7), ("a", 17), ("sp", 5), ("q", 4))
    for i in range(1, n + 1)
]


@given(st.dictionaries(st.sampled_from(KOOS_KEYS), st.integers(0, 4)))
def test_koos_agrees_with_a_second_scoring_by_hand(answers: dict[str, int]) -> None:
    ours = values(load_knowledge().instruments["koos"], answers)
    theirs = slow_koos(answers)
    assert ours == {name: None if value is None else float(value) for name, value in theirs.items()}
