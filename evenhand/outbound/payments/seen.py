"""Which credits the bank has told of: a look-up by its own reference, made from the facts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db import transaction

from evenhand.ledger import columns
from evenhand.ledger.rebuild import Difference
from evenhand.outbound.payments import queries

CAME_BACK = "came_back"
Row = tuple[int, int]
"""(stream, seq) of the fact."""


def digest(bank: str, reference: str, reason: str = "") -> bytes:
    """What a bank's reference is looked up by. A payout that came back has the reference under
    which it had gone out, and is told apart from it."""
    name = f"{bank}\0{reason if reason == CAME_BACK else ''}\0{reference}"
    return hashlib.sha256(name.encode()).digest()


def see(name: bytes, stream: int) -> bool:
    """Note a credit before its fact is written, in that transaction; False where it was told.

    Who tells it at the same time waits here until the fact stands, and then finds it told.
    """
    row = {"digest": name, "borrower": stream, "seq": 0}
    return bool(columns.rows(queries.SEE, row))


def seen_as(name: bytes, seq: int) -> None:
    """The fact by which it was written."""
    columns.run(queries.SEEN_AS, {"digest": name, "seq": seq})


def rebuild() -> Iterator[list[Difference]]:
    """Make the look-up again from the facts, in one transaction; what stood otherwise."""
    with transaction.atomic():
        columns.run(queries.HOLD_SEEN)
        stood = {bytes(name): (stream, seq) for name, stream, seq in columns.rows(queries.ALL_SEEN)}
        wanted = {
            digest(bank, reference, reason): (stream, seq)
            for stream, seq, bank, reference, reason in columns.rows(queries.CREDITS)
        }
        found = [
            Difference("payments_seen", row, how)
            for rows, others, how in ((wanted, stood, "missing"), (stood, wanted, "extra"))
            for name, row in sorted(rows.items())
            if others.get(name) != row
        ]
        if found:
            columns.run(queries.CLEAR_SEEN)
            for name, (stream, seq) in wanted.items():
                columns.run(queries.SEE, {"digest": name, "borrower": stream, "seq": seq})
    yield found
