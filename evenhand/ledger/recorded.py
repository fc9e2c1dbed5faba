"""Contacts on record: where the facts stand by which they left, or were refused."""

from typing import Final

from evenhand.ledger import columns
from evenhand.ledger.columns import Fields, Records
from evenhand.ledger.queries import query

PLACE: Final[Fields] = {"borrower": "bigint", "seq": "integer"}


def contacts_on_record(since: int, until: int) -> Records:
    """(borrower, seq) of every `contact.leaving` and `contact.refused` from one moment up to, but
    not at, another (microseconds UTC), by borrower and seq.

    What others made before a book was taken over is none of them: it left nowhere here.
    """
    wanted = {"since": since, "until": until}
    return columns.columns(query("contacts_on_record"), wanted, PLACE)
