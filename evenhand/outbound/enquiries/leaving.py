"""What has left and is not answered: written with the leaving, taken away with the answer."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from evenhand.outbound.enquiries import queries


class Leaving(NamedTuple):
    """The place of an `enquiry.leaving` fact."""

    borrower: int
    seq: int


def key_of(leaving: Leaving) -> str:
    """The provider's key of a leaving: its fact's place, used for no second question."""
    return f"{leaving.borrower}.{leaving.seq}"


def begin(leaving: Leaving, at: int) -> None:
    """Note a leaving, in the transaction that writes the fact."""
    with connection.cursor() as cursor:
        cursor.execute(queries.LEAVE, [*leaving, at])


def end(leaving: Leaving) -> bool:
    """Take a leaving away, in the transaction that writes its answer; False where another has."""
    with connection.cursor() as cursor:
        cursor.execute(queries.END, [*leaving])
        return cursor.fetchone() is not None


def lost(before: int, after: Leaving) -> list[Leaving]:
    """Leavings without answer since `before` (microseconds UTC), behind `after`, some at a time."""
    with connection.cursor() as cursor:
        cursor.execute(queries.LOST, [before, *after])
        return [Leaving(*row) for row in cursor.fetchall()]


def any_lost(before: int) -> bool:
    """Is there a leaving without answer since `before`?"""
    with connection.cursor() as cursor:
        cursor.execute(queries.ANY_LOST, [before])
        return bool(cursor.fetchone()[0])
