"""Whom an invitation of staff's is for: the keyed digest of the identity number on the evidence.

The number itself is kept nowhere here. Whoever types the code is that person only where the number
they registered with, which was verified, has the same digest.
"""

from __future__ import annotations

from typing import Final

from django.utils.crypto import salted_hmac

from evenhand.people import persons
from evenhand.people.spelling import is_identity, normal

_SALT: Final = "evenhand.join.who"


def is_number(typed: str) -> bool:
    """Is that spelt as an identity number?

    >>> is_number("11010519491231002x"), is_number("1101")
    (True, False)
    """
    return is_identity(normal("identity", typed))


def digest_of(number: str) -> str:
    """The keyed digest of an identity number, however it is spelt, in hex."""
    return salted_hmac(_SALT, normal("identity", number), algorithm="sha256").hexdigest()


def digest_of_person(person: int) -> str:
    """The same of the number the person registered with; empty for whoever is erased."""
    try:
        return digest_of(persons.identity_for_enquiry(person).number)
    except persons.Erased:
        return ""
