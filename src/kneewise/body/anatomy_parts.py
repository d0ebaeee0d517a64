"""What an anatomy picture is made of: silhouettes, bones, muscles with their tendons, nerves, sore spots.

A plate (`Plate`) is one view of a right leg, its parts listed from the deepest to the nearest. All places
are in page units of that plate; shapes are drawn by hand after textbook anatomy (estimates, not to scale).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from kneewise.body.canvas import Page, number

Station = tuple[float, float, float]  # x, y, half the width


@dataclass(frozen=True)
class Skin:
    """The outline of the body; `folds` are thin lines on it."""

    outline: tuple[Page, ...]
    folds: tuple[tuple[Page, ...], ...] = ()


@dataclass(frozen=True)
class Bone:
    """One bone or a piece of it: a closed outline, with lines that give it shape."""

    structure: str
    outline: tuple[Page, ...]
    lines: tuple[tuple[Page, ...], ...] = ()


@dataclass(frozen=True)
class Muscle:
    """A muscle with its tendons along a way; the flesh lies between two shares of the way."""

    structure: str
    way: tuple[Station, ...]
    flesh: tuple[float, float] = (0.08, 0.9)
    only_marked: bool = False  # drawn only when it is marked (a deep muscle that would hide others)
    sheet: bool = False  # a flat sheet of tendon (a band): no flesh at all


@dataclass(frozen=True)
class Cord:
    """A nerve or a vessel along a way; `hidden` are the stretches that run under a muscle."""

    structure: str
    way: tuple[Page, ...]
    width: float
    kind: str = "nerve"  # nerve | artery | vein
    only_marked: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Spot:
    """A place marked as a glow: only drawn when it is marked."""

    structure: str
    at: Page
    size: Page  # half the width, half the height
    kind: str = "glow"  # glow | sac


Part = Skin | Bone | Muscle | Cord | Spot


@dataclass(frozen=True)
class Anchor:
    """Where the line from a label ends, and on which side of the leg the label stands."""

    at: Page
    left: bool


@dataclass(frozen=True)
class Pull:
    """An arrow that shows where a muscle pulls."""

    structure: str
    way: tuple[Page, ...]


@dataclass(frozen=True)
class Plate:
    """One view of a right leg."""

    parts: tuple[Part, ...]
    anchors: dict[str, Anchor]
    usual: tuple[str, ...]  # labelled when nothing is marked
    context: tuple[str, ...]  # labelled besides what is marked
    pulls: tuple[Pull, ...]
    height: float
    inner_left: float  # where the labels on the left end
    inner_right: float  # where the labels on the right begin

    def structures(self) -> frozenset[str]:
        """All structures that can be marked here."""
        return frozenset(part.structure for part in self.parts if not isinstance(part, Skin))


def _mix(a: Station, b: Station, share: float) -> Station:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def _rounded(a: Station, b: Station, c: Station, d: Station, t: float) -> Station:
    """A point between b and c on a round curve through four stations (Catmull-Rom)."""

    def one(p: float, q: float, r: float, s: float) -> float:
        return 0.5 * (
            2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3
        )

    x, y, w = (one(a[i], b[i], c[i], d[i]) for i in range(3))
    return (x, y, max(w, 0.4))


def resample(way: Sequence[Station], count: int) -> list[Station]:
    """`count` stations evenly spread along the round curve through a way."""
    fine: list[Station] = []
    for i in range(len(way) - 1):
        before, after = way[max(i - 1, 0)], way[min(i + 2, len(way) - 1)]
        fine += [_rounded(before, way[i], way[i + 1], after, step / 12) for step in range(12)]
    fine.append(way[-1])
    lengths = [0.0]
    for p, q in pairwise(fine):
        lengths.append(lengths[-1] + hypot(q[0] - p[0], q[1] - p[1]))
    picked, at = [], 0
    for n in range(count):
        goal = lengths[-1] * n / (count - 1)
        while at < len(fine) - 2 and lengths[at + 1] < goal:
            at += 1
        span = lengths[at + 1] - lengths[at]
        picked.append(_mix(fine[at], fine[at + 1], (goal - lengths[at]) / span if span else 0.0))
    return picked


def _normals(stations: Sequence[Station]) -> list[Page]:
    normals = []
    for i in range(len(stations)):
        p, q = stations[max(i - 1, 0)], stations[min(i + 1, len(stations) - 1)]
        dx, dy = q[0] - p[0], q[1] - p[1]
        size = max(hypot(dx, dy), 1e-6)
        normals.append((-dy / size, dx / size))
    return normals


def ribbon(stations: Sequence[Station]) -> list[Page]:
    """The closed outline of a way with its widths."""
    normals = _normals(stations)
    one = [(x + nx * w, y + ny * w) for (x, y, w), (nx, ny) in zip(stations, normals, strict=True)]
    two = [(x - nx * w, y - ny * w) for (x, y, w), (nx, ny) in zip(stations, normals, strict=True)]
    return one + list(reversed(two))


def beside(stations: Sequence[Station], share: float) -> list[Page]:
    """A line along a way at a share of its half width (-1 one edge, 1 the other)."""
    return [
        (x + nx * w * share, y + ny * w * share)
        for (x, y, w), (nx, ny) in zip(stations, _normals(stations), strict=True)
    ]


def _step(a: Page, b: Page) -> str:
    """From a to b as SVG writes it shortest: tenths, no separator before a minus."""
    x, y = number(round(b[0] - a[0], 1)), number(round(b[1] - a[1], 1))
    return f"{x}{'' if y.startswith('-') else ' '}{y}"


def short(points: Sequence[Page], closed: bool = True) -> str:
    """A round curve through points (as `canvas.smooth`) in relative tenths: half as long, for a page.

    The first control point of a piece mirrors the last one of the piece before, which is what `s` means.
    """
    n = len(points)
    tenths = [(round(x, 1), round(y, 1)) for x, y in points]
    parts = [f"M{number(tenths[0][0])} {number(tenths[0][1])}"]
    for i in range(n if closed else n - 1):
        before = points[(i - 1) % n] if closed or i > 0 else points[0]
        here, there = points[i], points[(i + 1) % n]
        after = points[(i + 2) % n] if closed or i + 2 < n else there
        start, end = tenths[i], tenths[(i + 1) % n]
        c2 = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        if i == 0:
            c1 = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
            parts.append("c" + _joined(_step(start, c1), _step(start, c2), _step(start, end)))
        else:
            parts.append(("s" if i == 1 else "") + _joined(_step(start, c2), _step(start, end), first=i == 1))
    return "".join(parts) + ("z" if closed else "")


def _joined(*steps: str, first: bool = True) -> str:
    text = steps[0] if first or steps[0].startswith("-") else " " + steps[0]
    for step in steps[1:]:
        text += step if step.startswith("-") else " " + step
    return text
