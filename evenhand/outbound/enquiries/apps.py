"""The Django app of the questions under way."""

from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    """Owns `enquiries_leaving`."""

    name = "evenhand.outbound.enquiries"
    label = "enquiries"
