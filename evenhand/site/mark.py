"""The mark a house of practice or demo leaves in its own database.

A house of practice opens no database but one with its mark, or an empty one, which `evenhand
migrate` marks; no other house opens one with that mark. What is made up is thrown away only where
the mark of the house that made it stands. A mark is an empty table, so that a copy of the database
carries it too.
"""

from typing import Final

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

PRACTICE: Final = "evenhand_practice"
DEMO: Final = "evenhand_demo"
SEEN: Final = """
    select to_regclass('evenhand_practice') is not null, to_regclass('evenhand_demo') is not null,
        to_regclass('django_migrations') is null"""
TAKEN: Final = "this database belongs to a house in earnest or a demo: practice needs an own one"
UNMARKED: Final = "the database does not say that it is this house's: nothing is thrown away"
FOREIGN: Final = "this database is a practice house's (EVENHAND_PRACTICE=1): nothing in it counts"

_known: set[tuple[str, ...]] = set()


class OtherHouse(ImproperlyConfigured):
    """The database is another house's; the message says whose."""


def own() -> str:
    """The mark of this house; empty for a house in earnest, which leaves none."""
    if settings.EVENHAND_PRACTICE:
        return PRACTICE
    return DEMO if settings.EVENHAND_DEMO else ""


def leave() -> None:
    """Mark an empty database as this house's, before its first table; as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN)
        _practice, _demo, is_empty = cursor.fetchone()
        if is_empty and (mark := own()):
            cursor.execute(f"create table if not exists {mark} ()")


def may_wipe(owner: psycopg.Connection[tuple[bool, ...]]) -> bool:
    """Does this very database bear the mark of this house of practice or demo?"""
    practice, demo, _is_empty = owner.execute(SEEN).fetchone() or (False, False, False)
    return {PRACTICE: practice, DEMO: demo and not practice}.get(own(), False)


def refusal() -> str:
    """Why this house must not open its database; empty where it may, or where none answers:
    whoever needs it says that.

    Asked by the login itself: before the first `migrate` there is no serving role to ask as.
    """
    entry = connection.settings_dict
    more = {key: entry["OPTIONS"][key] for key in entry["OPTIONS"].keys() - {"pool", "options"}}
    try:
        with psycopg.connect(
            dbname=entry["NAME"],
            user=entry["USER"] or None,
            password=entry["PASSWORD"] or None,
            host=entry["HOST"] or None,
            port=entry["PORT"] or None,
            **{"connect_timeout": 10, **more},
        ) as asked:
            practice, _demo, is_empty = asked.execute(SEEN).fetchone() or (False, False, True)
    except psycopg.OperationalError:
        return ""
    return _wrong(practice, is_empty)


def guard() -> None:
    """From now on the first connection of a process to a database asks whose it is."""
    connection_created.connect(_ask, dispatch_uid="evenhand.mark")


def _ask(connection: BaseDatabaseWrapper, **_said: object) -> None:
    database = tuple(str(connection.settings_dict[key]) for key in ("HOST", "PORT", "NAME"))
    if database in _known:
        return
    with connection.cursor() as cursor:
        cursor.execute(SEEN)
        practice, _demo, is_empty = cursor.fetchone()
    wrong = _wrong(practice, is_empty)
    if wrong:
        connection.close()
        raise OtherHouse(wrong)
    if not is_empty:
        _known.add(database)


def _wrong(marked: bool, is_empty: bool) -> str:
    if settings.EVENHAND_PRACTICE:
        return "" if marked or is_empty else TAKEN
    return FOREIGN if marked else ""
