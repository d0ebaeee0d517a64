"""Text made safe for FHIR: strings without what cannot be shown, and the XHTML of a narrative, escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

# What XML 1.0 and FHIR strings may not hold, and marks that turn the reading direction of what follows.
_NOT_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """A text without control characters, marks of reading direction and broken halves of characters."""
    return _NOT_TEXT.sub("", text).strip()


def paragraph(text: str, *, strong: bool = False) -> str:
    """A paragraph of a narrative."""
    inner = html.escape(clean(text))
    return f"<p><b>{inner}</b></p>" if strong else f"<p>{inner}</p>"


def bullets(lines: Iterable[str]) -> str:
    """A list of a narrative; nothing where there are no lines."""
    entries = "".join(f"<li>{html.escape(clean(line))}</li>" for line in lines if clean(line))
    return f"<ul>{entries}</ul>" if entries else ""


def narrative(*parts: str) -> dict[str, str]:
    """A generated narrative of escaped parts (those that `paragraph` and `bullets` make)."""
    inner = "".join(parts) or "<p>-</p>"
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{inner}</div>'}
