"""The FHIR R4 endpoint under /fhir: stateless, JSON only, errors as OperationOutcome, nothing kept or logged.

What is published (questionnaires, what the endpoint can do) has an ETag and may be kept by a client; what
answers somebody is kept nowhere. No view needs a form's token: none changes anything, and another site's page
cannot send FHIR's JSON here without asking first, which is never granted.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from kneewise.evidence import BadCase
from kneewise.exchange.fhir import terminology as t
from kneewise.exchange.fhir.bundle import make_bundle
from kneewise.exchange.fhir.capability import ASSESS_ID, JSON_FORMAT, assess_operation, capability_statement
from kneewise.exchange.fhir.limits import read_resource
from kneewise.exchange.fhir.next_question import next_question, unwrapped
from kneewise.exchange.fhir.operation_outcome import Issue, issues_of
from kneewise.exchange.fhir.questionnaire import adaptive_questionnaire, full_questionnaire
from kneewise.exchange.fhir.questionnaire_response import read_response
from kneewise.web.fhir_problems import WRONG_FORMAT, outcome
from kneewise.web.knowledge import engine

FHIR_TYPES = (JSON_FORMAT, "application/json")
FORMATS = ("json", "application/json", JSON_FORMAT)
MAY_BE_ASKED = ("url", "_id", "_format", "_pretty")

Operation = Callable[[Mapping[str, Any]], Mapping[str, Any]]


# --- what is published -----------------------------------------------------------------------------


@functools.cache
def _published(name: str) -> bytes:
    """A published resource as JSON; made once, for it changes with the knowledge only."""
    ready = engine()
    make = {
        "metadata": capability_statement,
        t.FULL_ID: full_questionnaire,
        t.ADAPTIVE_ID: adaptive_questionnaire,
        ASSESS_ID: assess_operation,
    }[name]
    return _bytes(make(ready.knowledge, ready.words))


def _bytes(resource: Mapping[str, Any]) -> bytes:
    return json.dumps(resource, ensure_ascii=False, allow_nan=False).encode()


def _refused_format(request: HttpRequest) -> HttpResponse | None:
    """The refusal of a request for anything but JSON."""
    wanted = request.GET.get("_format", "").replace(" ", "+")
    accepts = request.headers.get("Accept", "")
    if wanted:
        fits = wanted.partition(";")[0] in FORMATS
    else:
        fits = not accepts or any(word in accepts for word in ("json", "*/*", "application/*"))
    return None if fits else outcome(406, WRONG_FORMAT)


def _answer(body: bytes) -> HttpResponse:
    return HttpResponse(body, content_type=f"{JSON_FORMAT}; fhirVersion=4.0")


def _kept(request: HttpRequest, body: bytes) -> HttpResponse:
    """What is the same for everybody: with an ETag, and nothing when the client has it."""
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    known = [part.strip() for part in request.headers.get("If-None-Match", "").split(",")]
    response = HttpResponse(status=304) if tag in known or "*" in known else _answer(body)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    return response


def _get(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only GET and HEAD, and only JSON."""

    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return _not_allowed("GET, HEAD")
        return _refused_format(request) or view(request, *args, **kwargs)

    return csrf_exempt(inner)


def _not_allowed(allow: str) -> HttpResponse:
    what = Issue("not-supported", "", "this method cannot be used here", f"Use {allow}")
    response = outcome(405, what)
    response.headers["Allow"] = allow
    return response


@_get
def metadata(request: HttpRequest) -> HttpResponse:
    """What the endpoint can do."""
    return _kept(request, _published("metadata"))


@_get
def questionnaire(request: HttpRequest, name: str) -> HttpResponse:
    """One of the two Questionnaires."""
    if name not in (t.FULL_ID, t.ADAPTIVE_ID):
        return not_found(request)
    return _kept(request, _published(name))


@_get
def operation_definition(request: HttpRequest, name: str) -> HttpResponse:
    """What `$assess` does."""
    return _kept(request, _published(name)) if name == ASSESS_ID else not_found(request)


@_get
def questionnaires(request: HttpRequest) -> HttpResponse:
    """A search for Questionnaires, by url or id."""
    if set(request.GET) - set(MAY_BE_ASKED):
        what = Issue("not-supported", "", "this cannot be searched for", "Search by url or _id")
        return outcome(400, what)
    named = {t.FULL_ID: t.FULL, t.ADAPTIVE_ID: t.ADAPTIVE}
    found = [
        name
        for name, canonical in named.items()
        if request.GET.get("_id", name) == name and request.GET.get("url", canonical) == canonical
    ]
    base = request.build_absolute_uri("/fhir/Questionnaire")
    bundle = {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": len(found),
        "link": [{"relation": "self", "url": base}],
        **(
            {
                "entry": [
                    {
                        "fullUrl": f"{base}/{name}",
                        "resource": json.loads(_published(name)),
                        "search": {"mode": "match"},
                    }
                    for name in found
                ]
            }
            if found
            else {}
        ),
    }
    return _kept(request, _bytes(bundle))


# --- operations ------------------------------------------------------------------------------------


def _operation(work: Operation) -> Callable[[HttpRequest], HttpResponse]:
    """A POST of one resource; what cannot be read is refused with its path."""

    @functools.wraps(work)
    def inner(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return _not_allowed("POST")
        if (request.content_type or "") not in FHIR_TYPES:
            what = Issue("not-supported", "", "the body is of another type", f"Send it as {JSON_FORMAT}")
            return outcome(415, what)
        refused = _refused_format(request)
        if refused is not None:
            return refused
        try:
            return _answer(_bytes(work(read_resource(request.body))))
        except RequestDataTooBig:
            most = settings.MOST_SENT // 1024
            return outcome(413, Issue("too-long", "", "the body is too large", f"Send up to {most} kB"))
        except BadCase as bad:
            return outcome(400, *issues_of(bad))

    return csrf_exempt(inner)


def _today() -> str:
    return timezone.localdate().isoformat()


@_operation
def ask_next(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    """The next page of the interview, or its end."""
    return next_question(resource, engine(), _today())


@_operation
def assess(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    """The assessment of what a QuestionnaireResponse tells, as a Bundle."""
    response, wrapped = unwrapped(resource)
    told = read_response(response, engine().knowledge, on=_today())
    bundle = make_bundle(told.case, engine(), assessment=engine().assess(told.case))
    if not wrapped:
        return bundle
    return {"resourceType": "Parameters", "parameter": [{"name": "return", "resource": bundle}]}


# --- everything else -------------------------------------------------------------------------------


@csrf_exempt
def not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    """404."""
    return outcome(404, Issue("not-found", "", "there is nothing at this address", "See /fhir/metadata"))


urlpatterns = [
    path("metadata", metadata),
    path("Questionnaire", questionnaires),
    path("Questionnaire/$next-question", ask_next),
    path("Questionnaire/<str:name>", questionnaire),
    path("QuestionnaireResponse/$assess", assess),
    path("OperationDefinition/<str:name>", operation_definition),
    re_path(r"^(?P<rest>.*)$", not_found),
]
