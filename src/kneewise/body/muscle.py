"""Length and moment arm of the muscles that cross the knee, and what one person's tightness allows.

Lengths are separable polynomials in hip and knee flexion, fitted to the geometry of the model
RajagopalLaiUhlrich2023 (Rajagopal A et al., IEEE Trans Biomed Eng 2016;63:2068; Lai AKM et al., Ann Biomed
Eng 2017;45:2762; Uhlrich SD et al., 2022) for a thigh of 0.4061 m and scaled to the person's thigh. The fit
is within 1.3 mm (semitendinosus 2.2 mm, rectus femoris 1.1 mm). Models differ among themselves by 1 to 2 %
of length, and people by more; published moment arms differ by 10 mm: show changes against standing, never
millimetres. Many poses at once: `muscle_arrays`; the gastrocnemius: `calf`.

A moment arm is the analytic derivative of the length, so the two can never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import pi

MODEL_THIGH_M = 0.4061
_PER_RADIAN = 1.8 / pi  # a slope per hundred degrees, times this, is a slope per radian


@dataclass(frozen=True)
class LengthFit:
    """L = c0 + sum(hip[i] h^(i+1)) + sum(knee[j] k^(j+1)) + cross h k, with h, k in hundreds of degrees."""

    at_zero_m: float
    hip: tuple[float, ...]
    knee: tuple[float, ...]
    cross: float
    hip_range: tuple[float, float]
    knee_range: tuple[float, float]
    max_error_m: float


FITS: dict[str, LengthFit] = {
    "biceps_femoris_long_head": LengthFit(
        0.42156, (0.08496, 0.05693, -0.04804), (-0.04705, 0.00119, -0.01410, 0.00964), -0.00038,
        (-30, 120), (0, 140), 0.00127,
    ),
    "semimembranosus": LengthFit(
        0.41316, (0.07540, 0.05117, -0.04296), (-0.05220, -0.02066, 0.00636, 0.00585), -0.00022,
        (-30, 120), (0, 140), 0.00128,
    ),
    "semitendinosus": LengthFit(
        0.45587, (0.08408, 0.07113, -0.05341), (-0.06260, -0.03201, 0.00913, 0.00824), -0.00006,
        (-30, 120), (0, 140), 0.00218,
    ),
    "biceps_femoris_short_head": LengthFit(
        0.22997, (), (-0.03962, 0.02743, -0.05408, 0.02591), 0.0, (-30, 120), (0, 140), 0.00011
    ),
    "rectus_femoris": LengthFit(
        0.51307, (-0.05845, -0.06017, 0.03948), (0.06824, 0.05921, -0.09220, 0.03217), 0.00080,
        (-20, 100), (0, 130), 0.00108,
    ),
}  # fmt: skip

HAMSTRINGS = ("biceps_femoris_long_head", "semimembranosus", "semitendinosus")


def _fit(muscle: str, hip: float, knee: float) -> LengthFit:
    try:
        fit = FITS[muscle]
    except KeyError:
        raise ValueError(f"muscle {muscle!r} is not known: one of {', '.join(FITS)}") from None
    for name, value, (low, high) in (("hip", hip, fit.hip_range), ("knee", knee, fit.knee_range)):
        if not low <= value <= high:
            raise ValueError(
                f"{muscle} is fitted for a {name} flexion of {low:g} to {high:g} degrees, not {value:g}"
            )
    return fit


def _polynomial(coefficients: tuple[float, ...], x: float) -> float:
    total = 0.0
    for c in reversed(coefficients):
        total = (total + c) * x
    return total


def _slope(coefficients: tuple[float, ...], x: float) -> float:
    return sum((power + 1) * c * x**power for power, c in enumerate(coefficients))


def muscle_length(muscle: str, hip: float, knee: float, thigh_m: float = MODEL_THIGH_M) -> float:
    """Length of the muscle with its tendons in metres, at these flexion angles in degrees."""
    fit = _fit(muscle, hip, knee)
    h, k = hip / 100, knee / 100
    model = fit.at_zero_m + _polynomial(fit.hip, h) + _polynomial(fit.knee, k) + fit.cross * h * k
    return model * thigh_m / MODEL_THIGH_M


def hip_moment_arm(muscle: str, hip: float, knee: float, thigh_m: float = MODEL_THIGH_M) -> float:
    """Moment arm about the hip in metres, extension positive: change of length per radian of flexion."""
    fit = _fit(muscle, hip, knee)
    per_hundred = _slope(fit.hip, hip / 100) + fit.cross * knee / 100
    return per_hundred * _PER_RADIAN * thigh_m / MODEL_THIGH_M


def knee_moment_arm(muscle: str, hip: float, knee: float, thigh_m: float = MODEL_THIGH_M) -> float:
    """Moment arm about the knee in metres, flexion positive: minus the change of length per radian."""
    fit = _fit(muscle, hip, knee)
    per_hundred = _slope(fit.knee, knee / 100) + fit.cross * hip / 100
    return -per_hundred * _PER_RADIAN * thigh_m / MODEL_THIGH_M


def true_hip(hip: float, spine_share: float) -> float:
    """Hip flexion without the part that comes from the low back and pelvis; only flexion is shared."""
    return hip * (1.0 - spine_share) if hip > 0 else hip


def strain(muscle: str, hip: float, knee: float, spine_share: float = 0.0) -> float:
    """Change of length against standing straight, as a share (0.10 is ten per cent longer)."""
    return muscle_length(muscle, true_hip(hip, spine_share), knee) / FITS[muscle].at_zero_m - 1.0


def peak_strain(angles: Iterable[tuple[float, float]], spine_share: float = 0.0) -> float:
    """The largest strain of the biceps femoris long head over (hip, knee) pairs of the working leg."""
    return max(strain("biceps_femoris_long_head", h, max(k, 0.0), spine_share) for h, k in angles)


def length_class(peak: float) -> str:
    """Name a peak strain; the borders (estimates) keep the classes of the published order of exercises."""
    for border, name in ((-0.03, "short"), (0.035, "neutral"), (0.10, "mid"), (0.155, "long")):
        if peak < border:
            return name
    return "very_long"


def straight_knee_hip_limit(
    deficit: float, muscle: str = "biceps_femoris_long_head", share: float = 1.0
) -> float:
    """How far this person may bend at the hip with a straight knee before the muscle is at its limit.

    `deficit` is what is missing to a straight knee with the hip at 90 degrees (active knee extension test);
    `share` of that length is allowed (0.90 to 0.95 for a mild stretch, an estimate). Pelvis held still.
    """
    if not 0.0 <= deficit <= 90.0:
        raise ValueError(f"a knee extension deficit lies between 0 and 90 degrees, not {deficit:g}")
    if not 0.5 < share <= 1.0:
        raise ValueError(f"the share of the limit lies above 0.5 and at most at 1, not {share:g}")
    allowed = share * muscle_length(muscle, 90.0, deficit)
    low, high = FITS[muscle].hip_range[0], 90.0
    if muscle_length(muscle, low, 0.0) >= allowed:
        raise ValueError(f"{share:g} of this limit is shorter than the muscle ever gets with a straight knee")
    for _ in range(60):
        middle = (low + high) / 2
        if muscle_length(muscle, middle, 0.0) < allowed:
            low = middle
        else:
            high = middle
    return (low + high) / 2
