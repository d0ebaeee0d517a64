"""What the knowledge says about following a programme hangs together: rules, courses, criteria, sentences."""

from __future__ import annotations

import re

import pytest

from kneewise.knowledge.types import Knowledge

ONLY_LATER = {
    "jogs_comfortably",
    "load_test_up_to_3_for_3_days",
}  # done beside or after the phase's own needs
CHANGES = (
    "progress_dose", "progress_exercise", "hold_amber", "repeat_smaller", "red_rest", "step_back", "red_twice",
    "gap_one", "gap_two", "phase_next", "phase_kept", "locked", "unlocked", "locked_may_not", "pain_rising",
    "not_better_when_should", "off_track", "on_track", "ahead", "missed_smaller", "asks_why", "nobody_told",
    "maintenance", "relapse_first_weeks", "flare_plan", "correction_kept", "knowledge_changed",
    "measure_real_better", "measure_real_worse", "measure_noise", "measure_small", "done", "left",
)  # fmt: skip
FILLED = {
    "exercise", "what", "before", "after", "pain", "limit", "rise", "sign", "days", "sessions", "needed", "phase",
    "missing", "who", "date", "until", "low", "high", "measure", "change", "unit", "error", "week",
}  # fmt: skip
BLAMING = re.compile(r"\b(should have|you failed|your fault|must not|lazy|again you|disappoint\w*)\b", re.I)


def _treated(knowledge: Knowledge) -> dict[str, str]:
    return {cause: protocol.id for protocol in knowledge.protocols.values() for cause in protocol.causes}


def test_everybody_has_a_pain_rule_that_nobody_has_to_choose(knowledge: Knowledge) -> None:
    for cause, protocol in _treated(knowledge).items():
        mine = [r for r in knowledge.pain_rules if cause in r.causes or protocol in r.protocols]
        assert not mine or not mine[0].option, cause
    last = knowledge.pain_rules[-1]

    assert (last.causes, last.protocols, last.option) == ((), (), "")


def test_a_rule_to_be_chosen_stands_after_the_careful_one_and_allows_more(knowledge: Knowledge) -> None:
    chosen = [rule for rule in knowledge.pain_rules if rule.option]

    assert chosen
    for rule in chosen:
        careful = next(r for r in knowledge.pain_rules if set(rule.causes) & set(r.causes))
        assert not careful.option
        assert careful.green_up_to < rule.green_up_to
        assert careful.amber_up_to < rule.amber_up_to


def test_the_pain_a_phase_allows_is_that_of_the_rule_or_less(knowledge: Knowledge) -> None:
    """The first phase of each protocol, since pain is watched most closely there."""
    for protocol in knowledge.protocols.values():
        rule = next(
            r
            for r in knowledge.pain_rules
            if protocol.id in r.protocols
            or set(protocol.causes) & set(r.causes)
            or not (r.causes or r.protocols)
        )
        green, amber = protocol.phases[0].pain_allowed
        assert green <= rule.green_up_to, protocol.id
        assert amber <= rule.amber_up_to, protocol.id


def test_every_cause_with_a_programme_has_a_course_and_so_has_everybody_else(knowledge: Knowledge) -> None:
    named = {cause for course in knowledge.courses for cause in course.causes}
    protocols = {protocol for course in knowledge.courses for protocol in course.protocols}
    last = knowledge.courses[-1]

    assert {
        c for c, protocol in _treated(knowledge).items() if c not in named and protocol != "general"
    } == set()
    assert set(knowledge.protocols) - protocols == {"general"}
    assert (last.causes, last.protocols) == ((), ())


def test_no_cause_is_in_two_courses_or_two_default_pain_rules(knowledge: Knowledge) -> None:
    courses = [cause for course in knowledge.courses for cause in course.causes]
    rules = [cause for rule in knowledge.pain_rules if not rule.option for cause in rule.causes]

    assert len(courses) == len(set(courses))
    assert len(rules) == len(set(rules))


def test_a_course_begins_at_the_first_pain_and_never_promises_more_later_than_sooner(
    knowledge: Knowledge,
) -> None:
    for course in knowledge.courses:
        for points in (course.points, course.slower):
            if not points:
                continue
            assert points[0].week == 0, course.id
            assert points[0].low <= 1 <= points[0].high, course.id
            lows = [point.low for point in points]
            assert lows == sorted(lows, reverse=True), course.id


def test_the_slower_band_lies_above_and_goes_with_whom_it_is_for(knowledge: Knowledge) -> None:
    for course in knowledge.courses:
        assert (course.severe is None) == (not course.slower), course.id
        usual = {point.week: point for point in course.points}
        for point in course.slower:
            if point.week in usual:
                assert point.low >= usual[point.week].low, (course.id, point.week)
                assert point.high >= usual[point.week].high, (course.id, point.week)


def test_a_second_look_comes_after_some_change_is_due(knowledge: Knowledge) -> None:
    for course in knowledge.courses:
        assert 0 < course.better_by_week <= course.look_again_by_week, course.id
        low, high = course.weeks_to_usual
        assert 0 < low <= high, course.id


def test_numbers_of_others_have_a_source(knowledge: Knowledge) -> None:
    entries = (
        *knowledge.pain_rules,
        *knowledge.courses,
        *knowledge.check_ins,
        *knowledge.criteria.values(),
    )

    assert [e.id for e in entries if e.basis != "estimate" and not e.source] == []


def test_a_criterion_seen_in_an_exercise_can_be_met_in_a_programme_that_has_it(knowledge: Knowledge) -> None:
    for protocol in knowledge.protocols.values():
        offered = {id_ for phase in protocol.phases for need in phase.needs for id_ in need.exercises}
        for phase in protocol.phases:
            for exit_ in phase.exit:
                criterion = knowledge.criteria[exit_]
                if criterion.exercise_pain and exit_ not in ONLY_LATER:
                    assert criterion.exercise_pain in offered, (protocol.id, phase.id, exit_)


def test_more_than_half_of_the_criteria_are_seen_and_not_only_asked(knowledge: Knowledge) -> None:
    asked = [criterion for criterion in knowledge.criteria.values() if criterion.asked]

    assert len(asked) < len(knowledge.criteria) / 2


@pytest.mark.parametrize("change", CHANGES)
def test_every_kind_of_change_has_its_sentence(knowledge: Knowledge, change: str) -> None:
    assert knowledge.words["en"].phrases[f"follow_{change}"].text


def test_sentences_ask_only_for_names_that_can_be_filled_in_and_blame_nobody(knowledge: Knowledge) -> None:
    for id_, phrase in knowledge.words["en"].phrases.items():
        if id_.startswith("follow_"):
            text = f"{phrase.text} {phrase.more}"
            assert set(re.findall(r"{(\w+)}", text)) <= FILLED, id_
            assert not BLAMING.search(text), id_


def test_a_change_told_as_an_alarm_says_that_nobody_is_told(knowledge: Knowledge) -> None:
    phrases = knowledge.words["en"].phrases

    assert "Nobody is told" in phrases["follow_locked"].more
    assert "Nobody is told" in phrases["follow_nobody_told"].text
