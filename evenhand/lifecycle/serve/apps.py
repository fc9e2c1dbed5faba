"""The serve stage as a Django app: it has templates and an index."""

from django.apps import AppConfig


class ServeConfig(AppConfig):
    """Assisted service."""

    name = "evenhand.lifecycle.serve"
    label = "serve"
