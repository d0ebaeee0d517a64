"""The pictures of the leg that belong to a result: where a cause lies, and a person's own mechanics.

The room `body` draws; here the content says which picture, and the person's values come with the error of
their test and with what is usual. A value too old to be current counts as not measured.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt

from kneewise.body.anatomy import VIEWS, Label, draw_anatomy
from kneewise.body.explain import (
    Counted,
    Reading,
    draw_bridge,
    draw_chair_stand,
    draw_hamstring_length,
    draw_kneecap,
    draw_leg_raise,
    forward_bend,
)
from kneewise.evidence import BadCase, Case, Item, Person
from kneewise.knowledge.types import Words
from kneewise.knowledge.types_anatomy import Mechanics, MechanicsWords, Picture
from kneewise.knowledge.types_measures import Measure as Measured
from kneewise.knowledge.types_measures import Norm
from kneewise.pathway.engine import Engine, Turn
from kneewise.pathway.figures import figure_of

NORMAL_95 = 1.96
LONGEST_DEFICIT = 90.0  # degrees; beyond it the muscle model has nothing to say
LEG_RAISE = "straight_leg_raise_angle_degrees"
SCALE_ROOM = 1.2  # how far a scale of counts runs beyond what is usual


@dataclass(frozen=True)
class WhereItIs:
    """A view of the leg with what is marked in it, and that in words; `what_it_is` where it is one thing."""

    svg: str
    title: str
    names: tuple[str, ...]
    what_it_is: str


@dataclass(frozen=True)
class OwnMechanics:
    """A picture of a person's own mechanics with its sentences; `measured` if it shows a value of theirs."""

    svg: str
    title: str
    told: str
    unsure: str
    measured: bool


def picture_of(id_: str, engine: Engine) -> Picture | None:
    """The picture of a cause or a contributing factor, if it has one."""
    for picture in engine.knowledge.anatomy.pictures:
        if id_ in picture.causes or id_ in picture.factors:
            return picture
    return None


def where_it_is(id_: str, engine: Engine, *, mirrored: bool = False, key: str = "where") -> WhereItIs | None:
    """The picture of where a cause or factor lies, in a right leg or a left one; None if there is none.

    What is marked stands in `names`, for the caption, and not again in the picture's text alternative.
    """
    picture = picture_of(id_, engine)
    if picture is None:
        return None
    words = engine.words.anatomy
    svg = _anatomy(
        picture.view,
        engine,
        picture.structures,
        words.views[picture.view].description,
        pulls=picture.pulls,
        mirrored=mirrored,
        key=key,
    )
    told = [words.structures[structure] for structure in picture.structures]
    title = words.views[picture.view].title
    return WhereItIs(
        svg, title, tuple(entry.name for entry in told), told[0].what_it_is if len(told) == 1 else ""
    )


def _known(kind: str, id_: str, known: Iterable[str], where: str = "") -> None:
    names = sorted(known)
    if id_ not in names:
        near = difflib.get_close_matches(id_, names, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise BadCase(
            "the command", f"there is no {kind} {id_!r}{where}", f"There are: {', '.join(names)}.{hint}"
        )


def anatomy_svg(
    view: str,
    engine: Engine,
    highlight: Sequence[str] = (),
    *,
    pulls: bool = False,
    mirrored: bool = False,
    key: str = "anatomy",
) -> str:
    """A view of the leg as SVG with marked structures. Raises `BadCase` for an unknown view or structure."""
    words = engine.words.anatomy
    _known("anatomy picture", view, VIEWS)
    here = [s.id for s in engine.knowledge.anatomy.structures.values() if view in s.views]
    for structure in highlight:
        _known("structure", structure, here, f" in the picture {view!r}")
    told = words.views[view].description
    marked = "; ".join(words.structures[structure].name for structure in highlight)
    description = f"Marked: {marked}. {told}" if marked else told
    return _anatomy(view, engine, tuple(highlight), description, pulls=pulls, mirrored=mirrored, key=key)


@functools.lru_cache(maxsize=256)
def _anatomy(
    view: str,
    engine: Engine,
    highlight: tuple[str, ...],
    description: str,
    *,
    pulls: bool,
    mirrored: bool,
    key: str,
) -> str:
    words = engine.words.anatomy
    return draw_anatomy(
        view,
        words.views[view].title,
        description,
        {id_: Label(entry.label) for id_, entry in words.structures.items()},
        highlight=highlight,
        pulls=pulls,
        mirrored=mirrored,
        key=key,
    )


# --- a person's own values -----------------------------------------------------------------------------


def is_current(item: Item, case: Case, measure: Measured) -> bool:
    """Whether a value still says how things are on the day of the case."""
    if item.on is None or case.on is None:
        return True
    days = (date.fromisoformat(case.on) - date.fromisoformat(item.on)).days
    return days <= measure.stale_after_days


def _item(finding: str, case: Case, measure: Measured) -> Item | None:
    """The newest current value of a measure in a case, the painful side first."""
    fits = [i for i in case.items if i.finding == finding and i.value is not None and i.state == "present"]
    fits = [i for i in fits if is_current(i, case, measure)]
    return max(fits, key=lambda i: (i.side in (case.side, None), i.on or "9999")) if fits else None


def measured_error(item: Item, measure: Measured) -> float | None:
    """Half the range that the test leaves round a value, 95 in 100; the worst way it may have been taken."""
    ways = [m for m in measure.methods if m.id == item.method]
    ways = ways or [m for m in measure.methods if (m.by == "clinician") == (item.origin == "examined")]
    found = []
    for way in ways or measure.methods:
        one, change = way.standard_error, way.detectable_change
        if one is not None:
            part = one.figure.value * (item.value or 0.0) / 100 if one.percent else one.figure.value
            found.append(NORMAL_95 * part)
        elif change is not None:
            part = change.figure.value * (item.value or 0.0) / 100 if change.percent else change.figure.value
            found.append(part / sqrt(2))
    return max(found) if found else None


def _fits(norm: Norm, person: Person, *, any_age: bool) -> bool:
    if norm.sex and person.sex != norm.sex:
        return False
    if any_age:
        return True
    return person.age is not None and norm.min_age <= person.age <= norm.max_age


@dataclass(frozen=True)
class _Usual:
    """What is usual in people like this person, and in whom that was found."""

    low: float | None = None
    high: float | None = None
    cut: float | None = None
    people: str = ""

    @property
    def span(self) -> tuple[float, float] | None:
        return (self.low, self.high) if self.low is not None and self.high is not None else None


def _usual(measure: Measured, person: Person, *, any_age: bool) -> _Usual:
    norms = [n for n in measure.norms if _fits(n, person, any_age=any_age)]
    usual = next((n for n in norms if n.kind == "usual"), None)
    cut = next((n for n in norms if n.kind == "cut_off"), None)
    edge = (cut.low if cut.low is not None else cut.high) if cut else None
    if usual is None:
        return _Usual(cut=edge)
    return _Usual(usual.low, usual.high, edge, usual.whom.partition(" (")[0])


# --- the pictures --------------------------------------------------------------------------------------


def own_mechanics(
    factor: str, turn: Turn, engine: Engine, *, mirrored: bool = False, key: str = "mechanics"
) -> OwnMechanics | None:
    """What a contributing factor does in this person, from what was measured; None if it has no picture."""
    for entry in engine.knowledge.anatomy.mechanics:
        if entry.factor == factor:
            return _Drawing(entry, turn, engine, mirrored, key).picture()
    return None


@dataclass(frozen=True)
class _Drawing:
    entry: Mechanics
    turn: Turn
    engine: Engine
    mirrored: bool
    key: str

    @property
    def words(self) -> Words:
        return self.engine.words

    def picture(self) -> OwnMechanics:
        """The picture of the first measure that has a value, else the one that says what to measure."""
        if self.entry.kind == "kneecap":
            words = self.words.anatomy.mechanics["kneecap"]
            told = words.not_measured
            svg = draw_kneecap(words.labels, words.title, words.shows, mirrored=self.mirrored, key=self.key)
            return OwnMechanics(svg, words.title, told, words.unsure, measured=False)
        measures = [self.engine.knowledge.measures[finding] for finding in self.entry.measures]
        for measure in measures:
            item = _item(measure.finding, self.turn.case, measure)
            if item is not None:
                return self._of(measure, item)
        return self._of(measures[0], None)

    def _of(self, measure: Measured, item: Item | None) -> OwnMechanics:
        kind = "straight_leg_raise" if measure.finding == LEG_RAISE else self.entry.kind
        words = self.words.anatomy.mechanics[kind]
        any_age = kind in ("hamstring_length", "straight_leg_raise")
        usual = _usual(measure, self.turn.case.person, any_age=any_age)
        value = item.value if item is not None else None
        if kind == "hamstring_length" and value is not None:
            value = min(value, LONGEST_DEFICIT)
        error = measured_error(item, measure) if item is not None else None
        reading = Reading(value, error, usual.span, _goal(kind, value, usual))
        told, unsure = _sentences(words, reading, usual)
        svg = self._svg(kind, measure, reading, usual)
        return OwnMechanics(svg, words.title, told, unsure, measured=value is not None)

    def _svg(self, kind: str, measure: Measured, reading: Reading, usual: _Usual) -> str:
        words = self.words.anatomy.mechanics[kind]
        if kind == "hamstring_length":
            return draw_hamstring_length(
                reading, words.labels, words.title, words.shows, mirrored=self.mirrored, key=self.key
            )
        if kind == "straight_leg_raise":
            return draw_leg_raise(
                reading, words.labels, words.title, words.shows, mirrored=self.mirrored, key=self.key
            )
        exercise = self.engine.knowledge.exercises[measure.figure]
        figure = figure_of(exercise.figure)
        low = usual.cut if usual.cut is not None else usual.low
        draw = draw_bridge if kind == "bridge" else draw_chair_stand
        counted = Counted(reading, low, _longest(reading))
        return draw(
            figure, counted, words.labels, words.title, words.shows, mirrored=self.mirrored, key=self.key
        )


def _longest(reading: Reading) -> float:
    """Where a scale of counts ends: a multiple of ten beyond all it has to show."""
    shown: list[float] = [20.0, *(reading.usual or ()), *(reading.band() or ()), reading.value or 0.0]
    return 10.0 * float(ceil(max(shown) * SCALE_ROOM / 10.0))


def _goal(kind: str, value: float | None, usual: _Usual) -> float | None:
    """The nearer end of what is usual, for a person outside it (an estimate: no study sets a goal)."""
    if value is None:
        return None
    if kind == "hamstring_length" and usual.high is not None and value > usual.high:
        return usual.high
    if kind == "straight_leg_raise" and usual.cut is not None and value < usual.cut:
        return usual.cut
    return None


def _sentences(words: MechanicsWords, reading: Reading, usual: _Usual) -> tuple[str, str]:
    """What is told and how sure it is, with the values; a sentence without its value is left out."""
    values: dict[str, str] = {"people": usual.people or "people"}
    for name, number in (
        ("value", reading.value), ("low", usual.low), ("high", usual.high), ("cut", usual.cut),
        ("error", reading.error), ("goal", reading.goal),
    ):  # fmt: skip
        if number is not None:
            values[name] = f"{round(number)}"
    if reading.value is not None and "bend_low" in words.unsure:
        bend = forward_bend(reading.value, reading.error or 0.0)
        values |= {"bend_low": f"{round(bend.low)}", "bend_high": f"{round(bend.high)}"}
    if reading.value is None:
        told = words.not_measured
    else:
        known = "cut" in values if "{cut}" in words.measured else usual.span is not None
        told = words.measured if known else words.no_norm
    return _filled(told, values), _filled(words.unsure, values)


def _filled(text: str, values: dict[str, str]) -> str:
    sentences = []
    for sentence in text.split(". "):
        try:
            sentences.append(sentence.rstrip(".").format_map(values))
        except KeyError:
            continue  # this sentence speaks of a value that is not there
    return ". ".join(sentences) + "." if sentences else ""
