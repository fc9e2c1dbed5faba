"""The relief room as a Django app: it has templates."""

from django.apps import AppConfig


class ReliefConfig(AppConfig):
    """Another schedule for a loan that lives: asked for, offered, given."""

    name = "evenhand.lifecycle.relief"
    label = "relief"
