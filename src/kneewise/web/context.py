"""What every page shows: who reviewed the content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from kneewise.web.knowledge import phrase, reviewed


def every_page(request: HttpRequest) -> dict[str, Any]:
    """The context that all templates share."""
    return {"not_reviewed": "" if reviewed() else phrase("no_clinician_review").text}
