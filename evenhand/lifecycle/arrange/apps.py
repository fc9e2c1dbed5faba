"""The arrange stage as a Django app: it has templates."""

from django.apps import AppConfig


class ArrangeConfig(AppConfig):
    """Plans for what is past due."""

    name = "evenhand.lifecycle.arrange"
    label = "arrange"
