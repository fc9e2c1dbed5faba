"""What a payment ahead makes of a loan whose order re-amortises: what is left, from its day on.

It has paid what is due, then the interest of the days used; the rest is principal at once. And it
counts towards the coming instalment, so nobody who paid that early is asked for it on its day:

- of an instalment that it pays whole (as it stood before) nothing is asked any more: what is left
  is worked out anew over those after it, and what its days still cost falls due with the next one,
  rounded once, bearing none; so do its fees;
- else the principal of the coming instalment falls first; the others stay as they were agreed,
  unless their principal is paid too: then they are worked out anew, the coming one asking for its
  interest alone. Flat interest is always worked out anew, on the principal left.
"""

from dataclasses import replace

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.days import NEVER
from evenhand.core.due_days import NONE
from evenhand.core.open_book import Book
from evenhand.core.relief_left import Left
from evenhand.core.relief_rules import anew, asks_first
from evenhand.core.relief_words import Change
from evenhand.core.schedule import schedule
from evenhand.core.shape import BULLET, EQUAL_INSTALMENT, EQUAL_PRINCIPAL, FLAT, Shape


def paid_whole(book: Book, rows: Ints, day: Ints, money: Ints) -> Ints:
    """[R] how many instalments due after the day the money pays whole: all up to and with the next
    one that asks for anything, where another asks after it; else 0."""
    due_on, owed = book.terms.due_on[rows], book.owed(rows, day).sum(axis=0)
    asks = (due_on > day[:, None]) & (owed > 0)
    next_on = np.where(asks, due_on, NEVER).min(axis=1)[:, None]
    here = (due_on > day[:, None]) & (due_on <= next_on) & (due_on != NEVER)
    wanted = owed.sum(axis=1, where=here)
    paid = (wanted > 0) & (money >= wanted) & (asks & (due_on > next_on)).any(axis=1)
    return np.where(paid, here.sum(axis=1), 0)


def paid_ahead(left: Left, change: Change) -> Left:
    """What is left after a payment ahead; `change.count` instalments of it are paid whole."""
    gone, shape, agreed = change.count, left.shape, left.rows
    ended = (agreed.principal[:, 0] == 0) & (left.count > 1)
    free = np.maximum(gone, ended)
    shape = replace(
        shape,
        grace_principal=np.maximum(shape.grace_principal, free),
        grace_interest=np.maximum(shape.grace_interest, gone),
    )
    made = anew(left, shape)
    stays = _stays(shape, gone, ended)[:, None]
    own = _once(made, shape)
    own[:, 1:] = np.where(stays, agreed.own, own)[:, 1:]
    rows = replace(
        made.rows,
        principal=np.where(stays, agreed.principal, made.rows.principal),
        own=own,
        waited=np.where(stays, agreed.waited, _after(made.rows.waited, gone)),
        late=_after(made.rows.late, gone),
        fee=_after(made.rows.fee, gone),
        fee_before=_after(made.rows.fee_before, gone),
    )
    return replace(made, rows=rows)


def _stays(shape: Shape, gone: Ints, ended: Bools) -> Bools:
    """Whether what is paid ahead is no more than principal of the coming instalment [L]."""
    declining = np.isin(shape.method, (EQUAL_INSTALMENT, EQUAL_PRINCIPAL))
    plain = (gone == 0) & ~ended & (shape.grace_interest == 0)
    return np.asarray(declining & plain, dtype=np.bool_)


def _once(made: Left, shape: Shape) -> Ints:
    """The own interest of what is left [L, M]; that of several periods, which falls due with the
    first instalment to ask for any, is rounded once."""
    own = made.rows.own.copy()
    some = np.flatnonzero((shape.grace_interest > 0) & ~np.isin(shape.method, (FLAT, BULLET)))
    if not len(some):
        return own
    alone, asks = shape.take(some), asks_first(shape)[some]
    assert alone.chosen is not None, "what is left has a first due day"
    none = np.zeros_like(asks)
    together = replace(
        alone,
        method=none + BULLET,
        last=none,
        count=asks + 1,
        grace_principal=none,
        grace_interest=none,
        interest_free=np.minimum(alone.interest_free, asks + 1),
        chosen=replace(alone.chosen, shift=none + NONE),
    )
    own[some, asks] = schedule(together).interest_minor.sum(axis=1)
    return own


def _after(column: Ints, gone: Ints) -> Ints:
    """[L, M] with what is of instalments paid whole put to the next one."""
    number = np.arange(column.shape[1])
    moved = number < gone[:, None]
    more = column.sum(axis=1, where=moved)[:, None]
    return np.where(moved, 0, column) + np.where(number == gone[:, None], more, 0)
