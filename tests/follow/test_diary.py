"""The diary: append-only facts, corrections that keep what was said, and kind errors."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kneewise.evidence import BadCase
from kneewise.follow import diary
from kneewise.follow.diary import parse_diary
from kneewise.knowledge.types import Knowledge

Json = dict[str, Any]
PAIN: Json = {"id": "a", "on": "2026-01-05", "kind": "check_in", "pain_worst": 4}
SEEN: Json = {"id": "k", "on": "2026-01-09", "kind": "clinician", "by": "doctor"}


def test_an_entry_sent_twice_counts_once(knowledge: Knowledge) -> None:
    assert len(parse_diary([PAIN, dict(PAIN)], knowledge).entries) == 1


def test_two_entries_of_one_id_are_refused_for_one_would_be_lost(knowledge: Knowledge) -> None:
    with pytest.raises(BadCase) as wrong:
        parse_diary([PAIN, {**PAIN, "pain_worst": 5}], knowledge)

    assert wrong.value.where == "diary/1/id"


def test_a_correction_takes_the_place_and_both_are_kept(knowledge: Knowledge) -> None:
    change = {"id": "b", "on": "2026-01-06", "kind": "correction", "of": "a", "becomes": {"pain_worst": 2}}
    diary = parse_diary([PAIN, change], knowledge)

    assert [(entry.pain, entry.on, entry.corrects) for entry in diary.entries] == [(2, date(2026, 1, 5), "a")]
    assert [entry.pain for entry in diary.withdrawn] == [4]
    assert diary.corrections[0].entry_on == date(2026, 1, 5)


def test_a_correction_can_be_corrected_again(knowledge: Knowledge) -> None:
    first = {"id": "b", "on": "2026-01-06", "kind": "correction", "of": "a", "becomes": {"pain_worst": 2}}
    second = {"id": "c", "on": "2026-01-07", "kind": "correction", "of": "a", "becomes": None}
    diary = parse_diary([PAIN, first, second], knowledge)

    assert diary.entries == ()
    assert [entry.pain for entry in diary.withdrawn] == [4, 2]
    assert [one.taken_back for one in diary.corrections] == [False, True]


def test_a_review_of_an_earlier_day_does_not_know_what_came_later(knowledge: Knowledge) -> None:
    change = {"id": "b", "on": "2026-01-08", "kind": "correction", "of": "a", "becomes": {"pain_worst": 2}}

    assert parse_diary([PAIN, change], knowledge, date(2026, 1, 7)).entries[0].pain == 4


@pytest.mark.parametrize(
    ("entry", "where"),
    [
        ({"on": "2026-01-05", "kind": "morning", "pain": 1}, "diary/0/id"),
        ({"id": "a", "on": "5.1.2026", "kind": "morning", "pain": 1}, "diary/0/on"),
        ({"id": "a", "on": "2026-01-05", "kind": "mourning"}, "diary/0/kind"),
        ({"id": "a", "on": "2026-01-05", "kind": "morning", "pain": 11}, "diary/0/pain"),
        ({"id": "a", "on": "2026-01-05", "kind": "morning", "pein": 1}, "diary/0/pein"),
        ({"id": "a", "on": "2026-01-05", "kind": "morning", "pain": True}, "diary/0/pain"),
        ({"id": "a", "on": "2026-01-05", "kind": "session", "items": {}}, "diary/0/items"),
        (
            {"id": "a", "on": "2026-01-05", "kind": "session", "items": [{"exercise": "nordik"}]},
            "diary/0/items/0/exercise",
        ),
        (
            {"id": "a", "on": "2026-01-05", "kind": "check_in", "findings": {"calf_swelling": "maybe"}},
            "diary/0/findings/calf_swelling",
        ),
        (
            {"id": "a", "on": "2026-01-05", "kind": "check_in", "criteria": {"flying": True}},
            "diary/0/criteria/flying",
        ),
        ({**SEEN, "by": "neighbour"}, "diary/0/by"),
        ({**SEEN, "seen_on": "2026-01-10"}, "diary/0/seen_on"),
        ({**SEEN, "may_go_on": "yes"}, "diary/0/may_go_on"),
        ({"id": "b", "on": "2026-01-06", "kind": "correction", "of": "zz", "becomes": None}, "diary/0/of"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place_and_how_to_mend_it(
    knowledge: Knowledge, entry: Json, where: str
) -> None:
    with pytest.raises(BadCase) as wrong:
        parse_diary([entry], knowledge)

    assert wrong.value.where == where
    assert wrong.value.mend


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["id", "on", "kind", "items", "pain", "findings", "of", "becomes", "by", "x"]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=12,
    )
)
@settings(derandomize=True, deadline=None, max_examples=150)
def test_nothing_that_is_sent_breaks_it(knowledge: Knowledge, value: Any) -> None:
    for sent in (value, [value], [{"id": "a", "on": "2026-01-05", "kind": "check_in", "findings": value}]):
        try:
            parse_diary(sent, knowledge)
        except BadCase:
            continue  # refused, as it should be


_PAINS = st.none() | st.integers(-1, 11) | st.floats(0, 10) | st.booleans() | st.just("3")
_ANSWERS = st.dictionaries(
    st.sampled_from(["calf_swelling", "new_breathlessness_or_chest_pain", "no_such_sign"]),
    st.booleans() | st.none() | st.integers(0, 2) | st.just("unsure"),
    max_size=3,
)
_EXERCISE = st.fixed_dictionaries(
    {"exercise": st.sampled_from(["bridge_hold", "heel_slide", "no_such_exercise"])},
    optional={
        "done": st.booleans() | st.none(), "sets": st.none() | st.integers(-1, 101) | st.floats(0, 5),
        "reps": st.none() | st.just(8.0), "pain_during": _PAINS, "skipped": st.none() | st.text(max_size=3),
        "side": st.none() | st.just("left"), "odd": st.none(),
    },
)  # fmt: skip
_ENTRY = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "", 3]),
        "on": st.sampled_from(["2026-11-20", "20261120", "2026-W47-5", "2026-11-20T08:00:00", "x", None]),
        "kind": st.sampled_from(["session", "morning", "check_in", "other"]),
    },
    optional={
        "items": st.lists(_EXERCISE, max_size=2), "pain": _PAINS, "pain_before": _PAINS, "pain_worst": _PAINS,
        "signs": _ANSWERS, "findings": _ANSWERS, "note": st.none() | st.text(max_size=3),
        "criteria": st.dictionaries(st.sampled_from(["stairs_normal", "nothing"]), st.booleans(), max_size=1),
        "sleep_hours": st.none() | st.integers(0, 25), "why_missed": st.none() | st.text(max_size=3),
    },
)  # fmt: skip


@settings(max_examples=400, deadline=None, derandomize=True)
@given(entry=_ENTRY)
def test_the_quick_way_reads_what_the_careful_way_reads_and_nothing_else(
    knowledge: Knowledge, entry: dict[str, Any]
) -> None:
    quick = diary._quick(entry, knowledge, {}, {})
    try:
        careful = diary._entry(entry, "diary/0", knowledge, {})
    except BadCase:
        careful = None

    assert quick is None or quick == careful


@pytest.mark.parametrize("kind", ["session", "morning", "check_in"])
def test_what_our_own_pages_send_is_read_the_quick_way(knowledge: Knowledge, kind: str) -> None:
    more: dict[str, Json] = {
        "session": {
            "items": [{"exercise": "heel_slide", "done": True, "pain_during": 2}],
            "signs": {"calf_swelling": False},
        },
        "morning": {"pain": 2},
        "check_in": {
            "pain_worst": 3,
            "findings": {"calf_swelling": False},
            "criteria": {"stairs_normal": True},
        },
    }
    entry = {"id": "a", "on": "2026-11-20", "kind": kind, **more[kind]}

    assert diary._quick(entry, knowledge, {}, {}) == diary._entry(entry, "diary/0", knowledge, {})
