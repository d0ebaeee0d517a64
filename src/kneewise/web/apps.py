"""The web face as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, their templates and the HTTP API."""

    name = "kneewise.web"
    label = "web"
