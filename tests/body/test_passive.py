"""The passive resistance of Riener and Edrich 1999 at the poses whose values are known."""

from __future__ import annotations

import pytest

from kneewise.body.passive import passive_moments

KNOWN = [
    (0, 0, 8.6, 10.4),
    (60, 0, -15.7, 26.6),
    (70, 0, -24.2, 32.0),
    (80, 0, -35.7, 38.7),
    (90, 0, -51.4, 47.0),
    (90, 20, -29.8, 16.3),
    (90, 30, -22.1, 10.0),
    (90, 45, -13.4, 3.9),
    (90, 90, 0.3, -3.5),
]


@pytest.mark.parametrize(("hip", "knee", "hip_nm", "knee_nm"), KNOWN)
def test_the_table(hip: float, knee: float, hip_nm: float, knee_nm: float) -> None:
    found = passive_moments(hip, knee)
    assert found.hip_nm == pytest.approx(hip_nm, abs=0.06)
    assert found.knee_nm == pytest.approx(knee_nm, abs=0.06)


def test_bending_the_knee_takes_most_of_the_resistance_of_a_straight_leg_stretch_away() -> None:
    straight, bent = passive_moments(90, 0), passive_moments(90, 30)
    assert abs(bent.hip_nm) < abs(straight.hip_nm) / 2
    assert bent.knee_nm < straight.knee_nm / 4


def test_a_foot_drawn_up_pulls_at_ankle_and_knee() -> None:
    assert passive_moments(0, 0, 20).ankle_nm < passive_moments(0, 0, 0).ankle_nm < 0
    assert passive_moments(60, 0, 20).knee_nm > passive_moments(60, 0, 0).knee_nm


@pytest.mark.parametrize("angles", [(130, 0, 0), (60, -5, 0), (60, 0, 50)])
def test_outside_of_what_was_measured_it_is_refused(angles: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="passive resistance is known for"):
        passive_moments(*angles)
