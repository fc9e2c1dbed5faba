"""Money that went back to the borrower: payments less what was returned of them.

Only what was paid beyond a loan is returned, and that is the last of what was paid. So a return
takes from a loan's latest payments: what earlier ones paid stays paid, and a payment that is
reversed after its surplus was returned is owed again in full. A loan never has less than no money.
"""

from dataclasses import dataclass

import numpy as np

from evenhand.core.columns import Ints, require
from evenhand.core.position_fold import Payments


@dataclass(frozen=True, slots=True)
class Returns:
    """Columns [R]: `row` is the loan's place in the terms, amounts above zero, in any order."""

    row: Ints
    day: Ints
    amount_minor: Ints


def less_returned(payments: Payments, returns: Returns, on: Ints) -> Payments:
    """The payments [F] of L loans as of `on` [L], less what was returned by then.

    Payments after `on` stay as they are. Raises KeyedError where a return is not above zero or its
    row is none of the loans'.
    """
    left = left_after(payments, returns, on)
    kept = left > 0
    return Payments(payments.row[kept], payments.day[kept], left[kept])


def left_after(payments: Payments, returns: Returns, on: Ints) -> Ints:
    """[F] what is left of each payment, 0 where all of it was returned."""
    row, day, amount = payments.row, payments.day, payments.amount_minor
    require((returns.row >= 0) & (returns.row < len(on)), "row", "no such loan")
    require(returns.amount_minor > 0, "amount", "not above zero")
    gone = np.zeros(len(on), dtype=np.int64)
    counted = returns.day <= on[returns.row]
    np.add.at(gone, returns.row[counted], returns.amount_minor[counted])
    known = day <= on[row]
    counts = np.where(known, amount, 0)
    upto = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    ends = np.cumsum(np.bincount(row, minlength=len(on)))
    later = upto[ends[row]] - upto[1:]
    return np.asarray(amount - np.clip(gone[row] - later, 0, counts), dtype=np.int64)
