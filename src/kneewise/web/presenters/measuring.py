"""Beside the form of a test: earlier values and their error, the phone as a goniometer, the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kneewise.body.phone_on_shin import Position, phone_on_shin
from kneewise.follow.measures import amount, compare_sides
from kneewise.follow.pacing import COUNTED, SECONDS_EACH
from kneewise.follow.series import Series, make_measurement, series_of
from kneewise.knowledge.types_base import Basis
from kneewise.knowledge.types_measures import Measure, Method
from kneewise.web.fields import long_day
from kneewise.web.figures import inline
from kneewise.web.following import Following
from kneewise.web.knowledge import citations, words
from kneewise.web.presenters.following import Told, change_of
from kneewise.web.strings import unit_name

Counts = Literal["from_upright", "from_floor"]

# Which tests the phone on the shin can do, what it counts from, and the picture of it.
BY_PHONE: dict[str, tuple[Counts, Position]] = {
    "active_knee_extension_deficit_degrees": ("from_upright", "thigh_upright"),
    "straight_leg_raise_angle_degrees": ("from_floor", "straight_leg"),
}
BEATS = (2, 3, 4)


@dataclass(frozen=True)
class Earlier:
    """The last value of one leg and one way: for people, and for the page's script to compare with."""

    side: str
    side_words: str
    method: str
    method_words: str
    value: str
    number: str
    day: str
    tries: str
    told: Told
    error: str
    stale: bool


@dataclass(frozen=True)
class MethodError:
    """How far one way of measuring can be off, in words, and where that is from."""

    name: str
    text: str
    sources: str


@dataclass(frozen=True)
class Phone:
    """The phone on the shin: picture, and what its script has to know."""

    picture: SafeString
    counts: Counts
    least: float
    most: float
    most_spread: float | None
    top_words: str


@dataclass(frozen=True)
class Counter:
    """A counter with a beat: the pace that the test lays down (0: none), and the ones to choose from."""

    pace: float
    paces: tuple[tuple[str, str, bool], ...]
    most: float


def _side_words(side: str | None) -> str:
    return {"left": _("left leg"), "right": _("right leg")}.get(side or "", "")


def _basis(basis: Basis) -> str:
    return {
        "found": _("from a study"),
        "recalled": _("from memory of a study, still to be checked"),
        "estimate": _("our estimate from studies of something near to it"),
    }[basis]


def method_error(measure: Measure, method: Method) -> MethodError:
    """What is known of the error of one way: never a number that nobody has found or judged."""
    name = words().measures[measure.id].methods.get(method.id, "") or _("This test")
    unit = unit_name(measure.unit)
    known = method.detectable_change
    if known is None:
        return MethodError(name, _("How far two tries can differ by chance is not known for this way."), "")
    size = f"{known.figure.value:g}" + ("%" if known.percent else f" {unit}")
    text = _("a change under %(size)s may be chance (%(basis)s).") % {
        "size": size, "basis": _basis(known.figure.basis),
    }  # fmt: skip
    if method.standard_error is not None and not method.standard_error.percent:
        text += " " + _("One value is off by about %(error)s %(unit)s.") % {
            "error": f"{method.standard_error.figure.value:g}", "unit": unit,
        }  # fmt: skip
    sources = "; ".join(source.citation for source in citations(known.figure.source))
    return MethodError(name, text, sources)


def method_errors(measure: Measure) -> list[MethodError]:
    """The error of each way that can be used at home."""
    return [method_error(measure, one) for one in measure.methods if one.by != "clinician"]


def _last_error(measure: Measure, method: str, value: float) -> str:
    known = next((one.detectable_change for one in measure.methods if one.id == method), None)
    return "" if known is None else f"{amount(known, value, value):.3g}"


def earlier(following: Following, measure: Measure) -> list[Earlier]:
    """The last value of each leg and way, with its day, its tries and what its change means."""
    found = []
    for one in following.review["measures"]:
        if one["id"] != measure.id:
            continue
        last, told = one["last"], words().measures[measure.id]
        tries = ""
        if last["trials"] > 1:
            tries = _("middle of %(n)s tries, %(spread)s apart") % {
                "n": last["trials"], "spread": f"{last['spread']:g}",
            }  # fmt: skip
        found.append(
            Earlier(
                side=one["side"] or "",
                side_words=_side_words(one["side"]),
                method=one["method"],
                method_words=told.methods.get(one["method"], ""),
                value=f"{last['value']:g} {unit_name(measure.unit)}",
                number=f"{last['value']:g}",
                day=long_day(date.fromisoformat(last["on"])),
                tries=tries,
                told=change_of(one),
                error=_last_error(measure, one["method"], last["value"]),
                stale=one["stale"],
            )
        )
    return found


def _all_series(following: Following, measure: Measure) -> list[Series]:
    taken = [
        make_measurement(
            measure, entry.raw.get("values", entry.raw.get("value")), entry.on, side=entry.raw.get("side"),
            method=entry.raw.get("method"), unit=entry.raw.get("unit"),
        )
        for entry in following.parsed().entries
        if entry.kind == "measurement" and entry.raw.get("measure") == measure.id
    ]  # fmt: skip
    return list(series_of(taken, {measure.id: measure}, following.latest))


def side_gap(following: Following, measure: Measure) -> str:
    """Both legs beside each other, where both were measured the same way; empty if not."""
    series = {(one.method, one.side): one for one in _all_series(following, measure)} if measure.sided else {}
    for method in measure.methods:
        left, right = series.get((method.id, "left")), series.get((method.id, "right"))
        gap = compare_sides(left, right, following.on) if left and right else None
        if gap is None or gap.why == "stale":
            continue
        size = f"{abs(gap.gap):g} {unit_name(measure.unit)}"
        if gap.real is None:
            return _("Your legs differ by %(size)s. Nobody knows how much of that is chance.") % {
                "size": size
            }
        if gap.real:
            return _("Your legs differ by %(size)s, which is more than chance.") % {"size": size}
        return _("Your legs differ by %(size)s, which can be chance.") % {"size": size}
    return ""


def phone(measure: Measure, side: str = "") -> Phone | None:
    """The phone as a goniometer for this test; None for a test that it cannot do."""
    if measure.id not in BY_PHONE:
        return None
    counts, position = BY_PHONE[measure.id]
    name = words().measures[measure.id].name
    seen = {
        "thigh_upright": _(
            "You lie on your back, the thigh upright, both hands behind it. The knee is nearly straight. "
            "The phone lies on the front of the shin, a hand's width below the knee. "
            "The angle is from the upright to the shin."
        ),
        "straight_leg": _(
            "You lie on your back, one straight leg lifted. The phone lies on the front of its shin, "
            "a hand's width below the knee. The angle is from the floor to the leg."
        ),
    }[position]
    picture = inline(phone_on_shin(position, name, seen, mirrored=side == "left"))
    return Phone(picture, counts, measure.minimum, measure.maximum, measure.most_spread, seen)


def counter(measure: Measure) -> Counter | None:
    """The counter for a test that is counted; None for others."""
    if measure.id not in COUNTED:
        return None
    pace = SECONDS_EACH.get(measure.id, 0.0)
    paces = [("0", _("No beat: your own even pace"), pace == 0)]
    paces += [
        (f"{n}", _("One each %(n)s seconds") % {"n": n}, n == pace) for n in BEATS
    ]  # fmt: skip
    return Counter(pace, tuple(paces), measure.maximum)


def beside_the_form(following: Following, measure: Measure) -> dict[str, Any]:
    """All that the page of a test shows beside its form."""
    return {
        "earlier": earlier(following, measure),
        "side_gap": side_gap(following, measure),
        "errors": method_errors(measure),
        "phone": phone(measure),
        "counter": counter(measure),
    }
