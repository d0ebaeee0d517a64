"""A person's segment lengths and masses from stature: what muscle lengths and statics are scaled with.

Lengths as in `proportions`. Masses and their centres: Winter DA, Biomechanics and Motor Control of Human
Movement, 4th ed. (2009), table 4.1 (after Dempster 1955), quoted from memory; they come from a few older
men and fit another body within about a tenth.
"""

from __future__ import annotations

from dataclasses import dataclass

from kneewise.body import proportions

STATURE_RANGE_M = (0.9, 2.4)
SOURCE = "R_WINTER09"


@dataclass(frozen=True)
class Segments:
    """Lengths of one leg in metres."""

    thigh_m: float
    shank_m: float


def segments(stature_m: float) -> Segments:
    """Thigh (hip to knee) and shank (knee to ankle) of a person of this stature in metres.

    Raises ValueError for a stature that cannot be (give metres, not centimetres).
    """
    low, high = STATURE_RANGE_M
    if not low <= stature_m <= high:
        raise ValueError(
            f"a stature of {stature_m:g} m cannot be: give metres, from {low:g} to {high:g} (175 cm is 1.75)"
        )
    return Segments(proportions.THIGH * stature_m, proportions.SHANK * stature_m)


@dataclass(frozen=True)
class Mass:
    """A segment's share of body mass, and where its centre lies between two points of the skeleton."""

    share: float
    start: str
    end: str
    centre: float


# The head's centre is where the drawing puts it; the hand's is its grip.
TRUNK_AND_HEAD = (Mass(0.497, "pelvis", "neck", 0.50), Mass(0.081, "head", "head", 0.0))
ARM = (
    Mass(0.028, "shoulder", "elbow", 0.436),
    Mass(0.016, "elbow", "wrist", 0.430),
    Mass(0.006, "hand", "hand", 0.0),
)
THIGH = Mass(0.100, "hip", "knee", 0.433)
SHANK_AND_FOOT = (Mass(0.0465, "knee", "ankle", 0.433), Mass(0.0145, "heel", "toe", 0.50))
