"""A page to draw on: points of space become page points, shapes become SVG, and the page knows its extent.

Deterministic: every number is rounded to two places, nothing depends on order of dictionaries or on time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import acos, atan2, cos, pi, sin

from kneewise.body.kinematics import Point

Page = tuple[float, float]

STATURE = 240.0  # page units

# How far depth (towards the viewer) shifts a point on the page: right, up.
_OBLIQUE = {"side": (-0.20, -0.14), "front": (0.0, -0.24)}


def number(value: float) -> str:
    """A number for SVG: two places, no trailing zeros, no minus zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def pair(point: Page) -> str:
    """A page point for SVG."""
    return f"{point[0]:.1f} {point[1]:.1f}"


def escape(text: str) -> str:
    """Text safe inside an element or an attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def capsule(a: Page, ra: float, b: Page, rb: float) -> str:
    """The outline of two discs and what a tight ribbon round them holds."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = (dx * dx + dy * dy) ** 0.5
    if length <= abs(ra - rb) + 1e-6:
        return disc(a if ra >= rb else b, max(ra, rb))
    heading, opening = atan2(dy, dx), acos((ra - rb) / length)

    def at(centre: Page, radius: float, angle: float) -> Page:
        return (centre[0] + radius * cos(angle), centre[1] + radius * sin(angle))

    a1, b1 = at(a, ra, heading + opening), at(b, rb, heading + opening)
    b2, a2 = at(b, rb, heading - opening), at(a, ra, heading - opening)
    wide = opening > pi / 2
    return (
        f"M{pair(a1)}L{pair(b1)}A{number(rb)} {number(rb)} 0 {int(wide)} 0 {pair(b2)}"
        f"L{pair(a2)}A{number(ra)} {number(ra)} 0 {int(not wide)} 0 {pair(a1)}Z"
    )


def disc(centre: Page, radius: float) -> str:
    """A circle as a path, turning the same way as a capsule."""
    left, right = (centre[0] - radius, centre[1]), (centre[0] + radius, centre[1])
    r = number(radius)
    return f"M{pair(right)}A{r} {r} 0 1 0 {pair(left)}A{r} {r} 0 1 0 {pair(right)}Z"


def polygon(points: Sequence[Page]) -> str:
    """A closed outline with corners, turning the same way as a capsule."""
    turn = sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(points, (*points[1:], points[0]), strict=True))
    ordered = list(points) if turn < 0 else list(reversed(points))
    return "M" + "L".join(pair(p) for p in ordered) + "Z"


def smooth(points: Sequence[Page], closed: bool = True) -> str:
    """A round curve through points (Catmull-Rom as Bézier)."""
    n = len(points)
    parts = [f"M{pair(points[0])}"]
    for i in range(n if closed else n - 1):
        before = points[(i - 1) % n] if closed or i > 0 else points[0]
        here, there = points[i], points[(i + 1) % n]
        after = points[(i + 2) % n] if closed or i + 2 < n else there
        c1 = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        c2 = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        parts.append(f"C{pair(c1)} {pair(c2)} {pair(there)}")
    return "".join(parts) + ("Z" if closed else "")


@dataclass
class Canvas:
    """Collects elements and the box that holds them."""

    view: str = "side"
    mirrored: bool = False
    elements: list[str] = field(default_factory=list)
    left: float = 1e9
    top: float = 1e9
    right: float = -1e9
    bottom: float = -1e9
    above: bool = False  # seen from above: there is no floor line
    floorless: bool = False

    def project(self, point: Point) -> Page:
        """Where a point of space lies on the page."""
        kx, ky = _OBLIQUE[self.view]
        x = (point[0] + kx * point[2]) * STATURE
        return (-x if self.mirrored else x, -(point[1] + ky * point[2]) * STATURE)

    def flat(self, x: float, y: float) -> Page:
        """Where a point of the picture plane through the body's middle lies on the page."""
        return self.project((x, y, 0.0))

    def reach(self, point: Page, margin: float = 0.0) -> None:
        """Make the box hold a page point and what lies within a margin of it."""
        self.left, self.right = min(self.left, point[0] - margin), max(self.right, point[0] + margin)
        self.top, self.bottom = min(self.top, point[1] - margin), max(self.bottom, point[1] + margin)

    def path(self, d: str, css: str, **style: str) -> None:
        """Add a path; its class gives its colours, `style` overrides single attributes."""
        extra = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in style.items())
        self.elements.append(f'<path class="{css}" d="{d}"{extra}/>')

    def line(self, points: Sequence[Page], css: str, **style: str) -> None:
        """Add an open line with straight pieces."""
        self.path("M" + "L".join(pair(p) for p in points), css, **style)
        for p in points:
            self.reach(p, 3.0)
