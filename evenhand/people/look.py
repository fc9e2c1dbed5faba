"""The log of looks: who saw which field of whom, when and why. Append-only by trigger."""

from typing import NamedTuple

from django.db import connection

from evenhand.people import queries

PURPOSES = (
    "call_back",
    "identity_check",
    "complaint",
    "correction",
    "legal_request",
    "audit",
)


class Look(NamedTuple):
    """One look. `at` is microseconds UTC; `staff` the id of the staff member."""

    person: int
    at: int
    staff: int
    field: str
    purpose: str


def write(look: Look) -> None:
    """Adds a line to the log."""
    assert look.purpose in PURPOSES, "a look states one of the known purposes"
    with connection.cursor() as cursor:
        cursor.execute(queries.LOOK, [look.person, look.at, look.staff, look.field, look.purpose])


def looks(person: int, limit: int = 50) -> list[Look]:
    """The latest looks at a person, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(queries.LOOKS, [person, limit])
        return [Look(*row) for row in cursor.fetchall()]
