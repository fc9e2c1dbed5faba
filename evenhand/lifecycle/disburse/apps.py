"""The disbursing stage as a Django app: it has templates."""

from django.apps import AppConfig


class DisburseConfig(AppConfig):
    """Payouts and claims."""

    name = "evenhand.lifecycle.disburse"
    label = "disburse"
