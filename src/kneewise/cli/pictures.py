"""Pictures of an evaluation as SVG: calibration of the first cause, and levels given against acceptable ones.

Drawn with Vega-Altair and vl-convert, which are no run-time dependencies: without them `BadCase` says how to
get them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kneewise.evidence import BadCase

LEVELS = ("self_care", "routine", "within_days", "same_day", "emergency")
WIDTH, HEIGHT = 420, 320


def _altair() -> Any:
    try:
        import altair
        import vl_convert  # noqa: F401  # altair writes SVG with it
    except ImportError:
        raise BadCase(
            "--pictures",
            "pictures need the packages altair and vl-convert-python",
            "Install them (make install does), or leave --pictures out",
        ) from None
    return altair


def _calibration(table: Mapping[str, Any], alt: Any) -> Any:
    rows = [
        {
            "chance": row["mean_chance"],
            "right": row["right"]["share"],
            "low": row["right"]["low"],
            "high": row["right"]["high"],
            "cases": row["right"]["n"],
        }
        for row in table["calibration"]
    ]
    x = alt.X("chance:Q", title="mean chance given to the first cause", scale=alt.Scale(domain=[0, 1]))
    base = alt.Chart(alt.Data(values=rows)).encode(x=x)
    ends = alt.Data(values=[{"chance": 0, "right": 0}, {"chance": 1, "right": 1}])
    ideal = alt.Chart(ends).mark_line(color="#9a9a9a", strokeDash=[5, 4]).encode(x=x, y="right:Q")
    bars = base.mark_rule(color="#2c6e63", strokeWidth=2).encode(
        y=alt.Y("low:Q", title="share that was right (95 % interval)", scale=alt.Scale(domain=[0, 1])),
        y2="high:Q",
    )
    points = base.mark_circle(color="#2c6e63", opacity=1).encode(
        y="right:Q", size=alt.Size("cases:Q", title="cases", scale=alt.Scale(range=[60, 500]))
    )
    return (ideal + bars + points).properties(
        width=WIDTH, height=HEIGHT, title="Is the first cause as likely as it says?"
    )


def _levels(table: Mapping[str, Any], alt: Any) -> Any:
    rows = [
        {"acceptable": lowest.replace("_", " "), "given": given.replace("_", " "), "cases": count}
        for lowest, row in table["level_table"].items()
        for given, count in row.items()
    ]
    order = [level.replace("_", " ") for level in LEVELS]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("given:N", sort=order, title="level given", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("acceptable:N", sort=order[::-1], title="lowest acceptable level"),
    )
    tiles = base.mark_rect().encode(
        color=alt.Color("cases:Q", scale=alt.Scale(range=["#f4f1ea", "#2c6e63"]), legend=None)
    )
    # White figures on dark tiles, dark ones on light.
    most = max((row["cases"] for row in rows), default=0)
    figures = base.mark_text(fontSize=14).encode(
        text="cases:Q",
        color=alt.condition(f"datum.cases > {most / 2}", alt.value("white"), alt.value("#222222")),
    )
    return (tiles + figures).properties(
        width=WIDTH,
        height=HEIGHT,
        title="Level given against the lowest acceptable (below the diagonal: too low)",
    )


def write_pictures(table: Mapping[str, Any], folder: Path, prefix: str = "") -> list[Path]:
    """Write `calibration.svg` and `levels.svg` of an evaluation table to `folder`; raises `BadCase`."""
    alt = _altair()
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, draw in (("calibration", _calibration), ("levels", _levels)):
        path = folder / f"{prefix}{name}.svg"
        draw(table, alt).save(str(path))
        written.append(path)
    return written
