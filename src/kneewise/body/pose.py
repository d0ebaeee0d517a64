"""Key poses as data: angles of both legs, trunk and arms, what touches the ground, and their checks.

Angles in degrees. Hip and knee flexion and ankle dorsiflexion are positive, 0 is straight (the foot at a
right angle to the shank). In the side view `trunk` is the lean from the vertical, forward positive: lying
on the back is -90, on the front +90. In the front view the picture plane is the frontal plane: `trunk` is
the lean towards the other leg's side (lying on that side is +90) and elbows bend inwards. An arm is raised
forward by `shoulder` and sideways by `abduction`; `neck` brings the chin to the chest (front view: tilts the
head towards the other leg's side) and follows the gaze where it is not given.

What a hand holds is named by the arm's `to`: a place on the body (`knee`, `thigh_back`, `hip`, `forehead`, …;
a 2 after it means the other leg) or `support`, the place where that hand was in the first pose. The hand is
then put there exactly; the angles only say which way the elbow points.

A contact says what carries the body: `foot`, `heel`, `toe`, `knee`, `pelvis`, `seat`, `shoulder`, `head`,
`elbow`, `hand`, `side`, `thigh`; a 2 after it means the other side (`foot2`). After it may follow

- `@0.12` the height of the surface under it, as a share of stature (a step), or `@wall`, `@chair`, `@bench`:
  something in the picture that does not fix the height; `@air` for a foot in the air in a hop,
- `!down`, `!up`, `!forward`, `!back` the direction in which the person presses; drawn as an arrow.

`ankle_on_knee2` and `heel_on_heel2` lay the working shin across: its far end rests on that point.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

VIEWS = ("side", "front")
ORIENTATIONS = ("standing", "supine", "prone", "kneeling", "seated", "long_sitting", "side_lying", "other")
PICTOGRAMS = (
    "walking", "cycling", "swimming", "running", "yoga", "water_walking", "massage", "warm_up", "run_walk",
    "strides", "sprint", "turning",
)  # fmt: skip
PROP_KINDS = (
    "mat", "chair", "bench", "wall", "box", "strap", "band", "ball", "slider", "roller", "towel",
    "weight", "stick", "partner", "bike", "step", "pillow", "phone",
)  # fmt: skip
CONTACT_PARTS = (
    "foot", "heel", "toe", "knee", "pelvis", "seat", "shoulder", "head", "elbow", "hand", "side", "thigh",
    "shin", "ankle",
)  # fmt: skip
LAID_ACROSS = ("ankle_on_knee2", "heel_on_heel2")
HELD = (
    "support", "floor", "hip", "belly", "chest", "forehead", "nape", "low_back", "thigh", "thigh_back",
    "knee", "knee_back", "shin", "ankle", "foot", "toe", "thigh2", "knee2", "shin2", "ankle2", "strap",
    "thighs", "together", "ahead",
)  # fmt: skip
ALSO = ("side", "above")

_CONTACT = re.compile(
    r"^(?P<part>[a-z]+)(?P<other>2?)(@(?P<surface>\d+(\.\d+)?|wall|chair|bench|ball|roller|box|air))?"
    r"(!(?P<press>down|up|forward|back))?$"
)

HOP = 0.07  # how high a hop is drawn, share of stature

_ARROW = re.compile(
    r"^$|^none$|^((ankle|toe|heel|knee|hand|pelvis|head|neck)2?"
    r"(:(up|down|forward|back|left|right|both|swing|along))? ?)+$"
)

# What a healthy adult's joints allow, in degrees, with room for supple people.
JOINT_LIMITS: dict[str, tuple[float, float]] = {
    "trunk": (-130.0, 140.0),
    "hip": (-35.0, 135.0),
    "knee": (-5.0, 160.0),
    "ankle": (-65.0, 45.0),
    "hip_abduction": (-30.0, 60.0),
    "shoulder": (-70.0, 190.0),
    "abduction": (-45.0, 180.0),
    "elbow": (0.0, 155.0),
    "neck": (-60.0, 60.0),
}


class PoseError(ValueError):
    """A pose that cannot be: what is wrong, and where."""


@dataclass(frozen=True)
class Leg:
    """Angles of one leg."""

    hip: float
    knee: float
    ankle: float = 0.0
    hip_abduction: float = 0.0


@dataclass(frozen=True)
class Arm:
    """Angles of one arm: shoulder flexion (0 hanging along the trunk), abduction, elbow; what it holds."""

    shoulder: float = 0.0
    elbow: float = 0.0
    abduction: float = 0.0
    to: str = ""


@dataclass(frozen=True)
class Contact:
    """One thing that carries the body, read from its word (see the module's description)."""

    part: str
    other: bool = False
    height: float | None = 0.0  # of the surface, share of stature; None: it does not fix the height
    surface: str = "floor"
    press: str = ""


@dataclass(frozen=True)
class KeyPose:
    """One held position. `neck` None: the head follows the gaze; `lean`: forward, in the front view.

    `arrow` names the point whose way is drawn (none: the one that moves most; `none`: no arrow), with a colon
    and up, down, forward, back, left, right, along (the toes), both or swing for an arrow of that direction;
    a blank stands between several.
    """

    trunk: float
    working: Leg
    other: Leg
    contacts: tuple[str, ...]
    arms: tuple[Arm, Arm] = (Arm(), Arm())
    seconds: float = 1.0
    label: str = ""
    neck: float | None = None
    lean: float = 0.0
    arrow: str = ""


@dataclass(frozen=True)
class Prop:
    """Something in the picture: a wall, a chair, a band between two points."""

    kind: str
    at: str = ""
    to: str = ""


@dataclass(frozen=True)
class Figure:
    """All that is drawn of one exercise: key poses in a view, with props; or a pictogram.

    `also` shows the last key pose from a second direction: from the `side`, or from `above`.
    """

    view: str = "side"
    orientation: str = "standing"
    poses: tuple[KeyPose, ...] = ()
    props: tuple[Prop, ...] = ()
    pictogram: str | None = None
    spine_share_of_hip: float = 0.0
    also: str = ""


@functools.cache
def parse_contact(word: str) -> Contact | None:
    """Read a contact word; None for a shin laid across, which carries nothing."""
    if word in LAID_ACROSS:
        return None
    match = _CONTACT.match(word)
    if not match or match["part"] not in CONTACT_PARTS:
        raise PoseError(f"contact {word!r} is not known: write one of {', '.join(CONTACT_PARTS)}, "
                        "then 2, @height or !direction where needed")  # fmt: skip
    surface = match["surface"] or "floor"
    height: float | None = 0.0
    if surface[0].isdigit():
        height, surface = float(surface), "step"
    elif surface == "air":
        height = HOP
    elif surface != "floor":
        height = None
    press = match["press"] or ""
    if press not in ("", "down"):  # pressed against something in the air
        height = None
    return Contact(match["part"], bool(match["other"]), height, surface, press)


def contacts_of(pose: KeyPose) -> tuple[Contact, ...]:
    """The pose's contacts in order, without the shin laid across."""
    return _read(pose.contacts)


@functools.lru_cache(maxsize=1024)
def _read(words: tuple[str, ...]) -> tuple[Contact, ...]:
    found = (parse_contact(word) for word in words)
    return tuple(c for c in found if c is not None)


def check_figure(figure: Figure) -> tuple[str, ...]:
    """Everything wrong with a figure's data, one sentence each; empty when it can be drawn."""
    wrong: list[str] = []
    if figure.view not in VIEWS:
        wrong.append(f"view {figure.view!r} is not one of {', '.join(VIEWS)}")
    if figure.orientation not in ORIENTATIONS:
        wrong.append(f"orientation {figure.orientation!r} is not one of {', '.join(ORIENTATIONS)}")
    if figure.pictogram is not None and figure.pictogram not in PICTOGRAMS:
        wrong.append(f"pictogram {figure.pictogram!r} is not one of {', '.join(PICTOGRAMS)}")
    if not figure.poses and not figure.pictogram:
        wrong.append("give poses or a pictogram")
    wrong.extend(f"prop {p.kind!r} is not one of {', '.join(PROP_KINDS)}"
                 for p in figure.props if p.kind not in PROP_KINDS)  # fmt: skip
    if figure.also and figure.also not in ALSO:
        wrong.append(f"also {figure.also!r} is not one of {', '.join(ALSO)}")
    for number, pose in enumerate(figure.poses, start=1):
        wrong.extend(f"pose {number}: {what}" for what in _check_pose(pose))
    return tuple(wrong)


def _check_pose(pose: KeyPose) -> Iterable[str]:
    angles: list[tuple[str, str, float]] = [("trunk", "trunk", pose.trunk)]
    for name, leg in (("working", pose.working), ("other", pose.other)):
        angles += [(f"{name}.{a}", a, getattr(leg, a)) for a in ("hip", "knee", "ankle", "hip_abduction")]
    for index, arm in enumerate(pose.arms):
        angles += [(f"arms[{index}].{a}", a, getattr(arm, a)) for a in ("shoulder", "abduction", "elbow")]
        if arm.to and arm.to not in HELD:
            yield f"arms[{index}].to is {arm.to!r}, not one of {', '.join(HELD)}"
    angles += [("lean", "trunk", pose.lean), ("neck", "neck", pose.neck or 0.0)]
    if not _ARROW.match(pose.arrow):
        yield f"arrow {pose.arrow!r} is not a point of the body, with a direction after a colon"
    for where, joint, value in angles:
        low, high = JOINT_LIMITS[joint]
        if not low <= value <= high:
            yield f"{where} is {value:g} degrees, outside {low:g} to {high:g}"
    if pose.seconds <= 0:
        yield f"seconds is {pose.seconds:g}; it must be above 0"
    if not pose.contacts:
        yield "contacts is empty: say what carries the body"
    for word in pose.contacts:
        try:
            parse_contact(word)
        except PoseError as error:
            yield str(error)


def _leg(value: Mapping[str, Any]) -> Leg:
    return Leg(
        hip=float(value["hip"]),
        knee=float(value["knee"]),
        ankle=float(value.get("ankle", 0.0)),
        hip_abduction=float(value.get("hip_abduction", 0.0)),
    )


def _arm(value: Mapping[str, Any]) -> Arm:
    return Arm(
        float(value.get("shoulder", 0.0)),
        float(value.get("elbow", 0.0)),
        float(value.get("abduction", 0.0)),
        str(value.get("to", "")),
    )


def figure_from_mapping(value: Mapping[str, Any]) -> Figure:
    """Build a figure from the plain mapping of a content file (its `figure` key), or raise PoseError."""
    poses = []
    for number, pose in enumerate(value.get("poses") or (), start=1):
        given: Sequence[Mapping[str, Any]] = pose.get("arms") or ({}, {})
        arms = tuple(_arm(a) for a in given)
        if len(arms) != 2:
            raise PoseError(f"pose {number}: arms must hold two arms, working side first, not {len(arms)}")
        poses.append(
            KeyPose(
                trunk=float(pose["trunk"]),
                working=_leg(pose["working"]),
                other=_leg(pose["other"]),
                contacts=tuple(pose["contacts"]),
                arms=(arms[0], arms[1]),
                seconds=float(pose.get("seconds", 1.0)),
                label=str(pose.get("label", "")),
                neck=None if pose.get("neck") is None else float(pose["neck"]),
                lean=float(pose.get("lean", 0.0)),
                arrow=str(pose.get("arrow", "")),
            )
        )
    figure = Figure(
        view=value.get("view", "side"),
        orientation=value["orientation"],
        poses=tuple(poses),
        props=tuple(Prop(p["kind"], p.get("at", ""), p.get("to", "")) for p in value.get("props") or ()),
        pictogram=value.get("pictogram"),
        spine_share_of_hip=float(value.get("spine_share_of_hip", 0.0)),
        also=str(value.get("also") or ""),
    )
    wrong = check_figure(figure)
    if wrong:
        raise PoseError("; ".join(wrong))
    return figure
