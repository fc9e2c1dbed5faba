"""Whom a reference reached: the twelve hex digits that a message, a call or a notice prints."""

import re
import unicodedata
from typing import Final

from evenhand.ledger import columns
from evenhand.ledger.queries import query

_REFERENCE: Final = re.compile("[0-9a-f]{12}")
_BETWEEN: Final = re.compile(r"[\s-]+")


def typed(text: str) -> str:
    """A reference as people type it, as we print it; empty where it cannot be one.

    >>> typed(" 0A1B-2c3d 4e5f"), typed("０a1b2c3d4e5f"), typed("12345")
    ('0a1b2c3d4e5f', '0a1b2c3d4e5f', '')
    """
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).lower()
    return plain if _REFERENCE.fullmatch(plain) else ""


def whose(reference: str) -> tuple[int, int] | None:
    """(borrower, seq) of the leaving that printed it; None where none of ours did."""
    found = columns.rows(query("by_reference"), {"reference": reference})
    return (int(found[0][0]), int(found[0][1])) if found else None
