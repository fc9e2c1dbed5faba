"""What of many loans' instalments is open while what happened to them is folded.

Another order of allocation may leave many instalments partly paid, so the book holds every
instalment. Late interest is kept as principal x days, exact, and rounded when read, as in
`position_fold`. Under a cap it stops with the last day on which all that was ever charged still
lies within it: that day is found while the loan is walked, by halving, because what has been
charged never falls. Whatever is read of late interest and its cap is read of a day, and brings the
book up to it.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from evenhand.core.allocation import Parts
from evenhand.core.columns import Bools, Ints
from evenhand.core.columns import with_rows as put_rows
from evenhand.core.days import NEVER
from evenhand.core.orders import FEE, INTEREST, LATE, PARTS, PRINCIPAL, Order, pay
from evenhand.core.payoff import settled
from evenhand.core.position import Position, Sums, summed
from evenhand.core.position_fold import DAY_MAX, late_interest
from evenhand.core.shape import Shape
from evenhand.core.terms import Terms, with_rows

HALVINGS: Final = range((2 * DAY_MAX).bit_length())
FRESH: Final = {
    "fee": 0, "interest": 0, "principal": 0, "late_paid": 0, "weighted": 0, "upto": NEVER,
}  # fmt: skip
"""What of a book is new with new terms, and what stands beyond the count of instalments."""


@dataclass(slots=True)
class Book:
    """L loans as they are paid, by the terms and shape in force. Of each instalment [L, N]: what of
    its fee, interest and principal is unpaid, late interest paid or waived, principal x late days
    up to `upto`. [L]: the `room` for all late interest ever charged, what was charged before the
    last change, the last day on which it runs (as far as the book was brought: `capped_on`); what
    was paid beyond the loan, and what was paid.
    """

    terms: Terms
    shape: Shape
    order: Order
    room: Ints
    fee: Ints
    interest: Ints
    principal: Ints
    late_paid: Ints
    weighted: Ints
    upto: Ints
    charged: Ints
    over: Ints
    paid: Ints
    _runs_until: Ints

    def owed(self, rows: Ints, day: Ints) -> Ints:
        """[4, R, N] what is unpaid by part (`orders.PARTS`); the book is brought up to the day."""
        return self._owed(rows, self._accrued(rows, day))

    def pay(self, rows: Ints, day: Ints, money: Ints, owed: Ints) -> tuple[Ints, Ints]:
        """Each row's money pays of what is `owed` in the row's order: [4, R, N] what it paid, and
        what is left of it."""
        paid = pay(money, owed, self.terms.due_on[rows], day, self.order.take(rows))
        self._take_off(rows, paid.parts)
        return paid.parts, paid.over

    def waive(self, rows: Ints, day: Ints, amount: Ints, part: Ints) -> Ints:
        """[4, R, N] what is waived of one part, the oldest instalment first. It is not agreed any
        more; what is more than is owed of that part is nothing."""
        owed = self.owed(rows, day) * (np.arange(len(PARTS))[:, None, None] == part[:, None])
        before = np.cumsum(owed, axis=2) - owed
        waived: Ints = np.clip(amount[:, None] - before, 0, owed)
        self._take_off(rows, waived)
        self.terms = self._without(rows, waived)
        return waived

    def settle(self, rows: Ints, day: Ints) -> tuple[Ints, Ints]:
        """Paid off: interest of days not used is not owed, nor are fees not yet due; what was paid
        of them pays what else is owed. [4, R, N] what this pays, and what is left of it."""
        before, off_on = self.terms, np.full(len(self.room), NEVER)
        off_on[rows] = day
        fee, fell = _known(before.fee_minor).copy(), before.due_on[rows] <= day[:, None]
        fee[rows] = np.where(fell, fee[rows], _known(before.fee_before_minor)[rows])
        self.terms = replace(settled(before, _known(before.begins_on)[:, 0], off_on), fee_minor=fee)
        back = np.zeros((len(PARTS), *self.upto[rows].shape), dtype=np.int64)
        for part, open_part, was, now in (
            (FEE, self.fee, _known(before.fee_minor), fee),
            (INTEREST, self.interest, before.interest_minor, self.terms.interest_minor),
        ):
            paid = was[rows] - open_part[rows]
            open_part[rows] = np.maximum(now[rows] - paid, 0)
            back[part] = np.maximum(paid - now[rows], 0)
        parts, left = self.pay(rows, day, back.sum(axis=(0, 2)), self.owed(rows, day))
        return parts - back, left

    def put(self, rows: Ints, day: Ints, new: Terms) -> None:
        """From the day on other terms for the loans at `rows`, of which nothing is paid yet."""
        self.charged[rows] += self._accrued(rows, day).sum(axis=1)
        self.terms = with_rows(self.terms, rows, new)
        each = self.shape.take(rows), self.order.take(rows), self.room[rows]
        fresh = opened(self.terms.take(rows), *each)
        for name, padding in FRESH.items():
            old, now = getattr(self, name), getattr(fresh, name)
            setattr(self, name, put_rows(old, rows, now, len(self.room), padding))

    def position(self, rows: Ints, day: Ints) -> Position:
        """Where the loans at `rows` stand on the day."""
        accrued = self._accrued(rows, day)
        late, fee, interest, principal = self._owed(rows, accrued)
        charged = self.charged[rows] + accrued.sum(axis=1)
        owed = Parts(late, interest, principal)
        sums = Sums(owed, charged, self.over[rows], self.paid[rows], fee)
        return summed(self.terms.take(rows), sums, day)

    def capped_on(self, rows: Ints, day: Ints) -> Ints:
        """[R] the last day on which late interest ran before its cap, NEVER where the cap is not
        reached up to `day`."""
        self._accrued(rows, day)
        return self._runs_until[rows]

    def _owed(self, rows: Ints, accrued: Ints) -> Ints:
        late = self.terms.late_brought_minor[rows] + accrued - self.late_paid[rows]
        return np.stack((late, self.fee[rows], self.interest[rows], self.principal[rows]))

    def _take_off(self, rows: Ints, parts: Ints) -> None:
        self.late_paid[rows] += parts[LATE]
        self.fee[rows] -= parts[FEE]
        self.interest[rows] -= parts[INTEREST]
        self.principal[rows] -= parts[PRINCIPAL]

    def _without(self, rows: Ints, waived: Ints) -> Terms:
        """The terms without fees and interest that were waived; of interest that for days not used
        goes first, so that what is left of it is the less earned by days."""
        terms = self.terms
        fee, interest = _known(terms.fee_minor).copy(), terms.interest_minor.copy()
        fee[rows] -= waived[FEE]
        interest[rows] -= waived[INTEREST]
        earned, waited = _known(terms.earned_minor).copy(), _known(terms.waited_minor).copy()
        waited[rows] = np.minimum(waited[rows], interest[rows])
        earned[rows] = np.minimum(earned[rows], interest[rows] - waited[rows])
        return replace(
            terms,
            fee_minor=fee,
            interest_minor=interest,
            earned_minor=earned,
            waited_minor=waited,
            fee_before_minor=np.minimum(_known(terms.fee_before_minor), fee),
        )

    def _accrued(self, rows: Ints, day: Ints) -> Ints:
        """Late interest [R, N] of the current terms up to `day`, the book brought up to it and
        stopped where a cap is reached."""
        weighted = self._weighted(rows, day)
        late = self._rounded(rows, weighted)
        beyond = self.charged[rows] + late.sum(axis=1) > self.room[rows]
        if beyond.any():
            stopping = rows[beyond]
            self._runs_until[stopping] = self._last_day_within(stopping, day[beyond])
            weighted = self._weighted(rows, day)
            late = self._rounded(rows, weighted)
        self.weighted[rows] = weighted
        self.upto[rows] = np.maximum(self.upto[rows], day[:, None])
        return late

    def _last_day_within(self, rows: Ints, beyond: Ints) -> Ints:
        """The last day before `beyond` on which all that was charged lies within the cap."""
        within = np.minimum(self.upto[rows].min(axis=1), beyond) - 1
        for _round in HALVINGS:
            middle = (within + beyond) // 2
            late = self._rounded(rows, self._weighted(rows, middle)).sum(axis=1)
            fits: Bools = self.charged[rows] + late <= self.room[rows]
            within, beyond = np.where(fits, middle, within), np.where(fits, beyond, middle)
        return np.asarray(within, dtype=np.int64)

    def _weighted(self, rows: Ints, day: Ints) -> Ints:
        """Principal x late days [R, N] up to a day."""
        shape = (len(rows), self.terms.due_on.shape[1])
        until = np.repeat(np.minimum(day, self._runs_until[rows]), shape[1])
        row, since = np.repeat(rows, shape[1]), self.upto[rows].ravel()
        length = self.terms.late_days(row, since, until).reshape(shape)
        return np.asarray(self.weighted[rows] + self.principal[rows] * length, dtype=np.int64)

    def _rounded(self, rows: Ints, weighted: Ints) -> Ints:
        row = np.repeat(rows, weighted.shape[1])
        return late_interest(weighted.ravel(), self.terms, row).reshape(weighted.shape)


def opened(terms: Terms, shape: Shape, order: Order, room: Ints) -> Book:
    """The book of loans of which nothing is paid; `terms` with every column of theirs."""
    none = np.zeros(terms.due_on.shape, dtype=np.int64)
    each = np.zeros(len(room), dtype=np.int64)
    return Book(
        terms=terms,
        shape=shape,
        order=order,
        room=room,
        fee=_known(terms.fee_minor).copy(),
        interest=terms.interest_minor.copy(),
        principal=terms.principal_minor.copy(),
        late_paid=none.copy(),
        weighted=none.copy(),
        upto=np.maximum(terms.due_on, terms.late_from),
        charged=each.copy(),
        over=each.copy(),
        paid=each.copy(),
        _runs_until=np.full(len(room), NEVER),
    )


def _known(column: Ints | None) -> Ints:
    """A column that the terms of an open book always have."""
    assert column is not None, "every column of the terms of a book is said"
    return column
