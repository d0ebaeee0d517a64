"""Fits against muscle lengths that OpenSim computed, and how far whole models differ from each other.

golden_muscle_lengths.csv: lengths and moment arms of the right leg computed with OpenSim 4.6 (the hamstrings
with an evaluator of our own that agrees with it within 0.03 mm) from three published models as they stood in
opensim-models on 9 December 2024. Only numbers, no model file, are kept.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from kneewise.body.calf import CALF_FITS, calf_strain
from kneewise.body.muscle import FITS, HAMSTRINGS
from kneewise.body.muscle_arrays import (
    MODEL,
    MUSCLES,
    hip_moment_arms,
    knee_moment_arms,
    lengths,
    strains,
)

OURS = "RajagopalLaiUhlrich2023"
PUBLISHED_BOUND_MM = {"semitendinosus": 2.2}  # 1.3 mm for all others


@dataclass(frozen=True)
class Row:
    model: str
    muscle: str
    hip: float
    knee: float
    ankle: float
    length: float
    hip_arm: float
    knee_arm: float
    ankle_arm: float


def _rows() -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    with (Path(__file__).parent / "golden_muscle_lengths.csv").open(encoding="utf-8") as file:
        for model, muscle, *numbers in list(csv.reader(file))[1:]:
            found[model, muscle].append(Row(model, muscle, *(float(number) for number in numbers)))
    return found


ROWS = _rows()


def _column(rows: list[Row], name: str) -> np.ndarray:
    return np.array([getattr(row, name) for row in rows])


def _model_of(muscle: str) -> str:
    return "gait2392" if muscle in CALF_FITS else OURS


def test_the_table_holds_every_muscle_over_its_whole_range() -> None:
    assert {muscle for model, muscle in ROWS if model == _model_of(muscle)} == set(MUSCLES)
    hamstring = ROWS[OURS, "biceps_femoris_long_head"]
    assert len(hamstring) == 165
    assert {row.hip for row in hamstring} >= {-30, 0, 90, 120}
    assert {row.knee for row in hamstring} >= {0, 90, 140}


@pytest.mark.parametrize("muscle", MUSCLES)
def test_lengths_are_within_the_stated_bound(muscle: str) -> None:
    rows = ROWS[_model_of(muscle), muscle]
    ours = lengths(muscle, _column(rows, "hip"), _column(rows, "knee"), _column(rows, "ankle"))
    worst_mm = 1000 * float(np.abs(ours - _column(rows, "length")).max())
    assert worst_mm <= PUBLISHED_BOUND_MM.get(muscle, 1.3)
    stated = FITS[muscle].max_error_m if muscle in FITS else CALF_FITS[muscle].max_error_m
    assert worst_mm == pytest.approx(1000 * stated, abs=0.1), "the fit must say its own largest error"


@pytest.mark.parametrize("muscle", MUSCLES)
def test_moment_arms_follow_the_model_within_a_centimetre(muscle: str) -> None:
    """±10 mm is how far published moment arms differ; the fit smooths wrapping surfaces."""
    rows = ROWS[_model_of(muscle), muscle]
    hip, knee, ankle = (_column(rows, name) for name in ("hip", "knee", "ankle"))
    assert np.abs(hip_moment_arms(muscle, hip, knee) - _column(rows, "hip_arm")).max() < 0.010
    assert np.abs(knee_moment_arms(muscle, hip, knee, ankle) - _column(rows, "knee_arm")).max() < 0.010


@pytest.mark.parametrize("other", ["Rajagopal2016", "gait2392"])
@pytest.mark.parametrize("muscle", HAMSTRINGS)
def test_models_differ_by_a_few_per_cent_of_length(muscle: str, other: str) -> None:
    """What is told of a person rests on one model; another would say up to 3 % of length else."""
    rows = [row for row in ROWS[other, muscle] if 0 <= row.hip <= 90 and row.knee <= 90]
    standing = next(row.length for row in rows if row.hip == row.knee == 0)
    theirs = _column(rows, "length") / standing - 1
    ours = strains(muscle, _column(rows, "hip"), _column(rows, "knee"))
    spread = np.abs(ours - theirs)
    assert float(np.sqrt((spread**2).mean())) < 0.02
    assert 0.002 < float(spread.max()) < 0.045


@pytest.mark.parametrize(
    ("muscle", "base", "per_knee"),
    [("gastrocnemius_medial_head", 0.900, -6.2e-4), ("gastrocnemius_lateral_head", 0.894, -5.0e-4)],
)
def test_the_calf_agrees_with_hawkins_and_hull_within_a_few_per_cent(
    muscle: str, base: float, per_knee: float
) -> None:
    """Hawkins and Hull 1990: length / shank = base + per_knee knee + 0.00214 (90 + dorsiflexion)."""

    def published(knee: float, ankle: float) -> float:
        return base + per_knee * knee + 0.00214 * (90 + ankle)

    for knee in range(0, 121, 30):
        for ankle in range(-40, 31, 10):
            theirs = published(knee, ankle) / published(0, 0) - 1
            assert calf_strain(muscle, knee, ankle) == pytest.approx(theirs, abs=0.036)
    ours = float(lengths(muscle, 0, 0)) / MODEL.shank_m
    assert ours == pytest.approx(published(0, 0), rel=0.05)
