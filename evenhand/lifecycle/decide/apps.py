"""The deciding stage as a Django app: it has templates and a table."""

from django.apps import AppConfig


class DecideConfig(AppConfig):
    """Deciding on applications."""

    name = "evenhand.lifecycle.decide"
    label = "decide"
