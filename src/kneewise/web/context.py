"""What every page shows: who reviewed the content, and the addresses of its own parts."""

from __future__ import annotations

import functools
import hashlib
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.templatetags.static import static

from kneewise.web.knowledge import phrase, reviewed

STYLE = "kneewise/kneewise.css"


@functools.cache
def style_address() -> str:
    """The style sheet's address with the hash of its content, so that caches never show an old one."""
    found = finders.find(STYLE)
    with open(str(found), "rb") as file:  # noqa: PTH123  # a finder gives a plain path
        digest = hashlib.sha256(file.read()).hexdigest()[:12]
    return f"{static(STYLE)}?v={digest}"


def every_page(request: HttpRequest) -> dict[str, Any]:
    """The context that all templates share."""
    return {
        "style_address": style_address(),
        "not_reviewed": "" if reviewed() else phrase("no_clinician_review").text,
    }
