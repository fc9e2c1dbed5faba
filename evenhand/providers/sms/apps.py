"""The Django app of the text message simulator's table."""

from django.apps import AppConfig


class SmsConfig(AppConfig):
    """Owns `sms_simulator_message`, the simulated operator's memory."""

    name = "evenhand.providers.sms"
    label = "sms"
