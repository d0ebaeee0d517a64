"""When something went wrong: what, and how to go on. Nothing that was typed is repeated or logged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kneewise.web.problems import HINTS, is_api, problem


def _page(request: HttpRequest, status: int, title: str, what: str, mend: str) -> HttpResponse:
    if is_api(request):
        return problem(status, f"{what} {HINTS.get(status, '')}".strip())
    context = {"title": title, "what": what, "mend": mend}
    return HttpResponse(render_to_string("kneewise/error.html", context, request), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(
        request,
        400,
        _("That could not be read"),
        _("What was sent could not be read."),
        _("Go back, reload the page and send it again."),
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token does not fit (an old page, or cookies are off)."""
    return _page(
        request,
        403,
        _("This page is too old to send"),
        _("It was opened before the app was started anew, or cookies are switched off."),
        _("Go back, reload the page and send it again. What you answered before is still there."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return form_expired(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(
        request,
        404,
        _("There is no such page"),
        _("The address may be mistyped, or the page is from an earlier sitting."),
        _("Start from the first page."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return _page(
        request,
        413,
        _("That is too much to send at once"),
        _("The text is longer than this app can take."),
        _("Go back and shorten it. A few sentences are enough."),
    )


def file_too_large(request: HttpRequest) -> HttpResponse:
    """413: a file that is larger than any archive."""
    return _page(
        request,
        413,
        _("This file is too large"),
        _("An archive of kneewise has at most 16 MB."),
        _("Go back and choose the .zip file that kneewise made."),
    )


def old_answers(request: HttpRequest) -> HttpResponse:
    """409: saved answers that today's knowledge cannot read."""
    return _page(
        request,
        409,
        _("Your saved answers are from an older version"),
        _("kneewise has changed since, and can no longer read all of them safely."),
        _("Please start again from the first page."),
    )


def our_fault(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(
        request,
        500,
        _("Something went wrong on our side"),
        _("This is our fault, not yours. Your answers so far are kept."),
        _("Try again in a moment. If you are worried about your leg, do not wait for this app."),
    )
