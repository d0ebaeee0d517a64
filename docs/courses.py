"""docs/reference/simulated-courses.md and its picture: the twelve weeks of twenty simulated people."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.simulated_courses import Course, live

from kneewise.knowledge.types import Knowledge
from kneewise.pathway import Engine

NOTICE = "<!-- Written by `make docs`; do not edit. -->\n"
PICTURE = Path(__file__).parent / "images" / "simulated-courses.svg"
RESULT = Path(__file__).parents[1] / "benchmarks" / "results" / "courses.json"
SEEDS = range(20)
WIDE, HIGH, LEFT, TOP, GAP = 168.0, 84.0, 22.0, 34.0, 22.0
COLUMNS = 4
MOST_PAIN = 10.0
PHASE_COLOURS = ("#eef4f1", "#dbeae3", "#c5ddd2", "#aed0c0", "#97c3ae")
NAMES = {
    "quick": "heals quickly", "slow": "heals slowly", "flare_ups": "flares up three times",
    "over_doer": "does more than asked", "non_adherer": "seldom trains", "clot_on_day_9": "clot sign on day 9",
    "injured_again_in_week_5": "injured again in week 5",
}  # fmt: skip


def _x(day: float) -> float:
    return LEFT + day / 84 * (WIDE - LEFT)


def _y(pain: float) -> float:
    return TOP + (1 - pain / MOST_PAIN) * (HIGH - 10)


def _line(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _phases(course: Course) -> list[str]:
    """A strip of colour for each phase of the leading protocol."""
    parts: list[str] = []
    seen: list[str] = []
    start, now = 0, ""
    days = [next(iter(day["phases"].values()), "") for day in course.days] + ["end"]
    for number, phase in enumerate(days):
        if phase == now:
            continue
        if now:
            colour = PHASE_COLOURS[min(seen.index(now), len(PHASE_COLOURS) - 1)]
            width = _x(number) - _x(start)
            parts.append(
                f'<rect x="{_x(start):.1f}" y="{TOP}" width="{width:.1f}" height="{HIGH - 10}" fill="{colour}"/>'
            )
        if phase and phase not in seen:
            seen.append(phase)
        start, now = number, phase
    return parts


def _panel(course: Course, x: float, y: float) -> str:
    told = [(n, day["pain"]) for n, day in enumerate(course.days) if day["pain"] is not None]
    first = sum(pain for _, pain in told[:3]) / 3 if len(told) >= 3 else 0.0
    low = [(_x(n), _y(min(day["band"][0] * first, 10))) for n, day in enumerate(course.days)]
    high = [(_x(n), _y(min(day["band"][1] * first, 10))) for n, day in enumerate(course.days)]
    pains = [(_x(n), _y(pain)) for n, pain in told]
    locks = "".join(
        f'<rect x="{_x(n):.1f}" y="{TOP}" width="{_x(1) - _x(0):.1f}" height="{HIGH - 10}" fill="#c8362b"'
        ' opacity=".35"/>'
        for n, day in enumerate(course.days)
        if day["locked"]
    )
    steps = sum(course.days[-1]["steps"].values())
    title = f"{course.person.start.replace('_', ' ')}, {course.person.age}"
    kind = NAMES[course.person.kind]
    marks = "".join(
        f'<text x="{LEFT - 4}" y="{_y(pain) + 3:.1f}" text-anchor="end">{pain}</text>' for pain in (0, 5, 10)
    )
    weeks = "".join(
        f'<text x="{_x(week * 7):.1f}" y="{TOP + HIGH + 2}" text-anchor="middle">{week}</text>'
        for week in (0, 4, 8, 12)
    )
    return (
        f'<g transform="translate({x:.0f} {y:.0f})"><text x="{LEFT}" y="12" class="t">{escape(title)}</text>'
        f'<text x="{LEFT}" y="25">{escape(kind)}; {steps} steps up</text>{"".join(_phases(course))}'
        f'<polygon points="{_line(low)} {_line(high[::-1])}" fill="#7a5ea8" opacity=".22"/>{locks}'
        f'<polyline points="{_line(pains)}" fill="none" stroke="#1f5563" stroke-width="1.4"/>{marks}{weeks}</g>'
    )


def picture(engine: Engine) -> str:
    """All twenty as small pictures: worst pain of each day, the expected band, phases, days stopped."""
    courses = [live(seed, engine) for seed in SEEDS]
    rows = -(-len(courses) // COLUMNS)
    width, height = COLUMNS * (WIDE + GAP), rows * (HIGH + TOP + GAP)
    panels = "".join(
        _panel(course, (i % COLUMNS) * (WIDE + GAP), (i // COLUMNS) * (HIGH + TOP + GAP))
        for i, course in enumerate(courses)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img">'
        "<title>Twelve weeks of twenty simulated people</title>"
        "<style>text{font:10px system-ui,sans-serif;fill:#1d2f36}.t{font-weight:700;font-size:11px}</style>"
        f'<rect width="100%" height="100%" fill="#fff"/>{panels}</svg>\n'
    )


def page(knowledge: Knowledge) -> str:
    """The table of the last full run, and how to read the picture."""
    result: dict[str, Any] = json.loads(RESULT.read_text("utf-8"))
    lines = [
        NOTICE,
        "# Simulated people who follow a programme",
        "",
        f"{result['people']:,} invented people train for twelve weeks, day by day (`python -m benchmarks.courses`).",
        "They are there to take the rules of following through many different weeks; they say nothing about how",
        "real people recover. On every day of every one it is checked that nothing gets harder on amber or red,",
        "never two steps at once, at most three exercises in seven days, no phase is skipped or entered with a",
        "criterion open, the minutes hold, and a planted sign of danger stops everything the same day.",
        "",
        "| Who | People | Sessions | Reached a later phase | Ever stopped | Stopped the day it was planted | People with a rule broken |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for row in result["table"]:
        planted = row["locked_the_day_it_was_planted"]
        lines.append(
            f"| {NAMES[row['kind']]} | {row['people']} | {row['sessions']:,} | {row['reached_a_later_phase']} "
            f"| {row['ever_locked']} | {'–' if planted is None else planted} | {row['people_with_a_broken_rule']} |"
        )
    broken = ", ".join(f"{what} ({count})" for what, count in result["broken"].items()) or "none"
    lines += [
        "",
        f"Rules broken: {broken}. Of {result['replayed']} whole diaries reviewed at once,",
        f"{len(result['replay_differs'])} gave something else than living them day by day.",
        "",
        "## Twenty of them",
        "",
        "The line is the worst pain of each day (0 to 10), the violet band what is usual for the cause, the green",
        "strips the phases (darker is later), red the days on which the exercises were stopped.",
        "",
        "![Twelve weeks of twenty simulated people](../images/simulated-courses.svg)",
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Draw the picture and write the page."""
    import kneewise

    engine = kneewise.default_engine()
    PICTURE.write_text(picture(engine), encoding="utf-8")
    (Path(__file__).parent / "reference" / "simulated-courses.md").write_text(page(engine.knowledge), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
