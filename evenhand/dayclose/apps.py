"""The Django app of the end of day's progress."""

from django.apps import AppConfig


class DaycloseConfig(AppConfig):
    """Owns `dayclose_progress`."""

    name = "evenhand.dayclose"
    label = "dayclose"
