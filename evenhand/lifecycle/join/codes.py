"""Invitation codes: twelve digits the applicant hands over, kept as keyed digests.

The digits lie in the vault under the applicant's key, so that only the applicant's pages show them
again. A look-up by digest proves nothing: the fact it leads to is read and must hold that digest.
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import Final, NamedTuple

from django.db import connection
from django.utils.crypto import salted_hmac

from evenhand.lifecycle.join import queries
from evenhand.people import persons

DIGITS: Final = 12
"""Of 10^12 codes a handful are open; who guesses is stopped after a few wrong ones."""
_SALT: Final = "evenhand.join"
_KIND: Final = "invitation"


class Place(NamedTuple):
    """Where an invitation lies: its `party.invited` in the borrower's stream."""

    borrower: int
    seq: int


class Code(NamedTuple):
    """A new code: its digest for the fact, and where the vault keeps it."""

    digest: str
    item: int


def new(borrower: int) -> Code:
    """Make a code for one invitation of the borrower's."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    return Code(digest_of(code), persons.seal_bytes(borrower, _KIND, code.encode()))


def remember(digest: str, place: Place) -> None:
    """Make the invitation findable by its code, in the transaction that writes the fact."""
    with connection.cursor() as cursor:
        cursor.execute(queries.INVITED, [digest, *place])


def find(typed: str) -> Place | None:
    """Where the invitation of a code lies, as somebody typed it; None where there is none."""
    code = normal(typed)
    if len(code) != DIGITS:
        return None
    with connection.cursor() as cursor:
        cursor.execute(queries.FOUND, [digest_of(code)])
        row = cursor.fetchone()
    return Place(*row) if row else None


def shown(borrower: int, item: int) -> str:
    """A code as its applicant reads it out.

    KeyError where it is not this applicant's.
    """
    code = persons.open_bytes(borrower, item).decode()
    return " ".join(code[n : n + 4] for n in range(0, DIGITS, 4))


def normal(typed: str) -> str:
    """The digits of what was typed, whatever stands between them.

    >>> normal("1234 5678-9012"), normal("１２３４５６７８９０１２")
    ('123456789012', '123456789012')
    """
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign.isdecimal())


def digest_of(code: str) -> str:
    """The keyed digest of a code, in hex."""
    return salted_hmac(_SALT, code, algorithm="sha256").hexdigest()
