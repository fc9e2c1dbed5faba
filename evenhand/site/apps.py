"""The plug board as a Django app: it holds the demo's clock."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "evenhand.site"
    label = "site"
