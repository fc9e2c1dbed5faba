"""Where loans stand on a day: what was agreed, what was paid, and the day, folded into columns.

Late interest of an instalment is simple, on its unpaid principal only, by actual days from
max(due_on, late_from) over late_year_days. R(d), its running total, is kept as principal x days
(exact) and rounded half to even once, when read; so the late interest of a day is R(d) - R(d - 1)
and the days sum to the whole. Late interest never bears interest. A payment on day d meets the late
interest accrued up to d, and is allocated as `allocation` says.

The order of allocation leaves at most one instalment a loan partly paid. So the fold keeps one
number a loan for it, and walks meetings of a payment with an instalment: every loan's first
meeting, every loan's second, and so on.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from evenhand.core.allocation import Parts, within
from evenhand.core.columns import Bools, Ints, require
from evenhand.core.days import NEVER
from evenhand.core.money import PPM, rounded, times_over
from evenhand.core.terms import PRINCIPAL_MAX, Terms, checked

AGE_EDGES: Final = (1, 31, 61, 91)
DAY_MAX: Final = 365_000


@dataclass(frozen=True, slots=True)
class Payments:
    """Columns [F], sorted by (row, day, seq): `row` is the loan's place in the terms.

    Reversed payments and their reversals are already taken out by the caller.
    """

    row: Ints
    day: Ints
    amount_minor: Ints


@dataclass(frozen=True, slots=True)
class Position:
    """Where L loans stand on day `on`. Columns [L] in minor units, days or counts, and [L, N].

    An instalment is past due when it fell due before `on` and any of it is unpaid.

    outstanding_minor          principal unpaid, due or coming
    past_due_minor             principal, interest and late interest of past-due instalments
    past_due_principal_minor, past_due_interest_minor   two of its parts
    late_interest_minor        late interest unpaid (the third, but for late interest brought)
    past_due_since             due day of the oldest past-due instalment, NEVER without one
    past_due_days              on - past_due_since, 0 without one
    past_due_count             past-due instalments
    due_minor                  all unpaid of instalments due on or before `on`
    next_due_on                due day of the first unpaid instalment due on or after `on`, or NEVER
    next_due_minor             what falls due on that day
    paid_off                   nothing is owed any more
    overpaid_minor             paid beyond the whole loan
    paid_minor                 all that was paid up to `on`
    late_charged_minor         late interest that has accrued since late_from, paid or not
    due_on, owed_late, owed_interest, owed_principal    [L, N] each instalment as of `on`
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

    @property
    def owed(self) -> Parts:
        """What is owed by instalment and part, as `allocation.allocate` takes it."""
        return Parts(self.owed_late, self.owed_interest, self.owed_principal)


def stand(terms: Terms, payments: Payments, on: int | Ints) -> Position:
    """Where each loan stands on `on` (one day, or one a loan); payments after it do not count yet.

    Raises KeyedError where a bound of `terms.checked` is broken, a payment is not above zero, its
    row is none of the terms', the payments are not sorted, or a day lies beyond the year 2969.
    """
    days = np.broadcast_to(np.asarray(on, dtype=np.int64), terms.count.shape)
    _require_payments(payments, len(terms.count))
    require((days >= -DAY_MAX) & (days <= DAY_MAX), "on", "beyond a thousand years of 1970")
    fold = _fold(checked(terms), payments, days)
    owed, charged = _owed(terms, fold, days)
    return _summed(terms, fold, owed, charged, days)


def late_interest_of(terms: Terms, payments: Payments, day: int) -> Ints:
    """Late interest that each loan is charged for `day`: R(day) - R(day - 1), never below zero."""
    upto = stand(terms, payments, day).late_charged_minor
    return upto - stand(terms, payments, day - 1).late_charged_minor


def asked(position: Position, k: int | Ints) -> Ints:
    """The exact sum that pays the k oldest unpaid due instalments (k one number, or one a loan).

    Due means due on or before the position's day; their late interest to that day is in it. Fewer
    than k due: the sum of those there are.
    """
    whole = position.owed_late + position.owed_interest + position.owed_principal
    unpaid = (whole > 0) & (position.due_on <= position.on[:, None])
    among = np.cumsum(unpaid, axis=1) <= np.broadcast_to(k, position.on.shape)[:, None]
    return _sum(whole, unpaid & among)


def age(past_due_days: Ints) -> Ints:
    """The age band: 0 not past due, 1 for 1-30 days, 2 for 31-60, 3 for 61-90, 4 from 91.

    >>> age(np.array([0, 1, 30, 31, 90, 91])).tolist()
    [0, 1, 1, 2, 3, 4]
    """
    return np.searchsorted(np.array(AGE_EDGES), past_due_days, side="right").astype(np.int64)


def _require_payments(payments: Payments, loans: int) -> None:
    row, day = payments.row, payments.day
    require((row >= 0) & (row < loans), "row", "no such loan")
    amounts = payments.amount_minor
    require((amounts > 0) & (amounts <= PRINCIPAL_MAX), "amount", "not 1 to 10**13 minor units")
    require(np.abs(day) <= DAY_MAX, "day", "beyond a thousand years of 1970")
    later = np.ones(len(row), dtype=np.bool_)
    later[1:] = (row[1:] > row[:-1]) | ((row[1:] == row[:-1]) & (day[1:] >= day[:-1]))
    require(later, "day", "payments not sorted by loan and day")


@dataclass(slots=True)
class _Fold:
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


def _fold(terms: Terms, payments: Payments, on: Ints) -> _Fold:
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


def _opened(terms: Terms, paid: Ints) -> _Fold:
    zero = np.zeros(len(paid), dtype=np.int64)
    first = np.maximum(terms.due_on[:, 0], terms.late_from[:, 0])
    interest, principal = terms.interest_minor[:, 0].copy(), terms.principal_minor[:, 0].copy()
    return _Fold(
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


def _meet(terms: Terms, fold: _Fold, rows: Ints, day: Ints, money: Ints) -> Ints:
    """Each row's payment meets its open instalment; what is left of the money."""
    weighted = fold.weighted[rows]
    weighted += fold.principal[rows] * np.maximum(day - fold.upto[rows], 0)
    accrued = _late_interest(weighted, terms, rows)
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


def _open_next(terms: Terms, fold: _Fold, rows: Ints) -> None:
    fold.n[rows] += 1
    held = rows[fold.n[rows] < terms.count[rows]]
    n = fold.n[held]
    fold.interest[held] = terms.interest_minor[held, n]
    fold.principal[held] = terms.principal_minor[held, n]
    fold.upto[held] = np.maximum(terms.due_on[held, n], terms.late_from[held, n])
    fold.late_paid[held] = 0
    fold.weighted[held] = 0


def _late_interest(weighted: Ints, terms: Terms, rows: Ints) -> Ints:
    over = PPM * terms.late_year_days[rows]
    return rounded(*times_over(weighted, terms.late_rate_ppm[rows], over), over)


def _owed(terms: Terms, fold: _Fold, on: Ints) -> tuple[Parts, Ints]:
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
    weighted = owed.principal[rows, cells] * np.maximum(on[rows] - since, 0)
    accrued = _late_interest(weighted + np.where(current, fold.weighted[rows], 0), terms, rows)
    owed.late[rows, cells] += accrued
    np.add.at(charged, rows, accrued)
    return owed, charged


def _summed(terms: Terms, fold: _Fold, owed: Parts, charged: Ints, on: Ints) -> Position:
    day = on[:, None]
    whole = owed.late + owed.interest + owed.principal
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
        overpaid_minor=fold.over,
        paid_minor=fold.paid,
        late_charged_minor=charged,
        due_on=terms.due_on,
        owed_late=owed.late,
        owed_interest=owed.interest,
        owed_principal=owed.principal,
    )


def _sum(amounts: Ints, where: Bools) -> Ints:
    total: Ints = np.sum(amounts, axis=1, where=where)
    return total
