"""Pictures inside a page: their colours come from a style sheet, never from inline style."""

from __future__ import annotations

import functools
import re

from django.utils.safestring import SafeString, mark_safe

from kneewise.body.anatomy import DARK_TISSUE, tissue_rules
from kneewise.body.explain import explain_rules
from kneewise.body.figure import DARK_COLOURS
from kneewise.pathway.figures import exercise_svg
from kneewise.web.knowledge import engine

SCOPE = "exercise-figure"
ANATOMY, MECHANICS = "anatomy-figure", "mechanics-figure"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_CLASS = re.compile(r'<svg [^>]*?class="([^"]+)"')


@functools.cache
def inline_figure(exercise: str, side: str = "right") -> SafeString:
    """The still picture without its style element, which the content policy would not apply."""
    return inline(exercise_svg(exercise, engine(), side="left" if side == "left" else "right"))


def inline(svg: str) -> SafeString:
    """A picture of ours without its style element."""
    return mark_safe(_STYLE.sub("", svg))  # noqa: S308  # drawn by us; its texts are escaped there


@functools.cache
def figure_style() -> str:
    """The one style sheet of all pictures, for the classes that wrap them in a page."""
    svg = exercise_svg(next(iter(engine().knowledge.exercises)), engine())
    style, scope = _STYLE.search(svg), _CLASS.search(svg)
    if style is None or scope is None:
        raise RuntimeError("a figure has no style or no class: the drawing changed, mend web.figures")
    light = style.group(1).replace("." + scope.group(1), "." + SCOPE)
    colours = DARK_COLOURS | DARK_TISSUE
    dark = ";".join(f"--figure-{name}:{colour}" for name, colour in colours.items())
    dark = f"@media (prefers-color-scheme:dark){{.{SCOPE},.{ANATOMY}{{{dark}}}}}"
    return light + tissue_rules(ANATOMY) + explain_rules(MECHANICS) + dark
