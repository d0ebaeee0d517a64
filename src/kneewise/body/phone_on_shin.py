"""The two positions in which a phone on the shin tells how far a leg goes: where one lies, where it lies.

The poses show the position of the test as its steps word it, not what anybody has to reach.
"""

from __future__ import annotations

from typing import Literal

from kneewise.body.figure import draw
from kneewise.body.pose import Arm, Figure, KeyPose, Leg, Prop

Position = Literal["thigh_upright", "straight_leg"]

_ON_THE_BACK = ("shoulder", "pelvis", "heel2")
_FLAT = Leg(-4, 0, 0)
_HANDS_BEHIND_THIGH = (Arm(30, 40, 0, "thigh_back"), Arm(30, 40, 0, "thigh_back"))
_HANDS_ON_FLOOR = (Arm(4, 0, 0, "floor"), Arm(4, 0, 0, "floor"))
_FIGURES: dict[Position, Figure] = {
    "thigh_upright": Figure(
        orientation="supine",
        poses=(
            KeyPose(-92, Leg(88, 28, 0), _FLAT, _ON_THE_BACK, _HANDS_BEHIND_THIGH, arrow="none"),
        ),
        props=(Prop("mat"), Prop("phone", "shin", "upright")),
        spine_share_of_hip=0.15,
    ),
    "straight_leg": Figure(
        orientation="supine",
        poses=(KeyPose(-92, Leg(62, 0, 0), _FLAT, _ON_THE_BACK, _HANDS_ON_FLOOR, arrow="none"),),
        props=(Prop("mat"), Prop("phone", "shin", "floor")),
        spine_share_of_hip=0.1,
    ),
}  # fmt: skip


def phone_on_shin(position: Position, title: str, description: str, *, mirrored: bool = False) -> str:
    """The position with the phone on the shin and the angle that counts, as SVG text."""
    return draw(
        _FIGURES[position], title, description, captions=[""], mirrored=mirrored, highlight=("hamstring",),
        key=f"phone-{position.replace('_', '-')}",
    )  # fmt: skip
