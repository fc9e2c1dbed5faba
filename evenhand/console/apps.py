"""The console as a Django app: pages and templates, no tables."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """What staff see."""

    name = "evenhand.console"
    label = "console"
