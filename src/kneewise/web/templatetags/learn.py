"""Links to what there is to read, for one line in any template."""

from __future__ import annotations

from typing import Any

from django import template

from kneewise.web.presenters.learn import about

register = template.Library()


@register.inclusion_tag("kneewise/parts/learn_links.html")
def learn_about(id_: str) -> dict[str, Any]:
    """Links to the topics that are about a cause, factor, exercise or treatment, and to its own page."""
    return {"links": about(id_), "about": id_}
