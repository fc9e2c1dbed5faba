"""Loans taken off the lender's books and still owed: written off (核销), charged off; recoveries.

What is paid after it is a recovery, on its value day, but on the day of the write-off at the
earliest: money learnt of before it is none. A payment that is reversed recovers nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy.typing as npt

from evenhand.ledger.columns import Array, rows
from evenhand.ledger.facts import Fact
from evenhand.ledger.queries import query

WRITE_OFF: Final = "loan.written_off"
UNDONE: Final = "loan.write_off_undone"
CHARGED_OFF: Final = "loan.charged_off"


class Month(NamedTuple):
    """Of one month and currency: how many loans, their principal, and what came in for such."""

    currency: str
    begins: date
    loans: int
    principal_minor: int
    recovered_minor: int


class Held(NamedTuple):
    """Of one currency: the loans off the books by now, and the principal still owed on them."""

    currency: str
    loans: int
    outstanding_minor: int


class Old(NamedTuple):
    """A loan long past due that is on the books."""

    borrower: int
    loan: int
    currency: str
    outstanding_minor: int
    past_due_since: date
    days: int


def write_off(facts: Sequence[Fact], loan: int) -> Fact | None:
    """The write-off of the loan that stands; None without one, or where it was undone."""
    undone = {fact.cause for fact in facts if fact.kind == UNDONE}
    stands = (fact for fact in facts if fact.kind == WRITE_OFF and fact.seq not in undone)
    return _last(fact for fact in stands if fact.loan == loan)


def charged_off(facts: Sequence[Fact], loan: int) -> Fact | None:
    """The charge-off of the loan; None without one."""
    return _last(fact for fact in facts if fact.kind == CHARGED_OFF and fact.loan == loan)


def charged_among(borrowers: npt.ArrayLike) -> list[int]:
    """The loans of these borrowers that are charged off."""
    params = {"borrowers": Array(borrowers)}
    return [int(loan) for (loan,) in rows(query("charged_off_among"), params)]


def recovered(facts: Sequence[Fact], off: Fact) -> int:
    """What came in for the loan since, less what went back, in minor units."""
    reversed_ = {fact.cause for fact in facts if fact.kind == "payment.reversed"}
    return sum(
        fact.amount
        for fact in facts
        if fact.kind in ("payment.received", "payment.returned")
        if fact.loan == off.loan and fact.seq > off.seq and fact.seq not in reversed_
    )


def months(kind: str) -> list[Month]:
    """What was taken off the books by facts of this kind, and recovered, by currency and month."""
    return [Month(*row) for row in rows(query("off_books_months"), {"kind": kind})]


def held(kind: str) -> list[Held]:
    """What is off the books by facts of this kind and still owed, by currency."""
    return [Held(*row) for row in rows(query("off_books_held"), {"kind": kind})]


def old(on: date, days: int, limit: int) -> list[Old]:
    """Loans at least so many days past due on `on` and not written off, the oldest first."""
    wanted = {"on": on, "days": days, "limit": limit, "kind": WRITE_OFF}
    return [Old(*row) for row in rows(query("off_books_old"), wanted)]


def _last(found: Iterator[Fact]) -> Fact | None:
    return next(reversed(list(found)), None)
