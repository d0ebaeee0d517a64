"""Muscle lengths against the golden table, moment arms against differences, and one person's limit."""

from __future__ import annotations

from math import pi

import pytest

from kneewise.body.limit import worked_poses
from kneewise.body.muscle import (
    FITS,
    HAMSTRINGS,
    hip_moment_arm,
    knee_moment_arm,
    length_class,
    muscle_length,
    peak_strain,
    straight_knee_hip_limit,
    strain,
    true_hip,
)
from tests.body.shipped import IDS, content, figure

# hip, knee, length in metres, hip and knee moment arm in metres: computed with OpenSim's own geometry from
# RajagopalLaiUhlrich2023.osim (opensim-models, 9 December 2024).
GOLDEN = {
    "biceps_femoris_long_head": (
        (-30, 0, 0.40304, 0.01932, 0.02858), (0, 0, 0.42151, 0.04894, 0.02973),
        (0, 90, 0.37572, 0.04832, 0.02928), (45, 30, 0.45271, 0.06155, 0.02788),
        (90, 0, 0.50893, 0.03940, 0.02964), (90, 60, 0.47916, 0.04026, 0.03064),
        (120, 120, 0.46318, 0.01338, 0.02374),
    ),
    "semimembranosus": (
        (0, 0, 0.41314, 0.04352, 0.03211), (0, 60, 0.37625, 0.04233, 0.03763),
        (45, 90, 0.39826, 0.05486, 0.03190), (90, 30, 0.47356, 0.03577, 0.03496),
        (120, 0, 0.50339, 0.01186, 0.03085),
    ),
    "semitendinosus": (
        (0, 0, 0.45578, 0.04882, 0.03906), (0, 120, 0.36725, 0.04979, 0.02433),
        (45, 60, 0.45700, 0.06665, 0.04858), (90, 0, 0.55007, 0.04580, 0.03893),
        (120, 90, 0.49772, 0.02124, 0.04376),
    ),
    "biceps_femoris_short_head": ((0, 0, 0.22996, 0.0, 0.02227), (45, 90, 0.19408, 0.0, 0.02678)),
}  # fmt: skip
ROWS = [(muscle, *row) for muscle, rows in GOLDEN.items() for row in rows]


@pytest.mark.parametrize(("muscle", "hip", "knee", "length", "hip_arm", "knee_arm"), ROWS)
def test_golden_table(
    muscle: str, hip: float, knee: float, length: float, hip_arm: float, knee_arm: float
) -> None:
    assert muscle_length(muscle, hip, knee) == pytest.approx(length, abs=0.0025)
    assert muscle_length(muscle, hip, knee) == pytest.approx(length, abs=FITS[muscle].max_error_m + 5e-5)
    # Moment arms of the model vary with its wrapping surfaces; the fit smooths them.
    assert hip_moment_arm(muscle, hip, knee) == pytest.approx(hip_arm, abs=0.008)
    assert knee_moment_arm(muscle, hip, knee) == pytest.approx(knee_arm, abs=0.008)


@pytest.mark.parametrize("muscle", FITS)
@pytest.mark.parametrize(("hip", "knee"), [(-15, 10), (0, 45), (40, 5), (75, 20), (90, 100)])
def test_moment_arm_is_the_derivative_of_the_length(muscle: str, hip: float, knee: float) -> None:
    step = 1e-3
    radians = 2 * step * pi / 180
    by_hip = (muscle_length(muscle, hip + step, knee) - muscle_length(muscle, hip - step, knee)) / radians
    by_knee = (muscle_length(muscle, hip, knee + step) - muscle_length(muscle, hip, knee - step)) / radians
    assert hip_moment_arm(muscle, hip, knee) == pytest.approx(by_hip, abs=1e-6)
    assert knee_moment_arm(muscle, hip, knee) == pytest.approx(-by_knee, abs=1e-6)


def test_length_scales_with_the_thigh() -> None:
    half = muscle_length("semimembranosus", 60, 20, thigh_m=0.4061 / 2)
    assert half == pytest.approx(muscle_length("semimembranosus", 60, 20) / 2)


@pytest.mark.parametrize("muscle", HAMSTRINGS)
def test_strain_grows_with_the_hip_and_falls_with_the_knee(muscle: str) -> None:
    assert strain(muscle, 0, 0) == pytest.approx(0.0)
    over_hip = [strain(muscle, h, 20) for h in range(-30, 111, 10)]
    over_knee = [strain(muscle, 60, k) for k in range(0, 121, 10)]
    assert over_hip == sorted(over_hip)
    assert over_knee == sorted(over_knee, reverse=True)


def test_the_spine_takes_its_share_of_the_bend() -> None:
    assert strain("semitendinosus", 90, 0, spine_share=0.3) == pytest.approx(strain("semitendinosus", 63, 0))
    assert strain("semitendinosus", -10, 0, spine_share=0.3) == pytest.approx(
        strain("semitendinosus", -10, 0)
    )


def test_sprint_swing_has_the_published_strain() -> None:
    """Thelen 2005: +9.5 % biceps femoris, +8.1 % semitendinosus, +7.4 % semimembranosus in late swing."""
    assert 0.085 < strain("biceps_femoris_long_head", 58, 37) < 0.105
    assert 0.065 < strain("semitendinosus", 58, 37) < 0.090
    assert 0.060 < strain("semimembranosus", 58, 37) < 0.085


@pytest.mark.parametrize(
    ("deficit", "limits"),
    [
        (0, (90, 90, 90)),
        (10, (83, 82, 82)),
        (20, (77, 74, 74)),
        (33, (70, 64, 65)),
        (45, (64, 56, 56)),
        (60, (56, 45, 45)),
    ],
)
def test_what_a_knee_extension_deficit_allows_at_the_hip(deficit: float, limits: tuple) -> None:
    for muscle, expected in zip(HAMSTRINGS, limits, strict=True):
        assert straight_knee_hip_limit(deficit, muscle) == pytest.approx(expected, abs=1.5)


def test_a_mild_stretch_allows_less() -> None:
    assert straight_knee_hip_limit(20, share=0.95) < straight_knee_hip_limit(20) - 5


@pytest.mark.parametrize("wrong", [-5, 120])
def test_an_impossible_deficit_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="deficit"):
        straight_knee_hip_limit(wrong)


def test_an_angle_outside_the_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="hip flexion"):
        muscle_length("semimembranosus", 150, 0)
    with pytest.raises(ValueError, match="not known"):
        muscle_length("gluteus", 0, 0)


POSED = [i for i in IDS if figure(i).poses and figure(i).view == "side"]


@pytest.mark.parametrize("exercise", POSED)
def test_the_stated_length_class_follows_from_the_poses(exercise: str) -> None:
    shown = figure(exercise)
    hips = [
        (true_hip(p.working.hip, shown.spine_share_of_hip), p.working.knee) for _, p in worked_poses(shown)
    ]
    angles = [(min(max(hip, -30), 120), min(knee, 140)) for hip, knee in hips]
    assert content(exercise)["length_class"] == length_class(peak_strain(angles))


def test_hinges_are_longer_than_bridges_and_nordics() -> None:
    """The order that matters for the programme: long-length work is not done by bridges, curls or Nordics."""

    def peak(exercise: str) -> float:
        shown = figure(exercise)
        poses = [p.working for _, p in worked_poses(shown)]
        return peak_strain([(leg.hip, leg.knee) for leg in poses], shown.spine_share_of_hip)

    for long in ("rdl", "stiff_leg_dl", "diver", "chair_ham_stretch"):
        for short in ("bridge_hold", "nordic", "slider_ecc", "prone_curl"):
            assert peak(long) > 0.10 > 0.03 > peak(short)
