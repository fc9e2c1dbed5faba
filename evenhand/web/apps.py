"""The web room as a Django app: templates, style and catalogues, no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """How pages look."""

    name = "evenhand.web"
    label = "web"
