"""Payments folded over instalments: how far each loan is paid.

The order of allocation leaves at most one instalment a loan partly paid. So the fold keeps one
number a loan for it, and walks meetings of a payment with an instalment: every loan's first
meeting, every loan's second, and so on.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from evenhand.core.allocation import Parts, within
from evenhand.core.columns import Ints, require
from evenhand.core.money import PPM, rounded, times_over
from evenhand.core.terms import PRINCIPAL_MAX, Terms

DAY_MAX: Final = 365_000


@dataclass(frozen=True, slots=True)
class Payments:
    """Columns [F], sorted by (row, day, seq): `row` is the loan's place in the terms.

    Reversed payments and their reversals are already taken out by the caller.
    """

    row: Ints
    day: Ints
    amount_minor: Ints

    def of(self, begin: int, end: int) -> "Payments":
        """Those of the loans from `begin` to before `end`, which are then numbered from 0."""
        first, last = np.searchsorted(self.row, (begin, end))
        some = slice(first, last)
        return Payments(self.row[some] - begin, self.day[some], self.amount_minor[some])


def require_payments(payments: Payments, loans: int) -> None:
    require_in_order(payments.row, payments.day, loans, "payments")
    amounts = payments.amount_minor
    require((amounts > 0) & (amounts <= PRINCIPAL_MAX), "amount", "not 1 to 10**13 minor units")


def require_in_order(row: Ints, day: Ints, loans: int, what: str) -> None:
    """KeyedError where what happened is not sorted by (row, day), or one of these is none."""
    require((row >= 0) & (row < loans), "row", "no such loan")
    require(np.abs(day) <= DAY_MAX, "day", "beyond a thousand years of 1970")
    later = np.ones(len(row), dtype=np.bool_)
    later[1:] = (row[1:] > row[:-1]) | ((row[1:] == row[:-1]) & (day[1:] >= day[:-1]))
    require(later, "day", f"{what} not sorted by loan and day")


@dataclass(slots=True)
class Fold:
    """A loan's state between meetings: its first open instalment `n` and how far that is paid.

    `weighted` is the open instalment's principal x late days up to `upto`; `late_paid` what of its
    late interest (brought and accrued) was paid; `charged` the late interest of closed instalments.
    """

    n: Ints
    interest: Ints
    principal: Ints
    late_paid: Ints
    weighted: Ints
    upto: Ints
    charged: Ints
    over: Ints
    paid: Ints


def fold_payments(terms: Terms, payments: Payments, on: Ints) -> Fold:
    counts = payments.day <= on[payments.row]
    row = payments.row[counts]
    day, amount = payments.day[counts], payments.amount_minor[counts]
    ends = np.cumsum(np.bincount(row, minlength=len(on)))
    at = np.concatenate(([0], ends[:-1])).astype(np.int64)
    running = np.concatenate(([0], np.cumsum(amount))).astype(np.int64)
    fold = _opened(terms, running[ends] - running[at])
    left = np.zeros(len(on), dtype=np.int64)
    open_rows = np.flatnonzero(at < ends)
    left[open_rows] = amount[at[open_rows]]
    meetings = int(terms.count.max(initial=0) + (ends - at).max(initial=0))
    for _meeting in range(meetings):
        left[open_rows] = _meet(terms, fold, open_rows, day[at[open_rows]], left[open_rows])
        spent = open_rows[left[open_rows] == 0]
        at[spent] += 1
        more = spent[at[spent] < ends[spent]]
        left[more] = amount[at[more]]
        open_rows = open_rows[(at < ends)[open_rows] & (fold.n < terms.count)[open_rows]]
        if not len(open_rows):
            break
    unmet = at < ends
    fold.over[unmet] = (left + running[ends] - running[np.minimum(at + 1, ends)])[unmet]
    return fold


def _opened(terms: Terms, paid: Ints) -> Fold:
    zero = np.zeros(len(paid), dtype=np.int64)
    first = np.maximum(terms.due_on[:, 0], terms.late_from[:, 0])
    interest, principal = terms.interest_minor[:, 0].copy(), terms.principal_minor[:, 0].copy()
    return Fold(
        n=zero.copy(),
        interest=interest,
        principal=principal,
        late_paid=zero.copy(),
        weighted=zero.copy(),
        upto=first,
        charged=zero.copy(),
        over=zero.copy(),
        paid=paid,
    )


def _meet(terms: Terms, fold: Fold, rows: Ints, day: Ints, money: Ints) -> Ints:
    """Each row's payment meets its open instalment; what is left of the money."""
    weighted = fold.weighted[rows]
    weighted += fold.principal[rows] * terms.late_days(rows, fold.upto[rows], day)
    accrued = late_interest(weighted, terms, rows)
    late = terms.late_brought_minor[rows, fold.n[rows]] + accrued - fold.late_paid[rows]
    owed = Parts(late, fold.interest[rows], fold.principal[rows])
    paid = within(money, owed)
    left = money - paid.late - paid.interest - paid.principal
    fold.late_paid[rows] += paid.late
    fold.interest[rows] -= paid.interest
    fold.principal[rows] -= paid.principal
    fold.weighted[rows] = weighted
    fold.upto[rows] = np.maximum(fold.upto[rows], day)
    closed = paid.late + paid.interest + paid.principal == late + owed.interest + owed.principal
    fold.charged[rows[closed]] += accrued[closed]
    _open_next(terms, fold, rows[closed])
    return left


def _open_next(terms: Terms, fold: Fold, rows: Ints) -> None:
    fold.n[rows] += 1
    held = rows[fold.n[rows] < terms.count[rows]]
    n = fold.n[held]
    fold.interest[held] = terms.interest_minor[held, n]
    fold.principal[held] = terms.principal_minor[held, n]
    fold.upto[held] = np.maximum(terms.due_on[held, n], terms.late_from[held, n])
    fold.late_paid[held] = 0
    fold.weighted[held] = 0


def late_interest(weighted: Ints, terms: Terms, rows: Ints) -> Ints:
    over = PPM * terms.late_year_days[rows]
    return rounded(*times_over(weighted, terms.late_rate_ppm[rows], over), over)
