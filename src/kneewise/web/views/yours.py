"""What is stored: where, how to take it along, and how to erase it for real. And what this app is."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.pathway.engine import ENGINE_VERSION
from kneewise.store.models import Sitting
from kneewise.web.answers import Fault
from kneewise.web.journey import case_of
from kneewise.web.knowledge import engine, phrase
from kneewise.web.sittings import forget, forget_everybody, people_here, person_of, sitting_of, with_sitting


@require_http_methods(["GET"])
def your_data(request: HttpRequest) -> HttpResponse:
    """What is stored and where."""
    return _your_data(request, [])


def _your_data(request: HttpRequest, faults: list[Fault]) -> HttpResponse:
    now = person_of(request)
    context = {
        "sitting": sitting_of(request),
        "others": any(now is None or person.pk != now.pk for person in people_here(request)),
        "shared": settings.PEOPLE_SHARE_THIS_DEVICE,
        "file": str(settings.DATA_FILE),
        "faults": faults,
    }
    return render(request, "kneewise/your_data.html", context, status=400 if faults else 200)


@require_http_methods(["GET"])
@with_sitting
def download(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """All that is stored of this sitting, and the case as every other face of kneewise reads it."""
    value = {"stored": sitting.export(), "case": case_of(sitting)}
    text = json.dumps(value, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="kneewise.json"'
    return response


@require_http_methods(["POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Erase now; the box must be ticked, so that no slip of the thumb does it."""
    if "sure" not in request.POST:
        return _your_data(request, [Fault("sure", _("Tick the box to say that you are sure"))])
    if "everybody" in request.POST:
        forget_everybody(request)
    else:
        forget(request)
    response = redirect("erased")
    # What the browser keeps for a session without a network goes too. The look is no answer and stays.
    response.headers.setdefault("Clear-Site-Data", '"cache", "storage"')
    return response


@require_http_methods(["GET"])
def erased(request: HttpRequest) -> HttpResponse:
    """It is gone."""
    return render(request, "kneewise/erased.html")


@require_http_methods(["GET"])
def about(request: HttpRequest) -> HttpResponse:
    """What this is for and not for, what it knows, its sources and licence."""
    knowledge = engine().knowledge
    context = {
        "knowledge_version": knowledge.version,
        "engine_version": ENGINE_VERSION,
        "counts": {
            "causes": len(knowledge.conditions),
            "rules": len(knowledge.red_flags),
            "exercises": len(knowledge.exercises),
            "sources": len(knowledge.sources),
        },
        "sources": sorted(knowledge.sources.values(), key=lambda source: source.citation.lower()),
        "not_a_diagnosis": phrase("not_a_diagnosis"),
    }
    return render(request, "kneewise/about.html", context)


@require_http_methods(["GET"])
def accessibility(request: HttpRequest) -> HttpResponse:
    """How this app can be used, and what is known not to work well."""
    return render(request, "kneewise/accessibility.html")
