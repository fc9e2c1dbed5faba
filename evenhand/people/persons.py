"""The door to persons: everybody else in the house knows only numbers and what this returns."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection, transaction

from evenhand.people import look, queries, vault
from evenhand.people.masks import mask_identity, mask_name, mask_number

FIELDS = ("name", "phone", "identity")
POINT_KINDS = ("phone", "email", "postal")
TEXT = "text"
SALT = 32
GAPS = re.compile(r"[\s\-\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060\u2212\ufeff]+")
"""Blanks, dashes, and what copying from elsewhere leaves unseen between digits."""
MAINLAND = re.compile(r"\+86|0086|86(?=1\d{10}$)")
MAINLAND_CODES = ("", "86", "0086")
"""What stood before a mainland mobile number in the index when its spelling was kept."""


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
    """A person as shown on lists. An erased person has empty fields."""

    person: int
    name: str
    phone: str
    identity: str
    lang: str
    zone: str
    erased: bool


class Point(NamedTuple):
    """A contact point: its id is what facts call the address."""

    point: int
    person: int
    kind: str


class Found(NamedTuple):
    """What a look-up points at: a person and, for a loan reference, the loan (else 0)."""

    person: int
    target: int


class Erased(Exception):
    """The person's key is gone; nothing can be shown or kept any more."""


def enrol(persons: Sequence[Person], *, at: int) -> list[int]:
    """Keeps new persons and returns their ids in order. `at` is microseconds UTC."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(queries.NEW_PERSONS, [len(persons)])
        ids = [row[0] for row in cursor.fetchall()]
        with cursor.copy(queries.COPY_PERSONS) as copy:
            for person_id, person in zip(ids, persons, strict=True):
                copy.write_row((person_id, person.lang, person.zone, at))
        vault.put(_items(ids, persons), vault.make_keys(ids))
        _index(ids, persons)
    return ids


def masked(ids: Iterable[int]) -> dict[int, Masked]:
    """Persons as lists show them; ids nobody was enrolled under are missing."""
    wanted = list(ids)
    known: dict[int, dict[str, str]] = {}
    for opened in vault.of_persons(wanted, FIELDS):
        known.setdefault(opened.person, {})[opened.kind] = opened.plain.decode()
    with connection.cursor() as cursor:
        cursor.execute(queries.PERSONS, [wanted])
        return {row[0]: _masked(row, known.get(row[0], {})) for row in cursor.fetchall()}


def reveal(person: int, wanted: str, *, purpose: str, by: int, at: int) -> str:
    """One field in clear, for a stated purpose. The look is logged first, in the same transaction.

    `wanted` is one of FIELDS, `by` the staff member, `at` microseconds UTC. Raises Erased.
    """
    assert wanted in FIELDS, "only a known field can be revealed"
    assert purpose in look.PURPOSES, "a reveal states a purpose"
    with transaction.atomic():
        look.write(look.Look(person, at, by, wanted, purpose))
        values = [opened.plain.decode() for opened in vault.of_persons([person], [wanted])]
    if not values:
        raise Erased(person)
    return values[-1]


def points(persons: Iterable[int]) -> list[Point]:
    """The contact points of those persons, oldest first, without what is in them."""
    with connection.cursor() as cursor:
        cursor.execute(queries.POINTS, [list(persons), list(POINT_KINDS)])
        return [Point(item, person, kind) for person, item, kind in cursor.fetchall()]


def addresses_for_sending(point_ids: Iterable[int]) -> dict[int, str]:
    """The addresses behind contact points (phones in E.164); those of erased persons are missing.

    For `outbound.contact` at the moment of sending only: the fact `contact.leaving` written before
    the send is the trace, so no look is logged.
    """
    return {
        opened.item: dialled(opened.kind, opened.plain.decode())
        for opened in vault.by_id(point_ids)
        if opened.kind in POINT_KINDS
    }


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


def index_loans(references: Sequence[tuple[str, int, int]]) -> None:
    """Makes loans findable by the lender's reference: (reference, person, loan)."""
    digests = vault.digests("loan", [reference for reference, _, _ in references])
    with connection.cursor() as cursor, cursor.copy(queries.COPY_INDEX) as copy:
        for digest, (_, person, loan) in zip(digests, references, strict=True):
            copy.write_row((digest, person, loan))


def loan_digests(references: Sequence[str]) -> list[str]:
    """The keyed digests of the lender's references in hex, as facts may hold them; in order."""
    return [digest.hex() for digest in vault.digests("loan", references)]


def find(kind: str, value: str) -> list[Found]:
    """Persons by "phone" or "identity", or a loan by the lender's reference ("loan")."""
    return find_many(kind, [value]).get(value, [])


def find_many(kind: str, values: Sequence[str]) -> dict[str, list[Found]]:
    """As `find`, for many values at once; values not known are missing."""
    spelt = [(spelling, value) for value in values for spelling in _spellings(kind, value)]
    by_digest: dict[bytes, list[str]] = {}
    digests = vault.digests(kind, [spelling for spelling, _ in spelt])
    for digest, (_, value) in zip(digests, spelt, strict=True):
        by_digest.setdefault(digest, []).append(value)
    found: dict[str, dict[Found, None]] = {}
    with connection.cursor() as cursor:
        cursor.execute(queries.FOUND, [list(by_digest)])
        for digest, person, target in cursor.fetchall():
            for value in by_digest[bytes(digest)]:
                found.setdefault(value, {})[Found(person, target)] = None
    return {value: list(hits) for value, hits in found.items()}


def look_up(value: str, *, by: int, at: int) -> list[int]:
    """Persons whose phone or identity number this is, each with a line in the log of looks.

    `by` is the staff member, `at` microseconds UTC. Who finds by a number has learnt whose it is.
    """
    kinds = ("phone", "identity")
    hits = [(hit.person, kind) for kind in kinds for hit in find(kind, value)]
    look.write_all(look.Look(person, at, by, kind, look.FIND) for person, kind in hits)
    return [person for person, _ in hits]


def erase(person: int, *, purpose: str, by: int, at: int) -> None:
    """Erases a person: the key goes, the facts about loans stay and name nobody. Logged as a look.

    `purpose` is one of look.PURPOSES, `by` the staff member, `at` microseconds UTC.
    """
    assert purpose in look.PURPOSES, "an erasure states a purpose"
    with transaction.atomic():
        look.write(look.Look(person, at, by, look.ERASED, purpose))
        vault.erase(person)


def normal(kind: str, value: str) -> str:
    """One spelling per value: half-width, no blanks or dashes, no mainland prefix, capitals.

    >>> normal("phone", "+86 138-1234 1234"), normal("identity", "11010519491231002x")
    ('13812341234', '11010519491231002X')
    >>> normal("phone", "008613812341234"), normal("phone", "８６１３８１２３４１２３４")
    ('13812341234', '13812341234')
    """
    if kind == "loan":
        return value
    bare = GAPS.sub("", unicodedata.normalize("NFKC", value)).upper()
    mainland = MAINLAND.match(bare) if kind == "phone" else None
    return bare[mainland.end() :] if mainland else bare


def dialled(kind: str, address: str) -> str:
    """An address as providers want it: phones in E.164, a bare number being mainland China's.

    >>> dialled("phone", "138 1234-1234"), dialled("phone", "+886 912 345 678")
    ('+8613812341234', '+886912345678')
    """
    if kind != "phone":
        return address
    bare = normal(kind, address)
    return bare if bare.startswith("+") else f"+86{bare}"


def _spellings(kind: str, value: str) -> set[str]:
    """The spelling a value is indexed by now, and those that stood in the index before."""
    now = normal(kind, value)
    if kind == "loan":
        return {now}
    before = value.replace(" ", "").replace("-", "").upper()
    if kind != "phone":
        return {now, before}
    mobile = now.startswith("1") and len(now) == 11
    codes = MAINLAND_CODES if mobile else ("",)
    return {before.removeprefix("+86"), *(code + now for code in codes)}


def _items(ids: Sequence[int], persons: Sequence[Person]) -> list[vault.Item]:
    return [
        vault.Item(person_id, kind, getattr(person, kind).encode())
        for person_id, person in zip(ids, persons, strict=True)
        for kind in FIELDS
        if getattr(person, kind)
    ]


def _index(ids: Sequence[int], persons: Sequence[Person]) -> None:
    with connection.cursor() as cursor, cursor.copy(queries.COPY_INDEX) as copy:
        for kind in ("phone", "identity"):
            known = [
                (person_id, normal(kind, getattr(person, kind)))
                for person_id, person in zip(ids, persons, strict=True)
                if getattr(person, kind)
            ]
            found = vault.digests(kind, [value for _, value in known])
            for digest, (person_id, _) in zip(found, known, strict=True):
                copy.write_row((digest, person_id, 0))


def _masked(row: tuple[int, str, str], known: dict[str, str]) -> Masked:
    person, lang, zone = row
    return Masked(
        person=person,
        name=mask_name(known.get("name", "")),
        phone=mask_number(normal("phone", known.get("phone", ""))),
        identity=mask_identity(known.get("identity", "")),
        lang=lang,
        zone=zone,
        erased=not known,
    )
