"""The store as a Django app."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Models for what is private."""

    name = "kneewise.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
