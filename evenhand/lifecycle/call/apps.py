"""The call stage as a Django app: it has templates and two indexes."""

from django.apps import AppConfig


class CallConfig(AppConfig):
    """Calls made by hand."""

    name = "evenhand.lifecycle.call"
    label = "call"
