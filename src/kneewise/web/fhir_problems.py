"""Every error under /fhir as an OperationOutcome, also those that the framework answers by itself."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from kneewise.exchange.fhir.capability import JSON_FORMAT
from kneewise.exchange.fhir.operation_outcome import Issue, operation_outcome

FHIR_ROOT = "/fhir"
WRONG_FORMAT = Issue("not-supported", "", "only JSON can be given", f"Ask for {JSON_FORMAT}")
_KNOWN = {
    400: Issue("invalid", "", "the request cannot be read", "Send a FHIR resource as JSON"),
    404: Issue("not-found", "", "there is nothing at this address", "See /fhir/metadata"),
    405: Issue("not-supported", "", "this method cannot be used here", "Use one of the Allow header"),
    413: Issue("too-long", "", "the body is too large", "Send up to 512 kB"),
}
_OURS = Issue("exception", "", "something went wrong on our side", "Try again in a moment")
_OTHER = Issue("invalid", "", "the request cannot be carried out", "See /fhir/metadata")


def is_fhir(request: HttpRequest) -> bool:
    """Whether a request is one to the FHIR endpoint."""
    return request.path == FHIR_ROOT or request.path.startswith(f"{FHIR_ROOT}/")


def outcome(status: int, *issues: Issue) -> HttpResponse:
    """An error answer."""
    body = json.dumps(operation_outcome(*issues), ensure_ascii=False, allow_nan=False)
    return HttpResponse(body.encode(), status=status, content_type=f"{JSON_FORMAT}; fhirVersion=4.0")


def outcome_from(response: HttpResponse) -> HttpResponse:
    """A framework's own error answer as an OperationOutcome; its Allow header stays."""
    status = response.status_code
    answer = outcome(status, _KNOWN.get(status, _OURS if status >= 500 else _OTHER))
    if "Allow" in response.headers:
        answer.headers["Allow"] = response.headers["Allow"]
    return answer
