"""How each figure of a position comes about, as rows a person can add up.

Nothing is computed a second time here: the rows are the position's own parts by instalment.
"""

from typing import NamedTuple

import numpy as np

from evenhand.core.days import NEVER
from evenhand.ledger.loans import words_of
from evenhand.ledger.standing import Standing


class Part(NamedTuple):
    """What is owed of one instalment, in minor units; `n` counts from 1, days since 1970."""

    n: int
    due_on: int
    principal_minor: int
    interest_minor: int
    late_minor: int
    untouched: bool
    from_day: int
    days: int

    @property
    def total_minor(self) -> int:
        return self.principal_minor + self.interest_minor + self.late_minor


class Agreed(NamedTuple):
    """What was agreed of one instalment."""

    n: int
    due_on: int
    principal_minor: int
    interest_minor: int
    owed_minor: int


class Figures(NamedTuple):
    """One loan as it stands on `on`, with what its figures are made of."""

    loan: int
    on: int
    currency: str
    product: str
    version: int
    signed_on: int
    disbursed_on: int
    imported: bool
    principal_minor: int
    rate_ppm: int
    late_rate_ppm: int
    late_year_days: int
    outstanding_minor: int
    past_due_minor: int
    late_interest_minor: int
    past_due_since: int
    past_due_days: int
    next_due_on: int
    next_due_minor: int
    paid_minor: int
    overpaid_minor: int
    paid_off: bool
    past_due: list[Part]
    unpaid: list[Part]
    next_due: list[Part]
    agreed: list[Agreed]

    @property
    def partly_paid(self) -> bool:
        """Was something paid on an instalment that is past due?"""
        return not all(part.untouched for part in self.past_due)


def figures(stood: Standing) -> list[Figures]:
    """Every loan of a standing, in its order."""
    return [_figures(stood, row) for row in range(len(stood.borrower))]


def _figures(stood: Standing, row: int) -> Figures:
    position, record = stood.position, stood.rows[row]
    on = int(position.on[row])
    unpaid = [part for part in _parts(stood, row, on) if part.total_minor > 0]
    next_due_on = int(position.next_due_on[row])
    return Figures(
        loan=int(record["loan"]),
        on=on,
        currency=words_of(stood.rows["currency"][row : row + 1])[0],
        product=words_of(stood.rows["product"][row : row + 1])[0],
        version=int(record["version"]),
        signed_on=int(record["signed_on"]),
        disbursed_on=int(record["disbursed_on"]),
        imported=bool(record["imported"]),
        principal_minor=int(record["principal_minor"]),
        rate_ppm=int(record["rate_ppm"]),
        late_rate_ppm=int(record["late_rate_ppm"]),
        late_year_days=int(record["late_year_days"]),
        outstanding_minor=int(position.outstanding_minor[row]),
        past_due_minor=int(position.past_due_minor[row]),
        late_interest_minor=int(position.late_interest_minor[row]),
        past_due_since=int(position.past_due_since[row]),
        past_due_days=int(position.past_due_days[row]),
        next_due_on=next_due_on,
        next_due_minor=int(position.next_due_minor[row]),
        paid_minor=int(position.paid_minor[row]),
        overpaid_minor=int(position.overpaid_minor[row]),
        paid_off=bool(position.paid_off[row]),
        past_due=[part for part in unpaid if part.due_on < on],
        unpaid=unpaid,
        next_due=[part for part in unpaid if part.due_on == next_due_on],
        agreed=_agreed(stood, row),
    )


def _parts(stood: Standing, row: int, on: int) -> list[Part]:
    terms, position = stood.terms, stood.position
    parts = []
    for n in range(int(terms.count[row])):
        due_on = int(terms.due_on[row, n])
        principal = int(position.owed_principal[row, n])
        interest = int(position.owed_interest[row, n])
        brought = int(terms.late_brought_minor[row, n])
        settled = int(terms.late_from[row, n])
        from_day = due_on if settled == NEVER else max(due_on, settled)
        # Untouched: no payment has met it, so late interest is principal × days × rate exactly.
        untouched = (
            principal == int(terms.principal_minor[row, n])
            and interest == int(terms.interest_minor[row, n])
            and brought == 0
        )
        late = int(position.owed_late[row, n])
        days = int(terms.late_days(np.array([row]), np.array([from_day]), np.array([on]))[0])
        parts.append(Part(n + 1, due_on, principal, interest, late, untouched, from_day, days))
    return parts


def _agreed(stood: Standing, row: int) -> list[Agreed]:
    terms, position = stood.terms, stood.position
    owed = position.owed_principal + position.owed_interest + position.owed_late
    return [
        Agreed(
            n + 1,
            int(terms.due_on[row, n]),
            int(terms.principal_minor[row, n]),
            int(terms.interest_minor[row, n]),
            int(owed[row, n]),
        )
        for n in range(int(terms.count[row]))
    ]
