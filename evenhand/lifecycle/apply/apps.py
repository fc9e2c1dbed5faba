"""The applying stage as a Django app: it has templates."""

from django.apps import AppConfig


class ApplyConfig(AppConfig):
    """Applying for a loan."""

    name = "evenhand.lifecycle.apply"
    label = "apply"
