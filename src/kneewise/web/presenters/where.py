"""Where it hurts: a leg to point at, from four sides, above the list that holds the real fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kneewise.body.leg_map import OUTLINES, VIEWS, Spot, View, draw_leg_map
from kneewise.web.knowledge import stated
from kneewise.web.strings import capital

# Where on the drawing a finding lies; what has no place there stands in the list alone.
PLACES: dict[View, dict[str, str]] = {
    "back": {
        "low_back_pain": "low_back",
        "buttock_pain": "buttock",
        "deep_buttock_pain": "deep_buttock",
        "ischial_tuberosity_pain": "sit_bone",
        "posterior_thigh_pain": "back_of_thigh",
        "posterior_knee_pain": "back_of_knee",
        "posteromedial_knee_pain": "inner_back_corner_of_knee",
        "posterolateral_knee_pain": "outer_back_corner_of_knee",
        "calf_pain": "calf",
        "heel_or_achilles_pain": "heel",
    },
    "front": {
        "groin_or_anterior_hip_pain": "groin",
        "anterior_thigh_pain": "front_of_thigh",
        "anterior_knee_pain": "front_of_knee",
        "suprapatellar_pain": "above_kneecap",
        "inferior_patellar_pole_pain": "below_kneecap",
        "tibial_tuberosity_pain": "shin_bump",
        "localised_joint_line_pain": "joint_line_inner",
        "shin_pain": "shin",
        "foot_or_ankle_pain": "foot",
    },
    "inner": {
        "medial_knee_pain": "inner_knee",
        "posteromedial_knee_pain": "inner_back_corner_of_knee",
        "foot_or_ankle_pain": "foot",
    },
    "outer": {
        "lateral_hip_pain": "outer_hip",
        "lateral_thigh_pain": "outer_thigh",
        "lateral_knee_pain": "outer_knee",
        "foot_or_ankle_pain": "foot",
    },
}
# Two places of one finding in one view.
ALSO = {"localised_joint_line_pain": "joint_line_outer"}
AT_THE_KNEE = (
    "posteromedial_knee_pain", "posterolateral_knee_pain", "suprapatellar_pain",
    "inferior_patellar_pole_pain", "tibial_tuberosity_pain", "localised_joint_line_pain",
)  # fmt: skip
# A small place stands before the large one that it lies in, so that a finger finds it.
LARGE_FIRST = ("buttock_pain", "deep_buttock_pain")
LEAST_PLACES = 1


@dataclass(frozen=True)
class LegView:
    """One view of the leg with its caption and what lies at its edges."""

    picture: SafeString
    caption: str
    left_end: str
    right_end: str
    wide: bool


@dataclass(frozen=True)
class LegMap:
    """The views to show, how to take them, and the names of what can be marked."""

    views: tuple[LegView, ...]
    whose: str
    named: tuple[tuple[str, str], ...]
    some_only_in_list: bool


def drawn_findings() -> frozenset[str]:
    """All findings that have a place on the drawing."""
    return frozenset(finding for places in PLACES.values() for finding in places)


def _spots(view: View, findings: Sequence[str]) -> list[Spot]:
    spots = []
    for finding in sorted(findings, key=lambda f: LARGE_FIRST.index(f) if f in LARGE_FIRST else -1):
        place = PLACES[view].get(finding)
        if place is not None:
            spots.append(Spot(place, f"tick-{finding}"))
            if finding in ALSO and ALSO[finding] in OUTLINES[view].places:
                spots.append(Spot(ALSO[finding], f"tick-{finding}"))
    return spots


def _end(name: str) -> str:
    return {
        "inner side": _("inner side"),
        "outer side": _("outer side"),
        "back": _("back"),
        "front": _("front"),
    }[name]


def _caption(view: View, side: str) -> str:
    if side == "left":
        return {
            "back": _("Your left leg, seen from behind"),
            "front": _("Your left leg, seen from the front"),
            "inner": _("Your left leg, its inner side"),
            "outer": _("Your left leg, its outer side"),
        }[view]
    if side == "right":
        return {
            "back": _("Your right leg, seen from behind"),
            "front": _("Your right leg, seen from the front"),
            "inner": _("Your right leg, its inner side"),
            "outer": _("Your right leg, its outer side"),
        }[view]
    return {
        "back": _("Seen from behind"),
        "front": _("Seen from the front"),
        "inner": _("The inner side of a leg"),
        "outer": _("The outer side of a leg"),
    }[view]


def _whose(side: str) -> str:
    if side == "left":
        return _("This is your left leg. Left is always your own left.")
    if side == "right":
        return _("This is your right leg. Right is always your own right.")
    if side == "both":
        return _("These are both your legs. Mark a place on either: it counts for both.")
    return _("This is drawn as a right leg. Take it as the leg that hurts.")


def _view(view: View, findings: Sequence[str], side: str, *, knee_only: bool) -> LegView:
    left, right = OUTLINES[view].ends
    wide = side == "both" and view in ("back", "front")
    if side == "left":
        left, right = right, left
    drawn = draw_leg_map(
        view, _spots(view, findings), side=side or "right", knee_only=knee_only, key=f"leg-{view}"
    )
    return LegView(
        picture=mark_safe(drawn),  # noqa: S308  # drawn by us; the ids in it are those of the content
        caption=_caption(view, side),
        left_end="" if wide else _end(left),
        right_end="" if wide else _end(right),
        wide=wide,
    )


def leg_map(findings: Sequence[str], side: str) -> LegMap | None:
    """The drawn leg for a page's findings; None where none of them has a place on it."""
    placed = [finding for finding in findings if finding in drawn_findings()]
    if len(placed) < LEAST_PLACES:
        return None
    knee_only = all(finding in AT_THE_KNEE for finding in placed)
    shown = [view for view in VIEWS if _spots(view, placed)]
    return LegMap(
        views=tuple(_view(view, placed, side, knee_only=knee_only) for view in shown),
        whose=_whose(side),
        named=tuple((finding, capital(stated(finding, "present"))) for finding in placed),
        some_only_in_list=len(placed) < len(findings),
    )
