"""Many poses at once give what one pose at a time gives, refuse what is outside, and scale with the person."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kneewise.body.calf import (
    CALF_FITS,
    calf_ankle_moment_arm,
    calf_knee_moment_arm,
    calf_length,
    calf_strain,
)
from kneewise.body.muscle import FITS, HAMSTRINGS, hip_moment_arm, knee_moment_arm, muscle_length, strain
from kneewise.body.muscle_arrays import (
    hamstring_strains,
    hip_moment_arms,
    knee_moment_arms,
    lengths,
    strains,
)
from kneewise.body.segments import segments

HIPS = st.floats(-20, 100)
KNEES = st.floats(0, 120)
ANKLES = st.floats(-40, 30)
STATURES = st.floats(1.0, 2.2)


@settings(max_examples=60)
@given(st.lists(st.tuples(HIPS, KNEES, ANKLES), min_size=1, max_size=20), STATURES)
def test_arrays_agree_with_the_scalar_reference(
    poses: list[tuple[float, float, float]], stature: float
) -> None:
    hip, knee, ankle = np.array(poses).T
    person = segments(stature)
    for muscle in FITS:
        one = [muscle_length(muscle, h, k, person.thigh_m) for h, k, _ in poses]
        np.testing.assert_allclose(lengths(muscle, hip, knee, ankle, person), one, rtol=1e-12)
        at_hip = [hip_moment_arm(muscle, h, k, person.thigh_m) for h, k, _ in poses]
        np.testing.assert_allclose(hip_moment_arms(muscle, hip, knee, person), at_hip, atol=1e-12)
        at_knee = [knee_moment_arm(muscle, h, k, person.thigh_m) for h, k, _ in poses]
        np.testing.assert_allclose(knee_moment_arms(muscle, hip, knee, person=person), at_knee, atol=1e-12)
    for muscle in CALF_FITS:
        one = [calf_length(muscle, k, a, person.shank_m) for _, k, a in poses]
        np.testing.assert_allclose(lengths(muscle, hip, knee, ankle, person), one, rtol=1e-12)
        at_knee = [calf_knee_moment_arm(muscle, k, a, person.shank_m) for _, k, a in poses]
        np.testing.assert_allclose(knee_moment_arms(muscle, hip, knee, ankle, person), at_knee, atol=1e-12)


@given(st.sampled_from(sorted(FITS)), HIPS, KNEES)
def test_a_moment_arm_is_the_numerical_derivative_of_the_length(muscle: str, hip: float, knee: float) -> None:
    step = 1e-3
    around = np.radians(2 * step)
    hip = min(max(hip, -20 + step), 100 - step)
    knee = min(max(knee, step), 120 - step)
    by_hip = (lengths(muscle, hip + step, knee) - lengths(muscle, hip - step, knee)) / around
    by_knee = (lengths(muscle, hip, knee + step) - lengths(muscle, hip, knee - step)) / around
    assert hip_moment_arms(muscle, hip, knee) == pytest.approx(by_hip, abs=1e-6)
    assert knee_moment_arms(muscle, hip, knee) == pytest.approx(-by_knee, abs=1e-6)


@given(st.sampled_from(sorted(CALF_FITS)), st.floats(0.01, 119.9), st.floats(-39.9, 29.9))
def test_a_calf_moment_arm_is_the_numerical_derivative_too(muscle: str, knee: float, ankle: float) -> None:
    step = 1e-3
    around = float(np.radians(2 * step))
    by_knee = (calf_length(muscle, knee + step, ankle) - calf_length(muscle, knee - step, ankle)) / around
    by_ankle = (calf_length(muscle, knee, ankle + step) - calf_length(muscle, knee, ankle - step)) / around
    assert calf_knee_moment_arm(muscle, knee, ankle) == pytest.approx(-by_knee, abs=1e-6)
    assert calf_ankle_moment_arm(muscle, knee, ankle) == pytest.approx(by_ankle, abs=1e-6)


def test_hip_and_knee_broadcast_to_a_grid() -> None:
    hip, knee = np.arange(0.0, 100.0, 10.0)[:, None], np.arange(0.0, 60.0, 15.0)
    grid = strains("semimembranosus", hip, knee, spine_share=0.2)
    assert grid.shape == (10, 4)
    assert grid[9, 2] == pytest.approx(strain("semimembranosus", 90, 30, spine_share=0.2))
    assert hamstring_strains(hip, knee).shape == (len(HAMSTRINGS), 10, 4)
    assert lengths("gastrocnemius_medial_head", hip, knee).shape == (10, 4)


def test_a_taller_person_has_longer_muscles_and_the_same_strain() -> None:
    small, tall = segments(1.55), segments(1.95)
    assert lengths("semitendinosus", 60, 20, person=tall) / lengths(
        "semitendinosus", 60, 20, person=small
    ) == pytest.approx(1.95 / 1.55)
    assert calf_strain("gastrocnemius_medial_head", 0, 20) == pytest.approx(
        float(strains("gastrocnemius_medial_head", 0, 0, 20))
    )


def test_the_calf_is_longest_with_a_straight_knee_and_the_foot_drawn_up() -> None:
    for muscle in CALF_FITS:
        assert calf_strain(muscle, 0, 20) > calf_strain(muscle, 0, 0) == 0.0
        assert calf_strain(muscle, 0, 20) > calf_strain(muscle, 60, 20)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: lengths("semitendinosus", [0, 130, 20], 10), "hip flexion of -30 to 120 degrees, not 130"),
        (lambda: lengths("semitendinosus", 0, [-1.0]), "knee flexion of 0 to 140 degrees, not -1"),
        (lambda: lengths("semitendinosus", float("nan"), 0), "not nan"),
        (lambda: strains("gluteus", 0, 0), "not known: one of biceps"),
        (lambda: lengths("gastrocnemius_medial_head", 0, 0, 60), "ankle angle of -40 to 30 degrees, not 60"),
        (lambda: calf_length("soleus", 0, 0), "not known"),
        (lambda: calf_length("gastrocnemius_medial_head", 150, 0), "knee angle of 0 to 120 degrees, not 150"),
        (lambda: segments(175), "give metres, from 0.9 to 2.4"),
    ],
)
def test_what_is_outside_is_refused_in_plain_words(call, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
