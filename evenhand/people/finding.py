"""Finding persons and loans by keyed digests of what names them: a look-up, no proof."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from evenhand.people import look, queries, vault
from evenhand.people.spelling import normal, spellings


class Found(NamedTuple):
    """What a look-up points at: a person and, for a loan reference, the loan (else 0)."""

    person: int
    target: int


def index(kind: str, values: Sequence[tuple[int, str]]) -> None:
    """Makes persons findable by "phone" or "identity": (person, value); empty values are not."""
    known = [(person, normal(kind, value)) for person, value in values if value]
    found = vault.digests(kind, [value for _, value in known])
    with connection.cursor() as cursor, cursor.copy(queries.COPY_INDEX) as copy:
        for digest, (person, _) in zip(found, known, strict=True):
            copy.write_row((digest, person, 0))


def forget(kind: str, person: int, value: str) -> None:
    """The person is no longer found by that value, however it was spelt."""
    digests = vault.digests(kind, sorted(spellings(kind, value)))
    with connection.cursor() as cursor:
        cursor.execute(queries.FORGET_INDEX, [person, digests])


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
    spelt = [(spelling, value) for value in values for spelling in spellings(kind, value)]
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
