"""The Django app of due notices and reminders."""

from django.apps import AppConfig


class RemindConfig(AppConfig):
    """Owns the inbox's page."""

    name = "evenhand.lifecycle.remind"
    label = "remind"
