"""The Django app of the simulated bank's ledger."""

from django.apps import AppConfig


class BankConfig(AppConfig):
    """Owns `bank_simulator_account` and `bank_simulator_movement`."""

    name = "evenhand.providers.bank"
    label = "bank"
