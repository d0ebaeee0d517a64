"""How long this person's hamstrings may get, from one test, and what each exercise asks of that.

The limit is the muscle's length at the end of the test, as a share of its length in standing. It is where
a strong stretch is felt or where it stops: length, tolerance and nerve all take part, so it is a guide for
choosing poses and no diagnosis. Two tests give two limits; they are never averaged or drawn as one line.

Every limit carries the test's own error (95 %, the pelvis's part included) as a range. What the muscle
model adds (1 to 2 % of length between models) is not in it; most of it cancels, since the same model reads
the test and the exercise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from kneewise.body.muscle import FITS, HAMSTRINGS, muscle_length, true_hip
from kneewise.body.pose import Figure, KeyPose, contacts_of
from kneewise.knowledge.types import Figure as Number
from kneewise.knowledge.types_mechanics import TestId

NORMAL_95 = 1.96
HIP_IN_THE_TEST = 90.0
DEFICIT_RANGE = (-15.0, 100.0)
RAISE_RANGE = (0.0, 150.0)
LYING_DEGREES = 60.0  # a trunk nearer to upright is no lying one
_EXACT = 1e-10  # shares of length
AskClass = Literal["easy", "mild", "strong", "over"]


@dataclass(frozen=True)
class Range:
    """A value with the range its error leaves."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Limit:
    """The end of the test: each hamstring's change of length against standing, as a share.

    `at_least`: the knee came straight, so the test ended before the muscle did, and the true limit lies at
    or beyond this one.
    """

    test: TestId
    measured_degrees: Range
    strain: Mapping[str, Range]
    at_least: bool = False

    def straight_knee_hip(self, muscle: str = "biceps_femoris_long_head") -> Range:
        """Hip flexion in degrees (pelvis still) at which a straight leg reaches the limit."""
        found = self.strain[muscle]
        low, value, high = (_hip_for(muscle, 1.0 + s, 0.0) for s in (found.low, found.value, found.high))
        return Range(value, low, high)


def _solve(grows: Callable[[float], float], goal: float, low: float, high: float) -> float:
    """Where a growing function reaches the goal; the nearer end where it does not.

    False position with halved weights (Illinois): these curves are nearly straight, so a few steps do.
    """
    below, above = grows(low) - goal, grows(high) - goal
    if below >= 0:
        return low
    if above <= 0:
        return high
    kept = 0
    for _ in range(60):
        middle = low - below * (high - low) / (above - below)
        found = grows(middle) - goal
        if abs(found) < _EXACT or high - low < _EXACT:
            return middle
        if found < 0:
            low, below, above, kept = middle, found, above / (2 if kept < 0 else 1), -1
        else:
            high, above, below, kept = middle, found, below / (2 if kept > 0 else 1), 1
    return (low + high) / 2


def _relative(muscle: str, hip: float, knee: float) -> float:
    return muscle_length(muscle, hip, knee) / FITS[muscle].at_zero_m


def _hip_for(muscle: str, relative: float, knee: float) -> float:
    low, high = FITS[muscle].hip_range
    return _solve(lambda hip: _relative(muscle, hip, knee), relative, low, high)


def _root_sum(*parts: float) -> float:
    return sqrt(sum(part * part for part in parts))


def _between(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _strain(
    muscle: str, at: Callable[[float, float], tuple[float, float]], measured: Range, pelvis: Number
) -> Range:
    """The strain at the measured pose; the two errors are independent and add as squares.

    `at` gives (hip, knee) from the measured angle and the pelvis's share. Larger angles may mean shorter or
    longer muscles, so both ends of each error are looked at.
    """

    def strain(angle: float, share: float) -> float:
        hip, knee = at(angle, share)
        low, high = FITS[muscle].hip_range
        return _relative(muscle, _between(hip, low, high), _between(knee, *FITS[muscle].knee_range)) - 1.0

    value = strain(measured.value, pelvis.value)
    by_angle = [strain(end, pelvis.value) - value for end in (measured.low, measured.high)]
    by_pelvis = [strain(measured.value, end) - value for end in (pelvis.low, pelvis.high)]
    down = _root_sum(min(by_angle), min(by_pelvis))
    up = _root_sum(max(by_angle), max(by_pelvis))
    return Range(value, value - down, value + up)


def _measured(value: float, error: float, limits: tuple[float, float], name: str, mend: str) -> Range:
    low, high = limits
    if not low <= value <= high:
        raise ValueError(f"{name} of {value:g} degrees cannot be: it runs from {low:g} to {high:g}. {mend}")
    if error < 0:
        raise ValueError(f"the test's error is {error:g} degrees; it cannot be below 0")
    return Range(value, value - NORMAL_95 * error, value + NORMAL_95 * error)


def limit_from_knee_extension(deficit_degrees: float, error_degrees: float, pelvis_share: Number) -> Limit:
    """The limit from an active knee extension: what is missing to a straight knee with the hip at 90.

    `error_degrees` is the test's standard error, `pelvis_share` the part of the hip angle that the pelvis
    takes. A knee that came straight (a deficit of 0 or less) gives a limit that is a lower bound.
    Raises ValueError for a deficit that cannot be.
    """
    mend = "0 is a straight knee, 30 is thirty degrees short of it."
    measured = _measured(deficit_degrees, error_degrees, DEFICIT_RANGE, "a knee extension deficit", mend)

    def at(deficit: float, share: float) -> tuple[float, float]:
        return HIP_IN_THE_TEST * (1.0 - share), deficit

    strain = {muscle: _strain(muscle, at, measured, pelvis_share) for muscle in HAMSTRINGS}
    return Limit("active_knee_extension", measured, strain, at_least=measured.low <= 0.0)


def limit_from_straight_leg_raise(angle_degrees: float, error_degrees: float, pelvis_share: Number) -> Limit:
    """The limit from a straight leg raise: how far the straight leg came up, the pelvis's part taken off.

    Raises ValueError for an angle that cannot be.
    """
    mend = "0 is flat on the floor, 90 is straight up."
    measured = _measured(angle_degrees, error_degrees, RAISE_RANGE, "a straight leg raise", mend)

    def at(angle: float, share: float) -> tuple[float, float]:
        return angle * (1.0 - share), 0.0

    strain = {muscle: _strain(muscle, at, measured, pelvis_share) for muscle in HAMSTRINGS}
    return Limit("straight_leg_raise", measured, strain)


@dataclass(frozen=True)
class Change:
    """Degrees more bend of the knee, or less of the hip, each alone; None where the one cannot do it."""

    knee_bend_more: Range | None
    hip_bend_less: Range | None


@dataclass(frozen=True)
class Ask:
    """What the furthest key pose of an exercise asks of a limit.

    `share` is length in the pose over length at the limit, of the hamstring that is asked most; `shares`
    of each, at its own furthest pose. `certain`: the class is the same over the whole range. `to_limit`
    brings the pose to the limit, `to_mild` to a mild stretch (0 degrees where nothing is to change).
    """

    pose: int
    muscle: str
    share: Range
    shares: Mapping[str, Range]
    asks: AskClass
    certain: bool
    to_limit: Change
    to_mild: Change


def classify(share: float, mild: tuple[float, float]) -> AskClass:
    """Name a share of the limit; `mild` is the band of a mild stretch (an estimate)."""
    if share > 1.0:
        return "over"
    if share > mild[1]:
        return "strong"
    return "mild" if share >= mild[0] else "easy"


def _share(relative: float, limit: Range) -> Range:
    return Range(*(relative / (1.0 + strain) for strain in (limit.value, limit.high, limit.low)))


@dataclass(frozen=True)
class _Angles:
    """Hip (without the spine's part) and knee of the working leg in one key pose, within the fit."""

    hip: float
    knee: float


def worked_poses(figure: Figure) -> tuple[tuple[int, KeyPose], ...]:
    """The key poses that are the exercise, with their places; sitting up between lying repetitions is not."""

    def sits_up(pose: KeyPose) -> bool:
        on_seat = any(contact.part in ("pelvis", "seat") for contact in contacts_of(pose))
        return figure.orientation in ("supine", "prone") and on_seat and abs(pose.trunk) < LYING_DEGREES

    return tuple((i, pose) for i, pose in enumerate(figure.poses) if not sits_up(pose))


def _pose_angles(figure: Figure) -> tuple[_Angles, ...]:
    """The working leg of every key pose. A knee past straight counts as straight.

    Raises ValueError for a pose outside of what the fit knows.
    """
    fit = FITS[HAMSTRINGS[0]]
    found = []
    for place, pose in worked_poses(figure):
        hip, knee = true_hip(pose.working.hip, figure.spine_share_of_hip), max(pose.working.knee, 0.0)
        if not (fit.hip_range[0] <= hip <= fit.hip_range[1] and knee <= fit.knee_range[1]):
            raise ValueError(
                f"pose {place + 1} has a hip of {hip:g} and a knee of {knee:g} degrees, outside of what the "
                f"muscle lengths are fitted for ({fit.hip_range}, {fit.knee_range})"
            )
        found.append(_Angles(hip, knee))
    return tuple(found)


def _needed(limit: Limit, at: Callable[[float], _Angles], most: float, allowed: float, end: str) -> float:
    """The change (0 to `most`) after which every hamstring is at most the allowed share of its limit."""

    def room(change: float) -> float:
        angles = at(change)
        return min(
            allowed * (1.0 + float(getattr(limit.strain[muscle], end)))
            - _relative(muscle, angles.hip, angles.knee)
            for muscle in HAMSTRINGS
        )

    return _solve(room, 0.0, 0.0, most)


def _range_needed(limit: Limit, at: Callable[[float], _Angles], most: float, allowed: float) -> Range | None:
    """The change with its range; None where even the largest does not bring the value there."""
    value = _needed(limit, at, most, allowed, "value")
    if value >= most:
        return None
    low, high = (_needed(limit, at, most, allowed, end) for end in ("high", "low"))
    return Range(value, low, high)


def _change(limit: Limit, pose: _Angles, spine_share: float, allowed: float) -> Change:
    """What brings a pose to the allowed share of the limit, in degrees of the pose as it is drawn."""
    (lowest, _), (_, most_knee) = FITS[HAMSTRINGS[0]].hip_range, FITS[HAMSTRINGS[0]].knee_range
    # Where the hip is bent the spine takes its share of every degree that is given back.
    counts = 1.0 - spine_share if pose.hip > 0 else 1.0

    def more_knee(more: float) -> _Angles:
        return _Angles(pose.hip, min(pose.knee + more, most_knee))

    def less_hip(less: float) -> _Angles:
        return _Angles(max(pose.hip - less * counts, lowest), pose.knee)

    return Change(
        _range_needed(limit, more_knee, most_knee - pose.knee, allowed),
        _range_needed(limit, less_hip, (pose.hip - lowest) / counts, allowed),
    )


def asks(figure: Figure, limit: Limit, mild: tuple[float, float]) -> Ask | None:
    """What an exercise asks of this limit, and what would make it a mild stretch; None without key poses.

    `mild` is the band of shares that is called a mild stretch. Raises ValueError for a pose outside the fit.
    """
    poses = _pose_angles(figure)
    if not poses:
        return None
    furthest = {
        muscle: max(range(len(poses)), key=lambda i: _relative(muscle, poses[i].hip, poses[i].knee))
        for muscle in HAMSTRINGS
    }
    shares = {
        muscle: _share(_relative(muscle, poses[i].hip, poses[i].knee), limit.strain[muscle])
        for muscle, i in furthest.items()
    }
    muscle = max(HAMSTRINGS, key=lambda one: shares[one].value)
    share, pose = shares[muscle], poses[furthest[muscle]]
    named = classify(share.value, mild)
    same = {classify(share.low, mild), classify(share.high, mild)} == {named}
    return Ask(
        pose=worked_poses(figure)[furthest[muscle]][0],
        muscle=muscle,
        share=share,
        shares=shares,
        asks=named,
        certain=same and not (limit.at_least and named in ("strong", "over")),
        to_limit=_change(limit, pose, figure.spine_share_of_hip, 1.0),
        to_mild=_change(limit, pose, figure.spine_share_of_hip, mild[1]),
    )
