"""Is a change real? Noise is never called progress, and methods, sides and days are never mixed."""

from __future__ import annotations

import re
import statistics
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kneewise.evidence import BadCase, Evidence, Known
from kneewise.follow.measures import (
    Change,
    Rating,
    against_norms,
    amount,
    as_data,
    compare_sides,
    judge,
    judge_all,
    may_take,
    rating,
)
from kneewise.follow.scores import score
from kneewise.follow.series import Measurement, make_measurement, score_series, series_of
from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import CARE_LEVELS, Knowledge

START = date(2026, 1, 5)
KED = "active_knee_extension_deficit_degrees"
BRIDGE = "single_leg_hamstring_bridge_reps"
PAIN = "pain_score_0_to_10"
HOP = "single_leg_hop_distance_cm"


def day(number: int) -> date:
    return START + timedelta(days=number)


def taken(
    knowledge: Knowledge, id_: str, values: Any, on: int, side: str | None = None, method: str | None = None
) -> Measurement:
    measure = knowledge.measures[id_]
    sided = (side or "left") if measure.sided else None
    return make_measurement(measure, values, day(on), side=sided, method=method or measure.methods[0].id)


def change_of(knowledge: Knowledge, id_: str, first: Any, last: Any, **keys: Any) -> Change:
    """The change of one measure from day 0 to day 21, as seen on day 21."""
    both = [taken(knowledge, id_, first, 0), taken(knowledge, id_, last, 21)]
    (change,) = judge_all(both, knowledge.measures, day(21), **keys)
    return change


# --- real or noise -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "first", "last", "verdict"),
    [
        (PAIN, 6, 5, "no_real_change"),  # a single point of pain is noise
        (PAIN, 5, 6, "no_real_change"),
        (PAIN, 6, 4, "improved"),
        (PAIN, 4, 6, "worse"),
        (KED, 30, 23, "no_real_change"),
        (KED, 30, 22, "improved"),  # fewer degrees short of straight is better
        (KED, 22, 30, "worse"),
        (BRIDGE, 12, 19, "no_real_change"),
        (BRIDGE, 12, 20, "improved"),
        ("chair_stand_30_seconds_reps", 10, 12, "no_real_change"),
        ("chair_stand_30_seconds_reps", 10, 13, "improved"),
        ("single_leg_stance_seconds", 10, 20, "too_small_to_matter"),  # real, but less than people notice
        ("single_leg_stance_seconds", 10, 24, "improved"),
        (HOP, 100, 109, "no_real_change"),  # error in percent
        (HOP, 100, 111, "improved"),  # 10 percent of the mean of both, the same way up and down
        (HOP, 111, 100, "worse"),
        (HOP, 0, 0, "no_real_change"),
        ("five_times_sit_to_stand_seconds", 15, 12.4, "improved"),
        ("hamstring_to_quadriceps_ratio", 0.5, 0.7, "changed"),  # neither way is better
        ("hamstring_to_quadriceps_ratio", 0.7, 0.5, "changed"),
    ],
)
def test_a_change_is_judged_by_the_error_of_its_method_and_by_what_matters(
    id_: str, first: float, last: float, verdict: str, knowledge: Knowledge
) -> None:
    assert change_of(knowledge, id_, first, last).verdict == verdict


def test_the_same_change_is_real_by_one_method_and_noise_by_another(knowledge: Knowledge) -> None:
    measurements = [
        taken(knowledge, KED, value, on, method=method)
        for method in ("phone_same_helper", "phone")
        for value, on in ((30, 0), (21, 21))
    ]
    real = {one.method: one.real for one in judge_all(measurements, knowledge.measures, day(21))}
    assert real == {"phone_same_helper": True, "phone": False}


def test_a_change_says_what_it_rests_on(knowledge: Knowledge) -> None:
    change = change_of(knowledge, "chair_stand_30_seconds_reps", 10, 14)

    assert [(one.kind, one.number, one.basis) for one in change.reasons] == [
        ("beyond_the_error", 2.5, "found"),
        ("as_much_as_matters", 2.1, "recalled"),
    ]
    assert all(source in knowledge.sources for one in change.reasons for source in one.source)


def test_one_value_is_no_change(knowledge: Knowledge) -> None:
    (change,) = judge_all([taken(knowledge, PAIN, 6, 0)], knowledge.measures, day(0))
    assert (change.verdict, change.change, change.real) == ("one_measurement", None, None)


def test_where_nobody_knows_the_error_no_change_is_called_real(knowledge: Knowledge) -> None:
    fash = knowledge.instruments["fash"]
    filled = [
        (day(0), score(fash, {f"q{i}": 1 for i in range(1, 11)})),
        (day(28), score(fash, {f"q{i}": 9 for i in range(1, 11)})),
    ]
    change = judge(score_series(fash, "function", filled, day(28)), day(28))
    assert change is not None
    assert (change.change, change.verdict, change.real) == (80, "not_known", None)


# --- what the person feels -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("groc", "verdict"), [(5, "improved"), (3, "improved"), (2, "not_felt"), (-4, "not_felt")]
)
def test_improved_takes_that_the_person_feels_better_if_they_were_asked(
    groc: int, verdict: str, knowledge: Knowledge
) -> None:
    instrument = knowledge.instruments["groc"]
    said = rating(instrument, day(21), score(instrument, {"change": groc}))
    assert said is not None
    assert change_of(knowledge, BRIDGE, 10, 25, ratings=[said]).verdict == verdict


def test_feeling_better_does_not_hide_that_the_numbers_are_worse(knowledge: Knowledge) -> None:
    said = Rating(day(21), "better", 28)
    assert change_of(knowledge, BRIDGE, 25, 10, ratings=[said]).verdict == "worse"


def test_feeling_better_does_not_turn_noise_into_progress(knowledge: Knowledge) -> None:
    said = Rating(day(21), "better", 28)
    assert change_of(knowledge, PAIN, 6, 5, ratings=[said]).verdict == "no_real_change"


def test_a_rating_from_before_the_first_value_or_long_ago_does_not_count(knowledge: Knowledge) -> None:
    before = Rating(day(0), "same", 28)
    assert change_of(knowledge, BRIDGE, 10, 25, ratings=[before]).verdict == "improved"

    far = [taken(knowledge, BRIDGE, 10, 0), taken(knowledge, BRIDGE, 25, 90)]
    (change,) = judge_all(far, knowledge.measures, day(90), ratings=[Rating(day(10), "same", 28)])
    assert change.verdict == "improved"


def test_two_ratings_of_one_day_that_differ_are_not_taken_for_good_news(knowledge: Knowledge) -> None:
    said = [Rating(day(21), "better", 28), Rating(day(21), "same", 28)]
    assert change_of(knowledge, BRIDGE, 10, 25, ratings=said).verdict == "not_felt"


# --- trials, days, staleness ---------------------------------------------------------------------


def test_several_trials_count_as_their_median_with_their_spread(knowledge: Knowledge) -> None:
    change = change_of(knowledge, KED, [30, 34, 31], [20, 21, 19])
    assert (change.first.value, change.first.spread, change.first.trials) == (31, 4, 3)
    assert change.change == -11


def test_trials_that_differ_too_much_are_left_out_and_named(knowledge: Knowledge) -> None:
    measurements = [
        taken(knowledge, KED, [30, 31, 30], 0),
        taken(knowledge, KED, [10, 25, 12], 14),
        taken(knowledge, KED, [29, 30, 30], 21),
    ]
    (change,) = judge_all(measurements, knowledge.measures, day(21))
    assert change.verdict == "no_real_change"
    assert [(one.on, one.why) for one in change.left_out] == [(day(14), "trials_differ")]


def test_a_value_from_a_later_day_is_not_known_yet(knowledge: Knowledge) -> None:
    measurements = [taken(knowledge, PAIN, 6, 0), taken(knowledge, PAIN, 2, 9)]
    (change,) = judge_all(measurements, knowledge.measures, day(5))
    assert (change.verdict, change.as_of) == ("one_measurement", day(0))
    assert [one.why for one in change.left_out] == ["after_the_day"]


def test_an_old_value_is_named_as_old_with_its_day(knowledge: Knowledge) -> None:
    measurements = [taken(knowledge, BRIDGE, 10, 0), taken(knowledge, BRIDGE, 25, 10)]
    (fresh,) = judge_all(measurements, knowledge.measures, day(38))
    (old,) = judge_all(measurements, knowledge.measures, day(39))

    assert (fresh.stale, old.stale) == (False, True)
    assert (old.as_of, old.days_old) == (day(10), 29)
    assert as_data(old)["as_of"] == day(10).isoformat()


def test_a_change_can_be_counted_from_a_later_start(knowledge: Knowledge) -> None:
    measurements = [taken(knowledge, PAIN, value, on) for value, on in ((9, 0), (4, 20), (4, 40))]
    (change,) = judge_all(measurements, knowledge.measures, day(40), since=day(10))
    assert (change.first.on, change.verdict) == (day(20), "no_real_change")


def test_a_clock_that_is_stopped_counts_no_further(knowledge: Knowledge) -> None:
    change = change_of(knowledge, "single_leg_stance_seconds", 45, 60)
    assert (change.change, change.verdict) == (0, "no_real_change")


def test_more_than_full_symmetry_is_no_gain(knowledge: Knowledge) -> None:
    assert change_of(knowledge, "single_leg_hop_symmetry_percent", 100, 130).verdict == "no_real_change"


def test_own_activities_compare_only_if_the_same_ones_were_scored(knowledge: Knowledge) -> None:
    psfs = knowledge.instruments["psfs"]
    filled = [
        (day(0), score(psfs, {"a1": 2, "a2": 2, "a3": 2})),
        (day(7), score(psfs, {"a1": 3, "a2": 3, "a3": 3, "a4": 9})),
        (day(14), score(psfs, {"a1": 5, "a2": 5, "a3": 5})),
    ]
    series = score_series(psfs, "function", filled, day(14))
    change = judge(series, day(14))

    assert change is not None
    assert (change.change, change.verdict) == (3, "improved")
    assert [(one.on, one.why) for one in change.left_out] == [(day(7), "other_items")]


def test_eight_points_of_lefs_are_noise_and_nine_are_not(knowledge: Knowledge) -> None:
    lefs = knowledge.instruments["lefs"]

    def total(points: int) -> dict[str, int]:
        return {f"q{i + 1}": min(4, max(0, points - 4 * i)) for i in range(20)}

    def verdict(last: int) -> str:
        filled = [(day(0), score(lefs, total(40))), (day(28), score(lefs, total(last)))]
        change = judge(score_series(lefs, "function", filled, day(28)), day(28))
        assert change is not None
        return change.verdict

    assert [verdict(48), verdict(49), verdict(31)] == ["no_real_change", "improved", "worse"]


def test_a_change_as_data_keeps_the_contract(knowledge: Knowledge) -> None:
    data = as_data(change_of(knowledge, KED, 30, 20.33333))
    assert {key: data[key] for key in ("id", "side", "change", "real")} == {
        "id": KED, "side": "left", "change": -9.6667, "real": True,
    }  # fmt: skip


# --- what cannot be ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "keys", "where"),
    [
        (KED, {"values": 20, "side": "left"}, "measurement/method"),  # three methods: never guessed
        (KED, {"values": 20, "side": "left", "method": "eye"}, "measurement/method"),
        (KED, {"values": 20, "method": "phone"}, "measurement/side"),
        (KED, {"values": 20, "side": "both", "method": "phone"}, "measurement/side"),
        (PAIN, {"values": 5, "side": "left"}, "measurement/side"),
        (PAIN, {"values": 11}, "measurement/value"),
        (PAIN, {"values": [5, 11]}, "measurement/values/1"),
        (PAIN, {"values": []}, "measurement/values"),
        (PAIN, {"values": "5"}, "measurement/value"),
        (PAIN, {"values": True}, "measurement/value"),
        (PAIN, {"values": float("nan")}, "measurement/value"),
        (PAIN, {"values": 5, "on": "yesterday"}, "measurement/on"),
        (PAIN, {"values": 5, "unit": "deg"}, "measurement/value"),
    ],
)
def test_a_measurement_that_cannot_be_is_refused_with_its_place(
    id_: str, keys: dict[str, Any], where: str, knowledge: Knowledge
) -> None:
    with pytest.raises(BadCase) as refused:
        make_measurement(knowledge.measures[id_], **{"on": "2026-01-05", **keys})
    assert refused.value.where == where


def test_a_value_in_another_unit_is_turned_into_the_measures_own(knowledge: Knowledge) -> None:
    measure = knowledge.measures["weight_bearing_lunge_cm"]
    one = make_measurement(measure, 95, "2026-01-05", side="left", unit="mm")
    assert one.values == (pytest.approx(9.5),)


# --- sides, norms, permission --------------------------------------------------------------------


def sides(knowledge: Knowledge, id_: str, left: float, right: float) -> Any:
    both = [taken(knowledge, id_, left, 0, "left"), taken(knowledge, id_, right, 0, "right")]
    return compare_sides(*series_of(both, knowledge.measures, day(0)), day(0))


def test_a_gap_between_the_legs_is_real_only_beyond_the_error(knowledge: Knowledge) -> None:
    assert sides(knowledge, BRIDGE, 18, 24).real is False
    gap = sides(knowledge, BRIDGE, 12, 24)
    assert (gap.real, gap.weaker, gap.share) == (True, "left", 0.5)


def test_the_leg_that_is_further_from_straight_is_the_weaker_one(knowledge: Knowledge) -> None:
    gap = sides(knowledge, KED, 40, 20)
    assert (gap.weaker, gap.share) == ("left", None)


def test_two_methods_cannot_be_compared_side_by_side(knowledge: Knowledge) -> None:
    both = [
        taken(knowledge, KED, 30, 0, "left", "phone"),
        taken(knowledge, KED, 30, 0, "right", "phone_same_helper"),
    ]
    left, right = series_of(both, knowledge.measures, day(0))
    with pytest.raises(ValueError, match="one measure and method"):
        compare_sides(left, right, day(0))


def test_an_old_value_of_one_leg_is_not_compared(knowledge: Knowledge) -> None:
    both = [taken(knowledge, BRIDGE, 10, 0, "left"), taken(knowledge, BRIDGE, 30, 60, "right")]
    gap = compare_sides(*series_of(both, knowledge.measures, day(60)), day(60))
    assert gap is not None
    assert (gap.real, gap.why) == (None, "stale")


@pytest.mark.parametrize(
    ("age", "sex", "places"),
    [
        (20, "male", ["above", "above"]),
        (20, "female", ["above", "above"]),
        (20, None, []),  # both norms are of one sex
        (24.5, "male", ["above", "above"]),  # still 24
        (45, "male", []),  # a norm of the young is no norm for others
        (None, "male", []),
    ],
)
def test_a_norm_is_told_only_to_those_it_was_made_from(
    age: float | None, sex: str | None, places: list[str], knowledge: Knowledge
) -> None:
    found = against_norms(knowledge.measures[KED], "phone", 40, age, sex)
    assert [one.place for one in found] == places


def test_a_norm_of_one_method_is_not_used_for_another(knowledge: Knowledge) -> None:
    bridge = knowledge.measures[BRIDGE]
    on_box = against_norms(bridge, "box_60_cm", 15, 25, "male")
    on_chair = against_norms(bridge, "chair_seat", 15, 25, "male")
    assert len(on_box) == len(on_chair) + 1


def safe(knowledge: Knowledge, **changed: Known) -> Evidence:
    """Somebody with mild pain for a month and none of the signs that forbid a test."""
    known = {finding: Known("absent") for finding in knowledge.findings}
    known |= {
        PAIN: Known("present", value=2),
        "duration_days": Known("present", value=30),
        "age_years": Known("present", value=30),
    }
    return Evidence({**known, **changed})


def test_somebody_with_mild_pain_may_take_every_test(knowledge: Knowledge) -> None:
    for measure in knowledge.measures.values():
        permission = may_take(measure, safe(knowledge), "routine", screen_complete=True)
        assert permission.allowed, measure.id


@pytest.mark.parametrize(
    ("finding", "known"),
    [
        (PAIN, Known("present", value=4)),
        ("duration_days", Known("present", value=2)),
        ("pregnant_or_6_weeks_postpartum", Known("present")),
        ("knee_giving_way", Known("present")),
        ("surgery_in_last_12_weeks", Known("present")),
        ("osteoporosis_or_fragility_fracture", Known("present")),
        ("age_years", Known("present", value=70)),
    ],
)
def test_nobody_hops_with_a_sign_that_forbids_it(finding: str, known: Known, knowledge: Knowledge) -> None:
    hop = knowledge.measures[HOP]
    permission = may_take(hop, safe(knowledge, **{finding: known}), "routine", screen_complete=True)
    assert (permission.allowed, permission.why, permission.because) == (False, "never", (finding,))


@pytest.mark.parametrize("state", ["unsure", "not_asked"])
def test_what_is_not_known_to_be_safe_is_asked_first(state: Any, knowledge: Knowledge) -> None:
    hop = knowledge.measures[HOP]
    known = dict(safe(knowledge).known)
    del known["knee_giving_way"]
    if state == "unsure":
        known["knee_giving_way"] = Known("unsure")
    permission = may_take(hop, Evidence(known), "routine", screen_complete=True)
    assert (permission.allowed, permission.why, permission.ask) == (False, "ask", ("knee_giving_way",))


@pytest.mark.parametrize("level", CARE_LEVELS[2:])
def test_who_has_to_be_seen_soon_takes_no_test_but_may_say_the_pain(level: Any, knowledge: Knowledge) -> None:
    for measure in knowledge.measures.values():
        permission = may_take(measure, safe(knowledge), level, screen_complete=True)
        assert permission.allowed == (measure.kind in ("pain", "confidence")), measure.id


def test_no_test_that_loads_the_leg_comes_before_the_urgent_screen(knowledge: Knowledge) -> None:
    allowed = {
        measure.kind
        for measure in knowledge.measures.values()
        if may_take(measure, safe(knowledge), "routine", screen_complete=False).allowed
    }
    assert allowed == {"pain", "confidence"}


# --- content -------------------------------------------------------------------------------------


def test_every_test_that_loads_the_leg_says_when_never(knowledge: Knowledge) -> None:
    words = knowledge.words["en"].measures
    for measure in knowledge.measures.values():
        if measure.kind not in ("pain", "confidence"):
            assert measure.never_if is not None, measure.id
            assert words[measure.id].never_when, measure.id
            assert words[measure.id].stop_if, measure.id


def test_a_measure_of_a_finding_has_its_limits(knowledge: Knowledge) -> None:
    for measure in knowledge.measures.values():
        if measure.finding:
            finding = knowledge.findings[measure.finding]
            assert (measure.minimum, measure.maximum) == (finding.minimum, finding.maximum), measure.id


def test_what_the_words_call_chance_is_what_the_figures_call_chance(knowledge: Knowledge) -> None:
    """The first number in "a change under … may be chance" is the error of the first method, rounded up."""
    for id_, words in knowledge.words["en"].measures.items():
        told = re.search(r"change under (?:about )?([\d.]+)(?! in 100)", words.limits)
        change = knowledge.measures[id_].methods[0].detectable_change
        if told and change and not change.percent:
            number = float(told.group(1).rstrip("."))
            assert number - 1 < change.figure.value <= number, (id_, words.limits)


# --- properties ----------------------------------------------------------------------------------

MEASURES = load_knowledge().measures


@st.composite
def some_measurements(draw: st.DrawFn) -> list[Measurement]:
    """Measurements of one or two measures by any method and side, on any of twelve weeks' days."""
    ids = draw(st.lists(st.sampled_from(sorted(MEASURES)), min_size=1, max_size=2, unique=True))
    found = []
    for _ in range(draw(st.integers(1, 12))):
        measure = MEASURES[draw(st.sampled_from(ids))]
        value = st.floats(measure.minimum, measure.maximum).map(lambda x: round(x, 2))
        side: Any = draw(st.sampled_from(["left", "right"])) if measure.sided else None
        method = draw(st.sampled_from(measure.methods)).id
        values = tuple(draw(st.lists(value, min_size=1, max_size=3)))
        found.append(Measurement(measure.id, day(draw(st.integers(0, 84))), values, side, method))
    return found


@given(some_measurements())
def test_methods_and_sides_are_never_mixed(measurements: list[Measurement]) -> None:
    for series in series_of(measurements, MEASURES, day(84)):
        own = [
            one
            for one in measurements
            if (one.measure, one.side, one.method) == (series.of.id, series.side, series.method)
        ]
        cap = MEASURES[series.of.id].counts_up_to
        by_day: dict[date, list[float]] = {}
        for one in own:
            by_day.setdefault(one.on, []).extend(
                one.values if cap is None else [min(value, cap) for value in one.values]
            )
        assert {point.on for point in series.points} | {left.on for left in series.left_out} == set(by_day)
        for point in series.points:
            assert point.value == statistics.median(by_day[point.on])


@given(some_measurements(), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(measurements: list[Measurement], random: Any) -> None:
    shuffled = list(measurements)
    random.shuffle(shuffled)
    assert judge_all(shuffled, MEASURES, day(84)) == judge_all(measurements, MEASURES, day(84))


@given(some_measurements())
def test_noise_is_never_called_real_and_good_news_never_less_than_what_matters(
    measurements: list[Measurement],
) -> None:
    for change in judge_all(measurements, MEASURES, day(84)):
        measure = MEASURES[change.id]
        method = next(one for one in measure.methods if one.id == change.method)
        if change.change is None or method.detectable_change is None:
            assert not change.real
            continue
        error = amount(method.detectable_change, change.first.value, change.last.value)
        matters = amount(measure.matters, change.first.value, change.last.value) if measure.matters else 0.0
        assert bool(change.real) == (abs(change.change) >= error - 1e-9 and change.change != 0)
        if change.verdict in ("improved", "worse"):
            assert abs(change.change) >= max(error, matters) - 1e-9
            assert (change.verdict == "improved") == ((change.change > 0) == (measure.better == "higher"))


@given(some_measurements())
def test_left_and_right_are_treated_alike(measurements: list[Measurement]) -> None:
    swap: dict[Any, Any] = {"left": "right", "right": "left", None: None}
    mirrored = [
        Measurement(one.measure, one.on, one.values, swap[one.side], one.method) for one in measurements
    ]

    def told(change: Change) -> tuple[Any, ...]:
        return (change.id, change.method, change.change, change.verdict, change.reasons)

    ours = {(*told(one), one.side) for one in judge_all(measurements, MEASURES, day(84))}
    theirs = {(*told(one), swap[one.side]) for one in judge_all(mirrored, MEASURES, day(84))}
    assert ours == theirs


@given(some_measurements())
def test_run_backwards_better_becomes_worse(measurements: list[Measurement]) -> None:
    backwards = [
        Measurement(one.measure, day(84) - (one.on - START), one.values, one.side, one.method)
        for one in measurements
    ]
    turn = {"improved": "worse", "worse": "improved"}
    before = {(one.id, one.side, one.method): one for one in judge_all(measurements, MEASURES, day(84))}
    after = {(one.id, one.side, one.method): one for one in judge_all(backwards, MEASURES, day(84))}
    assert before.keys() == after.keys()
    for key, one in before.items():
        assert after[key].verdict == turn.get(one.verdict, one.verdict)


@given(some_measurements(), st.integers(0, 84))
def test_what_was_told_on_a_day_does_not_change_by_what_comes_later(
    measurements: list[Measurement], today: int
) -> None:
    def told(given_: list[Measurement]) -> list[tuple[Any, ...]]:
        judged = judge_all(given_, MEASURES, day(today))
        return [(one.id, one.side, one.method, one.change, one.verdict, one.as_of) for one in judged]

    assert told(measurements) == told([one for one in measurements if one.on <= day(today)])
