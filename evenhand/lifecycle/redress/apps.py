"""The redress stage as a Django app: it has templates."""

from django.apps import AppConfig


class RedressConfig(AppConfig):
    """Complaints."""

    name = "evenhand.lifecycle.redress"
    label = "redress"
