"""What makes the app installable and its session usable offline: service worker, manifest, a page."""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.web.own_files import FOLDER

# What a session loads by an address without a hash, and what the app shows of itself.
FILES = (
    "outbox.js", "device.js", "pace.js", "cues.js", "player.js", "offline.js", "offline.css", "icon.svg",
    "icon-192.png",
)  # fmt: skip
PAPER, ACCENT = "#faf7f2", "#0b5d66"
ICONS = (
    ("icon.svg", "any", "image/svg+xml", "any"),
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
    ("icon-maskable-512.png", "512x512", "image/png", "maskable"),
)


def _read(name: str) -> str:
    return Path(str(finders.find(FOLDER + name))).read_text(encoding="utf-8")


@functools.cache
def _worker() -> str:
    """The script of the service worker, which changes whenever one of our files does."""
    digest = hashlib.sha256()
    folder = Path(str(finders.find(FOLDER + "sw.js"))).parent
    for file in sorted(folder.iterdir()):
        if file.is_file():
            digest.update(file.read_bytes())
    own = {
        "version": digest.hexdigest()[:12],
        "offline": reverse("offline"),
        "files": [*(static(FOLDER + name) for name in FILES), reverse("offline")],
    }
    return f"const OWN = {json.dumps(own)};\n{_read('outbox.js')}\n{_read('sw.js')}"


@require_http_methods(["GET"])
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker of all pages; a browser asks each time whether it has changed."""
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@require_http_methods(["GET"])
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone shows of the app once it is installed."""
    icons = [
        {"src": static(FOLDER + name), "sizes": sizes, "type": kind, "purpose": purpose}
        for name, sizes, kind, purpose in ICONS
    ]
    value = {
        "id": "/", "name": "kneewise", "short_name": "kneewise", "scope": "/", "start_url": reverse("today"),
        "description": _("Pain behind the knee: how urgent, why, and exercises that go with you."),
        "display": "standalone", "background_color": PAPER, "theme_color": ACCENT, "icons": icons,
        "lang": request.LANGUAGE_CODE if hasattr(request, "LANGUAGE_CODE") else "en-GB",
    }  # fmt: skip
    response = JsonResponse(value, content_type="application/manifest+json")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_http_methods(["GET"])
def offline(request: HttpRequest) -> HttpResponse:
    """Shown for every page that needs the server while it cannot be reached; nobody's data is on it."""
    return render(request, "kneewise/offline.html", {"person": None})
