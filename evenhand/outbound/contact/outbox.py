"""What is intended and has not left, and what is leaving and has no answer: a projection.

A row is written in the transaction of its `contact.intended`, marked in that of its
`contact.leaving` and gone with the fact that ends it. `due_at` and all moments are UTC
microseconds of the house clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core.columns import Ints
from evenhand.ledger import columns, outboxes
from evenhand.ledger.columns import Array, Fields
from evenhand.ledger.parts import parts_of
from evenhand.ledger.rebuild import Difference, Table
from evenhand.outbound.contact import queries

BATCH: Final = 5_000
LOCK_CLASS: Final = 0x0B0
"""The first key of this room's advisory locks, one a part."""
OUTBOX: Final[Fields] = {
    "borrower": "bigint",
    "seq": "integer",
    "part": "smallint",
    "due_at": "bigint",
    "leaving": "integer",
    "leaving_at": "bigint",
}


KEYED: Final = Table(OUTBOX, ("borrower", "seq"))


class Waiting(NamedTuple):
    """An intention of `borrower` by the `seq` of its fact."""

    borrower: int
    seq: int


class Leaving(NamedTuple):
    """An intention and the seq of the `contact.leaving` whose answer is not written yet."""

    borrower: int
    seq: int
    leaving: int


def put(waiting: Sequence[Waiting], due_at: Sequence[int]) -> None:
    """Keep new intentions until they are due."""
    borrowers, seqs = _columns(waiting)
    rows = columns.empty(len(waiting), OUTBOX)
    rows["borrower"] = borrowers
    rows["seq"] = seqs
    rows["part"] = parts_of(borrowers)
    rows["due_at"] = due_at
    columns.put("contact_outbox", rows, OUTBOX)


def due(now: int, parts: Sequence[int], after: int = 0, limit: int = BATCH) -> list[Waiting]:
    """What is due in those parts, one a borrower, by borrower from above `after` on."""
    asked = {"parts": list(parts), "now": now, "after": after, "limit": limit}
    return [Waiting(*row) for row in columns.rows(queries.DUE, asked)]


def parts_due(now: int) -> list[int]:
    """The parts with something due or left without an answer, for the minute's tick."""
    return [int(row[0]) for row in columns.rows(queries.PARTS_DUE, {"now": now})]


def waiting_of(borrowers: Sequence[int]) -> list[Waiting]:
    """What waits for these borrowers, by borrower and seq."""
    asked = {"borrowers": Array(borrowers)}
    return [Waiting(*row) for row in columns.rows(queries.WAITING_OF, asked)]


def still_waiting(rows: Sequence[Waiting]) -> list[Waiting]:
    """Those of the rows that wait still."""
    return [Waiting(*row) for row in columns.rows(queries.STILL_WAITING, _places(rows))]


def leave(leaving: Sequence[Leaving], at: int) -> None:
    """Mark as leaving, in the transaction that writes `contact.leaving`."""
    by = np.array([row.leaving for row in leaving], dtype=np.int64)
    columns.run(queries.LEAVE, {**_places(leaving), "leaving": Array(by, "integer"), "at": at})


def end(ended: Sequence[Waiting | Leaving]) -> list[Leaving]:
    """Take out what a fact of this transaction ends; returns what was there (leaving 0: waited)."""
    return sorted(Leaving(*row) for row in columns.rows(queries.END, _places(ended)))


def without_answer(
    parts: Sequence[int], before: int, after: Waiting, limit: int = BATCH
) -> list[Leaving]:
    """Leavings of `before` or earlier that nobody wrote an answer for, from behind `after` on."""
    asked = {"parts": list(parts), "before": before, "limit": limit, **after._asdict()}
    return [Leaving(*row) for row in columns.rows(queries.LEAVING, asked)]


def held(parts: Sequence[int]) -> AbstractContextManager[list[int]]:
    """Those of the parts that nobody else is sending, held for us until the end."""
    return outboxes.held(parts, LOCK_CLASS)


def rebuild() -> Iterator[list[Difference]]:
    """Make every row again from the facts; what stood otherwise, part by part."""
    return outboxes.rebuild("contact_outbox", KEYED, queries.OPEN_INTENTIONS)


def _columns(rows: Sequence[Waiting | Leaving]) -> tuple[Ints, Ints]:
    borrowers = np.array([row.borrower for row in rows], dtype=np.int64)
    return borrowers, np.array([row.seq for row in rows], dtype=np.int64)


def _places(rows: Sequence[Waiting | Leaving]) -> dict[str, Any]:
    """(borrower, seq) of rows as parameters for `unnest`."""
    borrowers, seqs = _columns(rows)
    return {"borrowers": Array(borrowers), "seqs": Array(seqs, "integer")}
