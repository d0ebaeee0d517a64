"""Pictures of exercises inside a page: their colours come from a style sheet, never from inline style."""

from __future__ import annotations

import functools
import re

from django.utils.safestring import SafeString, mark_safe

from kneewise.body.figure import DARK_COLOURS
from kneewise.pathway.figures import exercise_svg
from kneewise.web.knowledge import engine

SCOPE = "exercise-figure"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_CLASS = re.compile(r'<svg [^>]*?class="([^"]+)"')


@functools.cache
def inline_figure(exercise: str) -> SafeString:
    """The picture without its style element, which the content policy would not apply."""
    svg = _STYLE.sub("", exercise_svg(exercise, engine()))
    return mark_safe(svg)  # noqa: S308  # drawn by us from the content; its texts are escaped there


@functools.cache
def figure_style() -> str:
    """The one style sheet of all pictures, for the class that wraps them in a page."""
    svg = exercise_svg(next(iter(engine().knowledge.exercises)), engine())
    style, scope = _STYLE.search(svg), _CLASS.search(svg)
    if style is None or scope is None:
        raise RuntimeError("a figure has no style or no class: the drawing changed, mend web.figures")
    light = style.group(1).replace("." + scope.group(1), "." + SCOPE)
    dark = ";".join(f"--figure-{name}:{colour}" for name, colour in DARK_COLOURS.items())
    return f"{light}@media (prefers-color-scheme:dark){{.{SCOPE}{{{dark}}}}}"
