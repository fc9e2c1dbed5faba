"""Where loans stand of which more is to be told than payments: the same position.

Loans with another order of allocation, fees or a cap on late interest, whose charges were waived,
or whose terms were changed. What happened is walked by rank, every loan's first at once, then every
loan's second, up to its next change; then all next changes at once: the position by what came
before, `relief.changed`, and on with the new terms. Nothing is kept between two folds, so what is
learnt late, or taken back, is folded in its place.

A payment that causes a change (`prepaid_*`) pays all that is due on its day in the loan's order, of
a loan whose order re-amortises then the interest of the days used, and with the rest the change. A
change that cannot be, because of what is known by now (nothing is left to change, say), changes
nothing; its payment then pays like any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from evenhand.core.columns import Bools, Ints, KeyedError, require
from evenhand.core.days import NEVER
from evenhand.core.history import CHANGED, PAID, PAID_OFF, WAIVED, History, count_before, required
from evenhand.core.late_cap import room_of, stopped_after
from evenhand.core.open_book import Book, opened
from evenhand.core.orders import FEE, INTEREST, PRINCIPAL, RE_AMORTISE, Order
from evenhand.core.paid_ahead import paid_whole
from evenhand.core.payoff import earned_interest
from evenhand.core.position import Position
from evenhand.core.position_fold import DAY_MAX
from evenhand.core.relief import Changed, changed
from evenhand.core.relief_left import begins_of
from evenhand.core.relief_words import PAID_AHEAD, Change
from evenhand.core.shape import Shape, with_rows
from evenhand.core.terms import Terms, checked


@dataclass(frozen=True, slots=True)
class Agreed:
    """L loans as they were agreed: terms; their shape, whose `disbursed_on` is the day on which the
    first instalment's period begins; the order [L] in which a payment pays; the most late interest
    [L] ever charged (`late_cap`)."""

    terms: Terms
    shape: Shape
    order: Order
    late_cap_minor: Ints

    def take(self, rows: Ints) -> "Agreed":
        """The same of the loans at `rows`, in that order."""
        return Agreed(
            self.terms.take(rows),
            self.shape.take(rows),
            self.order.take(rows),
            self.late_cap_minor[rows],
        )


class Step(NamedTuple):
    """What one thing that happened did to each of some loans, one a loan.

    rows, events  [R] the loans, and the place of it in the history
    parts         [4, R, N] what it paid or waived, by part (`orders.PARTS`) and instalment
    ahead         [4, R] what money of a change paid in advance, by part
    kept          [R] false of a change that could not be
    """

    rows: Ints
    events: Ints
    parts: Ints
    ahead: Ints
    kept: Bools


class Stood(NamedTuple):
    """Where loans stand, and the terms and shape in force on that day; `capped_on` [L] is the last
    day on which late interest ran before its cap, NEVER where it is not reached; `kept` [E] false
    of a change that could not be."""

    position: Position
    terms: Terms
    shape: Shape
    capped_on: Ints
    kept: Bools


def stand_through(agreed: Agreed, history: History, on: int | Ints) -> Stood:
    """Where each loan stands on `on` (one day, or one a loan) by what happened up to it.

    Raises KeyedError where a bound of `terms.checked` or `history.required` is broken.
    """
    days = np.broadcast_to(np.asarray(on, dtype=np.int64), agreed.terms.count.shape)
    require((days >= -DAY_MAX) & (days <= DAY_MAX), "on", "beyond a thousand years of 1970")
    kept, book = np.ones(len(history.row), dtype=np.bool_), opening(agreed)
    turns = steps(history, days, book)
    for step in turns:
        kept[step.events] = step.kept
    every = np.arange(len(days))
    position, capped_on = book.position(every, days), book.capped_on(every, days)
    return Stood(position, stopped_after(book.terms, capped_on), book.shape, capped_on, kept)


def opening(agreed: Agreed) -> Book:
    """The book of loans to which nothing has happened yet."""
    terms, zero = checked(agreed.terms), np.zeros_like(agreed.terms.due_on)
    whole = replace(
        terms,
        fee_minor=zero if terms.fee_minor is None else terms.fee_minor,
        begins_on=np.where(terms.due_on == NEVER, NEVER, begins_of(terms, agreed.shape)),
        earned_minor=zero,
        waited_minor=zero,
        waits=np.zeros((len(terms.count), 2), dtype=np.int64),
        fee_before_minor=zero,
    )
    return opened(whole, agreed.shape, agreed.order, room_of(terms, agreed.late_cap_minor))


def steps(history: History, on: Ints, book: Book) -> Iterator[Step]:
    """Everything that happened up to `on`, in order, each written into the `book` as it comes."""
    required(history, len(on))
    counts = np.flatnonzero(history.day <= on[history.row])
    stretch = count_before(history.row[counts], history.what[counts] == CHANGED)
    for n in range(int(stretch.max(initial=-1)) + 1):
        here = counts[stretch == n]
        changes = history.what[here] == CHANGED
        yield from _met(book, history, here[~changes])
        if changes.any():
            yield _change(book, history, here[changes])


def _met(book: Book, history: History, events: Ints) -> Iterator[Step]:
    """What happened between two changes, by rank."""
    what = history.what[events]
    rank = count_before(history.row[events], np.ones(len(events), dtype=np.bool_))
    for n in range(int(rank.max(initial=-1)) + 1):
        for code, act in ACTS.items():
            some = events[(rank == n) & (what == code)]
            if len(some):
                here = history.where(some)
                yield _step(here.row, some, act(book, here))


def _step(rows: Ints, events: Ints, parts: Ints) -> Step:
    ahead, kept = np.zeros(parts.shape[:2], np.int64), np.ones(len(events), dtype=np.bool_)
    return Step(rows, events, parts, ahead, kept)


def _pay(book: Book, some: History) -> Ints:
    book.paid[some.row] += some.amount_minor
    return _pay_on(book, some.row, some.day, some.amount_minor)


def _pay_on(book: Book, rows: Ints, day: Ints, money: Ints) -> Ints:
    parts, left = book.pay(rows, day, money, book.owed(rows, day))
    book.over[rows] += left
    return parts


def _waive(book: Book, some: History) -> Ints:
    return book.waive(some.row, some.day, some.amount_minor, some.part)


def _pay_off(book: Book, some: History) -> Ints:
    parts, left = book.settle(some.row, some.day)
    book.over[some.row] += left
    return parts


ACTS: Final = {PAID: _pay, WAIVED: _waive, PAID_OFF: _pay_off}


def _change(book: Book, history: History, events: Ints) -> Step:
    """The next change of each loan at once: what is due is paid first by whoever prepays."""
    some = history.where(events)
    rows, day = some.row, some.day
    book.paid[rows] += some.amount_minor
    due = book.terms.due_on[rows] <= day[:, None]
    parts, rest = book.pay(rows, day, some.amount_minor, book.owed(rows, day) * due)
    change = some.changes.take(some.change)
    whole = paid_whole(book, rows, day, rest)
    earned, rest = _pay_earned(book, rows, day, rest)
    position = book.position(rows, day)
    count = np.where(change.word == PAID_AHEAD, whole, change.count)
    change = replace(change, count=count, money_minor=rest)
    kept, made = _possible(book, rows, position, change)
    ahead = np.zeros(parts.shape[:2], dtype=np.int64)
    if made is not None:
        principal = position.outstanding_minor[kept] - made.terms.principal_minor.sum(axis=1)
        fee = -_fees_not_due(book, rows[kept], day[kept])
        book.put(rows[kept], day[kept], made.terms)
        book.shape = with_rows(book.shape, rows[kept], made.shape)
        ahead[PRINCIPAL, kept], ahead[FEE, kept] = principal, fee
        ahead[INTEREST, kept] = rest[kept] - principal - fee + earned[:, kept].sum(axis=(0, 2))
    lost = ~kept
    parts[:, lost] += earned[:, lost]
    if lost.any():
        wide = book.terms.due_on.shape[1] - parts.shape[2]
        parts = np.pad(parts, ((0, 0), (0, 0), (0, wide)))
        parts[:, lost] += _pay_on(book, rows[lost], day[lost], rest[lost])
    return Step(rows, events, parts, ahead, kept)


def _pay_earned(book: Book, rows: Ints, day: Ints, money: Ints) -> tuple[Ints, Ints]:
    """What money pays of the interest of days used of instalments to come, where the loan's order
    re-amortises: [4, R, N], and what is left of it."""
    lowers = book.order.advance[rows] == RE_AMORTISE
    owed = np.zeros_like(book.owed(rows, day))
    if not lowers.any():
        return owed, money
    terms = book.terms.take(rows)
    later = lowers[:, None] & (terms.due_on > day[:, None])
    earned = earned_interest(terms, book.shape.disbursed_on[rows], day)
    unpaid = earned - (terms.interest_minor - book.interest[rows])
    owed[INTEREST] = np.where(later, np.maximum(unpaid, 0), 0)
    return book.pay(rows, day, money, owed)


def _fees_not_due(book: Book, rows: Ints, day: Ints) -> Ints:
    """[R] what was paid of fees that are not due yet: a change counts it as paid ahead."""
    terms = book.terms.take(rows)
    assert terms.fee_minor is not None and terms.fee_before_minor is not None, "a book has them"
    paid = terms.fee_minor - book.fee[rows] - terms.fee_before_minor
    later = terms.due_on > day[:, None]
    return np.asarray(np.sum(np.maximum(paid, 0), axis=1, where=later), dtype=np.int64)


def _possible(
    book: Book, rows: Ints, position: Position, change: Change
) -> tuple[Bools, Changed | None]:
    """Which changes can be, and what they make; a round for each reason why some cannot."""
    counts = (change.word == PAID_AHEAD) & (change.count > 0)
    kept = ~change.prepays | (change.money_minor > 0) | counts
    for _reason in range(int(kept.sum())):
        some = np.flatnonzero(kept)
        if not len(some):
            break
        terms, shape = book.terms.take(rows[some]), book.shape.take(rows[some])
        try:
            return kept, changed(terms, shape, position.take(some), change.take(some))
        except KeyedError as wrong:
            kept[some[wrong.rows]] = False
    return kept, None
