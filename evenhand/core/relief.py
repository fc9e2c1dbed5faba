"""Changes of a loan's terms while it lives: the terms from a day on.

What is still owed of instalments due on or before that day stays (`late_brought_minor` the late
interest owed, `late_from` the day, `fee_minor` the fees owed), unless the word moves it; then come
the new instalments. Nothing is lost: the principal, late interest and fees of the new terms are
those owed before, less what was paid in advance. `begins_on`, `earned_minor`, `waited_minor` and
`waits` say by which days the new instalments' interest is earned (see `terms`), so the pay-off of
any day after is exact. What each word does is written in `relief_rules`.
"""

from dataclasses import fields, replace
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from evenhand.core.by_day import carried
from evenhand.core.columns import Bools, Ints, KeyedError, require
from evenhand.core.days import NEVER
from evenhand.core.paid_ahead import paid_ahead
from evenhand.core.payoff import own_interest
from evenhand.core.position import Position
from evenhand.core.relief_left import Left, Rows, begins_of, left_of
from evenhand.core.relief_rules import RULES
from evenhand.core.relief_words import (
    HOLIDAY,
    INTEREST_PAUSE,
    LATER_DUE_DAY,
    LONGER_TERM,
    LOWER_RATE,
    MORATORIUM,
    PAID_AHEAD,
    PREPAID,
    PREPAID_LOWER,
    PREPAID_SHORTER,
    RE_AGE,
    RE_AMORTISE,
    WORDS,
    Change,
)
from evenhand.core.shape import Shape, with_rows
from evenhand.core.terms import INSTALMENTS_MAX, Terms

__all__ = [
    "HOLIDAY", "INTEREST_PAUSE", "LATER_DUE_DAY", "LONGER_TERM", "LOWER_RATE", "MORATORIUM",
    "PREPAID", "PREPAID_LOWER", "PREPAID_SHORTER", "RE_AGE", "RE_AMORTISE", "WORDS", "Change",
    "Changed", "changed",
]  # fmt: skip

CODES: Final = (*range(len(WORDS)), PAID_AHEAD)
ALL: Final = {**RULES, PAID_AHEAD: paid_ahead}
KEYS: Final = {"instalments": "count", "every": "count"} | {
    key: key for key in ("change", "count", "due_day", "rate_ppm", "until", "from_day")
}
"""What a change calls what a shape calls otherwise; the rest of a shape (its rate, its multiple) is
none of the change's numbers: there the `change` itself cannot be."""
Made: TypeAlias = list[tuple[Ints, Left]]
"""What is left of some loans after their change, by the loans; one entry a word at most."""


class Changed(NamedTuple):
    """The terms from the day on, and the shape of what is left, for the change after this one."""

    terms: Terms
    shape: Shape


def changed(terms: Terms, shape: Shape, position: Position, change: Change) -> Changed:
    """The terms of [L] loans from `position.on` on, by each loan's change.

    `shape` is that of the terms: the contract's, or what the change before has left; its
    `disbursed_on` the day on which the first instalment's period begins. `position` is that of the
    terms on the day, without the money of a `prepaid_*` or `paid_ahead`. KeyedError names the key
    of the change (`count`, `due_day`, `rate_ppm`, `until`, `change`) or `from_day` where it cannot
    be.
    """
    known = (change.word >= 0) & (change.word <= PAID_AHEAD)
    require(known, "change", f"none of {', '.join(WORDS)}")
    left = left_of(terms, shape, position, change.money_minor)
    made: Made = []
    for word in CODES:
        rows = np.flatnonzero(change.word == word)
        if len(rows):
            made.append((rows, _made(left.take(rows), change.take(rows), word, rows)))
    begins, after = begins_of(terms, shape), _shape(shape, made)
    new = _terms(terms, terms.count - left.count, made)
    return Changed(carried(terms, own_interest(terms), begins, position.on, new, after), after)


def _made(left: Left, change: Change, word: int, rows: Ints) -> Left:
    """What the word makes of the loans that are `rows` of all."""
    try:
        return ALL[word](left, change)
    except KeyedError as wrong:
        key = KEYS.get(wrong.key, "change")
        raise KeyedError(key, rows[wrong.rows], wrong.reason) from None


def _terms(terms: Terms, passed: Ints, made: Made) -> Terms:
    """What is past, then what is left, loan by loan."""
    count, late_from, waits = passed.copy(), 0 * passed, np.zeros((len(passed), 2), dtype=np.int64)
    for _word, (loans, left) in zip(CODES, made, strict=False):
        count[loans] += left.count
        late_from[loans], waits[loans] = left.late_from, left.waits
    require(count <= INSTALMENTS_MAX, "count", "more than 600 instalments in all")
    number = np.arange(int(count.max(initial=1)))
    held, past = number < count[:, None], number < passed[:, None]
    rows = _empty(held)
    for _word, (loans, left) in zip(CODES, made, strict=False):
        _put(rows, left.past, (loans, passed[loans], 0 * loans))
        _put(rows, left.rows, (loans, left.count, passed[loans]))
    before = np.zeros_like(held, dtype=np.int64)
    width = min(len(number), terms.late_from.shape[1])
    before[:, :width] = terms.late_from[:, :width]
    settled = np.where(past, np.maximum(before, late_from[:, None]), 0)
    return replace(
        terms,
        count=count,
        due_on=rows.due_on,
        principal_minor=rows.principal,
        interest_minor=rows.own + rows.earned + rows.waited,
        late_brought_minor=rows.late,
        late_from=np.where(held, settled, NEVER),
        fee_minor=None if terms.fee_minor is None else rows.fee,
        fee_before_minor=None if terms.fee_minor is None else rows.fee_before,
        begins_on=rows.begins,
        earned_minor=rows.earned,
        waited_minor=rows.waited,
        waits=waits,
    )


def _empty(held: Bools) -> Rows:
    none = np.zeros_like(held, dtype=np.int64)
    return Rows(none + NEVER, none + NEVER, *(none.copy() for _part in range(7)))


def _put(rows: Rows, part: Rows, where: tuple[Ints, Ints, Ints]) -> None:
    """The first `count` instalments of each of some loans into rows, from a place on."""
    loans, count, place = where
    row, n = np.nonzero(np.arange(part.due_on.shape[1]) < count[:, None])
    for field in fields(Rows):
        cells = getattr(part, field.name)[row, n]
        getattr(rows, field.name)[loans[row], place[row] + n] = cells


def _shape(shape: Shape, made: Made) -> Shape:
    for _word, (loans, left) in zip(CODES, made, strict=False):
        shape = with_rows(shape, loans, left.shape)
    return shape
