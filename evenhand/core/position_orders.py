"""Where loans stand whose contract pays in another order than the house's: the same position.

Late interest is its first part, and the house charges no fee. Payments are walked by rank,
every loan's first at once, then every loan's second; each meets the late interest accrued to its
day on every instalment, because another order may leave many instalments partly paid.
"""

from dataclasses import dataclass

import numpy as np

from evenhand.core.allocation import Parts
from evenhand.core.columns import Ints, require
from evenhand.core.orders import Order, pay
from evenhand.core.position import Position, Sums, summed
from evenhand.core.position_fold import DAY_MAX, Payments, late_interest, require_payments
from evenhand.core.terms import Terms, checked


@dataclass(slots=True)
class _Book:
    """Of each instalment [L, N]: what is unpaid, late interest paid, principal x late days up to
    `upto`."""

    interest: Ints
    principal: Ints
    late_paid: Ints
    weighted: Ints
    upto: Ints


def stand_by_order(terms: Terms, payments: Payments, on: int | Ints, order: Order) -> Position:
    """As `position.stand`, by each loan's own order [L] of allocation."""
    days = np.broadcast_to(np.asarray(on, dtype=np.int64), terms.count.shape)
    require_payments(payments, len(terms.count))
    require((days >= -DAY_MAX) & (days <= DAY_MAX), "on", "beyond a thousand years of 1970")
    book, over = _opened(checked(terms)), np.zeros(len(days), dtype=np.int64)
    counts = payments.day <= days[payments.row]
    row, day = payments.row[counts], payments.day[counts]
    amount, rank = payments.amount_minor[counts], _ranks(row)
    for n in range(int(rank.max(initial=-1)) + 1):
        now = np.flatnonzero(rank == n)
        over[row[now]] += _meet(terms, book, row[now], day[now], amount[now], order)
    every = np.arange(len(days))
    accrued = _accrued(terms, book, every, days)
    late = terms.late_brought_minor + accrued - book.late_paid
    paid = np.zeros(len(days), dtype=np.int64)
    np.add.at(paid, row, amount)
    owed = Parts(late, book.interest, book.principal)
    return summed(terms, Sums(owed, accrued.sum(axis=1), over, paid), days)


def _opened(terms: Terms) -> _Book:
    none = np.zeros(terms.due_on.shape, dtype=np.int64)
    return _Book(
        terms.interest_minor.copy(),
        terms.principal_minor.copy(),
        none.copy(),
        none.copy(),
        np.maximum(terms.due_on, terms.late_from),
    )


def _ranks(row: Ints) -> Ints:
    """The place of each entry among those of its row, which lie together."""
    number = np.arange(len(row))
    first = np.concatenate(([True], row[1:] != row[:-1]))[: len(row)]
    return number - np.maximum.accumulate(np.where(first, number, 0))


def _accrued(terms: Terms, book: _Book, rows: Ints, day: Ints) -> Ints:
    """Late interest [R, N] of the loans at `rows` up to `day`; the book is brought up to it."""
    shape = (len(rows), terms.due_on.shape[1])
    row, until = np.repeat(rows, shape[1]), np.repeat(day, shape[1])
    length = terms.late_days(row, book.upto[rows].ravel(), until).reshape(shape)
    book.weighted[rows] += book.principal[rows] * length
    book.upto[rows] = np.maximum(book.upto[rows], day[:, None])
    return late_interest(book.weighted[rows].ravel(), terms, row).reshape(shape)


def _meet(terms: Terms, book: _Book, rows: Ints, day: Ints, money: Ints, order: Order) -> Ints:
    """Each row's payment is paid out in its order; what is left of the money."""
    late = terms.late_brought_minor[rows] + _accrued(terms, book, rows, day) - book.late_paid[rows]
    fees = np.zeros_like(late)
    owed = np.stack((late, fees, book.interest[rows], book.principal[rows]))
    paid = pay(money, owed, terms.due_on[rows], day, order.take(rows))
    book.late_paid[rows] += paid.parts[0]
    book.interest[rows] -= paid.parts[2]
    book.principal[rows] -= paid.parts[3]
    return paid.over
