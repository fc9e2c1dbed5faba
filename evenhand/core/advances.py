"""A loan paid out in parts: several disbursements, and a down-payment on the day of the first.

Each later disbursement is a loan of its own over the instalments that are left, in the same shape:
its first period is odd, from its day to the next due day, and its grace is what is left. (Money
that comes on a due day, or on the day to which a holiday moved one, begins with the instalment
after.) The rows are the sums; so interest is rounded once a period and disbursement, and every sum
can be shown by itself. A down-payment is paid on the day of disbursal and bears no interest: what
is left is the loan.
"""

from dataclasses import dataclass, replace

import numpy as np

from evenhand.core import days, due_days
from evenhand.core.columns import Bools, Ints, KeyedError, require, require_of
from evenhand.core.money import PPM, rounded, times_over, to_multiple
from evenhand.core.schedule import Schedule, schedule
from evenhand.core.shape import Shape, checked, from_here, period_ends
from evenhand.core.terms import PRINCIPAL_MAX


@dataclass(frozen=True, slots=True)
class Advances:
    """Disbursements after the first, columns [A]: the loan's row in the shape, day, minor units."""

    row: Ints
    day: Ints
    amount_minor: Ints


def down_payment(shape: Shape, share_ppm: Ints) -> tuple[Ints, Shape]:
    """The down-payment [L] in minor units, of the shape's multiple, and the shape of what is left.

    >>> from evenhand.core.shape import monthly_equal
    >>> one = np.array([1])
    >>> paid, left = down_payment(monthly_equal(one * 999, one, one, one * 3), one * 250_000)
    >>> paid.tolist(), left.principal_minor.tolist()
    ([250], [749])
    """
    checked(shape)
    require((share_ppm >= 0) & (share_ppm < PPM), "down_payment", "not 0 to less than 100 %")
    whole, rest = times_over(shape.principal_minor, share_ppm, PPM)
    paid = rounded(whole, rest, PPM, shape.rounding)
    paid = to_multiple(paid, shape.multiple_minor, shape.rounding)
    require(paid < shape.principal_minor, "down_payment", "leaves nothing to lend")
    return paid, replace(shape, principal_minor=shape.principal_minor - paid)


def paid_in_parts(shape: Shape, later: Advances) -> Schedule:
    """The schedule of loans whose principal comes first and whose `later` parts come after.

    `balance_minor` is what is owed after each instalment of all that was paid out by its due day.
    `equal_minor` is the equal part of the last instalments, when all has been paid out.
    KeyedError names `advances` where a part comes before disbursal or when no instalment is left.
    """
    checked(shape)
    ends = period_ends(shape)
    whole = schedule(shape)
    if not len(later.row):
        return whole
    gone = _gone(shape, later, ends)
    try:
        parts = schedule(_as_loans(shape, later, ends, gone))
    except KeyedError as wrong:
        raise KeyedError(wrong.key, later.row[wrong.rows], wrong.reason) from None
    return _summed(whole, parts, later, gone)


def _gone(shape: Shape, later: Advances, ends: Ints) -> Ints:
    """How many instalments were due on or before each advance."""
    rows = (later.row >= 0) & (later.row < len(shape.count))
    require(rows, "advances", "no such loan")
    amounts = (later.amount_minor >= 1) & (later.amount_minor <= PRINCIPAL_MAX)
    require_of(later.row, amounts, "advances", "not 1 to 10**13 minor units")
    begun = later.day >= shape.disbursed_on[later.row]
    require_of(later.row, begun, "advances", "before disbursal")
    due = np.minimum(ends, due_days.moved(ends, shape.chosen))
    gone: Ints = (due[later.row] <= later.day[:, None]).sum(axis=1)
    left = gone < shape.count[later.row]
    require_of(later.row, left, "advances", "no instalment is left")
    return gone


def _as_loans(shape: Shape, later: Advances, ends: Ints, gone: Ints) -> Shape:
    own, number = shape.take(later.row), np.arange(len(gone))
    return replace(
        own,
        principal_minor=later.amount_minor,
        disbursed_on=later.day,
        count=own.count - gone,
        grace_principal=np.maximum(own.grace_principal - gone, 0),
        grace_interest=np.maximum(own.grace_interest - gone, 0),
        interest_free=np.maximum(own.interest_free - gone, 0),
        chosen=from_here(own, ends[later.row][number, gone]),
    )


def _summed(whole: Schedule, parts: Schedule, later: Advances, gone: Ints) -> Schedule:
    """Each part's instalments added to the loan's; a part's first is the loan's number `gone`."""
    advance, number = np.nonzero(np.arange(parts.due_on.shape[1]) < parts.count[:, None])
    row, place = later.row[advance], gone[advance] + number
    principal, interest = whole.principal_minor.copy(), whole.interest_minor.copy()
    np.add.at(principal, (row, place), parts.principal_minor[advance, number])
    np.add.at(interest, (row, place), parts.interest_minor[advance, number])
    equal, paid_out = whole.equal_minor.copy(), np.zeros_like(principal)
    np.add.at(equal, later.row, parts.equal_minor)
    np.add.at(paid_out, (later.row, gone), later.amount_minor)
    owed = whole.principal_minor.sum(axis=1)[:, None] + np.cumsum(paid_out, axis=1)
    held: Bools = whole.due_on != days.NEVER
    balance = np.where(held, owed - np.cumsum(principal, axis=1), 0)
    return replace(whole, equal_minor=equal, principal_minor=principal, interest_minor=interest,
                   balance_minor=balance)  # fmt: skip
