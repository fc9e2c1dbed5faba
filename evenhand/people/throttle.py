"""Failed logins: too many within a quarter of an hour close the door until it has passed."""

from collections.abc import Iterable

from django.db import connection

from evenhand.people import queries, vault

LIMIT = 5


def is_open(keys: Iterable[str]) -> bool:
    """May somebody with these keys (sign-in name, network address) try to sign in?"""
    return all(_failures(key) < LIMIT for key in keys)


def failed(keys: Iterable[str]) -> None:
    """Writes down a failed login under each key, and forgets those long gone."""
    with connection.cursor() as cursor:
        cursor.execute(queries.FORGET_FAILURES)
        for key in keys:
            cursor.execute(queries.FAILED, [vault.index_digest("login", key)])


def _failures(key: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(queries.FAILURES, [vault.index_digest("login", key)])
        row = cursor.fetchone()
    return int(row[0]) if row else 0
