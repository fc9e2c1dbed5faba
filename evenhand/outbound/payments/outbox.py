"""Money that is to leave and money whose answer is awaited: a projection.

A row is written in the transaction of its intention, marked in that of its leaving and gone with
the fact that ends it. Moments are UTC microseconds of the house clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Final, NamedTuple

from evenhand.ledger import columns, outboxes
from evenhand.ledger.columns import Fields
from evenhand.ledger.parts import part_of
from evenhand.ledger.rebuild import Difference, Table
from evenhand.outbound.payments import queries

BATCH: Final = 1_000
LOCK_CLASS: Final = 0x0B1
"""The first key of this room's advisory locks, one a part."""
MINUTE: Final = 60_000_000
ASK_FIRST: Final = 2 * MINUTE
ASK_MOST: Final = 60 * MINUTE
"""After a leaving the bank is asked in ever longer steps: as long again as it has been silent."""
OUTBOX: Final[Fields] = {
    "borrower": "bigint",
    "seq": "integer",
    "part": "smallint",
    "due_at": "bigint",
    "leaving": "integer",
    "leaving_at": "bigint",
    "ask_at": "bigint",
}
KEYED: Final = Table(OUTBOX, ("borrower", "seq"), ("due_at", "ask_at"))


class Waiting(NamedTuple):
    """An intention of `borrower` by the `seq` of its fact."""

    borrower: int
    seq: int


class Leaving(NamedTuple):
    """An intention, the seq of its leaving, whose answer is awaited, and when that left."""

    borrower: int
    seq: int
    leaving: int
    leaving_at: int


def put(waiting: Waiting, due_at: int) -> None:
    """Keep a new intention until it is due, in the transaction that writes it."""
    row = {**waiting._asdict(), "part": part_of(waiting.borrower), "due_at": due_at}
    columns.run(queries.PUT, row)


def due(now: int, parts: Sequence[int], after: int = 0, limit: int = BATCH) -> list[Waiting]:
    """What is due in those parts, one a borrower, by borrower from above `after` on."""
    asked = {"parts": list(parts), "now": now, "after": after, "limit": limit}
    return [Waiting(*row) for row in columns.rows(queries.DUE, asked)]


def parts_due(now: int) -> list[int]:
    """The parts with something due, or something to ask the bank about, for the minute's tick."""
    return [int(row[0]) for row in columns.rows(queries.PARTS_DUE, {"now": now})]


def next_due(last: int) -> tuple[int, int]:
    """How much there is to do up to `last`, and the moment of the first of it."""
    count, first = columns.rows(queries.NEXT, {"last": last})[0]
    return int(count), int(first)


def waits_still(waiting: Waiting) -> bool:
    """Nobody has sent it or taken it back; it is held until the transaction ends."""
    found = columns.rows(queries.HOLD, waiting._asdict())
    return bool(found) and found[0][0] == 0


def put_off(waiting: Waiting, due_at: int) -> None:
    """It is judged again at `due_at`."""
    columns.run(queries.PUT_OFF, {**waiting._asdict(), "due_at": due_at})


def leave(leaving: Leaving) -> None:
    """Mark as leaving, in the transaction that writes the leaving."""
    ask_at = leaving.leaving_at + ASK_FIRST
    row = {**leaving._asdict(), "at": leaving.leaving_at, "ask_at": ask_at}
    columns.run(queries.LEAVE, row)


def ask_later(leaving: Leaving, now: int) -> None:
    """The bank has not said the last word; when it is to be asked next."""
    silent = now - leaving.leaving_at
    ask_at = now + min(max(silent, ASK_FIRST), ASK_MOST)
    columns.run(queries.ASK_AT, {**leaving._asdict(), "ask_at": ask_at})


def end(waiting: Waiting) -> bool:
    """Take out what a fact of this transaction ends; False where another fact has ended it."""
    return bool(columns.rows(queries.END, waiting._asdict()))


def to_ask(now: int, parts: Sequence[int], after: Waiting, limit: int = BATCH) -> list[Leaving]:
    """Leavings that the bank is to be asked about by now, from behind `after` on."""
    asked = {"parts": list(parts), "before": now, "limit": limit, **after._asdict()}
    return [Leaving(*row) for row in columns.rows(queries.LEAVING, asked)]


def unanswered(before: int, limit: int = 100) -> list[Leaving]:
    """What left before that moment and is not answered, oldest first: for finance to see."""
    asked = {"before": before, "limit": limit}
    return [Leaving(*row) for row in columns.rows(queries.UNANSWERED, asked)]


def held(parts: Sequence[int]) -> AbstractContextManager[list[int]]:
    """Those of the parts that nobody else is sending, held for us until the end."""
    return outboxes.held(parts, LOCK_CLASS)


def rebuild() -> Iterator[list[Difference]]:
    """Make every row again from the facts; what stood otherwise, part by part."""
    return outboxes.rebuild("payments_outbox", KEYED, queries.OPEN_INTENTIONS)
