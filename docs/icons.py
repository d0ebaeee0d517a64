"""Draw the app's icons from one drawing: `python docs/icons.py` writes them beside the style sheets.

A maskable icon is cut to any shape by the phone: all that matters stands in its middle four fifths.
"""

from __future__ import annotations

from pathlib import Path

import vl_convert

FOLDER = Path(__file__).resolve().parents[1] / "src/kneewise/web/static/kneewise"
PAPER, ACCENT, KNEE = "#faf7f2", "#0b5d66", "#ffbf2f"
# The leg of the masthead: thigh, knee, shank, in a square of 40.
LEG = (
    '<g transform="translate(20 20) scale({scale}) translate(-18.5 -20)">'
    f'<path d="M11 4 L24 19 L17 36" fill="none" stroke="{PAPER}" stroke-width="5.5" stroke-linecap="round" '
    'stroke-linejoin="round"/>'
    f'<circle cx="24" cy="19" r="4.6" fill="{KNEE}"/></g>'
)


def drawing(*, round_corners: float, scale: float) -> str:
    """The icon as SVG."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">'
        f'<rect width="40" height="40" rx="{round_corners}" fill="{ACCENT}"/>{LEG.format(scale=scale)}</svg>\n'
    )


def main() -> None:
    """Write all icons."""
    plain = drawing(round_corners=9, scale=0.84)
    (FOLDER / "icon.svg").write_text(plain, encoding="utf-8")
    for name, svg, pixels in (
        ("icon-180.png", drawing(round_corners=0, scale=0.74), 180),
        ("icon-192.png", plain, 192),
        ("icon-512.png", plain, 512),
        ("icon-maskable-512.png", drawing(round_corners=0, scale=0.66), 512),
    ):
        (FOLDER / name).write_bytes(vl_convert.svg_to_png(svg, scale=pixels / 40))


if __name__ == "__main__":
    main()
