"""Lengths, moment arms and strains over arrays of poses: the fast path of `muscle` and `calf`.

Every function takes hip, knee and ankle angles as numbers or arrays that broadcast against each other (a
thousand poses, or a grid of hip by knee) and gives an array of their common shape. The scalar functions are
the reference: a test holds both equal. This module imports NumPy, so nothing that a start needs imports it.
"""

from __future__ import annotations

from math import pi

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kneewise.body.calf import ANKLE_RANGE, CALF_FITS, KNEE_RANGE, MODEL_SHANK_M
from kneewise.body.muscle import FITS, HAMSTRINGS, MODEL_THIGH_M
from kneewise.body.segments import Segments

Array = NDArray[np.float64]
MUSCLES = (*FITS, *CALF_FITS)
MODEL = Segments(MODEL_THIGH_M, MODEL_SHANK_M)
_PER_RADIAN = 1.8 / pi


def _range(muscle: str, joint: str, angles: Array, limits: tuple[float, float]) -> None:
    low, high = limits
    wrong = ~((angles >= low) & (angles <= high))  # a missing angle is outside too
    if wrong.any():
        value = float(angles.flat[int(np.argmax(wrong))])
        raise ValueError(
            f"{muscle} is fitted for a {joint} of {low:g} to {high:g} degrees, not {value:g} "
            f"({int(wrong.sum())} of {angles.size} angles)"
        )


def _polynomial(coefficients: tuple[float, ...], x: Array) -> Array:
    total = np.zeros_like(x)
    for c in reversed(coefficients):
        total = (total + c) * x
    return total


def _slope(coefficients: tuple[float, ...], x: Array) -> Array:
    total = np.zeros_like(x)
    for power in range(len(coefficients) - 1, -1, -1):
        total = total * x + (power + 1) * coefficients[power]
    return total


def _angles(muscle: str, hip: ArrayLike, knee: ArrayLike, ankle: ArrayLike) -> tuple[Array, Array, Array]:
    """The angles as arrays, each within what the muscle's fit covers."""
    h, k, a = (np.asarray(one, dtype=np.float64) for one in (hip, knee, ankle))
    if muscle in CALF_FITS:
        _range(muscle, "knee angle", k, KNEE_RANGE)
        _range(muscle, "ankle angle", a, ANKLE_RANGE)
    elif muscle in FITS:
        _range(muscle, "hip flexion", h, FITS[muscle].hip_range)
        _range(muscle, "knee flexion", k, FITS[muscle].knee_range)
    else:
        raise ValueError(f"muscle {muscle!r} is not known: one of {', '.join(MUSCLES)}")
    return h, k, a


def _shaped(values: Array | float, *angles: Array) -> Array:
    """Values in the common shape of the angles, also of those that this muscle does not feel."""
    return np.array(np.broadcast_to(values, np.broadcast_shapes(*(one.shape for one in angles))))


def lengths(
    muscle: str, hip: ArrayLike, knee: ArrayLike, ankle: ArrayLike = 0.0, person: Segments = MODEL
) -> Array:
    """Length of the muscle with its tendons in metres; angles in degrees, of one broadcast shape.

    Raises ValueError for an unknown muscle or any angle outside its fit.
    """
    angles = _angles(muscle, hip, knee, ankle)
    h, k, a = (one / 100 for one in angles)
    if muscle in CALF_FITS:
        calf = CALF_FITS[muscle]
        model = calf.at_zero_m + _polynomial(calf.knee, k) + _polynomial(calf.ankle, a) + calf.cross * k * a
        return _shaped(model * (person.shank_m / MODEL_SHANK_M), *angles)
    fit = FITS[muscle]
    model = fit.at_zero_m + _polynomial(fit.hip, h) + _polynomial(fit.knee, k) + fit.cross * h * k
    return _shaped(model * (person.thigh_m / MODEL_THIGH_M), *angles)


def hip_moment_arms(muscle: str, hip: ArrayLike, knee: ArrayLike, person: Segments = MODEL) -> Array:
    """Moment arms about the hip in metres, extension positive; 0 for a muscle that does not cross it."""
    h, k, a = _angles(muscle, hip, knee, 0.0)
    if muscle in CALF_FITS:
        return _shaped(0.0, h, k)
    fit = FITS[muscle]
    slope = _slope(fit.hip, h / 100) + fit.cross * k / 100
    return _shaped(slope * (_PER_RADIAN * person.thigh_m / MODEL_THIGH_M), h, k, a)


def knee_moment_arms(
    muscle: str, hip: ArrayLike, knee: ArrayLike, ankle: ArrayLike = 0.0, person: Segments = MODEL
) -> Array:
    """Moment arms about the knee in metres, flexion positive."""
    h, k, a = _angles(muscle, hip, knee, ankle)
    if muscle in CALF_FITS:
        calf = CALF_FITS[muscle]
        slope = _slope(calf.knee, k / 100) + calf.cross * a / 100
        return _shaped(-slope * (_PER_RADIAN * person.shank_m / MODEL_SHANK_M), h, k, a)
    fit = FITS[muscle]
    slope = _slope(fit.knee, k / 100) + fit.cross * h / 100
    return _shaped(-slope * (_PER_RADIAN * person.thigh_m / MODEL_THIGH_M), h, k, a)


def true_hips(hip: ArrayLike, spine_share: ArrayLike) -> Array:
    """Hip flexion without the part of the low back and pelvis; only flexion is shared."""
    h, share = np.asarray(hip, dtype=np.float64), np.asarray(spine_share, dtype=np.float64)
    return np.where(h > 0, h * (1.0 - share), h)


def strains(
    muscle: str,
    hip: ArrayLike,
    knee: ArrayLike,
    ankle: ArrayLike = 0.0,
    spine_share: ArrayLike = 0.0,
) -> Array:
    """Change of length against standing straight, as a share; the person's size cancels out."""
    fit = CALF_FITS.get(muscle) or FITS.get(muscle)
    if fit is None:
        raise ValueError(f"muscle {muscle!r} is not known: one of {', '.join(MUSCLES)}")
    return lengths(muscle, true_hips(hip, spine_share), knee, ankle) / fit.at_zero_m - 1.0


def hamstring_strains(hip: ArrayLike, knee: ArrayLike, spine_share: ArrayLike = 0.0) -> Array:
    """Strains of the three long hamstrings, in the order of `HAMSTRINGS`, along a new first axis."""
    return np.stack([strains(muscle, hip, knee, spine_share=spine_share) for muscle in HAMSTRINGS])
