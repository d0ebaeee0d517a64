"""How far a relaxed leg resists being moved: passive moments of hip, knee and ankle.

Riener R, Edrich T. Identification of passive elastic joint moments in the lower extremities. J Biomech
1999;32:539-544: mean of healthy young adults; the equations were read as coded in a public repository, with
the ankle's sign already turned so that dorsiflexion is positive. An ordinary person's resistance, never this
person's: a stiff one has more. A generic passive force curve of a muscle model says two to four times as
much at far bent hips, so it is not used here.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

SOURCE = "F_RIENER99"
# The equations grow without end outside what was measured; these ranges are an estimate.
RANGES = {"hip": (-15.0, 110.0), "knee": (0.0, 120.0), "ankle": (-30.0, 25.0)}


@dataclass(frozen=True)
class PassiveMoments:
    """Moments in newton metres that the relaxed tissue exerts.

    Hip and knee: positive bends the joint, negative straightens it. Ankle: positive lifts the foot.
    """

    hip_nm: float
    knee_nm: float
    ankle_nm: float


def passive_moments(hip: float, knee: float, ankle: float = 0.0) -> PassiveMoments:
    """Passive moments at these angles in degrees (flexion and dorsiflexion positive).

    Raises ValueError for an angle outside what the equations were made for.
    """
    for joint, value in (("hip", hip), ("knee", knee), ("ankle", ankle)):
        low, high = RANGES[joint]
        if not low <= value <= high:
            raise ValueError(
                f"passive resistance is known for a {joint} of {low:g} to {high:g} degrees, not {value:g}"
            )
    hip_nm = exp(1.4655 - 0.0034 * knee - 0.0750 * hip) - exp(1.3403 - 0.0226 * knee + 0.0305 * hip) + 8.072
    knee_nm = (
        exp(1.800 + 0.0460 * ankle - 0.0352 * knee + 0.0217 * hip)
        - exp(-3.971 + 0.0004 * ankle + 0.0495 * knee - 0.0128 * hip)
        - 4.820
        + exp(2.220 - 1.50 * knee)
    )
    ankle_nm = (
        exp(-7.9763 - 0.1949 * ankle + 0.0008 * knee) - exp(2.1016 + 0.0843 * ankle - 0.0176 * knee) + 1.792
    )
    return PassiveMoments(hip_nm, knee_nm, ankle_nm)
