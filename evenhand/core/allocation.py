"""Where money goes: the order of the house, and how a sum is split without losing a unit.

Order: instalment by instalment, the oldest first; within one its late interest, its interest, its
principal. What exceeds all that is due pays the coming instalments in the same order; what exceeds
the loan is overpaid. (The order is to the borrower's good among vertical ones: no later instalment
is touched while an older one is open.)
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Ints, require


class Parts(NamedTuple):
    """One sum in its three parts, all in minor units, all of one shape."""

    late: Ints
    interest: Ints
    principal: Ints


class Allocation(NamedTuple):
    """What one payment a loan pays: `paid` [L, N] by instalment and part, `over` [L] the rest."""

    paid: Parts
    over: Ints


def within(money: Ints, owed: Parts) -> Parts:
    """What `money` pays of one instalment: late interest first, then interest, then principal.

    >>> ones = np.array([10]), np.array([20]), np.array([70])
    >>> [int(part[0]) for part in within(np.array([25]), Parts(*ones))]
    [10, 15, 0]
    """
    late = np.minimum(money, owed.late)
    interest = np.minimum(money - late, owed.interest)
    principal = np.minimum(money - late - interest, owed.principal)
    return Parts(late, interest, principal)


def allocate(money: Ints, owed: Parts) -> Allocation:
    """What `money` [L] pays of `owed` [L, N] (instalments oldest first, as of the paying day).

    >>> owed = Parts(np.array([[1, 0]]), np.array([[4, 3]]), np.array([[95, 97]]))
    >>> paid, over = allocate(np.array([150]), owed)
    >>> paid.interest.tolist(), paid.principal.tolist(), over.tolist()
    ([[4, 3]], [[95, 47]], [0])
    """
    require(money >= 0, "amount", "below zero")
    whole = owed.late + owed.interest + owed.principal
    before = np.cumsum(whole, axis=1) - whole
    reaches = np.clip(money[:, None] - before, 0, whole)
    return Allocation(within(reaches, owed), money - reaches.sum(axis=1))


def split_evenly(total: Ints, parts: int) -> Ints:
    """`total` [L] in `parts` equal parts [L, parts]; odd units go one each to the first parts.

    >>> split_evenly(np.array([100]), 3).tolist()
    [[34, 33, 33]]
    """
    each, odd = np.divmod(total, parts)
    return each[:, None] + (np.arange(parts)[None, :] < odd[:, None])


def split_by(total: Ints, weights: npt.ArrayLike) -> Ints:
    """`total` [L] by `weights` [L, W] (not all 0): each part is the difference of rounded-down
    running shares, so the parts sum to the whole and odd units fall to the later parts.

    >>> split_by(np.array([100]), [[1, 1, 1]]).tolist()
    [[33, 33, 34]]
    """
    upto = np.cumsum(np.asarray(weights, dtype=np.int64), axis=1)
    whole = upto[:, -1:]
    each, rest = np.divmod(total[:, None], whole)
    require(whole > 0, "weights", "all zero")
    running = each * upto + rest * upto // whole
    return np.diff(running, axis=1, prepend=0)
