"""How hard each exercise loads a leg: its class, what statics settles, what is published, and do they agree.

Published values stay on their study's own scale. Orders are compared pair by pair within a study, never
across studies; a computed moment is compared only where both exercises have one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Literal

from kneewise.body.limit import worked_poses
from kneewise.body.muscle import true_hip
from kneewise.body.muscle_arrays import strains
from kneewise.body.pose import Figure, figure_from_mapping
from kneewise.body.statics import Moments, NotComputed, Settled, demand, hardest, moments_of
from kneewise.knowledge.types import Exercise, Knowledge
from kneewise.knowledge.types_mechanics import LoadStudy, LoadValue

TOO_CLOSE = 10.0  # points of per cent: less apart than that, with the spread of these studies, is no order
SAME_DEMAND = 0.10  # shares: two computed demands that are within a tenth of each other are alike
HAMSTRINGS_OF_STUDIES = (
    "biceps_femoris", "semitendinosus", "semimembranosus", "hamstrings", "lower_hamstrings",
)  # fmt: skip
Agreement = Literal["agrees", "same", "disagrees", "not_computed"]


@dataclass(frozen=True)
class Published:
    """One study's word on one exercise: a value, or its place in an order (1 is most)."""

    study: LoadStudy
    value: LoadValue | None
    place: int | None


@dataclass(frozen=True)
class Load:
    """All that is known of how hard one exercise is.

    `load_class` (1 to 5) is this project's estimate; `settled` the moments of its hardest pose or why not;
    `mean_strain` and `peak_strain` of the biceps femoris long head, None without poses in the fit.
    """

    exercise: str
    load_class: int
    length_class: str
    settled: Settled
    mean_strain: float | None
    peak_strain: float | None
    published: tuple[Published, ...]


@dataclass(frozen=True)
class Compared:
    """A pair that a study puts in order (`more` above `less`), and what the class and the moment say."""

    study: LoadStudy
    more: str
    less: str
    by_class: Agreement
    by_moment: Agreement


def figure_of(exercise: Exercise) -> Figure:
    """The exercise's poses as the room `body` reads them."""
    return figure_from_mapping(asdict(exercise.figure) | {"pictogram": exercise.figure.pictogram or None})


def is_fast(exercise: Exercise) -> bool:
    """Whether it is done with a swing, a run or a jump, where statics says nothing."""
    return bool({"power", "running"} & set(exercise.qualities)) or exercise.type in ("warm_up", "cardio")


def _strains(figure: Figure) -> tuple[float, float] | None:
    """Mean and peak strain of the biceps femoris over the key poses; None where they leave the fit."""
    poses = [pose for _, pose in worked_poses(figure)]
    hips = [true_hip(pose.working.hip, figure.spine_share_of_hip) for pose in poses]
    knees = [max(pose.working.knee, 0.0) for pose in poses]
    if not hips or figure.view != "side":
        return None
    try:
        found = strains("biceps_femoris_long_head", hips, knees)
    except ValueError:  # said in the table as "not computed"
        return None
    return float(found.mean()), float(found.max())


def _published(exercise: str, studies: Iterable[LoadStudy]) -> Iterator[Published]:
    for study in studies:
        for value in study.values:
            if value.exercise == exercise:
                yield Published(study, value, None)
        for place, group in enumerate(study.order, start=1):
            if exercise in group:
                yield Published(study, None, place)


def load_of(exercise: Exercise, knowledge: Knowledge) -> Load:
    """Everything known of one exercise's load."""
    figure = figure_of(exercise)
    found = _strains(figure)
    return Load(
        exercise=exercise.id,
        load_class=exercise.load_class,
        length_class=exercise.length_class,
        settled=hardest(moments_of(figure, fast=is_fast(exercise))),
        mean_strain=found[0] if found else None,
        peak_strain=found[1] if found else None,
        published=tuple(_published(exercise.id, knowledge.mechanics.load_studies)),
    )


def loads(knowledge: Knowledge) -> dict[str, Load]:
    """The loads of all exercises, by id."""
    return {id_: load_of(exercise, knowledge) for id_, exercise in sorted(knowledge.exercises.items())}


def ordered_pairs(study: LoadStudy) -> Iterator[tuple[str, str]]:
    """Every pair that a study puts in order: the exercise with more first."""
    for one, other in combinations(study.values, 2):
        if abs(one.value - other.value) >= TOO_CLOSE:
            high, low = (one, other) if one.value > other.value else (other, one)
            yield high.exercise, low.exercise
    for above, below in combinations(study.order, 2):
        for more in above:
            for less in below:
                yield more, less


def _agreement(more: float | None, less: float | None, alike: float) -> Agreement:
    if more is None or less is None:
        return "not_computed"
    if abs(more - less) <= alike * max(abs(more), abs(less)):
        return "same"
    return "agrees" if more > less else "disagrees"


def _moment(load: Load) -> float | None:
    return None if isinstance(load.settled, NotComputed) else demand(load.settled)


def compare(knowledge: Knowledge) -> list[Compared]:
    """Every published pair of the back of the thigh against our class and the computed moment.

    For a study of length, the mean strain over the key poses takes the place of the moment.
    """
    known, found = loads(knowledge), []
    for study in knowledge.mechanics.load_studies:
        if study.muscle not in HAMSTRINGS_OF_STUDIES:
            continue
        for more, less in ordered_pairs(study):
            above, below = known[more], known[less]
            if study.what == "length":
                by_class: Agreement = "not_computed"
                by_moment = _agreement(above.mean_strain, below.mean_strain, 0.0)
            else:
                by_class = _agreement(above.load_class, below.load_class, 0.0)
                by_moment = _agreement(_moment(above), _moment(below), SAME_DEMAND)
            found.append(Compared(study, more, less, by_class, by_moment))
    return found


def weight_missing(load: Load) -> bool:
    """Whether the exercise is done with a weight that the computed moment leaves out."""
    return isinstance(load.settled, Moments) and load.settled.weight_not_counted
