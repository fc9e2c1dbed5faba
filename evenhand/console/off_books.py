"""What is off the books and still owed, for the portfolio: by month, with what came in since."""

from datetime import date
from typing import Final, NamedTuple

from evenhand.ledger import off_books
from evenhand.ledger.off_books import CHARGED_OFF, WRITE_OFF

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
    return [_off(kind, currency) for kind in (WRITE_OFF, CHARGED_OFF) for currency in _in(kind)]


def _in(kind: str) -> list[str]:
    return sorted({month.currency for month in off_books.months(kind)})


def _off(kind: str, currency: str) -> Off:
    months = [month for month in off_books.months(kind) if month.currency == currency]
    held = [one for one in off_books.held(kind) if one.currency == currency]
    whole = Line(
        "",
        sum(month.loans for month in months),
        sum(month.principal_minor for month in months),
        sum(month.recovered_minor for month in months),
    )
    lines = [_line(month.begins, *month[2:]) for month in reversed(months)]
    return Off(
        kind,
        currency,
        lines[:MONTHS],
        whole,
        sum(one.loans for one in held),
        sum(one.outstanding_minor for one in held),
    )


def _line(begins: date, loans: int, principal_minor: int, recovered_minor: int) -> Line:
    return Line(f"{begins:%Y-%m}", loans, principal_minor, recovered_minor)
