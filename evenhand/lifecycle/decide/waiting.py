"""Whose application it is by its loan's number, and the line of those who wait for a person."""

from typing import NamedTuple

from django.db import connection

from evenhand.lifecycle.decide import queries

SHOWN = 200


class Waiting(NamedTuple):
    """One who waits; `asked_at` microseconds UTC."""

    loan: int
    borrower: int
    asked_at: int


def know(loan: int, borrower: int) -> None:
    """Finds the application by its number from now on."""
    _run(queries.KNOW, [loan, borrower])


def borrower_of(loan: int) -> int:
    """Whose application it is; 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(queries.BORROWER_OF, [loan])
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def wait(loan: int, at: int) -> None:
    """Stands in line from `at`."""
    _run(queries.WAIT, [at, loan])


def leave(loan: int) -> None:
    """Stands in line no more."""
    _run(queries.WAIT, [0, loan])


def line() -> list[Waiting]:
    """Those who wait, the longest first."""
    with connection.cursor() as cursor:
        cursor.execute(queries.WAITING, [SHOWN])
        return [Waiting(*row) for row in cursor.fetchall()]


def _run(statement: str, parameters: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
