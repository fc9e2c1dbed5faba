"""The writeoff room as a Django app: it has templates."""

from django.apps import AppConfig


class WriteoffConfig(AppConfig):
    """Waivers and write-offs."""

    name = "evenhand.lifecycle.writeoff"
    label = "writeoff"
