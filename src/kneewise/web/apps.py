"""The web face as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, their templates and the HTTP API."""

    name = "kneewise.web"
    label = "web"

    def ready(self) -> None:
        """Whatever is erased from the file is erased from memory too."""
        from django.db.models.signals import post_delete

        from kneewise.store.models import Person, Sitting
        from kneewise.web.remembered import forget_all

        def erased(**_told: object) -> None:
            forget_all()

        for kept in (Sitting, Person):
            post_delete.connect(erased, sender=kept, weak=False, dispatch_uid="kneewise-forget")
