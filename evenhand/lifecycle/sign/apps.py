"""The stage of signing as a Django app: it has templates and a static file."""

from django.apps import AppConfig


class SignConfig(AppConfig):
    """Cost table, contract, documents."""

    name = "evenhand.lifecycle.sign"
    label = "sign"
