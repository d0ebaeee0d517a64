"""kneewise on a phone of the home: pairing it, the certificate to trust, and how to."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.web.pairing import fits, is_paired, keep_paired, outside, too_many_codes, wrong_codes


@require_http_methods(["GET"])
def on_your_phone(request: HttpRequest) -> HttpResponse:
    """How to use kneewise on a phone: what to trust, how to check it, who can see what, how to stop."""
    context = {
        "serving": bool(settings.PAIRING_CODE),
        "fingerprint": settings.HOME_FINGERPRINT,
        "shared": settings.PEOPLE_SHARE_THIS_DEVICE,
    }
    return render(request, "kneewise/on_your_phone.html", context)


@require_http_methods(["GET"])
def certificate(request: HttpRequest) -> HttpResponse:
    """The authority's certificate, as phones install it."""
    if not settings.HOME_AUTHORITY:
        raise Http404
    response = HttpResponse(settings.HOME_AUTHORITY, content_type="application/x-x509-ca-cert")
    response.headers["Content-Disposition"] = 'attachment; filename="kneewise-at-home.crt"'
    return response


@require_http_methods(["GET"])
def pair(request: HttpRequest, code: str) -> HttpResponse:
    """Let the phone in that has the code; the address with the code is left at once."""
    if not settings.PAIRING_CODE:
        raise Http404
    caller = request.META.get("REMOTE_ADDR", "")
    if wrong_codes.too_many(caller):
        return too_many_codes(request)
    if not fits(code):
        if is_paired(request):
            return redirect("on_your_phone")
        wrong_codes.add(caller)
        return outside(request, _("That code is not, or no longer, the right one. Scan it again."))
    response = redirect("on_your_phone")
    keep_paired(response)
    return response
