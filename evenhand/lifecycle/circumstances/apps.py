"""The circumstances room as a Django app: it has templates."""

from django.apps import AppConfig


class CircumstancesConfig(AppConfig):
    """What happened to a borrower: recorded by one hand, ended before its day by two."""

    name = "evenhand.lifecycle.circumstances"
    label = "circumstances"
