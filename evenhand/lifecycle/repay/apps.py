"""The repayment stage as a Django app: it has templates."""

from django.apps import AppConfig


class RepayConfig(AppConfig):
    """What is due, paying, receipts, where to pay."""

    name = "evenhand.lifecycle.repay"
    label = "repay"
