"""Texts the house keeps for a person's own use: a form half filled in, answers to decide by.

The person's own and the house's own reading is no look of somebody at somebody, so none is logged;
whoever of staff reads the same text does so by `persons.reveal_text`.
"""

import hashlib
import re
from datetime import date

from django.db import connection, transaction

from evenhand.people import queries, vault
from evenhand.people.spelling import normal

_SALT = 32


def keep(person: int, kind: str, text: str) -> None:
    """Keeps a text of that kind in place of the one before. Raises vault.Erased."""
    with transaction.atomic():
        drop(person, kind)
        vault.keep(person, kind, text.encode())


def kept(person: int, kind: str) -> str:
    """The text of that kind; empty where none is kept or the person is erased."""
    found = vault.of_persons([person], [kind])
    return found[-1].plain.decode() if found else ""


def drop(person: int, kind: str) -> None:
    """Keeps no text of that kind any more."""
    with connection.cursor() as cursor:
        cursor.execute(queries.DROP_ITEMS, [person, [kind]])


def committed(person: int, commitment: str) -> str:
    """The text a fact has committed to (hex), as `persons.seal_text` keeps it, for the person and
    for what the house works out by itself. Raises vault.Erased."""
    digest = bytes.fromhex(commitment)
    with connection.cursor() as cursor:
        cursor.execute(queries.TEXT, [person, digest])
        found = vault.by_id([row[0] for row in cursor.fetchall()])
    if not found:
        raise vault.Erased(person)
    plain = found[0].plain
    assert hashlib.sha256(plain).digest() == digest, "the kept text is not what was committed"
    return plain[_SALT:].decode()


def age(person: int, on: date) -> int | None:
    """Whole years of age on a day, read off the identity number; None where none tells it."""
    found = vault.of_persons([person], ["identity"])
    number = normal("identity", found[-1].plain.decode()) if found else ""
    told = re.fullmatch(r"\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]", number)
    if not told:
        return None
    year, *day = map(int, told.groups())
    return on.year - year - ((on.month, on.day) < tuple(day))
