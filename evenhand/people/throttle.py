"""Failed logins: too many within a quarter of an hour close the door until it has passed."""

from collections.abc import Mapping

from django.db import connection

from evenhand.people import queries, vault

NAME_LIMIT = 5
ADDRESS_LIMIT = 50
"""A whole office may share one network address."""


def address_of(meta: Mapping[str, str], *, behind_proxy: bool) -> str:
    """The network address a request comes from, of its WSGI variables.

    Behind our own proxy that is the last hop of X-Forwarded-For: the proxy adds it, and whatever
    stands before it is only what the caller said. Without a proxy the header counts for nothing.
    """
    seen = meta.get("HTTP_X_FORWARDED_FOR", "") if behind_proxy else ""
    return seen.rpartition(",")[2].strip() or meta.get("REMOTE_ADDR", "")


def is_open(name: str, address: str) -> bool:
    """May somebody try to sign in under this name, from this network address?"""
    by_name, by_address = _keys(name, address)
    return _failures(by_name) < NAME_LIMIT and _failures(by_address) < ADDRESS_LIMIT


def failed(name: str, address: str) -> None:
    """Writes down a failed login under name and address, and forgets those long gone."""
    with connection.cursor() as cursor:
        cursor.execute(queries.FORGET_FAILURES)
        for key in _keys(name, address):
            cursor.execute(queries.FAILED, [vault.index_digest("login", key)])


def _keys(name: str, address: str) -> tuple[str, str]:
    return f"name:{name}", f"from:{address}"


def _failures(key: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(queries.FAILURES, [vault.index_digest("login", key)])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def is_below(what: str, key: str, limit: int) -> bool:
    """Has `what` happened fewer than `limit` times for this key in the last quarter of an hour?"""
    return _failures(f"{what}:{key}") < limit


def count(what: str, key: str) -> None:
    """Writes down that `what` happened for this key, and forgets what is long gone."""
    with connection.cursor() as cursor:
        cursor.execute(queries.FORGET_FAILURES)
        cursor.execute(queries.FAILED, [vault.index_digest("login", f"{what}:{key}")])
