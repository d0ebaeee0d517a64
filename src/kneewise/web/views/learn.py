"""Reading: what there is to know, one page of it, and looking something up. Nothing of it is kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.web.answers import Fault
from kneewise.web.knowledge import engine
from kneewise.web.presenters import learn as present

LONGEST = 200


@require_http_methods(["GET"])
def learn(request: HttpRequest) -> HttpResponse:
    """Everything there is to read."""
    return render(request, "kneewise/learn.html", present.learn_page())


@require_http_methods(["GET"])
def read(request: HttpRequest, name: str) -> HttpResponse:
    """One page to read."""
    page = present.read_page(name)
    if page is None:
        raise Http404
    context = {"page": page, "sources": page.sources, "knowledge_version": engine().knowledge.version}
    if page.first is not None:
        context["card"] = page.first
    return render(request, "kneewise/read.html", context)


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Look something up. What is typed is sent as a form, so that it stands in no address and no history."""
    if request.method != "POST":
        return render(request, "kneewise/search.html", {"query": ""})
    query = " ".join(request.POST.get("query", "").replace("\x00", " ").split())
    faults = []
    if not query:
        faults.append(Fault("query", _("Write what you want to know, like “ice” or “stiff knee”")))
    elif len(query) > LONGEST:
        faults.append(Fault("query", _("Keep it under %(most)s characters") % {"most": LONGEST}))
    if faults:
        context = {"query": query, "faults": faults, "fault": faults[0].message}
        return render(request, "kneewise/search.html", context, status=400)
    return render(request, "kneewise/search.html", present.search_page(query))
