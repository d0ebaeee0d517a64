"""Length and moment arm of the gastrocnemius, which crosses the knee and the ankle.

Separable polynomials as in `muscle`, fitted (within 0.3 mm) to the geometry of the model gait2392 (Delp SL
et al., IEEE Trans Biomed Eng 1990;37:757; Anderson FC, Pandy MG; file under CC BY 3.0) for a shank of 0.430 m
and scaled to the person's. The hamstrings come from a newer model; its gastrocnemius was left out because
near a straight knee its path is not smooth: its length and its own moment arm disagree by 16 mm there.

What is known of the limits: the straight lines of Hawkins D, Hull ML (J Biomech 1990;23:487) differ by up
to 3.5 % of length, and published moment arms at the knee run from 11 to 29 mm (14 to 22 mm here). Use
changes against standing, never millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

MODEL_SHANK_M = 0.430
KNEE_RANGE = (0.0, 120.0)
ANKLE_RANGE = (-40.0, 30.0)
_PER_RADIAN = 1.8 / pi  # a slope per hundred degrees, times this, is a slope per radian


@dataclass(frozen=True)
class CalfFit:
    """L = at_zero + sum(knee[i] k^(i+1)) + sum(ankle[j] a^(j+1)) + cross k a, in hundreds of degrees."""

    at_zero_m: float
    knee: tuple[float, float, float, float]
    ankle: tuple[float, float, float]
    cross: float
    max_error_m: float


CALF_FITS: dict[str, CalfFit] = {
    "gastrocnemius_medial_head": CalfFit(
        0.45083, (-0.04083, 0.00521, 0.00283, 0.00006), (0.08079, -0.01601, -0.03889), -0.00017, 0.00022
    ),
    "gastrocnemius_lateral_head": CalfFit(
        0.44721, (-0.04132, 0.00576, 0.00329, 0.00055), (0.08244, -0.01766, -0.03940), -0.00034, 0.00023
    ),
}


def calf_fit(muscle: str) -> CalfFit:
    """The fit of one head. Raises ValueError for a muscle that is not one."""
    try:
        return CALF_FITS[muscle]
    except KeyError:
        raise ValueError(f"calf muscle {muscle!r} is not known: one of {', '.join(CALF_FITS)}") from None


def _checked(muscle: str, knee: float, ankle: float) -> CalfFit:
    fit = calf_fit(muscle)
    for name, value, (low, high) in (("knee", knee, KNEE_RANGE), ("ankle", ankle, ANKLE_RANGE)):
        if not low <= value <= high:
            raise ValueError(
                f"{muscle} is fitted for a {name} angle of {low:g} to {high:g} degrees, not {value:g}"
            )
    return fit


def calf_length(muscle: str, knee: float, ankle: float, shank_m: float = MODEL_SHANK_M) -> float:
    """Length with the tendon in metres; knee flexion and dorsiflexion in degrees, shank in metres.

    Raises ValueError for an unknown muscle or an angle outside the fit.
    """
    fit = _checked(muscle, knee, ankle)
    k, a = knee / 100, ankle / 100
    total = fit.at_zero_m + fit.cross * k * a
    total += sum(c * k ** (i + 1) for i, c in enumerate(fit.knee))
    total += sum(c * a ** (i + 1) for i, c in enumerate(fit.ankle))
    return total * shank_m / MODEL_SHANK_M


def calf_knee_moment_arm(muscle: str, knee: float, ankle: float, shank_m: float = MODEL_SHANK_M) -> float:
    """Moment arm about the knee in metres, flexion positive: minus the change of length per radian."""
    fit = _checked(muscle, knee, ankle)
    slope = sum((i + 1) * c * (knee / 100) ** i for i, c in enumerate(fit.knee)) + fit.cross * ankle / 100
    return -slope * _PER_RADIAN * shank_m / MODEL_SHANK_M


def calf_ankle_moment_arm(muscle: str, knee: float, ankle: float, shank_m: float = MODEL_SHANK_M) -> float:
    """Moment arm about the ankle in metres, plantarflexion positive: change of length per radian."""
    fit = _checked(muscle, knee, ankle)
    slope = sum((i + 1) * c * (ankle / 100) ** i for i, c in enumerate(fit.ankle)) + fit.cross * knee / 100
    return slope * _PER_RADIAN * shank_m / MODEL_SHANK_M


def calf_strain(muscle: str, knee: float, ankle: float) -> float:
    """Change of length against standing straight with the foot at a right angle, as a share."""
    return calf_length(muscle, knee, ankle) / calf_fit(muscle).at_zero_m - 1.0
