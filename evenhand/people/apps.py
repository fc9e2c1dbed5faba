"""The people room as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, staff and the log of looks."""

    name = "evenhand.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
