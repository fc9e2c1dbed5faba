"""A borrower's sessions: begun, seen, ended from any device. On real time, thirty minutes idle.

The table holds a keyed digest of the browser's session key. A session that was ended is signed out
at its next request, because every page of a borrower sees it here first.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from evenhand.people import batch, queries, vault


class Session(NamedTuple):
    """A session that goes on. `began` and `seen` are seconds of real time since 1970 (UTC)."""

    session: int
    device: str
    began: int
    seen: int


class Seen(NamedTuple):
    """What a request's session is: does it go on, and were PIN and code given a while ago?"""

    goes_on: bool
    sure: bool


def begin(person: int, key: str, device: str) -> int:
    """A session of the person, who has just given PIN and code; returns its number."""
    with connection.cursor() as cursor:
        cursor.execute(queries.BEGIN_SESSION, [person, _digest(key), device])
        return int(cursor.fetchone()[0])


def see(person: int, session: int, key: str) -> Seen:
    """Notes that the session is in use, unless it has ended or idled too long."""
    with connection.cursor() as cursor:
        cursor.execute(queries.SEE_SESSION, [person, session, _digest(key)])
        row = cursor.fetchone()
    return Seen(row is not None, bool(row and row[0]))


def last_seen(persons: Iterable[int]) -> dict[int, int]:
    """When those persons were last seen signed in (microseconds of real time since 1970, UTC)."""
    return dict(batch.rows(queries.LAST_SEEN, persons))


def make_sure(person: int, session: int) -> None:
    """PIN and code were given again just now."""
    with connection.cursor() as cursor:
        cursor.execute(queries.MAKE_SURE, [person, session])


def move(person: int, session: int, key: str) -> None:
    """The same session goes on under another key of the browser's."""
    with connection.cursor() as cursor:
        cursor.execute(queries.MOVE_SESSION, [_digest(key), person, session])


def sessions(person: int) -> list[Session]:
    """The sessions that go on, the one seen last first."""
    with connection.cursor() as cursor:
        cursor.execute(queries.SESSIONS, [person])
        return [Session(*row) for row in cursor.fetchall()]


def goes_on(person: int, session: int) -> bool:
    """Has the session neither ended nor idled too long? It is not in use by this."""
    return any(each.session == session for each in sessions(person))


def end(person: int, session: int) -> None:
    """Ends one session of the person."""
    with connection.cursor() as cursor:
        cursor.execute(queries.END_SESSION, [person, session])


def end_others(person: int, session: int) -> None:
    """Ends every session of the person but this one (0: every one)."""
    with connection.cursor() as cursor:
        cursor.execute(queries.END_OTHERS, [person, session])


def _digest(key: str) -> bytes:
    return vault.index_digest("session", key)
