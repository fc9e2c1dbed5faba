"""Made-up borrowers at a page and staff with an app, for tests of this room and those above it."""

from typing import Any

from django.db import connection

from evenhand.people import borrowers, queries, sessions, totp


def sign_in(client: Any, person: int) -> None:
    """Django's test client goes on as this borrower, who has just shown that it is they."""
    session = client.session
    session[borrowers.PERSON] = person
    session[borrowers.SESSION] = sessions.begin(person, session.session_key, "?")
    session.save()


def app_code(secret: bytes, ahead: int = 0) -> str:
    """The code a member's app shows now, or some steps ahead."""
    with connection.cursor() as cursor:
        cursor.execute(queries.STEP)
        return totp.code(secret, int(cursor.fetchone()[0]) + ahead)
