"""RFC 9457: every error of the API as problem+json – what, where, why, and how to mend it."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from kneewise.evidence import BadCase

API_ROOT = "/api/"

HINTS = {
    400: "Check that the body is JSON and matches the schema at /api/v1/schema/case.",
    404: "The addresses of the API are listed at /api/v1/openapi.json.",
    405: "Use one of the methods in the Allow header.",
    413: "Send less: a case of up to 512 kB.",
    415: "Send the body as application/json.",
}


def is_api(request: HttpRequest) -> bool:
    """Whether a request is one to the API."""
    return request.path.startswith(API_ROOT)


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """One problem."""
    value = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    return HttpResponse(
        json.dumps(value, ensure_ascii=False), status=status, content_type="application/problem+json"
    )


def problem_of(bad: BadCase, status: int = 400) -> HttpResponse:
    """Wrong input as a problem: `where` is the path inside what was sent."""
    return problem(status, f"{bad.what}. {bad.mend}", where=bad.where, what=bad.what, mend=bad.mend)


def problem_from(response: HttpResponse) -> HttpResponse:
    """A framework's own error answer as a problem; its Allow header stays."""
    status = response.status_code
    answer = problem(status, HINTS.get(status, HTTPStatus(status).phrase))
    if "Allow" in response.headers:
        answer.headers["Allow"] = response.headers["Allow"]
    return answer
