"""The ledger as a Django app: tables and migrations, no models (its readers speak columns)."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger room."""

    name = "evenhand.ledger"
    label = "ledger"
