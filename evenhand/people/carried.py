"""A value carried from one page to the next in the browser's session: sealed, for a short while.

For what a page must know of a person who is not signed in yet. The session holds noise; opened it
is only with the house key, by the name it was sealed under, and within the quarter of an hour.
"""

import base64
import json

from cryptography.fernet import Fernet, InvalidToken
from django.http import HttpRequest

from evenhand.people import vault

SECONDS = 15 * 60


def carry(request: HttpRequest, name: str, value: str) -> None:
    """Keeps a value in the session under a name."""
    plain = json.dumps([name, value]).encode()
    request.session[name] = sealer().encrypt(plain).decode()


def carried(request: HttpRequest, name: str) -> str:
    """The value carried under that name; empty where there is none or it is too old."""
    try:
        said = json.loads(sealer().decrypt(request.session.get(name, ""), ttl=SECONDS))
    except InvalidToken:
        return ""
    return str(said[1]) if said[0] == name else ""


def drop(request: HttpRequest, *names: str) -> None:
    """Carries these no further."""
    for name in names:
        request.session.pop(name, None)


def sealer() -> Fernet:
    """What seals and opens such values; a sealed one tells when it was made, in real time."""
    key = vault.derived(vault.house_key(), b"evenhand carried")
    return Fernet(base64.urlsafe_b64encode(key))
