"""The verify stage as a Django app: it has templates."""

from django.apps import AppConfig


class VerifyConfig(AppConfig):
    """Is this really you?"""

    name = "evenhand.lifecycle.verify"
    label = "verify"
