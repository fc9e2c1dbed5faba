"""The plug board as a Django app: it holds the demo's clock, and asks whose a database is."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "evenhand.site"
    label = "site"

    def ready(self) -> None:
        from evenhand.site import mark

        mark.guard()
