"""The vault: what names or reaches a person, sealed under that person's own key.

A person's data key is 32 random bytes, wrapped by the house key (AES-256-GCM, the person's id as
associated data). Each item is sealed by the data key with person and kind as associated data, so a
row moved to another person or kind does not open. Erasing a person deletes the key: every copy of
the items, backups of the item table included, is noise from then on.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from evenhand.people import batch, queries

NONCE = 12
KEY = 32


@dataclass(frozen=True, slots=True)
class Item:
    """Something to seal: `plain` is personal and never shown in a repr."""

    person: int
    kind: str
    plain: bytes = field(repr=False)
    commitment: bytes = b""


@dataclass(frozen=True, slots=True)
class Opened:
    """An item as opened."""

    person: int
    item: int
    kind: str
    plain: bytes = field(repr=False)
    commitment: bytes = b""


class Erased(Exception):
    """The person's key is gone; nothing can be shown or kept any more."""


def house_key() -> bytes:
    """The lender's 32-byte key: EVENHAND_VAULT_KEY (base64), or derived from the secret in demo."""
    given = getattr(settings, "EVENHAND_VAULT_KEY", "")
    if given:
        key = base64.b64decode(given, validate=True)
        if len(key) != KEY:
            raise ImproperlyConfigured("EVENHAND_VAULT_KEY must be 32 bytes in base64")
        return key
    if not getattr(settings, "EVENHAND_DEMO", False):
        raise ImproperlyConfigured("EVENHAND_VAULT_KEY is required outside demo mode")
    return derived(settings.SECRET_KEY.encode(), b"evenhand vault")


def derived(secret: bytes, purpose: bytes) -> bytes:
    """A 32-byte key for one purpose (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=purpose).derive(secret)


def index_digest(kind: str, value: str) -> bytes:
    """Keyed digest of a look-up value; without the house key it cannot be guessed back."""
    return digests(kind, [value])[0]


def digests(kind: str, values: Iterable[str]) -> list[bytes]:
    """Keyed digests of many values of one kind, in order."""
    key = derived(house_key(), b"evenhand index")
    return [hmac.new(key, f"{kind}\0{value}".encode(), hashlib.sha256).digest() for value in values]


def make_keys(persons: Sequence[int]) -> dict[int, bytes]:
    """Makes and stores a data key for each new person; returns the open keys."""
    house = AESGCM(house_key())
    keys = {person: os.urandom(KEY) for person in persons}
    with connection.cursor() as cursor, cursor.copy(queries.COPY_KEYS) as copy:
        for person, key in keys.items():
            nonce = os.urandom(NONCE)
            copy.write_row((person, nonce + house.encrypt(nonce, key, str(person).encode())))
    return keys


def open_keys(persons: Iterable[int]) -> dict[int, bytes]:
    """The data keys of those persons who have not been erased."""
    house = AESGCM(house_key())
    return {
        person: house.decrypt(bytes(wrapped[:NONCE]), bytes(wrapped[NONCE:]), str(person).encode())
        for person, wrapped in batch.rows(queries.KEYS, persons)
    }


def put(items: Sequence[Item], keys: Mapping[int, bytes]) -> list[int]:
    """Seals the items and returns their new ids, in order."""
    with connection.cursor() as cursor:
        cursor.execute(queries.NEW_ITEMS, [len(items)])
        ids = [row[0] for row in cursor.fetchall()]
        with cursor.copy(queries.COPY_ITEMS) as copy:
            for item_id, item in zip(ids, items, strict=True):
                box = sealed(item, keys[item.person])
                copy.write_row((item.person, item_id, item.kind, box, item.commitment))
    return ids


def keep(person: int, kind: str, plain: bytes) -> int:
    """Seals one item of a person; returns its id. Raises Erased."""
    keys = open_keys([person])
    if person not in keys:
        raise Erased(person)
    return put([Item(person, kind, plain)], keys)[0]


def sealed(item: Item, key: bytes) -> bytes:
    """nonce ‖ ciphertext of an item, bound to its person and kind."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, item.plain, bound(item.person, item.kind))


def bound(person: int, kind: str) -> bytes:
    """What a sealed item is bound to."""
    return f"{person}:{kind}".encode()


def of_persons(persons: Iterable[int], kinds: Iterable[str]) -> list[Opened]:
    """The items of those kinds of those persons, oldest first; erased persons have none."""
    return _opened(batch.rows(queries.ITEMS_OF_PERSONS, persons, list(kinds)))


def by_id(items: Iterable[int]) -> list[Opened]:
    """Items by their ids; those of erased persons are missing."""
    return _opened(batch.rows(queries.ITEMS_BY_ID, items))


def erase(person: int) -> None:
    """Deletes the person's key and the digests they are found by: nothing sealed opens again.

    The digests of their loans' references stay.
    """
    with connection.cursor() as cursor:
        cursor.execute(queries.DELETE_KEY, [person])
        cursor.execute(queries.DELETE_INDEX, [person])


def _opened(rows: Sequence[tuple[Any, ...]]) -> list[Opened]:
    keys = open_keys({row[0] for row in rows})
    return [
        Opened(person, item, kind, _plain(person, kind, box, keys[person]), bytes(commitment))
        for person, item, kind, box, commitment in rows
        if person in keys
    ]


def _plain(person: int, kind: str, box: bytes, key: bytes) -> bytes:
    return AESGCM(key).decrypt(bytes(box[:NONCE]), bytes(box[NONCE:]), bound(person, kind))
