"""Markdown that stays what it says: escaped words, tables, lists, boxes, numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]|#])")
NOT_FILLED = "not filled: taken as ordinary"


def plain(text: str) -> str:
    """Words as words: nothing in them is read as markup."""
    return escaped(text.strip())


def escaped(text: str) -> str:
    """A piece of a sentence as words; spaces at its ends stay."""
    spaced = re.sub(r"\s+", " ", text)
    return _SPECIAL.sub(r"\\\1", spaced).replace("<", "&lt;").replace(">", "&gt;")


def unsearched(heading: str) -> str:
    """A heading whose part the search leaves out: long tables would drown what people look for."""
    return f"{heading} {{ data-search-exclude }}"


def first_up(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(words: str) -> str:
    """An id or a phrase in small words as the start of a sentence."""
    return first_up(words.replace("_", " "))


def code(text: str) -> str:
    """An id, a path or a pattern, as it is typed."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


def link(text: str, address: str) -> str:
    """A link to a page of the site (`/folder/page.md#part`) or to the world."""
    return f"[{text}]({address})"


def bullets(items: Iterable[str], indent: int = 0) -> str:
    """A list, closed by an empty line; nothing at all if there are no items."""
    pad = " " * indent
    lines = [f"{pad}- {item}" for item in items]
    return "\n".join(lines) + "\n" if lines else ""


def numbered(items: Iterable[str]) -> str:
    """A list in order."""
    lines = [f"{place}. {item}" for place, item in enumerate(items, 1)]
    return "\n".join(lines) + "\n" if lines else ""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table; the columns in `right` hold numbers. Nothing at all if there are no rows."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if not lines:
        return ""
    rule = ["---:" if place in right else "---" for place in range(len(heads))]
    return "\n".join(["| " + " | ".join(heads) + " |", "|" + "|".join(rule) + "|", *lines]) + "\n"


def box(kind: str, title: str, text: str, *, folded: bool = False) -> str:
    """A coloured box; `folded` shows only its title until it is opened."""
    body = "\n".join(f"    {line}" if line else "" for line in text.strip("\n").splitlines())
    return f'{"???" if folded else "!!!"} {kind} "{title}"\n\n{body}\n'


def page(title: str, parts: Iterable[str], *, description: str = "", hide_contents: bool = False) -> str:
    """A whole page: front matter, heading and the parts that say something, an empty line between each."""
    shown = [part.rstrip("\n") for part in parts if part.strip()]
    front = ["---", f"title: {_quoted(title)}"]
    if description:
        front.append(f"description: {_quoted(description)}")
    if hide_contents:
        front += ["hide:", "  - toc"]
    return "\n".join([*front, "---", ""]) + "\n" + "\n\n".join(shown) + "\n"


def _quoted(text: str) -> str:
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _digits(share: float) -> str:
    value = 100 * share
    if value >= 10:
        return f"{value:.0f}" if value <= 99 else f"{value:.1f}"
    digits = 1 - math.floor(math.log10(value)) if value > 0 else 0
    return f"{round(value, digits):.10f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """A share in per cent, two digits that count; the sign stays on its line."""
    return f"{_digits(share)}\u00a0%"


def percents(low: float, high: float) -> str:
    """A range of shares, on one line."""
    return f"{_digits(low)}\u2060–\u2060{_digits(high)}\u00a0%"


def times(ratio: float) -> str:
    """How many times likelier: ×12, ×1.4, ×0.05."""
    if ratio >= 10:
        return f"×{ratio:.0f}"
    if ratio >= 0.1:
        return f"×{ratio:.1f}" if ratio >= 1 else f"×{ratio:.2f}"
    return f"×{ratio:.1g}" if ratio >= 0.0001 else "×<0.0001"


def number(value: float) -> str:
    """A number without a needless tail."""
    return f"{value:g}"


def span(low: float, high: float) -> str:
    """From – to, or the one number when they are the same."""
    return number(low) if low == high else f"{low:g}–{high:g}"
