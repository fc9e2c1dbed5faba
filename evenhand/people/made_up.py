"""Made-up borrowers at a page, for tests of this room and of those above it."""

from typing import Any

from evenhand.people import borrowers, sessions


def sign_in(client: Any, person: int) -> None:
    """Django's test client goes on as this borrower, who has just shown that it is they."""
    session = client.session
    session[borrowers.PERSON] = person
    session[borrowers.SESSION] = sessions.begin(person, session.session_key, "?")
    session.save()
