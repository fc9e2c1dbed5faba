"""Whose application it is by its loan's number, and the line of those who wait for a person."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection, transaction

from evenhand.ledger import streams
from evenhand.ledger.applications import applications
from evenhand.ledger.facts import Fact
from evenhand.ledger.rebuild import Difference
from evenhand.lifecycle.decide import queries

SHOWN = 200
BATCH = 1_000


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


def rebuild() -> Iterator[list[Difference]]:
    """Make every row again from the facts, in one transaction; what stood otherwise."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(queries.HOLD)
        cursor.execute(queries.ALL)
        stood = {row[0]: Waiting(*row) for row in cursor.fetchall()}
        cursor.execute(queries.APPLICANTS)
        wanted = _by_facts([row[0] for row in cursor.fetchall()])
        found = [
            Difference("decide_application", (loan,), _how(loan in stood, loan in wanted))
            for loan in sorted(stood.keys() | wanted.keys())
            if stood.get(loan) != wanted.get(loan)
        ]
        if found:
            cursor.execute(queries.CLEAR)
            cursor.executemany(queries.PUT, list(wanted.values()))
    yield found


def _by_facts(borrowers: list[int]) -> dict[int, Waiting]:
    found = {}
    for start in range(0, len(borrowers), BATCH):
        by_borrower: dict[int, list[Fact]] = {}
        for fact in streams.streams(borrowers[start : start + BATCH]):
            by_borrower.setdefault(fact.borrower, []).append(fact)
        for facts in by_borrower.values():
            for one in applications(facts).values():
                asked_at = one.review_at if one.review else 0
                found[one.loan] = Waiting(one.loan, one.borrower, asked_at)
    return found


def _how(stood: bool, wanted: bool) -> str:
    if stood and wanted:
        return "changed"
    return "missing" if wanted else "extra"


def _run(statement: str, parameters: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
