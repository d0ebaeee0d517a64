"""A page to draw on: points of space become page points, shapes become SVG, and the page knows its extent.

Deterministic: every number is rounded to two places, nothing depends on order of dictionaries or on time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kneewise.body.kinematics import Point

Page = tuple[float, float]

STATURE = 240.0  # page units

# How far depth (towards the viewer) shifts a point on the page: right, up.
_OBLIQUE = {"side": (-0.20, -0.14), "front": (0.0, -0.24)}
_FROM_HIGHER = (0.0, -0.46)  # on somebody who lies on the side: shows which way the knees bend


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
    # Unit vectors without angles: along the middle line, and square to it.
    ux, uy = dx / length, dy / length
    c = (ra - rb) / length
    h = (1.0 - c * c) ** 0.5
    px, py = ux * c - uy * h, uy * c + ux * h
    qx, qy = ux * c + uy * h, uy * c - ux * h
    wide = c < 0.0
    return (
        f"M{a[0] + ra * px:.1f} {a[1] + ra * py:.1f}L{b[0] + rb * px:.1f} {b[1] + rb * py:.1f}"
        f"A{rb:.1f} {rb:.1f} 0 {int(wide)} 0 {b[0] + rb * qx:.1f} {b[1] + rb * qy:.1f}"
        f"L{a[0] + ra * qx:.1f} {a[1] + ra * qy:.1f}"
        f"A{ra:.1f} {ra:.1f} 0 {int(not wide)} 0 {a[0] + ra * px:.1f} {a[1] + ra * py:.1f}Z"
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
    ends = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for i in range(n if closed else n - 1):
        (bx, by), (hx, hy), (tx, ty), (ax, ay) = ends[i], ends[i + 1], ends[i + 2], ends[i + 3]
        parts.append(
            f"C{hx + (tx - bx) / 6:.1f} {hy + (ty - by) / 6:.1f} "
            f"{tx - (ax - hx) / 6:.1f} {ty - (ay - hy) / 6:.1f} {tx:.1f} {ty:.1f}"
        )
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
    higher: bool = False  # a front view seen from higher up

    def project(self, point: Point) -> Page:
        """Where a point of space lies on the page."""
        kx, ky = _FROM_HIGHER if self.higher else _OBLIQUE[self.view]
        x = (point[0] + kx * point[2]) * STATURE
        return (-x if self.mirrored else x, -(point[1] + ky * point[2]) * STATURE)

    def flat(self, x: float, y: float) -> Page:
        """Where a point of the picture plane through the body's middle lies on the page."""
        return self.project((x, y, 0.0))

    def reach(self, point: Page, margin: float = 0.0) -> None:
        """Make the box hold a page point and what lies within a margin of it."""
        x, y = point
        if x - margin < self.left:
            self.left = x - margin
        if x + margin > self.right:
            self.right = x + margin
        if y - margin < self.top:
            self.top = y - margin
        if y + margin > self.bottom:
            self.bottom = y + margin

    def path(self, d: str, css: str, **style: str) -> None:
        """Add a path; its class gives its colours, `style` overrides single attributes."""
        extra = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in style.items())
        self.elements.append(f'<path class="{css}" d="{d}"{extra}/>')

    def line(self, points: Sequence[Page], css: str, **style: str) -> None:
        """Add an open line with straight pieces."""
        self.path("M" + "L".join(pair(p) for p in points), css, **style)
        for p in points:
            self.reach(p, 3.0)
