"""The moving picture of an exercise for a page whose content policy allows no inline style.

The drawing carries its movement as a style element and as style attributes. Here both become rules of one
style text, which a script gives to the page as a constructed style sheet; without it the still picture stays.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from kneewise.pathway.figures import exercise_svg
from kneewise.web.knowledge import engine

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SCOPE = re.compile(r'<svg [^>]*?class="([^"]+)"')
_RESTING = re.compile(r' style="([^"]*)"')
_IDS = re.compile(r'(id="|aria-labelledby="|(?<= ))([a-z0-9_]+-(?:title|desc))(?=[" ])')


class MovingFigure(NamedTuple):
    """The drawing, and the rules that move it; both empty where an exercise has no movement to show."""

    svg: str
    style: str


@functools.cache
def moving_figure(exercise: str, side: str) -> MovingFigure:
    """The moving picture of an exercise for the leg that works."""
    svg = exercise_svg(exercise, engine(), side="left" if side == "left" else "right", animated=True)
    style, scope = _STYLE.search(svg), _SCOPE.search(svg)
    if 'class="moving"' not in svg or style is None or scope is None:
        return MovingFigure("", "")
    at_rest: list[str] = []

    def named(found: re.Match[str]) -> str:
        if found.group(1) not in at_rest:
            at_rest.append(found.group(1))
        return f' data-rest="{at_rest.index(found.group(1))}"'

    drawn = _RESTING.sub(named, _STYLE.sub("", svg))
    drawn = _IDS.sub(r"\1moving-\2", drawn)  # the still picture has these ids already
    rules = "".join(f'.{scope.group(1)} [data-rest="{n}"]{{{rule}}}' for n, rule in enumerate(at_rest))
    return MovingFigure(drawn, style.group(1) + rules)
