"""Staff at their pages, for the tests of this room."""

from typing import Any, Final

from django.test import Client

from evenhand.people import staff

PASSWORD: Final = "correct horse battery"


def member(role: str, number: str) -> Client:
    """A browser in English in which somebody of this role has signed in."""
    staff.enlist(number, PASSWORD, role=role, number=number, lang="en")
    client = Client(headers={"accept-language": "en"})
    assert client.login(username=number, password=PASSWORD)
    return client


def decide(client: Client, where: str, act: str, **more: Any) -> str:
    """What the page says after a decision is sent there."""
    return client.post(where, {"act": act, **more}, follow=True).content.decode()
