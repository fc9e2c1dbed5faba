"""The Django app of the money on its way."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Owns `payments_outbox` and `payments_seen`."""

    name = "evenhand.outbound.payments"
    label = "payments"
