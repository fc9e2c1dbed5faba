"""The book as a whole, read from positions: how much stands at which age, and who, page by page.

Past due here is principal and interest without late interest: that part of a position stays true
until the borrower's look_on, while late interest grows by the day and is asked of `standing`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from evenhand.core.words import STATE_KINDS
from evenhand.ledger.columns import rows
from evenhand.ledger.queries import query

PAID_OFF: Final = -1
EDGES: Final = (0, 1, 31, 61, 91)
"""Lower edges, in days past due, of the bands of age; 0 is not past due."""
DAYS_MAX: Final = 100_000


class Band(NamedTuple):
    """Loans of one age and currency. `age` is the band's lower edge, or PAID_OFF."""

    age: int
    currency: str
    loans: int
    borrowers: int
    outstanding_minor: int
    past_due_minor: int


class Line(NamedTuple):
    """One loan of the book; `days` past due, 0 where nothing is."""

    borrower: int
    loan: int
    currency: str
    principal_minor: int
    outstanding_minor: int
    past_due_minor: int
    days: int
    next_due_on: date
    next_due_minor: int
    paid_off: bool


def by_age(on: date) -> list[Band]:
    """Every band of age that holds a loan on `on`, youngest first; the paid off before all."""
    return [Band(*row) for row in rows(query("book_by_age"), {"on": on})]


def page(
    on: date, *, at: int, age: int | None, states: Sequence[str], limit: int, offset: int
) -> tuple[list[Line], int]:
    """Loans of one age (None: any that owe something), oldest arrears first; and how many in all.

    `states`: only borrowers in one of these states (core.words.STATE_KINDS) at `at`, microseconds
    UTC; empty for all.
    """
    wanted = {
        "on": on,
        "at": at,
        "limit": limit,
        "offset": offset,
        "paid_off": age == PAID_OFF,
        "states": [STATE_KINDS.index(state) for state in states] or None,
        **_days(age),
    }
    found = rows(query("book_page"), wanted)
    return [Line(*row[:-1]) for row in found], int(found[0][-1]) if found else 0


def states_of(borrowers: Sequence[int], *, at: int) -> dict[int, list[str]]:
    """The states each of these borrowers is in at a moment (microseconds UTC)."""
    found: dict[int, list[str]] = {}
    for borrower, kind in rows(query("book_states"), {"borrowers": list(borrowers), "at": at}):
        found.setdefault(borrower, []).append(STATE_KINDS[kind])
    return found


def _days(age: int | None) -> dict[str, int]:
    if age is None or age == PAID_OFF:
        return {"from_days": 0, "to_days": DAYS_MAX}
    later = [edge for edge in EDGES if edge > age]
    return {"from_days": age, "to_days": later[0] - 1 if later else DAYS_MAX}
