"""The door to persons: everybody else in the house knows only numbers and what this returns."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction

from evenhand.people import batch, finding, look, queries, staff, vault
from evenhand.people.accounts import (
    Account,
    MaskedAccount,
    account_for_transfer,
    accounts,
    add_account,
)
from evenhand.people.files import open_bytes, seal_bytes
from evenhand.people.finding import (
    Found,
    find,
    find_many,
    index_loans,
    loan_digests,
    look_up,
)
from evenhand.people.masks import mask_identity, mask_name, mask_number
from evenhand.people.naming import Identity, identity_for_enquiry, langs
from evenhand.people.points import (
    POINT_KINDS,
    Confidential,
    Point,
    add_point,
    addresses_for_sending,
    is_confidential,
    points,
    retired,
)
from evenhand.people.sessions import last_seen
from evenhand.people.spelling import dialled, normal
from evenhand.people.vault import Erased

__all__ = [
    "POINT_KINDS",
    "Account",
    "Confidential",
    "Erased",
    "Found",
    "Identity",
    "Masked",
    "MaskedAccount",
    "Person",
    "Point",
    "account_for_transfer",
    "accounts",
    "add_account",
    "add_point",
    "addresses_for_sending",
    "dialled",
    "enrol",
    "erase",
    "find",
    "find_many",
    "identity_for_enquiry",
    "index_loans",
    "is_confidential",
    "langs",
    "last_seen",
    "loan_digests",
    "look_up",
    "masked",
    "normal",
    "open_bytes",
    "points",
    "retired",
    "reveal",
    "reveal_point",
    "reveal_text",
    "seal_bytes",
    "seal_text",
    "seal_texts",
]

FIELDS = ("name", "phone", "identity")
TEXT = "text"
SALT = 32


@dataclass(frozen=True, slots=True)
class Person:
    """A person to enrol. Personal fields stay out of the repr."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    identity: str = field(repr=False, default="")
    lang: str = "zh-hans"
    zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Masked:
    """A person as shown on lists. An erased person has empty fields.

    `confidential` names the kinds of contact points kept out of sight: a confidential phone number
    is not shown masked either, it is empty.
    """

    person: int
    name: str
    phone: str
    identity: str
    lang: str
    zone: str
    erased: bool
    confidential: frozenset[str]


def enrol(persons: Sequence[Person], *, at: int) -> list[int]:
    """Keeps new persons and returns their ids in order. `at` is microseconds UTC."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(queries.NEW_PERSONS, [len(persons)])
        ids = [row[0] for row in cursor.fetchall()]
        with cursor.copy(queries.COPY_PERSONS) as copy:
            for person_id, person in zip(ids, persons, strict=True):
                copy.write_row((person_id, person.lang, person.zone, at))
        vault.put(_items(ids, persons), vault.make_keys(ids))
        for kind in ("phone", "identity"):
            finding.index(kind, [(n, getattr(p, kind)) for n, p in zip(ids, persons, strict=True)])
    return ids


def masked(ids: Iterable[int]) -> dict[int, Masked]:
    """Persons as lists show them; ids nobody was enrolled under are missing."""
    wanted = list(ids)
    known: dict[int, dict[str, str]] = {}
    for opened in vault.of_persons(wanted, FIELDS):
        known.setdefault(opened.person, {})[opened.kind] = opened.plain.decode()
    hidden: dict[int, set[str]] = {}
    for person, kind in batch.rows(queries.HIDDEN, wanted):
        hidden.setdefault(person, set()).add(kind)
    return {
        row[0]: _masked(row, known.get(row[0], {}), frozenset(hidden.get(row[0], ())))
        for row in batch.rows(queries.PERSONS, wanted)
    }


def reveal(person: int, wanted: str, *, purpose: str, by: int, at: int) -> str:
    """One field in clear, for a stated purpose. The look is logged first, in the same transaction.

    `wanted` is one of FIELDS, `by` the staff member, `at` microseconds UTC. Raises Erased, and
    Confidential where the person keeps the field out of sight and `by` has not the role for it.
    """
    assert wanted in FIELDS, "only a known field can be revealed"
    assert purpose in (*look.PURPOSES, look.CALL), "a reveal states a purpose"
    _refuse_confidential(person, wanted, by)
    with transaction.atomic():
        look.write(look.Look(person, at, by, wanted, purpose))
        values = [opened.plain.decode() for opened in vault.of_persons([person], [wanted])]
    if not values:
        raise Erased(person)
    return values[-1]


def reveal_point(person: int, point: int, *, purpose: str, by: int, at: int) -> str:
    """A phone number of the person in clear, as `reveal` does it. Raises Erased, Confidential."""
    if is_confidential([point])[point] and not staff.may_see(staff.role_of(by), "confidential"):
        raise Confidential
    with transaction.atomic():
        look.write(look.Look(person, at, by, "phone", purpose))
        found = [one for one in vault.by_id([point]) if one.kind == "phone"]
    if not found:
        raise Erased(person)
    return dialled("phone", found[0].plain.decode())


def seal_text(person: int, text: str) -> bytes:
    """Keeps a text under the person's key; returns SHA-256(32 random bytes ‖ text) for the fact."""
    return seal_texts([(person, text)])[0]


def seal_texts(texts: Sequence[tuple[int, str]]) -> list[bytes]:
    """Keeps many texts (person, text); returns their commitments in order. Raises Erased."""
    keys = vault.open_keys({person for person, _ in texts})
    items = []
    for person, text in texts:
        if person not in keys:
            raise Erased(person)
        plain = os.urandom(SALT) + text.encode()
        items.append(vault.Item(person, TEXT, plain, hashlib.sha256(plain).digest()))
    vault.put(items, keys)
    return [item.commitment for item in items]


def reveal_text(person: int, commitment: bytes, *, purpose: str, by: int, at: int) -> str:
    """The text a fact has committed to, checked against the commitment. Logged. Raises Erased."""
    with transaction.atomic():
        look.write(look.Look(person, at, by, TEXT, purpose))
        with connection.cursor() as cursor:
            cursor.execute(queries.TEXT, [person, commitment])
            found = vault.by_id([row[0] for row in cursor.fetchall()])
    if not found:
        raise Erased(person)
    plain = found[0].plain
    assert hashlib.sha256(plain).digest() == commitment, "the kept text is not what was committed"
    return plain[SALT:].decode()


def erase(person: int, *, purpose: str, by: int, at: int) -> None:
    """Erases a person: the key goes, the facts about loans stay and name nobody. Logged as a look.

    `purpose` is one of look.PURPOSES, `by` the staff member, `at` microseconds UTC.
    """
    assert purpose in look.PURPOSES, "an erasure states a purpose"
    with transaction.atomic():
        look.write(look.Look(person, at, by, look.ERASED, purpose))
        vault.erase(person)
        with connection.cursor() as cursor:
            cursor.execute(queries.DELETE_PIN, [person])
            cursor.execute(queries.END_OTHERS, [person, 0])


def _refuse_confidential(person: int, wanted: str, by: int) -> None:
    hidden = {kind for _, kind in batch.rows(queries.HIDDEN, [person])}
    if wanted in hidden and not staff.may_see(staff.role_of(by), "confidential"):
        raise Confidential


def _items(ids: Sequence[int], persons: Sequence[Person]) -> list[vault.Item]:
    return [
        vault.Item(person_id, kind, getattr(person, kind).encode())
        for person_id, person in zip(ids, persons, strict=True)
        for kind in FIELDS
        if getattr(person, kind)
    ]


def _masked(
    row: tuple[int, str, str], known: dict[str, str], confidential: frozenset[str]
) -> Masked:
    person, lang, zone = row
    phone = "" if "phone" in confidential else known.get("phone", "")
    return Masked(
        person=person,
        name=mask_name(known.get("name", "")),
        phone=mask_number(normal("phone", phone)),
        identity=mask_identity(known.get("identity", "")),
        lang=lang,
        zone=zone,
        erased=not known,
        confidential=confidential,
    )
