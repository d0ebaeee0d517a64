"""The peer of `benchmarks.web`: a bare Django view that renders one static template, on the same server.

python -m benchmarks.web_peer PORT
"""

from __future__ import annotations

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

PAGE = (
    "<!doctype html><html lang='en'><title>A page</title><h1>A page</h1>"
    "{% for n in lines %}<p>A line of words.</p>{% endfor %}</html>"
)
LINES = range(100)  # about as long as one of our pages


def page(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "page.html", {"lines": LINES})


urlpatterns = [path("", page)]


def main(port: int) -> None:
    """Serve until stopped."""
    loader = ("django.template.loaders.locmem.Loader", {"page.html": PAGE})
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["127.0.0.1"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", [loader])]},
            }
        ],
    )
    import django
    from django.core.wsgi import get_wsgi_application
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    from kneewise.web.server import THREADS, WORKERS

    django.setup()

    class Server(BaseApplication):
        """gunicorn as kneewise sets it up."""

        def load_config(self) -> None:
            options = {"bind": f"127.0.0.1:{port}", "worker_class": "gthread", "workers": WORKERS,
                       "threads": THREADS, "keepalive": 5, "preload_app": True, "accesslog": None,
                       "loglevel": "warning", "control_socket_disable": True}  # fmt: skip
            for key, value in options.items():
                self.cfg.set(key, value)

        def load(self) -> object:
            return get_wsgi_application()

    Server().run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
