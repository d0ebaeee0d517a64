"""The settings: text size, colours, contrast, motion, sound; kept in this browser only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.web.answers import Fault
from kneewise.web.look import CHOICES, Look, keep, look_of
from kneewise.web.look_style import look_style
from kneewise.web.presenters.look import groups


@require_http_methods(["GET", "POST"])
def look_and_sound(request: HttpRequest) -> HttpResponse:
    """Choose; what was chosen holds on the next page already."""
    chosen = {name: getattr(look_of(request), name) for name in CHOICES}
    faults: list[Fault] = []
    if request.method == "POST":
        chosen = {name: request.POST.get(name, "") for name in CHOICES}
        wrong = [name for name, values in CHOICES.items() if chosen[name] not in values]
        faults = [Fault(f"{name}-{CHOICES[name][0]}", _("Choose one of these")) for name in wrong]
        if not faults:
            response = redirect("settings")
            keep(response, Look(**chosen))
            return response
    context = {"groups": groups(chosen), "faults": faults}
    return render(request, "kneewise/settings.html", context, status=400 if faults else 200)


@require_http_methods(["GET"])
def look_sheet(request: HttpRequest) -> HttpResponse:
    """The style sheet of what can be chosen."""
    response = HttpResponse(look_style(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
