"""The wording room as a Django app: it has templates."""

from django.apps import AppConfig


class WordingConfig(AppConfig):
    """Wordings and words held back."""

    name = "evenhand.lifecycle.wording"
    label = "wording"
