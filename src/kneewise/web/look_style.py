"""What a style sheet does when a device asks for it – dark, more contrast, less motion – done for a choice.

Read from our own style sheets, so that what somebody chose never falls behind what the device would get.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from kneewise.web.figures import figure_style

OWN_STYLES = Path(__file__).parent / "static" / "kneewise"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_ROOT = re.compile(r"(?:^|\})\s*:root\s*\{([^{}]*)\}")
_PROPERTY = re.compile(r"(--[\w-]+)\s*:")
# The device's wish and the class of the page's root that stands for it.
_WISHES = (
    (re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{"), "colours-dark"),
    (re.compile(r"@media\s*\(prefers-contrast:\s*more\)\s*\{"), "contrast-more"),
    (re.compile(r"@media\s*\(prefers-reduced-motion:\s*reduce\)\s*\{"), "motion-less"),
)
_ALWAYS = (
    "html.text-large{font-size:118.75%}html.text-larger{font-size:143.75%}"
    # Widths in a media query do not grow with the root's text; two columns of it would not fit a phone.
    "html.text-large .row-of-ticks,html.text-larger .row-of-ticks"
    "{grid-template-columns:repeat(auto-fill,minmax(min(100%,9rem),1fr))}"
    "html.colours-light{color-scheme:light}html.colours-dark{color-scheme:dark}"
    "html.motion-less *,html.motion-less *::before,html.motion-less *::after"
    "{animation:none!important;transition:none!important;scroll-behavior:auto!important}"
)


def _blocks(css: str, opening: re.Pattern[str]) -> Iterator[str]:
    """What stands inside each block that opens like this."""
    for found in opening.finditer(css):
        depth, at = 1, found.end()
        while depth and at < len(css):
            depth += {"{": 1, "}": -1}.get(css[at], 0)
            at += 1
        yield css[found.end() : at - 1]


def _under(class_: str, selectors: str) -> str:
    """Selectors as they read below a root with this class."""
    each = (one.strip() for one in selectors.split(","))
    return ",".join(
        f"html.{class_}{one.removeprefix(':root')}" if one.startswith(":root") else f"html.{class_} {one}"
        for one in each
    )


def chosen_rules(css: str) -> str:
    """The rules that do for a class of the root what the style sheet does for a wish of the device."""
    css = _COMMENT.sub("", css)
    made: list[str] = []
    for opening, class_ in _WISHES:
        for block in _blocks(css, opening):
            made += [f"{_under(class_, rule[1])}{{{rule[2].strip()}}}" for rule in _RULE.finditer(block)]
    # Light on a dark device: each colour that the dark block sets gets its light value back.
    first = _ROOT.search(css)
    light = dict(_declarations(first[1])) if first else {}
    for block in _blocks(css, _WISHES[0][0]):
        for rule in _RULE.finditer(block):
            back = ";".join(f"{name}:{light.get(name, 'initial')}" for name in _PROPERTY.findall(rule[2]))
            if back:
                made.append(f"{_under('colours-light', rule[1])}{{{back}}}")
    return "".join(made)


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for line in body.split(";"):
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()


@functools.cache
def look_style() -> str:
    """The style sheet of all choices of look, over all our style sheets and the pictures."""
    own = [file.read_text(encoding="utf-8") for file in sorted(OWN_STYLES.glob("*.css"))]
    return _ALWAYS + "".join(chosen_rules(css) for css in [*own, figure_style()])
