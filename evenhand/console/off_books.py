"""What is off the books and still owed, for the portfolio: by month, with what came in since."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from evenhand.ledger import off_books
from evenhand.ledger.off_books import CHARGED_OFF, WRITE_OFF, Held

MONTHS: Final = 12
"""So many months are shown one by one; the sums are of all."""


class Line(NamedTuple):
    """A month of one currency."""

    label: str
    loans: int
    principal_minor: int
    recovered_minor: int


class Off(NamedTuple):
    """Loans of one currency taken off the books in one way (`kind`): the newest months first, all
    of them together, and what is still owed of their principal."""

    kind: str
    currency: str
    months: list[Line]
    whole: Line
    owing: int
    outstanding_minor: int


def off() -> list[Off]:
    """Every way and currency of which there is anything."""
    return [one for kind in (WRITE_OFF, CHARGED_OFF) for one in _off(kind)]


def _off(kind: str) -> Iterator[Off]:
    still = {held.currency: held for held in off_books.held(kind)}
    for currency, found in groupby(off_books.months(kind), key=attrgetter("currency")):
        months = [Line(f"{month.begins:%Y-%m}", *month[2:]) for month in found]
        whole = Line(
            "",
            sum(month.loans for month in months),
            sum(month.principal_minor for month in months),
            sum(month.recovered_minor for month in months),
        )
        held = still.get(currency, Held(currency, 0, 0))
        newest = months[::-1][:MONTHS]
        yield Off(kind, currency, newest, whole, held.loans, held.outstanding_minor)
