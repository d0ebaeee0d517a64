"""How much hip extension and knee flexion a held pose asks of the working leg, where statics settles it.

Gravity on the body's segments only (`segments`), in the plane of the picture, as a share of body weight
times stature: 0.05 is about 64 newton metres for somebody of 75 kg and 1.75 m. A moment is shared by all
muscles that make it; at the hip the buttock takes a good part, so this is no load of the hamstrings alone.

It is settled where one thing carries the body (one foot, or both feet or knees alike), where the working
leg hangs free, and in a bridge between shoulders and feet if the feet do not push along the floor (an
assumption). Everywhere else, and where a band, a weight or a machine adds what nobody knows, a reason is
given and no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kneewise.body.kinematics import Point, Skeleton, between, place_all
from kneewise.body.pose import Figure, KeyPose, contacts_of
from kneewise.body.segments import ARM, SHANK_AND_FOOT, THIGH, TRUNK_AND_HEAD, Mass

Reason = Literal[
    "no_poses",
    "seen_from_the_front",
    "moves_too_fast",
    "unknown_pull",
    "unknown_weight",
    "two_supports_unlike",
    "arms_carry",
    "seat_or_floor_carries",
    "foot_across",
    "not_in_balance",
]
Way = Literal["standing", "kneeling", "bridge", "free_leg"]


@dataclass(frozen=True)
class Moments:
    """What one leg has to hold, as a share of body weight times stature.

    Hip extension and knee flexion are positive: what hamstrings can give. A negative knee flexion moment is
    held by the front of the thigh. `weight_not_counted`: a weight in the hands comes on top.
    """

    way: Way
    hip_extension: float
    knee_flexion: float
    weight_not_counted: bool = False


@dataclass(frozen=True)
class NotComputed:
    """Why there is no number."""

    reason: Reason


Settled = Moments | NotComputed

_PULLS = {"band", "strap", "towel", "ball", "roller", "bike"}
_FAST_SECONDS = 0.7
_SOLE = 0.025  # how far the sole reaches beyond its two points, and what a drawing may be out


@dataclass(frozen=True)
class _Weight:
    share: float
    x: float


def _weights(points: Mapping[str, Point], parts: Iterable[Mass], end: str = "") -> list[_Weight]:
    """The weights of parts and where they act; `end` is "2" for the other side's."""
    found = []
    for part in parts:
        names = [name if name in points and not end else name + end for name in (part.start, part.end)]
        if any(name not in points for name in names):
            names = [part.start, part.end]
        centre = between(points[names[0]], points[names[1]], part.centre)
        found.append(_Weight(part.share, centre[0]))
    return found


def _leg(points: Mapping[str, Point], end: str) -> list[_Weight]:
    return _weights(points, (THIGH, *SHANK_AND_FOOT), end)


def _upper(points: Mapping[str, Point]) -> list[_Weight]:
    return _weights(points, TRUNK_AND_HEAD) + _weights(points, ARM) + _weights(points, ARM, "2")


def _about(weights: Iterable[_Weight], x: float) -> float:
    """The moment of weights about a point of the picture: share of body weight times share of stature."""
    return sum(one.share * (one.x - x) for one in weights)


def _alike(pose: KeyPose) -> bool:
    """Whether both legs hold the same angles, so that each carries half."""
    one, other = pose.working, pose.other
    return all(
        abs(getattr(one, a) - getattr(other, a)) <= 3.0 for a in ("hip", "knee", "ankle", "hip_abduction")
    )


def _above(skeleton: Skeleton, legs: int) -> tuple[float, float]:
    """Standing or kneeling: everything above the joint falls forward about it; `legs` share it alike."""
    points = skeleton.points
    upper = _upper(points)
    if legs == 1:
        upper += _leg(points, "2")
    hip = _about(upper, points["hip"][0]) / legs
    thighs = _weights(points, (THIGH,)) + (_weights(points, (THIGH,), "2") if legs == 2 else [])
    knee = _about(upper + thighs, points["knee"][0]) / legs
    return hip, knee


def _in_balance(skeleton: Skeleton, legs: int) -> bool:
    """Whether the body's centre of mass is over the foot (or, kneeling, between knees and toes held down)."""
    points = skeleton.points
    everything = _upper(points) + _leg(points, "") + _leg(points, "2")
    centre = _about(everything, 0.0)
    toes = [points[name][0] for name in (("toe", "toe2") if legs == 2 else ("toe",))]
    heels = [points[name][0] for name in (("heel", "heel2") if legs == 2 else ("heel",))]
    return min(heels) - _SOLE <= centre <= max(toes) + _SOLE


def _bridge(skeleton: Skeleton, legs: int, foot: str) -> tuple[float, float]:
    """Between shoulders and feet: the feet carry what turns the body about the shoulders."""
    points = skeleton.points
    upper = _weights(points, TRUNK_AND_HEAD)  # the arms lie on the floor
    body = upper + _leg(points, "") + _leg(points, "2")
    shoulders = points["neck"][0]
    under = points["heel"][0] if foot == "heel" else (points["heel"][0] + points["toe"][0]) / 2
    carried = _about(body, shoulders) / (under - shoulders) / legs
    # On the free leg the floor pushes up and its own weight pulls down.
    leg, shank = _leg(points, ""), _weights(points, SHANK_AND_FOOT)
    hip = carried * (under - points["hip"][0]) - _about(leg, points["hip"][0])
    knee = carried * (under - points["knee"][0]) - _about(shank, points["knee"][0])
    return hip, knee


def _free(skeleton: Skeleton) -> tuple[float, float]:
    """A leg in the air: its own weight only."""
    points = skeleton.points
    hip = -_about(_leg(points, ""), points["hip"][0])
    knee = -_about(_weights(points, SHANK_AND_FOOT), points["knee"][0])
    return hip, knee


def _supports(pose: KeyPose) -> dict[str, set[str]]:
    """Which parts carry the body, by side: working, other, trunk, arms."""
    found: dict[str, set[str]] = {"working": set(), "other": set(), "trunk": set(), "arms": set()}
    for contact in contacts_of(pose):
        if contact.part in ("hand", "elbow"):
            found["arms"].add(contact.part)
        elif contact.part in ("pelvis", "seat", "shoulder", "head", "side"):
            found["trunk"].add(contact.part)
        else:
            found["other" if contact.other else "working"].add(contact.part)
    return found


_FEET = {"foot", "heel", "toe"}


def _carried(pose: KeyPose, skeleton: Skeleton, orientation: str) -> tuple[Way, float, float] | Reason:
    """Which free body settles the moments of this pose, and the moments."""
    supports = _supports(pose)
    working, other, trunk = supports["working"], supports["other"], supports["trunk"]
    if not working:
        if orientation in ("standing", "supine", "prone", "seated", "other"):
            return ("free_leg", *_free(skeleton))
        return "seat_or_floor_carries"
    if orientation == "prone" and trunk and not working & _FEET:  # lying, the thigh on the floor
        return ("free_leg", 0.0, _free(skeleton)[1])
    if supports["arms"] and orientation != "supine":
        return "arms_carry"
    if orientation == "supine":
        if trunk - {"shoulder", "head"} or not working <= {"foot", "heel"}:
            return "seat_or_floor_carries"
        if other and not _alike(pose):
            return "two_supports_unlike"
        return ("bridge", *_bridge(skeleton, 2 if other else 1, next(iter(working))))
    if trunk:
        return "seat_or_floor_carries"
    if other and not _alike(pose):
        return "two_supports_unlike"
    way: Way = "kneeling" if "knee" in working else "standing"
    if way == "standing" and not working <= _FEET:
        return "seat_or_floor_carries"
    legs = 2 if other else 1
    if way == "standing" and not _in_balance(skeleton, legs):
        return "not_in_balance"
    return (way, *_above(skeleton, legs))


def _pulled(figure: Figure) -> Reason | None:
    """What in the picture adds a force that nobody knows."""
    for prop in figure.props:
        if prop.kind in _PULLS:
            return "unknown_pull"
        if prop.kind == "weight" and "hand" not in prop.at:
            return "unknown_weight"
        if prop.kind == "wall" and prop.at in ("back", "trunk"):
            return "two_supports_unlike"
    return None


def moments_of(figure: Figure, *, fast: bool = False) -> tuple[Settled, ...]:
    """The moments of every key pose, or why there is none. `fast`: it is done with a swing or a jump."""
    if not figure.poses:
        return (NotComputed("no_poses"),)
    if figure.view != "side":
        return tuple(NotComputed("seen_from_the_front") for _ in figure.poses)
    pulled = _pulled(figure)
    weight = any(prop.kind == "weight" for prop in figure.props)
    found: list[Settled] = []
    for skeleton in place_all(figure):
        pose = skeleton.pose
        if fast or pose.seconds < _FAST_SECONDS:
            found.append(NotComputed("moves_too_fast"))
        elif pulled:
            found.append(NotComputed(pulled))
        elif any("_on_" in word for word in pose.contacts):
            found.append(NotComputed("foot_across"))
        else:
            settled = _carried(pose, skeleton, figure.orientation)
            found.append(NotComputed(settled) if isinstance(settled, str) else Moments(*settled, weight))
    return tuple(found)


def demand(moments: Moments) -> float:
    """Hip extension and knee flexion together, never below 0: a crude index for an order of exercises.

    A squat asks much at the hip, but its knee is held by the front of the thigh, against which hamstrings
    would only work; so the two are added with their signs.
    """
    return max(0.0, moments.hip_extension + moments.knee_flexion)


WORKING = 0.03  # a demand from which a pose is work and no rest (an estimate)
_RELIEF = {"arms_carry", "seat_or_floor_carries"}


def hardest(settled: Sequence[Settled]) -> Settled:
    """The hardest pose of an exercise, if the settled ones hold it; else why it is not known.

    Hardest is where the hip and the knee together hold most, in either direction. A pose in which the
    floor, a seat or the arms help may stay open if it comes after one that was hard without help (a Nordic
    that ends in the hands), or if it is the rest before (a bridge lying down, a curl with both feet down).
    """
    computed = [one for one in settled if isinstance(one, Moments)]
    best = max(computed, key=lambda one: abs(one.hip_extension) + abs(one.knee_flexion), default=None)
    open_poses = [(i, one) for i, one in enumerate(settled) if isinstance(one, NotComputed)]
    if best is None:
        return open_poses[0][1]
    first = settled.index(best)
    for i, one in open_poses:
        rest_before = one.reason in _RELIEF and i < first and best.way in ("bridge", "free_leg")
        helped_after = one.reason in _RELIEF and i > first and demand(best) >= WORKING
        if not (rest_before or helped_after):
            return one
    return best
