"""Around every request: headers that keep the page to itself, a limit on what may be sent."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kneewise.web.fhir_problems import is_fhir, outcome_from
from kneewise.web.journey import OldAnswers
from kneewise.web.problems import is_api, problem_from
from kneewise.web.views import errors

Respond = Callable[[HttpRequest], HttpResponse]

# Scripts are our own files only, for timer, sensor and offline; nothing may ask another host for anything.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The phone on the shin tells its tilt to our own pages; nothing else of the phone is asked for.
LITTLE_ALLOWED = (
    "accelerometer=(self), gyroscope=(self), magnetometer=(), camera=(), geolocation=(), microphone=(), "
    "payment=(), usb=(), browsing-topics=(), screen-wake-lock=(self)"
)
DIARY_PATH, ARCHIVE_PATH = "/api/v1/review", "/your-data/import/"
DRAIN_AT_MOST = 24 * 1024 * 1024


class SecurityHeaders:
    """A strict content policy, no copy of a private page in any cache, no cookie back over plain http."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and add the headers."""
        response = self.respond(request)
        response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
        response.headers.setdefault("Permissions-Policy", LITTLE_ALLOWED)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = True
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class BodyLimit:
    """Refuses what is too large before anything reads it, and says so kindly."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, unless the body is too large."""
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > _most(request.path):
            _drain(request, length)
            file = request.path == ARCHIVE_PATH
            return errors.file_too_large(request) if file else errors.too_large(request)
        return self.respond(request)


def _most(path: str) -> int:
    """How many bytes may be sent to an address."""
    by_path = {DIARY_PATH: settings.MOST_DIARY_SENT, ARCHIVE_PATH: settings.MOST_ARCHIVE_SENT}
    return int(by_path.get(path, settings.MOST_SENT))


class KindErrors:
    """Turns what our own pages raise into pages that say how to go on."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Saved answers that cannot be read any more have a page of their own."""
        return errors.old_answers(request) if isinstance(error, OldAnswers) else None


def _drain(request: HttpRequest, length: int) -> None:
    """Read and forget the body: a browser that is still sending would never see our answer."""
    left = min(length, DRAIN_AT_MOST)
    while left > 0 and (chunk := request.read(min(65536, left))):
        left -= len(chunk)


class ProblemsForTheApi:
    """Errors under /api are problem+json, under /fhir OperationOutcome, also the framework's own."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with errors of the API as problems and those of FHIR as outcomes."""
        response = self.respond(request)
        if is_fhir(request) and response.status_code >= 400 and "fhir+json" not in response["Content-Type"]:
            return outcome_from(response)
        is_problem = response.headers.get("Content-Type", "").startswith("application/problem+json")
        if is_api(request) and response.status_code >= 400 and not is_problem:
            return problem_from(response)
        return response
