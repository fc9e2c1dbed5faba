"""The registration stage as a Django app: it has templates."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Registration, sign-in and profile."""

    name = "evenhand.lifecycle.register"
    label = "register"
