"""The Django app of the outbox."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    """Owns `contact_outbox`."""

    name = "evenhand.outbound.contact"
    label = "contact"
