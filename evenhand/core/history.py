"""What happened to loans, in the order in which it counts: paid, waived, changed, paid off.

Of one day, what was learnt first counts first; a change that a payment causes takes that payment's
place. What is reversed is left out by the caller, and what follows is folded again without it.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from evenhand.core.columns import Bools, Ints, require
from evenhand.core.days import NEVER
from evenhand.core.orders import PARTS, PRINCIPAL
from evenhand.core.position_fold import require_in_order
from evenhand.core.relief_words import PAID_AHEAD, Change
from evenhand.core.terms import PRINCIPAL_MAX

WHATS: Final = ("paid", "waived", "changed", "paid_off")
PAID, WAIVED, CHANGED, PAID_OFF = range(4)


@dataclass(frozen=True, slots=True)
class History:
    """Columns [E], sorted by (row, day, order of learning); `row` is the loan's place in the terms.

    what          a code of WHATS
    amount_minor  paid or waived; of a change that a payment causes that payment; else 0
    part          waived: late interest, fee or interest (a code of `orders.PARTS`); else 0
    change        changed: its row in `changes`, whose money is worked out in the fold; else 0

    Paid off: from the end of the day on, interest of days not used is not owed, nor are fees not
    yet due.
    """

    row: Ints
    day: Ints
    what: Ints
    amount_minor: Ints
    part: Ints
    change: Ints
    changes: Change

    def where(self, holds: Bools | Ints) -> "History":
        """Some of it, in the same order."""
        return History(
            self.row[holds],
            self.day[holds],
            self.what[holds],
            self.amount_minor[holds],
            self.part[holds],
            self.change[holds],
            self.changes,
        )

    def of_each(self, rows: Ints) -> "History":
        """That of the loans at `rows`, again for each time one is named, which are then numbered
        from 0."""
        first, last = np.searchsorted(self.row, rows), np.searchsorted(self.row, rows, "right")
        length = last - first
        begin = np.cumsum(length) - length
        place = np.arange(length.sum()) - np.repeat(begin - first, length)
        some = self.where(place)
        return some.renumbered(np.repeat(np.arange(len(rows)), length))

    def renumbered(self, row: Ints) -> "History":
        """The same of other places in the terms."""
        return History(
            row, self.day, self.what, self.amount_minor, self.part, self.change, self.changes
        )


def lowering(history: History, lowers: Bools) -> History:
    """The same, each payment of the loans that `lowers` [L] names a change: what of it is beyond
    what is due lowers what is owed on its day, and the coming instalment (`paid_ahead`)."""
    if not lowers.any():
        return history
    mine = (history.what == PAID) & lowers[history.row]
    one = np.array([PAID_AHEAD])
    none, runs = 0 * one, np.array([True])
    known = Change(one, none, none, none, none + NEVER, runs, none).before(history.changes)
    change = np.where(history.what == CHANGED, history.change + 1, 0)
    what = np.where(mine, CHANGED, history.what)
    return replace(history, what=what, change=change, changes=known)


def required(history: History, loans: int) -> History:
    """The history itself where every bound holds, else KeyedError naming the column."""
    require_in_order(history.row, history.day, loans, "events")
    what, part, amount = history.what, history.part, history.amount_minor
    require((what >= PAID) & (what <= PAID_OFF), "what", f"none of {', '.join(WHATS)}")
    least = np.where((what == PAID) | (what == WAIVED), 1, 0)
    require((amount >= least) & (amount <= PRINCIPAL_MAX), "amount", "not 1 to 10**13 minor units")
    require((part >= 0) & (part < PRINCIPAL), "part", f"none of {', '.join(PARTS[:PRINCIPAL])}")
    known = (history.change >= 0) & (history.change < len(history.changes.word))
    require(known | (what != CHANGED), "change", "no such change")
    return history


def count_before(row: Ints, counted: Bools) -> Ints:
    """[E] how many before each, of its row, are counted; entries of a row lie together."""
    running: Ints = np.cumsum(counted) - counted
    first = np.ones(len(row), dtype=np.bool_)
    first[1:] = row[1:] != row[:-1]
    return np.asarray(running - np.maximum.accumulate(np.where(first, running, 0)), dtype=np.int64)
