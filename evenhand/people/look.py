"""The log of looks: who saw which field of whom, when and why. Append-only by trigger."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from evenhand.people import queries

PURPOSES = (
    "call_back",
    "identity_check",
    "complaint",
    "correction",
    "legal_request",
    "application",
    "plan",
    "audit",
    "reply",
    "circumstance",
)
"""What a member of staff may state."""
FIND = "find"
"""Somebody was found by what reaches or names them: the house writes this down by itself."""
CALL = "collection"
"""The number of a call that the gate allowed and that is written down: the house does this too."""
SERVICE = "service"
"""The own pages of a borrower whom staff serve: the house writes this down as it begins."""
OWN_PAGES = "own_pages"
"""The field of such a line: everything that a borrower's own pages show."""
ERASED = "erased"
"""The field of a line that says a person was erased: nothing was seen, everything went."""


class Look(NamedTuple):
    """One look. `at` is microseconds UTC; `staff` the id of the staff member."""

    person: int
    at: int
    staff: int
    field: str
    purpose: str


def write(look: Look) -> None:
    """Adds a line to the log."""
    write_all([look])


def write_all(looks: Iterable[Look]) -> None:
    """Adds lines to the log."""
    lines = list(looks)
    known = {*PURPOSES, FIND, CALL, SERVICE}
    assert all(look.purpose in known for look in lines), "a look states one of the known purposes"
    with connection.cursor() as cursor:
        cursor.executemany(queries.LOOK, lines)


def looks(person: int, limit: int = 50) -> list[Look]:
    """The latest looks at a person, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(queries.LOOKS, [person, limit])
        return [Look(*row) for row in cursor.fetchall()]
