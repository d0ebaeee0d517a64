"""The style page: colours, type, space, and every part that pages are made of."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from kneewise.web.components import SHOWN_ELSEWHERE, components

COLOURS = (
    "paper", "card", "sunk", "ink", "soft-ink", "line", "field-line", "accent", "accent-soft", "link", "calm",
    "urgent", "emergency", "error", "good", "focus",
)  # fmt: skip
SIZES = ("step-0", "step-1", "step-2", "step-3")
GAPS = ("gap-1", "gap-2", "gap-3", "gap-4")
# What names an element or points to one: many examples stand on one page, and each name may be there once.
_NAMES = re.compile(r'\b(id|for|aria-labelledby|aria-describedby|href)="(?!/)(#?)([^"]+)"')


def _drawn(template: str, context: Any, request: HttpRequest, number: int) -> str:
    """One example as its template draws it, under names of its own."""

    def renamed(found: re.Match[str]) -> str:
        kind, hash_, names = found.groups()
        return f'{kind}="{hash_}{" ".join(f"{name}-x{number}" for name in names.split())}"'

    html = render_to_string(template, dict(context), request)
    return mark_safe(_NAMES.sub(renamed, html).replace(" autofocus", ""))  # noqa: S308  # from our own template


@require_http_methods(["GET"])
def style(request: HttpRequest) -> HttpResponse:
    """Everything that pages are made of, in the look that this browser has chosen."""
    number = iter(range(1000))
    drawn = [
        {
            "part": one.part,
            "title": one.title,
            "use": one.use,
            "examples": [
                {"shows": e.shows, "drawn": _drawn(one.template, e.context, request, next(number))}
                for e in one.examples
            ],
        }
        for one in components()
    ]
    context = {
        "drawn": drawn,
        "colours": COLOURS,
        "sizes": SIZES,
        "gaps": GAPS,
        "elsewhere": SHOWN_ELSEWHERE,
    }
    return render(request, "kneewise/style.html", context)
