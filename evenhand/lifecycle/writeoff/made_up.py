"""What staff decide at the pages, for the tests of this room."""

from typing import Any

from django.test import Client


def decide(client: Client, where: str, act: str, **more: Any) -> str:
    """What the page says after a decision is sent there."""
    return client.post(where, {"act": act, **more}, follow=True).content.decode()
