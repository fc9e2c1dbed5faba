"""Where loans stand on a day: what was agreed, what was paid, and the day, folded into columns.

Late interest of an instalment is simple, on its unpaid principal only, by actual days from
max(due_on, late_from) over late_year_days, but for the days on which it is stopped. R(d), its
running total, is kept as principal x days (exact) and rounded half to even once, when read; so the
late interest of a day is R(d) - R(d - 1) and the days sum to the whole. Late interest never bears
interest. A payment on day d meets the late interest accrued up to d, and is allocated as
`allocation` says.
"""

from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core.allocation import Parts
from evenhand.core.columns import Bools, Ints, require
from evenhand.core.columns import with_rows as put_rows
from evenhand.core.days import NEVER
from evenhand.core.position_fold import (
    DAY_MAX,
    Fold,
    Payments,
    fold_payments,
    late_interest,
    require_payments,
)
from evenhand.core.terms import Terms, checked

__all__ = [
    "AGE_EDGES", "Payments", "Position", "Sums", "age", "asked", "late_interest_of", "stand",
    "summed",
]  # fmt: skip

AGE_EDGES: Final = (1, 31, 61, 91)
BLOCK: Final = 16_384


@dataclass(frozen=True, slots=True)
class Position:
    """Where L loans stand on day `on`. Columns [L] in minor units, days or counts, and [L, N].

    An instalment is past due when it fell due before `on` and any of it is unpaid.

    outstanding_minor          principal unpaid, due or coming
    past_due_minor             principal, interest, late interest and fees of past-due instalments
    past_due_principal_minor, past_due_interest_minor   two of its parts
    late_interest_minor        late interest unpaid, of all instalments
    past_due_since             due day of the oldest past-due instalment, NEVER without one
    past_due_days              on - past_due_since, 0 without one
    past_due_count             past-due instalments
    due_minor                  all unpaid of instalments due on or before `on`
    next_due_on                due day of the first unpaid instalment due on or after `on`, or NEVER
    next_due_minor             what falls due on that day
    paid_off                   nothing is owed any more
    overpaid_minor             paid beyond the whole loan and not returned (see `returned`)
    paid_minor                 all that was paid up to `on`, less what was returned
    late_charged_minor         late interest that has accrued since late_from, paid or not
    due_on, owed_late, owed_interest, owed_principal, owed_fee   [L, N] each instalment as of `on`
    """

    on: Ints
    outstanding_minor: Ints
    past_due_minor: Ints
    past_due_principal_minor: Ints
    past_due_interest_minor: Ints
    late_interest_minor: Ints
    past_due_since: Ints
    past_due_days: Ints
    past_due_count: Ints
    due_minor: Ints
    next_due_on: Ints
    next_due_minor: Ints
    paid_off: Bools
    overpaid_minor: Ints
    paid_minor: Ints
    late_charged_minor: Ints
    due_on: Ints
    owed_late: Ints
    owed_interest: Ints
    owed_principal: Ints
    owed_fee: Ints

    @property
    def owed(self) -> Parts:
        """What is owed by instalment and part, as `allocation.allocate` takes it; of no fees."""
        return Parts(self.owed_late, self.owed_interest, self.owed_principal)

    def take(self, rows: Ints) -> "Position":
        """The same columns for the loans at `rows`, in that order."""
        return Position(*(getattr(self, field.name)[rows] for field in fields(self)))

    @property
    def owed_minor(self) -> Ints:
        """[L, N] all that is unpaid of each instalment."""
        return self.owed_late + self.owed_fee + self.owed_interest + self.owed_principal


def stand(terms: Terms, payments: Payments, on: int | Ints) -> Position:
    """Where each loan stands on `on` (one day, or one a loan); payments after it do not count yet.

    Loans that charge fees, or to which more happened than payments, stand by `loan_fold`.

    Raises KeyedError where a bound of `terms.checked` is broken, a payment is not above zero, its
    row is none of the terms', the payments are not sorted, or a day lies beyond the year 2969.
    Loans are worked out BLOCK at a time, so that what is at hand lies in the machine's cache.
    """
    days = np.broadcast_to(np.asarray(on, dtype=np.int64), terms.count.shape)
    require_payments(payments, len(terms.count))
    require((days >= -DAY_MAX) & (days <= DAY_MAX), "on", "beyond a thousand years of 1970")
    checked(terms)
    assert terms.fee_minor is None, "fees are paid in loan_fold"
    loans = len(terms.count)
    if loans <= BLOCK:
        return _stand(terms, payments, days)
    whole = _unfilled(terms, days)
    for begin in range(0, loans, BLOCK):
        some = slice(begin, begin + BLOCK)
        piece = _stand(terms.take(some), payments.of(begin, begin + BLOCK), days[some])
        for field in fields(whole):
            if field.name != "owed_fee":  # there are none here
                getattr(whole, field.name)[some] = getattr(piece, field.name)
    return whole


def _stand(terms: Terms, payments: Payments, on: Ints) -> Position:
    fold = fold_payments(terms, payments, on)
    owed, charged = _owed(terms, fold, on)
    return summed(terms, Sums(owed, charged, fold.over, fold.paid), on)


def _unfilled(terms: Terms, on: Ints) -> Position:
    """A position whose columns are still to be written."""
    loans, owed = np.empty((14, len(on)), np.int64), np.empty((4, *terms.due_on.shape), np.int64)
    paid_off = np.empty(len(on), dtype=np.bool_)
    columns: list[Any] = [on.copy(), *loans[:11], paid_off, *loans[11:], *owed, _no_fees(terms)]
    return Position(*columns)


def _no_fees(terms: Terms) -> Ints:
    """A column of none, in no room."""
    return np.broadcast_to(np.zeros(1, dtype=np.int64), terms.due_on.shape)


def late_interest_of(terms: Terms, payments: Payments, day: int) -> Ints:
    """Late interest that each loan is charged for `day`: R(day) - R(day - 1), never below zero."""
    upto = stand(terms, payments, day).late_charged_minor
    return upto - stand(terms, payments, day - 1).late_charged_minor


def with_rows(position: Position, rows: Ints, new: Position) -> Position:
    """The position, with another for the loans at `rows`; as wide as the wider of the two."""

    def column(name: str) -> Any:
        padding, old = NEVER if name == "due_on" else 0, getattr(position, name)
        return put_rows(old, rows, getattr(new, name), len(position.on), padding)

    return Position(*(column(field.name) for field in fields(Position)))


def asked(position: Position, k: int | Ints) -> Ints:
    """The exact sum that pays the k oldest unpaid due instalments (k one number, or one a loan).

    Due means due on or before the position's day; their late interest to that day is in it. Fewer
    than k due: the sum of those there are.
    """
    whole = position.owed_minor
    unpaid = (whole > 0) & (position.due_on <= position.on[:, None])
    among = np.cumsum(unpaid, axis=1) <= np.broadcast_to(k, position.on.shape)[:, None]
    return _sum(whole, unpaid & among)


def age(past_due_days: Ints) -> Ints:
    """The age band: 0 not past due, 1 for 1-30 days, 2 for 31-60, 3 for 61-90, 4 from 91.

    >>> age(np.array([0, 1, 30, 31, 90, 91])).tolist()
    [0, 1, 1, 2, 3, 4]
    """
    return np.searchsorted(np.array(AGE_EDGES), past_due_days, side="right").astype(np.int64)


def _owed(terms: Terms, fold: Fold, on: Ints) -> tuple[Parts, Ints]:
    """What is owed by instalment on `on`, and the late interest charged up to it."""
    numbers = np.arange(terms.due_on.shape[1])
    untouched = numbers[None, :] >= fold.n[:, None]
    owed = Parts(
        terms.late_brought_minor * untouched,
        terms.interest_minor * untouched,
        terms.principal_minor * untouched,
    )
    partly = np.flatnonzero(fold.n < terms.count)
    n = fold.n[partly]
    owed.interest[partly, n] = fold.interest[partly]
    owed.principal[partly, n] = fold.principal[partly]
    owed.late[partly, n] -= fold.late_paid[partly]
    charged = fold.charged.copy()
    rows, cells = np.nonzero(untouched & (terms.due_on < on[:, None]))
    since = np.maximum(terms.due_on[rows, cells], terms.late_from[rows, cells])
    current = cells == fold.n[rows]
    since = np.where(current, fold.upto[rows], since)
    weighted = owed.principal[rows, cells] * terms.late_days(rows, since, on[rows])
    accrued = late_interest(weighted + np.where(current, fold.weighted[rows], 0), terms, rows)
    owed.late[rows, cells] += accrued
    np.add.at(charged, rows, accrued)
    return owed, charged


class Sums(NamedTuple):
    """What is owed [L, N]; late interest charged, paid beyond the loan, and paid in all [L]; the
    fees owed [L, N], None where there are none."""

    owed: Parts
    charged: Ints
    over: Ints
    paid: Ints
    fee: Ints | None = None


def summed(terms: Terms, sums: Sums, on: Ints) -> Position:
    """The position that follows from what is owed on `on`."""
    owed, day = sums.owed, on[:, None]
    whole = owed.late + owed.interest + owed.principal
    if sums.fee is not None:
        whole += sums.fee
    unpaid = whole > 0
    late = unpaid & (terms.due_on < day)
    coming = np.where(unpaid & (terms.due_on >= day), terms.due_on, NEVER)
    since = np.where(late, terms.due_on, NEVER).min(axis=1, initial=NEVER)
    next_on = coming.min(axis=1, initial=NEVER)
    return Position(
        on=on,
        outstanding_minor=owed.principal.sum(axis=1),
        past_due_minor=_sum(whole, late),
        past_due_principal_minor=_sum(owed.principal, late),
        past_due_interest_minor=_sum(owed.interest, late),
        late_interest_minor=owed.late.sum(axis=1),
        past_due_since=since,
        past_due_days=np.where(since == NEVER, 0, on - since),
        past_due_count=late.sum(axis=1),
        due_minor=_sum(whole, terms.due_on <= day),
        next_due_on=next_on,
        next_due_minor=_sum(whole, (coming == next_on[:, None]) & (coming != NEVER)),
        paid_off=np.logical_not(unpaid.any(axis=1)),
        overpaid_minor=sums.over,
        paid_minor=sums.paid,
        late_charged_minor=sums.charged,
        due_on=terms.due_on,
        owed_late=owed.late,
        owed_interest=owed.interest,
        owed_principal=owed.principal,
        owed_fee=_no_fees(terms) if sums.fee is None else sums.fee,
    )


def _sum(amounts: Ints, where: Bools) -> Ints:
    total: Ints = np.sum(amounts, axis=1, where=where)
    return total
