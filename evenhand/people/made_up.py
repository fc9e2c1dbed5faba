"""Made-up borrowers and staff at a page, and an app, for tests of this room and those above it."""

from typing import Any, Final

from django.db import connection
from django.test import Client

from evenhand.people import borrowers, queries, sessions, staff, totp

PASSWORD: Final = "correct horse battery"


def sign_in(client: Any, person: int) -> None:
    """Django's test client goes on as this borrower, who has just shown that it is they."""
    session = client.session
    session[borrowers.PERSON] = person
    session[borrowers.SESSION] = sessions.begin(person, session.session_key, "?")
    session.save()


def member(role: str, number: str) -> Client:
    """A browser in English in which somebody of this role has signed in."""
    staff.enlist(number, PASSWORD, role=role, number=number, lang="en")
    client = Client(headers={"accept-language": "en"})
    assert client.login(username=number, password=PASSWORD)
    return client


def app_code(secret: bytes, ahead: int = 0) -> str:
    """The code a member's app shows now, or some steps ahead."""
    with connection.cursor() as cursor:
        cursor.execute(queries.STEP)
        return totp.code(secret, int(cursor.fetchone()[0]) + ahead)
