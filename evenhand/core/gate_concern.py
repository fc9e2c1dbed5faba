"""Which clauses concern an ask: the tables of a page, read by its words and numbers.

In a large batch a column has a usual word or a few, and nearly every ask has one of them. What no
usual word concerns is left out for all of these, and only who has another word somewhere is looked
at column by column. So the rules of visits cost nothing where nobody is visited, and little where
few are.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import Asks, Bits
from evenhand.core.gate_rules import Narrowing

SAMPLE: Final = 256
"""How many asks are looked at to guess a column's usual words."""
WORDS: Final = 6
"""The most usual words of a column."""
FEW: Final = 64
"""Words are usual where fewer than one ask in so many has another."""
MANY: Final = 2_048
"""Fewer asks than these are not worth the guess."""
EVERY: Final = np.uint64((1 << 64) - 1)


@dataclass(frozen=True, slots=True)
class Usual:
    """What nearly all asks of a batch have in common: the `clauses` that may concern them, the
    columns (`narrowings`) still to be read for them, and the asks `apart` that have other words.
    """

    clauses: np.uint64
    narrowings: tuple[Narrowing, ...]
    apart: Ints

    @property
    def is_nothing(self) -> bool:
        """Have they nothing in common?"""
        return self.clauses == EVERY and not len(self.apart)


def usual(narrowings: Sequence[Narrowing], asks: Asks) -> Usual:
    """What the asks have in common, by these columns; nothing where they are few."""
    if len(asks) < MANY:
        return Usual(EVERY, tuple(narrowings), np.zeros(0, dtype=np.int64))
    clauses = EVERY
    unread: list[Narrowing] = []
    differs = np.zeros(len(asks), dtype=np.bool_)
    for narrowing in narrowings:
        words, others = _usual_words(_values(narrowing, asks))
        if len(words):
            clauses &= np.bitwise_or.reduce(_bits_of(narrowing, np.array(words)))
            differs |= others
        if len(words) != 1:
            unread.append(narrowing)
    return Usual(clauses, tuple(unread), np.flatnonzero(differs))


def concerning(narrowings: Sequence[Narrowing], asks: Asks, common: Usual, offended: Bits) -> Bits:
    """Of the clauses offended [A], those that concern each ask; `offended` is overwritten."""
    if not common.is_nothing:
        apart = _narrowed(narrowings, asks, common.apart, offended[common.apart])
        offended &= common.clauses
    for narrowing in common.narrowings:
        if not narrowing.edges.size:
            values = _values(narrowing, asks)
            offended &= narrowing.bits.take(values[:1] if _is_one(values) else values)
    for narrowing in common.narrowings:
        if narrowing.edges.size:
            _narrow_by_number(narrowing, asks, offended)
    if not common.is_nothing:
        offended[common.apart] = apart
    return offended


def _narrow_by_number(narrowing: Narrowing, asks: Asks, offended: Bits) -> None:
    """The same by one number, which is looked up only for whom it could change anything."""
    every = np.bitwise_and.reduce(narrowing.bits)
    rows = ((offended & ~every) != 0).nonzero()[0]
    if rows.size:
        values = _values(narrowing, asks)
        offended[rows] &= _bits_of(narrowing, values[:1] if _is_one(values) else values[rows])


def _usual_words(values: npt.NDArray[Any]) -> tuple[list[int], Bools]:
    """The usual words of a column, no more than are needed, and who has none of them."""
    if _is_one(values):
        return [int(values[0])], np.zeros(1, dtype=np.bool_)
    sampled = Counter(values[:: len(values) // SAMPLE + 1].tolist())
    names = sampled.most_common(WORDS)
    if sum(times for _word, times in names) * 2 < sampled.total():
        return [], np.zeros(1, dtype=np.bool_)
    others = np.ones(len(values), dtype=np.bool_)
    words: list[int] = []
    for word, _times in names:
        words.append(word)
        others &= values != word
        if np.count_nonzero(others) * FEW < len(values):
            return words, others
    return [], np.zeros(1, dtype=np.bool_)


def _is_one(values: npt.NDArray[Any]) -> bool:
    return values.strides == (0,) or len(values) == 1


def _narrowed(narrowings: Sequence[Narrowing], asks: Asks, rows: Ints, offended: Bits) -> Bits:
    """The same for the asks at `rows`, column by column; who offends nothing any more is left."""
    found = np.zeros(len(rows), dtype=np.uint64)
    place = np.arange(len(rows))
    for narrowing in narrowings:
        values = _values(narrowing, asks)
        offended &= _bits_of(narrowing, values[:1] if _is_one(values) else values[rows])
        some = (offended != 0).nonzero()[0]
        if len(some) * 2 <= len(offended):
            offended, rows, place = offended[some], rows[some], place[some]
    found[place] = offended
    return found


def _bits_of(narrowing: Narrowing, values: npt.NDArray[Any]) -> Bits:
    if narrowing.edges.size:
        values = np.searchsorted(narrowing.edges, values, side="right")
    return narrowing.bits.take(values)


def _values(narrowing: Narrowing, asks: Asks) -> npt.NDArray[Any]:
    values: npt.NDArray[Any] = getattr(asks, narrowing.column)
    return values
