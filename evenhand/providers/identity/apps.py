"""The Django app of the identity simulator's table."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Owns `identity_simulator_answer`, the simulated provider's memory."""

    name = "evenhand.providers.identity"
    label = "identity"
