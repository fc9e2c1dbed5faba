"""What is intended and has not left, and what is leaving and has no answer: a projection.

A row is written in the transaction of its `contact.intended`, marked in that of its
`contact.leaving` and gone with the fact that ends it. `due_at` and all moments are UTC
microseconds of the house clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from django.db import connection

from evenhand.ledger.parts import PARTS, part_of
from evenhand.outbound.contact import queries

BATCH: Final = 5_000
_LOCK_CLASS: Final = 0x0B0
"""The first key of this room's advisory locks, one a part."""


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
    if not waiting:
        return
    borrowers = [w.borrower for w in waiting]
    parts = [part_of(borrower) for borrower in borrowers]
    _run(queries.PUT, [borrowers, [w.seq for w in waiting], parts, list(due_at)])


def due(now: int, parts: Sequence[int], after: int = 0, limit: int = BATCH) -> list[Waiting]:
    """What is due in those parts, one a borrower, by borrower from above `after` on."""
    return [Waiting(*row) for row in _rows(queries.DUE, [list(parts), now, after, limit])]


def parts_due(now: int) -> list[int]:
    """The parts with something due or left without an answer, for the minute's tick."""
    return [row[0] for row in _rows(queries.PARTS_DUE, [now])]


def waiting_of(borrowers: Sequence[int]) -> list[Waiting]:
    """What waits for these borrowers, by borrower and seq."""
    return [Waiting(*row) for row in _rows(queries.WAITING_OF, [list(borrowers)])]


def still_waiting(rows: Sequence[Waiting]) -> list[Waiting]:
    """Those of the rows that wait still."""
    places = [[row.borrower for row in rows], [row.seq for row in rows]]
    return [Waiting(*row) for row in _rows(queries.STILL_WAITING, places)]


def leave(leaving: Sequence[Leaving], at: int) -> None:
    """Mark as leaving, in the transaction that writes `contact.leaving`."""
    if leaving:
        columns = [list(column) for column in zip(*leaving, strict=True)]
        _run(queries.LEAVE, [at, *columns])


def end(ended: Sequence[Waiting | Leaving]) -> list[Leaving]:
    """Take out what a fact of this transaction ends; returns what was there (leaving 0: waited)."""
    if not ended:
        return []
    places = [[row.borrower for row in ended], [row.seq for row in ended]]
    return sorted(Leaving(*row) for row in _rows(queries.END, places))


def without_answer(parts: Sequence[int], before: int, limit: int = BATCH) -> list[Leaving]:
    """Leavings of `before` or earlier that nobody wrote an answer for."""
    return [Leaving(*row) for row in _rows(queries.LEAVING, [list(parts), before, limit])]


@contextmanager
def held(parts: Sequence[int]) -> Iterator[list[int]]:
    """Those of the parts that nobody else is sending, held for us until the end.

    A session's lock: it lives as long as this process's connection and dies with it, so that a
    leaving found while holding its part has no living sender.
    """
    mine = [row[0] for row in _rows(queries.HOLD_PARTS, [list(parts), _LOCK_CLASS])]
    try:
        yield sorted(mine)
    finally:
        _rows(queries.RELEASE_PARTS, [_LOCK_CLASS, mine])


def rebuild(parts: Sequence[int] = tuple(range(PARTS))) -> int:
    """Make the rows of those parts again from the facts; returns how many. Own transaction's."""
    wanted = set(parts)
    open_rows = _rows(queries.OPEN_INTENTIONS, [])
    _run(queries.CLEAR, [list(parts)])
    kept = 0
    with connection.cursor() as cursor, cursor.copy(queries.COPY_OUTBOX) as copy:
        for borrower, seq, due_at, leaving, leaving_at in open_rows:
            part = part_of(borrower)
            if part in wanted:
                copy.write_row((borrower, seq, part, due_at, leaving, leaving_at))
                kept += 1
    return kept


def _rows(sql: str, params: Sequence[Any]) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[tuple[int, ...]] = cursor.fetchall()
    return found


def _run(sql: str, params: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
