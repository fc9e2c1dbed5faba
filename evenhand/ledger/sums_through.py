"""How figures of a loan come about to which more happened than payments: as `sums`, by its fold.

One loan at a time. A change makes other instalments of those to come: what a payment before it paid
is told of the instalments as they then were; what is owed follows from those in force and what was
paid since.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from evenhand.core.allocation import Parts
from evenhand.core.columns import Ints
from evenhand.core.days import NEVER
from evenhand.core.history import CHANGED, PAID_OFF, WAIVED, History
from evenhand.core.late_cap import stopped_after
from evenhand.core.loan_fold import Agreed, Step, opening, stand_through, steps
from evenhand.core.open_book import Book
from evenhand.core.orders import FEE, INTEREST, LATE, PRINCIPAL
from evenhand.core.relief_words import PAID_AHEAD
from evenhand.core.sums import Walk
from evenhand.core.terms import Terms


class Through(NamedTuple):
    """One loan's walk through what happened. F payments, N instalments (the most there ever were).

    terms      those in force
    walk       every payment, by the instalments as they were when it came
    fee        [F, N] what of it paid fees
    ahead      [4, F] what of it was paid in advance at a change, by part (`orders.PARTS`)
    since      so many payments came up to the last change: the instalments in force are less them
    waived     [4, N] what was waived since
    due_on     [N] each instalment's day, and what of it was agreed [N], by part (`orders.PARTS`):
    agreed     [4, N] of one past at a change as it was before, of the others as it is now
    in_force   [4, N] the same of all as it is now: of one past what was owed at the change
    past       so many instalments were past at the last change; None without one
    was_due_on [N] the same days, and those of instalments that are no more
    whole      [4, N] of one that a payment ahead paid whole what it was before, by part; else 0
    """

    terms: Terms
    walk: Walk
    fee: Ints
    ahead: Ints
    since: int
    waived: Ints
    due_on: Ints
    agreed: Ints
    in_force: Ints
    past: int | None
    was_due_on: Ints
    whole: Ints

    @property
    def since_change(self) -> Walk:
        """The payments after the last change, by the instalments in force."""
        walk, later = self.walk, slice(self.since, None)
        paid = walk.paid
        parts = Parts(paid.late[later], paid.interest[later], paid.principal[later])
        return Walk(walk.day[later], walk.amount_minor[later], parts, walk.over_minor[later])


@dataclass(slots=True)
class _Told:
    """What is told of the payments so far, and of those before the last change."""

    places: list[int] = field(default_factory=list)
    parts: list[Ints] = field(default_factory=list)
    ahead: list[Ints] = field(default_factory=list)
    over: list[int] = field(default_factory=list)
    waived: list[Ints] = field(default_factory=list)
    since: int = 0

    def hear(self, step: Step, what: int, over: int, with_money: bool) -> None:
        """One thing that happened, and what was left over of it."""
        parts = step.parts[:, 0]
        if what == WAIVED:
            self.waived.append(parts)
        elif what == PAID_OFF and self.places:
            # Interest not owed any more had been paid, and pays otherwise: told of that payment.
            self.parts[-1] = _wide(self.parts[-1], parts.shape[1]) + parts
            self.over[-1] += over
        elif with_money:
            self.places.append(int(step.events[0]))
            self.parts.append(parts)
            self.ahead.append(step.ahead[:, 0])
            self.over.append(over)
        if what == CHANGED and step.kept[0]:
            self.since, self.waived = len(self.places), []


def walk_through(agreed: Agreed, history: History, on: int) -> Through:
    """The walk of the one loan of `agreed` up to `on`; `history` is its own."""
    book, told = opening(agreed), _Told()
    table, over = _in_force(book), 0
    past, was_due_on, is_changed = table[:, :0], table[0], False
    ahead = np.zeros_like(table[1:])
    for step in steps(history, np.array([on]), book):
        event = int(step.events[0])
        what, now = int(history.what[event]), int(book.over[0])
        told.hear(step, what, now - over, bool(history.amount_minor[event]))
        if what == CHANGED and step.kept[0]:
            gone = int((table[0] <= history.day[event]).sum())
            is_changed = True
            past = np.concatenate((past, table[:, past.shape[1] : gone]), axis=1)
            ahead = _paid_whole(ahead, table, _in_force(book), history, event)
        table, over = _in_force(book), now
        was_due_on = np.where(table[0] == NEVER, _wide(was_due_on, table.shape[1]), table[0])
    whole = np.concatenate((past, table[:, past.shape[1] :]), axis=1)
    width = whole.shape[1]
    walk, fee = _payments(told, history, width)
    return Through(
        terms=stopped_after(book.terms, book.capped_on(np.array([0]), np.array([on]))),
        walk=walk,
        fee=fee,
        ahead=np.array(told.ahead, dtype=np.int64).reshape(-1, 4).T,
        since=told.since,
        waived=sum((_wide(each, width) for each in told.waived), np.zeros_like(whole[1:])),
        due_on=whole[0],
        agreed=whole[1:],
        in_force=table[1:],
        past=past.shape[1] if is_changed else None,
        was_due_on=was_due_on,
        whole=_wide(ahead, width) * (table[1:].sum(axis=0) == 0),
    )


def late_of_day(agreed: Agreed, history: History, on: int) -> int:
    """Late interest that the one loan is charged for `on`."""
    upto, before = (
        stand_through(agreed, history, day).position.late_charged_minor for day in (on, on - 1)
    )
    return int((upto - before)[0])


def _payments(told: _Told, history: History, width: int) -> tuple[Walk, Ints]:
    """Every payment by the instalments as they were when it came, and what of it paid fees."""
    wide = [_wide(each, width) for each in told.parts]
    paid = np.array(wide, dtype=np.int64).reshape(-1, 4, width)
    places = np.array(told.places, dtype=np.int64)
    parts = Parts(paid[:, LATE], paid[:, INTEREST], paid[:, PRINCIPAL])
    over = np.array(told.over, dtype=np.int64)
    return Walk(history.day[places], history.amount_minor[places], parts, over), paid[:, FEE]


def _paid_whole(ahead: Ints, before: Ints, after: Ints, history: History, event: int) -> Ints:
    """What is `ahead` of instalments paid whole, with those that this change made so, if it is a
    payment of a loan whose order re-amortises; `before` and `after` as `_in_force` has them."""
    if history.changes.word[history.change[event]] != PAID_AHEAD:
        return ahead
    ahead, before = _wide(ahead, after.shape[1]), _wide(before, after.shape[1])
    ended = (before[0] > history.day[event]) & (after[1:].sum(axis=0) == 0)
    return np.where(ended & (before[1:].sum(axis=0) > 0), before[1:], ahead)


def _in_force(book: Book) -> Ints:
    """[5, N]: the day of each instalment in force, and what of it was agreed, by part."""
    terms = book.terms
    assert terms.fee_minor is not None, "a book has every column"
    return np.stack([
        terms.due_on[0], terms.late_brought_minor[0], terms.fee_minor[0], terms.interest_minor[0],
        terms.principal_minor[0],
    ])  # fmt: skip


def _wide(column: Ints, width: int) -> Ints:
    """[..., N] padded to a width."""
    beside = [(0, 0)] * (column.ndim - 1)
    return np.pad(column, [*beside, (0, width - column.shape[-1])])
