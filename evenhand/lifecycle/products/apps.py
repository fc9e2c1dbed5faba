"""The products room as a Django app: it has templates."""

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """Product settings."""

    name = "evenhand.lifecycle.products"
    label = "products"
