"""The pain chart: pain by day over the band that is usual. Pure: numbers in, an SVG text out.

Colours come from the page's style sheet by class; the same data stands in a table beside the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

WIDTH, HEIGHT = 360.0, 230.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 10.0, 12.0, 44.0
MOST_PAIN = 10.0
DAYS_A_WEEK = 7
LEAST_WEEKS = 4
MOST_WEEK_MARKS = 8


@dataclass(frozen=True)
class BandDay:
    """What is usual on a day since the start: pain from low to high, 0-10."""

    day: float
    low: float
    high: float


def weeks_shown(days: int) -> int:
    """How many weeks the chart shows, for so many days since the start: whole weeks, at least four."""
    return max(-(-(days + 1) // DAYS_A_WEEK), LEAST_WEEKS)


class _Frame:
    """From days and pain to points of the picture."""

    def __init__(self, weeks: int) -> None:
        self.days = weeks * DAYS_A_WEEK

    def x(self, day: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * day / self.days

    def y(self, pain: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(max(pain, 0.0), MOST_PAIN) / MOST_PAIN)

    def at(self, day: float, pain: float) -> str:
        return f"{self.x(day):.1f},{self.y(pain):.1f}"


def _scale(frame: _Frame, weeks: int, week_word: str, pain_word: str) -> list[str]:
    parts = []
    for pain in (0, 5, 10):
        y = frame.y(pain)
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 7}" y="{y + 4.5:.1f}" text-anchor="end">{pain}</text>')
    every = max(-(-weeks // MOST_WEEK_MARKS), 1)
    for week in range(0, weeks + 1, every):
        x, y = frame.x(week * DAYS_A_WEEK), frame.y(0)
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{y:.1f}" x2="{x:.1f}" y2="{y + 5:.1f}"/>')
        anchor = "end" if week == weeks else "middle"
        parts.append(f'<text x="{x:.1f}" y="{y + 19:.1f}" text-anchor="{anchor}">{week}</text>')
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.1f}" y="{HEIGHT - 6}" text-anchor="middle">'
        f'{escape(week_word)}</text><text x="{LEFT + 6}" y="{TOP + 12}">{escape(pain_word)}</text>'
    )
    return parts


def pain_chart(
    pains: Sequence[tuple[date, float]],
    band: Sequence[BandDay],
    started: date,
    weeks: int,
    *,
    title: str,
    told: str,
    week_word: str,
    pain_word: str,
) -> str:
    """The chart as SVG. `pains` are (day, 0-10) in order; `band` may be empty; `told` says it in words."""
    frame = _Frame(weeks)
    parts = [
        f'<svg class="pain-chart" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" '
        f'aria-labelledby="pain-chart-title pain-chart-told" focusable="false">',
        f'<title id="pain-chart-title">{escape(title)}</title>',
        f'<desc id="pain-chart-told">{escape(told)}</desc>',
    ]
    if band:
        there = " ".join(frame.at(one.day, one.high) for one in band)
        back = " ".join(frame.at(one.day, one.low) for one in reversed(band))
        parts.append(f'<polygon class="usual" points="{there} {back}"/>')
    parts += _scale(frame, weeks, week_word, pain_word)
    dots = [((day - started).days, pain) for day, pain in pains if 0 <= (day - started).days <= frame.days]
    if len(dots) > 1:
        line = " ".join(frame.at(day, pain) for day, pain in dots)
        parts.append(f'<polyline class="pain" points="{line}"/>')
    parts += [
        f'<circle class="pain-dot" cx="{frame.x(day):.1f}" cy="{frame.y(pain):.1f}" r="3.5"/>'
        for day, pain in dots
    ]
    return "".join([*parts, "</svg>"])
